"""Two programs on one PostgreSQL that tick and deliver at once say what one alone says."""

from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, Row, select

from bot.notices import Ticker
from domain.ladder import LadderRule
from domain.office_rules import OfficeRules
from storage.engine import reading, writing
from storage.tables import Office, Outbox, table
from tests.conftest import PostgresServer
from tests.joined import join
from tests.kill.month import Month, Told, prepare
from tests.kill.processes import Nursery
from tests.offices import NO_HOLIDAYS, MadeOffice, desk_of, make_office
from tests.together import together

SIZE = 24
"""People of the office."""
ONE = (0.1,)
TWO = (0.4, 0.1)
"""Seconds between the ticks of each program. The first receives and answers; the second mostly is the one that finds
what has fallen due."""
AT_ONCE = 9
"""Ticks at the same time."""


def wita(day: int, hour: int, month: int = 4) -> datetime:
    """A moment of 2022 on the office's clock."""
    return datetime(2022, month, day, hour, tzinfo=UTC) - timedelta(hours=8)


NOTICE, BEFORE, DUE = wita(29, 8, month=3), wita(4, 8), wita(5, 8)
"""Three days of the ladder of March."""


# --- two programs ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scene:
    """Where months are told, each on a database of its own."""

    server: PostgresServer
    template: str
    nursery: Nursery
    folder: Path

    async def tell(self, ticks: tuple[float, ...]) -> Told:
        with self._database() as url:
            folder = self.folder / f"{len(ticks)} at once"
            folder.mkdir()
            return await Month(self.nursery, url, prepare(url, SIZE), folder, ticks=ticks).tell()

    @contextmanager
    def _database(self) -> Generator[str]:
        name = self.server.make(self.template)
        yield self.server.url(name)
        self.server.drop(name)


@pytest.mark.sampled(share=1 / 3)
async def test_two_programs_say_through_a_month_what_one_says_alone(
    postgres: PostgresServer, postgres_template: str, tmp_path: Path
) -> None:
    async with Nursery() as nursery:
        scene = Scene(postgres, postgres_template, nursery, tmp_path)
        alone, both = await scene.tell(ONE), await scene.tell(TWO)
    assert alone.days(10) == [(3, 29), (4, 4), (4, 5), (4, 6)]
    assert both.heard - alone.heard == Counter()
    assert alone.heard - both.heard == Counter()
    assert both.repeated == alone.repeated == Counter()
    assert (both.notices, both.reports) == (alone.notices, alone.reports)
    assert set(both.notices.values()) == {"sent"}
    for passed in both.passed:  # each had its share in it, though one alone sends what comes unasked
        assert sum(point.kind == "after INSERT" for point in passed) > SIZE


# --- ticks at the same moment ---------------------------------------------------------------------------------------


def one_message_a_period(engine: Engine) -> MadeOffice:
    """An office whose five people have joined and are told once of a period."""
    early = wita(28, 7, month=3)
    with writing(engine) as connection:
        made = make_office(connection, early)
        for number, person_id in enumerate(made.people.values(), 1):
            join(connection, made.id, person_id, f"100{number}", early)
        rules = OfficeRules(ladder=LadderRule(per_period=1))
        desk_of(connection, made, "Dewi Lestari", early).settings.choose(rules, "Asia/Makassar")
    return made


def tick_at(engine: Engine, moment: datetime, machine: datetime) -> Callable[[], int]:
    """A tick of a process of its own."""

    def tick() -> int:
        with writing(engine) as connection:
            return Ticker(NO_HOLIDAYS, lambda: machine).tick(connection, moment)

    return tick


def reminders(engine: Engine) -> list[Row[tuple[object, ...]]]:
    """What was written of the ladder of March to people about their own reports."""
    of = table(Outbox)
    with reading(engine) as connection:
        return list(connection.execute(select(of).where(of.c.counted_as == "2022-03")))


@pytest.mark.parametrize("moments", [(BEFORE,), (NOTICE, BEFORE, DUE)], ids=["same instant", "three days"])
def test_ticks_at_once_write_no_more_than_is_left(engine: Engine, moments: tuple[datetime, ...]) -> None:
    made = one_message_a_period(engine)
    together([tick_at(engine, moments[number % len(moments)], moments[0]) for number in range(AT_ONCE)])
    owing = {made.people["Sari Andini"], made.people["Joko Santosa"]}
    assert Counter(row.person_id for row in reminders(engine)) == Counter(owing)


def test_ticks_at_once_tell_once_that_the_program_was_down(engine: Engine) -> None:
    made = one_message_a_period(engine)
    office, up_again = table(Office), wita(4, 9)
    with writing(engine) as connection:
        connection.execute(office.update().values(seen_at=up_again - timedelta(hours=30)))
    # Each process reads its clocks at a moment of its own.
    moments = [up_again + timedelta(seconds=20 * number) for number in range(AT_ONCE)]
    together([tick_at(engine, up_again, moment) for moment in moments])
    of = table(Outbox)
    with reading(engine) as connection:
        told = connection.execute(select(of.c.person_id).where(of.c.dedup_key.like("outage:%"))).scalars().all()
    assert Counter(told) == Counter({made.people["Sari Andini"]: 1, made.people["Joko Santosa"]: 1})
