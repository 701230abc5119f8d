"""Files that mean harm cost a sentence: read in a process that takes 300 MB at most and is ended after its time.

Time is not asserted, but the process' own limit is: `LIMIT` and what it takes to begin stay below 10 seconds.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import xlsxwriter

from bot.documents.plan_reading.files.apart import LIMIT, outcome_apart, read_source_apart
from bot.documents.plan_reading.files.opening import read_source
from bot.documents.plan_reading.files.passing import from_json, to_json
from bot.documents.plan_reading.files.reading_process import MEMORY, SECONDS
from bot.documents.plan_reading.source import PlanRefused
from bot.documents.workbook_file import WorkbookRefused, open_workbook
from tests.bot.documents.plan_reading.packages import docx, ods, sheet_of, xlsx, zipped

MEGABYTE = 1 << 20
ONE = b"<c><v>1</v></c>"
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData/></worksheet>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><worksheet><sheetData/></worksheet>'


def pieces(piece: bytes, times: int) -> Iterable[bytes]:
    return (piece for _ in range(times))


def plain(path: Path, content: Iterable[bytes]) -> Path:
    with path.open("wb") as file:
        for piece in content:
            file.write(piece)
    return path


def truncated(path: Path) -> Path:
    whole = xlsx(path, sheet_of(*pieces(b"<row>" + ONE * 20 + b"</row>", 400))).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def nested(path: Path) -> Path:
    """A zip of zips, each of which unpacks to ten."""
    inner = zipped(path.with_name("inner.zip"), {"a": pieces(bytes(MEGABYTE), 64)}).read_bytes()
    middle = zipped(path.with_name("middle.zip"), {f"{number}.zip": inner for number in range(10)}).read_bytes()
    return zipped(path, {f"{number}.zip": middle for number in range(10)})


HOSTILE: dict[str, Callable[[Path], Path]] = {
    "a zip bomb": lambda path: xlsx(path, pieces(b" " * MEGABYTE, 210)),
    "a zip bomb below the limit": lambda path: xlsx(path, pieces(b" " * MEGABYTE, 50)),
    "zips within zips": nested,
    "thousands of parts": lambda path: zipped(path, {f"xl/{number}": b"" for number in range(3000)}),
    "a million rows": lambda path: xlsx(path, sheet_of(*pieces((b"<row>" + ONE + b"</row>") * 1000, 1000))),
    "rows a million apart": lambda path: xlsx(
        path, sheet_of(b"<row>" + ONE + b'</row><row r="1048576">' + ONE + b"</row>")
    ),
    "all columns": lambda path: xlsx(path, sheet_of(b"<row>" + ONE * 16384 + b"</row>")),
    "millions of coloured blank cells": lambda path: xlsx(
        path, sheet_of(*pieces(b"<row>" + b'<c s="1"/>' * 100 + b"</row>", 20_000))
    ),
    "merged cells over everything": lambda path: xlsx(
        path,
        (
            b'<worksheet><sheetData><row r="1"><c r="GA900"><v>1</v></c></row></sheetData>',
            *pieces(b'<mergeCell ref="A1:XFD1048576"/>' * 1000, 20),
            b"</worksheet>",
        ),
    ),
    "one text in many cells": lambda path: xlsx(
        path,
        sheet_of(b"<row>" + b'<c t="s"><v>0</v></c>' * 150 + b"</row>"),
        {"xl/sharedStrings.xml": "<sst><si><t>" + "a" * 32_000 + "</t></si></sst>"},
    ),
    "a cell of 50 MB": lambda path: xlsx(
        path, sheet_of(b'<row><c t="str"><v>', *pieces(b"a" * MEGABYTE, 50), b"</v></c></row>")
    ),
    "an attribute of 50 MB": lambda path: xlsx(
        path, sheet_of(b'<row><c t="', *pieces(b"a" * MEGABYTE, 50), b'"/></row>')
    ),
    "elements without end": lambda path: xlsx(path, pieces(b"<a>" * MEGABYTE, 20)),
    "a billion laughs": lambda path: xlsx(path, LAUGHS),
    "an entity of the machine": lambda path: xlsx(path, OUTSIDE),
    "broken XML": lambda path: xlsx(path, b"<worksheet><sheetData><row><c>"),
    "a truncated zip": truncated,
    "macros": lambda path: xlsx(path, b"<worksheet/>", {"xl/vbaProject.bin": b"x"}),
    "external links": lambda path: xlsx(path, b"<worksheet/>", {"xl/externalLinks/externalLink1.xml": b"<x/>"}),
    "a password": lambda path: plain(
        path, [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le") * 9]
    ),
    "a document of 200,000 rows": lambda path: docx(
        path, b"<w:tbl>", *pieces(b"<w:tr><w:tc><w:p/></w:tc></w:tr>" * 1000, 200), b"</w:tbl>"
    ),
    "a million paragraphs": lambda path: docx(path, *pieces(b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 1000, 1000)),
    "cells that repeat without end": lambda path: ods(
        path,
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float"'
        ' office:value="1" table:number-columns-repeated="16384"/></table:table-row>',
    ),
    "a line of 100 MB": lambda path: plain(path, pieces(b"a;" * (MEGABYTE // 2), 100)),
    "a line of 24 MB": lambda path: plain(path, pieces(b"a;" * (MEGABYTE // 2), 23)),
    "a text of 30 MB": lambda path: plain(path, pieces(b"a b c d\n" * (MEGABYTE // 8), 30)),
    "a text of 20 MB": lambda path: plain(path, pieces(b"a\tb\tc\td\n" * (MEGABYTE // 8), 20)),
    "NUL bytes": lambda path: plain(path, pieces(b"a\0b\1" * 1000, 10)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_costs_a_sentence_and_little_memory(name: str, tmp_path: Path) -> None:
    outcome = outcome_apart(HOSTILE[name](tmp_path / "rencana.xlsx"), "rencana.xlsx")
    assert outcome.source is None
    assert outcome.refused.endswith(".")
    assert ". " not in outcome.refused
    assert "mohon" in outcome.refused
    assert outcome.memory is None or outcome.memory < MEMORY


def test_the_limits_of_the_process_hold_what_is_promised() -> None:
    assert LIMIT < 10
    assert (MEMORY, SECONDS) == (300_000_000, 10)


@pytest.mark.parametrize(
    ("sheet", "more", "said"),
    [
        (sheet_of(*pieces(b"<row>" + ONE * 250 + b"</row>", 900)), {}, "terlalu besar"),
        (sheet_of(*pieces(b"<row>" + b"<c/>" * 1000 + b"</row>", 1600)), {}, "terlalu besar"),
        (sheet_of(), {"xl/sharedStrings.xml": [b"<sst>", b"a" * 11_000_000, b"</sst>"]}, "terlalu besar"),
        ((LAUGHS,), {}, "rusak"),
    ],
)
def test_an_office_workbook_is_measured_before_it_is_read(
    tmp_path: Path, sheet: tuple[bytes, ...], more: dict[str, Iterable[bytes]], said: str
) -> None:
    with pytest.raises(WorkbookRefused, match=said):
        open_workbook(xlsx(tmp_path / "kantor.xlsx", sheet, more))


def test_a_process_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "rencana.xlsx", sheet_of(*pieces(b"<row>" + b'<c s="1"/>' * 100 + b"</row>", 20_000)))
    outcome = outcome_apart(path, "rencana.xlsx", limit=0.0)
    assert (outcome.source, outcome.memory) == (None, None)
    assert "mohon" in outcome.refused


def test_a_sheet_that_only_claims_to_be_large_is_read(tmp_path: Path) -> None:
    sheet = b'<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row>' + ONE + b"</row></sheetData></worksheet>"
    assert len(read_source(xlsx(tmp_path / "a.xlsx", sheet)).tables[0].rows) == 1


def test_a_plan_of_400_rows_is_read_apart_as_it_is_read_here(tmp_path: Path) -> None:
    path = tmp_path / "rencana.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Renaksi")
    percent = book.add_format({"num_format": "0%", "bold": True})
    sheet.merge_range("A1:E1", "RENCANA AKSI")
    for row in range(1, 400):
        sheet.write_row(row, 0, [row, f"Indikator {row} tentang pelayanan kepada masyarakat", None, row * 1.5, "-"])
        sheet.write(row, 6, 0.25 + row / 1000, percent)
        sheet.write_formula(row, 7, "=1/0", None, "#DIV/0!")
    sheet.set_row(9, None, None, {"hidden": True})
    book.close()
    here = read_source(path, "Rencana Aksi.xlsx")
    assert read_source_apart(path, "Rencana Aksi.xlsx") == here
    assert (len(here.tables[0].rows), here.name, len(here.ignored)) == (399, "Rencana Aksi.xlsx", 1)


@pytest.mark.parametrize("plan", sorted((Path(__file__).parent / "plans").glob("*.txt")), ids=lambda path: path.stem)
def test_a_source_comes_back_from_json_as_it_was(plan: Path) -> None:
    source = read_source(plan)
    assert from_json(to_json(source)) == source


def test_a_refusal_is_handed_on(tmp_path: Path) -> None:
    path = tmp_path / "rencana.pdf"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(PlanRefused, match="PDF"):
        read_source_apart(path)
