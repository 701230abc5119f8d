"""What the simulator's clock says."""

from datetime import datetime

from handlers.texts.formats import clock, full_day


def moved(now: datetime, zone: str, messages: int) -> str:
    """Where the clock stands, and how many messages came on the way."""
    arrived = f"{messages} pesan masuk" if messages else "tidak ada pesan baru"
    return f"Sekarang {full_day(now.date())} pukul {clock(now, zone)}; {arrived}."
