"""How a setting that cannot be is refused: which one, what was given, and what is allowed.

The sentence of the error is for developers; whoever talks to people says it again from the attributes.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time
from typing import Generic, TypeVar

Value = int | str | date | time


T = TypeVar("T", int, time, date)


@dataclass(frozen=True)
class Between(Generic[T]):
    """Anything from `low` to `high`, both allowed: whole numbers, local times to the minute, or days."""

    low: T
    high: T


@dataclass(frozen=True)
class OneOf:
    """One of these and nothing else. Empty where the value has no list, e.g. a reason that only must not be empty."""

    choices: tuple[Value, ...]


Allowed = Between[int] | Between[time] | Between[date] | OneOf


class BadSetting(ValueError):
    """A value that is refused.

    `field` is its name as settings are stored, with dots for what lies within (`internal.number`); `given` the value
    as it came; `allowed` what would have been taken.
    """

    def __init__(self, message: str, *, field: str, given: object, allowed: Allowed) -> None:
        super().__init__(message)
        self.field = field
        self.given = given
        self.allowed = allowed

    def under(self, group: str) -> "BadSetting":
        """The same refusal, its field told as one within `group`."""
        return BadSetting(str(self), field=f"{group}.{self.field}", given=self.given, allowed=self.allowed)


@contextmanager
def under(group: str) -> Generator[None]:
    """Name the field of a refusal inside as one within `group`."""
    try:
        yield
    except BadSetting as refused:
        raise refused.under(group) from None
