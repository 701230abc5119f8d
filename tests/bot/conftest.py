"""The edge on a fresh database, closed again after the test."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.bot.edge import Edge


@pytest.fixture
async def open_edge(engine: Engine, tmp_path: Path) -> AsyncIterator[Callable[..., Edge]]:
    """Start one more process over the same database."""
    opened: list[Edge] = []

    def open_one(**about: Any) -> Edge:
        opened.append(Edge(engine, tmp_path, **about))
        return opened[-1]

    yield open_one
    for edge in opened:
        for event in edge.phones.hanging.values():
            event.set()
        await edge.program.close()


@pytest.fixture
def edge(open_edge: Callable[..., Edge]) -> Edge:
    """One process."""
    return open_edge()
