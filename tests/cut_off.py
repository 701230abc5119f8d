"""A connection that is lost while it is used, as where PostgreSQL is restarted or a network cable is pulled."""

from sqlalchemy import Connection, Engine, func, select

ENDED_WITHIN_MS = 20_000


def cut_off(engine: Engine, connection: Connection) -> None:
    """End a connection to PostgreSQL at the server's side; ours learns of it with its next statement."""
    backend = connection.execute(select(func.pg_backend_pid())).scalar_one()
    with engine.connect() as another:
        assert another.execute(select(func.pg_terminate_backend(backend, ENDED_WITHIN_MS))).scalar_one()
