"""Doing at once what comes while the one before is under way: the more there is, the less each costs."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass
class _Group(Generic[T]):
    items: list[T] = field(default_factory=list)
    done: "asyncio.Task[None] | None" = None


class Together(Generic[T]):
    """Gathers items while `carry_out` is busy with those before, and gives it all of them at once."""

    def __init__(self, carry_out: Callable[[list[T]], Awaitable[None]]) -> None:
        self._carry_out = carry_out
        self._busy = asyncio.Lock()
        self._next: _Group[T] | None = None

    async def add(self, item: T) -> None:
        """Return when the item is carried out, or raise what its group raised. Whoever is cancelled leaves it there."""
        group = self._next
        if group is None:
            group = self._next = _Group[T]()
            group.done = asyncio.create_task(self._work(group))
        group.items.append(item)
        assert group.done is not None  # set with the group
        await asyncio.shield(group.done)

    async def finish(self) -> None:
        """Return when everything that was added is carried out."""
        group = self._next
        if group is not None and group.done is not None:
            await asyncio.wait((group.done,))
        async with self._busy:
            pass

    async def _work(self, group: _Group[T]) -> None:
        async with self._busy:
            self._next = None
            await self._carry_out(group.items)
