"""Targets as an admin types them: `Juli 233, Agustus 233, September -`."""

import re

from handlers.period_words import read_period

_PART = re.compile(r"(?P<period>.*?[a-z](?: \d{4})?|tw ?[1-4]|\d{4}-(?:\d{2}|tw[1-4])) ?[=:]? ?(?P<target>-|[\d.,]*\d)")
_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")


def read_targets(body: str, year: int) -> str | None:
    """The targets in the form of `About.TARGETS`, for periods of `year` where none is named; None if one is unclear."""
    parts = [_read(part, year) for part in re.split(r"[;\n]|,(?!\d)", body.lower()) if part.strip()]
    if not parts or any(part is None for part in parts):
        return None
    return "; ".join(part for part in parts if part)


def _read(part: str, year: int) -> str | None:
    match = _PART.fullmatch(" ".join(part.split()))
    which = read_period(match["period"], lambda of_year: of_year(year)) if match else None
    target = read_target(match["target"]) if match else None
    return None if which is None or target is None else f"{which.code}={target}"


def read_target(typed: str) -> str | None:
    """The number, dots between thousands and a comma before decimals; None for any other use of them."""
    if typed == "-":
        return typed
    return typed.replace(".", "").replace(",", ".") if _NUMBER.fullmatch(typed) else None
