"""A sheet on which matplotlib's Agg renderer draws at once what it is told, in pixels from the top left corner.

What is drawn later lies above what was drawn before. Figures and artists are left out: they take several times as long
as the drawing itself, and every position is known here.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.patches import FancyBboxPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, IdentityTransform

from bot.charts.letters import Style, set_line

_DOTS = 72
"""An inch: a point is a pixel."""
_DASH, _DASH_GAP = 3.7, 1.6
"""Lengths in thicknesses of the line, matplotlib's own."""
_OPAQUE = 255

Point = tuple[float, float]


class Sheet:
    """A white sheet of `wide` x `high` pixels. Colours are `#rrggbb`."""

    def __init__(self, wide: int, high: int) -> None:
        self._high = high
        self._renderer = RendererAgg(wide, high, _DOTS)
        self.pixels[:] = _OPAQUE

    @property
    def pixels(self) -> npt.NDArray[np.uint8]:
        """What was drawn: rows from the top, each pixel red, green, blue and opacity."""
        return np.asarray(self._renderer.buffer_rgba())

    def write(self, left: float, baseline: int, words: str, style: Style, colour: str) -> None:
        """One line, which begins at `left`."""
        tone = [round(_OPAQUE * part) for part in to_rgb(colour)]
        context = self._renderer.new_gc()
        for pen, word in set_line(words, style):
            high, wide = word.coverage.shape
            inked = np.empty((high, wide, 4), np.uint8)
            inked[..., :3] = tone
            inked[..., 3] = word.coverage
            top = baseline - word.above
            self._renderer.draw_image(context, round(left + pen) + word.left, self._high - top - high, inked)

    def box(self, left: float, top: float, wide: float, high: float, colour: str, radius: float = 0) -> None:
        """A filled rectangle, with round corners where `radius` is given."""
        base = self._high - top - high
        if radius:
            rounded = f"round,pad=0,rounding_size={radius}"
            self._fill(FancyBboxPatch((left, base), wide, high, boxstyle=rounded).get_path(), colour)
        else:
            right, ceiling = left + wide, base + high
            self._fill(Path([(left, base), (right, base), (right, ceiling), (left, ceiling), (left, base)]), colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        """A filled circle round (x, y)."""
        self._fill(Path.unit_circle(), colour, Affine2D().scale(radius).translate(x, self._high - y))

    def polygon(self, corners: Sequence[Point], colour: str) -> None:
        """A filled shape with the given corners."""
        self._fill(Path(self._upright(corners), closed=False), colour)

    def strokes(self, lines: Sequence[Sequence[Point]], colour: str, thickness: float, *, dashed: bool = False) -> None:
        """A line through the points of each of `lines`."""
        context = self._renderer.new_gc()
        context.set_foreground(colour)
        context.set_linewidth(thickness)
        if dashed:
            context.set_dashes(0, [_DASH * thickness, _DASH_GAP * thickness])
        path = Path.make_compound_path(*(Path(self._upright(line)) for line in lines))
        path.should_simplify = False
        self._renderer.draw_path(context, path, IdentityTransform())

    def _fill(self, path: Path, colour: str, transform: Affine2D | IdentityTransform | None = None) -> None:
        context = self._renderer.new_gc()
        context.set_linewidth(0)
        self._renderer.draw_path(context, path, transform or IdentityTransform(), to_rgb(colour))

    def _upright(self, points: Sequence[Point]) -> list[Point]:
        """The renderer counts from the bottom."""
        return [(x, self._high - y) for x, y in points]
