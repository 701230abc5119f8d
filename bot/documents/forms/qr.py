"""The square on a form that a phone reads: by which words the assistant says whether the figures still hold."""

import io

from bot.documents.forms.paper import Stamp


def qr_text(stamp: Stamp) -> str:
    """What a phone shows when it reads the square."""
    return f"Renaksi data no. {stamp.number} · {stamp.seal} · ketik: periksa {stamp.number}"


def qr_png(stamp: Stamp, scale: int = 6) -> bytes:
    """The square as PNG with its quiet zone; `scale` is pixels a module."""
    import segno

    buffer = io.BytesIO()
    segno.make(qr_text(stamp), error="m", micro=False).save(buffer, kind="png", scale=scale)
    return buffer.getvalue()
