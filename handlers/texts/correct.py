"""Sentences for a message that was edited after its figure had been sent."""

from domain.openings import Duty
from domain.periods import Period
from handlers.texts.formats import indicator, period

KEEP = "Biarkan"
TAP = "Pilih salah satu tombolnya."
KEPT = "Baik, angkanya tetap."
CLOSED = "Batas periode itu sudah lewat, jadi angkanya tidak ikut berubah. Hubungi Kasubbag Perencanaan untuk koreksi."


def offer(duty: Duty, which: Period, old: str, new: str) -> str:
    return f"Pesan Anda diubah. {indicator(duty.name)}, {period(which)}: dari {old} menjadi {new}?"


def change_label(value_text: str) -> str:
    label = f"Ya, jadi {value_text}"
    return label if len(label) <= 20 else f"Ya, {value_text}"[:20]


def changed(duty: Duty, which: Period, read_back: str) -> str:
    return f"Sudah diubah. {indicator(duty.name)}, {period(which)}.\n{read_back}"
