"""Who may see which picture, as a matrix of everybody in an office; lists of any length; buttons that last."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from domain.modes import Mode, Rhythm
from domain.plan import OfficePlan, PostRow, Role
from handlers.messages import BODY_LIMIT, Chart, Choose, Outgoing, Press, Say
from handlers.pictures import picture
from handlers.texts import pictures as texts
from storage.engine import writing
from tests.offices import PLAN, MadeOffice, desk_of, indicator, make_office, quarterly
from tests.transcripts.chat import Town, options_of

APRIL = datetime(2022, 4, 6, 2, tzinfo=UTC)
CAMAT, SEKCAM, ADMIN, SARI, JOKO = "Ratna Dewanti", "Agus Prasetya", "Dewi Lestari", "Sari Andini", "Joko Santosa"
EVERYBODY = (CAMAT, SEKCAM, ADMIN, SARI, JOKO)


def told(engine: Engine, name: str, words: str, plan: OfficePlan = PLAN, now: datetime = APRIL) -> Outgoing:
    """What "grafik" answers somebody of the invented office."""
    with writing(engine) as connection:
        made = make_office(connection, plan=plan)
        return picture(desk_of(connection, made, name, now), address(made, words))


def address(made: MadeOffice, words: str) -> str:
    """The words with the ids of posts and indicators for their names: `{Kasi_Pemerintahan}`, `{buku_wajib}`."""
    ids = {**made.posts, **made.indicators}
    return words.format_map({key.replace(" ", "_").replace("-", "_"): value for key, value in ids.items()})


def seen(reply: Outgoing) -> str:
    """What kind of answer it is."""
    match reply:
        case Chart(chart=kind):
            return kind
        case Choose():
            return "list"
        case Say(text=text) if text == texts.NOT_YOURS:
            return "refused"
        case _:
            return "nothing"


MATRIX = {
    #                              camat         Sekcam        admin         Kasi          pelaksana
    "": ("list", "list", "list", "section", "list"),
    "daftar": ("list", "list", "list", "section", "refused"),
    "lapor": ("compliance", "compliance", "compliance", "refused", "refused"),
    "seksi:{Kasi_Pemerintahan}": ("section", "section", "section", "section", "refused"),
    "seksi:{Sekretaris_Kecamatan}": ("section", "section", "section", "refused", "refused"),
    "pilih:{Kasi_Pemerintahan}": ("list", "list", "list", "list", "refused"),
    "pilih:{Sekretaris_Kecamatan}": ("list", "list", "list", "refused", "refused"),
    "indikator:{buku_wajib}": ("indicator", "indicator", "indicator", "indicator", "refused"),
    "indikator:{asn_gaji}": ("indicator", "indicator", "indicator", "refused", "indicator"),
    "indikator:{ikm}": ("indicator", "indicator", "indicator", "refused", "refused"),
    "indikator": ("list", "list", "list", "list", "list"),
    "buku wajib": ("indicator", "indicator", "indicator", "indicator", "list"),
    "gaji": ("indicator", "indicator", "indicator", "section", "indicator"),
    "sekretariat": ("section", "section", "section", "section", "list"),
}
"""What each of five people gets. What is not theirs is not found by its name: they are shown their own instead."""


@pytest.mark.parametrize("words", MATRIX)
def test_who_sees_what(engine: Engine, words: str) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        filled = address(made, words)
        replies = [picture(desk_of(connection, made, name, APRIL), filled) for name in EVERYBODY]
    assert tuple(map(seen, replies)) == MATRIX[words]


def test_what_is_shown_instead_is_ones_own(engine: Engine) -> None:
    section = told(engine, SARI, "sekretariat")
    assert isinstance(section, Chart)
    assert section.title.startswith("Seksi Pemerintahan")
    assert section.caption.startswith('Tidak ada seksi atau indikator "sekretariat" di antara gambar Anda.\n')
    own = told(engine, JOKO, "buku wajib")
    assert isinstance(own, Choose)
    assert [option.label for option in own.options] == ["ASN yang menerima…", "Arsip surat"]


@pytest.mark.parametrize("words", ["seksi:999999", "indikator:999999", "pilih:999999", "seksi:{Kasi_Pembangunan}"])
def test_a_button_of_what_is_gone_says_so(engine: Engine, words: str) -> None:
    assert told(engine, CAMAT, words) == Say(text=texts.GONE)


def test_before_the_first_period_ends(engine: Engine) -> None:
    january = datetime(2022, 1, 20, 2, tzinfo=UTC)
    assert told(engine, SARI, "", now=january) == Say(text=texts.not_yet("Seksi Pemerintahan"))
    assert seen(told(engine, SARI, "indikator:{buku_wajib}", now=january)) == "indicator"
    assert seen(told(engine, CAMAT, "lapor", now=january)) == "compliance"


def plan_of(sections: int, indicators: int, name: str = "Indikator") -> OfficePlan:
    """An office of that many sections; the first one has that many indicators, the others one."""
    leaders = [
        PostRow(f"Kasi {number:02}", Role.KASI, "Camat", section=f"Seksi {number:02}") for number in range(sections)
    ]
    targets = quarterly(25, 50, 75, 100)
    rows = [
        indicator(f"k{number}", f"{name} {number:02}", "%", leaders[max(0, number - indicators + 1)].title,
                  Rhythm.QUARTERLY, targets, Mode.CUM, 100)
        for number in range(indicators + sections - 1)
    ]  # fmt: skip
    posts = (PLAN.posts[0], *leaders)
    people = (PLAN.people[0], replace(PLAN.people[3], post=leaders[0].title))
    return replace(PLAN, posts=posts, people=people, indicators=tuple(rows), questions=())


def walked(engine: Engine, plan: OfficePlan, first: str, onward: Sequence[str]) -> list[str]:
    """The labels of a list through all its pages."""
    labels: list[str] = []
    with writing(engine) as connection:
        made = make_office(connection, plan=plan)
        desk = desk_of(connection, made, CAMAT, APRIL)
        words = first.format_map({"post": made.posts.get("Kasi 00", 0)})
        for _page in range(20):
            reply = picture(desk, words)
            assert isinstance(reply, Choose)
            labels += [option.label for option in reply.options if option.label not in onward]
            following = [option for option in reply.options if option.label == onward[0]]
            if not following:
                return labels
            words = following[0].key.removeprefix("!grafik:")
    raise AssertionError("the list does not end")


@pytest.mark.parametrize("count", [2, 9, 10, 11, 12, 18, 19, 20])
def test_every_section_stands_in_the_list_once(engine: Engine, count: int) -> None:
    labels = walked(engine, plan_of(count, 1), "daftar", (texts.MORE, texts.FIRST))
    assert labels == [f"Seksi {number:02}" for number in range(count)]


@pytest.mark.parametrize("count", [2, 3, 10, 11, 60])
def test_every_indicator_stands_in_the_list_once(engine: Engine, count: int) -> None:
    labels = walked(engine, plan_of(2, count), "pilih:{post}", (texts.MORE, texts.FIRST))
    assert labels == [f"Indikator {number:02}" for number in range(count)]


def test_one_section_and_one_indicator_need_no_list(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=plan_of(1, 1))
        desk = desk_of(connection, made, CAMAT, APRIL)
        assert seen(picture(desk, "daftar")) == "section"
        assert seen(picture(desk, f"pilih:{made.posts['Kasi 00']}")) == "indicator"


def test_a_picture_of_many_pages_turns_over_and_keeps_its_numbers(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=plan_of(1, 20))
        desk = desk_of(connection, made, CAMAT, APRIL)
        words, pages = f"seksi:{made.posts['Kasi 00']}", list[int]()
        for _page in range(5):
            reply = picture(desk, words)
            assert isinstance(reply, Chart)
            pages.append(reply.page)
            words = reply.options[0].key.removeprefix("!grafik:")
    assert pages == [1, 2, 3, 4, 1]


@pytest.mark.parametrize("words", ["", "daftar", "lapor", "seksi:{Kasi_00}", "pilih:{Kasi_00}", "indikator:{k0}"])
def test_long_names_fit_and_every_button_fits_64_bytes(engine: Engine, words: str) -> None:
    long = plan_of(11, 60, name="Persentase penyelesaian administrasi kependudukan " * 9)
    reply = told(engine, CAMAT, words, long)
    assert all(len(option.key.encode()) <= 64 for option in options_of(reply))
    if isinstance(reply, Chart):
        assert (
            len(reply.title) + len(reply.caption) < BODY_LIMIT - 150
        )  # "Pertanyaan tadi masih terbuka ..." comes below


def test_a_button_below_an_open_question_says_how_to_go_on(sqlite_url: str) -> None:
    town = Town(sqlite_url)
    town.load("kecil")
    town.set_clock("2022-04-06 09:00")
    town.hear("Bu Sari Andini", "lapor")
    (reply,) = town.say("Bu Sari Andini", Press(token="!grafik:daftar"))
    assert isinstance(reply, Chart)
    assert reply.caption.endswith("untuk melanjutkan.")
