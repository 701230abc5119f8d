"""Things that are made at their first use: a process that begins asks for messages before it can answer them."""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import Lock
from typing import Any, Generic, TypeVar, cast

S = TypeVar("S")
T = TypeVar("T")


class Late(Generic[T]):
    """Makes something once, whichever thread asks first."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: list[T] = []
        self._lock = Lock()

    def __call__(self) -> T:
        """What is made."""
        with self._lock:
            if not self._made:
                self._made.append(self._make())
            return self._made[0]


def part_of(whole: Late[S], part: Callable[[S], T]) -> T:
    """A part of what is made late, to be handed on before: the whole is made when the part is first used."""
    return cast("T", _Part(whole, part))


@contextmanager
def without(package: str) -> Generator[None]:
    """What is imported within finds a package as if it were not installed, unless it is imported already.

    For libraries that take along what they can do without. Used before there are other threads.
    """
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # pyright: ignore[reportArgumentType]  # as documented of `sys.modules`
    try:
        yield
    finally:
        del sys.modules[package]


class _Part:
    """Stands in for an object or a mapping."""

    def __init__(self, whole: Late[Any], part: Callable[[Any], Any]) -> None:
        self._whole = whole
        self._part = part

    def __getattr__(self, name: str) -> Any:
        return getattr(self._part(self._whole()), name)

    def __getitem__(self, key: str) -> Any:
        return self._part(self._whole())[key]
