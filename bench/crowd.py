"""Many invented people for the bench: offices of a few posts, each held by somebody who has joined on Telegram."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from domain.modes import Confidence, Mode, Rhythm
from domain.periods import Period
from domain.plan import IndicatorRow, Level, OfficePlan, PersonRow, PostRow, Role
from storage import conversations, inbox, migrate, people
from storage.engine import Connection, open_engine, writing
from storage.inbox import NewMessage
from storage.plans import apply_plan

YEAR = 2026
NOW = datetime(2026, 3, 31, 2, 30, tzinfo=UTC)
"""Tuesday 31 March 2026, 10.30 WITA: the month may be reported, and its reminders go out."""
CHANNEL = "telegram"
_FIRST_CHAT = 1_200_000_001


@dataclass(frozen=True)
class Crowd:
    """How many offices, people of each who report, and indicators of each of them."""

    offices: int
    people: int
    indicators: int


def enter(url: str, crowd: Crowd) -> list[int]:
    """Migrate a database and fill it; return the chats of those who report, office by office."""
    engine = open_engine(url)
    migrate.upgrade(engine)
    chats: list[int] = []
    for number in range(crowd.offices):
        with writing(engine) as connection:
            office = apply_plan(connection, _plan(number, crowd), NOW).office_id
            chats += _join_all(connection, office, _FIRST_CHAT + len(chats))
    engine.dispose()
    return chats


def _plan(number: int, crowd: Crowd) -> OfficePlan:
    kasi = [f"Kasi {at}" for at in range(1, crowd.people + 1)]
    posts = (PostRow("Camat", Role.CAMAT, None), *(PostRow(title, Role.KASI, "Camat", title) for title in kasi))
    staff = tuple(PersonRow(f"Pegawai {number} {title}", title) for title in kasi)
    rows = tuple(_indicator(title, at) for title in kasi for at in range(crowd.indicators))
    return OfficePlan(f"Sukamaju {number}", "Wanasari", YEAR, "Asia/Makassar", posts, staff, rows)


def _indicator(post: str, at: int) -> IndicatorRow:
    return IndicatorRow(
        code=f"{post}-{at}",
        name=f"Indikator nomor {at}",
        unit="dokumen",
        level=Level.SUB_KEGIATAN,
        path={"program": "Pelayanan"},
        post=post,
        rhythm=Rhythm.MONTHLY,
        targets={Period.month(YEAR, month): Decimal(5) for month in range(1, 13)},
        annual_target=Decimal(60),
        mode=Mode.SUM,
        confidence=Confidence.HIGH,
    )


def _join_all(connection: Connection, office: int, first: int) -> Sequence[int]:
    """Give everybody of an office a chat, as if they had opened their invitation."""
    staff = people.people(connection, office)
    for chat, person in enumerate(staff, first):
        _join(connection, office, person.id, str(chat))
    return range(first, first + len(staff))


def _join(connection: Connection, office: int, person: int, address: str) -> None:
    greeting = NewMessage(CHANNEL, address, f"before {address}", "1", {"kind": "text", "body": "/start"})
    inbox.store(connection, [greeting], NOW)
    waiting = inbox.oldest_open(connection, inbox.waiting_conversations(connection, 1)[0].id)
    assert waiting is not None  # it was stored just now
    inbox.finish(connection, [waiting.id], NOW)
    conversations.give_to_person(connection, waiting.conversation_id, CHANNEL, address, office, person, NOW)
