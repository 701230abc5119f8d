"""Invitations cannot be guessed: long, limited for an address and for all of them, and told nothing on the way."""

import math
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from handlers.messages import Text
from handlers.texts.general import STRANGER, TOO_MANY_CODES, WRONG_CODE
from storage import conversations
from storage.engine import writing
from storage.lobby import MOST_LOCKED, WAIT, WRONG_CODES
from storage.people import ALPHABET, CODE_LENGTH, hash_of, new_invite
from storage.tables import Invite, table
from tests.bot.test_isolation import Place
from tests.offices import KASI, WITH_BUDGET, make_office

pytestmark = pytest.mark.sampled_on_postgresql
HOURS_OF_A_YEAR = 8760
OPEN_INVITATIONS = 1000
ADDRESSES = 10_000
"""Accounts that somebody who means it might have."""


@pytest.fixture
def place(engine: Engine) -> Iterator[Place]:
    with writing(engine) as connection:
        own = make_office(connection, plan=WITH_BUDGET)
        yield Place(connection, own, own)


def heard(place: Place, address: str, body: str) -> str:
    [answer] = place.say(address, Text(body=body))
    return answer["text"]


def wrong(number: int) -> str:
    return "".join(ALPHABET[number // 32**at % 32] for at in range(CODE_LENGTH))


def code(place: Place) -> str:
    ends = place.now + timedelta(days=9)
    return new_invite(place.connection, place.own.id, place.own.posts[KASI], place.now, ends)


def test_a_year_of_guessing_at_the_limit_finds_nothing() -> None:
    guesses = ADDRESSES * HOURS_OF_A_YEAR
    assert CODE_LENGTH * math.log2(len(ALPHABET)) >= 50
    assert guesses * OPEN_INVITATIONS / len(ALPHABET) ** CODE_LENGTH < 1e-4


def test_codes_differ_and_only_their_hash_is_kept(place: Place) -> None:
    codes = {code(place) for _ in range(300)}
    assert len(codes) == 300
    assert min(len({one[at] for one in codes}) for at in range(CODE_LENGTH)) > len(ALPHABET) / 2
    kept = set(place.connection.execute(select(table(Invite).c.code_hash)).scalars())
    assert kept == {hash_of(one) for one in codes}


def test_an_address_must_wait_after_five_wrong_ones_even_with_a_right_one(place: Place) -> None:
    right = code(place)
    for number in range(WRONG_CODES):
        assert heard(place, "1", wrong(number)) == WRONG_CODE
    assert heard(place, "1", right) == TOO_MANY_CODES
    place.now += WAIT
    assert "Benar untuk Anda" in heard(place, "1", right)


def test_many_addresses_are_stopped_at_their_first_wrong_one_and_a_right_one_still_joins(place: Place) -> None:
    right = code(place)
    for address in range(MOST_LOCKED):
        heard(place, f"a{address}", wrong(address))
        locked = place.conversation(f"a{address}", "telegram")
        conversations.save_wrong_codes(place.connection, locked, 0, place.now + WAIT)
    assert heard(place, "b", wrong(1)) == WRONG_CODE
    assert heard(place, "b", wrong(2)) == TOO_MANY_CODES
    assert "Benar untuk Anda" in heard(place, "c", right)
    place.now += WAIT
    assert heard(place, "b", wrong(3)) == WRONG_CODE


def test_a_stranger_learns_nothing_by_anything_else(place: Place) -> None:
    said = ("lapor", "status", WITH_BUDGET.office, "/start", "/start salah", "admin", "' OR 1=1 --", "12", "ya, saya")
    assert {heard(place, "1", body) for body in said} == {STRANGER}
