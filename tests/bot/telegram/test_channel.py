"""What the channel sends, fetches and raises, over real HTTP against the emulated server."""

import json
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import timedelta

import pytest

from bot.channels.base import (
    AddressMoved,
    Attachment,
    Channel,
    FetchFailed,
    Media,
    Picture,
    RecipientGone,
    Rejected,
    SendError,
    Sent,
    TryLater,
)
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.channel import FILE_LIMIT
from bot.channels.telegram.errors import CallFailed, send_error
from bot.channels.telegram.parsing import parse
from handlers.messages import Chart, Choose, File, Form, Notice, Option, Outgoing, Say
from tests.bot.telegram.bot_api_server import NOT_MODIFIED, TOKEN, BotApiServer, Failure
from tests.bot.telegram.conftest import Clock
from tests.bot.telegram.people import Person, SentMessage

DOWNLOADS_TRIED = 2
"""aiohttp repeats a GET, and only that, when a connection it kept open turns out to be closed."""
FAILS_AT_ONCE = (
    Failure.SERVER_ERROR, Failure.INDISCREET, Failure.BAD_GATEWAY, Failure.DROP, Failure.DROP_AFTER,
)  # fmt: skip
PNG = b"\x89PNG\r\n\x1a\n" + bytes(2000)
YES_NO = (Option(key="y", label="Ya, saya", token="3f:1"), Option(key="n", label="Bukan saya", token="3f:2"))


async def test_it_is_a_channel(channel: TelegramChannel) -> None:
    as_contract: Channel = channel
    assert as_contract.name == "telegram"


# --- sending ------------------------------------------------------------------------------------------------------


async def send(channel: TelegramChannel, person: Person, message: Outgoing) -> SentMessage:
    """Send with the enclosure that the message needs; the id it returns must be that of what arrived."""
    enclosure = None
    if isinstance(message, Chart):
        enclosure = Picture(PNG, "ringkasan.png")
    elif isinstance(message, File | Form):
        enclosure = Attachment(b"isi berkas", message.name)
    sent = await channel.send(str(person.chat_id), message, enclosure)
    assert sent == Sent(str(person.messages[-1].message_id))
    return person.messages[-1]


async def test_say_shows_a_bold_title_and_plain_words(channel: TelegramChannel, sari: Person) -> None:
    shown = await send(channel, sari, Say(text="Target <1> & lebih", title="Maret 2022 · 1 dari 3"))
    assert shown.text == "Maret 2022 · 1 dari 3\nTarget <1> & lebih"
    assert shown.bold == ("Maret 2022 · 1 dari 3",)
    assert shown.buttons == ()


async def test_a_stranger_may_share_the_number_of_their_own_account(channel: TelegramChannel, sari: Person) -> None:
    shown = await send(channel, sari, Say(text="Mintalah undangan.", number_button="Bagikan nomor saya"))
    markup = json.loads(shown.raw["reply_markup"])
    assert markup["keyboard"] == [[{"text": "Bagikan nomor saya", "request_contact": True}]]
    assert (markup["one_time_keyboard"], shown.buttons) == (True, ())
    after = await send(channel, sari, Say(text="Terima kasih."))  # who joined otherwise is not left with the button
    assert json.loads(after.raw["reply_markup"]) == {"remove_keyboard": True}


async def test_say_makes_no_preview_of_links(channel: TelegramChannel, sari: Person) -> None:
    shown = await send(channel, sari, Say(text="https://t.me/renaksi_contoh_bot?start=A"))
    assert '"is_disabled": true' in shown.raw["link_preview_options"]


async def test_choose_shows_its_options_as_buttons(channel: TelegramChannel, sari: Person) -> None:
    shown = await send(channel, sari, Choose(text="Benar untuk Anda?", options=YES_NO))
    assert [(button.label, button.data) for button in shown.buttons] == [("Ya, saya", "3f:1"), ("Bukan saya", "3f:2")]


async def test_notice_is_shown_like_a_question(channel: TelegramChannel, sari: Person) -> None:
    notice = Notice(name="reminder", params=("a",), text="Masih kurang 2", title="Bu Sari", options=YES_NO)
    shown = await send(channel, sari, notice)
    assert (shown.text, shown.bold, shown.labels) == (
        "Bu Sari\nMasih kurang 2",
        ("Bu Sari",),
        ("Ya, saya", "Bukan saya"),
    )


async def test_chart_is_a_photo_with_caption_and_buttons(channel: TelegramChannel, sari: Person) -> None:
    chart = Chart(chart="overview", snapshot=7, caption="12 dari 15 <sementara>", title="Ringkasan", options=YES_NO)
    shown = await send(channel, sari, chart)
    assert (shown.kind, shown.file, shown.file_name) == ("photo", PNG, "ringkasan.png")
    assert (shown.text, shown.bold) == ("Ringkasan\n12 dari 15 <sementara>", ("Ringkasan",))
    assert shown.labels == ("Ya, saya", "Bukan saya")


async def test_file_is_a_document_under_its_own_name(channel: TelegramChannel, sari: Person) -> None:
    shown = await send(channel, sari, File(ref="0" * 64, name='Laporan "Maret" é.xlsx', caption="R & D"))
    assert (shown.kind, shown.file, shown.text) == ("document", b"isi berkas", "R & D")
    assert shown.file_name == 'Laporan "Maret" é.xlsx'


async def test_a_file_with_a_title_and_buttons_is_a_document_with_both(channel: TelegramChannel, sari: Person) -> None:
    file = File(ref="0" * 64, name="perdes.pdf", title="Bukti <1> dari 2", caption="R & D", options=YES_NO)
    shown = await send(channel, sari, file)
    assert (shown.kind, shown.text, shown.bold) == ("document", "Bukti <1> dari 2\nR & D", ("Bukti <1> dari 2",))
    assert shown.labels == ("Ya, saya", "Bukan saya")


async def test_a_file_that_is_a_picture_is_a_photo_with_buttons(channel: TelegramChannel, sari: Person) -> None:
    file = File(ref="0" * 64, name="foto.jpg", is_picture=True, title="Bukti", caption="<buku>", options=YES_NO)
    shown = await send(channel, sari, file)
    assert (shown.kind, shown.file, shown.file_name) == ("photo", b"isi berkas", "foto.jpg")
    assert (shown.text, shown.bold, shown.labels) == ("Bukti\n<buku>", ("Bukti",), ("Ya, saya", "Bukan saya"))


async def test_a_form_is_a_document_too(channel: TelegramChannel, sari: Person) -> None:
    form = Form(form="renja", snapshot=1, ending="pdf", name="renja-2022-tw1-no1.pdf", caption="Renja TW I 2022")
    shown = await send(channel, sari, form)
    assert (shown.kind, shown.file, shown.text) == ("document", b"isi berkas", "Renja TW I 2022")
    assert shown.file_name == "renja-2022-tw1-no1.pdf"


async def test_a_large_picture_and_a_large_file_pass(channel: TelegramChannel, sari: Person) -> None:
    large, chart = bytes(3 * 1024 * 1024), Chart(chart="overview", snapshot=1, caption="x")
    await channel.send(str(sari.chat_id), chart, Picture(large, "a.png"))
    await channel.send(str(sari.chat_id), File(ref="0", name="a.pdf"), Attachment(large, "a.pdf"))
    assert [len(message.file) for message in sari.messages] == [len(large)] * 2


@pytest.mark.parametrize(
    "message",
    [
        Say(text="&" * 4095),
        Say(text="<" * 4000, title="&" * 95),
        Choose(text="<" * 1023, options=YES_NO),
        Chart(chart="overview", snapshot=1, caption="&" * 500, title="<" * 523),
        Choose(
            text="x" * 1023,
            options=tuple(Option(key=str(n), label="&" * 24, hint="<" * 72, token="é" * 32) for n in range(10)),
        ),
    ],
    ids=lambda message: message.kind,
)
async def test_what_the_message_types_allow_telegram_takes(
    channel: TelegramChannel, sari: Person, message: Outgoing
) -> None:
    await send(channel, sari, message)


@pytest.mark.parametrize(
    ("message", "enclosure"),
    [
        (Chart(chart="overview", snapshot=1, caption="x"), None),
        (File(ref="0", name="a.pdf"), Picture(PNG, "a.png")),
        (Say(text="halo"), Picture(PNG, "a.png")),
    ],
)
async def test_the_wrong_enclosure_is_a_bug_of_ours(
    channel: TelegramChannel, sari: Person, message: Outgoing, enclosure: Picture | None
) -> None:
    with pytest.raises(ValueError, match="cannot be sent"):
        await channel.send(str(sari.chat_id), message, enclosure)
    assert sari.messages == []


# --- refusals -----------------------------------------------------------------------------------------------------


async def refused(channel: TelegramChannel, address: str, message: Outgoing | None = None) -> SendError:
    enclosure = Attachment(b"isi", "a.pdf") if isinstance(message, File) else None
    with pytest.raises(SendError) as caught:
        await channel.send(address, message or Say(text="halo"), enclosure)
    return caught.value


async def test_an_unknown_chat_is_a_recipient_gone(channel: TelegramChannel) -> None:
    assert type(await refused(channel, "1299999999")) is RecipientGone


async def test_a_blocked_bot_is_a_recipient_gone(channel: TelegramChannel, sari: Person) -> None:
    sari.blocks()
    assert type(await refused(channel, str(sari.chat_id))) is RecipientGone


async def test_a_deleted_account_is_a_recipient_gone(channel: TelegramChannel, sari: Person) -> None:
    sari.leaves()
    assert type(await refused(channel, str(sari.chat_id))) is RecipientGone


async def test_a_group_that_moved_names_its_new_address(
    api: BotApiServer, channel: TelegramChannel, sari: Person
) -> None:
    api.moved_chats[sari.chat_id] = -1001200000009
    error = await refused(channel, str(sari.chat_id))
    assert isinstance(error, AddressMoved)
    assert error.address == "-1001200000009"


async def test_the_sixth_quick_message_is_tried_later(channel: TelegramChannel, sari: Person, clock: Clock) -> None:
    for number in range(5):
        await send(channel, sari, Say(text=str(number)))
    error = await refused(channel, str(sari.chat_id))
    assert isinstance(error, TryLater)
    assert error.after == timedelta(seconds=5)
    clock.now += 5
    await send(channel, sari, Say(text="5"))


async def test_text_too_long_is_rejected(channel: TelegramChannel, sari: Person) -> None:
    too_long = Say.model_construct(text="x" * 4097, title="")
    assert type(await refused(channel, str(sari.chat_id), too_long)) is Rejected


async def test_empty_text_is_rejected(channel: TelegramChannel, sari: Person) -> None:
    assert type(await refused(channel, str(sari.chat_id), Say(text=" "))) is Rejected


async def test_callback_data_of_65_bytes_is_rejected(channel: TelegramChannel, sari: Person) -> None:
    option = Option.model_construct(key="a", label="Ya", hint="", token="x" * 65)
    question = Choose.model_construct(text="Ya?", title="", options=(option,))
    assert type(await refused(channel, str(sari.chat_id), question)) is Rejected


async def test_a_caption_of_1025_is_rejected(channel: TelegramChannel, sari: Person) -> None:
    file = File(ref="0", name="a.pdf").model_copy(update={"caption": "x" * 1025})
    assert type(await refused(channel, str(sari.chat_id), file)) is Rejected


async def raw(channel: TelegramChannel, method: str, **parameters: str | int) -> CallFailed:
    """The error of a call that the channel never makes by itself, as its transport tells it."""
    with pytest.raises(CallFailed) as caught:
        await channel._transport.call(method, parameters)  # pyright: ignore[reportPrivateUsage]  # no public way
    return caught.value


@pytest.mark.parametrize("text", ["<p>halo</p>", "<b>halo", "a </i>"])
async def test_broken_html_is_rejected(channel: TelegramChannel, sari: Person, text: str) -> None:
    error = await raw(channel, "sendMessage", chat_id=sari.chat_id, text=text, parse_mode="HTML")
    assert type(send_error(error)) is Rejected
    assert "parse entities" in str(error)


async def test_an_unchanged_edit_is_rejected(channel: TelegramChannel, sari: Person) -> None:
    shown = await send(channel, sari, Say(text="satu"))
    edit = {"chat_id": sari.chat_id, "message_id": shown.message_id, "text": "satu"}
    error = await raw(channel, "editMessageText", **edit)
    assert type(send_error(error)) is Rejected
    assert str(error).lower() in NOT_MODIFIED.lower()


async def test_a_wrong_command_of_the_server_is_rejected(channel: TelegramChannel) -> None:
    error = await raw(channel, "setMyCommands", commands='[{"command": "Lapor", "description": "x"}]')
    assert type(send_error(error)) is Rejected


@pytest.mark.parametrize("failure", FAILS_AT_ONCE)
async def test_a_server_that_fails_is_tried_later(
    api: BotApiServer, channel: TelegramChannel, sari: Person, failure: Failure
) -> None:
    api.fail(failure)
    error = await refused(channel, str(sari.chat_id))
    assert isinstance(error, TryLater)
    assert error.after is None
    assert len(sari.messages) == (1 if failure is Failure.DROP_AFTER else 0)


async def test_a_server_that_does_not_answer_is_tried_later(api: BotApiServer, sari: Person) -> None:
    hasty = TelegramChannel(api.token, api.url, timeout=0.05)
    api.fail(Failure.HANG)
    assert isinstance(await refused(hasty, str(sari.chat_id)), TryLater)
    await hasty.close()


async def test_a_server_that_is_away_is_tried_later(api: BotApiServer, channel: TelegramChannel, sari: Person) -> None:
    await api.stop()
    assert isinstance(await refused(channel, str(sari.chat_id)), TryLater)


async def test_a_wrong_token_keeps_the_messages(api: BotApiServer, sari: Person) -> None:
    wrong = TelegramChannel("1200000000:another-invented-one", api.url)
    assert isinstance(await refused(wrong, str(sari.chat_id)), TryLater)
    await wrong.close()


# --- fetching -----------------------------------------------------------------------------------------------------


def media_of(api: BotApiServer) -> Media:
    """What arrived last, as the parser reads it."""
    arrival = parse(api.last_update)
    assert arrival is not None
    assert arrival.media is not None
    return arrival.media


async def fetched(channel: TelegramChannel, media: Media) -> list[bytes]:
    return [piece async for piece in channel.fetch(media)]


async def not_fetched(channel: TelegramChannel, media: Media) -> tuple[str, bool]:
    with pytest.raises(FetchFailed) as caught:
        await fetched(channel, media)
    return caught.value.reason, caught.value.again


async def test_a_photo_comes_in_pieces_and_whole(api: BotApiServer, channel: TelegramChannel, sari: Person) -> None:
    picture = bytes(range(256)) * 1200
    sari.uploads_photo(picture, caption="Buku wajib")
    pieces = await fetched(channel, media_of(api))
    assert b"".join(pieces) == picture
    assert len(pieces) > 1


async def test_a_document_comes_whole(api: BotApiServer, channel: TelegramChannel, sari: Person) -> None:
    sari.uploads_document(b"isi", "rekap.pdf")
    assert b"".join(await fetched(channel, media_of(api))) == b"isi"


async def test_a_file_declared_too_large_is_not_even_asked_for(
    api: BotApiServer, channel: TelegramChannel, sari: Person
) -> None:
    sari.uploads_document(b"x", "video.zip", declared=FILE_LIMIT + 1)
    assert await not_fetched(channel, media_of(api)) == ("too_large", False)
    assert api.called("getFile") == []


async def test_a_file_that_the_server_finds_too_big_is_too_large(
    api: BotApiServer, channel: TelegramChannel, sari: Person
) -> None:
    sari.uploads_document(b"x", "video.zip", declared=FILE_LIMIT + 1)
    undeclared = Media(media_of(api).file_id, is_photo=False)
    assert await not_fetched(channel, undeclared) == ("too_large", False)


async def test_a_file_that_turns_out_too_large_is_given_up_on_the_way(
    api: BotApiServer, channel: TelegramChannel, sari: Person
) -> None:
    sari.uploads_document(bytes(FILE_LIMIT + 1), "video.zip", declared=None)
    received = 0
    with pytest.raises(FetchFailed, match="too_large"):
        async for piece in channel.fetch(media_of(api)):
            received += len(piece)
    assert received <= FILE_LIMIT


async def test_twenty_megabytes_still_come(api: BotApiServer, channel: TelegramChannel, sari: Person) -> None:
    sari.uploads_document(bytes(FILE_LIMIT), "pas.zip")
    assert sum(map(len, await fetched(channel, media_of(api)))) == FILE_LIMIT


async def test_an_unknown_file_is_gone(api: BotApiServer, channel: TelegramChannel, sari: Person) -> None:
    sari.uploads_photo(PNG)
    api.forget_files()
    assert await not_fetched(channel, media_of(api)) == ("gone", True)


async def test_an_expired_path_is_gone(api: BotApiServer, channel: TelegramChannel, sari: Person) -> None:
    sari.uploads_photo(PNG)
    api.expire_paths()
    assert await not_fetched(channel, media_of(api)) == ("gone", False)


@pytest.mark.parametrize("method", ["getFile", "file"])
@pytest.mark.parametrize("failure", [Failure.SERVER_ERROR, Failure.DROP, Failure.FLOOD])
async def test_a_server_that_fails_makes_a_file_unavailable_for_now(
    api: BotApiServer, channel: TelegramChannel, sari: Person, failure: Failure, method: str
) -> None:
    sari.uploads_photo(PNG)
    api.fail(failure, method=method, times=DOWNLOADS_TRIED if method == "file" else 1)
    assert await not_fetched(channel, media_of(api)) == ("unavailable", True)
    api.recover()
    assert b"".join(await fetched(channel, media_of(api))) == PNG


async def test_half_a_file_is_no_file(api: BotApiServer, channel: TelegramChannel, sari: Person) -> None:
    sari.uploads_document(bytes(100_000), "rekap.pdf")
    api.fail(Failure.DROP_AFTER, method="file")
    assert await not_fetched(channel, media_of(api)) == ("unavailable", True)


async def test_a_file_shorter_than_declared_is_no_file(
    api: BotApiServer, channel: TelegramChannel, sari: Person
) -> None:
    sari.uploads_document(b"setengah", "rekap.pdf", declared=16)
    assert await not_fetched(channel, media_of(api)) == ("unavailable", True)


async def test_a_file_that_never_comes_is_unavailable(api: BotApiServer, sari: Person) -> None:
    hasty = TelegramChannel(api.token, api.url, timeout=0.05)
    sari.uploads_photo(PNG)
    api.fail(Failure.HANG, method="file")
    assert await not_fetched(hasty, media_of(api)) == ("unavailable", True)
    await hasty.close()


# --- menu, links, webhook -----------------------------------------------------------------------------------------


async def test_commands_reach_the_menu(api: BotApiServer, channel: TelegramChannel) -> None:
    await channel.set_commands([("lapor", "Lapor realisasi"), ("status", "Lihat capaian")], [("grup", "Hubungkan")])
    assert api.group_commands == [{"command": "grup", "description": "Hubungkan"}]
    assert api.commands == [
        {"command": "lapor", "description": "Lapor realisasi"},
        {"command": "status", "description": "Lihat capaian"},
    ]


@pytest.mark.parametrize(
    "commands",
    [
        [("Lapor", "x")],
        [("/lapor", "x")],
        [("lapor-bulan", "x")],
        [("", "x")],
        [("x" * 33, "x")],
        [("lapor", "")],
        [("lapor", "x" * 257)],
        [("lapor", "x")] * 101,
    ],
)
async def test_commands_that_telegram_refuses_are_not_sent(
    api: BotApiServer, channel: TelegramChannel, commands: list[tuple[str, str]]
) -> None:
    with pytest.raises(ValueError, match=r"command|description"):
        await channel.set_commands(commands)
    assert api.calls == []


async def test_the_bots_name_is_asked_once(api: BotApiServer, channel: TelegramChannel) -> None:
    assert [await channel.bot_username() for _ in range(2)] == [api.username] * 2
    assert len(api.called("getMe")) == 1


async def test_the_webhook_is_set_with_its_secret_and_kinds(api: BotApiServer, channel: TelegramChannel) -> None:
    await channel.set_webhook("http://127.0.0.1:9/telegram", "rahasia_1")
    parameters = api.called("setWebhook")[0].parameters
    assert parameters == {
        "url": "http://127.0.0.1:9/telegram",
        "secret_token": "rahasia_1",
        "allowed_updates": '["message", "edited_message", "callback_query", "my_chat_member"]',
    }


# --- the token ----------------------------------------------------------------------------------------------------


class Everything(logging.Handler):
    """Keeps every line of every logger."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record) + repr(record.args))


@pytest.fixture
def log() -> Iterator[Everything]:
    """Every logger there is, at DEBUG."""
    everything, root = Everything(), logging.getLogger()
    loggers = [root, *(logging.getLogger(name) for name in list(root.manager.loggerDict))]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    root.addHandler(everything)
    yield everything
    root.removeHandler(everything)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


async def hang_up(api: BotApiServer) -> AsyncIterator[Failure]:
    for failure in Failure:
        api.fail(failure)
        yield failure


def told(error: BaseException) -> str:
    """Everything an error can say: text, repr, traceback, and the same of all errors behind it."""
    words = [str(error), repr(error), "".join(traceback.format_exception(error))]
    behind = {id(one): one for one in (error.__cause__, error.__context__) if one is not None}
    return "\n".join([*words, *map(told, behind.values())])


SECRETS = (TOKEN, TOKEN.partition(":")[2])


async def test_the_token_is_in_no_log_and_no_error(log: Everything, api: BotApiServer, sari: Person) -> None:
    hasty = TelegramChannel(TOKEN, api.url, timeout=0.05)
    sari.uploads_photo(PNG)
    media = media_of(api)
    actions: list[Callable[[], Awaitable[object]]] = [
        lambda: hasty.send(str(sari.chat_id), Say(text="halo"), None),
        lambda: hasty.send(str(sari.chat_id), Chart(chart="o", snapshot=1, caption="x"), Picture(PNG, "a.png")),
        lambda: fetched(hasty, media),
        lambda: hasty.get_updates(None, 0),
        lambda: hasty.set_webhook("http://127.0.0.1:9/telegram", "rahasia"),
        hasty.delete_webhook,
        lambda: hasty.set_commands([("lapor", "Lapor")]),
        lambda: hasty.answer_tap("0"),
    ]
    said = [repr(hasty)]
    for action in actions:
        await action_or_error(action, said)
        async for _ in hang_up(api):
            await action_or_error(action, said)
    await api.stop()
    for action in actions:
        await action_or_error(action, said)
    await hasty.close()
    for text in [*said, *log.lines]:
        assert not any(secret in text for secret in SECRETS), text.replace(TOKEN, "<token>")
    assert len(said) > 3 * len(actions)


async def action_or_error(action: Callable[[], Awaitable[object]], said: list[str]) -> None:
    try:
        said.append(repr(await action()))
    except (SendError, FetchFailed, CallFailed) as error:
        said.append(told(error))


@pytest.mark.parametrize(
    "api_url", ["http://", "no url at all", "http://127.0.0.1:1", "http://[::1", "http://a" + "b" * 70]
)
async def test_a_wrong_server_address_gives_the_token_away_neither(log: Everything, api_url: str) -> None:
    lost = TelegramChannel(TOKEN, api_url)
    error = await refused(lost, "1")
    await lost.close()
    for text in [told(error), *log.lines]:
        assert not any(secret in text for secret in SECRETS)


async def test_what_people_are_told_stays_out_of_the_log(
    log: Everything, channel: TelegramChannel, sari: Person
) -> None:
    await send(channel, sari, Say(text="gaji dua juta"))
    assert not [line for line in log.lines if "gaji" in line]


def test_a_channel_needs_a_token() -> None:
    with pytest.raises(ValueError, match="token"):
        TelegramChannel("")
