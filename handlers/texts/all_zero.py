"""Sentences of "nihil semua"."""

from collections.abc import Sequence

from domain.openings import Closing, Item
from domain.periods import Period
from handlers.texts.formats import fitted, indicator, periods_with_year
from handlers.texts.reminder import line, what

SEND = "Ya, nihil semua"
ONE_BY_ONE = "Isi satu per satu"
CANCEL = "Batal"
CLOSE = "Selesai"
PICK = f'Pilih "{SEND}", "{ONE_BY_ONE}", atau "{CANCEL}".'
OBSTACLE_IN_WORDS = "Tulis kendalanya dengan beberapa kata, paling panjang 300 huruf."
CANCELLED = "Dibatalkan, tidak ada yang dikirim. Ketik lapor untuk mengisi satu per satu."
RESTART = "Ketik nihil semua"
_LIST_ROOM = 600


def confirm(closing: Closing, items: Sequence[Item]) -> str:
    """What would be reported as zero, each with its target."""
    listed = fitted([line(item) for item in items], _LIST_ROOM)
    opening = f"{periods_with_year(closing.periods)}: nihil (0) untuk {len(items)} {what(items)} ini?"
    return f"{opening}\n{listed}\nNihil semua akan diperiksa lagi saat verifikasi."


def obstacle(before: Sequence[Period]) -> str:
    return f"{periods_with_year(before)} juga nihil semua. Apa kendalanya? Tulis singkat."


def needs_figures(items: Sequence[Item], how: str) -> str:
    """Which indicators cannot be reported as zero with the others, and how to go on."""
    listed = fitted([f"• {indicator(item.duty.name, 60)}" for item in items], _LIST_ROOM)
    return f"Nihil semua belum bisa, karena ini perlu diisi sendiri:\n{listed}\n{how} untuk mengisi satu per satu."


def filled_before(number: int, how: str) -> str:
    """Some figures were typed but not sent: they must not be lost to a zero."""
    return f"{number} angka sudah Anda isi tetapi belum dikirim. {how} untuk mengirimnya; isi sisanya di sana."


def one_by_one(how: str) -> str:
    """`how` is what to type: "Ketik lapor maret"."""
    return f"Baik, tidak ada yang dikirim. {how} untuk mengisi satu per satu."


def nothing_left(closing: Closing) -> str:
    """Why there is nothing to report as zero."""
    name = periods_with_year(closing.periods)
    if any(not item.reported for item in closing.items):
        return f"{name} sudah dikunci, jadi tidak menerima laporan lagi. Ketik status untuk melihat capaian Anda."
    return f"{name} sudah lengkap. Ketik status untuk melihat capaian Anda."
