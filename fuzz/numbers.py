"""Numbers as staff type them: whatever is typed is a number that the tables hold, a question, or no report."""

from collections.abc import Iterable
from decimal import Decimal

from domain.modes import Mode
from domain.number_sense import Ask, NoReport, NumberContext, Value, fits_tables
from domain.numbers import read_number, read_several

_CONTEXTS = tuple(
    NumberContext(unit, mode, target=target, previous=previous, ratio=unit == "%", denominator=denominator)
    for unit in ("desa", "%", "orang", "Rp", None)
    for mode in Mode
    for target, previous, denominator in ((Decimal(20), Decimal(3), None), (None, None, Decimal(12)))
)


def check(data: bytes) -> None:
    """The first byte chooses the indicator, the others are what is typed."""
    context, typed = _CONTEXTS[data[0] % len(_CONTEXTS) if data else 0], data[1:].decode("utf-8", "replace")
    reading = read_number(typed, context)
    assert isinstance(reading, Ask | NoReport | Value), reading
    if isinstance(reading, Value):
        assert reading.number.is_finite() and fits_tables(reading.number), reading
    assert read_number(typed, context) == reading, "the same words were read in two ways"
    read_several(typed)


def seeds() -> Iterable[bytes]:
    """What people do type."""
    typed = (
        "12", "1.250,5", "1,250.50", "Rp 12,5 juta", "dua puluh lima desa", "100 dari 110 orang", "3/4", "s/d maret 12",
        "belum ada data", "nihil", "85%", "+3", "12-15", "٣٤", "1e9", "-5", "tw 2: 30", "12 desa, 3 kelurahan",
        "1. 12\n2. 15\n3. nihil", "½", "seratus lima puluh ribu", "12.", ",5", "0012", "satu setengah",
    )  # fmt: skip
    return [bytes([at]) + one.encode() for at, one in enumerate(typed)]
