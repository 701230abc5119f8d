"""The page every picture is drawn on: head, foot, and text and shapes in pixels from the top left corner.

A page remembers each text it set, so that `faults` can prove that nothing overlaps and nothing is cut.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch, Polygon, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform

from bot.charts.footer import Footer
from bot.charts.png import Ink, encode
from bot.charts.typography import SMALLEST, Style, extent, fit, width, wrap

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

Anchor = Literal["left", "right", "center"]


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
        self._figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72), dpi=72, facecolor=WHITE)
        self._canvas = FigureCanvasAgg(self._figure)
        self._inks: set[Ink] = {(INK, WHITE)}
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

    def _add(self, artist: Artist) -> None:
        """Draw upon everything drawn so far: matplotlib by itself puts every line above every shape."""
        artist.set_zorder(len(self._figure.get_children()))
        self._figure.add_artist(artist)

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
        baseline = HEIGHT - round(top + style.size * 0.95)
        self._add(
            Text(
                x,
                baseline,
                words,
                color=colour,
                fontproperties=style.font,
                parse_math=False,
                horizontalalignment=anchor,
                verticalalignment="baseline",
                transform=IdentityTransform(),
            )
        )
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
        corner = (round(x), HEIGHT - round(top + high))
        if radius:
            patch = FancyBboxPatch(
                corner,
                wide,
                high,
                boxstyle=f"round,pad=0,rounding_size={radius}",
                facecolor=colour,
                linewidth=0,
                transform=IdentityTransform(),
            )
        else:
            patch = Rectangle(
                corner, round(wide), round(high), facecolor=colour, linewidth=0, transform=IdentityTransform()
            )
        self._add(patch)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        """A filled circle round (x, y)."""
        self._inks.add((colour, WHITE))
        self._add(Circle((x, HEIGHT - y), radius, facecolor=colour, linewidth=0, transform=IdentityTransform()))

    def polygon(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        """A filled shape with the given corners."""
        self._inks.add((colour, WHITE))
        corners = [(x, HEIGHT - y) for x, y in points]
        self._add(Polygon(corners, facecolor=colour, linewidth=0, transform=IdentityTransform()))

    def path(
        self, points: Sequence[tuple[float, float]], colour: str, thickness: float, *, dashed: bool = False
    ) -> None:
        """A line through `points`."""
        self._inks.add((colour, WHITE))
        self._add(
            LineCollection(
                [[(x, HEIGHT - y) for x, y in points]],
                colors=[colour],
                linewidths=[thickness],
                linestyles=["--" if dashed else "-"],
                transform=IdentityTransform(),
            )
        )

    def hatch(self, x: float, top: float, wide: float, high: float) -> None:
        """Slanting lines with a frame over whatever is there: figures that are missing."""
        if wide <= 0:
            return
        self._bars.append(Box("", x, top, x + wide, top + high))
        self._inks |= {(HATCH, WHITE), (HATCH, TRACK), (HATCH, NEUTRAL)}
        left, right, base, ceiling = x + 1, x + wide - 1, HEIGHT - top - high + 1, HEIGHT - top - 1
        starts = range(round(left - (ceiling - base)) + 1, round(right), _HATCH_STEP)
        strokes = [_stroke(start, left, right, base, ceiling) for start in starts]
        frame = [(left, base), (right, base), (right, ceiling), (left, ceiling), (left, base)]
        self._add(LineCollection([*strokes, frame], colors=[HATCH], linewidths=[2.5], transform=IdentityTransform()))

    def png(self) -> bytes:
        """The picture as a palette PNG."""
        self._canvas.draw()
        return encode(self._canvas.buffer_rgba(), (WIDTH, HEIGHT), self._inks)

    def boxes(self) -> tuple[Box, ...]:
        """Where the ink of each text stands, measured by the renderer."""
        return tuple(self._ink_of(text) for text in self._figure.get_children() if isinstance(text, Text))

    def _ink_of(self, text: Text) -> Box:
        wide, high, descent = extent(text.get_text(), text.get_fontproperties())
        x, y = text.get_position()
        left = x - wide * {"left": 0.0, "center": 0.5, "right": 1.0}[text.get_horizontalalignment()]
        bottom = HEIGHT - y + descent
        return Box(text.get_text(), left, bottom - high, left + wide, bottom)

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


def _stroke(start: float, left: float, right: float, base: float, ceiling: float) -> list[tuple[float, float]]:
    """The part of a 45 degree line from (start, base) that lies inside the rectangle."""
    begin, end = max(start, left), min(start + ceiling - base, right)
    return [(begin, base + begin - start), (end, base + end - start)]
