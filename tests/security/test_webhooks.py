"""Strangers on the internet at the doors that providers post to: nothing is believed, nothing takes long or much."""

import hmac
import json
from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram import webhook as telegram
from bot.channels.whatsapp import webhook as whatsapp
from tests.security.posting import SECRET, Site, head, opened, signed

CALL = b'{"entry": []}'
UPDATE = json.dumps({
    "update_id": 1, "message": {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}, "text": "halo"},
}).encode()  # fmt: skip
QUICK = 0.05
"""Patience of a server that is kept waiting on purpose, in seconds."""
DOORS = ("/telegram", "/whatsapp")
LIMITS = {"/telegram": telegram.BODY_LIMIT, "/whatsapp": whatsapp.BODY_LIMIT}
NESTED = (
    b"[" * 100_000,
    b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    b'{"update_id": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
)
NUMBERS = (
    b"9" * 5000, b'{"update_id": ' + b"9" * 5000 + b"}", b'{"update_id": 1e999}', b'{"update_id": NaN}',
    b'{"update_id": -Infinity}', UPDATE.replace(b'"id": 5', b'"id": ' + b"9" * 40),
    UPDATE.replace(b'"update_id": 1', b'"update_id": 18446744073709551616'),
)  # fmt: skip
OTHER_KINDS = (
    b"",
    b"update_id=1&message=halo",
    b"<update/>",
    b"\xff\xfe\x00",
    b"null",
    b'"halo"',
    b"[{}]",
    b"{",
    b"\0",
)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with opened() as site:
        yield site


async def posted(site: Site, door: str, body: bytes) -> int:
    return await (site.as_telegram(body) if door == "/telegram" else site.as_meta(body))


async def test_what_is_right_comes_in(site: Site) -> None:
    assert await posted(site, "/telegram", UPDATE) == 200
    assert await posted(site, "/whatsapp", CALL) == 200
    assert len(site.heard.arrivals) == len(site.heard.calls) == 1


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("verdict", [True, False])
async def test_compare_digest_alone_decides(
    site: Site, door: str, verdict: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What compares in constant time is what is believed: no other comparison stands before or behind it."""

    def decided(_given: bytes, _expected: bytes) -> bool:
        return verdict

    monkeypatch.setattr(hmac, "compare_digest", decided)
    wrong = {telegram.SECRET_HEADER: "salah", whatsapp.SIGNATURE_HEADER: "salah"}
    right = {telegram.SECRET_HEADER: SECRET, **signed(UPDATE)}
    assert [await site.post(door, UPDATE, headers) for headers in (wrong, right, {})] == [200 if verdict else 401] * 3


@pytest.mark.parametrize("door", DOORS)
async def test_a_body_without_an_end_is_counted_while_it_comes(site: Site, door: str) -> None:
    """In pieces, without a length: refused as soon as it is too long, and the connection ends."""
    line, piece, sent = await site.connect(), b"1" * 64 * 1024, 0
    line.write(head(door, {telegram.SECRET_HEADER: SECRET, "Transfer-Encoding": "chunked"}))
    while sent < 20 * LIMITS[door] and await line.send(b"%x\r\n%b\r\n" % (len(piece), piece)):
        sent += len(piece)
    assert sent < 20 * LIMITS[door]
    assert await posted(site, door, UPDATE) == 200
    assert len(site.heard.arrivals) + len(site.heard.calls) == 1


@pytest.mark.parametrize("door", DOORS)
async def test_a_body_that_is_too_long_is_413_and_the_end(site: Site, door: str) -> None:
    line = await site.connect()
    line.write(head(door, {telegram.SECRET_HEADER: SECRET, "Content-Length": str(10**12)}))
    line.write(b"1" * (LIMITS[door] + 1))
    assert await line.status() == 413
    assert b"connection: close" in (await line.rest()).lower()
    assert site.heard.nothing


@pytest.mark.parametrize("door", DOORS)
async def test_nesting_ends_nothing(site: Site, door: str) -> None:
    assert {await posted(site, door, body) for body in NESTED} <= {200, 400}
    assert not site.heard.arrivals
    assert await posted(site, door, UPDATE) == 200


async def test_numbers_beyond_every_column_are_no_update(site: Site) -> None:
    assert {await posted(site, "/telegram", body) for body in NUMBERS} <= {200, 400}
    assert site.heard.nothing


@pytest.mark.parametrize("door", DOORS)
async def test_what_is_no_json_object_is_refused(site: Site, door: str) -> None:
    assert {await posted(site, door, body) for body in OTHER_KINDS} == {400}
    assert site.heard.nothing


async def test_the_kind_that_a_post_names_decides_nothing(site: Site) -> None:
    for kind in ("text/html", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"):
        assert await site.as_telegram(UPDATE, **{"Content-Type": kind}) == 200
        assert await site.as_telegram(b"<update/>", **{"Content-Type": kind}) == 400


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"POST /telegram HTTP/1.1\r\nHost: a\r\nX-A: ",
        head("/telegram", {telegram.SECRET_HEADER: SECRET, "Content-Length": "100"}) + b'{"update_id": ',
        head("/whatsapp", {"Transfer-Encoding": "chunked"}) + b"5\r\n[[[",
        head("/telegram", {"Content-Length": "100"}),
        head("/telegram", {"Content-Length": "0"}) + b"POST /telegram",
    ],
    ids=["nothing", "half a head", "half a body", "half a piece", "a refused one", "a second one"],
)
async def test_who_sends_slowly_is_cut_off(begun: bytes) -> None:
    async with opened(QUICK) as site:
        line = await site.connect()
        line.write(begun)
        await line.rest()
        assert site.heard.nothing


async def test_who_sends_slowly_keeps_nobody_else_waiting() -> None:
    async with opened() as site:
        lines = [await site.connect() for _ in range(100)]
        for line in lines:
            line.write(b"POST /telegram HTTP/1.1\r\nX-A: ")
        assert await posted(site, "/telegram", UPDATE) == 200


async def test_a_head_without_an_end_is_refused(site: Site) -> None:
    line = await site.connect()
    line.write(b"POST /telegram HTTP/1.1\r\n" + b"X-A: b\r\n" * 50_000)
    assert await line.status() == 400


async def test_the_server_does_not_say_what_it_is(site: Site) -> None:
    line = await site.connect()
    line.write(head("/lain", {"Content-Length": "0", "Connection": "close"}))
    assert await line.status() == 404
    assert b"server:" not in (await line.rest()).lower()
