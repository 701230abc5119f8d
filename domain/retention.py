"""How long an office keeps what it no longer works with (domain.md 8, data minimum)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from domain.refusals import BadSetting, Between

MONTHS = range(1, 241)


@dataclass(frozen=True)
class KeepRule:
    """Months after which the words of chats and the files of evidence are deleted, None for never. Figures, posts,
    capacities and the record of who did what are archives and stay. Raises BadSetting outside 1 to 240."""

    messages: int | None = 24
    evidence: int | None = None

    def __post_init__(self) -> None:
        for name in ("messages", "evidence"):
            given = getattr(self, name)
            if given is not None and given not in MONTHS:
                limits = Between(MONTHS[0], MONTHS[-1])
                raise BadSetting(f"{name} cannot be {given}", field=name, given=given, allowed=limits)


def kept_since(day: date, months: int) -> date:
    """The first day of what is kept on a day: so many months earlier, at a month's end where that is shorter."""
    at = day.year * 12 + day.month - 1 - months
    year, month = at // 12, at % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
