"""Lists of pictures, at most ten rows at a time, and the buttons that turn pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.messages import BUTTON_LABEL, BUTTONS, ROW_HINT, ROW_LABEL, ROWS, Option
from handlers.pictures.address import Address
from handlers.texts import pictures as texts
from handlers.texts.formats import shortened


@dataclass(frozen=True)
class Row:
    """A picture in a list: where it is, its name and its numbers in words."""

    address: Address
    name: str
    numbers: str = ""

    def option(self, limit: int) -> Option:
        """As a row of at most `limit` characters; a name that is cut stands in full in its second line."""
        label = shortened(self.name, limit)
        whole = " · ".join(part for part in (self.name if label != self.name else "", self.numbers) if part)
        return Option(key=self.address.key, label=label, hint=shortened(whole, ROW_HINT))


def listed(rows: Sequence[Row], onward: Address | None = None) -> tuple[Option, ...]:
    """A page of a list; the last row of a longer one leads on. `onward` is the list itself, at the page to be shown."""
    if len(rows) <= ROWS or onward is None:
        return _labelled(rows[:ROWS])
    room, pages = ROWS - 1, -(-len(rows) // (ROWS - 1))
    page = (onward.page - 1) % pages + 1
    shown, following = rows[(page - 1) * room : page * room], page % pages + 1
    return _labelled([*shown, Row(onward.to(following), texts.MORE if following > 1 else texts.FIRST)])


def _labelled(rows: Sequence[Row]) -> tuple[Option, ...]:
    """Three and fewer are buttons, whose labels are shorter."""
    limit = ROW_LABEL if len(rows) > BUTTONS else BUTTON_LABEL
    return tuple(row.option(limit) for row in rows)


def next_page(address: Address, pages: int) -> tuple[Option, ...]:
    """The button to the next page of a picture, after the last to the first one."""
    following = address.page % pages + 1
    return (Option(key=address.to(following).key, label=texts.page(following)),) if pages > 1 else ()
