"""Under what name each channel of this installation is found, as its provider last said."""

from collections.abc import Mapping

from sqlalchemy import Connection, select, update

from domain.doors import Doors
from storage import schema
from storage.rows import add_once

_door = schema.door


def known(connection: Connection) -> Doors:
    """Through which channels people can join; none before the program has run with a channel."""
    names = {row.channel: row.name for row in connection.execute(select(_door.c.channel, _door.c.name))}
    return Doors(names.get("telegram", ""), names.get("whatsapp", ""))


def note(connection: Connection, names: Mapping[str, str]) -> None:
    """Remember the names of channels."""
    for channel, name in names.items():
        if not connection.execute(update(_door).where(_door.c.channel == channel).values(name=name)).rowcount:
            add_once(connection, _door, {"channel": channel, "name": name})
