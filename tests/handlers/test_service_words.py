"""How services without a target are spoken of: one line in a reminder, counts in a question and in the status."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.ladder import Stage, StageDay
from domain.openings import Closing, Duty, Item
from domain.periods import Period
from domain.scales import SCALE_A
from handlers.texts import all_zero, reminder, report, status
from tests.duties import duty, service

MARCH = Period.month(2022, 3)
DUE = date(2022, 4, 5)
STAGE = StageDay(Stage.BEFORE, date(2022, 4, 4), DUE, (MARCH,))
BUKU = duty("Buku tamu", "1 1 1 1 1 1 1 1 1 1 1 1")
KK = replace(service("Kartu Keluarga", {"2022-01": 426, "2022-02": 339}, number=2), unit="layanan")
PINDAH = replace(service("Pindah", {"2022-01": 29}, number=3), unit="layanan")


def items(*duties: Duty) -> list[Item]:
    return [Item(one, MARCH, one.figures[MARCH].reported, DUE) for one in duties]


def told(*duties: Duty, due: int) -> list[str]:
    return reminder.own(STAGE, date(2022, 4, 4), items(*duties), due, 0).splitlines()[1:]


def test_a_reminder_names_indicators_one_by_one_and_services_together() -> None:
    assert told(BUKU, KK, PINDAH, due=5) == [
        "Masih kurang 3 dari 5:",
        "• Buku tamu, target 1 desa",
        "• 2 jenis layanan",
    ]
    assert told(BUKU, KK, PINDAH, due=3)[0] == "Yang ditunggu 3 laporan:"
    assert told(KK, PINDAH, due=2) == ["Yang ditunggu 2 layanan:", "• 2 jenis layanan"]


def test_a_single_service_is_named() -> None:
    assert told(PINDAH, due=1) == ["Yang ditunggu 1 layanan:", "• Pindah"]


def test_the_question_asks_for_the_month_and_tells_no_target() -> None:
    asked = report.value_question(KK, MARCH, late=False, filled="", evidence=0)
    assert asked == "Kartu Keluarga\ns/d Februari 765\nBulan Maret, berapa layanan?"


def test_what_is_read_back_is_the_count_and_the_sum_without_capaian() -> None:
    figure = service("Kartu Keluarga", {"2022-01": 426, "2022-02": 339, "2022-03": 505}).figures[MARCH]
    assert report.read_back(KK, MARCH, Decimal(505), figure) == "✓ 505 layanan · s/d Maret 1.270"


def test_the_status_tells_a_count_in_two_lines_and_when_it_is_provisional() -> None:
    kk, moved = items(replace(service("Kartu Keluarga", {"2022-03": 505}), unit="layanan"), PINDAH)
    assert status.line(kk, SCALE_A) == "• Kartu Keluarga\n  Maret: 505 layanan, s/d Maret 505 sementara"
    assert status.line(moved, SCALE_A) == "• Pindah\n  Maret: belum lapor, s/d Maret 29 sementara"


def test_nihil_for_all_lists_every_service() -> None:
    closing = Closing(MARCH.end, DUE, tuple(items(KK, PINDAH)), ())
    assert all_zero.confirm(closing, closing.items).splitlines()[:3] == [
        "Maret 2022: nihil (0) untuk 2 layanan ini?",
        "• Kartu Keluarga",
        "• Pindah",
    ]
