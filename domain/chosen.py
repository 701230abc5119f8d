"""Reading stored settings back: what is absent keeps its default, what cannot be is refused by its name."""

from collections.abc import Iterable, Mapping
from datetime import time
from enum import Enum
from typing import Any, TypeVar, cast

from domain.periods import Period, PeriodKind
from domain.refusals import Allowed, BadSetting, Between, OneOf
from domain.working_hours import LAST_MINUTE, MIDNIGHT

E = TypeVar("E", bound=Enum)


class Chosen:
    """A group of settings as JSON holds it. Every reader raises BadSetting with the setting's full name."""

    def __init__(self, plain: Mapping[str, Any], name: str = "") -> None:
        self._plain = plain
        self.name = name
        """The group's own name, empty for the whole."""

    def __contains__(self, key: str) -> bool:
        return key in self._plain

    def is_none(self, key: str) -> bool:
        """Whether a setting is absent or null."""
        return self._plain.get(key) is None

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._plain)

    def named(self, key: str) -> str:
        """The full name of a setting in this group."""
        return f"{self.name}.{key}" if self.name else key

    def whole(self, key: str, default: int, allowed: Iterable[int]) -> int:
        """A whole number, one of `allowed`, an unbroken row of them."""
        given, numbers = self._plain.get(key, default), tuple(allowed)
        if not _is_whole(given) or given not in numbers:
            raise self._refused(key, given, Between(min(numbers), max(numbers)))
        return given

    def whole_or_none(self, key: str, allowed: Iterable[int]) -> int | None:
        """A whole number of `allowed`; None where it is absent or null."""
        return None if self.is_none(key) else self.whole(key, 0, allowed)

    def flag(self, key: str, default: bool) -> bool:
        given = self._plain.get(key, default)
        if not isinstance(given, bool):
            raise self._refused(key, given, OneOf((False, True)))
        return given

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts, none of them empty; empty where it is absent."""
        given = self._plain.get(key, [])
        if not isinstance(given, list) or not all(isinstance(one, str) and one for one in cast(list[object], given)):
            raise self._refused(key, given, OneOf(()))
        return tuple(cast(list[str], given))

    def at(self, key: str, default: time) -> time:
        """A local time written as HH:MM."""
        if key not in self._plain:
            return default
        moment = _time(self._plain[key])
        if moment is None:
            raise self._refused(key, self._plain[key], Between(MIDNIGHT, LAST_MINUTE))
        return moment

    def month(self, key: str) -> Period | None:
        """A month by its code; None where it is absent or null."""
        given = self._plain.get(key)
        if given is None:
            return None
        try:
            found = Period.parse(given) if isinstance(given, str) else None
        except ValueError:
            found = None
        if found is None or found.kind is not PeriodKind.MONTH:
            raise self._refused(key, given, OneOf(()))
        return found

    def one_of(self, key: str, default: E, kinds: type[E]) -> E:
        """A member of `kinds` by its value."""
        return self.member(key, self._plain.get(key, default.value), kinds)

    def member(self, key: str, given: object, kinds: type[E]) -> E:
        """The member of `kinds` with the value `given`, which stands under `key` or is that key itself."""
        found = next((kind for kind in kinds if kind.value == given and type(kind.value) is type(given)), None)
        if found is None:
            raise self._refused(key, given, OneOf(tuple(kind.value for kind in kinds)))
        return found

    def group(self, key: str, *within: str) -> "Chosen":
        """The settings within a setting, `within` by name where they are known; empty where it is absent."""
        given = self._plain.get(key, {})
        if not isinstance(given, Mapping):
            raise self._refused(key, given, OneOf(within))
        return Chosen(cast(Mapping[str, Any], given), self.named(key))

    def _refused(self, key: str, given: object, allowed: Allowed) -> BadSetting:
        return BadSetting(f"{self.named(key)} cannot be {given!r}", field=self.named(key), given=given, allowed=allowed)


def _is_whole(given: object) -> bool:
    """True and False are whole numbers to Python, but not to people."""
    return isinstance(given, int) and not isinstance(given, bool)


def _time(given: object) -> time | None:
    """The time of a text such as 07:30; None for anything else, and for a time that names a zone."""
    try:
        moment = time.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        return None
    return None if moment is None or moment.tzinfo else moment
