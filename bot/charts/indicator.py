"""One indicator through its year: targets as steps, realisations, the position s/d and the annual target."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from bot.charts.canvas import BODY, CARD, INK, LEFT, MUTED, RIGHT, ROOM, RULE, STRONG, WHITE, Marks, Page
from bot.charts.cards import CARD_PADDING, Card, draw_card
from bot.charts.footer import Footer
from bot.charts.keys import Key, draw_keys
from bot.charts.letters import Style
from bot.charts.proof import draw_proof, proof_keys
from bot.charts.typography import fit, width
from bot.charts.wording import amount, period_in_words, share, short_number, short_period, whole_percent
from domain.achievement import NoCapaian
from domain.modes import Mode
from domain.standing import Standing
from domain.summary import IndicatorFigures, IndicatorYear, PeriodPoint, Proof, proof_of

REALISED = "#2f78b3"
"""Realisations: a colour that is on no rating scale."""
_FIGURE = Style(76, bold=True)
_CARD_HEIGHT = 196
_GAP = 22
_KEY_SIGN = 44
_DIAMOND = 30
_ROUND = (1, 2, 4, 6, 8, 10)
"""Leading digits at which an axis may end, so that its half is a round number too."""

_ABOVE_BASE = 18
"""Pixels from the base line to the middle of a bar's sign."""
_LEAST_HATCH = 24
"""Pixels: a missing report with a target of 0 is seen all the same."""

Values: TypeAlias = Sequence[Decimal | None]


@dataclass(frozen=True)
class _Panel:
    """A part of the page with an axis of its own, in pixels."""

    start: float
    top: float
    bottom: float
    ceiling: Decimal
    columns: int

    @property
    def column(self) -> float:
        return (RIGHT - self.start) / max(1, self.columns)

    def left(self, at: int) -> float:
        return self.start + at * self.column

    def middle(self, at: int) -> float:
        return self.left(at) + self.column / 2

    def y(self, value: Decimal) -> float:
        """Values below zero stand on the base line."""
        return self.bottom - float(max(value, Decimal(0)) / self.ceiling) * (self.bottom - self.top)


def draw_indicator(year: IndicatorYear, footer: Footer) -> bytes:
    """The year of one indicator as a PNG of 1080 x 1350 pixels."""
    return compose_indicator(year, footer).png()


def compose_indicator(year: IndicatorYear, footer: Footer) -> Page:
    """The page of `draw_indicator`, not yet a picture."""
    page = Page(year.office, year.name, footer, Marks(year.provisional, year.sample))
    y = draw_keys(page, _draw_summary(page, year) + _GAP, _keys(year)) + _GAP
    if year.mode is not Mode.SUM:
        _draw_position(page, year, y, page.bottom)
        return page
    half = (page.bottom - y - _GAP) / 2
    _draw_position(page, year, y, y + half)
    _draw_amounts(page, year, y + half + _GAP, page.bottom)
    return page


def _draw_summary(page: Page, year: IndicatorYear) -> float:
    page.box(LEFT, page.top, ROOM, _CARD_HEIGHT, CARD, radius=18)
    draw_card(page, _card(year), LEFT + CARD_PADDING, page.top + 18, ROOM - 2 * CARD_PADDING, _FIGURE)
    return page.top + _CARD_HEIGHT


def _card(year: IndicatorYear) -> Card:
    whose, now = _whose(year), year.to_date
    if now is None:
        return Card("–", "", "belum ada periode yang berakhir", whose)
    until = f"s/d {period_in_words(year.closed_period)}"
    return Card(_headline(now), f"{until}{_how_far(now)}", _standing(now), whose)


def _how_far(now: IndicatorFigures) -> str:
    """Whether its figure is verified; of what is not known, whether it is complete."""
    proof = now.proof if now.complete else Proof.NONE
    return f", {proof.value}" if proof else ""


def _whose(year: IndicatorYear) -> str:
    """Who reports it and the target of the year; a long title gives way to the target."""
    annual = "" if year.annual_target is None else f", target setahun {amount(year.annual_target, year.unit)}"
    return fit(year.post, BODY, ROOM - 2 * CARD_PADDING - width(annual, BODY)) + annual


def _headline(now: IndicatorFigures) -> str:
    """The capaian; of what has no target, as services, the count itself."""
    if now.capaian is not None:
        return whole_percent(now.capaian)
    counted = now.realisation if now.no_capaian == NoCapaian.NO_TARGET else None
    return "–" if counted is None else short_number(counted)


def _standing(now: IndicatorFigures) -> str:
    match now.realisation, now.target:
        case None, None:
            return now.no_capaian or "tanpa target"
        case None, target:
            return f"belum lapor, target {amount(target, now.unit)}"
        case realisation, None if now.no_capaian == NoCapaian.NO_TARGET:
            return f"{amount(realisation, now.unit)}, tanpa target"
        case realisation, None:
            return amount(realisation, now.unit)
        case realisation, target:
            return share(realisation, target, now.unit)


# --- the two panels ---------------------------------------------------------------------------------------------


def _draw_position(page: Page, year: IndicatorYear, top: float, bottom: float) -> None:
    """Target and realisation s/d each period, with the annual target as a level."""
    points = year.points
    targets = [point.target_to_date for point in points]
    reached = [point.realisation_to_date for point in points]
    heading = "Posisi s/d" if year.mode is not Mode.LEVEL else "Kondisi per periode"
    panel = _panel(page, year.points, heading, (top, bottom), [*targets, *reached, year.annual_target])
    if year.annual_target is not None:
        y = panel.y(year.annual_target)
        page.path([(panel.start, y), (RIGHT, y)], INK, 3, dashed=True)
    _draw_steps(page, panel, targets)
    _draw_missing(page, panel, points, [target or point.target for target, point in zip(targets, points, strict=True)])
    _draw_line(page, panel, reached, [point.checked_to_date for point in points])
    if year.mode is not Mode.SUM:
        _draw_revised(page, panel, points, reached)


def _draw_amounts(page: Page, year: IndicatorYear, top: float, bottom: float) -> None:
    """Target and realisation of each period alone, as bars."""
    targets = [point.target for point in year.points]
    amounts = [point.realisation for point in year.points]
    panel = _panel(page, year.points, "Tiap periode", (top, bottom), [*targets, *amounts])
    for at, value in enumerate(amounts):
        if value is not None:
            y = panel.y(value)
            page.box(panel.left(at) + panel.column * 0.2, y, panel.column * 0.6, panel.bottom - y, REALISED)
    _draw_missing(page, panel, year.points, targets)
    _draw_steps(page, panel, targets)
    for at, point in enumerate(year.points):
        draw_proof(page, panel.middle(at), panel.bottom - _ABOVE_BASE, proof_of(point.checked))
    _draw_revised(page, panel, year.points, amounts)


def _draw_steps(page: Page, panel: _Panel, targets: Values) -> None:
    """A level per column, joined where two follow each other."""
    for run in _runs(targets):
        corners = [(panel.left(at + side), panel.y(value)) for at, value in run for side in (0, 1)]
        page.path(corners, INK, 4)


def _draw_line(page: Page, panel: _Panel, values: Values, checked: Sequence[Standing | None]) -> None:
    """Dots, joined where two follow each other: what is unknown leaves a gap, and what is not verified is hollow."""
    for run in _runs(values):
        dots = [(panel.middle(at), panel.y(value)) for at, value in run]
        page.path(dots, REALISED, 6)
        for (x, y), (at, _value) in zip(dots, run, strict=True):
            draw_proof(page, x, y, proof_of(checked[at]) or Proof.ALL, REALISED)


def _runs(values: Values) -> list[list[tuple[int, Decimal]]]:
    """The known values with their place, in stretches without a gap."""
    runs: list[list[tuple[int, Decimal]]] = []
    for at, value in enumerate(values):
        if value is None:
            continue
        if runs and runs[-1][-1][0] == at - 1:
            runs[-1].append((at, value))
        else:
            runs.append([(at, value)])
    return runs


def _draw_missing(page: Page, panel: _Panel, points: Sequence[PeriodPoint], targets: Values) -> None:
    """A hatched column as high as its target for every report that is missing."""
    for at, (point, target) in enumerate(zip(points, targets, strict=True)):
        if point.missing:
            high = max(_LEAST_HATCH, panel.bottom - panel.y(target or Decimal(0)))
            page.hatch(panel.left(at) + panel.column * 0.2, panel.bottom - high, panel.column * 0.6, high)


def _draw_revised(page: Page, panel: _Panel, points: Sequence[PeriodPoint], values: Values) -> None:
    """A diamond on every value that replaced another one."""
    for at, (point, value) in enumerate(zip(points, values, strict=True)):
        if point.revised and value is not None:
            _draw_diamond(page, panel.middle(at), panel.y(value))


def _draw_diamond(page: Page, x: float, y: float) -> None:
    for radius, colour in ((17, WHITE), (14, INK), (8, WHITE)):
        page.polygon([(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)], colour)


# --- axes and key -----------------------------------------------------------------------------------------------


def _panel(
    page: Page, points: Sequence[PeriodPoint], heading: str, span: tuple[float, float], values: Values
) -> _Panel:
    """Draw the heading, the axis and the columns' names between `span`; return the room in between."""
    top = page.text(LEFT, span[0], heading, STRONG) + STRONG.size
    ceiling = _ceiling(max((value for value in values if value is not None), default=Decimal(0)))
    ticks = (Decimal(0), ceiling) if ceiling < 2 else (Decimal(0), ceiling / 2, ceiling)
    start = LEFT + max(width(short_number(tick), BODY) for tick in ticks) + 16
    panel = _Panel(start, top, span[1] - BODY.leading - 6, ceiling, len(points))
    for tick in ticks:
        y = panel.y(tick)
        page.box(start, y - 1, RIGHT - start, 2, RULE)
        page.text(start - 16, y - BODY.size * 0.6, short_number(tick), BODY, MUTED, anchor="right")
    for at, point in enumerate(points):
        page.text(panel.middle(at), panel.bottom + 8, short_period(point.period), BODY, MUTED, anchor="center")
    return panel


def _ceiling(highest: Decimal) -> Decimal:
    """The round number at which an axis ends that must reach `highest`."""
    if highest <= 0:
        return Decimal(1)
    unit = Decimal(1).scaleb(highest.adjusted())
    return next(unit * lead for lead in _ROUND if unit * lead >= highest)


def _keys(year: IndicatorYear) -> list[Key]:
    """What the signs mean, those that are on this page."""
    keys = [
        Key("realisasi", _KEY_SIGN, lambda page, x, y: page.box(x, y - 11, _KEY_SIGN, 22, REALISED)),
    ]
    if any(point.target is not None or point.target_to_date is not None for point in year.points):
        keys.append(Key("target", _KEY_SIGN, lambda page, x, y: page.path([(x, y), (x + _KEY_SIGN, y)], INK, 4)))
    if year.annual_target is not None:
        keys.append(Key("target setahun", _KEY_SIGN, _draw_annual_sign))
    if any(point.missing for point in year.points):
        keys.append(Key("belum lapor", _KEY_SIGN, lambda page, x, y: page.hatch(x, y - 11, _KEY_SIGN, 22)))
    if any(point.revised for point in year.points):
        keys.append(Key("diubah", _DIAMOND, lambda page, x, y: _draw_diamond(page, x + _DIAMOND / 2, y)))
    found = [proof_of(checked) for point in year.points for checked in (point.checked, point.checked_to_date)]
    return [*keys, *proof_keys(found)]


def _draw_annual_sign(page: Page, left: float, middle: float) -> None:
    page.path([(left, middle), (left + _KEY_SIGN, middle)], INK, 3, dashed=True)
