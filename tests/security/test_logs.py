"""What a log says: what happened, and nothing of anybody, nor a secret, at any level and whatever fails."""

import io
import json
import logging
import shutil
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from bot.logs import set_up_logs
from handlers.messages import incoming_json
from storage.engine import open_engine, writing
from storage.inbox import NewMessage, store
from storage.people import new_invite
from tests.bot.run_process import Installation, stop
from tests.bot.telegram.bot_api_server import BotApiServer
from tests.bot.telegram.bot_api_server import Failure as TelegramFailure
from tests.bot.whatsapp.graph_server import Failure, GraphServer
from tests.bot.whatsapp.world import dialogue, free_port
from tests.offices import KASI, NOW, PELAKSANA, PEOPLE, make_office
from tests.photos import photo

WORDS = "zaqrahasia"
"""In everything that is said, and nowhere else."""
SECRET, PASSWORD = "zaqsandi_webhook", "zaqsandi-pangkalan"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What the program writes to standard error."""
    before, kept = structlog.get_config(), (logging.root.handlers, logging.root.level)
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    set_up_logs("DEBUG")
    structlog.configure(cache_logger_on_first_use=False)
    yield written
    logging.root.handlers, level = kept
    logging.root.setLevel(level)
    structlog.configure(**before)


def events(log: io.StringIO) -> list[dict[str, str]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_an_error_is_told_without_its_words(log: io.StringIO) -> None:
    """Its kind and its place are: a failed validation and a number that is none quote what was written."""
    try:
        try:
            incoming_json.validate_python({"kind": "text", "body": [WORDS]})
        finally:
            int(WORDS)
    except ValueError:
        structlog.get_logger("a").exception("a turn failed", inbox=7)
        logging.getLogger("b").exception("a library failed")
    ours, theirs = (event["exception"] for event in events(log)[-2:])
    for told in (ours, theirs):
        assert "builtins.ValueError" in told and "pydantic" in told and "test_logs.py" in told
    assert WORDS not in log.getvalue().replace("WORDS", "")
    assert events(log)[-2]["inbox"] == 7


def test_an_error_of_the_database_quotes_no_row(engine: Engine, log: io.StringIO) -> None:
    """A second row of the same address: both databases quote it, and SQLAlchemy what was given."""
    row = text("INSERT INTO door (id, channel, name) VALUES (:id, :channel, :name)")
    try:
        with writing(engine) as connection:
            for number in (1, 1):
                connection.execute(row, {"id": number, "channel": WORDS, "name": WORDS})
    except DBAPIError as error:
        assert WORDS not in str(error).partition("DETAIL")[0]
        structlog.get_logger("a").exception("a turn failed")
    [event] = [event for event in events(log) if event["event"] == "a turn failed"]
    assert event["exception"].endswith(("SQLITE_CONSTRAINT_PRIMARYKEY", "23505"))
    assert WORDS not in log.getvalue()


async def test_a_whole_story_with_every_failure_leaves_nothing_of_anybody_in_the_log(
    sqlite_template: Path, tmp_path: Path
) -> None:
    """Both channels at DEBUG: people join, report, send a photo; servers fail, a message is poison, a turn raises."""
    shutil.copy(sqlite_template, tmp_path / "renaksi.db")
    url, port = f"sqlite:///{tmp_path / 'renaksi.db'}", free_port()
    engine = open_engine(url)
    with writing(engine) as connection:
        made = make_office(connection)
        codes = [
            new_invite(connection, made.id, made.posts[post], NOW, NOW + timedelta(days=36500))
            for post in (KASI, PELAKSANA)
        ]
        refused = "CREATE TRIGGER refused BEFORE UPDATE OF state ON conversation WHEN NEW.state LIKE '%zaqgagal%'"
        connection.execute(text(f"{refused} BEGIN SELECT RAISE(ABORT, 'refused'); END"))
    async with GraphServer() as graph, BotApiServer(burst=1000) as api:
        installation = Installation(
            tmp_path, url, HTTP_PORT=str(port), TELEGRAM_WEBHOOK_SECRET=SECRET, WHATSAPP_TOKEN=graph.token,
            WHATSAPP_PHONE_ID=graph.phone_id, WHATSAPP_BUSINESS_ID=graph.business_id,
            WHATSAPP_APP_SECRET=graph.app_secret, WHATSAPP_VERIFY_TOKEN=graph.verify_token, WHATSAPP_API_URL=graph.url,
        )  # fmt: skip
        installation.talks_to(api)
        process = await installation.run()
        graph.post_to(f"http://127.0.0.1:{port}/whatsapp")
        for failure in (TelegramFailure.INDISCREET, TelegramFailure.BAD_GATEWAY, TelegramFailure.DROP):
            api.fail(failure, method="getUpdates")
        graph.fail(Failure.BAD_GATEWAY, path="messages")
        sari, joko = graph.person("Sari Andini"), api.person("Joko Santosa")
        await dialogue(sari, (codes[0], "Benar untuk Anda"), ("[Ya, saya]", "Terima kasih"), ("catatan", "catat"))
        sari.types(f"{WORDS} dari Sari Andini")
        await sari.hears()
        sari.sends_photo(photo(), caption=WORDS)
        await sari.hears()
        for words in (f"/start {codes[1]}", "ya, saya", "lapor", WORDS):
            joko.types(words)
            await joko.hears()
        with writing(engine) as connection:
            store(
                connection, [NewMessage("telegram", str(joko.chat_id), "bad", "9", {"kind": WORDS, "body": WORDS})], NOW
            )
        joko.types(f"{WORDS} lagi")
        await joko.hears()
        assert await stop(process) == 0
        secrets = (graph.token, graph.app_secret, graph.verify_token, api.token, api.token.partition(":")[2])
        addresses = (sari.wa_id, str(joko.chat_id))
    engine.dispose()
    written = installation.log.read_text()
    assert '"level": "debug"' in written and "a turn failed" in written
    people = [part for person in PEOPLE for part in (*person.name.split(), str(person.phone).lstrip("+"))]
    for word in (*secrets, SECRET, *addresses, *codes, *people, WORDS, str(tmp_path)):
        assert word not in written.replace(str(Path.cwd()), ""), word


@pytest.mark.parametrize("command", ["doctor", "run"])
async def test_the_password_of_the_database_is_never_told(command: str, tmp_path: Path) -> None:
    """A server that is not there, the error with its address."""
    url = f"postgresql://renaksi:{PASSWORD}@127.0.0.1:{free_port()}/renaksi"
    ended = await Installation(tmp_path, url, TELEGRAM_TOKEN=f"1:{SECRET}").command(command)
    assert ended.code != 0
    assert PASSWORD not in ended.out + ended.err and SECRET not in ended.out + ended.err
