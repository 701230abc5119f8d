"""Any file that somebody sent as a plan, made into its tables and lines; or a sentence that says why not.

The kind is told by the content: offices send an old .xls named .xlsx and a page of the web named .xls. Workbooks are
what they mostly send; what reads another kind is imported with the first file of it.
"""

import re
import struct
import zlib
from pathlib import Path

from bot.documents.plan_reading.files.decoding import decoded
from bot.documents.plan_reading.files.from_xlsx import read_xlsx
from bot.documents.plan_reading.files.limits import FILE_BYTES, too_large
from bot.documents.plan_reading.files.package import Package, broken, locked
from bot.documents.plan_reading.source import PlanRefused, Source
from bot.inspection.office_files import COMPOUND_MARK, ZIP_MARK
from bot.refused import why

_ANY_ZIP = (ZIP_MARK, b"PK\x05\x06", b"PK\x07\x08")
_AS_OFFICE = "mohon simpan sebagai .docx atau .xlsx lalu kirim lagi."
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_PICTURE_BOXES = (b"ftyphei", b"ftyphev", b"ftypmif")
_WEB_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|table|meta|\?xml|div)\b", re.IGNORECASE)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_XLS_STREAMS = tuple(f"{name}\0".encode("utf-16-le") for name in ("Workbook", "Book"))
_DOC_STREAM = "WordDocument\0".encode("utf-16-le")
_XLSX, _DOCX, _XLSB = "xl/workbook.xml", "word/document.xml", "xl/workbook.bin"
_CONTENT_TYPES = "[content_types].xml"
_ODS, _ODT = "application/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.text"
_ODS_CONTENT, _MANIFEST, _MIME = "content.xml", "meta-inf/manifest.xml", "mimetype"
_CSV_ENDINGS = (".csv", ".tsv")


def read_source(path: Path, name: str = "") -> Source:
    """The tables and lines of a file. `name` is what people call it, by default the file's own name.

    Raises PlanRefused. What a hostile file can make of the process is bounded by `apart.read_source_apart` only.
    """
    name = name or path.name
    data = _bytes_of(path)
    _refuse_other_kinds(data)
    try:
        if data.startswith(COMPOUND_MARK):
            return _read_compound(data, name)
        if data.startswith(_ANY_ZIP):
            return _read_zip(path, data, name)
        return _read_plain(decoded(data), name)
    # what a damaged part makes a reader stumble over says no more than that it is damaged
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, struct.error, zlib.error) as error:
        raise broken() from error


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > FILE_BYTES:
            raise too_large()
        data = path.read_bytes()
    except OSError as failed:
        raise PlanRefused(f"Berkas tidak dapat dibuka: {why(failed)}.") from failed
    if not data.strip(b"\0 \t\r\n"):
        raise PlanRefused("Berkas ini kosong, mohon kirim berkas yang berisi.")
    return data


def _refuse_other_kinds(data: bytes) -> None:
    if b"%PDF-" in data[:1024]:
        raise PlanRefused(f"PDF belum dapat dibaca, {_AS_OFFICE}")
    if data.startswith(b"{\\rtf"):
        raise PlanRefused(f"Berkas RTF tidak dapat dibaca, {_AS_OFFICE}")
    is_picture = data.startswith(_PICTURES) or data[4:11] in _PICTURE_BOXES
    if is_picture or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        raise PlanRefused("Foto tidak dapat dibaca sebagai rencana aksi, mohon kirim berkas .docx atau .xlsx-nya.")
    if _WEB_PAGE.match(data[:1024]):
        raise PlanRefused("Isi berkas ini halaman web, mohon buka di Excel lalu simpan sebagai .xlsx.")


def _read_compound(data: bytes, name: str) -> Source:
    if _ENCRYPTED in data:
        raise locked()
    if any(stream in data for stream in _XLS_STREAMS):
        from bot.documents.plan_reading.files.from_xls import read_xls

        return read_xls(data, name)
    if _DOC_STREAM in data:
        raise PlanRefused("Berkas Word lama (.doc) tidak dapat dibaca, mohon simpan sebagai .docx lalu kirim lagi.")
    raise _unknown()


def _read_zip(path: Path, data: bytes, name: str) -> Source:
    with Package(path) as package:
        main = package.main_part() if _CONTENT_TYPES in package.names else ""
        kind = main.lower()
        if _has_macros(package):
            from bot.documents.plan_reading.files.from_xls import with_macros

            raise with_macros()
        if kind == _XLSB:
            raise PlanRefused("Berkas .xlsb tidak dapat dibaca, mohon simpan sebagai .xlsx lalu kirim lagi.")
        if kind.startswith("xl/") or (not kind and _XLSX in package.names):
            return read_xlsx(package, main or _XLSX, name)
        if kind.startswith("word/") or (not kind and _DOCX in package.names):
            from bot.documents.plan_reading.files.from_docx import read_docx

            return read_docx(package, main or _DOCX, name)
        if _MIME not in package.names:
            raise _unknown()
        return _read_open_document(package, data, name)


def _has_macros(package: Package) -> bool:
    if any(part.endswith("vbaproject.bin") or part.startswith(("basic/", "scripts/")) for part in package.names):
        return True
    return _CONTENT_TYPES in package.names and "macroenabled" in package.text(_CONTENT_TYPES).lower()


def _read_open_document(package: Package, data: bytes, name: str) -> Source:
    kind = package.text(_MIME, 100).strip()
    if _MANIFEST in package.names and "encryption-data" in package.text(_MANIFEST):
        raise locked()
    if kind == _ODT:
        raise PlanRefused("Berkas .odt tidak dapat dibaca, mohon simpan sebagai .docx lalu kirim lagi.")
    if kind != _ODS:
        raise _unknown()
    from bot.documents.plan_reading.files.from_xls import read_ods

    return read_ods(data, package, _ODS_CONTENT, name)


def _read_plain(text: str, name: str) -> Source:
    """A text, or values divided by signs, as the name says or as it looks."""
    from bot.documents.plan_reading.files.from_csv import delimiter_of, read_csv
    from bot.documents.plan_reading.files.from_text import read_text

    if name.lower().endswith(_CSV_ENDINGS):
        return read_csv(text, name)
    read = read_text(text, name)
    # rows of semicolons are values: commas alone are those of sentences
    has_values = ";" in text and delimiter_of(text) == ";"
    return read_csv(text, name) if has_values and not read.tables else read


def _unknown() -> PlanRefused:
    return PlanRefused(f"Jenis berkas ini tidak dikenali, {_AS_OFFICE}")
