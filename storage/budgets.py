"""The budget of an office: its lines, entered with the plan, and what is reported spent of them; only ever added to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from domain.budget import BudgetLine, BudgetPosition, codes_heading
from domain.periods import Period, PeriodKind
from domain.plan import BudgetRow, Level, OfficePlan, PastSpending
from domain.zones import local
from storage import schema
from storage.audit import Actor, record
from storage.figures import CURRENT_PLANS
from storage.reported import INVENTED
from storage.rows import add, add_all

_line = schema.budget_line
_office = schema.office
_report = schema.budget_report
_twin = _line.alias("twin")

_REPORTS_OF_TWINS = (
    select(_line.c.id.label("asked_id"), _report, _office.c.zone)
    .join(
        _twin,
        (_twin.c.office_id == _line.c.office_id) & (_twin.c.year == _line.c.year) & (_twin.c.code == _line.c.code),
    )
    .join(_report, _report.c.line_id == _twin.c.id)
    .join(_office, _office.c.id == _line.c.office_id)
    .order_by(_report.c.id)
)
"""What was reported of a line under whichever version of its plan, oldest first."""
# Read with every message, and therefore written once.
_IS_CURRENT = (_line.c.office_id == bindparam("office")) & _line.c.plan_id.in_(CURRENT_PLANS)
_CURRENT = select(_line).where(_IS_CURRENT).order_by(_line.c.year, _line.c.position)
_CURRENT_REPORTS = _REPORTS_OF_TWINS.where(_IS_CURRENT)

_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class NewBudgetReport:
    """What was spent of a line s/d the end of a month, in rupiah, and its realisasi fisik s/d in percent.

    `confirmed_doubt` is the doubt that the person confirmed, empty for none; `message_id` the external id of the
    message that gave it. Raises ValueError for a period that is no month and for figures that cannot be.
    """

    line_id: int
    period: Period
    spent: Decimal
    physical: Decimal | None
    reason: str = ""
    confirmed_doubt: str = ""
    message_id: str = ""

    def __post_init__(self) -> None:
        if self.period.kind is not PeriodKind.MONTH:
            raise ValueError(f"{self.period.code} is no month")
        if self.spent < 0:
            raise ValueError(f"{self.spent} cannot have been spent")
        if self.physical is not None and not 0 <= self.physical <= _HUNDRED:
            raise ValueError(f"{self.physical} % cannot have been built")


def lines(connection: Connection, office_id: int) -> tuple[BudgetLine, ...]:
    """The lines of the current plans of all years with what was reported of them, in the plans' order."""
    rows = connection.execute(_CURRENT, {"office": office_id}).all()
    positions = _positions(connection, office_id)
    return tuple(
        BudgetLine(
            id=row.id,
            code=row.code,
            name=row.name,
            level=Level(row.level),
            year=row.year,
            pagu=row.pagu,
            revised=row.pagu_revised,
            post_id=row.post_id,
            positions=positions[row.id],
        )
        for row in rows
    )


def _positions(connection: Connection, office_id: int) -> defaultdict[int, dict[Period, BudgetPosition]]:
    """What holds of each current line by month: the newest revision."""
    found: defaultdict[int, dict[Period, BudgetPosition]] = defaultdict(dict)
    for row in connection.execute(_CURRENT_REPORTS, {"office": office_id}):
        found[row.asked_id][Period.parse(row.period)] = BudgetPosition(
            spent=row.spent,
            physical=row.physical,
            reporter_id=row.person_id,
            reported_on=local(row.reported_at, row.zone).date(),
            sample=row.source == INVENTED,
        )
    return found


# --- reporting --------------------------------------------------------------------------------------------------


def lock(connection: Connection, office_id: int, line_ids: Sequence[int]) -> Sequence[Row[Any]]:
    """Take lines of the office for this transaction, in ascending order so that nobody waits in a circle."""
    return connection.execute(
        select(_line)
        .where(_line.c.office_id == office_id, _line.c.id.in_(line_ids))
        .order_by(_line.c.id)
        .with_for_update(key_share=True)
    ).all()


def submit(
    connection: Connection,
    office_id: int,
    new: Sequence[NewBudgetReport],
    actor: Actor,
    now: datetime,
    source: str,
) -> None:
    """Add what was spent, and record who reported it. The same figures again add nothing, unless they were invented.

    Raises PermissionError for a line that is not of the office's current plans or stands above others, and for a month
    of another year.
    """
    taken = {row.id: row for row in lock(connection, office_id, sorted({one.line_id for one in new}))}
    takers = _takers(connection, office_id)
    for one in new:
        row = taken.get(one.line_id)
        if row is None or row.id not in takers or row.year != one.period.year:
            raise PermissionError(f"{one.period.code} of budget line {one.line_id} takes no reports")
        _submit_one(connection, row, one, actor, now, source)


def _takers(connection: Connection, office_id: int) -> frozenset[int]:
    """The lines of the current plans that take reports: those above no other."""
    codes: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for row in connection.execute(_CURRENT, {"office": office_id}):
        codes[row.year][row.code] = row.id
    return frozenset(
        of_year[code] for of_year in codes.values() for code in of_year.keys() - codes_heading(of_year.keys())
    )


def _submit_one(
    connection: Connection, line: Row[Any], new: NewBudgetReport, actor: Actor, now: datetime, source: str
) -> None:
    old = _newest(connection, new.line_id, new.period)
    if old is not None and (old.spent, old.physical) == (new.spent, new.physical) and old.source != INVENTED:
        return
    add(
        connection,
        _report,
        {
            "office_id": line.office_id,
            "line_id": line.id,
            "period": new.period.code,
            "revision": 1 if old is None else old.revision + 1,
            "spent": new.spent,
            "physical": new.physical,
            "reason": new.reason,
            "confirmed_doubt": new.confirmed_doubt,
            "post_id": line.post_id,
            "person_id": actor.person_id,
            "capacity": actor.capacity,
            "channel": actor.channel,
            "source": source,
            "inbox_id": actor.inbox_id,
            "message_id": new.message_id,
            "reported_at": now,
        },
    )
    record(
        connection,
        line.office_id,
        actor,
        now,
        "budget reported",
        f"budget line {line.id} {new.period.code}",
        old="" if old is None else _told(old.spent, old.physical),
        new=_told(new.spent, new.physical),
        reason=new.reason,
    )


def _newest(connection: Connection, line_id: int, period: Period) -> Row[Any] | None:
    """The revision that holds for a month, be it of an earlier version of the plan."""
    return connection.execute(
        _REPORTS_OF_TWINS.where(_line.c.id == line_id, _report.c.period == period.code)
        .order_by(None)
        .order_by(_report.c.id.desc())
        .limit(1)
    ).one_or_none()


def _told(spent: Decimal, physical: Decimal | None) -> str:
    """As the record says it: `Rp12350000, 40 %`."""
    return f"Rp{spent:f}" if physical is None else f"Rp{spent:f}, {physical:f} %"


# --- with the plan ----------------------------------------------------------------------------------------------


def enter(connection: Connection, office_id: int, plan_id: int, plan: OfficePlan, posts: Mapping[str, int]) -> None:
    """Enter the lines of a plan version, and what its workbook says was spent, where nothing was reported yet.

    `posts` are the ids of the office's posts by title.
    """
    ids = {
        row.code: add(connection, _line, _values(row, posts, position) | _of(office_id, plan_id, plan.year))
        for position, row in enumerate(plan.budget)
    }
    reporters = {row.code: posts[row.post] if row.post else None for row in plan.budget}
    known = {line_id: set(positions) for line_id, positions in _positions(connection, office_id).items()}
    fresh = [past for past in plan.spending if past.period not in known.get(ids[past.code], ())]
    add_all(connection, _report, [_past(office_id, ids[past.code], reporters[past.code], past) for past in fresh])


def _of(office_id: int, plan_id: int, year: int) -> dict[str, Any]:
    return {"office_id": office_id, "plan_id": plan_id, "year": year}


def _values(row: BudgetRow, posts: Mapping[str, int], position: int) -> dict[str, Any]:
    return {
        "code": row.code,
        "position": position,
        "name": row.name,
        "level": row.level,
        "pagu": row.pagu,
        "pagu_revised": row.revised,
        "post_id": posts[row.post] if row.post else None,
        "place": row.place,
    }


def _past(office_id: int, line_id: int, post_id: int | None, past: PastSpending) -> dict[str, Any]:
    return {
        "office_id": office_id,
        "line_id": line_id,
        "period": past.period.code,
        "revision": 1,
        "spent": past.spent,
        "physical": past.physical,
        "reason": "",
        "confirmed_doubt": "",
        "post_id": post_id,
        "capacity": "",
        "channel": "workbook",
        "source": INVENTED if past.sample else "workbook",
        "message_id": "",
        "reported_at": past.reported_at,
    }
