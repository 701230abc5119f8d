"""The plan of a year as it stands in the tables: what a new version is compared with, and what it takes over."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, select

from domain.evidence import Demand, Demanded
from domain.modes import Confidence, Mode, Polarity, Rhythm, YearRule
from domain.periods import Period
from domain.plan import BudgetRow, IndicatorRow, Level, OfficePlan, RenstraRow
from domain.renstra import RenstraFigures
from storage import schema

_budget, _indicator, _plan = schema.budget_line, schema.indicator, schema.plan
_post, _renstra, _target = schema.post, schema.renstra, schema.target

_FIGURES = tuple(field.name for field in fields(RenstraFigures))


@dataclass(frozen=True)
class StoredPlan:
    """The rows of one version, owners by title."""

    indicators: tuple[IndicatorRow, ...]
    renstra: tuple[RenstraRow, ...]
    budget: tuple[BudgetRow, ...]


def current_plan(connection: Connection, office_id: int, year: int) -> Row[Any] | None:
    """The newest version of an office's plan of a year; None where there is none."""
    wanted = select(_plan).where(_plan.c.office_id == office_id, _plan.c.year == year)
    return connection.execute(wanted.order_by(_plan.c.version.desc()).limit(1)).one_or_none()


def stored_plan(connection: Connection, plan_id: int) -> StoredPlan:
    """One version as it stands now, with what was answered since it was loaded."""
    rows = connection.execute(
        select(_indicator, _post.c.title)
        .outerjoin(_post, _post.c.id == _indicator.c.post_id)
        .where(_indicator.c.plan_id == plan_id)
        .order_by(_indicator.c.position)
    ).all()
    targets = _targets(connection, plan_id)
    return StoredPlan(
        tuple(_indicator_row(row, targets[row.id]) for row in rows),
        _renstra_rows(connection, plan_id),
        _budget_rows(connection, plan_id),
    )


def completed(plan: OfficePlan, stored: StoredPlan) -> OfficePlan:
    """A plan whose file says nothing of services, Renstra and budget, with those of the version before."""
    codes = {row.code for row in plan.indicators}
    services = tuple(row for row in stored.indicators if row.service and row.code not in codes)
    kept = codes | {row.code for row in services}
    return replace(
        plan,
        indicators=(*plan.indicators, *services),
        renstra=plan.renstra or tuple(row for row in stored.renstra if row.code in kept),
        budget=plan.budget or stored.budget,
    )


def _targets(connection: Connection, plan_id: int) -> defaultdict[int, dict[Period, Decimal]]:
    found: defaultdict[int, dict[Period, Decimal]] = defaultdict(dict)
    of_plan = select(_indicator.c.id).where(_indicator.c.plan_id == plan_id)
    for row in connection.execute(select(_target).where(_target.c.indicator_id.in_(of_plan))):
        found[row.indicator_id][Period.parse(row.period)] = row.value
    return found


def _indicator_row(row: Row[Any], targets: dict[Period, Decimal]) -> IndicatorRow:
    return IndicatorRow(
        code=row.code,
        name=row.name,
        unit=row.unit,
        level=Level(row.level),
        path=row.path,
        post=row.title,
        rhythm=Rhythm(row.rhythm),
        targets=targets,
        annual_target=row.annual_target,
        mode=None if row.mode is None else Mode(row.mode),
        confidence=Confidence(row.confidence),
        year_rule=YearRule(row.year_rule),
        polarity=Polarity(row.polarity),
        ratio=row.ratio,
        low=row.low,
        high=row.high,
        budget=row.budget,
        note=row.note,
        context=row.context,
        service=row.service,
        place=row.place,
        demand=Demand(Demanded(row.evidence_kind), row.evidence_minimum) if row.evidence_minimum else None,
    )


def _renstra_rows(connection: Connection, plan_id: int) -> tuple[RenstraRow, ...]:
    rows = connection.execute(
        select(_renstra, _indicator.c.code)
        .join(_indicator, _indicator.c.id == _renstra.c.indicator_id)
        .where(_indicator.c.plan_id == plan_id)
        .order_by(_indicator.c.position)
    )
    return tuple(
        RenstraRow(row.code, RenstraFigures(**{name: getattr(row, name) for name in _FIGURES})) for row in rows
    )


def _budget_rows(connection: Connection, plan_id: int) -> tuple[BudgetRow, ...]:
    rows: Sequence[Row[Any]] = connection.execute(
        select(_budget, _post.c.title)
        .outerjoin(_post, _post.c.id == _budget.c.post_id)
        .where(_budget.c.plan_id == plan_id)
        .order_by(_budget.c.position)
    ).all()
    return tuple(
        BudgetRow(row.code, row.name, Level(row.level), row.pagu, row.pagu_revised, row.title, row.place)
        for row in rows
    )
