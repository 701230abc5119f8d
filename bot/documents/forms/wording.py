"""What a form says in words, in every rendering the same: its numbers, its provenance, the blanks to be written on."""

from decimal import ROUND_HALF_UP, Decimal

from bot.documents.forms.paper import CellKind, Heading, Line, Paper, Signer, Value
from domain.shown import shown as shown_words
from handlers.texts.formats import number, percent

MOST_DECIMALS = 6
"""Decimals that tables keep; a number with more is a quotient, of which two are shown."""
_CENT, _ONE = Decimal("0.01"), Decimal(1)
LONGEST_NAME = 255
"""Characters of a property of a file; Word takes no more."""
NIP = "NIP. "
STAR = "*"
"""Behind a number that is not verified, in a form that has both."""


def shown(value: Value, kind: CellKind) -> str:
    """A cell as it is read: 1.250,5 or 104,17%, words as they are, nothing for a blank."""
    if not isinstance(value, Decimal):
        return printable(value or "")
    return percent(value) if kind is CellKind.PERCENT else number(settled(value, kind))


def cell_words(paper: Paper, line: Line, column: Heading) -> str:
    """A cell of the table as it is read, with its star."""
    return shown(line.cells.get(column.key), column.kind) + star(paper, line, column)


def star(paper: Paper, line: Line, column: Heading) -> str:
    """The sign of a number that is still provisional; empty for every other cell."""
    found = line.checked.get(column.key)
    return STAR if paper.tells_apart and found is not None and not found.is_verified else ""


def settled(value: Decimal, kind: CellKind) -> Decimal:
    """A number with the decimals that are shown of it, half-up."""
    match kind:
        case CellKind.WHOLE | CellKind.RUPIAH:
            return value.quantize(_ONE, ROUND_HALF_UP)
        case CellKind.PERCENT:
            return value.quantize(_CENT, ROUND_HALF_UP)
        case CellKind.NUMBER | CellKind.TEXT:
            return value if decimals(value) <= MOST_DECIMALS else value.quantize(_CENT, ROUND_HALF_UP)


def decimals(value: Decimal) -> int:
    """How many decimals a finite number has, zeros at its end left out."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def printable(text: str) -> str:
    """Text without control characters, which neither XML nor a printer takes; line breaks stay."""
    return shown_words(text)


def named(paper: Paper) -> str:
    """What a form is called in the properties of its file."""
    return printable(" ".join(paper.title))[:LONGEST_NAME]


def provenance(paper: Paper) -> str:
    """By what the figures are found again and compared."""
    stamp = paper.stamp
    return f"Renaksi data no. {stamp.number} · {stamp.seal} · dibuat {stamp.made} · {paper.version}"


def marks(paper: Paper) -> str:
    """What limits the form, in one line; empty for nothing."""
    return " · ".join(mark.upper() for mark in paper.marks)


def name_of(signer: Signer) -> str:
    """The name below a signature; blank to be filled in by hand where it is not known."""
    return printable(signer.name) or f"({'.' * 40})"


def rank_and_number(signer: Signer) -> tuple[str, ...]:
    """What stands below the name: the rank where it is known, and the NIP."""
    nip = f"{NIP}{printable(signer.number)}" if signer.number else f"{NIP}{'.' * 30}"
    return (printable(signer.rank), nip) if signer.rank else (nip,)
