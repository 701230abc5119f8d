"""Telegram as a channel: sending, and receiving by long polling or by webhook."""

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.poller import Poller
from bot.channels.telegram.webhook import webhook_route

__all__ = ["Intake", "Poller", "TelegramChannel", "webhook_route"]
