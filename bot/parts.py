"""The parts of the program that a process plays; together the processes on one database play all of them."""

from collections.abc import Sequence
from enum import StrEnum

from bot.refused import Refused


class Part(StrEnum):
    """One part, by the word that the command line takes."""

    POLL = "poll"
    """Asking Telegram for messages; one process at a time does."""
    WEB = "web"
    """Taking what is posted to the webhooks."""
    TURNS = "turns"
    """Answering: turns, the files that are brought for them, slow work."""
    DELIVERY = "delivery"
    """Sending."""
    SCHEDULE = "schedule"
    """What comes unasked, and clearing away."""


ALL = frozenset(Part)


def read_parts(words: Sequence[str]) -> frozenset[Part]:
    """The parts that are named, each word one or several behind commas; all for none. Raises Refused."""
    named = [name.strip() for word in words for name in word.split(",")]
    unknown = [name for name in named if name not in ALL]
    if unknown:
        raise Refused(f"--only tidak mengenal {unknown[0]!r}. Pilih dari: {', '.join(Part)}.")
    return frozenset(map(Part, named)) or ALL
