"""From a reading to the plan of an office: posts found by meaning, made of headings, or asked for."""

import pytest

from bot.documents.plan_reading.judged.as_plan import OfficeToLoad, as_plan, likely_zone
from bot.documents.plan_reading.judged.office_posts import PostsOfOffice, posts_from, role_of
from bot.documents.plan_reading.source import PlanRefused
from domain.modes import Rhythm
from domain.plan import About, Level, PostRow, Role
from tests.bot.documents.plan_reading.printed_rows import YEAR, judged, printed

OFFICE = PostsOfOffice(
    (
        PostRow("Camat", Role.CAMAT, None),
        PostRow("Sekretaris Kecamatan", Role.SEKRETARIS, "Camat", "Sekretariat"),
        PostRow("Kasubbag Perencanaan", Role.KASUBBAG, "Sekretaris Kecamatan", is_admin=True),
        PostRow("Kasi Pemerintahan", Role.KASI, "Camat", "Seksi Pemerintahan"),
        PostRow("Kasi Pemberdayaan", Role.KASI, "Camat", former_titles=("Kasi PMD",)),
    )
)
NEW = OfficeToLoad("Contoh", "Asia/Jakarta")
KNOWN = OfficeToLoad("Contoh", "Asia/Jakarta", posts=OFFICE.posts)


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("CAMAT", "Camat"),
        ("Sekcam", "Sekretaris Kecamatan"),
        ("Kepala Seksi Pemerintahan", "Kasi Pemerintahan"),
        ("Kepala Sub Bagian Perencanaan", "Kasubbag Perencanaan"),
        ("Kasi PMD", "Kasi Pemberdayaan"),
        ("Kasi Pemerintahn", "Kasi Pemerintahan"),
        ("Kasi Kesra", None),
        ("Kasi", None),
    ],
)
def test_a_printed_post_is_found_by_what_it_means(title: str, found: str | None) -> None:
    assert OFFICE.find(title) == found


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Camat", Role.CAMAT),
        ("SEKRETARIS CAMAT", Role.SEKRETARIS),
        ("Kasubag Umum dan Kepegawaian", Role.KASUBBAG),
        ("Kepala Seksi Trantib", Role.KASI),
        ("Lurah Bulak", Role.KASI),
        ("Bendahara", Role.PELAKSANA),
        ("Pengadministrasi Pertanahan", Role.PELAKSANA),
    ],
)
def test_a_title_tells_its_role(title: str, role: Role) -> None:
    assert role_of(title) is role


def test_a_new_office_is_made_of_the_posts_that_its_plan_names() -> None:
    office = posts_from(["Kasi Pertanahan", "Pengadministrasi Pertanahan", "Bendahara", "Kepala Seksi Pertanahan"])
    superiors = {post.title: post.superior for post in office.posts}
    assert superiors == {
        "Camat": None,
        "Sekretaris Kecamatan": "Camat",
        "Kasubbag Perencanaan": "Sekretaris Kecamatan",
        "Kasi Pertanahan": "Camat",
        "Pengadministrasi Pertanahan": "Kasi Pertanahan",
        "Bendahara": "Sekretaris Kecamatan",
    }
    assert office.admin == "Kasubbag Perencanaan"
    assert [post.section for post in office.posts if post.role is Role.KASI] == ["Seksi Pertanahan"]


def test_indicators_go_to_the_posts_that_the_plan_names_and_others_are_asked() -> None:
    reading = judged(
        printed("Indeks kepuasan", "- | - | - | 84", "Nilai", "84", level=Level.SASARAN),
        printed("Jumlah rapat desa", "3 | 3 | 3 | 3", "Kali", "12", post="Kepala Seksi Pemerintahan"),
        printed("Jumlah tarian", "1 | 1 | 1 | 1", "Kali", "4", post="Kasi Kebudayaan"),
        posts=("Kasi Pemerintahan",),
    )
    plan = as_plan(reading, KNOWN)
    assert [row.post for row in plan.indicators] == [None, "Kasi Pemerintahan", None]
    owners = {one.indicator: one for one in plan.questions if one.about is About.OWNER}
    assert set(owners) == {plan.indicators[0].code, plan.indicators[2].code}
    assert set(owners[plan.indicators[2].code].options) == set(OFFICE.titles)
    assert 'Rencana menyebut "Kasi Kebudayaan".' in owners[plan.indicators[2].code].text


def test_a_plan_that_names_nobody_is_asked_about_where_there_is_somebody_to_choose() -> None:
    reading = judged(
        printed("Indeks kepuasan", "- | - | - | 84", "Nilai", "84", level=Level.SASARAN),
        printed("Jumlah urusan pemerintahan", "3 | 3 | 3 | 3", "Kali", "12"),
    )
    asked = as_plan(reading, KNOWN)
    assert [row.post for row in asked.indicators] == ["Camat", None]
    assert [one.proposal for one in asked.questions if one.about is About.OWNER] == ["Kasi Pemerintahan"]
    begun = as_plan(reading, NEW)
    assert [row.post for row in begun.indicators] == ["Camat", "Kasubbag Perencanaan"]
    assert begun.questions == ()
    assert begun.printed == asked.printed


def test_a_plan_keeps_what_is_certain_and_leaves_the_rest_open() -> None:
    months = " | ".join(["5"] * 10 + ["?", "?"])
    reading = judged(
        printed("Jumlah izin", months, "Dokumen", "60", post="Kasi Pemerintahan"),
        printed("Jumlah dokumen", "4 dokumen", post="Kasi Pemerintahan", budget=None),
        printed("Persentase desa", "? | ? | ? | ?", level=Level.PROGRAM, has_targets=False),
    )
    lost, yearly, rung = as_plan(reading, KNOWN).indicators
    assert (lost.rhythm, len(lost.targets), lost.annual_target) == (Rhythm.MONTHLY, 10, 60)
    assert (yearly.rhythm, dict(yearly.targets), yearly.annual_target) == (Rhythm.QUARTERLY, {}, 4)
    assert rung.context
    assert (lost.low, lost.high) == (0, None)


def test_another_year_than_asked_for_is_refused() -> None:
    reading = judged(printed("Jumlah rapat", "3 | 3 | 3 | 3", "Kali", "12"))
    assert as_plan(reading, NEW, YEAR).year == YEAR
    with pytest.raises(PlanRefused, match=f"{YEAR}, bukan 1999"):
        as_plan(reading, NEW, 1999)


def test_the_zone_is_that_of_the_province_that_is_named() -> None:
    row = printed("Jumlah rapat", "3 | 3 | 3 | 3", "Kali", "12")
    assert likely_zone(judged(row, title="RENCANA AKSI\nPROVINSI KALIMANTAN TIMUR")) == "Asia/Makassar"
    assert likely_zone(judged(row, title="RENCANA AKSI", kabupaten="Contoh")) is None
