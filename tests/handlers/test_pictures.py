"""Who may see which picture, as a matrix of everybody in an office; lists of any length; buttons that last."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from domain.modes import Mode, Rhythm
from domain.periods import Period
from domain.plan import BudgetRow, Level, OfficePlan, PastSpending, PostRow, Role
from handlers.messages import BODY_LIMIT, Chart, Choose, Outgoing, Press, Say
from handlers.pictures import picture
from handlers.pictures.address import OF_OFFICE, OF_ONE, Address
from handlers.texts import pictures as texts
from storage.engine import writing
from tests.offices import PLAN, MadeOffice, desk_of, indicator, make_office, quarterly
from tests.transcripts.chat import Town, options_of

pytestmark = pytest.mark.sampled_on_postgresql

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
    "maret": ("overview", "overview", "overview", "section", "list"),
    "kantor:0:1:2022-03": ("overview", "overview", "overview", "section", "list"),
    "lapor tw i": ("compliance", "compliance", "compliance", "refused", "refused"),
    "keuangan": ("nothing", "nothing", "nothing", "refused", "refused"),
    "tahun": ("nothing", "nothing", "nothing", "refused", "refused"),
    "seksi pemerintahan maret": ("section", "section", "section", "section", "list"),
    "buku wajib januari": ("indicator", "indicator", "indicator", "indicator", "list"),
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
        made = make_office(connection, plan=plan_of(1, 30))
        desk = desk_of(connection, made, CAMAT, APRIL)
        words, pages = f"seksi:{made.posts['Kasi 00']}", list[int]()
        for _page in range(5):
            reply = picture(desk, words)
            assert isinstance(reply, Chart)
            pages.append(reply.page)
            words = reply.options[0].key.removeprefix("!grafik:")
    assert pages == [1, 2, 3, 4, 1]


@pytest.mark.parametrize("name", ["Persentase penyelesaian administrasi kependudukan " * 9, "W" * 200, "x" * 90])
@pytest.mark.parametrize(
    "words",
    ["", "daftar", "lapor", "seksi:{Kasi_00}", "pilih:{Kasi_00}", "indikator:{k0}", "seksi:{Kasi_00}:1:2022-TW1"],
)
def test_long_names_fit_and_every_button_fits_64_bytes(engine: Engine, words: str, name: str) -> None:
    reply = told(engine, CAMAT, words, plan_of(11, 60, name=name))
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


def test_what_a_picture_shortens_stands_in_full_below_it(engine: Engine) -> None:
    """Over all pages each of the twenty long names once, and none that is short."""
    name = "Persentase penyelesaian administrasi kependudukan dan pencatatan sipil di desa dan kelurahan menurut SOP"
    said: list[str] = []
    with writing(engine) as connection:
        made = make_office(connection, plan=plan_of(1, 20, name=name))
        desk = desk_of(connection, made, CAMAT, APRIL)
        for page in range(1, 9):
            reply = picture(desk, f"seksi:{made.posts['Kasi 00']}:{page}")
            assert isinstance(reply, Chart)
            if reply.page == page:
                said += [line.removeprefix("• ") for line in reply.caption.splitlines() if line.startswith("• ")]
    assert said == [f"{name} {number:02}" for number in range(20)]


BUDGET = replace(
    PLAN,
    budget=(
        BudgetRow("1", "Program Penunjang", Level.PROGRAM, None),
        BudgetRow("1.1", "Administrasi Keuangan", Level.KEGIATAN, Decimal(40_000_000), post="Pengelola Gaji"),
        BudgetRow("1.2", "Administrasi Umum", Level.KEGIATAN, Decimal(60_000_000), post="Pengelola Gaji"),
    ),
    spending=(
        PastSpending("1.1", Period.month(2022, 2), Decimal(12_350_000), datetime(2022, 3, 1, tzinfo=UTC), Decimal(30)),
    ),
)


def test_the_budget_is_for_the_office_and_for_whoever_reports_all_of_it(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=BUDGET)
        replies = [picture(desk_of(connection, made, name, APRIL), "keuangan") for name in EVERYBODY]
    assert list(map(seen, replies)) == ["budget", "budget", "budget", "refused", "budget"]


def test_a_month_that_nobody_reported_leads_to_the_newest_one_that_is(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=BUDGET)
        desk = desk_of(connection, made, CAMAT, APRIL)
        march = picture(desk, "keuangan")
        assert isinstance(march, Chart)
        assert march.caption.startswith("Belum dilaporkan, pagu Rp100.000.000.\nAngka terakhir ada s/d Februari 2022.")
        february = picture(desk, march.options[-1].key.removeprefix("!grafik:"))
        assert isinstance(february, Chart)
        assert february.caption.startswith(
            "Rp12.350.000 dari Rp100.000.000 (12%), fisik 30%; 1 dari 2 baris dilaporkan."
        )
        assert picture(desk, "keuangan april") == Say(text=texts.nothing_in(Period.month(2022, 4), desk.today))


addresses = st.builds(
    Address,
    st.sampled_from((*OF_OFFICE, *OF_ONE)),
    st.just(0),
    st.integers(1, 9_999),
    st.none() | st.sampled_from([Period.month(2022, 3), Period.quarter(2024, 4), Period.whole_year(2025)]),
) | st.builds(
    Address,
    st.sampled_from(OF_ONE),
    st.integers(1, 10**12 - 1),
    st.integers(1, 9_999),
    st.none() | st.sampled_from([Period.month(2022, 12), Period.whole_year(2025)]),
)


@given(addresses)
def test_a_button_leads_to_where_it_was_made(address: Address) -> None:
    assert address.key.startswith("!grafik:") and len(address.key.encode()) <= 64
    assert Address.parse(address.key.removeprefix("!grafik:")) == address


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("lapor:2", Address("lapor", page=2)),
        ("daftar:3", Address("daftar", page=3)),
        ("seksi:7:2", Address("seksi", 7, 2)),
        ("indikator:12", Address("indikator", 12)),
        ("lapor:0:2:2022-tw1", Address("lapor", page=2, period=Period.quarter(2022, 1))),
        ("seksi:7:1:2022-13", None),
        ("seksi pemerintahan", None),
    ],
)
def test_buttons_of_older_messages_lead_to_the_same(words: str, address: Address | None) -> None:
    assert Address.parse(words) == address
