"""`renaksi chart`: the pictures, from the command line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.clock import machine_now
from bot.drawing import pages as draw_pages
from bot.holiday_dates import NationalAlmanac
from bot.refused import Refused, why
from bot.typed_period import read_period
from bot.which_office import find_office
from domain.budget import BudgetFigures
from domain.periods import Period
from domain.summary import Compliance, IndicatorYear, OfficeSummary, SectionDetail, YearComparison
from handlers.by_name import find_indicators, find_sections
from storage.desk import Desk
from storage.engine import Engine, writing
from storage.picture_book import PictureFigures
from storage.snapshots import StoredSnapshot, load

_LISTED = 20
"""Names that a refusal lists at most."""
_NO_BUDGET = "Belum ada baris anggaran, atau belum ada bulan yang berakhir. Isi lembar Anggaran di buku kerja kantor."
_ONE_YEAR = (
    "Perbandingan butuh rencana aksi dua tahun yang berurutan, dengan periode yang berakhir di bulan yang sama di "
    "keduanya."
)


@dataclass(frozen=True)
class Wanted:
    """Which picture: its kind, the code of a period or None for now, and of whom. `section` and `indicator` are as they
    were typed, empty where nothing was."""

    kind: str
    period: str | None
    office: str | None
    section: str = ""
    indicator: str = ""


def draw(engine: Engine, wanted: Wanted, out: Path) -> tuple[Path, ...]:
    """Write an office's picture as PNG, from a snapshot that is kept; a second page goes beside it (`out-2.png`).

    Raises Refused for a kind, period, office, section or indicator that is not there, and for a file that is no PNG or
    cannot be written.
    """
    if out.suffix.lower() != ".png":
        raise Refused("Nama berkas harus berakhiran .png.")
    if wanted.kind not in KINDS:
        raise Refused(f"Jenis gambar {wanted.kind!r} belum ada. Pilih: {', '.join(KINDS)}.")
    pages = draw_pages(*_snapshot(engine, wanted, machine_now()))
    files = (out, *(out.with_stem(f"{out.stem}-{number}") for number in range(2, len(pages) + 1)))
    for file, page in zip(files, pages, strict=True):
        try:
            file.write_bytes(page)
        except OSError as failed:
            raise Refused(f"Berkas {file} tidak dapat ditulis: {why(failed)}.") from failed
    return files


def _snapshot(engine: Engine, wanted: Wanted, now: datetime) -> tuple[StoredSnapshot, str]:
    """The figures to draw, kept under a number, and the office's zone."""
    period = None if wanted.period is None else read_period(wanted.period)
    with writing(engine) as connection:
        desk = Desk(connection, find_office(connection, wanted.office), now, NationalAlmanac())
        figures = KINDS[wanted.kind](desk, period, wanted)
        return load(connection, desk.pictures.at(period).keep(figures)), desk.office.zone


def _overview(desk: Desk, period: Period | None, _wanted: Wanted) -> OfficeSummary:
    if period is None:
        return _running(desk)
    summary = desk.pictures.at(period).summary(period)
    if summary is None:
        raise _nothing_in(period)
    return summary


def _running(desk: Desk) -> OfficeSummary:
    summary = desk.summary(before=desk.week_start)
    if summary is None:
        raise Refused("Tidak ada periode yang sedang dilaporkan. Sebutkan periodenya, mis. --period 2026-03.")
    return summary


def _section(desk: Desk, period: Period | None, wanted: Wanted) -> SectionDetail:
    book = desk.pictures.at(period)
    name = _the_only(find_sections(wanted.section, book.sections), book.sections, "--section", wanted.section)
    detail = book.section(name)
    if detail is None:
        raise _no_period_ended() if period is None else _nothing_in(period)
    return detail


def _indicator(desk: Desk, period: Period | None, wanted: Wanted) -> IndicatorYear:
    book = desk.pictures.at(period)
    of_year = [duty for duty in book.duties if period is None or duty.measure.year == period.year]
    if period is not None and not of_year:
        raise _nothing_in(period)
    found = find_indicators(wanted.indicator, of_year)
    names = {duty.name: duty for duty in found}
    name = _the_only(tuple(names), tuple(duty.name for duty in of_year), "--indicator", wanted.indicator)
    return book.indicator(names[name])


def _compliance(desk: Desk, period: Period | None, _wanted: Wanted) -> Compliance:
    table = desk.pictures.at(period).compliance()
    if table is None:
        raise _no_period_ended() if period is None else _nothing_in(period)
    return table


def _budget(desk: Desk, period: Period | None, _wanted: Wanted) -> BudgetFigures:
    book = desk.pictures.at(period)
    figures = book.budget()
    if figures is None:
        raise Refused(_NO_BUDGET) if period is None or not book.budget_lines else _nothing_in(period)
    return figures


def _years(desk: Desk, period: Period | None, _wanted: Wanted) -> YearComparison:
    comparison = desk.pictures.at(period).comparison()
    if comparison is None:
        raise Refused(_ONE_YEAR)
    return comparison


KINDS: Mapping[str, Callable[[Desk, Period | None, Wanted], PictureFigures]] = {
    "overview": _overview,
    "section": _section,
    "indicator": _indicator,
    "compliance": _compliance,
    "budget": _budget,
    "years": _years,
}
"""What computes the figures of a picture, by its kind."""


def _the_only(found: Sequence[str], every: Sequence[str], option: str, typed: str) -> str:
    """The one that was meant. Raises Refused, with what there is, for none and for several."""
    if len(found) == 1:
        return found[0]
    listed = found or every
    shown = "\n".join(f"  {name}" for name in listed[:_LISTED])
    more = f"\n  … dan {len(listed) - _LISTED} lainnya" if len(listed) > _LISTED else ""
    if not typed:
        problem = f"Sebutkan {option}."
    else:
        problem = f"{option} {typed!r} cocok dengan beberapa." if found else f"{option} {typed!r} tidak ada."
    raise Refused(f"{problem} Yang ada:\n{shown}{more}")


def _nothing_in(period: Period) -> Refused:
    return Refused(f"Tidak ada yang harus dilaporkan untuk periode {period.code} di kantor ini.")


def _no_period_ended() -> Refused:
    return Refused("Belum ada periode yang berakhir. Gambar ini dibuat setelah periode pertama berakhir.")
