"""Answers to open questions, from the words of a cell to the form that `About` tells."""

from bot.documents.numbers_in_cells import is_too_fine, is_too_large, of_text, spelled
from bot.documents.workbook_layout import (
    DIRECTIONS,
    MODES,
    NO_TARGET,
    REPEATS,
    Words,
    listed,
)
from bot.documents.workbook_office import Titles
from domain.modes import Mode, Polarity
from domain.periods import Period
from domain.plan import About, Repeat


def answer_in_form(about: About, written: str, titles: Titles, year: int) -> str | None:
    """The answer as it is stored, e.g. `SUM` for "jumlah"; None where the words do not fit the question."""
    match about:
        case About.MODE:
            return _value_of(MODES, written)
        case About.DIRECTION:
            return _value_of(DIRECTIONS, written)
        case About.OWNER:
            return titles.find(written)
        case About.NAME:
            return " ".join(written.split()) or None
        case About.TARGETS:
            return _targets(written, year)
        case About.UNIT:
            return " ".join(written.split()) or None
        case About.ANNUAL:
            return _number(written)
        case About.REPEATED:
            return _value_of(REPEATS, written)


def form_of(about: About, year: int) -> str:
    """What to write, for a complaint."""
    match about:
        case About.MODE:
            return listed(MODES)
        case About.DIRECTION:
            return listed(DIRECTIONS)
        case About.OWNER:
            return "nama jabatan dari lembar Jabatan"
        case About.NAME:
            return "nama indikator"
        case About.TARGETS:
            return f"periode dan target, misalnya {year}-07=233; {year}-08=-"
        case About.UNIT:
            return f"satuan, atau {NO_TARGET} bila tanpa satuan"
        case About.ANNUAL:
            return f"satu angka, atau {NO_TARGET} bila tanpa target"
        case About.REPEATED:
            return listed(REPEATS)


def _value_of(words: Words[Mode] | Words[Polarity] | Words[Repeat], written: str) -> str | None:
    value = words.get(written)
    return None if value is None else value.value


def _targets(written: str, year: int) -> str | None:
    """`2022-07=233; 2022-08=-` in one spelling; None if any part is no period of the year with a number."""
    parts = [_target(part, year) for part in written.split(";") if part.strip()]
    return "; ".join(part for part in parts if part) if parts and all(parts) else None


def _target(written: str, year: int) -> str | None:
    code, _, number = (piece.strip() for piece in written.partition("="))
    try:
        period = Period.parse(code)
    except ValueError:
        return None
    if period.year != year:
        return None
    value = _number(number)
    return None if value is None else f"{period.code}={value}"


def _number(written: str) -> str | None:
    """A number that tables can hold in its one spelling, or `-`; None for anything else."""
    if written.strip() == NO_TARGET:
        return NO_TARGET
    value = of_text(written.strip())
    return None if value is None or is_too_large(value) or is_too_fine(value) else spelled(value)
