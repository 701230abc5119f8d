"""Names of files that outlive a power cut."""

import os
from pathlib import Path


def flush_folder(folder: Path) -> None:
    """See to it that the names in a folder are on the disk; Windows opens no folder, and keeps them by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
