"""The office's group: linked by an admin in private, told who is missing, and followed when it changes its address."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Row, select

from bot.channels.base import AddressMoved, RecipientGone
from bot.preview_command import as_text, preview
from handlers.messages import FromGroup, Press
from handlers.texts.group import IN_PRIVATE
from storage.engine import reading, writing
from storage.groups import of_conversation
from storage.people import new_invite, open_invite
from storage.tables import Account, Conversation, Inbox, OfficeGroup, Person, table
from tests.bot.edge import Edge, tick, wita
from tests.bot.telegram.people import Group
from tests.bot.test_run_stories import World, dialogue, small_world
from tests.offices import VACANT

pytestmark = pytest.mark.sampled_on_postgresql

__all__ = ["small_world"]
DEWI, SARI = "2001", "2002"
GROUP, SUPERGROUP, TITLE = "-4001", "-1004001", "Kantor Sukamaju"
MISSING = "Belum lapor Maret dan TW I 2022, batas Selasa 5 April"


async def linked(edge: Edge) -> None:
    """An admin has joined, and agreed that the group is the office's."""
    await edge.join("Dewi Lestari", DEWI)
    await edge.join("Sari Andini", SARI)
    await happens(edge, FromGroup(news="added", by=DEWI, title=TITLE))
    await edge.receive(DEWI, Press(token="!grup:1:ya"))
    await edge.program.settle()
    assert "terhubung" in edge.phones.heard(DEWI)[-1]


async def happens(edge: Edge, said: FromGroup, address: str = GROUP) -> None:
    await edge.receive(address, said)
    await edge.program.settle()


async def test_who_is_missing_is_posted_on_the_days_that_the_office_chose(edge: Edge) -> None:
    await linked(edge)
    assert edge.phones.heard(GROUP) == []
    await tick(edge, wita(1, 9))
    assert edge.phones.heard(GROUP) == []
    await tick(edge, wita(4, 7, 50))  # within the hours, before the office's sending time
    assert edge.phones.heard(GROUP) == []
    for hour in (8, 9, 15):
        await tick(edge, wita(4, hour))
    (before,) = edge.phones.heard(GROUP)
    assert before.startswith(f"{MISSING} (besok):\n• Kasi Pemerintahan\n• Pengelola Gaji\n")
    await tick(edge, wita(5, 9))
    assert edge.phones.heard(GROUP)[1].startswith(f"{MISSING} (hari ini):")
    for day in (6, 7, 8):
        await tick(edge, wita(day, 9))
    assert len(edge.phones.heard(GROUP)) == 2
    assert not any(sign.isdigit() for post in edge.phones.heard(GROUP) for sign in "".join(post.splitlines()[1:]))


async def test_nothing_is_posted_once_the_admin_says_so_or_nothing_is_missing(edge: Edge) -> None:
    await linked(edge)
    await edge.receive(DEWI, Press(token="!grup:1:tidak"))
    await tick(edge, wita(4, 9))
    assert edge.phones.heard(GROUP) == []


async def test_a_group_changes_its_address_once_and_loses_nothing(edge: Edge) -> None:
    """Telegram tells it from both sides, or only by refusing a message: what waits goes to the new address."""
    await linked(edge)
    edge.phones.refusals[GROUP].append(AddressMoved(SUPERGROUP))
    await tick(edge, wita(4, 9))
    assert (edge.phones.heard(GROUP), len(edge.phones.heard(SUPERGROUP))) == ([], 1)
    moved = FromGroup(news="moved", word=SUPERGROUP)
    await happens(edge, FromGroup(news="added", by=DEWI, title=TITLE), SUPERGROUP)
    await happens(edge, moved)
    await happens(edge, moved)
    await tick(edge, wita(5, 9))
    assert len(edge.phones.heard(SUPERGROUP)) == 2
    assert edge.count(OfficeGroup) == 1
    assert sum("ditambahkan" in heard for heard in edge.phones.heard(DEWI)) == 1


async def test_what_is_told_of_the_new_address_first_is_no_second_group(edge: Edge) -> None:
    await linked(edge)
    await happens(edge, FromGroup(news="command", by=SARI, title=TITLE), SUPERGROUP)
    assert edge.count(OfficeGroup) == 2
    await happens(edge, FromGroup(news="moved", word=SUPERGROUP))
    assert edge.count(OfficeGroup) == 1
    await tick(edge, wita(4, 9))
    assert [heard[: len(MISSING)] for heard in edge.phones.heard(SUPERGROUP)] == [IN_PRIVATE, MISSING]


async def test_the_admin_is_told_when_the_assistant_was_put_out(edge: Edge) -> None:
    await linked(edge)
    edge.phones.refusals[GROUP].append(RecipientGone("Forbidden: bot was kicked from the group chat"))
    await tick(edge, wita(4, 9))
    await tick(edge, wita(4, 10))
    told = [heard for heard in edge.phones.heard(DEWI) if "dikeluarkan" in heard]
    assert len(told) == 1
    assert TITLE in told[0]
    await tick(edge, wita(5, 9))
    assert edge.phones.heard(GROUP) == []
    assert [row.state for row in edge.outbox_rows() if row.address == GROUP] == ["failed"]


async def test_nobody_joins_from_a_group_and_a_code_shown_there_is_void(edge: Edge) -> None:
    await linked(edge)
    people, now = edge.count(Person), edge.office_now()
    with writing(edge.engine) as connection:
        code = new_invite(connection, edge.made.id, edge.made.posts[VACANT], now, now + timedelta(days=9))
    await happens(edge, FromGroup(news="code", by=SARI, title=TITLE, word=code))
    await happens(edge, FromGroup(news="code", by=SARI, title=TITLE, word="ABCDE23456"))
    with reading(edge.engine) as connection:
        assert open_invite(connection, code, now) is None
    assert edge.phones.heard(GROUP) == [IN_PRIVATE]
    assert "dicabut" in edge.phones.heard(DEWI)[-1]
    assert code not in edge.phones.heard(DEWI)[-1]
    assert edge.count(Person) == people


async def test_only_an_admin_links_a_group_and_only_one_that_is_nobodys(edge: Edge) -> None:
    await edge.join("Sari Andini", SARI)
    for news in ("added", "asked", "command", "asked"):
        await happens(edge, FromGroup(news=news, by=SARI, title=TITLE))
    assert edge.phones.heard(GROUP) == [IN_PRIVATE]
    assert not any("Grup" in heard for heard in edge.phones.heard(SARI))
    (answer,) = await edge.say(SARI, "grup")
    assert "pimpinan dan admin" in answer
    await edge.receive(SARI, Press(token="!grup:1:ya"))
    await tick(edge, wita(4, 9))
    assert edge.phones.heard(GROUP) == [IN_PRIVATE]


async def test_the_whole_way_through_telegram(small_world: World) -> None:
    """Added by the admin, agreed to in private, moved, posted to once a day; chatter is neither kept nor answered."""
    await small_world.start()
    dewi, sari = await small_world.join("Dewi Lestari"), await small_world.join("Sari Andini")
    group = small_world.api.group(TITLE)
    group.adds_bot(dewi)
    asked = await dewi.hears()
    assert (TITLE in asked.text, asked.labels) == (True, ("Ya", "Tidak"))
    for text in ("Besok apel jam 7", "/lapor@bot_lain", "/lapor@renaksi_contoh_bot", "/status"):
        group.told_by(sari, {"text": text})
    assert (await group.hears()).text == IN_PRIVATE
    await dialogue(dewi, ("[Ya]", "terhubung"))
    group.becomes_supergroup(dewi)
    await small_world.api.delivered()
    small_world.set_clock(datetime(2022, 4, 4, 0, 5, tzinfo=UTC))
    assert (await group.hears()).text.startswith(f"{MISSING} (besok)")
    assert _texts(group) == [IN_PRIVATE, group.messages[-1].text]
    group.removes_bot(sari, silently=True)
    small_world.set_clock(datetime(2022, 4, 5, 0, 5, tzinfo=UTC))
    heard = [await dewi.hears(), await dewi.hears()]
    while not any("dikeluarkan" in one.text for one in heard):
        heard.append(await dewi.hears())
    assert not any("apel" in str(row.said) for row in small_world.rows(Inbox))


def _texts(group: Group) -> list[str]:
    return [message.text for message in group.messages]


async def test_a_group_is_no_account_of_anybody(edge: Edge) -> None:
    await linked(edge)
    await edge.receive(GROUP, FromGroup(news="asked", by=DEWI, title=TITLE))
    await edge.program.settle()
    rows = {row.address: row for row in _rows(edge, Account)}
    assert rows[GROUP].person_id is None
    conversation = next(row for row in _rows(edge, Conversation) if row.id == rows[GROUP].conversation_id)
    assert (conversation.person_id, conversation.office_id, conversation.state["active"]) == (None, None, "")
    with reading(edge.engine) as connection:
        card = of_conversation(connection, conversation.id)
    assert card is not None
    assert (card.title, card.office_id) == (TITLE, edge.made.id)


def _rows(edge: Edge, model: Any) -> list[Row[Any]]:
    of = table(model)
    with reading(edge.engine) as connection:
        return list(connection.execute(select(of).order_by(of.c.id)))


async def test_the_preview_tells_what_a_group_would_read(edge: Edge) -> None:
    await linked(edge)
    planned = [one for one in preview(edge.engine, "2022-04-01", "2022-04-06", None) if one.kind == "group_missing"]
    assert [(one.at.strftime("%d %H.%M"), one.person) for one in planned] == [("04 08.00", TITLE), ("05 08.00", TITLE)]
    assert planned[0].text.startswith(MISSING)
    assert "grup kantor · daftar yang belum lapor" in as_text(tuple(planned)).replace(f"{TITLE}, ", "")
    assert edge.phones.heard(GROUP) == []
