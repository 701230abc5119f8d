"""A person with two channels, one of which refuses: the other one, the call list, and a channel that stops."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.channels.base import ChannelStopped, RecipientGone, TryLater, WindowClosed
from bot.outbox import STOPPED_FOR
from bot.window import WINDOW, Window
from handlers.messages import Notice, Say, Text
from storage import conversations, people
from storage.desk import Desk
from storage.engine import writing
from storage.outbox import ANSWER, LEASE, NOTICE, Letter
from storage.people import new_invite
from tests.bot.edge import Clock, Edge, Phones, tick, until, wita
from tests.offices import KASI, KASUBBAG, NO_HOLIDAYS, NOW

pytestmark = pytest.mark.sampled_on_postgresql

SARI, SARI_WA, DEWI, DEWI_WA = "1001", "6281200000004", "1003", "6281200000003"
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
Open = Callable[..., Edge]


class Office:
    """An edge with both channels, where Bu Sari has joined on both and last wrote on WhatsApp."""

    def __init__(self, edge: Edge, whatsapp: Phones) -> None:
        self.edge = edge
        self.whatsapp = whatsapp

    async def join(self, name: str, post: str, address: str, number: str) -> None:
        """Somebody joins on Telegram, and a minute later on WhatsApp."""
        await self.edge.join(name, address)
        made, now = self.edge.made, self.edge.office_now()
        with writing(self.edge.engine) as connection:
            code = new_invite(connection, made.id, made.posts[post], now, now + timedelta(days=400))
        self.edge.machine.pass_by(MINUTE)
        await self.says(number, code, "ya, saya")

    async def says(self, number: str, *bodies: str) -> list[str]:
        """Somebody writes on WhatsApp; what they are told there meanwhile."""
        before = len(self.whatsapp.heard(number))
        for body in bodies:
            await self.edge.receive(number, Text(body=body), channel="whatsapp")
            await self.edge.program.settle()
        return self.whatsapp.heard(number)[before:]

    def put(self, key: str, lane: str = NOTICE, name: str = "Sari Andini") -> int:
        """A letter to somebody, on the channel that is theirs now."""
        made = self.edge.made
        with writing(self.edge.engine) as connection:
            desk = Desk(connection, made.id, self.edge.office_now(), NO_HOLIDAYS)
            letter = Letter(key, self.edge.machine(), Say(text=key).model_dump(mode="json"), lane=lane)
            written = desk.write(made.people[name], letter)
        assert written is not None
        return written

    async def drain(self) -> None:
        await self.edge.program.delivery.drain()

    def places(self) -> list[tuple[str, str]]:
        """State and channel of what was put, in order."""
        return [(row.state, row.channel) for row in self.edge.outbox_rows() if not row.dedup_key.startswith("reply")]


@pytest.fixture
async def office(open_edge: Open) -> Office:
    whatsapp = Phones(name="whatsapp")
    office = Office(open_edge(others=[whatsapp]), whatsapp)
    await office.join("Sari Andini", KASI, SARI, SARI_WA)
    office.edge.phones.sent.clear()
    whatsapp.sent.clear()
    whatsapp.asked.clear()
    return office


# --- a closed window ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("refusal", [WindowClosed("no template"), RecipientGone("not on WhatsApp")])
async def test_what_one_channel_refuses_arrives_on_the_other_in_its_order(office: Office, refusal: Exception) -> None:
    office.whatsapp.refusals[SARI_WA].extend([refusal, refusal])
    for key in ("a", "b"):
        office.put(key)
    await office.drain()
    assert office.whatsapp.sent == []
    assert office.edge.phones.heard(SARI) == ["a", "b"]
    assert office.places() == [("sent", "telegram")] * 2


async def test_a_reply_that_is_refused_arrives_where_the_person_can_be_reached(office: Office) -> None:
    office.whatsapp.refusals[SARI_WA].append(WindowClosed("too late"))
    assert await office.says(SARI_WA, "halo") == []
    assert office.edge.phones.heard(SARI)[0].startswith("Halo Bu Sari Andini")


async def test_without_another_channel_the_admin_is_told_once_a_day_and_sees_the_list(office: Office) -> None:
    edge = office.edge
    edge.office_now.now = wita(4, 9)
    await edge.join("Dewi Lestari", DEWI)
    with writing(edge.engine) as connection:
        conversations.mark_unreachable(connection, "telegram", SARI)
    edge.phones.sent.clear()
    office.whatsapp.refusals[SARI_WA].extend(WindowClosed("no template") for _ in range(3))
    office.put("a")
    await office.drain()
    for hour in (10, 11, 13):
        await tick(edge, wita(4, hour))
    office.put("b")
    await office.drain()
    await tick(edge, wita(4, 14))
    (told,) = letters(edge, DEWI)
    assert told.text.startswith("Bu Dewi Lestari, pesan untuk 1 orang tidak sampai:\n• Kasi Pemerintahan (Bu Sari")
    await tick(edge, wita(5, 8))
    assert len(letters(edge, DEWI)) == 2
    await tick(edge, wita(6, 8))
    assert len(letters(edge, DEWI)) == 2
    (listed,) = await edge.say(DEWI, "terjangkau")
    missed = "balasan Renaksi (2), pengingat Maret dan TW I 2022, sejak Senin 4 April"
    assert f"• Kasi Pemerintahan (Bu Sari Andini): {missed}" in listed


async def test_who_writes_again_is_told_first_what_they_asked_and_then_what_they_missed(office: Office) -> None:
    with writing(office.edge.engine) as connection:
        conversations.mark_unreachable(connection, "telegram", SARI)
    office.whatsapp.refusals[SARI_WA].append(WindowClosed("no template"))
    office.put("a")
    await office.drain()
    (answer,) = await office.says(SARI_WA, "halo")
    assert answer.startswith("Halo Bu Sari Andini")
    assert "Selama Anda tidak terjangkau, ini belum sampai:\n• balasan Renaksi, Selasa 29 Maret" in answer
    assert office.places() == [("not_needed", "whatsapp")]
    (again,) = await office.says(SARI_WA, "halo")
    assert "tidak terjangkau" not in again


async def test_the_admin_sees_how_many_messages_of_the_month_needed_a_template(office: Office) -> None:
    await office.edge.join("Dewi Lestari", DEWI)
    before = (await office.edge.say(DEWI, "terjangkau"))[-1]
    assert "templat" not in before
    await office.says(SARI_WA, "halo")
    office.whatsapp.templates[SARI_WA] = "renaksi_reminder"
    office.put("a")
    await office.drain()
    after = (await office.edge.say(DEWI, "terjangkau"))[-1]
    assert after.endswith("Maret: 1 dari 2 pesan WhatsApp dikirim sebagai templat.")


def letters(edge: Edge, address: str) -> list[Notice]:
    """What an admin was told of whom to call."""
    return [one for to, one in edge.phones.sent if to == address and isinstance(one, Notice) and one.name == "to_call"]


async def test_what_a_slow_process_finds_refused_stays_where_another_has_sent_it(open_edge: Open) -> None:
    clock, whatsapp = Clock(), Phones(name="whatsapp")
    slow = Office(open_edge(machine=clock, others=[whatsapp]), whatsapp)
    await slow.join("Sari Andini", KASI, SARI, SARI_WA)
    after = Phones(name="whatsapp")
    next_one = Office(open_edge(machine=clock, others=[after], made=slow.edge.made), after)
    whatsapp.hanging[SARI_WA] = asyncio.Event()
    slow.put("a")
    await slow.edge.program.delivery.sweep()
    after.refusals[SARI_WA].append(WindowClosed("no template"))
    clock.pass_by(LEASE + SECOND)
    await next_one.drain()
    assert next_one.places() == [("sent", "telegram")]
    whatsapp.refused_after[SARI_WA] = WindowClosed("no template")
    whatsapp.hanging.pop(SARI_WA).set()
    await slow.drain()
    assert next_one.places() == [("sent", "telegram")]
    assert next_one.edge.phones.heard(SARI) == ["a"]
    assert "a" not in slow.edge.phones.heard(SARI)


# --- the window -----------------------------------------------------------------------------------------------------


async def test_the_window_is_open_for_a_day_after_the_person_wrote(office: Office) -> None:
    edge = office.edge
    window = Window(edge.program.writer, edge.machine)
    assert await window(SARI_WA)
    edge.machine.pass_by(WINDOW - SECOND)
    assert await window(SARI_WA)
    edge.machine.pass_by(SECOND)
    assert not await window(SARI_WA)
    await office.says(SARI_WA, "halo")
    assert await window(SARI_WA)
    assert not await window("6281200000099")


async def test_the_window_is_closed_after_a_refusal_until_the_person_writes(office: Office) -> None:
    edge = office.edge
    window = Window(edge.program.writer, edge.machine)
    edge.machine.pass_by(MINUTE)
    office.whatsapp.refusals[SARI_WA].append(WindowClosed("131047"))
    office.put("a")
    await office.drain()
    assert not await window(SARI_WA)
    edge.machine.pass_by(SECOND)
    await office.says(SARI_WA, "halo")
    assert await window(SARI_WA)


async def test_what_a_person_writes_while_a_message_is_refused_keeps_the_window_open(office: Office) -> None:
    edge = office.edge
    window = Window(edge.program.writer, edge.machine)
    edge.machine.pass_by(MINUTE)
    office.whatsapp.hanging[SARI_WA] = asyncio.Event()
    office.put("a")
    await edge.program.delivery.sweep()
    await until(lambda: office.whatsapp.asked[-1:] == [SARI_WA])
    edge.machine.pass_by(SECOND)
    await edge.receive(SARI_WA, Text(body="halo"), channel="whatsapp")
    office.whatsapp.refused_after[SARI_WA] = WindowClosed("131047")
    office.whatsapp.hanging.pop(SARI_WA).set()
    await edge.program.settle()
    assert await window(SARI_WA)


# --- a channel that stops -------------------------------------------------------------------------------------------


async def test_a_stopped_channel_pauses_and_goes_on_by_itself_without_losing_tries(office: Office) -> None:
    office.whatsapp.refusals[SARI_WA].extend(ChannelStopped("190 token expired") for _ in range(9))
    for number in range(3):
        office.put(f"a{number}")
    for _pause in range(9):
        await office.drain()
        assert office.places() == [("due", "whatsapp")] * 3
        await office.drain()
        office.edge.machine.pass_by(STOPPED_FOR)
    assert not office.whatsapp.refusals[SARI_WA]
    assert {row.attempts for row in office.edge.outbox_rows()} == {0}
    await office.drain()
    assert office.whatsapp.heard(SARI_WA) == ["a0", "a1", "a2"]


async def test_while_a_channel_is_stopped_it_is_not_asked_again(office: Office) -> None:
    office.whatsapp.refusals[SARI_WA].append(ChannelStopped("190 token expired"))
    office.put("a")
    await office.drain()
    assert await office.says(SARI_WA, "halo") == []
    office.put("b")
    office.edge.machine.pass_by(STOPPED_FOR - SECOND)
    await office.drain()
    assert office.whatsapp.sent == []
    office.edge.machine.pass_by(SECOND)
    await office.drain()
    assert {text[:4] for text in office.whatsapp.heard(SARI_WA)} == {"a", "b", "Halo"}


async def test_a_stopped_channel_does_not_stop_the_other(office: Office) -> None:
    office.whatsapp.refusals[SARI_WA].append(ChannelStopped("133016"))
    office.put("a")
    await office.drain()
    (answer,) = await office.edge.say(SARI, "halo")
    assert answer.startswith("Halo Bu Sari Andini")


async def test_the_admins_are_told_of_a_stop_on_their_other_channel_once_a_day(office: Office) -> None:
    edge = office.edge
    await office.join("Dewi Lestari", KASUBBAG, DEWI, DEWI_WA)
    edge.phones.sent.clear()
    for day in range(2):
        for _stop in range(3):
            office.whatsapp.refusals[SARI_WA].append(ChannelStopped("190 token expired"))
            office.put(f"a{day}{_stop}", ANSWER)
            await office.drain()
            edge.machine.pass_by(STOPPED_FOR)
        edge.office_now.pass_by(timedelta(days=1))
    told = edge.phones.heard(DEWI)
    assert len(told) == 2
    assert told[0].startswith("WhatsApp kantor ini sedang tidak dapat mengirim pesan.")
    assert edge.phones.heard(SARI) == []


async def test_an_admin_without_another_channel_is_not_written_to_on_the_one_that_stands(office: Office) -> None:
    edge = office.edge
    await edge.join("Dewi Lestari", DEWI)
    edge.phones.sent.clear()
    edge.phones.refusals[DEWI].append(ChannelStopped("401"))
    office.put("a", name="Dewi Lestari")
    await office.drain()
    assert office.places() == [("due", "telegram")]


async def test_two_processes_pass_a_stopped_channel_without_losing_or_doubling(open_edge: Open) -> None:
    clock = Clock()
    phones = [Phones(name="whatsapp"), Phones(name="whatsapp")]
    one = Office(open_edge(machine=clock, others=[phones[0]]), phones[0])
    await one.join("Sari Andini", KASI, SARI, SARI_WA)
    two = Office(open_edge(machine=clock, others=[phones[1]], made=one.edge.made), phones[1])
    for side in phones:
        side.sent.clear()
        side.refusals[SARI_WA].append(ChannelStopped("190"))
    keys = [f"{number:02}" for number in range(12)]
    for key in keys:
        one.put(key)
    for _pause in range(4):
        await asyncio.gather(one.drain(), two.drain())
        clock.pass_by(STOPPED_FOR)
    while "due" in one.edge.states():
        await asyncio.gather(one.drain(), two.drain())
    assert sorted(phones[0].heard(SARI_WA) + phones[1].heard(SARI_WA)) == keys


# --- which channel --------------------------------------------------------------------------------------------------


async def test_what_waits_for_its_hour_follows_the_choice_of_a_channel(office: Office) -> None:
    edge, opens = office.edge, NOW + timedelta(hours=3)
    made = edge.made
    with writing(edge.engine) as connection:
        desk = Desk(connection, made.id, NOW, NO_HOLIDAYS)
        message = Say(text="nanti").model_dump(mode="json")
        desk.write(made.people["Sari Andini"], Letter("later", NOW, message, opens_at=opens))
    assert office.places() == [("waiting", "whatsapp")]
    await office.says(SARI_WA, "saluran", "telegram")
    assert office.places() == [("waiting", "telegram")]
    with writing(edge.engine) as connection:
        assert people.preferred_channel(connection, made.people["Sari Andini"]) == "telegram"


async def test_answers_go_where_they_were_asked_whatever_was_chosen(office: Office) -> None:
    await office.says(SARI_WA, "saluran", "telegram")
    (on_whatsapp,) = await office.says(SARI_WA, "halo")
    (on_telegram,) = await office.edge.say(SARI, "halo")
    assert on_whatsapp == on_telegram


async def test_a_busy_channel_is_waited_for_and_not_left(office: Office) -> None:
    office.whatsapp.refusals[SARI_WA].append(TryLater("busy", MINUTE))
    office.put("a")
    await office.drain()
    assert office.places() == [("due", "whatsapp")]
    office.edge.machine.pass_by(MINUTE)
    await office.drain()
    assert office.whatsapp.heard(SARI_WA) == ["a"]
    await until(lambda: office.places() == [("sent", "whatsapp")])


async def test_a_letter_to_somebody_who_is_gone_everywhere_is_on_the_call_list_at_once(office: Office) -> None:
    edge = office.edge
    with writing(edge.engine) as connection:
        for line in (("telegram", SARI), ("whatsapp", SARI_WA)):
            conversations.mark_unreachable(connection, *line)
        desk = Desk(connection, edge.made.id, NOW, NO_HOLIDAYS)
        letter = Letter("a", NOW, Say(text="a").model_dump(mode="json"))
        assert desk.write(edge.made.people["Sari Andini"], letter) is None
        assert desk.write(edge.made.people["Joko Santosa"], letter) is None  # never joined
        assert [call.person_id for call in desk.calls.open()] == [edge.made.people["Sari Andini"]]
    await office.drain()
    (answer,) = await edge.say(SARI, "halo")
    assert "ini belum sampai" in answer
