"""Phone numbers as people write them."""

import pytest

from handlers.phones import read_phone, shown_phone


@pytest.mark.parametrize(
    "written",
    [
        "+6281200000001",
        "081200000001",
        "0812-0000-0001",
        "0812.0000.0001",
        "(0812) 0000 0001",
        "+62 812 0000 0001",
        "62812-0000-0001",
        "812 0000 0001",
        "0062 812 0000 0001",
        "+62 (0)812-0000-0001",
        "+62 (0812) 0000-0001",
        "62 0812 0000 0001",
        "tel:+6281200000001",
        "wa.me/6281200000001",
        "https://wa.me/6281200000001?text=halo",
        "https://api.whatsapp.com/send?phone=6281200000001",
        "HP 0812 0000 0001",
        "No. WA: 0812–0000–0001",
        "0812 0000 0001 (WA)",
        "0812\u00a00000\u00a00001",
        "０８１２０００００００１",
        "81200000001.0",
    ],
)  # fmt: skip
def test_one_number_in_many_forms(written: str) -> None:
    assert read_phone(written) == "+6281200000001"


@pytest.mark.parametrize(
    "written",
    ["", "-", "nihil", "0812", "0812-0000", "12345", "14045", "2.800", "1.500.000", "6,2812E+12", "8.12E+10",
     "sari@example.org",
     "0812-0000-0001, 0812-0000-0002", "0812-0000-0001 / 0812-0000-0002", "0812-0000-000123456789", "+62", "wa.me/abc"],
)  # fmt: skip
def test_what_is_no_number_or_two_is_refused(written: str) -> None:
    assert read_phone(written) is None


def test_numbers_of_other_countries_and_of_desks_are_read_too() -> None:
    assert read_phone("+1 202-555-0143") == "+12025550143"
    assert read_phone("(0281) 555 0123") == "+622815550123"


def test_a_number_is_shown_as_it_is_read_aloud() -> None:
    assert shown_phone("+6281200000001") == "+62 812-0000-0001"
    assert shown_phone("") == ""
    assert read_phone(shown_phone("+6281200000001")) == "+6281200000001"
