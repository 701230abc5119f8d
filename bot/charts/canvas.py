"""The page every picture is drawn on: head, foot, and text and shapes in pixels from the top left corner.

A page remembers each text it set, so that `faults` can prove that nothing overlaps and nothing is cut.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from bot.charts.footer import Footer
from bot.charts.letters import Style, extent
from bot.charts.png import Ink, encode
from bot.charts.sheet import Sheet
from bot.charts.typography import SMALLEST, fit, width, wrap

WIDTH, HEIGHT = 1080, 1350
"""Pixels. At 72 dots an inch a point is a pixel, so sizes of type are pixels too."""
MARGIN = 56
LEFT, RIGHT = MARGIN, WIDTH - MARGIN
ROOM = RIGHT - LEFT
"""Pixels between the margins."""

WHITE = "#ffffff"
CARD = "#eef2f6"
TRACK = "#e3e8ee"
RULE = "#cbd5e0"
INK = "#17212b"
MUTED = "#4a5866"
BAND = "#123a5a"
ON_BAND = "#dbe7f1"
NEUTRAL = "#a9b3bd"
"""The bar of figures that are not complete: no rating colour."""
HATCH = "#5b6875"

_GROUNDS = frozenset({BAND, CARD, RULE})
"""On these may be written."""

OFFICE = Style(50, bold=True)
SUBJECT = Style(38)
HEADING = Style(38, bold=True)
BODY = Style(SMALLEST)
STRONG = Style(SMALLEST, bold=True)

_FOOT_TOP = HEIGHT - 112
_FOOT_GAP = 24
_HATCH_STEP = 13
_HATCH_THICKNESS = 2.5

Anchor = Literal["left", "right", "center"]
_SHARE_BEFORE: dict[Anchor, float] = {"left": 0.0, "center": 0.5, "right": 1.0}
"""Of a text's width that lies left of where it is anchored."""


@dataclass(frozen=True)
class Box:
    """Where a text stands, in pixels from the top left corner."""

    words: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    @property
    def inside(self) -> bool:
        """Whether the whole text is on the page."""
        return self.left >= 0 and self.top >= 0 and self.right <= WIDTH and self.bottom <= HEIGHT


@dataclass(frozen=True)
class Marks:
    """What must be said of the figures of a picture: whether they are verified, and that they are invented.

    `provisional` is None for what nobody verifies, as money; `share` says how much is verified ("60%"), empty for
    nothing.
    """

    provisional: bool | None
    sample: bool
    share: str = ""

    @property
    def words(self) -> str:
        return self._joined("Sementara, " if self.share else "Sementara")

    @property
    def short(self) -> str:
        """The same in fewer words: where only a share is verified, the rest is provisional."""
        return self._joined("" if self.share else "Sementara")

    def _joined(self, provisional: str) -> str:
        share = f"{self.share} terverifikasi" if self.share else ""
        standing = {True: f"{provisional}{share}", False: "Terverifikasi", None: ""}[self.provisional]
        return " · ".join([*[standing] * bool(standing), *["Data contoh"] * self.sample])


class Page:
    """One picture of 1080 x 1350 pixels.

    `count` stands after the subject and is never cut. Draws the head at once (`top` is the first free line below it)
    and the foot (`bottom` is the last free line above it). `inks` grows with every colour used; it becomes the palette.
    """

    def __init__(
        self, office: str, subject: str, footer: Footer, marks: Marks, *, count: str = "", compact: bool = False
    ) -> None:
        self._sheet = Sheet(WIDTH, HEIGHT)
        self._inks: set[Ink] = {(INK, WHITE)}
        self._texts: list[Box] = []
        self._bars: list[Box] = []
        self.top: float = self._head(office, subject, count, compact=compact)
        self.bottom: float = _FOOT_TOP - 16
        self._foot(office, footer, marks)

    def _head(self, office: str, subject: str, count: str, *, compact: bool) -> float:
        """The band at the top; a compact one has each of its texts in a single line."""
        lines = 1 if compact else 2
        padding = 20 if compact else 34
        names = wrap(office, OFFICE, ROOM, lines)
        subjects = _counted(subject, count, lines)
        height = 2 * padding + len(names) * OFFICE.leading + len(subjects) * SUBJECT.leading
        self.box(0, 0, WIDTH, height, BAND)
        y = self.lines(LEFT, padding - 2, names, OFFICE, WHITE, ground=BAND)
        self.lines(LEFT, y + 4, subjects, SUBJECT, ON_BAND, ground=BAND)
        return height + (20 if compact else 32)

    def _foot(self, office: str, footer: Footer, marks: Marks) -> None:
        self.box(LEFT, _FOOT_TOP, ROOM, 2, RULE)
        y = _FOOT_TOP + 14
        number = f"Data no. {footer.snapshot}"
        self.text(RIGHT, y, number, BODY, MUTED, anchor="right")
        tail = f" · {footer.period}"
        room = ROOM - width(number, BODY) - _FOOT_GAP - width(tail, BODY)
        y = self.text(LEFT, y, fit(office, BODY, room) + tail, BODY, MUTED)
        made = f"Dibuat {footer.made}"
        whole = width(marks.words, STRONG) + _FOOT_GAP + width(footer.made, BODY)
        words = marks.words if whole <= ROOM else marks.short
        self.text(RIGHT, y, words, STRONG, INK, anchor="right")
        room = ROOM - width(words, STRONG) - _FOOT_GAP
        self.text(LEFT, y, made if width(made, BODY) <= room else fit(footer.made, BODY, room), BODY, MUTED)

    def text(
        self,
        x: float,
        top: float,
        words: str,
        style: Style,
        colour: str = INK,
        *,
        anchor: Anchor = "left",
        ground: str = WHITE,
    ) -> float:
        """Set one line whose letters begin at `top`; return the top of the next line. Never read as mathtext."""
        if not words:
            return top
        self._inks.add((colour, ground))
        wide = extent(words, style)
        left = x - wide.width * _SHARE_BEFORE[anchor]
        baseline = round(top + style.size * 0.95)
        self._texts.append(Box(words, left, baseline - wide.ascent, left + wide.width, baseline + wide.descent))
        self._sheet.write(left, baseline, words, style, colour)
        return top + style.leading

    def lines(
        self,
        x: float,
        top: float,
        lines: Sequence[str],
        style: Style,
        colour: str = INK,
        *,
        anchor: Anchor = "left",
        ground: str = WHITE,
    ) -> float:
        """Set lines one below the other; return the top of the line after the last."""
        for line in lines:
            top = self.text(x, top, line, style, colour, anchor=anchor, ground=ground)
        return top

    def box(self, x: float, top: float, wide: float, high: float, colour: str, *, radius: float = 0) -> None:
        """A filled rectangle, with round corners where `radius` is given."""
        if wide <= 0:
            return
        self._inks.add((colour, WHITE))
        if colour not in _GROUNDS:
            self._bars.append(Box("", x, top, x + wide, top + high))
        if radius:
            self._sheet.box(round(x), round(top), wide, high, colour, radius)
        else:
            self._sheet.box(round(x), round(top), round(wide), round(high), colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        """A filled circle round (x, y)."""
        self._inks.add((colour, WHITE))
        self._sheet.disc(x, y, radius, colour)

    def polygon(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        """A filled shape with the given corners."""
        self._inks.add((colour, WHITE))
        self._sheet.polygon(points, colour)

    def path(
        self, points: Sequence[tuple[float, float]], colour: str, thickness: float, *, dashed: bool = False
    ) -> None:
        """A line through `points`."""
        self._inks.add((colour, WHITE))
        self._sheet.strokes([points], colour, thickness, dashed=dashed)

    def hatch(self, x: float, top: float, wide: float, high: float) -> None:
        """Slanting lines with a frame over whatever is there: figures that are missing."""
        if wide <= 0:
            return
        self._bars.append(Box("", x, top, x + wide, top + high))
        self._inks |= {(HATCH, WHITE), (HATCH, TRACK), (HATCH, NEUTRAL)}
        left, right, upper, lower = x + 1, x + wide - 1, top + 1, top + high - 1
        starts = range(round(left - (lower - upper)) + 1, round(right), _HATCH_STEP)
        strokes = [_stroke(start, left, right, upper, lower) for start in starts]
        frame = [(left, lower), (right, lower), (right, upper), (left, upper), (left, lower)]
        self._sheet.strokes([*strokes, frame], HATCH, _HATCH_THICKNESS)

    def png(self) -> bytes:
        """The picture as a palette PNG."""
        return encode(self._sheet.pixels, self._inks)

    def boxes(self) -> tuple[Box, ...]:
        """Where the ink of each text stands, measured as it was set."""
        return tuple(self._texts)

    def faults(self) -> tuple[str, ...]:
        """Texts that overlap each other or a bar, leave the page or run into its foot, in words; empty for a sound
        page."""
        boxes = self.boxes()
        cut = [f"{box.words!r} leaves the page" for box in boxes if not box.inside]
        cut += [f"{box.words!r} runs into the foot" for box in boxes if box.top < _FOOT_TOP < box.bottom]
        clashes = [f"{one.words!r} overlaps {two.words!r}" for one, two in combinations(boxes, 2) if one.overlaps(two)]
        clashes += [f"{box.words!r} lies on a bar" for box in boxes if any(box.overlaps(bar) for bar in self._bars)]
        return (*cut, *clashes)


def _counted(subject: str, count: str, lines: int) -> list[str]:
    """The subject with the count after it; where there is no room for both, the subject gives way."""
    whole = wrap(subject + count, SUBJECT, ROOM, lines)
    if whole[-1].endswith(count.strip()):
        return whole
    *above, last = wrap(subject, SUBJECT, ROOM, lines)
    return [*above, fit(last, SUBJECT, ROOM - width(count, SUBJECT)) + count]


def _stroke(start: float, left: float, right: float, upper: float, lower: float) -> list[tuple[float, float]]:
    """The part of a line that rises by 45 degrees from (start, lower) which lies inside the rectangle."""
    begin, end = max(start, left), min(start + lower - upper, right)
    return [(begin, lower - begin + start), (end, lower - end + start)]
