"""Whatever people write is data: kept as it is, found as it is, and never a part of a statement."""

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, select

from bot.channels.posted import storable
from handlers.messages import Press, Text
from storage.engine import writing
from storage.tables import METADATA, Inbox, table
from tests.bot.test_isolation import STORY, Place, rows_of
from tests.joined import join
from tests.offices import BUKU, WITH_BUDGET, make_office

ODD = (
    "'; DROP TABLE report; --", "' OR '1'='1", '"; DELETE FROM person; --', "%", "_", "\\", "%' --", "1; SELECT 1",
    "') UNION SELECT * FROM person --", ":name", "%(name)s", "{0}", "$1", "?", "\x00'", "/*", "x'00'", "E'\\\\''",
    "\ud800'", "NULL", "nan", "日本'", "a" * 4000,
)  # fmt: skip
NAMES = ("Ratna Dewanti", "Agus Prasetya", "Dewi Lestari", "Sari Andini", "Joko Santosa")
_inbox = table(Inbox)


@pytest.fixture
def place(engine: Engine) -> Iterator[Place]:
    """An office whose people have joined, and another one that nobody here belongs to."""
    with writing(engine) as connection:
        place = Place(connection, make_office(connection, plan=WITH_BUDGET), make_office(connection, name="Lain"))
        for name in NAMES:
            join(connection, place.own.id, place.own.people[name], name, place.now)
        yield place


@pytest.fixture
def statements(place: Place) -> Iterator[set[str]]:
    """Every statement that is sent to the database."""
    sent: set[str] = set()

    def note(_connection: Connection, _cursor: Any, sql: str, *_rest: Any) -> None:
        sent.add(sql)

    event.listen(place.connection, "before_cursor_execute", note)
    yield sent
    event.remove(place.connection, "before_cursor_execute", note)


def openings() -> list[tuple[str, str]]:
    """Everything that leads to a question somewhere in the story, as far as it is a word of the menu."""
    known = {"lapor", "bukti", "catatan", "waktu", "cuti", "koreksi", "tenggat", "libur", "kelola", "undang", "data",
             "verifikasi", "keuangan", "pertanyaan", "grafik", "riwayat", "periksa", "unduh", "mewakili", "rencana",
             "kendala", "tindak", "kunci", "posisi", "ingatkan"}  # fmt: skip
    return sorted({(name, line) for name, line in STORY if line.split()[0] in known})


@pytest.mark.sampled_on_postgresql
def test_odd_words_in_every_question_are_kept_and_change_nothing_of_others(
    place: Place, statements: set[str], request: pytest.FixtureRequest
) -> None:
    """Each question is answered with odd words, and each word of the menu is said with odd words behind it."""
    others = rows_of(place.connection, place.other.id)
    spoken = openings()
    assert len(spoken) > 25

    random = Random(request.config.getoption("randomly_seed"))
    for name, line in random.sample(spoken, 25):
        first, second, behind = (_odd(random) for _ in range(3))
        for words in (line, first, second, "batal", f"{line.split()[0]} {behind}", first, "batal"):
            _say_and_keep(place, name, words)
    assert rows_of(place.connection, place.other.id) == others
    assert set(METADATA.tables) <= _tables(place.connection)
    assert not [sql for sql in statements if "DROP TABLE" in sql or "UNION SELECT *" in sql or "aaaaaaaa" in sql]


def _odd(random: Random) -> str:
    """One of the known ones, or any signs."""
    signs = "'\"%_\\;-()=*?:$ abOR1\n\u202e日"
    return random.choice((*ODD, "".join(random.choices(signs, k=random.randrange(1, 40)))))


def _say_and_keep(place: Place, name: str, words: str) -> None:
    """What is said lies in the inbox as it was said, and its turn was taken."""
    kept = storable(words)
    if not kept.strip():
        return
    place.say(name, Text(body=kept))
    of_people = select(_inbox).where(_inbox.c.external_id.not_like("internal:%"))
    newest = place.connection.execute(of_people.order_by(_inbox.c.id.desc()).limit(1)).one()
    said: Mapping[str, Any] = newest.said
    assert (said["body"], newest.state) == (kept, "done")


def _tables(connection: Connection) -> set[str]:
    of = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
        "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
    }
    return set(connection.exec_driver_sql(of[connection.dialect.name]).scalars())


@pytest.mark.sampled_on_postgresql
def test_a_note_is_found_again_as_it_was_written(place: Place) -> None:
    """The way of words into a table and out again."""
    note = METADATA.tables["note"]
    for words in ODD:
        kept = f"Isi {storable(words)[:300]} selesai"
        for said in (Press(token=f"!catatan:{place.own.indicators[BUKU]}:tulis"), Text(body=kept)):
            place.say("Ratna Dewanti", said)
        found = place.connection.execute(select(note.c.text).order_by(note.c.id.desc()).limit(1)).scalar_one()
        assert " ".join(found.split()) == " ".join(kept.split())
