"""Which kind of file somebody brought: our office workbook, or the plan that an office already has."""

import re
import zipfile
import zlib
from pathlib import Path

from bot.documents.workbook_layout import COLUMNS, Sheet, normal

_BOOK = "xl/workbook.xml"
_MOST_BYTES = 1_000_000
"""Of the list of sheets that are looked at; a workbook of 200 sheets needs a twentieth."""
_SHEET_NAME = re.compile(r"<(?:\w+:)?sheet\b[^>]*?\bname=\"([^\"]*)\"")
_HEADS = frozenset({normal(Sheet.OFFICE), normal(Sheet.POSTS)})


def is_office_workbook(path: Path) -> bool:
    """Whether a file is our workbook, whole or not: it has the sheet Kantor or Jabatan and one more of ours."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_BOOK) as part:
            listed = part.read(_MOST_BYTES).decode("utf-8", "replace")
    except (OSError, KeyError, ValueError, RuntimeError, EOFError, zlib.error, zipfile.BadZipFile):
        return False
    names = {normal(name) for name in _SHEET_NAME.findall(listed)}
    ours = names & {normal(sheet) for sheet in COLUMNS}
    return bool(ours & _HEADS) and len(ours) > 1
