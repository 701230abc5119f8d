"""Files as nobody's program writes them, part by part: for what is hostile, broken or rare."""

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.documents.plan_reading.source import Cell, Source

_WORKBOOK = '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="s"/></sheets></workbook>'
_SHEETS = (
    '<Relationships><Relationship Id="s" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="t" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>'
)
_OPEN_DOCUMENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="A">{}</table:table></office:spreadsheet></office:body>'
    "</office:document-content>"
)

Parts = Mapping[str, str | bytes | Iterable[bytes]]


def zipped(path: Path, parts: Parts) -> Path:
    """A zip of parts; those that are large come in pieces."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if isinstance(content, str | bytes):
                archive.writestr(name, content)
                continue
            with archive.open(name, "w") as part:
                for piece in content:
                    part.write(piece)
    return path


def office(main: str) -> dict[str, str]:
    """What every file of Word or Excel begins with."""
    relationship = f'<Relationship Id="r" Type="x/officeDocument" Target="{main}"/>'
    return {"[Content_Types].xml": "<Types/>", "_rels/.rels": f"<Relationships>{relationship}</Relationships>"}


def xlsx(path: Path, sheet: bytes | Iterable[bytes], more: Parts | None = None) -> Path:
    """A workbook of one sheet."""
    parts = {"xl/workbook.xml": _WORKBOOK, "xl/_rels/workbook.xml.rels": _SHEETS, "xl/worksheets/sheet1.xml": sheet}
    return zipped(path, {**office("xl/workbook.xml"), **parts, **(more or {})})


def sheet_of(*pieces: bytes) -> tuple[bytes, ...]:
    """The part of a sheet with these rows."""
    return (b"<worksheet><sheetData>", *pieces, b"</sheetData></worksheet>")


def docx(path: Path, *body: bytes, more: Parts | None = None) -> Path:
    """A document with this body."""
    pieces = (b'<w:document xmlns:w="w"><w:body>', *body, b"</w:body></w:document>")
    return zipped(path, {**office("word/document.xml"), "word/document.xml": pieces, **(more or {})})


def ods(path: Path, rows: str, more: Parts | None = None) -> Path:
    """A workbook of LibreOffice with one sheet."""
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    parts = {"mimetype": mime, "content.xml": _OPEN_DOCUMENT.format(rows), "META-INF/manifest.xml": "<manifest/>"}
    return zipped(path, {**parts, **(more or {})})


def texts(source: Source) -> list[list[tuple[str, ...]]]:
    """What is seen in every row of every table."""
    return [[row.texts for row in table.rows] for table in source.tables]


def cells(source: Source) -> dict[str, Cell]:
    """The cells of a workbook by their place, those with something in or about them."""
    found = (cell for table in source.tables for row in table.rows for cell in row.cells)
    return {cell.place.words(): cell for cell in found if cell.text or cell.oddity or cell.rows + cell.columns > 2}
