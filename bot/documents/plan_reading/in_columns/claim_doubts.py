"""Doubts about the targets of a claim, and what they propose: what is printed, or what stands some columns further."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.documents.plan_reading import doubt_words
from bot.documents.plan_reading.in_columns.claims import Claim
from bot.documents.plan_reading.in_columns.slips import Slip, may_have_slipped
from bot.documents.plan_reading.judged.cell_numbers import NumberStyle, read_text
from bot.documents.plan_reading.printed import Doubt, DoubtKind
from bot.documents.plan_reading.source import Cell, Row
from domain.periods import Period


def whole(claim: Claim, kind: DoubtKind, text: str) -> Doubt:
    """A doubt about every target of a claim, which proposes what is printed."""
    likely = {period: _number(cell) for period, cell in claim.printed.targets.items()}
    return Doubt(kind, text, claim.row.place, tuple(claim.columns), likely)


def of_year(claim: Claim, kind: DoubtKind, text: str) -> Doubt:
    """A doubt about the target of the year alone."""
    if claim.printed.annual is None:
        return whole(claim, kind, text)
    return Doubt(kind, text, claim.row.place, annual=True)


def throughout(claim: Claim, kind: DoubtKind, text: str) -> tuple[Doubt, ...]:
    """Doubts about every target of a claim and that of its year, where nobody knows from which column on it is so."""
    doubt = whole(claim, kind, text)
    if claim.printed.annual is None or not claim.printed.annual.text:
        return (doubt,)
    return (doubt, of_year(claim, kind, text))


def wholly(claim: Claim, kind: DoubtKind, text: str) -> Claim:
    """The claim with such a doubt, where it has targets at all."""
    return claim.doubted(whole(claim, kind, text)) if claim.has_targets else claim


def slipped(claims: Sequence[Claim], slip: Slip) -> list[Claim]:
    """The claims of a row that does not fit its heading."""
    about = [claim for claim in claims if claim.has_targets] or list(claims)
    return [claim.doubted(*_slip_doubts(claim, slip)) if claim in about else claim for claim in claims]


def suspected(claims: Sequence[Claim], slips: Sequence[Slip]) -> list[Claim]:
    """The claims of a page with a doubt where others of it have slipped and these may have, too."""
    if not slips:
        return list(claims)
    by = Counter(slip.by for slip in slips).most_common(1)[0][0]
    return [_suspect(claim, by) for claim in claims]


def _suspect(claim: Claim, by: int) -> Claim:
    is_known = any(doubt.kind is DoubtKind.SHIFTED for doubt in claim.printed.doubts)
    if is_known or not claim.has_targets or not may_have_slipped(claim.row, tuple(claim.columns.values()), by):
        return claim
    doubt = whole(claim, DoubtKind.SHIFTED, doubt_words.may_have_slipped(claim.row.place, by))
    return claim.doubted(replace(doubt, likely=_moved(claim, by)))


def _slip_doubts(claim: Claim, slip: Slip) -> tuple[Doubt, ...]:
    """Targets that stand too far right moved by themselves; anything else may have moved with them."""
    told = doubt_words.slipped(claim.row.place, slip.cells, slip.by)
    of_targets, *of_year = throughout(claim, DoubtKind.SHIFTED, told)
    moved = replace(of_targets, likely=_moved(claim, slip.by)) if slip.by else of_targets
    return (moved,) if slip.by > 0 else (moved, *of_year)


def _moved(claim: Claim, by: int) -> dict[Period, Decimal | None]:
    """The targets as they are where the row is read so many columns further right; money is none."""
    cells = {period: _at(claim.row, column.index + by) for period, column in claim.columns.items()}
    money = claim.printed.budget
    return {period: None if money is not None and cell is money else _number(cell) for period, cell in cells.items()}


def _at(row: Row, index: int) -> Cell | None:
    return row.cells[index] if 0 <= index < len(row.cells) else None


def _number(cell: Cell | None) -> Decimal | None:
    """The likeliest number of a cell, for a proposal only."""
    if cell is None:
        return None
    return cell.number if cell.number is not None else read_text(cell.text, NumberStyle()).value
