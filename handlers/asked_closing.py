"""Which closing a word of the menu is about: the period named after it, else the one that "lapor" would take."""

from collections.abc import Sequence

from domain.openings import Closing, main_closing
from handlers.period_words import read_end
from storage.desk import Desk


def asked_closing(words: str, found: Sequence[Closing], desk: Desk) -> Closing | None:
    """The one of `found` that is meant, None where the named period is not among them or there is none at all."""
    end = read_end(words, desk.today)
    if end is None:
        return main_closing(found, desk.today)
    return next((closing for closing in found if closing.end == end), None)
