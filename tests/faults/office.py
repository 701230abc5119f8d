"""Offices of any size in which everybody has joined and owes the same number of figures of March."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from domain.modes import Mode, Rhythm
from domain.plan import IndicatorRow, OfficePlan, PersonRow, PostRow, Role
from storage.engine import open_engine, writing
from tests.joined import join
from tests.offices import YEAR, indicator, make_office, monthly

ZONE = "Asia/Makassar"
SECTIONS = ("Pemerintahan", "Pembangunan", "Kesejahteraan", "Ketenteraman")
HEADS = 3 + len(SECTIONS)
"""Camat, Sekretaris, Kasubbag and a Kasi for each section; everybody else is below a Kasi."""
FIRST_CHAT = 1_200_000_000
TARGET = 10
"""Of every indicator and month from March on."""


def wita(day: int, hour: int, minute: int = 0, month: int = 4) -> datetime:
    """A moment of 2022 on the offices' clock."""
    return datetime(YEAR, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


BEFORE_REMINDERS = wita(4, 7, 45)
"""Monday 4 April 2022, when nothing has been said unasked yet, on the day before March closes."""
REMINDERS = wita(4, 8, 5)
"""When whoever still owes a figure is reminded."""


@dataclass(frozen=True)
class Seat:
    """Somebody who has joined: their office, their id, their chat."""

    office_id: int
    person_id: int
    chat: int


def settle_offices(url: str, offices: int, size: int, each: int = 1, channel: str = "telegram") -> list[Seat]:
    """Load so many offices of `size` people with `each` indicators; all but the camats join. Return who has."""
    engine = open_engine(url)
    seats: list[Seat] = []
    with writing(engine) as connection:
        for place in range(offices):
            made = make_office(connection, BEFORE_REMINDERS, name=f"Sukaramai {place + 1}", plan=plan(size, each))
            for number in range(2, size + 1):
                seat = Seat(made.id, made.people[name(number)], FIRST_CHAT + len(seats) + 1)
                join(connection, made.id, seat.person_id, address(seat, channel), BEFORE_REMINDERS, channel)
                seats.append(seat)
    engine.dispose()
    return seats


def address(seat: Seat, channel: str) -> str:
    """Where somebody is written to: the chat on Telegram, an invented number on WhatsApp."""
    return str(seat.chat) if channel == "telegram" else f"62812{seat.chat % 100_000_000:08}"


@cache
def plan(size: int, each: int) -> OfficePlan:
    """An office of so many people, each with a post and so many monthly indicators that are first due in March."""
    posts = tuple(_post(number) for number in range(1, size + 1))
    people = tuple(PersonRow(name(number), post.title, "Bu") for number, post in enumerate(posts, 1))
    owing = enumerate(posts[1:], 2)  # what the camat owes, the admin would be asked for
    rows = tuple(_indicator(number, at, post) for number, post in owing for at in range(1, each + 1))
    return OfficePlan("Sukaramai", "Wanasari", YEAR, ZONE, posts, people, rows, document="Nomor 2 Tahun 2022")


def name(number: int) -> str:
    """The invented person with that number, from 1; the first is the camat, the third the admin."""
    return f"Pegawai {number:03}"


def _post(number: int) -> PostRow:
    heads: Mapping[int, PostRow] = {
        1: PostRow("Camat", Role.CAMAT, None),
        2: PostRow("Sekretaris", Role.SEKRETARIS, "Camat", section="Sekretariat"),
        3: PostRow("Kasubbag Perencanaan", Role.KASUBBAG, "Sekretaris", is_admin=True),
    }
    if number in heads:
        return heads[number]
    if number <= HEADS:
        section = SECTIONS[number - 4]
        return PostRow(f"Kasi {section}", Role.KASI, "Camat", section=f"Seksi {section}")
    return PostRow(f"Pengelola {number:03}", Role.PELAKSANA, f"Kasi {SECTIONS[number % len(SECTIONS)]}")


def _indicator(number: int, at: int, post: PostRow) -> IndicatorRow:
    targets = monthly(None, None, *[TARGET] * 10)
    code, words = f"dokumen-{number}-{at}", f"Dokumen {number:03} jenis {at}"
    return indicator(code, words, "dokumen", post.title, Rhythm.MONTHLY, targets, Mode.SUM, 10 * TARGET)
