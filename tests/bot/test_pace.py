"""How quickly each chat and each channel is written to, on a clock that passes only by waiting."""

import asyncio
import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

import pytest
from typing_extensions import override

from bot.pace import TELEGRAM, UNLIMITED, WHATSAPP, WINDOW, Limits, Pace, Trip


@dataclass
class Time:
    """Seconds, which pass by sleeping."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


@dataclass
class Together(Time):
    """Seconds that pass for all who sleep at the same time."""

    asleep: list[tuple[float, int, asyncio.Future[None]]] = field(
        default_factory=list[tuple[float, int, "asyncio.Future[None]"]]
    )

    @override
    async def sleep(self, seconds: float) -> None:
        woken = asyncio.get_running_loop().create_future()
        heapq.heappush(self.asleep, (self.now + seconds, len(self.slept), woken))
        self.slept.append(seconds)
        await woken

    async def pass_until_done(self, tasks: Sequence[asyncio.Task[None]]) -> None:
        while not all(task.done() for task in tasks):
            for _step in range(10):  # whoever was woken goes as far as they can
                await asyncio.sleep(0)
            if self.asleep:
                self.now, _number, woken = heapq.heappop(self.asleep)
                woken.set_result(None)


def pace(limits: Limits) -> tuple[Pace, Time]:
    time = Time()
    return Pace(limits, time, time.sleep), time


async def send(pace: Pace, time: Time, count: int, address: str = "a", *, unasked: bool = False) -> list[float]:
    """The seconds after the first at which each of so many messages goes."""
    begin = time.now
    moments: list[float] = []
    for _message in range(count):
        pace.over(await pace.wait(address, unasked=unasked))
        moments.append(time.now - begin)
    return moments


async def answer(pace: Pace, time: Time, count: int) -> list[float]:
    """The seconds from now at which each of so many answers goes; all of them stay on their way."""
    begin = time.now
    moments: list[float] = []
    for _message in range(count):
        await pace.wait("a", unasked=False)
        moments.append(time.now - begin)
    return moments


def refusal(time: Time, went: int = 0) -> Trip:
    """A message that the channel refuses now, after so many in the second before."""
    return Trip("a", unasked=True, began=time.now, went=went)


async def test_a_chat_takes_a_burst_and_then_one_a_second() -> None:
    one, time = pace(Limits(per_chat=1, burst=3))
    assert await send(one, time, 6) == [0, 0, 0, 1, 2, 3]


async def test_a_chat_that_was_quiet_takes_a_burst_again() -> None:
    one, time = pace(Limits(per_chat=1, burst=3))
    await send(one, time, 5)
    time.now += 3
    assert await send(one, time, 4) == [0, 0, 0, 1]


async def test_chats_do_not_wait_for_one_another() -> None:
    one, time = pace(Limits(per_chat=1, burst=1))
    await send(one, time, 1, "a")
    assert await send(one, time, 2, "b") == [0, 1]


async def test_unasked_messages_are_spaced_evenly_over_all_chats() -> None:
    one, time = pace(Limits(overall=4))
    begin = time.now
    moments: list[float] = []
    for number in range(5):
        one.over(await one.wait(f"chat {number}", unasked=True))
        moments.append(time.now - begin)
    assert moments == [0, 0.25, 0.5, 0.75, 1.0]


async def test_answers_pass_unasked_messages() -> None:
    one, time = pace(Limits(overall=4, per_chat=1, burst=2))
    await send(one, time, 1, "a", unasked=True)
    one.refused(timedelta(seconds=60), refusal(time))
    assert await send(one, time, 2, "b") == [0, 0]


async def test_a_refusal_holds_back_what_is_unasked_as_long_as_asked_and_slows_it_afterwards() -> None:
    one, time = pace(Limits(overall=8))
    one.refused(timedelta(seconds=7), refusal(time))
    assert await send(one, time, 3, unasked=True) == pytest.approx([7, 7.25, 7.5], abs=0.02)


async def test_refusals_of_messages_under_way_together_count_once() -> None:
    one, time = pace(Limits(overall=8))
    for _message in range(20):
        one.refused(timedelta(seconds=2), refusal(time))
    assert await send(one, time, 2, unasked=True) == pytest.approx([2, 2.25])


async def test_the_pace_recovers_after_refusals_and_never_stops() -> None:
    one, time = pace(Limits(overall=8))
    for _refusal in range(10):
        one.refused(timedelta(seconds=1), refusal(time))
        time.now += 1
    assert await send(one, time, 2, unasked=True) == pytest.approx([0, 1], abs=0.1)
    time.now += 3600
    assert await send(one, time, 2, unasked=True) == [0, 0.125]


async def test_after_a_refusal_the_pace_is_what_went_through_in_the_second_before() -> None:
    one, time = pace(Limits(overall=30))
    await send(one, time, 20, unasked=True)
    one.refused(timedelta(seconds=1), refusal(time, went=20))
    moments = await send(one, time, 60, unasked=True)
    assert 19 < 59 / (moments[-1] - moments[0]) < 20


@pytest.mark.parametrize("overall", [4.0, 19.5, TELEGRAM.overall])
async def test_no_second_holds_more_than_the_next_whole_number_however_late_one_goes(overall: float) -> None:
    one, time = pace(Limits(overall=overall))
    random = Random(8)
    moments: list[float] = []
    for number in range(200):
        one.over(await one.wait(f"{number}", unasked=True))
        moments.append(time.now)
        time.now += random.choice((0, 0, 0.03, 0.2))
    assert max(sum(begin <= moment <= begin + 1 for moment in moments) for begin in moments) <= int(overall) + 1


async def test_reminders_leave_room_for_answers_and_answers_wait_for_no_more_than_one_of_them() -> None:
    one, time = pace(Limits(overall=10))
    moments: list[float] = []
    longest = 0.0
    for number in range(100):
        one.over(await one.wait(f"{number}", unasked=True))
        moments.append(time.now)
        if number % 7 == 0:
            asked = time.now
            one.over(await one.wait(f"answer {number}", unasked=False))
            moments.append(time.now)
            longest = max(longest, time.now - asked)
    assert max(sum(begin <= moment <= begin + 1 for moment in moments) for begin in moments) <= 11
    assert longest <= 0.11


async def test_while_people_are_answered_there_is_room_for_the_next_answer() -> None:
    one, time = pace(Limits(overall=10))
    for number in range(100):
        one.over(await one.wait(f"{number}", unasked=True))
        if number % 5 == 0:
            asked = time.now
            one.over(await one.wait(f"answer {number}", unasked=False))
            assert number < 20 or time.now == asked


async def test_people_who_write_by_chance_hardly_wait_while_everybody_is_reminded() -> None:
    time = Together()
    one = Pace(TELEGRAM, time, time.sleep)
    random, waits, reminded = Random(4), list[float](), list[float]()

    async def send(address: str, *, unasked: bool) -> None:
        trip = await one.wait(address, unasked=unasked)
        await time.sleep(0.06)
        one.over(trip)

    async def remind(number: int) -> None:
        await send(f"reminded {number}", unasked=True)
        reminded.append(time.now)

    async def write(at: float, number: int) -> None:
        await time.sleep(at)
        await send(f"answered {number}", unasked=False)
        waits.append(time.now - 1000 - at - 0.06)

    begins = [random.uniform(0, 60) for _person in range(60 * 18)]
    writing = [asyncio.create_task(write(at, number)) for number, at in enumerate(begins)]
    reminding = [asyncio.create_task(remind(number)) for number in range(800)]
    await time.pass_until_done(writing)
    in_time = len(reminded)
    await time.pass_until_done(reminding)
    assert sorted(waits)[int(0.95 * len(waits))] < 0.05 and max(waits) < 1
    assert in_time > 60 * 5


async def test_a_chat_gets_unasked_messages_one_by_one() -> None:
    one, time = pace(Limits(overall=10, per_chat=1, burst=4))
    await send(one, time, 1, "a")
    assert await send(one, time, 3, "a", unasked=True) == [1, 2, 3]


async def test_a_channel_without_limits_never_waits() -> None:
    one, time = pace(UNLIMITED)
    await send(one, time, 100)
    await send(one, time, 100, unasked=True)
    assert time.slept == []


def test_telegram_is_written_to_a_little_below_its_limits() -> None:
    assert (TELEGRAM.overall < 30, TELEGRAM.per_chat <= 1) == (True, True)


async def test_whatsapp_takes_45_messages_at_once_to_a_person_and_then_one_in_six_seconds() -> None:
    one, time = pace(WHATSAPP)
    moments = await send(one, time, 100)
    assert all(number <= 45 + moment / 6 for number, moment in enumerate(moments, start=1))
    assert moments.count(0) * 2 <= 45, "a picture and its list are two messages"


async def test_whatsapp_takes_80_messages_a_second_in_all() -> None:
    one, time = pace(WHATSAPP)
    moments: list[float] = []
    for number in range(200):
        await send(one, time, 1, f"{number}", unasked=True)
        moments.append(time.now)
    assert max(sum(begin <= moment <= begin + 1 for moment in moments) for begin in moments) * 2 <= 80


async def test_a_message_that_took_long_counts_as_late_as_it_may_have_come() -> None:
    one, time = pace(Limits(overall=4))
    quick = await one.wait("a", unasked=True)
    time.now += 0.1
    one.over(quick)
    slow = await one.wait("b", unasked=True)
    time.now += 0.8
    one.over(slow)
    # The quickest needs a tenth of a second there and back, so that this one came up to 0.7 s later than it might.
    assert await answer(one, time, 5) == pytest.approx([0, 0, 0, 0, WINDOW - 0.1], abs=0.01)


async def test_a_quicker_message_tells_that_the_first_ones_may_have_come_late() -> None:
    one, time = pace(Limits(overall=4))
    first = await one.wait("a", unasked=True)
    time.now += 0.4
    one.over(first)
    quick = await one.wait("b", unasked=True)
    time.now += 0.1
    one.over(quick)
    # The first came up to 0.3 s later than was thought, the second at once.
    assert await answer(one, time, 5) == pytest.approx([0, 0, 0, WINDOW - 0.2, WINDOW - 0.1], abs=0.01)


async def test_a_message_without_an_answer_counts_until_there_is_one() -> None:
    one, time = pace(Limits(overall=1, per_chat=0))
    await one.wait("a", unasked=True)
    await one.wait("b", unasked=True)
    begun = time.now
    waiting = [asyncio.create_task(one.wait(f"{number}", unasked=True)) for number in range(2)]
    for _look in range(2000):
        await asyncio.sleep(0)
    assert time.now > begun + 5
    assert [task.done() for task in waiting] == [False, False]
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


async def test_a_chat_that_was_just_written_to_rests() -> None:
    one, time = pace(Limits(overall=10, per_chat=1, burst=4))
    await send(one, time, 1, "a", unasked=True)
    assert (one.is_resting("a"), one.is_resting("b")) == (True, False)
    time.now += 1
    assert not one.is_resting("a")
