"""A number that changed in WhatsApp itself, told by Meta to the real program."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.whatsapp.templates import CATALOGUE
from bot.templates_command import submission
from storage.tables import Account, NumberChange
from tests.bot.telegram.bot_api_server import BotApiServer
from tests.bot.whatsapp.graph_server import GraphServer
from tests.bot.whatsapp.people import Person, Shown
from tests.bot.whatsapp.world import MORNING, World, dialogue
from tests.kill.processes import Nursery
from tests.offices import PEOPLE


@pytest.fixture
async def world(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[World]:
    (tmp_path / "renaksi.db").write_bytes(sqlite_template.read_bytes())
    async with Nursery() as nursery, GraphServer() as graph, BotApiServer() as telegram:
        world = World(nursery, graph, telegram, f"sqlite:///{tmp_path / 'renaksi.db'}", tmp_path)
        (tmp_path / "clock").write_text((MORNING + timedelta(hours=2)).isoformat())
        yield world
        await world.stop()


async def hears_of(person: Person, words: str) -> Shown:
    """The next message that says this, whatever else is said before."""
    while words not in (heard := await person.hears()).text:
        pass
    return heard


async def test_it_takes_over_when_the_admin_agrees_and_the_old_one_is_closed(world: World) -> None:
    world.graph.approve(submission(CATALOGUE["number_taken_over"]))
    await world.start()
    for person in PEOPLE:  # nobody who writes from a number that the office entered is a stranger
        world.graph.person(person.name)
    sari, dewi = await world.join("Sari Andini"), await world.join("Dewi Lestari")
    await dialogue(sari, ("lapor", "1 dari 3"))
    new = world.graph.person("Sari, kartu baru")
    sari.changes_number(new.wa_id)
    asked = await hears_of(dewi, "Nomor WhatsApp Bu Sari Andini (Kasi Pemerintahan) berganti.")
    assert asked.labels == ("Nomor benar", "Nomor salah")
    dewi.taps("Nomor benar")
    await hears_of(dewi, "Nomor Bu Sari Andini sekarang +62 812-0000-0008; nomor lama ditutup.")

    told = await new.hears()
    assert (told.template, told.parameters[0]) == ("renaksi_number_taken_over", "+62 812-0000-0008")
    await dialogue(new, ("1", "2 dari 3"))
    stranger = world.graph.people["6281200000006"]
    stranger.wa_id = "6281200000006"
    await dialogue(stranger, ("lapor", "Renaksi hanya untuk pegawai yang diundang."))
    assert [change.decision for change in world.rows(NumberChange)] == ["agreed"]
    owners = {account.address: account.person_id for account in world.rows(Account)}
    assert (owners["6281200000006"], owners[new.wa_id]) == (None, world.made.people["Sari Andini"])
