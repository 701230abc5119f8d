"""Processes that draw: what is slow neither holds up the chat nor lasts longer than it may.

A thread cannot be ended from outside and shares the interpreter with the chat; a process can, and does not. Drawers
begin with the first work, stay for the next, and end when there was none for a while, or with the program, whichever
way that ends.
"""

import multiprocessing
import signal
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeAlias

from bot import drawing
from bot.crew import REST, Crew

Work: TypeAlias = Callable[..., bytes]
"""A function of a module, which a drawer can import."""

DRAWERS = 2
"""Works under way at once: more processes than cores only wait for each other."""
LIMIT = 30.0
"""Seconds that a work may take. A picture takes well below one, a form of a large office a few on a slow machine."""
START_LIMIT = 60.0
"""Seconds that a drawer may take to begin."""
_READY = b""


class NotDrawn(Exception):
    """A work came to nothing: it failed, took too long, or ended its drawer."""


class Drawers:
    """Up to `most` processes for work that is slow."""

    def __init__(self, most: int = DRAWERS, *, rest: float = REST) -> None:
        """`rest` is how long they stay without work, in seconds."""
        self._crew = Crew(_Drawer, most, "drawer", rest=rest, at_rest=_end_their_parent)

    async def draw(self, work: Work, *given: Any, limit: float = LIMIT) -> bytes:
        """What the work makes of what it is given. Raises NotDrawn where it fails, and after `limit` seconds."""
        return await self._crew.do(lambda drawer: drawer.do(work, given, limit))

    def drawn(self, work: Work, *given: Any, limit: float = LIMIT) -> bytes:
        """The same, in the thread of the caller."""
        return self._crew.done(lambda drawer: drawer.do(work, given, limit))

    def close(self) -> None:
        """End every drawer, whatever it is at."""
        self._crew.close()


class _Drawer:
    """One process, and the pipe to it."""

    def __init__(self) -> None:
        here, there = _processes.Pipe()
        self._pipe = here
        self._process = _processes.Process(target=_serve, args=(there,), name="drawer", daemon=True)
        self._process.start()
        there.close()
        self._is_ready = False

    def do(self, work: Work, given: tuple[Any, ...], limit: float) -> bytes:
        """Have it done. Raises NotDrawn, after which the drawer is to be ended."""
        if not self._is_ready:
            self._answer(START_LIMIT)
            self._is_ready = True
        self._ask(work, given)
        result = self._answer(limit)
        if isinstance(result, bytes):
            return result
        raise NotDrawn(result)

    def is_alive(self) -> bool:
        """Whether the process has not ended by itself."""
        return self._process.is_alive()

    def end(self) -> None:
        """End the process, whatever it is at."""
        self._process.kill()
        self._process.join()

    def _ask(self, work: Work, given: tuple[Any, ...]) -> None:
        try:
            self._pipe.send((work, given))
        except OSError as gone:
            raise NotDrawn("the drawer has ended") from gone

    def _answer(self, limit: float) -> bytes | str:
        """What the process sends: the result, or why there is none."""
        try:
            if self._pipe.poll(limit):
                return self._pipe.recv()
        except (EOFError, OSError) as gone:
            raise NotDrawn("the drawer has ended") from gone
        raise NotDrawn(f"not done after {limit:g} seconds")


def _serve(pipe: Connection) -> None:
    """Work until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the program ends its drawers
    drawing.warm_up()
    pipe.send(_READY)
    while True:
        try:
            work, given = pipe.recv()
        except EOFError:
            return
        pipe.send(_tried(work, given))


def _tried(work: Work, given: tuple[Any, ...]) -> bytes | str:
    """The result, or what went wrong and where."""
    try:
        return work(*given)
    except Exception:  # the program raises NotDrawn with it, logs it, and ends this process
        return traceback.format_exc()


def _context() -> Any:
    """How processes begin: from one that has imported everything where the system can, else anew."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([drawing.__name__, *drawing.HEAVY])
    return context


def _end_their_parent() -> None:
    """The process that has imported everything takes 50 MB; the next drawer begins it anew."""
    if _processes.get_start_method() == "forkserver":
        from multiprocessing.forkserver import _forkserver as parent  # pyright: ignore[reportPrivateUsage]  # no public way

        parent._stop()  # pyright: ignore[reportPrivateUsage, reportAttributeAccessIssue]  # as the interpreter's own tests do


_processes = _context()
