"""Every transcript is held over the tables with a restart between any two lines, and compared word for word."""

import re
import shutil
from pathlib import Path
from random import Random

import pytest

from domain.numbers import Doubt
from handlers.menu import MENU
from handlers.messages import Edited, Press, Text
from handlers.texts.general import STRANGER
from tests.transcripts.chat import Town, phone_lines, run
from tests.transcripts.phones import Phones

FOLDER = Path(__file__).parent
TRANSCRIPTS = sorted(FOLDER.glob("*.txt"))
SAMPLE = 4
"""Transcripts that are held on WhatsApp in one run."""
SHARE = 1 / 8
"""Of the transcripts that are held on PostgreSQL in one run: there are many, and no engine decides what is said."""
ON_WHATSAPP, IN_GROUP = "(WhatsApp)", "(Grup)"
"""Who speaks on WhatsApp, and who in a group: that channel has none."""
NAMING = ("WITA, Telegram", "baru lewat Telegram")
"""Where a figure came from, as the life of an indicator says, and on what somebody has joined."""
INTERNAL = re.compile(
    r"\b(?:session|state|invalid|error|none|null|true|false|traceback|exception|draft|step|SUM|CUM|LEVEL|SINGLE)\b|"
    + "|".join(rf"\b{doubt}\b" for doubt in Doubt if "_" in doubt)
)


@pytest.mark.sampled_on_postgresql(share=SHARE)
@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_conversation_goes_as_written(path: Path, database_url: str, request: pytest.FixtureRequest) -> None:
    written = path.read_text()
    held = run(written.splitlines(), Town(database_url))
    if request.config.getoption("--update"):
        path.write_text(held)
    else:
        assert held == written


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Of the transcripts on WhatsApp some, others in every run, as the seed that pytest prints says; all in a soak."""
    if "sampled" in metafunc.fixturenames:
        chosen = Random(metafunc.config.getoption("randomly_seed")).sample(TRANSCRIPTS, SAMPLE)
        named = {path for path in TRANSCRIPTS if ON_WHATSAPP in path.read_text()}
        metafunc.parametrize("sampled", sorted({*chosen, *named}), ids=lambda path: path.stem)


def test_a_conversation_goes_as_written_on_whatsapp(sampled: Path, sqlite_template: Path, tmp_path: Path) -> None:
    assert held_on_whatsapp(sampled, sqlite_template, tmp_path) == sampled.read_text()


@pytest.mark.soak
@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_every_conversation_goes_as_written_on_whatsapp(path: Path, sqlite_template: Path, tmp_path: Path) -> None:
    assert held_on_whatsapp(path, sqlite_template, tmp_path) == path.read_text()


def held_on_whatsapp(path: Path, sqlite_template: Path, folder: Path) -> str:
    """A transcript, the whole way: Meta's webhook in, an emulated Graph API out, and what a phone shows.

    One that names channels stays where it names none on Telegram.
    """
    shutil.copy(sqlite_template, folder / "renaksi.db")
    script = path.read_text()
    names_channels = any(named in script for named in (ON_WHATSAPP, IN_GROUP, *NAMING))
    town = Town(f"sqlite:///{folder / 'renaksi.db'}", "telegram" if names_channels else "whatsapp")
    with Phones(lambda: town.now, town.may_write_freely) as town.phones:
        return run(script.splitlines(), town)


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_nothing_internal_is_said(path: Path) -> None:
    said = [line for line in path.read_text().splitlines() if not line.startswith(("#", "@"))]
    assert not [line for line in said if INTERNAL.search(line)]


def test_every_word_of_the_menu_has_a_transcript() -> None:
    typed = {
        line.partition(": ")[2].lstrip("/").lower() for path in TRANSCRIPTS for line in path.read_text().splitlines()
    }
    assert {entry.word for entry in MENU} <= typed


def test_twelve_indicators_take_few_messages() -> None:
    """At most 1.3 messages or taps an indicator when nothing is unusual."""
    lines = (FOLDER / "dua_belas.txt").read_text().splitlines()
    said = [line for line in lines if line.startswith("Bu Sari Andini: ")]
    assert "     Rapat staf" in lines
    assert len(said) <= 1.3 * 12


def test_a_question_fits_a_small_phone() -> None:
    """About twelve lines of forty characters; a hint above the question is allowed two more."""
    asked = [block for path in TRANSCRIPTS for block in _said(path) if re.search(r"berapa.*\?$", block, re.MULTILINE)]
    assert len(asked) > 50
    assert max(phone_lines(block) for block in asked) <= 14


def _said(path: Path) -> list[str]:
    """What the assistant said in a transcript, without its buttons."""
    blocks = re.findall(r"^Bot: (.*\n(?:(?: {5}.*)?\n)*)", path.read_text(), re.MULTILINE)
    return [re.sub(r"^ *\[.*\]$", "", block, flags=re.MULTILINE).replace("     ", "").strip() for block in blocks]


@pytest.mark.sampled_on_postgresql
def test_an_outsider_is_refused_everywhere(database_url: str) -> None:
    """Whatever word of the menu, button or edit somebody unknown sends: only how to ask for an invitation."""
    town = Town(database_url)
    town.load("kecil")
    words = [word for entry in MENU for word in (entry.word, f"/{entry.word}", *entry.spellings)]
    tried = [Text(body=word) for word in (*words, "batal", "kembali", "nanti", "1", "")]
    tried += [Press(token=f"!{entry.word}") for entry in MENU]
    tried += [Press(token=f"1:{key}") for key in ("send", "yes", "right", "change", "v0")]
    tried += [Edited(of="m1", body="12")]
    for said in tried:
        (reply,) = town.say("Pak Tamu", said)
        assert getattr(reply, "text", "") == STRANGER, said
