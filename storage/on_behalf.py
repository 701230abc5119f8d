"""Figures that somebody entered for another's post, and what whoever acts for the post said of them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from domain.openings import Duty
from domain.periods import Period
from storage import figures, schema
from storage.audit import Actor, record
from storage.rows import add

CONFIRMED = "figure confirmed"
"""What the record calls it when whoever acts for a post finds right what somebody else entered."""

_behalf = schema.behalf
_behalf_figure = schema.behalf_figure
_report = schema.report
_FIGURES = (
    select(_report.c.id, _report.c.indicator_id, _report.c.period, _report.c.value)
    .join(_behalf_figure, _behalf_figure.c.report_id == _report.c.id)
    .where(_behalf_figure.c.behalf_id == bindparam("sitting"))
    .order_by(_report.c.id)
)


@dataclass(frozen=True)
class For:
    """For which post somebody enters figures, and how they know them."""

    post_id: int
    basis: str


@dataclass(frozen=True)
class EnteredFigure:
    """A figure that was entered, of an indicator of the current plans."""

    report_id: int
    indicator_id: int
    period: Period
    value: Decimal


@dataclass(frozen=True)
class EnteredSitting:
    """One sitting for another's post: who entered it, for whom (None where the post was vacant), when and on what
    basis. `figures` are those whose indicator the office still has."""

    id: int
    post_id: int
    person_id: int
    holder_id: int | None
    basis: str
    at: datetime
    confirmed_at: datetime | None
    figures: tuple[EnteredFigure, ...]


def keep(
    connection: Connection, office_id: int, sitting: For, person_id: int, holder_id: int | None, at: datetime
) -> int:
    """Note a sitting for another's post; return its id."""
    values = {
        "office_id": office_id, "post_id": sitting.post_id, "person_id": person_id, "holder_id": holder_id,
        "basis": sitting.basis, "at": at,
    }  # fmt: skip
    return add(connection, _behalf, values)


def add_figures(connection: Connection, sitting_id: int, report_ids: Sequence[int]) -> None:
    """Note which revisions were entered in a sitting."""
    if report_ids:
        rows = [{"behalf_id": sitting_id, "report_id": report_id} for report_id in report_ids]
        connection.execute(insert(_behalf_figure), rows)


@dataclass(frozen=True)
class BehalfBook:
    """What was entered for others in one office, as somebody sees it who acts for the posts `own`.

    `actor` names them as they act for a post; `duties` are the indicators of the current plans.
    """

    connection: Connection = field(repr=False)
    office_id: int
    now: datetime
    person_id: int | None
    own: Collection[int]
    duties: Mapping[int, Duty] = field(repr=False)
    actor: Callable[[int | None], Actor] = field(repr=False)

    def of(self, sitting_id: int) -> EnteredSitting | None:
        """One sitting for a post that the person acts for, or that they entered; None for any other."""
        row = self.connection.execute(
            select(_behalf).where(_behalf.c.id == sitting_id, _behalf.c.office_id == self.office_id)
        ).one_or_none()
        if row is None or (row.post_id not in self.own and row.person_id != self.person_id):
            return None
        return self._sitting(row)

    def last(self) -> EnteredSitting | None:
        """The newest sitting of the person; None for none."""
        row = self.connection.execute(
            select(_behalf)
            .where(_behalf.c.office_id == self.office_id, _behalf.c.person_id == self.person_id)
            .order_by(_behalf.c.id.desc())
            .limit(1)
        ).one_or_none()
        return None if row is None else self._sitting(row)

    def confirm(self, sitting_id: int) -> None:
        """Whoever acts for the post says that what was entered is right; said twice it is recorded once.

        Raises PermissionError for a sitting that is not for a post of theirs, and for whoever entered it.
        """
        found = self.of(sitting_id)
        if found is None or found.post_id not in self.own or found.person_id == self.person_id:
            raise PermissionError(f"sitting {sitting_id} is not theirs to confirm")
        changed = self.connection.execute(
            update(_behalf)
            .where(_behalf.c.id == sitting_id, _behalf.c.confirmed_at.is_(None))
            .values(confirmed_by=self.person_id, confirmed_at=self.now)
        )
        if not changed.rowcount:
            return
        actor = self.actor(found.post_id)
        for one in found.figures:
            subject = f"indicator {one.indicator_id} {one.period.code}"
            record(self.connection, self.office_id, actor, self.now, CONFIRMED, subject, new=str(one.value))

    def _sitting(self, row: Row[*tuple[object, ...]]) -> EnteredSitting:
        rows = self.connection.execute(_FIGURES, {"sitting": row.id})
        given = [
            EnteredFigure(one.id, current, Period.parse(one.period), one.value)
            for one in rows
            if (current := figures.current_twin(self.connection, self.office_id, one.indicator_id)) in self.duties
            and current is not None
        ]
        return EnteredSitting(
            row.id, row.post_id, row.person_id, row.holder_id, row.basis, row.at, row.confirmed_at, tuple(given)
        )
