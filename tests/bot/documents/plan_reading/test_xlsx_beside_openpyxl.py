"""Our pass over the parts of a workbook holds what openpyxl holds of it, cell for cell.

Compared is what is stored: value, number format, bold, formulas, merged cells, what is hidden. What a person sees of it
is told in `test_from_xlsx`.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl import load_workbook
from openpyxl.styles.numbers import builtin_format_id
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet

from bench import plan_workbook
from bot.documents.plan_reading.files.number_formats import BUILT_IN, GENERAL
from bot.documents.plan_reading.files.opening import read_source
from bot.documents.plan_reading.files.package import Package
from bot.documents.plan_reading.files.sheet_cells import letters
from bot.documents.plan_reading.files.xlsx_book import Book, open_book
from bot.documents.plan_reading.files.xlsx_sheet import Stored, stored_sheet
from tests.bot.documents.plan_reading.packages import texts, zipped

SAMPLES = sorted((Path(__file__).parents[4] / "samples").glob("*.xlsx"))


DECIMALS = 9
"""Of a number that is compared: openpyxl makes moments of dates, whose fractions of a day come back a hair beside."""


class Held(NamedTuple):
    """What a cell holds: a text, a number, a truth; its number format; whether it is bold."""

    value: str | float | bool
    code: str
    is_bold: bool


class Sheet(NamedTuple):
    """A sheet; formulas without a result are in `formulas` only."""

    cells: Mapping[str, Held]
    formulas: frozenset[str]
    merged: frozenset[tuple[int, int, int, int]]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]


# --- ours ---------------------------------------------------------------------------------------------------------


def ours(path: Path) -> dict[str, Sheet]:
    with Package(path) as package:
        book = open_book(package, package.main_part())
        return {each.name: sheet_of_ours(package, each.part, book) for each in book.sheets}


def sheet_of_ours(package: Package, part: str, book: Book) -> Sheet:
    sheet = stored_sheet(package, part)
    places = ((row, column, number) for row, cells in sheet.cells.items() for column, number in cells.items())
    cells = {f"{letters(column)}{row}": sheet.held[number] for row, column, number in places}
    return Sheet(
        {at: held(stored, book) for at, stored in cells.items() if stored.value},
        frozenset(at for at, stored in cells.items() if stored.is_formula),
        frozenset(sheet.merged),
        frozenset(sheet.hidden_rows),
        frozenset(sheet.hidden_columns),
    )


def held(stored: Stored, book: Book) -> Held:
    style = book.styles[stored.style]
    return Held(value_of(stored, book), style.code, style.is_bold)


def value_of(stored: Stored, book: Book) -> str | float | bool:
    match stored.kind:
        case "s":
            return book.texts[int(stored.value)]
        case "b":
            return stored.value == "1"
        case "n":
            return round(float(stored.value), DECIMALS)
        case _:
            return stored.value


# --- openpyxl's ---------------------------------------------------------------------------------------------------


def theirs(path: Path) -> dict[str, Sheet]:
    results, formulas = load_workbook(path, data_only=True), load_workbook(path)
    return {sheet.title: sheet_of_theirs(sheet, formulas[sheet.title], results.epoch) for sheet in results.worksheets}


def sheet_of_theirs(sheet: Worksheet, with_formulas: Worksheet, epoch: Any) -> Sheet:
    return Sheet(
        dict(cells_of_theirs(sheet, epoch)),
        frozenset(cell.coordinate for row in with_formulas.iter_rows() for cell in row if cell.data_type == "f"),
        frozenset((each.min_row, each.min_col, each.max_row, each.max_col) for each in sheet.merged_cells.ranges),
        frozenset(row for row, looks in sheet.row_dimensions.items() if looks.hidden),
        frozenset(
            column
            for looks in sheet.column_dimensions.values()
            if looks.hidden
            for column in range(looks.min, looks.max + 1)
        ),
    )


def cells_of_theirs(sheet: Worksheet, epoch: Any) -> Iterator[tuple[str, Held]]:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None or cell.value == "":
                continue
            value: Any = to_excel(cell.value, epoch) if cell.is_date else cell.value
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            yield (
                cell.coordinate,
                Held(
                    round(float(value), DECIMALS) if is_number else value,
                    code_of(cell.number_format),
                    bool(cell.font.b),
                ),
            )


def code_of(code: str) -> str:
    """A format as we hold it: those that a file names by number are ours, Indonesian."""
    number = builtin_format_id(code)
    return code if number is None else BUILT_IN.get(number, GENERAL)


# --- workbooks of programs ----------------------------------------------------------------------------------------


@pytest.mark.sampled
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_workbooks_of_the_five_plans_are_held_alike(path: Path) -> None:
    assert ours(path) == theirs(path)


def test_a_plan_of_400_rows_is_held_alike(tmp_path: Path) -> None:
    plan_workbook.write(tmp_path / "rencana.xlsx", 1)
    held = ours(tmp_path / "rencana.xlsx")
    assert held == theirs(tmp_path / "rencana.xlsx")
    assert len(held["Rencana Aksi"].cells) > 5000


# --- oddities, part by part ---------------------------------------------------------------------------------------

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_LINKS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PART_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = {
    "/xl/workbook.xml": f"{_PART_TYPE}.sheet.main+xml",
    "/xl/worksheets/sheet1.xml": f"{_PART_TYPE}.worksheet+xml",
    "/xl/styles.xml": f"{_PART_TYPE}.styles+xml",
    "/xl/sharedStrings.xml": f"{_PART_TYPE}.sharedStrings+xml",
}
_STYLES = (
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
    '<numFmt numFmtId="165" formatCode="#,##0&quot; orang&quot;"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    "<borders count='1'><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="9" fontId="1" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="9" fontId="1" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="165" fontId="1" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="20" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
)
_SHARED = (
    "<si><t>Surat keluar</t></si>"
    '<si><r><t xml:space="preserve">Surat </t></r><r><rPr><b/></rPr><t>masuk</t></r></si>'
    '<si><t>\u6771\u4eac</t><rPh sb="0" eb="2"><t>\u30c8\u30a6</t></rPh></si>'
)
_SHEET = (
    '<cols><col min="3" max="4" width="9" hidden="1" customWidth="1"/></cols><sheetData>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>di dalam sel</t></is></c>'
    '<c r="B2" t="inlineStr"><is><r><t>dua </t></r><r><t>potong</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c>'
    '<c r="E2" t="b"><v>1</v></c><c r="F2" t="b"><v>0</v></c><c r="G2" t="e"><v>#DIV/0!</v></c></row>'
    '<row r="3"><c t="n"><v>1.5</v></c><c s="1"><v>0.25</v></c><c r="F3" s="3"><v>1250</v></c></row>'
    '<row><c s="2"><v>59</v></c><c s="2"><v>61</v></c><c s="2"><v>45000.75</v></c><c s="4"><v>0.5</v></c></row>'
    '<row r="6" hidden="1"><c r="A6"><f>SUM(A1:A5)</f><v>12</v></c><c r="B6" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>'
    '<c r="C6"><f>A1*2</f></c><c r="D6" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E6" s="1"/></row>'
    '<row r="40"><c r="AB40"><v>-1E-3</v></c></row></sheetData>'
    '<mergeCells count="2"><mergeCell ref="G2:I3"/><mergeCell ref="F3:F3"/></mergeCells>'
)
_CELLS_OF_SHARED = '<row r="5">' + "".join(f'<c t="s"><v>{at}</v></c>' for at in range(3)) + "</row>"


def prefixed(prefix: str, tag: str, inner: str, more: str = "") -> str:
    """A part of one root, every name of it with the prefix."""
    whole = f"<{tag}{more}>{inner}</{tag}>"
    if not prefix:
        return whole.replace(f"<{tag}", f'<{tag} xmlns="{MAIN}"', 1)
    named = whole.replace("</", "\0").replace("<", f"<{prefix}:").replace("\0", f"</{prefix}:")
    return named.replace(f"<{prefix}:{tag}", f'<{prefix}:{tag} xmlns:{prefix}="{MAIN}"', 1)


def odd(
    path: Path, *, prefix: str = "", has_shared: bool = True, from_1904: bool = False, encoding: str = "utf-8"
) -> Path:
    """A workbook with one of everything, as some program somewhere writes it."""
    cells = _SHEET.replace('<row r="6"', _CELLS_OF_SHARED + '<row r="6"') if has_shared else _SHEET
    date1904 = '<workbookPr date1904="1"/>' if from_1904 else "<workbookPr/>"
    book = f'{date1904}<sheets><sheet name="Renaksi" sheetId="1" r:id="s"/></sheets>'
    sheet = f'<?xml version="1.0" encoding="{encoding}"?>' + prefixed(prefix, "worksheet", cells)
    parts = {
        "xl/workbook.xml": prefixed(prefix, "workbook", book, f' xmlns:r="{LINKS}"'),
        "xl/worksheets/sheet1.xml": sheet.encode(encoding),
        "xl/styles.xml": prefixed(prefix, "styleSheet", _STYLES),
        "xl/sharedStrings.xml": prefixed(prefix, "sst", _SHARED),
    }
    if not has_shared:
        del parts["xl/sharedStrings.xml"]
    return zipped(path, {**_frame(has_shared=has_shared), **parts})


def _frame(*, has_shared: bool) -> dict[str, str]:
    """What says which part is what."""
    types = {part: kind for part, kind in _TYPES.items() if has_shared or "sharedStrings" not in part}
    links = {"s": "worksheets/sheet1.xml", "t": "styles.xml"} | ({"u": "sharedStrings.xml"} if has_shared else {})
    kinds = {"s": "worksheet", "t": "styles", "u": "sharedStrings"}
    overrides = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in types.items())
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": _links({"m": ("officeDocument", "xl/workbook.xml")}),
        "xl/_rels/workbook.xml.rels": _links({key: (kinds[key], target) for key, target in links.items()}),
    }


def _links(links: Mapping[str, tuple[str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="{key}" Type="{LINKS}/{kind}" Target="{target}"/>' for key, (kind, target) in links.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


@pytest.mark.parametrize("prefix", ["", "x"])
@pytest.mark.parametrize("from_1904", [False, True])
@pytest.mark.parametrize("has_shared", [True, False])
def test_oddities_are_held_alike(tmp_path: Path, prefix: str, from_1904: bool, has_shared: bool) -> None:
    """Texts within cells, runs, furigana, truths, errors, dates of both epochs, results of formulas, no references."""
    path = odd(tmp_path / "a.xlsx", prefix=prefix, from_1904=from_1904, has_shared=has_shared)
    assert ours(path) == theirs(path)
    sheet = ours(path)["Renaksi"]
    assert sheet.cells["B2"] == Held("dua potong", GENERAL, is_bold=False)
    assert sheet.cells["F3"] == Held(1250.0, '#,##0" orang"', is_bold=True)
    assert sheet.cells.get("B5") == (Held("Surat masuk", GENERAL, is_bold=False) if has_shared else None)
    assert sheet.formulas == {"A6", "B6", "C6", "D6"}


def test_a_sheet_in_another_encoding_is_held_alike(tmp_path: Path) -> None:
    assert ours(odd(tmp_path / "a.xlsx", encoding="utf-16")) == theirs(odd(tmp_path / "b.xlsx"))


def test_a_strict_workbook_is_held_as_one_that_is_not(tmp_path: Path) -> None:
    """ECMA-376 part 1 names the same things by other addresses; openpyxl knows them not."""
    with Package(odd(tmp_path / "a.xlsx")) as package:
        parts = {name: package.text(name) for name in package.names}
    strict = {name: text.replace(MAIN, STRICT_MAIN).replace(LINKS, STRICT_LINKS) for name, text in parts.items()}
    assert ours(zipped(tmp_path / "b.xlsx", strict)) == ours(tmp_path / "a.xlsx")


def test_a_text_that_no_part_holds_is_blank(tmp_path: Path) -> None:
    """Cells that name shared texts, in a workbook without them."""
    whole = odd(tmp_path / "a.xlsx", has_shared=True)
    with Package(whole) as package:
        parts = {name: package.text(name) for name in package.names if name != "xl/sharedstrings.xml"}
    (table,) = texts(read_source(zipped(tmp_path / "b.xlsx", parts)))
    assert not any(table[3])
