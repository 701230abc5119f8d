""" "kantor": who was invited by two offices says for which one they write; it stays so until they say it again.

A button always belongs to the office of the message below which it stands, and chooses that office.
"""

from typing import Protocol

from handlers.messages import (
    BODY_LIMIT,
    BUTTON_LABEL,
    BUTTONS,
    ROW_LABEL,
    ROWS,
    TEXT_LIMIT,
    Chart,
    Choose,
    File,
    Form,
    Notice,
    Option,
    Outgoing,
    Say,
)
from handlers.texts import which_office as texts
from handlers.texts.formats import shortened
from storage.seats import Seat, SeatBook


class Seated(Protocol):
    """A desk of an office, or a kabupaten's hall: somebody who may have other seats."""

    @property
    def seats(self) -> SeatBook: ...


def has_choice(desk: Seated) -> bool:
    """Whether the person works for several offices."""
    return len(desk.seats.all()) > 1


def start(desk: Seated, words: str = "") -> Outgoing:
    """Ask for which office; a button of the question names it by its number."""
    seats = desk.seats.all()
    if words:
        return _choose(desk, next((seat for seat in seats if str(seat.conversation_id) == words), None))
    present = next((seat for seat in seats if seat.chosen), None)
    if present is None or len(seats) < 2:
        return Say(text=texts.only(", ".join(name_of(seat) for seat in seats)))
    longest = BUTTON_LABEL if len(seats) <= BUTTONS else ROW_LABEL
    options = tuple(
        Option(key=f"!kantor:{seat.conversation_id}", label=shortened(_label(seat), longest)) for seat in seats[:ROWS]
    )
    return Choose(text=texts.question(name_of(present)), options=options)


def _choose(desk: Seated, seat: Seat | None) -> Outgoing:
    if seat is None:
        return Say(text=texts.NOT_YOURS)
    if seat.chosen:
        return Say(text=texts.same(name_of(seat)))
    desk.seats.take(seat)
    if seat.office_id is None:
        return Say(text=texts.moved_to_kabupaten(name_of(seat)))
    options = (Option(key="!lapor", label=texts.REPORT_NOW), Option(key="!status", label=texts.LOOK_FIRST))
    return Choose(text=texts.moved(name_of(seat)), options=options)


def joined_another(desk: Seated) -> str:
    """What is added to the welcome of somebody who works for others, too; empty for all others."""
    seats = desk.seats.all()
    return f"\n{texts.joined_another([name_of(seat) for seat in seats])}" if len(seats) > 1 else ""


def name_of(seat: Seat) -> str:
    """`Kecamatan Kubutambahan`, `Kabupaten Wanasari`."""
    return texts.name(seat.office, seat.kabupaten)


def _label(seat: Seat) -> str:
    return seat.office or texts.of_kabupaten(seat.kabupaten)


def named(message: Outgoing, office: str) -> Outgoing:
    """A message that says first of which office it is; where it has no room it stays as it is.

    A notice says so in its template, too.
    """
    match message:
        case Notice():
            params = (f"{message.params[0]} ({office})", *message.params[1:]) if message.params else ()
            named = _headed(message, office, len(message.text), BODY_LIMIT)
            return named.model_copy(update={"params": params})
        case Say():
            return _headed(message, office, len(message.text), TEXT_LIMIT)
        case Choose():
            return _headed(message, office, len(message.text), BODY_LIMIT)
        case Chart() | File():
            return _headed(message, office, len(message.caption), BODY_LIMIT)
        case Form():
            fits = len(message.caption) + len(office) + 1 <= BODY_LIMIT
            return message.model_copy(update={"caption": f"{office}\n{message.caption}".rstrip()}) if fits else message


def _headed(message: Outgoing, office: str, length: int, limit: int) -> Outgoing:
    title = getattr(message, "title", "")
    heading = f"{office}\n{title}".rstrip()
    return message.model_copy(update={"title": heading}) if length + len(heading) + 1 <= limit else message
