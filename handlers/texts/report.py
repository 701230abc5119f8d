"""Sentences of the report conversation (conversations.md)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from domain.ledger import Figure, Measure
from domain.modes import Mode
from domain.openings import Closing, Duty
from domain.periods import Period, PeriodKind
from handlers.messages import BUTTON_LABEL
from handlers.texts.formats import (
    amount,
    day,
    figure_of_unit,
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

THAT_POST = "jabatan itu"
NOTHING_OPEN = "Tidak ada yang perlu dilaporkan sekarang. Ketik status untuk melihat capaian Anda."
NO_SUCH_PERIOD = "Periode itu tidak terbuka untuk Anda. Ketik lapor untuk periode yang berjalan."
BOTH_POSTS, ALL_POSTS = "Keduanya", "Semuanya"
WHICH_POST_PLEASE = "Pilih jabatannya dahulu, atau keduanya sekaligus."
NO_INDICATORS = "Jabatan Anda belum punya indikator yang bisa dilaporkan. Kasubbag Perencanaan sedang melengkapinya."
CANCELLED = "Dibatalkan, tidak ada yang dikirim. Ketik lapor untuk mulai lagi, atau bantuan untuk melihat pilihan."
SAVED = "isian Anda tersimpan dan belum dikirim."
TYPE_REPORT = "Ketik lapor"
NUMBER_PLEASE = "Tulis angkanya saja, misalnya 12 atau 1.250,5. Ketik nihil bila nol, belum bila belum ada laporan."
PICK_OR_TYPE = "Pilih salah satu, atau ketik angkanya."
RIGHT_OR_WRONG = f"Pilih {RIGHT} atau {WRONG}."
REVIEW_HELP = "Ketik nomor untuk mengubah."
PICK_A_NUMBER = "Ketik nomor indikator yang mau diubah, atau pilih tombolnya."
NOTHING_TO_SEND = "Tidak ada angka baru, jadi tidak ada yang dikirim. Ketik status untuk melihat capaian Anda."
ASKED_ADMIN = "Baik, cara hitungnya ditanyakan dulu kepada Kasubbag Perencanaan. Indikator itu dilewati."
REASON_IN_WORDS = "Tulis alasannya dengan beberapa kata, paling panjang 300 huruf."
LATE_HEADING = "Susulan target sebelumnya"
_REASON_ROOM = 160
EVIDENCE = "Bukti: kirim foto atau dokumen dulu."
_RATIO = "Boleh juga ditulis, misalnya, 15 dari 20."


def type_report(closing: Closing) -> str:
    """`Ketik lapor februari`: for a period that "lapor" alone does not take."""
    return f"{TYPE_REPORT} {period(closing.periods[0]).lower()}"


def start_label(closing: Closing) -> str:
    """The button for the other closing: `Lapor Februari`, `Lapor Maret & TW I`."""
    label = f"Lapor {' & '.join(period(which) for which in closing.periods)}"
    return label if len(label) <= BUTTON_LABEL else f"Lapor {period(closing.periods[0])}"


def resumed(filled: int, count: int) -> str:
    """Above the open question, when a sitting is gone on with."""
    return f"Kita lanjutkan: {filled} dari {count} sudah terisi." if filled else "Kita lanjutkan yang tadi."


def not_in_list(count: int) -> str:
    return f"Nomor itu tidak ada; daftarnya 1 sampai {count}." if count > 1 else "Nomor itu tidak ada dalam daftar."


def handed_over(posts: str) -> str:
    """The person no longer acts for the posts of an open sitting."""
    return (
        f"Tugas Anda untuk {posts} sudah berakhir, jadi isian tadi tidak dikirim. "
        "Yang sudah terkirim tetap tercatat. Terima kasih."
    )


def not_sent(posts: str) -> str:
    """A part of a sitting was for posts for which the person no longer acts."""
    return f"Isian untuk {posts} tidak dikirim karena tugas Anda di sana sudah berakhir."


def heading(closing: Closing, position: int, due: int | None) -> str:
    """`Maret 2022 · 1 dari 3`; what is late has no `due` and is counted on: `Maret 2022 · susulan nomor 4`."""
    place = f"susulan nomor {position}" if due is None else f"{position} dari {due}"
    return f"{periods_with_year(closing.periods)} · {place}"


def closing_title(closing: Closing) -> str:
    """`Maret 2022`, above a question about the whole closing."""
    return periods_with_year(closing.periods)


def as_which_post(posts: Sequence[tuple[str, int]]) -> str:
    """Asked of somebody with several posts: each with how many indicators it has to report."""
    lines = [f"{shortened(title, 60)}: {count} laporan" for title, count in posts]
    numbered = (f"{number} {line}" for number, line in enumerate(lines, start=1))
    return "\n".join(("Sebagai apa Anda melapor?", *numbered))


def deadline(closing: Closing, today: date, days_left: int) -> str:
    """`Batas Selasa 5 April (5 hari kerja lagi)`."""
    limit = f"B{cut_off(closing)[1:]}"
    if today > closing.cut_off:
        return f"{limit} sudah lewat, laporan tetap diterima."
    left = "hari ini" if today == closing.cut_off else f"{days_left} hari kerja lagi"
    return f"{limit} ({left})"


def cut_off(closing: Closing) -> str:
    """`batas Selasa 5 April`, or `batas tambahan Jumat 8 April` where a superior granted more time."""
    return f"batas {'tambahan ' if closing.extended else ''}{day(closing.cut_off)}"


def late_words(days: int) -> str:
    """`terlambat 2 hari kerja`; on the free days after the last day no working day has passed yet."""
    return f"terlambat {days} hari kerja" if days else "terlambat"


def value_question(
    duty: Duty, which: Period, *, late: bool, filled: str, evidence: str = "", returned: str = ""
) -> str:
    """Name, target, last value, why it was returned, what evidence there is, what was filled in before, and the
    question that names the basis."""
    lines = (
        indicator(duty.name),
        _target_line(duty, which, late=late),
        returned,
        evidence,
        filled,
        basis_question(duty, which),
        _RATIO if duty.ratio else "",
    )
    return "\n".join(line for line in lines if line)


def filled_in(value: Decimal | None, unit: str | None) -> str:
    """What was filled in before, when a question is come back to."""
    return f"Tadi diisi: {shown_value(value, unit)}"


def shown_value(value: Decimal | None, unit: str | None) -> str:
    return "belum" if value is None else amount(value, unit)


def same_label(last: Decimal, unit: str | None) -> str:
    """The button for a position or condition that did not move: `Tetap (10 orang)`, without the unit if too long."""
    labels = (f"Tetap ({amount(last, unit)})", f"Tetap ({number(last)})")
    return next((label for label in labels if len(label) <= BUTTON_LABEL), "Tetap")


def keep_label(value: Decimal, unit: str | None) -> str:
    """The button that sends a returned figure again: `Tetap 1 desa`, without the unit if too long."""
    labels = (f"Tetap {amount(value, unit)}", f"Tetap {number(value)}")
    return next((label for label in labels if len(label) <= BUTTON_LABEL), "Tetap")


def returned_because(value: str, by: str, reason: str) -> str:
    """What was sent, who returned it and why, above the question that asks it again."""
    why = shortened(reason, _REASON_ROOM)
    return f'Tadi {value}, dikembalikan {by}: "{why}"'


def basis_question(duty: Duty, which: Period) -> str:
    """The question by the mode (domain.md 2.1): this period alone, the position s/d, or the condition at its end.

    Of a service there is nothing to add to: how many there were in the month.
    """
    unit = unit_word(duty.unit)
    how_many = f"berapa {unit}?" if unit else "berapa?"
    if duty.service:
        return f"Bulan {period(which)}, {how_many}"
    match duty.measure.mode:
        case Mode.SUM if which.kind is PeriodKind.MONTH:
            return f"Tambahan di bulan {period(which)}, {how_many}"
        case Mode.SUM if which.kind is PeriodKind.QUARTER:
            return f"Tambahan di {period(which)} saja ({months_of(which)}), {how_many}"
        case Mode.SUM:
            return f"Jumlah sepanjang {period(which)}, {how_many}"
        case Mode.CUM:
            return f"Posisi s/d {last_month(which)}, {how_many}"
        case Mode.LEVEL:
            return f"Kondisi akhir {last_month(which)}, {how_many}"
        case Mode.SINGLE:
            return f"Hasilnya, {how_many}"


def last_month(which: Period) -> str:
    return period(Period.month(which.year, which.last_month))


def _target_line(duty: Duty, which: Period, *, late: bool) -> str:
    figure = duty.figures[which]
    before = previous_figure(duty, which)
    if late:
        return _late_line(duty, which, figure)
    parts: list[str] = []
    aim = _aimed_at(duty, which)
    target = duty.figures[aim].target
    if target is not None:
        basis = "s/d " if duty.measure.mode is Mode.CUM else ""
        parts.append(f"Target {basis}{period(aim)} {figure_of_unit(target, duty.unit)}")
    elif duty.measure.annual_target is not None:
        parts.append(f"Target setahun {figure_of_unit(duty.measure.annual_target, duty.unit)}")
    if before is not None and before.realisation_to_date is not None:
        parts.append(_stood_at(duty, before, before.realisation_to_date))
    if which in duty.values:
        parts.append(f"tercatat {figure_of_unit(duty.values[which], duty.unit)}")
    return " · ".join(parts)


def _aimed_at(duty: Duty, which: Period) -> Period:
    """The period whose target is told: of quarterly targets reported by the month, the quarter."""
    if duty.measure.target_kind is PeriodKind.QUARTER and which.kind is PeriodKind.MONTH:
        return Period.quarter(which.year, -(-which.number // 3))
    return which


def _late_line(duty: Duty, which: Period, figure: Figure) -> str:
    """`Sampai Maret baru 0 dari 13`; what was never reported is no zero."""
    until = f"Sampai {last_month(which)}"
    if figure.realisation_to_date is None and figure.target_to_date is not None:
        return f"{until} belum ada laporan, target {figure_of_unit(figure.target_to_date, duty.unit)}"
    return f"{until} baru {of_target(figure, duty.unit)}{_marks(duty, figure)}"


def _stood_at(duty: Duty, before: Figure, value: Decimal) -> str:
    """`s/d Februari 2 dari 3`; of a condition `akhir Februari 10`."""
    if duty.measure.mode is Mode.LEVEL:
        return f"akhir {last_month(before.period)} {figure_of_unit(value, duty.unit)}{_marks(duty, before)}"
    return f"s/d {period(before.period)} {of_target(before, duty.unit)}{_marks(duty, before)}"


def _marks(duty: Duty, figure: Figure) -> str:
    """What must be known of a figure s/d: something due is missing from it, or it holds invented values."""
    sample = any(which.end <= figure.period.end for which in duty.samples)
    return f"{_provisional(figure) if duty.measure.mode is not Mode.LEVEL else ''}{' (contoh)' if sample else ''}"


def of_target(figure: Figure, unit: str | None) -> str:
    """`2 dari 3`, or the realisation alone where there is no target to compare with."""
    done = figure_of_unit(figure.realisation_to_date or Decimal(0), unit)
    return done if figure.target_to_date is None else f"{done} dari {figure_of_unit(figure.target_to_date, unit)}"


def _provisional(figure: Figure) -> str:
    """The mark of a figure s/d from which something due is missing (domain.md 2.1), or what came before the office
    began."""
    unknown = ", tanpa posisi awal" if figure.unknown_before else ""
    return f"{' sementara' if figure.provisional else ''}{unknown}"


def previous_figure(duty: Duty, which: Period) -> Figure | None:
    """The figures of the period of the same length before; None for the year's first."""
    if which.number == 1:
        return None
    return duty.figures.get(Period(which.year, which.kind, which.number - 1))


def is_yearly(measure: Measure) -> bool:
    """Whether nothing but the target of the year is printed: figures s/d are then progress towards it."""
    return not measure.counted and measure.target_kind is PeriodKind.YEAR


def read_back(duty: Duty, which: Period, value: Decimal, figure: Figure) -> str:
    """`✓ 1 desa · s/d Maret 3 dari 3 (100,00%)`: number, unit, basis and what follows."""
    shown = amount(value, duty.unit)
    if duty.measure.mode is Mode.SUM and which.kind is PeriodKind.QUARTER:
        shown += f" di {period(which)} saja"
    elif duty.measure.mode is Mode.CUM:
        shown += f" s/d {last_month(which)}"
    elif duty.measure.mode is Mode.LEVEL:
        shown += f" per akhir {last_month(which)}"
    capaian = figure.capaian_to_date
    judged = f" ({percent(capaian)})" if capaian is not None else ""
    if duty.measure.mode in (Mode.CUM, Mode.LEVEL):
        goal = figure.target_to_date
        kind = "target setahun" if is_yearly(duty.measure) else "target"
        target = "" if goal is None else f" · {kind} {figure_of_unit(goal, duty.unit)}"
        return f"✓ {shown}{target}{judged}"
    of_year = " setahun" if is_yearly(duty.measure) else ""
    return f"✓ {shown} · s/d {period(which)} {of_target(figure, duty.unit)}{of_year}{judged}{_provisional(figure)}"


def not_yet_noted(duty: Duty, *, late: bool) -> str:
    """What is due is reminded of; what is late stays as it is (domain.md 1, rule 4)."""
    follows = "tidak ada tambahan" if late else "belum, kami ingatkan lagi"
    return f"{indicator(duty.name, 50)}: {follows}."


def changed_in_chat(duty: Duty, old: Decimal | None, new: Decimal | None) -> str:
    return f"{indicator(duty.name, 60)}: {shown_value(old, duty.unit)} diganti {shown_value(new, duty.unit)}."


# --- the review page and what follows it ------------------------------------------------------------------------------


def review_line(position: int, duty: Duty, entry: str) -> str:
    return f"{position} {indicator(duty.name, 44)}: {entry}"


def shown_entry(value: Decimal | None, unit: str | None, proofs: int) -> str:
    """`0 desa (nihil) + 1 bukti`: what was filled in."""
    nil = " (nihil)" if value == 0 else ""
    return f"{shown_value(value, unit)}{nil}{_with_proofs(proofs)}"


def shown_recorded(value: Decimal, unit: str | None, proofs: int) -> str:
    """What was sent before, without an entry of this sitting."""
    return f"{amount(value, unit)} (tercatat){_with_proofs(proofs)}"


def shown_empty(proofs: int, *, late: bool, reported: bool) -> str:
    """Nothing was filled in; `reported` tells that the indicator's one report came in another period."""
    if reported:
        return f"sudah tercatat{_with_proofs(proofs)}"
    return f"{'belum ada tambahan' if late else 'belum diisi'}{_with_proofs(proofs)}"


def _with_proofs(proofs: int) -> str:
    return f" + {proofs} bukti" if proofs else ""


def shown_returned(proofs: int) -> str:
    """The figure was returned and not filled in again."""
    return f"dikembalikan{_with_proofs(proofs)}"


def review_title(closing: Closing, *, unsent: bool) -> str:
    name = periods_with_year(closing.periods)
    return f"Periksa sebelum dikirim · {name}" if unsent else name


def complete(closing: Closing) -> str:
    return f"{periods_with_year(closing.periods)} sudah lengkap."


def send_label(values: int) -> str:
    return f"Kirim {values} laporan" if values else "Kirim bukti"


def review_help(days_late: int | None) -> str:
    """Below the list of what is about to be sent."""
    if days_late is None:
        return REVIEW_HELP
    return f"{late_words(days_late).capitalize()}, tetap diterima. {REVIEW_HELP}"


def change_until(closing: Closing, today: date) -> str:
    if today <= closing.cut_off:
        return f"Ketik nomor untuk mengubah, sampai {day(closing.cut_off)}."
    return f"Ketik nomor untuk mengubah; karena lewat {day(closing.cut_off)}, alasannya akan ditanyakan."


def reason_please(closing: Closing, *, late: bool) -> str:
    """Asked once for all figures of a sitting that are changed after their cut-off, or after they were verified."""
    since = f"Batas {day(closing.cut_off)} sudah lewat." if late else "Di antaranya ada angka yang sudah terverifikasi."
    return f"{since} Apa alasan angka yang sudah terkirim itu diubah?"


def sent(
    values: int,
    proofs: int,
    today: date,
    clock: str,
    days_late: int | None,
    closing: Closing | None,
    again: str = "",
) -> str:
    """What arrived, what is still missing, and until when it can be changed; `again` is what to do to go on where that
    is not to report."""
    parts = [f"{values} laporan"] if values else []
    if proofs:
        parts.append(f"{proofs} bukti")
    late = "" if days_late is None else f", {late_words(days_late)}"
    arrived = f"{' dan '.join(parts)} terkirim, {day(today)} {clock}{late}."
    return arrived if closing is None else f"{arrived}\n{_standing(closing, today, again)}"


def _standing(closing: Closing, today: date, again: str) -> str:
    name = " dan ".join(period(which) for which in closing.periods)
    running = today <= closing.end
    how = again or (TYPE_REPORT if running else type_report(closing))
    if closing.missing:
        return f"{name} masih kurang {len(closing.missing)}. {how} untuk melanjutkan."
    if today > closing.cut_off:
        return f"{name} lengkap. Terima kasih."
    provisional = " Angkanya sementara karena periodenya belum berakhir." if running else ""
    return f"{name} lengkap.{provisional}\n{how} untuk mengubahnya, sampai {day(closing.cut_off)}."


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
    """`Januari-November 1, Desember 2`: the targets, equal neighbours together."""
    runs: list[list[tuple[Period, Decimal]]] = []
    for which, target in sorted(measure.targets.items()):
        follows = bool(runs) and runs[-1][-1][0].number + 1 == which.number and runs[-1][-1][1] == target
        if follows:
            runs[-1].append((which, target))
        else:
            runs.append([(which, target)])
    shown = ", ".join(f"{_span(run)} {number(run[0][1])}" for run in runs)
    return shortened(shown, 160) or f"setahun {number(measure.annual_target or Decimal(0))}"


def _span(run: list[tuple[Period, Decimal]]) -> str:
    first, last = run[0][0], run[-1][0]
    return period(first) if first == last else f"{period(first)} sampai {period(last)} masing-masing"
