"""Sentences of "verifikasi": what waits, one figure with all that is needed to decide about it, what was done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.checking import Given, Mark
from domain.evidence import EvidenceKind
from domain.explaining import ExplainRule
from domain.modes import Mode
from domain.openings import Duty
from domain.periods import Period, PeriodKind
from handlers.texts.doubts import unusual
from handlers.texts.evidence import counted
from handlers.texts.formats import (
    amount,
    clock,
    day,
    figure_of_unit,
    figure_period,
    fitted,
    indicator,
    listed,
    number,
    percent,
    period,
    short_period,
    shortened,
)
from handlers.texts.report import is_yearly, last_month, of_target

TITLE = "Verifikasi"
START = "Mulai"
USUAL = "Setujui yang wajar"
NEW = "Lihat yang baru"
AGREE = "Setujui"
SEEN = "Sudah saya lihat"
RETURN = "Kembalikan"
MORE = "Lainnya"
EVIDENCE = "Bukti"
HISTORY = "Riwayat"
SKIP = "Lewati"
TO_LIST = "Ke daftar"
BACK = "Kembali"
CLOSE = "Selesai"
CANCEL = "Batal"
OPEN = "Verifikasi"
FROM_FILE = "dari berkas"
RESTART = "Ketik verifikasi"
CANCELLED = "Baik, yang belum diperiksa tetap menunggu. Ketik verifikasi untuk melanjutkan."
NOT_FOR_YOU = (
    "Verifikasi dilakukan oleh atasan dan petugas yang ditunjuk kantor. Ketik status untuk melihat laporan Anda."
)
_NOTHING = "Tidak ada angka yang menunggu Anda."
ALL_DONE = "Semua yang menunggu Anda sudah diperiksa. Terima kasih."
CHANGED = "Angkanya baru saja berubah, jadi belum diputuskan. Periksa yang sekarang."
PICK = f"Ketuk {AGREE}, {RETURN}, atau {MORE}."
PICK_SEEN = f"Ketuk {SEEN}, {RETURN}, atau {SKIP}."
PICK_PAGE = f"Ketuk {START} untuk memeriksa satu per satu."
PICK_MORE = "Pilih salah satu dari daftar."
WHICH_NUMBER = "Ketik nomor dari daftar itu, misalnya 1."
_ROOM = 880
"""Characters of everything about one figure: its heading and a few words of what was done before come on top."""
_POSTS_ROOM = 300
_LIST_ROOM = 740
_NAME = 70
_REASON = 160


@dataclass(frozen=True)
class PostLine:
    """A post with figures in the queue: how many, and how many of them are unusual."""

    title: str
    number: int
    unusual: int = 0


def nothing(*, leads: bool) -> str:
    """That nothing waits, with what whoever `leads` others can look at, and anybody else."""
    if leads:
        return f"{_NOTHING} Ketik tim untuk melihat laporan jabatan di bawah Anda."
    return f"{_NOTHING} Ketik status untuk melihat laporan Anda."


# --- the page -------------------------------------------------------------------------------------------------------


def page(to_verify: Sequence[PostLine], to_see: Sequence[PostLine], unseen: int, usual: int, new: int) -> str:
    """`12 angka menunggu Anda, 3 perlu dilihat`, by post; `unseen` of them were not seen by a superior in time, to
    `usual` one tap agrees, `new` came since."""
    blocks = [
        _verify_block(to_verify),
        f"{unseen} belum dilihat atasannya sampai waktunya habis." if unseen else "",
        _see_block(to_see),
        f"{USUAL}: {usual} angka tanpa tanda apa pun." if usual else "",
        f"{new} angka baru masuk sesudah daftar ini dibuat." if new else "",
    ]
    return "\n".join(block for block in blocks if block)


def _verify_block(lines: Sequence[PostLine]) -> str:
    if not lines:
        return ""
    unusual = sum(line.unusual for line in lines)
    head = f"{sum(line.number for line in lines)} angka menunggu verifikasi Anda"
    head += f", {unusual} perlu dilihat." if unusual else ", semuanya wajar."
    return f"{head}\n{fitted([_post_line(line) for line in lines], _POSTS_ROOM)}"


def _post_line(line: PostLine) -> str:
    return f"• {line.title}: {line.number}" + (f", {line.unusual} perlu dilihat" if line.unusual else "")


def _see_block(lines: Sequence[PostLine]) -> str:
    if not lines:
        return ""
    head = f"{sum(line.number for line in lines)} angka untuk Anda lihat lebih dulu sebagai atasan:"
    return f"{head}\n{fitted([_post_line(line) for line in lines], _POSTS_ROOM)}"


def agreed_usual(verified: int, rest: Sequence[Given]) -> str:
    """What was agreed to at once, and what remains."""
    done = f"✓ {verified} angka diverifikasi."
    return f"{done}\nMasih menunggu:\n{fitted([f'• {line(given)}' for given in rest], 300)}" if rest else done


def left(waiting: int) -> str:
    """At the end of a sitting in which something was passed over."""
    return f"Selesai untuk sekarang. Masih menunggu Anda: {waiting} angka. Ketik verifikasi untuk melanjutkan."


# --- what a superior sees first -------------------------------------------------------------------------------------


def to_see_title(post: str, person: str) -> str:
    return f"{post} ({person})" if person else post


def to_see(figures: Sequence[tuple[Given, Sequence[Mark]]], rest: int, verifier: str) -> str:
    """The figures of one post, numbered, with what is unusual; `rest` of it come on the next page, `verifier`
    follows."""
    full = [f"{at} {line(given)}{_brief(marks)}" for at, (given, marks) in enumerate(figures, start=1)]
    plain = [f"{at} {line(given)}" for at, (given, _marks) in enumerate(figures, start=1)]
    lines = full if len("\n".join(full)) <= _LIST_ROOM else plain
    more = f"\nSesudah ini masih {rest} angka lagi." if rest else ""
    follows = f"Sesudah Anda lihat, diverifikasi {verifier}." if verifier else "Sudah sesuai?"
    return f"{len(figures)} angka untuk Anda lihat lebih dulu:\n" + "\n".join(lines) + f"{more}\n{follows}"


def line(given: Given) -> str:
    """`Arsip surat, Maret: 233 dokumen (100,00%)`, its capaian s/d in brackets."""
    capaian = given.duty.figures[given.period].capaian_to_date
    judged = f" ({percent(capaian)})" if capaian is not None else ""
    return f"{indicator(given.duty.name, 42)}, {short_period(given.duty, given.period)}: {_value(given)}{judged}"


_BRIEF = {
    Mark.CORRECTED: "koreksi angka terverifikasi",
    Mark.DOUBT: "dipastikan pelapor",
    Mark.LOW: "rendah",
    Mark.HIGH: "tinggi",
    Mark.LATE: "terlambat",
    Mark.NO_EVIDENCE: "bukti kurang",
    Mark.TWIN: "bukti pernah dipakai",
    Mark.NOTE: "ada catatan",
}


def _brief(marks: Sequence[Mark]) -> str:
    """What is unusual in a few words, behind the figure in a list."""
    return f"; {', '.join(_BRIEF[mark] for mark in marks)}" if marks else ""


def seen(number_seen: int) -> str:
    return f"✓ {number_seen} angka sudah Anda lihat."


def which(figures: Sequence[Given]) -> str:
    """Which of the figures is returned?"""
    lines = [f"{at} {line(given)}" for at, given in enumerate(figures, start=1)]
    return "Nomor berapa yang dikembalikan?\n" + "\n".join(lines)


# --- one figure -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sender:
    """Who sent a figure: `Bu Sari Andini (Plh Kasi Pemerintahan)`, and when on the office's clock."""

    name: str
    at: datetime
    zone: str


def entered_for(name: str, post: str) -> str:
    """`Bu Dewi Lestari untuk Kasi Pemerintahan`: somebody who entered it for the post's holder."""
    return f"{name} untuk {post}"


def figure_title(given: Given, post: str, left: int) -> str:
    """`Kasi Pemerintahan · Maret 2022 · sisa 3`: so many are left with this one."""
    return f"{shortened(post, 60)} · {figure_period(given.duty, given.period)} · sisa {left}"


def figure(given: Given, sender: Sender, marked: Sequence[str], others: Sequence[str]) -> str:
    """Name, value with basis, target and s/d, last time's, who sent it when; then what is unusual, then the rest."""
    duty, which_period = given.duty, given.period
    head = "\n".join(
        one
        for one in (
            indicator(duty.name, _NAME),
            _value_line(given),
            _to_date_line(duty, which_period),
            _before_line(duty, which_period),
            f"Dikirim {sender.name}, {day(sender.at.date())} {clock(sender.at, sender.zone)}",
            _basis_line(duty, which_period),
        )
        if one
    )
    rest = [*(f"! {mark}" for mark in marked), *(one for one in others if one)]
    return f"{head}\n{fitted(rest, _ROOM - len(head))}" if rest else head


def _basis_line(duty: Duty, which_period: Period) -> str:
    """From what a figure was taken or known that its owner did not simply report."""
    basis_of = duty.bases.get(which_period, "")
    return f"Sumber: {shortened(basis_of, _NAME)}" if basis_of else ""


def _value_line(given: Given) -> str:
    duty = given.duty
    is_opening = given.period == duty.measure.opening
    target = None if is_opening else duty.figures[given.period].target
    ratio = ""
    if given.numerator is not None and given.denominator is not None:
        ratio = f" ({number(given.numerator)} dari {number(given.denominator)})"
    aim = "" if target is None else f" · target {figure_of_unit(target, duty.unit)}"
    return f"{basis(duty, given.period)}: {amount(given.value, duty.unit)}{ratio}{aim}"


def basis(duty: Duty, which_period: Period) -> str:
    """What a value counts, by the mode (domain.md 2.1): `Tambahan di Maret`, `Posisi s/d Maret`."""
    if duty.service:
        return f"Bulan {period(which_period)}"
    if which_period == duty.measure.opening:
        return f"Posisi awal s/d {last_month(which_period)}"
    match duty.measure.mode:
        case Mode.SUM if which_period.kind is PeriodKind.YEAR:
            return f"Jumlah {period(which_period)}"
        case Mode.SUM:
            return f"Tambahan di {period(which_period)}"
        case Mode.CUM:
            return f"Posisi s/d {last_month(which_period)}"
        case Mode.LEVEL:
            return f"Kondisi akhir {last_month(which_period)}"
        case Mode.SINGLE:
            return "Hasil"


def _to_date_line(duty: Duty, which_period: Period) -> str:
    """The figure s/d with its capaian; empty where there is neither a sum nor a target."""
    shown = duty.figures[which_period]
    capaian = "" if shown.capaian_to_date is None else percent(shown.capaian_to_date)
    if duty.measure.mode is not Mode.SUM or shown.realisation_to_date is None:
        return f"Capaian s/d {last_month(which_period)} {capaian}" if capaian else ""
    judged = f" ({capaian})" if capaian else ""
    of_year = " setahun" if is_yearly(duty.measure) else ""
    lacking = ", ada yang belum lapor" if shown.provisional else ""
    return f"s/d {last_month(which_period)} {of_target(shown, duty.unit)}{of_year}{judged}{lacking}"


def _before_line(duty: Duty, which_period: Period) -> str:
    """What was reported the last time; empty for the first."""
    earlier = [one for one in duty.values if one.kind is which_period.kind and one < which_period]
    if not earlier:
        return ""
    last = max(earlier)
    invented = " (contoh)" if last in duty.samples else ""
    return f"Sebelumnya {figure_period(duty, last)}: {amount(duty.values[last], duty.unit)}{invented}"


# --- what is unusual --------------------------------------------------------------------------------------------------

_DOUBTED = "angkanya sempat ditanyakan lagi"


def doubt(confirmed: str) -> str:
    """What was doubted and confirmed, as whoever verifies reads it."""
    return f"Dipastikan pelapor: {', '.join(unusual(confirmed)) or _DOUBTED}"


def mark_line(mark: Mark, given: Given, rule: ExplainRule, lacking: int, twins: Sequence[tuple[str, Period]]) -> str:
    """One unusual thing in a sentence; `lacking` is how many pieces of evidence do, `twins` are the indicators and
    periods for which others were sent before."""
    match mark:
        case Mark.CORRECTED:
            return _corrected(given)
        case Mark.DOUBT:
            return doubt(given.confirmed_doubt)
        case Mark.LOW:
            return "Capaian rendah"
        case Mark.HIGH:
            return f"Capaian di atas {rule.above}%"
        case Mark.LATE:
            return "Dikirim sesudah batas"
        case Mark.NO_EVIDENCE:
            return f"Bukti kurang {lacking}"
        case Mark.TWIN:
            named = listed(list(dict.fromkeys(f"{indicator(name, 40)}, {period(which)}" for name, which in twins)))
            return f"Buktinya pernah dipakai untuk {named or 'angka lain'}"
        case Mark.NOTE:
            return f"Catatan pelapor: {shortened(given.note, _REASON)}"


def _corrected(given: Given) -> str:
    """Old and new side by side."""
    old = "" if given.verified_before is None else amount(given.verified_before, given.duty.unit)
    why = f" Alasan: {shortened(given.reason, _REASON)}" if given.reason else ""
    return f"Koreksi: sudah diverifikasi {old}, kini {amount(given.value, given.duty.unit)}.{why}"


def other_reason(given: Given) -> str:
    """Why a figure that nobody had verified replaced another one."""
    return f"Alasan perubahan: {shortened(given.reason, _REASON)}" if given.reason else ""


UNSEEN = "Belum dilihat atasan"


def seen_by(person: str, at: datetime) -> str:
    return f"Dilihat {person}, {day(at.date())}"


def mended(value: str, reason: str, by: str) -> str:
    """Of a figure that was sent again: what it was, and why it was returned."""
    return f"Tadi {value}, dikembalikan {by}: {shortened(reason, _REASON)}"


def explained(cause: str, action: str) -> str:
    """What stood in the way, and what comes next."""
    follows = f"; tindak lanjut: {shortened(action, _REASON)}" if action else ""
    return f"Kendala: {shortened(cause, _REASON)}{follows}"


def evidence(kinds: Mapping[EvidenceKind, int]) -> str:
    """`Bukti: 2 foto dan 1 tautan`."""
    return f"Bukti: {counted(kinds)}" if kinds else "Bukti: belum ada"


# --- what was done ----------------------------------------------------------------------------------------------------


def agreed(given: Given, acting: str) -> str:
    """`acting` is the post as which somebody stands in, empty for their own."""
    return f"✓ Diverifikasi{f' sebagai {acting}' if acting else ''}: {_short(given)}."


def returned(given: Given, told: str) -> str:
    """`told` says who learns of it."""
    return f"Dikembalikan: {_short(given)}. {told}"


def _short(given: Given) -> str:
    return f"{indicator(given.duty.name, 50)}, {short_period(given.duty, given.period)}: {_value(given)}"


def _value(given: Given) -> str:
    return amount(given.value, given.duty.unit)


def more(given: Given) -> str:
    return f"{_short(given)}\nApa yang ingin dilihat?"


def evidence_label(pieces: int) -> str:
    return f"{EVIDENCE} ({pieces})"


# --- unasked ----------------------------------------------------------------------------------------------------------


def waits(name: str, verify: int, see: int, unusual: int) -> str:
    """What is new in somebody's queue, and how much of it is unusual."""
    parts = [
        *([f"{verify} angka baru menunggu verifikasi Anda"] if verify else []),
        *([f"{see} angka baru untuk Anda lihat sebagai atasan"] if see else []),
    ]
    hint = f" {unusual} di antaranya perlu dilihat." if unusual else ""
    return f"{name}, {listed(parts)}.{hint}\nKetuk {OPEN} untuk memeriksanya."
