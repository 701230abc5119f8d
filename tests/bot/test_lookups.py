"""What the program asks for with every message and every tick is found without looking through what has grown."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from handlers.messages import Text
from storage import inbox
from storage.engine import writing
from tests.bot.edge import Edge, tick, wita
from tests.lookups import looked_through
from tests.offices import make_office

SARI, DEWI, CAMAT = "1001", "1002", "1003"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_month_with_photos_reminders_and_summaries_looks_through_no_table_that_grows(edge: Edge) -> None:
    edge.phones.files["f"] = [b"no picture"]
    assert edge.made
    with looked_through(edge.engine) as slow:
        for name, address in (("Sari Andini", SARI), ("Dewi Lestari", DEWI), ("Ratna Dewanti", CAMAT)):
            await edge.join(name, address)
        await edge.say(SARI, "lapor", "1", "0", "25", "kirim 3 laporan", "terima kasih", "status", "grafik", "unduh")
        await edge.send_media(SARI, "f")
        await edge.receive(DEWI, Text(body="ringkasan"))
        await edge.program.settle()
        for day in range(1, 13):
            await tick(edge, wita(day, 8))
        edge.office_now.now += timedelta(days=1)
        await edge.say(CAMAT, "ringkasan", "verifikasi")
    assert not slow, "\n".join(slow)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_statement_that_looks_through_a_table_is_noticed(engine: Engine) -> None:
    with writing(engine) as connection:
        make_office(connection)
    with looked_through(engine) as slow, writing(engine) as connection:
        inbox.waiting_conversations(connection, 9)
        assert slow == []
        connection.exec_driver_sql("SELECT id FROM inbox WHERE state IN (?, ?)", ("fetching", "ready"))
        connection.exec_driver_sql("SELECT id FROM inbox WHERE id = ?", (1,))
    assert [one.partition(" ")[0] for one in slow] == ["inbox:"]
