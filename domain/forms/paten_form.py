"""Services without a target, counted by the month: the year table of PATEN (domain.md 4.7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext

from domain.achievement import ARITHMETIC
from domain.checked import checked
from domain.forms.source import FormHead, FormSource, head_of
from domain.openings import Duty
from domain.periods import Period, PeriodKind
from domain.standing import Standing


@dataclass(frozen=True)
class PatenRow:
    """One service, under the heading `group`. `counts` are those of the form's months, from January on, None where
    nothing is reported; `total` is their sum, None of nothing. `missing` months have ended without a report. `checked`
    says of each month how far its count has come, None where there is none; empty where that is not known."""

    code: str
    name: str
    unit: str
    group: str
    post: str
    counts: tuple[Decimal | None, ...]
    total: Decimal | None
    missing: int
    checked: tuple[Standing | None, ...] = ()


@dataclass(frozen=True)
class PatenForm:
    """The services of an office by `months` (codes), in the plan's order, with the sums of each month and of all.

    `ended` of the months have ended.
    """

    head: FormHead
    months: tuple[str, ...]
    ended: int
    rows: tuple[PatenRow, ...]
    sums: tuple[Decimal | None, ...]
    total: Decimal | None


def paten_form(source: FormSource, period: Period, _section: str = "") -> PatenForm | None:
    """The table from January to the end of a period that has begun; None for an office without services."""
    services = [duty for duty in source.of_year(period.year) if duty.service]
    if not services:
        return None
    every = Period.whole_year(period.year).split(PeriodKind.MONTH)
    months = [month for month in every if month.end <= period.end and month.start <= source.today]
    rows = tuple(_row(source, duty, months) for duty in services)
    return PatenForm(
        head=head_of(source, period, services),
        months=tuple(month.code for month in months),
        ended=sum(source.has_ended(month) for month in months),
        rows=rows,
        sums=tuple(_sum(row.counts[at] for row in rows) for at in range(len(months))),
        total=_sum(row.total for row in rows),
    )


def _row(source: FormSource, duty: Duty, months: list[Period]) -> PatenRow:
    counts = tuple(duty.figures[month].realisation if month in duty.figures else None for month in months)
    return PatenRow(
        code=duty.code,
        name=duty.name,
        unit=duty.unit or "",
        group=duty.group,
        post=source.organisation.posts[duty.post_id].title,
        counts=counts,
        total=_sum(counts),
        missing=sum(
            source.has_ended(month) and count is None and month.last_month >= duty.measure.since
            for month, count in zip(months, counts, strict=True)
        ),
        checked=tuple(
            None if count is None else checked(duty, month) for month, count in zip(months, counts, strict=True)
        ),
    )


def _sum(counts: Iterable[Decimal | None]) -> Decimal | None:
    known = [count for count in counts if count is not None]
    with localcontext(ARITHMETIC):
        return sum(known, Decimal(0)) if known else None
