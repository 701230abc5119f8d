"""Why figures are low or high and what is done about it, whichever version of its plan an indicator was reported
under."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, select

from domain.explaining import Asked
from domain.periods import Period
from domain.plan import Capacity
from domain.reasons import Explained
from storage import schema, touches
from storage.audit import Actor, record
from storage.columns import floor_millionths
from storage.figures import CURRENT_PLANS
from storage.rows import add

_evidence = schema.evidence
_indicator = schema.indicator
_follow_up = schema.follow_up
_end = schema.follow_up_end
_written_as = _indicator.alias("written_as")
_SAID = ("id", "period", "kind", "cause", "action", "handler", "until", "capaian", "person_id", "post_id", "capacity")

# Read with every status: a statement over an alias is slow to write, so these are written once.
_CARDS = (
    select(
        _indicator.c.id.label("about"),
        _indicator.c.post_id.label("owner"),
        _follow_up.c.at.label("said_at"),
        *(_follow_up.c[name] for name in _SAID),
        _end.c.word,
        _end.c.evidence_id,
        _end.c.person_id.label("ended_by"),
        _end.c.at.label("ended_at"),
    )
    .join(_written_as, _written_as.c.id == _follow_up.c.indicator_id)
    .join(
        _indicator,
        (_indicator.c.office_id == _written_as.c.office_id)
        & (_indicator.c.year == _written_as.c.year)
        & (_indicator.c.code == _written_as.c.code),
    )
    .outerjoin(_end, _end.c.followup_id == _follow_up.c.id)
    .where(_follow_up.c.office_id == bindparam("office"), _indicator.c.plan_id.in_(CURRENT_PLANS))
    .order_by(_follow_up.c.id)
)
_OF_INDICATOR = _CARDS.where(_indicator.c.id == bindparam("of_indicator"))
_OF_FIGURE = _OF_INDICATOR.where(_follow_up.c.period == bindparam("of_period"))
_OF_POST = _CARDS.where(_indicator.c.post_id == bindparam("of_post"))
_ONE = _CARDS.where(_follow_up.c.id == bindparam("of_id"))
_READ_FROM = frozenset(one.name for one in (_follow_up, _end, _indicator, schema.plan))


@dataclass(frozen=True)
class NewFollowUp:
    """What is said about the figure of one of the person's indicators; as in `domain.reasons.Explained`."""

    indicator_id: int
    period: Period
    kind: Asked
    cause: str
    action: str = ""
    handler: str = ""
    until: date | None = None
    capaian: Decimal | None = None


@dataclass(frozen=True)
class Ended:
    """Who said that it is done, in which words or by which piece of evidence."""

    word: str
    evidence_id: int | None
    person_id: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FollowUpCard(Explained):
    """What was said about a figure, by whom and when. `indicator_id` is that of the current plan, `owner` the post that
    reports it now; `post_id` and `capacity` are those in which it was said."""

    id: int
    indicator_id: int
    owner: int
    period: Period
    person_id: int
    post_id: int
    capacity: Capacity | None
    at: datetime
    ended: Ended | None


@dataclass(frozen=True)
class FollowUpBook:
    """What may be seen of it by one person: what is about the indicators of the posts `seen`; they write about those of
    the posts `own`. `actor` names them as they act for a post."""

    connection: Connection = field(repr=False)
    office_id: int
    now: datetime
    actor: Callable[[int], Actor]
    seen: Set[int]
    own: Set[int]

    # --- reading ------------------------------------------------------------------------------------------------

    def of(self, indicator_id: int, period: Period) -> FollowUpCard | None:
        """What holds of what was said about a figure; None where nothing was, and where it is not theirs to see."""
        said = self._read(_OF_FIGURE, of_indicator=indicator_id, of_period=period.code)
        return max(said, key=lambda card: card.id, default=None)

    def of_indicator(self, indicator_id: int) -> tuple[FollowUpCard, ...]:
        """All that was ever said about the figures of an indicator, the oldest first."""
        return self._read(_OF_INDICATOR, of_indicator=indicator_id)

    def newest(self) -> Mapping[tuple[int, Period], FollowUpCard]:
        """What holds of what was said, by indicator and period."""
        return {(card.indicator_id, card.period): card for card in self._read(_CARDS)}

    def open(self) -> tuple[FollowUpCard, ...]:
        """What is still to be done, the oldest first: of each indicator what was said about its newest period."""
        last: dict[int, FollowUpCard] = {}
        for card in self.newest().values():
            held = last.get(card.indicator_id)
            if card.action and (held is None or held.period < card.period):
                last[card.indicator_id] = card
        return tuple(sorted((card for card in last.values() if card.is_open), key=lambda card: card.id))

    def get(self, follow_up_id: int) -> FollowUpCard | None:
        """One of them by its id; None for another office's, and for what is not theirs to see."""
        return next(iter(self._read(_ONE, of_id=follow_up_id)), None)

    def of_post(self, post_id: int) -> Mapping[tuple[int, Period], FollowUpCard]:
        """What holds of what was said about the indicators of a post, by indicator and period."""
        return _of_post(self.connection, self.office_id, post_id) if post_id in self.seen else {}

    def _read(self, wanted: Select[*tuple[Any, ...]], **asked_for: object) -> tuple[FollowUpCard, ...]:
        rows = self.connection.execute(wanted, {"office": self.office_id, **asked_for})
        return tuple(_card(row) for row in rows if row.owner in self.seen)

    # --- writing ------------------------------------------------------------------------------------------------

    def add(self, new: NewFollowUp) -> int:
        """Say why a figure of the person's own indicator is low or high; return its id. Raises PermissionError for
        another post's, and to the program itself."""
        actor = self._acting(self._owner(new.indicator_id), new.indicator_id)
        follow_up_id = add(
            self.connection,
            _follow_up,
            {
                "office_id": self.office_id,
                "indicator_id": new.indicator_id,
                "period": new.period.code,
                "kind": new.kind.value,
                "cause": new.cause,
                "action": new.action,
                "handler": new.handler,
                "until": new.until,
                "capaian": None if new.capaian is None else floor_millionths(new.capaian),
                "person_id": actor.person_id,
                "post_id": actor.post_id,
                "capacity": actor.capacity,
                "inbox_id": actor.inbox_id,
                "at": self.now,
            },
        )
        said = "; ".join(part for part in (new.cause, new.action) if part)
        self._record(actor, "figure explained", f"indicator {new.indicator_id} {new.period.code}", said)
        return follow_up_id

    def end(self, follow_up_id: int, word: str, evidence_id: int | None = None) -> None:
        """Say that one is done, in words or by a piece of evidence that was added before.

        What is done already stays as it is. Raises PermissionError for another post's and for evidence of another
        office, and to the program itself.
        """
        card = self.get(follow_up_id)
        actor = self._acting(None if card is None else card.owner, follow_up_id)
        if card is None or card.done:
            return
        if evidence_id is not None:
            self._must_be_here(evidence_id)
        add(
            self.connection,
            _end,
            {
                "office_id": self.office_id,
                "followup_id": follow_up_id,
                "word": word,
                "evidence_id": evidence_id,
                "person_id": actor.person_id,
                "post_id": actor.post_id,
                "capacity": actor.capacity,
                "at": self.now,
            },
        )
        self._record(actor, "follow-up ended", f"indicator {card.indicator_id} {card.period.code}", word)

    def _owner(self, indicator_id: int) -> int | None:
        return self.connection.execute(
            select(_indicator.c.post_id).where(
                _indicator.c.id == indicator_id, _indicator.c.office_id == self.office_id
            )
        ).scalar_one_or_none()

    def _acting(self, owner: int | None, about: int) -> Actor:
        if owner is None or owner not in self.own:
            raise PermissionError(f"{about} belongs to another post")
        return self.actor(owner)

    def _must_be_here(self, evidence_id: int) -> None:
        here = select(_evidence.c.id).where(_evidence.c.id == evidence_id, _evidence.c.office_id == self.office_id)
        if self.connection.execute(here).first() is None:
            raise PermissionError(f"evidence {evidence_id} is not of this office")

    def _record(self, actor: Actor, action: str, subject: str, new: str) -> None:
        record(self.connection, self.office_id, actor, self.now, action, subject, new=new)


def said(connection: Connection, office_id: int) -> dict[int, dict[Period, Explained]]:
    """What holds of what was said about the figures of an office, by indicator of the current plans and period."""
    found: defaultdict[int, dict[Period, Explained]] = defaultdict(dict)
    for card in map(_card, connection.execute(_CARDS, {"office": office_id})):
        found[card.indicator_id][card.period] = card
    return dict(found)


def _of_post(connection: Connection, office_id: int, post_id: int) -> Mapping[tuple[int, Period], FollowUpCard]:
    """Asked several times a turn."""

    def read() -> Mapping[tuple[int, Period], FollowUpCard]:
        cards = map(_card, connection.execute(_OF_POST, {"office": office_id, "of_post": post_id}))
        return {(card.indicator_id, card.period): card for card in cards}

    return touches.kept(connection, (_of_post, office_id, post_id), _READ_FROM, read)


def _card(row: Row[Any]) -> FollowUpCard:
    ended = None if row.ended_at is None else Ended(row.word, row.evidence_id, row.ended_by, row.ended_at)
    return FollowUpCard(
        kind=Asked(row.kind),
        cause=row.cause,
        action=row.action,
        handler=row.handler,
        until=row.until,
        capaian=row.capaian,
        done=ended is not None,
        id=row.id,
        indicator_id=row.about,
        owner=row.owner,
        period=Period.parse(row.period),
        person_id=row.person_id,
        post_id=row.post_id,
        capacity=Capacity(row.capacity) if row.capacity else None,
        at=row.said_at,
        ended=ended,
    )
