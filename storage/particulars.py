"""What the official forms say of indicators beside their figures: where they stand in the plan, and what came in."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, case, func, select

from domain.forms.source import Particulars, Rung, Sent
from domain.modes import Polarity
from domain.periods import Period
from domain.plan import Level
from domain.zones import local
from storage import schema
from storage.evidence import was_given
from storage.figures import current_plans
from storage.follow_ups import said

_evidence = schema.evidence
_indicator = schema.indicator
_person = schema.person
_plan = schema.plan
_report = schema.report
_asked = _indicator.alias("asked")
_OF_REPORT = ("period", "revision", "reported_at", "note", "confirmed_doubt", "numerator", "denominator")


def of_office(connection: Connection, office_id: int, zone: str) -> dict[int, Particulars]:
    """The particulars of every indicator of the current plans that takes reports; `zone` is the office's."""
    rows = connection.execute(
        select(_indicator).where(
            _indicator.c.office_id == office_id,
            _indicator.c.accepted,
            _indicator.c.plan_id.in_(current_plans(office_id)),
        )
    ).all()
    ids = [row.id for row in rows]
    sent, evidence, explained = _sent(connection, ids, zone), _evidence_of(connection, ids), said(connection, office_id)
    return {
        row.id: Particulars(
            Level(row.level),
            _path(row.path or {}),
            Polarity(row.polarity),
            sent[row.id],
            evidence[row.id],
            explained.get(row.id, {}),
        )
        for row in rows
    }


def unasked(connection: Connection, office_id: int) -> dict[int, int]:
    """How many indicators of the current plans take no reports because something about them is open, by year."""
    rows = connection.execute(
        select(_indicator.c.year, func.count().label("open"))
        .where(
            _indicator.c.office_id == office_id,
            ~_indicator.c.accepted,
            ~_indicator.c.context,
            _indicator.c.plan_id.in_(current_plans(office_id)),
        )
        .group_by(_indicator.c.year)
    )
    return {row.year: row.open for row in rows}


def _path(path: Mapping[str, str]) -> tuple[Rung, ...]:
    """The rungs of a plan that an indicator names, from the top down."""
    return tuple(Rung(level, path[level.value]) for level in Level if path.get(level.value))


def _sent(connection: Connection, indicator_ids: Sequence[int], zone: str) -> defaultdict[int, dict[Period, Sent]]:
    """The newest report of each indicator and period, those under earlier versions of the plan included."""
    rows = connection.execute(
        select(
            _asked.c.id.label("asked_id"),
            *(_report.c[name] for name in _OF_REPORT),
            _person.c.name.label("reporter"),
            case((_indicator.c.plan_id == _asked.c.plan_id, 0), else_=_plan.c.version).label("version"),
        )
        .join(_indicator, _is_twin())
        .join(_plan, _plan.c.id == _indicator.c.plan_id)
        .join(_report, _report.c.indicator_id == _indicator.c.id)
        .outerjoin(_person, _person.c.id == _report.c.person_id)
        .where(_asked.c.id.in_(indicator_ids))
        .order_by(_report.c.id)
    )
    found: defaultdict[int, dict[Period, Sent]] = defaultdict(dict)
    for row in rows:
        found[row.asked_id][Period.parse(row.period)] = _one(row, zone)
    return found


def _one(row: Row[Any], zone: str) -> Sent:
    at, reporter = local(row.reported_at, zone), row.reporter or ""
    return Sent(row.revision, at, reporter, row.note, row.numerator, row.denominator, row.confirmed_doubt, row.version)


def _evidence_of(connection: Connection, indicator_ids: Sequence[int]) -> defaultdict[int, dict[Period, Counter[str]]]:
    """How much lies there for each indicator and period, by kind; what somebody took back does not count."""
    rows = connection.execute(
        select(_asked.c.id.label("asked_id"), _evidence.c.period, _evidence.c.kind, func.count().label("number"))
        .join(_indicator, _is_twin())
        .join(_evidence, _evidence.c.indicator_id == _indicator.c.id)
        .where(_asked.c.id.in_(indicator_ids), was_given())
        .group_by(_asked.c.id, _evidence.c.period, _evidence.c.kind)
        .order_by(_evidence.c.kind)
    )
    found: defaultdict[int, dict[Period, Counter[str]]] = defaultdict(dict)
    for row in rows:
        found[row.asked_id].setdefault(Period.parse(row.period), Counter())[row.kind] = row.number
    return found


def _is_twin() -> Any:
    """The same indicator in any version of its plan."""
    return (
        (_indicator.c.office_id == _asked.c.office_id)
        & (_indicator.c.year == _asked.c.year)
        & (_indicator.c.code == _asked.c.code)
    )
