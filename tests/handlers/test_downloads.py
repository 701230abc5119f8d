"""Who may download which form, as a matrix of everybody in an office; words and buttons that lead to a file."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from domain.forms.data_form import DataForm
from domain.plan import BudgetRow, Capacity, Level, OfficePlan
from handlers.downloads import download
from handlers.form_files import FORM_FILES
from handlers.messages import BODY_LIMIT, Chart, Choose, Form, Option, Outgoing, Say
from handlers.texts import downloads as texts
from handlers.undrawn import instead_of
from storage.engine import writing
from storage.form_kinds import FORMS, kept_figures
from storage.rows import add
from storage.snapshots import load
from storage.tables import Tenure, table
from tests.offices import PELAKSANA, PLAN, VACANT, MadeOffice, desk_of, make_office

pytestmark = pytest.mark.sampled_on_postgresql

APRIL = datetime(2022, 4, 6, 2, tzinfo=UTC)
CAMAT, SEKCAM, ADMIN, SARI, JOKO = "Ratna Dewanti", "Agus Prasetya", "Dewi Lestari", "Sari Andini", "Joko Santosa"
EVERYBODY = (CAMAT, SEKCAM, ADMIN, SARI, JOKO)


def told(engine: Engine, name: str, words: str, plan: OfficePlan = PLAN, now: datetime = APRIL) -> Outgoing:
    """What "unduh" answers somebody of the invented office."""
    with writing(engine) as connection:
        made = make_office(connection, plan=plan)
        return download(desk_of(connection, made, name, now), address(made, words))


def address(made: MadeOffice, words: str) -> str:
    """The words with the ids of posts for their names: `{Kasi_Pemerintahan}`."""
    return words.format_map({key.replace(" ", "_"): value for key, value in made.posts.items()})


def seen(reply: Outgoing) -> str:
    """What kind of answer it is: a file, a list of forms, the choice of a file, or why not."""
    match reply:
        case Form(ending=ending):
            return ending
        case Choose(title=""):
            return "list"
        case Choose():
            return "files"
        case Say(text=text) if text == texts.NOT_YOURS:
            return "refused"
        case Say(text=text) if "seluruh kantor" in text:
            return "office only"
        case _:
            return "nothing"


MATRIX = {
    #                 camat    Sekcam   admin    Kasi           pelaksana
    "": ("list", "list", "list", "list", "refused"),
    "renaksi": ("files", "files", "files", "files", "refused"),
    "renaksi tw i pdf": ("pdf", "pdf", "pdf", "pdf", "refused"),
    "renaksi:2022-TW1:pdf:{Sekretaris_Kecamatan}": ("pdf", "pdf", "pdf", "pdf", "refused"),
    "data 2022 csv": ("csv", "csv", "csv", "csv", "refused"),
    "renja tw i xlsx": ("xlsx", "xlsx", "xlsx", "office only", "refused"),
    "renja:2022-TW1:xlsx:{Kasi_Pemerintahan}": ("xlsx", "xlsx", "xlsx", "office only", "refused"),
    "rfk": ("nothing", "nothing", "nothing", "office only", "refused"),
    "paten": ("nothing", "nothing", "nothing", "office only", "refused"),
}  # fmt: skip


MONEY = replace(
    PLAN,
    budget=(BudgetRow("5.1", "Administrasi Keuangan", Level.KEGIATAN, Decimal(40_000_000), post="Pengelola Gaji"),),
)
OF_MONEY = {
    #                 camat    Sekcam   admin    Kasi           who reports the whole budget
    "": ("list", "list", "list", "list", "list"),
    "rfk": ("files", "files", "files", "office only", "files"),
    "rfk maret pdf": ("pdf", "pdf", "pdf", "office only", "pdf"),
    "rfk:2022-03:xlsx:{Kasi_Pemerintahan}": ("xlsx", "xlsx", "xlsx", "office only", "xlsx"),
    "renaksi": ("files", "files", "files", "files", "refused"),
    "renja tw i xlsx": ("xlsx", "xlsx", "xlsx", "office only", "refused"),
}  # fmt: skip


@pytest.mark.parametrize("words", OF_MONEY)
def test_who_reports_the_whole_budget_gets_its_form(engine: Engine, words: str) -> None:
    assert tuple(seen(told(engine, name, words, MONEY)) for name in EVERYBODY) == OF_MONEY[words]


@pytest.mark.parametrize(
    ("name", "example"), [(CAMAT, "unduh renaksi tw i"), (SARI, "unduh renaksi tw i"), (JOKO, "unduh rfk maret")]
)
def test_the_example_is_a_form_that_the_person_may_have(engine: Engine, name: str, example: str) -> None:
    reply = told(engine, name, "", MONEY)
    assert isinstance(reply, Choose) and f"mis. {example}." in reply.text


@pytest.mark.parametrize("words", MATRIX)
def test_everybody_gets_their_own_forms_only(engine: Engine, words: str) -> None:
    assert tuple(seen(told(engine, name, words)) for name in EVERYBODY) == MATRIX[words]


@pytest.mark.parametrize(
    ("name", "words", "posts"),
    [
        (SARI, "data 2022 csv", {"Kasi Pemerintahan"}),
        (SARI, "data:2022:csv:{Sekretaris_Kecamatan}", {"Kasi Pemerintahan"}),
        (CAMAT, "data 2022 csv", {"Kasi Pemerintahan", "Kasubbag Perencanaan", "Pengelola Gaji"}),
    ],
)
def test_a_section_has_its_own_rows_whatever_the_button_says(
    engine: Engine, name: str, words: str, posts: set[str]
) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        reply = download(desk_of(connection, made, name, APRIL), address(made, words))
        assert isinstance(reply, Form)
        figures = kept_figures(load(connection, reply.snapshot))
    assert isinstance(figures, DataForm)
    assert {row.post for row in figures.rows} == posts


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("renaksi tw i pdf", "renaksi-2022-tw1-no{}.pdf"),
        ("RENAKSI Maret Word", "renaksi-2022-03-no{}.docx"),
        ("monitoring februari excel", "renaksi-2022-02-no{}.xlsx"),
        ("e.81 triwulan 1 cetak", "renja-2022-tw1-no{}.pdf"),
        ("t-c.29 pdf", "tc29-2022-no{}.pdf"),
        ("data csv", "data-2022-no{}.csv"),
        ("renja:2022-tw1:xlsx", "renja-2022-tw1-no{}.xlsx"),
    ],
)
def test_a_form_is_named_as_people_name_it(engine: Engine, words: str, name: str) -> None:
    reply = told(engine, CAMAT, words)
    assert isinstance(reply, Form)
    assert reply.name == name.format(reply.snapshot)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("renja word", "Renja tidak dibuat sebagai Word; yang ada PDF dan Excel."),
        ("renja maret pdf", "Renja dibuat per triwulan atau per tahun."),
        ("renaksi mei pdf", "Mei 2022 belum dimulai."),
        ("renaksi 2019 pdf", "Tidak ada indikator yang dapat dilaporkan untuk tahun 2019."),
        ("rfk maret pdf", "Belum ada baris anggaran tahun 2022."),
        ("paten maret pdf", "Belum ada jenis pelayanan tahun 2022."),
    ],
)
def test_what_cannot_be_had_is_told_with_the_reason(engine: Engine, words: str, sentence: str) -> None:
    reply = told(engine, CAMAT, words)
    assert isinstance(reply, Say)
    assert reply.text.startswith(sentence)


@pytest.mark.parametrize(
    "words", ["hantu", "renaksi hantu", "renaksi pdf maret", "renaksi:kemarin:pdf", "renja::docx", "::::"]
)
def test_what_is_not_understood_is_answered_with_the_forms(engine: Engine, words: str) -> None:
    reply = told(engine, CAMAT, words)
    assert isinstance(reply, Choose)
    assert reply.text.startswith(f'"{words}" tidak saya kenali.')
    assert [option.label for option in reply.options] == ["Renaksi", "Renja", "T-C.29", "Data"]


def test_the_usual_period_is_the_newest_that_has_ended(engine: Engine) -> None:
    january = datetime(2022, 1, 10, 2, tzinfo=UTC)
    titles = {
        (words, now): _titled(told(engine, CAMAT, words, now=now))
        for words in ("renaksi", "data")
        for now in (APRIL, january)
    }
    assert titles == {
        ("renaksi", APRIL): "Renaksi TW I 2022",
        ("renaksi", january): "Renaksi TW I 2022",
        ("data", APRIL): "Data Tahun 2022",
        ("data", january): "Data Tahun 2022",
    }


def _titled(reply: Outgoing) -> str:
    assert isinstance(reply, Choose)
    return reply.title


@pytest.mark.parametrize("form", FORM_FILES)
def test_every_button_leads_to_a_file_within_three_taps(engine: Engine, form: str) -> None:
    """The form, its file; or the form, another period, its file."""
    if form in ("rfk", "paten"):
        return  # the invented office has none
    with writing(engine) as connection:
        desk = desk_of(connection, make_office(connection), CAMAT, APRIL)

        def press(option: Option) -> Outgoing:
            word, _, words = option.key.removeprefix("!").partition(":")
            assert word == "unduh" and len(option.key.encode()) <= 64
            return download(desk, words)

        files = download(desk, form)
        assert isinstance(files, Choose)
        *endings, other = files.options
        assert [seen(press(one)) for one in endings] == list(FORM_FILES[form])
        periods = press(other)
        assert isinstance(periods, Choose) and 1 <= len(periods.options) <= 10
        assert {seen(press(one)) for one in periods.options} == {"files"}


def test_who_leads_two_sections_is_asked_which(engine: Engine) -> None:
    moved = tuple(replace(row, post=VACANT) if row.post == PELAKSANA else row for row in PLAN.indicators)
    with writing(engine) as connection:
        made = make_office(connection, plan=replace(PLAN, indicators=moved))
        held = {"post_id": made.posts[VACANT], "person_id": made.people[SARI]}
        add(connection, table(Tenure), held | {"capacity": Capacity.PLT, "starts": date(2022, 1, 1)})
        desk = desk_of(connection, made, SARI, APRIL)
        which = download(desk, "renaksi tw i pdf")
        assert isinstance(which, Choose)
        assert [option.label for option in which.options] == ["Seksi Pemerintahan", "Seksi Pembangunan"]
        file = download(desk, which.options[1].key.removeprefix("!unduh:"))
    assert isinstance(file, Form)
    assert "Seksi Pembangunan" in file.caption and file.ending == "pdf"


def test_every_form_has_words() -> None:
    assert set(texts.NAMES) == set(texts.ABOUT) == set(FORMS)
    assert {ending for endings in FORM_FILES.values() for ending in endings} == set(texts.FILES)


# --- in place of what could not be made -------------------------------------------------------------------------------


def test_a_picture_that_could_not_be_drawn_leaves_its_words_and_buttons() -> None:
    buttons = (Option(key="!grafik", label="Rincian seksi"),)
    chart = Chart(chart="overview", snapshot=1, title="Ringkasan", caption="kata " * 200, options=buttons)
    instead = instead_of(chart)
    assert isinstance(instead, Choose)
    assert (instead.title, instead.options) == ("Ringkasan", buttons)
    assert instead.text.startswith("kata kata") and instead.text.endswith(texts.NO_PICTURE)
    assert len(instead.text) + len(instead.title) < BODY_LIMIT


def test_a_file_that_could_not_be_made_says_how_to_ask_again() -> None:
    instead = instead_of(Form(form="renja", snapshot=1, ending="pdf", name="renja-2022-tw1-no1.pdf"))
    assert isinstance(instead, Say)
    assert "renja-2022-tw1-no1.pdf" in instead.text and "unduh" in instead.text
