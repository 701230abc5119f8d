"""Sentences of the report conversation (conversations.md)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from domain.ledger import Figure, Measure
from domain.modes import Mode
from domain.numbers import Doubt
from domain.openings import Closing, Duty
from domain.periods import Period, PeriodKind
from handlers.texts.formats import (
    amount,
    day,
    indicator,
    months_of,
    number,
    percent,
    period,
    periods_with_year,
    shortened,
    unit_word,
)

ZERO = "Nihil"
SKIP = "Lewati"
BACK = "Kembali"
NOT_YET = "Belum"
RETYPE = "Ketik ulang"
LATER = "Simpan dulu"
RIGHT = "Benar"
WRONG = "Bukan begitu"
CLOSE = "Selesai"

NOTHING_OPEN = "Tidak ada yang perlu dilaporkan sekarang. Ketik status untuk melihat capaian Anda."
NO_SUCH_PERIOD = "Periode itu tidak terbuka untuk Anda. Ketik lapor untuk periode yang berjalan."
NO_INDICATORS = "Jabatan Anda belum punya indikator yang bisa dilaporkan. Kasubbag Perencanaan sedang melengkapinya."
NUMBER_PLEASE = "Tulis angkanya saja, misalnya 12 atau 1.250,5. Bila tidak ada ketik nihil, bila belum ada ketik belum."
PICK_OR_TYPE = "Pilih salah satu, atau ketik angkanya."
REVIEW_HELP = "Ketik nomor untuk mengubah, atau Kirim."
NOT_IN_LIST = "Nomor itu tidak ada dalam daftar."
EVIDENCE_HERE = "Kirim fotonya saat indikatornya ditanyakan: ketik nomornya dulu."
NOTHING_TO_SEND = "Tidak ada angka baru, jadi tidak ada yang dikirim. Ketik status untuk melihat capaian Anda."
ASKED_ADMIN = "Baik, cara hitungnya ditanyakan dulu kepada Kasubbag Perencanaan."
LEFT_OUT = "Satu indikator tidak lagi terbuka dan dilewati."


def start_label(closing: Closing) -> str:
    """The button for the other closing: `Lapor Februari`."""
    return f"Lapor {' & '.join(period(which) for which in closing.periods)}"[:20]


def heading(closing: Closing, position: int, count: int) -> str:
    return f"{periods_with_year(closing.periods)} · {position} dari {count}"


def deadline(closing: Closing, today: date, days_left: int) -> str:
    """`Batas Selasa 5 April (5 hari kerja lagi)`."""
    if today > closing.cut_off:
        return f"Batas {day(closing.cut_off)} sudah lewat, laporan tetap diterima."
    left = "hari ini" if today == closing.cut_off else f"{days_left} hari kerja lagi"
    return f"Batas {day(closing.cut_off)} ({left})"


def value_question(duty: Duty, which: Period, *, late: bool, evidence: int) -> str:
    """Name, target, last value, and the question that names the basis."""
    lines = [indicator(duty.name), _target_line(duty, which, late=late), basis_question(duty, which)]
    if evidence:
        lines.insert(2, f"{evidence} berkas bukti sudah diterima")
    return "\n".join(line for line in lines if line)


def basis_question(duty: Duty, which: Period) -> str:
    """The question by the mode (domain.md 2.1): this period alone, the position s/d, or the condition at its end."""
    unit = unit_word(duty.unit)
    how_many = f"berapa {unit}?" if unit else "berapa?"
    match duty.measure.mode:
        case Mode.SUM if which.kind is PeriodKind.MONTH:
            return f"Tambahan di bulan {period(which)}, {how_many}"
        case Mode.SUM if which.kind is PeriodKind.QUARTER:
            return f"Tambahan di {period(which)} saja ({months_of(which)}), {how_many}"
        case Mode.SUM:
            return f"Jumlah sepanjang {period(which)}, {how_many}"
        case Mode.CUM:
            return f"Posisi s/d {_last_month(which)}, {how_many}"
        case Mode.LEVEL:
            return f"Kondisi akhir {_last_month(which)}, {how_many}"
        case Mode.SINGLE:
            return f"Hasilnya, {how_many}"


def _last_month(which: Period) -> str:
    return period(Period.month(which.year, which.last_month))


def _target_line(duty: Duty, which: Period, *, late: bool) -> str:
    figure = duty.figures[which]
    before = previous_figure(duty, which)
    if late:
        return f"Susulan: s/d {period(which)} baru {of_target(figure)}"
    parts: list[str] = []
    if figure.target is not None:
        basis = "s/d " if duty.measure.mode is Mode.CUM else ""
        parts.append(f"Target {basis}{period(which)} {number(figure.target)}")
    elif duty.measure.annual_target is not None:
        parts.append(f"Target setahun {number(duty.measure.annual_target)}")
    if before is not None and before.realisation_to_date is not None:
        parts.append(f"s/d {period(before.period)} {of_target(before)}")
    if which in duty.values:
        parts.append(f"tercatat {number(duty.values[which])}")
    return " · ".join(parts)


def of_target(figure: Figure) -> str:
    """`2 dari 3`, or the realisation alone where there is no target to compare with."""
    done = number(figure.realisation_to_date or Decimal(0))
    return done if figure.target_to_date is None else f"{done} dari {number(figure.target_to_date)}"


def previous_figure(duty: Duty, which: Period) -> Figure | None:
    """The figures of the period of the same length before; None for the year's first."""
    if which.number == 1:
        return None
    return duty.figures.get(Period(which.year, which.kind, which.number - 1))


def read_back(duty: Duty, which: Period, value: Decimal, figure: Figure) -> str:
    """`✓ 1 desa · s/d Maret 3 dari 3 (100,00%)`: number, unit, basis and what follows."""
    shown = amount(value, duty.unit)
    if duty.measure.mode is Mode.SUM and which.kind is PeriodKind.QUARTER:
        shown += f" di {period(which)} saja"
    elif duty.measure.mode is Mode.CUM:
        shown += f" s/d {_last_month(which)}"
    elif duty.measure.mode is Mode.LEVEL:
        shown += f" per akhir {_last_month(which)}"
    capaian = figure.capaian_to_date
    judged = f" ({percent(capaian)})" if capaian is not None else ""
    if duty.measure.mode in (Mode.CUM, Mode.LEVEL):
        target = "" if figure.target_to_date is None else f" · target {number(figure.target_to_date)}"
        return f"✓ {shown}{target}{judged}"
    return f"✓ {shown} · s/d {period(which)} {of_target(figure)}{judged}"


def not_yet_noted(duty: Duty) -> str:
    return f"{indicator(duty.name, 50)}: belum, kami ingatkan lagi."


def file_noted(duty: Duty) -> str:
    return f"✓ Bukti untuk {indicator(duty.name, 50)} diterima."


def review_line(position: int, duty: Duty, entry: str) -> str:
    return f"{position} {indicator(duty.name, 44)}: {entry}"


def review_title(closing: Closing, *, unsent: int) -> str:
    name = periods_with_year(closing.periods)
    return f"Periksa sebelum dikirim · {name}" if unsent else name


LATE_HEADING = "Susulan target sebelumnya"


def complete(closing: Closing) -> str:
    return f"{periods_with_year(closing.periods)} sudah lengkap."


def send_label(count: int) -> str:
    return f"Kirim {count} laporan"


def change_until(closing: Closing, today: date) -> str:
    if today <= closing.cut_off:
        return f"Angka masih bisa diubah sampai {day(closing.cut_off)}. Ketik nomor untuk mengubah."
    return "Ketik nomor untuk mengubah."


def sent(count: int, at: date, clock: str, missing: int, closing: Closing) -> str:
    name = " dan ".join(period(which) for which in closing.periods)
    lines = [f"{count} laporan terkirim, {day(at)} {clock}."]
    lines.append(
        f"{name} lengkap." if not missing else f"{name} masih kurang {missing}. Ketik lapor untuk melanjutkan."
    )
    if at <= closing.cut_off and not missing:
        lines.append(f"Sampai {day(closing.cut_off)} masih bisa diubah dengan mengetik lapor.")
    return "\n".join(lines)


# --- the way of counting --------------------------------------------------------------------------------------------

_MODE_SENTENCE = {
    Mode.SUM: "setiap periode diisi tambahannya saja, lalu dijumlahkan{total}",
    Mode.CUM: "setiap periode diisi posisi s/d saat itu, yang terakhir berlaku",
    Mode.LEVEL: "setiap periode diisi kondisinya saat itu, tidak dijumlahkan",
    Mode.SINGLE: "diisi satu kali saja dalam setahun",
}


def mode_question(duty: Duty) -> str:
    """Asked once of the owner of a proposed way of counting (domain.md 2.2, medium)."""
    measure = duty.measure
    total = ""
    if measure.mode is Mode.SUM and measure.targets:
        total = f" jadi {amount(sum(measure.targets.values(), Decimal(0)), duty.unit)} setahun"
    sentence = _MODE_SENTENCE[measure.mode].format(total=total)
    return f"{indicator(duty.name)}\nTarget: {_series(measure)}\n\nCara hitungnya: {sentence}. Benar?"


def mode_denied(duty: Duty) -> str:
    """What the admin is then asked."""
    proposed = _MODE_SENTENCE[duty.measure.mode].format(total="")
    return f"Pemilik menyatakan cara hitung usulan ({proposed}) tidak benar. Target: {_series(duty.measure)}."


def _series(measure: Measure) -> str:
    shown = [f"{period(which)} {number(value)}" for which, value in sorted(measure.targets.items())]
    return shortened(", ".join(shown), 160) or f"setahun {number(measure.annual_target or Decimal(0))}"


# --- in doubt, ask ----------------------------------------------------------------------------------------------------


def doubt(reason: Doubt, duty: Duty, which: Period, typed: str, candidates: Sequence[Decimal]) -> str:
    """One sentence for each reason to ask, with what is at stake."""
    figure = duty.figures[which]
    target = f"Target {period(which)} {number(figure.target)}" if figure.target is not None else ""
    said = shortened(" ".join(typed.split()), 40)
    first = amount(candidates[0], duty.unit) if candidates else ""
    match reason:
        case Doubt.NOT_A_NUMBER:
            return NUMBER_PLEASE
        case Doubt.ZERO_OR_NOT_YET:
            return "Nihil (0), atau belum ada laporan?"
        case Doubt.SEVERAL:
            return f'Ada lebih dari satu angka dalam "{said}". Mana yang benar?'
        case Doubt.OTHER_UNIT:
            unit = unit_word(duty.unit) or "tidak ada"
            return f'Satuan indikator ini {unit}, sedangkan tertulis "{said}". Benar {first}?'
        case Doubt.OTHER_TARGET:
            return f'"{said}" memakai pembanding lain. {target}. Benar realisasinya {first}?'
        case Doubt.SEPARATOR:
            return f'Titik atau koma dalam "{said}" bisa dibaca dua cara. Mana yang benar?'
        case Doubt.FRACTION:
            return f"Satuan {unit_word(duty.unit) or 'ini'} dihitung utuh, tanpa koma. Berapa angka bulatnya?"
        case Doubt.ABOVE_RANGE:
            limit = f"Paling besar {number(duty.high)}. " if duty.high is not None else ""
            return f"{limit}Angka {said} melebihinya. Berapa yang benar?"
        case Doubt.BELOW_RANGE:
            return f"Angka {said} lebih kecil dari yang mungkin. Berapa yang benar?"
        case Doubt.SMALL_PERCENT:
            return f"{said} berarti kurang dari satu persen. Mana yang benar?"
        case Doubt.BELOW_PREVIOUS:
            before = previous_figure(duty, which)
            last = number(before.realisation_to_date) if before and before.realisation_to_date is not None else ""
            return (
                f"Posisi sebelumnya {last}, sekarang lebih kecil. Ini posisi s/d {_last_month(which)}, atau tambahan?"
            )
        case Doubt.INCREMENT_FOR_POSITION:
            return f"Yang diisi posisi s/d {_last_month(which)}. Apakah {said} posisinya, atau tambahannya?"
        case Doubt.TO_DATE_FOR_PERIOD:
            return f"{said} sama dengan angka s/d. Ini angka {period(which)} saja, atau s/d {period(which)}?"
        case Doubt.ANNUAL_FOR_PERIOD:
            return f"{target}; {number(candidates[0])} adalah target setahun.\n{basis_question(duty, which)}"
        case Doubt.FAR_ABOVE_TARGET:
            return f"{target}; {first} jauh lebih besar. Apakah benar?"
        case Doubt.SMALL_MONEY:
            return (
                f"{said} terlalu kecil untuk target {amount(figure.target or Decimal(0), duty.unit)}. Mana yang benar?"
            )
        case Doubt.APPROXIMATE:
            return f"Perlu angka pasti. {first}?" if len(candidates) == 1 else "Perlu angka pasti. Berapa tepatnya?"
        case Doubt.SAME_AS_BEFORE:
            return f"Sama seperti sebelumnya: {first}?" if candidates else "Perlu angkanya. Berapa tepatnya?"
        case Doubt.COMPLETE:
            return f"Sesuai target, {first}?" if candidates else "Perlu angkanya. Berapa tepatnya?"
        case Doubt.RATIO:
            return f'"{said}" berarti {first}. Benar?'
        case Doubt.PERCENT_OR_COUNT:
            return f"{said} itu jumlahnya, atau sudah persen?"
        case Doubt.TOO_LONG:
            return "Angka itu terlalu panjang untuk dicatat. Berapa yang benar?"


def candidate_label(reason: Doubt, candidates: Sequence[Decimal], index: int, duty: Duty, which: Period) -> str:
    """`Memang 2.800`, `Ya, 12`, `Nihil`, `TW II saja: 25`: a reading to choose, at most 20 characters."""
    plain = number(candidates[index])
    larger = candidates[index] == max(candidates)
    match reason:
        case Doubt.ZERO_OR_NOT_YET:
            return ZERO
        case Doubt.TO_DATE_FOR_PERIOD:
            label = f"{period(which)} saja: {plain}" if larger else f"s/d, jadi {plain}"
        case Doubt.BELOW_PREVIOUS | Doubt.INCREMENT_FOR_POSITION:
            label = f"Tambah, jadi {plain}" if larger else f"Posisi {plain}"
        case Doubt.ANNUAL_FOR_PERIOD | Doubt.FAR_ABOVE_TARGET | Doubt.OTHER_UNIT | Doubt.OTHER_TARGET:
            label = f"Memang {plain}"
        case Doubt.APPROXIMATE | Doubt.SAME_AS_BEFORE | Doubt.COMPLETE | Doubt.RATIO:
            label = f"Ya, {plain}"
        case _:
            label = amount(candidates[index], duty.unit)
    return label if len(label) <= 20 else plain[:20]


def changed_in_chat(duty: Duty, old: str, new: str) -> str:
    return f"{indicator(duty.name, 60)}: {old} diganti {new}."
