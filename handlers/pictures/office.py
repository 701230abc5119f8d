"""Pictures of the whole office: its summary of a period, who reported when, the budget, this year against last."""

from domain.budget import BudgetFigures
from domain.budget_picture import shown_lines
from domain.periods import Period
from domain.summary import OfficeSummary
from handlers.messages import Chart, Option, Outgoing, Say
from handlers.picture_names import BESIDE_CHANGE_ROOM, COLUMN_ROOM, cut_names
from handlers.picture_pages import budget_pages, compliance_pages, years_pages
from handlers.pictures.address import Address
from handlers.pictures.lists import next_page
from handlers.texts import pictures as texts
from handlers.texts import summary as summary_texts
from storage.desk import Desk
from storage.picture_book import BUDGET, COMPLIANCE, YEARS, PictureBook

OVERVIEW = "overview"


def offered(desk: Desk) -> tuple[Option, ...]:
    """The buttons below the office's summary, for those who see the office."""
    if not desk.sight.office:
        return ()
    book = desk.pictures
    return (
        Option(key=Address("daftar").key, label=texts.SECTIONS),
        Option(key=Address("lapor").key, label=texts.COMPLIANCE),
        *((Option(key=Address("keuangan").key, label=texts.BUDGET),) if book.budget_lines else ()),
        *((Option(key=Address("tahun").key, label=texts.YEARS),) if _has_year_before(desk) else ()),
    )


def _has_year_before(desk: Desk) -> bool:
    """Whether there is a plan of the year before the newest one's."""
    years = desk.plan_years
    return bool(years) and years[-1] - 1 in years


def overview(desk: Desk, period: Period) -> Outgoing:
    """The office's summary of a period, for those who see the office."""
    if not desk.sight.office:
        return Say(text=texts.NOT_YOURS)
    book = desk.pictures.at(period)
    figures: OfficeSummary | None = book.summary(period)
    if figures is None:
        return Say(text=texts.nothing_in(period, desk.today))
    return Chart(
        chart=OVERVIEW,
        snapshot=book.keep(figures),
        title=texts.overview_title(period),
        caption=summary_texts.lines(figures),
        options=_of_period(period),
    )


def _of_period(period: Period) -> tuple[Option, ...]:
    return (
        Option(key=Address("daftar", period=period).key, label=texts.SECTIONS),
        Option(key=Address("lapor", period=period).key, label=texts.COMPLIANCE),
    )


def compliance(desk: Desk, address: Address) -> Outgoing:
    """Who reported when, for those who see the office."""
    if not desk.sight.office:
        return Say(text=texts.NOT_YOURS)
    book = desk.pictures.at(address.period)
    table = book.compliance()
    if table is None:
        return Say(text=texts.NONE_YET if address.period is None else texts.nothing_in(address.period, desk.today))
    parts = compliance_pages(table.posts)
    here = address.to(min(address.page, len(parts)))
    shortened = cut_names([post.title for post in parts[here.page - 1]], COLUMN_ROOM)
    return Chart(
        chart=COMPLIANCE,
        snapshot=book.keep(table),
        page=here.page,
        title=texts.compliance_title(table),
        caption=texts.compliance_caption(table, here.page, len(parts), shortened),
        options=(
            *next_page(here, len(parts)),
            Option(key=Address("daftar", period=address.period).key, label=texts.SECTIONS),
        ),
    )


def budget(desk: Desk, address: Address) -> Outgoing:
    """What was spent of the budget, for those who see the office and whoever reports all of it."""
    book = desk.pictures.at(address.period)
    if not desk.sees_budget:
        return Say(text=texts.NOT_YOURS)
    figures = book.budget()
    if figures is None or (_runs(figures, desk) and not figures.total.reported):
        return Say(text=_no_budget(book, desk))
    parts = budget_pages(shown_lines(figures))
    here = address.to(min(address.page, len(parts)))
    shortened = cut_names([line.name for line in parts[here.page - 1]])
    known = _last_known(book, figures)
    return Chart(
        chart=BUDGET,
        snapshot=book.keep(figures),
        page=here.page,
        title=texts.budget_title(figures),
        caption=texts.budget_caption(figures, here.page, len(parts), shortened, known),
        options=(
            *next_page(here, len(parts)),
            *((Option(key=Address("keuangan", period=known).key, label=texts.until(known)),) if known else ()),
        ),
    )


def _runs(figures: BudgetFigures, desk: Desk) -> bool:
    return Period.parse(figures.period).end >= desk.today


def _no_budget(book: PictureBook, desk: Desk) -> str:
    if not book.budget_lines:
        return texts.NO_BUDGET
    return texts.NO_MONTH_YET if book.of is None else texts.nothing_in(book.of, desk.today)


def _last_known(book: PictureBook, figures: BudgetFigures) -> Period | None:
    """Where nothing of the month is reported, the newest one before it of which anything is."""
    return None if figures.total.reported else book.last_spending(Period.parse(figures.period))


def years(desk: Desk, address: Address) -> Outgoing:
    """This year against last, for those who see the office; a sentence where there is but one."""
    if not desk.sight.office:
        return Say(text=texts.NOT_YOURS)
    book = desk.pictures.at(address.period)
    comparison = book.comparison()
    if comparison is None:
        return Say(text=texts.one_year(book.years))
    parts = years_pages(comparison.sections)
    here = address.to(min(address.page, len(parts)))
    shortened = cut_names([pair.name for pair in parts[here.page - 1]], BESIDE_CHANGE_ROOM)
    return Chart(
        chart=YEARS,
        snapshot=book.keep(comparison),
        page=here.page,
        title=texts.years_title(comparison),
        caption=texts.years_caption(comparison, here.page, len(parts), shortened),
        options=(*next_page(here, len(parts)), Option(key=Address("daftar").key, label=texts.SECTIONS)),
    )
