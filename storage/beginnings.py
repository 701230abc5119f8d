"""What an office knows of the time before it began to report with the program ("mulai dipakai")."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from domain.beginning import last_before
from domain.openings import Duty
from domain.periods import Period
from domain.plan import OpeningRow
from storage import figures, reports, schema
from storage.audit import Actor
from storage.reports import NewReport
from storage.rows import add

SOURCE = "awal"
"""The source of a report that says what was realised before the office began."""

_asked = schema.opening_asked
_report = schema.report
_ASKED = select(_asked.c.post_id).where(
    _asked.c.office_id == bindparam("office"), _asked.c.begins == bindparam("begins")
)


def enter(
    connection: Connection, office_id: int, openings: Sequence[OpeningRow], codes: Mapping[str, int], now: datetime
) -> None:
    """Enter what a workbook tells of the time before the office began; what somebody told in the chat stays.

    The caller computes the figures that follow.
    """
    ids = sorted({codes[row.indicator] for row in openings})
    accepted = {row.id: row for row in figures.lock(connection, office_id, ids) if row.accepted}
    for row in openings:
        indicator = accepted.get(codes[row.indicator])
        if indicator is None:
            continue
        known = reports.newest(connection, indicator.id, row.until)
        is_same = known is not None and (known.value, known.basis) == (row.value, row.source)
        if known is not None and (is_same or known.person_id is not None):
            continue
        revision = 1 if known is None else known.revision + 1
        add(connection, _report, _row(indicator, row, revision, now))


def _row(indicator: Row[Any], row: OpeningRow, revision: int, now: datetime) -> dict[str, Any]:
    return {
        "office_id": indicator.office_id,
        "indicator_id": indicator.id,
        "period": row.until.code,
        "revision": revision,
        "value": row.value,
        "note": "",
        "reason": "",
        "confirmed_doubt": "",
        "provisional": False,
        "post_id": indicator.post_id,
        "capacity": "",
        "channel": "workbook",
        "source": SOURCE,
        "basis": row.source,
        "to_date": not row.alone,
        "message_id": "",
        "reported_at": now,
    }


def opening_period(duty: Duty, begins: Period | None) -> Period | None:
    """The period s/d whose end the opening position of an indicator is told; None where it needs none: nothing was
    planned before, or its year is another."""
    if begins is None or begins.year != duty.measure.year or duty.service:
        return None
    last = last_before(begins, duty.kind)
    if last is None or not any(period.end <= last.end for period in duty.measure.planned_periods):
        return None
    return last


@dataclass(frozen=True)
class BeginningBook:
    """One office's opening positions, as somebody tells them who reports for the posts of `duties`.

    `begins` is the month of the beginning, None where the office has set none; `actor` names the person as they act for
    a post; `must_be_real` raises PermissionError in a practice run, and `changed` is called when figures changed.
    """

    connection: Connection = field(repr=False)
    office_id: int
    now: datetime
    begins: Period | None
    duties: Sequence[Duty] = field(repr=False)
    actor: Callable[[int | None], Actor] = field(repr=False)
    must_be_real: Callable[[], None] = field(repr=False)
    changed: Callable[[], None] = field(repr=False)

    @property
    def told(self) -> tuple[tuple[Duty, Period], ...]:
        """The indicators whose position is known, with the period s/d which it is."""
        return tuple((duty, duty.measure.opening) for duty in self.duties if duty.measure.opening is not None)

    @property
    def unknown(self) -> tuple[tuple[Duty, Period], ...]:
        """The indicators of which nobody has told what was realised before, with the period s/d which it is asked."""
        wanted = ((duty, opening_period(duty, self.begins)) for duty in self.duties)
        return tuple((duty, last) for duty, last in wanted if last is not None and duty.figures[last].unknown_before)

    def to_ask(self) -> tuple[tuple[Duty, Period], ...]:
        """What is unknown of posts that were never asked."""
        if self.begins is None:
            return ()
        asked = self._asked(self.begins)
        return tuple((duty, last) for duty, last in self.unknown if duty.post_id not in asked)

    def note_asked(self, post_ids: Collection[int]) -> None:
        """Who acts for these posts was asked: it does not come up by itself again."""
        if self.begins is None:
            return
        for post_id in set(post_ids) - self._asked(self.begins):
            values = {
                "post_id": post_id, "begins": self.begins.code, "office_id": self.office_id,
                "person_id": self.actor(post_id).person_id, "at": self.now,
            }  # fmt: skip
            add(self.connection, _asked, values)

    def _asked(self, begins: Period) -> set[int]:
        return set(self.connection.execute(_ASKED, {"office": self.office_id, "begins": begins.code}).scalars())

    def tell(self, new: Sequence[NewReport]) -> None:
        """Report positions s/d a period before the beginning, each with the `basis` from which it was taken.

        Raises PermissionError for an indicator of another post, for a period of which no position is asked, and in a
        practice run.
        """
        self.must_be_real()
        own = {duty.id: duty for duty in self.duties}
        for one in new:
            duty = own.get(one.indicator_id)
            if duty is None or one.period not in (opening_period(duty, self.begins), duty.measure.opening):
                raise PermissionError(f"no position of indicator {one.indicator_id} s/d {one.period.code} is asked")
        figures.lock(self.connection, self.office_id, [one.indicator_id for one in new])
        for post_id in dict.fromkeys(own[one.indicator_id].post_id for one in new):
            of_post = [one for one in new if own[one.indicator_id].post_id == post_id]
            reports.submit(self.connection, self.office_id, of_post, self.actor(post_id), self.now, SOURCE)
        self.changed()
