"""Sentences after the program was down."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from domain.openings import Closing
from handlers.texts.formats import day, fitted, indicator, moment, periods_with_year

_ROOM = 500
"""Characters for the names of those whose reminders were skipped."""


def told(
    person: str, since: str, until: str, received: tuple[str, datetime, int] | None, closing: Closing, zone: str
) -> str:
    """When the program was down, what was last received from the person, and what is missing now."""
    down = f"{person}, {_down(since, until)}; kiriman Anda di waktu itu mungkin tidak sampai."
    name = periods_with_year(closing.periods)
    missing = len(closing.missing)
    standing = f"{name} masih kurang {missing} dari {len(closing.items)}, batas {day(closing.cut_off)}."
    return f"{down}\n{_received(received, zone)}\n{standing if missing else f'{name} sudah lengkap.'}"


def _received(received: tuple[str, datetime, int] | None, zone: str) -> str:
    if received is None:
        return "Belum ada laporan dari Anda yang kami terima."
    name, at, number = received
    others = f" dan {number - 1} lainnya" if number > 1 else ""
    return f"Terakhir kami terima: {indicator(name, 60)}{others}, {moment(at, zone)}."


def skipped(since: str, until: str, names: Sequence[str], again: int) -> str:
    """Whose reminders came due while the program was down, and how many were made up for."""
    told = [name if number == 1 else f"{name} ({number} kali)" for name, number in Counter(names).items()]
    lines = fitted([f"• {name}" for name in told], _ROOM)
    made_up = (
        f"{again} orang yang masih perlu sudah diingatkan sekarang." if again else "Tidak ada yang perlu disusulkan."
    )
    return f"{_down(since, until)}. {len(names)} pengingat terlewat, untuk:\n{lines}\n{made_up}"


def _down(since: str, until: str) -> str:
    return f"Renaksi tidak berjalan dari {since} sampai {until}"
