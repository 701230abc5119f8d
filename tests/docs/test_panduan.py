"""The guides tell people only to type and tap what the bot knows, and answer the same questions for everybody."""

import re
from functools import cache
from pathlib import Path

import pytest
from typer.main import get_command

from bot.cli import app
from handlers.menu import find
from tests.house.repository import ROOT

GUIDES = ROOT / "docs" / "panduan"
PAGES = sorted(GUIDES.glob("*.md"))
ROLES = [page for page in PAGES if page.stem not in {"README", "pemasang"}]
"""The pages of those who write to the bot."""
QUESTIONS = (
    "salah ketik", "berarti dua", "terlambat", "cuti", "dikembalikan", "ganti HP", "pindah", "tidak ada sinyal",
)  # fmt: skip
SENTENCES = 3
"""That an answer may have at most: nobody reads a manual."""
COMMANDS = set(get_command(app).commands)  # pyright: ignore[reportAttributeAccessIssue]  # the group's, as typer makes it
ON_THE_MACHINE = {".env"}

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
roles = pytest.mark.parametrize("page", ROLES, ids=lambda page: page.stem)


@pages
def test_every_word_to_type_is_in_the_menu_or_was_typed_in_a_recorded_chat(page: Path) -> None:
    words = set(re.findall(r"`([^`]+)`", page.read_text(encoding="utf-8"))) - ON_THE_MACHINE
    assert words
    assert [word for word in sorted(words) if not is_known(word)] == []


def is_known(word: str) -> bool:
    if word.startswith("renaksi "):
        return word.split()[1] in COMMANDS
    return find(word, typos=False) is not None or word.casefold() in recorded()[0]


@pages
def test_every_button_stands_in_a_recorded_chat(page: Path) -> None:
    buttons = re.findall(r"\*\*\[([^\]]+)\]\*\*", page.read_text(encoding="utf-8"))
    assert [label for label in buttons if same_for_all(label) not in recorded()[1]] == []


@cache
def recorded() -> tuple[frozenset[str], frozenset[str]]:
    """What was typed, and which buttons were offered, in the transcripts and the chats of the pictures."""
    chats = [*(ROOT / "tests" / "transcripts").glob("*.txt"), ROOT / "docs" / "pictures" / "words.txt"]
    lines = [line for chat in chats for line in chat.read_text(encoding="utf-8").splitlines()]
    said = [line.split(": ", 1)[1] for line in lines if re.match(r"(?!Bot)\w[^:]*: ", line)]
    offered = [label for line in lines for label in re.findall(r"\[([^\]]+)\]", line)]
    return frozenset(words.casefold() for words in said), frozenset(map(same_for_all, offered))


def same_for_all(label: str) -> str:
    """A label whose number is each person's own."""
    return re.sub(r"\d+", "0", label)


@roles
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_role_finds_its_answer(page: Path, question: str) -> None:
    assert any(question in asked for asked, _answer in answers(page))


@pytest.mark.parametrize("page", [page for page in PAGES if page.stem != "README"], ids=lambda page: page.stem)
def test_an_answer_is_short(page: Path) -> None:
    for asked, answer in answers(page):
        assert 1 <= len(re.findall(r"[.?](?=\s|$)", answer)) <= SENTENCES, asked


def answers(page: Path) -> list[tuple[str, str]]:
    """The questions of a page that begin with "Kalau", and what is said to each."""
    return re.findall(r"^\*\*(Kalau [^*]+)\*\*\s+(.+?)(?=\n\n|\Z)", page.read_text(encoding="utf-8"), re.M | re.S)


@roles
def test_a_page_begins_with_five_steps_and_shows_three_to_six_pictures(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"^(\d)\. ", text.split("\n## ")[1], re.MULTILINE) == ["1", "2", "3", "4", "5"]
    assert 3 <= len(re.findall(r'<img src="[^"]+" width="360" alt="[^"]+">', text)) <= 6


@pytest.mark.parametrize("page", [page for page in PAGES if page.stem != "README"], ids=lambda page: page.stem)
def test_the_first_page_leads_to_every_other(page: Path) -> None:
    first = (GUIDES / "README.md").read_text(encoding="utf-8")
    assert "**Siapa Anda?**" in first
    assert f"]({page.name})" in first
