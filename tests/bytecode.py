"""Compiled modules that are kept, also where the environment keeps none, as images of Python are set up.

Every process would compile every module anew: two seconds for a program that draws, eight for a worker of pytest.
"""

import os
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1] / ".pytest_cache" / "bytecode"
_PLACE = "PYTHONPYCACHEPREFIX"


def keep() -> None:
    """Let this process and those that it starts keep what they compile."""
    if not sys.dont_write_bytecode:
        return
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(FOLDER)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ[_PLACE] = str(FOLDER)


def environment() -> dict[str, str]:
    """What tells a process with an environment of its own where compiled modules are kept."""
    return {name: value for name, value in os.environ.items() if name == _PLACE}
