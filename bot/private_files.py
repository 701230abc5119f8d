"""What the program writes is for the account that runs it, and for nobody else on the machine."""

import os
from pathlib import Path

from bot.findings import Finding

_OTHERS = 0o077
"""What group and others may do with a file."""


def write_for_nobody_else() -> None:
    """From now on every file of this process and of those that it starts is made so: 0600, folders 0700."""
    os.umask(_OTHERS)


def rights(*paths: Path) -> list[Finding]:
    """Whether others on this machine can read these files, as far as they exist. Nothing on Windows, where rights are
    those of the folder."""
    if os.name == "nt":
        return []
    open_ones = [str(path) for path in paths if path.exists() and path.stat().st_mode & _OTHERS]
    if not open_ones:
        return [Finding("hak akses", True, "berkas rahasia hanya terbaca oleh pemiliknya")]
    listed = " ".join(open_ones)
    found = f"dapat dibaca pengguna lain di mesin ini: {', '.join(open_ones)}"
    return [Finding("hak akses", False, found, f"Jalankan: chmod go= {listed}")]
