"""The four ways in which the values of an indicator accumulate over a year (domain.md 2.1)."""

from enum import StrEnum


class Mode(StrEnum):
    """How the values of periods become a value for the year ("jenis konsolidasi periode")."""

    SUM = "SUM"
    """Staff type this period's amount; amounts add up."""
    CUM = "CUM"
    """Staff type the position up to now; the last one counts."""
    LEVEL = "LEVEL"
    """Staff type the value in this period; the last (or the mean) counts."""
    SINGLE = "SINGLE"
    """Typed once, in the one period that has a target."""


class YearRule(StrEnum):
    """How the year value of a LEVEL indicator is made, chosen at import."""

    LAST = "LAST"
    """The last known value: stocks and indices."""
    AVERAGE = "AVERAGE"
    """The mean of the reported values: service rates."""


class Rhythm(StrEnum):
    """How often an indicator is reported."""

    MONTHLY = "MONTHLY"
    QUARTERLY = "QUARTERLY"
    YEARLY = "YEARLY"


class Confidence(StrEnum):
    """How sure the reading of a plan is of an indicator's mode (domain.md 2.2)."""

    HIGH = "high"
    """Applied, and listed in the summary of the import."""
    MEDIUM = "medium"
    """Applied as a proposal that the owner confirms once."""
    ASK = "ask"
    """No report is accepted until a person has answered."""


class Polarity(StrEnum):
    """Whether more is better (domain.md 1)."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    STABLE = "stable"
