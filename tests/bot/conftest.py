"""The edge on a fresh database, closed again after the test."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.settings import Settings
from tests.bot.edge import Edge
from tests.bot.terminal import Terminal


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


@pytest.fixture
def renaksi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """A terminal in an empty folder, without any setting."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    return Terminal(capsys)
