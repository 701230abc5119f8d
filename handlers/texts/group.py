"""Sentences about the office's group, and the few that are said in it."""

from collections.abc import Collection, Sequence
from datetime import date, time

from domain.ladder import Stage
from domain.periods import Period
from handlers.texts.formats import day, fitted, office, periods_with_year, shortened
from handlers.texts.office_settings import group_stages

IN_PRIVATE = "Silakan tulis ke saya secara pribadi."
"""All that is ever answered in a group, once a day."""
LINK = "menghubungkan grup ini dengan kantor (admin)"
YES, NO = "Ya", "Tidak"
NONE = (
    "Belum ada grup. Tambahkan Renaksi ke grup Telegram kantor, lalu ketik /grup di sana; "
    "saya tanyakan izinnya kepada Anda secara pribadi."
)
NOT_YOURS = "Grup itu tidak terhubung dengan kantor Anda. Ketik /grup di grupnya untuk menghubungkan."
UNNAMED = "tanpa nama"
_TITLE = 60
_ROOM = 700
"""Characters for a list."""


def name(title: str) -> str:
    return shortened(title, _TITLE) or UNNAMED


def asked(title: str, office_name: str) -> str:
    return (
        f'Grup "{name(title)}" ditambahkan.\n'
        f"Kirim daftar jabatan {office(office_name)} yang belum lapor ke sana? Hanya nama jabatan, tanpa angka."
    )


def linked(title: str, chosen: Collection[Stage], at: time) -> str:
    if not chosen:
        return f'Baik, grup "{name(title)}" terhubung. Hari kirimnya belum dipilih: ketik tenggat untuk memilihnya.'
    return (
        f'Baik, grup "{name(title)}" terhubung. Jabatan yang belum lapor dikirim ke sana {group_stages(chosen)} dari '
        f"batas, pukul {at:%H.%M}, tanpa angka.\nKetik grup untuk berhenti, atau tenggat untuk mengubah harinya."
    )


def declined(title: str) -> str:
    return f'Baik, tidak ada yang dikirim ke grup "{name(title)}". Ketik grup bila berubah pikiran.'


def line(number: int, title: str, *, is_linked: bool) -> str:
    return f'{number}. "{name(title)}": {"daftar dikirim" if is_linked else "tidak dikirim"}'


def all_groups(lines: Sequence[str], chosen: Collection[Stage]) -> str:
    listed_lines = fitted(lines, _ROOM)
    return f"Grup kantor:\n{listed_lines}\nHari kirim: {group_stages(chosen)} (ketik tenggat untuk mengubahnya)."


def stop(number: str) -> str:
    return f"Hentikan {number}".rstrip()


def resume(number: str) -> str:
    return f"Kirim {number}".rstrip()


def lost(title: str) -> str:
    return (
        f'Renaksi dikeluarkan dari grup "{name(title)}", jadi daftar yang belum lapor tidak dikirim lagi ke sana.\n'
        "Bila itu keliru, tambahkan lagi dan ketik /grup di sana."
    )


def code_shown(title: str, post: str) -> str:
    return (
        f'Kode undangan {post} ditulis di grup "{name(title)}", jadi undangan itu dicabut: siapa pun di sana dapat '
        "membacanya.\nBuat undangan baru, dan kirim langsung kepada pemegang jabatannya."
    )


def missing(periods: Sequence[Period], due: date, today: date, posts: Sequence[str]) -> str:
    """What is posted in the group: who has not reported yet, and nothing else."""
    until = day(due)
    when = {0: " (hari ini)", 1: " (besok)"}.get((due - today).days, " (sudah lewat)" if due < today else "")
    lines = [f"• {title}" for title in posts]
    return (
        f"Belum lapor {periods_with_year(periods)}, batas {until}{when}:\n{fitted(lines, _ROOM)}\n"
        "Laporan dikirim kepada saya secara pribadi, bukan di grup ini."
    )
