"""The rows of a truth file: what one scanned plan prints, indicator by indicator, with the flags of its doubts."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from domain.modes import Rhythm
from domain.periods import Period, PeriodKind, periods_of_year
from domain.plan import Level

_LEADING_NUMBER = re.compile(r"[\d.,]+\s*")
_RHYTHMS = {"bulan": Rhythm.MONTHLY, "triwulan": Rhythm.QUARTERLY, "tahun": Rhythm.QUARTERLY}
"""A plan with annual targets only is reported by the quarter."""


@dataclass(frozen=True)
class TruthRow:
    """One indicator as printed. `number` is the end of its id, `016`.

    `cells` holds the period targets in order, None for a blank, a dash, a compound or a lost cell; it is empty where
    the plan has annual targets only. `lost` are the positions that are not in the text, `moved` the second possible
    reading of the cells. `cell_unit` is the unit inside the cells where it differs from `unit`.
    """

    number: str
    level: Level
    path: Mapping[str, str]
    owner: str | None
    last_heading: str | None
    name: str | None
    unit: str | None
    cell_unit: str | None
    annual: Decimal | None
    annual_text: str
    cells: tuple[Decimal | None, ...]
    cell_texts: tuple[str, ...]
    lost: frozenset[int]
    moved: tuple[Decimal | None, ...] | None
    rhythm: Rhythm
    budget: Decimal | None
    ket: str
    lines: str
    flags: frozenset[str]
    repeats: str | None
    code: str = ""
    """The printed code of a budget line, empty where none is."""

    @property
    def is_context(self) -> bool:
        """Printed without any target: shown for orientation, never asked."""
        printed = self.annual is not None or any(cell is not None for cell in self.cells)
        return not printed and not self.flags & {"target_missing", "compound_value"}

    @property
    def is_loose(self) -> bool:
        """Month rows whose number, text, unit and annual target are on the lost part of the page."""
        return "indicator_missing" in self.flags and "unit_missing" in self.flags and self.annual is None


@dataclass(frozen=True)
class TruthService:
    """One row of the table of services as printed. `number` is the end of its id, `02`; `group` the heading above it.

    `months` holds the counts of January to December, None for a month that is not in the text. A dash is 0 here
    (domain.md 4.7).
    """

    number: str
    name: str
    group: str | None
    months: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class TruthRenstra:
    """One row of T-C.29, of the row of the plan with that number. Each cell is the printed text and its unit."""

    row: str
    cells: Mapping[str, tuple[str, str | None]]
    flags: frozenset[str]


@dataclass(frozen=True)
class Truth:
    """A whole plan. `office` is the kecamatan without that word; `kabupaten` is empty where it is not printed."""

    office: str
    kabupaten: str
    year: int
    rows: tuple[TruthRow, ...]
    services: tuple[TruthService, ...] = ()
    renstra: tuple[TruthRenstra, ...] = ()

    @property
    def kind(self) -> PeriodKind:
        return PeriodKind.MONTH if self.rows[0].rhythm is Rhythm.MONTHLY else PeriodKind.QUARTER

    @property
    def periods(self) -> tuple[Period, ...]:
        return periods_of_year(self.year, self.kind)


def load_truth(path: Path) -> Truth:
    """Read one `*.truth.json`."""
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    year = data["tahun"]
    return Truth(
        office=data["kecamatan"],
        kabupaten=data.get("kabupaten", ""),
        year=year,
        rows=tuple(_row(entry) for entry in data["indicators"]),
        services=tuple(_service(entry) for entry in data.get(f"paten_{year - 1}", {"rows": []})["rows"]),
        renstra=tuple(
            _renstra(entry, year) for entry in data.get(f"evaluasi_{year - 2}", []) if entry["rencana_id"] is not None
        ),
    )


def _service(entry: dict[str, Any]) -> TruthService:
    return TruthService(
        number=entry["id"].rsplit("-", 1)[1],
        name=entry["jenis_pelayanan"],
        group=entry["kelompok"],
        months=tuple(_count(cell) for cell in entry["months"]),
    )


def _count(cell: dict[str, Any]) -> Decimal | None:
    """What was counted in a month; the signs that are no number are dashes, well read or misread."""
    if cell["value"] is not None:
        return Decimal(cell["value"])
    return Decimal(0) if cell["printed"] else None


def _renstra(entry: dict[str, Any], year: int) -> TruthRenstra:
    printed = {
        "end_target": "target_renstra",
        "early": f"realisasi_{year - 3}",
        "target_two_before": f"target_{year - 2}",
        "realised_two_before": f"realisasi_{year - 2}",
        "target_one_before": f"target_{year - 1}",
    }
    cells = {field: (entry[key]["printed"], entry[key]["satuan"]) for field, key in printed.items()}
    return TruthRenstra(entry["rencana_id"].rsplit("-", 1)[1], cells, frozenset(entry["flags"]))


def number(value: float | str | None) -> Decimal | None:
    """A printed number as an exact Decimal: 84.0 is 84."""
    if value is None:
        return None
    exact = Decimal(str(value))
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact


def _row(entry: dict[str, Any]) -> TruthRow:
    flags: list[str] = entry["flags"]
    cells: list[dict[str, Any]] = [] if entry["periods"] == "tahun" else entry["targets"]
    annual: dict[str, Any] = entry["target_tahunan"] or {}
    has_columns = "no_target_columns" not in flags
    moved: list[dict[str, Any]] | None = entry.get("alt_targets")
    return TruthRow(
        number=entry["id"].rsplit("-", 1)[1],
        level=Level(entry["level"]),
        path=entry["path"],
        owner=entry["penanggung_jawab"],
        last_heading=entry.get("last_heading"),
        name=entry["indikator"],
        unit=entry["satuan"] or entry["satuan_norm"],
        cell_unit=_cell_unit(cells) if "unit_mismatch" in flags else None,
        annual=number(annual.get("value")),
        annual_text=annual.get("printed") or "",
        cells=tuple(number(cell["value"]) for cell in cells),
        cell_texts=tuple(cell["printed"] or "" for cell in cells),
        lost=frozenset(place for place, cell in enumerate(cells) if has_columns and cell["printed"] is None),
        moved=tuple(number(cell["value"]) for cell in moved) if moved else None,
        rhythm=_RHYTHMS[entry["periods"]],
        budget=number(entry["anggaran"]),
        ket=entry.get("ket") or "",
        lines=entry["printed_row"].split(",")[0],
        flags=frozenset(flag for flag in flags if ":" not in flag),
        code=entry.get("kode") or "",
        repeats=next((flag.rsplit("-", 1)[1] for flag in flags if flag.startswith("duplicate_of:")), None),
    )


def _cell_unit(cells: list[dict[str, Any]]) -> str | None:
    printed = next((cell["printed"] for cell in cells if cell["printed"]), None)
    return _LEADING_NUMBER.sub("", printed, count=1) if printed else None
