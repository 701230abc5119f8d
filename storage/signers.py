"""Who signs the official forms of an office: entered with its workbook, read for the forms."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, select

from domain.plan import SignerRow
from storage import schema
from storage.rows import add_all

_signer = schema.signer


def enter(connection: Connection, office_id: int, signers: Iterable[SignerRow]) -> None:
    """The signers of a workbook in place of those of the workbook before."""
    connection.execute(delete(_signer).where(_signer.c.office_id == office_id))
    entered = [
        {
            "office_id": office_id,
            "position": position,
            "role": signer.role,
            "title": signer.title,
            "name": signer.name,
            "rank": signer.rank,
            "number": signer.number,
        }
        for position, signer in enumerate(signers)
    ]
    add_all(connection, _signer, entered)


def of_office(connection: Connection, office_id: int) -> tuple[SignerRow, ...]:
    """Who signs, in the order in which the workbook names them."""
    rows = connection.execute(select(_signer).where(_signer.c.office_id == office_id).order_by(_signer.c.position))
    return tuple(SignerRow(row.role, row.title, row.name, row.rank, row.number) for row in rows)
