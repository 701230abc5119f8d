"""How the offices of a kabupaten are ranked: only those of which nothing is missing, and only s/d the same day."""

from decimal import Decimal

import pytest

from domain.kabupaten import OfficeStanding, is_same, ranking


def standing(name: str, reported: int, mean: int | None, closed: str = "2022-03", *, complete: bool) -> OfficeStanding:
    value = None if mean is None else Decimal(mean)
    return OfficeStanding(1, name, "2022-03", 4, reported, (), closed, value, complete)


def test_only_complete_offices_are_ranked_by_capaian_and_equals_share_a_place() -> None:
    found = ranking(
        [
            standing("Agung", 4, 90, complete=True),
            standing("Bawang", 3, 100, complete=False),
            standing("Candi", 4, 95, complete=True),
            standing("Dukuh", 4, 90, "2022-TW1", complete=True),
            standing("Embun", 1, None, complete=False),
            OfficeStanding(9, "Fajar"),
        ]
    )
    assert [(place, one.office) for place, one in found.ranked] == [(1, "Candi"), (2, "Agung"), (2, "Dukuh")]
    assert [one.office for one in found.others] == ["Bawang", "Embun"]
    assert [one.office for one in found.silent] == ["Fajar"]


def test_capaian_of_another_day_is_not_compared() -> None:
    found = ranking([standing("Agung", 4, 80, complete=True), standing("Bawang", 4, 99, "2022-02", complete=True)])
    assert [one.office for _place, one in found.ranked] == ["Agung"]
    assert [one.office for one in found.others] == ["Bawang"]


def test_nothing_is_ranked_where_nobody_is_complete() -> None:
    found = ranking([standing("Agung", 2, 80, complete=False), standing("Bawang", 2, 99, complete=False)])
    assert found.ranked == ()
    assert [one.office for one in found.others] == ["Agung", "Bawang"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Wanasari", "kabupaten  wanasari", True),
        ("Kab. Wanasari", "Kabupaten Wanasari", True),
        ("Kota Wanasari", "Kabupaten Wanasari", False),
        ("", "", False),
    ],
)
def test_a_kabupaten_is_known_by_its_name(one: str, other: str, *, same: bool) -> None:
    assert is_same(one, other) is same
