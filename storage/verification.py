"""Whether the figures of a picture or form that was given out are still the same: computed again from today's rows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from domain.openings import Duty
from domain.periods import Period
from domain.roles import section_names
from domain.sight import Sight
from storage import schema, snapshots
from storage.desk import Desk
from storage.figures_json import from_json, to_json
from storage.form_book import FormBook, NoForm
from storage.form_kinds import is_form
from storage.picture_book import INDICATOR
from storage.reported import RETURNED
from storage.snapshots import StoredSnapshot

_indicator = schema.indicator
_line = schema.budget_line
_report = schema.report
_review = schema.review
_spending = schema.budget_report

_OF_MONEY = frozenset({"budget", "form:rfk"})
"""Kinds of snapshots whose figures come from the budget alone, as it stood for one month."""
_WITH_MONEY = _OF_MONEY | {"form:renja"}
_HOW_FAR = frozenset({"provisional", "status", "verified", "verified_reports", "approved_reports"})
"""How far figures have come on their way to the camat: a figure that was verified since is still the same."""
_CHECKED = "checked"
"""What the names of fields begin with that say how far a figure has come."""
_NOT_FIGURES = frozenset({"signers", "change", "posts_reported_before"}) | _HOW_FAR
"""What a snapshot holds beside its figures: who signs, how last week stood, and what was verified."""


class Outcome(StrEnum):
    """What a comparison came to."""

    SAME = "same"
    CHANGED = "changed"
    NOT_COMPARABLE = "not comparable"
    """Kept before it was noted by what the figures are computed again."""


@dataclass(frozen=True)
class Verified:
    """A snapshot with what its comparison came to.

    `of` is the section or the indicator that it is limited to, empty for the whole office. `indicators` and `lines` (of
    the budget) are those it may contain of which something was reported or returned since it was made, by name in the
    plan's order; if it changed without any, something else did: the plan, a post, a setting.
    """

    snapshot: StoredSnapshot
    of: str
    outcome: Outcome
    indicators: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


def verify(desk: Desk, number: int, seen: Sight | None = None) -> Verified | None:
    """Compare a snapshot of the desk's office with the rows as they are now.

    None for a number that the office does not have, and for one that shows more than may be `seen` by the desk's
    person; the program itself sees everything.
    """
    snapshot = snapshots.find(desk.connection, desk.office_id, number)
    if snapshot is None or (seen is not None and not _may_see(desk, snapshot, seen)):
        return None
    if snapshot.wanted is None:
        return Verified(snapshot, _limited_to(snapshot), Outcome.NOT_COMPARABLE)
    of, again = _limited_to(snapshot), _again(desk, snapshot)
    if again is not None and _figures(to_json(again)) == _figures(_as_kept(snapshot, type(again))):
        return Verified(snapshot, of, Outcome.SAME)
    return Verified(snapshot, of, Outcome.CHANGED, _indicators_since(desk, snapshot), _lines_since(desk, snapshot))


def _again(desk: Desk, snapshot: StoredSnapshot) -> Any:
    """The figures by the rows as they are now, judged at the snapshot's own moment; None where there are none left."""
    then = replace(desk, now=snapshot.made_at)
    if is_form(snapshot):
        figures = FormBook(then).again(snapshot)
        return None if isinstance(figures, NoForm) else figures
    return then.pictures.again(snapshot.kind, Period.parse(snapshot.period), snapshot.wanted or {})


def _as_kept(snapshot: StoredSnapshot, kind: type[Any]) -> Mapping[str, Any]:
    """The figures of a snapshot with the fields that they would have today."""
    return to_json(from_json(kind, snapshot.figures))


def _figures(value: Any) -> Any:
    """Without what is no figure."""
    match value:
        case dict():
            return {key: _figures(item) for key, item in value.items() if not _is_beside(key)}
        case list():
            return [_figures(item) for item in value]
        case _:
            return value


def _is_beside(key: str) -> bool:
    return key in _NOT_FIGURES or key.startswith(_CHECKED)


# --- of what it is, and who may see it ------------------------------------------------------------------------------


def _limited_to(snapshot: StoredSnapshot) -> str:
    """The section or indicator that a snapshot is of, empty for the whole office."""
    if is_form(snapshot):
        return str(snapshot.figures["head"]["section"])
    match snapshot.kind:
        case "section":
            return str(snapshot.figures["section"])
        case "indicator":
            return str(snapshot.figures["name"])
        case _:
            return ""


def _may_see(desk: Desk, snapshot: StoredSnapshot, seen: Sight) -> bool:
    """A section for those who see it, an indicator for those who see its post, money for whoever reports all of it,
    everything else for the office's own."""
    if seen.office or (snapshot.kind in _OF_MONEY and desk.sees_budget):
        return True
    of = _limited_to(snapshot)
    if snapshot.kind == INDICATOR:
        titles = {desk.organisation.posts[post_id].title for post_id in seen.posts}
        return snapshot.figures["post"] in titles
    return bool(of) and of in seen.sections


# --- what came in since ---------------------------------------------------------------------------------------------


def _indicators_since(desk: Desk, snapshot: StoredSnapshot) -> tuple[str, ...]:
    if snapshot.kind in _OF_MONEY:
        return ()
    of_office = (_report.c.office_id == desk.office_id, _indicator.c.year == Period.parse(snapshot.period).year)
    reported = (
        select(_indicator.c.code, _report.c.period)
        .join(_report, _report.c.indicator_id == _indicator.c.id)
        .where(*of_office, _report.c.reported_at >= snapshot.made_at)
    )
    returned = (
        select(_indicator.c.code, _report.c.period)
        .join(_report, _report.c.indicator_id == _indicator.c.id)
        .join(_review, _review.c.report_id == _report.c.id)
        .where(*of_office, _review.c.verdict == RETURNED, _review.c.at >= snapshot.made_at)
    )
    rows = [*desk.connection.execute(reported), *desk.connection.execute(returned)]
    codes = {row.code for row in rows if _touches(row.period, snapshot)}
    return tuple(
        duty.name
        for duty in desk.office_duties
        if duty.code in codes
        and duty.measure.year == Period.parse(snapshot.period).year
        and _contains(desk, snapshot, duty)
    )


def _touches(code: str, snapshot: StoredSnapshot) -> bool:
    """Whether a report of that period may change what a snapshot shows: later ones do not."""
    return Period.parse(code).start <= Period.parse(snapshot.period).end


def _contains(desk: Desk, snapshot: StoredSnapshot, duty: Duty) -> bool:
    of = _limited_to(snapshot)
    if snapshot.kind == INDICATOR:
        return duty.code == (snapshot.wanted or {}).get("indicator")
    return not of or section_names(desk.organisation.posts.values())[duty.post_id] == of


def _lines_since(desk: Desk, snapshot: StoredSnapshot) -> tuple[str, ...]:
    if snapshot.kind not in _WITH_MONEY:
        return ()
    rows = desk.connection.execute(
        select(_line.c.code, _spending.c.period)
        .join(_spending, _spending.c.line_id == _line.c.id)
        .where(_spending.c.office_id == desk.office_id, _spending.c.reported_at >= snapshot.made_at)
    )
    codes, year = {row.code for row in rows if _shows(row.period, snapshot)}, Period.parse(snapshot.period).year
    return tuple(line.name for line in desk.budget if line.code in codes and line.year == year)


def _shows(month: str, snapshot: StoredSnapshot) -> bool:
    """Whether a snapshot shows the positions of a month."""
    if snapshot.kind in _OF_MONEY:
        return month == (snapshot.figures.get("month") or snapshot.figures["period"])
    return _touches(month, snapshot)
