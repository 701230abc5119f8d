"""The HTTP paths of the simulator, over a real server."""

import asyncio
import json
from typing import Any

import httpx
import pytest

from bot.channels.simulator.site import BODY_LIMIT, PAGE
from bot.channels.simulator.uploads import UPLOAD_LIMIT
from handlers.messages import Choose, Option, Say

pytestmark = pytest.mark.asyncio(loop_scope="module")

CHAT = "/simulator/api/chat/sim-5"


async def test_the_office_and_its_cast(rehearsal: Any) -> None:
    office = (await rehearsal.client.get("/simulator/api/office")).json()
    cast = (await rehearsal.client.get("/simulator/api/cast")).json()
    assert office["name"] == "Kecamatan Kubutambahan"
    assert (office["now"], office["moving"]) == ("2022-03-29T10:42:00+08:00", False)
    assert cast[4] == {
        "address": "sim-5",
        "person": "Sari Wulandari",
        "post": "Kasi Pemerintahan",
        "role": "kasi",
        "section": "Seksi Pemerintahan",
    }


async def test_words_typed_come_back_as_a_bubble_and_the_answer_after_them(rehearsal: Any) -> None:
    said = await rehearsal.client.post(CHAT, json={"text": "  lapor\n<b>1</b> "})
    assert said.status_code == 204
    mine = await rehearsal.chat("sim-5")
    assert [(bubble["mine"], bubble["text"], bubble["state"]) for bubble in mine] == [
        (True, "lapor\n<b>1</b>", "sending")
    ]

    options = (Option(key="nil", label="Nihil", token="q:1"),)
    await rehearsal.stage.answer("sim-5", Choose(text="Berapa desa?", options=options))

    [answer] = await rehearsal.chat("sim-5", after=mine[-1]["id"])
    assert answer["at"] == "2022-03-29T10:42:00+08:00"
    assert answer["options"] == [{"label": "Nihil", "hint": "", "token": "q:1"}]
    assert await rehearsal.chat("sim-3") == []


async def test_a_tap_carries_token_and_label(rehearsal: Any) -> None:
    tapped = await rehearsal.client.post(CHAT, json={"token": "q:1", "label": "Nihil"})
    assert tapped.status_code == 204
    assert rehearsal.stage.pressed == [("sim-5", "q:1", "Nihil")]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"text": ""}',
        b'{"text": "   "}',
        b'{"text": 5}',
        b'{"text": "a", "token": "b", "label": "c"}',
        b'{"token": "b"}',
        json.dumps({"text": "x" * 4097}).encode(),
        b'{"text": "' + b" " * BODY_LIMIT + b'x"}',
    ],
)
async def test_a_body_it_cannot_take_gets_one_sentence(rehearsal: Any, body: bytes) -> None:
    refused = await rehearsal.client.post(CHAT, content=body)
    assert refused.status_code == 422
    assert refused.json()["sentence"].endswith(".")
    assert await rehearsal.chat("sim-5") == []


async def test_4096_characters_outside_the_basic_plane_fit(rehearsal: Any) -> None:
    said = await rehearsal.client.post(CHAT, json={"text": "😀" * 4096})
    assert said.status_code == 204


@pytest.mark.parametrize("path", ["/simulator/api/chat/sim-99", "/simulator/api/media/99"])
async def test_what_does_not_exist_is_a_404_with_a_sentence(rehearsal: Any, path: str) -> None:
    missing = await rehearsal.client.get(path)
    assert missing.status_code == 404
    assert missing.json()["sentence"].endswith(".")


@pytest.mark.parametrize("after", ["x", "-1", "1.5", "9" * 17])
async def test_an_after_that_is_no_id_is_refused(rehearsal: Any, after: str) -> None:
    assert (await rehearsal.client.get(CHAT, params={"after": after})).status_code == 422


async def test_a_picture_is_taken_in_whole_and_shown_inline(rehearsal: Any, png: bytes) -> None:
    taken = await rehearsal.client.post(f"{CHAT}/upload", files={"file": ("foto buku é.png", png, "image/png")})
    assert taken.status_code == 204
    [bubble] = await rehearsal.chat("sim-5")
    assert (bubble["kind"], bubble["name"]) == ("photo", "foto buku é.png")

    media = await rehearsal.client.get(bubble["media_url"])
    assert media.content == png
    assert media.headers["content-type"] == "image/png"
    assert media.headers["content-disposition"].startswith("inline")


async def test_files_that_were_chosen_together_are_one_album(rehearsal: Any, png: bytes) -> None:
    album = "0b9d5c1e-7f0a-4c52-9f57-6e2f8f5d3a10"
    for name in ("a.png", "b.png"):
        await rehearsal.client.post(f"{CHAT}/upload?album={album}", files={"file": (name, png, "image/png")})
    assert rehearsal.stage.albums == [album, album]
    refused = await rehearsal.client.post(f"{CHAT}/upload?album=../x", files={"file": ("c.png", png, "image/png")})
    assert refused.status_code == 422


@pytest.mark.parametrize("mime", ["text/html", "image/svg+xml", "application/pdf"])
async def test_anything_but_a_picture_is_only_ever_downloaded(rehearsal: Any, mime: str) -> None:
    await rehearsal.client.post(f"{CHAT}/upload", files={"file": ("a/../b.html", b"<script>1</script>", mime)})
    [bubble] = await rehearsal.chat("sim-5")
    media = await rehearsal.client.get(bubble["media_url"])
    assert bubble["name"] == "b.html"
    assert media.headers["content-type"] == "application/octet-stream"
    assert media.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in media.headers["content-security-policy"]


async def test_an_upload_of_just_20_mb_is_taken_and_a_byte_more_is_not(rehearsal: Any) -> None:
    limit = b"x" * UPLOAD_LIMIT
    taken = await rehearsal.client.post(f"{CHAT}/upload", files={"file": ("pas.bin", limit)})
    assert taken.status_code == 204

    refused = await rehearsal.client.post(f"{CHAT}/upload", files={"file": ("lebih.bin", limit + b"x")})

    assert refused.status_code == 413
    assert "20 MB" in refused.json()["sentence"]
    assert [bubble["name"] for bubble in await rehearsal.chat("sim-5")] == ["pas.bin"]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/plain", b"x"),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=b", b"no boundary in here"),
        ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n--b--\r\n'),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\ncut off',
        ),
    ],
)
async def test_a_broken_upload_leaves_nothing(rehearsal: Any, content_type: str, body: bytes) -> None:
    refused = await rehearsal.client.post(f"{CHAT}/upload", content=body, headers={"Content-Type": content_type})
    assert refused.status_code == 422
    assert refused.json()["sentence"].endswith(".")
    assert await rehearsal.chat("sim-5") == []


async def test_the_clock_moves_by_words_and_says_so(rehearsal: Any) -> None:
    moved = await rehearsal.client.post("/simulator/api/clock", json={"to": "Senin 08.00"})
    assert moved.json()["now"] == "2022-04-04T08:00:00+08:00"
    assert moved.json()["sentence"].startswith("Jam sampai")


async def test_words_the_clock_does_not_take_move_nothing(rehearsal: Any) -> None:
    refused = await rehearsal.client.post("/simulator/api/clock", json={"to": "kemarin"})
    assert refused.status_code == 422
    assert refused.json()["sentence"].startswith("Tulis misalnya")
    assert (await rehearsal.client.get("/simulator/api/office")).json()["moving"] is False


async def test_a_second_move_waits_its_turn(rehearsal: Any) -> None:
    rehearsal.stage.held = asyncio.Event()
    first = asyncio.create_task(rehearsal.client.post("/simulator/api/clock", json={"to": "besok"}))
    while not (await rehearsal.client.get("/simulator/api/office")).json()["moving"]:
        pass
    second = await rehearsal.client.post("/simulator/api/clock", json={"to": "lusa"})
    rehearsal.stage.held.set()
    assert (second.status_code, (await first).status_code) == (409, 200)
    assert rehearsal.stage.clock.isoformat() == "2022-03-30T08:00:00+08:00"


async def test_events_say_who_has_news_and_what_time_it_is(rehearsal: Any) -> None:
    async with rehearsal.client.stream("GET", "/simulator/api/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.aiter_lines()
        assert await _event(lines) == ("ready", {})
        await rehearsal.stage.answer("sim-1", Say(text="Halo"))
        assert await _event(lines) == ("chat", {"address": "sim-1"})
        rehearsal.channel.typing("sim-5")
        assert await _event(lines) == ("typing", {"address": "sim-5"})
        before = rehearsal.channel.ticks
        moved = await rehearsal.client.post("/simulator/api/clock", json={"to": "besok"})
        assert moved.json()["tick"] == before + 2
        assert await _event(lines) == (
            "clock",
            {"now": "2022-03-29T10:42:00+08:00", "moving": True, "tick": before + 1},
        )
        assert await _event(lines) == (
            "clock",
            {"now": "2022-03-30T08:00:00+08:00", "moving": False, "tick": before + 2},
        )


async def test_a_server_that_stops_ends_the_open_streams_whole(rehearsal: Any) -> None:
    async with rehearsal.client.stream("GET", "/simulator/api/events") as stream:
        lines = stream.aiter_lines()
        await _event(lines)
        await rehearsal.stop()
        assert [line async for line in lines if line.startswith("event")] == []
    await rehearsal.start()


async def _event(lines: Any) -> tuple[str, Any]:
    kind = ""
    async for line in lines:
        if line.startswith("event: "):
            kind = line.removeprefix("event: ")
        if line.startswith("data: "):
            return kind, json.loads(line.removeprefix("data: "))
    raise AssertionError("the stream ended")


@pytest.mark.parametrize("path", ["/", "/simulator/api/office", "/simulator/page.js"])
@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.5:80", ""]
)
async def test_another_host_name_sees_nothing(rehearsal: Any, path: str, host: str) -> None:
    refused = await rehearsal.client.get(path, headers={"Host": host})
    assert refused.status_code == 403


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", "http://127.0.0.1:1", "https://localhost"])
async def test_another_site_cannot_post(rehearsal: Any, origin: str | None) -> None:
    async with httpx.AsyncClient(base_url=rehearsal.url) as stranger:
        headers = {"Origin": origin} if origin else {}
        said = await stranger.post(CHAT, json={"text": "halo"}, headers=headers)
        moved = await stranger.post("/simulator/api/clock", json={"to": "besok"}, headers=headers)
    assert (said.status_code, moved.status_code) == (403, 403)
    assert await rehearsal.chat("sim-5") == []


async def test_localhost_is_this_machine_too(rehearsal: Any) -> None:
    host = rehearsal.url.removeprefix("http://").replace("127.0.0.1", "localhost")
    headers = {"Host": host, "Origin": f"http://{host}"}
    assert (await rehearsal.client.post(CHAT, json={"text": "halo"}, headers=headers)).status_code == 204


async def test_the_page_allows_no_source_but_itself(rehearsal: Any) -> None:
    page = await rehearsal.client.get("/")
    policy = page.headers["content-security-policy"]
    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("name", sorted(path.name for path in PAGE.iterdir()))
async def test_every_file_of_the_page_is_served_and_names_no_other_site(rehearsal: Any, name: str) -> None:
    served = await rehearsal.client.get(f"/simulator/{name}")
    assert served.status_code == 200
    assert served.headers["x-content-type-options"] == "nosniff"
    assert "//" not in served.text.replace("http://www.w3.org/2000/svg", "").replace("// ", "")


async def test_no_script_writes_markup() -> None:
    ways = ("innerHTML", "outerHTML", "insertAdjacent", "eval(", "document.write")
    scripts = {script.name: script.read_text("utf-8") for script in PAGE.glob("*.js")}
    assert [(name, way) for name, code in scripts.items() for way in ways if way in code] == []
