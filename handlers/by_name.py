"""Sections and indicators by what people call them: a code, the name, some of its words, or a typo of them."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from domain.openings import Duty
from handlers.dialogue import SHORTEST_GUESS, TYPO
from handlers.likeness import partial_ratio

NamedT = TypeVar("NamedT")
_KIND = "indikator"
"""What people say before the name of one."""


def find_sections(words: str, names: Sequence[str]) -> tuple[str, ...]:
    """The sections that are meant, in their order; none where no name is like it."""
    return _find(words, names, lambda name: name)


def find_indicators(words: str, duties: Sequence[Duty]) -> tuple[Duty, ...]:
    """The indicators that are meant, in their order: the one of that code, else those of that name; "indikator" before
    it is no part of either, unless a name has it, too."""
    of_code = tuple(duty for duty in duties if _plain(duty.code) == _plain(words))
    found = of_code or _find(words, duties, lambda duty: duty.name)
    kind, _, rest = _plain(words).partition(" ")
    return found or (find_indicators(rest, duties) if kind == _KIND else ())


def _find(words: str, every: Sequence[NamedT], name_of: Callable[[NamedT], str]) -> tuple[NamedT, ...]:
    wanted = _plain(words)
    if not wanted:
        return ()
    for fits in (_is_same, _has_words, _is_alike):
        if found := tuple(one for one in every if fits(wanted, _plain(name_of(one)))):
            return found
    return ()


def _is_same(wanted: str, name: str) -> bool:
    return wanted == name


def _has_words(wanted: str, name: str) -> bool:
    return all(word in name for word in wanted.split())


def _is_alike(wanted: str, name: str) -> bool:
    return len(wanted) >= SHORTEST_GUESS and partial_ratio(wanted, name) >= TYPO


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
