"""Numbers as Telegram sends them: whole, and such that every database takes them."""

_BITS = 63
"""Of the widest number of a table, without its sign."""


def is_number(value: object) -> bool:
    """Whether it is a whole number of at most 63 bits; JSON may carry any."""
    return isinstance(value, int) and not isinstance(value, bool) and value.bit_length() <= _BITS


def number(value: object) -> int:
    """The number that it is. Raises TypeError for anything else."""
    if not isinstance(value, int) or not is_number(value):
        raise TypeError("not a number")
    return value
