"""Buttons that were never offered, or were offered for something else: they decide nothing.

What is another office's or another person's is tried in `tests/bot/test_isolation.py`.
"""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, select

from handlers.messages import FromGroup, Press, Text
from storage.engine import writing
from storage.tables import Outbox, table
from tests.bot.test_isolation import OWN_DOING, SARI, STORY, Place, changes, rows_of
from tests.joined import join
from tests.offices import WITH_BUDGET, make_office

_outbox = table(Outbox)
pytestmark = pytest.mark.sampled_on_postgresql
INVENTED = (
    "", "!", "!:", "!!", "!lapor:" + "9" * 40, "!bukti:-1", "!bukti:0", "!bukti:99999999999999999999", "!grup:1:ya",
    "!kantor:1", "!nomor:1:benar", "!rencana:setuju:1", "!undang:1:1", "!mewakili:1:benar", "!data:hapus:1:ya",
    "!bukti:'; DROP TABLE report; --", "!periksa:1' OR '1'='1", "!grafik:../../etc", "!\u202elapor", "!tidakada:1",
    "1:yes", "0:0", "-1:yes", "99999999999999999999:yes", "1:" + "y" * 60, "cancel", "yes", "\n", "%s", "{0}",
)  # fmt: skip
"""Tokens as somebody would make them up who knows how ours look."""


@pytest.fixture
def place(engine: Engine) -> Iterator[Place]:
    """An office through whose story every kind of button was offered."""
    with writing(engine) as connection:
        own = make_office(connection, plan=WITH_BUDGET)
        place = Place(connection, own, own)
        for name, person_id in own.people.items():
            join(connection, own.id, person_id, name, place.now)
        for name, line in STORY:
            place.say(name, Text(body="surat" if line.startswith("[foto") else line))
        yield place


def offered(place: Place, name: str) -> list[str]:
    """Buttons that belonged to a question, as they were offered to somebody."""
    of_person = select(_outbox.c.message).where(_outbox.c.person_id == place.own.people[name])
    found: set[str] = set()
    for message in place.connection.execute(of_person).scalars():
        found |= {one["token"] for one in (message or {}).get("options", ()) if one["token"]}
    return sorted(token for token in found if not token.startswith("!"))


def test_a_button_of_an_earlier_question_decides_nothing_in_another(place: Place) -> None:
    old = offered(place, SARI)
    assert len(old) > 10
    for asked in ("batal", "lapor", "koreksi maret", "cuti"):
        place.say(SARI, Text(body=asked))
        before = rows_of(place.connection, place.own.id, OWN_DOING)
        for token in old:
            [answer] = place.say(SARI, Press(token=token))
            assert answer["text"] or answer["caption"]
        assert changes(before, rows_of(place.connection, place.own.id, OWN_DOING)) == {}, asked
        place.say(SARI, Text(body="batal"))


def test_buttons_that_nobody_offered_are_answered_and_decide_nothing(place: Place) -> None:
    """Also where somebody types what a button carries."""
    before = rows_of(place.connection, place.own.id, OWN_DOING)
    for name in (SARI, "a stranger"):
        for token in INVENTED:
            assert len(place.say(name, Press(token=token))) == 1, token
    for token in (*offered(place, SARI), "!nomor:1:benar", "!rencana:setuju:1"):
        place.say("Joko Santosa", Text(body=token))
    assert changes(before, rows_of(place.connection, place.own.id, OWN_DOING)) == {}


def test_a_group_is_told_nothing_and_decides_nothing(place: Place) -> None:
    """Whoever adds the assistant to a group of theirs; the link is agreed to in private, by the admin."""
    decided = (*OWN_DOING, "officegroup")
    before = rows_of(place.connection, place.own.id, decided)
    for news in ("added", "asked", "command", "named", "code", "removed"):
        for answer in place.say("-77", FromGroup(news=news, by="a stranger", title="Grup", word="KODE234567")):
            assert "Sukamaju" not in str(answer)
    assert changes(before, rows_of(place.connection, place.own.id, decided)) == {}
