"""How far the figures of a form have come, as the chat says it beside the file."""

from dataclasses import dataclass
from decimal import Decimal

from domain.checked import least
from domain.forms.checks import checks_of
from domain.forms.paten_form import PatenRow
from domain.standing import Standing


@dataclass(frozen=True)
class Row:
    """What the rows of every form have alike."""

    checked: Standing | None = None
    checked_quarters: tuple[Standing | None, ...] = ()
    inner: "Row | None" = None


@dataclass(frozen=True)
class Sheet:
    rows: tuple[Row, ...]


def test_every_standing_of_every_row_is_found() -> None:
    inner = Row(checked=Standing.VERIFIED)
    sheet = Sheet((Row(Standing.APPROVED, (Standing.VERIFIED, None, Standing.REPORTED)), Row(inner=inner)))
    found = [Standing.APPROVED, Standing.VERIFIED, Standing.REPORTED, Standing.VERIFIED]
    assert list(checks_of(sheet)) == found
    assert least(checks_of(sheet)) is Standing.REPORTED


def test_a_form_of_money_says_nothing_of_it() -> None:
    assert list(checks_of(Sheet((Row(), Row())))) == []


def test_a_month_of_a_service_that_is_missing_keeps_the_form_provisional() -> None:
    def row(missing: int) -> PatenRow:
        counts = (Decimal(3), None)
        return PatenRow("kk", "Kartu Keluarga", "berkas", "", "Kasi", counts, Decimal(3), missing, (Standing.VERIFIED,))

    assert least(checks_of([row(0)])) is Standing.VERIFIED
    assert least(checks_of([row(1)])) is Standing.MISSING
