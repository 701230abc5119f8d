"""Realisations as they are reported: every value is a new revision, none is ever changed."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, exists, func, insert, select

from domain.periods import Period
from domain.standing import Standing
from storage import figures, schema
from storage.audit import Actor, Entry, record_all
from storage.columns import plain
from storage.figures import Known
from storage.reported import INVENTED, IS_TWIN, RETURNED, TWIN, Reported, following

_indicator = schema.indicator
_report = schema.report
_review = schema.review
_is_returned = exists().where(_review.c.report_id == _report.c.id, _review.c.verdict == RETURNED)
# Asked with every figure: a statement over an alias is slow to write, so this is written once.
_NEWEST = (
    select(_report, _is_returned.label("is_returned"))
    .join(TWIN, TWIN.c.id == _report.c.indicator_id)
    .join(_indicator, IS_TWIN)
    .where(_indicator.c.id == bindparam("asked_for"), _report.c.period == bindparam("of_period"))
    .order_by(_report.c.id.desc())
    .limit(1)
)
_ADDED = insert(_report).returning(_report.c.id)


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


class _Revision(NamedTuple):
    """A report that adds a revision: what there was `before` it of its period, and what there is `now`."""

    report: NewReport
    before: Reported | None
    now: Reported


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
    taken = _accepted(connection, office_id, {report.indicator_id for report in reports})
    known = figures.known_of(connection, office_id, list(taken.values()))
    added = list(_revisions(reports, known, actor, source, late))
    if not added:
        return ()
    rows = [_row(taken[one.report.indicator_id], one, actor, now, source) for one in added]
    ids = tuple(connection.execute(_ADDED, rows).scalars())
    record_all(connection, office_id, actor, now, "reported", [_entry(one) for one in added])
    _compute(connection, office_id, taken, known, added)
    return ids


def _accepted(connection: Connection, office_id: int, indicator_ids: Collection[int]) -> dict[int, Row[Any]]:
    """The indicators, taken for this transaction. Raises PermissionError where one takes no reports."""
    taken = {row.id: row for row in figures.lock(connection, office_id, indicator_ids) if row.accepted}
    if len(taken) < len(indicator_ids):
        raise PermissionError(f"no reports are taken for one of the indicators {sorted(indicator_ids)}")
    return taken


def _revisions(
    reports: Iterable[NewReport], known: Mapping[int, Known], actor: Actor, source: str, late: Collection[Period]
) -> Iterator[_Revision]:
    """Those of the reports that say something new."""
    newest: dict[tuple[int, Period], Reported] = {}
    for new in reports:
        key = new.indicator_id, new.period
        old = newest.get(key, known[new.indicator_id].reports.get(new.period))
        if old is not None and old.returned is None and (old.value, old.to_date) == (new.value, new.to_date):
            continue
        newest[key] = Reported(
            revision=1 if old is None else old.revision + 1,
            value=plain(new.value),
            sample=source == INVENTED,
            late=new.period in late,
            reporter_id=actor.person_id,
            returned=None,
            revised=False,
            standing=Standing.REPORTED,
            to_date=new.to_date,
            basis=new.basis,
        )
        yield _Revision(new, old, newest[key])


def _compute(
    connection: Connection,
    office_id: int,
    taken: Mapping[int, Row[Any]],
    known: Mapping[int, Known],
    added: Sequence[_Revision],
) -> None:
    """The figures that follow from revisions that were added."""
    changed: dict[int, Known] = {}
    for one in added:
        indicator_id, period = one.report.indicator_id, one.report.period
        before = changed.get(indicator_id, known[indicator_id])
        newer = following(before.reports.get(period), one.now)
        changed[indicator_id] = before._replace(reports={**before.reports, period: newer})
    since, ids = _earliest(added), sorted(changed)
    if since is None or not all(taken[key].is_current for key in ids):
        figures.recompute(connection, office_id, ids)
    else:
        figures.recompute_since(connection, office_id, [(taken[key], changed[key]) for key in ids], since)


def _earliest(added: Sequence[_Revision]) -> Period | None:
    """The period of which no figure before can change by these; None where that cannot be said: a position of before
    the office began stands for all months before its end."""
    periods = {one.report.period for one in added}
    is_of_months_before = any(one.now.to_date or (one.before is not None and one.before.to_date) for one in added)
    if is_of_months_before or len({period.year for period in periods}) > 1:
        return None
    return min(periods, key=lambda period: period.first_month)


def _row(indicator: Row[Any], one: _Revision, actor: Actor, now: datetime, source: str) -> dict[str, Any]:
    new = one.report
    return {
        "office_id": indicator.office_id,
        "indicator_id": new.indicator_id,
        "period": new.period.code,
        "revision": one.now.revision,
        "value": new.value,
        "numerator": new.numerator,
        "denominator": new.denominator,
        "note": new.note,
        "reason": new.reason,
        "confirmed_doubt": new.confirmed_doubt,
        "provisional": new.provisional,
        "late": one.now.late,
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


def _entry(one: _Revision) -> Entry:
    before, new = "" if one.before is None else str(one.before.value), one.report
    return Entry(f"indicator {new.indicator_id} {new.period.code}", before, str(new.value), new.reason)


def newest(connection: Connection, indicator_id: int, period: Period) -> Row[Any] | None:
    """The newest revision for a period, be it of an earlier version of the plan; it holds unless it `is_returned`."""
    return connection.execute(_NEWEST, {"asked_for": indicator_id, "of_period": period.code}).one_or_none()


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
