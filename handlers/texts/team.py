"""Sentences of "tim": what the posts below have reported, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.openings import Item
from domain.periods import Period
from domain.standing import Standing
from handlers.texts.formats import amount, fitted, indicator, percent, period, periods_with_year, standing_word

SEEN = "Sudah saya lihat"
VERIFY = "Verifikasi"
BACK = "Kembali ke tim"
NEXT = "Berikutnya"
NOBODY_BELOW = "Tidak ada jabatan di bawah jabatan Anda. Ketik status untuk melihat laporan Anda."
NOTHING_OPEN = "Tidak ada periode yang terbuka untuk jabatan di bawah Anda."
GONE = "Jabatan itu tidak di bawah jabatan Anda, atau periodenya tidak terbuka. Ketik tim untuk melihat tim Anda."
CHANGED = "Ada angka yang baru saja berubah. Ketik tim untuk melihat yang sekarang."
NOTHING_TO_SEE = "Tidak ada lagi yang menunggu Anda lihat di sana. Ketik tim untuk kembali ke tim Anda."
TAP_POST = "Ketuk jabatan untuk melihat angkanya. Untuk periode lain ketik, misalnya, tim februari."
_ROOM = 850


@dataclass(frozen=True)
class PostState:
    """A post in a closing: how many figures are `due`, given, missing and returned, and how many wait to be seen or
    verified by whoever looks."""

    title: str
    person: str
    due: int
    given: int
    missing: int
    returned: int
    waiting: int

    @property
    def words(self) -> str:
        """`3 dari 5 lapor, 1 belum, 1 dikembalikan, 2 menunggu Anda`."""
        parts = [
            f"{self.given} dari {self.due} lapor" if self.due >= self.given else f"{self.given} lapor",
            *([f"{self.missing} belum"] if self.missing else []),
            *([f"{self.returned} dikembalikan"] if self.returned else []),
            *([f"{self.waiting} menunggu Anda"] if self.waiting else []),
        ]
        return ", ".join(parts)


def title(periods: Sequence[Period]) -> str:
    return f"Tim · {periods_with_year(periods)}"


def team(posts: Sequence[PostState]) -> str:
    lines = [f"• {post.title} ({post.person or 'kosong'}): {post.words}" for post in posts]
    return f"{fitted(lines, _ROOM)}\n{TAP_POST}"


def post_title(title_of_post: str, periods: Sequence[Period]) -> str:
    return f"{title_of_post} · {periods_with_year(periods)}"


def figures(items: Sequence[Item]) -> str:
    """Every figure of one post with how far it has come."""
    return fitted([f"• {_line(item)}" for item in items], _ROOM)


def _line(item: Item) -> str:
    duty, which = item.duty, item.period
    standing = duty.standing(which)
    name = f"{indicator(duty.name, 50)}, {period(which)}"
    if not standing.holds:
        word = standing_word(standing)
        return f"{name}: {word if item.awaited or standing is Standing.RETURNED else 'Tanpa target'}"
    capaian = item.figure.capaian_to_date
    judged = f" ({percent(capaian)})" if capaian is not None else ""
    seen = ", dilihat atasan" if standing is Standing.SEEN else ""
    return f"{name}: {amount(duty.values[which], duty.unit)}{judged} {standing_word(standing)}{seen}"


def seen(number: int) -> str:
    return f"✓ {number} angka sudah Anda lihat. Ketik tim untuk kembali ke tim Anda."
