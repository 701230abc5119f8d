"""What the sheets of an xlsx workbook share: their names and parts, number formats, texts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.documents.plan_reading.files.limits import CELLS, CHARACTERS, LONGEST_CELL, too_long
from bot.documents.plan_reading.files.number_formats import BUILT_IN, GENERAL
from bot.documents.plan_reading.files.package import Package, broken, too_much_inside

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_YES = frozenset({"1", "true", "on"})


@dataclass(frozen=True)
class SheetPart:
    """A sheet: its name, the part that holds it, whether it is hidden."""

    name: str
    part: str
    is_hidden: bool


@dataclass(frozen=True)
class Style:
    """How a cell is shown, as far as it matters for reading."""

    code: str = GENERAL
    is_bold: bool = False


@dataclass(frozen=True)
class Book:
    """`is_unreckoned` says that the program that wrote the file left the results of formulas to be worked out."""

    sheets: tuple[SheetPart, ...]
    styles: tuple[Style, ...]
    texts: tuple[str, ...]
    from_1904: bool = False
    is_unreckoned: bool = False


def is_yes(value: str | None) -> bool:
    """Whether an attribute is switched on."""
    return value in _YES


def unescaped(text: str) -> str:
    """A text as it is meant: a sign that XML cannot hold stands there as _x000D_ (ECMA-376 part 1, 22.9.2.19)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def open_book(package: Package, part: str) -> Book:
    """The workbook whose main part is `part`. Raises PlanRefused."""
    belonging = package.relationships(part)
    parts = {one.kind: one.target for one in belonging.values() if not one.is_external}
    sheets: list[SheetPart] = []
    switches: dict[str, bool] = {}

    def started(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "sheet":
            link = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            target = belonging.get(link)
            if target is not None and target.kind == "worksheet":
                is_hidden = attributes.get("state", "visible") != "visible"
                sheets.append(SheetPart(attributes.get("name", ""), target.target, is_hidden))
        elif tag == "workbookPr":
            switches["1904"] = is_yes(attributes.get("date1904"))
        elif tag == "calcPr":
            switches["reckon"] = is_yes(attributes.get("fullCalcOnLoad"))

    package.walk(part, started)
    return Book(
        tuple(sheets),
        _styles(package, parts.get("styles", "")),
        _texts(package, parts.get("sharedStrings", "")),
        switches.get("1904", False),
        switches.get("reckon", False),
    )


def _styles(package: Package, part: str) -> tuple[Style, ...]:
    if part.lower() not in package.names:
        return ()
    gathered = _Styles()
    package.walk(part, gathered.started, gathered.ended)
    return tuple(gathered.styles)


class _Styles:
    """Number formats and bold fonts come first in the part, then the styles of cells that name them."""

    def __init__(self) -> None:
        self.styles: list[Style] = []
        self._codes = dict(BUILT_IN)
        self._bold: list[bool] = []
        self._within = ""

    def started(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in ("fonts", "cellXfs", "numFmts"):
            self._within = tag
        elif tag == "numFmt" and self._within == "numFmts":
            self._codes[_index(attributes.get("numFmtId"))] = attributes.get("formatCode", GENERAL)
        elif tag == "font" and self._within == "fonts":
            self._bold.append(False)
        elif tag == "b" and self._within == "fonts" and self._bold:
            self._bold[-1] = attributes.get("val", "1") in _YES
        elif tag == "xf" and self._within == "cellXfs":
            self._take_style(attributes)

    def ended(self, tag: str) -> None:
        if tag == self._within:
            self._within = ""

    def _take_style(self, attributes: Mapping[str, str]) -> None:
        font = _index(attributes.get("fontId"))
        is_bold = self._bold[font] if 0 <= font < len(self._bold) else False
        self.styles.append(Style(self._codes.get(_index(attributes.get("numFmtId")), GENERAL), is_bold))


def _index(value: str | None) -> int:
    try:
        return int(value or 0)
    except ValueError as error:
        raise broken() from error


def _texts(package: Package, part: str) -> tuple[str, ...]:
    if part.lower() not in package.names:
        return ()
    gathered = _Texts()
    package.walk(part, gathered.started, gathered.ended, gathered.said)
    return tuple(gathered.texts)


class _Texts:
    """The texts that cells share; what is spoken of a word (rPh) is none of it."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._length = self._total = 0
        self._in_text = self._in_reading = False

    def started(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "si":
            self._pieces, self._length = [], 0
        elif tag == "rPh":
            self._in_reading = True
        elif tag == "t":
            self._in_text = not self._in_reading

    def said(self, text: str) -> None:
        if self._in_text:
            self._pieces.append(text)
            self._length += len(text)
            self._total += len(text)
            if self._length > LONGEST_CELL or self._total > CHARACTERS:
                raise too_long()

    def ended(self, tag: str) -> None:
        if tag == "t":
            self._in_text = False
        elif tag == "rPh":
            self._in_reading = False
        elif tag == "si":
            self.texts.append(unescaped("".join(self._pieces)))
            if len(self.texts) > CELLS:
                raise too_much_inside()
