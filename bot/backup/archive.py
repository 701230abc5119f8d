"""The file of a backup: a ZIP with every table as lines of JSON, the evidence, and a manifest with the hash of each.

It is read piece by piece, so that its size needs no memory. The evidence of a nightly backup lies beside it, in a
folder that all of them share: a photo never changes, and thirty copies of it would fill the disk.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from storage.dump import Counting, Rows

FORMAT = 1
"""The newest form of the file that this program knows."""
MANIFEST = "manifest.json"
TABLES, EVIDENCE = "tables", "evidence"
"""The folders in the file."""
BESIDE = "bukti"
"""The folder beside nightly backups that has their evidence."""
PIECE = 1024 * 1024
"""Bytes that are in memory at a time."""


class Unusable(Exception):
    """The file is no backup of ours, is damaged, or lacks something; the message is a sentence in Indonesian."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `made_at` is the moment whose state it is, `revision` that of its tables.

    `running` says that the program ran meanwhile. `evidence` are the refs of the files, which lie beside the backup
    where they are `apart`; `damaged` those that were broken in the store already and are not in it.
    """

    made_at: datetime
    program: str
    revision: str
    running: bool
    tables: Mapping[str, Rows]
    evidence: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    apart: bool = False

    def to_json(self) -> bytes:
        """What `from_json` reads back."""
        plain = {
            "format": FORMAT,
            "made_at": self.made_at.isoformat(),
            "program": self.program,
            "revision": self.revision,
            "running": self.running,
            "tables": {
                name: {"columns": rows.columns, "rows": rows.number, "sha256": rows.sha256}
                for name, rows in self.tables.items()
            },
            "apart": self.apart,
            "damaged": self.damaged,
            "evidence": self.evidence,
        }
        return json.dumps(plain, indent=1).encode()

    @classmethod
    def from_json(cls, written: bytes) -> Self:
        """Read a manifest. Raises Unusable."""
        try:
            plain: dict[str, Any] = json.loads(written)
            if plain["format"] > FORMAT:
                raise Unusable("Cadangan ini ditulis Renaksi yang lebih baru; perbarui programnya dulu.")
            return cls(
                datetime.fromisoformat(plain["made_at"]),
                plain["program"],
                plain["revision"],
                plain["running"],
                {
                    name: Rows(tuple(one["columns"]), one["rows"], one["sha256"])
                    for name, one in plain["tables"].items()
                },
                tuple(plain["evidence"]),
                tuple(plain["damaged"]),
                plain["apart"],
            )
        except (ValueError, KeyError, TypeError) as wrong:
            raise Unusable("Daftar isi cadangan ini tidak terbaca.") from wrong


class Backup:
    """A file that was written before, opened to be read: `with Backup(path) as backup`."""

    def __init__(self, path: Path) -> None:
        """Raises Unusable for what is no backup."""
        self._path = path
        try:
            self._archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError) as wrong:
            raise Unusable(f"{path} bukan berkas cadangan Renaksi, atau rusak.") from wrong
        try:
            self.manifest = Manifest.from_json(self._archive.read(MANIFEST))
        except KeyError as missing:
            self._archive.close()
            raise Unusable(f"{path} bukan berkas cadangan Renaksi.") from missing
        except (Unusable, zipfile.BadZipFile):
            self._archive.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._archive.close()

    def lines(self, table: str) -> Iterator[bytes]:
        """The rows of a table."""
        with self._archive.open(f"{TABLES}/{table}.jsonl") as lines:
            yield from lines

    def evidence(self, ref: str) -> Iterator[bytes]:
        """A file of evidence in pieces. Raises Unusable where it is not there."""
        try:
            if self.manifest.apart:
                file = beside(self._path.parent, ref).open("rb")
            else:
                file = self._archive.open(f"{EVIDENCE}/{ref}")
        except (KeyError, OSError) as missing:
            raise Unusable(f"Berkas bukti {ref[:12]} tidak ada dalam cadangan.") from missing
        with file:
            while piece := file.read(PIECE):
                yield piece

    def verify(self) -> None:
        """Read all of it and compare. Raises Unusable with what is damaged.

        Evidence that lies apart is compared by its name alone: it was read when it was put there.
        """
        try:
            for table, wanted in self.manifest.tables.items():
                counting = Counting()
                for _line in counting.through(self.lines(table)):
                    pass
                if counting.rows(wanted.columns) != wanted:
                    raise Unusable(f"Cadangan ini rusak: isi tabel {table} berubah.")
            for ref in self.manifest.evidence:
                self._verify_evidence(ref)
        except (zipfile.BadZipFile, KeyError, EOFError, OSError) as wrong:
            raise Unusable("Cadangan ini rusak: isinya tidak terbaca sampai akhir.") from wrong

    def _verify_evidence(self, ref: str) -> None:
        if self.manifest.apart:
            if not beside(self._path.parent, ref).is_file():
                raise Unusable(f"Berkas bukti {ref[:12]} tidak ada di folder {BESIDE} di samping cadangan.")
            return
        digest = hashlib.sha256()
        for piece in self.evidence(ref):
            digest.update(piece)
        if digest.hexdigest() != ref:
            raise Unusable(f"Cadangan ini rusak: berkas bukti {ref[:12]} berubah.")


def beside(folder: Path, ref: str) -> Path:
    """Where evidence lies that the backups of a folder share."""
    return folder / BESIDE / ref[:2] / ref
