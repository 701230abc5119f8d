"""Where the `renaksi` command begins. What runs for months does so in as little memory as it can."""

import asyncio
import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from bot.ending import in_a_sentence
from bot.private_files import write_for_nobody_else

_LEAN = ("-OO", "-X", "no_debug_ranges")
"""Options of Python that leave out documentation, assertions and the columns of a trace (docs/adr/0027)."""


def main() -> NoReturn:
    """Do what the command line says."""
    if sys.argv[1:2] == ["run"] and sys.flags.optimize < 2 and os.name == "posix":
        os.execv(sys.executable, [sys.executable, *_LEAN, *sys.orig_argv[1:]])
    if sys.argv[1:] == ["run"]:
        write_for_nobody_else()
        with in_a_sentence():
            run_for_months([])  # nothing is left to be read, and what reads would stay in memory
        sys.exit()
    from bot.cli import main as read_and_do

    read_and_do()


def run_for_months(only: Sequence[str]) -> None:
    """`renaksi run`, with these parts or all of them. Raises Refused where that is not possible."""
    gc.disable()  # what is imported stays: looking through it time and again is a tenth of the start
    from bot.logs import set_up_logs
    from bot.parts import read_parts
    from bot.run import serve
    from bot.settings import read_settings

    gc.freeze()
    gc.enable()
    parts = read_parts(only)
    settings = read_settings()
    set_up_logs(settings.log_level)
    asyncio.run(serve(settings, parts=parts))
