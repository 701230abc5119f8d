"""A plan file from its bytes to what was understood of it."""

from pathlib import Path

from bot.documents.plan_reading.files.apart import read_source_apart
from bot.documents.plan_reading.judged.judging import judge
from bot.documents.plan_reading.judged.understood import PlanReading
from bot.documents.plan_reading.reading import read_printed
from bot.documents.plan_reading.source import PlanRefused, Source


def read_plan_file(path: Path, name: str = "", year: int | None = None) -> PlanReading:
    """What a file says, read in a process of its own. `name` is what people call it, `year` is taken where it prints
    none.

    Raises PlanRefused, also for a file without a plan in it.
    """
    return reading_of(read_source_apart(path, name or path.name), year)


def reading_of(source: Source, year: int | None = None) -> PlanReading:
    """What a source says. Raises PlanRefused where no table of it is a plan, or its year is not known."""
    reading = judge(read_printed(source, year), source.name)
    if not reading.indicators:
        raise PlanRefused(
            "Tabel rencana aksi tidak ditemukan, mohon kirim berkas dengan kolom Indikator dan Target (TW I-IV atau "
            "bulan)."
        )
    return reading
