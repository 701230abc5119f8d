"""How a command ends that cannot go on: one clear sentence on standard error, and an exit code."""

import logging
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import NoReturn

from bot.refused import Refused

BAD_INPUT = 2
FAILED = 1
INTERRUPTED = 130
"""What a shell expects of a program that Ctrl-C has ended."""


@contextmanager
def in_a_sentence() -> Generator[None]:
    """End the process as the command ended; a person never sees a stack trace."""
    try:
        yield
    except Refused as refused:
        stop(str(refused), BAD_INPUT)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as failure:
        stop(*_told(failure))


def stop(sentence: str, code: int) -> NoReturn:
    """Say why, and end."""
    sys.stderr.write(f"{sentence}\n")
    sys.exit(code)


def _told(failure: Exception) -> tuple[str, int]:
    """The sentence and exit code of a failure that no command expects.

    Its trace goes to the log of `run`, and to the screen of who asks for it with LOG_LEVEL=DEBUG.
    """
    from storage.engine import DatabaseError, DatabaseUnusable

    if isinstance(failure, DatabaseUnusable):
        return str(failure), BAD_INPUT
    if logging.getLogger().handlers or os.environ.get("LOG_LEVEL") == "DEBUG":
        logging.getLogger(__name__).error("the command failed", exc_info=failure)
    if isinstance(failure, DatabaseError):
        return "Database tidak dapat dipakai. Jalankan renaksi doctor untuk melihat sebabnya.", FAILED
    return f"Terhenti karena kesalahan yang tidak terduga ({type(failure).__name__}). Jalankan renaksi doctor.", FAILED
