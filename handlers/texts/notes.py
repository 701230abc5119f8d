"""Sentences of "catatan": what is said about an indicator, and what is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.texts.formats import clock, day, fitted, indicator, listed

WRITE = "Beri catatan"
REPLY = "Balas"
THREAD = "Catatan"
PICTURE = "Lihat grafik"
CANCEL = "Batal"
RESTART = "Ketik catatan"
CANCELLED = "Baik, tidak ada catatan yang dikirim."
GONE = "Indikator itu sudah tidak ada di rencana aksi. Ketik catatan untuk melihat catatan yang ada."
NOT_YOURS = "Catatan itu bukan untuk jabatan Anda. Ketik catatan untuk melihat catatan Anda."
NOT_TO_BEGIN = "Catatan dimulai oleh atasan; Anda dapat membalasnya bila sudah ada. Ketik lapor untuk melapor."
NONE_FOR_SUPERIORS = "Belum ada catatan. Ketik grafik dan nama indikatornya, lalu ketuk Beri catatan."
NONE = "Belum ada catatan untuk indikator Anda. Ketik status untuk melihat capaian Anda."
WHICH = "Catatan tentang indikator mana? Ketuk salah satu, atau ketik catatan dan beberapa kata dari namanya."
IN_WORDS = "Tulis catatannya dengan kata-kata, paling panjang 500 huruf, tanpa tanda < atau >."
NAME_ROOM = 120
"""Characters of an indicator's name in what the other reads."""
_THREAD_ROOM = 800


def not_found(words: str) -> str:
    return f"Tidak ada indikator bernama {words} yang dapat Anda lihat. Ketik grafik untuk memilihnya."


@dataclass(frozen=True)
class Said:
    """One note as it is shown: who wrote it, when on the office's clock, and what."""

    author: str
    at: datetime
    text: str

    def line(self, zone: str) -> str:
        return f'{day(self.at.date())} {clock(self.at, zone)}, {self.author}: "{self.text}"'


def thread(notes: Sequence[Said], zone: str) -> str:
    """The newest notes that fit, the oldest of them first."""
    newest_first = [one.line(zone) for one in reversed(notes)]
    shown = fitted(newest_first, _THREAD_ROOM, "… dan {} catatan lebih lama").split("\n")
    return "\n".join(reversed(shown))


def hint(notes: int, last: str) -> str:
    """In a list: how many there are, and the newest."""
    return f"{notes} catatan · {last}"


def please(owner: str, title: str) -> str:
    """`owner` is empty for a vacant post."""
    whom = f"{owner} ({title})" if owner else f"{title} (sedang kosong)"
    return f"Tulis catatan untuk {whom}, paling panjang 500 huruf."


def reply_please() -> str:
    return "Tulis balasan Anda, paling panjang 500 huruf."


def told(by: str, name: str, text: str, *, is_reply: bool) -> str:
    """What the other reads."""
    what = "membalas catatan tentang" if is_reply else "memberi catatan tentang"
    return f'{by} {what} {indicator(name, NAME_ROOM)}:\n"{text}"'


def done(told_people: Sequence[str], unreachable: Sequence[str], vacant: str, *, now: bool) -> str:
    """Who learns of it and when; a vacant post is named."""
    lines = ["Catatan tersimpan."]
    if told_people:
        lines.append(f"{listed(told_people)} diberi tahu{'' if now else ' begitu jam kantor mulai'}.")
    if unreachable:
        lines.append(f"{listed(unreachable)} belum dapat dihubungi lewat Renaksi; mohon sampaikan langsung.")
    if vacant:
        lines.append(f"Jabatan {vacant} sedang kosong; pejabat berikutnya dapat membacanya.")
    return " ".join(lines)
