"""Pixels to a small PNG with a palette of our own, so that colours are exact and the same picture is the same bytes."""

from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

LEVEL = 6
"""How hard the bytes are pressed: two more take three times as long for 7 % less."""
STEPS = 3
"""Shades between a colour and its background, for the smooth edges of letters and bars."""

Ink = tuple[str, str]
"""A colour and what it is drawn on, as `#rrggbb`."""
Colour = tuple[int, int, int]
Pixels = npt.NDArray[np.uint8]


def encode(pixels: Pixels, inks: Iterable[Ink]) -> bytes:
    """RGBA `pixels` (rows from the top), drawn with `inks`, as a palette PNG."""
    palette = _palette(frozenset(inks))
    high, wide, _ = pixels.shape
    image = Image.frombytes("P", (wide, high), _in_numbers(pixels, palette).tobytes())
    image.putpalette([channel for colour in palette for channel in colour])
    file = BytesIO()
    image.save(file, "PNG", compress_level=LEVEL)
    return file.getvalue()


def _in_numbers(pixels: Pixels, palette: tuple[Colour, ...]) -> Pixels:
    """Each pixel as the number of its colour in the palette.

    Looked up once for each run of equal pixels: most of a picture is runs, and it is many times as many pixels.
    """
    packed = np.ascontiguousarray(pixels).view(np.uint32).ravel()
    begins = np.concatenate(([0], np.flatnonzero(packed[1:] != packed[:-1]) + 1))
    red, green, blue, _ = packed[begins].view(np.uint8).reshape(-1, 4).T
    lengths = np.diff(begins, append=packed.size)
    return np.repeat(_nearest(palette)[_cell(red, green, blue)], lengths)


def _palette(inks: frozenset[Ink]) -> tuple[Colour, ...]:
    """The pure colours first, then the shades between each pair; at most 256."""
    pure = dict.fromkeys(_rgb(colour) for pair in sorted(inks) for colour in pair)
    shades = dict.fromkeys(shade for pair in sorted(inks) for shade in _shades(*pair))
    return tuple(pure | shades)[:256]


@lru_cache(maxsize=32)
def _nearest(palette: tuple[Colour, ...]) -> npt.NDArray[np.uint8]:
    """For each of the 32 x 32 x 32 cells of the colour cube, the number of the closest colour of the palette."""
    levels = np.arange(32) * 8 + 4
    cells = np.stack(np.meshgrid(levels, levels, levels, indexing="ij"), axis=-1).reshape(-1, 3)
    colours = np.array(palette)
    crossed = cells @ colours.T
    table = np.argmin((colours**2).sum(axis=1) - 2 * crossed, axis=1).astype(np.uint8)
    for index, (red, green, blue) in reversed(list(enumerate(palette))):
        table[_cell(*np.array([red, green, blue], np.uint8))] = index
    return table


def _cell(red: Pixels, green: Pixels, blue: Pixels) -> npt.NDArray[np.uint16]:
    """The number of the cell of the colour cube in which a colour lies."""
    cell = (red >> 3).astype(np.uint16) * 1024 + (green >> 3).astype(np.uint16) * 32 + (blue >> 3)
    return cell.astype(np.uint16)


def _rgb(colour: str) -> Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _shades(colour: str, ground: str) -> list[Colour]:
    (r, g, b), (x, y, z) = _rgb(colour), _rgb(ground)
    return [(_between(r, x, part), _between(g, y, part), _between(b, z, part)) for part in range(1, STEPS)]


def _between(colour: int, ground: int, part: int) -> int:
    return (colour * part + ground * (STEPS - part)) // STEPS
