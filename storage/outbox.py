"""The table of messages to send: claimed by a conditional UPDATE, sent at least once, retried as data.

Lanes: `answer` (replies to people, which pass everything else), `notice` (reminders and summaries). Within an address
a message waits for an earlier one of its lane that is due too, and for any that must be tried again.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    String,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from storage import calls, schema
from storage.columns import UtcTime
from storage.rows import add_all_once, add_once, spelt
from storage.states import IS_DUE

ANSWER, NOTICE = "answer", "notice"
"""The lanes."""
LEASE = timedelta(seconds=45)
"""How long a claim lasts unless it is renewed, so that only a crashed sender's messages are sent again."""
RETRY_DELAYS = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
)
"""The pause before each further try where the channel did not name one; after the last the message has failed."""

_outbox = schema.outbox
_KEYS = 500
"""Keys that are looked up together."""
_COUNTED = ("waiting", "due", "sent")
"""States of what was or will be said."""


@dataclass(frozen=True)
class NewSending:
    """One message to send to an address. `message` is an Outgoing as JSON, or None where `occasion` says from what
    it is made when it is claimed.

    `expires_at` and `opens_at` are on the office's clock; until `opens_at` it waits. `counted_as` is what it counts
    under towards what a person may be sent.
    """

    office_id: int | None
    conversation_id: int
    person_id: int | None
    channel: str
    address: str
    lane: str
    dedup_key: str
    message: dict[str, Any] | None
    due_at: datetime
    said_at: datetime
    occasion: dict[str, Any] | None = None
    expires_at: datetime | None = None
    opens_at: datetime | None = None
    counted_as: str = ""
    nowhere: bool = False
    """The address cannot be reached, and there is no other one: it is to be called about."""


@dataclass(frozen=True)
class Letter:
    """A message to somebody of an office that is no answer to what they wrote; `NewSending` says where it goes.

    There is only ever one of a `key`; the other fields are those of `NewSending`.
    """

    key: str
    due_at: datetime
    message: dict[str, Any] | None = None
    occasion: dict[str, Any] | None = None
    lane: str = ANSWER
    expires_at: datetime | None = None
    opens_at: datetime | None = None
    counted_as: str = ""


@dataclass(frozen=True)
class Sending:
    """A claimed message."""

    id: int
    office_id: int | None
    conversation_id: int
    person_id: int | None
    channel: str
    address: str
    lane: str
    message: dict[str, Any] | None
    occasion: dict[str, Any] | None
    attempts: int
    said_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True)
class Waiting:
    """A message that waits until `opens_at` on the office's clock."""

    person_id: int
    opens_at: datetime
    message: dict[str, Any] | None
    occasion: dict[str, Any] | None


def enqueue(connection: Connection, sending: NewSending) -> int | None:
    """Write a message to send, once per `dedup_key`; None where it was there already."""
    written_id = add_once(connection, _outbox, _row(sending))
    if written_id is not None:
        calls.call(connection, calls.DELIVERY)
    return written_id


def _row(sending: NewSending) -> dict[str, Any]:
    return {
        "office_id": sending.office_id,
        "conversation_id": sending.conversation_id,
        "person_id": sending.person_id,
        "channel": sending.channel,
        "address": sending.address,
        "lane": sending.lane,
        "dedup_key": sending.dedup_key,
        "state": _first_state(sending),
        "message": sending.message,
        "occasion": sending.occasion,
        "due_at": sending.due_at,
        "said_at": sending.said_at,
        "expires_at": sending.expires_at,
        "opens_at": sending.opens_at,
        "counted_as": sending.counted_as,
        "attempts": 0,
        "holder": "",
        "lease_until": None,
    }


def answer(connection: Connection, answers: Sequence[NewSending], holder: str) -> list[Sending]:
    """Write replies and lease them to their process at once; return those that it holds, in their order: none for a
    process without name, which sends nothing.

    One waits in the table like any other where an earlier message to its address must be tried again or is not the
    process's own, so that replies stay in order.
    """
    if not answers or not add_all_once(connection, _outbox, [_row(one) for one in answers]):
        return []
    calls.call(connection, calls.DELIVERY)
    if not holder:
        return []
    keys, until = [one.dedup_key for one in answers], max(one.due_at for one in answers) + LEASE
    held = connection.execute(_HELD_AT_ONCE, {"keys": keys, "writer": holder, "until": until})
    return sorted(map(_sending, held), key=lambda sending: sending.id)


def _first_state(sending: NewSending) -> str:
    if sending.nowhere:
        return "to_call"
    return "due" if sending.opens_at is None else "waiting"


def written(connection: Connection, keys: Sequence[str]) -> frozenset[str]:
    """Those of the keys under which a message was written, whatever became of it."""
    found = (
        connection.execute(select(_outbox.c.dedup_key).where(_outbox.c.dedup_key.in_(keys[start : start + _KEYS])))
        for start in range(0, len(keys), _KEYS)
    )
    return frozenset(key for rows in found for key in rows.scalars())


# Asked with every tick, and therefore written once.
_COUNTS = (
    select(_outbox.c.person_id, _outbox.c.counted_as, func.count().label("number"))
    .where(_outbox.c.office_id == bindparam("office"), _outbox.c.counted_as != spelt(""), _outbox.c.state.in_(_COUNTED))
    .group_by(_outbox.c.person_id, _outbox.c.counted_as)
)
_COUNTS_BEFORE = _COUNTS.where(_outbox.c.said_at < bindparam("before"))


def counts(connection: Connection, office_id: int, said_before: datetime | None = None) -> dict[tuple[int, str], int]:
    """How many messages of an office were said under each `counted_as`, or are to be: by person and that. They stand
    for whoever holds the office (`offices.lock_seen_at`).

    Those said from `said_before` on, on the office's clock, are left out.
    """
    if said_before is None:
        rows = connection.execute(_COUNTS, {"office": office_id})
    else:
        rows = connection.execute(_COUNTS_BEFORE, {"office": office_id, "before": said_before})
    return {(row.person_id, row.counted_as): row.number for row in rows}


def occasion_since(connection: Connection, office_id: int, dedup_key: str, since: datetime) -> dict[str, Any] | None:
    """Why the message of a key comes, if it was written after the instant `since`; None for no such one."""
    wanted = select(_outbox.c.occasion).where(_outbox.c.office_id == office_id, _outbox.c.dedup_key == dedup_key)
    return connection.execute(wanted.where(_outbox.c.said_at > since)).scalar_one_or_none()


def last_letters(connection: Connection, office_id: int, key: str) -> dict[int, tuple[dict[str, Any], datetime]]:
    """By person, the newest of an office's messages whose key begins so: its occasion and when it was said."""
    newest = (
        select(func.max(_outbox.c.id))
        .where(_outbox.c.office_id == office_id, _outbox.c.dedup_key.startswith(key, autoescape=True))
        .group_by(_outbox.c.person_id)
    )
    rows = connection.execute(select(_outbox).where(_outbox.c.id.in_(newest)))
    return {row.person_id: (row.occasion or {}, row.said_at) for row in rows}


def told(
    connection: Connection, office_id: int, counted: Collection[str], *, said_before: datetime | None = None
) -> dict[tuple[int, str], list[dict[str, Any]]]:
    """Of what occasions people were told, or are to be, by person and what it is counted under: one of `counted`."""
    rows = connection.execute(
        select(_outbox.c.person_id, _outbox.c.counted_as, _outbox.c.occasion)
        .where(*_counted(office_id, said_before), _outbox.c.counted_as.in_(counted))
        .order_by(_outbox.c.id)
    )
    found: dict[tuple[int, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row.person_id, row.counted_as].append(row.occasion)
    return found


def _counted(office_id: int, said_before: datetime | None) -> list[ColumnElement[bool]]:
    """What an office said that counts, before an instant of its clock where one is given."""
    counted = [_outbox.c.office_id == office_id, _outbox.c.counted_as != spelt(""), _outbox.c.state.in_(_COUNTED)]
    return counted if said_before is None else [*counted, _outbox.c.said_at < said_before]


_IS_WAITING = (_outbox.c.office_id == bindparam("office")) & (_outbox.c.state == spelt("waiting"))
# Asked with every tick, mostly in vain: written once, because writing them takes longer than their answer.
_OPENED = update(_outbox).where(_IS_WAITING, _outbox.c.opens_at <= bindparam("until"))
_NEXT_OPENING = select(func.min(_outbox.c.opens_at)).where(_IS_WAITING, _outbox.c.opens_at > bindparam("after"))


def open_waiting(connection: Connection, office_id: int, office_now: datetime, now: datetime) -> int:
    """Make due what waited until now on the office's clock; return how many messages. `now` is the machine's."""
    opened = {"office": office_id, "until": office_now, "state": "due", "due_at": now}
    number = connection.execute(_OPENED, opened).rowcount
    if number:
        calls.call(connection, calls.DELIVERY)
    return number


def next_opening(connection: Connection, office_id: int, after: datetime) -> datetime | None:
    """When the next waiting message of an office becomes due on the office's clock, None for none."""
    return connection.execute(_NEXT_OPENING, {"office": office_id, "after": after}).scalar_one()


def waiting(connection: Connection, office_id: int) -> list[Waiting]:
    """The messages of an office that wait for an hour, in the order of it."""
    rows = connection.execute(
        select(_outbox)
        .where(_outbox.c.office_id == office_id, _outbox.c.state == spelt("waiting"))
        .order_by(_outbox.c.opens_at, _outbox.c.id)
    )
    return [Waiting(row.person_id, row.opens_at, row.message, row.occasion) for row in rows]


def _held_at_once() -> ReturningUpdate[Any]:
    """Lease messages that were just written, by their keys, unless an earlier one to the address goes first."""
    earlier = _outbox.alias("earlier")
    keys = bindparam("keys", expanding=True)
    is_anothers = and_(earlier.c.holder != bindparam("writer", type_=String), earlier.c.dedup_key.not_in(keys))
    must_wait = exists(
        select(earlier.c.id).where(
            earlier.c.state == spelt("due"),
            earlier.c.channel == _outbox.c.channel,
            earlier.c.address == _outbox.c.address,
            earlier.c.id < _outbox.c.id,
            or_(earlier.c.attempts > 0, and_(earlier.c.lane == _outbox.c.lane, is_anothers)),
        )
    )
    is_new = and_(_outbox.c.dedup_key.in_(keys), IS_DUE, _outbox.c.lease_until.is_(None))
    leased = {"holder": bindparam("writer", type_=String), "lease_until": bindparam("until", type_=UtcTime())}
    return update(_outbox).where(is_new, ~must_wait).values(leased).returning(_outbox)


_HELD_AT_ONCE = _held_at_once()
"""Written once: of every batch of turns."""


def _is_due() -> ColumnElement[bool]:
    """Due in a lane at an instant, and nobody's."""
    free = or_(_outbox.c.lease_until.is_(None), _outbox.c.lease_until < bindparam("lapsed", type_=UtcTime()))
    return and_(IS_DUE, _outbox.c.lane == bindparam("of_lane"), _outbox.c.due_at <= _AT, free)


def _claimable() -> Select[int]:
    """Due messages that no earlier one to the same address holds back, oldest first."""
    earlier = _outbox.alias("earlier")
    held_back = exists(
        select(earlier.c.id).where(
            earlier.c.state == spelt("due"),
            earlier.c.channel == _outbox.c.channel,
            earlier.c.address == _outbox.c.address,
            earlier.c.id < _outbox.c.id,
            or_(
                earlier.c.attempts > 0,
                # An answer is due when it is written; one that seems not to be is of before the clock went back.
                and_(earlier.c.lane == _outbox.c.lane, or_(earlier.c.due_at <= _AT, earlier.c.lane == ANSWER)),
            ),
        )
    )
    oldest_first = select(_outbox.c.id).where(_is_due(), ~held_back).order_by(_outbox.c.due_at, _outbox.c.id)
    return oldest_first.limit(bindparam("most", type_=Integer))


def _claim() -> ReturningUpdate[Any]:
    """Lease one message, if it is still due."""
    wanted = and_(_outbox.c.id == bindparam("wanted"), _is_due())
    leased = {"holder": bindparam("claimer"), "lease_until": bindparam("until", type_=UtcTime())}
    return update(_outbox).where(wanted).values(leased).returning(_outbox)


_AT = bindparam("at", type_=UtcTime())
# Asked again and again, mostly in vain: written once, because writing them takes longer than their answer.
_CLAIMABLE, _CLAIM = _claimable(), _claim()


def claim_due(
    connection: Connection, lane: str, holder: str, now: datetime, limit: int, lapsed: datetime | None = None
) -> list[Sending]:
    """Lease up to `limit` due messages of a lane, at most one per address, oldest first.

    What another process holds is free when its lease ended before `lapsed`, None for `now`.
    """
    due = {"of_lane": lane, "at": now, "lapsed": lapsed or now}
    candidates = connection.execute(_CLAIMABLE, {**due, "most": limit}).scalars().all()
    lease = {**due, "claimer": holder, "until": now + LEASE}
    claimed = (connection.execute(_CLAIM, {**lease, "wanted": key}).one_or_none() for key in candidates)
    return [_sending(row) for row in claimed if row is not None]


def renew(connection: Connection, ids: Sequence[int], holder: str, now: datetime) -> None:
    """Keep messages that still wait in a living process leased to it."""
    connection.execute(
        update(_outbox).where(_outbox.c.id.in_(ids), IS_DUE, _outbox.c.holder == holder).values(lease_until=now + LEASE)
    )


def _sending(row: Row[Any]) -> Sending:
    return Sending(
        row.id,
        row.office_id,
        row.conversation_id,
        row.person_id,
        row.channel,
        row.address,
        row.lane,
        row.message,
        row.occasion,
        row.attempts,
        row.said_at,
        row.expires_at,
    )


def write_message(connection: Connection, outbox_id: int, message: dict[str, Any]) -> None:
    """Fill in the text of a message that is made when it is claimed."""
    connection.execute(update(_outbox).where(_outbox.c.id == outbox_id).values(message=message))


@dataclass(frozen=True)
class Settled:
    """How a message ended: as `sent`, `failed`, `not_needed` or `expired`.

    `template` is that as which it went; `message` what is kept of it from now on, None for all.
    """

    id: int
    state: str
    at: datetime
    provider_id: str = ""
    template: str = ""
    error: str = ""
    message: dict[str, Any] | None = None


_ENDED = (
    update(_outbox)
    .where(_outbox.c.id == bindparam("wanted"))
    .values(
        state=bindparam("ended"),
        provider_id=bindparam("number"),
        template=bindparam("went_as"),
        error=bindparam("reason"),
        settled_at=bindparam("at", type_=UtcTime()),
        lease_until=None,
        holder="",
    )
)


def settle_all(connection: Connection, outcomes: Sequence[Settled]) -> None:
    """End messages, in ascending order so that nobody waits in a circle."""
    ended = [
        {
            "wanted": one.id,
            "ended": one.state,
            "at": one.at,
            "number": one.provider_id,
            "went_as": one.template,
            "reason": one.error,
        }
        for one in sorted(outcomes, key=lambda one: one.id)
    ]
    connection.execute(_ENDED, ended)
    for one in outcomes:
        if one.message is not None:
            write_message(connection, one.id, one.message)


def settle(
    connection: Connection,
    outbox_id: int,
    state: str,
    now: datetime,
    *,
    provider_id: str = "",
    template: str = "",
    error: str = "",
) -> None:
    """End one message."""
    settle_all(connection, [Settled(outbox_id, state, now, provider_id, template, error)])


def try_again(connection: Connection, sending: Sending, error: str, after: timedelta | None, now: datetime) -> None:
    """Put a message back for a later try, or end it as failed when its tries are spent.

    A pause that the channel itself named uses up no more than the first try: being asked to wait is no failure.
    """
    tries = sending.attempts + (after is None)
    if tries > len(RETRY_DELAYS):
        settle(connection, sending.id, "failed", now, error=error)
        return
    pause = after if after is not None else RETRY_DELAYS[tries - 1]
    connection.execute(
        update(_outbox)
        .where(_outbox.c.id == sending.id)
        .values(attempts=max(tries, 1), due_at=now + pause, lease_until=None, holder="", error=error)
    )


def release(connection: Connection, ids: Sequence[int], holder: str) -> None:
    """Give back unsent what a process holds of these: their address must wait."""
    connection.execute(
        update(_outbox)
        .where(_outbox.c.id.in_(ids), IS_DUE, _outbox.c.holder == holder)
        .values(lease_until=None, holder="")
    )


def release_astray(connection: Connection, holder: str, known: Sequence[int], leased_until: datetime) -> None:
    """Give back what a process holds without knowing it: a commit or a look failed between writing it and sending it.

    `known` is what it does know of; leases that end later than `leased_until` are too new to tell.
    """
    astray = and_(_outbox.c.holder == holder, IS_DUE, _outbox.c.id.not_in(known))
    connection.execute(
        update(_outbox).where(astray, _outbox.c.lease_until < leased_until).values(lease_until=None, holder="")
    )


def release_all_of(connection: Connection, holder: str) -> None:
    """Give back everything a process that ends still holds."""
    connection.execute(update(_outbox).where(_outbox.c.holder == holder, IS_DUE).values(lease_until=None, holder=""))


def readdress(connection: Connection, channel: str, old: str, new: str) -> None:
    """Send what is still due to an address to its new one, at once."""
    connection.execute(
        update(_outbox)
        .where(_outbox.c.channel == channel, _outbox.c.address == old, IS_DUE)
        .values(address=new, lease_until=None, holder="")
    )


def redirect_waiting(connection: Connection, person_id: int, channel: str, address: str) -> None:
    """Send what waits for its hour to where a person is written to from now on. What is due already goes its way."""
    connection.execute(
        update(_outbox)
        .where(_outbox.c.person_id == person_id, _outbox.c.state == spelt("waiting"))
        .values(channel=channel, address=address)
    )


def templates_since(connection: Connection, office_id: int, since: datetime) -> dict[str, tuple[int, int]]:
    """By channel, how many messages an office sent from an instant of its clock on, and how many as a template."""
    as_template = func.sum(case((_outbox.c.template != "", 1), else_=0))
    rows = connection.execute(
        select(_outbox.c.channel, func.count().label("sent"), as_template.label("templates"))
        .where(_outbox.c.office_id == office_id, _outbox.c.state == "sent", _outbox.c.said_at >= since)
        .group_by(_outbox.c.channel)
        .order_by(_outbox.c.channel)
    )
    return {row.channel: (row.sent, int(row.templates)) for row in rows}


def put_off_channel(connection: Connection, channel: str, held: Sequence[int], until: datetime) -> None:
    """Nothing of a channel is sent before an instant: what nobody holds, and what is `held` by who asks.

    No try is used up, and everything keeps its turn.
    """
    unheld = or_(_outbox.c.lease_until.is_(None), _outbox.c.id.in_(held))
    connection.execute(
        update(_outbox)
        .where(_outbox.c.channel == channel, IS_DUE, _outbox.c.due_at < until, unheld)
        .values(due_at=until, lease_until=None, holder="")
    )


def due_count(connection: Connection) -> int:
    """How many messages are still to be sent."""
    return connection.execute(select(func.count()).where(IS_DUE)).scalar_one()
