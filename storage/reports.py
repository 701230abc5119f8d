"""Realisations as they are reported: every value is a new revision, none is ever changed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import Connection, Row, bindparam, exists, func, insert, select

from domain.periods import Period
from storage import figures
from storage.audit import Actor, Entry, record_all
from storage.tables import Indicator, Report, Review, table

_indicator = table(Indicator)
_report = table(Report)
_review = table(Review)
_asked, _twin = _indicator.alias("asked"), _indicator.alias("twin")
_is_returned = exists().where(_review.c.report_id == _report.c.id, _review.c.verdict == figures.RETURNED)

# Asked with every figure: a statement over an alias is slow to write, so these are written once.
_REVISIONS = (
    select(_report, _is_returned.label("is_returned"), _asked.c.id.label("asked_id"))
    .join(_twin, _twin.c.id == _report.c.indicator_id)
    .join(
        _asked,
        (_asked.c.office_id == _twin.c.office_id) & (_asked.c.year == _twin.c.year) & (_asked.c.code == _twin.c.code),
    )
)
_NEWEST = (
    _REVISIONS.where(_asked.c.id == bindparam("asked_id"), _report.c.period == bindparam("of_period"))
    .order_by(_report.c.id.desc())
    .limit(1)
)
_OF_PERIODS = _REVISIONS.with_only_columns(
    _asked.c.id, *(_report.c[name] for name in ("period", "revision", "value", "to_date")), _is_returned
).where(
    _asked.c.id.in_(bindparam("ids", expanding=True)), _report.c.period.in_(bindparam("periods", expanding=True))
).order_by(_report.c.id)  # fmt: skip
_ADDED = insert(_report).returning(_report.c.id, sort_by_parameter_order=True)


@dataclass(frozen=True)
class _Revision:
    """What was reported for a period last."""

    number: int
    value: Decimal
    to_date: bool
    is_returned: bool


@dataclass(frozen=True)
class NewReport:
    """One value to report. `confirmed_doubt` is the doubt that the person confirmed, empty for none; `message_id`
    the external id of the message that gave it, so that an edit of it can be offered as a correction.
    `basis` and `to_date` are those of `storage.tables.Report`."""

    indicator_id: int
    period: Period
    value: Decimal
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    note: str = ""
    reason: str = ""
    confirmed_doubt: str = ""
    provisional: bool = False
    message_id: str = ""
    basis: str = ""
    to_date: bool = False


@dataclass(frozen=True)
class LastReport:
    """What was last received from somebody: one indicator's name, when, and how many came together."""

    name: str
    at: datetime
    number: int


@dataclass(frozen=True)
class ReportCard:
    """A report that holds."""

    indicator_id: int
    period: Period
    value: Decimal


def submit(
    connection: Connection,
    office_id: int,
    reports: Sequence[NewReport],
    actor: Actor,
    now: datetime,
    source: str,
    late: Collection[Period] = (),
) -> tuple[int, ...]:
    """Add values, compute the figures that follow and record who reported them; return the ids of the new revisions.
    The same value again adds nothing, unless it was returned.

    `late` are the periods whose reports come after the day on which they were awaited.

    Raises PermissionError for an indicator that is not this office's or does not take reports.
    """
    ids = sorted({report.indicator_id for report in reports})
    taken = {row.id: row for row in figures.lock(connection, office_id, ids) if row.accepted}
    if len(taken) < len(ids):
        raise PermissionError(f"no reports are taken for one of the indicators {ids}")
    known = _newest_of(connection, reports)
    since = _earliest(reports, known.values())
    rows: list[dict[str, Any]] = []
    entries: list[Entry] = []
    for new in reports:
        old = known.get((new.indicator_id, new.period))
        if old is not None and not old.is_returned and (old.value, old.to_date) == (new.value, new.to_date):
            continue
        number = 1 if old is None else old.number + 1
        rows.append(_row(taken[new.indicator_id], number, new, actor, now, source, is_late=new.period in late))
        entries.append(_entry(old, new))
        known[new.indicator_id, new.period] = _Revision(number, new.value, new.to_date, is_returned=False)
    if not rows:
        return ()
    added = tuple(connection.execute(_ADDED, rows).scalars())
    record_all(connection, office_id, actor, now, "reported", entries)
    figures.recompute(connection, office_id, sorted({row["indicator_id"] for row in rows}), since)
    return added


def _earliest(reports: Sequence[NewReport], before: Iterable[_Revision]) -> Period | None:
    """The period of which no figure before can change by these; None where that cannot be said: a position of before
    the office began stands for all months before its end."""
    is_of_months_before = any(one.to_date for one in (*reports, *before))
    if is_of_months_before or len({report.period.year for report in reports}) > 1:
        return None
    return min((report.period for report in reports), key=lambda period: period.first_month)


def _newest_of(connection: Connection, reports: Sequence[NewReport]) -> dict[tuple[int, Period], _Revision]:
    """What was last reported of the same indicators and periods, be it under an earlier version of the plan."""
    periods = sorted({report.period.code for report in reports})
    asked_for = {"ids": sorted({report.indicator_id for report in reports}), "periods": periods}
    rows = cast("Iterable[Sequence[Any]]", connection.execute(_OF_PERIODS, asked_for))
    return {(indicator_id, Period.parse(period)): _Revision(*revision) for indicator_id, period, *revision in rows}


def _row(
    indicator: Row[Any], revision: int, new: NewReport, actor: Actor, now: datetime, source: str, *, is_late: bool
) -> dict[str, Any]:
    return {
        "office_id": indicator.office_id,
        "indicator_id": new.indicator_id,
        "period": new.period.code,
        "revision": revision,
        "value": new.value,
        "numerator": new.numerator,
        "denominator": new.denominator,
        "note": new.note,
        "reason": new.reason,
        "confirmed_doubt": new.confirmed_doubt,
        "provisional": new.provisional,
        "late": is_late,
        "post_id": indicator.post_id,
        "person_id": actor.person_id,
        "capacity": actor.capacity,
        "channel": actor.channel,
        "source": source,
        "basis": new.basis,
        "to_date": new.to_date,
        "inbox_id": actor.inbox_id,
        "message_id": new.message_id,
        "reported_at": now,
    }


def _entry(old: _Revision | None, new: NewReport) -> Entry:
    before = "" if old is None else str(old.value)
    return Entry(f"indicator {new.indicator_id} {new.period.code}", before, str(new.value), new.reason)


def newest(connection: Connection, indicator_id: int, period: Period) -> Row[Any] | None:
    """The newest revision for a period, be it of an earlier version of the plan; it holds unless it `is_returned`."""
    return connection.execute(_NEWEST, {"asked_id": indicator_id, "of_period": period.code}).one_or_none()


def last_of_person(connection: Connection, office_id: int, person_id: int) -> LastReport | None:
    """What was last received from a person; None for nothing yet."""
    mine = (_report.c.office_id == office_id, _report.c.person_id == person_id)
    rows = connection.execute(
        select(_report.c.reported_at, _indicator.c.name)
        .join(_indicator, _indicator.c.id == _report.c.indicator_id)
        .where(*mine, _report.c.reported_at == select(func.max(_report.c.reported_at)).where(*mine).scalar_subquery())
        .order_by(_report.c.id)
    ).all()
    return LastReport(rows[0].name, rows[0].reported_at, len(rows)) if rows else None


def confirmed_doubts(
    connection: Connection, office_id: int, person_id: int, periods: Collection[Period]
) -> tuple[str, ...]:
    """What a person confirmed with each of their reports of those periods that hold; empty where nothing was asked."""
    newest = (
        select(func.max(_report.c.id))
        .join(_indicator, _indicator.c.id == _report.c.indicator_id)
        .where(_report.c.office_id == office_id, _report.c.period.in_([period.code for period in periods]))
        .group_by(_indicator.c.year, _indicator.c.code, _report.c.period)
    )
    held = select(_report.c.confirmed_doubt).where(_report.c.id.in_(newest), _report.c.person_id == person_id)
    return tuple(connection.execute(held.order_by(_report.c.id)).scalars())


def given_by_message(connection: Connection, office_id: int, person_id: int, message_id: str) -> ReportCard | None:
    """The report that a message of this person gave and that still holds; None otherwise.

    Its indicator is that of the current plan, also for a report made under an earlier version.
    """
    row = connection.execute(
        select(_report)
        .where(_report.c.office_id == office_id, _report.c.person_id == person_id, _report.c.message_id == message_id)
        .order_by(_report.c.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    period = Period.parse(row.period)
    current = figures.current_twin(connection, office_id, row.indicator_id)
    if current is None:
        return None
    held = newest(connection, current, period)
    if held is None or held.id != row.id or held.is_returned:
        return None
    return ReportCard(current, period, row.value)
