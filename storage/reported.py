"""The newest revision of every indicator and period: what was reported, and how far it has come."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, and_, bindparam, case, func, select

from domain.periods import Period
from domain.plan import Capacity
from domain.reviews import Returned
from domain.standing import Standing
from storage import schema

_indicator = schema.indicator
_report = schema.report
_review = schema.review

RETURNED = Standing.RETURNED.value
"""The verdict of a review that makes a report count as missing until there is a newer one."""
INVENTED = "contoh"
"""The source of an invented value."""
_WAY = (Standing.REPORTED, Standing.SEEN, Standing.VERIFIED, Standing.APPROVED)
"""How far a report that holds may have come; a verdict that is none of these says nothing about it."""

# Read with every sitting: a statement over an alias is slow to write, so these are written once.
TWIN = _indicator.alias("twin")
_SAME = ("office_id", "year", "code")
IS_TWIN = and_(*(TWIN.c[name] == _indicator.c[name] for name in _SAME))
"""The same indicator in whichever version of its plan."""
_check = _review.alias("check_")
_COME = (
    select(func.max(case({one.value: at for at, one in enumerate(_WAY)}, value=_check.c.verdict, else_=0)))
    .where(_check.c.report_id == _report.c.id)
    .correlate(_report)
    .scalar_subquery()
)
_OF_REPORTS = ("period", "revision", "value", "numerator", "denominator", "source", "basis", "to_date", "late")
OF_TWINS = (
    select(
        _indicator.c.id,
        *(_report.c[name] for name in _OF_REPORTS),
        _report.c.person_id.label("reporter_id"),
        _COME.label("come"),
        *(_review.c[name] for name in ("reason", "person_id", "post_id", "capacity", "at")),
    )
    .join(TWIN, IS_TWIN)
    .join(_report, _report.c.indicator_id == TWIN.c.id)
    .outerjoin(_review, (_review.c.report_id == _report.c.id) & (_review.c.verdict == RETURNED))
    .order_by(_report.c.id)
)
"""Every report of indicators, those made under earlier plan versions included, the oldest first."""
_OF_THESE = OF_TWINS.where(_indicator.c.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True)
class Reported:
    """The newest `revision` of one indicator and period; it holds unless it was `returned`. `late` is that of the first
    report: no later revision mends or worsens it. `revised`: it, or one since, replaced another value, be that returned
    or not; an invented one does not count. `to_date`: it is the position of before the office began, taken from its
    `basis`."""

    revision: int
    value: Decimal
    sample: bool
    late: bool
    reporter_id: int | None
    returned: Returned | None
    revised: bool
    standing: Standing
    to_date: bool
    basis: str


Reports: TypeAlias = Mapping[Period, Reported]
"""Of one indicator."""


def read(connection: Connection, indicator_ids: Sequence[int]) -> defaultdict[int, dict[Period, Reported]]:
    """What was reported of each indicator, under whichever version of its plan."""
    found: defaultdict[int, dict[Period, Reported]] = defaultdict(dict)
    for row in connection.execute(_OF_THESE, {"ids": indicator_ids}).all():
        of_indicator, period = found[row.id], Period.parse(row.period)
        one = Reported(
            revision=row.revision,
            value=row.value,
            sample=row.source == INVENTED,
            late=row.late,
            reporter_id=row.reporter_id,
            returned=_returned(row),
            revised=False,
            standing=_WAY[row.come or 0],
            to_date=row.to_date,
            basis=row.basis,
        )
        of_indicator[period] = following(of_indicator.get(period), one)
    return found


def following(before: Reported | None, one: Reported) -> Reported:
    """A report as it stands after the one `before` it of the same period."""
    if before is None or before.sample:
        return one
    return replace(one, late=before.late, revised=before.revised or one.value != before.value)


def _returned(row: Row[Any]) -> Returned | None:
    if row.reason is None:
        return None
    capacity = Capacity(row.capacity)
    return Returned(row.value, row.numerator, row.denominator, row.reason, row.person_id, row.post_id, capacity, row.at)


def holding(reports: Reports) -> dict[Period, Reported]:
    """Without what was returned and not mended yet, and without positions that a newer one stands for."""
    found = {period: one for period, one in reports.items() if one.returned is None}
    last = opening(found)
    return {period: one for period, one in found.items() if not one.to_date or period == last}


def opening(found: Reports) -> Period | None:
    """The period s/d which the position of before the office began is known, of reports that hold."""
    return max((period for period, one in found.items() if one.to_date), default=None)
