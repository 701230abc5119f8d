"""What the reader makes of five real plans, held against what they print, cell by cell.

`plans/NAME.txt` is the text of a scanned plan and `plans/NAME.json` what it says: a row for each indicator with its
lines, its numbers and the flags of what the scan did to it. The measure reads the JSON of `renaksi check`, as a
stranger would. `python -m tests.bot.documents.plan_reading.truth [NAME ...]` prints it with the list of misses.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from bot.documents.check_report import report

PLANS = Path(__file__).parent / "plans"
NAMES = tuple(path.stem for path in sorted(PLANS.glob("*.txt")))

BROKEN = frozenset(
    {
        "column_shift", "column_shift_suspected", "merged_row", "target_missing",
        "months_cut", "join_uncertain", "stray_rows", "text_truncated",
    }
)  # fmt: skip
"""Flags of a row that is not whole: whoever reads it must ask."""
TO_ASK = BROKEN | {
    "compound_value", "duplicate_of", "header_shift", "indicator_missing", "unit_missing", "unit_mismatch",
    "annual_missing", "owner_lost", "owner_uncertain", "month_label_missing", "digit_lost",
}  # fmt: skip
"""Flags that a person must hear of, where the row has a target."""

_ALIKE = 90
"""From how alike, out of 100, two names are taken for one where the place differs."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Miss:
    """One thing read otherwise than it is printed."""

    what: str
    row: Row
    detail: str

    def __str__(self) -> str:
        row = self.row
        lines = ",".join(f"L{first}-{last}" if first != last else f"L{first}" for first, last in row["lines"])
        flags = " ".join(row["flags"])
        return f"{self.what:8} {row['id']} {lines} {row['level']} {str(row['name'])[:50]!r} [{flags}]: {self.detail}"


@dataclass
class Measure:
    """How a plan was read. Cells are the period targets and annual targets that print a number."""

    right: int = 0
    asked: int = 0
    wrong: int = 0
    """Read as something else, invented, or left out without a question."""
    whole: int = 0
    """Rows with a number and without a flag of `BROKEN`."""
    whole_right: int = 0
    flagged: int = 0
    flagged_not_asked: int = 0
    misses: list[Miss] = field(default_factory=list[Miss])

    @property
    def whole_share(self) -> float:
        """Whole rows of which every cell is right, from 0 to 1."""
        return self.whole_right / self.whole if self.whole else 1.0

    def __str__(self) -> str:
        return (
            f"{self.right} right, {self.asked} asked, {self.wrong} silently wrong; "
            f"whole rows {self.whole_right}/{self.whole} = {self.whole_share:.1%}; "
            f"flagged {self.flagged}, not asked {self.flagged_not_asked}"
        )


def measured(name: str) -> Measure:
    """The measure of one of `NAMES`."""
    return compared(truth(name), json.loads(report(PLANS / f"{name}.txt").as_json()))


def truth(name: str) -> Mapping[str, Any]:
    """What the plan of that name prints."""
    return json.loads((PLANS / f"{name}.json").read_text(encoding="utf-8"))


def compared(plan: Mapping[str, Any], checked: Mapping[str, Any]) -> Measure:
    """A plan's truth against the JSON of `check`."""
    measure = Measure()
    items: Sequence[Row] = checked["indicators"]
    pairs = _paired(plan["rows"], items)
    questions = checked["questions"]
    asked_codes = {question.get("indicator") for question in questions}
    asked_lines = {(question["place"] or {}).get("line") for question in questions}
    for at, row in enumerate(plan["rows"]):
        item = items[pairs[at]] if at in pairs else None
        if item is None:
            is_asked = bool(asked_lines & set(_lines(row)))
        else:
            is_asked = item["status"] == "ask" and item["code"] in asked_codes
        _count(measure, row, item, is_asked=is_asked)
    for at in set(range(len(items))) - set(pairs.values()):
        _count_invented(measure, items[at])
    return measure


def _count(measure: Measure, row: Row, item: Row | None, *, is_asked: bool) -> None:
    cells = tuple(_cells(row, item))
    printed = [cell for cell in cells if cell[1] is not None]
    right = [cell for cell in printed if cell[1] == cell[2]]
    wrong = [cell for cell in cells if cell[2] is not None and cell[1] != cell[2]]
    left = [cell for cell in printed if cell[2] is None]
    measure.right += len(right)
    measure.wrong += len(wrong) + (0 if is_asked else len(left))
    measure.asked += len(left) if is_asked else 0
    if wrong or (left and not is_asked):
        what = "WRONG" if item is not None else "UNREAD"
        measure.misses.append(Miss(what, row, _told([*wrong, *([] if is_asked else left)])))
    flags = {flag.partition(":")[0] for flag in row["flags"]}
    if printed and not flags & BROKEN:
        measure.whole += 1
        measure.whole_right += len(right) == len(printed)
        if len(right) < len(printed) and is_asked:
            measure.misses.append(Miss("asked", row, _told(left)))
    if flags & BROKEN or (flags & TO_ASK and printed):
        measure.flagged += 1
        if not is_asked:
            measure.flagged_not_asked += 1
            measure.misses.append(Miss("UNASKED", row, "" if item else "not in the list"))


def _count_invented(measure: Measure, item: Row) -> None:
    """Numbers of an indicator that the plan does not have."""
    numbers = [value for value in (item["annual_target"], *item["targets"].values()) if value is not None]
    if numbers and item["status"] == "ok":
        measure.wrong += len(numbers)
        row = {"id": "---", "lines": [], "level": item["level"], "name": item["indicator"], "flags": []}
        measure.misses.append(Miss("INVENTED", row, f"{item['place']}: {', '.join(numbers)}"))


Cell = tuple[str, Decimal | None, Decimal | None]
"""Which cell, what is printed, what was read."""


def _cells(row: Row, item: Row | None) -> Iterator[Cell]:
    for code, printed in row["targets"].items():
        read = None if item is None else item["targets"].get(code)
        yield code, _number(printed), _number(read)
    only_year = len(row["targets"]) == 1
    if not only_year:
        yield "year", _number(row["annual"]), None if item is None else _number(item["annual_target"])


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _told(cells: Iterable[Cell]) -> str:
    return "; ".join(f"{code} printed {printed} read {read}" for code, printed, read in cells)


# --- which indicator is which row ---------------------------------------------------------------------------------


def _paired(rows: Sequence[Row], items: Sequence[Row]) -> dict[int, int]:
    """For rows the indicator that was read of them, the best pairs first; each is used once."""
    scored = [
        (score, -at, -number)
        for at, row in enumerate(rows)
        for number, item in enumerate(items)
        if (score := _likeness(row, item))
    ]
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _score, at, number in sorted(scored, reverse=True):
        if -at not in pairs and -number not in used:
            pairs[-at] = -number
            used.add(-number)
    return pairs


def _likeness(row: Row, item: Row) -> float:
    """How well an indicator fits a row, 0 for not at all: its place, its name, its level."""
    near = (item["place"] or {}).get("line") in _lines(row)
    alike = _alike(row["name"], item["indicator"])
    if not near and (alike < _ALIKE or row["name"] is None):
        return 0
    return 100 * near + alike + 30 * (row["level"] == item["level"])


def _alike(one: str | None, other: str | None) -> float:
    if one is None or other is None:
        return 100.0 if one is other else 0.0
    return fuzz.ratio(_plain(one), _plain(other))


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def _lines(row: Row) -> frozenset[int]:
    return frozenset(line for first, last in row["lines"] for line in range(first, last + 1))


def main(names: Sequence[str]) -> None:
    """Print the measure of the named plans, or of all."""
    for name in names or NAMES:
        measure = measured(name)
        sys.stdout.write("\n".join((f"{name}: {measure}", *(f"  {miss}" for miss in measure.misses), "")))


if __name__ == "__main__":
    main(sys.argv[1:])
