"""Clearing away what an office keeps no longer (domain.md 8): words of old chats and old files of evidence.

Figures, posts, capacities and the record of who did what are archives and stay. Once a local day, so much at a time
that nobody waits for it.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, Connection, Row, Select, Text, cast, delete, null, or_, select, update

from domain.office import Owed
from domain.openings import Duty
from domain.periods import Period
from domain.retention import kept_since
from domain.zones import instant
from storage import schema
from storage.audit import record
from storage.desk import Desk
from storage.states import IS_OPEN

AT_ONCE = 500
"""Rows of one kind that are cleared in one transaction."""
_KEYS = 500
"""Refs that are looked up together."""
_UNSENT = ("waiting", "due")
_REF = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
"""The name of a file in the store, wherever it stands."""

_conversation, _evidence, _inbox = schema.conversation, schema.evidence, schema.inbox
_indicator, _job, _office, _outbox = schema.indicator, schema.job, schema.office, schema.outbox
_upload = schema.plan_upload


@dataclass(frozen=True)
class Cleared:
    """How many messages lost their words and how many pieces of evidence their file; `more` says that some are left."""

    messages: int = 0
    evidence: int = 0
    more: bool = False


def clear(desk: Desk) -> Cleared:
    """Clear away, at the program's desk, what the office keeps no longer; nothing where that was done today.

    Another process that does the same waits.
    """
    office = select(_office.c.kept_on).where(_office.c.id == desk.office_id)
    if desk.connection.execute(office).scalar_one() == desk.today:
        return Cleared()
    if desk.connection.execute(office.with_for_update(key_share=True)).scalar_one() == desk.today:
        return Cleared()
    received, sent, files = _clear_received(desk), _clear_sent(desk), _clear_evidence(desk)
    cleared = Cleared(received + sent, files, max(received, sent, files) == AT_ONCE)
    if not cleared.more:
        desk.connection.execute(update(_office).where(_office.c.id == desk.office_id).values(kept_on=desk.today))
    if cleared.messages or cleared.evidence:
        told = f"messages {cleared.messages}, evidence {cleared.evidence}"
        record(desk.connection, desk.office_id, desk.actor(), desk.now, "old data cleared", _subject(desk), new=told)
    return cleared


def _subject(desk: Desk) -> str:
    return f"office {desk.office_id}"


def _first_kept(desk: Desk, months: int | None) -> datetime | None:
    """The instant before which nothing is kept; None for all of it."""
    if months is None:
        return None
    first: date = kept_since(desk.today, months)
    return instant(first, time(), desk.office.zone)


# --- messages ---------------------------------------------------------------------------------------------------------


def _clear_received(desk: Desk) -> int:
    """What was said in the office, and by strangers, who belong to no office."""
    before = _first_kept(desk, desk.office.rules.keeping.messages)
    if before is None:
        return 0
    is_here = or_(_conversation.c.office_id == desk.office_id, _conversation.c.office_id.is_(None))
    old = (
        select(_inbox.c.id)
        .join(_conversation, _conversation.c.id == _inbox.c.conversation_id)
        .where(_inbox.c.said.is_not(None), _inbox.c.said_at < before, ~IS_OPEN, is_here)
        .order_by(_inbox.c.said_at)
        .limit(AT_ONCE)
    )
    ids = desk.connection.execute(old).scalars().all()
    desk.connection.execute(update(_inbox).where(_inbox.c.id.in_(ids)).values(said=null(), media=null()))
    here = select(_conversation.c.id).where(is_here)
    desk.connection.execute(
        delete(_job).where(_job.c.done_at < before, _job.c.state != "due", _job.c.conversation_id.in_(here))
    )
    return len(ids)


def _clear_sent(desk: Desk) -> int:
    before = _first_kept(desk, desk.office.rules.keeping.messages)
    if before is None:
        return 0
    old = (
        select(_outbox.c.id)
        .where(
            or_(_outbox.c.office_id == desk.office_id, _outbox.c.office_id.is_(None)),
            _outbox.c.message.is_not(None),
            _outbox.c.said_at < before,
            _outbox.c.state.not_in(_UNSENT),
        )
        .order_by(_outbox.c.said_at)
        .limit(AT_ONCE)
    )
    ids = desk.connection.execute(old).scalars().all()
    blank = {"message": null(), "occasion": null(), "error": ""}
    desk.connection.execute(update(_outbox).where(_outbox.c.id.in_(ids)).values(blank))
    return len(ids)


# --- evidence ---------------------------------------------------------------------------------------------------------


def _clear_evidence(desk: Desk) -> int:
    """Rows stay and say that there was a file, as links do, which have none; nothing goes that somebody has still to
    look at."""
    before = _first_kept(desk, desk.office.rules.keeping.evidence)
    if before is None:
        return 0
    old = desk.connection.execute(
        select(_evidence.c.id, _evidence.c.period, _indicator.c.year, _indicator.c.code)
        .join(_indicator, _indicator.c.id == _evidence.c.indicator_id)
        .where(
            _evidence.c.office_id == desk.office_id,
            _evidence.c.hash != "",
            _evidence.c.removed_at.is_(None),
            _evidence.c.received_at < before,
        )
        .order_by(_evidence.c.id)
    ).all()
    duties = {(duty.measure.year, duty.code): duty for duty in desk.office_duties} if old else {}
    ids = [row.id for row in old if _is_settled(row, duties.get((row.year, row.code)), desk)][:AT_ONCE]
    desk.connection.execute(update(_evidence).where(_evidence.c.id.in_(ids)).values(removed_at=desk.now))
    return len(ids)


def _is_settled(piece: Row[int, str, int, str], duty: Duty | None, desk: Desk) -> bool:
    """Whether the figure is verified, or takes no more reports; of an indicator that is gone, whether its year is."""
    if duty is None:
        return piece.year < desk.today.year
    period = Period.parse(piece.period)
    is_locked = desk.organisation.lock(Owed(duty.post_id, period), desk.today) is not None
    return duty.standing(period).is_verified or is_locked


# --- files in the store -----------------------------------------------------------------------------------------------


def named_files(connection: Connection, refs: Collection[str], since: datetime) -> frozenset[str]:
    """Which of these files of the store some row still names, or has named since an instant of the machine's clock."""
    live = _in_messages(connection, since)
    return frozenset(ref for ref in refs if ref in live) | _in_evidence(connection, sorted(refs), since)


def _in_evidence(connection: Connection, refs: Sequence[str], since: datetime) -> frozenset[str]:
    lasts = or_(_evidence.c.removed_at.is_(None), _evidence.c.removed_at >= since)
    found: set[str] = set()
    for begin in range(0, len(refs), _KEYS):
        asked = refs[begin : begin + _KEYS]
        for column in (_evidence.c.hash, _evidence.c.shown):
            found |= set(connection.execute(select(column).where(column.in_(asked), lasts)).scalars())
    return frozenset(found)


def _in_messages(connection: Connection, since: datetime) -> frozenset[str]:
    """Every file that a message, a piece of work or an open conversation names."""
    wanted = (
        _texts(_inbox.c.said, or_(IS_OPEN, _inbox.c.received_at >= since)),
        _texts(_outbox.c.message, or_(_outbox.c.state.in_(_UNSENT), _outbox.c.settled_at >= since)),
        _texts(_job.c.details, or_(_job.c.state == "due", _job.c.done_at >= since)),
        _texts(_conversation.c.state, _conversation.c.state.is_not(None)),
        _texts(_upload.c.hash, _upload.c.reading.is_not(None)),
    )
    return frozenset(ref for one in wanted for text in connection.execute(one).scalars() for ref in _REF.findall(text))


def _texts(column: ColumnElement[object], which: ColumnElement[bool]) -> Select[str]:
    return select(cast(column, Text)).where(column.is_not(None), which)
