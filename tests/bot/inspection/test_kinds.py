"""What a file is, by its content and never by its name."""

import io
import zipfile

import pytest

from bot.inspection.kinds import mime_of
from bot.inspection.office_files import PARTS
from bot.inspection.refusals import Refused
from tests.bot.inspection import files
from tests.photos import photo

OFFICE = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
TAKEN = {
    "a photo": (photo(), "image/jpeg"),
    "a screenshot": (files.png_of(4, 4), "image/png"),
    "WebP": (files.webp_that_says(4, 4), "image/webp"),
    "an iPhone's photo": (files.boxes(b"heic"), "image/heic"),
    "PDF": (files.PDF, "application/pdf"),
    "PDF after blanks": (b"\xef\xbb\xbf\r\n" + files.PDF, "application/pdf"),
    "xlsx": (files.zipped(files.CONTENT_TYPES, "xl/workbook.xml"), f"{OFFICE}spreadsheetml.sheet"),
    "docx": (files.zipped(files.CONTENT_TYPES, "word/document.xml"), f"{OFFICE}wordprocessingml.document"),
    "ods": (files.open_document("spreadsheet"), f"{ODF}spreadsheet"),
    "odt": (files.open_document("text"), f"{ODF}text"),
    "xls": (files.compound("Workbook"), "application/vnd.ms-excel"),
    "an older xls": (files.compound("Book"), "application/vnd.ms-excel"),
    "doc": (files.compound("WordDocument"), "application/msword"),
    "csv": (b"desa;buku\nTamblang;1\nBukti;2\n", "text/csv"),
    "csv of Excel in Unicode": ("desa\tbuku\nBukti\t2\n".encode("utf-16"), "text/csv"),
    "txt": ("Rapat selesai; hadir 12 orang – lengkap.\nTerima kasih.".encode("cp1252"), "text/plain"),
    "a voice note": (files.ogg(b"OpusHead\x01\x01"), "audio/ogg"),
    "mp3": (files.mp3(), "audio/mpeg"),
    "mp3 with a tag": (files.mp3(b"ID3\x04\0\0\0\0\0\x0a" + bytes(10)), "audio/mpeg"),
    "m4a": (files.boxes(b"M4A ", b"soun"), "audio/mp4"),
    "amr": (b"#!AMR\n" + bytes(40), "audio/amr"),
    "mp4": (files.boxes(b"isom", b"vide", b"soun"), "video/mp4"),
    "mp4 with sound only": (files.boxes(b"mp42", b"soun"), "audio/mp4"),
    "an iPhone's video": (files.boxes(b"qt  ", b"vide", b"soun"), "video/quicktime"),
    "3gp": (files.boxes(b"3gp5", b"soun", b"vide"), "video/3gpp"),
}
UNKNOWN = {
    "a program": files.EXE,
    "a program for Linux": b"\x7fELF\x02\x01\x01" + bytes(100),
    "a script of a shell": b"#!/bin/sh\nrm -rf ~\n",
    "a script of Windows": b"@echo off\r\ndel *.*\r\n",
    "a web page": b"<!DOCTYPE html><html><body onload=alert(1)></body></html>",
    "a page in disguise": b"Laporan Maret\n\n<script>alert(1)</script>",
    "SVG": files.SVG,
    "RTF": rb"{\rtf1\ansi laporan}",
    "zip": files.zipped("foto.jpg"),
    "a zip bomb": files.zip_bomb(),
    "a zip of too many files": files.zipped(files.CONTENT_TYPES, "xl/workbook.xml", *map(str, range(PARTS))),
    "a workbook with macros": files.zipped(files.CONTENT_TYPES, "xl/workbook.xml", "xl/vbaProject.bin"),
    "slides": files.zipped(files.CONTENT_TYPES, "ppt/presentation.xml"),
    "an app": files.zipped("AndroidManifest.xml", "classes.dex"),
    "an OpenDocument of another kind": files.open_document("presentation"),
    "an installer": files.compound("Property"),
    "a stream in a mail": files.OLE + b"Workbook\0".ljust(500, b"\0"),
    "gif": b"GIF89a" + bytes(50),
    "avif": files.boxes(b"avif"),
    "ogg of pictures": files.ogg(b"\x80theora"),
    "rar": b"Rar!\x1a\x07\x01\x00" + bytes(50),
    "7z": b"7z\xbc\xaf\x27\x1c" + bytes(50),
    "noise": bytes(range(256)) * 8,
    "bytes that only look like sound": b"\xff\xfb\x90\x00 dan kata-kata",
}
BROKEN = {
    "nothing": b"",
    "half a docx": files.zipped(files.CONTENT_TYPES, "word/document.xml")[:60],
    "a video without a track": files.boxes(b"isom"),
}


@pytest.mark.parametrize("what", TAKEN)
def test_what_an_office_can_use_is_known(what: str) -> None:
    data, mime = TAKEN[what]
    assert mime_of(data) == mime


@pytest.mark.parametrize("what", TAKEN)
def test_a_name_makes_nothing_of_a_file(what: str) -> None:
    data, mime = TAKEN[what]
    if not mime.startswith("text/"):
        assert mime_of(data, "berkas.exe") == mime


@pytest.mark.parametrize("what", UNKNOWN)
@pytest.mark.parametrize("name", ["", "laporan.pdf", "foto.jpg", "data.csv"])
def test_everything_else_is_refused_whatever_it_is_called(what: str, name: str) -> None:
    with pytest.raises(Refused) as refused:
        mime_of(UNKNOWN[what], name)
    assert refused.value.reason == "unknown_kind"


@pytest.mark.parametrize("what", BROKEN)
def test_what_cannot_be_whole_is_broken(what: str) -> None:
    with pytest.raises(Refused) as refused:
        mime_of(BROKEN[what])
    assert refused.value.reason == "broken"


@pytest.mark.parametrize(
    ("name", "is_taken"),
    [
        ("", True),
        ("catatan.txt", True),
        ("Rapat Kec. Kubutambahan", True),
        ("a.JS", False),
        ("a.hta", False),
        ("x.py", False),
    ],
)
def test_a_text_that_would_be_run_by_its_name_is_refused(name: str, is_taken: bool) -> None:
    words = b"alert(document.title)"
    if is_taken:
        assert mime_of(words, name) == "text/plain"
    else:
        with pytest.raises(Refused):
            mime_of(words, name)


def test_an_office_file_is_not_unpacked() -> None:
    whole = bytearray(files.zipped(files.CONTENT_TYPES, "word/document.xml"))
    whole[whole.index(b"<xml/>")] ^= 0xFF
    assert mime_of(bytes(whole)).endswith("wordprocessingml.document")
    with pytest.raises(zipfile.BadZipFile):
        _unpack(bytes(whole))


def _unpack(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.read(archive.namelist()[0])
