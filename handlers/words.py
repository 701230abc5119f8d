"""Words that people type as words: a name, a reason."""

_REASON_LETTERS = 5
"""Fewer are no reason that somebody else could understand."""
_REASON_LENGTH = 300
_LIST_DIGITS = 4
"""No list is longer than its numbers have digits."""
_THANKS = frozenset({"terima kasih", "terimakasih", "makasih", "trims", "ok", "oke", "baik", "siap", "👍", "🙏"})


def is_thanks(body: str) -> bool:
    """Whether a text is thanks or consent and nothing else."""
    return body.casefold().strip(" .!") in _THANKS


def a_reason(body: str) -> str | None:
    """Why somebody wants something, as `plain_words` reads it; None for what is too short or too long for one."""
    return plain_words(body, _REASON_LETTERS, _REASON_LENGTH)


def list_number(body: str) -> int | None:
    """The number of a line of a list that was typed, "3." too; None for anything else."""
    plain = body.strip(" .)")
    return int(plain) if plain.isdecimal() and len(plain) <= _LIST_DIGITS else None


def plain_words(body: str, letters: int, length: int) -> str | None:
    """The text on one line; None unless it has at least `letters` letters and at most `length` characters.

    What a spreadsheet would run as a formula and what a browser would take for markup are no words: the text goes
    into forms and pages.
    """
    plain = " ".join(body.split())
    if sum(sign.isalpha() for sign in plain) < letters or len(plain) > length:
        return None
    return None if plain[0] in "=+-@/" or "<" in plain or ">" in plain else plain
