"""Many messages at once, over real HTTP into the real inbox, while turns are taken."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable

import pytest

from bot.channels.whatsapp.intake import Intake
from bot.channels.whatsapp.parsing import CHANNEL
from bot.whatsapp_receiving import Ledger
from tests.bot.edge import Edge, Phones, until
from tests.bot.whatsapp.calls import BUSINESS_ID, PHONE_ID, call, text_message, value
from tests.bot.whatsapp.site import Site, served

pytestmark = pytest.mark.sampled_on_postgresql

PEOPLE = [f"62812000005{number:02}" for number in range(25)]
EACH = 20
"""Messages of each person: 500 in all."""


@pytest.fixture
def whatsapp(open_edge: Callable[..., Edge]) -> Edge:
    """A program whose only channel is WhatsApp."""
    return open_edge(phones=Phones(name=CHANNEL))


@pytest.fixture
async def site(whatsapp: Edge) -> AsyncIterator[Site]:
    async with served(Intake(whatsapp.program.inbox, Ledger(whatsapp.program), PHONE_ID, BUSINESS_ID)) as site:
        yield site


def answered(edge: Edge) -> dict[str, list[str]]:
    """The messages of each address in the order in which their answers were written and sent."""
    came = {f"reply:{row.id}": row for row in edge.inbox_rows()}
    told: dict[str, list[str]] = defaultdict(list)
    for row in sorted(edge.outbox_rows(), key=lambda one: int(one.provider_id)):
        told[row.address].append(came[row.dedup_key].said["body"])
    return told


async def test_a_call_with_500_messages_is_answered_before_any_turn_and_worked_off_in_order(
    whatsapp: Edge, site: Site
) -> None:
    messages = [text_message(person, number, f"{number}") for number in range(EACH) for person in PEOPLE]
    assert await site.call(call(*([value(messages[start : start + 50])] for start in range(0, 500, 50)))) == 200
    assert [row.state for row in whatsapp.inbox_rows()] == ["ready"] * 500
    await whatsapp.program.settle()
    assert {row.state for row in whatsapp.inbox_rows()} == {"done"}
    assert answered(whatsapp) == {person: [f"{number}" for number in range(EACH)] for person in PEOPLE}


async def test_500_calls_at_once_are_all_stored_and_worked_off_in_order_per_person(whatsapp: Edge, site: Site) -> None:
    async def write(person: str) -> list[int]:
        return [await site.call(call([value([text_message(person, number, f"{number}")])])) for number in range(EACH)]

    workers = [asyncio.create_task(worker) for worker in whatsapp.program.workers()]
    statuses = await asyncio.gather(*(write(person) for person in PEOPLE))
    assert {status for of_one in statuses for status in of_one} == {200}
    await until(lambda: len(whatsapp.phones.sent) == 500)
    await until(lambda: set(whatsapp.states()) == {"sent"})
    for worker in workers:
        worker.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    assert answered(whatsapp) == {person: [f"{number}" for number in range(EACH)] for person in PEOPLE}
