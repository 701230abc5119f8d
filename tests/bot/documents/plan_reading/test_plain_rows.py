"""Rows of plain cells are taken without the parser; what is held of a sheet is the same whichever reads it."""

import gc
from pathlib import Path
from weakref import ref

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bench import plan_workbook
from bot.documents.plan_reading.files.limits import LONGEST_CELL
from bot.documents.plan_reading.files.package import Package
from bot.documents.plan_reading.files.xlsx_book import open_book
from bot.documents.plan_reading.files.xlsx_sheet import StoredSheet, stored_sheet
from bot.documents.plan_reading.source import PlanRefused
from tests.bot.documents.plan_reading.packages import xlsx

SAMPLES = sorted((Path(__file__).parents[4] / "samples").glob("*.xlsx"))
BEGIN, PARSED = b"<sheetData>", b"<sheetData >"
"""The tag behind which rows are skimmed, and the same tag as only the parser knows it."""
ROWS = (
    "{}", '<row r="{}"', '<row r="{}" spans="1:9"', "<row", '<row r="0"', '<row r="3" r="3"', "<row r='{}'",
    '<row r="{}" hidden="1"', '<row r="{}" customHeight="1" ht="0"', '<row r="2" x:y="&amp;"', '<row r="{}"  ht="1"',
    '<row spans="1:9" r="{}"', '<row r="{}" r="4"', '<row r="{}" ht="1" ht="0"',
)  # fmt: skip
CELLS = (
    '<c r="A{}"><v>1</v></c>', '<c r="B{}" s="1" t="s"><v>0</v></c>', '<c r="C{}" t="n"><v>2.5</v></c>',
    '<c r="D{}" s="2"/>', '<c r="D{}" s="2" />', '<c r="E{}" t="e"><v>#DIV/0!</v></c>', '<c r="F{}"><v></v></c>',
    '<c r="G{}"></c>', '<c r="H{}"><f>SUM(A1:A2)</f><v>3</v></c>', '<c r="I{}" t="str"><v>a &amp; b</v></c>',
    '<c r="J{}" t="inlineStr"><is><t>kata</t></is></c>', '<c><v>7</v></c>', '<c r="A9"><v>8</v></c>',
    '<c r="XFD{}"><v>9</v></c>', '<c r="AB{}" t=""><v>1</v></c>', '<c t="s" r="K{}"><v>1</v></c>',
    '<c r="L{}"><v><![CDATA[<v>5</v>]]></v></c>', "<!-- <c/> -->", "\n", '<c r="M{}"><v>a\r\nb</v></c>',
    '<c r="N{}"><v>]]></v></c>', '<c r="O{}"><v>\x01</v></c>', '<c r="P{}"><v>\uffff</v></c>', "</row>", "<row>",
    f'<c r="Q{{}}"><v>{"9" * (LONGEST_CELL + 1)}</v></c>', '<c r="R{}" s="1" s="2"><v>1</v></c>', "kata",
    '<c r="T{}"><v>1</v></c >', '<c r="U{}"<v>1</v></c>', '<c r="V{}"><v>1</v></c><c r="1{}"><v>1</v></c>',
    '<c r="A{}"><v>4</v></c>', '<c r="S{}" t="d"><v>2022-01-31</v></c>', '<c r="a{}"><v>4</v></c>', "<?x?>",
)  # fmt: skip
PLAIN = st.sampled_from(CELLS[:8])
"""Of many that are plain one is not, as in plans."""


@st.composite
def bodies(draw: st.DrawFn) -> str:
    rows: list[str] = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        cells = draw(st.lists(st.one_of(PLAIN, PLAIN, PLAIN, PLAIN, st.sampled_from(CELLS)), max_size=6))
        begin = draw(st.one_of(*[st.just(ROWS[1])] * 4, st.sampled_from(ROWS)))
        is_empty = not cells and begin != ROWS[0] and draw(st.booleans())
        whole = f"{begin}/>" if is_empty else f"{begin}>{''.join(cells)}</row>" if begin != ROWS[0] else "".join(cells)
        rows.append(whole.replace("{}", str(number)))
    return "".join(rows)


def held(path: Path, part: str = "xl/worksheets/sheet1.xml") -> StoredSheet | str:
    """What is held of a sheet, or how it is refused."""
    try:
        with Package(path) as package:
            return stored_sheet(package, part)
    except PlanRefused as refused:
        return str(refused)


def both(folder: Path, sheet: bytes) -> tuple[StoredSheet | str, StoredSheet | str]:
    """What is held of a sheet of whose rows some may be skimmed, and where the parser reads all of them."""
    return held(xlsx(folder / "a.xlsx", sheet)), held(xlsx(folder / "b.xlsx", sheet.replace(BEGIN, PARSED)))


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=bodies())
@example(body='<row r="1"><c r="A1"><v>1</v></c></row><row><c><v>2</v></c></row>')
@example(body='<row r="4"><c r="A4"><v>1</v></c><c r="A9"><v>2</v></c></row><row><c><v>3</v></c></row>')
def test_a_sheet_is_held_alike_whoever_reads_its_rows(body: str, tmp_path: Path) -> None:
    sheet = b'<worksheet><cols><col min="1" max="2" hidden="1"/></cols>%s%s</sheetData>%s</worksheet>' % (
        BEGIN, body.encode(), b'<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
    )  # fmt: skip
    skimmed, parsed = both(tmp_path, sheet)
    assert skimmed == parsed


@pytest.mark.parametrize(
    "head",
    [
        b'<?xml version="1.0" encoding="ISO-8859-1"?>',
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
        b"\xef\xbb\xbf",
        b'<sheetData a="b"/><!-- <sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData> -->',
        b"<x><![CDATA[<sheetData>]]></x>",
        b"<?x <sheetData> ?>",
    ],
    ids=["another encoding", "utf-8", "a mark", "a comment", "a section", "an instruction"],
)
def test_what_stands_before_the_rows_is_heeded(head: bytes, tmp_path: Path) -> None:
    begin, _, rest = head.partition(b"?>") if head.startswith(b"<?xml") else (b"", b"", head)
    sheet = begin + (b"?>" if begin else b"") + (rest if rest.startswith(b"\xef") else b"")
    sheet += b"<worksheet>" + (b"" if rest.startswith(b"\xef") else rest) + BEGIN
    sheet += b'<row r="2"><c r="A2" t="str"><v>caf\xc3\xa9</v></c></row></sheetData></worksheet>'
    path, parsed = xlsx(tmp_path / "a.xlsx", sheet), PARSED.join(sheet.rsplit(BEGIN, 1))
    assert held(path) == held(xlsx(tmp_path / "b.xlsx", parsed))


def test_a_sheet_is_gone_with_who_read_it(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    plan_workbook.write(path, 1)
    was_looking = gc.isenabled()
    gc.disable()
    try:
        with Package(path) as package:
            sheet = ref(stored_sheet(package, "xl/worksheets/sheet1.xml"))
        assert sheet() is None
    finally:
        if was_looking:
            gc.enable()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_workbooks_of_the_five_plans_are_held_alike(path: Path, tmp_path: Path) -> None:
    must_be_held_alike(path, tmp_path)


def test_a_plan_of_400_rows_is_held_alike(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    plan_workbook.write(path, 1)
    must_be_held_alike(path, tmp_path)


def must_be_held_alike(path: Path, folder: Path) -> None:
    with Package(path) as package:
        parts = [sheet.part for sheet in open_book(package, package.main_part()).sheets]
        sheets = [package.text(part, 4_000_000).encode() for part in parts]
    assert any(BEGIN in sheet for sheet in sheets)
    for sheet in sheets:
        skimmed, parsed = both(folder, sheet)
        assert isinstance(skimmed, StoredSheet)
        assert skimmed == parsed


@pytest.mark.parametrize("cell", ["<c><v>1</v></c>", '<c r="A0"><v>1</v></c>', '<c r="B7"><v>1</v></c>'])
def test_a_cell_that_stands_in_no_row_is_held_or_refused_politely(cell: str, tmp_path: Path) -> None:
    found = held(xlsx(tmp_path / "a.xlsx", b"<worksheet>%s%s</sheetData></worksheet>" % (BEGIN, cell.encode())))
    assert isinstance(found, str) or [len(cells) for cells in found.cells.values()] == [1]
