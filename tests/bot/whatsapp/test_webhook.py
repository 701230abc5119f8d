"""Calls posted to us over real HTTP: by Meta, and by whoever else tries."""

import json
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest

from bot.channels.whatsapp.intake import Intake
from bot.channels.whatsapp.parsing import NumberChange
from bot.channels.whatsapp.statuses import Status, TemplateNews
from bot.channels.whatsapp.webhook import BODY_LIMIT, sign, webhook_route
from handlers.messages import Text
from tests.bot.telegram.conftest import Inbox
from tests.bot.whatsapp.calls import BUSINESS_ID, PHONE_ID, SARI, call, payload, status, text_message, value
from tests.bot.whatsapp.site import SECRET, TOKEN, Site, served

HALO = json.dumps(call([value([text_message(SARI, 1, "halo")])])).encode()


@dataclass
class Ledger:
    """What became of messages and numbers, in memory."""

    changes: list[NumberChange] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)
    templates: list[TemplateNews] = field(default_factory=list)
    failures: int = 0
    """How many of the next calls fail."""

    async def note_changes(self, changes: Sequence[NumberChange]) -> None:
        self.changes += changes

    async def note_templates(self, news: Sequence[TemplateNews]) -> None:
        self.templates += news

    async def note_statuses(self, statuses: Sequence[Status]) -> int:
        if self.failures:
            self.failures -= 1
            raise OSError("the disk is full")
        self.statuses += statuses
        return sum(status.provider_id == "wamid.UNKNOWN" for status in statuses)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
async def site(inbox: Inbox, ledger: Ledger) -> AsyncIterator[Site]:
    async with served(Intake(inbox, ledger, PHONE_ID, BUSINESS_ID)) as site:
        yield site


# --- the handshake ------------------------------------------------------------------------------------------------


async def test_the_handshake_gives_the_challenge_back(site: Site) -> None:
    assert await site.get(mode="subscribe", verify_token=TOKEN, challenge="1158201444") == (200, "1158201444")


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"mode": "subscribe", "challenge": "1"},
        {"mode": "subscribe", "challenge": "1", "verify_token": ""},
        {"mode": "subscribe", "challenge": "1", "verify_token": TOKEN + "x"},
        {"mode": "subscribe", "challenge": "1", "verify_token": TOKEN.upper()},
        {"mode": "subscribe", "challenge": "1", "verify_token": "é"},
        {"mode": "unsubscribe", "challenge": "1", "verify_token": TOKEN},
    ],
    ids=str,
)
async def test_nobody_else_shakes_hands(site: Site, asked: dict[str, str]) -> None:
    code, body = await site.get(**asked)
    assert (code, "1" in body) == (403, False)


@pytest.mark.parametrize(("secret", "token"), [("", TOKEN), (SECRET, "")])
def test_a_webhook_without_its_secrets_is_refused_at_once(secret: str, token: str) -> None:
    with pytest.raises(ValueError, match="secret"):
        webhook_route(Intake(Inbox(), Ledger(), PHONE_ID, BUSINESS_ID).take, secret, token)


# --- the signature ------------------------------------------------------------------------------------------------


async def test_a_message_is_stored_before_it_is_taken(site: Site, inbox: Inbox) -> None:
    assert await site.post(HALO) == 200
    assert inbox.said == [Text(body="halo")]


@pytest.mark.parametrize(
    "signature",
    [
        None,
        "salah",
        "sha256=",
        sign(HALO, SECRET).removeprefix("sha256="),
        sign(HALO, SECRET).upper(),
        sign(HALO, SECRET) + "0",
        sign(HALO, SECRET + "x"),
        sign(HALO, ""),
        "sha256=é",
    ],
)
async def test_a_wrong_signature_stores_nothing(site: Site, inbox: Inbox, signature: str | None) -> None:
    assert await site.post(HALO, signature) == 401
    assert inbox.arrivals == []


async def test_a_body_changed_by_one_byte_stores_nothing(site: Site, inbox: Inbox) -> None:
    signature = sign(HALO, SECRET)
    for place in range(0, len(HALO), 17):
        changed = HALO[:place] + bytes([HALO[place] ^ 1]) + HALO[place + 1 :]
        assert await site.post(changed, signature) == 401
    assert await site.post(HALO + b" ", signature) == 401
    assert inbox.arrivals == []


async def test_the_signature_is_of_the_bytes_and_not_of_what_they_mean(site: Site, inbox: Inbox) -> None:
    escaped = HALO.replace(b"halo", rb"hal\u006f\ud83d\ude42")
    assert await site.post(escaped) == 200
    assert inbox.said == [Text(body="halo🙂")]
    assert await site.post(json.dumps(json.loads(escaped)).encode(), sign(escaped, SECRET)) == 401


@pytest.mark.parametrize("body", [b"", b"halo", b"{", b"[]", b"null", b"7", b"\xff\xfe", b"[" * 100_000, b"9" * 5_000])
async def test_what_is_no_json_object_is_refused_even_signed(site: Site, inbox: Inbox, body: bytes) -> None:
    assert await site.post(body) == 400
    assert inbox.arrivals == []


async def test_a_body_above_the_limit_is_refused(site: Site, inbox: Inbox) -> None:
    assert await site.post(HALO.ljust(BODY_LIMIT)) == 200
    assert await site.post(HALO.ljust(BODY_LIMIT + 1)) == 413
    assert len(inbox.arrivals) == 1


async def test_only_get_and_post_are_allowed(site: Site) -> None:
    async with aiohttp.ClientSession() as session, session.put(site.url, data=HALO) as response:
        assert response.status == 405


# --- what a call holds --------------------------------------------------------------------------------------------


async def test_what_cannot_be_recorded_is_asked_for_again(site: Site, inbox: Inbox, ledger: Ledger) -> None:
    body = json.dumps(call([value([text_message(SARI, 1, "halo")], [status("wamid.OURS", "read")])])).encode()
    inbox.failures, ledger.failures = 1, 1
    assert [await site.post(body) for _attempt in range(3)] == [503, 503, 200]
    assert (inbox.said, [one.fate for one in ledger.statuses]) == ([Text(body="halo")], ["read"])


async def test_a_replayed_call_stores_nothing_twice(site: Site, inbox: Inbox) -> None:
    assert [await site.post(HALO) for _time in range(3)] == [200, 200, 200]
    assert inbox.said == [Text(body="halo")]


@pytest.mark.parametrize(
    "body", [{}, {"entry": 7}, payload("kind_of_the_future"), payload("account_update"), payload("group_text")]
)
async def test_what_can_never_be_read_is_taken_so_that_it_does_not_come_again(site: Site, body: Any) -> None:
    assert await site.post(json.dumps(body).encode()) == 200


async def test_a_changed_number_and_what_became_of_messages_are_noted(site: Site, ledger: Ledger) -> None:
    assert await site.post(json.dumps(payload("number_changed")).encode()) == 200
    assert await site.post(json.dumps(payload("status_failed")).encode()) == 200
    assert ledger.changes == [NumberChange(SARI, "6281200000109")]
    assert [(one.fate, one.code) for one in ledger.statuses] == [("failed", 131047)]


async def test_what_is_ignored_is_counted_without_a_word_of_it(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot.channels.whatsapp")
    messages = [payload("reaction")["entry"][0]["changes"][0]["value"]["messages"][0]] * 2
    body = call([value([*messages, text_message(SARI, 1, "rahasia")], [status("wamid.UNKNOWN", "read")])])
    assert await site.post(json.dumps(body).encode()) == 200
    (told,) = caplog.messages
    assert "'reaction': 2" in told
    assert "'status of no news': 1" in told
    assert "rahasia" not in told
    assert SARI not in told
