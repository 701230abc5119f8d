"""Which office a command is about."""

from storage.engine import Connection
from storage.offices import names


class WhichOffice(Exception):
    """No office, or more than one, fits; the message says what to do."""


def find_office(connection: Connection, name: str | None) -> int:
    """The office of that name, or the only one. Raises WhichOffice."""
    known = names(connection)
    if not known:
        raise WhichOffice("Belum ada kantor. Muat dulu buku kerjanya: renaksi load BERKAS.xlsx")
    found = [key for key, title in known.items() if name is None or title.casefold() == name.casefold()]
    if len(found) != 1:
        listed = ", ".join(known.values())
        raise WhichOffice(f"Sebutkan kantornya dengan --office. Yang ada: {listed}.")
    return found[0]
