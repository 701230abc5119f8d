"""Which office a command is about."""

from bot.refused import Refused
from storage.engine import Connection
from storage.offices import names


def find_office(connection: Connection, name: str | None) -> int:
    """The office of that name, or the only one. Raises Refused for none or more than one."""
    known = names(connection)
    if not known:
        raise Refused("Belum ada kantor. Muat dulu buku kerjanya: renaksi load BERKAS.xlsx")
    found = [key for key, title in known.items() if name is None or title.casefold() == name.casefold()]
    if len(found) != 1:
        listed = ", ".join(known.values())
        raise Refused(f"Sebutkan kantornya dengan --office. Yang ada: {listed}.")
    return found[0]
