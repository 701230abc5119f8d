"""A file's tables read as a plan: which of them are one, their indicators, the office and the year."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.documents.plan_reading import choosing
from bot.documents.plan_reading.choosing import Read, repeating, why_no_plan
from bot.documents.plan_reading.headings.headers import Part
from bot.documents.plan_reading.in_columns.settling import settled
from bot.documents.plan_reading.in_columns.walking import walk_columns
from bot.documents.plan_reading.in_rows.period_rows import own_tables, walk_period_rows
from bot.documents.plan_reading.post_headings import last_post, read_post
from bot.documents.plan_reading.printed import PrintedIndicator, PrintedPlan
from bot.documents.plan_reading.sections import Run, Runs, runs_of
from bot.documents.plan_reading.source import Place, PlanRefused, Source
from bot.documents.plan_reading.titles import Titles, titles_of

Passed = tuple[Place, str]
"""What was passed over, and why."""


def read_printed(source: Source, year: int | None = None) -> PrintedPlan:
    """What a file prints. `year` is taken where the file names none.

    Raises PlanRefused for a file without any table of a plan, and for one of which the year is not known.
    """
    lengthwise = own_tables(source.tables)
    down = set(map(id, lengthwise))
    beside = runs_of([table for table in source.tables if id(table) not in down])
    titles = titles_of([line for line, _ in source.lines], tuple(_above(source)), source.name)
    of_year = titles.year or _year_of_headings(beside) or year
    if of_year is None:
        raise PlanRefused("Tahun rencana ini tidak tercetak di berkas, mohon tulis tahunnya di judul rencana.")
    columns = _columns(beside, of_year)
    indicators = _in_order((*walk_period_rows(source.tables, lengthwise, of_year), *columns.indicators), source)
    if not indicators:
        raise _no_plan(columns.passed)
    ignored = [(each.place, each.why) for each in source.ignored]
    return _plan(titles, of_year, indicators, (*ignored, *columns.passed))


def _no_plan(passed: Sequence[Passed]) -> PlanRefused:
    """The refusal of a file that has tables, but none of a plan, with what they were taken for."""
    why = next((why for _, why in passed), "")
    said = ("Di berkas ini tidak ada tabel rencana aksi.", why, "Kirim tabel indikator dan targetnya.")
    return PlanRefused(" ".join(filter(None, said)))


def _plan(
    titles: Titles, year: int, indicators: tuple[PrintedIndicator, ...], ignored: tuple[Passed, ...]
) -> PrintedPlan:
    return PrintedPlan(
        indicators,
        titles.office,
        titles.kabupaten,
        year,
        titles.title,
        tuple(dict.fromkeys(each.post for each in indicators if each.post)),
        ignored,
        titles.is_revision,
    )


# Tables with periods in columns.


@dataclass(frozen=True)
class _Columns:
    """What the tables with periods in columns print, and what was passed over."""

    indicators: tuple[PrintedIndicator, ...]
    passed: tuple[Passed, ...]


def _columns(found: Runs, year: int) -> _Columns:
    passed: list[Passed] = [(table.place, choosing.UNKNOWN) for table in found.unknown]
    reads: list[Read] = []
    rows: list[tuple[Passed, ...]] = []
    for run, post in _with_posts(found.runs):
        if (why := why_no_plan(run, year)) is not None:
            if run.titles or not passed or passed[-1][1] != why:
                passed.append((run.place, why))
            continue
        walked = walk_columns(settled(run), year, post)
        if walked.indicators:
            reads.append(Read(run, walked.indicators))
            rows.append(walked.passed)
    repeated = repeating(reads)
    passed += [(reads[at].run.place, choosing.REPEATED) for at in sorted(repeated)]
    kept = [at for at in range(len(reads)) if at not in repeated]
    passed += [each for at in kept for each in rows[at]]
    return _Columns(tuple(indicator for at in kept for indicator in reads[at].indicators), tuple(passed))


def _with_posts(runs: Sequence[Run]) -> Iterator[tuple[Run, str | None]]:
    """Each run with the post in its title, which holds on for tables below it that have no title of their own."""
    held: str | None = None
    before: Run | None = None
    for run in runs:
        named = last_post(run.titles) or read_post(run.place.sheet)
        is_further = before is not None and not run.titles and before.place.sheet == run.place.sheet
        held = named or (held if is_further else None)
        before = run
        yield run, held


def _year_of_headings(found: Runs) -> int | None:
    """The year that the target columns of most tables name."""
    years = Counter(column.year for run in found.runs for column in run.header.of(Part.ANNUAL) if column.year)
    return years.most_common(1)[0][0] if years else None


# The whole file.


def _in_order(indicators: Sequence[PrintedIndicator], source: Source) -> tuple[PrintedIndicator, ...]:
    """The indicators as they stand in the file, whichever way each was read."""
    order = {row.place: at for at, row in enumerate(row for table in source.tables for row in table.rows)}
    last = len(order)
    return tuple(sorted(indicators, key=lambda each: order.get(each.place, last)))


_FIRST_ROWS = 10
"""Rows of a sheet within which its title stands."""


def _above(source: Source) -> Iterator[str]:
    """What stands at the top of each table before anything is set beside it, and the names of the sheets."""
    for table in source.tables:
        for row in table.rows[:_FIRST_ROWS]:
            texts = [text for text in row.texts if text]
            if len(texts) <= 2:
                yield " ".join(texts)
    yield from dict.fromkeys(table.place.sheet for table in source.tables if table.place.sheet)
