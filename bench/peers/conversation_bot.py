"""The report conversation as python-telegram-bot documents one: a ConversationHandler kept by PicklePersistence.

Written after the library's example `persistentconversationbot.py`
(https://docs.python-telegram-bot.org/en/stable/examples.persistentconversationbot.html): the same parts, with our
dialogue in them. Where the example polls, updates are given to `Application.process_update`; and what changed is
written to the file once after each of them (`update_persistence`, which the library itself calls every
`update_interval` seconds, and `flush`), so that a kill loses no more than one update. The disk is never asked to keep
it.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from telegram import Bot, Chat, Message, MessageEntity, ReplyKeyboardMarkup, ReplyKeyboardRemove, Update, User
from telegram.ext import (
    Application,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    ExtBot,
    MessageHandler,
    PicklePersistence,
    filters,
)
from telegram.request import BaseRequest, RequestData

from bench.reporters import INDICATORS, MONTH, NAMES, TARGETS

TYPING_VALUE, REVIEWING = range(2)
TOKEN = "1:of-nobody"
"""Of a bot that does not exist: nothing is sent."""

Context = ContextTypes.DEFAULT_TYPE
_values_markup = ReplyKeyboardMarkup([["0", "Lewati"], ["Kembali"]], one_time_keyboard=True)
_review_markup = ReplyKeyboardMarkup([["Kirim"], ["Batal"]], one_time_keyboard=True)


class NoRequest(BaseRequest):
    """Answers every call at once, without a network: with the bot itself, or with a message that was sent."""

    def __init__(self) -> None:
        me = {"id": 1, "is_bot": True, "first_name": "Renaksi", "username": "renaksi_bot"}
        self._me = json.dumps({"ok": True, "result": me}).encode()
        sent = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}, "text": "ya"}
        self._sent = json.dumps({"ok": True, "result": sent}).encode()
        self.calls = 0
        """Messages that were handed over."""

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_timeouts: Any, **_more: Any
    ) -> tuple[int, bytes]:
        if url.endswith("/getMe"):
            return 200, self._me
        assert request_data is not None
        assert request_data.json_payload  # what goes over the network is written on both sides
        self.calls += 1
        return 200, self._sent


def known_person() -> dict[str, Any]:
    """What the bot must remember of somebody to ask them: their indicators, each with what was reported so far."""
    before = MONTH.number - 1
    return {
        "indicators": [
            {"name": name, "unit": "dokumen", "target": target, "last": target, "to_date": target * before}
            for name, target in zip(NAMES, TARGETS, strict=True)
        ]
    }


def _question(data: dict[str, Any], at: int) -> str:
    one = data["indicators"][at]
    return (
        f"{MONTH.code} · {at + 1} dari {INDICATORS}\n{one['name']}\nTarget: {one['target']} {one['unit']}\n"
        f"Terakhir: {one['last']} {one['unit']}, s/d: {one['to_date']} {one['unit']}\nBerapa realisasinya?"
    )


async def start(update: Update, context: Context) -> int:
    """Begin a report, and ask for the first value."""
    assert update.message is not None
    assert context.user_data is not None
    context.user_data["filled"] = []
    await update.message.reply_text(_question(context.user_data, 0), reply_markup=_values_markup)
    return TYPING_VALUE


async def received_value(update: Update, context: Context) -> int:
    """Keep a value, and ask for the next one or for the word to send."""
    assert update.message is not None
    assert context.user_data is not None
    data = context.user_data
    words = update.message.text or ""
    if not words.isdigit():
        await update.message.reply_text("Balas dengan angka.", reply_markup=_values_markup)
        return TYPING_VALUE
    value = int(words)
    data["filled"].append(value)
    at = len(data["filled"])
    if at < INDICATORS:
        noted = f"Tercatat {value} dokumen.\n\n{_question(data, at)}"
        await update.message.reply_text(noted, reply_markup=_values_markup)
        return TYPING_VALUE
    filled = zip(data["indicators"], data["filled"], strict=True)
    lines = [f"{place}. {one['name']}: {value}" for place, (one, value) in enumerate(filled, start=1)]
    await update.message.reply_text("\n".join(("Periksa sebelum dikirim", *lines)), reply_markup=_review_markup)
    return REVIEWING


async def send(update: Update, context: Context) -> int:
    """Record the values."""
    assert update.message is not None
    assert context.user_data is not None
    data = context.user_data
    for one, value in zip(data["indicators"], data.pop("filled"), strict=True):
        one["last"] = value
        one["to_date"] += value
    await update.message.reply_text(f"{INDICATORS} laporan diterima.", reply_markup=ReplyKeyboardRemove())
    return ConversationHandler.END


async def cancel(update: Update, context: Context) -> int:
    """Break off."""
    assert update.message is not None
    assert context.user_data is not None
    context.user_data.pop("filled", None)
    await update.message.reply_text("Dibatalkan.", reply_markup=ReplyKeyboardRemove())
    return ConversationHandler.END


class ConversationBot:
    """The bot, and the file that it is kept in."""

    def __init__(self, file: Path, people: list[int]) -> None:
        """`people` are the chats that it has known for a while."""
        self.request = NoRequest()
        bot = ExtBot(TOKEN, request=self.request, get_updates_request=NoRequest())
        self._persistence: PicklePersistence[Any, Any, Any] = PicklePersistence(filepath=file, on_flush=True)
        self.application = Application.builder().bot(bot).updater(None).persistence(self._persistence).build()
        conversation: ConversationHandler[Any] = ConversationHandler(
            entry_points=[
                CommandHandler("lapor", start),
                MessageHandler(filters.Regex("^(?i:lapor)$"), start),
            ],
            states={
                TYPING_VALUE: [
                    MessageHandler(filters.TEXT & ~(filters.COMMAND | filters.Regex("^(?i:batal)$")), received_value)
                ],
                REVIEWING: [MessageHandler(filters.Regex("^(?i:kirim)$"), send)],
            },
            fallbacks=[MessageHandler(filters.Regex("^(?i:batal)$"), cancel)],
            name="report",
            persistent=True,
        )
        self.application.add_handler(conversation)
        self._people = people
        self._update = 0

    async def start(self) -> None:
        """Read the file, and learn of the people."""
        await self.application.initialize()
        for person in self._people:
            self.application.user_data[person].update(known_person())
            self.application.mark_data_for_update_persistence(user_ids=person)
        await self.application.update_persistence()

    async def stop(self) -> None:
        """Let go of the file."""
        await self.application.shutdown()

    def update(self, person: int, words: str) -> Update:
        """A text as the library makes it of what Telegram sends."""
        self._update += 1
        chat, user = Chat(person, Chat.PRIVATE), User(person, "Pegawai", is_bot=False)
        command = [MessageEntity(MessageEntity.BOT_COMMAND, 0, len(words))] if words.startswith("/") else []
        message = Message(self._update, datetime.now(UTC), chat, from_user=user, text=words, entities=command)
        message.set_bot(self.application.bot)
        return Update(self._update, message=message)

    async def take(self, update: Update) -> None:
        """Answer one update, and write what it changed to the file."""
        await self.application.process_update(update)
        await self.application.update_persistence()
        await self._persistence.flush()

    def saved(self, person: int) -> list[int]:
        """The values of the month, in the order of the indicators."""
        return [one["last"] for one in self.application.user_data[person]["indicators"]]


def quiet_bot() -> tuple[Bot, NoRequest]:
    """A bot of the same library that sends nothing, and what counts its messages."""
    request = NoRequest()
    return Bot(TOKEN, request=request, get_updates_request=NoRequest()), request
