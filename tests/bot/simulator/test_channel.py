"""The simulator as a channel, and the events it pushes."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.channels.base import Attachment, Channel, FetchFailed, Media, Picture, Rejected
from bot.channels.simulator.audience import PENDING, Audience, Event
from bot.channels.simulator.channel import SimulatorChannel
from handlers.messages import Chart, File, Form, Say


async def test_sending_gives_an_id_of_its_own_and_tells_every_open_page() -> None:
    channel: Channel = SimulatorChannel()
    assert isinstance(channel, SimulatorChannel)
    pages = [channel.listen(), channel.listen()]
    assert [await anext(page) for page in pages] == [Event("ready")] * 2

    ids = {await channel.send("sim-5", Say(text="Halo"), None), await channel.send("sim-5", Say(text="Halo"), None)}

    assert len(ids) == 2
    assert [await anext(page) for page in pages] == [Event("chat", address="sim-5")] * 2


@pytest.mark.parametrize(
    ("message", "enclosure"),
    [
        (Chart(chart="overview", snapshot=1, caption="Maret"), None),
        (Chart(chart="overview", snapshot=1, caption="Maret"), Attachment(b"x", "x.pdf")),
        (File(ref="abc", name="x.pdf"), None),
        (Form(form="renja", snapshot=1, ending="pdf", name="x.pdf"), None),
        (Say(text="Halo"), Picture(b"x", "x.png")),
    ],
)
async def test_an_enclosure_that_does_not_fit_is_rejected(
    message: Say | Chart | File | Form, enclosure: Picture | Attachment | None
) -> None:
    with pytest.raises(Rejected):
        await SimulatorChannel().send("sim-5", message, enclosure)


async def test_pictures_and_files_go_with_their_enclosure() -> None:
    channel = SimulatorChannel()
    assert await channel.send("sim-1", Chart(chart="overview", snapshot=1, caption="Maret"), Picture(b"x", "x.png"))
    assert await channel.send("sim-1", File(ref="abc", name="x.pdf"), Attachment(b"x", "x.pdf"))
    form = Form(form="renja", snapshot=1, ending="pdf", name="x.pdf")
    assert await channel.send("sim-1", form, Attachment(b"x", "x.pdf"))


async def test_nothing_is_left_to_fetch() -> None:
    with pytest.raises(FetchFailed, match="gone"):
        await anext(aiter(SimulatorChannel().fetch(Media("1", is_photo=True))))


async def test_the_clock_is_told_in_local_time() -> None:
    channel = SimulatorChannel()
    page = channel.listen()
    await anext(page)
    channel.clock_moved(datetime(2022, 4, 4, 8, tzinfo=ZoneInfo("Asia/Makassar")), moving=True)
    event = await anext(page)
    assert event.json() == '{"now": "2022-04-04T08:00:00+08:00", "moving": true, "tick": 1}'


async def test_a_page_that_falls_far_behind_is_cut_off_and_the_others_are_not() -> None:
    audience = Audience()
    slow, quick = audience.listen(), audience.listen()
    await anext(slow)
    await anext(quick)
    for _ in range(PENDING + 1):
        audience.tell(Event("chat", address="sim-1"))
        assert await anext(quick) == Event("chat", address="sim-1")
    assert [event async for event in slow] == []
    assert len(audience) == 1


async def test_closing_ends_every_stream() -> None:
    channel = SimulatorChannel()
    page = channel.listen()
    await anext(page)
    channel.close()
    assert [event async for event in page] == []
