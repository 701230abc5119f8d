"""The questions that the reading of a plan raises, one polite sentence or two each, with the place in the file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.documents.numbers_in_cells import indonesian, spelled
from bot.documents.plan_reading.judged.cell_numbers import CellNumber, Trouble
from bot.documents.plan_reading.printed import Doubt
from bot.documents.plan_reading.source import Cell, Place
from bot.documents.workbook_layout import MONTHS, NO_TARGET, QUARTERS
from domain.periods import Period, PeriodKind
from domain.plan import About, OpenQuestion, Repeat
from domain.plan_review import ALL_SAME


@dataclass(frozen=True)
class DoubtfulCell:
    """A cell that is no certain number, and of which periods; none for the annual target."""

    cell: Cell
    number: CellNumber
    period: Period | None = None


def period_name(period: Period) -> str:
    """`Januari`, `TW I` or `2024`."""
    match period.kind:
        case PeriodKind.MONTH:
            return MONTHS[period.number - 1]
        case PeriodKind.QUARTER:
            return QUARTERS[period.number - 1]
        case PeriodKind.YEAR:
            return str(period.year)


def period_names(periods: Iterable[Period]) -> str:
    """`TW I, TW II dan TW IV`."""
    names = [period_name(period) for period in periods]
    return " dan ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def listed(targets: Mapping[Period, Decimal]) -> str:
    """`Jan 1, Feb 1`, equal numbers together: `Jan s.d. Mei 166`."""
    groups: list[tuple[Decimal, list[Period]]] = []
    for period, value in sorted(targets.items()):
        if groups and groups[-1][0] == value and period.number == groups[-1][1][-1].number + 1:
            groups[-1][1].append(period)
        else:
            groups.append((value, [period]))
    return ", ".join(f"{_span(periods)} {indonesian(value)}" for value, periods in groups)


def _span(periods: Sequence[Period]) -> str:
    names = [period_name(period) for period in periods]
    return names[0] if len(names) == 1 else f"{names[0]} s.d. {names[-1]}"


def written(targets: Mapping[Period, Decimal | None]) -> str:
    """Targets as an answer has them: `2022-07=233; 2022-08=-`."""
    return "; ".join(f"{period.code}={as_answer(value)}" for period, value in sorted(targets.items()))


def as_answer(value: Decimal | None) -> str:
    """A number as an answer has it, `-` for none."""
    return NO_TARGET if value is None else spelled(value)


def targets_question(
    code: str,
    sentences: Sequence[str],
    proposal: Mapping[Period, Decimal | None] | None,
    others: Sequence[Mapping[Period, Decimal | None]],
    place: Place,
) -> OpenQuestion:
    """Which targets belong into doubtful periods. `others` are further readings, offered beside the proposal."""
    end = "Apakah usulan ini benar?" if proposal else "Berapa targetnya? Tulis - bila memang tidak ada target."
    proposed = written(proposal) if proposal else ""
    different = [other for other in map(written, others) if other != proposed]
    options = tuple(dict.fromkeys((proposed, *different))) if proposed and different else ()
    return OpenQuestion(code, About.TARGETS, " ".join([*sentences, end]), proposed, options, place.words())


def annual_question(
    code: str, sentences: Sequence[str], proposal: Decimal | None, others: Sequence[Decimal], place: Place
) -> OpenQuestion:
    """What the target of the year is."""
    end = "Apakah usulan ini benar?" if proposal is not None else "Berapa target setahun? Tulis - bila tidak ada."
    proposed = "" if proposal is None else spelled(proposal)
    options = tuple(dict.fromkeys((proposed, *map(spelled, others)))) if proposed and others else ()
    return OpenQuestion(code, About.ANNUAL, " ".join([*sentences, end]), proposed, options, place.words())


def blank_question(code: str, periods: Sequence[Period], place: Place) -> OpenQuestion:
    """A row whose target cells are all blank."""
    if len(periods) == 1:
        return annual_question(code, [f"Target {period_name(periods[0])} kosong ({place.words()})."], None, (), place)
    return targets_question(code, [f"Semua sel target kosong ({place.words()})."], None, (), place)


def zero_question(code: str, zeros: Sequence[Period], place: Place) -> OpenQuestion:
    """Whether a printed 0 is a target or none (domain.md 1 rule 5)."""
    none: dict[Period, Decimal | None] = dict.fromkeys(zeros)
    as_printed: dict[Period, Decimal | None] = dict.fromkeys(zeros, Decimal(0))
    text = f"Target {period_names(zeros)} tercetak 0 ({place.words()}). Apakah memang tidak ada target?"
    return OpenQuestion(code, About.TARGETS, text, written(none), (written(none), written(as_printed)), place.words())


def name_question(code: str, cut: str | None, place: Place, proposal: str = "") -> OpenQuestion:
    """What a row is called whose name is not printed, or breaks off."""
    text = (
        f"Nama indikator ini tidak tercetak ({place.words()}). Apa namanya?"
        if cut is None
        else f'Nama "{cut}" tampaknya terpotong ({place.words()}). Apa nama lengkapnya?'
    )
    return OpenQuestion(code, About.NAME, text, proposal, (), place.words())


def unit_question(code: str, found: Sequence[str], proposal: str, place: Place) -> OpenQuestion:
    """In what a row is counted; `found` are the units it prints, none or several."""
    if not found:
        text = f"Satuan indikator ini tidak tercetak ({place.words()}). Apa satuannya?"
        return OpenQuestion(code, About.UNIT, text, proposal, (), place.words())
    text = f"Satuannya tercetak berbeda: {' dan '.join(found)} ({place.words()}). Mana yang benar?"
    return OpenQuestion(code, About.UNIT, text, found[-1], tuple(found), place.words())


def repeated_question(code: str, first: Place, place: Place, *, same_cells: bool) -> OpenQuestion:
    """Whether a row is the indicator of an earlier row again."""
    cells = "" if same_cells else ", tetapi targetnya berbeda"
    text = f"Indikator di {place.words()} sudah tercetak di {first.words()}{cells}. Apakah indikator yang sama?"
    options = (Repeat.SAME.value, Repeat.OWN.value, *((ALL_SAME,) if same_cells else ()))
    return OpenQuestion(code, About.REPEATED, text, Repeat.SAME.value if same_cells else "", options, place.words())


def owner_question(code: str, titles: Sequence[str], proposal: str, place: Place, why: str = "") -> OpenQuestion:
    """Which post reports it. `titles` are those of the office, or those that the plan names."""
    text = f"{why} Jabatan mana yang melaporkan indikator ini ({place.words()})?".strip()
    first = (proposal,) if proposal else ()
    options = tuple(dict.fromkeys((*first, *titles)))
    return OpenQuestion(code, About.OWNER, text, proposal, options, place.words())


def told(doubts: Iterable[Doubt]) -> list[str]:
    """What the walkers say of a row, each once."""
    return list(dict.fromkeys(doubt.text for doubt in doubts))


# --- cells that are no certain number -----------------------------------------------------------------------------


def sentences(cells: Sequence[DoubtfulCell]) -> list[str]:
    """What is odd about the cells of a row, those that print the same told once."""
    alike: dict[tuple[Trouble, str], list[DoubtfulCell]] = {}
    for one in cells:
        if one.number.trouble is not None:
            alike.setdefault((one.number.trouble, one.cell.text), []).append(one)
    return [_sentence(trouble, text, group) for (trouble, text), group in alike.items()]


def _sentence(trouble: Trouble, text: str, group: Sequence[DoubtfulCell]) -> str:
    periods = [one.period for one in group if one.period is not None]
    which = f"Target {period_names(periods)}" if periods else "Target setahun"
    return f"{which} ({group[0].cell.place.words()}) {_what(trouble, text, group[0].number)}."


def _what(trouble: Trouble, text: str, number: CellNumber) -> str:
    readings = " atau ".join(indonesian(reading) for reading in number.readings)
    match trouble:
        case Trouble.COMPOUND:
            return f'memuat lebih dari satu angka: "{text}"'
        case Trouble.WORDS:
            return f'bertuliskan "{text}"'
        case Trouble.SEPARATOR:
            return f'tercetak "{text}", yang dapat berarti {readings}'
        case Trouble.SHARE:
            return f'tercetak "{text}", yang dapat berarti {readings} persen'
        case Trouble.FRACTION:
            return f'tercetak "{text}", bukan bilangan bulat'
        case Trouble.OUTSIDE:
            return f'tercetak "{text}", lebih dari 100'
        case Trouble.SIZE:
            return f'tercetak "{text}", terlalu panjang untuk sebuah target'
        case Trouble.ERROR:
            return f'berisi galat "{text}"'
        case Trouble.NO_RESULT:
            return "berisi rumus tanpa hasil"
        case Trouble.DATE:
            return f'berisi tanggal "{text}"'
        case Trouble.ROUNDED if number.readings:
            return f'tampak "{text}", tetapi yang tersimpan {indonesian(number.readings[-1])}'
        case Trouble.ROUNDED:
            return f'tampak "{text}", tetapi yang tersimpan angka lain'
