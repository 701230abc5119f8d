"""Which closing a word of the menu is about: the period named after it, else the one that "lapor" would take."""

from collections.abc import Sequence

from domain.openings import Closing, main_closing
from handlers.messages import Say
from handlers.period_words import read_end
from handlers.texts import general
from handlers.texts import report as report_texts
from storage.desk import Desk


def asked_closing(words: str, found: Sequence[Closing], desk: Desk) -> Closing | None:
    """The one of `found` that is meant, None where the named period is not among them or there is none at all."""
    end = read_end(words, desk.today)
    if end is None:
        return main_closing(found, desk.today)
    return next((closing for closing in found if closing.end == end), None)


def own_closing(words: str, desk: Desk) -> Closing | Say:
    """The closing of the person's own posts that is meant, or why there is none."""
    if not desk.held_posts:
        return Say(text=general.NO_POST)
    closing = asked_closing(words, desk.closings, desk)
    if closing is None:
        return Say(text=report_texts.NO_SUCH_PERIOD if words else report_texts.NOTHING_OPEN)
    return closing
