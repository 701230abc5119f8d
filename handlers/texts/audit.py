"""Sentences about the record of who did what."""

from decimal import Decimal

from handlers.texts.formats import number

WHY = {
    "missing": "segel di tempat itu hilang",
    "entry gone": "catatannya sudah tidak ada",
    "entry changed": "catatannya diubah",
}


def intact(office: str, sealed: int, unsealed: int, seal: str) -> str:
    """What is sealed, what is not yet, and the newest seal to note down."""
    waiting = f"; {_count(unsealed)} belum disegel" if unsealed else ""
    newest = f" Segel terakhir: {seal[:16]}." if seal else ""
    return f"{office}: {_count(sealed)} catatan utuh{waiting}.{newest}"


def broken(office: str, at: int, why: str, unsealed: int) -> str:
    waiting = f" {_count(unsealed)} catatan belum disegel." if unsealed else ""
    return f"{office}: RUSAK di catatan ke-{_count(at)}, {WHY[why]}. Bandingkan dengan cadangan.{waiting}"


def _count(entries: int) -> str:
    return number(Decimal(entries))
