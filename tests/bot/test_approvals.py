"""Which templates are tried: not those that were just refused, and those again after a day."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from bot.approvals import Approvals
from bot.writer import Writer
from tests.bot.edge import Clock

NOTE = "renaksi_note"


@pytest.fixture
def writer(engine: Engine) -> Iterator[Writer]:
    one = Writer(engine)
    yield one
    one.close()


async def test_a_template_never_heard_of_is_tried(writer: Writer) -> None:
    assert await Approvals(writer, Clock()).may_send(NOTE)


@pytest.mark.parametrize("status", ["missing", "pending", "rejected", "paused", "disabled", "differs"])
async def test_a_refused_template_is_tried_again_after_a_day(writer: Writer, status: str) -> None:
    clock = Clock()
    approvals = Approvals(writer, clock)
    await approvals.note(NOTE, status)
    clock.pass_by(timedelta(hours=23, minutes=59))
    assert not await approvals.may_send(NOTE)
    assert await approvals.may_send("renaksi_reminder")
    clock.pass_by(timedelta(minutes=1))
    assert await approvals.may_send(NOTE)


async def test_another_process_knows_of_it_too(writer: Writer) -> None:
    clock = Clock()
    here, there = Approvals(writer, clock), Approvals(writer, clock)
    await here.note(NOTE, "paused")
    assert not await there.may_send(NOTE)
    await there.note(NOTE, "approved")
    clock.pass_by(timedelta(days=30))
    assert await here.may_send(NOTE)
