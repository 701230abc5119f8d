"""Sentences for those who join (conversations.md)."""

from datetime import date
from decimal import Decimal

from domain.openings import Closing
from handlers.texts.formats import day, number, office, period
from storage.people import Closed

YES = "Ya, saya"
NO = "Bukan saya"
ASK_NAME = "Siapa nama Anda? Tulis nama yang dikenal di kantor."
NAME_PLEASE = "Tulis nama Anda dengan huruf saja, paling panjang 60 huruf."
TAP_YES_OR_NO = f"Pilih {YES} bila jabatan itu benar, atau {NO}."
NOT_ME = "Baik, undangan ini tidak dipakai. Mintalah tautan yang benar kepada admin kantor Anda."
NOT_MY_NUMBER = "Baik, nomor Anda tidak dipakai untuk jabatan itu. Mintalah tautan undangan kepada admin kantor Anda."
NUMBER_GONE = "Nomor itu tidak lagi tercatat untuk jabatan itu. Mintalah tautan undangan kepada admin kantor Anda."
NOT_BY_NUMBER = "Dengan nomor itu Anda belum dapat bergabung. Mintalah tautan undangan kepada admin kantor Anda."
SHARE_NUMBER = "Bagikan nomor saya"
CLOSED = {
    Closed.USED: "Undangan ini sudah dipakai. Bila bukan oleh Anda, mintalah tautan baru kepada admin kantor Anda.",
    Closed.REVOKED: "Undangan ini sudah dicabut atau diganti. Mintalah tautan baru kepada admin kantor Anda.",
    Closed.EXPIRED: "Masa berlaku undangan ini sudah lewat. Mintalah tautan baru kepada admin kantor Anda.",
}
"""What somebody reads who opens an invitation that can no longer be used."""
REPORT_NOW = "Lapor sekarang"
LOOK_FIRST = "Lihat status"
PRACTISE = "Latihan dulu"
LATER = "Nanti"
SEND_CODE = "Kirim kode undangan Anda"
CANCELLED = "Baik, undangan ini belum dipakai. Kirim kodenya lagi bila Anda ingin bergabung."
ALREADY_JOINED = "Anda sudah bergabung, kode itu tidak diperlukan. Ketik lapor, status, atau bantuan."


def invitation(office_name: str, post: str) -> str:
    return f"Selamat datang di Renaksi {office(office_name)}.\nUndangan ini untuk jabatan {post}. Benar untuk Anda?"


def own_number(office_name: str, post: str) -> str:
    """Somebody is known by the number that the office entered."""
    return (
        f"Selamat datang di Renaksi {office(office_name)}.\n"
        f"Nomor Anda tercatat di kantor untuk jabatan {post}. Benar untuk Anda?"
    )


def invited(office_name: str, post: str, code: str, until: str) -> str:
    """An invitation by letter."""
    return (
        f"Anda diundang bergabung dengan Renaksi, asisten pelaporan rencana aksi {office_name}, untuk jabatan {post}. "
        f"Untuk bergabung, balas pesan ini dengan kode {code} paling lambat {until}. "
        "Bila undangan ini bukan untuk Anda, abaikan saja pesan ini."
    )


def welcome(person: str, closing: Closing | None, today: date, days_left: int) -> str:
    """What there is to do, and until when."""
    thanks = f"Terima kasih, {person.rstrip('.')}."
    if closing is None:
        return f"{thanks}\nBelum ada yang perlu dilaporkan. Kami ingatkan bila waktunya tiba."
    return f"{thanks}\n{open_work(closing)}\n{limit(closing.cut_off, today, days_left)}"


def filled_in_by(person: str, title: str) -> str:
    """Somebody has joined whose figures another post fills in."""
    return (
        f"Terima kasih, {person.rstrip('.')}.\nIndikator jabatan Anda diisi {title}; Anda tetap dapat melihat dan "
        "mengubahnya. Ketik bantuan untuk melihat yang dapat Anda lakukan."
    )


def begins_later(person: str, title: str, begins: date) -> str:
    """Somebody has joined before their first day: nothing of the post is theirs yet."""
    return (
        f"Terima kasih, {person.rstrip('.')}.\n"
        f"Anda {title} mulai {day(begins)}. Pada hari itu kami kirim serah terimanya; sebelumnya belum ada yang perlu "
        "Anda lakukan."
    )


def open_work(closing: Closing) -> str:
    """`Maret 2022: 3 indikator, 2 susulan`."""
    name = " dan ".join(period(which) for which in closing.periods)
    parts = [f"{number(Decimal(len(closing.missing)))} indikator"] if closing.missing else ["sudah lengkap"]
    late = [item for item in closing.late if not item.reported]
    if late:
        parts.append(f"{len(late)} susulan")
    return f"{name} {closing.end.year}: {', '.join(parts)}."


def limit(cut_off: date, today: date, days_left: int) -> str:
    left = "hari ini" if cut_off == today else f"{days_left} hari kerja lagi"
    return f"Batas: {day(cut_off)} ({left})." if today <= cut_off else f"Batas {day(cut_off)} sudah lewat."
