"""Sentences about why a figure is low or high, and what is done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.explaining import Asked
from domain.periods import Period, PeriodKind
from domain.reasons import Explained
from handlers.texts.formats import day, fitted, indicator, percent, period, period_with_year, shortened

READY_CAUSES = ("Menunggu desa", "Jadwal bentrok")
READY_ACTIONS = ("Jadwal ulang", "Surat ke desa")
READY_DRIVERS = ("Dukungan desa", "Permintaan naik")
"""What is offered to a post that has said nothing of the kind yet."""

NOTHING = "Tidak ada"
"""What is kept of somebody who has nothing to tell."""
ALL_ALIKE = "Satu untuk semua"
WRITE = "Tulis sendiri"
LATER = "Nanti saja"
NO_ACTION = "Belum ada"
MYSELF = "Saya sendiri"
SKIP = "Lewati"
NO_DATE = "Tanpa tanggal"
DONE = "Sudah selesai"
DONE_WORD = "Selesai"
"""What is kept where it is said with a button, or a file without words."""
NEXT_PAGE = "Berikutnya"
CHANGE = "Ubah"
NOT_DONE = "Belum"
MARK = "Tandai selesai"
SHOW_OPEN = "Tindak lanjut"

TYPE_EXPLAIN = "Ketik kendala"
TYPE_OPEN = "Ketik tindak lanjut"
PUT_OFF = f"Baik. {TYPE_EXPLAIN} kapan saja untuk mengisinya; laporan Anda sudah tercatat."
NOTHING_TO_EXPLAIN = (
    "Tidak ada kendala yang perlu dijelaskan. Ketik kendala dan nama indikatornya untuk menulisnya, misalnya "
    "kendala peraturan desa maret."
)
GONE = "Indikator itu tidak ada pada jabatan Anda. Ketik status untuk melihat indikator Anda."
NOT_YOURS = "Indikator itu bukan untuk jabatan Anda. Ketik status untuk melihat indikator Anda."
WHICH = "Kendala indikator mana? Ketuk salah satu."
IN_WORDS = "Tulis dengan kata-kata, paling panjang 300 huruf, tanpa tanda < atau >."
NAME_IN_WORDS = "Tulis jabatan atau namanya, paling panjang 60 huruf."
DAY_PLEASE = "Tulis tanggalnya, misalnya 29 April atau Jumat depan, paling jauh setahun lagi."
CLOSE_HOW = "Ketik selesai dengan keterangannya, kirim foto atau dokumennya, atau pilih tombolnya."
STILL_OPEN = "Baik, tindak lanjut itu tetap terbuka. Ketik tindak lanjut untuk melihat semuanya."
NO_SUCH = "Tindak lanjut itu tidak ada lagi. Ketik tindak lanjut untuk melihat yang masih terbuka."
NONE_OPEN = "Tidak ada tindak lanjut yang masih terbuka. Ketik status untuk melihat capaian Anda."
TAP_DONE = "Ketuk yang sudah selesai."
ASK_ABOUT = "Ketik catatan dan nama indikatornya untuk bertanya."
_NAME = 70
_SAID = 90


def _sign(kind: Asked) -> str:
    return "faktor pendorongnya" if kind is Asked.DRIVER else "kendalanya"


@dataclass(frozen=True)
class Place:
    """`1 dari 3`: which of several is asked."""

    at: int
    count: int

    def __str__(self) -> str:
        return f"{self.at} dari {self.count}: " if self.count > 1 else ""


def figure(name: str, which: Period, capaian: Decimal | None) -> str:
    """`Peraturan desa s/d Maret 33,33%`."""
    shown = f"{indicator(name, _NAME)} s/d {period(which)}"
    return shown if capaian is None else f"{shown} {percent(capaian)}"


def cause_question(place: Place, shown: str, kind: Asked, before: str, recorded: str) -> str:
    """What stands in the way, or what helped; what was said of the period before, and what stands recorded."""
    lines = (f"{place}{shown}.", recorded, before, f"Apa {_sign(kind)}?")
    return "\n".join(line for line in lines if line) if before or recorded else f"{place}{shown}. Apa {_sign(kind)}?"


def cause_of_all(names: Sequence[str], kind: Asked) -> str:
    """The same, of several indicators at once."""
    lines = fitted([f"• {indicator(name, 60)}" for name in names], 400)
    return f"Satu jawaban untuk {len(names)} indikator:\n{lines}\nApa {_sign(kind)}?"


def in_own_words(kind: Asked) -> str:
    """After "Tulis sendiri"."""
    if kind is Asked.DRIVER:
        return "Tulis faktor pendorongnya, misalnya: dukungan desa."
    return "Tulis kendalanya. Boleh sekaligus tindak lanjutnya, misalnya:\nmenunggu desa; surat ke desa minggu ini"


def same_label(which: Period) -> str:
    """The tap that says the same as of the period before."""
    return "Sama seperti bulan lalu" if which.kind is PeriodKind.MONTH else "Sama seperti TW lalu"


def said_before(which: Period, said: Explained) -> str:
    """`Februari: menunggu desa; surat ke desa`."""
    return f"{period(which)}: {shortened(words(said), _SAID)}"


def recorded(said: Explained) -> str:
    return f"Tercatat: {shortened(words(said), _SAID)}"


def words(said: Explained) -> str:
    """`menunggu desa; surat ke desa`: cause and action."""
    return "; ".join(part for part in (said.cause, said.action) if part)


def action_question(cause: str) -> str:
    return f"✓ {shortened(cause, _SAID)}\nApa tindak lanjutnya? Pilih, atau tulis sendiri."


def handler_question(action: str) -> str:
    return f"✓ {shortened(action, _SAID)}\nSiapa yang menindaklanjuti? Pilih, atau tulis jabatan atau namanya."


def until_question(handler: str) -> str:
    who = f"✓ {handler}\n" if handler else ""
    return f"{who}Sampai kapan? Pilih, atau tulis tanggalnya."


def noted(said: str) -> str:
    return f"✓ {shortened(said, _SAID)}"


def all_said(number: int, left: int, *, is_open: bool) -> str:
    """The last is answered; `left` are still to be explained, and something `is_open` that is still to be done."""
    thanks = "Tersimpan, terima kasih." if number == 1 else f"Tersimpan untuk {number} indikator, terima kasih."
    if left:
        return f"{thanks}\nMasih ada {left} indikator lagi. {TYPE_EXPLAIN} untuk mengisinya."
    if is_open:
        return f"{thanks}\n{TYPE_OPEN} untuk melihat atau menutupnya."
    return f"{thanks}\nKetik status untuk melihat capaian Anda."


def no_report(name: str, which: Period) -> str:
    return (
        f"Belum ada laporan {indicator(name, _NAME)} untuk {period_with_year(which)}. "
        f"Ketik lapor {period(which).lower()} untuk mengisinya."
    )


def not_found(typed: str) -> str:
    return f"Tidak ada indikator Anda bernama {typed}. Ketik status untuk melihat indikator Anda."


def nothing_said(name: str, which: Period) -> str:
    return f"{indicator(name, _NAME)}, {period_with_year(which)}: belum ada kendala atau tindak lanjut yang ditulis."


def told(name: str, which: Period, said: Explained, today: date) -> str:
    """Everything that was said of a figure, for somebody who only reads it."""
    label = "Faktor pendorong" if said.kind is Asked.DRIVER else "Kendala"
    lines = [f"{indicator(name, _NAME)}, {period_with_year(which)}", f"{label}: {said.cause}"]
    if said.action:
        lines.append(f"Tindak lanjut: {said.action}{who_and_when(said, today)}")
    if said.done:
        lines.append("Sudah selesai.")
    return "\n".join(lines)


# --- what is still open -------------------------------------------------------------------------------------------


def who_and_when(said: Explained, today: date) -> str:
    """` (Kasi Pemerintahan, s/d Jumat 29 April, lewat waktu)`; empty where neither is known."""
    parts = [said.handler, "" if said.until is None else f"s/d {day(said.until)}"]
    if is_overdue(said, today):
        parts.append("lewat waktu")
    known = ", ".join(part for part in parts if part)
    return f" ({known})" if known else ""


def is_overdue(said: Explained, today: date) -> bool:
    return said.until is not None and said.until < today and not said.done


def line(name: str, said: Explained, today: date, room: int = 44) -> str:
    """`Peraturan desa: surat ke desa (Kasi Pemerintahan, s/d Jumat 29 April)`."""
    return f"{indicator(name, room)}: {shortened(said.action, 60)}{who_and_when(said, today)}"


def count(number: int, overdue: int) -> str:
    """`Tindak lanjut terbuka: 4, lewat waktu 1`; empty for none."""
    late = f", lewat waktu {overdue}" if overdue else ""
    return f"Tindak lanjut terbuka: {number}{late}" if number else ""


def in_status(number: int, overdue: int, lines: Sequence[str]) -> str:
    """The first few that are open, and how to close one."""
    shown = "\n".join(f"• {one}" for one in lines)
    return f"{count(number, overdue)}\n{shown}\n{TYPE_OPEN} untuk menutupnya."


def unexplained_in_status(number: int) -> str:
    return f"Kendala belum dijelaskan: {number}. {TYPE_EXPLAIN} untuk mengisinya."


def in_reminder(undated: int, unexplained: int) -> str:
    """One line of the first reminder of a period; empty where there is nothing of either."""
    parts = [
        f"{undated} tindak lanjut masih terbuka" if undated else "",
        f"{unexplained} kendala belum dijelaskan" if unexplained else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f"{said} (ketik {'tindak lanjut' if undated else 'kendala'})." if said else ""


def of_section(name: str, lines: Sequence[str]) -> str:
    shown = "\n".join(f"• {one}" for one in lines)
    return f"{name} ({len(lines)})\n{shown}"


def one(name: str, which: Period, said: Explained, today: date) -> str:
    """One that is open, with how to close it."""
    return f"{told(name, which, said, today)}\n\nSudah selesai? {CLOSE_HOW}"


def closed(name: str, left: int) -> str:
    rest = (
        f"Masih terbuka {left}. {TYPE_OPEN} untuk melihatnya."
        if left
        else "Tidak ada lagi yang terbuka. Ketik status untuk melihat capaian Anda."
    )
    return f"Tindak lanjut {indicator(name, 60)} ditandai selesai. {rest}"


def due(lines: Sequence[str], *, over: bool) -> str:
    """What is told the working day before the date, or after it."""
    what = "sudah lewat waktunya" if over else "segera jatuh tempo"
    shown = fitted([f"• {one}" for one in lines], 360)
    return f"tindak lanjut ini {what} dan belum ditandai selesai:\n{shown}"


def reminding(name: str, parts: Sequence[str]) -> str:
    """The person first, then what is due; the last line says what to do."""
    first, *others = parts
    said = "\n\n".join([f"{name}, {first}", *(part[0].upper() + part[1:] for part in others)])
    return f"{said}\nBila sudah selesai, tandai di sini."
