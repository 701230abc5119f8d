"""Sentences of the conversation about money: what was spent of each line of the budget (domain.md 1 F8 and 4.6)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from domain.budget import BudgetLine, BudgetPosition, LineFigures
from domain.numbers import Doubt
from domain.periods import Period
from handlers.messages import BUTTON_LABEL
from handlers.texts.formats import day, indicator, listed, money, month, number, percent, period_with_year, shortened

SKIP = "Lewati"
BACK = "Kembali"
ZERO = "Nihil"
NOT_YET = "Belum"
RETYPE = "Ketik ulang"
LATER = "Simpan dulu"
CLOSE = "Selesai"
REST = "Sama untuk sisanya"
NEXT_PAGE = "Berikutnya"
PREVIOUS_PAGE = "Sebelumnya"
FILL = "Lanjut mengisi"
LIST_LABEL = "Daftar baris"
LIST = ("daftar", "daftar baris", "semua baris")
"""What is typed to see every line."""

TYPE_MONEY = "Ketik keuangan"
CANCELLED = "Dibatalkan, tidak ada yang dikirim. Ketik keuangan untuk mulai lagi, atau bantuan untuk melihat pilihan."
SAVED = "isian keuangan tersimpan dan belum dikirim."
NO_SUCH_MONTH = "Keuangan bulan itu tidak terbuka untuk Anda. Ketik keuangan untuk bulan yang berjalan."
NOTHING_OPEN = "Tidak ada keuangan yang perlu dilaporkan sekarang. Ketik status untuk melihat capaian Anda."
NOTHING_LEFT = "Baris anggaran itu tidak lagi Anda laporkan, jadi isian tadi tidak dikirim."
NOTHING_TO_SEND = "Tidak ada angka baru, jadi tidak ada yang dikirim. Ketik bantuan untuk melihat pilihan."
NO_BUDGET = (
    "Rincian anggaran kantor ini belum dimuat, jadi keuangan belum bisa dilaporkan. Mohon tanyakan kepada admin."
)
NO_BUDGET_ADMIN = (
    "Rincian anggaran kantor ini belum dimuat. Isi lembar Anggaran di buku kerja kantor (kode, nama, pagu, jabatan "
    "pelapor), lalu muat buku kerja itu sekali lagi."
)
NO_REPORTER_ADMIN = (
    "Baris anggaran belum punya jabatan pelapor. Isi kolom Jabatan di lembar Anggaran, lalu muat buku kerja itu "
    "sekali lagi."
)
NO_REPORTER = "Jabatan yang melaporkan keuangan belum ditentukan. Mohon tanyakan kepada admin kantor."
RUPIAH_PLEASE = (
    "Tulis angka rupiahnya, misalnya 12.350.000 atau 12,35 juta. Ketik nihil bila nol, belum bila belum ada."
)
PERCENT_PLEASE = "Tulis fisiknya dalam persen, misalnya 60 atau 62,5. Pilih Lewati bila belum ada."
PICK_OR_TYPE = "Pilih salah satu, atau ketik angkanya."
PICK_A_LINE = "Ketik nomor atau kode baris yang mau diubah, atau pilih tombolnya."
REASON_IN_WORDS = "Tulis alasannya dengan beberapa kata, paling panjang 300 huruf."
NO_EVIDENCE_HERE = "Di sini cukup angkanya, atau berkas Excel (.xlsx). Foto bukti dikirim saat mengisi lapor."
FIRST_LINE_HELP = "Ketik daftar untuk memilih baris."
REVIEW_HELP = "Ketik nomor baris untuk mengubah."
NEVER_REPORTED = "belum dilaporkan"
NAME_ROOM, ROW_NAME_ROOM = 80, 56
"""Characters of a line's name in its own question, and in a list."""
_QUOTED = 40


# --- the question of one line -------------------------------------------------------------------------------------


def heading(which: Period, position: int, count: int) -> str:
    """`Keuangan Maret 2024 · 1 dari 35`."""
    return f"{subject(which)} · {position} dari {count}"


def subject(which: Period) -> str:
    """`Keuangan Maret 2024`."""
    return f"Keuangan {period_with_year(which)}"


def type_month(which: Period) -> str:
    """`Ketik keuangan maret`."""
    return f"{TYPE_MONEY} {month(which.number).lower()}"


def resumed(filled: int, count: int) -> str:
    return f"Kita lanjutkan: {filled} dari {count} baris sudah terisi." if filled else "Kita lanjutkan yang tadi."


def spent_question(line: BudgetLine, which: Period, before: Period | None, *, filled: str, first: bool) -> str:
    """Name and code, pagu and last position, what was filled in or is recorded, and the question."""
    parts = (
        f"{indicator(line.name, NAME_ROOM)} ({line.code})",
        " · ".join(part for part in (_ceiling(line), stood_at(line, before)) if part),
        recorded(line, which),
        filled,
        f"Realisasi s/d {month(which.number)}, berapa rupiah?",
        FIRST_LINE_HELP if first else "",
    )
    return "\n".join(part for part in parts if part)


def _ceiling(line: BudgetLine) -> str:
    if line.ceiling is None:
        return "Tanpa pagu"
    return f"Pagu {'perubahan ' if line.revised is not None else ''}{money(line.ceiling)}"


def stood_at(line: BudgetLine, before: Period | None) -> str:
    """`s/d Februari Rp2.000.000 (fisik 40%)`; empty where nothing was reported before."""
    return "" if before is None else f"s/d {month(before.number)} {position_words(line.positions[before])}"


def recorded(line: BudgetLine, which: Period) -> str:
    """What is recorded of the month itself."""
    held = line.positions.get(which)
    return "" if held is None else f"Tercatat s/d {month(which.number)} {position_words(held)}"


def position_words(held: BudgetPosition) -> str:
    sample = " (contoh)" if held.sample else ""
    return f"{figures(held.spent, held.physical)}{sample}"


def figures(spent: Decimal, physical: Decimal | None) -> str:
    """`Rp2.000.000 (fisik 40%)`."""
    return money(spent) if physical is None else f"{money(spent)} (fisik {number(physical)}%)"


def filled_in(spent: Decimal | None, physical: Decimal | None) -> str:
    """What was filled in before, when a question is come back to."""
    return f"Tadi diisi: {entry(spent, physical)}"


def entry(spent: Decimal | None, physical: Decimal | None) -> str:
    return NEVER_REPORTED if spent is None else figures(spent, physical)


def same_label(before: Period) -> str:
    """`Sama seperti Februari`: in a list, which has room for it."""
    return f"Sama seperti {month(before.number)}"


def read_back(spent: Decimal, absorbed: Decimal | None, physical: Decimal | None = None) -> str:
    """`✓ Rp12.350.000 · 45,20% dari pagu`: what was understood, in full."""
    of_ceiling = "" if absorbed is None else f" · {percent(absorbed)} dari pagu"
    built = "" if physical is None else f" · fisik {number(physical)}%"
    return f"✓ {money(spent)}{of_ceiling}{built}"


def physical_question(line: BudgetLine, which: Period, spent: Decimal) -> str:
    """Asked right below what was read back."""
    name = indicator(line.name, ROW_NAME_ROOM)
    return f"{name}: {money(spent)}\nFisik s/d {month(which.number)}, berapa %?"


def follow_label(absorbed: Decimal) -> str:
    """The button for a realisasi fisik that goes with the money: `Ikut keuangan 45%`."""
    return f"Ikut keuangan {number(absorbed)}%"


def keep_label(physical: Decimal) -> str:
    label = f"Tetap {number(physical)}%"
    return label if len(label) <= BUTTON_LABEL else "Tetap"


def physical_noted(physical: Decimal) -> str:
    return f"✓ Fisik {number(physical)}%"


def not_yet_noted(line: BudgetLine) -> str:
    return f"{indicator(line.name, ROW_NAME_ROOM)}: tetap {NEVER_REPORTED}."


def rest_noted(same: int, without: int) -> str:
    """What "sama untuk sisanya" filled in, and for how many lines there was nothing to take."""
    told = f"✓ {same} baris disamakan dengan bulan sebelumnya." if same else "Tidak ada baris yang bisa disamakan."
    return f"{told} {without} baris tanpa angka sebelumnya tetap {NEVER_REPORTED}." if without else told


def not_in_list(count: int) -> str:
    return f"Nomor itu tidak ada; daftarnya 1 sampai {count}." if count > 1 else "Daftarnya hanya satu baris."


def changed_in_chat(line: BudgetLine, old: str, new: str) -> str:
    return f"{indicator(line.name, 60)}: {old} diganti {new}."


# --- doubts -------------------------------------------------------------------------------------------------------

ABOVE_CEILING = "above_ceiling"
"""More than the pagu; asked here, for a target may be passed and a ceiling may not."""


def spent_doubt(reason: str, typed: str, candidates: Sequence[Decimal], line: BudgetLine, last: Decimal | None) -> str:
    """What is doubtful about an amount, with what is at stake. Without candidates it is asked for once more."""
    said = shortened(" ".join(typed.split()), _QUOTED)
    first = money(candidates[0]) if candidates else said
    match reason:
        case "above_ceiling" | Doubt.FAR_ABOVE_TARGET:
            return f"{first} melebihi pagu {money(line.ceiling or Decimal(0))}. Apakah benar?"
        case Doubt.BELOW_PREVIOUS:
            before = f"Sebelumnya sudah {money(last)}, sekarang lebih kecil. " if last is not None else ""
            extra = ", atau tambahannya" if len(candidates) > 1 else ""
            return f"{before}Apakah {first} angka s/d{extra}?"
        case Doubt.INCREMENT_FOR_POSITION:
            return f'Yang diisi angka s/d. Apakah "{said}" angka s/d, atau tambahannya?'
        case Doubt.SMALL_MONEY:
            ceiling = "pagunya" if line.ceiling is None else f"pagu {money(line.ceiling)}"
            return f"{first} sangat kecil dibanding {ceiling}. Mana yang benar?"
        case Doubt.SAME_AS_BEFORE if candidates:
            return f"Sama seperti sebelumnya, {first}?"
        case Doubt.COMPLETE if candidates:
            return f"Sebesar pagu, {first}?"
        case Doubt.OTHER_UNIT | Doubt.OTHER_TARGET | Doubt.RATIO | Doubt.PERCENT_OR_COUNT:
            right = f"Benar {first}?" if candidates else "Berapa rupiahnya?"
            return f'Yang diisi rupiah, sedangkan tertulis "{said}". {right}'
        case _:
            return _plain_doubt(reason, said, first, candidates, RUPIAH_PLEASE)


def physical_doubt(reason: str, typed: str, candidates: Sequence[Decimal], last: Decimal | None) -> str:
    said = shortened(" ".join(typed.split()), _QUOTED)
    first = f"{number(candidates[0])}%" if candidates else said
    match reason:
        case Doubt.ABOVE_RANGE:
            return "Fisik paling besar 100%. Berapa yang benar?"
        case Doubt.BELOW_PREVIOUS | Doubt.INCREMENT_FOR_POSITION:
            before = f"Sebelumnya fisik {number(last)}%. " if last is not None else ""
            extra = ", atau tambahannya" if len(candidates) > 1 else ""
            return f"{before}Apakah {said} angka s/d{extra}?"
        case Doubt.SMALL_PERCENT:
            return f"{said} berarti kurang dari satu persen. Mana yang benar?"
        case Doubt.SAME_AS_BEFORE if candidates:
            return f"Sama seperti sebelumnya, {first}?"
        case Doubt.COMPLETE if candidates:
            return f"Selesai, {first}?"
        case Doubt.RATIO:
            return f'"{said}" berarti {first}. Benar?'
        case _:
            return _plain_doubt(reason, said, first, candidates, PERCENT_PLEASE)


def _plain_doubt(reason: str, said: str, first: str, candidates: Sequence[Decimal], please: str) -> str:
    """Doubts that read alike for rupiah and percent."""
    match reason:
        case Doubt.ZERO_OR_NOT_YET:
            return "Nihil (0), atau belum ada laporan?"
        case Doubt.SEPARATOR if candidates:
            return f'Titik atau koma dalam "{said}" bisa dibaca dua cara. Mana yang benar?'
        case Doubt.SEVERAL if candidates:
            return f'"{said}" bisa berarti beberapa angka. Mana yang benar?'
        case Doubt.SEVERAL:
            return f'Ada lebih dari satu angka dalam "{said}". Tulis satu angka saja.'
        case Doubt.APPROXIMATE if len(candidates) == 1:
            return f"Perlu angka pasti. {first}?"
        case Doubt.APPROXIMATE | Doubt.SAME_AS_BEFORE | Doubt.COMPLETE:
            return "Perlu angka pasti. Berapa tepatnya?"
        case Doubt.BELOW_RANGE:
            return f"Angka {said} lebih kecil dari yang mungkin. Berapa yang benar?"
        case Doubt.TOO_LONG | Doubt.ABOVE_RANGE:
            return "Angka itu terlalu panjang untuk dicatat. Berapa yang benar?"
        case _ if candidates:
            return f"Benar {first}?"
        case _:
            return please


def candidate_label(reason: str, candidates: Sequence[Decimal], index: int, *, rupiah: bool) -> str:
    """`Memang Rp9.000`, `Jadi Rp5` with what was added: a reading to choose. It may be longer than a button."""
    shown = money(candidates[index]) if rupiah else f"{number(candidates[index])}%"
    match reason:
        case Doubt.ZERO_OR_NOT_YET:
            return ZERO
        case Doubt.BELOW_PREVIOUS | Doubt.INCREMENT_FOR_POSITION if len(candidates) > 1:
            larger = candidates[index] == max(candidates)
            return f"{'Jadi' if larger else 'Memang'} {shown}"
        case "above_ceiling" | Doubt.FAR_ABOVE_TARGET | Doubt.BELOW_PREVIOUS:
            return f"Memang {shown}"
        case Doubt.SEPARATOR | Doubt.SEVERAL | Doubt.SMALL_MONEY | Doubt.SMALL_PERCENT:
            return shown
        case _:
            return f"Ya, {shown}"


# --- the review page and what follows it ------------------------------------------------------------------------------


def review_title(which: Period, *, unsent: bool, page: int, pages: int) -> str:
    title = f"Periksa sebelum dikirim · {subject(which)}" if unsent else subject(which)
    return f"{title} ({page}/{pages})" if pages > 1 else title


def review_line(position: int, line: BudgetLine, shown: str) -> str:
    return f"{position} {indicator(line.name, ROW_NAME_ROOM)}: {shown}"


def shown_recorded(held: BudgetPosition) -> str:
    """What was sent before, without an entry of this sitting."""
    return position_words(held) if held.sample else f"{position_words(held)}, tercatat"


def shown_change(spent: Decimal, physical: Decimal | None, held: BudgetPosition | None) -> str:
    """What was filled in, beside what it replaces."""
    new = figures(spent, physical) if spent else f"{figures(spent, physical)}, nihil"
    return new if held is None else f"{new}, tadinya {position_words(held)}"


def total(figure: LineFigures, which: Period, *, unsent: bool = False) -> str:
    """`Total s/d Maret Rp… dari Rp1.916.486.189 (45,20%); 3 baris belum dilaporkan.` `unsent`: it becomes so."""
    if figure.spent is None:
        return f"Total s/d {month(which.number)} {NEVER_REPORTED}."
    ceiling = "" if figure.ceiling is None else f" dari {money(figure.ceiling)}"
    absorbed = "" if figure.absorbed is None else f" ({percent(figure.absorbed)})"
    missing = figure.due - figure.reported
    rest = f"; {missing} baris {NEVER_REPORTED}" if missing else ""
    becomes = " menjadi" if unsent else ""
    return f"Total s/d {month(which.number)}{becomes} {money(figure.spent)}{ceiling}{absorbed}{rest}."


def others(count: int) -> str:
    """How many lines a short review page leaves out."""
    return f"{count} baris lain tidak diubah. Ketik daftar untuk melihat semuanya."


def send_label(count: int) -> str:
    return f"Kirim {count} baris"


def reason_please(which: Period, count: int) -> str:
    return (
        f"{count} baris s/d {month(which.number)} sudah pernah dikirim dan angkanya berubah. "
        "Apa alasan perubahannya? Tulis singkat."
    )


def sent(count: int, today: date, at: str) -> str:
    """`28 baris keuangan terkirim, Selasa 2 April 10.42 WIB.`"""
    return f"{count} baris keuangan terkirim, {day(today)} {at}."


def missing(which: Period, count: int) -> str:
    """One line of "status"."""
    if not count:
        return f"Keuangan {month(which.number)}: semua baris sudah dilaporkan."
    return f"Keuangan {month(which.number)}: {count} baris {NEVER_REPORTED}. {type_month(which)} untuk mengisinya."


def not_yours(reporters: Sequence[str]) -> str:
    """Who reports money; `reporters` as `Bendahara (Bu Rina)`."""
    return f"Keuangan dilaporkan oleh {listed(reporters)}. Ketik status untuk melihat capaian Anda."


def admin_may_send(reporters: Sequence[str]) -> str:
    return (
        f"Keuangan dilaporkan oleh {listed(reporters)}. Sebagai admin Anda dapat mengirim berkas Excel (.xlsx) "
        "berisi kolom Kode, Realisasi, dan Fisik."
    )


# --- a file that was sent -----------------------------------------------------------------------------------------

READING = "Berkas dibaca, sebentar…"
FILE_NEEDED = (
    "Untuk keuangan, kirim berkas Excel (.xlsx) dengan kolom Kode, Realisasi, dan Fisik. "
    "Bukti laporan dikirim saat mengisi lapor."
)
TO_CHECK = "Perlu diperiksa, tidak ikut terkirim:"
WHICH_MONTH = "Berkas ini posisi s/d bulan apa?"
PICK_A_MONTH = "Pilih bulannya, atau ketik misalnya Maret."
NOTHING_READ = "Tidak ada baris yang bisa diambil dari berkas itu."
NO_SPENT = "Realisasinya kosong, sedangkan fisiknya terisi."


def refused(why: str) -> str:
    """Why a file cannot be read, and what is needed."""
    return f"{why}\n{FILE_NEEDED}"


def file_read(rows: int, doubtful: int) -> str:
    """`28 baris terbaca, 2 perlu diperiksa.`"""
    check = f", {doubtful} perlu diperiksa" if doubtful else ""
    return f"{rows} baris terbaca{check}."


def waiting(rows: int, doubtful: int) -> str:
    """A file was read while something else is being asked."""
    return f"Berkas keuangan: {file_read(rows, doubtful)} {TYPE_MONEY} untuk memeriksa dan mengirimnya."


def month_not_open(which: Period) -> str:
    return f"Berkas itu untuk {period_with_year(which)}, yang tidak terbuka untuk Anda."


def complaint(place: str, text: str, number_of_line: int | None) -> str:
    """`• Maret!D12 (nomor 7): ...`: by its cell, and by the number under which it can be filled in."""
    return f"• {place}: {text}" if number_of_line is None else f"• {place} (nomor {number_of_line}): {text}"


def unknown_code(code: str) -> str:
    return f'Kode "{shortened(code, _QUOTED)}" tidak ada di anggaran.'


def not_your_line(code: str) -> str:
    return f"Baris {code} dilaporkan jabatan lain."


def double_code(code: str) -> str:
    return f"Kode {code} ada dua kali dengan angka berbeda."


def line_locked(code: str) -> str:
    return f"Baris {code} sudah dikunci untuk bulan itu."


def above_ceiling(spent: Decimal, ceiling: Decimal) -> str:
    return f"{money(spent)} melebihi pagu {money(ceiling)}."


def below_before(spent: Decimal, last: Decimal) -> str:
    return f"{money(spent)} lebih kecil dari sebelumnya {money(last)}."


def very_small(spent: Decimal, ceiling: Decimal) -> str:
    return f"{money(spent)} sangat kecil dibanding pagu {money(ceiling)}; mungkin dalam ribuan."


def physical_too_high(physical: Decimal) -> str:
    return f"Fisik {number(physical)}% melebihi 100%."


def physical_below_before(physical: Decimal, last: Decimal) -> str:
    return f"Fisik {number(physical)}% lebih kecil dari sebelumnya {number(last)}%."
