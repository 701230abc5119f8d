""" "bukti": sending evidence after the report, looking at it, and what the office demands of it."""

import re
from typing import Any

from domain.links import find_links
from domain.openings import Duty
from domain.periods import Period
from handlers.dialogue import Begin
from handlers.evidence import viewing
from handlers.evidence.adding import (
    EVIDENCE,
    Draft,
    Step,
    choose_figure,
    files_for,
    is_waiting,
    sent_unasked,
    waiting,
)
from handlers.evidence.demanding import DEMAND
from handlers.evidence.demanding import start as start_demanding
from handlers.evidence.figures import own_figure, own_figures, parsed
from handlers.evidence.pieces import album_of, brings
from handlers.messages import Outgoing, Say, Text
from handlers.texts import evidence as texts
from handlers.texts import general
from storage.desk import Desk

__all__ = ["DEMAND", "EVIDENCE", "Draft", "Step", "album_of", "brings", "own_figures", "sent_unasked", "start", "takes"]

_ADDRESS = re.compile(r"(\d{1,12}):([\w-]{4,8})(?::(?:(\d{1,4})|(tambah)|hapus:(\d{1,12})(:ya)?))?")
_MOST_WORDS = 6
_SET = "atur"


def takes(words: str) -> bool:
    """Whether words after "bukti" may name an indicator, a period, or bring a link."""
    return len(words.split()) <= _MOST_WORDS or bool(find_links(words))


def start(desk: Desk, words: str = "") -> Begin[Any, Any, Any] | Outgoing:
    """Evidence for one of the own figures; with a button what was sent, with "atur" what is demanded."""
    words = words.strip()
    if not desk.reported_posts:
        return Say(text=general.NO_POST)
    if (address := _ADDRESS.fullmatch(words)) is not None:
        return _addressed(address, desk)
    if words.casefold() == _SET:
        return start_demanding(desk)
    if find_links(words):
        return sent_unasked(Text(body=words), desk) or Say(text=texts.BAD_LINK)
    if not words and is_waiting(desk):
        return waiting()
    return choose_figure(words, desk) or viewing.of_name(words, desk)


def _addressed(address: re.Match[str], desk: Desk) -> Begin[Step, Draft, Desk] | Outgoing:
    """What a lasting button asks for."""
    duty, which = desk.duty(int(address[1])), parsed(address[2])
    if duty is None or which is None or which not in duty.figures:
        return Say(text=texts.GONE)
    if address[5]:
        do = viewing.remove if address[6] else viewing.ask_remove
        return do(duty, which, int(address[5]), desk)
    return _files(duty, which, desk, adds=bool(address[4])) or viewing.show(duty, which, int(address[3] or 1), desk)


def _files(duty: Duty, which: Period, desk: Desk, *, adds: bool) -> Begin[Step, Draft, Desk] | None:
    """To the files of an own figure, where that is wanted or there are none to show."""
    figure = own_figure(duty.id, which.code, desk)
    return files_for(figure) if figure is not None and (adds or not figure.pieces) else None
