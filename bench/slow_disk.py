"""A disk that takes its time: a little C, compiled when it is needed, that holds up every fsync of a process."""

import os
import shutil
import subprocess
from pathlib import Path

SLOWER_MS = 5
_SOURCE = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

static int held_up(const char *name, int file) {
    struct timespec pause = {0, %d * 1000000L};
    nanosleep(&pause, 0);
    int (*real)(int) = dlsym(RTLD_NEXT, name);
    return real(file);
}

int fsync(int file) { return held_up("fsync", file); }
int fdatasync(int file) { return held_up("fdatasync", file); }
"""


def slowed(folder: Path) -> dict[str, str] | None:
    """The environment of a process whose flushes to the disk take `SLOWER_MS` longer; None without a C compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    source, library = folder / "slow.c", folder / "slow.so"
    source.write_text(_SOURCE % SLOWER_MS, encoding="utf-8")
    command = [compiler, "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"]
    subprocess.run(command, check=True, timeout=60)
    return {**os.environ, "LD_PRELOAD": str(library)}
