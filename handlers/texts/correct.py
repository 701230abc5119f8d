"""Sentences for a message that was edited after its figure had been sent."""

from domain.openings import Duty
from domain.periods import Period
from handlers.messages import BUTTON_LABEL
from handlers.texts.formats import indicator, period

KEEP = "Biarkan"
TAP = "Pilih salah satu tombolnya."
KEPT = "Baik, angkanya tetap."
SAME = "Angkanya sama seperti yang tercatat, jadi tidak ada yang berubah."
TAP_ABOVE = "Pilih tombol pada pesan itu"


def closed(which: Period) -> str:
    return f"Batas {period(which)} sudah lewat, jadi angkanya tetap. {_how(which)}; alasannya akan ditanyakan."


def unclear(which: Period) -> str:
    return f"Angka dalam pesan yang diubah itu belum jelas, jadi yang tercatat tetap. {_how(which)}."


def _how(which: Period) -> str:
    return f"Untuk mengubahnya, ketik lapor {period(which).lower()}"


def offer(duty: Duty, which: Period, old: str, new: str) -> str:
    return f"Pesan Anda diubah. {indicator(duty.name)}, {period(which)}: dari {old} menjadi {new}?"


def change_label(value_text: str) -> str:
    label = f"Ya, jadi {value_text}"
    return label if len(label) <= BUTTON_LABEL else "Ya, ganti"


def changed(duty: Duty, which: Period, read_back: str) -> str:
    return f"Sudah diubah. {indicator(duty.name)}, {period(which)}.\n{read_back}"
