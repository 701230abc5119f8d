"""Words of "unduh": the official forms as files."""

from collections.abc import Sequence

from domain.periods import Period, PeriodKind
from domain.standing import Standing
from handlers.texts.formats import listed, period_with_year

NAMES = {"renaksi": "Renaksi", "renja": "Renja", "tc29": "T-C.29", "rfk": "RFK", "paten": "PATEN", "data": "Data"}
ABOUT = {
    "renaksi": "monitoring rencana aksi",
    "renja": "evaluasi hasil Renja (E.81)",
    "tc29": "evaluasi Renja s/d tahun berjalan",
    "rfk": "realisasi fisik dan keuangan",
    "paten": "jumlah pelayanan per bulan",
    "data": "semua angka, satu baris per periode",
}
FILES = {"pdf": "PDF", "xlsx": "Excel", "docx": "Word", "csv": "CSV"}
OTHER_PERIOD = "Periode lain"

WHICH_FORM = "Formulir apa yang ingin diunduh? Bisa juga diketik, mis. unduh {} {}."
WHICH_PERIOD = "{}: periode mana? Bisa juga diketik, mis. unduh {} {}."
WHICH_SECTION = "Seksi mana?"
WHICH_FILE = "Berkas apa? PDF untuk dicetak, Excel untuk diperiksa."
WHICH_DATA = "Berkas apa? Excel untuk dibaca, CSV untuk program lain."
NOT_YOURS = "Formulir diunduh oleh pimpinan, admin, dan kepala seksi. Mintalah kepada atasan Anda."
OFFICE_ONLY = (
    "{} dibuat untuk seluruh kantor dan diunduh oleh pimpinan atau admin. Untuk seksi Anda ada Renaksi dan Data."
)
SECTION_GONE = "Seksi itu tidak ada lagi. Ketik unduh untuk memilih."
NOT_BEGUN = "{} belum dimulai."
NO_PICTURE = "Gambarnya belum dapat dibuat. Coba lagi sebentar lagi."
PERIOD_EXAMPLES = {PeriodKind.MONTH: "maret", PeriodKind.QUARTER: "tw i", PeriodKind.YEAR: "2022"}
_NOTHING = {
    "rfk": "Belum ada baris anggaran tahun {}. Admin dapat mengisinya di lembar Anggaran buku kerja.",
    "paten": "Belum ada jenis pelayanan tahun {}. Admin dapat mengisinya di lembar Layanan buku kerja.",
}


def heading(form: str, period: Period, section: str) -> str:
    """`Renaksi TW I 2022`, and of which section."""
    name = f"{NAMES[form]} {period_with_year(period)}"
    return f"{name}, {section}" if section else name


def nothing(form: str, period: Period) -> str:
    """Why the form would be empty."""
    return _NOTHING.get(form, "Tidak ada indikator yang dapat dilaporkan untuk tahun {}.").format(period.year)


def wrong_length(form: str, lengths: tuple[PeriodKind, ...]) -> str:
    """For which periods the form is made."""
    words = {PeriodKind.MONTH: "per bulan", PeriodKind.QUARTER: "per triwulan", PeriodKind.YEAR: "per tahun"}
    return f"{NAMES[form]} dibuat {' atau '.join(words[kind] for kind in lengths)}."


def other_file(form: str, ending: str, endings: Sequence[str]) -> str:
    """As what a form is made, where it is not made as that."""
    return f"{NAMES[form]} tidak dibuat sebagai {FILES[ending]}; yang ada {listed([FILES[one] for one in endings])}."


def not_understood(words: str) -> str:
    return f'"{words}" tidak saya kenali.'


_CHECKED = {
    Standing.VERIFIED: "Seluruh angka terverifikasi.",
    Standing.APPROVED: "Seluruh angka terverifikasi dan disahkan camat.",
}


def caption(form: str, period: Period, section: str, ending: str, number: int, checked: Standing) -> str:
    """What stands beside a file; `checked` is how far the figure has come that came the shortest way."""
    how_far = _CHECKED.get(checked, "Angkanya sementara.")
    return (
        f"{heading(form, period, section)} ({FILES[ending]}), data no. {number}.\n"
        f"{how_far} Ketik periksa {number} untuk tahu apakah masih sama, atau unduh untuk formulir lain."
    )


def no_file(name: str) -> str:
    return f"Berkas {name} belum dapat dibuat. Coba lagi sebentar lagi dengan mengetik unduh."
