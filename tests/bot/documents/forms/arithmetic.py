"""A small spreadsheet of our own: it computes the formulas of a sheet, to hold them to what stands there."""

import ast
import operator
import re
from collections.abc import Callable
from decimal import Decimal, localcontext

from openpyxl.worksheet.worksheet import Worksheet

from domain.achievement import ARITHMETIC

_SUM = re.compile(r"SUM\(([A-Z]+\d+):([A-Z]+\d+)\)")
_CELL = re.compile(r"\b([A-Z]+\d+)\b")
_OPERATORS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def computed(formula: str, values: Worksheet) -> Decimal:
    """What a formula gives over the values of a sheet. Raises ArithmeticError or ValueError where a spreadsheet would
    show an error."""
    with localcontext(ARITHMETIC):
        plain = _SUM.sub(lambda found: str(_sum(values, found[1], found[2])), formula.removeprefix("="))
        plain = _CELL.sub(lambda found: str(_number(values[found[1]].value)), plain)
        return _evaluated(ast.parse(plain, mode="eval").body)


def _sum(values: Worksheet, first: str, last: str) -> Decimal:
    numbers = [cell.value for row in values[f"{first}:{last}"] for cell in row if isinstance(cell.value, int | float)]
    return sum((_number(number) for number in numbers), Decimal(0))


def _number(value: object) -> Decimal:
    if not isinstance(value, int | float):
        raise ValueError(f"{value!r} is no number")
    return Decimal(str(value))


def _evaluated(node: ast.expr) -> Decimal:
    match node:
        case ast.BinOp(left=left, op=how, right=right):
            return _OPERATORS[type(how)](_evaluated(left), _evaluated(right))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_evaluated(operand)
        case ast.Constant(value=value):
            return Decimal(str(value))
        case _:
            raise ValueError(f"{ast.dump(node)} is nothing a form uses")
