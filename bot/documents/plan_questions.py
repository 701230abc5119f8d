"""The questions that a plan raises, in the words in which people are asked (domain.md 2.3, "Question wording")."""

from collections.abc import Sequence
from decimal import Decimal

from bot.documents.numbers_in_cells import indonesian, spelled
from bot.documents.workbook_layout import MONTHS, NO_TARGET, QUARTERS
from domain.inference import Inference, PrintedSeries, Reason
from domain.modes import Mode, Polarity
from domain.periods import Period, PeriodKind
from domain.plan import About, OpenQuestion
from domain.units import UnitGroup, normal_unit, unit_group

_PERIOD_WORDS = {PeriodKind.MONTH: "bulan", PeriodKind.QUARTER: "triwulan", PeriodKind.YEAR: "tahun"}


def mode_question(code: str, series: PrintedSeries, said: Inference, kind: PeriodKind, place: str = "") -> OpenQuestion:
    """How the values of an indicator accumulate; `kind` is the length of its periods."""
    options = _sensible_modes(series, said)
    choices = ", ".join(f"({n}) {_meaning(mode, series, said, kind)}" for n, mode in enumerate(options, 1))
    note = f' Keterangan pada rencana: "{series.note}".' if series.note else ""
    return OpenQuestion(
        indicator=code,
        about=About.MODE,
        text=f"{_facts(series, said, kind)}{note} Yang benar: {choices}?",
        proposal=said.proposal or said.mode or "",
        options=tuple(mode.value for mode in options),
        place=place,
    )


def targets_question(
    code: str, series: PrintedSeries, said: Inference, periods: Sequence[Period], place: str = ""
) -> OpenQuestion:
    """Which targets stood in the lost periods; `periods` are those of the values of `series`."""
    lost = sorted(series.lost)
    names = _names(series, lost)
    if said.fill is None or series.annual is None:
        text = f"Target {names} tidak terbaca. Berapa targetnya? Tulis - bila memang tidak ada target."
        return OpenQuestion(code, About.TARGETS, text, place=place)
    fill = said.fill
    shown = ", ".join(_shown(fill[at]) for at in lost)
    total = _quantity(series.annual, series.unit)
    text = f"Target {names} tidak terbaca. Dengan {shown} jumlahnya tepat target tahunan {total}. Benar begitu?"
    proposal = "; ".join(f"{periods[at].code}={_written(fill[at])}" for at in lost)
    return OpenQuestion(code, About.TARGETS, text, proposal, place=place)


def owner_question(code: str, titles: Sequence[str], place: str = "") -> OpenQuestion:
    """Which post reports; any title of the office may be the answer."""
    return OpenQuestion(code, About.OWNER, "Jabatan mana yang melaporkan indikator ini?", "", tuple(titles), place)


def name_question(code: str, place: str = "") -> OpenQuestion:
    """What an indicator without a printed name is called."""
    return OpenQuestion(code, About.NAME, "Nama indikator ini tidak tercetak pada rencana. Apa namanya?", place=place)


def direction_question(code: str, place: str = "") -> OpenQuestion:
    """Whether more is worse (domain.md 1 rule 7)."""
    text = "Mana yang lebih baik untuk indikator ini: (1) angka makin rendah, (2) angka makin tinggi?"
    options = (Polarity.NEGATIVE.value, Polarity.POSITIVE.value)
    return OpenQuestion(code, About.DIRECTION, text, Polarity.NEGATIVE.value, options, place)


# --- the facts --------------------------------------------------------------------------------------------------


def _facts(series: PrintedSeries, said: Inference, kind: PeriodKind) -> str:
    """What the plan prints, in one or two sentences."""
    word = _PERIOD_WORDS[kind]
    year = "" if series.annual is None else f"Target tahunan {_quantity(series.annual, series.unit)}"
    if said.reason is Reason.LOST:
        return _lost_facts(series, said, year)
    if not series.printed:
        return f"{year}, tanpa target tiap {word}." if year else "Rencana tidak mencetak target untuk indikator ini."
    if _all_equal(series) and series.annual == series.printed[0]:
        return f"{year}, {_each(series, kind)} juga {indonesian(series.printed[0])}."
    if _all_equal(series) and len(series.printed) > 1:
        each = f"{_each(series, kind)} {_quantity(series.printed[0], series.unit)}"
        return f"{year}, {each}." if year else f"Target {each}."
    return _listed_facts(series, said, year, word)


def _listed_facts(series: PrintedSeries, said: Inference, year: str, word: str) -> str:
    values = ", ".join(_shown(value) for value in series.values)
    start = f"{year}, sedangkan target {word}" if year else f"Target {word}"
    unit = f" {series.unit}" if series.unit and not year else ""
    total, last = indonesian(said.sum or Decimal()), indonesian(said.last or Decimal())
    return f"{start}: {values}{unit} (jumlah {total}, terakhir {last})."


def _lost_facts(series: PrintedSeries, said: Inference, year: str) -> str:
    lost = sorted(series.lost)
    start = f"{year}; target" if year else "Target"
    text = f"{start} {_names(series, lost)} tidak terbaca."
    if said.fill is None or series.annual is None:
        return text
    shown = ", ".join(_shown(said.fill[at]) for at in lost)
    return f"{text} Dengan {shown} jumlahnya tepat {indonesian(series.annual)}."


# --- the choices ------------------------------------------------------------------------------------------------


def _sensible_modes(series: PrintedSeries, said: Inference) -> tuple[Mode, ...]:
    """The modes that the printed values allow; an index is never added up."""
    modes = _modes_of_shape(series, said)
    if unit_group(series.unit, series.name) is UnitGroup.INDEX:
        return tuple(mode for mode in modes if mode is not Mode.SUM)
    return modes


def _modes_of_shape(series: PrintedSeries, said: Inference) -> tuple[Mode, ...]:
    printed = series.printed
    if said.reason is Reason.LOST or not printed:
        return Mode.SUM, Mode.CUM, Mode.LEVEL, Mode.SINGLE
    if len(printed) == 1:
        return Mode.SINGLE, Mode.CUM, Mode.LEVEL
    if _all_equal(series):
        return Mode.SUM, Mode.LEVEL, Mode.SINGLE
    if list(printed) == sorted(printed):
        return Mode.SUM, Mode.CUM, Mode.LEVEL
    return Mode.SUM, Mode.LEVEL, Mode.CUM


def _meaning(mode: Mode, series: PrintedSeries, said: Inference, kind: PeriodKind) -> str:
    """A mode in terms of what is counted, never by its code."""
    word = _PERIOD_WORDS[kind]
    if said.reason is not Reason.LOST and len(series.printed) > 1 and _all_equal(series):
        return _meaning_of_repeated(mode, series, said, kind)
    match mode:
        case Mode.SUM:
            total = series.annual if said.reason is Reason.LOST or said.sum is None else said.sum
            whole = "" if total is None else f" (setahun {indonesian(total)})"
            return f"tambahan tiap {word}, dijumlahkan{whole}"
        case Mode.CUM:
            return f"posisi sampai dengan {word} itu"
        case Mode.LEVEL:
            return f"kondisi tiap {word}, tidak dijumlahkan"
        case Mode.SINGLE:
            return "satu kali saja dalam setahun"


def _meaning_of_repeated(mode: Mode, series: PrintedSeries, said: Inference, kind: PeriodKind) -> str:
    """The wording of domain.md 2.3 for one value repeated in every period."""
    quantity = _quantity(series.printed[0], series.unit)
    match mode:
        case Mode.SUM:
            return f"{quantity} baru {_each(series, kind)} (setahun {indonesian(said.sum or Decimal())})"
        case Mode.LEVEL:
            return f"{quantity} yang sama {_each(series, kind)}"
        case Mode.SINGLE:
            return f"{quantity} untuk setahun"
        case Mode.CUM:
            return f"posisi sampai dengan {_PERIOD_WORDS[kind]} itu"


# --- words ------------------------------------------------------------------------------------------------------


def _each(series: PrintedSeries, kind: PeriodKind) -> str:
    word = _PERIOD_WORDS[kind]
    return f"tiap {word}" if len(series.printed) == len(series.values) else f"tiap {word} yang bertarget"


def _all_equal(series: PrintedSeries) -> bool:
    return len(set(series.printed)) == 1


def _quantity(number: Decimal, unit: str | None) -> str:
    if normal_unit(unit) == "%":
        return f"{indonesian(number)}%"
    return f"{indonesian(number)} {unit.rstrip('.')}" if unit else indonesian(number)


def _names(series: PrintedSeries, places: Sequence[int]) -> str:
    names = MONTHS if len(series.values) == len(MONTHS) else QUARTERS
    return ", ".join(names[at] for at in places)


def _shown(value: Decimal | None) -> str:
    return NO_TARGET if value is None else indonesian(value)


def _written(value: Decimal | None) -> str:
    return NO_TARGET if value is None else spelled(value)
