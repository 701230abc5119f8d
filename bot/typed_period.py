"""A period as a command line names it."""

from bot.refused import Refused
from domain.periods import Period


def read_period(code: str) -> Period:
    """The period of a code such as `2026-03`. Raises Refused for anything else."""
    try:
        return Period.parse(code)
    except ValueError as wrong:
        raise Refused(f"Periode {code!r} tidak terbaca; contoh: 2026-03, 2026-TW1 atau 2026.") from wrong
