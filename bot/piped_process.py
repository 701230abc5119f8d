"""A Python process of ours that is spoken to through a pipe."""

import multiprocessing
import os
import subprocess
import sys


class Piped:
    """A process that runs `python -m module PIPE`, and our end of the `pipe`. It is the owner's to end."""

    def __init__(self, module: str, *, is_silent: bool = False) -> None:
        """What it writes to stderr is dropped where it is silent."""
        self.pipe, theirs = multiprocessing.Pipe()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", module, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL if is_silent else None,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            )
