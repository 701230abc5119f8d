"""Sentences of reminders (conversations.md): friendlier at first, plainer at the end, one list for all that is open."""

from collections.abc import Sequence
from datetime import date, timedelta

from domain.ladder import Stage, StageDay
from domain.openings import Item
from handlers.texts.formats import amount, day, fitted, indicator, periods_with_year

REPORT_NOW = "Lapor sekarang"
SHOW = "Lihat status"
ROOM = 600
"""Characters for the list, so that heading, list and the channel's own lines fit a notice."""


def text(person: str, stage: StageDay, today: date, missing: Sequence[Item], due: int) -> str:
    """Who, which period, until when, and what is missing with its target."""
    lines = fitted([_line(item) for item in missing], ROOM)
    return f"{_opening(person, stage, today)}\n{_count(len(missing), due)}\n{lines}"


def _opening(person: str, stage: StageDay, today: date) -> str:
    name = periods_with_year(stage.periods).rsplit(" ", 1)[0]
    limit = day(stage.due)
    match stage.stage:
        case Stage.NOTICE:
            return f"{person}, {name} segera berakhir. Laporannya ditunggu sampai {limit}."
        case Stage.BEFORE:
            when = f"besok, {limit}" if stage.due == today + timedelta(days=1) else limit
            return f"{person}, batas laporan {name} {when}."
        case Stage.DUE:
            return f"{person}, hari ini batas laporan {name} ({limit})."
        case _:
            return f"{person}, batas laporan {name} ({limit}) sudah lewat. Laporan masih diterima."


def _count(missing: int, due: int) -> str:
    return f"Masih kurang {missing} dari {due}:" if missing < due else f"Yang ditunggu {missing} indikator:"


def _line(item: Item) -> str:
    target = item.duty.figures[item.period].target
    goal = f", target {amount(target, item.duty.unit)}" if target is not None else ""
    return f"• {indicator(item.duty.name, 60)}{goal}"
