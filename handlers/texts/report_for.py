"""Sentences of "lapor untuk": figures that somebody enters for another's post."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from domain.openings import Closing, Duty
from domain.periods import Period
from domain.reporting_for import Basis
from handlers.messages import BUTTON_LABEL, ROW_HINT, ROW_LABEL
from handlers.texts.formats import (
    clock,
    day,
    figure_period,
    fitted,
    indicator,
    period,
    periods_with_year,
    shortened,
)
from handlers.texts.report import cut_off, shown_entry

TYPE_FOR = "Ketik mewakili"
CANCELLED = f"Dibatalkan, tidak ada yang dikirim. {TYPE_FOR} untuk mulai lagi."
SAVED = "isian itu tersimpan dan belum dikirim."
NOT_ALLOWED = (
    "Mengisi untuk jabatan lain dilakukan oleh admin, atasannya, dan operator yang ditunjuk kantor. "
    "Ketik lapor untuk laporan Anda sendiri."
)
NO_LONGER = f"Anda tidak lagi dapat mengisi untuk jabatan itu, jadi tidak ada yang dikirim. {TYPE_FOR} untuk memilih."
WHICH_POST = "Lapor untuk jabatan mana? Pilih, atau ketik namanya."
PICK_POST = "Pilih jabatan dari daftar, atau ketik sebagian namanya."
SEVERAL = "Ada beberapa jabatan dengan nama itu. Pilih satu."
WHICH_PERIOD = "Untuk periode mana?"
PICK_PERIOD = "Pilih periodenya, atau ketik misalnya maret."
BASIS = "Dari mana Anda mengetahui angkanya? Ditanya sekali saja."
BASIS_IN_WORDS = "Pilih Telepon, Surat, atau Grup, atau ketik yang lain dengan beberapa kata, misalnya rapat."
BASES = {Basis.PHONE: "Telepon", Basis.LETTER: "Surat", Basis.GROUP: "Grup"}
MORE = "Berikutnya"
FIRST = "Dari awal"
CLOSE = "Selesai"
RIGHT = "Benar"
MEND = "Perbaiki"
FILL = "Isi untuk jabatan"
GONE = "Isian itu tidak ada lagi atau bukan untuk jabatan Anda. Ketik status untuk melihat laporan Anda."
WHICH_TO_MEND = "Angka mana yang diperbaiki?"
_LIST_ROOM = 600
_NAME = 50


def post_label(title: str, *, is_row: bool) -> str:
    return shortened(title, ROW_LABEL if is_row else BUTTON_LABEL)


def post_hint(missing: int, closing: Closing | None) -> str:
    """`Kurang 3, batas Selasa 5 April`: what is left of the period that runs."""
    if closing is None or not missing:
        return "Tidak ada yang kurang"
    return shortened(f"Kurang {missing}, {cut_off(closing)}", ROW_HINT)


def heading(title: str, closing: Closing | None = None) -> str:
    """`Untuk Kasi Pembangunan · Maret 2022`"""
    which = "" if closing is None else f" · {periods_with_year(closing.periods)}"
    return f"Untuk {shortened(title, 60)}{which}"


def type_for(title: str, closing: Closing) -> str:
    """`Ketik lapor untuk Kasi Pemerintahan februari`: to go on with a sitting."""
    return f"Ketik lapor untuk {title} {period(closing.periods[0]).lower()}"


def nothing_open(title: str) -> str:
    return f"Tidak ada yang perlu dilaporkan untuk {title} sekarang. {TYPE_FOR} untuk memilih jabatan lain."


def among_own(title: str) -> str:
    """Said of a post whose figures the person reports anyway."""
    return f"Indikator {title} sudah termasuk laporan Anda. Ketik lapor untuk mengisinya."


def no_such_post(words: str) -> str:
    return f"Tidak ada jabatan bernama {shortened(words, 60)} yang dapat Anda isi. {TYPE_FOR} untuk melihat daftarnya."


def fill_label(title: str, room: int) -> str:
    """The button of a post in the list of those who cannot be reached."""
    return shortened(f"Isi {title}", room)


# --- what its owner is told -------------------------------------------------------------------------------------------


def told_sender(text: str, owner: str, *, told: bool, now: bool) -> str:
    """What was sent, and whether the owner learns of it, `now` or when the office opens."""
    if not owner:
        return f"{text}\nJabatan itu kosong, jadi tidak ada yang diberi tahu."
    if told:
        when = "" if now else " pada jam kerja"
        return f"{text}\n{owner} diberi tahu{when} dan dapat menjawab {RIGHT} atau {MEND}."
    return f"{text}\n{owner} belum dapat dihubungi lewat Renaksi."


def line(duty: Duty, which: Period, value: Decimal) -> str:
    """`• Buku wajib administrasi, Maret 2022: 0 desa (nihil)`"""
    return f"• {indicator(duty.name, _NAME)}, {figure_period(duty, which)}: {shown_entry(value, duty.unit, 0)}"


def told_owner(name: str, by: str, title: str, basis: str, figures: Sequence[str]) -> str:
    """Which figures somebody entered for the owner, and how they knew them."""
    head = f"{name}, {by} mengisi laporan untuk {title}, berdasarkan {basis}:"
    return f"{head}\n{fitted(figures, _LIST_ROOM)}\nSudah benar? Ketuk {RIGHT}, atau {MEND} bila ada yang salah."


def summary(figures: Sequence[str]) -> str:
    """The figures in one line, for a template."""
    return "; ".join(line.removeprefix("• ") for line in figures)


def confirmed(number: int, title: str) -> str:
    return f"Terima kasih. {number} angka {title} tercatat benar. Ketik status untuk melihat capaian Anda."


def confirmed_before(at: datetime, zone: str) -> str:
    return f"Sudah Anda benarkan {day(at.date())} {clock(at, zone)}. Ketik koreksi bila ada yang berubah."


def own_entry() -> str:
    return "Angka itu Anda isi sendiri; yang membenarkannya pemilik jabatannya."


def mend_label(duty: Duty, *, is_row: bool) -> str:
    return shortened(indicator(duty.name), ROW_LABEL if is_row else BUTTON_LABEL)
