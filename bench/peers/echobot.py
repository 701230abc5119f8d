"""python-telegram-bot's own first example, `examples/echobot.py` of its documentation: every part of it, its defaults.

Only where the server is comes from outside. `python -m bench.peers.echobot URL TOKEN`
"""

import logging
import sys

from telegram import ForceReply, Update
from telegram.ext import Application, CommandHandler, ContextTypes, MessageHandler, filters

_STEPS = "%(asctime)s - %(name)s - %(levelname)s - %(message)s"


async def start(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Greet who sends /start."""
    user, message = update.effective_user, update.message
    assert user is not None
    assert message is not None
    await message.reply_html(f"Hi {user.mention_html()}!", reply_markup=ForceReply(selective=True))


async def help_command(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer /help."""
    assert update.message is not None
    await update.message.reply_text("Help!")


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say the same again."""
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


def main(url: str, token: str) -> None:
    """Poll until a signal asks to stop."""
    logging.basicConfig(format=_STEPS, level=logging.INFO)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    application = Application.builder().token(token).base_url(f"{url}/bot").build()
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CommandHandler("help", help_command))
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
