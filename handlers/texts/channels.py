"""What people call the channels."""

NAMES = {"telegram": "Telegram", "whatsapp": "WhatsApp", "simulator": "Simulator"}


def name(channel: str) -> str:
    """`WhatsApp`."""
    return NAMES.get(channel, channel.capitalize())
