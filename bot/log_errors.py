"""What a log says of an error: its kind and where it happened. What an error says itself may quote what somebody wrote.

A failed validation quotes the message, an unreadable number the words, a database the row and its parameters.
"""

import traceback
from types import TracebackType

ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None]
_LONGEST_CHAIN = 8
"""Errors behind an error that are told."""


def told(exc_info: ErrorInfo) -> str:
    """The error and those that led to it, the first one first, each with the lines of our code and without words."""
    chain: list[BaseException] = []
    error: BaseException | None = exc_info[1]
    while error is not None and error not in chain and len(chain) < _LONGEST_CHAIN:
        chain.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(_one(one) for one in reversed(chain))


def _one(error: BaseException) -> str:
    kind = type(error)
    return "".join(traceback.format_tb(error.__traceback__)) + f"{kind.__module__}.{kind.__qualname__}{_code(error)}"


def _code(error: BaseException) -> str:
    """What the system or the database calls it; neither knows what is in the message."""
    behind = getattr(error, "orig", None) or error
    for name in ("sqlstate", "sqlite_errorname", "strerror"):
        code = getattr(behind, name, None)
        if isinstance(code, str) and code:
            return f": {code}"
    return ""
