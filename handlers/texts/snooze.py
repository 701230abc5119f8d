"""Sentences of "ingatkan nanti"."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from domain.openings import Closing
from domain.periods import Period
from handlers.texts.formats import DAYS, clock, day, periods_with_year
from handlers.texts.reminder import shortly
from handlers.texts.report import cut_off

IN_TWO_HOURS = "2 jam lagi"
THIS_AFTERNOON = "Sore ini"
CLOSE = "Selesai"
WHEN = "Kapan diingatkan lagi?"
PICK = "Pilih salah satu tombol waktunya, atau ketik tulisannya, misalnya besok pagi."
CANCELLED = "Baik, tidak ada pengingat tambahan. Ketik lapor kapan saja untuk melapor."
RESTART = "Ketik ingatkan nanti"
_WEEK = timedelta(days=7)


def question(closing: Closing, today: date, filled: Collection[int]) -> str:
    """What is missing, until when, and the question; `filled` were typed but not sent."""
    passed = " sudah lewat" if today > closing.cut_off else ""
    standing = f"{shortly(closing, filled)}, {cut_off(closing)}{passed}."
    return f"{periods_with_year(closing.periods)}: {standing}\n{WHEN}"


def morning_label(today: date, morning: date) -> str:
    """`Besok pagi`, `Senin pagi`, after a long holiday `Senin 9/5 pagi`."""
    if morning == today + timedelta(days=1):
        return "Besok pagi"
    which = "" if morning - today < _WEEK else f" {morning.day}/{morning.month}"
    return f"{DAYS[morning.weekday()]}{which} pagi"


def agreed(at: datetime, zone: str) -> str:
    """`at` is on the office's clock."""
    return f"Baik, saya ingatkan lagi {day(at.date())} {clock(at, zone)}."


def nothing_missing(closing: Closing) -> str:
    """Why there is nothing to be reminded of."""
    if any(not item.reported for item in closing.items):
        return f"{periods_with_year(closing.periods)} sudah dikunci, jadi tidak perlu diingatkan lagi."
    return complete(closing.periods)


def complete(periods: Sequence[Period]) -> str:
    return f"{periods_with_year(periods)} sudah lengkap, jadi tidak perlu diingatkan lagi."
