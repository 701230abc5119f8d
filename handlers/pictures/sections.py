"""The picture of a section, and the list of sections."""

from collections.abc import Sequence

from domain.roles import section_names
from handlers.messages import Chart, Choose, Option, Outgoing, Say
from handlers.picture_names import cut_names
from handlers.picture_pages import section_pages
from handlers.pictures.address import Address
from handlers.pictures.lists import Row, listed, next_page
from handlers.texts import pictures as texts
from storage.desk import Desk
from storage.picture_book import SECTION


def visible_sections(desk: Desk) -> tuple[str, ...]:
    """Those that the person may see and that have anything to report."""
    return tuple(name for name in desk.pictures.sections if name in desk.sight.sections)


def first_post(desk: Desk, section: str) -> int:
    """By what a button tells a section: a name may be longer than a button carries."""
    names = section_names(desk.organisation.posts.values())
    return next(post_id for post_id, name in names.items() if name == section)


def section_of(desk: Desk, post_id: int) -> str:
    """The name of the section in which a post stands; empty for no post of the office."""
    return section_names(desk.organisation.posts.values()).get(post_id, "")


def section_list(desk: Desk, address: Address) -> Outgoing:
    """The list of sections that the person may see; the picture itself where there is but one."""
    seen = visible_sections(desk)
    if not seen:
        return Say(text=texts.NONE_YET if desk.sight.office else texts.NOT_YOURS)
    if len(seen) == 1:
        return section(desk, seen[0], Address("seksi", period=address.period))
    options = listed(section_rows(desk, seen, address), address)
    return Choose(text=texts.WHICH_SECTION, options=options, by_number=False)


def section_rows(desk: Desk, names: Sequence[str], address: Address) -> tuple[Row, ...]:
    """The sections as rows of a list, of the same period."""
    book = desk.pictures.at(address.period)
    return tuple(
        Row(
            Address("seksi", first_post(desk, name), period=address.period),
            name,
            texts.section_hint(book.section(name)),
        )
        for name in names
    )


def section(desk: Desk, name: str, address: Address) -> Outgoing:
    """The picture of a section, for those who may see it."""
    if name not in desk.sight.sections:
        return Say(text=texts.NOT_YOURS if name else texts.GONE)
    book = desk.pictures.at(address.period)
    if name not in book.sections:
        return Say(text=texts.GONE)
    detail = book.section(name)
    if detail is None:
        return Say(text=texts.not_yet(name) if address.period is None else texts.nothing_in(address.period, desk.today))
    parts = section_pages(detail.indicators)
    page = min(address.page, len(parts))
    here = Address("seksi", first_post(desk, name), page, address.period)
    shortened = cut_names([one.name for one in parts[page - 1]])
    return Chart(
        chart=SECTION,
        snapshot=book.keep(detail),
        page=page,
        title=texts.section_title(detail),
        caption=texts.section_caption(detail, page, len(parts), shortened),
        options=_beside(desk, here, len(parts)),
    )


def _beside(desk: Desk, here: Address, pages: int) -> tuple[Option, ...]:
    """The next page, the indicators of the section, and the other sections."""
    indicators = Address("pilih", here.which, period=here.period)
    others = Option(key=Address("daftar", period=here.period).key, label=texts.OTHER_SECTION)
    return (
        *next_page(here, pages),
        Option(key=indicators.key, label=texts.CHOOSE_INDICATOR),
        *((others,) if len(visible_sections(desk)) > 1 else ()),
    )
