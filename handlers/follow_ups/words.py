""" "kendala": explain any figure of an own indicator, or read what was said of one.

Its buttons last: `!kendala:<indicator>:<period>`.
"""

import re
from collections.abc import Sequence
from typing import Any

from domain.openings import Duty
from domain.periods import Period
from domain.reasons import newest_reported
from handlers.by_name import find_indicators
from handlers.dialogue import Begin
from handlers.follow_ups.choosing import all_unexplained
from handlers.follow_ups.explaining import begin
from handlers.messages import BUTTON_LABEL, BUTTONS, ROW_HINT, ROW_LABEL, ROWS, Choose, Option, Outgoing, Say
from handlers.period_words import split_period
from handlers.texts import follow_ups as texts
from handlers.texts import general
from handlers.texts.formats import indicator, shortened
from storage.desk import Desk

_ADDRESS = re.compile(r"(\d{1,12}):(\d{4}(?:-(?:tw[1-4]|\d\d))?)", re.IGNORECASE)
_MOST_WORDS = 8


def takes(words: str) -> bool:
    """Whether words after "kendala" may name an indicator and a period."""
    return len(words.split()) <= _MOST_WORDS


def key_of(indicator_id: int, which: Period) -> str:
    """The button that opens what was said about a figure."""
    return f"!kendala:{indicator_id}:{which.code}"


def start(desk: Desk, words: str = "") -> Begin[Any, Any, Any] | Outgoing:
    """Ask about what is still unexplained; with an indicator, and a period or its newest one, about that figure."""
    if not desk.held_posts:
        return Say(text=general.NO_POST)
    address = _ADDRESS.fullmatch(words.strip())
    if address is not None:
        return _addressed(desk, int(address[1]), address[2])
    return _named(desk, words.strip()) if words.strip() else _unexplained(desk)


def _unexplained(desk: Desk) -> Begin[Any, Any, Any] | Outgoing:
    return begin(all_unexplained(desk), desk) or Say(text=texts.NOTHING_TO_EXPLAIN)


def _addressed(desk: Desk, indicator_id: int, code: str) -> Begin[Any, Any, Any] | Outgoing:
    duty = next((one for one in desk.office_duties if one.id == indicator_id), None)
    which = _period(code)
    if duty is None or which is None:
        return Say(text=texts.GONE)
    if duty.post_id not in desk.sight.posts:
        return Say(text=texts.NOT_YOURS)
    return _about(desk, duty, which)


def _period(code: str) -> Period | None:
    try:
        return Period.parse(code.upper())
    except ValueError:
        return None


def _named(desk: Desk, typed: str) -> Begin[Any, Any, Any] | Outgoing:
    name, which = split_period(typed, desk.today)
    found = _find(name, desk)
    if not found:
        return Say(text=texts.not_found(shortened(name, 60)))
    shown = [(duty, _shown(duty, which)) for duty in found]
    return _about(desk, *shown[0]) if len(shown) == 1 else _list(shown)


def _find(name: str, desk: Desk) -> Sequence[Duty]:
    """The person's own indicators that are meant, all of them where none is named; else those that they may see."""
    own = [duty for duty in desk.duties if not duty.service]
    if not name:
        return own
    found = find_indicators(name, own)
    if found or desk.sight.posts <= desk.reported_ids:
        return found
    return find_indicators(name, [duty for duty in desk.office_duties if duty.post_id in desk.sight.posts])


def _shown(duty: Duty, which: Period | None) -> Period:
    """The period that is meant of an indicator: the named one, the newest that was reported, or the year's first."""
    if which is not None and which.year == duty.measure.year:
        return Period.of_day(which.end, duty.kind)
    return newest_reported(duty) or Period.whole_year(duty.measure.year).split(duty.kind)[0]


def _list(figures: Sequence[tuple[Duty, Period]]) -> Outgoing:
    room = ROW_LABEL if len(figures) > BUTTONS else BUTTON_LABEL
    options = tuple(
        Option(
            key=key_of(duty.id, which),
            label=shortened(indicator(duty.name), room),
            hint=shortened(indicator(duty.name), ROW_HINT),
        )
        for duty, which in figures[:ROWS]
    )
    return Choose(text=texts.WHICH, options=options, by_number=False)


def _about(desk: Desk, duty: Duty, which: Period) -> Begin[Any, Any, Any] | Outgoing:
    """Its owner explains a figure that was reported; others read what was said."""
    if duty.post_id not in desk.reported_ids:
        card = desk.follow_ups.of(duty.id, which)
        text = texts.nothing_said(duty.name, which) if card is None else texts.told(duty.name, which, card, desk.today)
        return Say(text=text)
    if which not in duty.values:
        return Say(text=texts.no_report(duty.name, which))
    return begin([(duty, which)], desk) or Say(text=texts.GONE)
