"""Tables with periods in rows, parted at their headings: the rows below one heading, or of one page without any."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.documents.plan_reading.headings.headers import Header, header_at
from bot.documents.plan_reading.in_rows.period_heads import printed_head
from bot.documents.plan_reading.in_rows.strips import Strip, is_period_row, strips_of
from bot.documents.plan_reading.source import Row, Table
from domain.plan import Level


@dataclass(frozen=True)
class Section:
    """Rows below one heading, or those of a page that repeats none."""

    before: tuple[str, ...]
    strips: tuple[Strip, ...] | None
    """None where no heading is printed: those of the page before hold."""
    rows: tuple[Row, ...]


def sections_of(table: Table) -> Iterator[Section]:
    """The parts of a table, each with the heading above it."""
    rows = table.rows
    headers = list(_headers(rows))
    first = headers[0].first if headers else len(rows)
    if first or not headers:
        yield Section(table.before, None, rows[:first])
    for at, header in enumerate(headers):
        end = headers[at + 1].first if at + 1 < len(headers) else len(rows)
        below = rows[header.end : end]
        yield Section(() if at or first else table.before, strips_of(header, below), below)


_HEADS = re.compile(r"target|satuan|ndikator|kinerja|uraian|wulan|bulan|sasaran|kegiatan|program", re.IGNORECASE)
"""One of these stands in the first row of every heading: a quick look before the thorough one."""


def _headers(rows: Sequence[Row]) -> Iterator[Header]:
    """The headings of a table; a row that names one period is none, whatever stands beside it."""
    at = 0
    while at < len(rows):
        end = next((index for index in range(at, len(rows)) if is_period_row(rows[index])), len(rows))
        above = rows[:end]
        likely = (index for index in range(at, end) if any(map(_HEADS.search, rows[index].texts)))
        header = next((found for index in likely if (found := header_at(above, index))), None)
        if header is not None:
            yield header
        at = end + 1 if header is None else header.end


def usual_rungs(sections: Sequence[Section]) -> Mapping[tuple[int, int], Level]:
    """By number of the strip and how many there are: the rung that its names mostly say, where no heading does."""
    counted: dict[tuple[int, int], Counter[Level]] = {}
    for section in sections:
        strips = section.strips or ()
        for at, strip in enumerate(strips):
            if strip.level is None:
                rungs = (printed_head(row, strip).level for row in section.rows)
                counted.setdefault((at, len(strips)), Counter()).update(rung for rung in rungs if rung is not None)
    return {key: counts.most_common(1)[0][0] for key, counts in counted.items() if counts}
