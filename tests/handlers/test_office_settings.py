"""What an admin types for a setting is read as it is shown, refused with what is allowed, and previewed truthfully."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import Engine

from domain.deadlines import CutOff, CutOffKind
from domain.explaining import ExplainRule
from domain.ladder import DEFAULT_RUNGS, LadderRule, Rung, Stage
from domain.office_rules import OfficeRules
from domain.refusals import BadSetting
from domain.retention import KeepRule
from domain.scales import ScaleKey
from domain.verification import VerificationRule
from domain.working_hours import Hours, Weekday, WeekHours
from domain.zones import Zone
from handlers.messages import BUTTON_LABEL, Choose
from handlers.office_settings import Draft, Step, ask
from handlers.office_settings.catalogue import BY_KEY, SETTINGS, Choice, find
from handlers.office_settings.preview import compared
from storage.engine import writing
from tests.offices import desk_of, make_office

POSTS = ("Camat", "Sekretaris Kecamatan", "Kasubbag Perencanaan", "Kasi Pemerintahan")
USUAL = Choice(OfficeRules(), Zone.WITA.value, posts=POSTS)
OTHER = Choice(
    OfficeRules(
        workdays=6,
        internal=CutOff(CutOffKind.WORKING_DAY, 15),
        kabupaten=CutOff(CutOffKind.DAY, 28, later=True),
        hours=Hours(time(7), time(15, 30), time(9, 5)),
        ladder=LadderRule((Rung(Stage.NOTICE, -10), Rung(Stage.DUE, 0), Rung(Stage.CAMAT, 15)), 1, ()),
        digest_weekday=Weekday.SATURDAY,
        digest_at=time(13, 45),
        weekday_hours=((Weekday.FRIDAY, Hours(time(7), time(11), time(7, 30))),),
        ramadan=WeekHours(Hours(time(8), time(15), time(8, 30))),
        extension_days=60,
        lock_after=60,
        scale=ScaleKey.MALUKU_TENGAH,
        rounded=True,
        keeping=KeepRule(240, 240),
        explaining=ExplainRule(60, 90, 150, 1),
        verification=VerificationRule((POSTS[3],), superior_days=10, camat_approves=False, own_allowed=True),
    ),
    Zone.WIT.value,
    posts=POSTS,
)
NOW = datetime(2022, 3, 29, 1, tzinfo=UTC)


@pytest.mark.parametrize("choice", [USUAL, OTHER], ids=["usual", "other"])
@pytest.mark.parametrize("key", BY_KEY)
def test_what_is_shown_of_a_setting_can_be_typed(key: str, choice: Choice) -> None:
    setting = BY_KEY[key]
    shown = setting.value(choice)
    other = OTHER if choice is USUAL else USUAL
    read = setting.read(shown, choice)
    assert read == choice
    if key not in ("stages", "kabupaten_stages"):  # those that are not named stay
        carried = setting.read(shown, other)
        assert carried is not None
        assert setting.value(carried) == shown


@pytest.mark.parametrize(
    ("key", "words", "shown"),
    [
        ("internal", "Tgl 7", "tanggal 7, maju bila libur"),
        ("internal", "mundur", "tanggal 5, mundur bila libur"),
        ("internal", "3 hari kerja", "hari kerja ke-3"),
        ("internal", "hari kerja ke 3", "hari kerja ke-3"),
        ("stages", "H-1 2 dan atasan mati", "pemberitahuan 2, sebelum batas 2, hari batas, sesudah batas 1, camat 5"),
        ("stages", "mati", "mati"),
        ("stages", "hari batas mati, camat +7", "pemberitahuan 2, sebelum batas 1, sesudah batas 1, atasan 3, camat 7"),
        ("kabupaten_stages", "sesudah batas mati", "sebelum batas 1, hari batas"),
        ("per_period", "2 pesan", "paling banyak 2"),
        ("hours", "jam 8 sampai 15.30", "08.00-15.30, kirim 08.00"),
        ("hours", "9:00-15:00", "09.00-15.00, kirim 09.00"),
        ("hours", "kirim 10", "07.30-16.00, kirim 10.00"),
        ("friday", "07.30-11.30", "07.30-11.30, kirim 08.00"),
        ("ramadan", "08.00-15.00, kirim pukul 08.30", "08.00-15.00, kirim 08.30"),
        ("workdays", "senin-sabtu", "Senin sampai Sabtu"),
        ("workdays", "6 hari", "Senin sampai Sabtu"),
        ("zone", "wib", "WIB"),
        ("digest", "selasa", "Selasa 08.00"),
        ("digest", "Jum'at pukul 09.15", "Jumat 09.15"),
        ("extension", "21", "paling lama 21 hari"),
        ("lock", "5 hari kerja", "5 hari kerja sesudah batas kabupaten"),
        ("messages_kept", "2 tahun", "24 bulan"),
        ("messages_kept", "6", "6 bulan"),
        ("evidence_kept", "jangan dihapus", "selamanya"),
        ("verifiers", "kasubbag dan kasi", "Kasubbag Perencanaan dan Kasi Pemerintahan"),
        ("verifiers", "camat", "Camat"),
        ("verifiers", "admin saja", "hanya admin"),
        ("superior", "3 hari", "dulu, 3 hari kerja"),
        ("superior", "mati", "tidak"),
        ("superior", "dulu", "dulu, 2 hari kerja"),
        ("approval", "matikan", "tidak"),
        ("own", "ya", "boleh"),
        ("explaining", "bulanan 70 dan tw 90%", "bulanan 70%, triwulan 90%, pendorong 120%, banyak 3"),
        ("explaining", "paling banyak 2", "bulanan 76%, triwulan 100%, pendorong 120%, banyak 2"),
        ("own", "jangan", "tidak boleh"),
    ],
)
def test_settings_are_typed_in_many_ways(key: str, words: str, shown: str) -> None:
    read = BY_KEY[key].read(words, USUAL)
    assert read is not None
    assert BY_KEY[key].value(read) == shown


def test_a_stage_that_is_switched_on_again_comes_where_it_usually_does() -> None:
    setting = BY_KEY["stages"]
    without = setting.read("atasan mati", USUAL)
    assert without is not None
    again = setting.read("atasan nyala", without)
    assert again is not None
    assert again.rules.ladder.rungs == DEFAULT_RUNGS


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("internal", "31"),
        ("internal", "hari kerja ke-16"),
        ("stages", "pemberitahuan 11"),
        ("stages", "camat 16"),
        ("kabupaten_stages", "atasan 3"),
        ("per_period", "5"),
        ("hours", "16.00-07.30"),
        ("hours", "08.00-15.00, kirim 15.00"),
        ("workdays", "7"),
        ("zone", "Singapura"),
        ("digest", "senin 20.00"),
        ("digest", "senin 16.00"),
        ("extension", "61"),
        ("lock", "0"),
        ("explaining", "bulanan 1001"),
        ("explaining", "banyak 0"),
        ("messages_kept", "0 bulan"),
        ("evidence_kept", "30 tahun"),
        ("superior", "11 hari"),
    ],
)
def test_what_cannot_be_is_refused(key: str, words: str) -> None:
    with pytest.raises(BadSetting):
        BY_KEY[key].read(words, USUAL)


@pytest.mark.parametrize("key", [key for key in BY_KEY if key != "zone"])
@pytest.mark.parametrize("words", ["", "entahlah", "24.60-25.00", "minggu 08.00", "=1+1", "tanggal 5 kira-kira"])
def test_what_says_nothing_is_not_guessed(key: str, words: str) -> None:
    assert BY_KEY[key].read(words, USUAL) is None


def test_settings_are_found_by_number_and_name() -> None:
    assert [find(str(number)) for number in range(1, len(SETTINGS) + 1)] == list(SETTINGS)
    assert all(find(setting.label.upper()) is setting for setting in SETTINGS)
    assert [find(words) for words in ("0", "99", "9" * 40, "jam", "ba", "²")] == [None] * 6


def test_the_longest_values_fit_into_a_message(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, "Dewi Lestari", NOW)
        rungs = tuple(
            Rung(stage, -10 if stage in (Stage.NOTICE, Stage.BEFORE) else 10) for stage in Stage if stage != "H"
        )
        for rules in (OTHER.rules, replace(OTHER.rules, ladder=LadderRule(rungs))):
            desk.settings.choose(rules, OTHER.zone)
            pages = [ask(Step.SETTING, Draft(page=page), desk).text for page in range(3)]
            assert all(f"{at} {one.label}: " in "".join(pages) for at, one in enumerate(SETTINGS, start=1))
            for setting in SETTINGS:
                asked = ask(Step.VALUE, Draft(setting=setting.key), desk)
                assert isinstance(asked, Choose)
                assert all(len(option.label) <= BUTTON_LABEL for option in asked.options)
                usual = setting.value(USUAL)
                assert isinstance(ask(Step.CONFIRM, Draft(setting=setting.key, words=usual), desk), Choose)


def test_the_preview_tells_what_changes_and_only_then_what_is_else(engine: Engine) -> None:
    with writing(engine) as connection:
        desk = desk_of(connection, make_office(connection), "Dewi Lestari", NOW)
        as_it_is = compared(desk, Choice(desk.office.rules, desk.office.zone))
        assert [new == old for _label, new, old in as_it_is] == [True] * len(as_it_is)
        assert ("H-1", "Rabu 4 Mei", "Rabu 4 Mei") in as_it_is  # no holidays here
        assert "Dikunci mulai" not in [label for label, _new, _old in as_it_is]
        six = Choice(replace(desk.office.rules, workdays=6, lock_after=5), desk.office.zone)
        lines = {label: (new, old) for label, new, old in compared(desk, six)}
        assert lines["Atasan diberi tahu"] == ("Senin 9 Mei", "Selasa 10 Mei")
        assert lines["Dikunci mulai"] == ("Senin 16 Mei", "tidak ada")
        assert lines["Pemberitahuan"] == ("Kamis 28 April", "Rabu 27 April")


def test_a_change_holds_at_once(engine: Engine) -> None:
    with writing(engine) as connection:
        desk = desk_of(connection, make_office(connection), "Sari Andini", NOW)
        assert desk.closings[-1].cut_off == date(2022, 4, 5)
        changed = BY_KEY["internal"].read("hari kerja ke-5", Choice(desk.office.rules, desk.office.zone))
        assert changed is not None
        desk.settings.choose(changed.rules, changed.zone)
        assert desk.closings[-1].cut_off == date(2022, 4, 7)
