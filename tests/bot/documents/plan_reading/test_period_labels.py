"""Periods and targets that share a cell."""

import pytest

from bot.documents.plan_reading.in_rows.period_labels import read_packed


@pytest.mark.parametrize(
    ("printed", "targets"),
    [
        ("TW I 3,1 TW II - TW III - TW IV -", {1: "3,1", 2: "-", 3: "-", 4: "-"}),
        ("Januari 233 Februari 233 Maret 233", {1: "233", 2: "233", 3: "233"}),
        ("Triwulan I: 25%; Triwulan II: 50%", {1: "25%", 2: "50%"}),
        ("TW I 3 dokumen TW II 4 dokumen", {1: "3 dokumen", 2: "4 dokumen"}),
        ("TW I TW II TW III TW IV", {1: "", 2: "", 3: "", 4: ""}),
        ("Nopember 12", {11: "12"}),
    ],
)
def test_a_cell_is_taken_apart(printed: str, targets: dict[int, str]) -> None:
    assert {label.number: text for label, text in read_packed(printed)} == targets


@pytest.mark.parametrize(
    "printed",
    [
        "Januari - Maret",
        "Jan s/d Jun",
        "Maret dilaksanakan monitoring",
        "Rapat bulan Maret 2 kali",
        "TW II 5 TW I 3",
        "TW I 3 Maret 4",
        "Jumlah laporan",
        "",
    ],
)
def test_ranges_sentences_and_disorder_are_not(printed: str) -> None:
    assert read_packed(printed) == ()
