"""Hostile files in a process of its own, so that its peak can be measured.

`python -m tests.bot.inspection.bounded FOLDER` prints JSON: what became of each file, and the peaks of this process and
of those that look, in MB.
"""

import asyncio
import json
import resource
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from bot.evidence_store import EvidenceStore, TooLarge
from bot.inspection.inspector import Inspector
from tests.bot.inspection import files

PIECE = bytes(64 * 1024)
GIGABYTE = 1024**3


async def huge_pdf(sent: list[int]) -> AsyncIterator[bytes]:
    """A PDF of a gigabyte; `sent` counts its pieces."""
    yield b"%PDF-1.7\n"
    for _piece in range(GIGABYTE // len(PIECE)):
        sent.append(1)
        yield PIECE


async def main(folder: Path) -> dict[str, object]:
    before = _megabytes(resource.RUSAGE_SELF)
    sent: list[int] = []
    try:
        await EvidenceStore(folder / "store").hold(huge_pdf(sent))
        download = "taken"
    except TooLarge:
        download = "too_large"
    inspector = Inspector(most=1)
    found = {name: (await inspector.look(path)).refusal for name, path in _hostile(folder).items()}
    inspector.close()
    return {
        "download": download,
        "megabytes read": len(sent) * len(PIECE) // 1024**2,
        "grown": _megabytes(resource.RUSAGE_SELF) - before,
        "left": sum(path.is_file() for path in (folder / "store").rglob("*")),
        "found": found,
        "looker": _megabytes(resource.RUSAGE_CHILDREN),
    }


def _hostile(folder: Path) -> dict[str, Path]:
    made = {
        "100 megapixels": files.png_of(10_000, 10_000),
        "16 gigapixels": files.webp_that_says(16_000_000, 1000),
        "words of 50 MB": files.png_of(64, 64, extra=files.endless_words()),
        "zip bomb": files.zip_bomb(),
        "program": files.EXE,
    }
    paths = {name: folder / name for name in made}
    for name, path in paths.items():
        path.write_bytes(made[name])
    return paths


def _megabytes(who: int) -> int:
    return resource.getrusage(who).ru_maxrss // 1024


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(main(Path(sys.argv[1])))))
