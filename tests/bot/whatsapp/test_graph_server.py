"""The emulated Graph API refuses what Meta refuses, or the tests over it would prove nothing."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.bot.whatsapp.conftest import Clock
from tests.bot.whatsapp.graph_rules import Refusal, Upload, check_message, check_upload
from tests.bot.whatsapp.graph_server import GraphServer
from tests.bot.whatsapp.people import Person

UPLOADS = {"1": Upload(b"png", "image/png"), "2": Upload(b"pdf", "application/pdf"), "3": Upload(b"w", "image/webp")}


def button(title: str = "Ya", token: str = "1") -> dict[str, Any]:
    return {"type": "reply", "reply": {"id": token, "title": title}}


def row(at: int = 1, **about: str) -> dict[str, Any]:
    return {"id": str(at), "title": f"Baris {at}", **about}


def message(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"messaging_product": "whatsapp", "to": "6281200000001", "type": kind, kind: content}


def buttons(*given: dict[str, Any], body: str = "Benar?", **parts: Any) -> dict[str, Any]:
    action = {"buttons": list(given)}
    return message("interactive", {"type": "button", "body": {"text": body}, "action": action, **parts})


def rows(*given: dict[str, Any], button: str = "Pilih", body: str = "Yang mana?", **parts: Any) -> dict[str, Any]:
    action = {"button": button, "sections": [{"title": "Pilihan", "rows": list(given)}]}
    return message("interactive", {"type": "list", "body": {"text": body}, "action": action, **parts})


PICTURE = {"type": "image", "image": {"id": "1"}}


@pytest.mark.parametrize(
    "good",
    [
        message("text", {"body": "x" * 4096}),
        buttons(button("x" * 20, "t" * 256), button("Tidak", "2"), button("Nanti", "3"), body="x" * 1024),
        buttons(button(), header=PICTURE, footer={"text": "x" * 60}),
        rows(*(row(at, title=f"{at:024}", description="x" * 72, id=f"{at:0200}") for at in range(10))),
        message("image", {"id": "1", "caption": "x" * 1024}),
        message("document", {"id": "2", "filename": "a.pdf", "caption": "x" * 1024}),
    ],
    ids=range(6),
)
def test_what_is_just_within_the_limits_is_taken(good: dict[str, Any]) -> None:
    check_message(good, UPLOADS, [])


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (message("text", {"body": "x" * 4097}), 131009),
        (message("text", {"body": " "}), 131008),
        ({**message("text", {"body": "x"}), "messaging_product": "x"}, 100),
        ({**message("text", {"body": "x"}), "to": ""}, 100),
        (buttons(), 131009),
        (buttons(*(button(str(at), str(at)) for at in range(4))), 131009),
        (buttons(button("x" * 21)), 131009),
        (buttons(button("")), 131008),
        (buttons(button("Ya", "t" * 257)), 131009),
        (buttons(button("Ya", "1"), button("Ya", "2")), 131009),
        (buttons(button("Ya", "1"), button("Tidak", "1")), 131009),
        (buttons(button(), body="x" * 1025), 131009),
        (buttons(button(), header={"type": "image", "image": {"id": "9"}}), 131053),
        (buttons(button(), header={"type": "image", "image": {"id": "1", "caption": "x"}}), 131009),
        (buttons(button(), header={"type": "text", "text": "x" * 61}), 131009),
        (buttons(button(), footer={"text": "x" * 61}), 131009),
        (rows(), 131009),
        (rows(*(row(at) for at in range(11))), 131009),
        (rows(row(title="x" * 25)), 131009),
        (rows(row(description="x" * 73)), 131009),
        (rows(row(id="x" * 201)), 131009),
        (rows(row(1), row(1)), 131009),
        (rows(row(), button="x" * 21), 131009),
        (rows(row(), body="x" * 1025), 131009),
        (rows(row(), header=PICTURE), 131009),
        (message("image", {"id": "1", "caption": "x" * 1025}), 131009),
        (message("image", {"id": "2"}), 131053),
        (message("image", {"id": "3"}), 131053),
        (message("document", {"id": "9"}), 131053),
        (message("location", {"latitude": 1}), 131051),
        (message("template", {"name": "x", "language": {"code": "id"}}), 132001),
    ],
)
def test_what_is_beyond_them_is_refused(bad: dict[str, Any], code: int) -> None:
    with pytest.raises(Refusal) as refused:
        check_message(bad, UPLOADS, [])
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("size", "mime"), [(5 * 1024 * 1024 + 1, "image/png"), (1, "text/csv"), (1, "application/zip"), (0, "image/png")]
)
def test_files_that_are_not_kept(size: int, mime: str) -> None:
    with pytest.raises(Refusal):
        check_upload(bytes(size), mime)


async def post(graph: GraphServer, to: str, body: str = "halo") -> tuple[int, int]:
    """Send words as any program could: status and error code, 0 for none."""
    said = message("text", {"body": body}) | {"to": to}
    headers = {"Authorization": f"Bearer {graph.token}"}
    url = f"{graph.url}/v26.0/{graph.phone_id}/messages"
    async with aiohttp.ClientSession() as session, session.post(url, json=said, headers=headers) as answer:
        return answer.status, (await answer.json()).get("error", {}).get("code", 0)


async def test_free_text_goes_for_a_day_after_a_person_wrote(graph: GraphServer, clock: Clock) -> None:
    sari = graph.person("Sari")
    assert await post(graph, sari.address) == (400, 131047)
    sari.types("halo")
    clock.now += 24 * 60 * 60 - 1
    assert await post(graph, sari.address) == (200, 0)
    clock.now += 1
    assert await post(graph, sari.address) == (400, 131047)
    sari.changes_number("6281200000077")
    assert await post(graph, sari.address) == (400, 131026)


async def test_one_person_is_sent_45_at_once_and_then_one_in_six_seconds(
    graph: GraphServer, clock: Clock, sari: Person
) -> None:
    assert [await post(graph, sari.address) for _message in range(46)] == [(200, 0)] * 45 + [(400, 131056)]
    clock.now += 5
    assert await post(graph, sari.address) == (400, 131056)
    clock.now += 1
    assert await post(graph, sari.address) == (200, 0)
    assert await post(graph, sari.address) == (400, 131056)


async def test_a_number_sends_80_a_second(graph: GraphServer, clock: Clock) -> None:
    people = [graph.person(f"Orang {at}") for at in range(81)]
    for person in people:
        person.types("halo")
    assert [await post(graph, person.address) for person in people] == [(200, 0)] * 80 + [(429, 130429)]
    clock.now += 1
    assert await post(graph, people[-1].address) == (200, 0)


async def test_a_wrong_token_is_refused(graph: GraphServer, sari: Person) -> None:
    graph.token = "another"
    url = f"{graph.url}/v26.0/{graph.phone_id}"
    async with aiohttp.ClientSession() as session, session.get(url, headers={"Authorization": "Bearer x"}) as answer:
        assert (answer.status, (await answer.json())["error"]["code"]) == (401, 190)


async def test_a_link_to_a_file_wants_the_token_and_ends(graph: GraphServer, clock: Clock) -> None:
    media_id = graph.keep(b"isi", "image/png")
    headers = {"Authorization": f"Bearer {graph.token}"}
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{graph.url}/v26.0/{media_id}", headers=headers) as answer:
            link = (await answer.json())["url"]
        statuses: list[int] = []
        for given, later in ((headers, 0), ({}, 0), (headers, 301)):
            clock.now += later
            async with session.get(link, headers=given) as answer:
                statuses.append(answer.status)
    assert statuses == [200, 401, 404]


# --- webhooks -----------------------------------------------------------------------------------------------------


class Hook:
    """A webhook that keeps what it takes; it may refuse first."""

    def __init__(self) -> None:
        self.url = ""
        self.bodies: list[dict[str, Any]] = []
        self.signatures: list[bool] = []
        self.refusals = 0

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        if self.refusals:
            self.refusals -= 1
            return web.Response(status=500)
        signature = request.headers["X-Hub-Signature-256"]
        self.signatures.append(signature == GraphServer().sign(body))
        self.bodies.append(json.loads(body))
        return web.Response()

    @property
    def values(self) -> list[dict[str, Any]]:
        return [change["value"] for body in self.bodies for entry in body["entry"] for change in entry["changes"]]


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    taking, app = Hook(), web.Application()
    app.router.add_post("/whatsapp", taking.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    taking.url = f"http://127.0.0.1:{runner.addresses[0][1]}/whatsapp"
    yield taking
    await runner.cleanup()


async def test_what_people_do_is_posted_signed_and_in_order(graph: GraphServer, hook: Hook) -> None:
    sari = graph.person("Sari")
    ids = [sari.types("lapor"), sari.sends_photo(b"jpg", "bukti"), sari.sends_document(b"pdf", "a.pdf")]
    hook.refusals = 2
    graph.post_to(hook.url)
    await graph.delivered()
    messages = [message for value in hook.values for message in value["messages"]]
    assert [one["id"] for one in messages] == ids
    assert [one["type"] for one in messages] == ["text", "image", "document"]
    assert hook.signatures == [True] * 3
    assert [post.status for post in graph.posts] == [500, 500, 200, 200, 200]


async def test_several_changes_travel_in_one_call(graph: GraphServer, hook: Hook) -> None:
    graph.batch = 10
    people = [graph.person("Sari"), graph.person("Budi", shows_number=False)]
    for at in range(12):
        people[at % 2].types(str(at))
    graph.post_to(hook.url)
    await graph.delivered()
    assert [len(body["entry"][0]["changes"]) for body in hook.bodies] == [10, 2]
    senders = {message.get("from", message.get("from_user_id")) for v in hook.values for message in v["messages"]}
    assert senders == {people[0].wa_id, people[1].user_id}


async def test_free_text_that_is_late_can_fail_later(
    graph: GraphServer, hook: Hook, clock: Clock, sari: Person
) -> None:
    graph.refuses_late = True
    clock.pass_a_day()
    assert await post(graph, sari.address) == (200, 0)
    graph.post_to(hook.url)
    await graph.delivered()
    [status] = hook.values[-1]["statuses"]
    assert (status["id"], status["status"], status["errors"][0]["code"]) == (graph.sent[0].id, "failed", 131047)
    assert sari.messages == []


async def test_a_tap_says_what_was_tapped(graph: GraphServer, hook: Hook, sari: Person) -> None:
    graph.post_to(hook.url)
    headers = {"Authorization": f"Bearer {graph.token}"}
    url = f"{graph.url}/v26.0/{graph.phone_id}/messages"
    async with aiohttp.ClientSession() as session:
        for offered in (buttons(button("Ya", "q:1")), rows(row(7, title="Maret", description="3 indikator"))):
            async with session.post(url, json={**offered, "to": sari.address}, headers=headers) as answer:
                assert answer.status == 200
            sari.taps((await sari.hears()).labels[0])
    await asyncio.wait_for(graph.delivered(), 20)
    replies = [value["messages"][0].get("interactive") for value in hook.values[-2:]]
    assert replies == [
        {"type": "button_reply", "button_reply": {"id": "q:1", "title": "Ya"}},
        {"type": "list_reply", "list_reply": {"id": "7", "title": "Maret", "description": "3 indikator"}},
    ]
