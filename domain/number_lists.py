"""Several answers in one message: "1. 12 dok 2. nihil 3. 75%" (domain.md 6, last paragraph)."""

import re
from collections.abc import Sequence
from itertools import pairwise, zip_longest

from domain.number_words import LONGEST_TEXT, fold

LONGEST_LIST = 99
"""Items of the longest list that can be answered at once; their numbers have one or two digits."""

_KEYCAP = re.compile("([0-9])\ufe0f?\u20e3")
_MARK = re.compile(r"(?<![^\s,;])\(?([1-9]\d?)(?:\. ?(?=[a-z])|[.:=](?=\s)|\)|=(?=\w)| =)\s*", re.IGNORECASE)
_END_OF_ANSWER = " \n,;."


def read_several(text: str) -> tuple[tuple[int, str], ...] | None:
    """Split "1. 12 dok 2. nihil 3. 75%" into the numbers of the list and what was typed for each.

    None unless the text is, from its first sign, a list of two or more items with ascending numbers (1 to 99) that
    can be cut in one way only: a lone number ("1.250", "1. 250") is never taken for an item.
    """
    if len(text) > LONGEST_TEXT:
        return None
    said = fold(_KEYCAP.sub(r"\1) ", text))
    marks = _marks(said)
    if len(marks) < 2:
        return None
    starts = [mark.start() for mark in marks[1:]]
    ends = [*starts, len(said)]
    items = [(int(mark[1]), _answer(said[mark.end() : end])) for mark, end in zip(marks, ends, strict=True)]
    ascending = all(earlier < later for (earlier, _), (later, _) in pairwise(items))
    return tuple(items) if ascending and all(answer for _, answer in items) else None


def _answer(piece: str) -> str:
    """What was typed for one item, without the sign or word that leads to the next."""
    return piece.rstrip(_END_OF_ANSWER).removesuffix(" dan").rstrip(_END_OF_ANSWER)


def _marks(said: str) -> Sequence[re.Match[str]]:
    """The marks that begin items; none if the text does not begin with one or can be cut in two ways.

    A mark right behind another is that one's answer, "1. 12. 2. nihil", and must be the whole of it: in
    "1. 5 dari 12. 2. 3" nobody can tell whether 12 or 2 begins an item.
    """
    found = list(_MARK.finditer(said))
    if not found or found[0].start() != 0 or len(found) > 2 * LONGEST_LIST:
        return ()
    chosen = found[:1]
    for mark, follower in zip_longest(found[1:], found[2:]):
        if mark.start() != chosen[-1].end():
            chosen.append(mark)
        elif follower is None or follower.start() != mark.end():
            return ()
    return chosen
