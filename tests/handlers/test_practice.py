"""The practice run: the report conversation itself, of which nothing is kept but what was said."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from handlers.messages import Choose, Outgoing
from storage.engine import reading
from storage.tables import METADATA
from tests.engines import engine_for
from tests.handlers.scenes import RATNA, SARI
from tests.transcripts.chat import Town, options_of, words_of

TALK = {"conversation", "inbox", "outbox", "account"}
"""What every message changes: what was said, what is asked, and when somebody was last heard."""
WHOLE = ("latihan", "1", "50", "[foto: papan desa]", "20", "3", "https://contoh.id/foto", "19", "kirim 3 laporan")
RUNS: tuple[tuple[str, ...], ...] = (
    WHOLE,
    (*WHOLE, "latihan lagi", "1. 9  2. 50  3. 19", "memang 9", "tanpa catatan", "kirim 3 laporan"),
    ("latihan", "lewati", "lewati", "lewati", "tutup"),
    ("latihan", "sekitar 2", "ya, 2", '[ubah "sekitar 2" jadi "1"]', "[3 foto: papan]", "batal"),
    ("latihan", "1", "lapor", "batal"),
)


def town(url: str, speaker: str = SARI) -> Town:
    made = Town(url)
    made.load("kecil")
    made.set_clock("2022-03-29 09:00")
    made.join(speaker)
    return made


def last_answer(office: Town, speaker: str, lines: Sequence[str]) -> Outgoing:
    answers = [office.hear(speaker, line) for line in lines]
    return answers[-1][0]


def kept(url: str) -> dict[str, list[str]]:
    """Everything that is stored, but for what was said."""
    with reading(engine_for("tests", url).at(url)) as connection:
        return {
            name: sorted(map(str, connection.execute(select(one))))
            for name, one in METADATA.tables.items()
            if name not in TALK
        }


@pytest.mark.parametrize("said", RUNS, ids=["whole", "twice", "nothing filled in", "broken off", "left"])
def test_nothing_of_a_practice_run_is_kept(said: Sequence[str], database_url: str) -> None:
    office = town(database_url)
    before = kept(database_url)
    assert before["person"] and before["achievement"]
    for line in said:
        assert office.hear(SARI, line), line
    assert kept(database_url) == before


def test_every_message_of_it_is_headed(sqlite_url: str) -> None:
    office = town(sqlite_url)
    for line in (*RUNS[1], "latihan", "entahlah", "kembali", "[stiker]", "1", "kembali", "nanti"):
        for reply in office.hear(SARI, line):
            assert words_of(reply).startswith("Latihan"), line


def test_it_ends_with_the_way_to_the_real_thing(sqlite_url: str) -> None:
    office = town(sqlite_url)
    assert [option.label for option in options_of(last_answer(office, SARI, WHOLE))] == [
        "Lapor sekarang",
        "Latihan lagi",
    ]
    (first,) = office.hear(SARI, "(Lapor sekarang)")
    assert isinstance(first, Choose) and "contoh" not in words_of(first).casefold()


def test_who_reports_nothing_practises_too(sqlite_url: str) -> None:
    office = town(sqlite_url, RATNA)
    assert [option.label for option in options_of(last_answer(office, RATNA, WHOLE))] == [
        "Lihat status",
        "Latihan lagi",
    ]


@pytest.mark.parametrize(("clock", "labels"), [("2022-01-03 09:00", ""), ("2022-12-30 09:00", "November")])
def test_it_is_of_the_running_month(clock: str, labels: str, sqlite_url: str) -> None:
    office = town(sqlite_url)
    office.set_clock(clock)
    asked = [words_of(office.hear(SARI, line)[0]) for line in ("latihan", "1")]
    assert "1 dari 3" in asked[0]
    assert ("s/d November 40%" in asked[1]) is bool(labels)


def test_a_month_that_is_over_is_practised_no_more(sqlite_url: str) -> None:
    office = town(sqlite_url)
    office.hear(SARI, "latihan")
    office.set_clock("2022-04-01 08:00")
    (reply,) = office.hear(SARI, "1")
    assert words_of(reply) == "Latihan tadi sudah lewat bulannya. Ketik latihan untuk mulai lagi."
