"""Corrections that were asked for after a lock, and what was decided: agreed ones are recorded in spite of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, Select, select, update

from domain.checking import Given
from domain.corrections import CorrectionDecided, Decision
from domain.openings import Duty, is_provisional
from domain.periods import Period
from domain.plan import Capacity
from domain.standing import Standing
from domain.verification import Action
from storage import figures, reports, reviews, schema
from storage.audit import Actor, record
from storage.checking import CheckBook
from storage.reports import NewReport
from storage.reviews import ReportChanged
from storage.rows import add

_indicator = schema.indicator
_report = schema.report
_request = schema.correction_request
_twin = _indicator.alias("twin")

_REQUESTS = (
    select(_indicator.c.id.label("about"), _report.c.value.label("old"), _request)
    .join(_report, _report.c.id == _request.c.report_id)
    .join(_twin, _twin.c.id == _request.c.indicator_id)
    .join(
        _indicator,
        (_indicator.c.office_id == _twin.c.office_id)
        & (_indicator.c.year == _twin.c.year)
        & (_indicator.c.code == _twin.c.code),
    )
    .order_by(_request.c.id)
)


@dataclass(frozen=True)
class RequestCard:
    """A request to correct a figure from `old` to `value`, in the indicator's unit.

    `person_id` asked for it, acting for `post_id` in a `capacity`; `decided_by` decided as `decided_as`, at aware
    instants. `given` is the figure as it holds now.
    """

    id: int
    duty: Duty
    period: Period
    given: Given
    report_id: int
    old: Decimal
    value: Decimal
    numerator: Decimal | None
    denominator: Decimal | None
    note: str
    reason: str
    confirmed_doubt: str
    person_id: int
    post_id: int
    capacity: Capacity
    asked_at: datetime
    decision: Decision
    decided_by: int | None
    decided_as: int | None
    decision_reason: str
    decided_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it can still be decided: nobody has, and the figure that is to be corrected still holds."""
        return self.decision is Decision.ASKED and self.given.report_id == self.report_id


@dataclass(frozen=True)
class CorrectionBook:
    """One office's requests for corrections, as somebody who checks figures or reports them sees and decides them."""

    checks: CheckBook = field(repr=False)

    # --- looking --------------------------------------------------------------------------------------------------

    def get(self, request_id: int) -> RequestCard | None:
        """One request of the office, None for another office's."""
        return next(iter(self._cards(_REQUESTS.where(_request.c.id == request_id))), None)

    def of(self, indicator_id: int, period: Period) -> RequestCard | None:
        """The open request of a figure."""
        return next((card for card in self.open() if (card.duty.id, card.period) == (indicator_id, period)), None)

    def open(self) -> tuple[RequestCard, ...]:
        """The office's requests that nobody has decided, in the order in which they were asked."""
        undecided = _REQUESTS.where(_request.c.decision == Decision.ASKED.value)
        return tuple(card for card in self._cards(undecided) if card.is_open)

    def waiting(self) -> tuple[RequestCard, ...]:
        """The open requests that the person may decide."""
        return tuple(card for card in self.open() if self.may_decide(card))

    def may_decide(self, card: RequestCard) -> bool:
        """Whether the person may agree to a request, or not; nobody to their own, unless the office allows it."""
        is_own = card.person_id == self.checks.person_id and not self.checks.chain.rule.own_allowed
        return not is_own and self.checks.may(Action.DECIDE, card.given)

    def may_withdraw(self, card: RequestCard) -> bool:
        """Whether the person may take a request back: who asked for it, and whoever acts for its post."""
        return card.person_id == self.checks.person_id or card.duty.post_id in self.checks.held

    def deciders(self, given: Given, asker_id: int) -> tuple[int, ...]:
        """Who decides about a request to correct a figure, each once; never the one who asks, unless the office lets
        people check their own."""
        chain = self.checks.chain
        acting = dict.fromkeys(chain.acting[post_id] for post_id in chain.verifiers(given) if post_id in chain.acting)
        return tuple(person_id for person_id in acting if chain.rule.own_allowed or person_id != asker_id)

    def _cards(self, wanted: Select[*tuple[Any, ...]]) -> list[RequestCard]:
        duties = {duty.id: duty for duty in self.checks.duties}
        known = wanted.where(_request.c.office_id == self.checks.office_id, _indicator.c.id.in_(list(duties)))
        rows = self.checks.connection.execute(known).all()
        given = self.checks.all_of((row.about, Period.parse(row.period)) for row in rows)
        return [_card(row, duties[row.about], given[row.about, Period.parse(row.period)]) for row in rows]

    # --- asking and deciding ----------------------------------------------------------------------------------------

    def ask(self, new: NewReport) -> int:
        """Ask to correct a figure of a locked period; return the request's id. `new` has a reason.

        Raises PermissionError for a figure that is not theirs, or that can be corrected without asking, or of which a
        correction is asked for already.
        """
        checks = self.checks
        figures.lock(checks.connection, checks.office_id, [new.indicator_id])
        given = checks.of(new.indicator_id, new.period)
        person_id = checks.person_id
        if given is None or person_id is None or not new.reason or not checks.may(Action.REQUEST, given):
            raise PermissionError(f"no correction of indicator {new.indicator_id} in {new.period.code} is to be asked")
        if self.of(new.indicator_id, new.period) is not None:
            raise PermissionError(f"a correction of indicator {new.indicator_id} in {new.period.code} is asked already")
        actor = checks.actor(given.duty.post_id)
        values = {
            "office_id": checks.office_id,
            "indicator_id": new.indicator_id,
            "period": new.period.code,
            "report_id": given.report_id,
            "value": new.value,
            "numerator": new.numerator,
            "denominator": new.denominator,
            "note": new.note,
            "reason": new.reason,
            "confirmed_doubt": new.confirmed_doubt,
            "person_id": person_id,
            "post_id": given.duty.post_id,
            "capacity": actor.capacity,
            "channel": actor.channel,
            "inbox_id": actor.inbox_id,
            "message_id": new.message_id,
            "asked_at": checks.now,
        }
        request_id = add(checks.connection, _request, values)
        self._record("correction asked", actor, new.indicator_id, new.period, given.value, new.value, new.reason)
        return request_id

    def agree(self, request_id: int) -> RequestCard:
        """Record the correction in spite of the lock, as reported by whoever asked for it and verified by the person;
        return the request as it was.

        Raises PermissionError for what is not theirs to decide, CorrectionDecided for what was decided before, and
        ReportChanged where another figure holds by now.
        """
        card, actor = self._to_decide(request_id)
        self._settle(card, Decision.AGREED, actor, "")
        self._record("correction agreed", actor, card.duty.id, card.period, card.old, card.value, card.reason)
        self._submit(card)
        corrected = self.checks.of(card.duty.id, card.period)
        if corrected is None:
            raise ValueError(f"request {card.id} was not recorded")
        checks = self.checks
        reviews.decide(checks.connection, checks.office_id, [(corrected, actor)], Standing.VERIFIED, checks.now)
        checks.changed()
        return card

    def decline(self, request_id: int, reason: str) -> RequestCard:
        """Leave the figure as it is, for a reason; return the request as it was. Raises like `agree`."""
        card, actor = self._to_decide(request_id)
        self._settle(card, Decision.DECLINED, actor, reason)
        self._record("correction declined", actor, card.duty.id, card.period, card.old, card.value, reason)
        return card

    def withdraw(self, request_id: int) -> RequestCard:
        """Take a request back; return it as it was. Raises PermissionError for another's, CorrectionDecided."""
        card = self._locked(request_id)
        if not self.may_withdraw(card):
            raise PermissionError(f"request {request_id} is not theirs to withdraw")
        actor = self.checks.actor(card.duty.post_id)
        self._settle(card, Decision.WITHDRAWN, actor, "")
        self._record("correction withdrawn", actor, card.duty.id, card.period, card.old, card.value, "")
        return card

    def _locked(self, request_id: int) -> RequestCard:
        """A request as it stands, taken for this transaction with its figure."""
        card = self.get(request_id)
        if card is None:
            raise PermissionError(f"request {request_id} is not of this office")
        figures.lock(self.checks.connection, self.checks.office_id, [card.duty.id])
        card = self.get(request_id) or card
        if card.decision is not Decision.ASKED:
            raise CorrectionDecided(f"request {request_id} is {card.decision}")
        return card

    def _to_decide(self, request_id: int) -> tuple[RequestCard, Actor]:
        card = self._locked(request_id)
        if not card.is_open:
            raise ReportChanged(f"report {card.report_id} holds no longer")
        post_id = self.checks.acts_as(Action.DECIDE, card.given)
        if post_id is None or not self.may_decide(card):
            raise PermissionError(f"person {self.checks.person_id} may not decide request {request_id}")
        return card, self.checks.actor(post_id)

    def _settle(self, card: RequestCard, decision: Decision, actor: Actor, reason: str) -> None:
        self.checks.connection.execute(
            update(_request)
            .where(_request.c.id == card.id)
            .values(
                decision=decision.value,
                decided_by=actor.person_id,
                decided_as=actor.post_id,
                decision_reason=reason,
                decided_at=self.checks.now,
            )
        )

    def _submit(self, card: RequestCard) -> None:
        """The figure that was asked for becomes the newest revision, by whoever asked."""
        row = self.checks.connection.execute(select(_request).where(_request.c.id == card.id)).one()
        asker = Actor(card.person_id, card.post_id, card.capacity.value, row.channel, row.inbox_id)
        new = NewReport(
            card.duty.id,
            card.period,
            card.value,
            card.numerator,
            card.denominator,
            note=card.note,
            reason=card.reason,
            confirmed_doubt=card.confirmed_doubt,
            provisional=is_provisional(card.period, self.checks.chain.today),
            message_id=row.message_id,
        )
        checks = self.checks
        reports.submit(checks.connection, checks.office_id, [new], asker, checks.now, "chat")

    def _record(
        self,
        action: str,
        actor: Actor,
        indicator_id: int,
        period: Period,
        old: Decimal,
        new: Decimal,
        reason: str,
    ) -> None:
        checks = self.checks
        subject = f"indicator {indicator_id} {period.code}"
        record(
            checks.connection, checks.office_id, actor, checks.now, action, subject,
            old=str(old), new=str(new), reason=reason,
        )  # fmt: skip


def _card(row: Row[Any], duty: Duty, given: Given) -> RequestCard:
    same: Iterable[str] = (
        "id", "report_id", "old", "value", "numerator", "denominator", "note", "reason", "confirmed_doubt",
        "person_id", "post_id", "asked_at", "decided_by", "decided_as", "decision_reason", "decided_at",
    )  # fmt: skip
    return RequestCard(
        duty=duty,
        period=given.period,
        given=given,
        capacity=Capacity(row.capacity),
        decision=Decision(row.decision),
        **{name: getattr(row, name) for name in same},
    )
