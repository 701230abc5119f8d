"""Sentences of more time: how it is asked, how it is decided, and how both are told (domain.md 5)."""

from collections.abc import Sequence
from datetime import date

from domain.openings import Item
from domain.periods import Period
from domain.refusals import Between
from handlers.messages import BUTTON_LABEL
from handlers.texts.formats import day, fitted, listed, period, period_with_year, periods_with_year, shortened
from handlers.texts.reminder import line

CLOSE = "Selesai"
SEND = "Kirim permintaan"
CANCEL = "Batal"
AGREE = "Setuju"
DECLINE = "Tolak"
REASONS = ("Menunggu desa", "Jadwal bentrok")
WHICH_PERIOD = "Waktu tambahan untuk periode mana?"
PICK_PERIOD = "Pilih salah satu periode ini, atau ketik misalnya Februari."
REASON = "Apa alasannya? Pilih, atau tulis dengan beberapa kata."
REASON_IN_WORDS = "Tulis alasannya dengan beberapa kata, paling panjang 300 huruf."
DAY_PLEASE = "Pilih tanggalnya, atau ketik misalnya 8 April atau Jumat."
SEND_OR_CANCEL = f"Pilih {SEND} atau {CANCEL}."
RESTART = "Ketik waktu"
CANCELLED = "Baik, tidak ada permintaan yang dikirim. Ketik waktu untuk memulai lagi."
NOTHING_MISSING = "Tidak ada laporan yang kurang, jadi tidak perlu waktu tambahan. Ketik status untuk melihatnya."
NOBODY_DECIDES = (
    "Atasan dan admin kantor Anda belum dapat dihubungi lewat Renaksi. Sampaikan langsung kepada mereka; "
    "laporan tetap diterima setelah batas."
)
UNKNOWN_REQUEST = "Permintaan itu tidak ditemukan. Ketik setuju untuk melihat yang menunggu keputusan Anda."
NOT_YOURS = "Permintaan itu diputuskan oleh atasan jabatan tersebut, admin, atau camat, bukan oleh pemintanya sendiri."
NOTHING_WAITS = "Tidak ada permintaan waktu tambahan yang menunggu keputusan Anda."
_ROOM = 300


def period_label(periods: Sequence[Period]) -> str:
    """A period to choose: `Maret & TW I`."""
    label = " & ".join(period(one) for one in periods)
    return label if len(label) <= BUTTON_LABEL else period(periods[0])


def complete(periods: Sequence[Period]) -> str:
    return f"{periods_with_year(periods)} sudah lengkap, jadi tidak perlu waktu tambahan."


def waiting(periods: Sequence[Period]) -> str:
    return f"Permintaan Anda untuk {periods_with_year(periods)} sudah terkirim dan menunggu keputusan."


def until(periods: Sequence[Period], due: date, today: date, allowed: Between[date]) -> str:
    """The question with the date that holds so far."""
    passed = " (sudah lewat)" if today > due else ""
    return (
        f"Batas {periods_with_year(periods)} sekarang {day(due)}{passed}.\n"
        f"Waktu tambahan sampai kapan? {_between(allowed)}."
    )


def _between(allowed: Between[date]) -> str:
    if allowed.low == allowed.high:
        return f"Yang dapat diberikan {day(allowed.low)}"
    return f"Yang dapat diberikan {day(allowed.low)} sampai {day(allowed.high)}"


def outside(named: date, allowed: Between[date]) -> str:
    return f"{day(named)} tidak dapat diberikan. {_between(allowed)}."


def moved(named: date, to: date) -> str:
    return f"{day(named)} bukan hari kerja, jadi dipakai {day(to)}."


def summary(
    periods: Sequence[Period], posts: Sequence[str], to: date, due: date, reason: str, deciders: Sequence[str]
) -> str:
    """The request before it is sent."""
    return (
        f"Waktu tambahan {periods_with_year(periods)}\n"
        f"{listed(posts)}\n"
        f"Sampai {day(to)} (sekarang {day(due)})\n"
        f"Alasan: {reason}\n"
        f"Diputuskan oleh {listed(deciders)}."
    )


def asked(deciders: Sequence[str], due: date, today: date) -> str:
    """What holds until it is decided."""
    until_then = f"batas tetap {day(due)}" if today <= due else "laporan tetap diterima dan ditandai terlambat"
    return f"Permintaan terkirim kepada {listed(deciders)}. Sampai diputuskan, {until_then}."


def to_decide(
    asker: str, title: str, periods: Sequence[Period], items: Sequence[Item], wanted: date, due: date, reason: str
) -> str:
    """What a superior decides: who asks, for which post and period, what is missing, until when and why."""
    missing = fitted([line(item) for item in items], _ROOM)
    return (
        f"{asker} ({title}) minta waktu tambahan untuk laporan {periods_with_year(periods)}.\n"
        f"Sampai {day(wanted)}, batas sekarang {day(due)}\n"
        f"Alasan: {reason}\n"
        f"Yang kurang:\n{missing}"
    )


def which_request(word: str) -> str:
    return "Permintaan mana yang disetujui?" if word == "setuju" else "Permintaan mana yang ditolak?"


def locked(sentence: str) -> str:
    return f"Belum dapat diputuskan. {sentence}"


def other_day(title: str, which: Period, wanted: date, allowed: Between[date]) -> str:
    """The day that was asked is no longer possible."""
    return (
        f"{title}, {period_with_year(which)}: {day(wanted)} tidak dapat diberikan lagi. {_between(allowed)}.\n"
        "Sampai kapan?"
    )


def granted(by: str, title: str, which: Period, new: date) -> str:
    """What the asker is told."""
    return f"{by} menyetujui waktu tambahan {title} untuk {period_with_year(which)}. Batas baru {day(new)}."


def refused(by: str, title: str, which: Period, due: date, today: date) -> str:
    """What the asker is told."""
    passed = " Batas itu sudah lewat; laporan tetap diterima dan ditandai terlambat." if today > due else ""
    return (
        f"{by} tidak menyetujui waktu tambahan {title} untuk {period_with_year(which)}; batas tetap {day(due)}.{passed}"
    )


def you_granted(title: str, which: Period, before: date, new: date, asker: str, *, told: bool) -> str:
    """What the superior is answered."""
    return (
        f"Disetujui. Batas {title} untuk {period_with_year(which)} menjadi {day(new)} (semula {day(before)}). "
        f"{_told(asker, told=told)}"
    )


def you_refused(title: str, which: Period, due: date, asker: str, *, told: bool) -> str:
    """What the superior is answered."""
    return f"Tidak disetujui. Batas {title} untuk {period_with_year(which)} tetap {day(due)}. {_told(asker, told=told)}"


def _told(asker: str, *, told: bool) -> str:
    return (
        f"{asker} diberi tahu." if told else f"{asker} belum dapat dihubungi lewat Renaksi; mohon sampaikan langsung."
    )


def decided_before(by: str, title: str, which: Period, on: date | None, until: date | None) -> str:
    """A second tap: `until` is the day that was granted, None where it was refused."""
    when = "" if on is None else f" pada {day(on)}"
    what = "tidak disetujui" if until is None else "sudah disetujui"
    new = "" if until is None else f" Batasnya {day(until)}."
    return f"Permintaan {title} untuk {period_with_year(which)} {what} {shortened(by, 60)}{when}.{new}"
