"""Plans of invented offices with known numbers, laid out in every way: what the reader is tried with.

A `Plan` is what is true; a `Layout` says how it is printed; `pages` prints it as grids of text, and `written` puts them
into a file of some kind.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

from docx import Document
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

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
    """A plan of `YEAR` in months or quarters. `program` is printed only where a layout sets its columns beside."""

    kind: PeriodKind
    rows: tuple[TrueRow, ...]
    program: TrueRow

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
    carried: bool
    """A name that several rows share is printed at the first of them."""
    ladder: bool
    """A row with nothing but the name of a program stands above the others."""
    beside: str
    """What stands beside each period in columns: `Realisasi`, `Rp` or nothing."""
    program_beside: bool
    """A program with an indicator of its own stands left of the others."""
    cut_inside: bool
    """Where periods stand in rows, a page ends in the middle of an indicator."""
    thousands: str
    """The sign between thousands."""
    seed: int

    @property
    def has_upper_heading(self) -> bool:
        return not self.in_rows and (self.two_rows or bool(self.beside))


Grid = list[list[str]]
LEFT, ABOVE = "\N{LEFTWARDS ARROW}", "\N{UPWARDS ARROW}"
"""Cells that a merged cell covers, the one left of them or the one above; blank in text."""


# --- what is true -------------------------------------------------------------------------------------------------


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan of two to seven indicators."""
    kind = draw(st.sampled_from([PeriodKind.MONTH, PeriodKind.QUARTER]))
    subjects = draw(st.lists(st.sampled_from(_SUBJECTS), min_size=2, max_size=7, unique=True))
    rows = tuple(draw(_row(subject, 12 // kind)) for subject in subjects)
    return Plan(kind, rows, draw(_row("pelayanan umum", 12 // kind)))


@st.composite
def _row(draw: st.DrawFn, subject: str, count: int) -> TrueRow:
    unit = draw(st.sampled_from(_UNITS))
    word = "Persentase" if unit == "%" else "Jumlah"
    annual, values = draw(
        _rising(count) if unit == "%" else st.one_of(_amounts(count), _level(count), _thousands_of(count))
    )
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
def _thousands_of(draw: st.DrawFn, count: int) -> Numbers:
    """Amounts of which some need a sign between thousands."""
    values: list[int | None] = [*draw(st.lists(st.integers(90, 4_000), min_size=count, max_size=count))]
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
    carried=st.booleans(),
    ladder=st.booleans(),
    beside=st.sampled_from(["", "", "Realisasi", "Rp"]),
    program_beside=st.booleans(),
    cut_inside=st.booleans(),
    thousands=st.sampled_from(["", ".", ","]),
    seed=st.integers(0, 10_000),
)


# --- how it is printed --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Column:
    """A column: what it holds, its heading and, for a period in a column, which. `of_program` are those left of the
    others, `upper` the heading above a set of columns."""

    what: str
    head: str
    period: int = -1
    of_program: bool = False
    upper: str = ""


Page = tuple[list[str], Grid]
"""The lines above a table, and its cells."""


def true_rows(plan: Plan, layout: Layout) -> tuple[TrueRow, ...]:
    """The indicators that the layout prints."""
    return (plan.program, *plan.rows) if _has_program(layout) else plan.rows


def _has_program(layout: Layout) -> bool:
    return layout.program_beside and layout.with_owner != "heading"


def pages(plan: Plan, layout: Layout) -> list[Page]:
    """The plan as it is printed."""
    chance = Random(layout.seed)
    columns = _columns(plan, layout, chance)
    body = [_printed(at, plan, layout, columns) for at in range(len(plan.rows))]
    owners = [row.post if layout.with_owner == "heading" else "" for row in plan.rows]
    found: list[Page] = []
    for post in dict.fromkeys(owners):
        blocks = [block for block, owner in zip(body, owners, strict=True) if owner == post]
        found.extend(_of_group(post, blocks, layout, columns, chance))
    title = ["RENCANA AKSI PERJANJIAN KINERJA", f"KECAMATAN CONTOH TAHUN {YEAR}"]
    first, *rest = found
    return [([*title, *first[0]], first[1]), *rest]


def _of_group(post: str, blocks: list[Grid], layout: Layout, columns: list[_Column], chance: Random) -> list[Page]:
    heading = _heading(layout, columns)
    cuts = sorted(chance.sample(range(1, len(blocks)), min(layout.pages, len(blocks)) - 1)) if len(blocks) > 1 else []
    parts = [blocks[start:end] for start, end in zip([0, *cuts], [*cuts, len(blocks)], strict=True)]
    found: list[Page] = []
    for at, part in enumerate(parts):
        grid = list(heading) if at == 0 or layout.repeats_heading else []
        for block in part:
            grid.extend(_between(layout, columns, chance))
            grid.extend(block)
        if layout.with_totals and at == len(parts) - 1:
            grid.append(_total(part, columns))
        found.append(([post] if post and at == 0 else [], grid))
    if layout.in_rows and layout.cut_inside:
        return _cut(found, heading, layout, chance)
    return found


def _cut(found: list[Page], heading: Grid, layout: Layout, chance: Random) -> list[Page]:
    """The last page cut in two at any row below its heading."""
    above, grid = found[-1]
    start = len(heading) if grid[: len(heading)] == heading else 0
    if len(grid) - start < 3:
        return found
    at = chance.randrange(start + 1, len(grid))
    rest = [*(heading if layout.repeats_heading else []), *grid[at:]]
    return [*found[:-1], (above, grid[:at]), ([], rest)]


def _between(layout: Layout, columns: list[_Column], chance: Random) -> Grid:
    """Rows that people put between: blank ones, titles of a section, the name of a program alone."""
    rows: Grid = []
    blank = [""] * len(columns)
    if layout.with_blanks and chance.random() < 0.3:
        rows.append(blank)
    if layout.with_titles and chance.random() < 0.3:
        rows.append(
            [chance.choice(["A. Program Penunjang Urusan", "PROGRAM PEMBERDAYAAN", "B. PELAYANAN"]), *blank[1:]]
        )
    if layout.ladder and chance.random() < 0.4:
        name = chance.choice(["PROGRAM PEMERINTAHAN UMUM", "Program Pembinaan Desa"])
        rows.append([name if column.what == "rung" and not column.of_program else "" for column in columns])
    return rows


def _total(part: list[Grid], columns: list[_Column]) -> list[str]:
    """A row that adds up the money printed above it."""
    row = [""] * len(columns)
    row[0] = "JUMLAH"
    for at, column in enumerate(columns):
        if column.what in ("budget", "Rp") and at:
            row[at] = _grouped(sum(int(re.sub(r"\D", "", block[0][at]) or 0) for block in part), ".")
    return row


def _columns(plan: Plan, layout: Layout, chance: Random) -> list[_Column]:
    rung, name, *groups = _groups(plan, layout, chance)
    if layout.shuffled:
        # beside another set of columns the names stand first, or nobody could tell where the next set begins
        groups = groups if _has_program(layout) else [rung, name, *groups]
        chance.shuffle(groups)
    if not layout.shuffled or _has_program(layout):
        groups = [rung, name, *groups]
    program = _groups(plan, layout, chance, of_program=True) if _has_program(layout) else []
    first = _Column("no", chance.choice(HEADS["no"]))
    return [first, *(column for group in (*program, *groups) for column in group)]


def _groups(plan: Plan, layout: Layout, chance: Random, *, of_program: bool = False) -> list[list[_Column]]:
    """The sets of columns of one kind of row."""

    def one(what: str) -> list[_Column]:
        return [_Column(what, chance.choice(HEADS[what]), of_program=of_program)]

    rung = [_Column("rung", "Program", of_program=True)] if of_program else one("rung")
    name = [_Column("name", "Indikator Program", of_program=True)] if of_program else one("name")
    unit = [] if layout.units_in_cells else one("unit")
    annual = one("annual") if layout.with_annual else []
    periods = _periods(plan, layout, chance, of_program=of_program)
    if of_program:
        return [rung, name, unit, annual, periods]
    budget = one("budget") if layout.with_budget else []
    owner = one("owner") if layout.with_owner == "column" else []
    return [rung, name, unit, annual, periods, budget, owner]


def _periods(plan: Plan, layout: Layout, chance: Random, *, of_program: bool) -> list[_Column]:
    is_monthly = plan.kind is PeriodKind.MONTH
    if layout.in_rows:
        head = "Bulan" if is_monthly else "Triwulan"
        return [
            _Column("label", head, of_program=of_program),
            _Column("value", f"Target {head}", of_program=of_program),
        ]
    names = chance.choice([MONTHS, _SHORT]) if is_monthly else chance.choice(QUARTERS)
    if layout.beside:
        kinds = ("Target", "Realisasi") if layout.beside == "Realisasi" else ("K", "Rp")
        return [
            _Column("period" if at == 0 else layout.beside, kind, period, of_program, name)
            for period, name in enumerate(names)
            for at, kind in enumerate(kinds)
        ]
    upper = "TARGET BULANAN" if is_monthly else "TARGET TRIWULAN"
    return [_Column("period", name, at, of_program, upper) for at, name in enumerate(names)]


def _heading(layout: Layout, columns: list[_Column]) -> Grid:
    rows: Grid = [[column.head for column in columns]]
    if layout.has_upper_heading:
        upper: list[str] = []
        for left, column in zip([None, *columns], columns, strict=False):
            is_same = (
                left is not None and column.upper and (left.upper, left.of_program) == (column.upper, column.of_program)
            )
            upper.append(LEFT if is_same else column.upper or column.head)
        rows = [upper, [column.head if column.upper else ABOVE for column in columns]]
    if layout.numbered:
        rows.append([str(number) for number in range(1, len(columns) + 1)])
    return rows


def _printed(at: int, plan: Plan, layout: Layout, columns: list[_Column]) -> Grid:
    """The rows of one indicator."""
    count = len(plan.periods) if layout.in_rows else 1
    names = MONTHS if plan.kind is PeriodKind.MONTH else QUARTERS[0]
    lines: Grid = []
    for line in range(count):
        cells: list[str] = []
        for column in columns:
            row = plan.program if column.of_program else plan.rows[at]
            is_carried = column.what == "rung" and layout.carried and bool(at % 2)
            if column.of_program and at:
                cells.append("")
            elif column.what == "label":
                cells.append(names[line])
            else:
                is_blank = is_carried or (line and column.what != "value")
                cells.append("" if is_blank else _cell(column, row, at + 1, layout, line))
        lines.append(cells)
    return lines


def _cell(column: _Column, row: TrueRow, number: int, layout: Layout, line: int) -> str:
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
        case "budget" | "Rp":
            return _grouped(row.budget, ".")
        case "owner":
            return row.post
        case "period" | "value":
            value = row.values[column.period if column.what == "period" else line]
            return "-" if value is None else _amount(value, row, layout)
        case _:
            return ""


def _amount(value: Decimal, row: TrueRow, layout: Layout) -> str:
    number = _grouped(int(value), layout.thousands)
    if not layout.units_in_cells:
        return number
    return f"{number}%" if row.unit == "%" else f"{number} {row.unit}"


def _grouped(value: int, sign: str) -> str:
    return f"{value:,}".replace(",", sign)


_TELLING = 3
"""Rows of a table from which one with another number of cells stands out."""


def damaged(found: list[Page], seed: int, *, adds: bool) -> list[Page]:
    """The pages with a cell too many or one too few in a row of numbers, as a scan leaves them."""
    chance = Random(seed)
    pages = [(above, [list(row) for row in grid]) for above, grid in found]
    tables = [[row for row in grid[1:] if _holds_numbers(row)] for _above, grid in pages]
    rows = [row for table in tables if len(table) >= _TELLING for row in table]
    if rows:
        row = chance.choice(rows)
        at = chance.choice([at for at, cell in enumerate(row) if at > 1 and (cell in ("", "-") or cell[:1].isdigit())])
        row[at:at] = [""] if adds else []
        if not adds:
            del row[at]
    return pages


def _holds_numbers(row: list[str]) -> bool:
    filled = [cell for cell in row if cell]
    is_heading = LEFT in row or ABOVE in row or all(cell.isdigit() for cell in filled)
    return len(filled) > 2 and not is_heading and any(cell in ("", "-") or cell[:1].isdigit() for cell in row[2:])


# --- files --------------------------------------------------------------------------------------------------------


def written(found: Sequence[Page], kind: str, folder: Path) -> Path:
    """The pages in a file of that kind."""
    path = folder / f"rencana.{'txt' if kind in ('tabs', 'pipes') else kind}"
    match kind:
        case "xlsx":
            _as_xlsx(found, path)
        case "docx":
            _as_docx(found, path)
        case "csv":
            rows = [line for above, grid in found for line in (*([text] for text in above), *_flat(grid), [])]
            path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
        case "pipes":
            _as_text(found, path, lambda row: f"| {' | '.join(row)} |")
        case _:
            _as_text(found, path, "\t".join)
    return path


def _flat(grid: Grid) -> Grid:
    """The cells of a file that knows no merged ones."""
    return [["" if cell in (LEFT, ABOVE) else cell for cell in row] for row in grid]


def _as_text(found: Sequence[Page], path: Path, line: Callable[[list[str]], str]) -> None:
    parts = ["\n".join([*above, "", *map(line, _flat(grid)), ""]) for above, grid in found]
    path.write_text("\n".join(parts), encoding="utf-8")


def _merged(grid: Grid) -> Iterator[tuple[int, int, int, int]]:
    """The merged cells of a grid: first row and column, last row and column, from 0."""
    for top, row in enumerate(grid):
        for left, cell in enumerate(row):
            if cell in (LEFT, ABOVE):
                continue
            right, bottom = left, top
            while right + 1 < len(row) and row[right + 1] == LEFT:
                right += 1
            while bottom + 1 < len(grid) and grid[bottom + 1][left] == ABOVE:
                bottom += 1
            if (right, bottom) != (left, top):
                yield top, left, bottom, right


def _as_xlsx(found: Sequence[Page], path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    line = 1
    for above, grid in found:
        for text in above:
            sheet.cell(line, 1, text)
            line += 1
        for row, cells in enumerate(_flat(grid), line):
            for column, text in enumerate(cells, 1):
                _set(sheet, row, column, text)
        for top, left, bottom, right in _merged(grid):
            sheet.merge_cells(None, line + top, left + 1, line + bottom, right + 1)
        line += len(grid) + 1
    book.save(path)


def _set(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """A number as a number, a percentage as a share that is shown as one."""
    if text.isdecimal():
        sheet.cell(row, column, int(text))
    elif re.fullmatch(r"\d+%", text):
        sheet.cell(row, column, int(text[:-1]) / 100).number_format = "0%"
    elif text:
        sheet.cell(row, column, text)


def _as_docx(found: Sequence[Page], path: Path) -> None:
    document = Document()
    for above, grid in found:
        for text in above:
            document.add_paragraph(text)
        table = document.add_table(rows=len(grid), cols=len(grid[0]))
        cells = [list(row.cells) for row in table.rows]
        for row, texts in zip(cells, _flat(grid), strict=True):
            for cell, text in zip(row, texts, strict=True):
                cell.text = text
        for top, left, bottom, right in _merged(grid):
            merged = cells[top][left].merge(cells[bottom][right])
            merged.text = grid[top][left]
        document.add_paragraph("")
    document.save(str(path))
