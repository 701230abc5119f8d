"""What is not sure of an indicator whose periods stand in rows, one sentence each for whoever is asked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.documents.plan_reading.headings.heading_words import PeriodLabel
from bot.documents.plan_reading.in_rows.period_blocks import Block
from bot.documents.plan_reading.in_rows.period_heads import joined_names
from bot.documents.plan_reading.judged.reading_questions import period_name, period_names
from bot.documents.plan_reading.printed import Doubt, DoubtKind
from bot.documents.plan_reading.source import Cell
from domain.periods import Period, PeriodKind

_SHORT = 2
"""So many rows before a page cut may hold only the beginning of a name that takes more lines."""
_LONGEST_SPAN = 3
"""Periods that are named one by one; longer runs by their ends."""


def doubts_of(block: Block, targets: Mapping[Period, Cell], periods: Sequence[Period], year: int) -> tuple[Doubt, ...]:
    """The doubts of a block, those of its name first. `targets` are the cells it was read to have."""
    about = _About(block, targets, periods, year)
    return tuple(doubt for doubt in (*about.names(), *about.cells(), *about.layout()))


def doubts_of_nameless(block: Block, name: Cell, periods: Sequence[Period]) -> tuple[Doubt, ...]:
    """The doubts of an indicator that only has its name: its row prints one set of targets for two."""
    text = f"\u201c{joined_names([name])}\u201d dan \u201c{block.head.name}\u201d tercetak dalam satu baris target"
    return (
        Doubt(DoubtKind.MERGED, f"{text} ({block.place.words()}).", block.place),
        Doubt(DoubtKind.LOST, f"Target {_span(periods)} tidak ada di berkas.", block.place, tuple(periods)),
    )


class _About:
    """The doubts of one block."""

    def __init__(self, block: Block, targets: Mapping[Period, Cell], periods: Sequence[Period], year: int) -> None:
        self._block = block
        self._targets = targets
        self._periods = periods
        self._year = year
        self._where = block.place.words()

    def _doubt(self, kind: DoubtKind, text: str, periods: Iterable[Period] = (), *, annual: bool = False) -> Doubt:
        return Doubt(kind, text, self._block.place, tuple(sorted(periods)), annual=annual)

    def _named(self, labels: Iterable[PeriodLabel | None]) -> tuple[Period, ...]:
        return tuple(sorted(Period(self._year, label.kind, label.number) for label in labels if label))

    # Name and owner.

    def names(self) -> Iterator[Doubt]:
        block = self._block
        name = joined_names(block.head.names[-1:])
        if not name:
            yield self._doubt(DoubtKind.NO_NAME, f"Nama indikator tidak tercetak ({self._where}).")
        elif block.is_tail or self._is_cut_short():
            yield self._doubt(DoubtKind.CUT_TEXT, f"Nama \u201c{name}\u201d mungkin terpotong ({self._where}).")
        if block.may_lack_heading and block.post is not None:
            text = f"Judul jabatan di atas {self._where} mungkin terpotong; yang terakhir tercetak: {block.post}."
            yield self._doubt(DoubtKind.NO_OWNER, text)

    def _is_cut_short(self) -> bool:
        """Whether a page was cut right below the first line of the name; only scans cut texts so."""
        block = self._block
        ends_early = not block.is_complete or bool(block.joined)
        return block.place.line is not None and ends_early and 0 < block.first_page_rows <= _SHORT

    # Targets.

    def cells(self) -> Iterator[Doubt]:
        yield from self._lost()
        yield from self._moved()
        yield from self._joined()
        yield from self._strays()
        yield from self._merged()

    def _lost(self) -> Iterator[Doubt]:
        lost = [period for period in self._periods if period not in self._targets]
        if lost:
            why = ", mungkin hilang di pergantian halaman" if self._block.entries else ""
            yield self._doubt(DoubtKind.LOST, f"Target {_span(lost)} tidak ada di berkas ({self._where}){why}.", lost)

    def _moved(self) -> Iterator[Doubt]:
        block = self._block
        moved = self._named(entry.label for entry in block.entries if entry.is_moved)
        whole = block.head.is_moved
        if any(entry.is_listed for entry in block.entries):
            text = f"Beberapa target tercetak dalam satu sel ({self._where}) dan dipasangkan menurut urutannya."
            yield self._doubt(DoubtKind.COMPOUND, text, moved)
        elif whole or moved:
            periods = self._periods if whole else moved
            text = f"Isi {self._where} bergeser dari kolomnya; periksa target {_span(periods)}."
            yield self._doubt(DoubtKind.SHIFTED, text, () if whole else periods)
        if block.head.annual is not None and (whole or self._moved_beside(block.head.annual)):
            text = f"Target tahunan di {self._where} dibaca dari baris yang bergeser."
            yield self._doubt(DoubtKind.SHIFTED, text, annual=True)

    def _moved_beside(self, annual: Cell) -> bool:
        """Whether the one target of the row in which that of the year stands has moved, so that this may have, too."""
        beside = [entry for entry in self._block.entries if _lines(entry.cell) == _lines(annual)]
        return len(beside) == 1 and beside[0].is_moved

    def _joined(self) -> Iterator[Doubt]:
        block = self._block
        if block.joined:
            periods = self._named(block.joined)
            text = (
                f"Target {_span(periods)} tercetak di halaman berikutnya dan dibaca sebagai lanjutan ({self._where})."
            )
            yield self._doubt(DoubtKind.JOINED, text, periods)
        if block.maybe_of is not None:
            name, before = block.maybe_of.head.name, block.maybe_of.place.words()
            whose = f"\u201c{name}\u201d di {before}" if name else before
            text = f"Target di {self._where} tercetak tanpa nama; mungkin lanjutan {whose}."
            yield self._doubt(DoubtKind.JOINED, text)

    def _strays(self) -> Iterator[Doubt]:
        strays = [entry for entry in self._block.strays if entry.label]
        if strays:
            shown = ", ".join(
                f"{period_name(period)} {entry.cell.text or '-'}"
                for entry, period in zip(strays, self._named(entry.label for entry in strays), strict=True)
            )
            text = f"Di {self._where} tercetak juga {shown}, yang tampaknya milik indikator lain."
            yield self._doubt(DoubtKind.STRAY, text)
        elif self._starts_late():
            text = f"Nama di {self._where} tercetak di samping periode yang bukan periode pertama."
            yield self._doubt(DoubtKind.STRAY, text)
        if any(entry.rivals for entry in self._block.entries):
            text = f"Di {self._where} tercetak dua target untuk satu periode."
            yield self._doubt(DoubtKind.STRAY, text)

    def _starts_late(self) -> bool:
        """Whether a whole head stands beside a later period: those below it may be another indicator's."""
        block = self._block
        return block.head.opens and bool(block.entries) and not (block.starts or block.is_tail or block.is_late)

    def _merged(self) -> Iterator[Doubt]:
        if self._block.more_names:
            text = f"Beberapa nama indikator tercetak di samping satu deret target ({self._where})."
            yield self._doubt(DoubtKind.MERGED, text)
        spread = self._named(entry.label for entry in self._block.entries if entry.cell.rows > 1)
        if spread:
            text = f"Satu sel target menutupi beberapa periode ({self._where}); periksa pembagiannya."
            yield self._doubt(DoubtKind.MERGED, text)

    # What the heading and the order of the rows leave open.

    def layout(self) -> Iterator[Doubt]:
        block = self._block
        if block.is_late:
            text = f"Nama di samping {self._where} tercetak di tengah deret targetnya."
            yield self._doubt(DoubtKind.SHIFTED, text)
        if block.head.is_odd_beside:
            yield self._doubt(DoubtKind.HEADING, f"Isi kolom di sebelah kanan target bergeser ({self._where}).")
        if block.is_doubtful:
            text = f"Judul tabel di atas {self._where} tidak menyebut kolom target dengan jelas."
            yield self._doubt(DoubtKind.SHIFTED, text)
        if block.is_guessed and block.kind is not None:
            what = "triwulan" if block.kind is PeriodKind.QUARTER else "bulan"
            yield self._doubt(DoubtKind.HEADING, f"Angka di samping target ({self._where}) dibaca sebagai {what}.")
        labels = [entry.label for entry in block.entries if entry.label]
        if any(label.is_half for label in labels):
            text = f"Target {self._where} tercetak per semester; dibaca sebagai target TW II dan TW IV."
            yield self._doubt(DoubtKind.HEADING, text)
        if any(label.to_date for label in labels):
            text = f"Target di {self._where} tercetak sampai dengan (s/d) akhir periode."
            yield self._doubt(DoubtKind.HEADING, text)


def _lines(cell: Cell) -> tuple[int | None, int | None]:
    """The line or the row in which a cell stands."""
    return cell.place.line, cell.place.row


def _span(periods: Sequence[Period]) -> str:
    """`Apr, Mei dan Jun`, but `Apr s.d. Des` for a long run without gaps."""
    numbers = [period.number for period in periods]
    is_run = bool(numbers) and numbers == list(range(numbers[0], numbers[-1] + 1))
    if is_run and len(periods) > _LONGEST_SPAN:
        return f"{period_name(periods[0])} s.d. {period_name(periods[-1])}"
    return period_names(periods)
