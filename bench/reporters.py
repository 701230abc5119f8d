"""Invented people for the bench: 400 of 40 offices, who report twelve monthly indicators each by chat."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, insert, select

from bench.offices import multiply
from domain.modes import Confidence, Mode, Rhythm
from domain.periods import Period
from domain.plan import IndicatorRow, Level, OfficePlan, PastReport, PostRow, Role
from storage import schema
from storage.plans import apply_plan

YEAR = 2026
NOW = datetime(YEAR, 10, 27, 3, tzinfo=UTC)
"""A Tuesday morning in the last week of a month: the nine months before it are reported."""
MONTH = Period.month(YEAR, 10)
PEOPLE = 400
INDICATORS = 12
"""Of each person."""
OFFICES = 40
_REPORTING = PEOPLE // OFFICES
_BEGUN = date(YEAR, 1, 1)
DIALOGUE = ("lapor", *(str(at % 4 + 3) for at in range(INDICATORS)), "kirim")
"""What one person types, a message for each: the word to begin, a value for each indicator, and the word to send."""


TARGETS = tuple(int(words) for words in DIALOGUE[1:-1])
"""What each of a person's indicators is to reach in a month: it is what they report, so that nothing is doubted."""
NAMES = tuple(f"Jumlah dokumen jenis {at + 1} yang diselesaikan" for at in range(INDICATORS))


def address_of(person: int) -> str:
    """Where the person with that number, from 0, writes from."""
    return str(900_000 + person)


def load(connection: Connection) -> None:
    """Put all of them into an empty database; everybody has joined by Telegram."""
    apply_plan(connection, _office(), NOW)
    multiply(connection, OFFICES)
    reporting = schema.post.c.role != Role.CAMAT
    posts = connection.execute(select(schema.post.c["id", "office_id"]).where(reporting).order_by(schema.post.c.id))
    for at, post in enumerate(posts.all()):
        _seat(connection, at, post.id, post.office_id)


def _seat(connection: Connection, at: int, post_id: int, office_id: int) -> None:
    person, conversation = at + 1, at + 1
    rows: tuple[tuple[Any, dict[str, Any]], ...] = (
        (schema.person, {"id": person, "office_id": office_id, "name": f"Pegawai {at}", "salutation": "Bu"}),
        (schema.tenure, {"post_id": post_id, "person_id": person, "capacity": "definitif", "starts": _BEGUN}),
        (schema.conversation, {"id": conversation, "office_id": office_id, "person_id": person}),
        (
            schema.account,
            {
                "channel": "telegram",
                "address": address_of(at),
                "conversation_id": conversation,
                "person_id": person,
                "joined_at": NOW,
            },
        ),
    )
    for one, values in rows:
        connection.execute(insert(one).values(**values))


def _office() -> OfficePlan:
    posts = (
        PostRow("Camat", Role.CAMAT, None),
        PostRow("Kasubbag Perencanaan", Role.KASUBBAG, "Camat", is_admin=True),
        *(PostRow(f"Kasi {at}", Role.KASI, "Camat", section=f"Seksi {at}") for at in range(1, _REPORTING)),
    )
    rows = tuple(_indicators(posts[1:]))
    before = [Period.month(YEAR, number) for number in range(1, MONTH.number)]
    reports = tuple(PastReport(row.code, month, row.targets[month], NOW) for row in rows for month in before)
    return OfficePlan("Sukamaju", "Wanasari", YEAR, "Asia/Makassar", posts, (), rows, reports=reports)


def _indicators(posts: tuple[PostRow, ...]) -> Iterator[IndicatorRow]:
    months = [Period.month(YEAR, number) for number in range(1, 13)]
    for post in posts:
        for at, target in enumerate(TARGETS):
            yield IndicatorRow(
                code=f"{post.title} {at}",
                name=NAMES[at],
                unit="dokumen",
                level=Level.SUB_KEGIATAN,
                path={"program": f"Program {at % 3}"},
                post=post.title,
                rhythm=Rhythm.MONTHLY,
                targets=dict.fromkeys(months, Decimal(target)),
                annual_target=Decimal(target * 12),
                mode=Mode.SUM,
                confidence=Confidence.HIGH,
            )
