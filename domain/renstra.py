"""What the five-year plan says of an indicator, and what earlier years brought (domain.md 4.4 and 4.5)."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class RenstraFigures:
    """Figures in the indicator's unit, money in rupiah; None is "belum diisi". n is the plan's year."""

    end_target: Decimal | None = None
    end_budget: Decimal | None = None
    early: Decimal | None = None
    """Realised s/d n-3."""
    target_two_before: Decimal | None = None
    realised_two_before: Decimal | None = None
    target_one_before: Decimal | None = None
    before: Decimal | None = None
    """Realised s/d n-1."""
    spent_before: Decimal | None = None
    """Rupiah realised s/d n-1."""
