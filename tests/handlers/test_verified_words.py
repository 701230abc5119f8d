"""Verified and provisional figures in the chat: said once where all are alike, beside each where they are not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from domain.openings import Closing, Duty, Item
from domain.periods import Period
from domain.scales import SCALE_A
from domain.standing import Standing
from domain.summary import OfficeSummary, Punctuality
from handlers.texts import pictures, status
from handlers.texts.formats import standing_word, verified_share
from handlers.texts.summary import lines
from tests.bot.charts.summaries import (
    ROWS,
    checked_comparison,
    checked_compliance,
    checked_detail,
    checked_office,
    comparison,
    compliance,
    detail,
    office,
)
from tests.duties import duty

JANUARY, FEBRUARY, MARCH = (Period.month(2022, number) for number in (1, 2, 3))
DUE = date(2022, 4, 5)
MONTHLY = "1 1 1 1 1 1 1 1 1 1 1 1"
GIVEN = {"2022-01": 1, "2022-02": 1, "2022-03": 1}


@pytest.mark.parametrize(
    ("standing", "word"),
    [
        (Standing.MISSING, "Belum lapor"),
        (Standing.RETURNED, "Dikembalikan"),
        (Standing.REPORTED, "Sementara"),
        (Standing.SEEN, "Sementara"),
        (Standing.VERIFIED, "Terverifikasi"),
        (Standing.APPROVED, "Terverifikasi"),
    ],
)
def test_every_standing_has_its_word(standing: Standing, word: str) -> None:
    assert standing_word(standing) == word


@pytest.mark.parametrize(
    ("verified", "reported", "share"),
    [(0, 9, "0%"), (1, 300, "1%"), (3, 5, "60%"), (2, 3, "66%"), (299, 300, "99%"), (7, 7, "100%")],
)
def test_a_share_is_never_rounded_to_nothing_or_to_all(verified: int, reported: int, share: str) -> None:
    assert verified_share(verified, reported) == share


# --- status -----------------------------------------------------------------------------------------------------------


def come(number: int, *verified: Period, standing: Standing = Standing.VERIFIED) -> Duty:
    one = duty(f"Surat {number}", MONTHLY, GIVEN, number=number)
    return replace(one, standings=dict.fromkeys(verified, standing))


def told(*duties: Duty) -> list[str]:
    items = tuple(Item(one, MARCH, one.figures[MARCH].reported, DUE) for one in duties)
    return status.body(Closing(MARCH.end, DUE, items, ()), date(2022, 3, 31), 3, SCALE_A, {}).splitlines()


def test_figures_that_are_all_alike_share_one_sentence() -> None:
    every = (JANUARY, FEBRUARY, MARCH)
    assert told(come(1), come(2))[-3] == "Semua angka masih sementara, belum diverifikasi."
    assert told(come(1, *every), come(2, *every))[-3] == "Semua angka sudah terverifikasi."
    approved = told(*(come(number, *every, standing=Standing.APPROVED) for number in (1, 2)))
    assert approved[-3] == "Semua angka sudah terverifikasi dan disahkan camat."
    assert approved[1:3] == ["  Maret: 1 dari 1 desa (100,00%)", "  s/d Maret: 3 dari 3 desa (100,00%) Sangat Tinggi"]


def test_figures_that_differ_say_so_one_by_one() -> None:
    shown = told(come(1, JANUARY, FEBRUARY, MARCH), come(2, MARCH))
    assert shown[1:3] == [
        "  Maret: 1 dari 1 desa (100,00%), terverifikasi",
        "  s/d Maret: 3 dari 3 desa (100,00%) Sangat Tinggi, terverifikasi",
    ]
    assert shown[4:6] == [
        "  Maret: 1 dari 1 desa (100,00%), terverifikasi",
        "  s/d Maret: 3 dari 3 desa (100,00%) Sangat Tinggi, sementara",
    ]
    assert not any(line.startswith("Semua angka") for line in shown)


def test_what_is_missing_makes_a_figure_provisional_though_the_rest_is_verified() -> None:
    gap = replace(
        duty("Surat", MONTHLY, {"2022-02": 1, "2022-03": 1}),
        standings=dict.fromkeys((FEBRUARY, MARCH), Standing.VERIFIED),
    )
    assert told(gap)[1:3] == [
        "  Maret: 1 dari 1 desa (100,00%), terverifikasi",
        "  s/d Maret: 2 dari 3 desa (66,67%) sementara",
    ]


def test_nothing_is_said_of_figures_that_are_not_there() -> None:
    assert not any("angka" in line and line.startswith("Semua") for line in told(duty("Surat", MONTHLY)))


# --- the weekly summary -----------------------------------------------------------------------------------------------


def weekly(reports: int, verified: int, approved: int = 0, **about: object) -> list[str]:
    made: OfficeSummary = replace(office(2, complete=True), closed_period="2022-03")
    made = replace(made, reports=reports, verified_reports=verified, approved_reports=approved)
    made = replace(checked_office(made, 9, verified and 9), provisional=verified < reports)
    return lines(replace(made, **about)).splitlines()  # pyright: ignore[reportArgumentType]  # whichever fields a test sets


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((20, 12, 0), "Maret (sementara): 15 dari 15 jabatan sudah lapor, naik 7; 60% terverifikasi"),
        ((20, 0, 0), "Maret (sementara): 15 dari 15 jabatan sudah lapor, naik 7; 0% terverifikasi"),
        ((20, 20, 3), "Maret (terverifikasi): 15 dari 15 jabatan sudah lapor, naik 7"),
        ((20, 20, 20), "Maret (disahkan): 15 dari 15 jabatan sudah lapor, naik 7"),
    ],
    ids=["some", "none", "all", "approved"],
)
def test_the_summary_says_how_much_is_verified(counts: tuple[int, int, int], said: str) -> None:
    assert weekly(*counts)[0] == said


def test_a_month_that_is_not_whole_stays_provisional() -> None:
    assert weekly(12, 12, posts_reported=12)[0].startswith("Maret (sementara): 12 dari 15 ")


def test_the_capaian_of_another_period_has_its_own_word() -> None:
    april = {"period": "2022-04", "posts_reported": 3}
    assert weekly(20, 20, **april)[1].startswith("Capaian s/d Maret (terverifikasi): 92%")
    assert weekly(20, 12, **april)[1].startswith("Capaian s/d Maret (sementara): 92%")
    assert weekly(20, 12)[1].startswith("Capaian s/d Maret: 92%")


def test_a_summary_from_before_verification_reads_as_before() -> None:
    first, second, *_rest = lines(replace(office(2), closed_period="2022-03")).splitlines()
    assert first == "Maret (sementara): 12 dari 15 jabatan sudah lapor, naik 4"
    assert second.startswith("Capaian s/d Maret: 92%")


# --- captions of pictures ---------------------------------------------------------------------------------------------


def of_section(*verified: int, provisional: bool = True) -> str:
    return pictures.section_caption(replace(checked_detail(detail(*ROWS), *verified), provisional=provisional), 1, 1)


def last(caption: str) -> Sequence[str]:
    return caption.splitlines()[-1].split(". ")


def test_a_caption_says_how_many_are_verified() -> None:
    assert last(of_section())[0] == "Sementara: belum diverifikasi"
    assert last(of_section(0, 3))[0] == "Sementara: 2 dari 4 indikator yang lengkap terverifikasi"
    assert last(of_section(0, 1, 5, 6))[0] == "Sementara: yang dilaporkan sudah terverifikasi"
    assert last(of_section(0, provisional=False))[0] == "Terverifikasi"


def test_captions_of_tables_count_what_they_show() -> None:
    table = checked_compliance(compliance(9, due=5))
    given = [mark for post in table.posts for mark in post.marks if mark in (Punctuality.ON_TIME, Punctuality.LATE)]
    found = [one for post in table.posts for one in post.checked if one is not None]
    verified = sum(one.is_verified for one in found)
    assert len(given) == len(found)
    caption = pictures.compliance_caption(table, 1, 1)
    assert f"Sementara: {verified} dari {len(given)} laporan terverifikasi." in caption
    years = pictures.years_caption(checked_comparison(comparison(5)), 1, 1)
    assert "Sementara: 9 dari 19 indikator tahun 2022 terverifikasi." in years
