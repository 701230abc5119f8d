"""Whether two pictures look the same to somebody who reads them: not by bytes, which change with every library.

Both are read at a third of their size, about that of a phone, and compared block by block in every colour. The edge of
a letter that a new release of a library smooths otherwise moves a block a little; a bar that is longer or a letter that
is another moves at least one of them a lot.
"""

from dataclasses import dataclass
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

SHRUNK = 3
"""By how much a picture is made smaller first."""
BLOCK = 6
"""Pixels of the smaller picture along a block's side."""
TOLERANCE = 18.0
"""Of 255: how far the mean colour of a block may be off. A picture shifted by a pixel is off by 14 at most, one letter
for another by 21 and more."""


@dataclass(frozen=True)
class Difference:
    """How far the worst block is off (of 255), and where it lies in the full picture."""

    worst: float
    left: int
    top: int

    @property
    def seen(self) -> bool:
        return self.worst > TOLERANCE


def shrunk(png: bytes) -> Image.Image:
    """A picture as it is kept for comparison: smaller, in few colours."""
    image = Image.open(BytesIO(png)).convert("RGB")
    return image.resize((image.width // SHRUNK, image.height // SHRUNK), Image.Resampling.BOX)


def difference(one: Image.Image, two: Image.Image) -> Difference:
    """Where two small pictures differ most. Raises ValueError for pictures of different sizes."""
    if one.size != two.size:
        raise ValueError(f"{one.size} is not the size {two.size}")
    apart = np.abs(_blocks(one) - _blocks(two)).max(axis=2)
    row, column = np.unravel_index(int(apart.argmax()), apart.shape)
    step = BLOCK * SHRUNK
    return Difference(float(apart.max()), int(column) * step, int(row) * step)


def _blocks(image: Image.Image) -> npt.NDArray[np.float64]:
    """The mean colour of every block."""
    pixels = np.asarray(image.convert("RGB"), dtype=np.float64)
    high, wide = pixels.shape[0] // BLOCK * BLOCK, pixels.shape[1] // BLOCK * BLOCK
    return pixels[:high, :wide].reshape(high // BLOCK, BLOCK, wide // BLOCK, BLOCK, 3).mean(axis=(1, 3))
