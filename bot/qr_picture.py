"""A picture of QR codes, each below its label, to be scanned from a screen or printed."""

from collections.abc import Sequence
from io import BytesIO

from handlers.messages import Scan

_SIDE, _GAP, _LABEL, _SIZE = 420, 40, 56, 34
"""Dots: of a code, around it, of the room for its label, and of the label's letters."""


def qr_picture(scans: Sequence[Scan]) -> bytes:
    """PNG of the codes side by side."""
    from PIL import Image, ImageDraw, ImageFont  # takes long, and most processes draw none

    width, height = _GAP + len(scans) * (_SIDE + _GAP), _LABEL + _SIDE + 2 * _GAP
    picture = Image.new("RGB", (width, height), "white")
    drawing, letters = ImageDraw.Draw(picture), ImageFont.load_default(_SIZE)
    for at, scan in enumerate(scans):
        left = _GAP + at * (_SIDE + _GAP)
        drawing.text((left + _SIDE / 2, _GAP), scan.label, fill="black", font=letters, anchor="ma")
        picture.paste(Image.open(BytesIO(_code(scan.text))).resize((_SIDE, _SIDE)), (left, _GAP + _LABEL))
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _code(text: str) -> bytes:
    """PNG of one code, as large as fits by whole dots; a Micro QR, as short words would give, few phones read."""
    import segno

    code = segno.make_qr(text, error="m")
    out = BytesIO()
    code.save(out, kind="png", scale=_SIDE // code.symbol_size(border=4)[0], border=4)
    return out.getvalue()
