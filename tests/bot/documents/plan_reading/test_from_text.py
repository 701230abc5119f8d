"""Text with tables of tabs and pipes becomes tables; nothing is interpreted."""

from pathlib import Path

import pytest

from bot.documents.plan_reading.files.from_text import read_text
from bot.documents.plan_reading.files.opening import read_source
from bot.documents.plan_reading.source import PlanRefused
from tests.bot.documents.plan_reading.packages import texts

PLANS = Path(__file__).parent / "plans"


def test_runs_of_rows_are_tables_and_all_else_is_text() -> None:
    source = read_text("**RENCANA AKSI\nTAHUN 2023**\n\nNO\tTW I\t\n1\t25%\t\n\n2\t50%\t\nCamat\n3\t-\n", "a.txt")
    assert texts(source) == [[("NO", "TW I", ""), ("1", "25%", "")], [("2", "50%", "")], [("3", "-")]]
    assert [table.before for table in source.tables] == [("RENCANA AKSI", "TAHUN 2023"), (), ("Camat",)]
    assert [row.place.line for table in source.tables for row in table.rows] == [4, 5, 7, 9]
    assert [(text, place.line) for text, place in source.lines] == [
        ("RENCANA AKSI", 1),
        ("TAHUN 2023", 2),
        ("Camat", 8),
    ]
    assert not source.has_typed_cells


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        ("| A | B |\n|----|:--:|\n| 1 | |", [("A", "B"), ("1", "")]),
        ("| - | - |\n| a \\| b | - |", [("-", "-"), ("a | b", "-")]),
        ("A | B | C\n1 | 2 | 3", [("A", "B", "C"), ("1", "2", "3")]),
        ("+---+---+\n| A | B |\n+===+===+\n| 1 | 2 |\n+---+---+", [("A", "B"), ("1", "2")]),
        ("| A<br>B | <b>C</b> |", [("A B", "C")]),
        ("a\t**b**\t*c*\tR&amp;D\t5*)\t<5 hari\u00a0kerja", [("a", "b", "c", "R&D", "5*)", "<5 hari kerja")]),
        ("A\tB\n\t\n1\t2", [("A", "B"), ("", ""), ("1", "2")]),
    ],
)
def test_a_cell_is_what_is_seen_of_it(lines: str, rows: list[tuple[str, ...]]) -> None:
    assert texts(read_text(lines, "a.txt")) == [rows]


def test_a_cell_between_marks_of_bold_is_bold() -> None:
    (row,) = read_text("<b>PROGRAM</b>\t**x** y\tz", "a.txt").tables[0].rows
    assert [cell.is_bold for cell in row.cells] == [True, False, False]


def test_a_page_break_ends_a_table() -> None:
    assert texts(read_text("A\tB\n\fC\tD\n", "a.txt")) == [[("A", "B")], [("C", "D")]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_any_encoding_that_offices_use_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "rencana.txt"
    path.write_bytes("Satuan\tKafé – target\r\ndok\t12\r\n".encode(encoding))
    assert texts(read_source(path)) == [[("Satuan", "Kafé – target"), ("dok", "12")]]


@pytest.mark.parametrize(
    ("plan", "tables", "rows"),
    [("gumelar", 7, 88), ("kemangkon", 10, 129), ("kubutambahan", 44, 599), ("sidayu", 10, 150)],
)
def test_the_plans_are_read_as_they_lie(plan: str, tables: int, rows: int) -> None:
    path = PLANS / f"{plan}-2022.txt"
    source = read_source(path if path.exists() else PLANS / f"{plan}-2020.txt")
    assert (len(source.tables), sum(len(table.rows) for table in source.tables)) == (tables, rows)
    lines = path.read_text().split("\n") if path.exists() else []
    for row in (row for table in source.tables for row in table.rows) if lines else ():
        assert row.place.line is not None
        assert all(cell.split(" ")[0] in lines[row.place.line - 1] for cell in row.texts)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kosong"),
        (b"\0" * 5000, "kosong"),
        (b"a\0b\1c\2" * 50, "tidak dikenali"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"{\\rtf1 ...", "RTF"),
        (b"\xff\xd8\xff\xe0", "Foto"),
        (b"\0\0\0\x18ftypheic", "Foto"),
        (b"<html><table><tr><td>1</td></tr></table>", "halaman web"),
        (b"a" * 40_000, "terlalu panjang"),
        (b"a\n" * 25_000, "20.000 baris"),
        (b"a\t" * 300, "200 kolom"),
        (b"a b\n" * 600_000, "terlalu panjang"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "rencana.txt"
    path.write_bytes(content)
    with pytest.raises(PlanRefused, match=said) as refused:
        read_source(path)
    assert "mohon" in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanRefused, match="tidak dapat dibuka"):
        read_source(tmp_path / "tidak-ada.txt")
