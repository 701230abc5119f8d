"""What drawers are given to do in tests: functions of a module, since another process has to find them."""

import os
import threading
from pathlib import Path


def echoed(words: str) -> bytes:
    return words.encode()


def failing() -> bytes:
    raise LookupError("kertasnya habis")


def endless() -> bytes:
    threading.Event().wait()
    return b""


def endless_from(begun: str) -> bytes:
    """Endless, after it has written a file."""
    Path(begun).touch()
    return endless()


def dying() -> bytes:
    os._exit(1)


def name_of_process() -> bytes:
    return str(os.getpid()).encode()
