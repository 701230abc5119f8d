"""Evidence: pictures, files and links that support a figure, and who opened or took back which of them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, exists, func, select, update

from domain.evidence import Demand, EvidenceKind, may_remove
from domain.fingerprints import BITS, NEAR
from domain.openings import Duty
from domain.periods import Period
from storage import inbox, schema
from storage.audit import Actor, record
from storage.figures import CURRENT_PLANS
from storage.rows import add

_audit = schema.audit
_evidence = schema.evidence
_indicator = schema.indicator
_report = schema.report
_asked = _indicator.alias("asked")

_DIGITS = BITS // 4
"""Hex digits of a fingerprint."""
OPENED = "evidence opened"
"""What the record says of a look at a piece."""
WARNED = "evidence warned"
"""And of somebody who was told what must not be seen on a picture."""

# Read with every question for evidence: a statement over an alias is slow to write, so these are written once.
_IS_TWIN = (
    (_asked.c.office_id == _indicator.c.office_id)
    & (_asked.c.year == _indicator.c.year)
    & (_asked.c.code == _indicator.c.code)
)
"""The same indicator in any version of its plan."""
_WAS_GIVEN = _evidence.c.removed_by.is_(None)
_GIVEN = (
    select(_evidence, _asked.c.id.label("asked_id"), _asked.c.name.label("asked_name"))
    .join(_indicator, _indicator.c.id == _evidence.c.indicator_id)
    .join(_asked, _IS_TWIN)
    .where(_evidence.c.office_id == bindparam("office"), _WAS_GIVEN, _asked.c.plan_id.in_(CURRENT_PLANS))
    .order_by(_evidence.c.id)
)
"""All that nobody of the `office` took back, with what was cleared away since because the office keeps it no longer."""
_PIECES = _GIVEN.where(_evidence.c.removed_at.is_(None))
"""The pieces of the `office` that can be opened, with their indicators of the current plans."""
_KINDS_GIVEN = (
    _GIVEN.with_only_columns(_asked.c.id, _evidence.c.period, _evidence.c.kind, func.count())
    .group_by(_asked.c.id, _evidence.c.period, _evidence.c.kind)
    .order_by(None)
)
_KINDS = _KINDS_GIVEN.where(_evidence.c.removed_at.is_(None))
_OF_SOME = _asked.c.id.in_(bindparam("ids", expanding=True))
_KINDS_OF = _KINDS.where(_OF_SOME)
_KINDS_OF_GIVEN = _KINDS_GIVEN.where(_OF_SOME)
_KINDS_OF_CLEARED = _KINDS_OF_GIVEN.where(_evidence.c.removed_at.is_not(None))
_OF_FIGURE = _PIECES.where(_asked.c.id == bindparam("about"), _evidence.c.period == bindparam("of_period"))


@dataclass(frozen=True)
class NewEvidence:
    """A picture, file or link for an indicator's figure; `hash` names its bytes in the store, `shown` those of the copy
    that others see. A link has neither, but an `address`."""

    indicator_id: int
    period: Period
    hash: str
    kind: str
    size: int
    name: str = ""
    caption: str = ""
    mime: str = ""
    shown: str = ""
    fingerprint: str = ""
    address: str = ""
    album: str = ""


@dataclass(frozen=True)
class EvidenceCard:
    """One piece of evidence. `indicator_id` is that of the current plan, where it still has the indicator that is
    called `indicator`; `ref` names its bytes, `shown` those of the copy without the place; `at` is when it came in."""

    id: int
    indicator_id: int
    indicator: str
    period: Period
    kind: EvidenceKind
    ref: str
    size: int
    name: str
    caption: str
    mime: str
    shown: str
    fingerprint: str
    address: str
    album: str
    person_id: int
    at: datetime


@dataclass(frozen=True)
class Twin:
    """A piece and an earlier one like it that was sent for another figure; `same` says that it is the very file."""

    piece: EvidenceCard
    earlier: EvidenceCard
    same: bool


def add_evidence(
    connection: Connection, office_id: int, evidence: Sequence[NewEvidence], actor: Actor, now: datetime
) -> tuple[int, ...]:
    """Attach pieces, record it and return their ids; one that the same figure has already is not attached twice."""
    return tuple(
        _add_one(connection, office_id, one, actor, now)
        for one in evidence
        if connection.execute(_same_piece(one)).first() is None
    )


def _same_piece(one: NewEvidence) -> Select[tuple[int]]:
    return select(_evidence.c.id).where(
        _evidence.c.indicator_id == one.indicator_id,
        _evidence.c.period == one.period.code,
        _evidence.c.hash == one.hash,
        _evidence.c.address == one.address,
        _evidence.c.removed_at.is_(None),
    )


def _add_one(connection: Connection, office_id: int, one: NewEvidence, actor: Actor, now: datetime) -> int:
    values = {
        "office_id": office_id,
        "indicator_id": one.indicator_id,
        "period": one.period.code,
        "hash": one.hash,
        "kind": one.kind,
        "size": one.size,
        "name": one.name,
        "caption": one.caption,
        "mime": one.mime,
        "shown": one.shown,
        "fingerprint": one.fingerprint,
        "address": one.address,
        "album": one.album,
        "person_id": actor.person_id,
        "inbox_id": actor.inbox_id,
        "received_at": now,
    }
    evidence_id = add(connection, _evidence, values)
    subject = f"indicator {one.indicator_id} {one.period.code}"
    record(connection, office_id, actor, now, "evidence added", subject, new=f"evidence {evidence_id} {one.kind}")
    return evidence_id


def nearest(fingerprints: Collection[str], every: str) -> Mapping[str, Set[str]]:
    """By each of some fingerprints those of many, written one after the other, that are of the same photo.

    The many are read once: that takes longer than comparing them.
    """
    known = bytes.fromhex(every) if fingerprints else b""
    each = [int.from_bytes(known[at : at + BITS // 8]) for at in range(0, len(known), BITS // 8)]
    looks = {fingerprint: int(fingerprint, 16) for fingerprint in fingerprints}
    return {
        fingerprint: {f"{one:0{_DIGITS}x}" for one in each if (look ^ one).bit_count() <= NEAR}
        for fingerprint, look in looks.items()
    }


@dataclass(frozen=True)
class EvidenceBook:
    """The evidence of one office, as one person may see and change it.

    `own` and `seen` are the posts that the person acts for and whose figures they may see; everything is seen by the
    program itself (`is_program`). `duty_of` knows the indicators of the current plans by their ids, `actor_for` whoever
    acts as a post; `day_start` is when the local day began; `changed` is called after a demand has changed.
    """

    connection: Connection = field(repr=False)
    office_id: int
    now: datetime
    day_start: datetime
    own: Set[int]
    seen: Set[int]
    is_admin: bool
    is_program: bool
    duty_of: Callable[[int], Duty | None] = field(repr=False)
    actor_for: Callable[[int | None], Actor] = field(repr=False)
    changed: Callable[[], None] = field(repr=False)

    def of(self, indicator_id: int, period: Period) -> tuple[EvidenceCard, ...]:
        """The pieces of one figure, the oldest first; none of an indicator that the person may not see."""
        if not self.may_see(indicator_id):
            return ()
        return tuple(self._cards(_OF_FIGURE, about=indicator_id, of_period=period.code))

    def may_see(self, indicator_id: int) -> bool:
        """Whether the person may open what was sent for an indicator of the current plans."""
        duty = self.duty_of(indicator_id)
        return self.is_program or (duty is not None and duty.post_id in self.seen | self.own)

    def counts(self, indicator_ids: Collection[int] | None = None) -> Mapping[tuple[int, Period], int]:
        """How many pieces each figure of the office has, or those of some indicators."""
        return {figure: kinds.total() for figure, kinds in self.kinds(indicator_ids).items()}

    def kinds(self, indicator_ids: Collection[int] | None = None) -> Mapping[tuple[int, Period], Counter[EvidenceKind]]:
        """The same by the kind of the pieces."""
        return self._by_kind(_KINDS if indicator_ids is None else _KINDS_OF, indicator_ids)

    def was_cleared(self, indicator_id: int, period: Period) -> bool:
        """Whether a figure had pieces whose files the office keeps no longer."""
        return (indicator_id, period) in self._by_kind(_KINDS_OF_CLEARED, [indicator_id])

    def _by_kind(
        self, wanted: Select[*tuple[Any, ...]], indicator_ids: Collection[int] | None
    ) -> Mapping[tuple[int, Period], Counter[EvidenceKind]]:
        of_these = {} if indicator_ids is None else {"ids": list(indicator_ids)}
        rows = self.connection.execute(wanted, {"office": self.office_id, **of_these})
        found: defaultdict[tuple[int, Period], Counter[EvidenceKind]] = defaultdict(Counter)
        for indicator_id, period, kind, number in rows:
            found[indicator_id, Period.parse(period)][EvidenceKind(kind)] = number
        return found

    def lacking(self, duties: Collection[Duty]) -> Mapping[tuple[int, Period], int]:
        """How many pieces are lacking of what the reported figures demand; figures that have enough are not in it.

        What the office keeps no longer was given all the same.
        """
        demanding = [duty for duty in duties if duty.demand.minimum]
        kinds = self._by_kind(_KINDS_OF_GIVEN, [duty.id for duty in demanding]) if demanding else {}
        lacking = {
            (duty.id, period): duty.demand.lacking([*kinds.get((duty.id, period), Counter[EvidenceKind]()).elements()])
            for duty in demanding
            for period in duty.values
        }
        return {figure: number for figure, number in lacking.items() if number}

    def twins(self, indicator_id: int, period: Period) -> tuple[Twin, ...]:
        """The pieces of one figure that were sent before for another one, or a picture much like them was."""
        found = (
            (piece, self.like(piece.ref, piece.fingerprint, indicator_id, period, before=piece.id))
            for piece in self.of(indicator_id, period)
        )
        return tuple(Twin(piece, earlier, earlier.ref == piece.ref) for piece, earlier in found if earlier is not None)

    def twinned(self, figures: Collection[tuple[int, Period]]) -> frozenset[tuple[int, Period]]:
        """Those of the figures for which a piece was sent that another figure has had before, as `twins` tells them."""
        pieces = [card for card in self._pieces_of(figures) if (card.indicator_id, card.period) in figures]
        looks = {card.fingerprint for card in pieces} - {""}
        near = nearest(looks, self._fingerprints() if looks else "")
        others = self._with_content({card.ref for card in pieces} - {""}, set[str]().union(*near.values()))
        return frozenset(
            (piece.indicator_id, piece.period)
            for piece in pieces
            for other in others
            if other.id < piece.id
            and (other.indicator_id, other.period) != (piece.indicator_id, piece.period)
            and ((piece.ref and other.ref == piece.ref) or other.fingerprint in near.get(piece.fingerprint, ()))
        )

    def _pieces_of(self, figures: Collection[tuple[int, Period]]) -> list[EvidenceCard]:
        ids, periods = {indicator_id for indicator_id, _period in figures}, {period.code for _id, period in figures}
        return self._cards(_PIECES.where(_asked.c.id.in_(ids), _evidence.c.period.in_(periods))) if ids else []

    def _with_content(self, refs: Collection[str], fingerprints: Collection[str]) -> list[EvidenceCard]:
        wanted = _PIECES.where(_evidence.c.hash.in_(refs) | _evidence.c.fingerprint.in_(fingerprints))
        return self._cards(wanted) if refs or fingerprints else []

    def like(
        self, ref: str, fingerprint: str, indicator_id: int, period: Period, *, before: int | None = None
    ) -> EvidenceCard | None:
        """The first piece of another figure that is the same file or a picture much like it; None for none.

        `before` is the id of a piece, of which only earlier ones are looked at.
        """
        elsewhere = _PIECES.where((_asked.c.id != indicator_id) | (_evidence.c.period != period.code)).limit(1)
        earlier = elsewhere if before is None else elsewhere.where(_evidence.c.id < before)
        same = self._cards(earlier.where(_evidence.c.hash == ref)) if ref else []
        alike = self._alike(fingerprint) if fingerprint and not same else set[str]()
        found = same or (self._cards(earlier.where(_evidence.c.fingerprint.in_(alike))) if alike else [])
        return next(iter(found), None)

    def _alike(self, fingerprint: str) -> Set[str]:
        """The fingerprints of the office's pictures that look alike.

        They come as one text and are compared as numbers: 20,000 take some 10 ms, by rows three times as long.
        """
        return nearest({fingerprint}, self._fingerprints())[fingerprint]

    def _fingerprints(self) -> str:
        """Those of all pictures of the office, one after the other."""
        every = self.connection.execute(
            select(func.aggregate_strings(_evidence.c.fingerprint, "")).where(
                _evidence.c.office_id == self.office_id,
                _evidence.c.removed_at.is_(None),
                func.length(_evidence.c.fingerprint) == _DIGITS,
            )
        ).scalar_one()
        return every or ""

    # --- what a conversation asks -------------------------------------------------------------------------------

    def was_warned(self) -> bool:
        """Whether the person was ever told what must not be seen on a picture."""
        told = exists().where(
            _audit.c.office_id == self.office_id,
            _audit.c.subject == self._warned(),
            _audit.c.action == WARNED,
        )
        return self.connection.execute(select(told)).scalar_one()

    def warn(self) -> None:
        """Note that the person was told, once."""
        if not self.was_warned():
            record(self.connection, self.office_id, self.actor_for(None), self.now, WARNED, self._warned())

    def _warned(self) -> str:
        return f"person {self.actor_for(None).person_id}"

    def figure_of_album(self, album: str, person_id: int) -> tuple[int, Period] | None:
        """For which figure a person sent an album before; None for one that is new."""
        of_album = _PIECES.where(_evidence.c.album == album, _evidence.c.person_id == person_id).limit(1)
        first = next(iter(self._cards(of_album)), None) if album else None
        return None if first is None else (first.indicator_id, first.period)

    def newest_reports(self, indicator_ids: Collection[int]) -> Sequence[tuple[int, Period]]:
        """The figures of some indicators in the order in which they were last reported, the newest first; those that
        came together in the plan's order."""
        last = func.max(_report.c.reported_at)
        rows = self.connection.execute(
            select(_asked.c.id, _report.c.period)
            .join(_indicator, _indicator.c.id == _report.c.indicator_id)
            .join(_asked, _IS_TWIN)
            .where(_asked.c.id.in_(indicator_ids), _report.c.office_id == self.office_id)
            .group_by(_asked.c.id, _asked.c.position, _report.c.period)
            .order_by(last.desc(), _asked.c.position)
        )
        return [(indicator_id, Period.parse(period)) for indicator_id, period in rows]

    def file_follows(self, album: str | None) -> bool:
        """Whether the next message of the person who is answered is another file of that album, or again of none."""
        inbox_id = self.actor_for(None).inbox_id
        return inbox_id is not None and inbox.file_follows(self.connection, inbox_id, album)

    # --- opening and taking back --------------------------------------------------------------------------------

    def open(self, card: EvidenceCard) -> None:
        """Note that the person looked at a piece, once a day. Raises PermissionError for one that is not theirs to see,
        and to the program itself."""
        duty = self.duty_of(card.indicator_id)
        if duty is None or self.is_program or not self.may_see(card.indicator_id):
            raise PermissionError(f"evidence {card.id} is not theirs to see")
        actor = self.actor_for(self._post_of(duty))
        subject = f"evidence {card.id}"
        seen_today = exists().where(
            _audit.c.office_id == self.office_id,
            _audit.c.subject == subject,
            _audit.c.action == OPENED,
            _audit.c.person_id == actor.person_id,
            _audit.c.at >= self.day_start,
        )
        if not self.connection.execute(select(seen_today)).scalar_one():
            record(self.connection, self.office_id, actor, self.now, OPENED, subject, new=_figure(card))

    def _post_of(self, duty: Duty) -> int | None:
        """As which of their posts the person looks: the indicator's own, else one that they hold and do not only fill
        in for."""
        held = (post_id for post_id in sorted(self.own) if self.actor_for(post_id).capacity)
        return duty.post_id if duty.post_id in self.own else next(held, None)

    def may_remove(self, card: EvidenceCard) -> bool:
        """Whether the person may take a piece back."""
        duty = self.duty_of(card.indicator_id)
        if duty is None or self.is_program:
            return False
        return may_remove(duty.standing(card.period), is_owner=duty.post_id in self.own, is_admin=self.is_admin)

    def remove(self, card: EvidenceCard) -> None:
        """Take a piece back: its row stays, its bytes go when nothing else names them. Raises PermissionError for one
        that is not theirs to take back; one that was taken back before stays so."""
        duty = self.duty_of(card.indicator_id)
        if duty is None or not self.may_remove(card):
            raise PermissionError(f"evidence {card.id} is not theirs to take back")
        actor = self.actor_for(self._post_of(duty))
        taken = self.connection.execute(
            update(_evidence)
            .where(_evidence.c.id == card.id, _evidence.c.office_id == self.office_id, _evidence.c.removed_at.is_(None))
            .values(removed_at=self.now, removed_by=actor.person_id)
        )
        if taken.rowcount:
            what = f"evidence {card.id} {card.kind}"
            record(self.connection, self.office_id, actor, self.now, "evidence removed", _figure(card), old=what)

    def _cards(self, wanted: Select[*tuple[Any, ...]], **asked_for: object) -> list[EvidenceCard]:
        return [_card(row) for row in self.connection.execute(wanted, {"office": self.office_id, **asked_for})]

    # --- what is demanded ---------------------------------------------------------------------------------------

    def demand(self, indicator_ids: Collection[int], wanted: Demand) -> None:
        """Let indicators of the current plans demand evidence. Raises PermissionError for one of another office, and
        to anybody but an admin."""
        duties = [self.duty_of(indicator_id) for indicator_id in indicator_ids]
        if not self.is_admin or None in duties:
            raise PermissionError("evidence is demanded by the admin of the office")
        values = {"evidence_kind": wanted.kind.value, "evidence_minimum": wanted.minimum}
        mine = (_indicator.c.office_id == self.office_id, _indicator.c.id.in_(indicator_ids))
        self.connection.execute(update(_indicator).where(*mine).values(values))
        for duty in duties:
            if duty is not None and duty.demand != wanted:
                old, new = _said(duty.demand), _said(wanted)
                subject = f"indicator {duty.id}"
                actor = self.actor_for(None)
                record(self.connection, self.office_id, actor, self.now, "evidence demanded", subject, old=old, new=new)
        self.changed()


def was_given() -> ColumnElement[bool]:
    """Whether nobody took a piece back; what is cleared away when it is old has nobody who did."""
    return _WAS_GIVEN


def _said(demand: Demand) -> str:
    """A demand as the record names it."""
    return f"{demand.minimum} {demand.kind}".strip()


def _figure(card: EvidenceCard) -> str:
    """The figure that a piece supports, as the record names it."""
    return f"indicator {card.indicator_id} {card.period.code}"


def _card(row: Row[Any]) -> EvidenceCard:
    return EvidenceCard(
        id=row.id,
        indicator_id=row.asked_id,
        indicator=row.asked_name or "",
        period=Period.parse(row.period),
        kind=EvidenceKind(row.kind),
        ref=row.hash,
        size=row.size,
        name=row.name,
        caption=row.caption,
        mime=row.mime,
        shown=row.shown,
        fingerprint=row.fingerprint,
        address=row.address,
        album=row.album,
        person_id=row.person_id,
        at=row.received_at,
    )
