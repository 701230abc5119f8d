"""Sentences about leave and duty trips: who is away, until when, and who stands in as Plh (domain.md 7)."""

from datetime import date

from domain.day_spans import DaySpan
from handlers.texts.formats import day, full_day, listed
from storage.absences import AbsenceKind

TODAY = "Hari ini"
ONLY_TODAY = "Hari ini saja"
ONE_DAY = "Satu hari saja"
TOMORROW = "Besok"
NOBODY = "Tidak ada"
MORE = "Pegawai lain"
SAVE = "Simpan"
BACK = "Kembali"
CANCEL = "Batal"
RETURNED = "Sudah kembali"
CALLED_OFF = "Tidak jadi"
CHANGE = "Ubah"
ANOTHER = "Tambah lagi"
CLOSE = "Selesai"
REPORT_NOW = "Lapor sekarang"

FROM_WHEN = "Mulai kapan? Pilih, atau tulis tanggalnya."
TYPE_LEAVE = "Ketik cuti"
CANCELLED = "Baik, tidak ada yang berubah. Ketik cuti untuk mulai lagi."
SAVED = "isian cutinya belum disimpan."
DAY_PLEASE = "Pilih tombolnya atau tulis tanggalnya, misalnya: 8 april, 8/4, atau jumat."
TOO_LONG_AGO = "Itu lebih dari sebulan yang lalu. Tulis hari pertamanya, misalnya: 8 april."
TOO_FAR = "Itu lebih dari setahun lagi. Tulis tanggal dalam setahun ini, misalnya: 8 april."
PASSED = "Hari itu sudah lewat. Tulis hari terakhirnya, paling awal hari ini."
WHO_PLEASE = "Nama itu belum saya temukan. Pilih nomornya, tulis nama pegawai, atau tulis: tidak ada."
CHOOSE_PLEASE = "Pilih nomornya, tulis nama pegawai, atau tulis: tidak ada."
NOT_FREE_ANY_MORE = "Pengganti itu kini juga tidak di kantor. Silakan pilih yang lain."
SAVE_OR_BACK = f"Pilih {SAVE} bila sudah benar, {BACK} untuk mengubah, atau {CANCEL}."
WHAT_NOW = f"Pilih salah satu tombolnya, atau ketik {CANCEL.lower()} untuk membiarkannya."
GONE = "Cuti itu sudah berakhir. Ketik cuti untuk mencatat yang baru."
FOR_ANOTHER_REFUSED = (
    "Cuti pegawai lain dicatat oleh atasannya atau admin kantor. Ketik cuti untuk mencatat cuti Anda sendiri."
)
UNKNOWN_NAME = "Pegawai dengan nama itu belum saya temukan. Tulis cuti lalu namanya, misalnya: cuti Andini."
WITHOUT_POST = "Pegawai itu saat ini tidak memegang jabatan di kantor ini, jadi tidak ada yang perlu digantikan."

_KINDS = {AbsenceKind.LEAVE: "Cuti", AbsenceKind.DUTY_TRIP: "Dinas luar"}


def kind(which: AbsenceKind) -> str:
    """`Cuti`, `Dinas luar`."""
    return _KINDS[which]


def several(names: list[str]) -> str:
    """More than one person is meant."""
    return f"Nama itu dipakai {listed(names)}. Tulis nama lengkapnya."


def heading(which: AbsenceKind, name: str) -> str:
    """`Cuti`, or `Dinas luar Bu Sari Andini` for somebody else."""
    return f"{kind(which)} {name}".strip()


def until_when(first: date) -> str:
    return f"Mulai {day(first)}. Sampai kapan? Pilih, atau tulis tanggalnya."


def before_first(first: date) -> str:
    return f"Itu sebelum hari pertamanya, {day(first)}. Tulis hari terakhirnya."


def too_long(first: date) -> str:
    return f"Itu lebih dari setahun sejak {full_day(first)}. Tulis hari terakhirnya dalam setahun."


def span(days: DaySpan) -> str:
    """`Selasa 29 Maret`, `Selasa 29 Maret sampai Jumat 8 April`, with the year where it is not one and the same."""
    if days.first == days.last:
        return day(days.first)
    if days.first.year != days.last.year:
        return f"{full_day(days.first)} sampai {full_day(days.last)}"
    return f"{day(days.first)} sampai {day(days.last)}"


def who_stands_in(days: DaySpan, posts: str) -> str:
    return f"{span(days)}.\nSiapa pengganti (Plh) {posts}? Pilih, atau tulis namanya."


def colleague(title: str, *, joined: bool) -> str:
    """The second line of a row."""
    return title if joined else f"(belum bergabung) {title}"


def also_away(name: str) -> str:
    return f"{name} juga tidak di kantor pada waktu itu. Silakan pilih yang lain."


def not_oneself(name: str) -> str:
    return f"{name} sendiri yang tidak di kantor. Silakan pilih pegawai lain, atau tulis: tidak ada."


def check(days: DaySpan, stand_in: str, title: str, *, joined: bool) -> str:
    """The page before it is saved."""
    who = f"{stand_in}, {title}" if stand_in else "tidak ada"
    return f"{span(days)}\nPengganti (Plh): {who}\n{_consequence(stand_in, joined=joined)}"


def _consequence(stand_in: str, *, joined: bool) -> str:
    if not stand_in:
        return "Tanpa pengganti, pengingat tetap kepada pemegang jabatan."
    if not joined:
        return "Belum bergabung di Renaksi: pengingat tidak sampai kepadanya."
    return "Pengingat dan laporannya beralih kepada pengganti."


def left_without_stand_in(names: list[str]) -> str:
    """Whoever goes away is somebody's stand-in."""
    return f"Tugas Plh untuk {listed(names)} pada waktu itu kembali kepada pemegang jabatannya."


def entered(which: AbsenceKind, name: str, days: DaySpan, stand_in: str, *, joined: bool, mine: bool) -> str:
    """What holds from now on."""
    noted = f"{heading(which, name)} tercatat: {span(days)}."
    back = "\nBila kembali lebih awal, ketik cuti." if mine else ""
    if not stand_in:
        whose = "Anda" if mine else name
        return f"{noted}\nTanpa pengganti, pengingat tetap kepada {whose}.{back}"
    if not joined:
        return (
            f"{noted}\n{stand_in} menjadi Plh sampai {day(days.last)}, tetapi belum bergabung di Renaksi. "
            f"Mohon sampaikan langsung, dan minta admin mengirim undangannya.{back}"
        )
    return (
        f"{noted}\n{stand_in} menjadi Plh sampai {day(days.last)} dan sudah diberi tahu. "
        f"Pengingat selama itu dikirim kepadanya.{back}"
    )


def present(which: AbsenceKind, name: str, days: DaySpan, stand_in: str) -> str:
    """What is entered already."""
    return f"{heading(which, name)}: {span(days)}.\nPengganti (Plh): {stand_in or 'tidak ada'}."


def also(others: list[str]) -> str:
    """Further absences, below the first."""
    return f"Juga tercatat: {'; '.join(others)}."


def further(which: AbsenceKind, days: DaySpan) -> str:
    return f"{kind(which)} {span(days)}"


def ended(which: AbsenceKind, name: str, stand_in: str, *, began: bool, mine: bool) -> str:
    """Who is back, or does not go at all, gets their reminders again."""
    whose = "Anda" if mine else name
    told = f" {stand_in} diberi tahu." if stand_in else ""
    if not began:
        return f"{kind(which)} dibatalkan. Pengingat dan laporan tetap pada {whose}.{told}"
    return f"{kind(which)} selesai. Pengingat dan laporan kembali kepada {whose}.{told}"


# --- what others are told -------------------------------------------------------------------------------------------


def to_stand_in(you: str, name: str, which: AbsenceKind, days: DaySpan, posts: str, open_work: str) -> str:
    """As whom, until when, and what is open there."""
    until = f"hari ini sampai {day(days.last)}" if open_work else span(days)
    rest = open_work or "Mulai hari itu, ketik lapor untuk melihat yang terbuka."
    return f"{you}, Anda menjadi {posts}, {until}, karena {name} {kind(which).lower()}.\n{rest}"


def nothing_open() -> str:
    return "Saat ini tidak ada laporan yang terbuka di sana."


def open_there(open_work: str, cut_off: date) -> str:
    """`Yang terbuka: Maret 2022: 3 indikator. Batas Selasa 5 April.`"""
    return f"Yang terbuka di sana, {open_work} Batas {day(cut_off)}."


def to_superior(you: str, name: str, posts: str, which: AbsenceKind, days: DaySpan, stand_in: str) -> str:
    """One line."""
    who = f"Plh: {stand_in}" if stand_in else "tanpa pengganti"
    return f"{you}, {name} ({posts}) {kind(which).lower()} {span(days)}, {who}."


def to_absent(you: str, by: str, which: AbsenceKind, days: DaySpan, stand_in: str) -> str:
    """Somebody else entered it."""
    who = f"Plh: {stand_in}" if stand_in else "tanpa pengganti"
    return f"{you}, {by} mencatat {kind(which).lower()} Anda: {span(days)}, {who}. Bila keliru, ketik cuti."


def stand_in_ends(you: str, name: str, posts: str, *, began: bool) -> str:
    """The person is back sooner, or somebody else stands in."""
    if not began:
        return f"{you}, tugas Anda sebagai {posts} tidak jadi. Jabatannya tetap pada {name}."
    return (
        f"{you}, tugas Anda sebagai {posts} sudah selesai; jabatannya kembali kepada {name}. "
        "Laporan yang sudah Anda kirim tetap tercatat."
    )


def stand_in_replaced(you: str, posts: str) -> str:
    return f"{you}, tugas Anda sebagai {posts} dialihkan. Laporan yang sudah Anda kirim tetap tercatat. Terima kasih."
