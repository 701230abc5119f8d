"""The pictures of the guides are not stale: the chats they show go today as they went when they were taken."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from docs.pictures.chats import STORY, WORDS, Picture, open_stage, play
from tests.stories.office import Bubble

PICTURES = [step.name for step in STORY if isinstance(step, Picture)]
WIDTH = 540
"""Dots across a phone: one and a half to a pixel."""
HEAVIEST = 70_000
"""Bytes; a page with six of them opens on a weak network."""


async def test_the_chats_of_the_pictures_go_as_pictured(tmp_path: Path) -> None:
    async def take(_picture: Picture, _bubbles: Sequence[Bubble]) -> None:
        pass

    async with open_stage(tmp_path) as stage:
        words = await play(stage, take)
    assert words == WORDS.read_text(encoding="utf-8"), "take them anew: uv run python -m docs.pictures.make"


def test_every_picture_of_the_story_is_there_and_light() -> None:
    for name in PICTURES:
        path = WORDS.with_name(f"{name}.png")
        with Image.open(path) as picture:
            assert (picture.width, picture.mode) == (WIDTH, "P"), name
        assert path.stat().st_size < HEAVIEST, name


def test_no_two_pictures_have_one_name() -> None:
    assert len(PICTURES) == len(set(PICTURES))
