"""Names of files lead nowhere, in and out, and what a form holds is never computed by whoever opens it."""

import csv
import io
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pytest
from docx import Document
from openpyxl import load_workbook

from bot.channels.file_names import LONGEST, file_name
from bot.documents.forms.as_csv import as_csv
from bot.documents.forms.as_docx import as_docx
from bot.documents.forms.as_pdf import as_pdf
from bot.documents.forms.as_xlsx import as_xlsx
from bot.documents.forms.paper import CellKind, FootLine, Heading, Line, Paper, Signer
from bot.documents.record_xlsx import xlsx_of
from bot.evidence_store import EvidenceStore
from bot.inspection import kinds
from bot.inspection.refusals import Refused
from domain.shown import shown
from tests.bot.documents.forms.papers import PAGU, STAMP

NAMES = (
    "../../etc/passwd", "..\\..\\Windows\\win.ini", "/etc/passwd", "C:\\a.pdf", "a/b/../c.pdf", ".bashrc", "..", ".",
    "\0.pdf", "a\r\nX-Header: b.pdf", "x" * 5000 + ".pdf", "laporan\u202efdp.exe", "~/.ssh/id", "COM1:", " ", "",
)  # fmt: skip
COMPUTED = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
WORDS = (
    "=1+1", "+62 812-0000-0001", "-5", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "\x07=1+1", "\u202e=1+1", " =1+1",
    "＝1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://contoh.invalid";"x")', "{=1+1}",
    "<b>&amp;</b>", "]]>", "\x1b[2J", "x" * 400,
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_file_that_is_sent_is_a_name_only(name: str) -> None:
    sent = file_name(name)
    assert sent and len(sent) <= LONGEST and sent.isprintable()
    assert not {*"/\\:"} & {*sent} and not sent.startswith(".")
    assert (Path("folder") / sent).resolve().parent == Path("folder").resolve()


async def test_a_file_that_comes_in_lies_under_its_hash_whatever_it_is_called(tmp_path: Path) -> None:
    """Its name is data beside it, and no name leads to anything."""

    async def pieces() -> AsyncIterator[bytes]:
        yield b"isi"

    store = EvidenceStore(tmp_path / "evidence")
    ref = (await store.put(pieces())).ref
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [ref]
    for name in (*NAMES, f"../{ref}", f"{ref}/..", ref.upper(), f"{ref}\n"):
        with pytest.raises(FileNotFoundError):
            store.read(name)


@pytest.mark.parametrize("name", ["a.html", "a.js", "a.svg", "a.exe", "a.bat", "a.hta"])
def test_a_page_or_program_is_not_taken_under_any_name(name: str) -> None:
    for data in (b"<html><script>alert(1)</script>", b"MZ\x90\0\x03", b"#!/bin/sh\nrm -rf /", b"<svg onload='x'/>"):
        with pytest.raises(Refused):
            kinds.mime_of(data, name)


def paper(words: str) -> Paper:
    """Words wherever people's words may stand, and a number beside them."""
    return Paper(
        name="data",
        title=(words,),
        headings=(Heading("a", words, 30), Heading("b", "Angka", 30, CellKind.NUMBER)),
        lines=(Line({"a": words, "b": PAGU}), Line(across=words)),
        stamp=STAMP,
        facts=(("Kantor", words),),
        foot=(FootLine(words, words),),
        signers=(Signer(words, words, words, words, words),),
        dateline=words,
    )


@pytest.mark.parametrize("words", WORDS)
def test_words_are_words_in_every_kind_of_form(words: str) -> None:
    """A number stays a number; the files open; nothing is a formula, a field or a link."""
    cells = [cell for row in load_workbook(io.BytesIO(as_xlsx(paper(words)))).worksheets[0].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert [cell.data_type for cell in cells if cell.value == PAGU] == ["n"]
    table = list(csv.reader(io.StringIO(as_csv(paper(words)).decode("utf-8-sig"), newline="")))
    assert not [cell for row in table[1:] for cell in row[:1] if cell.lstrip().startswith(COMPUTED)]
    assert table[1][1] == f"{PAGU:f}"
    assert not [word for row in table for cell in row for word in cell if shown(word) != word]
    written = as_docx(paper(words))
    assert Document(io.BytesIO(written)).tables
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        parts = [ElementTree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xml")]
    fields = {part.text for tree in parts for part in tree.iter() if part.tag.endswith("}instrText")}
    assert {str(field).strip() for field in fields} <= {"PAGE", "NUMPAGES"}
    with pypdfium2.PdfDocument(as_pdf(paper(words))) as printed:
        assert len(printed) >= 1


@pytest.mark.parametrize("words", WORDS)
def test_the_record_for_who_checks_is_words_too(words: str) -> None:
    sheet = load_workbook(io.BytesIO(xlsx_of("Catatan", (words,), [(words,)], (20,)))).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
