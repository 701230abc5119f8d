"""The services of a sample office: those of the printed table of PATEN (domain.md 4.7), with a few invented months.

The table tells the year before. What it counted there in a month stands, marked "contoh", for the same month now.
"""

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.documents.workbook_services import UNIT
from domain.modes import Confidence, Mode, Rhythm
from domain.periods import Period
from domain.plan import SERVICES, IndicatorRow, Level, PastReport
from samples.choices import Choices, ServiceChoices, expand
from samples.truth import Truth, TruthService

_LETTER = re.compile(r"^[a-z]\) *")
"""What a row below a heading begins with: `a) Akta Kelahiran`."""


def service_rows(truth: Truth, choices: Choices) -> tuple[IndicatorRow, ...]:
    """The services in the order of the table; none where the plan prints no such table."""
    chosen = choices.services
    return () if chosen is None else tuple(_row(printed, chosen, choices) for printed in _printed(truth, chosen))


def service_reports(truth: Truth, choices: Choices) -> Iterator[PastReport]:
    """The counts of the chosen months, every service one after the other within office hours."""
    chosen = choices.services
    for place, printed in enumerate(() if chosen is None else _printed(truth, chosen)):
        for month, day in chosen.months.items() if chosen else ():
            count = printed.months[month - 1]
            if count is not None:
                at = datetime.combine(day, time(9), ZoneInfo(choices.zone)) + timedelta(minutes=2 * place)
                note = f"Angka bulan yang sama tahun {truth.year - 1}."
                yield PastReport(_code(printed, choices), Period.month(truth.year, month), count, at, note, sample=True)


def _printed(truth: Truth, chosen: ServiceChoices) -> tuple[TruthService, ...]:
    numbers = {int(number) for number in expand(chosen.rows)}
    return tuple(row for row in truth.services if int(row.number) in numbers)


def _row(printed: TruthService, chosen: ServiceChoices, choices: Choices) -> IndicatorRow:
    own_name = chosen.names.get(f"{int(printed.number):03}")
    group = None if own_name else printed.group
    return IndicatorRow(
        code=_code(printed, choices),
        name=own_name or _LETTER.sub("", printed.name),
        unit=UNIT,
        level=Level.AKSI,
        path={SERVICES: group} if group else {},
        post=chosen.post,
        rhythm=Rhythm.MONTHLY,
        targets={},
        mode=Mode.SUM,
        confidence=Confidence.HIGH,
        low=Decimal(0),
        note="Jabatan dipilih untuk contoh ini; dokumen tidak menyebutnya.",
        service=True,
    )


def _code(printed: TruthService, choices: Choices) -> str:
    return f"{choices.letter}-L{printed.number}"
