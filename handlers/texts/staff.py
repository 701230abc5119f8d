"""Sentences about people and posts: who leaves, who comes, who acts, and what posts are called (domain.md 7)."""

from collections.abc import Mapping, Sequence
from datetime import date

from domain.appointments import PLT_MONTHS, PLT_MOST_MONTHS, Change, Refusal
from domain.plan import Capacity, Role
from handlers.texts.formats import day, fitted, full_day, listed, shortened

LABELS: Mapping[Change, str] = {
    Change.TRANSFER: "Mutasi",
    Change.PLT: "Plt (jabatan kosong)",
    Change.PLH: "Plh (sementara)",
    Change.FILL: "Isi jabatan kosong",
    Change.NEW_POST: "Jabatan baru",
    Change.RENAME: "Ganti nama jabatan",
    Change.SUPERIOR: "Ganti atasan",
    Change.UNIT: "Atur kelurahan",
    Change.ADMIN: "Atur admin",
    Change.END_POST: "Akhiri jabatan",
}
ROLES: Mapping[Role, str] = {
    Role.KASI: "Kasi atau Lurah",
    Role.KASUBBAG: "Kasubbag",
    Role.PELAKSANA: "Pelaksana",
    Role.SEKRETARIS: "Sekretaris Kecamatan",
}
SAVE, BACK, CANCEL, MORE, CLOSE = "Simpan", "Kembali", "Batal", "Lainnya", "Selesai"
TODAY, TOMORROW, ONE_DAY = "Hari ini", "Besok", "Satu hari"
INSIDE, OUTSIDE = "Jabatan lain di sini", "Keluar kantor ini"
SOMEBODY_NEW, NOBODY, NO_PHONE = "Orang baru", "Kosong dulu", "Lewati"
NO_SALUTATION = "Tanpa sapaan"
LEAVES, KEEPS = "Dilepas", "Tetap dipegang"
OF_KECAMATAN = "Bukan kelurahan"
EXTEND, END_NOW, ANOTHER_DAY, CALL_OFF = "Perpanjang", "Akhiri hari ini", "Ubah hari terakhir", "Tidak jadi"
NEXT_PAGE, CHANGE = "Berikutnya", "Ubah"
REPORT, ARRANGE = "Lapor sekarang", "Atur Plt"
LIST_ENDING = "Ketik kelola untuk mengubahnya."

TYPE_MANAGE = "Ketik kelola"
CANCELLED = "Baik, tidak ada yang berubah. Ketik kelola untuk mulai lagi."
SAVED = "perubahannya belum disimpan."
ADMIN_ONLY = "Jabatan dan pegawai diatur oleh admin kantor."
CHOOSE_CHANGE = "Pilih nomornya, atau tulis: mutasi, plt, plh, daftar."
WHO_LEAVES = "Siapa yang selesai di jabatannya? Pilih, atau tulis nama atau jabatannya."
WHO_PLEASE = "Nama atau jabatan itu belum saya temukan. Pilih nomornya atau tulis lengkap."
WHO_OR_NEW = "Nama itu belum ada di kantor ini. Pilih nomornya, atau pilih Orang baru."
WHERE_PLEASE = "Pilih salah satu: jabatan lain di kantor ini, atau keluar dari kantor ini."
POST_PLEASE = "Jabatan itu belum saya temukan. Pilih nomornya atau tulis namanya."
DAY_PLEASE = "Pilih tombolnya atau tulis tanggalnya, misalnya: 31 maret, 31/3, atau jumat."
TOO_LONG_AGO = "Itu lebih dari sebulan yang lalu. Tulis tanggal sesudahnya, misalnya: 31 maret."
TOO_FAR = "Itu lebih dari setahun lagi. Tulis tanggal dalam setahun ini, misalnya: 31 maret."
PASSED = "Hari itu sudah lewat. Tulis hari terakhirnya, paling awal hari ini."
WHAT_IS_THE_NAME = "Nama lengkap pegawai baru itu?"
NAME_PLEASE = "Tulis namanya dengan huruf saja, misalnya: Rina Kartika."
PHONE_PLEASE = "Nomor itu belum lengkap. Tulis seperti 0812xxxxxxxx, atau pilih Lewati."
CHOOSE_BUTTON = "Pilih salah satu tombolnya."
TITLE_PLEASE = "Tulis nama jabatannya, 3 sampai 80 huruf, misalnya: Kasi Trantib."
UNIT_PLEASE = "Tulis nama kelurahannya, misalnya: Kelurahan Bulak, atau pilih Bukan kelurahan."
SAVE_OR_BACK = f"Pilih {SAVE} bila sudah benar, {BACK} untuk mengubah, atau {CANCEL}."
NO_VACANCY = "Semua jabatan ada pejabatnya. Pejabat yang sementara tidak ada digantikan Plh: ketik plh."
NOBODY_LEFT = "Belum ada pegawai yang memegang jabatan. Ketik kelola, lalu pilih Isi jabatan kosong."
GONE = "Perubahan itu sudah tidak berlaku. Ketik kelola untuk melihat keadaan sekarang."
KEEPS_FIGURES = "Angka yang sudah dilaporkan tetap tercatat atas nama pelapornya."
CALLED_OFF = "Mutasi dibatalkan: pejabat lama tetap memegang jabatannya."

REFUSED: Mapping[Refusal, str] = {
    Refusal.HELD: "Jabatan itu masih dipegang pejabat lain pada waktu itu. Ketik mutasi untuk mengganti pejabatnya.",
    Refusal.TWICE: "Pegawai itu sudah memegang jabatan itu pada waktu itu.",
    Refusal.NOT_VACANT: "Jabatan itu ada pejabatnya, jadi bukan Plt. Bila pejabatnya sementara tidak ada: ketik plh.",
    Refusal.VACANT: "Jabatan itu kosong, jadi bukan Plh. Untuk jabatan kosong: ketik plt.",
    Refusal.TOO_LONG: f"Plt berlaku {PLT_MONTHS} bulan, dengan perpanjangan {PLT_MOST_MONTHS} bulan.",
    Refusal.BACKWARDS: "Hari terakhirnya sebelum hari pertamanya.",
    Refusal.WITHOUT_ADMIN: (
        "Dengan itu kantor tidak punya admin. Jadikan dahulu jabatan lain admin (kelola, Atur admin) atau pilih "
        "penggantinya."
    ),
    Refusal.TITLE_TAKEN: "Sudah ada jabatan dengan nama itu.",
    Refusal.CIRCLE: "Jabatan itu berada di bawahnya, jadi tidak dapat menjadi atasannya.",
    Refusal.NO_SUPERIOR: "Jabatan camat tidak mempunyai atasan dan tidak dapat diakhiri.",
    Refusal.HAS_INDICATORS: "Jabatan itu masih mempunyai indikator. Pilih jabatan yang meneruskannya.",
}


def refused(why: Refusal) -> str:
    """Why a change is not made, and what can be done."""
    return f"Belum disimpan. {REFUSED[why]}"


# --- what there is ----------------------------------------------------------------------------------------------------


def overview(posts: int, vacant: Sequence[str]) -> str:
    """What the admin sees first."""
    empty = f"Kosong: {shortened(listed(list(vacant)), 120)}." if vacant else "Semua ada pejabatnya."
    return f"{posts} jabatan. {empty}\nApa yang berubah? Tulis daftar untuk melihat semua."


def holder(name: str, capacity: Capacity, ends: date | None) -> str:
    """`Bu Sari Andini`, `Plt Pak Joko Santosa s/d Selasa 28 Juni`."""
    who = name if capacity is Capacity.DEFINITIF else f"{capacity} {name}"
    return who if ends is None else f"{who} s/d {day(ends)}"


def follows(name: str, capacity: Capacity, starts: date) -> str:
    """`lalu Pak Joko Santosa mulai Jumat 1 April`."""
    who = name if capacity is Capacity.DEFINITIF else f"{capacity} {name}"
    return f"lalu {who} mulai {day(starts)}"


def vacant_from(first: date, today: date) -> str:
    return "kosong" if first <= today else f"kosong mulai {day(first)}"


def post_line(title: str, holders: str, *, is_admin: bool) -> str:
    """A line of the list of posts."""
    return f"• {title}{' (admin)' if is_admin else ''}: {holders or 'kosong'}"


def page_of(posts: int, page: int, pages: int) -> str:
    """What stands above a page of the list of posts."""
    return f"{posts} jabatan" if pages == 1 else f"{posts} jabatan, halaman {page} dari {pages}"


def numbered(lines: Sequence[str], room: int) -> str:
    return fitted([f"{number} {line}" for number, line in enumerate(lines, start=1)], room)


# --- what is asked ----------------------------------------------------------------------------------------------------

_POST: Mapping[Change, str] = {
    Change.PLT: "Plt untuk jabatan kosong yang mana?",
    Change.PLH: "Plh untuk jabatan yang mana?",
    Change.FILL: "Jabatan kosong mana yang diisi?",
    Change.RENAME: "Jabatan mana yang berganti nama?",
    Change.SUPERIOR: "Jabatan mana yang berganti atasan?",
    Change.UNIT: "Jabatan mana yang diatur kelurahannya?",
    Change.ADMIN: "Jabatan mana yang menjadi admin, atau tidak lagi?",
    Change.END_POST: "Jabatan mana yang tidak ada lagi?",
}


def which_post(change: Change) -> str:
    return f"{_POST[change]} Pilih, atau tulis namanya."


def last_day(name: str, title: str) -> str:
    return f"Kapan hari terakhir {name} sebagai {title}? Sesudah itu aksesnya berakhir.\nPilih, atau tulis tanggalnya."


def first_day(title: str) -> str:
    return f"{title}: mulai kapan? Pilih, atau tulis tanggalnya."


def until_when(first: date) -> str:
    return f"Mulai {day(first)}. Sampai kapan? Pilih, atau tulis tanggalnya."


def plt_until(first: date, most: date) -> str:
    """A Plt ends; how long one may act."""
    return f"Mulai {day(first)}. Sampai kapan? Plt paling lama sampai {day(most)}.\nPilih, atau tulis tanggalnya."


def extended_until(ends: date, most: date) -> str:
    return f"Kini sampai {day(ends)}. Diperpanjang sampai kapan, paling lama {day(most)}?"


def plt_too_long(most: date) -> str:
    return f"Plt berlaku {PLT_MONTHS} bulan, jadi paling lama sampai {day(most)}. Perpanjangan menyusul: ketik plt."


def plt_far_too_long(most: date) -> str:
    return f"Dengan perpanjangan pun paling lama {PLT_MOST_MONTHS} bulan, sampai {day(most)}."


def before_first(first: date) -> str:
    return f"Itu sebelum {day(first)}. Tulis hari terakhirnya."


def where_to(name: str) -> str:
    return f"Ke mana {name} sesudah itu?"


def target(name: str) -> str:
    return (
        f"{name} menjadi apa? Pilih jabatannya, atau tulis namanya. Pejabat yang di sana selesai pada hari yang sama."
    )


def successor(title: str, first: date) -> str:
    return f"Siapa {title} mulai {day(first)}? Pilih, atau tulis namanya."


def who_acts(capacity: Capacity, title: str) -> str:
    return f"Siapa {capacity} {title}? Ia tetap memegang jabatannya sendiri. Pilih, atau tulis namanya."


def salutation(name: str) -> str:
    return f"Sapaan untuk {name}?"


def phone(name: str) -> str:
    return f"Nomor telepon {name}? Untuk bergabung dengan nomornya sendiri."


def keeps(name: str, titles: Sequence[str]) -> str:
    return f"{name} sekarang {listed(list(titles))}. Bagaimana dengan jabatan itu?"


def several(titles: Sequence[str]) -> str:
    return f"Yang mana: {listed([shortened(title, 60) for title in titles[:4]])}? Tulis lebih lengkap."


def not_oneself(name: str) -> str:
    return f"{name} yang pindah. Pilih pegawai lain."


def ends_already(name: str, title: str, ends: date) -> str:
    return f"{name} sudah tercatat selesai sebagai {title} pada {day(ends)}. Apa yang berubah?"


def acts_already(name: str, post: str, starts: date, ends: date | None) -> str:
    until = "" if ends is None else f" sampai {full_day(ends)}"
    return f"{name} tercatat sebagai {post}, {day(starts)}{until}. Apa yang berubah?"


def new_title(old: str) -> str:
    """Asked of a post that is called otherwise; empty for one that is made."""
    if not old:
        return "Apa nama jabatan barunya? Misalnya: Kasi Trantib, atau Lurah Bulak."
    return f"{old}: apa nama barunya? Angka, rencana, dan pejabatnya tetap."


def which_role(title: str) -> str:
    return f"{title}: setingkat apa?"


def which_superior(title: str) -> str:
    return f"Siapa atasan {title}? Pilih jabatannya, atau tulis namanya."


def which_unit(title: str) -> str:
    return f"{title} di kelurahan mana? Pilih, atau tulis nama kelurahannya."


def heir(title: str, indicators: int) -> str:
    return f"{title} mempunyai {indicators} indikator. Jabatan mana yang meneruskannya, dengan semua angkanya?"


# --- what is saved ----------------------------------------------------------------------------------------------------


def line_of(title: str, who: Sequence[str]) -> str:
    """`Kasi Pemerintahan: Bu Sari Andini sampai Kamis 31 Maret, lalu Pak Joko Santosa`."""
    return f"{title}: {', lalu '.join(who)}"


def until(name: str, last: date) -> str:
    return f"{name} sampai {day(last)}"


def acting(capacity: Capacity, name: str, first: date, last: date) -> str:
    return f"{capacity} {name}, {day(first)} sampai {full_day(last)}"


def from_day(name: str, first: date, today: date) -> str:
    return f"{name} mulai {day(first)}" if first != today else f"{name} mulai hari ini"


def leaves_office(name: str) -> str:
    return f"{name} keluar dari kantor ini."


def calls_off(name: str, title: str) -> str:
    return f"Mutasi dibatalkan: {name} tetap {title}, dan yang menyusul pada hari itu batal."


def puts_off(name: str, title: str, old: date, new: date) -> str:
    days = f"{day(old)} menjadi {day(new)}"
    return f"Hari terakhir {name} sebagai {title}: {days}. Yang menyusul pada hari itu ikut bergeser."


def renames(old: str, new: str) -> str:
    return f"{old}\nmenjadi {new}\nNama lama tetap dikenali di rencana dan buku kerja."


def puts_below(title: str, old: str, new: str) -> str:
    return f"{title}\nAtasan: {old or '-'} menjadi {new}"


def into_unit(title: str, unit: str) -> str:
    return f"{title}\nKelurahan: {unit or 'bukan kelurahan'}"


def makes_admin(title: str, *, is_admin: bool) -> str:
    return f"{title} menjadi admin." if is_admin else f"{title} tidak lagi admin."


def makes_post(title: str, role: Role, superior: str, unit: str) -> str:
    where = f"\nBagian dari {unit}" if unit else ""
    return f"Jabatan baru: {title}\nSetingkat: {ROLES[role]}\nAtasan: {superior}{where}\nPejabatnya diisi sesudah ini."


def ends_post(title: str, heir: str, indicators: int) -> str:
    more = f"\n{indicators} indikator dan angkanya diteruskan {heir}." if heir else ""
    return f"{title} berakhir hari ini.{more}\nPejabatnya selesai di sana hari ini."


def done(lines: Sequence[str], not_joined: Sequence[str]) -> str:
    """What was saved, and who is still to be invited."""
    text = "\n".join(("Tersimpan.", *lines))
    if not_joined:
        text += f"\nBelum bergabung: {listed(list(not_joined))}. Ketik undang untuk mengundang."
    return text


# --- what people are told ---------------------------------------------------------------------------------------------


def to_leaver(title: str, last: date, after: Sequence[str], today: date) -> str:
    """To somebody who leaves a post: until when, and who follows."""
    over = last < today
    text = f"tugas Anda sebagai {title} {'sudah selesai' if over else 'selesai'} {day(last)}."
    if after:
        text += f" Sesudah itu Anda {listed(list(after))}, dengan serah terimanya pada hari itu."
    return text if over else f"{text} Mohon laporkan yang masih terbuka sebelum itu: ketik lapor."


def to_newcomer(title: str, first: date, today: date) -> str:
    """To somebody who gets a post."""
    if first > today:
        return f"mulai {day(first)} Anda {title}. Serah terimanya dikirim pada hari itu."
    return f"Anda kini {title}. Ketik serah terima untuk melihat yang Anda teruskan, lapor untuk melapor."


def to_acting(title: str, first: date, last: date, today: date) -> str:
    """To somebody who acts for a post."""
    begins = "hari ini" if first <= today else day(first)
    return f"Anda menjadi {title}, {begins} sampai {full_day(last)}. Jabatan Anda sendiri tetap. Ketik lapor."


def acting_changed(title: str, last: date) -> str:
    return f"tugas Anda sebagai {title} kini sampai {full_day(last)}. Ketik status untuk melihat laporannya."


def stays_after_all(title: str) -> str:
    return f"mutasi Anda dibatalkan, Anda tetap {title}. Ketik status untuk melihat laporan Anda."


def never_begins(title: str) -> str:
    return f"penunjukan Anda sebagai {title} dibatalkan. Ketik status untuk melihat laporan Anda."


def acting_ends(title: str, last: date, today: date, *, may_extend: bool) -> str:
    """To a Plt whose time runs out."""
    left = (last - today).days
    when = "hari ini" if left == 0 else f"{left} hari lagi, {day(last)}"
    more = "Dapat diperpanjang oleh admin kantor." if may_extend else "Perpanjangannya sudah dipakai."
    return f"tugas Anda sebagai {title} berakhir {when}. {more} Mohon laporkan yang masih terbuka: ketik lapor."


def acting_ends_for_admin(name: str, title: str, last: date, *, may_extend: bool) -> str:
    """To the admin of a Plt whose time runs out."""
    more = (
        "memperpanjang atau mengisi jabatannya" if may_extend else "mengisi jabatannya; perpanjangannya sudah dipakai"
    )
    return f"{title}, {name}, berakhir {day(last)}. Sesudah itu jabatannya kosong. Ketik plt untuk {more}."
