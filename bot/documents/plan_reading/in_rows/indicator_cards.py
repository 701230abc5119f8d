"""Lines above a table of its own for each indicator: `Indikator Kinerja : ...`, `Satuan : ...`, `Target : ...`."""

import re
from dataclasses import dataclass, replace

from bot.documents.plan_reading.headings.headers import Part
from bot.documents.plan_reading.in_rows.period_heads import Head
from bot.documents.plan_reading.source import Cell, Place

_LINES = (
    (
        re.compile(r"(?:nama\s+)?(?:indikator(?:\s+kinerja)?(?:\s+utama)?|iku|iki)\s*[:=]\s*(\S.*)", re.IGNORECASE),
        "name",
    ),
    (re.compile(r"satuan\s*[:=]\s*(\S.*)", re.IGNORECASE), "unit"),
    (re.compile(r"target(?:\s+(?:tahunan|setahun|kinerja|tahun\s+20\d\d))*\s*[:=]\s*(\S.*)", re.IGNORECASE), "annual"),
    (re.compile(r"(?:formula(?:si)?|rumus)[^:=]*[:=]\s*(\S.*)", re.IGNORECASE), "formula"),
)


@dataclass(frozen=True)
class Card:
    """What the lines above a table say of its indicator; empty for what they leave out."""

    name: str = ""
    unit: str = ""
    annual: str = ""
    formula: str = ""

    def with_line(self, line: str) -> "Card | None":
        """The card with what a line says, a new one where it names another indicator; None for any other line."""
        for pattern, said in _LINES:
            if match := pattern.fullmatch(" ".join(line.split())):
                card = Card() if said == "name" else self
                return replace(card, **{said: match[1].strip()})
        return None

    def as_head(self, place: Place) -> Head:
        """The same as if it stood beside the first period, in the row at `place`."""
        name, unit, annual, formula = (
            Cell(text, place) if text else None for text in (self.name, self.unit, self.annual, self.formula)
        )
        others = {} if formula is None else {Part.FORMULA: formula}
        return Head(names=() if name is None else (name,), unit=unit, annual=annual, others=others)
