"""Every setting that cannot be is refused with the sentence that says what is allowed."""

from collections.abc import Callable
from datetime import date, time

import pytest

from domain.day_spans import DaySpan
from domain.deadlines import CutOff, CutOffKind
from domain.extensions import GrantRule
from domain.ladder import LadderRule, Rung, Stage
from domain.locks import LockRule
from domain.office_rules import OfficeRules
from domain.refusals import BadSetting
from domain.working_hours import Hours
from domain.zones import Zone
from handlers.texts.refusals import refusal

REFUSED: list[tuple[Callable[[], object], str]] = [
    (
        lambda: CutOff(CutOffKind.DAY, 31),
        "Batas harus tanggal 1 sampai 28, yang ada di setiap bulan, bukan 31.",
    ),
    (lambda: CutOff(CutOffKind.WORKING_DAY, 16), "Batas harus hari kerja ke-1 sampai ke-15, bukan 16."),
    (lambda: Hours(time(16), time(7)), "Jam tutup harus 16.01 sampai 23.59, bukan 07.00."),
    (
        lambda: Hours(time(8), time(16), time(17)),
        "Jam kirim pengingat harus 08.00 sampai 15.59, bukan 17.00.",
    ),
    (lambda: Hours(time(23, 59), time(23, 59)), "Jam buka harus 00.00 sampai 23.58, bukan 23.59."),
    (lambda: Zone.of("WIBB"), "Zona waktu harus WIB, WITA, atau WIT."),
    (lambda: OfficeRules(workdays=7), "Hari kerja seminggu harus 5 sampai 6, bukan 7."),
    (lambda: LadderRule(per_period=5), "Banyaknya pengingat satu periode harus 1 sampai 4, bukan 5."),
    (
        lambda: Rung(Stage.NOTICE, -11),
        "Pemberitahuan harus 0 sampai 10 hari kerja sebelum hari kerja terakhir periode itu, bukan 11.",
    ),
    (lambda: Rung(Stage.BEFORE, -11), "Sebelum batas harus 1 sampai 10 hari kerja sebelum batas, bukan 11."),
    (lambda: Rung(Stage.SUPERIOR, 16), "Atasan harus 1 sampai 15 hari kerja sesudah batas, bukan 16."),
    (lambda: Rung(Stage.DUE, 1), "Hari batas tidak dapat digeser, hanya nyala atau mati."),
    (
        lambda: LadderRule(kabupaten=(Rung(Stage.CAMAT, 5),)),
        "Tahap yang dapat diatur di sini: sebelum batas, hari batas, dan sesudah batas.",
    ),
    (lambda: GrantRule(61), "Waktu tambahan (dalam hari) harus 1 sampai 60, bukan 61."),
    (
        lambda: LockRule(0),
        "Kunci periode (dalam hari kerja sesudah batas kabupaten) harus 1 sampai 60, bukan 0.",
    ),
    (
        lambda: DaySpan(date(2022, 4, 8), date(2022, 4, 7)),
        "Hari terakhir harus paling awal Jumat 8 April 2022, bukan Kamis 7 April 2022.",
    ),
]


@pytest.mark.parametrize(("make", "sentence"), REFUSED)
def test_a_refusal_says_what_is_allowed(make: Callable[[], object], sentence: str) -> None:
    with pytest.raises(BadSetting) as refused:
        make()
    assert refusal(refused.value) == sentence


def test_words_and_endless_numbers_are_not_said_again() -> None:
    for make in (lambda: Zone.of("<b>x</b>" * 500), lambda: LockRule(int("9" * 40))):
        with pytest.raises(BadSetting) as refused:
            make()
        assert len(refusal(refused.value)) < 100
