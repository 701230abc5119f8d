"""Sentences and words of "atur tenggat": what can be set, what it is now, and what a change would do."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, time

from domain.deadlines import CutOff, CutOffKind
from domain.evidence import EvidenceRule
from domain.explaining import ExplainRule
from domain.ladder import Rung, Stage
from domain.morning import MorningReport
from domain.periods import Period
from domain.scales import Scale, ScaleKey
from domain.verification import VerificationRule
from domain.working_hours import Hours, Weekday
from handlers.texts.formats import DAYS, day, listed, period_with_year
from handlers.texts.refusals import STAGES

ADMIN_ONLY = "Tenggat dan pengingat diatur oleh admin kantor. Ketik status untuk melihat batas Anda."
TYPE_SETTINGS = "Ketik atur tenggat"
CANCELLED = "Baik, tidak ada aturan yang berubah."
TITLE = "Atur tenggat"
WHICH = "Ketik nomor yang ingin diubah."
NO_SUCH = "Ketik nomor dari daftar ini, misalnya 1."
CLOSE = "Selesai"
MORE = "Berikutnya"
FIRST = "Dari awal"
PAGE = 760
"""Characters of the settings on one page, so that a hint fits above them."""
CLOSED = "Baik. Ketik atur tenggat kapan saja untuk mengubah aturan."
SAVE = "Simpan"
AGAIN = "Ubah lagi"
BACK_LABEL = "Kembali"
SAVE_OR_AGAIN = f"Pilih {SAVE}, atau {AGAIN} untuk mengetik yang lain."
SAME = "Aturannya sudah begitu. Ketik yang lain, atau kembali."
AS_USUAL = "Seperti biasa"
NEVER = "Tidak pernah"
NONE = "mati"

CUT_OFF_EXAMPLE = "tanggal 7, atau hari kerja ke-5. Tambahkan maju atau mundur untuk tanggal yang jatuh di hari libur"
STAGES_EXAMPLE = (
    "atasan 4, camat mati. Angkanya hari kerja; tahapnya pemberitahuan (sebelum periode berakhir), sebelum batas, "
    "hari batas, sesudah batas, atasan, dan camat"
)
KABUPATEN_STAGES_EXAMPLE = "sebelum batas 2, sesudah batas mati; atau nyala, atau mati untuk semuanya"
PER_PERIOD_EXAMPLE = "3, dari 1 sampai 4 pesan untuk satu orang"
HOURS_EXAMPLE = "07.30-16.00, kirim 08.00"
OTHER_HOURS_EXAMPLE = "08.00-15.00, kirim 08.30; atau seperti biasa"
WORKDAYS_EXAMPLE = "5 atau 6 hari seminggu"
ZONE_EXAMPLE = "WIB, WITA, atau WIT"
DIGEST_EXAMPLE = "Senin 08.00. Harinya Senin sampai Sabtu, jamnya dalam jam kerja"
DIGEST_POSTS_EXAMPLE = (
    "Sekretaris Kecamatan dan Kasubbag Perencanaan, atau hanya camat. Yang dapat menerima: sekretaris dan admin"
)
ONLY_CAMAT = "Hanya camat"
EXTENSION_EXAMPLE = "14 hari, paling lama 60"
LOCK_EXAMPLE = "10 hari kerja sesudah batas kabupaten, atau tidak pernah"
SCALE_NAMES: Mapping[ScaleKey, str] = {
    ScaleKey.A: "Skala A",
    ScaleKey.A_LKJIP: "Skala A, LKjIP",
    ScaleKey.SKP_2021: "SKP 2021",
    ScaleKey.MALUKU_TENGAH: "Maluku Tengah",
    ScaleKey.FOUR: "Empat tingkat",
}
"""What the scales are called, on buttons too."""
SCALE_EXAMPLE = "Skala A atau Empat tingkat. Gambar, ringkasan, dan status memakai sebutannya"
ROUNDED, NOT_ROUNDED = "Dibulatkan dulu", "Tidak dibulatkan"
ROUNDED_EXAMPLE = "dibulatkan dulu. Capaian 90,5% lalu dinilai seperti 91%"


EVIDENCE_EXAMPLE = (
    "tautan tidak, rekaman boleh, paling banyak 10. Rekaman adalah suara dan video; banyaknya untuk satu angka"
)
EXPLAINING_EXAMPLE = (
    "bulanan 70, triwulan 90. Kendala ditanya bila capaian s/d di bawahnya, faktor pendorong bila di atas angka "
    "pendorong; banyak adalah jumlah indikator sekali duduk"
)

ONLY_ADMIN = "Hanya admin"
VERIFIERS_EXAMPLE = "Sekretaris Kecamatan, atau hanya admin. Yang dilaporkan verifikator sendiri diperiksa sekretaris"
SUPERIOR_EXAMPLE = (
    "dulu, 2 hari kerja; atau tidak. Angka pelaksana dilihat Kasi atau Kasubbag di atasnya dulu, lalu berlanjut sendiri"
)
APPROVAL_EXAMPLE = "ya, atau tidak. Camat mengesahkan angka terverifikasi tiap triwulan"
OWN_EXAMPLE = "tidak boleh, atau boleh. Untuk kantor kecil: orang boleh memverifikasi angka yang dilaporkannya sendiri"
YES, NO = "Ya", "Tidak"
ALLOWED, NOT_ALLOWED = "Boleh", "Tidak boleh"
FOR_EVER = "Selamanya"
MESSAGES_KEPT_EXAMPLE = "24 bulan, atau selamanya. Isi obrolan yang lebih lama dihapus; angka dan catatan tetap"
EVIDENCE_KEPT_EXAMPLE = (
    "60 bulan, atau selamanya. Berkas bukti yang lebih lama dihapus bila angkanya sudah terverifikasi atau terkunci"
)

FROM_THE_START = "Sejak awal"
BEGINS_EXAMPLE = "Juni 2022, atau sejak awal. Periode sebelumnya tidak ditagih dan tidak dihitung belum lapor"
NOBODY = "Tidak ada"
OPERATORS_EXAMPLE = "Pengelola Gaji, atau tidak ada. Operator dapat mengisi laporan semua jabatan lain"
BY_PLANNER, BY_HEAD = "Diisi admin", "Diisi camat"
HEAD_EXAMPLE = "diisi admin, atau diisi camat. Admin lalu yang diingatkan; pengesahan tetap oleh camat"

MORNING: Mapping[MorningReport, str] = {
    MorningReport.DAILY: "Tiap hari kerja",
    MorningReport.TROUBLE: "Bila ada masalah",
    MorningReport.NEVER: "Tidak",
}
MORNING_EXAMPLE = "tiap hari kerja, bila ada masalah, atau tidak. Pukul 06.00: pesan, disk, dan cadangan"
NO_GROUP = "Tidak dikirim"
GROUP_EXAMPLE = "H-1 dan H, hanya H, atau tidak dikirim. Daftarnya tanpa angka, pada jam kirim pengingat"
_GROUP_STAGES = {Stage.BEFORE: "H-1", Stage.DUE: "H", Stage.AFTER: "H+1"}


# --- what is chosen, in words that can be typed too -------------------------------------------------------------


def cut_off(chosen: CutOff) -> str:
    """`tanggal 5, maju bila libur`, `hari kerja ke-5`."""
    if chosen.kind is CutOffKind.WORKING_DAY:
        return f"hari kerja ke-{chosen.number}"
    return f"tanggal {chosen.number}, {'mundur' if chosen.later else 'maju'} bila libur"


def rungs(chosen: Iterable[Rung]) -> str:
    """`pemberitahuan 2, sebelum batas 1, hari batas`, in working days."""
    named = (
        STAGES[rung.stage] if rung.stage is Stage.DUE else f"{STAGES[rung.stage]} {abs(rung.offset)}" for rung in chosen
    )
    return ", ".join(named) or NONE


def at_most(number: int) -> str:
    return f"paling banyak {number}"


def hours(chosen: Hours) -> str:
    """`07.30-16.00, kirim 08.00`."""
    return f"{chosen.opens:%H.%M}-{chosen.closes:%H.%M}, kirim {chosen.sending_time:%H.%M}"


def hours_or_usual(chosen: Hours | None) -> str:
    return AS_USUAL.lower() if chosen is None else hours(chosen)


def workdays(number: int) -> str:
    return "Senin sampai Sabtu" if number == 6 else "Senin sampai Jumat"


def digest(weekday: Weekday, at: time) -> str:
    return f"{DAYS[weekday]} {at:%H.%M}"


def digest_posts(titles: Sequence[str]) -> str:
    """To whom the weekly summary goes."""
    return listed(["camat", *titles]) if titles else ONLY_CAMAT.lower()


def extension(days: int) -> str:
    return f"paling lama {days} hari"


def lock(after: int | None) -> str:
    return NEVER.lower() if after is None else f"{after} hari kerja sesudah batas kabupaten"


def scale(key: ScaleKey, chosen: Scale) -> str:
    """`Skala A (Sangat Tinggi, Tinggi, Sedang, Rendah, Sangat Rendah)`."""
    return f"{SCALE_NAMES[key]} ({', '.join(rung.word for rung in chosen.rungs)})"


def evidence(rule: EvidenceRule) -> str:
    """`tautan boleh, rekaman tidak, paling banyak 20`."""
    links, recordings = ("boleh" if allowed else "tidak" for allowed in (rule.links, rule.recordings))
    return f"tautan {links}, rekaman {recordings}, paling banyak {rule.most}"


def explaining(rule: ExplainRule) -> str:
    """`bulanan 76%, triwulan 100%, pendorong 120%, banyak 3`."""
    return f"bulanan {rule.monthly}%, triwulan {rule.quarterly}%, pendorong {rule.above}%, banyak {rule.most}"


def verifiers(titles: Sequence[str]) -> str:
    """The posts that verify."""
    return listed(titles) if titles else ONLY_ADMIN.lower()


def superior(rule: VerificationRule) -> str:
    """`dulu, 2 hari kerja`, `tidak`."""
    return f"dulu, {rule.superior_days} hari kerja" if rule.superior_first else NO.lower()


def morning(report: MorningReport) -> str:
    return MORNING[report].lower()


def approval(*, chosen: bool) -> str:
    return (YES if chosen else NO).lower()


def own(*, allowed: bool) -> str:
    return (ALLOWED if allowed else NOT_ALLOWED).lower()


def kept(months: int | None) -> str:
    """`24 bulan`, `selamanya`."""
    return FOR_EVER.lower() if months is None else f"{months} bulan"


def begins(month: Period | None) -> str:
    """`Juni 2022`, `sejak awal`."""
    return FROM_THE_START.lower() if month is None else period_with_year(month)


def operators(titles: Sequence[str]) -> str:
    """The posts that may report for every other one."""
    return listed(titles) if titles else NOBODY.lower()


def head(*, by_planner: bool) -> str:
    return (BY_PLANNER if by_planner else BY_HEAD).lower()


def group_stages(chosen: Collection[Stage]) -> str:
    """`H-1 dan H`: on which days the office's group is told who is missing, from the internal cut-off."""
    return listed([word for stage, word in _GROUP_STAGES.items() if stage in chosen]) or NO_GROUP.lower()


def rounded(*, rounded: bool) -> str:
    return (ROUNDED if rounded else NOT_ROUNDED).lower()


# --- asking -----------------------------------------------------------------------------------------------------


def pages(lines: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Every setting with its number and present value, as many of them on a page as fit."""
    found: list[list[str]] = [[]]
    for number, (label, value) in enumerate(lines, start=1):
        line = f"{number} {label}: {value}"
        if found[-1] and sum(len(one) + 1 for one in found[-1]) + len(line) > PAGE:
            found.append([])
        found[-1].append(line)
    return found


def overview(lines: Sequence[str]) -> str:
    """One page of the list."""
    return "\n".join((*lines, "", WHICH))


def value_question(value: str, example: str) -> str:
    return f"Sekarang: {value}.\nKetik yang baru, misalnya {example}."


def not_read(example: str) -> str:
    return f"Itu belum terbaca. Ketik misalnya {example.partition('. ')[0]}."


# --- the preview ------------------------------------------------------------------------------------------------

SENDING = "Pengingat dikirim"
DIGEST = "Ringkasan berikutnya"
LOCK = "Dikunci mulai"
LONGEST_EXTENSION = "Waktu tambahan sampai"
INTERNAL = "Batas internal"
KABUPATEN = "Batas kabupaten"
NOTHING = "tidak ada"


def stage_label(stage: Stage, offset: int, *, kabupaten: bool) -> str:
    """`Pemberitahuan`, `H-1`, `H+1 kabupaten`, `Atasan diberi tahu`."""
    match stage:
        case Stage.NOTICE:
            return "Pemberitahuan"
        case Stage.SUPERIOR:
            return "Atasan diberi tahu"
        case Stage.CAMAT:
            return "Masuk daftar camat"
        case _:
            return f"H{offset:+d}{' kabupaten' if kabupaten else ''}"


def due(which: date, *, reminded: bool) -> str:
    return day(which) if reminded else f"{day(which)}, tanpa pengingat"


def times(at: Sequence[time], zone: str) -> str:
    return f"pukul {listed([f'{one:%H.%M}' for one in at])} {zone}" if at else NOTHING


def at_moment(which: date, at: time, zone: str) -> str:
    return f"{day(which)} {at:%H.%M} {zone}"


def preview(value: str, before: str, month: Period, lines: Sequence[tuple[str, str, str]]) -> str:
    """`lines` are what happens, when under the new choice, and when now."""
    dates = "\n".join(_line(label, new, old) for label, new, old in lines)
    return f"Menjadi: {value}\nKini: {before}\n\nDengan aturan ini, {period_with_year(month)}:\n{dates}"


def _line(label: str, new: str, old: str) -> str:
    return f"• {label}: {new}" if new == old else f"• {label}: {new} (kini {old})"


def saved(label: str, value: str) -> str:
    return f"Tersimpan dan langsung berlaku. {label}: {value}.\n{TYPE_SETTINGS} untuk mengubah yang lain."
