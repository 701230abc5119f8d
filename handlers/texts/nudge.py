"""Sentences of "ingatkan": a superior reminds those below."""

from collections.abc import Sequence
from datetime import date, datetime

from domain.openings import Closing
from handlers.texts.formats import clock, day, fitted, period, periods_with_year

NOW = "Ingatkan sekarang"
EVERYBODY = "Ingatkan semua"
WHOM = "Siapa yang diingatkan? Ketuk satu nama, atau Ingatkan semua."
ONLY_ONE = f"Ketuk {NOW}."
_ROOM = 900
"""Characters for each list, so that a superior of many still gets one message."""
_LIST_ROOM = 700


def closed(opens_at: datetime, zone: str) -> str:
    """Why nobody is reminded now; `opens_at` is on the office's clock."""
    when = f"{day(opens_at.date())} {clock(opens_at, zone)}"
    return f"Sekarang di luar jam kantor, jadi tidak ada yang diingatkan. Bisa lagi mulai {when}."


def no_such_period(name: str) -> str:
    return f"Tidak ada yang perlu dilaporkan untuk {name} di bawah Anda. Ketik ingatkan untuk periode yang berjalan."


def nobody_missing(closing: Closing | None) -> str:
    if closing is None:
        return "Tidak ada yang perlu dilaporkan di bawah Anda sekarang."
    return f"Semua di bawah Anda sudah lapor {periods_with_year(closing.periods)}. Tidak ada yang perlu diingatkan."


def title(closing: Closing) -> str:
    return f"Belum lapor · {periods_with_year(closing.periods)}"


def who_misses(cut_off: date, today: date, people: Sequence[str]) -> str:
    """Everybody who misses something, and until when it is awaited."""
    until = f"Batas {day(cut_off)}{' sudah lewat' if cut_off < today else ''}."
    return f"{until}\n{fitted([f'• {one}' for one in people], _LIST_ROOM)}"


def has_reported(person: str, closing: Closing) -> str:
    return f"{person} sudah lapor {periods_with_year(closing.periods)}, jadi tidak diingatkan."


def not_one_of(words: str, found: int) -> str:
    if found:
        return f"Ada {found} orang bernama {words} yang belum lapor. Ketik nama lengkap atau jabatannya."
    return f"Tidak ada {words} di bawah Anda yang belum lapor. Ketik ingatkan untuk mengingatkan semua yang belum."


def done(
    closing: Closing,
    reminded: Sequence[str],
    earlier: Sequence[str],
    unreachable: Sequence[str],
    vacant: Sequence[str],
) -> str:
    """Who was reminded, and who was not and why; every one with what is missing."""
    name = periods_with_year(closing.periods)
    groups = (
        (f"Sudah diingatkan untuk {name}:", reminded),
        ("Hari ini sudah diingatkan, jadi tidak diulang:", earlier),
        ("Tak terjangkau, mohon sampaikan langsung:", unreachable),
        ("Jabatan kosong:", vacant),
    )
    told = [f"{heading}\n{fitted([f'• {one}' for one in people], _ROOM)}" for heading, people in groups if people]
    if not reminded:
        told.insert(0, f"{name}: tidak ada pengingat baru yang dikirim.")
    return "\n".join(told)


def person_line(person: str, posts: Sequence[str], missing: int) -> str:
    """`Bu Sari (Kasi Pemerintahan): 3 indikator`; a vacant post has no person."""
    titles = ", ".join(posts)
    return f"{f'{person} ({titles})' if person else titles}: {missing} indikator"


def older(closing: Closing, missing: int) -> str:
    """An earlier period in which something is missing, too."""
    name = period(closing.periods[0])
    return f"{periods_with_year(closing.periods)} juga belum lengkap (kurang {missing}). Ketik ingatkan {name.lower()}."
