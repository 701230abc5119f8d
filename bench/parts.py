"""What is measured: a part is a file of this folder whose `rows` yields its rows, run in a process of its own."""

import importlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.measure import Reach, Row, peak_memory

PARTS = (
    "pictures",
    "forms",
    "plan_reading",
    "starting",
    "figures",
    "updates",
    "backlog",
    "reminders",
    "turns",
    "my_indicators",
    "month_end",
)
"""The files, in the order in which they run."""
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Measured:
    """What came of a part. `memory` is the peak of its processes in MiB; `failure` tells why there are no rows."""

    part: str
    rows: tuple[Row, ...] = ()
    memory: int = 0
    failure: str = ""

    @property
    def misses(self) -> int:
        """How many rows are not as they should be; a part that failed counts as one."""
        return sum(row.missed for row in self.rows) + bool(self.failure)


def measure(part: str, *, long: bool) -> Measured:
    """Run a part in a process of its own, so that no part leaves memory, threads or warm code to the next."""
    command = [sys.executable, "-m", "bench", "--part", part, *(["--long"] if long else [])]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    if done.returncode:
        return Measured(part, failure=f"ended with {done.returncode}")
    told = json.loads(done.stdout.splitlines()[-1])
    return Measured(part, tuple(_row(one) for one in told["rows"]), told["memory"])


def tell(part: str, *, long: bool) -> None:
    """What a part's own process does: measure, and print one line of JSON at last."""
    rows: Callable[..., Iterator[Row]] = importlib.import_module(f"bench.{part}").rows
    found: Sequence[Row] = list(rows(long=long))
    print(json.dumps({"rows": [asdict(row) for row in found], "memory": peak_memory()}))  # noqa: T201


def _row(told: dict[str, object]) -> Row:
    reach = told.pop("reach")
    return Row(**told, reach=Reach(**reach) if isinstance(reach, dict) else reach)  # type: ignore[arg-type]  # JSON of a Row
