"""What became of messages, told over HTTP and kept in the tables."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, Row, select

from bot.channels.whatsapp.intake import Intake
from bot.channels.whatsapp.parsing import CHANNEL
from bot.whatsapp_receiving import Ledger
from storage import outbox
from storage.conversations import give_to_person, new_conversation
from storage.engine import reading, writing
from storage.outbox import NewSending
from storage.tables import Account, NumberChange, Outbox, table
from storage.templates import TemplateStatus, status_of
from tests.bot.edge import Edge, Phones
from tests.bot.whatsapp.calls import BUSINESS_ID, JOKO, PHONE_ID, SARI, call, payload, status, text_message, value
from tests.bot.whatsapp.site import Site, served
from tests.offices import NOW

_account, _outbox = table(Account), table(Outbox)
START = int(NOW.timestamp())


@pytest.fixture
def whatsapp(open_edge: Callable[..., Edge]) -> Edge:
    """A program whose only channel is WhatsApp."""
    return open_edge(phones=Phones(name=CHANNEL))


@pytest.fixture
async def site(whatsapp: Edge) -> AsyncIterator[Site]:
    async with served(Intake(whatsapp.program.inbox, Ledger(whatsapp.program), PHONE_ID, BUSINESS_ID)) as site:
        yield site


@pytest.fixture
def unsent(engine: Engine) -> int:
    """A message that is to be sent."""
    with writing(engine) as connection:
        conversation_id = new_conversation(connection)
        body = {"kind": "say", "text": "halo"}
        sending = NewSending(
            None, conversation_id, None, CHANNEL, SARI, outbox.ANSWER, "reply:1", body, due_at=NOW, said_at=NOW
        )
        written = outbox.enqueue(connection, sending)
    assert written is not None
    return written


@pytest.fixture
def message(engine: Engine, unsent: int) -> int:
    """A message that Meta took as `wamid.1`."""
    with writing(engine) as connection:
        outbox.settle(connection, unsent, "sent", NOW, provider_id="wamid.1")
    return unsent


def row(engine: Engine) -> Row[*tuple[object, ...]]:
    with reading(engine) as connection:
        return connection.execute(select(_outbox)).one()


@pytest.mark.usefixtures("message")
@pytest.mark.parametrize(
    ("told", "fate", "at"),
    [
        (["sent", "delivered", "read"], "read", 2),
        (["read", "delivered", "sent"], "read", 0),
        (["delivered", "sent", "delivered"], "delivered", 0),
        (["delivered", "failed"], "delivered", 0),
        (["read", "read"], "read", 0),
        (["sent", "played"], "sent", 0),
    ],
    ids=str,
)
async def test_a_fate_is_kept_and_never_goes_backwards(
    engine: Engine, site: Site, told: list[str], fate: str, at: int
) -> None:
    for second, one in enumerate(told):
        assert await site.call(call([value(statuses=[status("wamid.1", one, START + second)])])) == 200
    kept = row(engine)
    assert (kept.fate, kept.fate_at, kept.state) == (fate, NOW + timedelta(seconds=at), "sent")


@pytest.mark.usefixtures("message")
async def test_several_in_one_call_are_kept_in_their_order(engine: Engine, site: Site) -> None:
    told = [status("wamid.1", "sent"), status("wamid.x", "read"), status("wamid.1", "delivered", START + 9)]
    assert await site.call(call([value(statuses=told[:1])], [value(statuses=told[1:])])) == 200
    assert (row(engine).fate, row(engine).fate_at) == ("delivered", datetime.fromtimestamp(START + 9, UTC))


@pytest.mark.usefixtures("message")
async def test_a_message_that_is_not_ours_changes_nothing(engine: Engine, site: Site) -> None:
    before = row(engine)
    assert await site.call(call([value(statuses=[status("wamid.2", "read"), status("", "read")])])) == 200
    assert row(engine) == before


@pytest.mark.parametrize(
    ("code", "state", "is_reachable"), [(131000, "failed", True), (131026, "failed", False), (131047, "due", True)]
)
async def test_a_failure_that_is_told_later_leads_where_its_code_says(
    engine: Engine, site: Site, message: int, code: int, state: str, is_reachable: bool
) -> None:
    assert await site.call(call([value([text_message(SARI, 1, "halo")])])) == 200
    failed = call([value(statuses=[status("wamid.1", "failed", START, code)])])
    assert [await site.call(failed) for _time in range(2)] == [200, 200]
    with reading(engine) as connection:
        reachable = connection.execute(select(_account.c.reachable)).scalar_one()
    assert (row(engine).id, row(engine).state, row(engine).attempts) == (message, state, int(state == "due"))
    assert reachable is is_reachable


@pytest.mark.parametrize(("to", "answer"), [(SARI, 503), (JOKO, 200)])
async def test_a_failure_of_a_message_that_is_just_being_sent_comes_again(
    engine: Engine, site: Site, unsent: int, to: str, answer: int
) -> None:
    with writing(engine) as connection:
        assert [one.id for one in outbox.claim_due(connection, outbox.ANSWER, "a process", NOW, 1)] == [unsent]
    failed = {**status("wamid.1", "failed", START, 131000), "recipient_id": to}
    assert await site.call(call([value(statuses=[failed])])) == answer
    with writing(engine) as connection:
        outbox.settle(connection, unsent, "sent", NOW, provider_id="wamid.1")
    assert await site.call(call([value(statuses=[failed])])) == 200
    assert (row(engine).state, row(engine).fate) == ("failed", "failed")


async def test_a_failure_of_a_message_that_nobody_is_sending_is_no_news(
    site: Site, whatsapp: Edge, engine: Engine, unsent: int
) -> None:
    failed = call([value(statuses=[status("wamid.1", "failed", START, 131000)])])
    assert await site.call(failed) == 200
    with writing(engine) as connection:
        outbox.claim_due(connection, outbox.ANSWER, "a process", NOW, 1)
    whatsapp.machine.pass_by(outbox.LEASE + timedelta(seconds=1))
    assert await site.call(failed) == 200
    assert (row(engine).id, row(engine).fate) == (unsent, "")


async def test_what_becomes_of_a_template_is_remembered(engine: Engine, site: Site) -> None:
    for name in ("template_paused", "template_approved"):
        assert await site.call(payload(name)) == 200
        with reading(engine) as connection:
            known = status_of(connection, CHANNEL, "renaksi_pengingat")
        assert known == TemplateStatus(name.removeprefix("template_"), NOW)


async def test_a_changed_number_waits_for_somebody_to_agree(engine: Engine, site: Site, whatsapp: Edge) -> None:
    await site.call(call([value([text_message(SARI, 1, "halo")])]))
    office, sari = whatsapp.made.id, whatsapp.made.people["Sari Andini"]
    with writing(engine) as connection:
        (conversation_id,) = connection.execute(select(_account.c.conversation_id)).scalars()
        give_to_person(connection, conversation_id, CHANNEL, SARI, office, sari, NOW)
    assert [await site.call(payload("number_changed")) for _time in range(2)] == [200, 200]
    with reading(engine) as connection:
        (waiting,) = connection.execute(select(table(NumberChange))).all()
    assert (waiting.person_id, waiting.address, waiting.decision) == (sari, "6281200000109", "")
