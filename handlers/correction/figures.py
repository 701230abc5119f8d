"""Which figures a person may correct, and what a correction of one means now."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.checking import Given
from domain.office import Owed
from domain.openings import Duty
from domain.periods import Period
from handlers.correction.steps import Draft
from storage.desk import Desk


@dataclass(frozen=True)
class Figure:
    """A figure of the person's own that was sent."""

    duty: Duty
    which: Period

    @property
    def value(self) -> Decimal:
        return self.duty.values[self.which]


def every_figure(desk: Desk) -> list[Figure]:
    """What the person's posts have sent, the newest period first, in the plan's order; invented values are none, and
    the position of before the office began is changed as "realisasi awal"."""
    found = [
        Figure(duty, which)
        for duty in desk.duties
        for which in duty.values
        if which not in duty.samples and which != duty.measure.opening
    ]
    return sorted(found, key=lambda one: one.which, reverse=True)


def periods_of(figures: Sequence[Figure]) -> list[Period]:
    """The periods that have figures, in their order."""
    return list(dict.fromkeys(one.which for one in figures))


def of_period(which: Period, desk: Desk) -> list[Figure]:
    """The figures of a period, or of all that ends with it where it has none itself."""
    figures = every_figure(desk)
    own = [one for one in figures if one.which == which]
    return own or [one for one in figures if one.which.end == which.end]


def figure_of_draft(draft: Draft, desk: Desk) -> Figure | None:
    """The figure that is being corrected; None where it no longer holds or is not the person's any more."""
    if not draft.period:
        return None
    return find(draft.indicator, draft.which, desk)


def find(indicator_id: int, which: Period, desk: Desk) -> Figure | None:
    """One figure of the person's own."""
    duty = next((one for one in desk.duties if one.id == indicator_id), None)
    is_figure = duty is not None and which in duty.values and which != duty.measure.opening
    return Figure(duty, which) if duty is not None and is_figure else None


def given_of(figure: Figure, desk: Desk) -> Given:
    """The revision that holds."""
    given = desk.checking.of(figure.duty.id, figure.which)
    if given is None:
        raise ValueError(f"nothing was reported for indicator {figure.duty.id} in {figure.which.code}")
    return given


def is_locked(figure: Figure, desk: Desk) -> bool:
    return desk.organisation.lock(_owed(figure), desk.today) is not None


def needs_reason(figure: Figure, desk: Desk) -> bool:
    """Whether an edited message alone is not enough: its figure is due no longer, verified or locked."""
    is_over = desk.today > desk.organisation.due(_owed(figure), desk.today)
    return is_over or figure.duty.standing(figure.which).is_verified or is_locked(figure, desk)


def _owed(figure: Figure) -> Owed:
    return Owed(figure.duty.post_id, figure.which)
