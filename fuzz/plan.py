"""Plans of every kind of file: understood, or refused with a sentence, and nothing else."""

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from bot.documents.plan_reading.files.opening import read_source
from bot.documents.plan_reading.read_file import reading_of
from bot.documents.plan_reading.source import PlanRefused
from fuzz import made_files

_PLANS = Path(__file__).parent.parent / "tests" / "bot" / "documents" / "plan_reading"
_KINDS: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
    ("rencana.xlsx", made_files.xlsx),
    ("rencana.docx", made_files.docx),
    ("rencana.ods", made_files.ods),
    ("rencana.csv", bytes),
    ("rencana.txt", bytes),
    ("rencana.xls", bytes),
    ("rencana.xlsx", bytes),
)
"""What the first byte chooses: the name of the file, and what is made of the other bytes."""


def check(data: bytes) -> None:
    """The file is read in this process, whose limits are those of the fuzzer."""
    name, made = _KINDS[data[0] % len(_KINDS) if data else 0]
    with tempfile.TemporaryDirectory(prefix="renaksi-fuzz-") as folder:
        path = Path(folder) / name
        path.write_bytes(made(data[1:]))
        try:
            reading_of(read_source(path), 2022)
        except PlanRefused as refused:
            assert str(refused)


def seeds() -> Iterable[bytes]:
    """Small plans of every kind."""
    table = (("Indikator", "Satuan", "Target", "TW I", "TW II", "TW III", "TW IV"), ("Surat", "surat", *"40123"))
    rows = "".join(
        f'<row r="{y}">' + "".join(
            f'<c r="{"ABCDEFG"[x]}{y}" t="inlineStr"><is><t>{word}</t></is></c>' for x, word in enumerate(row)
        ) + "</row>"
        for y, row in enumerate(table, 1)
    )  # fmt: skip
    yield b"\x00" + f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()
    values = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1.5</v></c></row>'
    yield b"\x00" + f"<worksheet><sheetData>{values}</sheetData></worksheet>".encode()
    body = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{word}</w:t></w:r></w:p></w:tc>" for word in row) + "</w:tr>"
        for row in table
    )
    yield b"\x01" + f'<w:document xmlns:w="w"><w:body><w:tbl>{body}</w:tbl></w:body></w:document>'.encode()
    yield b"\x02" + made_files.part_of((_PLANS / "workbooks" / "kasus.ods").read_bytes(), "content.xml")
    lines = "\n".join(";".join(row) for row in table).encode()
    yield b"\x03" + lines
    yield b"\x04" + lines
    yield b"\x04" + (_PLANS / "plans" / "sidayu-2020.txt").read_bytes()[:6000]
    yield b"\x05" + (_PLANS / "workbooks" / "kasus.xls").read_bytes()
