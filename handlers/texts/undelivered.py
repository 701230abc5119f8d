"""In a few words what did not reach somebody, for the admin who calls them and for them when they are back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from domain.periods import Period
from handlers.texts.formats import day, fitted, periods_with_year

ANSWER = "balasan Renaksi"
LETTER = "pemberitahuan"
WORDS: Mapping[str, str] = {
    "reminder": "pengingat laporan",
    "reminder_below": "kabar laporan bawahan",
    "snooze": "pengingat laporan",
    "digest": "ringkasan mingguan",
    "returned": "laporan yang dikembalikan",
    "more_time": "permintaan waktu tambahan",
    "more_time_decided": "keputusan waktu tambahan",
    "more_time_granted": "keputusan waktu tambahan",
    "more_time_refused": "keputusan waktu tambahan",
    "outage": "kabar Renaksi sempat berhenti",
    "skipped": "kabar pengingat terlewat",
    "cuti_bersama": "kabar cuti bersama",
    "cuti bersama": "kabar cuti bersama",
    "invite": "undangan",
    "note": "catatan",
    "follow_up": "pengingat tindak lanjut",
    "absence": "kabar cuti atau dinas",
    "stand_in": "tugas sebagai pengganti",
    "stand_in_ends": "akhir tugas pengganti",
    "staff_change": "kabar jabatan",
    "acting_ends": "akhir masa Plt",
    "handover": "serah terima jabatan",
    "plan_changed": "kabar perubahan rencana",
    "plan_waits": "permintaan menyetujui rencana",
    "plan_decided": "keputusan tentang rencana",
    "number_change": "permintaan ganti nomor",
    "number_taken_over": "kabar ganti nomor",
    "number_declined": "kabar ganti nomor",
    "to_call": "daftar yang perlu dihubungi",
    "group_asked": "pertanyaan tentang grup",
    "group_lost": "kabar grup kantor",
    "group_code": "kabar undangan yang dicabut",
    "kabupaten_week": "kabar mingguan kabupaten",
    "to_check": "angka yang menunggu verifikasi",
    "to_approve": "triwulan yang menunggu pengesahan",
    "corrected": "kabar koreksi",
    "entered": "angka yang diisikan untuk jabatan",
    "correction_asked": "permintaan koreksi",
    "correction_agreed": "keputusan koreksi",
    "correction_declined": "keputusan koreksi",
    "erasure_asked": "permintaan hapus data",
    "erasure_declined": "keputusan hapus data",
    "guessing": "kabar kode undangan yang salah",
    "morning": "laporan pagi",
    "morning_report": "laporan pagi",
}
"""By the kind of an occasion or the name of a Notice."""
SEE: Mapping[str, str] = {
    "reminder": "ketik lapor",
    "reminder_below": "ketik status",
    "snooze": "ketik lapor",
    "digest": "ketik ringkasan",
    "returned": "ketik lapor",
    "more_time": "ketik setuju atau tolak",
    "note": "ketik catatan",
    "follow_up": "ketik tindak",
    "absence": "ketik cuti",
    "stand_in": "ketik lapor",
    "staff_change": "ketik status",
    "acting_ends": "ketik lapor",
    "handover": "ketik serah",
    "plan_changed": "ketik status",
    "plan_waits": "ketik rencana",
    "plan_decided": "ketik rencana",
    "number_change": "ketik nomor",
    "to_call": "ketik terjangkau",
    "group_asked": "ketik grup",
    "group_lost": "ketik grup",
    "to_check": "ketik verifikasi",
    "to_approve": "ketik sahkan",
    "corrected": "ketik verifikasi",
    "entered": "ketik status",
    "correction_asked": "ketik koreksi",
    "correction_agreed": "ketik status",
    "correction_declined": "ketik status",
    "erasure_asked": "ketik data",
    "guessing": "ketik undang",
}
"""How to see the rest of it."""
SHOW_LIST = "Lihat daftar"
MISSED = "Selama Anda tidak terjangkau, ini belum sampai:"
_MOST = 2
"""Kinds of messages that are named of one person."""
_ROOM = 600
"""Characters for a list."""


def few(kinds: Sequence[str]) -> str:
    """`pengingat laporan (2), laporan yang dikembalikan, dan 1 lainnya`: each kind once."""
    counted = [what if number == 1 else f"{what} ({number})" for what, number in Counter(kinds).items()]
    rest = len(counted) - _MOST
    return ", ".join(counted if rest <= 0 else [*counted[:_MOST], f"dan {rest} lainnya"])


def reminder_of(periods: Sequence[Period]) -> str:
    """`pengingat Maret 2022`."""
    return f"pengingat {periods_with_year(periods)}"


def since(kinds: Sequence[str], first: date) -> str:
    """`pengingat laporan, sejak Senin 4 April`."""
    return f"{few(kinds)}, sejak {day(first)}"


def to_admin(name: str, lines: Sequence[str]) -> str:
    """Whom the admin is to call; each line names a post, its holder and what did not reach them."""
    people = "1 orang" if len(lines) == 1 else f"{len(lines)} orang"
    return (
        f"{name}, pesan untuk {people} tidak sampai:\n{fitted(lines, _ROOM)}\n"
        "Mohon hubungi langsung. Ketik terjangkau untuk daftar lengkap."
    )


def missed(what: str, on: date, see: str, *, over: bool) -> str:
    """One line for the person themselves."""
    if over:
        return f"• {what}, {day(on)}: sudah tidak perlu"
    return f"• {what}, {day(on)}" + (f": {see}" if see else "")


def all_missed(lines: Sequence[str]) -> str:
    return f"{MISSED}\n{fitted(lines, _ROOM)}"
