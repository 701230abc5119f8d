"""Telegram as a channel: sending, and receiving by long polling or by a webhook (`bot.channels.telegram.webhook`)."""

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.poller import Poller

__all__ = ["Intake", "Poller", "TelegramChannel"]
