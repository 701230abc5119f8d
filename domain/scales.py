"""Rating scales as data: the predikat of a capaian, the category of an index, the rank of a word (domain.md 1 and 3).

No national standard gives colours; whoever shows one prints the word or the number too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from domain.achievement import Average, rounded, rounded_whole

GREEN, BLUE, CYAN, AMBER, ORANGE, RED = "#16a34a", "#2563eb", "#0891b2", "#d97706", "#ea580c", "#dc2626"

_REST = Decimal("-Infinity")
"""Lower bound of a last rung that takes everything below the others."""


@dataclass(frozen=True)
class Rung:
    """One rung: holds from `lower` (percent, or points of an index) up to the next better rung. `colour` is #rrggbb."""

    lower: Decimal
    word: str
    colour: str


@dataclass(frozen=True)
class Scale:
    """A rating scale, best rung first.

    `rounded_first` closes the gaps of a printed table by whole percents instead of by lower bounds (domain.md 3).
    `unclassed` are values that fall into no class of the printed table. Raises ValueError for rungs out of order.
    """

    name: str
    rungs: tuple[Rung, ...]
    rounded_first: bool = False
    unclassed: frozenset[Decimal] = frozenset()

    def __post_init__(self) -> None:
        bounds = [rung.lower for rung in self.rungs]
        if not bounds or any(lower >= upper for upper, lower in pairwise(bounds)):
            raise ValueError(f"the rungs of {self.name!r} do not fall from best to worst")


def _scale(name: str, *rungs: tuple[str | Decimal, str, str]) -> Scale:
    return Scale(name, tuple(Rung(Decimal(lower), word, colour) for lower, word, colour in rungs))


SCALE_A = _scale(
    "Skala Nilai Peringkat Realisasi Kinerja",
    ("91", "Sangat Tinggi", GREEN),
    ("76", "Tinggi", BLUE),
    ("66", "Sedang", AMBER),
    ("51", "Rendah", ORANGE),
    (_REST, "Sangat Rendah", RED),
)
"""The default (domain.md 3, Scale A)."""

SCALE_A_LKJIP = _scale(
    "Skala Nilai Peringkat, sebutan LKjIP",
    ("91", "Sangat Baik", GREEN),
    ("76", "Baik", BLUE),
    ("66", "Cukup", AMBER),
    ("51", "Kurang", ORANGE),
    (_REST, "Sangat Kurang", RED),
)
"""The intervals of Scale A with the words of an LKjIP (domain.md 3, S14)."""

SKP_2021 = _scale(
    "Kategori SKP, PermenPANRB 8/2021",
    ("101", "Sangat Baik", GREEN),
    ("100", "Baik", BLUE),
    ("80", "Cukup", AMBER),
    ("60", "Kurang", ORANGE),
    (_REST, "Sangat Kurang", RED),
)

MALUKU_TENGAH_2021 = Scale(
    "LKjIP Kabupaten Maluku Tengah 2021",
    (
        Rung(Decimal("85.01"), "Memuaskan", GREEN),
        Rung(Decimal("75.01"), "Sangat Baik", BLUE),
        Rung(Decimal("65.01"), "Baik", CYAN),
        Rung(Decimal("50.01"), "Cukup Baik", AMBER),
        Rung(Decimal("30.01"), "Agak Kurang", ORANGE),
        Rung(_REST, "Kurang", RED),
    ),
    unclassed=frozenset({Decimal(85)}),
)
"""Printed with ">"; as values have two decimals, ">85" begins at 85.01. Exactly 85 falls in no class (domain.md 3)."""

FOUR_LEVELS = _scale(
    "Empat tingkat LKjIP",
    ("85.01", "Sangat Berhasil", GREEN),
    ("70", "Berhasil", BLUE),
    ("55", "Cukup Berhasil", AMBER),
    (_REST, "Tidak Berhasil", RED),
)


class ScaleKey(StrEnum):
    """The scales of capaian among which an office chooses, as its setting and its snapshots carry them."""

    A = "A"
    A_LKJIP = "A-LKJIP"
    SKP_2021 = "SKP-2021"
    MALUKU_TENGAH = "MALUKU-TENGAH"
    FOUR = "4"


SCALES: Mapping[ScaleKey, Scale] = {
    ScaleKey.A: SCALE_A,
    ScaleKey.A_LKJIP: SCALE_A_LKJIP,
    ScaleKey.SKP_2021: SKP_2021,
    ScaleKey.MALUKU_TENGAH: MALUKU_TENGAH_2021,
    ScaleKey.FOUR: FOUR_LEVELS,
}

SKM_2017 = _scale(
    "Mutu pelayanan, PermenPANRB 14/2017",
    ("88.31", "A", GREEN),
    ("76.61", "B", BLUE),
    ("65", "C", AMBER),
    ("25", "D", RED),
)
"""Category of an IKM/SKM value from 25 to 100 (domain.md 1, rule 10); below 25 there is none."""

SKM_2004 = _scale(
    "Mutu pelayanan, KEP/25/M.PAN/2/2004",
    ("81.26", "A", GREEN),
    ("62.51", "B", BLUE),
    ("43.76", "C", AMBER),
    ("25", "D", RED),
)
"""The older classes of an IKM value (domain.md 1, rule 10)."""

SAKIP = _scale(
    "Nilai SAKIP",
    ("90.01", "AA", GREEN),
    ("80.01", "A", GREEN),
    ("70.01", "BB", BLUE),
    ("60.01", "B", BLUE),
    ("50.01", "CC", AMBER),
    ("30.01", "C", ORANGE),
    ("0", "D", RED),
)
"""Letter of a SAKIP value from 0 to 100; printed with ">" (domain.md 1, rule 10)."""


@dataclass(frozen=True)
class Ordinal:
    """Words in an order agreed at import, best first, for targets that are text (domain.md 1, rule 11).

    `steps` is the capaian in percent for one rank below the target, two ranks, and so on; 0 where it ends.
    """

    name: str
    words: tuple[str, ...]
    steps: tuple[Decimal, ...] = ()

    def rank(self, word: str) -> int | None:
        """Ranks below the best word, 0 for the best itself; None for a word of no known rank."""
        known = [listed.casefold() for listed in self.words]
        plain = word.strip().casefold()
        return known.index(plain) if plain in known else None


AUDIT_OPINION = Ordinal("Opini BPK", ("WTP", "WDP", "TW", "TMP"))
PRESENCE = Ordinal("Ketersediaan", ("Ada", "Tidak Ada"))


def predicate(capaian: Decimal | None, scale: Scale = SCALE_A) -> Rung | None:
    """The rung of a capaian (percent) or index value; None for no value and for one of no class (domain.md 3)."""
    if capaian is None:
        return None
    compared = rounded_whole(capaian) if scale.rounded_first else rounded(capaian)
    if compared in scale.unclassed:
        return None
    return next((rung for rung in scale.rungs if compared >= rung.lower), None)


def average_predicate(average: Average, scale: Scale = SCALE_A) -> Rung | None:
    """The rung of an average; None while anything due is missing (domain.md 1, rule 3)."""
    return predicate(average.value, scale) if average.complete else None


def ordinal_achievement(target: str, realisation: str, ordinal: Ordinal) -> Decimal | None:
    """Capaian in percent of a word against a word: 100 at or above the target, else the agreed step.

    None when one of the words has no rank.
    """
    wanted, reached = ordinal.rank(target), ordinal.rank(realisation)
    if wanted is None or reached is None:
        return None
    below = reached - wanted
    if below <= 0:
        return Decimal(100)
    return ordinal.steps[below - 1] if below <= len(ordinal.steps) else Decimal(0)
