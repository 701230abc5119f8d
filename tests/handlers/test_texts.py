"""Every sentence there must be, and that labels fit the channels."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from domain.deadlines import Deadline
from domain.ladder import PERSONAL, Stage, StageDay
from domain.modes import Mode
from domain.number_sense import TOLD
from domain.numbers import Doubt
from domain.openings import Closing, Item
from domain.periods import Period, PeriodKind, periods_of_year
from domain.plan import About, Capacity
from domain.scales import SCALE_A
from handlers.messages import BUTTON_LABEL, MediaFailed
from handlers.texts import correction, doubts, general, questions, reminder, report, status
from handlers.texts.formats import office, post
from tests.duties import duty
from tests.transcripts.test_transcripts import INTERNAL

MARCH = Period.month(2022, 3)
TARGETS = "1 1 1 1 1 1 1 1 1 1 1 2"
LARGE = Decimal("9223372036854.775807")


OFFERED = ((), (Decimal(12),), (Decimal(12), Decimal(1)), (LARGE, Decimal(1), Decimal(2)))


@pytest.mark.parametrize("reason", Doubt)
def test_every_doubt_has_a_sentence_and_labels(reason: Doubt) -> None:
    for mode, candidates in product(Mode, OFFERED):
        about = duty("Peraturan desa", TARGETS, {"2022-01": 1}, mode=mode)
        sentence = doubts.question(reason, about, MARCH, "12 dokumen", candidates)
        assert sentence[0].isupper() or sentence[0].isdigit() or sentence[0] == '"'
        assert sentence[-1] in ".?"
        assert not INTERNAL.search(sentence)
        labels = [doubts.candidate_label(reason, candidates, at, MARCH, "desa") for at in range(len(candidates))]
        assert len(set(labels)) == len(labels) or reason is Doubt.ZERO_OR_NOT_YET
        assert all(len(label) <= BUTTON_LABEL for label in labels if "775807" not in label)


@pytest.mark.parametrize("kind", PeriodKind)
@pytest.mark.parametrize("mode", Mode)
def test_the_question_names_the_basis(mode: Mode, kind: PeriodKind) -> None:
    which = periods_of_year(2022, kind)[-1]
    asked = report.basis_question(duty("Arsip", TARGETS, mode=mode), which)
    basis = {Mode.SUM: ("Tambahan", "Jumlah"), Mode.CUM: ("Posisi s/d Desember",), Mode.LEVEL: ("Kondisi akhir",)}
    assert asked.startswith(basis.get(mode, ("Hasilnya",)))
    assert asked.endswith(", berapa desa?")


def test_a_figure_with_a_report_missing_is_called_provisional() -> None:
    """What was not reported is never silently a zero (domain.md 2.1)."""
    gap, whole = (
        duty("Arsip", TARGETS, {"2022-01": 1, "2022-03": 1}),
        duty("Arsip", TARGETS, {"2022-01": 1, "2022-02": 1}),
    )
    third = report.read_back(gap, MARCH, Decimal(1), gap.figures[MARCH])
    assert third == "✓ 1 desa · s/d Maret 2 dari 3 (66,67%) sementara"
    february = report.value_question(gap, MARCH, late=False, filled="").splitlines()[1]
    assert february == "Target Maret 1 · s/d Februari 1 dari 2 sementara · tercatat 1"
    assert report.value_question(whole, MARCH, late=False, filled="").splitlines()[1] == (
        "Target Maret 1 · s/d Februari 2 dari 2"
    )


def test_a_late_target_without_any_report_is_no_zero() -> None:
    late = duty("Arsip", "13 - - - - - - - - - - -")
    asked = report.value_question(late, MARCH, late=True, filled="")
    assert "Sampai Maret belum ada laporan, target 13" in asked
    nil = duty("Arsip", "13 - - - - - - - - - - -", {"2022-01": 0})
    assert "Sampai Maret baru 0 dari 13" in report.value_question(nil, MARCH, late=True, filled="")


def test_status_names_the_target_of_the_year_where_no_other_is_printed() -> None:
    yearly = duty("Laporan", "- - - -", annual=16)
    first = Period.quarter(2022, 1)
    shown = status.line(Item(yearly, first, False, date(2022, 4, 5)), SCALE_A)
    assert shown == "• Laporan\n  TW I: belum lapor, target setahun 16 desa\n  s/d TW I: belum ada angka"


def test_the_button_for_another_period_fits_every_period() -> None:
    for month in periods_of_year(2022, PeriodKind.MONTH):
        for others in ((), (Period.quarter(2022, 3),), (Period.quarter(2022, 3), Period.whole_year(2022))):
            items = tuple(Item(duty("Arsip", TARGETS), which, False, date(2022, 4, 5)) for which in (month, *others))
            label = report.start_label(Closing(month.end, date(2022, 4, 5), items, ()))
            assert label.startswith("Lapor ")
            assert len(label) <= BUTTON_LABEL


def test_labels_made_of_numbers_fit() -> None:
    assert report.same_label(Decimal(10), "orang") == "Tetap (10 orang)"
    assert report.same_label(Decimal(1250), "dokumen") == "Tetap (1.250)"
    assert report.same_label(LARGE, "orang") == "Tetap"
    assert correction.change_label(LARGE) == "Ya, ganti"
    assert len(report.send_label(99)) <= BUTTON_LABEL


def test_equal_targets_are_told_together() -> None:
    asked = report.mode_question(duty("Arsip", TARGETS, mode=Mode.SUM))
    assert "Januari sampai November masing-masing 1, Desember 2" in asked
    assert "jadi 13 desa setahun" in asked


@pytest.mark.parametrize("deadline", Deadline)
@pytest.mark.parametrize("stage", PERSONAL)
def test_every_stage_of_a_reminder_has_words(stage: Stage, deadline: Deadline) -> None:
    item = Item(duty("Arsip", TARGETS), MARCH, False, date(2022, 4, 5))
    today = date(2022, 4, 4)
    day = StageDay(stage, today, date(2022, 4, 5), (MARCH,), deadline)
    words = reminder.addressed_to("Bu Sari", [reminder.own(day, today, (item,), 2, 0)])
    assert words.startswith("Bu Sari, ")
    assert "Masih kurang 1 dari 2:\n• Arsip, target 1 desa" in words


def test_a_reminder_says_what_was_filled_in_but_not_sent() -> None:
    item = Item(duty("Arsip", TARGETS), MARCH, False, date(2022, 4, 5))
    day = StageDay(Stage.DUE, date(2022, 4, 5), date(2022, 4, 5), (MARCH,))
    assert "2 sudah diisi tetapi belum dikirim. Masih kurang 1 dari 3:" in reminder.own(day, day.day, (item,), 3, 2)


def test_a_reminder_names_the_target_of_the_year_where_there_is_no_other() -> None:
    yearly = duty("Surat dilayani", "- - - -", annual=400)
    item = Item(yearly, Period.quarter(2022, 1), False, date(2022, 4, 5))
    assert reminder.line(item) == "• Surat dilayani, target setahun 400 desa"


@pytest.mark.parametrize("about", About)
def test_every_question_of_a_plan_has_words(about: About) -> None:
    coded = {About.MODE: "SUM", About.DIRECTION: "negative", About.TARGETS: "2022-07=233; 2022-08=-"}
    coded |= {About.ANNUAL: "2800.5", About.REPEATED: "same", About.UNIT: "-"}
    value = coded.get(about, "Camat")
    label, _hint = questions.option(about, value)
    assert 0 < len(label) <= 24
    assert value not in questions.shown(about, value) or about in (About.OWNER, About.NAME)


def test_every_reason_of_a_failed_file_has_a_sentence() -> None:
    reasons = MediaFailed.model_fields["reason"].annotation
    assert set(general.MEDIA_FAILED) == set(getattr(reasons, "__args__", ()))


@pytest.mark.parametrize(
    ("name", "place", "begins"),
    [
        ("", 0, "Berkas itu rusak"),
        ("", 7, "Foto atau berkas ke-7 dari kiriman itu rusak"),
        ("rusak.jpg", 7, 'Berkas "rusak.jpg" rusak'),
        ("Laporan " + "panjang " * 20, 0, 'Berkas "Laporan panjang panjang panjang…" rusak'),
    ],
)
def test_a_file_that_failed_is_named_or_counted(name: str, place: int, begins: str) -> None:
    assert general.media_failed(MediaFailed(reason="broken", name=name, place=place)).startswith(begins)


@pytest.mark.parametrize(("name", "shown"), [("Gumelar", "Kecamatan Gumelar"), ("Kecamatan Kota", "Kecamatan Kota")])
def test_an_office_is_called_kecamatan_once(name: str, shown: str) -> None:
    assert office(name) == shown


def test_who_acts_for_a_post_is_told() -> None:
    assert [post("Lurah", capacity) for capacity in Capacity] == ["Lurah", "Plt Lurah", "Plh Lurah"]


@pytest.mark.parametrize("doubt", TOLD)
def test_whoever_checks_is_told_of_every_doubt_that_is_kept(doubt: Doubt) -> None:
    (told,) = doubts.unusual(doubt)
    assert not INTERNAL.search(told)
    assert len(doubts.unusual(f"{Doubt.RATIO},{doubt}")) == 1
