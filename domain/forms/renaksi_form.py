"""Monitoring of the rencana aksi, of a month, a quarter or the year (domain.md 4.1 to 4.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.checked import checked
from domain.forms.explained import Factors, Plan, factors_in
from domain.forms.source import FormHead, FormSource, Particulars, Rung, Sent, head_of
from domain.forms.standing import Obstacle, Standing, judged_of, standing_of
from domain.indicator_figures import indicator_figures, not_due
from domain.judged import Judged
from domain.ledger import Figure, begins_within
from domain.openings import Duty
from domain.periods import Period
from domain.standing import Standing as Checked
from domain.summary import IndicatorFigures


class Status(StrEnum):
    """How far the report of a period has come."""

    VERIFIED = "Terverifikasi"
    PROVISIONAL = "Sementara"
    RETURNED = "Dikembalikan"
    INCOMPLETE = "Belum lengkap"
    """A part of what is due in the period was reported."""
    MISSING = "Belum lapor"
    NOT_DUE = ""


@dataclass(frozen=True)
class EvidenceCount:
    """How many pieces of evidence of a kind ("photo", "document") were sent."""

    kind: str
    number: int


@dataclass(frozen=True)
class Opening:
    """What was realised before the office began: the position s/d the end of `until` (a code), and its source."""

    until: str
    value: Decimal
    source: str


@dataclass(frozen=True)
class RenaksiRow:
    """One indicator. Figures are in its unit, capaian in percent.

    `period` is the code of the period that its figures of a period are of: the form's own, or the longer one that ends
    with it; empty where none does. `to_date` is as every picture shows it, s/d the end of `to_date_period`. `reporter`
    and `sent_on` (an ISO date) are those of the newest report in the period. `checked` says how far the figures of the
    period have come, None where there are none, and in snapshots from before verification.
    """

    code: str
    name: str
    unit: str
    path: tuple[Rung, ...]
    post: str
    annual_target: Decimal | None
    period: str
    target: Decimal | None
    realisation: Decimal | None
    capaian: Decimal | None
    to_date_period: str
    to_date: IndicatorFigures
    obstacles: tuple[Obstacle, ...]
    evidence: tuple[EvidenceCount, ...]
    reporter: str
    sent_on: str
    status: Status
    checked: Checked | None = None
    drivers: tuple[Obstacle, ...] = ()
    plans: tuple[Plan, ...] = ()
    version: int = 0
    """The version of the plan under which the newest report was made, where another holds now."""
    opening: Opening | None = None
    """The position on which the figures s/d rest."""
    begins_within: bool = False
    """The office began within the period: its own figure is a part of it and has no capaian."""


@dataclass(frozen=True)
class RenaksiForm:
    """The indicators of an office, or of a section, in the plan's order."""

    head: FormHead
    rows: tuple[RenaksiRow, ...]
    standing: Standing


def renaksi_form(source: FormSource, period: Period, section: str = "") -> RenaksiForm | None:
    """The form of a period that has begun; None where there is no indicator. Services have a form of their own."""
    duties = [duty for duty in source.of_year(period.year, section) if not duty.service]
    if not duties:
        return None
    judged = judged_of(source, duties)
    return RenaksiForm(
        head=head_of(source, period, duties, section),
        rows=tuple(_row(source, duty, period, judged.get(duty.id)) for duty in duties),
        standing=standing_of(source, tuple(judged.values())),
    )


def _row(source: FormSource, duty: Duty, period: Period, judged: Judged | None) -> RenaksiRow:
    about, shown = source.particulars[duty.id], shown_period(duty, period)
    figure = None if shown is None else duty.figures[shown]
    newest = _newest(about, shown, duty)
    factors = Factors() if shown is None else factors_in(source, duty, shown)
    return RenaksiRow(
        code=duty.code,
        name=duty.name,
        unit=duty.unit or "",
        path=about.path,
        post=source.organisation.posts[duty.post_id].title,
        annual_target=duty.figures[Period.whole_year(period.year)].target,
        period="" if shown is None else shown.code,
        target=figure.target if figure else None,
        realisation=figure.realisation if figure else None,
        capaian=figure.capaian if figure and source.has_ended(figure.period) else None,
        to_date_period=judged.figure.period.code if judged else "",
        to_date=indicator_figures(judged, source.organisation.rules.rating) if judged else not_due(duty),
        obstacles=factors.obstacles,
        evidence=() if shown is None else _evidence(about, shown),
        reporter=newest.reporter if newest else "",
        sent_on=newest.at.date().isoformat() if newest else "",
        status=_status(duty, figure, source.today),
        checked=checked(duty, figure.period) if figure and figure.realisation is not None else None,
        drivers=factors.drivers,
        plans=factors.plans,
        version=newest.version if newest else 0,
        opening=_opening(duty, period),
        begins_within=shown is not None and begins_within(duty.measure, shown),
    )


def _opening(duty: Duty, period: Period) -> Opening | None:
    """The position of before the office began, where it had ended with the form's period."""
    until = duty.measure.opening
    if until is None or until not in duty.values or until.end > period.end:
        return None
    return Opening(until.code, duty.values[until], duty.bases.get(until, ""))


def shown_period(duty: Duty, period: Period) -> Period | None:
    """The period of an indicator that a form of `period` shows: that one, or a longer one that ends with it."""
    if duty.kind <= period.kind:
        return period
    longer = Period.of_day(period.end, duty.kind)
    return longer if longer.end == period.end else None


def _newest(about: Particulars, shown: Period | None, duty: Duty) -> Sent | None:
    """The newest report that holds in a period; the position of before the office began is none."""
    since = {one for one in duty.values if one != duty.measure.opening}
    held = [sent for one, sent in about.sent.items() if shown is not None and shown.covers(one) and one in since]
    return max(held, key=lambda sent: sent.at, default=None)


def _evidence(about: Particulars, shown: Period) -> tuple[EvidenceCount, ...]:
    lying: Sequence[tuple[str, int]] = [
        item for one, counts in about.evidence.items() if shown.covers(one) for item in counts.items()
    ]
    kinds = sorted({kind for kind, _ in lying})
    return tuple(EvidenceCount(kind, sum(number for one, number in lying if one == kind)) for kind in kinds)


def _status(duty: Duty, figure: Figure | None, today: date) -> Status:
    if figure is None:
        return Status.NOT_DUE
    if any(figure.period.covers(returned) for returned in duty.returned):
        return Status.RETURNED
    if figure.due and not figure.reported:
        if figure.realisation is not None:
            return Status.INCOMPLETE
        return Status.MISSING if figure.period.end < today else Status.NOT_DUE
    if figure.realisation is None:
        return Status.NOT_DUE
    return Status.VERIFIED if checked(duty, figure.period).is_verified else Status.PROVISIONAL
