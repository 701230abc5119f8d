"""What calamine does not tell of the sheets of xls and ods workbooks: errors, formulas, what is hidden or merged."""

from dataclasses import dataclass, field

from bot.documents.plan_reading.files.sheet_cells import Area, Position


@dataclass
class Marks:
    """Of one sheet, rows and columns from 1. `errors` holds what is shown: `#REF!`."""

    errors: dict[Position, str] = field(default_factory=dict[Position, str])
    formulas: set[Position] = field(default_factory=set[Position])
    empty_formulas: set[Position] = field(default_factory=set[Position])
    hidden_rows: set[int] = field(default_factory=set[int])
    hidden_columns: set[int] = field(default_factory=set[int])
    merged: list[Area] = field(default_factory=list[Area])
