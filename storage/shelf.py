"""What was read before and still holds, found again by what its content depends on.

A key says all that its value depends on. So a value is right in every process and every transaction, also in one that
is rolled back, and nothing ever has to be taken off the shelf; what was not asked for longest makes room.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

ValueT = TypeVar("ValueT")


class Shelf(Generic[ValueT]):
    """Up to `room` values by their keys, for all threads of a process."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._values: OrderedDict[Hashable, ValueT] = OrderedDict()
        self._lock = Lock()

    def take(self, key: Hashable) -> ValueT | None:
        """The value of a key, None where it does not stand there."""
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def put(self, key: Hashable, value: ValueT) -> ValueT:
        """Put a value where it is found by its key; return it."""
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            if len(self._values) > self._room:
                self._values.popitem(last=False)
        return value

    def taken(self, key: Hashable, make: Callable[[], ValueT]) -> ValueT:
        """The value of a key, made where it does not stand there."""
        found = self.take(key)
        return self.put(key, make()) if found is None else found
