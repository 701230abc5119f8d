"""Reading the sheet `Tanda tangan`: who signs the official forms."""

from collections.abc import Sequence

from bot.documents.workbook_cells import Row
from domain.plan import SignerRow


def read_signers(rows: Sequence[Row]) -> tuple[SignerRow, ...]:
    """The signers in the order of the sheet; all but the role may be left to be written by hand.

    A title need not be a post of the office: a form may be signed by somebody of the kabupaten.
    """
    return tuple(
        SignerRow(
            role=row.line("Peran", required=True),
            title=row.line("Jabatan"),
            name=row.line("Nama"),
            rank=row.line("Pangkat"),
            number=row.digits("NIP"),
        )
        for row in rows
    )
