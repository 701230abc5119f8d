"""Telegram as a channel: sending, and receiving by long polling or by webhook."""

from bot.channels.telegram.channel import TelegramChannel, start_link
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.poller import Poller
from bot.channels.telegram.webhook import webhook_route

__all__ = ["Intake", "Poller", "TelegramChannel", "start_link", "webhook_route"]
