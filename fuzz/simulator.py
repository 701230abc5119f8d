"""What the simulator's page posts: words, taps and moves of the clock as JSON, and files as multipart."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta

from pydantic import ValidationError

from bot.channels.simulator.clock_words import FURTHEST, ClockWords, parse_clock
from bot.channels.simulator.site import CLOCK_REQUEST, SAID, Pressed, Typed
from bot.channels.simulator.uploads import NAME_LIMIT, UploadError, read_upload

_NOW = datetime(2022, 3, 29, 1, tzinfo=UTC)
_KIND = "multipart/form-data; boundary=x"


def check(data: bytes) -> None:
    """The same bytes as each of the three."""
    _check_said(data)
    _check_clock(data)
    asyncio.run(_check_upload(data))


def _check_said(data: bytes) -> None:
    try:
        said = SAID.validate_json(data)
    except ValidationError:
        return
    assert isinstance(said, Typed | Pressed)


def _check_clock(data: bytes) -> None:
    try:
        words = CLOCK_REQUEST.validate_json(data).to
    except ValidationError:
        words = data.decode("utf-8", "replace")[:200]
    try:
        there = parse_clock(words, _NOW)
    except ClockWords as refused:
        assert refused.sentence
    else:
        assert _NOW < there <= _NOW + FURTHEST + timedelta(days=1)


async def _check_upload(data: bytes) -> None:
    async def body() -> AsyncIterator[bytes]:
        for at in range(0, len(data), 100):
            yield data[at : at + 100]

    try:
        upload = await read_upload(_KIND, body())
        async for _piece in upload.data:
            pass
    except UploadError:
        return
    assert 0 < len(upload.name) <= NAME_LIMIT
    assert upload.name.isprintable() and not {"/", "\\"} & set(upload.name), upload.name


def seeds() -> Iterable[bytes]:
    """What the page does post."""
    yield b'{"text": "lapor"}'
    yield b'{"token": "1a:1", "label": "Nihil"}'
    for words in ("besok", "Senin 08.00", "akhir bulan", "2 hari", "5 April 2022 09.30", "2022-04-05"):
        yield f'{{"to": "{words}"}}'.encode()
    yield (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
        b"%PDF-1.4\r\n--x--\r\n"
    )
