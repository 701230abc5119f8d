"""The process that reads a file that somebody sent: `python -m bot.documents.plan_reading.files.reading_process PIPE`.

It can write nothing and take little memory and time. It is sent `{"path", "name"}` and sends back `{"source"}` or
`{"refused"}`, with the most memory it ever took: JSON, so that nothing a hostile file makes of it is believed.
"""

import json
from pathlib import Path
from typing import Any

from bot.collecting import collect_never
from bot.documents.plan_reading.files.opening import read_source
from bot.documents.plan_reading.files.package import broken, too_much_inside
from bot.documents.plan_reading.files.passing import to_json
from bot.documents.plan_reading.source import PlanRefused
from bot.limited_process import limit_this_process
from bot.piped_process import opened_pipe

MEMORY = 300_000_000
"""Bytes of address space; a plan of 400 rows takes 60 MB of memory, most of it the program itself."""
SECONDS = 10
"""Of the processor's time."""


def read(path: Path, name: str) -> dict[str, Any]:
    """What is sent back of a file."""
    try:
        return {"source": to_json(read_source(path, name))}
    except PlanRefused as refused:
        return {"refused": str(refused)}
    except (MemoryError, RecursionError):
        return {"refused": str(too_much_inside())}
    except Exception:  # whatever a hostile file makes a reader stumble over says no more than that it is broken
        return {"refused": str(broken())}


def _peak() -> int | None:
    """The most memory in bytes that this process ever had; None where the system does not tell.

    Not `getrusage`: it begins with what the process had that started this one.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    line = next((line for line in status.read_text().splitlines() if line.startswith("VmHWM:")), None)
    return None if line is None else int(line.split()[1]) * 1024


if __name__ == "__main__":
    limit_this_process(MEMORY, SECONDS)
    collect_never()
    with opened_pipe() as ours:
        ours.send_bytes(b"{}")
        asked = json.loads(ours.recv_bytes())
        answer = read(Path(asked["path"]), asked["name"])
        answer["memory"] = _peak()
        ours.send_bytes(json.dumps(answer, ensure_ascii=False).encode())
