"""What waits to be checked in an office, and what one person decides about it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, bindparam, select

from domain.checking import Chain, Decided, Given, Waiting
from domain.office import Owed
from domain.openings import Duty, is_current
from domain.periods import Period
from domain.plan import Capacity
from domain.reviews import Returned
from domain.standing import Standing
from domain.verification import Action
from storage import figures, reviews, schema
from storage.audit import Actor
from storage.reported import INVENTED, IS_TWIN, TWIN
from storage.reviews import ReportChanged

_indicator = schema.indicator
_report = schema.report
_review = schema.review

_REVISIONS = (
    select(_indicator.c.id.label("about"), _report)
    .join(TWIN, IS_TWIN)
    .join(_report, _report.c.indicator_id == TWIN.c.id)
    .where(_indicator.c.office_id == bindparam("office"), _indicator.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(_report.c.id)
)
# Asked with every message of who checks: a statement over an alias is slow to write, so these are written once.
_IN_PERIODS = _REVISIONS.where(_report.c.period.in_(bindparam("periods", expanding=True)))
_FIGURES_OF = _REVISIONS.with_only_columns(_indicator.c.id, _report.c.period).where(
    _report.c.id.in_(bindparam("reports", expanding=True))
)
_DECIDED = select(_review).where(_review.c.report_id.in_(bindparam("reports", expanding=True))).order_by(_review.c.id)
_VERDICTS = {
    Action.SEE: Standing.SEEN,
    Action.VERIFY: Standing.VERIFIED,
    Action.RETURN: Standing.RETURNED,
    Action.APPROVE: Standing.APPROVED,
}
_UNCHECKED = frozenset({Standing.REPORTED, Standing.SEEN})

Figure = tuple[int, Period]
"""An indicator of the current plans, by its id, and a period."""


@dataclass(frozen=True)
class CheckBook:
    """The figures of one office as somebody checks them, who holds the posts `held`.

    `duties` are those of the current plans. `actor` names the person in the record, acting for a post; `changed` is
    called when figures changed.
    """

    connection: Connection = field(repr=False)
    office_id: int
    now: datetime
    chain: Chain
    duties: Sequence[Duty]
    person_id: int | None
    held: Collection[int]
    actor: Callable[[int | None], Actor] = field(repr=False)
    changed: Callable[[], None] = field(repr=False)

    # --- looking --------------------------------------------------------------------------------------------------

    def queue(self) -> tuple[Waiting, ...]:
        """What waits for the person to see or to verify, in the order of the office's posts and of the plan."""
        found = (self.chain.waiting(one, self.person_id, self.held) for one in self._open())
        return tuple(one for one in found if one is not None)

    def queues(self) -> Mapping[int, tuple[Waiting, ...]]:
        """What waits for everybody who acts for a post today, by their id; nobody for whom nothing does."""
        held: defaultdict[int, list[int]] = defaultdict(list)
        for post_id, person_id in self.chain.acting.items():
            held[person_id].append(post_id)
        found: defaultdict[int, list[Waiting]] = defaultdict(list)
        for given in self._open():
            for person_id in self.chain.checkers(given):
                waiting = self.chain.waiting(given, person_id, held[person_id])
                if waiting is not None:
                    found[person_id].append(waiting)
        return {person_id: tuple(waiting) for person_id, waiting in found.items()}

    def of(self, indicator_id: int, period: Period) -> Given | None:
        """The newest revision of a figure, be it returned; None where nothing was reported."""
        return self.all_of([(indicator_id, period)]).get((indicator_id, period))

    def all_of(self, wanted: Iterable[Figure]) -> Mapping[Figure, Given]:
        """The newest revision of each figure, be it returned; those of which nothing was reported are left out."""
        asked = set(wanted)
        by_id = {duty.id: duty for duty in self.duties}
        ids, periods = {one for one, _period in asked} & set(by_id), {period.code for _one, period in asked}
        if not ids:
            return {}
        asked_for = {"office": self.office_id, "ids": list(ids), "periods": list(periods)}
        rows = self.connection.execute(_IN_PERIODS, asked_for).all()
        decided = self._decided([row.id for row in rows])
        found: dict[Figure, Given] = {}
        for row in rows:
            key = (row.about, Period.parse(row.period))
            if key not in asked:
                continue
            earlier = found.get(key)
            found[key] = Given(
                report_id=row.id,
                duty=by_id[row.about],
                period=key[1],
                value=row.value,
                numerator=row.numerator,
                denominator=row.denominator,
                reporter_id=row.person_id,
                capacity=Capacity(row.capacity) if row.capacity else None,
                reported_at=row.reported_at,
                note=row.note,
                reason=row.reason,
                confirmed_doubt=row.confirmed_doubt,
                sample=row.source == INVENTED,
                decided=decided[row.id],
                verified_before=None if earlier is None else _verified(earlier),
                mended=None if earlier is None else _returned(earlier),
            )
        return found

    def may(self, action: Action, given: Given) -> bool:
        """Whether the person may do it now."""
        return self.chain.may(action, given, self.person_id, self.held)

    def acts_as(self, action: Action, given: Given) -> int | None:
        """As which of their posts the person does it; None where they may not by any."""
        return self.chain.acts_as(action, given, self.held)

    def _open(self) -> list[Given]:
        """What nobody has verified yet, of plans that are not closed."""
        order = {post_id: at for at, post_id in enumerate(self.chain.office.posts)}
        wanted = [
            (duty.id, period)
            for duty in sorted(self.duties, key=lambda one: order.get(one.post_id, len(order)))
            for period in sorted(duty.values, key=lambda one: (one.end, one))
            if duty.standing(period) in _UNCHECKED
            and period not in duty.samples
            and is_current(Owed(duty.post_id, period), self.chain.today, self.chain.office)
        ]
        found = self.all_of(wanted)
        return [found[one] for one in wanted if one in found]

    def _decided(self, report_ids: Sequence[int]) -> defaultdict[int, tuple[Decided, ...]]:
        rows = self.connection.execute(_DECIDED, {"reports": report_ids})
        found: defaultdict[int, tuple[Decided, ...]] = defaultdict(tuple)
        for row in rows:
            capacity = Capacity(row.capacity)
            one = Decided(Standing(row.verdict), row.person_id, row.post_id, capacity, row.at, row.reason)
            found[row.report_id] = (*found[row.report_id], one)
        return found

    # --- deciding -------------------------------------------------------------------------------------------------

    def see(self, report_ids: Collection[int]) -> None:
        """The person has seen figures of those below, by the ids of the revisions that were shown.

        Of this and the others: raises PermissionError for what is not theirs to decide, and ReportChanged where
        another revision holds by now; then nothing is decided.
        """
        self._decide(Action.SEE, report_ids)

    def verify(self, report_ids: Collection[int]) -> None:
        """Verify figures; raises like `see`."""
        self._decide(Action.VERIFY, report_ids)

    def approve(self, report_ids: Collection[int]) -> None:
        """Approve verified figures; raises like `see`."""
        self._decide(Action.APPROVE, report_ids)

    def give_back(self, report_id: int, reason: str) -> None:
        """Return a figure, so that it counts as missing until the owner sends one again; raises like `see`."""
        self._decide(Action.RETURN, [report_id], reason)

    def _decide(self, action: Action, report_ids: Collection[int], reason: str = "") -> None:
        wanted = self._figures_of(report_ids)
        figures.lock(self.connection, self.office_id, sorted({indicator_id for indicator_id, _period in wanted}))
        held = self.all_of(wanted)
        if len(held) < len(set(report_ids)):
            raise PermissionError("one of the reports is not of this office, or of no indicator that is reported")
        decided = [(given, self._actor(action, given)) for given in held.values()]
        if any(given.report_id not in report_ids for given in held.values()):
            raise ReportChanged("another report holds by now")
        reviews.decide(self.connection, self.office_id, decided, _VERDICTS[action], self.now, reason)
        self.changed()

    def _actor(self, action: Action, given: Given) -> Actor:
        post_id = self.acts_as(action, given)
        if post_id is None or not self.may(action, given):
            raise PermissionError(f"person {self.person_id} may not {action} report {given.report_id}")
        return self.actor(post_id)

    def _figures_of(self, report_ids: Collection[int]) -> set[Figure]:
        """The figures of which these are revisions, by the indicators of the current plans."""
        ids = [duty.id for duty in self.duties]
        asked_for = {"office": self.office_id, "ids": ids, "reports": list(report_ids)}
        rows = self.connection.execute(_FIGURES_OF, asked_for)
        return {(row.id, Period.parse(row.period)) for row in rows}


def _returned(given: Given) -> Returned | None:
    """What was returned, and why; None for a figure that was not."""
    by = given.last(Standing.RETURNED)
    if by is None:
        return None
    figures_given = (given.value, given.numerator, given.denominator)
    return Returned(*figures_given, by.reason, by.person_id, by.post_id, by.capacity, by.at)


def _verified(given: Given) -> Decimal | None:
    """The value of the newest verified revision up to one; what was verified and then returned was verified, too."""
    is_verified = any(one.verdict.is_verified for one in given.decided)
    return given.value if is_verified else given.verified_before
