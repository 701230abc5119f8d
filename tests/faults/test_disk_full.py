"""The disk is full for a while: what is not stored is not acknowledged, the program says why, and goes on afterwards.

On SQLite no file of the program may grow any more (RLIMIT_FSIZE, which may be set and lifted while it runs). On
PostgreSQL every new message is refused as the server refuses what it cannot write, with its code 53100.
"""

import random
import resource
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, make_url, select, text

from storage.engine import reading, writing
from storage.tables import Inbox, table
from tests.faults.conftest import FAULTS
from tests.faults.everyday import everyday, silent
from tests.faults.office import REMINDERS
from tests.faults.town import Program, Town

UNSTORED, UNCLAIMED = "updates could not be stored", "a role could not be renewed"
WHY = {"sqlite": "SQLITE_IOERR_WRITE", "postgresql": "DiskFull"}
"""What stands in the log, once as an event (of messages, or of the claim to ask for more) and once as its reason."""
POLL = "poll:telegram"
"""With what the name of that claim begins."""
AT_ONCE = 10
"""Messages that come together, until the first cannot be stored."""
SELDOM = 3.0
"""Seconds between two looks what is due: each fails too, and the log must not grow beyond the limit itself."""
UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
_FULL = """
    CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
    CREATE TRIGGER full_disk BEFORE INSERT ON inbox FOR EACH ROW EXECUTE FUNCTION full_disk()
"""
_ROOM = "DROP TRIGGER full_disk ON inbox; DROP FUNCTION full_disk"


@contextmanager
def full_disk(town: Town, program: Program) -> Generator[None]:
    """Nothing more can be written for as long as the block lasts."""
    if town.engine.dialect.name == "sqlite":
        path = Path(make_url(town.url).database or "")
        grown = max(path.with_name(f"{path.name}{ending}").stat().st_size for ending in ("", "-wal"))
        resource.prlimit(program.process.pid, resource.RLIMIT_FSIZE, (grown, resource.RLIM_INFINITY))
        yield
        resource.prlimit(program.process.pid, resource.RLIMIT_FSIZE, UNLIMITED)
    else:
        with writing(town.engine) as connection:
            connection.execute(text(_FULL))
        yield
        with writing(town.engine) as connection:
            connection.execute(text(_ROOM))


def stored(town: Town) -> int:
    """How many messages are stored."""
    with reading(town.engine) as connection:
        return connection.execute(select(func.count()).select_from(table(Inbox))).scalar_one()


def is_felt(program: Program) -> bool:
    """Whether the program has found that it cannot store: messages, or that it goes on asking for them."""
    return any(UNSTORED in line or (UNCLAIMED in line and POLL in line) for line in program.log().splitlines())


async def test_on_a_full_disk_nothing_is_acknowledged_that_is_not_stored_and_it_goes_on_when_there_is_room(
    town: Town, seed: int, record_property: Callable[[str, object], None]
) -> None:
    choose = random.Random(seed)
    program = await town.start(tick_seconds=SELDOM)
    async with everyday(town, choose):
        await town.until(lambda: any(one.values for one in town.residents), "a first report")
    await town.comes_to_rest()
    before, person = stored(town), silent(town)[0]
    with full_disk(town, program):
        unstored = 0
        while not unstored:  # SQLite still has room within its files
            for _greeting in range(AT_ONCE):
                person.greet()
            await town.until(lambda: not town.api.pending or is_felt(program), "storing")
            waiting = len(town.api.pending)  # counted first: what is stored meanwhile may be acknowledged
            unstored = len(person.said) - (stored(town) - before) if is_felt(program) else 0
            assert waiting >= unstored
        assert WHY[town.engine.dialect.name] in program.log()
        assert not program.process.ended.done()
    async with everyday(town, choose):
        town.set_clock(REMINDERS)
    await town.comes_to_rest()
    record_property(FAULTS, f"{unstored} messages waited for room; {town.check()}")
