"""The real plans with periods in columns or of years only: what is the plan in them, and what is said of the rest."""

import re
from functools import cache

from bot.documents.plan_reading.files.opening import read_source
from bot.documents.plan_reading.printed import DoubtKind, PrintedIndicator, PrintedPlan
from bot.documents.plan_reading.reading import read_printed
from domain.plan import Level
from tests.bot.documents.plan_reading.column_tables import doubts, texts
from tests.bot.documents.plan_reading.truth import PLANS


@cache
def plan(name: str) -> PrintedPlan:
    return read_printed(read_source(PLANS / f"{name}.txt"))


def at(name: str, line: int, level: Level) -> PrintedIndicator:
    (found,) = [each for each in plan(name).indicators if each.place.line == line and each.level is level]
    return found


def test_whose_plans_they_are_and_of_which_year() -> None:
    names = ("sidayu-2020", "gumelar-2022", "randuagung-2024", "kemangkon-2022", "kubutambahan-2022")
    assert [(each.office, each.kabupaten, each.year, each.is_revision) for each in map(plan, names)] == [
        ("Sidayu", None, 2020, False),
        ("Gumelar", None, 2022, False),
        ("Randuagung", "Lumajang", 2024, False),
        ("Kemangkon", None, 2022, False),
        ("Kubutambahan", "Buleleng", 2022, True),
    ]


def test_sidayu_has_four_tables_with_their_own_rungs() -> None:
    counted = {level: sum(each.level is level for each in plan("sidayu-2020").indicators) for level in Level}
    assert {level.value: count for level, count in counted.items() if count} == {
        "sasaran": 1, "program": 10, "kegiatan": 29, "aksi": 92,
    }  # fmt: skip
    aksi = at("sidayu-2020", 33, Level.AKSI)
    assert aksi.path == {
        "program": "PELAYANAN ADMINISTRASI PERKANTORAN",
        "kegiatan": "Penyediaan barang cetakan dan penggandaan",
        "aksi": "Belanja penggandaan",
    }
    assert at("sidayu-2020", 14, Level.PROGRAM).path == {"program": "Pelayanan Administrasi Perkantoran"}
    total = sum(int(each.budget.text.replace(".", "")) for each in plan("sidayu-2020").indicators if each.budget)
    assert total == 1_021_600_000


def test_gumelar_prints_two_sets_of_targets_beside_rungs_without() -> None:
    goal, program, sub = (at("gumelar-2022", 56, level) for level in (Level.SASARAN, Level.PROGRAM, Level.SUB_KEGIATAN))
    assert (texts(goal), goal.has_targets) == (["25%", "50%", "75%", "100%"], True)
    assert (program.has_targets, list(program.path)) == (False, ["sasaran", "program"])
    assert list(sub.path) == ["sasaran", "program", "kegiatan", "sub_kegiatan"]
    assert goal.path == {"sasaran": "Meningkatnya peran kecamatan dalam pelayanan dan pemberdayaan masyarakat"}


def test_a_page_with_a_slipped_heading_is_read_by_order_and_asked() -> None:
    left, right = at("gumelar-2022", 103, Level.SASARAN), at("gumelar-2022", 48, Level.SUB_KEGIATAN)
    assert (texts(left), doubts(left)) == (["25%", "50%", "75%", "100%"], ["heading"])
    assert (texts(right), doubts(right)) == (["3", "3", "5", "3"], ["heading"])
    assert DoubtKind.SHIFTED in {each.kind for each in at("gumelar-2022", 70, Level.SUB_KEGIATAN).doubts}


def test_randuagung_is_one_plan_among_fifty_tables() -> None:
    lines = {each.place.line or 0 for each in plan("randuagung-2024").indicators}
    assert {line for line in lines if line < 850} == {757, 771, 772}
    assert max(lines) == 1070
    why = {place.line: reason for place, reason in plan("randuagung-2024").ignored}
    assert why[196] == why[357 + 150] == "Tabel hasil atau evaluasi, bukan target."
    assert why[461] == "Tabel pelayanan yang dihitung tanpa target."
    assert why[627] == "Tabel usulan, bukan rencana."
    assert why[1089] == "Mengulang tabel rencana yang lebih rinci."


def test_the_year_decides_between_the_targets_and_the_forecast() -> None:
    equipment = at("randuagung-2024", 937, Level.SUB_KEGIATAN)
    assert (texts(equipment), equipment.budget and equipment.budget.text) == (["10 unit"], "66,500,000")
    assert (equipment.code, equipment.annual) == ("7.01.01.207.6", None)


def test_no_name_or_number_of_an_official_is_kept() -> None:
    for name in ("sidayu-2020", "gumelar-2022", "randuagung-2024"):
        assert re.search(r"\bnip\b|\(nama\)|pembina tk", repr(plan(name)), re.IGNORECASE) is None
