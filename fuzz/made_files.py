"""Files of Word and Excel round one part that is given: a zip whose bytes are changed is nothing but a broken zip."""

import io
import zipfile
from collections.abc import Mapping

_TYPES = {"[Content_Types].xml": "<Types/>"}
_MAIN = '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="{}"/></Relationships>'
_BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="r">'
    '<sheets><sheet name="{}" sheetId="1" r:id="s"/></sheets></workbook>'
)
_SHEETS = (
    '<Relationships><Relationship Id="s" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="t" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>'
)
_STRINGS = "<sst><si><t>Indikator</t></si><si><t>TW I</t></si><si><t>Target</t></si></sst>"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def xlsx(sheet: bytes, name: str = "A") -> bytes:
    """A workbook of one sheet of that name."""
    return zipped({
        **_TYPES, "_rels/.rels": _MAIN.format("xl/workbook.xml"), "xl/workbook.xml": _BOOK.format(name),
        "xl/_rels/workbook.xml.rels": _SHEETS, "xl/sharedStrings.xml": _STRINGS, "xl/worksheets/sheet1.xml": sheet,
    })  # fmt: skip


def docx(document: bytes) -> bytes:
    """A document with that body."""
    return zipped({**_TYPES, "_rels/.rels": _MAIN.format("word/document.xml"), "word/document.xml": document})


def ods(content: bytes) -> bytes:
    """A workbook of LibreOffice with that content."""
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": mime, "content.xml": content, "META-INF/manifest.xml": "<manifest/>"})


def part_of(file: bytes, name: str) -> bytes:
    """A part of a real file."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return archive.read(name)
