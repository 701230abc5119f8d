"""The figures of a weekly summary as a snapshot keeps them: JSON, in which decimals are strings."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from domain.summary import Behind, Coverage, OfficeSummary, Overdue, SectionFigures


def summary_to_json(summary: OfficeSummary) -> dict[str, Any]:
    """The figures of a snapshot: decimals as strings."""
    return _plain(asdict(summary))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def summary_from_json(plain: dict[str, Any]) -> OfficeSummary:
    """Read what `summary_to_json` wrote."""
    fields = dict(plain)
    fields["coverage"] = Coverage(**plain["coverage"])
    fields["sections"] = tuple(_section(section) for section in plain["sections"])
    fields["behind"] = tuple(_behind(behind) for behind in plain["behind"])
    fields["missing_posts"] = tuple(plain["missing_posts"])
    fields["overdue"] = tuple(Overdue(**one) for one in plain.get("overdue", ()))
    for name in ("mean", "change"):
        fields[name] = _decimal(plain[name])
    return OfficeSummary(**fields)


def _section(plain: dict[str, Any]) -> SectionFigures:
    return SectionFigures(
        plain["name"],
        Coverage(**plain["coverage"]),
        _decimal(plain["mean"]),
        plain["predicate"],
        _decimal(plain["change"]),
    )


def _behind(plain: dict[str, Any]) -> Behind:
    return Behind(
        plain["name"],
        plain["unit"],
        Decimal(plain["target"]),
        Decimal(plain["realisation"]),
        Decimal(plain["capaian"]),
        plain["section"],
    )


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
