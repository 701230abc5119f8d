"""`/healthz` and `/metrics`: what is unwell is named, nothing personal is told, and no proxy passes them on."""

import asyncio
import threading
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Engine, update
from starlette.applications import Starlette

from bot.health import LONGEST, Pulse
from bot.watching import PROXIED, watching_routes
from handlers.messages import Text
from storage import upkeep
from storage.engine import writing
from storage.tables import Office, table
from tests.bot.edge import Clock, Edge, Phones

pytestmark = pytest.mark.sampled_on_postgresql
SECOND = timedelta(seconds=2)
"""More than for which an answer is given again."""


@pytest.fixture
async def edge(engine: Engine, tmp_path: Path) -> AsyncIterator[Edge]:
    edge = Edge(engine, tmp_path)
    await edge.program.tick()
    yield edge
    await edge.program.close()


def watcher(edge: Edge, within: float = 20) -> httpx.AsyncClient:
    """Somebody on the machine itself."""
    app = Starlette(routes=watching_routes(Pulse(edge.program.writer, edge.machine, within)))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1")


def samples(text: str) -> dict[tuple[str, tuple[str, ...]], float]:
    """By name and labels' values."""
    families = text_string_to_metric_families(text)
    return {(one.name, tuple(one.labels.values())): one.value for family in families for one in family.samples}


async def test_all_is_well_where_nothing_waits(edge: Edge) -> None:
    async with watcher(edge) as web:
        answer = await web.get("/healthz")
    assert (answer.status_code, answer.json()["status"], answer.json()["unwell"]) == (200, "ok", [])


async def test_a_scheduler_that_has_stopped_is_named(edge: Edge) -> None:
    _ = edge.made
    await edge.program.tick()
    async with watcher(edge) as web:
        edge.machine.pass_by(LONGEST["scheduler"])
        assert (await web.get("/healthz")).json()["last_tick_seconds"] == LONGEST["scheduler"].total_seconds()
        edge.machine.pass_by(SECOND)
        answer = await web.get("/healthz")
    assert (answer.status_code, answer.json()["unwell"]) == (503, ["scheduler"])


async def test_a_scheduler_that_never_began_is_named(edge: Edge) -> None:
    _ = edge.made
    async with watcher(edge) as web:
        assert (await web.get("/healthz")).status_code == 200
        edge.machine.pass_by(LONGEST["scheduler"] + SECOND)
        assert (await web.get("/healthz")).json()["unwell"] == ["scheduler"]


async def test_turns_that_nobody_takes_are_named_and_no_word_of_them_is_told(edge: Edge) -> None:
    with writing(edge.engine) as connection:
        upkeep.note_disk(connection, "server", 41_000, edge.machine())
        upkeep.note_backup(connection, 12, edge.machine() - timedelta(hours=1))
    await edge.receive("628120000111", Text(body="rahasia sekali"))
    async with watcher(edge) as web:
        assert (await web.get("/healthz")).status_code == 200
        edge.machine.pass_by(LONGEST["turns"] + SECOND)
        answer, told = await web.get("/healthz"), (await web.get("/metrics")).text
    assert (answer.status_code, answer.json()["unwell"]) == (503, ["turns"])
    assert samples(told)["renaksi_queue", ("turns",)] == 1
    assert samples(told)["renaksi_healthy", ()] == 0
    assert samples(told)["renaksi_disk_free_bytes", ()] == 41_000
    assert samples(told)["renaksi_backup_age_seconds", ()] > timedelta(hours=1).total_seconds()
    for words in (answer.text, told):
        assert "rahasia" not in words
        assert "628120000111" not in words


async def test_answers_that_nobody_sends_are_named(edge: Edge) -> None:
    await edge.receive("1", Text(body="halo"))
    edge.phones.refusals["1"].append(RuntimeError("mati"))
    await edge.program.settle()
    edge.machine.pass_by(timedelta(minutes=1) + LONGEST["delivery"])
    async with watcher(edge) as web:
        answer = await web.get("/healthz")
    assert (answer.status_code, answer.json()["unwell"]) == (503, ["delivery"])


async def test_a_database_that_does_not_answer_is_named_in_time(edge: Edge) -> None:
    entered, hold = threading.Event(), threading.Event()
    busy = asyncio.ensure_future(edge.program.writer.do(lambda _connection: (entered.set(), hold.wait(20))))
    await asyncio.to_thread(entered.wait, 20)
    async with watcher(edge, within=0.05) as web:
        answer, told = await web.get("/healthz"), (await web.get("/metrics")).text
    hold.set()
    await busy
    assert (answer.status_code, answer.json()) == (503, {"status": "unwell", "unwell": ["database"]})
    assert samples(told)["renaksi_healthy", ()] == 0


async def test_what_came_through_a_proxy_finds_no_such_page(edge: Edge) -> None:
    async with watcher(edge) as web:
        for header in PROXIED:
            for path in ("/healthz", "/metrics"):
                assert (await web.get(path, headers={header: "203.0.113.7"})).status_code == 404


async def test_many_who_ask_at_once_cost_one_look(edge: Edge, engine: Engine) -> None:
    async with watcher(edge) as web:
        first = await web.get("/healthz")
        with writing(engine) as connection:
            connection.execute(update(table(Office)).values(seen_at=None))
        again = await asyncio.gather(*(web.get("/healthz") for _ in range(20)))
    assert {one.text for one in again} == {first.text}


async def test_what_happened_is_counted(engine: Engine, tmp_path: Path) -> None:
    edge = Edge(engine, tmp_path, phones=Phones(), machine=Clock())
    async with watcher(edge) as web:
        before = samples((await web.get("/metrics")).text)
        await edge.say("1", "halo")
        edge.machine.pass_by(SECOND)
        after = samples((await web.get("/metrics")).text)
    await edge.program.close()

    def more(name: str, *labels: str) -> float:
        return after[name, labels] - before.get((name, labels), 0)

    assert more("renaksi_messages_received_total", "telegram") == 1
    assert more("renaksi_deliveries_total", "answer", "sent") == 1
    assert more("renaksi_turn_seconds_count") == 1
    assert more("renaksi_commit_group_size_count") > 1
    assert {"renaksi_process_resident_memory_bytes", "renaksi_queue"} <= {name for name, _labels in after}
