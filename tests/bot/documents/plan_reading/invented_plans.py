"""Plans of invented offices with known numbers, laid out in every way: what the reader is tried with.

A `Plan` is what is true; a `Layout` says how it is printed; `pages` prints it as grids of text, and `written` puts them
into a file of some kind.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

from docx import Document
from hypothesis import strategies as st
from openpyxl import Workbook

from domain.periods import Period, PeriodKind, periods_of_year

YEAR = 2023
MONTHS = ("Januari", "Pebruari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
          "Nopember", "Desember")  # fmt: skip
_SHORT = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des")
_ROMAN = ("I", "II", "III", "IV")
QUARTERS = (
    tuple(f"TW {n}" for n in _ROMAN),
    tuple(f"TR {n}" for n in _ROMAN),
    tuple(f"Triwulan {n}" for n in _ROMAN),
    tuple(f"TRIWULAN {n}" for n in "1234"),
    tuple(f"TW-{n}" for n in "1234"),
    tuple(f"Tw.{n}" for n in _ROMAN),
)
HEADS = {
    "no": ("NO", "No.", "No"),
    "code": ("Kode", "KODE", "Kode Rekening"),
    "rung": ("Program/Kegiatan", "KEGIATAN", "Sub Kegiatan", "Uraian Kegiatan", "Sasaran Kegiatan"),
    "name": ("Indikator", "INDIKATOR KINERJA", "Indikator Kinerja Kegiatan", "Indikator Sasaran", "Indikator Kinerja"),
    "unit": ("Satuan", "SATUAN"),
    "annual": ("Target", "Target Tahunan", f"Target {YEAR}", "TARGET KINERJA TAHUNAN", "Target Setahun"),
    "budget": ("Anggaran", "Pagu Anggaran (Rp)", "PAGU", "Jumlah Anggaran"),
    "owner": ("Penanggung Jawab", "PENANGGUNG JAWAB", "Penanggungjawab"),
    "note": ("Ket", "KETERANGAN"),
}
_POSTS = ("Kasi Pemerintahan", "Kasi Pemberdayaan Masyarakat", "Kasubbag Umum dan Keuangan", "Sekretaris Kecamatan")
_SUBJECTS = (
    "surat masuk", "arsip kantor", "rapat koordinasi", "pembinaan linmas", "profil desa", "musrenbang kecamatan",
    "monografi", "pelayanan legalisasi", "inventaris barang", "gotong royong", "posyandu aktif", "karang taruna",
    "siskamling", "pajak bumi bangunan", "kelompok tani", "lomba desa",
)  # fmt: skip
_UNITS = ("Dokumen", "Orang", "%", "Kegiatan", "Laporan", "Desa", "Bulan", "Kali")
KINDS = ("tabs", "pipes", "xlsx", "csv", "docx")


@dataclass(frozen=True)
class TrueRow:
    """One indicator with what it really says. `values` are its periods in order, None for no target."""

    name: str
    rung: str
    unit: str
    post: str
    annual: Decimal
    values: tuple[Decimal | None, ...]
    budget: int


@dataclass(frozen=True)
class Plan:
    """A plan of `YEAR` in months or quarters."""

    kind: PeriodKind
    rows: tuple[TrueRow, ...]

    @property
    def periods(self) -> tuple[Period, ...]:
        return periods_of_year(YEAR, self.kind)


@dataclass(frozen=True)
class Layout:
    """How a plan is printed. `seed` decides what is left to chance: synonyms, the order of columns, rows between."""

    file: str
    in_rows: bool
    """Periods below one another beside their indicator, rather than in columns."""
    two_rows: bool
    """A heading of two rows: TARGET above its periods."""
    with_annual: bool
    with_owner: str
    """`column`, `heading` or nothing."""
    with_budget: bool
    units_in_cells: bool
    numbered: bool
    """A row 1 2 3 ... below the heading."""
    shuffled: bool
    pages: int
    repeats_heading: bool
    with_titles: bool
    with_blanks: bool
    with_totals: bool
    seed: int


Grid = list[list[str]]


# --- what is true -------------------------------------------------------------------------------------------------


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan of two to seven indicators."""
    kind = draw(st.sampled_from([PeriodKind.MONTH, PeriodKind.QUARTER]))
    subjects = draw(st.lists(st.sampled_from(_SUBJECTS), min_size=2, max_size=7, unique=True))
    return Plan(kind, tuple(draw(_row(subject, 12 // kind)) for subject in subjects))


@st.composite
def _row(draw: st.DrawFn, subject: str, count: int) -> TrueRow:
    unit = draw(st.sampled_from(_UNITS))
    word = "Persentase" if unit == "%" else "Jumlah"
    annual, values = draw(_rising(count) if unit == "%" else st.one_of(_amounts(count), _level(count)))
    return TrueRow(
        name=f"{word} {subject} yang terlaksana",
        rung=f"Penyelenggaraan {subject}",
        unit=unit,
        post=draw(st.sampled_from(_POSTS)),
        annual=Decimal(annual),
        values=tuple(None if value is None else Decimal(value) for value in values),
        budget=draw(st.integers(1, 90)) * 250_000,
    )


Numbers = tuple[int, list[int | None]]


@st.composite
def _amounts(draw: st.DrawFn, count: int) -> Numbers:
    """Amounts that add up to the year, some periods without any."""
    values = draw(st.lists(st.none() | st.integers(1, 60), min_size=count, max_size=count))
    if not any(values):
        values[-1] = 5
    return sum(value or 0 for value in values), values


@st.composite
def _level(draw: st.DrawFn, count: int) -> Numbers:
    """The same in every period and for the year."""
    value = draw(st.integers(1, 300))
    return value, [value] * count


@st.composite
def _rising(draw: st.DrawFn, count: int) -> Numbers:
    """Percentages that rise to those of the year."""
    values: list[int | None] = [*sorted(draw(st.lists(st.integers(1, 100), min_size=count, max_size=count)))]
    return values[-1] or 0, values


layouts = st.builds(
    Layout,
    file=st.sampled_from(KINDS),
    in_rows=st.booleans(),
    two_rows=st.booleans(),
    with_annual=st.booleans(),
    with_owner=st.sampled_from(["", "column", "heading"]),
    with_budget=st.booleans(),
    units_in_cells=st.booleans(),
    numbered=st.booleans(),
    shuffled=st.booleans(),
    pages=st.integers(1, 3),
    repeats_heading=st.booleans(),
    with_titles=st.booleans(),
    with_blanks=st.booleans(),
    with_totals=st.booleans(),
    seed=st.integers(0, 10_000),
)


# --- how it is printed --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Column:
    """A column: what it holds, its heading and, for a period in a column, which."""

    what: str
    head: str
    period: int = -1


def pages(plan: Plan, layout: Layout) -> list[tuple[list[str], Grid]]:
    """The plan as pages: the lines above each table, and its cells."""
    chance = Random(layout.seed)
    columns = _columns(plan, layout, chance)
    body = [_printed(row, at, plan, layout, columns) for at, row in enumerate(plan.rows, 1)]
    owners = [row.post for row in plan.rows]
    groups = _by_owner(body, owners) if layout.with_owner == "heading" else [("", body)]
    found: list[tuple[list[str], Grid]] = []
    for post, blocks in groups:
        found.extend(_of_group(post, blocks, layout, columns, chance))
    title = ["RENCANA AKSI PERJANJIAN KINERJA", f"KECAMATAN CONTOH TAHUN {YEAR}"]
    first, *rest = found
    return [([*title, *first[0]], first[1]), *rest]


def _by_owner(body: list[Grid], owners: list[str]) -> list[tuple[str, list[Grid]]]:
    return [
        (post, [block for block, owner in zip(body, owners, strict=True) if owner == post])
        for post in dict.fromkeys(owners)
    ]


def _of_group(
    post: str, blocks: list[Grid], layout: Layout, columns: list[_Column], chance: Random
) -> list[tuple[list[str], Grid]]:
    heading = _heading(layout, columns)
    cuts = sorted(chance.sample(range(1, len(blocks)), min(layout.pages, len(blocks)) - 1)) if len(blocks) > 1 else []
    parts = [blocks[start:end] for start, end in zip([0, *cuts], [*cuts, len(blocks)], strict=True)]
    found: list[tuple[list[str], Grid]] = []
    for at, part in enumerate(parts):
        grid = [*heading] if at == 0 or layout.repeats_heading else []
        for block in part:
            grid.extend(_between(layout, len(columns), chance))
            grid.extend(block)
        if layout.with_totals and at == len(parts) - 1:
            grid.append(_total(part, columns))
        found.append(([post] if post and at == 0 else [], grid))
    return found


def _between(layout: Layout, width: int, chance: Random) -> Grid:
    """Rows that people put between: blank ones, titles of a section."""
    rows: Grid = []
    if layout.with_blanks and chance.random() < 0.3:
        rows.append([""] * width)
    if layout.with_titles and chance.random() < 0.3:
        rows.append(
            [chance.choice(["A. Program Penunjang Urusan", "PROGRAM PEMBERDAYAAN", "B. PELAYANAN"])]
            + [""] * (width - 1)
        )
    return rows


def _total(part: list[Grid], columns: list[_Column]) -> list[str]:
    """A row that adds up what is printed above it."""
    row = [""] * len(columns)
    row[0] = "JUMLAH"
    for at, column in enumerate(columns):
        if column.what == "budget" and at:
            row[at] = _thousands(sum(int(block[0][at].replace(".", "") or 0) for block in part))
    return row


def _columns(plan: Plan, layout: Layout, chance: Random) -> list[_Column]:
    def head(what: str) -> str:
        return chance.choice(HEADS[what])

    names = list(chance.choice([MONTHS, _SHORT]) if plan.kind is PeriodKind.MONTH else chance.choice(QUARTERS))
    if layout.in_rows:
        period_head = "Bulan" if plan.kind is PeriodKind.MONTH else "Triwulan"
        periods = [_Column("label", period_head), _Column("value", f"Target {period_head}")]
    else:
        periods = [_Column("period", name, at) for at, name in enumerate(names)]
    first = [_Column("no", head("no"))]
    rungs = [_Column("rung", head("rung"))]
    named = [_Column("name", head("name"))]
    units = [] if layout.units_in_cells else [_Column("unit", head("unit"))]
    years = [_Column("annual", head("annual"))] if layout.with_annual else []
    money = [_Column("budget", head("budget"))] if layout.with_budget else []
    owner = [_Column("owner", head("owner"))] if layout.with_owner == "column" else []
    groups = [rungs, named, units, years, periods, money, owner]
    if layout.shuffled:
        chance.shuffle(groups)
    return [*first, *(column for group in groups for column in group)]


def _heading(layout: Layout, columns: list[_Column]) -> Grid:
    heads = [column.head for column in columns]
    rows: Grid = [heads]
    at = next((at for at, column in enumerate(columns) if column.what == "period"), None)
    if layout.two_rows and at is not None:
        above = ["" if column.what == "period" else column.head for column in columns]
        above[at] = "TARGET TRIWULAN" if columns[-1].period < 12 and _count(columns) == 4 else "TARGET BULANAN"
        rows = [above, [column.head if column.what == "period" else "" for column in columns]]
    if layout.numbered:
        rows.append([str(number) for number in range(1, len(columns) + 1)])
    return rows


def _count(columns: list[_Column]) -> int:
    return sum(column.what == "period" for column in columns)


def _printed(row: TrueRow, number: int, plan: Plan, layout: Layout, columns: list[_Column]) -> Grid:
    if not layout.in_rows:
        return [[_cell(column, row, number, layout, 0) for column in columns]]
    names = MONTHS if plan.kind is PeriodKind.MONTH else QUARTERS[0]
    lines: Grid = []
    for at, name in enumerate(names):
        cells = [
            _cell(column, row, number, layout, at) if at == 0 or column.what == "value" else "" for column in columns
        ]
        lines.append([name if column.what == "label" else cell for column, cell in zip(columns, cells, strict=True)])
    return lines


def _cell(column: _Column, row: TrueRow, number: int, layout: Layout, at: int) -> str:
    match column.what:
        case "no":
            return str(number)
        case "rung":
            return row.rung
        case "name":
            return row.name
        case "unit":
            return row.unit
        case "annual":
            return _amount(row.annual, row, layout)
        case "budget":
            return _thousands(row.budget)
        case "owner":
            return row.post
        case "period" | "value":
            value = row.values[column.period if column.what == "period" else at]
            return "-" if value is None else _amount(value, row, layout)
        case _:
            return ""


def _amount(value: Decimal, row: TrueRow, layout: Layout) -> str:
    if not layout.units_in_cells:
        return str(value)
    return f"{value}%" if row.unit == "%" else f"{value} {row.unit}"


def _thousands(value: int) -> str:
    return f"{value:,}".replace(",", ".")


# --- files --------------------------------------------------------------------------------------------------------


def written(found: Sequence[tuple[list[str], Grid]], kind: str, folder: Path) -> Path:
    """The pages in a file of that kind."""
    path = folder / f"rencana.{'txt' if kind in ('tabs', 'pipes') else kind}"
    match kind:
        case "xlsx":
            _as_xlsx(found, path)
        case "docx":
            _as_docx(found, path)
        case "csv":
            rows = [line for above, grid in found for line in (*([text] for text in above), *grid, [])]
            path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
        case "pipes":
            path.write_text(_text(found, lambda row: f"| {' | '.join(row)} |"), encoding="utf-8")
        case _:
            path.write_text(_text(found, "\t".join), encoding="utf-8")
    return path


def _text(found: Sequence[tuple[list[str], Grid]], line: "object") -> str:
    assert callable(line)
    parts = ["\n".join([*above, "", *(str(line(row)) for row in grid), ""]) for above, grid in found]
    return "\n".join(parts)


def _as_xlsx(found: Sequence[tuple[list[str], Grid]], path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for above, grid in found:
        for text in above:
            sheet.append([text])
        for row in grid:
            sheet.append([int(cell) if cell.isdecimal() else cell or None for cell in row])
        sheet.append([])
    book.save(path)


def _as_docx(found: Sequence[tuple[list[str], Grid]], path: Path) -> None:
    document = Document()
    for above, grid in found:
        for text in above:
            document.add_paragraph(text)
        table = document.add_table(rows=len(grid), cols=len(grid[0]))
        for row, cells in zip(table.rows, grid, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        document.add_paragraph("")
    document.save(str(path))
