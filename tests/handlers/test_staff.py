"""Whoever has no post left sees nothing of it, and long lists of posts and people fit a phone."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine

from domain.appointments import Change
from domain.plan import Capacity, PersonRow, PostRow, Role
from handlers import staff
from handlers.dialogue import Begin, Next, Retry, Tap
from handlers.menu import MENU
from handlers.messages import ROWS, Choose, Press, Text
from handlers.staff import Draft, Step
from handlers.staff.answering import answer
from handlers.staff.asking import ask
from handlers.staff.listing import listed
from storage.engine import writing
from storage.staff import Enter
from tests.offices import CAMAT, KASI, PLAN, VACANT, desk_of, make_office
from tests.transcripts.chat import Town, options_of, words_of

SARI, DEWI = "Sari Andini", "Dewi Lestari"
BU_SARI, BU_DEWI = "Bu Sari Andini", "Bu Dewi Lestari"
SECRETS = ("buku wajib", "Peraturan desa", "PBB", "ASN yang menerima", "Pengelola Gaji")
MANY = 24


def test_who_left_the_office_sees_nothing_by_any_word_or_button(sqlite_url: str) -> None:
    town = Town(sqlite_url)
    town.load("kecil")
    town.set_clock("2022-03-29 09:00")
    shown = [option for line in ("lapor", "status", "lapor", "1") for option in buttons(town, line)]
    for line in ("mutasi sari", "hari ini", "keluar kantor ini", "kosong dulu", "simpan"):
        town.hear(BU_DEWI, line)
    town.set_clock("2022-03-30 09:00")
    buttons_tried = [Press(token=token) for token in (*shown, *(f"!{entry.word}:4" for entry in MENU))]
    words = [Text(body=word) for entry in MENU for word in (entry.word, *entry.spellings, f"{entry.word} maret")]
    for said in (*buttons_tried, *words, Text(body="1"), Text(body="buku")):
        told = " ".join(words_of(reply) for reply in town.say(BU_SARI, said))
        assert told, said
        assert not [secret for secret in SECRETS if secret in told], (said, told)


def buttons(town: Town, line: str) -> list[str]:
    return [option.token or option.key for reply in town.hear(BU_SARI, line) for option in options_of(reply)]


def test_long_lists_page_and_come_round_again(engine: Engine) -> None:
    posts = tuple(PostRow(f"Pengadministrasi Umum bagian {at}", Role.PELAKSANA, KASI) for at in range(MANY))
    people = tuple(PersonRow(f"Pegawai {chr(65 + at)}", posts[at].title) for at in range(MANY))
    plan = replace(PLAN, posts=(*PLAN.posts, *posts), people=(*PLAN.people, *people))
    with writing(engine) as connection:
        desk = desk_of(connection, make_office(connection, plan=plan), DEWI)
        draft = Draft(change=Change.TRANSFER)
        seen: set[str] = set()
        for _page in range(4):
            question = ask(Step.WHO, draft, desk)
            assert isinstance(question, Choose) and len(question.options) <= ROWS
            seen |= {option.key for option in question.options}
            reply = answer(Step.WHO, draft, Tap(key="more"), desk)
            assert isinstance(reply, Next)
            draft = reply.draft
        assert len(seen - {"more"}) == len(PLAN.people) + MANY
        pages = [listed(desk, page) for page in (1, 2, 3, 4)]
        assert pages[3] == pages[0]
        assert len({page.text for page in pages if isinstance(page, Choose)}) == 3
        asked = Draft(change=Change.TRANSFER, post=desk.posts[3].id, tenure=4, last=date(2022, 3, 31))
        question = ask(Step.PERSON, asked, desk)
        assert isinstance(question, Choose) and len(question.options) <= ROWS


@pytest.mark.parametrize(
    ("words", "step"),
    [("", Step.MENU), ("mutasi", Step.WHO), ("plt kasi pembangunan", Step.PERSON), ("plh", Step.POST)],
)
def test_a_change_may_be_named_with_the_word(words: str, step: Step, engine: Engine) -> None:
    with writing(engine) as connection:
        begun = staff.start(desk_of(connection, make_office(connection), DEWI), words)
        assert isinstance(begun, Begin) and begun.step is step


def test_a_conversation_that_an_admin_left_open_ends_with_the_post(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        refused = answer(Step.CONFIRM, Draft(person=0), Tap(key="save"), desk_of(connection, made, SARI))
        assert not isinstance(refused, Next | Retry)
        assert not isinstance(staff.start(desk_of(connection, made, SARI)), Begin)


def test_a_plt_that_is_entered_meanwhile_is_shown_rather_than_asked(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        desk = desk_of(connection, made, DEWI, datetime(2022, 3, 29, 1, tzinfo=UTC))
        plt = Enter(made.posts[VACANT], made.people[SARI], date(2022, 4, 1), Capacity.PLT, date(2022, 6, 30))
        desk.staff.move([plt])
        begun = staff.start(desk, "plt kasi pembangunan")
        assert isinstance(begun, Begin) and begun.step is Step.PRESENT
        question = ask(Step.PRESENT, begun.draft, desk)
        assert isinstance(question, Choose) and [option.key for option in question.options] == ["extend", "end"]
        assert CAMAT not in question.text
