"""What was measured, as a table on the screen and as a page for people to read."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.table import Table

from bench.machine import describe
from bench.measure import Row
from bench.parts import ROOT, Measured

PAGE: Path = ROOT / "docs" / "benchmarks.md"
_HEADINGS = ("what", "beside", "ours", "peer", "floor", "ratio", "reach", "", "memory")
_INTRODUCTION = """\
# Benchmarks

Written by `uv run python -m bench`{long} on {day}, on {machine}. Both sides of a row were measured in the
same run, by turns where that is possible; figures are medians where nothing else is said. *ratio* is ours by the
peer's, *reach* what is asked for, *floor* what the machine itself needs at least, *memory* the peak of a part's
processes. The peers stand in `bench/peers/`, each with its source. A row that misses says so.
"""


def table(found: Sequence[Measured]) -> Table:
    """For the screen."""
    shown = Table(*_HEADINGS)
    for one in found:
        for cells in _lines(one):
            shown.add_row(*cells)
    return shown


def page(found: Sequence[Measured], *, long: bool) -> str:
    """For docs/benchmarks.md."""
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    head = _INTRODUCTION.format(day=day, machine=describe(), long=" `--long`" if long else "")
    lines = ["|".join(("", *_HEADINGS, "")), "|".join(("", *("---" for _ in _HEADINGS), ""))]
    lines += ["|".join(("", *cells, "")) for one in found for cells in _lines(one)]
    return "\n".join((head, *lines, ""))


def _lines(one: Measured) -> list[tuple[str, ...]]:
    if one.failure:
        return [(one.part, "", "", "", "", "", "", f"failed: {one.failure}", "")]
    return [_cells(row, one.memory) for row in one.rows]


def _cells(row: Row, memory: int) -> tuple[str, ...]:
    floor = "" if row.floor is None else f"{row.floor:.2f} {row.unit}"
    verdict = "" if row.wanted is None else "miss" if row.missed else "ok"
    return (
        f"{row.what} ({row.note})" if row.note else row.what,
        row.beside,
        f"{row.ours:.2f} {row.unit}",
        f"{row.peer:.2f} {row.unit}",
        floor,
        f"{row.ratio:.2f}",
        "" if row.wanted is None else str(row.wanted),
        verdict,
        f"{memory} MiB",
    )
