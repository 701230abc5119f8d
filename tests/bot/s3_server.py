"""A real S3-compatible server on this machine (`rclone serve s3`), which checks signatures."""

import re
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

RCLONE = Path(sys.executable).with_name("rclone")
KEY, SECRET = "kunci-uji", "rahasia-uji"
FRESH = "1ms"
"""How long the server trusts what it knows of a folder: less than a request of ours takes, since tests write into it
too. Where that lapses within a request, as it always did with 0, rclone needs twice as long for every one that follows.
"""
_LISTENS = re.compile(r"http://127\.0\.0\.1:(\d+)/")


@dataclass(frozen=True)
class S3Server:
    """One that runs. `folder` holds its buckets, each a folder."""

    folder: Path
    port: int

    @property
    def access(self) -> dict[str, str]:
        """As `Settings.evidence_access` says it."""
        return {"key": KEY, "secret": SECRET, "endpoint": f"http://127.0.0.1:{self.port}"}

    @property
    def settings(self) -> dict[str, str]:
        """For `Settings` and the environment, in small letters."""
        return {f"evidence_{name}": value for name, value in self.access.items()}

    def files(self) -> list[Path]:
        """Every file of every bucket."""
        return [path for path in self.folder.rglob("*") if path.is_file()]


@contextmanager
def s3_server(folder: Path, *buckets: str, port: int = 0) -> Generator[S3Server]:
    """Serve until the block ends."""
    for bucket in buckets:
        (folder / bucket).mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        [
            RCLONE, "serve", "s3", "--config", "/dev/null", "--addr", f"127.0.0.1:{port}",
            "--auth-key", f"{KEY},{SECRET}", "--vfs-cache-mode", "off", "--dir-cache-time", FRESH, str(folder),
        ],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    try:
        found = next((said for line in process.stderr if (said := _LISTENS.search(line))), None)
        assert found is not None, "the server has ended"
        yield S3Server(folder, int(found[1]))
    finally:
        process.kill()
        process.communicate()
