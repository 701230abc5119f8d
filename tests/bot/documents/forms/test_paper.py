"""The model of a form: its head, and which formulas hold."""

from decimal import Decimal

import pytest

from bot.documents.forms.column_widths import Need, shared_out
from bot.documents.forms.paper import CellKind, Heading, HeadingCell, Line, Paper, formula_of, head_of
from tests.bot.documents.forms.papers import STAMP, monitoring

WIDE, NARROW, TINY = Need(10, 40), Need(10, 10), Need(10, 1)


def paper(*lines: Line) -> Paper:
    headings = (
        Heading("nama", "Nama", number="1"),
        Heading(
            "tw", "TW I", children=(Heading("t", "T", kind=CellKind.NUMBER), Heading("r", "R")), number="2"
        ),
        Heading("c", "C"),
    )  # fmt: skip
    return Paper("renaksi", ("JUDUL",), headings, lines, STAMP)


def test_a_group_stands_over_its_columns_and_a_lone_column_is_as_high() -> None:
    assert head_of(paper()) == (
        HeadingCell("Nama", 0, 0, 1, 0),
        HeadingCell("TW I", 0, 1, 0, 2),
        HeadingCell("T", 1, 1, 1, 1),
        HeadingCell("R", 1, 2, 1, 2),
        HeadingCell("C", 0, 3, 1, 3),
        HeadingCell("1", 2, 0, 2, 0, is_number=True),
        HeadingCell("2", 2, 1, 2, 2, is_number=True),
        HeadingCell("", 2, 3, 2, 3, is_number=True),
    )


def test_the_head_of_a_paper_covers_every_cell_once() -> None:
    form = monitoring()
    covered = [
        (row, column)
        for cell in head_of(form)
        for row in range(cell.top, cell.bottom + 1)
        for column in range(cell.left, cell.right + 1)
    ]
    assert sorted(covered) == [(row, column) for row in range(form.head_rows) for column in range(len(form.columns))]


def test_two_columns_cannot_share_a_key() -> None:
    with pytest.raises(ValueError, match="share a key"):
        Paper("data", (), (Heading("a", "A"), Heading("a", "B")), (), STAMP)


@pytest.mark.parametrize(
    ("cells", "formula", "holds"),
    [
        ({"t": Decimal(4), "r": Decimal(1), "c": Decimal(25)}, "{r}/{t}*100", True),
        ({"t": Decimal(4), "r": "belum lapor", "c": Decimal(25)}, "{r}/{t}*100", False),
        ({"t": Decimal(4), "c": Decimal(25)}, "{r}/{t}*100", False),
        ({"t": Decimal(4), "r": Decimal(1), "c": "-"}, "{r}/{t}*100", False),
        ({"t": Decimal(4), "r": "belum lapor", "c": Decimal(4)}, "SUM({t}:{r})", True),
        ({"c": Decimal(7)}, "{t@lain}+{t@lain}", True),
        ({"c": Decimal(7)}, "{t@tiada}", False),
    ],
)
def test_a_formula_holds_only_where_a_spreadsheet_can_compute_it(
    cells: dict[str, str | Decimal], formula: str, holds: bool
) -> None:
    line = Line(cells, {"c": formula})
    form = paper(line, Line({"t": Decimal("3.5")}, key="lain"))
    assert formula_of(form, line, "c") == (formula if holds else None)


@pytest.mark.parametrize(
    ("needs", "width", "widths"),
    [
        ([WIDE, NARROW], 100, [80, 20]),
        ([WIDE, TINY], 51, [41, 10]),
        ([WIDE, NARROW], 20, [10, 10]),
        ([WIDE, NARROW], 10, [5, 5]),
    ],
)
def test_columns_share_the_width_by_their_wishes(needs: list[Need], width: float, widths: list[float]) -> None:
    assert shared_out(needs, width) == pytest.approx(widths)
