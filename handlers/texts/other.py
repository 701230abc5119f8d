"""Sentences of "lainnya", below a reminder."""

from collections.abc import Collection
from datetime import date

from domain.openings import Closing
from handlers.texts.formats import periods_with_year
from handlers.texts.reminder import shortly
from handlers.texts.report import cut_off

AWAY = "Cuti/dinas luar"
MORE_TIME = "Minta waktu"
ALL_ZERO = "Nihil semua"
_AWAY_MEANS = f"• {AWAY}: catat sampai kapan dan siapa pengganti Anda"
_MORE_TIME_MEANS = f"• {MORE_TIME}: ajukan tambahan waktu kepada atasan"


def what_else(closing: Closing | None, today: date, filled: Collection[int], *, more_time: bool, all_zero: bool) -> str:
    """What there is besides reporting, a line for each button; `filled` were typed but not sent."""
    lines = [_AWAY_MEANS]
    if more_time:
        lines.append(_MORE_TIME_MEANS)
    if all_zero and closing is not None:
        lines.append(f"• {ALL_ZERO}: kirim 0 untuk {len(closing.missing)} indikator yang tersisa")
    listed = "\n".join(lines)
    return f"{_heading(closing, today, filled)}\n{listed}"


def _heading(closing: Closing | None, today: date, filled: Collection[int]) -> str:
    if closing is None:
        return "Pilihan lain:"
    name = periods_with_year(closing.periods)
    if not closing.missing:
        return f"{name} sudah lengkap. Pilihan lain:"
    passed = " sudah lewat" if today > closing.cut_off else ""
    return f"{name}: {shortly(closing, filled)}, {cut_off(closing)}{passed}. Pilihan lain:"
