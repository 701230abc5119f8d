""" "lapor untuk": the admin, a superior or an operator enters figures for another's post, as the same conversation.

Its buttons last: `!mewakili:<post>` and `!mewakili:<post>:<period>` begin it; `!mewakili:benar:<sitting>` and
`!mewakili:perbaiki:<sitting>` are what the owner answers.
"""

import re
from typing import Any

from domain.periods import Period
from handlers.dialogue import Begin
from handlers.messages import Outgoing, Say
from handlers.period_words import names_period
from handlers.report_for import telling
from handlers.report_for.choosing import CHOOSE_POST, Draft, Step, begin_for, find_posts, own_post
from handlers.report_for.sitting import REPORT_FOR
from handlers.texts import report_for as texts
from storage.desk import Desk

__all__ = ["CHOOSE_POST", "REPORT_FOR", "Draft", "Step", "key_of", "may_report_for", "start", "takes"]

WORD = "mewakili"
"""The word of the menu that this package answers."""
_POST = re.compile(r"(\d{1,12})(?::([0-9A-Za-z-]{4,8}))?")
_ANSWER = re.compile(r"(benar|perbaiki):(\d{1,18})")
_MOST_WORDS = 8


def may_report_for(desk: Desk) -> bool:
    """Whether there is a post of somebody else for which the person may enter figures."""
    return bool(desk.entered_for)


def takes(words: str) -> bool:
    """Whether words after "lapor untuk" may name a post, and a period after it."""
    return len(words.split()) <= _MOST_WORDS


def key_of(post_id: int) -> str:
    """The key of a lasting button that begins it for a post."""
    return f"!{WORD}:{post_id}"


def start(desk: Desk, words: str = "") -> Begin[Any, Any, Any] | Outgoing:
    """For which post, or for that of a button or a name; with an owner's button what they say of what was entered."""
    words = words.strip()
    if match := _ANSWER.fullmatch(words):
        return telling.answered(desk, match[1], int(match[2]))
    if not may_report_for(desk):
        return Say(text=texts.NOT_ALLOWED)
    if match := _POST.fullmatch(words):
        return _of_button(desk, int(match[1]), match[2] or "")
    if not words or names_period(words):
        return Begin(CHOOSE_POST, Step.POST, Draft(), anew=True)
    if own := own_post(words, desk):
        return Say(text=texts.among_own(own.title))
    posts, period = find_posts(words, desk)
    if len(posts) == 1:
        return begin_for(desk, posts[0].id, period)
    if posts:
        found = Draft(found=tuple(post.id for post in posts))
        return Begin(CHOOSE_POST, Step.POST, found, note=texts.SEVERAL, anew=True)
    return Say(text=texts.no_such_post(words))


def _of_button(desk: Desk, post_id: int, code: str) -> Begin[Any, Any, Any] | Outgoing:
    if all(post.id != post_id for post in desk.entered_for):
        return Say(text=texts.NO_LONGER)
    try:
        period = Period.parse(code) if code else None
    except ValueError:
        period = None
    return begin_for(desk, post_id, period)
