"""What a walker of periods in rows makes of a table, whole or spoiled."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.plan_reading.in_rows.period_rows import has_period_rows, own_tables
from bot.documents.plan_reading.printed import DoubtKind, PrintedIndicator
from tests.bot.documents.plan_reading.period_tables import HEADS, MONTHS, QUARTERS, Line, Printed, table, walked

_QUARTERLY = ("No", "Indikator Kinerja", "Satuan", "Triwulan", "Target")


def _year(value: str = "1") -> tuple[str, ...]:
    return (value,) * 12


def _texts(printed: PrintedIndicator) -> str:
    """The targets in order, `.` for one that is not there."""
    return " ".join(printed.targets[period].text if period in printed.targets else "." for period in printed.periods)


def _kinds(printed: PrintedIndicator) -> set[DoubtKind]:
    return {doubt.kind for doubt in printed.doubts}


def _rows(*rows: str) -> list[Line]:
    """Rows with their cells between strokes."""
    return [tuple(cell.strip() for cell in row.split("|")) for row in rows]


def _quarters(name: str, values: str, *, number: str = "1", unit: str = "Dokumen") -> list[Line]:
    head = (number, name, unit)
    return [
        ((*head, label, value) if at == 0 else ("", "", "", label, value))
        for at, (label, value) in enumerate(zip(QUARTERS, values.split(), strict=True))
    ]


def _one(lines: Sequence[Line]) -> PrintedIndicator:
    (printed,) = walked(table(lines))
    return printed


# Whole tables.


def test_every_cell_beside_an_indicator_is_kept() -> None:
    lines = [HEADS, *Printed("Jumlah surat", _year("12"), "Lembar").lines("1")]

    printed = _one(lines)

    assert (printed.name, printed.unit, printed.annual and printed.annual.text) == ("Jumlah surat", "Lembar", "144")
    assert printed.path == {"sasaran": "Meningkatnya jumlah surat"}
    assert _texts(printed) == " ".join(_year("12"))
    assert not printed.doubts


def test_a_post_holds_for_the_tables_below_it_until_the_next() -> None:
    first = [HEADS, ("KASI PEMERINTAHAN", *[""] * 7), *Printed("Jumlah desa", _year()).lines("1")]
    second = [HEADS, *Printed("Jumlah rapat", _year()).lines("2")]
    third = [HEADS, *Printed("Jumlah surat", _year()).lines("3")]

    found = walked(table(first), table(second, 20), table(third, 40, before=["Nama Jabatan : Kasubbag Umum"]))

    assert [each.post for each in found] == ["Kasi Pemerintahan", "Kasi Pemerintahan", "Kasubbag Umum"]
    assert not any(each.doubts for each in found)


def test_two_sets_of_columns_stand_side_by_side() -> None:
    lines = _rows(
        "PROGRAM | | | | | KEGIATAN | | | |",
        "Uraian | Indikator | Satuan | Target | | Uraian | Indikator | Satuan | Target |",
        "Program A | Persentase A | % | TW I | 25 | Kegiatan A | Jumlah A | Dokumen | TW I | 1",
        "| | | TW II | 50 | | | | TW II | 2",
        "| | | TW III | 75 | | | | TW III | 3",
        "| | | TW IV | 100 | | | | TW IV | 4",
        "| | | | | Kegiatan B | Jumlah B | Dokumen | TW I | 5",
        "| | | | | | | | TW II | 6",
        "| | | | | | | | TW III | 7",
        "| | | | | | | | TW IV | 8",
    )

    found = walked(table(lines))

    assert [(each.level.value, each.name, _texts(each)) for each in found] == [
        ("program", "Persentase A", "25 50 75 100"),
        ("kegiatan", "Jumlah A", "1 2 3 4"),
        ("kegiatan", "Jumlah B", "5 6 7 8"),
    ]
    assert found[2].path == {"program": "Program A", "kegiatan": "Kegiatan B"}
    assert not any(each.doubts for each in found)


@pytest.mark.parametrize("labels", [("I", "II", "III", "IV"), ("1", "2", "3", "4")])
def test_bare_numbers_below_a_heading_of_quarters_are_quarters(labels: Sequence[str]) -> None:
    lines = [_QUARTERLY, *_quarters("Jumlah rapat", "3 4 5 6")]
    bare = [tuple(labels[QUARTERS.index(cell)] if cell in QUARTERS else cell for cell in line) for line in lines]

    assert _texts(_one(bare)) == "3 4 5 6"


def test_a_name_in_every_row_is_one_indicator() -> None:
    quarters = _quarters("Jumlah rapat", "3 4 5 6")
    lines = [_QUARTERLY, *((*quarters[0][:3], *line[3:]) for line in quarters)]

    printed = _one(lines)

    assert _texts(printed) == "3 4 5 6"
    assert not printed.doubts


def test_a_table_that_names_the_period_first_is_turned() -> None:
    lines = _rows("Triwulan | No | Indikator | Satuan | Target")
    for at, label in enumerate(QUARTERS):
        lines += _rows(f"{label} | 1 | Jumlah rapat | Kali | {at + 1}", f"| 2 | Jumlah surat | Lembar | {at + 5}")

    found = walked(table(lines))

    assert [(each.name, _texts(each)) for each in found] == [("Jumlah rapat", "1 2 3 4"), ("Jumlah surat", "5 6 7 8")]
    assert not any(each.doubts for each in found)


def test_subtotals_and_totals_are_no_targets() -> None:
    lines: list[Line] = [HEADS]
    for at, line in enumerate(Printed("Jumlah surat", _year("2")).lines("1"), 1):
        lines.append(line)
        if at % 3 == 0:
            lines.append(("",) * 5 + (f"TW {at // 3}", "6", ""))
    lines.append(("",) * 5 + ("Jumlah", "24", ""))

    printed = _one(lines)

    assert _texts(printed) == " ".join(_year("2"))
    assert not printed.doubts


def test_names_in_the_middle_of_their_periods_are_theirs() -> None:
    lines: list[Line] = [_QUARTERLY]
    for number, name in enumerate(("Jumlah rapat", "Jumlah surat"), 1):
        quarters = _quarters(name, "3 4 5 6", number=str(number))
        lines += [("", "", "", *quarters[0][3:]), (*quarters[0][:3], *quarters[1][3:]), *quarters[2:]]

    found = walked(table(lines))

    assert [(each.name, _texts(each)) for each in found] == [("Jumlah rapat", "3 4 5 6"), ("Jumlah surat", "3 4 5 6")]
    assert not any(each.doubts for each in found)


def test_only_the_last_months_of_quarters_are_no_losses() -> None:
    whole = [Printed(f"Jumlah hal {at}", _year(str(at))).lines(str(at)) for at in (1, 2)]
    lines: list[Line] = [HEADS]
    for rows in whole:
        lines += [(*rows[0][:5], *rows[2][5:]), rows[5], rows[8], rows[11]]

    found = walked(table(lines))

    assert [_texts(each).split() for each in found] == [[str(at)] * 4 for at in (1, 2)]
    assert not any(each.doubts for each in found)


def test_lines_above_a_table_tell_of_its_indicator() -> None:
    heads = ("Bulan", "Target")
    lines = ["Indikator Kinerja : Jumlah surat", "Satuan : Lembar", "Target Tahunan : 24"]
    months = [(month, "2") for month in MONTHS]

    told, untold = walked(table([heads, *months], before=lines), table([heads, *months], 30))

    assert (told.name, told.unit, told.annual and told.annual.text) == ("Jumlah surat", "Lembar", "24")
    assert not told.doubts
    assert untold.name is None


def test_months_beside_their_quarters_are_months() -> None:
    heads = ("Indikator", "Satuan", "Triwulan", "Bulan", "Target")
    lines: list[Line] = [
        (
            *(("Jumlah surat", "Lembar") if at == 0 else ("", "")),
            QUARTERS[at // 3] if at % 3 == 0 else "",
            month,
            str(at),
        )
        for at, month in enumerate(MONTHS)
    ]

    printed = _one([("RENCANA AKSI TAHUN 2025", "", "", "", ""), heads, *lines])

    assert _texts(printed) == " ".join(map(str, range(12)))
    assert not printed.doubts
    assert not printed.path


# What is asked.


def test_halves_of_a_year_and_positions_to_date_are_asked_about() -> None:
    heads = ("No", "Indikator", "Satuan", "Periode", "Target")
    halves = _rows("1 | Jumlah rapat | Kali | Semester I | 2", "| | | Semester II | 3")
    positions = [(*line[:3], f"s/d {line[3]}", line[4]) for line in _quarters("Persentase desa", "25 50 75 100")]

    assert _texts(_one([heads, *halves])).split(" ") == ["", "2", "", "3"]
    assert _kinds(_one([heads, *halves])) == {DoubtKind.HEADING}
    assert _kinds(_one([heads, *positions])) == {DoubtKind.HEADING}


def test_the_year_is_asked_about_beside_a_target_of_a_row_with_a_cell_too_many() -> None:
    lines = _rows(
        "No | Indikator Kinerja | Satuan | Triwulan | Target | Anggaran | Target Tahunan",
        "1 | Jumlah arsip kantor | Dokumen | TW I | 1 | | 250.000 | 4",
        " | | | TW II | 1 | | ",
        " | | | TW III | 1 | | ",
        " | | | TW IV | 1 | | ",
    )

    assert any(doubt.annual for doubt in _one(lines).doubts)


def test_several_periods_in_one_cell_are_asked_about() -> None:
    rows = Printed("Jumlah surat", _year("233")).lines("1")
    packed = " ".join(f"{month} 233" for month in MONTHS[:6])
    lines = [HEADS, (*rows[0][:5], packed, "", ""), *rows[6:]]

    printed = _one(lines)

    assert _texts(printed) == " ".join(_year("233"))
    assert [doubt.periods[-1].number for doubt in printed.doubts if doubt.kind is DoubtKind.SHIFTED] == [6]


def test_periods_of_another_indicator_beside_a_name_are_strays() -> None:
    rows = Printed("Jumlah kuesioner", _year("25")).lines("1")
    strays = Printed("", _year("10")).lines("")[8:]
    lines = [HEADS, (*rows[0][:5], *strays[0][5:]), *strays[1:], ("",) * 5 + rows[0][5:], *rows[1:]]

    printed = _one(lines)

    assert _texts(printed) == " ".join(_year("25"))
    assert DoubtKind.STRAY in _kinds(printed)


def test_a_name_beside_a_later_period_only_is_not_taken() -> None:
    rows = Printed("Jumlah kuesioner", _year("25")).lines("1")

    printed = _one([HEADS, (*rows[0][:5], *rows[8][5:]), *rows[9:]])

    assert {DoubtKind.STRAY, DoubtKind.LOST} <= _kinds(printed)


def test_a_name_where_a_unit_or_a_period_belongs_is_asked_about() -> None:
    rows = Printed("Jumlah surat", _year("25")).lines("1")
    crowded = (*rows[0][:3], "Persentase surat yang dibalas", *rows[0][4:])

    assert DoubtKind.SHIFTED in _kinds(_one([HEADS, crowded, *rows[1:]]))


def test_rows_that_stand_in_other_columns_are_asked_about() -> None:
    rows = Printed("Jumlah izin", _year("6")).lines("1")
    lines = [HEADS, *rows[:2], *(line[1:] for line in rows[2:])]

    (shifted,) = (doubt for doubt in _one(lines).doubts if doubt.kind is DoubtKind.SHIFTED)

    assert [period.number for period in shifted.periods] == list(range(3, 13))


def test_names_beside_one_set_of_targets_are_merged() -> None:
    rows = [list(line) for line in Printed("Jumlah data", _year()).lines("1")]
    rows[2][2] = "Jumlah pembinaan"

    printed = _one([HEADS, *map(tuple, rows)])

    assert printed.name == "Jumlah data; Jumlah pembinaan"
    assert _kinds(printed) == {DoubtKind.MERGED}


def test_a_name_whose_periods_are_all_lost_is_still_an_indicator() -> None:
    first, second = (Printed(f"Jumlah {what}", _year()).lines(str(at)) for at, what in enumerate(("a b", "c d"), 1))
    lines = [HEADS, (*first[0][:5], "", "", ""), *second]

    lost, whole = walked(table(lines))

    assert (lost.name, _texts(lost)) == ("Jumlah a b", " ".join("." * 12))
    assert DoubtKind.LOST in _kinds(lost)
    assert not whole.doubts


# What a page cut leaves.


def _cut(first: int, second: int, numbers: tuple[str, str, str]) -> tuple[PrintedIndicator, ...]:
    """Two pages: the first `first` months of an indicator, the last from month `second` on of one without a name, and a
    whole one. `numbers` are those of the named ones, the middle one unused."""
    above = Printed("Jumlah desa yang dibina", _year("3")).lines(numbers[0])
    below = Printed("Jumlah rapat desa", _year("2")).lines(numbers[2])
    rest = Printed("", _year("3")).lines("")[second - 1 :]
    rest = [("",) * 5 + line[5:] for line in rest]
    return walked(table([HEADS, *above[:first]]), table([*rest, *below], 30))


def test_the_rest_of_an_indicator_is_joined_where_no_number_is_free_for_another() -> None:
    joined, whole = _cut(3, 6, ("7", "", "8"))

    assert _texts(joined) == "3 3 3 . . 3 3 3 3 3 3 3"
    assert {DoubtKind.LOST, DoubtKind.JOINED} <= _kinds(joined)
    assert not _kinds(whole) & {DoubtKind.LOST, DoubtKind.JOINED}


def test_periods_without_a_name_are_an_indicator_where_a_number_is_free() -> None:
    above, nameless, _ = _cut(3, 6, ("7", "", "9"))

    assert _texts(above).split()[3:] == ["."] * 9
    assert nameless.name is None
    assert {DoubtKind.NO_NAME, DoubtKind.LOST, DoubtKind.JOINED} <= _kinds(nameless)


def test_overlapping_periods_are_never_joined() -> None:
    above, nameless, _ = _cut(8, 6, ("7", "", "8"))

    assert nameless.name is None
    assert DoubtKind.JOINED not in _kinds(above) | _kinds(nameless)


def test_a_post_above_a_cut_may_not_be_that_of_the_rows_below() -> None:
    above = [HEADS, ("KASI PEMERINTAHAN", *[""] * 7), *Printed("Jumlah desa", _year()).lines("1")[:9]]
    rest = [("",) * 5 + line[5:] for line in Printed("", _year()).lines("")[4:]]
    below = Printed("Jumlah patroli", _year()).lines("3")

    first, nameless, third = walked(table(above), table([*rest, *below], 30))

    assert (first.post, third.post) == ("Kasi Pemerintahan", "Kasi Pemerintahan")
    assert DoubtKind.NO_OWNER not in _kinds(first)
    assert DoubtKind.NO_OWNER in _kinds(nameless) & _kinds(third)
    assert "Kasi Pemerintahan" in next(doubt.text for doubt in third.doubts)


# Which tables these are.


@pytest.mark.parametrize(
    ("lines", "is_one"),
    [
        ([_QUARTERLY, *_quarters("Jumlah rapat", "3 4 5 6")], True),
        (_rows("No | Indikator | TW I | TW II | TW III | TW IV", "1 | Jumlah rapat | 1 | 2 | 3 | 4"), False),
        (_rows("| | | Desember | 1 |"), True),
        (_rows("No | Kegiatan | Waktu | Target", "1 | Rapat awal | Januari | 1", "2 | Evaluasi | Maret | 1"), False),
        (_rows("No | Indikator | Target | Target", "1 | Jumlah rapat | TW I | 3"), True),
        (_rows("No | Program | Pagu", "1 | Program A | 1.000.000"), False),
    ],
)
def test_a_table_is_told_by_the_periods_below_one_another(lines: list[Line], *, is_one: bool) -> None:
    assert has_period_rows(table(lines)) is is_one


def test_months_beside_counts_without_a_target_are_not_read() -> None:
    counts = table([("Bulan", "Jumlah Pemohon", "Realisasi"), *((month, "3", "4") for month in MONTHS)])

    assert own_tables([counts]) == ()
    assert walked(counts) == ()


_ANYTHING = (
    "", "", "", "1", "12", "25%", "-", "Januari", "Maret", "TW I", "TW II", "II", "Semester I", "s/d TW II", "Jumlah",
    "Indikator Kinerja", "Satuan", "Target", "Bulan", "Uraian", "1. Program A", "Sub Kegiatan B", "Dokumen",
    "Jumlah laporan desa", "TW I 3 TW II 4", "Kasi Pemerintahan", "Jabatan : Camat", "Rp 10.000", "1 2 3 4",
)  # fmt: skip


@given(
    lines=st.lists(st.lists(st.sampled_from(_ANYTHING), max_size=8).map(tuple), max_size=12),
    has_heading=st.booleans(),
)
def test_whatever_a_table_holds_only_its_own_cells_are_taken(lines: list[Line], *, has_heading: bool) -> None:
    for printed in walked(table([HEADS, *lines] if has_heading else lines), table([HEADS, *lines], 50)):
        printable = " ".join(text for line in lines for text in line)

        assert set(printed.targets) <= set(printed.periods)
        assert all(cell.text in printable for cell in printed.targets.values())
        assert all(set(doubt.periods) <= set(printed.periods) for doubt in printed.doubts)
