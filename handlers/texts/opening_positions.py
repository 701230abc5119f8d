"""Sentences of "realisasi awal": what was realised before the office began to report with the program."""

from collections.abc import Sequence
from decimal import Decimal

from domain.openings import Duty
from domain.periods import Period, PeriodKind
from handlers.texts.formats import QUARTERS, amount, fitted, indicator, period_with_year, shortened
from handlers.texts.report import last_month

SKIP = "Lewati"
LATER = "Nanti saja"
BACK = "Kembali"
SAVE = "Simpan dulu"
CLOSE = "Selesai"
REGISTER = "Buku register"
TYPE_OPENING = "Ketik realisasi awal"
CANCELLED = f"Baik, tidak ada yang dikirim. {TYPE_OPENING} untuk mengisinya kapan saja."
SAVED = "isian posisi awal Anda tersimpan dan belum dikirim."
NO_BEGINNING = "Kantor Anda memakai Renaksi sejak awal rencana, jadi tidak ada posisi awal. Ketik lapor untuk melapor."
NOTHING = (
    "Jabatan Anda tidak punya target sebelum Renaksi dipakai, jadi tidak ada posisi awal. Ketik lapor untuk melapor."
)
NOT_YET = "Posisi awal yang belum ada dapat dilewati: ketuk Lewati."
PICK_A_NUMBER = "Ketik nomor indikator yang mau diubah, atau pilih tombolnya."
NOTHING_TO_SEND = f"Tidak ada posisi baru, jadi tidak ada yang dikirim. {TYPE_OPENING} untuk mengisinya."
SOURCE_IN_WORDS = "Tulis sumbernya dengan beberapa kata, paling panjang 60 huruf."
REASON_IN_WORDS = "Tulis alasannya dengan beberapa kata, paling panjang 300 huruf."
REASON = "Posisi itu sudah terverifikasi. Apa alasan mengubahnya?"
GONE = f"Posisi awal itu tidak perlu diisi lagi. {TYPE_OPENING} untuk melihat daftarnya."
_LIST_ROOM = 700
_NAME = 44


def title(position: int, count: int) -> str:
    return f"Posisi awal · {position} dari {count}"


def began(begins: Period) -> str:
    """Above the first question: why it is asked."""
    return (
        f"Kantor memakai Renaksi sejak {period_with_year(begins)}. Bulan sebelumnya tidak ditagih; "
        "cukup posisi terakhirnya."
    )


def name_of(which: Period) -> str:
    """`s/d Mei 2022`: until when a position is."""
    return f"s/d {last_month(which)} {which.year}"


def put_off() -> str:
    return f"Baik. {TYPE_OPENING} bila sudah ada."


def source_question() -> str:
    return "Dari mana angka-angka ini diambil? Pilih, atau ketik sumbernya."


def proposed_source(which: Period) -> str:
    """`Laporan TW I`: the last quarter that a position covers; before that there are only monthly reports."""
    quarter = which.last_month // PeriodKind.QUARTER
    return f"Laporan TW {QUARTERS[quarter - 1]}" if quarter else "Laporan bulanan"


def review_title(*, unsent: bool) -> str:
    return "Periksa sebelum dikirim · posisi awal" if unsent else "Posisi awal"


def review_line(position: int, duty: Duty, which: Period, shown: str) -> str:
    return f"{position} {indicator(duty.name, _NAME)}: {shown} ({name_of(which)})" if shown else _empty(position, duty)


def _empty(position: int, duty: Duty) -> str:
    return f"{position} {indicator(duty.name, _NAME)}: belum diisi"


def review(lines: Sequence[str], source: str) -> str:
    """Every position with its number, and from what the new ones were taken."""
    ending = f"Sumber: {source}\nKetik nomor untuk mengubah." if source else "Ketik nomor untuk mengubah."
    return f"{fitted(lines, _LIST_ROOM)}\n{ending}"


def send_label(number: int) -> str:
    return f"Kirim {number} posisi"


def sent(number: int, source: str, left: int) -> str:
    """How many arrived, and how many are still unknown."""
    rest = f" {left} belum diisi; {TYPE_OPENING.lower()} bila sudah ada." if left else ""
    return f"{number} posisi awal tercatat, sumber: {shortened(source, 60)}.{rest}"


def goes_on(text: str) -> str:
    """Where nothing follows by itself."""
    return f"{text}\nKetik lapor untuk melanjutkan."


def known(value: Decimal, duty: Duty, which: Period, source: str) -> str:
    """`Posisi awal 12 desa s/d Mei 2022, sumber: laporan TW I`."""
    told = f", sumber: {source}" if source else ""
    return f"Posisi awal {amount(value, duty.unit)} {name_of(which)}{told}"
