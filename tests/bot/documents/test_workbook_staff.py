"""Posts of a kelurahan, former names, and who holds a post from when to when, as a workbook says it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.documents.office_workbook import read_workbook
from domain.plan import OfficePlan
from tests.bot.documents.workbooks import Cells, save, sheets

POST_HEADERS = ["Jabatan", "Peran", "Atasan", "Seksi", "Admin", "Unit", "Nama lama", "Berakhir"]
PEOPLE_HEADERS = ["Nama", "Jabatan", "Sapaan", "Nomor telepon", "Status", "Sejak", "Sampai"]
KASI = "Kasi Pemerintahan"
MARCH, APRIL = date(2022, 3, 31), date(2022, 4, 1)


def office(*people: list[Any], posts: tuple[list[Any], ...] = ()) -> dict[str, Cells]:
    content = sheets()
    content["Jabatan"] = [POST_HEADERS, *content["Jabatan"][1:], *posts]
    content["Pegawai"] = [PEOPLE_HEADERS, *people]
    return content


def read(path: Path, content: dict[str, Cells]) -> OfficePlan:
    plan = read_workbook(save(path / "kantor.xlsx", content))
    assert isinstance(plan, OfficePlan), plan
    return plan


def complaints(path: Path, content: dict[str, Cells]) -> dict[str, str]:
    found = read_workbook(save(path / "kantor.xlsx", content))
    assert isinstance(found, tuple)
    return {one.place: one.text for one in found}


def test_a_post_of_a_kelurahan_is_known_by_its_name(tmp_path: Path) -> None:
    lurah = ["Lurah Bulak", "kasi", "Camat", None, None, "Kelurahan Bulak"]
    clerk = [KASI, "kasi", "Lurah Bulak", None, None, "Kelurahan Bulak", "Kaur Umum; Kaur Pemerintahan"]
    joko = ["Joko Santosa", f"{KASI} Kelurahan Bulak"]
    plan = read(tmp_path, office(joko, posts=(lurah, clerk, ["Kasi Lama", "kasi", "Camat", *[None] * 4, MARCH])))
    assert [(post.title, post.unit) for post in plan.posts[2:4]] == [
        ("Lurah Bulak", "Kelurahan Bulak"),
        ("Kasi Pemerintahan Kelurahan Bulak", "Kelurahan Bulak"),
    ]
    assert plan.posts[3].former_titles == ("Kaur Umum", "Kaur Pemerintahan")
    assert plan.posts[4].ended == MARCH
    assert plan.people[0].post == "Kasi Pemerintahan Kelurahan Bulak"


def test_a_former_name_still_names_the_post(tmp_path: Path) -> None:
    renamed = ["Kasi Trantib", "kasi", "Camat", None, None, None, "Kasi Kamtib"]
    plan = read(tmp_path, office(["Joko Santosa", "kasi kamtib"], posts=(renamed,)))
    assert plan.people[0].post == "Kasi Trantib"


def test_a_mutasi_is_a_last_day_and_a_first_one(tmp_path: Path) -> None:
    old = ["Sari Andini", KASI, "Bu", None, "definitif", None, MARCH]
    new = ["Rina Kartika", KASI, "Bu", None, "definitif", APRIL, None]
    plan = read(tmp_path, office(old, new))
    assert [(person.since, person.until) for person in plan.people] == [(None, MARCH), (APRIL, None)]


@pytest.mark.parametrize(
    ("second", "place", "says"),
    [
        (["Rina Kartika", KASI, None, None, None, MARCH, None], "Pegawai!B3", "dua orang"),
        (["Rina Kartika", KASI, None, None, None, None, None], "Pegawai!B3", "dua orang"),
        (["Rina Kartika", KASI, None, None, "Plt", APRIL, MARCH], "Pegawai!G3", "sebelum hari pertama"),
    ],
)
def test_what_cannot_be_is_named_by_its_cell(tmp_path: Path, second: list[Any], place: str, says: str) -> None:
    first = ["Sari Andini", KASI, None, None, None, None, MARCH]
    assert says in complaints(tmp_path, office(first, second))[place]


def test_a_title_that_stands_twice_is_told_apart_by_its_kelurahan(tmp_path: Path) -> None:
    twice = [KASI, "kasi", "Camat"]
    assert "dua kali" in complaints(tmp_path, office(posts=(twice,)))["Jabatan!A4"]
    assert len(read(tmp_path, office(posts=([*twice, None, None, "Kelurahan Bulak"],))).posts) == 3
