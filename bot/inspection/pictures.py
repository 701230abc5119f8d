"""Pictures: how many dots they have, a copy without what the camera wrote, and a fingerprint. Pillow is used here only.

A header is read before anything is decoded, so that a picture that unpacks to gigabytes is refused by what it says of
itself; one that lies meets the memory limit of the process.
"""

import io
import math
import struct
import warnings
from collections.abc import Mapping
from dataclasses import dataclass

from PIL import Image

from bot.inspection.kinds import HEIC, JPEG, PNG, WEBP
from bot.inspection.refusals import Refused

DOTS = 40_000_000
"""Dots of a picture: phones take 8 to 16 million as set by their makers, and up to 160 MB lie in memory for these."""
SIDE = 1600
"""Dots of the longer side of a copy: what Telegram and WhatsApp make of a photo, too, and enough to read a page."""
QUALITY = 85
"""Of the JPEG of a copy: no loss that is seen, at about 400 kB."""

_FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP", HEIC: "HEIF"}
"""What is decoded, by the names that Pillow uses; no other of its readers is ever asked."""
_TOO_LARGE = (MemoryError, Image.DecompressionBombError)
_ORIENTATION = 0x0112
_UPRIGHT: Mapping[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How to turn a picture by how the camera was held (EXIF 2.3, 4.6.4)."""

_GRID = 32
"""Dots of the side of the picture of which the fingerprint is taken."""
_WAVES = 16
"""Patterns each way; 16 times 16 without the mean are 255 bits, and the first is always 0."""
_COSINES = [[math.cos(math.pi * wave * (2 * dot + 1) / (2 * _GRID)) for dot in range(_GRID)] for wave in range(_WAVES)]
_PLAIN = 4
"""Levels of 255 within which a picture is without a pattern: black, white, covered."""

Image.MAX_IMAGE_PIXELS = DOTS


@dataclass(frozen=True)
class Seen:
    """What can be shown of a picture (JPEG), and its fingerprint (`domain/fingerprints.py`)."""

    copy: bytes
    fingerprint: str


def seen(data: bytes, mime: str) -> Seen:
    """Decode a picture. Raises Refused for one of too many dots, and for one that is broken."""
    try:
        with warnings.catch_warnings(action="ignore"):  # of a note of the camera that is broken
            return _seen(data, mime)
    except Refused:
        raise
    except _TOO_LARGE:
        raise Refused("too_many_dots") from None
    except Exception:  # Pillow's readers raise whatever a broken file makes them stumble over
        raise Refused("broken") from None


def is_decoded(mime: str) -> bool:
    """Whether files of a kind are pictures."""
    return mime in _FORMATS


def _seen(data: bytes, mime: str) -> Seen:
    if mime == WEBP:  # its reader takes the memory for the whole picture when it opens it
        _check_dots(*_size_of_webp(data))
    if mime == HEIC:
        _read_heic()
    with Image.open(io.BytesIO(data), formats=[_FORMATS[mime]]) as image:
        _check_dots(*image.size)
        small = _small(image)
    return Seen(_jpeg(small), _fingerprint(small))


def _read_heic() -> None:
    """Teach Pillow what iPhones make of a photo; it turns them upright itself."""
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False)


def _check_dots(width: int, height: int) -> None:
    if width * height > DOTS:
        raise Refused("too_many_dots")


def _size_of_webp(data: bytes) -> tuple[int, int]:
    """Width and height by the first chunk (RFC 9649, 2.5 to 2.7)."""
    match data[12:16]:
        case b"VP8X":
            return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", data, 21)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", data, 26)
            return width & 0x3FFF, height & 0x3FFF
        case _:
            raise Refused("broken")


def _small(image: Image.Image) -> Image.Image:
    """The first frame, upright, at most SIDE long, without transparency and without a word beside its dots."""
    turn = _UPRIGHT.get(_orientation(image))
    plain = image
    if image.mode not in ("RGB", "L"):
        plain = image.convert("RGBA" if image.has_transparency_data else "RGB")
    plain.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    flat = _on_white(plain) if plain.mode == "RGBA" else plain.convert("RGB")
    flat.info.clear()
    return flat if turn is None else flat.transpose(turn)


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # a broken note about the picture says nothing against its dots
        return 1


def _on_white(image: Image.Image) -> Image.Image:
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _jpeg(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


def _fingerprint(image: Image.Image) -> str:
    """Whether each of the coarse waves of light and dark runs one way or the other (a discrete cosine transform)."""
    dots = image.convert("L").resize((_GRID, _GRID), Image.Resampling.LANCZOS).tobytes()
    if max(dots) - min(dots) <= _PLAIN:
        return ""
    across = [[_dot(wave, dots[row * _GRID : (row + 1) * _GRID]) for wave in _COSINES] for row in range(_GRID)]
    waves = [_dot(wave, column) for column in zip(*across, strict=True) for wave in _COSINES]
    bits = sum(1 << place for place, height in enumerate(waves[:0:-1]) if height > 0)
    return f"{bits:064x}"


def _dot(one: list[float], other: bytes | tuple[float, ...]) -> float:
    return sum(left * right for left, right in zip(one, other, strict=True))
