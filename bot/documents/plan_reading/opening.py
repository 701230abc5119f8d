"""Any file that somebody sent as a plan, made into its tables and lines; or a sentence that says why not."""

from pathlib import Path

from bot.documents.plan_reading.decoding import decoded
from bot.documents.plan_reading.from_text import read_text
from bot.documents.plan_reading.limits import FILE_BYTES, too_large
from bot.documents.plan_reading.source import PlanRefused, Source
from bot.refused import why


def read_source(path: Path, name: str = "") -> Source:
    """The tables and lines of a file. `name` is what people call it, by default the file's own name.

    Its kind is told by its content. Raises PlanRefused.
    """
    name = name or path.name
    data = _bytes_of(path)
    return read_text(decoded(data), name)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > FILE_BYTES:
            raise too_large()
        data = path.read_bytes()
    except OSError as failed:
        raise PlanRefused(f"Berkas tidak dapat dibuka: {why(failed)}.") from failed
    if not data:
        raise PlanRefused("Berkas ini kosong, mohon kirim berkas yang berisi.")
    return data
