"""How the cells of a form look in a spreadsheet, and how high their rows have to be."""

from decimal import Decimal
from typing import Any, TypeAlias

from bot.documents.forms.paper import CellKind, Heading, Line, Value
from bot.documents.forms.wording import decimals, printable, settled
from bot.documents.workbook_appearance import HIGHEST
from bot.documents.workbook_appearance import lines_of as lines_of_characters

Look: TypeAlias = dict[str, Any]
"""Properties of a format, as the package names them."""

FONT = {"font_name": "Arial", "font_size": 9, "valign": "top"}
_WHOLE, _PERCENT = "[$-421]#,##0", '[$-421]#,##0.00"%"'
_FREE = "_-"
"""Room at the right of a number, as wide as a hyphen."""
_CAPITAL = 0.3
"""By how much a capital is wider than other letters."""
_SMALLER = 1.3
"""How many letters of the form's font fit where a column's width counts one."""
_LINE, _PADDING = 12, 3
"""Points of a line of text, and of a row beyond its lines."""


def look_of(column: Heading, line: Line, value: Value, sign: str = "") -> Look:
    """How a cell of the table looks; a `sign` behind a number is a part of its format, so that it stays a number."""
    look: Look = {"border": 1}
    if line.strong:
        look |= {"bold": True, "bg_color": "#F5F5F5"}
    if isinstance(value, Decimal):
        behind = f'"{sign}"' if sign else _FREE
        return look | {"num_format": _number_format(value, column.kind) + behind, "align": "right"}
    if column.kind is not CellKind.TEXT:
        return look | {"italic": True, "font_color": "#595959", "align": "center"}
    if column.indents and line.indent:
        return look | {"align": "left", "indent": line.indent}
    return look | {"align": "center"} if column.centred else look


def _number_format(value: Decimal, kind: CellKind) -> str:
    """As Indonesians write it: [$-421] is the language; a viewer that does not heed it uses its own separators."""
    match kind:
        case CellKind.PERCENT:
            return _PERCENT
        case CellKind.RUPIAH | CellKind.WHOLE:
            return _WHOLE
        case CellKind.NUMBER | CellKind.TEXT:
            places = decimals(settled(value, kind))
            return f"{_WHOLE}.{'0' * places}" if places else _WHOLE


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in columns of that many characters."""
    plain = printable(text)
    capitals = sum(sign.isupper() for sign in plain) / len(plain) if plain else 0
    return lines_of_characters(plain, max(4, int(width * _SMALLER / (1 + _CAPITAL * capitals))))


def height_of(lines: int) -> int:
    """The height in points of a row with that many lines."""
    return min(_LINE * max(1, lines) + _PADDING, HIGHEST)
