""" "tim" in a large office: posts by pages, and only what was shown is seen."""

from dataclasses import replace
from decimal import Decimal

from sqlalchemy import Engine

from domain.modes import Mode, Rhythm
from domain.periods import Period
from domain.plan import PersonRow, PostRow, Role
from domain.standing import Standing
from handlers import team
from handlers.messages import Choose, Say
from storage.desk import Desk
from storage.engine import writing
from storage.reports import NewReport
from tests.offices import KASI, PEOPLE, PLAN, POSTS, desk_of, indicator, make_office, monthly

RATNA, SARI, WAYAN = "Ratna Dewanti", "Sari Andini", "Wayan Sudira"
MARCH = Period.month(2022, 3)
TITLES = tuple(f"Pengadministrasi {number}" for number in range(1, 13))
LARGE = replace(
    PLAN,
    posts=(*POSTS, *(PostRow(title, Role.PELAKSANA, KASI) for title in TITLES)),
    people=(*PEOPLE, PersonRow(WAYAN, TITLES[0], "Pak", "+6281200000006")),
    indicators=tuple(
        indicator(f"k-{at}", f"Berkas {at}", "berkas", title, Rhythm.MONTHLY, monthly(*[5] * 12), Mode.SUM, 60)
        for at, title in enumerate((*TITLES, TITLES[0]))
    ),
    questions=(),
)
"""Twelve pelaksana below one Kasi, the first of them with two indicators."""


def shown(desk: Desk, words: str = "") -> Choose:
    answer = team.team(desk, words)
    assert isinstance(answer, Choose), answer
    return answer


def test_more_posts_than_a_list_holds_come_by_pages(engine: Engine) -> None:
    with writing(engine) as connection:
        desk = desk_of(connection, make_office(connection, plan=LARGE), SARI)
        first = shown(desk)
        assert [option.label for option in first.options] == [*TITLES[:9], "Berikutnya"]
        second = shown(desk, first.options[-1].key.removeprefix("!tim:"))
        assert [option.label for option in second.options] == list(TITLES[9:])
        one = shown(desk, second.options[0].key.removeprefix("!tim:"))
        assert one.title == "Pengadministrasi 10 · Maret 2022"


def test_what_was_sent_after_the_message_is_not_seen_with_it(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=LARGE)
        owner, kasi = desk_of(connection, made, WAYAN), desk_of(connection, made, SARI)
        first, second = made.indicators["k-0"], made.indicators["k-12"]
        owner.submit([NewReport(first, MARCH, Decimal(5)), NewReport(second, MARCH, Decimal(5))])
        post = shown(kasi).options[0].key.removeprefix("!tim:")
        seen = shown(kasi, post).options[0]
        assert seen.label == "Sudah saya lihat"
        owner.submit([NewReport(second, MARCH, Decimal(6))])
        later = desk_of(connection, made, SARI)
        answer = team.team(later, seen.key.removeprefix("!tim:"))
        assert isinstance(answer, Say)
        assert answer.text.startswith("✓ 1 angka")
        standings = {duty.code: duty.standing(MARCH) for duty in later.office_duties}
        assert (standings["k-0"], standings["k-12"]) == (Standing.SEEN, Standing.REPORTED)


def test_a_button_of_another_teams_post_shows_nothing(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=LARGE)
        for address in (f"2022-03-31:{made.posts[KASI]}:post", "2022-03-31:99999:post", "2031-03-31:1"):
            answer = team.team(desk_of(connection, made, SARI), address)
            assert isinstance(answer, Say), address
        assert isinstance(team.team(desk_of(connection, made, WAYAN)), Say)
        assert isinstance(team.team(desk_of(connection, made, RATNA), f"2022-03-31:{made.posts[KASI]}:post"), Choose)
