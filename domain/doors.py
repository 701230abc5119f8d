"""Through which channels people can join, and the links that lead there with the code of an invitation."""

from collections.abc import Mapping
from dataclasses import dataclass

TELEGRAM, WHATSAPP = "telegram", "whatsapp"


@dataclass(frozen=True)
class Doors:
    """The bot's name in Telegram without @, our number in WhatsApp in digits; empty for a channel that is not there."""

    telegram: str = ""
    whatsapp: str = ""

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels that are there."""
        return tuple(name for name, found in ((TELEGRAM, self.telegram), (WHATSAPP, self.whatsapp)) if found)

    def links(self, code: str) -> Mapping[str, str]:
        """By its channel, the link that opens the chat with the code: in Telegram one tap sends it, in WhatsApp it is
        written already."""
        every = {
            TELEGRAM: f"https://t.me/{self.telegram}?start={code}",
            WHATSAPP: f"https://wa.me/{self.whatsapp}?text={code}",
        }
        return {channel: every[channel] for channel in self.channels}
