"""The picture of one indicator, and the lists of indicators."""

from collections.abc import Sequence

from domain.openings import Duty
from domain.roles import section_names
from handlers import notes
from handlers.messages import Chart, Choose, Option, Outgoing, Say
from handlers.pictures.address import Address
from handlers.pictures.lists import Row, listed
from handlers.pictures.sections import first_post, section_of
from handlers.texts import pictures as texts
from handlers.texts.formats import indicator as named
from storage.desk import Desk
from storage.picture_book import INDICATOR

OWN = 0
"""Stands for a section where the list is that of the person's own indicators."""
_NAME = 200


def visible_indicators(desk: Desk, address: Address) -> tuple[Duty, ...]:
    """Those of the year that is looked at which the person may see."""
    shown = desk.pictures.at(address.period).shown_duties
    return tuple(duty for duty in shown if duty.post_id in desk.sight.posts)


def indicator_list(desk: Desk, address: Address) -> Outgoing:
    """The indicators of the section in which a post stands, or all that the person may see."""
    name = section_of(desk, address.which)
    if address.which != OWN and name not in desk.sight.sections:
        return Say(text=texts.NOT_YOURS if name else texts.GONE)
    seen = visible_indicators(desk, address)
    found = seen if address.which == OWN else tuple(duty for duty in seen if section_of(desk, duty.post_id) == name)
    if not found:
        return Say(text=texts.NONE_YET)
    if len(found) == 1:
        return indicator(desk, Address("indikator", found[0].id, period=address.period))
    options = listed(indicator_rows(found, address), Address("pilih", address.which, address.page, address.period))
    return Choose(text=texts.WHICH_INDICATOR, options=options, by_number=False)


def indicator_rows(duties: Sequence[Duty], address: Address) -> tuple[Row, ...]:
    """Indicators as rows of a list, of the same period."""
    return tuple(Row(Address("indikator", duty.id, period=address.period), named(duty.name, _NAME)) for duty in duties)


def indicator(desk: Desk, address: Address) -> Outgoing:
    """The picture of an indicator, for those who may see it."""
    book = desk.pictures.at(address.period)
    duty = next((one for one in book.duties if one.id == address.which), None)
    if duty is None:
        return Say(text=texts.GONE)
    if duty.post_id not in desk.sight.posts:
        return Say(text=texts.NOT_YOURS)
    year = book.indicator(duty)
    return Chart(
        chart=INDICATOR,
        snapshot=book.keep(year),
        title=texts.indicator_title(year),
        caption=texts.indicator_caption(year),
        options=(*notes.offered(desk, duty), *_others(desk, duty, address)),
    )


def _others(desk: Desk, duty: Duty, address: Address) -> tuple[Option, ...]:
    """Others of its section, or of one's own."""
    name = section_names(desk.organisation.posts.values())[duty.post_id]
    if name in desk.sight.sections:
        post = first_post(desk, name)
        return (
            Option(key=Address("pilih", post, period=address.period).key, label=texts.OTHER_INDICATOR),
            Option(key=Address("seksi", post, period=address.period).key, label=texts.SECTIONS),
        )
    if len(visible_indicators(desk, address)) == 1:
        return ()
    return (Option(key=Address("pilih", OWN, period=address.period).key, label=texts.OTHER_INDICATOR),)
