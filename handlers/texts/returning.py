"""Sentences of "kembalikan": a report is returned to be mended (conversations.md)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from domain.openings import Duty
from domain.periods import Period
from handlers.texts.formats import (
    amount,
    day,
    figure_period,
    fitted,
    indicator,
    period,
    period_with_year,
    periods_with_year,
    short_period,
)

CLOSE = "Selesai"
CANCEL = "Batal"
RETURN = "Ya, kembalikan"
MEND = "Perbaiki"
REPLY = "Balas"
REASONS = {"evidence": ("Lampirkan bukti", "Mohon lampirkan bukti."), "figure": ("Angka tidak sesuai",) * 2}
"""Ready-made reasons: what stands on the button, and what the owner reads."""
RESTART = "Ketik kembalikan"
CANCELLED = "Baik, tidak ada yang dikembalikan."
ONLY_SUPERIORS = "Laporan dikembalikan oleh atasan jabatannya atau admin. Ketik status untuk melihat laporan Anda."
NO_SUCH_PERIOD = "Periode itu tidak terbuka. Ketik kembalikan untuk periode yang berjalan."
PICK_POST = "Ketik nomor atau nama jabatannya."
PICK_INDICATOR = "Ketik nomor atau nama indikatornya."
REASON = "Apa alasannya? Pilih, atau tulis dengan beberapa kata."
REASON_IN_WORDS = "Tulis alasannya dengan beberapa kata, paling panjang 300 huruf."
CONFIRM_PLEASE = f"Pilih {RETURN} atau {CANCEL}."
OWN = "Yang tercatat Anda kirim sendiri, jadi orang lain yang memeriksa dan mengembalikannya."
OWN_CORRECTED = "Angka Anda sendiri tidak perlu dikembalikan. Ketik koreksi untuk mengubahnya."
SAMPLE = "Yang tercatat angka contoh, bukan laporan, jadi tidak dapat dikembalikan."
_OTHER_PERIOD = "Untuk periode lain ketik, misalnya, kembalikan februari."
_LIST_ROOM = 700


def locked(why: str) -> str:
    """What is locked is not returned; `why` tells since when, and who can open it."""
    return f"Tidak dapat dikembalikan. {why}"


def nothing_reported(periods: Sequence[Period]) -> str:
    return f"Belum ada laporan {periods_with_year(periods)} yang dapat dikembalikan. {_OTHER_PERIOD}"


def which_post(periods: Sequence[Period], posts: Sequence[tuple[str, int]]) -> str:
    """Every post with how many figures it reported."""
    lines = [f"{at} {title}: {number} laporan" for at, (title, number) in enumerate(posts, start=1)]
    return f"Laporan {periods_with_year(periods)} dari jabatan mana?\n{fitted(lines, _LIST_ROOM)}"


def which_indicator(title: str, reported: Sequence[tuple[Duty, Period]]) -> str:
    """Every figure that a post reported, with its number."""
    lines = [
        f"{at} {indicator(duty.name, 50)}: {amount(duty.values[which], duty.unit)}"
        for at, (duty, which) in enumerate(reported, start=1)
    ]
    return f"{title}: laporan mana yang dikembalikan?\n{fitted(lines, _LIST_ROOM)}"


def figure(duty: Duty, which: Period, value: Decimal) -> str:
    """`Buku wajib administrasi, Maret 2022: 1 desa`"""
    return f"{indicator(duty.name)}, {figure_period(duty, which)}: {amount(value, duty.unit)}"


def reason_please(duty: Duty, which: Period) -> str:
    return f"{figure(duty, which, duty.values[which])}\n{REASON}"


def confirm(duty: Duty, which: Period, title: str, reason: str) -> str:
    """What returning means, before it is done."""
    return (
        f"Kembalikan kepada {title}?\n{figure(duty, which, duty.values[which])}\n"
        f'Alasan: "{reason}"\nSampai dikirim lagi, angkanya dihitung belum dilaporkan.'
    )


def changed(value: str) -> str:
    """The owner was quicker."""
    return f"Angkanya baru saja diubah menjadi {value}. Periksa lagi sebelum dikembalikan."


def told_owner(duty: Duty, which: Period, value: Decimal, by: str, reason: str, due: date, *, overdue: bool) -> str:
    """What the owner reads: the figure, who returned it, why, and until when it is awaited."""
    until = (
        f"Batas {day(due)} sudah lewat; perbaikan tetap diterima."
        if overdue
        else f"Perbaikan ditunggu sampai {day(due)}."
    )
    return (
        f"{indicator(duty.name)}, {short_period(duty, which)}: {amount(value, duty.unit)}.\n"
        f'Dikembalikan {by}: "{reason}"\n{until}'
    )


def kept(which: Period, value: Decimal, unit: str | None, reason: str) -> str:
    """The reason as it stands in the thread of the indicator, where it can be answered."""
    return f"{period_with_year(which)} ({amount(value, unit)}) dikembalikan: {reason}"


def done(duty: Duty, which: Period, owner: str) -> str:
    """What the one who returned it is answered; `owner` says who learns of it."""
    name = f"{indicator(duty.name, 60)}, {short_period(duty, which)}"
    return f"Dikembalikan: {name}. {owner}\nKetik kembalikan {period(which).lower()} untuk laporan lain."


def owner_told(person: str, *, now: bool) -> str:
    return f"{person} diberi tahu." if now else f"{person} diberi tahu begitu jam kantor mulai."


def owner_unreachable(person: str) -> str:
    return f"{person} belum dapat dihubungi lewat Renaksi; mohon sampaikan langsung."


def vacant(title: str) -> str:
    return f"Jabatan {title} sedang kosong, jadi belum ada yang diberi tahu."
