"""Conversations left open by earlier releases go on: one saved state per release and conversation."""

import json
from pathlib import Path
from typing import Any

import pytest

from handlers.dialogue import State
from handlers.menu import DIALOGUES
from handlers.messages import Text
from tests.handlers.scenes import CODE, DIALOGUES_OF_ALL, OVERSEER_CODE
from tests.transcripts.chat import Town, words_of

STATES = sorted((Path(__file__).parent.parent / "old_states").glob("*.json"))


@pytest.mark.parametrize("path", STATES, ids=lambda path: path.stem)
def test_an_old_state_goes_on(path: Path, sqlite_url: str) -> None:
    saved = json.loads(path.read_text())
    town = left_open(saved, sqlite_url)
    (reply,) = town.hear(saved["speaker"], saved["says"])
    assert words_of(reply) == saved["answer"]


def left_open(saved: dict[str, Any], url: str) -> Town:
    """A town in which an earlier release has left a question open."""
    speaker = saved["speaker"]
    town = Town(url)
    town.load(saved["plan"])
    town.set_clock(saved["clock"])
    if speaker.startswith("Tamu"):
        town.auto_join = False
        town.invite("Kasi Pembangunan", CODE)
        town.invite_overseer("Wanasari", OVERSEER_CODE)
        for line in ("halo", *saved.get("joins", ())):
            town.say(speaker, Text(body=line))
    else:
        town.hear(speaker, "start")
    town.put_state(speaker, State.model_validate(saved["state"]))
    return town


def test_every_conversation_has_an_old_state() -> None:
    kept = {json.loads(path.read_text())["state"]["active"].partition(":")[0] for path in STATES}
    assert {dialogue.name for dialogue in DIALOGUES_OF_ALL} - kept == set()
    assert set(DIALOGUES) < {dialogue.name for dialogue in DIALOGUES_OF_ALL}


@pytest.mark.parametrize("path", STATES, ids=lambda path: path.stem)
def test_a_state_that_nobody_can_read_is_answered_kindly(path: Path, sqlite_url: str) -> None:
    """A step that no longer exists: a sentence that says how to begin anew, and nothing is lost but the question."""
    saved = json.loads(path.read_text())
    if not saved["state"]["active"]:
        saved["state"]["active"] = next(iter(saved["state"]["trails"]))
    for trail in saved["state"]["trails"].values():
        trail[-1]["step"] = "gone"
    town = left_open(saved, sqlite_url)
    (reply,) = town.say(saved["speaker"], Text(body="12"))
    assert words_of(reply).startswith("Maaf, aplikasi baru diperbarui")
    assert not town.state_of(saved["speaker"]).active
