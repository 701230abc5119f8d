"""The figures of a weekly summary as a snapshot keeps them: JSON, in which decimals are strings."""

from typing import Any

from domain.summary import OfficeSummary
from storage.figures_json import from_json, to_json


def summary_to_json(summary: OfficeSummary) -> dict[str, Any]:
    """The figures of a snapshot: decimals as strings."""
    return to_json(summary)


def summary_from_json(plain: dict[str, Any]) -> OfficeSummary:
    """Read what `summary_to_json` wrote."""
    return from_json(OfficeSummary, plain)
