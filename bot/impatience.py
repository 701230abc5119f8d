"""HTTP connections that nobody keeps open by sending slowly, or nothing: uvicorn itself would wait for ever."""

import asyncio
from typing import cast

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

PATIENCE = 15.0
"""Seconds within which a request must have arrived whole; at most twice that, since it is looked at only so often.
Meta's longest call of 3 MB comes in two seconds over a line of 12 Mbit/s."""


class ImpatientProtocol(H11Protocol):
    """Closes a connection on which nothing has become whole from one look to the next."""

    patience = PATIENCE
    _seen: RequestResponseCycle | None = None
    _next_look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Begin to look."""
        super().connection_made(transport)
        self._next_look = self.loop.call_later(self.patience, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more."""
        if self._next_look is not None:
            self._next_look.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        present = cast("RequestResponseCycle | None", self.cycle)
        waits_for_them = present is None or present.response_complete or present.more_body
        if waits_for_them and present is self._seen:
            self.transport.close()
            return
        self._seen = present
        self._next_look = self.loop.call_later(self.patience, self._look)


def impatient(patience: float) -> type[ImpatientProtocol]:
    """The protocol with another patience, in seconds."""
    return type("ImpatientProtocol", (ImpatientProtocol,), {"patience": patience})
