"""The targets by name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fuzz import numbers, plan, simulator, telegram, whatsapp, workbook

CRASHERS = Path(__file__).parent / "crashers"
"""A folder for each target with every input that it once failed for; they stay."""


@dataclass(frozen=True)
class Target:
    """`check` raises for what must never happen; `longest` are the bytes that are worth trying."""

    check: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    longest: int = 4096
    is_json: bool = False
    """Whether values are to be changed rather than bytes."""


TARGETS: Mapping[str, Target] = {
    "number": Target(numbers.check, numbers.seeds, 300),
    "plan": Target(plan.check, plan.seeds, 200_000),
    "workbook": Target(workbook.check, workbook.seeds, 200_000),
    "telegram": Target(telegram.check, telegram.seeds, is_json=True),
    "whatsapp": Target(whatsapp.check, whatsapp.seeds, is_json=True),
    "simulator": Target(simulator.check, simulator.seeds),
}


def crashers(name: str) -> list[Path]:
    """What a target once failed for."""
    return sorted((CRASHERS / name).glob("*"))
