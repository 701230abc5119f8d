"""The figures for which a person may send evidence, the likeliest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.openings import Closing, Duty, Item, main_closing
from domain.periods import Period
from handlers.by_name import find_indicators
from handlers.period_words import split_period
from storage.desk import Desk

Numbers = Mapping[tuple[int, Period], int]
"""How many of something, by indicator and period."""


@dataclass(frozen=True)
class OwnFigure:
    """One indicator and period of the person's posts, how many pieces it has and how many it lacks."""

    duty: Duty
    period: Period
    pieces: int
    lacks: int

    @property
    def key(self) -> str:
        """What a choice carries: `12:2022-03`."""
        return f"{self.duty.id}:{self.period.code}"


def own_figures(desk: Desk) -> list[OwnFigure]:
    """What was reported or returned, and what is missing of the closing that is reported now: what lacks evidence
    first, then what was returned, then what was reported last."""
    items = _items(desk)
    ids = sorted({item.duty.id for item in items})
    counts, newest = desk.evidence.counts(ids), {one: at for at, one in enumerate(desk.evidence.newest_reports(ids))}
    lacking = desk.evidence.lacking([item.duty for item in items])
    figures = [_figure(item.duty, item.period, counts, lacking) for item in items]
    never = len(newest)

    def place(figure: OwnFigure) -> tuple[bool, bool, int]:
        is_returned = figure.period in figure.duty.returned
        return not figure.lacks, not is_returned, newest.get((figure.duty.id, figure.period), never)

    return sorted(figures, key=place)


def _figure(duty: Duty, period: Period, counts: Numbers, lacking: Numbers) -> OwnFigure:
    return OwnFigure(duty, period, counts.get((duty.id, period), 0), lacking.get((duty.id, period), 0))


def own_figure(indicator_id: int, code: str, desk: Desk) -> OwnFigure | None:
    """One figure of the person's posts; None for what is not theirs, or no longer in the plan."""
    duty = next((one for one in desk.duties if one.id == indicator_id), None)
    period = parsed(code)
    if duty is None or period is None or period not in duty.figures:
        return None
    return _figure(duty, period, desk.evidence.counts([duty.id]), desk.evidence.lacking([duty]))


def parsed(code: str) -> Period | None:
    """The period of a code, None for what is none."""
    try:
        return Period.parse(code)
    except ValueError:
        return None


def _items(desk: Desk) -> list[Item]:
    closings = desk.closings
    main = main_closing(closings, desk.today)
    return [item for closing in closings for item in _of(closing, is_main=closing == main)]


def _of(closing: Closing, *, is_main: bool) -> list[Item]:
    return [
        item
        for item in (*closing.items, *closing.late)
        if _is_sent(item) or item.returned is not None or (is_main and item.awaited)
    ]


def named(words: str, figures: Sequence[OwnFigure], desk: Desk) -> list[OwnFigure]:
    """Those of the figures that the words name: by indicator, by period, or both."""
    name, period = split_period(words, desk.today)
    duties = list({figure.duty.id: figure.duty for figure in figures}.values())
    wanted = {duty.id for duty in (find_indicators(name, duties) if name else duties)}
    return [
        figure for figure in figures if figure.duty.id in wanted and (period is None or figure.period.end == period.end)
    ]


def _is_sent(item: Item) -> bool:
    """Whether somebody reported it: an invented figure ("contoh") has no evidence."""
    return item.period in item.duty.values and item.period not in item.duty.samples
