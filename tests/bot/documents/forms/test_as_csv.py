"""Forms for programs: what is written comes back, and no spreadsheet computes it."""

import csv
import io
from decimal import Decimal

import pytest

from bot.documents.forms.as_csv import as_csv
from bot.documents.forms.paper import CellKind, Heading, Line, Paper, Value
from tests.bot.documents.forms.papers import EVIL, STAMP, services


def rows(paper: Paper) -> list[list[str]]:
    data = as_csv(paper)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def cell(value: Value) -> str:
    """What stands in the file for one value."""
    headings = (Heading("nilai", "Nilai, Rp", kind=CellKind.NUMBER),)
    [head, [shown]] = rows(Paper("data", (), headings, (Line({"nilai": value}),), STAMP))
    assert head == ["nilai"]
    return shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("-5.50"), "-5.5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.000"), "0"),
        (Decimal("1234567890123.123456"), "1234567890123.123456"),
        (None, ""),
        ("Menunggu; \"desa\",\nlalu BPD", "Menunggu; \"desa\",\nlalu BPD"),
        (EVIL, f"'{EVIL}"),
        ("+62 812-0000-0001", "'+62 812-0000-0001"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", "' =1+1"),
        (" =1+1", "' =1+1"),
        ("\r=1+1", "'\n=1+1"),
    ],
)  # fmt: skip
def test_a_cell_is_what_it_is(value: Value, shown: str) -> None:
    assert cell(value) == shown


def test_a_table_has_one_header_row_and_its_lines() -> None:
    paper = services()
    head, *lines = rows(paper)
    assert head == [column.key for column in paper.columns]
    assert len(lines) == len(paper.lines)
    assert lines[1][-1] == "1170"
