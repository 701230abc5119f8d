"""A workbook's cells come as a person sees them, each with what keeps its number from being taken without asking."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.plan_reading.files.number_formats import shown
from bot.documents.plan_reading.files.opening import read_source
from bot.documents.plan_reading.files.package import broken
from bot.documents.plan_reading.source import Oddity, PlanRefused, Source
from tests.bot.documents.plan_reading.packages import cells, sheet_of, texts, xlsx, zipped

Expected = tuple[str, str | None, Oddity | None]


def written(path: Path, write: Callable[[Any, Any], None]) -> Source:
    """A workbook of one sheet on which `write` wrote, as it is read."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Renaksi")
    write(book, sheet)
    book.close()
    return read_source(path)


def seen(source: Source, place: str = "A1") -> Expected:
    cell = cells(source)[f"Renaksi!{place}"]
    return cell.text, None if cell.number is None else str(cell.number), cell.oddity


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (0.25, "0%", ("25%", "25", None)),
        (1, "0%", ("100%", "100", None)),
        (0.28, "0%", ("28%", "28", None)),
        (0.256, "0%", ("26%", "26", Oddity.ROUNDED)),
        (0.256, "0.0%", ("25,6%", "25.6", None)),
        (1234567, "#,##0", ("1.234.567", "1234567", None)),
        (20381000, '"Rp"#,##0.00', ("Rp20.381.000,00", "20381000", None)),
        (20381000, '_-"Rp"* #,##0_-;-"Rp"* #,##0_-;_-"Rp"* "-"_-;_-@_-', ("Rp 20.381.000", "20381000", None)),
        (0, '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', ("-", None, None)),
        (0, '_-"Rp"* #,##0_-;-"Rp"* #,##0_-;_-"Rp"* "-"_-;_-@_-', ("-", None, None)),
        (0, '_("Rp"* #,##0.00_);_("Rp"* (#,##0.00);_("Rp"* "-"??_);_(@_)', ("-", None, None)),
        (0.5, "0", ("1", "1", Oddity.ROUNDED)),
        (24.6, "0", ("25", "25", Oddity.ROUNDED)),
        (1234567, "#,##0,", ("1.235", "1235", Oddity.ROUNDED)),
        (1000000, '#,##0,,"jt"', ("1jt", "1", Oddity.ROUNDED)),
        (3, '"Ada"', ("Ada", None, Oddity.ROUNDED)),
        (12, '0" dok"', ("12 dok", "12", None)),
        (3, '"TW "0', ("TW 3", "3", None)),
        (-5, "#,##0_);(#,##0)", ("(5)", "-5", None)),
        (1234567, "0.00E+00", ("1,23E+06", "1.23E+6", Oddity.ROUNDED)),
        (1230000, "0.00E+00", ("1,23E+06", "1.23E+6", None)),
        (2.75, "# ??/??", ("2 3/4", "2.75", None)),
        (0.3, "# ?/?", ("2/7", None, Oddity.ROUNDED)),
        (70101, "0\\.00\\.00", ("7.01.01", "70101", None)),
        (7, "000", ("007", "7", None)),
        (150, '[>=100]0" baik";0" kurang"', ("150 baik", "150", None)),
        (12, "[Red]0;[Blue]-0", ("12", "12", None)),
        (0.1 + 0.2, "General", ("0,3", "0.3", None)),
        (62.125, "General", ("62,125", "62.125", None)),
        (123456789012345, "General", ("123456789012345", "123456789012345", None)),
        (44621, "dd/mm/yyyy", ("01/03/2022", None, Oddity.DATE)),
        (44621, "mmm-yy", ("Mar-22", None, Oddity.DATE)),
        (44621.5, "[$-421]dddd, d mmmm yyyy h:mm", ("Selasa, 1 Maret 2022 12:00", None, Oddity.DATE)),
        (1.5, "[h]:mm", ("36:00", None, Oddity.DATE)),
        (-1, "d/m/yy", ("#####", None, Oddity.ERROR)),
    ],
)
def test_a_number_is_the_one_that_is_shown(tmp_path: Path, value: float, code: str, expected: Expected) -> None:
    source = written(
        tmp_path / "a.xlsx", lambda book, sheet: sheet.write(0, 0, value, book.add_format({"num_format": code}))
    )
    text, number, oddity = seen(source)
    assert (text, oddity) == (expected[0], expected[2])
    if expected[1] is not None:
        assert number is not None
        assert Decimal(number) == Decimal(expected[1])
    assert source.has_typed_cells


@pytest.mark.parametrize(("value", "code", "text"), [("0", "0;-0;;@", ""), ("0", "#,###", ""), ("12", ";;;", "")])
def test_a_number_that_the_format_hides_is_blank_and_odd_unless_it_is_zero(value: str, code: str, text: str) -> None:
    found = shown(Decimal(value), code)
    assert (found.text, found.number, found.stored) == (text, None, Decimal(value) or None)


@pytest.mark.parametrize(
    ("value", "code", "stored"),
    [("24.6", "0", "24.6"), ("0.256", "0%", "25.6"), ("1234567", "#,##0,", "1234567"), ("25", "0", None)],
)
def test_behind_a_rounded_number_stands_the_stored_one_in_the_same_terms(
    value: str, code: str, stored: str | None
) -> None:
    assert shown(Decimal(value), code).stored == (None if stored is None else Decimal(stored))


@pytest.mark.parametrize(
    ("write", "expected", "is_formula"),
    [
        (lambda book, sheet: sheet.write_formula("A1", "=1+2", None, 3), ("3", "3", None), True),
        (lambda book, sheet: sheet.write_formula("A1", "=1+2"), ("", None, Oddity.NO_RESULT), True),
        (lambda book, sheet: sheet.write_formula("A1", '=""', None, ""), ("", None, Oddity.NO_RESULT), True),
        (lambda book, sheet: sheet.write_formula("A1", "=B1", None, "12 dok"), ("12 dok", None, None), True),
        (lambda book, sheet: sheet.write_formula("A1", "=1/0", None, "#DIV/0!"), ("#DIV/0!", None, Oddity.ERROR), True),
        (lambda book, sheet: sheet.write_formula("A1", "=T[a]*Lain!A1", None, 4), ("4", "4", None), True),
        (lambda book, sheet: sheet.write_string("A1", "12"), ("12", None, None), False),
        (
            lambda book, sheet: sheet.write_string("A1", "12", book.add_format({"num_format": '@" dok"'})),
            ("12 dok", None, None),
            False,
        ),
        (lambda book, sheet: sheet.write_boolean("A1", True), ("TRUE", None, None), False),
        (
            lambda book, sheet: sheet.write_rich_string("A1", "Jumlah ", book.add_format({"bold": True}), "dok\nSK"),
            ("Jumlah dok SK", None, None),
            False,
        ),
        (
            lambda book, sheet: sheet.write_datetime("A1", date(2022, 3, 1), book.add_format({"num_format": 14})),
            ("01/03/2022", None, Oddity.DATE),
            False,
        ),
    ],
)
def test_what_else_a_cell_can_be(tmp_path: Path, write: Any, expected: Expected, is_formula: bool) -> None:
    source = written(tmp_path / "a.xlsx", write)
    assert seen(source) == expected
    assert cells(source)["Renaksi!A1"].is_formula == is_formula


def test_what_is_hidden_is_no_part_of_the_table_but_told(tmp_path: Path) -> None:
    def write(book: Any, sheet: Any) -> None:
        for row in range(6):
            sheet.write_row(row, 0, [f"{row}{column}" for column in range(6)])
        sheet.set_column("B:C", None, None, {"hidden": True})
        sheet.set_column("E:E", 0)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(3, 0)
        sheet.set_column("J:L", None, None, {"hidden": True})
        other = book.add_worksheet("Lama")
        other.write("A1", 1)
        other.hide()
        book.add_worksheet("Sangat").very_hidden()

    source = written(tmp_path / "a.xlsx", write)
    assert texts(source) == [[tuple(f"{row}{column}" for column in (0, 3, 5)) for row in (0, 1, 4, 5)]]
    assert [cell.place.words() for cell in source.tables[0].rows[2].cells] == ["Renaksi!A5", "Renaksi!D5", "Renaksi!F5"]
    assert [(one.place.words(), one.why.partition(",")[0]) for one in source.ignored] == [
        ("Renaksi!3", "Baris 3 sampai 4 disembunyikan"),
        ("Renaksi", "Kolom B sampai C disembunyikan"),
        ("Renaksi", "Kolom E disembunyikan"),
        ("Lama", "Lembar ini disembunyikan"),
        ("Sangat", "Lembar ini disembunyikan"),
    ]


def test_merged_cells_say_how_far_they_are_seen_to_reach(tmp_path: Path) -> None:
    def write(book: Any, sheet: Any) -> None:
        sheet.merge_range("A1:D1", "Target", book.add_format({"bold": True}))
        sheet.merge_range("A2:A4", "Program")
        sheet.write_row("B2", ["x", "y", "z"])
        sheet.write("D4", 5)
        sheet.merge_range("B3:C4", "")
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column("A:A", None, None, {"hidden": False})

    source = written(tmp_path / "a.xlsx", write)
    assert texts(source) == [[("Target", "", "", ""), ("Program", "x", "y", "z"), ("", "", "", "5")]]
    found = cells(source)
    assert (found["Renaksi!A1"].columns, found["Renaksi!A1"].is_bold) == (4, True)
    assert (found["Renaksi!A2"].rows, found["Renaksi!A2"].columns) == (2, 1)
    assert (found["Renaksi!B4"].rows, found["Renaksi!B4"].columns) == (1, 2)
    assert [cell.covered for cell in source.tables[0].rows[2].cells] == [True, False, True, False]


def test_a_merged_cell_whose_first_column_is_hidden_is_seen_in_the_next(tmp_path: Path) -> None:
    def write(book: Any, sheet: Any) -> None:
        sheet.merge_range("A1:C1", "Target")
        sheet.write_row("A2", [1, 2, 3])
        sheet.set_column("A:A", None, None, {"hidden": True})

    assert texts(written(tmp_path / "a.xlsx", write)) == [[("Target", ""), ("2", "3")]]


def test_what_other_programs_write_is_read(tmp_path: Path) -> None:
    """Prefixed names, cells without references, text within the cell, furigana, numbers of 17 digits, dates as text."""
    rows = (
        b'<x:row r="2"><x:c><x:v>0.28999999999999998</x:v></x:c>'
        b'<x:c t="inlineStr"><x:is><x:t>d_x000D_ua</x:t></x:is></x:c>'
        b'<x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>9</x:v></x:c><x:c t="d"><x:v>2022-03-01</x:v></x:c></x:row>'
        b"<x:row><x:c><x:v>1E400</x:v></x:c><x:c><x:v>1e2</x:v></x:c></x:row>"
    )
    sheet = b'<x:worksheet xmlns:x="x"><x:sheetData>' + rows + b"</x:sheetData></x:worksheet>"
    strings = "<sst><si><r><t>sa</t></r><r><t>tu</t></r><rPh><t>x</t></rPh></si></sst>"
    source = read_source(xlsx(tmp_path / "a.bin", sheet, {"xl/sharedStrings.xml": strings}))
    assert texts(source) == [[("0,29", "d ua", "satu", "", "2022-03-01"), ("1E400", "100", "", "", "")]]
    odd = {place: cell.oddity for place, cell in cells(source).items() if cell.oddity}
    assert odd == {"A!E2": Oddity.DATE, "A!A3": Oddity.ERROR}


@pytest.mark.parametrize(
    ("formula", "is_linked"),
    [
        ("[1]Data!A1", True),
        ("'C:\\arsip\\[lama.xlsx]Data 1'!A1+2", True),
        ("[1]!Nama", True),
        ('WEBSERVICE("http://contoh.invalid")', True),
        ("cmd|'/C calc'!A0", True),
        ("Tabel[Jumlah]+Data!A1", False),
        ("Tabel[[#This Row],[a]]*Data!A1", False),
        ('IF(A1="[x]y!","a|b!",2)', False),
    ],
)
def test_figures_of_other_files_are_refused_and_never_followed(tmp_path: Path, formula: str, is_linked: bool) -> None:
    escaped = formula.replace("&", "&amp;").replace("<", "&lt;")
    path = xlsx(tmp_path / "a.xlsx", b"".join(sheet_of(f"<row><c><f>{escaped}</f><v>4</v></c></row>".encode())))
    if not is_linked:
        assert texts(read_source(path)) == [[("4",)]]
        return
    with pytest.raises(PlanRefused, match="berkas lain"):
        read_source(path)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>", "xl/vbaProject.bin": "x"}, "makro"),
        (
            {"[Content_Types].xml": '<Types a="x.sheet.macroEnabled.main+xml"/>', "xl/workbook.xml": "<workbook/>"},
            "makro",
        ),
        (
            {
                "[Content_Types].xml": "<Types/>",
                "xl/workbook.xml": "<w/>",
                "xl/externalLinks/externalLink1.xml": "<x/>",
            },
            "berkas lain",
        ),
        (
            {
                "[Content_Types].xml": "<Types/>",
                "_rels/.rels": '<R><Relationship Type="x/officeDocument" Target="xl/workbook.bin"/></R>',
            },
            "xlsb",
        ),
        ({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}, "tidak dikenali"),
        ({"daftar.txt": "a"}, "tidak dikenali"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "odt"),
        (
            {
                "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                "META-INF/manifest.xml": "<encryption-data/>",
            },
            "kata sandi",
        ),
        ({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook>"}, "rusak"),
    ],
)
def test_what_is_no_plain_workbook_is_refused(tmp_path: Path, parts: dict[str, str], said: str) -> None:
    with pytest.raises(PlanRefused, match=said) as refused:
        read_source(zipped(tmp_path / "a.xlsx", parts))
    assert "mohon" in str(refused.value)
    assert said == "rusak" or str(refused.value) != str(broken())


def test_properties_of_the_document_are_not_read(tmp_path: Path) -> None:
    def write(book: Any, sheet: Any) -> None:
        book.set_properties({"author": "Bu Penyusun", "title": "Rahasia", "company": "Kantor"})
        sheet.write("A1", "Indikator")
        sheet.write_comment("A1", "catatan", {"author": "Bu Penyusun"})

    assert "Penyusun" not in repr(written(tmp_path / "a.xlsx", write))


words = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8),
    st.sampled_from(["_x0041_", "12", "=1+2", "TW I", "25%", "<b>", "R&D"]),
)
values = st.one_of(st.none(), words, st.integers(-(10**15), 10**15))


@settings(deadline=None)
@given(rows=st.lists(st.lists(values, max_size=5), min_size=1, max_size=5))
def test_texts_and_whole_numbers_come_back_cell_for_cell(
    rows: list[list[str | int | None]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    def write(book: Any, sheet: Any) -> None:
        for row, cells_of_row in enumerate(rows):
            for column, value in enumerate(cells_of_row):
                if isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif value is not None:
                    sheet.write_number(row, column, value)

    source = written(tmp_path_factory.mktemp("a") / "a.xlsx", write)
    expected: dict[str, tuple[str, Decimal | None]] = {}
    for row, cells_of_row in enumerate(rows, start=1):
        for column, value in zip("ABCDE", cells_of_row, strict=False):
            if value is not None:
                number = Decimal(value) if isinstance(value, int) else None
                expected[f"Renaksi!{column}{row}"] = (normalize("NFC", str(value)), number)
    assert {place: (cell.text, cell.number) for place, cell in cells(source).items()} == expected
