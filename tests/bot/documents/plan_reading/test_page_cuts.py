"""No page cut, title or repeated heading changes a number silently."""

from collections.abc import Sequence

from hypothesis import example, given
from hypothesis import strategies as st

from bot.documents.plan_reading.judged.understood import PlanReading
from bot.documents.plan_reading.source import Table
from tests.bot.documents.plan_reading.period_tables import (
    HEADS,
    MONTHS,
    QUARTERS,
    Line,
    Printed,
    asked,
    certain,
    judged,
    table,
)

_TITLES = ("RENCANA AKSI TAHUN 2025", "KECAMATAN CONTOH", "Lampiran I", "Sasaran", "Halaman 2 dari 5")


def _plan(labels: Sequence[str], count: int = 4) -> list[Printed]:
    """Indicators of which no two print the same number in the same period, some with periods without a target."""
    size = len(labels)
    return [
        Printed(
            f"Jumlah hal ke-{at + 1} yang selesai",
            tuple("-" if (at + month) % 5 == 4 else str(100 * (at + 1) + month) for month in range(size)),
            labels=tuple(labels),
        )
        for at in range(count)
    ]


def _lines(plan: Sequence[Printed], *, numbered: bool) -> list[Line]:
    return [line for at, each in enumerate(plan, 1) for line in each.lines(str(at) if numbered else "")]


def _assert_nothing_changed(whole: Sequence[Printed], reading: PlanReading) -> None:
    """Every number taken is that of the whole, and whoever lacks one is asked about."""
    printed = {
        each.name: {code: value for code, value in zip(_codes(each), each.values, strict=True) if value != "-"}
        for each in whole
    }
    for each in reading.indicators:
        taken = {period.code: str(value) for period, value in each.targets.items()}
        if each.code not in asked(reading):
            assert taken == printed[each.name or ""]
        elif each.name in printed:
            assert taken.items() <= printed[each.name].items()


def _codes(each: Printed) -> list[str]:
    return [f"2025-{at:02}" if each.labels == MONTHS else f"2025-TW{at}" for at in range(1, len(each.labels) + 1)]


def _cut(
    lines: Sequence[Line], begin: int, end: int, *, repeats: bool, parts: bool, heads: Line = HEADS
) -> list[Table]:
    """The table without the rows `begin` to `end`; with a heading again, and as a table of its own, if asked."""
    above, below = [heads, *lines[:begin]], [*([heads] if repeats else []), *lines[end:]]
    if not parts:
        return [table([*above, *below])]
    return [each for each in (table(above), table(below, len(above) + 2)) if each.rows]


@given(
    labels=st.sampled_from([MONTHS, QUARTERS]),
    numbered=st.booleans(),
    begin=st.integers(0, 48),
    lost=st.integers(0, 30),
    page=st.sampled_from([(True, False), (False, True), (True, True)]),
)
@example(labels=MONTHS, numbered=False, begin=3, lost=12, page=(False, True))
@example(labels=MONTHS, numbered=True, begin=3, lost=13, page=(True, False))
@example(labels=QUARTERS, numbered=True, begin=4, lost=4, page=(True, True))
def test_a_page_cut_changes_no_number_silently(
    labels: tuple[str, ...], begin: int, lost: int, page: tuple[bool, bool], *, numbered: bool
) -> None:
    plan = _plan(labels)
    lines = _lines(plan, numbered=numbered)
    repeats, parts = page
    end = min(begin + lost, len(lines))
    _assert_nothing_changed(plan, judged(*_cut(lines, min(begin, end), end, repeats=repeats, parts=parts)))


_BESIDE = ("Uraian", "Indikator Kinerja", "Satuan", "Target", "")


def _beside(left: Sequence[Printed], right: Sequence[Sequence[Printed]]) -> list[Line]:
    """Two sets of columns: beside each of the left indicators those of the right that belong to it."""
    lines: list[Line] = []
    for one, belonging in zip(left, right, strict=True):
        for at, other in enumerate(belonging):
            halves = [_half(one) if at == 0 else [("",) * 5] * len(QUARTERS), _half(other)]
            lines += [(*beside, *value) for beside, value in zip(*halves, strict=True)]
    return lines


def _half(each: Printed) -> list[Line]:
    return [
        (*((f"Bagian {each.name}", each.name, each.unit) if at == 0 else ("", "", "")), label, value)
        for at, (label, value) in enumerate(zip(each.labels, each.values, strict=True))
    ]


@given(
    begin=st.integers(0, 20),
    lost=st.integers(0, 14),
    page=st.sampled_from([(True, False), (False, True), (True, True)]),
)
def test_a_page_cut_through_two_sets_of_columns_changes_no_number_silently(
    begin: int, lost: int, page: tuple[bool, bool]
) -> None:
    plan = _plan(QUARTERS, 7)
    lines = _beside(plan[:2], [plan[2:5], plan[5:]])
    end = min(begin + lost, len(lines))
    repeats, parts = page
    heads = (*_BESIDE, *_BESIDE)
    _assert_nothing_changed(plan, judged(*_cut(lines, min(begin, end), end, repeats=repeats, parts=parts, heads=heads)))


@given(
    at=st.integers(0, 16),
    column=st.integers(0, 7),
    title=st.sampled_from(_TITLES),
    repeats=st.booleans(),
)
def test_titles_and_headings_between_rows_change_no_number_silently(
    at: int, column: int, title: str, *, repeats: bool
) -> None:
    plan = _plan(QUARTERS)
    lines = _lines(plan, numbered=True)
    inserted = [HEADS] if repeats else [tuple(title if index == column else "" for index in range(len(HEADS)))]
    _assert_nothing_changed(plan, judged(table([HEADS, *lines[:at], *inserted, *lines[at:]])))


@given(order=st.permutations(range(len(HEADS))))
def test_columns_in_another_order_change_no_number_silently(order: Sequence[int]) -> None:
    plan = _plan(QUARTERS)
    lines = [HEADS, *_lines(plan, numbered=True)]
    _assert_nothing_changed(plan, judged(table([tuple(line[at] for at in order) for line in lines])))


def test_a_whole_table_is_taken_without_a_question() -> None:
    plan = _plan(MONTHS)

    reading = judged(table([HEADS, *_lines(plan, numbered=True)]))

    assert not reading.questions
    assert {name: list(map(str, targets.values())) for name, targets in certain(reading).items()} == {
        each.name: [value for value in each.values if value != "-"] for each in plan
    }


def test_pages_that_end_with_an_indicator_lose_nothing_and_raise_no_question() -> None:
    plan = _plan(MONTHS)
    lines = _lines(plan, numbered=True)

    for repeats in (True, False):
        reading = judged(*_cut(lines, 24, 24, repeats=repeats, parts=True))

        assert not reading.questions
        _assert_nothing_changed(plan, reading)
