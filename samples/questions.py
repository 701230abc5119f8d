"""What a printed row leaves open: which cells are doubtful, which questions that raises, and what is proposed.

A doubtful cell stays empty in the workbook; what the scan seems to say goes into the question as its proposal.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.documents.plan_questions import direction_question, mode_question
from domain.inference import Inference, PrintedSeries, asks_direction, infer_mode
from domain.modes import Confidence
from domain.periods import Period
from domain.plan import About, OpenQuestion
from samples.choices import Choices
from samples.truth import TruthRow
from samples.wording import amount, listed, names_of, written

_ROW_IN_DOUBT = frozenset({"column_shift", "column_shift_suspected", "merged_row", "unit_mismatch", "compound_value"})
"""Flags that leave no target cell of the row certain."""
_WHY_IN_DOUBT = {
    "column_shift": "Sel target baris ini bergeser pada hasil pindai.",
    "column_shift_suspected": "Baris di sekitarnya bergeser satu kolom; baris ini mungkin juga.",
    "merged_row": "Dua indikator tercetak dalam satu baris dengan sel yang sama.",
    "unit_mismatch": "Satuan di sel triwulan berbeda dari satuan target tahunan.",
    "compound_value": "Satu sel memuat dua angka.",
}


@dataclass(frozen=True)
class RowDoubts:
    """A row beside what was chosen for it, and the periods of its plan."""

    row: TruthRow
    choices: Choices
    periods: tuple[Period, ...]

    @property
    def number(self) -> str:
        return self.row.number

    @property
    def printed(self) -> Mapping[Period, Decimal]:
        """Every number in the row's target cells, certain or not."""
        cells = zip(self.periods, self.row.cells, strict=False)
        return {period: value for period, value in cells if value is not None}

    @property
    def lost(self) -> tuple[Period, ...]:
        """Periods whose cells are not in the text."""
        return tuple(self.periods[place] for place in sorted(self.row.lost))

    @property
    def certain(self) -> Mapping[Period, Decimal]:
        """The targets that go into the workbook as facts."""
        if self.row.flags & _ROW_IN_DOUBT:
            return {}
        if "join_uncertain" in self.row.flags:
            return {period: value for period, value in self.printed.items() if period < self.lost[0]}
        return self.printed

    @property
    def is_doubtful(self) -> bool:
        """Whether a printed target is left out of the workbook."""
        return len(self.certain) < len(self.printed) or "compound_value" in self.row.flags

    @property
    def owner_is_open(self) -> bool:
        return bool(self.row.flags & {"owner_lost", "owner_uncertain"})


# --- the mode ---------------------------------------------------------------------------------------------------


def inferred(doubts: RowDoubts) -> Inference:
    """What the printed cells say of the mode (domain.md 2.2)."""
    return infer_mode(_series(doubts))


def _series(doubts: RowDoubts) -> PrintedSeries:
    row = doubts.row
    return PrintedSeries(
        name=row.name or "",
        unit=row.unit,
        period_unit=row.cell_unit,
        annual=row.annual,
        values=row.cells,
        lost=row.lost,
        compound="compound_value" in row.flags,
        note=row.ket,
    )


def mode_is_open(doubts: RowDoubts) -> bool:
    """A mode that cannot be inferred, or only from doubtful cells."""
    return doubts.is_doubtful or inferred(doubts).confidence is Confidence.ASK


def _as_read(doubts: RowDoubts) -> PrintedSeries:
    """The series that the question about the mode shows: the reading where the cells are doubtful."""
    series = _series(doubts)
    if not doubts.is_doubtful or doubts.lost:
        return series
    reading = proposed_targets(doubts)
    values = tuple(reading.get(period) for period in doubts.periods)
    return replace(series, period_unit=None, values=values, compound=False)


def _mode_question(doubts: RowDoubts) -> OpenQuestion:
    series = _as_read(doubts)
    said = infer_mode(series)
    question = mode_question(doubts.choices.code(doubts.number), series, said, doubts.periods[0].kind)
    proposal = doubts.choices.modes.get(doubts.number) or said.proposal or (said.mode if doubts.is_doubtful else "")
    return replace(question, text=_told_first(doubts) + question.text, proposal=str(proposal or ""))


def _told_first(doubts: RowDoubts) -> str:
    """What the question has to quote from the page before it can be answered."""
    row = doubts.row
    if "compound_value" in row.flags:
        cells = "; ".join(dict.fromkeys(filter(None, (row.annual_text, *row.cell_texts))))
        return f"Satu sel memuat dua angka: {cells}. "
    return f"Tercetak {listed(doubts.printed)}. " if doubts.lost and doubts.printed else ""


# --- the targets ------------------------------------------------------------------------------------------------


def proposed_targets(doubts: RowDoubts) -> Mapping[Period, Decimal]:
    """The reading that a question proposes for the whole row: chosen by hand, moved, closing, or as printed."""
    chosen = doubts.choices.targets.get(doubts.number)
    if chosen is not None:
        return {**doubts.certain, **read_targets(chosen)}
    if doubts.row.moved:
        return _by_period(doubts, doubts.row.moved)
    fill = inferred(doubts).fill
    return _by_period(doubts, fill) if fill else doubts.printed


def read_targets(text: str) -> dict[Period, Decimal]:
    """The numbers in an answer such as `2022-07=233; 2022-08=-`."""
    cells = (cell.split("=") for cell in text.split("; ") if cell)
    return {Period.parse(code): Decimal(value) for code, value in cells if value != "-"}


def _by_period(doubts: RowDoubts, cells: tuple[Decimal | None, ...]) -> dict[Period, Decimal]:
    return {period: value for period, value in zip(doubts.periods, cells, strict=True) if value}


def _reaches_annual(doubts: RowDoubts) -> bool:
    """Whether what is printed already makes up the year, so that the lost periods carry no target."""
    return doubts.row.annual is not None and sum(doubts.printed.values()) == doubts.row.annual


def _targets_answer(doubts: RowDoubts, reading: Mapping[Period, Decimal]) -> str:
    open_cells = {period: value for period, value in reading.items() if period not in doubts.certain}
    without = [period for period in doubts.lost if period not in reading] if none_is_lost(doubts) else []
    return written(open_cells, without)


def none_is_lost(doubts: RowDoubts) -> bool:
    return doubts.number not in doubts.choices.targets and _reaches_annual(doubts)


def targets_are_settled(doubts: RowDoubts) -> bool:
    """Whether the plan itself closes its lost periods: each repeats a printed value, or none is left over."""
    reading = proposed_targets(doubts)
    found = {reading.get(period) for period in doubts.lost}
    closed = len(found - {None}) <= 1 and found - {None} <= set(doubts.printed.values())
    has_fill = bool(inferred(doubts).fill) and doubts.number not in doubts.choices.targets
    return not doubts.lost or (has_fill and closed) or none_is_lost(doubts)


def _targets_question(doubts: RowDoubts) -> OpenQuestion:
    reading = proposed_targets(doubts)
    answer = _targets_answer(doubts, reading)
    end = "Apakah usulan ini benar?" if answer else "Berapa targetnya? Tulis - bila memang tidak ada target."
    text = " ".join([*_doubts_told(doubts, reading), end])
    options = _other_readings(doubts, reading)
    return _question(doubts, About.TARGETS, text, answer, options)


def _doubts_told(doubts: RowDoubts, reading: Mapping[Period, Decimal]) -> Iterator[str]:
    row = doubts.row
    yield from (why for flag, why in _WHY_IN_DOUBT.items() if flag in row.flags)
    if "join_uncertain" in row.flags:
        yield "Baris sesudah halaman yang terpotong mungkin milik indikator lain."
    if doubts.is_doubtful and doubts.printed:
        yield f"Terbaca: {listed(doubts.printed)}."
    if "compound_value" in row.flags:
        yield f"Tercetak: {'; '.join(text or 'kosong' for text in row.cell_texts or (row.annual_text,))}."
    if doubts.lost:
        yield f"Target {names_of(doubts.lost)} tidak ada pada hasil pindai."
    if row.annual is not None and reading and sum(reading.values()) == row.annual:
        yield f"Menurut usulan jumlahnya {amount(row.annual)}, sama dengan target setahun."


def _other_readings(doubts: RowDoubts, reading: Mapping[Period, Decimal]) -> tuple[str, ...]:
    """Both readings where two are possible."""
    if not doubts.row.moved:
        return ()
    return (written(reading), written(doubts.printed))


# --- owner, name, direction -------------------------------------------------------------------------------------


def _owner_question(doubts: RowDoubts) -> OpenQuestion:
    row, post = doubts.row, doubts.choices.owner_of(doubts.number) or ""
    if "owner_lost" in row.flags:
        text = "Judul jabatan di atas baris ini terpotong. Jabatan mana yang melaporkannya?"
    else:
        text = f"Judul terakhir yang tercetak {post}, tetapi halaman di antaranya terpotong. Jabatan mana pelapornya?"
    options = doubts.choices.owner_options.get(doubts.number, (post,))
    return _question(doubts, About.OWNER, text, post, options)


def _name_question(doubts: RowDoubts) -> OpenQuestion:
    row = doubts.row
    proposal = doubts.choices.names.get(doubts.number, "")
    if row.name:
        text = f"Teks indikator atau namanya terpotong; yang terbaca “{row.name}”. Apa nama lengkapnya?"
    else:
        text = f"{_nameless(doubts)} Apa nama indikatornya?"
    return _question(doubts, About.NAME, text, proposal)


def _nameless(doubts: RowDoubts) -> str:
    row = doubts.row
    if row.is_loose:
        told = (
            f"Yang tersisa dari baris ini hanya {listed(doubts.printed)}; nama, satuan, dan target setahun terpotong."
        )
        return f"{told} Target {names_of(doubts.lost)} juga terpotong." if doubts.lost else told
    activity = row.path.get(row.level.value) or next(reversed(tuple(row.path.values())), "")
    return f"Dokumen tidak mencetak indikator untuk “{activity}”."


def _name_is_open(row: TruthRow) -> bool:
    return row.name is None or bool(row.flags & {"text_truncated"}) or ("merged_row" in row.flags and ";" in row.name)


# --- all of a row -----------------------------------------------------------------------------------------------


def questions_of(doubts: RowDoubts) -> Iterator[OpenQuestion]:
    """Every question a row raises; none for a row of context."""
    row = doubts.row
    if row.is_context:
        return
    if _name_is_open(row):
        yield _name_question(doubts)
    if doubts.owner_is_open:
        yield _owner_question(doubts)
    if mode_is_open(doubts):
        yield _mode_question(doubts)
    if doubts.is_doubtful or (doubts.lost and not row.is_loose):
        yield _targets_question(doubts)
    if row.name and asks_direction(row.name):
        yield direction_question(doubts.choices.code(row.number))


def _question(doubts: RowDoubts, about: About, text: str, proposal: str, options: tuple[str, ...] = ()) -> OpenQuestion:
    return OpenQuestion(doubts.choices.code(doubts.number), about, text, proposal, tuple(map(str, options)))
