"""The Renstra figures of a sample office: the cells of its printed T-C.29 that leave no doubt (domain.md 4.5)."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from domain.plan import RenstraRow
from domain.renstra import RenstraFigures
from domain.units import normal_unit
from samples.choices import Choices
from samples.truth import Truth, TruthRenstra

_PLAIN = re.compile(r"\d+(?:,\d+)?")
"""One number and nothing beside it: "10 0", "5 laporan" and a misread dash are none."""
_HARMLESS = frozenset({"code_cut"})
"""Flags that leave the figures of a row certain."""


def renstra_rows(truth: Truth, choices: Choices) -> Iterator[RenstraRow]:
    """A row for each indicator with a certain figure. What is not printed (budgets, realised s/d n-1) stays empty:
    an estimate of the plan is no realisation."""
    units = {row.number: row.unit for row in truth.rows}
    times = Counter(printed.row for printed in truth.renstra)
    for printed in truth.renstra:
        if times[printed.row] > 1 or printed.flags - _HARMLESS:
            continue
        figures = _certain(printed, units[printed.row])
        if figures:
            yield RenstraRow(choices.code(printed.row), RenstraFigures(**figures))


def _certain(printed: TruthRenstra, unit: str | None) -> dict[str, Decimal]:
    """The cells that hold one plain number in the unit of the plan."""
    return {
        field: Decimal(text.replace(",", "."))
        for field, (text, cell_unit) in printed.cells.items()
        if _PLAIN.fullmatch(text or "") and unit is not None and normal_unit(cell_unit) == normal_unit(unit)
    }
