"""A Python process of ours that is spoken to through a pipe."""

import multiprocessing
import multiprocessing.connection
import os
import subprocess
import sys
from multiprocessing.connection import Connection
from typing import cast


class Piped:
    """A process that runs `python -m module PIPE`, and our end of the `pipe`. It is the owner's to end."""

    def __init__(self, module: str, *, is_silent: bool = False) -> None:
        """What it writes to stderr is dropped where it is silent."""
        self.pipe, theirs = multiprocessing.Pipe()
        with theirs:
            self.process = _begun(
                [sys.executable, "-m", module, str(theirs.fileno())],
                theirs.fileno(),
                subprocess.DEVNULL if is_silent else None,
            )


def _begun(command: list[str], pipe: int, errors: int | None) -> "subprocess.Popen[bytes]":
    """A process that has that end of the pipe and nothing else of ours."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    if sys.platform == "win32":
        os.set_handle_inheritable(pipe, True)
        startup = subprocess.STARTUPINFO(lpAttributeList={"handle_list": [pipe]})
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=errors, env=environment, startupinfo=startup)
    return subprocess.Popen(command, pass_fds=[pipe], stdin=subprocess.DEVNULL, stderr=errors, env=environment)


def opened_pipe() -> Connection:
    """In such a process, its end of the pipe."""
    if sys.platform == "win32":
        return cast("Connection", multiprocessing.connection.PipeConnection(int(sys.argv[1])))
    return Connection(int(sys.argv[1]))
