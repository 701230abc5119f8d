"""Looks for input that a target fails for, led by the code that is reached (atheris).

`uv run --group fuzz python -m fuzz NAME --seconds 60`. What is found is written to `fuzz/crashers/NAME` and stays there
as a test; the seeds are the suite's own examples. Ends with 1 where something was found, with 2 for a wrong name.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

NAMES = ("number", "plan", "workbook", "telegram", "whatsapp", "simulator")


def main() -> None:
    """Fuzz one target for so many seconds; libFuzzer prints what it reaches and ends the process."""
    given = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    given.add_argument("name", choices=NAMES)
    given.add_argument("--seconds", type=int, default=60)
    asked = given.parse_args()
    import atheris

    # Whatever is to be followed must be imported while atheris looks on.
    with atheris.instrument_imports(include=["bot", "domain", "fuzz"]):  # pyright: ignore[reportAttributeAccessIssue]
        from fuzz.json_changes import changed
        from fuzz.targets import CRASHERS, TARGETS
    target, found = TARGETS[asked.name], CRASHERS / asked.name
    found.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="renaksi-fuzz-") as folder:
        _write(Path(folder), target.seeds())
        limits = (f"-max_total_time={asked.seconds}", f"-max_len={target.longest}", "-timeout=20", "-rss_limit_mb=2048")
        words = [sys.argv[0], folder, str(found), f"-artifact_prefix={found}/", *limits]
        posted = {"custom_mutator": changed} if target.is_json else {}
        atheris.Setup(words, target.check, **posted)
        atheris.Fuzz()


def _write(folder: Path, seeds: Iterable[bytes]) -> None:
    for number, seed in enumerate(seeds):
        (folder / f"{number:04}").write_bytes(seed)


if __name__ == "__main__":
    main()
