"""Files of realisasi keuangan that are sent in transcripts, by name, and the work on them as a process does it."""

import hashlib
import tempfile
from pathlib import Path
from typing import Any

from bot.documents.spending_file import read_spending
from handlers.messages import Worked
from handlers.my_data import COPY
from storage import jobs
from storage.engine import Connection
from storage.jobs import Claimed
from tests.bot.documents.workbooks import Cells, save
from tests.transcripts import kabupaten_sheets, plan_sheets

_HEADINGS = ["Kode Rekening", "Uraian", "Pagu", "Realisasi Keuangan", "Fisik (%)"]


def _rows(title: str | None, *figures: tuple[Any, Any]) -> Cells:
    """The lines of the plan "anggaran" with what was spent and built of each, and their total."""
    codes = ("7.01.01.2.02.01", "7.01.01.2.02.07", "7.01.01.2.06.01", "7.01.01.2.06.05")
    lines = [[code, f"Baris {code}", None, *pair] for code, pair in zip(codes, figures, strict=False)]
    heading: Cells = [["Realisasi fisik dan keuangan"], [title], _HEADINGS]
    return [*heading, ["7.01.01", "Penunjang Urusan", None, 218_000_000, None], *lines, [None, "Jumlah", None, 1, None]]


SHEETS: dict[str, dict[str, Cells]] = {
    "rfk-maret.xlsx": {
        "RFK": _rows("s/d bulan Maret 2022", (217_500_000, 24), (2_440_000, 45), (500_000, 20), (5_400_000, 50))
    },
    "rfk-ragu.xlsx": {
        "Maret": [
            *_rows(None, (217_500_000, 24), (54_400_000, 45), ("#REF!", 20), (-5, 50)),
            ["7.01.01.2.09.99", "Baris lama", None, 1_000_000, 10],
        ]
    },
    "rfk-tanpa-bulan.xlsx": {"Sheet1": _rows(None, (217_500_000, 24), (2_440_000, None))},
    "daftar-hadir.xlsx": {"Hadir": [["No", "Nama"], [1, "Pak Joko"]]},
}


def work(connection: Connection, now: Any) -> bool:
    """Read one file that waits; False where none does."""
    claimed = jobs.claim(connection, "test", now)
    if claimed is None:
        return False
    is_of_kabupaten = claimed.kind in kabupaten_sheets.KINDS
    result = kabupaten_sheets.result_of(connection, claimed) if is_of_kabupaten else _result(claimed)
    said = Worked(job=claimed.kind, result=result)
    return jobs.settle(connection, claimed, "done", said.model_dump(mode="json"), now)


def _result(job: Claimed) -> dict[str, Any]:
    if job.kind in plan_sheets.KINDS:
        return plan_sheets.result_of(job)
    return {"ref": _ref(COPY)} if job.kind == COPY else _read(job.details)


def _read(details: dict[str, Any]) -> dict[str, Any]:
    content = next(SHEETS[name] for name in SHEETS if _ref(name) == details["ref"])
    with tempfile.TemporaryDirectory() as folder:
        read = read_spending(save(Path(folder) / "sent.xlsx", content))
    return read.model_copy(update={"caption": details["caption"]}).model_dump(mode="json")


def _ref(name: str) -> str:
    """The hash that a transcript gives a file of that name."""
    return hashlib.sha256(f"dokumen {name}".encode()).hexdigest()
