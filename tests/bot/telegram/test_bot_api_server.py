"""The emulated server refuses what Telegram refuses, in its words; tried with raw requests, as any program could."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from tests.bot.telegram.bot_api_server import (
    FILE_LIMIT,
    GONE_FILE,
    NOT_MODIFIED,
    OLD_TAP,
    OTHER_POLLER,
    UNDER_WEBHOOK,
    BotApiServer,
    Failure,
)
from tests.bot.telegram.conftest import Clock
from tests.bot.telegram.people import Person

PARSE = "Bad Request: can't parse entities: "


def refusal(code: int, description: str, **parameters: int) -> tuple[int, dict[str, Any]]:
    answer: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    return code, answer | ({"parameters": parameters} if parameters else {})


async def say(api: BotApiServer, person: Person, **parameters: object) -> tuple[int, dict[str, Any]]:
    return await api.call("sendMessage", **({"chat_id": person.chat_id, "text": "halo"} | parameters))


def button(data: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Ya", "callback_data": data}]]}


async def send_file(api: BotApiServer, person: Person, method: str, kind: str, **fields: str) -> dict[str, Any]:
    form = aiohttp.FormData({"chat_id": str(person.chat_id), **fields}, quote_fields=False)
    form.add_field(kind, b"PNG", filename="gambar.png")
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{api.url}/bot{api.token}/{method}", data=form) as response,
    ):
        return await response.json()


async def test_it_refuses_a_wrong_token(api: BotApiServer) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{api.url}/bot1:wrong/getMe") as response:
        assert (response.status, (await response.json())["description"]) == (401, "Unauthorized")


async def test_it_refuses_an_unknown_method(api: BotApiServer) -> None:
    assert await api.call("sendTelegram") == refusal(404, "Not Found: method not found")


async def test_4096_characters_are_counted_after_the_entities(api: BotApiServer, sari: Person) -> None:
    fits = "<b>" + "x" * 4094 + "</b>&lt;&amp;"
    assert (await say(api, sari, text=fits, parse_mode="HTML"))[0] == 200
    assert (await say(api, sari, text="x" * 4096))[0] == 200
    assert await say(api, sari, text="x" * 4097) == refusal(400, "Bad Request: message is too long")


@pytest.mark.parametrize(("text", "mode"), [("", ""), (" \n ", ""), ("<b></b>", "HTML"), ("<i> </i>", "HTML")])
async def test_it_refuses_empty_text(api: BotApiServer, sari: Person, text: str, mode: str) -> None:
    answer = await say(api, sari, text=text, parse_mode=mode)
    assert answer == refusal(400, "Bad Request: message text is empty")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>halo</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("½ <br>", 'Unsupported start tag "br" at byte offset 3'),
        ("a < b > c", 'Unsupported start tag "" at byte offset 2'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<b>halo", 'Can\'t find end tag corresponding to start tag "b"'),
        ("halo</b>", "Unexpected end tag at byte offset 4"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("3 <4", "Unclosed start tag at byte offset 2"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ],
)
async def test_it_refuses_broken_html(api: BotApiServer, sari: Person, text: str, words: str) -> None:
    assert await say(api, sari, text=text, parse_mode="HTML") == refusal(400, PARSE + words)


async def test_the_same_text_without_parse_mode_is_only_text(api: BotApiServer, sari: Person) -> None:
    assert (await say(api, sari, text="<p>a < b"))[0] == 200
    assert sari.messages[-1].text == "<p>a < b"


async def test_it_refuses_an_unknown_parse_mode(api: BotApiServer, sari: Person) -> None:
    assert await say(api, sari, parse_mode="BBCode") == refusal(400, "Bad Request: unsupported parse_mode")


async def test_it_refuses_65_bytes_of_callback_data(api: BotApiServer, sari: Person) -> None:
    assert (await say(api, sari, reply_markup=button("é" * 32)))[0] == 200
    answer = await say(api, sari, reply_markup=button("é" * 32 + "x"))
    assert answer == refusal(400, "Bad Request: BUTTON_DATA_INVALID")


async def test_it_refuses_a_button_that_does_nothing(api: BotApiServer, sari: Person) -> None:
    code, answer = await say(api, sari, reply_markup=button(""))
    assert code == 400
    assert "Text buttons are unallowed" in answer["description"]


@pytest.mark.parametrize(("method", "kind"), [("sendPhoto", "photo"), ("sendDocument", "document")])
async def test_it_refuses_a_caption_of_1025(api: BotApiServer, sari: Person, method: str, kind: str) -> None:
    assert (await send_file(api, sari, method, kind, caption="x" * 1024))["ok"]
    answer = await send_file(api, sari, method, kind, caption="x" * 1025)
    assert answer["description"] == "Bad Request: message caption is too long"


async def test_it_refuses_a_photo_without_a_file(api: BotApiServer, sari: Person) -> None:
    answer = await api.call("sendPhoto", chat_id=sari.chat_id)
    assert answer == refusal(400, "Bad Request: there is no photo in the request")


@pytest.mark.parametrize("chat_id", ["1299999999", "@sari", "0"])
async def test_it_refuses_an_unknown_chat(api: BotApiServer, chat_id: str) -> None:
    answer = await api.call("sendMessage", chat_id=chat_id, text="halo")
    assert answer == refusal(400, "Bad Request: chat not found")


async def test_it_refuses_a_missing_chat(api: BotApiServer) -> None:
    assert await api.call("sendMessage", text="halo") == refusal(400, "Bad Request: chat_id is empty")


async def test_a_bot_cannot_write_first(api: BotApiServer) -> None:
    budi = api.person("Budi")
    assert await say(api, budi) == refusal(400, "Bad Request: chat not found")
    budi.starts()
    assert (await say(api, budi))[0] == 200


async def test_it_refuses_who_has_blocked_the_bot_until_unblocked(api: BotApiServer, sari: Person) -> None:
    sari.blocks()
    assert await say(api, sari) == refusal(403, "Forbidden: bot was blocked by the user")
    sari.unblocks()
    assert (await say(api, sari))[0] == 200


async def test_it_refuses_a_deleted_account(api: BotApiServer, sari: Person) -> None:
    sari.leaves()
    assert await say(api, sari) == refusal(403, "Forbidden: user is deactivated")


async def test_it_tells_where_a_group_has_moved(api: BotApiServer, sari: Person) -> None:
    api.moved_chats[sari.chat_id] = -1001200000009
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    assert await say(api, sari) == refusal(400, text, migrate_to_chat_id=-1001200000009)


async def test_it_refuses_an_unchanged_edit(api: BotApiServer, sari: Person) -> None:
    _, sent = await say(api, sari, text="<b>satu</b>", parse_mode="HTML")
    edit: dict[str, Any] = {"chat_id": sari.chat_id, "message_id": sent["result"]["message_id"], "parse_mode": "HTML"}
    assert await api.call("editMessageText", text="<b>satu</b>", **edit) == refusal(400, NOT_MODIFIED)
    assert (await api.call("editMessageText", text="dua", **edit))[0] == 200
    assert sari.messages[-1].text == "dua"


async def test_it_refuses_an_edit_of_nothing(api: BotApiServer, sari: Person) -> None:
    answer = await api.call("editMessageText", chat_id=sari.chat_id, message_id=99, text="dua")
    assert answer == refusal(400, "Bad Request: message to edit not found")


@pytest.mark.parametrize(
    ("name", "description", "words"),
    [
        ("Lapor", "Isi", "BOT_COMMAND_INVALID"),
        ("lapor-bulan", "Isi", "BOT_COMMAND_INVALID"),
        ("", "Isi", "command must be non-empty"),
        ("x" * 33, "Isi", "command length must not exceed 32"),
        ("lapor", "", "command description must be non-empty"),
        ("lapor", "x" * 257, "command description length must not exceed 256"),
    ],
)
async def test_it_refuses_a_wrong_command(api: BotApiServer, name: str, description: str, words: str) -> None:
    answer = await api.call("setMyCommands", commands=[{"command": name, "description": description}])
    assert answer == refusal(400, f"Bad Request: {words}")
    assert api.commands == []


async def test_the_sixth_quick_message_in_a_chat_must_wait(api: BotApiServer, sari: Person, clock: Clock) -> None:
    budi = api.person("Budi")
    budi.starts()
    for _ in range(5):
        assert (await say(api, sari))[0] == 200
    assert await say(api, sari) == refusal(429, "Too Many Requests: retry after 5", retry_after=5)
    assert (await say(api, budi))[0] == 200
    clock.now += 2
    assert await say(api, sari) == refusal(429, "Too Many Requests: retry after 3", retry_after=3)
    clock.now += 3
    assert (await say(api, sari))[0] == 200
    assert len(sari.messages) == 6


async def test_it_gives_no_file_above_20_mb(api: BotApiServer, sari: Person) -> None:
    sari.uploads_document(b"x", "kecil.pdf", declared=FILE_LIMIT)
    sari.uploads_document(b"x", "besar.pdf", declared=FILE_LIMIT + 1)
    fits, too_big = [await api.call("getFile", file_id=file_id) for file_id in await file_ids(api)]
    assert fits[0] == 200
    assert too_big == refusal(400, "Bad Request: file is too big")


async def test_it_gives_a_file_by_its_path_until_that_expires(api: BotApiServer, sari: Person) -> None:
    sari.uploads_document(b"isi", "rekap.pdf")
    _, answer = await api.call("getFile", file_id=(await file_ids(api))[0])
    url = f"{api.url}/file/bot{api.token}/{answer['result']['file_path']}"
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as response:
            assert await response.read() == b"isi"
        api.expire_paths()
        async with session.get(url) as response:
            assert response.status == 404


async def test_it_refuses_an_unknown_file(api: BotApiServer) -> None:
    assert await api.call("getFile", file_id="AgAD") == refusal(400, GONE_FILE)


async def test_it_takes_the_answer_to_a_tap_once(api: BotApiServer, sari: Person) -> None:
    await say(api, sari, reply_markup=button("q:1"))
    tap = sari.taps("Ya")
    assert (await api.call("answerCallbackQuery", callback_query_id=tap))[0] == 200
    assert await api.call("answerCallbackQuery", callback_query_id=tap) == refusal(400, OLD_TAP)


async def test_a_person_cannot_tap_what_is_not_there(api: BotApiServer, sari: Person) -> None:
    await say(api, sari, reply_markup=button("q:1"))
    with pytest.raises(AssertionError, match="Tidak"):
        sari.taps("Tidak")


# --- getUpdates ---------------------------------------------------------------------------------------------------


async def updates(api: BotApiServer, **parameters: object) -> list[dict[str, Any]]:
    code, answer = await api.call("getUpdates", **parameters)
    assert code == 200, answer
    return answer["result"]


async def file_ids(api: BotApiServer) -> list[str]:
    messages = [update["message"] for update in await updates(api)]
    return [message["document"]["file_id"] for message in messages if "document" in message]


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(api: BotApiServer, sari: Person) -> None:
    sari.types("satu")
    start, one = await updates(api)
    assert await updates(api) == [start, one]
    assert await updates(api, offset=one["update_id"]) == [one]
    assert await updates(api) == [one]
    assert await updates(api, offset=one["update_id"] + 1) == []
    assert api.pending == []


async def test_an_offset_far_ahead_confirms_nothing(api: BotApiServer, sari: Person) -> None:
    (start,) = await updates(api)
    assert await updates(api, offset=start["update_id"] + 1000) == [start]


async def test_a_negative_offset_keeps_the_last_ones(api: BotApiServer, sari: Person) -> None:
    sari.types("satu")
    (last,) = await updates(api, offset=-1)
    assert last["message"]["text"] == "satu"


async def test_it_delivers_a_hundred_at_once(api: BotApiServer, sari: Person) -> None:
    for number in range(120):
        sari.types(str(number))
    assert len(await updates(api)) == 100
    assert len(await updates(api, limit=7)) == 7


async def test_a_long_poll_ends_when_something_arrives(api: BotApiServer, sari: Person) -> None:
    (start,) = await updates(api)
    poll = asyncio.create_task(updates(api, offset=start["update_id"] + 1, timeout=50))
    await api.polled()
    sari.types("akhirnya")
    assert [update["message"]["text"] for update in await poll] == ["akhirnya"]


async def test_a_second_poller_ends_the_first(api: BotApiServer) -> None:
    first = asyncio.create_task(api.call("getUpdates", timeout=50))
    await api.polled()
    second = asyncio.create_task(updates(api, timeout=50))
    assert await first == refusal(409, OTHER_POLLER)
    await api.polled()
    api.person("Budi").types("halo")
    assert len(await second) == 1


async def test_only_the_kinds_asked_for_are_kept(api: BotApiServer, sari: Person) -> None:
    await updates(api, allowed_updates=["message"])
    sari.blocks()
    sari.unblocks()
    sari.types("halo")
    assert [list(update)[1] for update in await updates(api)] == ["message", "message"]


async def test_redelivery_repeats_what_was_confirmed(api: BotApiServer, sari: Person) -> None:
    first = await updates(api)
    await updates(api, offset=first[-1]["update_id"] + 1)
    api.redeliver()
    assert await updates(api) == first
    assert await updates(api) == []


# --- webhook ------------------------------------------------------------------------------------------------------


async def test_no_get_updates_under_a_webhook(api: BotApiServer) -> None:
    poll = asyncio.create_task(api.call("getUpdates", timeout=50))
    await api.polled()
    await api.call("setWebhook", url="http://127.0.0.1:9/telegram")
    assert await poll == refusal(409, "Conflict: terminated by setWebhook request")
    assert await api.call("getUpdates") == refusal(409, UNDER_WEBHOOK)
    await api.call("deleteWebhook")
    assert await updates(api) == []


async def test_deleting_the_webhook_keeps_what_waits_unless_told_otherwise(api: BotApiServer, sari: Person) -> None:
    await api.call("deleteWebhook", drop_pending_updates=False)
    assert len(api.pending) == 1
    await api.call("deleteWebhook", drop_pending_updates=True)
    assert api.pending == []


@pytest.mark.parametrize("secret", ["rahasia!", "x" * 257])
async def test_it_refuses_a_wrong_secret(api: BotApiServer, secret: str) -> None:
    code, answer = await api.call("setWebhook", url="http://127.0.0.1:9/telegram", secret_token=secret)
    assert (code, answer["description"][:26]) == (400, "Bad Request: secret token ")


# --- faults -------------------------------------------------------------------------------------------------------


async def test_faults_happen_as_often_as_asked_and_only_to_their_method(api: BotApiServer, sari: Person) -> None:
    api.fail(Failure.SERVER_ERROR, method="sendMessage", times=2)
    assert (await api.call("getMe"))[0] == 200
    assert [(await say(api, sari))[0] for _ in range(3)] == [500, 500, 200]


async def test_flood_on_demand(api: BotApiServer, sari: Person) -> None:
    api.fail(Failure.FLOOD, retry_after=17)
    assert await say(api, sari) == refusal(429, "Too Many Requests: retry after 17", retry_after=17)


@pytest.mark.parametrize(("failure", "delivered"), [(Failure.DROP, 0), (Failure.DROP_AFTER, 1)])
async def test_a_dropped_connection(api: BotApiServer, sari: Person, failure: Failure, delivered: int) -> None:
    api.fail(failure)
    with pytest.raises(aiohttp.ClientError):
        await say(api, sari)
    assert len(sari.messages) == delivered


async def test_it_takes_parameters_in_the_query_a_form_and_json(api: BotApiServer, sari: Person) -> None:
    url = f"{api.url}/bot{api.token}/sendMessage"
    async with aiohttp.ClientSession() as session:
        arguments: dict[str, Any]
        for arguments in (
            {"params": {"chat_id": str(sari.chat_id), "text": "halo"}},
            {"data": {"chat_id": str(sari.chat_id), "text": "halo"}},
            {"json": {"chat_id": sari.chat_id, "text": "halo", "reply_markup": button("q:1")}},
        ):
            async with session.post(url, **arguments) as response:
                assert response.status == 200, await response.text()
    assert [message.text for message in sari.messages] == ["halo"] * 3
    assert sari.messages[-1].labels == ("Ya",)


async def test_a_server_can_come_back_where_it_was(api: BotApiServer, sari: Person) -> None:
    url, port = api.url, api.port
    await api.stop()
    await api.start(port)
    assert api.url == url
    assert (await say(api, sari))[0] == 200


async def test_a_person_hears_message_after_message(api: BotApiServer, sari: Person) -> None:
    heard = asyncio.create_task(sari.hears())
    await say(api, sari, text="satu")
    await say(api, sari, text="dua")
    assert [(await heard).text, (await sari.hears()).text] == ["satu", "dua"]


async def test_it_remembers_what_was_called(api: BotApiServer, sari: Person) -> None:
    await say(api, sari, reply_markup=button("q:1"))
    (call,) = api.called("sendmessage")
    assert json.loads(call.parameters["reply_markup"]) == button("q:1")
