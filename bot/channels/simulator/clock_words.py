"""Reads where the simulator's clock is to go: "besok", "Senin 08.00", "akhir bulan", "2 hari", a date.

Forward only. A day without a time means 08.00, when an office is at work; a duration keeps the time of day.
"""

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from handlers.texts.formats import DAYS, MONTHS

OFFICE_OPENS = time(8)
"""The time of a day named without one."""
FURTHEST = timedelta(days=400)
"""How far one move may go: past a year's closing, and not through decades of reminders after a slip of the keys."""

NOT_UNDERSTOOD = 'Tulis misalnya "besok", "Senin 08.00", "akhir bulan", "2 hari" atau "5 April 2022 09.30".'
NO_SUCH_TIME = "Jam ditulis antara 00.00 dan 23.59, misalnya 08.00."
NO_SUCH_DAY = "Tanggal itu tidak ada di kalender; tulis misalnya 5 April 2022."
TOO_FAR = f"Sekali pindah paling jauh {FURTHEST.days} hari; pilih tanggal yang lebih dekat."

_WEEKDAY_NAMES = {name.lower(): number for number, name in enumerate(DAYS)} | {"jum'at": 4, "ahad": 6}
_MONTH_NAMES = {
    **{name.lower(): number for number, name in enumerate(MONTHS, start=1)},
    **{name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)},
    "pebruari": 2,
    "peb": 2,
    "agt": 8,
    "agus": 8,
    "sept": 9,
    "nopember": 11,
    "nop": 11,
}

_ZONE = re.compile(r"\s*\b(?:wib|wita|wit)$")
_TIME = re.compile(r"(?:^|\s)(?:(?:jam|pukul)\s+)?(\d{1,2})[.:](\d{2})$|(?:^|\s)(?:jam|pukul)\s+(\d{1,2})$")
_DURATION = re.compile(r"(?:(\d{1,4})\s*|(?:se|satu\s+))(menit|jam|hari|minggu|bulan)(?:\s+lagi)?")
_WEEKDAY = re.compile(r"(?:hari\s+)?([a-z']+)(?:\s+depan)?")
_NAMED_DATE = re.compile(r"(?:([a-z']+),?\s+)?(\d{1,2})\s+([a-z]+)(?:\s+(\d{4}))?")
_NUMERIC_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


class ClockWords(Exception):
    """The clock cannot go there; `sentence` tells the person, in Indonesian, what is possible."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def parse_clock(words: str, now: datetime) -> datetime:
    """The moment that `words` mean at `now` (aware, in the office's zone), later than `now` and in the same zone.

    Raises ClockWords for words not understood, a day or time that does not exist, the past, and over 400 days.
    """
    there = _read(" ".join(words.lower().split()).rstrip(" .,!"), now)
    if there <= now:
        raise ClockWords(f"Jam hanya dapat maju; sekarang sudah {_long(now)}.")
    if there - now > FURTHEST:
        raise ClockWords(TOO_FAR)
    return there


def _read(words: str, now: datetime) -> datetime:
    duration = _duration(words, now)
    if duration is not None:
        return duration
    day_words, clock = _split_time(words)
    for reader in _READERS:
        there = reader(day_words, clock, now)
        if there is not None:
            return there
    raise ClockWords(NOT_UNDERSTOOD)


def _split_time(words: str) -> tuple[str, time | None]:
    words = _ZONE.sub("", words)
    match = _TIME.search(words)
    if match is None:
        return words, None
    hour, minute = int(match[1] or match[3]), int(match[2] or 0)
    if hour > 23 or minute > 59:
        raise ClockWords(NO_SUCH_TIME)
    return words[: match.start()].rstrip(" ,"), time(hour, minute)


def _duration(words: str, now: datetime) -> datetime | None:
    match = _DURATION.fullmatch(words)
    if match is None:
        return None
    count = int(match[1] or 1)
    match match[2]:
        case "menit":
            return now + timedelta(minutes=count)
        case "jam":
            return now + timedelta(hours=count)
        case "hari":
            return now + timedelta(days=count)
        case "minggu":
            return now + timedelta(weeks=count)
        case _:
            return _months_later(now, count)


def _months_later(now: datetime, count: int) -> datetime:
    year, month = divmod(now.year * 12 + now.month - 1 + count, 12)
    if year - now.year > 9:
        raise ClockWords(TOO_FAR)
    last = calendar.monthrange(year, month + 1)[1]
    return now.replace(year=year, month=month + 1, day=min(now.day, last))


def _bare_time(words: str, clock: time | None, now: datetime) -> datetime | None:
    if words or clock is None:
        return None
    return _first_after(now, clock, lambda day: day + timedelta(days=1), now.date())


def _named_day(words: str, clock: time | None, now: datetime) -> datetime | None:
    today = now.date()
    match words:
        case "hari ini":
            return _at(today, clock, now)
        case "besok":
            return _at(today + timedelta(days=1), clock, now)
        case "lusa":
            return _at(today + timedelta(days=2), clock, now)
        case "minggu depan":
            return _at(today + timedelta(days=7 - today.weekday()), clock, now)
        case "bulan depan" | "awal bulan" | "awal bulan depan":
            return _at(_month_end(today) + timedelta(days=1), clock, now)
        case _:
            return None


def _end_of_period(words: str, clock: time | None, now: datetime) -> datetime | None:
    months = {"akhir bulan": 1, "akhir triwulan": 3, "akhir tahun": 12}.get(words)
    if months is None:
        return None
    first = _period_end(now.date(), months)
    return _first_after(now, clock, lambda end: _period_end(end + timedelta(days=1), months), first)


def _weekday(words: str, clock: time | None, now: datetime) -> datetime | None:
    match = _WEEKDAY.fullmatch(words)
    number = _WEEKDAY_NAMES.get(match[1]) if match else None
    if number is None:
        return None
    first = now.date() + timedelta(days=(number - now.weekday()) % 7)
    return _first_after(now, clock, lambda day: day + timedelta(days=7), first)


def _named_date(words: str, clock: time | None, now: datetime) -> datetime | None:
    match = _NAMED_DATE.fullmatch(words)
    month = _MONTH_NAMES.get(match[3]) if match else None
    if match is None or month is None:
        return None
    day = _dated_or_next(int(match[2]), month, match[4], now)
    if match[1]:
        _check_weekday(match[1], day)
    return _at(day, clock, now)


def _dated_or_next(day: int, month: int, year: str | None, now: datetime) -> date:
    if year is not None:
        return _day(int(year), month, day)
    this_year = _day(now.year, month, day)
    return this_year if this_year >= now.date() else _day(now.year + 1, month, day)


def _check_weekday(name: str, day: date) -> None:
    number = _WEEKDAY_NAMES.get(name)
    if number is None:
        raise ClockWords(NOT_UNDERSTOOD)
    if number != day.weekday():
        raise ClockWords(f"{_date(day)} adalah hari {DAYS[day.weekday()]}, bukan {DAYS[number]}.")


def _numeric_date(words: str, clock: time | None, now: datetime) -> datetime | None:
    if match := _NUMERIC_DATE.fullmatch(words):
        return _at(_day(int(match[3]), int(match[2]), int(match[1])), clock, now)
    if match := _ISO_DATE.fullmatch(words):
        return _at(_day(int(match[1]), int(match[2]), int(match[3])), clock, now)
    return None


_READERS: tuple[Callable[[str, time | None, datetime], datetime | None], ...] = (
    _bare_time,
    _named_day,
    _end_of_period,
    _weekday,
    _named_date,
    _numeric_date,
)


def _first_after(now: datetime, clock: time | None, later: Callable[[date], date], day: date) -> datetime:
    """The first of `day`, `later(day)` ... that lies after now."""
    there = _at(day, clock, now)
    return there if there > now else _at(later(day), clock, now)


def _at(day: date, clock: time | None, now: datetime) -> datetime:
    return datetime.combine(day, clock or OFFICE_OPENS, tzinfo=now.tzinfo)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ClockWords(NO_SUCH_DAY) from error


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _period_end(day: date, months: int) -> date:
    last_month = ((day.month - 1) // months + 1) * months
    return _month_end(day.replace(day=1, month=last_month))


def _date(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _long(moment: datetime) -> str:
    return f"{DAYS[moment.weekday()]} {_date(moment)} {moment:%H.%M}"
