"""Which names a picture may have to shorten: they stand in full in the message below it.

How wide a name is drawn only the picture knows; here it is judged by its letters, never too narrow.
"""

from collections.abc import Sequence

LINES = 2
"""Lines that a picture gives to a name."""
PAGE_ROOM = 968
"""Pixels of a line across the picture."""
BESIDE_CHANGE_ROOM = 708
"""Pixels of a line beside how far a section moved."""
COLUMN_ROOM = 408
"""Pixels of a line beside twelve months."""
_SPACE, _NARROW, _USUAL, _CAPITAL, _WIDE, _FOREIGN = 9, 14, 20, 24, 32, 48
"""Pixels of a letter in bold type of 33 pixels, at most."""
_NARROW_LETTERS = frozenset("fijlrtI.,;:'!|()[]-/`")
_WIDE_LETTERS = frozenset("mwMW@%&—…")


def may_be_cut(name: str, room: int = PAGE_ROOM) -> bool:
    """Whether a name may need more than two lines of `room` pixels, or a word of it more than one."""
    longest = max(map(_width, name.split()), default=0)
    lost_at_ends = (LINES - 1) * longest
    return longest > room or _in_one_line(name) + lost_at_ends > LINES * room


def lines_of(name: str, room: int = PAGE_ROOM) -> int:
    """Lines that a name takes at most: 1 or 2."""
    return 1 if _in_one_line(name) <= room else LINES


def _in_one_line(name: str) -> int:
    words = name.split()
    return sum(map(_width, words)) + _SPACE * max(0, len(words) - 1)


def cut_names(names: Sequence[str], room: int = PAGE_ROOM) -> tuple[str, ...]:
    """Those of the names that may be cut, on one line each and without repetition."""
    return tuple(dict.fromkeys(" ".join(name.split()) for name in names if may_be_cut(name, room)))


def _width(word: str) -> int:
    return sum(map(_letter, word))


def _letter(letter: str) -> int:
    if letter in _NARROW_LETTERS:
        return _NARROW
    if letter in _WIDE_LETTERS:
        return _WIDE
    if letter > "\u024f":
        return _FOREIGN
    return _CAPITAL if letter.isupper() else _USUAL
