"""How much of a file is read: more is no plan of an office but a slip of the hand, or worse."""

from collections.abc import Sequence

from bot.documents.plan_reading.source import PlanRefused

FILE_BYTES = 25_000_000
"""Telegram hands over 20 MB at most; a plan with a letterhead in every sheet has two or three."""
ROWS = 20_000
COLUMNS = 200
CELLS = 200_000
"""Cells of all tables, blank ones between filled ones too: a plan of 400 rows and 30 columns has 12,000."""
CHARACTERS = 2_000_000
"""Of text and cells together: a Renja of 100 pages has 160,000."""
LONGEST_CELL = 32_767
"""Characters of one cell, as in Excel."""
_PER_TEXT = 8
"""Characters that every text counts more than it has: a million texts of one are much, too."""


class Allowance:
    """What a file may still take. Every reader counts what it takes as it goes, so that it stops in time."""

    def __init__(self) -> None:
        self._rows, self._cells, self._characters = ROWS, CELLS, CHARACTERS

    def take_row(self, cells: int) -> None:
        """One row more, of so many cells. Raises PlanRefused."""
        if cells > COLUMNS:
            raise PlanRefused(
                f"Tabel di berkas ini lebih dari {COLUMNS} kolom, mohon kirim tabel rencana aksinya saja."
            )
        self._rows -= 1
        self._cells -= cells
        if self._rows < 0:
            raise _too_much(f"{_dotted(ROWS)} baris")
        if self._cells < 0:
            raise _too_much(f"{_dotted(CELLS)} sel")

    def take_text(self, text: str) -> None:
        """So much text more. Raises PlanRefused."""
        self.take_texts((text,))

    def take_texts(self, texts: Sequence[str]) -> None:
        """So many texts more. Raises PlanRefused."""
        length = sum(map(len, texts))
        self._characters -= length + _PER_TEXT * (len(texts) - texts.count(""))
        if self._characters < 0 or (length > LONGEST_CELL and max(map(len, texts)) > LONGEST_CELL):
            raise too_long()


def too_large() -> PlanRefused:
    """The refusal of a file that is too large by its bytes."""
    return _too_much(f"{FILE_BYTES // 1_000_000} MB")


def too_long() -> PlanRefused:
    """The refusal of a file that holds too much text."""
    return PlanRefused("Teks di berkas ini terlalu panjang, mohon kirim tabel rencana aksinya saja.")


def _too_much(much: str) -> PlanRefused:
    return PlanRefused(f"Berkas ini lebih dari {much}, mohon kirim tabel rencana aksinya saja.")


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")
