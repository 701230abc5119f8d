"""Sentences for whoever looks after the offices of a kabupaten: offices, counts and posts, never a single figure."""

from collections.abc import Sequence
from datetime import date

from domain.kabupaten import OfficeStanding, Ranking
from domain.periods import Period
from handlers.texts.formats import fitted, full_day, office, period, shortened, whole_percent
from handlers.texts.which_office import of_kabupaten

YES, NO = "Ya, saya", "Bukan saya"
TAP_YES_OR_NO = f"Pilih {YES} bila undangan itu untuk Anda, atau {NO}."
NOT_ME = "Baik, undangan ini tidak dipakai. Mintalah tautan yang benar kepada pemasang Renaksi."
GONE = "Undangan ini baru saja dipakai orang lain. Mintalah kode baru kepada pemasang Renaksi."
SEND_CODE = "Kirim kode undangan Anda"
CANCELLED = "Baik, undangan ini belum dipakai. Kirim kodenya lagi bila Anda ingin bergabung."
ALREADY_JOINED = "Anda sudah bergabung, kode itu tidak diperlukan. Ketik peringkat, belum, atau bantuan."
RANKING, MISSING, ADD = "Peringkat", "Siapa yang belum", "Tambah kantor"
NEXT_PAGE = "Halaman berikutnya"
YOU_ARE_WELCOME = "Sama-sama. Ketik peringkat, belum, atau bantuan bila diperlukan."
NOT_UNDERSTOOD = "Maaf, itu belum saya pahami. Ketik peringkat, belum, tambah kantor, atau bantuan."
OLD_BUTTON = "Tombol itu sudah tidak berlaku. Ketik peringkat, belum, atau bantuan."
NO_OFFICES = "Belum ada kantor. Kirim buku kerja sebuah kecamatan (.xlsx) untuk menambahkannya."
HOW_TO_ADD = (
    "Kirim buku kerja kecamatan itu (.xlsx) ke sini. Formulir kosongnya dibuat pemasang dengan renaksi template.\n"
    "Isinya saya tunjukkan dulu, baru ditambahkan setelah Anda menekan Tambahkan."
)
READING = "Berkas sedang dibaca; hasilnya segera saya kirim."
ADD_IT, NOT_NOW = "Tambahkan", "Batal"
TAP_ADD = f"Pilih {ADD_IT} untuk menambahkan kantor itu, atau {NOT_NOW}."
NOT_ADDED = "Baik, tidak ada yang ditambahkan."
RESTART_ADD = "Kirim buku kerjanya"
UNREADABLE = "Berkas itu belum berhasil dibaca. Mohon simpan ulang sebagai .xlsx, lalu kirim sekali lagi."
NO_WORKBOOK = (
    "Itu bukan buku kerja kantor. Untuk menambah kecamatan, kirim buku kerjanya (.xlsx); "
    "formulir kosongnya dibuat pemasang dengan renaksi template."
)
STOPPED = "Maaf, datanya belum berhasil dihitung. Silakan ketik lagi sebentar lagi."
_ROOM = 800
_NAMED = 3
"""Offices that the weekly line names."""
HELP = (
    "Ketik salah satu kata ini:\n"
    "• peringkat: kecamatan menurut jabatan yang lapor dan capaian\n"
    "• belum: kecamatan dan jabatan yang belum lapor\n"
    "• tambah kantor: menambah kecamatan dengan buku kerjanya\n"
    "• bantuan: menampilkan pilihan ini"
)
CHANGE_OFFICE = "\n• kantor: berpindah ke kantor Anda yang lain"


def invitation(kabupaten: str) -> str:
    return (
        f"Selamat datang di Renaksi {of_kabupaten(kabupaten)}.\n"
        "Undangan ini untuk admin kabupaten, yang melihat peringkat kecamatan dan siapa yang belum lapor. "
        "Benar untuk Anda?"
    )


def welcome(kabupaten: str, offices: int) -> str:
    count = f"{offices} kecamatan" if offices else "belum ada kecamatan"
    return f"Terima kasih. Anda admin {of_kabupaten(kabupaten)}: {count}.\nKetik peringkat, belum, atau bantuan."


def welcome_back(kabupaten: str) -> str:
    return f"Halo, ini Renaksi {of_kabupaten(kabupaten)}. Ketik peringkat, belum, atau bantuan."


# --- the ranking ----------------------------------------------------------------------------------------------------


def ranking_title(kabupaten: str, today: date) -> str:
    return f"{of_kabupaten(kabupaten)}, {full_day(today)}"


def ranking(found: Ranking) -> str:
    """The offices in their order: those that are complete by capaian, the others by who reported."""
    parts: list[str] = []
    if found.ranked:
        lines = [f"{place}. {_complete(one)}" for place, one in found.ranked]
        parts.append(f"Lengkap, menurut capaian:\n{fitted(lines, _ROOM // 2)}")
    if found.others:
        lines = [f"• {_incomplete(one)}" for one in found.others]
        parts.append(f"Sementara, menurut jabatan yang sudah lapor:\n{fitted(lines, _ROOM // 2)}")
    if found.silent:
        lines = [", ".join(one.office for one in found.silent)]
        parts.append(f"Belum ada yang jatuh tempo: {shortened(lines[0], _ROOM // 4)}")
    return "\n\n".join(parts)


def _complete(one: OfficeStanding) -> str:
    mean = "" if one.mean is None else f"{whole_percent(one.mean)} s/d {_closed(one)}"
    word = " (sementara)" if one.provisional else ""
    return f"{one.office}: {mean}{word}, {_posts(one)}{_sample(one)}"


def _incomplete(one: OfficeStanding) -> str:
    mean = "" if one.mean is None else f", {whole_percent(one.mean)} s/d {_closed(one)}"
    return f"{one.office}: {_posts(one)} {period(Period.parse(one.period))}{mean}{_sample(one)}"


def _posts(one: OfficeStanding) -> str:
    return f"{one.posts_reported} dari {one.posts_due} jabatan lapor"


def _closed(one: OfficeStanding) -> str:
    return period(Period.parse(one.closed_period))


def _sample(one: OfficeStanding) -> str:
    return " (angka contoh)" if one.sample else ""


# --- who is missing -------------------------------------------------------------------------------------------------


NOTHING_DUE = "Belum ada laporan yang jatuh tempo di kecamatan Anda. Kami kabari tiap Senin bila ada."


def all_reported(names: int) -> str:
    return f"Semua jabatan di {names} kecamatan sudah lapor. Ketik peringkat untuk melihat capaiannya."


def missing(lines: Sequence[str]) -> str:
    return f"Belum lapor:\n{fitted(lines, _ROOM)}\nPilih kecamatan untuk melihat jabatannya."


def missing_line(one: OfficeStanding) -> str:
    return f"• {one.office}, {period(Period.parse(one.period))}: {len(one.missing_posts)} dari {one.posts_due} jabatan"


def posts_of(one: OfficeStanding) -> str:
    """The posts of one office."""
    if not one.missing_posts:
        return f"Semua jabatan {office(one.office)} sudah lapor. Ketik belum untuk kecamatan lain."
    lines = [f"• {title}" for title in one.missing_posts]
    return (
        f"{office(one.office)}, belum lapor {period(Period.parse(one.period))}:\n{fitted(lines, _ROOM)}\n"
        "Ketik belum untuk kecamatan lain."
    )


NO_SUCH_OFFICE = "Kecamatan itu tidak ada di kabupaten Anda. Ketik belum untuk melihat daftarnya."


def week(standings: Sequence[OfficeStanding], today: date) -> str:
    """The weekly line: how many offices are complete, and where most is missing."""
    told = [one for one in standings if not one.is_silent]
    whole = sum(not one.missing_posts for one in told)
    posts = sum(len(one.missing_posts) for one in told)
    worst = sorted((one for one in told if one.missing_posts), key=lambda one: (-len(one.missing_posts), one.office))
    named = ", ".join(f"{one.office} ({len(one.missing_posts)})" for one in worst[:_NAMED])
    rest = f"; belum {posts} jabatan, terbanyak {named}" if worst else ""
    return f"{full_day(today)}: {whole} dari {len(told)} kecamatan sudah lengkap{rest}."


# --- adding an office -----------------------------------------------------------------------------------------------


def preview(name: str, year: int, posts: int, indicators: int, questions: int) -> str:
    open_ones = f", {questions} pertanyaan untuk adminnya" if questions else ""
    return (
        f"{office(name)}, rencana {year}: {posts} jabatan, {indicators} indikator{open_ones}.\n"
        "Tambahkan kantor ini? Sesudahnya hanya pegawainya yang melihat angkanya."
    )


def refused(sentences: Sequence[str]) -> str:
    return f"Kantor itu belum dapat ditambahkan:\n{fitted([f'• {one}' for one in sentences], _ROOM)}"


def there_already(name: str) -> str:
    return f"{office(name)} sudah ada. Perubahan rencananya dikirim oleh admin kantor itu sendiri."


def taken(name: str) -> str:
    return f"Nama {office(name)} sudah dipakai kantor lain di instalasi ini. Hubungi pemasang Renaksi."


def other_kabupaten(named: str, own: str) -> str:
    theirs = of_kabupaten(named) if named else "tidak ada kabupaten"
    return f"Buku kerja itu menyebut {theirs}, sedangkan Anda admin {of_kabupaten(own)}."


def added(name: str) -> str:
    """Above the invitation that follows."""
    return f"{office(name)} ditambahkan. Teruskan undangan ini kepada adminnya:"


def added_without_admin(name: str) -> str:
    return (
        f"{office(name)} ditambahkan.\n"
        "Belum ada jabatan admin di buku kerjanya; minta pemasang mengundang pegawainya dengan renaksi invite.\n"
        "Ketik belum untuk melihat jabatan yang belum lapor."
    )
