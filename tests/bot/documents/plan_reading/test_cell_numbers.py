"""Numbers as plans print them: one reading, or none without a question."""

from decimal import Decimal

import pytest

from bot.documents.plan_reading.judged.cell_numbers import (
    CellNumber,
    NumberStyle,
    Trouble,
    read_cell,
    read_text,
    style_of,
    style_of_counts,
)
from bot.documents.plan_reading.judged.row_numbers import closing, in_unit
from bot.documents.plan_reading.source import Cell, Oddity, Place
from domain.units import UnitGroup

DOTS = NumberStyle(frozenset("."))
PLAIN = NumberStyle()
HERE = Place(line=1)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("25%", "25", "%"),
        ("3,1", "3.1", ""),
        ("82.18", "82.18", ""),
        ("25.302 Lbr", "25302", "Lbr"),
        ("Rp 20.381.000,-", "20381000", "Rp"),
        ("1,699,465,689", "1699465689", ""),
        ("1.234,50", "1234.5", ""),
        ("170 Koordinasi dan kunsultasi", "170", "Koordinasi dan kunsultasi"),
        ("9 keg.", "9", "keg"),
        ("25 m²", "25", "m²"),
        ("12.", "12", ""),
        ("0", "0", ""),
        ("-", None, ""),
        ("\N{EN DASH}", None, ""),
        ("", None, ""),
    ],
)
def test_a_plain_number_is_taken(text: str, value: str | None, unit: str) -> None:
    assert read_text(text, DOTS) == CellNumber(None if value is None else Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "trouble", "likely"),
    [
        ("6 Org ( 3 bln )", Trouble.COMPOUND, "6"),
        ("100 dari 110 Organisasi", Trouble.COMPOUND, "100"),
        ("10 0", Trouble.COMPOUND, "10"),
        ("½", Trouble.WORDS, None),
        ("3 ½", Trouble.COMPOUND, "3"),
        ("Minggu II Maret", Trouble.WORDS, None),
        ("≥ 90", Trouble.WORDS, "90"),
        ("- 25", Trouble.WORDS, "25"),
        ("12.01.2022", Trouble.WORDS, None),
        ("2,800", Trouble.SEPARATOR, "2800"),
        ("9" * 30, Trouble.SIZE, None),
    ],
)
def test_anything_else_is_asked_about(text: str, trouble: Trouble, likely: str | None) -> None:
    number = read_text(text, PLAIN)
    assert (number.trouble, number.certain) == (trouble, None)
    assert number.value == (None if likely is None else Decimal(likely))


def test_the_other_numbers_of_a_document_tell_what_its_signs_mean() -> None:
    style = style_of(["Rp 20.381.000", "25.302 Lbr", "3,1"])
    assert style.separates_thousands(".")
    assert style.begins_decimals(",")
    assert read_text("4.144 Lbr", style).certain == 4144
    assert read_text("2,800", style).readings == (Decimal("2.8"), Decimal(2800))
    mixed = style_of(["1.000.000", "82.18"])
    assert read_text("4.144", mixed).trouble is Trouble.SEPARATOR


def test_counted_things_written_so_time_and_again_are_thousands() -> None:
    cells = ["4.144 Lbr", "7.592 Lbr", "8.195 Lbr"]
    assert read_text("4.144 Lbr", style_of_counts(cells, PLAIN)).certain == 4144
    assert read_text("4.144 Lbr", style_of_counts(cells[:2], PLAIN)).trouble is Trouble.SEPARATOR
    assert read_text("4.144 Lbr", style_of_counts(cells, style_of(["1.5"]))).trouble is Trouble.SEPARATOR


def test_one_reading_that_adds_up_decides() -> None:
    cells = [read_text(text, PLAIN) for text in ("700", "1.400", "700")]
    read, annual = closing(cells, read_text("2800", PLAIN))
    assert [cell.certain for cell in (*read, annual)] == [700, 1400, 700, 2800]
    both = [read_text(text, PLAIN) for text in ("1.400", "1.400")]
    read, annual = closing(both, read_text("2.800", PLAIN))
    assert [cell.certain for cell in (*read, annual)] == [None, None, None]


def units(group: UnitGroup, *texts: str, doubted: bool = False) -> list[CellNumber]:
    cells = [read_text(text, PLAIN) for text in texts]
    return list(in_unit(cells, group, doubted=[doubted] * len(cells)))


def test_a_share_of_one_is_no_percentage() -> None:
    shares = units(UnitGroup.PCT, "0,25", "0,5", "1")
    assert [cell.trouble for cell in shares] == [Trouble.SHARE] * 3
    assert [cell.value for cell in shares] == [25, 50, 100]
    assert units(UnitGroup.PCT, "0,5%")[0].certain == Decimal("0.5")
    assert units(UnitGroup.PCT, "1")[0].certain == 1
    assert units(UnitGroup.PCT, "1", doubted=True)[0].trouble is Trouble.SHARE
    assert units(UnitGroup.OTHER, "0,25", doubted=True)[0].trouble is Trouble.SHARE


def test_a_number_that_its_unit_does_not_allow_is_asked_about() -> None:
    assert units(UnitGroup.FLOW, "2,5")[0].trouble is Trouble.FRACTION
    assert units(UnitGroup.PCT, "250")[0].trouble is Trouble.OUTSIDE
    assert units(UnitGroup.INDEX, "84.250")[0].trouble is Trouble.SEPARATOR
    in_style = in_unit([read_text("84,250", style_of(["1.000.000"]))], UnitGroup.INDEX, doubted=[False])
    assert in_style[0].certain == Decimal("84.25")


@pytest.mark.parametrize(
    ("oddity", "trouble"),
    [(Oddity.ERROR, Trouble.ERROR), (Oddity.NO_RESULT, Trouble.NO_RESULT), (Oddity.DATE, Trouble.DATE)],
)
def test_an_odd_cell_is_no_number(oddity: Oddity, trouble: Trouble) -> None:
    assert read_cell(Cell("12", HERE, Decimal(12), oddity), PLAIN).trouble is trouble


def test_the_number_that_a_file_stores_is_taken_as_it_is_shown() -> None:
    assert read_cell(Cell("25%", HERE, Decimal(25)), PLAIN) == CellNumber(Decimal(25), "%")
    assert read_cell(Cell("2.800 dok", HERE, Decimal(2800)), PLAIN).certain == 2800
