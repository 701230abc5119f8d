"""Sentences of "libur": the office's own days off, the national ones ahead, and which deadlines a change moves."""

from collections.abc import Mapping, Sequence
from datetime import date

from domain.periods import Period
from handlers.texts.formats import day, fitted, full_day, period_with_year, shortened

ADMIN_ONLY = "Hari libur kantor diatur oleh admin kantor. Ketik status untuk melihat batas Anda."
TYPE_DAYS_OFF = "Ketik libur"
CANCELLED = "Baik, tidak ada hari libur yang berubah."
TITLE = "Hari libur"
CLOSE = "Selesai"
CLOSED = "Baik. Ketik libur kapan saja untuk menambah atau menghapus hari libur kantor."
SAVE = "Simpan"
AGAIN = "Ubah lagi"
SAVE_OR_AGAIN = f"Pilih {SAVE}, atau {AGAIN} untuk mengetik yang lain."
HOW = "Untuk menambah, ketik nama dan tanggalnya, misalnya Galungan 8 Juni. Boleh beberapa baris."
HOW_TO_REMOVE = "Untuk menghapus, ketik hapus dan nomornya."
NOT_READ = "Ketik nama dan tanggalnya dalam satu baris, misalnya Galungan 8 Juni, atau hapus 1."
NO_SUCH_NUMBER = "Nomor itu tidak ada dalam daftar libur kantor."
WITHOUT_A_NAME = "Libur kantor"
"""What a day off is called for which no name was typed."""

_OWN_ROOM, _NATIONAL_ROOM, _SHIFT_ROOM = 300, 230, 330
"""Characters for each list, so that a question fits."""
_NAME = 36


def overview(own: Sequence[tuple[date, str]], national: Mapping[date, str]) -> str:
    """The office's own days with their numbers, then the national ones ahead."""
    lines = [f"{number} {full_day(which)}: {_named(note)}" for number, (which, note) in enumerate(own, start=1)]
    of_office = f"Libur kantor:\n{fitted(lines, _OWN_ROOM)}" if lines else "Belum ada libur kantor sendiri."
    ahead = [f"• {day(which)}: {_named(name)}" for which, name in sorted(national.items())]
    of_country = (
        f"Libur nasional 60 hari ke depan:\n{fitted(ahead, _NATIONAL_ROOM)}"
        if ahead
        else "Tidak ada libur nasional dalam 60 hari ke depan."
    )
    how = f"{HOW}\n{HOW_TO_REMOVE}" if lines else HOW
    return f"{of_office}\n\n{of_country}\n\n{how}"


def _named(note: str) -> str:
    return shortened(note or WITHOUT_A_NAME, _NAME)


def line_not_read(number: int) -> str:
    """Which of several lines could not be read."""
    return f"Baris {number} belum terbaca. Tulis nama dan tanggalnya, misalnya Galungan 8 Juni."


def outside(first: int, last: int) -> str:
    return f"Hari libur dapat ditambahkan untuk tahun {first} dan {last}."


def already_national(which: date, name: str) -> str:
    return f"{full_day(which)} memang sudah libur: {_named(name)}."


def already_own(which: date, note: str) -> str:
    return f"{full_day(which)} sudah ada dalam daftar: {_named(note)}."


def no_working_day(which: date) -> str:
    return f"{full_day(which)} memang bukan hari kerja kantor ini."


def twice(which: date) -> str:
    return f"{full_day(which)} tertulis dua kali."


def change(added: Sequence[tuple[date, str]], removed: Sequence[tuple[date, str]], shifts: Sequence[str]) -> str:
    """What will be a day off, what no longer, and which deadlines move because of it."""
    parts: list[str] = []
    if added:
        lines = [f"• {full_day(which)}: {_named(note)}" for which, note in added]
        parts.append(f"Menjadi libur:\n{fitted(lines, _OWN_ROOM)}")
    if removed:
        lines = [f"• {full_day(which)}: {_named(note)}" for which, note in removed]
        parts.append(f"Menjadi hari kerja lagi:\n{fitted(lines, _OWN_ROOM)}")
    moved = f"Batas yang bergeser:\n{fitted(shifts, _SHIFT_ROOM)}" if shifts else "Tidak ada batas yang bergeser."
    return "\n\n".join((*parts, moved))


def shift(month: Period, before: date, after: date, *, kabupaten: bool) -> str:
    """One deadline that moves: `• Mei 2022: Selasa 7 Juni, kini Rabu 8 Juni`."""
    whose = " (kabupaten)" if kabupaten else ""
    return f"• {period_with_year(month)}{whose}: {day(after)}, kini {day(before)}"


def saved(added: int, removed: int) -> str:
    done = f"{added} hari libur ditambahkan" if added else f"{removed} hari libur dihapus"
    return f"Tersimpan dan langsung berlaku: {done}.\n{TYPE_DAYS_OFF} untuk melihat daftarnya."
