"""One channel in a process that runs: through what it sends, and how it receives."""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.channels.base import Channel
from bot.parts import Part

if TYPE_CHECKING:  # who polls needs no web server
    from starlette.routing import BaseRoute


@dataclass(frozen=True)
class Line:
    """A channel that is open. `routes` are served for it; `run`, if any, is what it does itself until cancelled.

    `part` is the one that receives by it: without that part a process only sends.
    """

    channel: Channel
    close: Callable[[], Awaitable[None]]
    part: Part
    routes: "Sequence[BaseRoute]" = ()
    run: Callable[[], Coroutine[Any, Any, None]] | None = None
