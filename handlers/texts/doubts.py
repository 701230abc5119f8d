"""One sentence for each reason to ask about a number, and the readings to choose (domain.md 6, conversations.md)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from domain.achievement import rounded
from domain.modes import Mode
from domain.number_history import own_history
from domain.numbers import Doubt
from domain.openings import Duty
from domain.periods import Period
from handlers.texts.formats import amount, figure_of_unit, listed, number, period, shortened, unit_word
from handlers.texts.report import NUMBER_PLEASE, ZERO, basis_question, last_month, previous_figure

_QUOTED = 40
"""Characters of what was typed that are shown again."""
NOTE = "Catatan untuk yang memeriksa?"
NO_NOTE = "Tanpa catatan"
NOTED = "✓ Catatan disimpan."
NOTE_IN_WORDS = f"Tulis catatannya dengan kata-kata, paling panjang 300 huruf, atau pilih {NO_NOTE}."
_UNUSUAL: Mapping[Doubt, str] = {
    Doubt.BELOW_PREVIOUS: "di bawah posisi sebelumnya",
    Doubt.INCREMENT_FOR_POSITION: "mungkin tambahan, bukan posisi s/d",
    Doubt.TO_DATE_FOR_PERIOD: "mungkin angka s/d",
    Doubt.ANNUAL_FOR_PERIOD: "sama dengan target setahun",
    Doubt.FAR_ABOVE_TARGET: "lebih dari 3 kali target",
    Doubt.SMALL_MONEY: "sangat kecil dibanding target",
    Doubt.FAR_ABOVE_AVERAGE: "lebih dari 3 kali rata-rata sendiri",
    Doubt.ABOVE_ANNUAL: "melebihi target setahun",
    Doubt.ABOVE_LATER: "di atas posisi sesudahnya",
    Doubt.SAME_AGAIN: "sama 3 kali berturut-turut",
    Doubt.PART_ABOVE_WHOLE: "bagian lebih besar dari seluruhnya",
    Doubt.SMALL_PERCENT: "kurang dari satu persen",
    Doubt.APPROXIMATE: "semula ditulis sebagai kira-kira",
    Doubt.SAME_AS_BEFORE: "ditulis sama seperti sebelumnya",
    Doubt.COMPLETE: "ditulis dengan kata lengkap atau selesai",
    Doubt.OTHER_UNIT: "ditulis dengan satuan lain",
    Doubt.OTHER_TARGET: "ditulis dengan pembanding lain",
}
_ALL_ZERO = "nihil semua"
"""How figures are marked that were sent all at once."""


def unusual(confirmed: str) -> tuple[str, ...]:
    """What whoever checks a figure is told of the doubts confirmed with it, as they are kept: `melebihi target
    setahun`."""
    kept = {part.strip() for part in confirmed.split(",")}
    found = tuple(phrase for doubt, phrase in _UNUSUAL.items() if doubt.value in kept)
    return (*found, "dikirim dengan nihil semua") if _ALL_ZERO in kept else found


def typed_again(value: Decimal, duty: Duty) -> str:
    """A reading that was chosen, as a question quotes it."""
    return amount(value, duty.unit)


def question(
    reason: Doubt,
    duty: Duty,
    which: Period,
    typed: str,
    candidates: Sequence[Decimal],
    also: Sequence[Doubt] = (),
) -> str:
    """What is doubtful, with what is at stake, and what is unusual besides. Without candidates the number is asked for
    once more."""
    asked = _question(reason, duty, which, typed, candidates)
    # The target of a year is far above everything: one reason is enough then.
    more = [] if reason is Doubt.ANNUAL_FOR_PERIOD else [_UNUSUAL[doubt] for doubt in also if doubt in _UNUSUAL]
    return f"{asked}\nJuga {listed(more)}." if more else asked


def _question(reason: Doubt, duty: Duty, which: Period, typed: str, candidates: Sequence[Decimal]) -> str:
    said = shortened(" ".join(typed.split()), _QUOTED)
    first = amount(candidates[0], duty.unit) if candidates else said
    ratio = amount(rounded(candidates[0]), duty.unit) if candidates else said
    match reason:
        case Doubt.NOT_A_NUMBER:
            return NUMBER_PLEASE
        case Doubt.ZERO_OR_NOT_YET:
            return "Nihil (0), atau belum ada laporan?"
        case Doubt.SEVERAL if candidates:
            return f'"{said}" bisa berarti beberapa angka. Mana yang benar?'
        case Doubt.SEVERAL:
            return f'Ada lebih dari satu angka dalam "{said}". Tulis satu angka saja.'
        case Doubt.OTHER_UNIT:
            return f'{_unit_sentence(duty)}, sedangkan tertulis "{said}". {_right(first, candidates)}'
        case Doubt.OTHER_TARGET:
            return f'"{said}" memakai pembanding lain.{_target(duty, which)} {_right(first, candidates)}'
        case Doubt.SEPARATOR:
            return f'Titik atau koma dalam "{said}" bisa dibaca dua cara. Mana yang benar?'
        case Doubt.FRACTION:
            return f"Satuan {unit_word(duty.unit) or 'ini'} dihitung utuh, tanpa koma. Berapa angka bulatnya?"
        case Doubt.ABOVE_RANGE:
            limit = f"Paling besar {amount(duty.high, duty.unit)}. " if duty.high is not None else ""
            return f"{limit}Angka {said} melebihinya. Berapa yang benar?"
        case Doubt.BELOW_RANGE:
            return f"Angka {said} lebih kecil dari yang mungkin. Berapa yang benar?"
        case Doubt.SMALL_PERCENT:
            return f"{said} berarti kurang dari satu persen. Mana yang benar?"
        case Doubt.BELOW_PREVIOUS | Doubt.INCREMENT_FOR_POSITION | Doubt.TO_DATE_FOR_PERIOD:
            return _basis(reason, duty, which, said, several=len(candidates) > 1)
        case Doubt.ANNUAL_FOR_PERIOD:
            return f"{_before(duty, which)}{first} adalah target setahun.\n{basis_question(duty, which)}"
        case Doubt.FAR_ABOVE_TARGET:
            return f"{_before(duty, which)}{first} jauh lebih besar. Apakah benar?"
        case Doubt.FAR_ABOVE_AVERAGE | Doubt.ABOVE_ANNUAL | Doubt.ABOVE_LATER | Doubt.SAME_AGAIN:
            return _beside_others(reason, duty, which, candidates[0]) if candidates else NUMBER_PLEASE
        case Doubt.PART_ABOVE_WHOLE:
            return f'Dalam "{said}" bagiannya lebih besar dari seluruhnya. {_right(first, candidates)}'
        case Doubt.SMALL_MONEY:
            return f"{first} sangat kecil dibanding targetnya. Mana yang benar?"
        case Doubt.APPROXIMATE | Doubt.SAME_AS_BEFORE | Doubt.COMPLETE:
            return _inexact(reason, first, candidates)
        case Doubt.RATIO:
            return f'"{said}" berarti {ratio}. Benar?'
        case Doubt.PERCENT_OR_COUNT:
            return f"{said} itu jumlahnya, atau sudah persen?"
        case Doubt.TOO_LONG:
            return "Angka itu terlalu panjang untuk dicatat. Berapa yang benar?"


def _unit_sentence(duty: Duty) -> str:
    unit = unit_word(duty.unit)
    if duty.service:
        return f"Yang dihitung {unit}"
    return f"Satuan indikator ini {unit}" if unit else "Indikator ini tanpa satuan"


def _right(first: str, candidates: Sequence[Decimal]) -> str:
    return f"Benar {first}?" if candidates else "Berapa yang benar?"


def _target(duty: Duty, which: Period) -> str:
    target = duty.figures[which].target
    return "" if target is None else f" Target {period(which)} {figure_of_unit(target, duty.unit)}."


def _before(duty: Duty, which: Period) -> str:
    """The target, before what is held against it: the period's, else that of the year."""
    target, of_year = duty.figures[which].target, duty.measure.annual_target
    if target is not None:
        return f"Target {period(which)} {figure_of_unit(target, duty.unit)}; "
    return "" if of_year is None else f"Target setahun {figure_of_unit(of_year, duty.unit)}; "


def _beside_others(reason: Doubt, duty: Duty, which: Period, value: Decimal) -> str:
    """A figure held against the indicator's own others and its year."""
    shown, history = amount(value, duty.unit), own_history(duty, which)
    match reason:
        case Doubt.FAR_ABOVE_AVERAGE:
            usual = amount(rounded(history.average or Decimal(0)), duty.unit)
            added = " tambahan" if duty.measure.mode is Mode.CUM else ""
            return f"Rata-rata{added} sebelumnya {usual}; {shown} jauh lebih besar. Apakah benar?"
        case Doubt.ABOVE_LATER:
            later = amount(history.following or Decimal(0), duty.unit)
            return f"Posisi sesudahnya {later}, lebih kecil dari {shown}. Apakah benar?"
        case Doubt.SAME_AGAIN:
            return f"{shown}, sama seperti {history.running} laporan sebelumnya. Apakah benar?"
        case _:
            return _above_annual(duty, which, value)


def _above_annual(duty: Duty, which: Period, value: Decimal) -> str:
    year = amount(duty.measure.annual_target or Decimal(0), duty.unit)
    if duty.measure.mode is not Mode.SUM:
        return f"Target setahun {year}; {amount(value, duty.unit)} melebihinya. Apakah benar?"
    before = previous_figure(duty, which)
    so_far = (before.realisation_to_date if before else None) or Decimal(0)
    total = amount(so_far + value, duty.unit)
    return f"Target setahun {year}; s/d {last_month(which)} menjadi {total}. Apakah {number(value)} benar?"


def _basis(reason: Doubt, duty: Duty, which: Period, said: str, *, several: bool) -> str:
    """The figure of the period, or that s/d?"""
    name = last_month(which)
    if reason is Doubt.TO_DATE_FOR_PERIOD:
        return f'Yang diisi angka {period(which)} saja. Apakah "{said}" angka {period(which)}, atau s/d {name}?'
    if duty.measure.mode is not Mode.CUM:
        return f"Yang diisi keadaan akhir {name}. Apakah {said} angka itu?"
    if reason is Doubt.INCREMENT_FOR_POSITION:
        return f"Yang diisi posisi s/d {name}. Apakah {said} posisinya, atau tambahannya?"
    before = previous_figure(duty, which)
    last = before.realisation_to_date if before else None
    known = f"Posisi sebelumnya {amount(last, duty.unit)}, sekarang lebih kecil. " if last is not None else ""
    return f"{known}Apakah {said} posisi s/d {name}{', atau tambahannya' if several else ''}?"


def _inexact(reason: Doubt, first: str, candidates: Sequence[Decimal]) -> str:
    if len(candidates) != 1:
        return "Perlu angka pasti. Berapa tepatnya?"
    match reason:
        case Doubt.SAME_AS_BEFORE:
            return f"Sama seperti sebelumnya, {first}?"
        case Doubt.COMPLETE:
            return f"Sesuai target, {first}?"
        case _:
            return f"Perlu angka pasti. {first}?"


def candidate_label(reason: Doubt, candidates: Sequence[Decimal], index: int, which: Period, unit: str | None) -> str:
    """`Memang 2.800`, `Ya, 12`, `Nihil`, `s/d, jadi 25`: a reading to choose. It may be longer than a button."""
    plain = number(candidates[index])
    larger = candidates[index] == max(candidates)
    match reason:
        case Doubt.ZERO_OR_NOT_YET:
            return ZERO
        case Doubt.TO_DATE_FOR_PERIOD:
            return f"{period(which)} saja: {plain}" if larger else f"s/d, jadi {plain}"
        case Doubt.BELOW_PREVIOUS | Doubt.INCREMENT_FOR_POSITION if len(candidates) > 1:
            return f"Tambah, jadi {plain}" if larger else f"Posisi {plain}"
        case Doubt.BELOW_PREVIOUS | Doubt.ANNUAL_FOR_PERIOD | Doubt.FAR_ABOVE_TARGET:
            return f"Memang {plain}"
        case Doubt.OTHER_UNIT | Doubt.OTHER_TARGET | Doubt.PART_ABOVE_WHOLE:
            return f"Memang {plain}"
        case Doubt.FAR_ABOVE_AVERAGE | Doubt.ABOVE_ANNUAL | Doubt.ABOVE_LATER | Doubt.SAME_AGAIN:
            return f"Memang {plain}"
        case Doubt.APPROXIMATE if len(candidates) > 1:
            return amount(candidates[index], unit)
        case Doubt.APPROXIMATE | Doubt.SAME_AS_BEFORE | Doubt.COMPLETE | Doubt.RATIO:
            return f"Ya, {plain}"
        case _:
            return amount(candidates[index], unit)


def choice_label(index: int) -> str:
    """A button for a reading whose number is too long for one; `numbered` shows them all."""
    return f"Pilihan {index + 1}"


def numbered(candidates: Sequence[Decimal], unit: str | None) -> str:
    return "\n".join(f"{choice_label(at)}: {amount(value, unit)}" for at, value in enumerate(candidates))
