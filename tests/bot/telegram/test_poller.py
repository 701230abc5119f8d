"""Long polling: nothing is acknowledged before it is stored, and nothing stops the loop but its end."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.telegram import Poller, TelegramChannel
from bot.channels.telegram.poller import BACK_OFF, CONFLICT_PAUSE, FOREIGN_WITHIN, ID_LIFE
from handlers.messages import Press, Text
from tests.bot.telegram.bot_api_server import FIRST_UPDATE, BotApiServer, Failure
from tests.bot.telegram.conftest import Inbox
from tests.bot.telegram.people import Person

NOON = datetime(2022, 3, 29, 4, tzinfo=UTC)
START = Text(body="/start")
AT_ONCE = timedelta(0)
LONG = timedelta(seconds=50)


@dataclass
class Edge:
    """What a poller is given by its surroundings."""

    now: datetime = NOON
    pauses: list[float] = field(default_factory=list)
    conflicts: int = 0

    def clock(self) -> datetime:
        return self.now

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(0)

    async def on_conflict(self) -> None:
        self.conflicts += 1


@pytest.fixture
def edge() -> Edge:
    return Edge()


def polling(channel: TelegramChannel, inbox: Inbox, edge: Edge, long_poll: timedelta = AT_ONCE) -> Poller:
    return Poller(
        channel,
        inbox,
        clock=edge.clock,
        pause=edge.pause,
        on_conflict=edge.on_conflict,
        long_poll=long_poll,
    )


@pytest.fixture
def poller(channel: TelegramChannel, inbox: Inbox, edge: Edge) -> Poller:
    """Does not wait for updates: each `poll_once` takes what is there."""
    return polling(channel, inbox, edge)


@pytest.fixture
async def running(channel: TelegramChannel, inbox: Inbox, edge: Edge) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(polling(channel, inbox, edge, LONG).run())
    yield task
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_it_stores_what_arrives(api: BotApiServer, poller: Poller, inbox: Inbox, sari: Person) -> None:
    sari.types("12 desa")
    assert await poller.poll_once() == 0
    assert inbox.said == [START, Text(body="12 desa")]


async def test_an_update_is_confirmed_only_by_the_poll_after_it_was_stored(
    api: BotApiServer, poller: Poller, inbox: Inbox, sari: Person
) -> None:
    await poller.poll_once()
    assert (inbox.said, api.pending) == ([START], [FIRST_UPDATE])
    await poller.poll_once()
    assert api.pending == []


async def test_what_could_not_be_stored_is_neither_confirmed_nor_lost(
    api: BotApiServer, poller: Poller, inbox: Inbox, sari: Person
) -> None:
    inbox.failures = 3
    assert [await poller.poll_once() for _ in range(3)] == list(BACK_OFF[:3])
    assert (inbox.said, api.pending) == ([], [FIRST_UPDATE])
    assert await poller.poll_once() == 0
    assert inbox.said == [START]


async def test_another_process_goes_on_after_the_last_stored_update(
    api: BotApiServer, poller: Poller, inbox: Inbox, sari: Person
) -> None:
    sari.types("tersimpan")
    sari.types("belum")
    inbox.last = FIRST_UPDATE + 1
    await poller.poll_once()
    assert inbox.said == [Text(body="belum")]
    assert inbox.asked_since == [NOON - timedelta(days=6)]


async def test_a_process_that_died_before_confirming_stores_nothing_twice(
    api: BotApiServer, channel: TelegramChannel, inbox: Inbox, edge: Edge, sari: Person
) -> None:
    await polling(channel, inbox, edge).poll_once()
    await polling(channel, inbox, edge).poll_once()
    assert inbox.said == [START]


async def test_repeated_updates_are_stored_once(api: BotApiServer, poller: Poller, inbox: Inbox, sari: Person) -> None:
    await poller.poll_once()
    api.redeliver()
    await poller.poll_once()
    assert inbox.said == [START]


async def test_numbers_that_start_afresh_lower_are_followed(
    api: BotApiServer, poller: Poller, inbox: Inbox, sari: Person
) -> None:
    await poller.poll_once()
    await poller.poll_once()
    api.renumber(5000)
    sari.types("sesudah libur")
    await poller.poll_once()
    await poller.poll_once()
    assert inbox.said == [START, Text(body="sesudah libur")]
    assert api.pending == []


async def test_after_six_silent_days_it_asks_without_a_number(
    api: BotApiServer, poller: Poller, inbox: Inbox, edge: Edge, sari: Person
) -> None:
    await poller.poll_once()
    await poller.poll_once()
    edge.now += ID_LIFE
    api.renumber(FIRST_UPDATE - 2)
    sari.types("sesudah libur")
    await poller.poll_once()
    assert inbox.said == [START, Text(body="sesudah libur")]
    assert "offset" not in api.called("getUpdates")[-1].parameters


async def test_it_ends_a_webhook_and_keeps_what_waits(
    api: BotApiServer, poller: Poller, inbox: Inbox, sari: Person
) -> None:
    await api.call("setWebhook", url="http://127.0.0.1:9/telegram")
    assert await poller.poll_once() == 0
    assert inbox.said == [START]
    assert api.called("deleteWebhook")[0].parameters == {"drop_pending_updates": "false"}


async def test_it_asks_for_the_kinds_it_can_read_and_no_others(api: BotApiServer, poller: Poller) -> None:
    await poller.poll_once()
    kinds = '["message", "edited_message", "callback_query", "my_chat_member"]'
    assert api.called("getUpdates")[0].parameters["allowed_updates"] == kinds


async def test_what_is_not_for_us_is_confirmed_all_the_same(api: BotApiServer, poller: Poller, inbox: Inbox) -> None:
    group = {"id": -1001200000001, "title": "Kantor", "type": "supergroup"}
    api.enqueue("message", {"message_id": 1, "date": api.date, "chat": group, "text": "halo"})
    await poller.poll_once()
    await poller.poll_once()
    assert (inbox.arrivals, api.pending) == ([], [])


async def test_a_malformed_update_is_skipped_and_noted_without_its_words(
    api: BotApiServer, poller: Poller, inbox: Inbox, sari: Person, caplog: pytest.LogCaptureFixture
) -> None:
    api.enqueue_raw({"message": {"text": "rahasia"}})
    sari.types("12")
    assert await poller.poll_once() == 0
    assert inbox.said == [START, Text(body="12")]
    assert f"update {FIRST_UPDATE + 1} was skipped" in caplog.text
    assert "rahasia" not in caplog.text
    await poller.poll_once()
    assert api.pending == []


async def test_updates_without_numbers_do_not_make_it_spin(api: BotApiServer, poller: Poller) -> None:
    api.enqueue_raw({"update_id": None, "message": {}})
    assert await poller.poll_once() == BACK_OFF[0]


# --- people who leave ---------------------------------------------------------------------------------------------


async def test_who_blocks_the_bot_is_unreachable(api: BotApiServer, poller: Poller, inbox: Inbox, sari: Person) -> None:
    await poller.poll_once()
    sari.blocks()
    await poller.poll_once()
    assert inbox.unreachable == [str(sari.chat_id)]


async def test_who_came_back_meanwhile_is_not(api: BotApiServer, poller: Poller, inbox: Inbox, sari: Person) -> None:
    sari.blocks()
    sari.unblocks()
    sari.types("halo lagi")
    await poller.poll_once()
    assert inbox.unreachable == []


# --- taps ---------------------------------------------------------------------------------------------------------


async def test_a_tap_is_answered_after_it_is_stored(
    api: BotApiServer, running: asyncio.Task[None], inbox: Inbox, sari: Person
) -> None:
    tap = sari.presses("1a:1", message_id=1)
    await api.answers_tap(tap)
    assert inbox.said[-1] == Press(token="1a:1")


async def test_a_tap_that_cannot_be_stored_is_not_answered(
    api: BotApiServer, poller: Poller, inbox: Inbox, sari: Person
) -> None:
    inbox.failures = 1
    sari.presses("1a:1", message_id=1)
    await poller.poll_once()
    await asyncio.sleep(0)
    assert api.called("answerCallbackQuery") == []


async def test_an_answer_to_a_tap_that_hangs_delays_nobody(
    api: BotApiServer, running: asyncio.Task[None], inbox: Inbox, sari: Person
) -> None:
    api.fail(Failure.HANG, method="answerCallbackQuery")
    sari.presses("1a:1", message_id=1)
    sari.types("12")
    await api.delivered()
    assert inbox.said == [START, Press(token="1a:1"), Text(body="12")]


async def test_an_answer_to_a_tap_that_is_refused_costs_nothing(
    api: BotApiServer, running: asyncio.Task[None], inbox: Inbox, sari: Person
) -> None:
    api.fail(Failure.SERVER_ERROR, method="answerCallbackQuery")
    sari.presses("1a:1", message_id=1)
    second = sari.presses("1a:2", message_id=1)
    await api.answers_tap(second)
    assert inbox.said[1:] == [Press(token="1a:1"), Press(token="1a:2")]


# --- trouble ------------------------------------------------------------------------------------------------------


async def test_it_waits_longer_with_every_failure_and_recovers(
    api: BotApiServer, poller: Poller, inbox: Inbox, sari: Person
) -> None:
    api.fail(Failure.SERVER_ERROR, method="getUpdates", times=len(BACK_OFF) + 2)
    waits = [await poller.poll_once() for _ in range(len(BACK_OFF) + 2)]
    assert waits == [*BACK_OFF, BACK_OFF[-1], BACK_OFF[-1]]
    assert await poller.poll_once() == 0
    assert inbox.said == [START]
    api.fail(Failure.SERVER_ERROR, method="getUpdates")
    assert await poller.poll_once() == BACK_OFF[0]


@pytest.mark.parametrize("failure", [Failure.DROP, Failure.DROP_AFTER, Failure.BAD_GATEWAY])
@pytest.mark.parametrize("method", ["getUpdates", "deleteWebhook"])
async def test_a_broken_connection_loses_nothing(
    api: BotApiServer, poller: Poller, inbox: Inbox, sari: Person, failure: Failure, method: str
) -> None:
    api.fail(failure, method=method)
    assert await poller.poll_once() == BACK_OFF[0]
    assert await poller.poll_once() == 0
    assert inbox.said == [START]


async def test_a_server_that_goes_and_comes_back(api: BotApiServer, poller: Poller, inbox: Inbox, sari: Person) -> None:
    port = api.port
    await api.stop()
    assert await poller.poll_once() == BACK_OFF[0]
    await api.start(port)
    assert await poller.poll_once() == 0
    assert inbox.said == [START]


async def test_flood_control_is_obeyed_to_the_second(api: BotApiServer, poller: Poller) -> None:
    api.fail(Failure.FLOOD, method="getUpdates", retry_after=17)
    assert await poller.poll_once() == 17
    assert await poller.poll_once() == 0


async def test_a_refused_token_is_an_error_in_the_log(
    api: BotApiServer, inbox: Inbox, edge: Edge, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = TelegramChannel("1200000000:another-invented-one", api.url)
    assert await polling(wrong, inbox, edge).poll_once() == BACK_OFF[0]
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    await wrong.close()


async def test_a_foreign_poller_is_told_of_once_in_a_spell(
    api: BotApiServer, poller: Poller, edge: Edge, sari: Person
) -> None:
    await poller.poll_once()
    await api.call("setWebhook", url="http://127.0.0.1:9/telegram")
    assert [await poller.poll_once() for _ in range(3)] == [CONFLICT_PAUSE] * 3
    assert edge.conflicts == 1
    await api.call("deleteWebhook")
    assert await poller.poll_once() == 0
    await api.call("setWebhook", url="http://127.0.0.1:9/telegram")
    await poller.poll_once()
    assert edge.conflicts == 2


async def test_one_refusal_now_and_then_is_a_process_of_our_own_that_woke_up(
    api: BotApiServer, poller: Poller, edge: Edge
) -> None:
    async def refused() -> int:
        await api.call("setWebhook", url="http://127.0.0.1:9/telegram")
        assert await poller.poll_once() == CONFLICT_PAUSE
        await api.call("deleteWebhook")
        assert await poller.poll_once() == 0
        return edge.conflicts

    await poller.poll_once()
    assert await refused() == 0
    edge.now += FOREIGN_WITHIN
    assert await refused() == 0
    edge.now += FOREIGN_WITHIN - timedelta(seconds=1)
    assert await refused() == 1


async def test_a_second_poller_on_the_token_is_a_conflict_for_the_first(
    api: BotApiServer, running: asyncio.Task[None], edge: Edge
) -> None:
    for told in range(2):
        await api.polled()
        await api.call("getUpdates")
        await api.polled()
        assert (edge.conflicts, edge.pauses) == (told, [CONFLICT_PAUSE] * (told + 1))


async def test_it_goes_on_when_nobody_can_be_told_of_a_conflict(
    api: BotApiServer, channel: TelegramChannel, inbox: Inbox, edge: Edge
) -> None:
    async def fails() -> None:
        raise OSError("the disk is full")

    poller = Poller(channel, inbox, clock=edge.clock, pause=edge.pause, on_conflict=fails, long_poll=AT_ONCE)
    await poller.poll_once()
    await api.call("setWebhook", url="http://127.0.0.1:9/telegram")
    assert [await poller.poll_once() for _ in range(2)] == [CONFLICT_PAUSE, BACK_OFF[0]]


# --- running ------------------------------------------------------------------------------------------------------


async def test_it_waits_on_the_server_and_takes_what_comes_at_once(
    api: BotApiServer, running: asyncio.Task[None], inbox: Inbox, edge: Edge
) -> None:
    await api.polled()
    api.person("Budi").types("halo")
    await api.delivered()
    assert (inbox.said, edge.pauses) == ([Text(body="halo")], [])


async def test_it_pauses_between_failures(
    api: BotApiServer, running: asyncio.Task[None], inbox: Inbox, edge: Edge, sari: Person
) -> None:
    inbox.failures = 2
    await api.delivered()
    assert (inbox.said, edge.pauses) == ([START], [1.0, 2.0])


async def test_it_stops_at_once_while_it_waits(api: BotApiServer, running: asyncio.Task[None]) -> None:
    await api.polled()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_it_stops_at_once_with_a_tap_unanswered(
    api: BotApiServer, running: asyncio.Task[None], sari: Person
) -> None:
    api.fail(Failure.HANG, method="answerCallbackQuery")
    sari.presses("1a:1", message_id=1)
    await api.delivered()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
