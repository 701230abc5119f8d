"""Measure everything, print the table and write docs/benchmarks.md: `uv run python -m bench`.

Exit code 1 where a row misses what is to be reached.
"""

import argparse
import sys
from collections.abc import Sequence

from rich.console import Console

from bench import parts
from bench.machine import describe
from bench.report import PAGE, page, table


def main(arguments: Sequence[str]) -> int:
    """Run the parts that are asked for, all by default; only all of them rewrite the page."""
    asked = _parse(arguments)
    if asked.part:
        parts.tell(asked.part, long=asked.long)
        return 0
    console = Console(width=160)
    found: list[parts.Measured] = []
    for part in asked.only or parts.PARTS:
        console.print(f"measuring {part} ...")
        found.append(parts.measure(part, long=asked.long))
    console.print(table(found))
    misses = sum(one.misses for one in found)
    console.print(f"{describe()}: {misses} rows miss what is to be reached.")
    if not asked.only:
        PAGE.write_text(page(found, long=asked.long), encoding="utf-8")
    return 1 if misses else 0


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("only", nargs="*", metavar="PART", help="parts to measure; all by default")
    parser.add_argument("--long", action="store_true", help="the exhaustive runs, too")
    parser.add_argument("--part", choices=parts.PARTS, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
