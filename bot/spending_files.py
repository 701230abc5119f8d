"""The job that reads a file of realisasi keuangan from our own store."""

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from bot.documents.spending_file import read_spending
from bot.evidence_store import EvidenceStore
from bot.jobs import Work
from handlers.money import ReadSpending

_LOST = "Berkas itu belum berhasil dibaca, mohon simpan ulang sebagai .xlsx lalu kirim sekali lagi."


def spending_files(store: EvidenceStore) -> Work:
    """Reads the stored file that a job's details name."""
    return Work(partial(_read, store), ReadSpending(refused=_LOST).model_dump(mode="json"))


def _read(store: EvidenceStore, details: dict[str, Any]) -> dict[str, Any]:
    """`details` are the file's `ref` and the `caption` beside it. openpyxl goes by a file's ending, so it gets one."""
    with tempfile.TemporaryDirectory(prefix="renaksi-") as folder:
        path = Path(folder) / "keuangan.xlsx"
        path.write_bytes(store.read(details["ref"]))
        read = read_spending(path)
    return read.model_copy(update={"caption": details["caption"]}).model_dump(mode="json")
