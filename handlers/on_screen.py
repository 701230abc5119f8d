"""What is typed instead of tapped below a picture, a list of the menu or a notice: no question is open there."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from handlers.dialogue import typed_choice
from handlers.messages import Option, Press


def pressed(body: str, screens: Sequence[Mapping[str, Any]], *, is_asked: bool) -> Press | None:
    """The lasting button that a text names, of stored messages, the newest first; None for none.

    Where a question is open (`is_asked`), only a whole label is meant: the rest answers the question. A number is a
    place in the newest message alone, and never in a notice, whose reader may mean a figure.
    """
    for place, message in enumerate(screens):
        options = _lasting(message)
        by_number = place == 0 and message["kind"] != "notice"
        chosen = _whole(body, options) if is_asked else _meant(body, options, by_number=by_number)
        if chosen is not None:
            return Press(token=chosen.key, label=chosen.label)
    return None


def _lasting(message: Mapping[str, Any]) -> list[Option]:
    """The options of a message whose every option lasts; others belong to a question that is over."""
    options = [Option.model_validate(option) for option in message.get("options", ())]
    return options if all(option.key.startswith("!") for option in options) else []


def _whole(body: str, options: Sequence[Option]) -> Option | None:
    typed = " ".join(body.casefold().split()).strip(" .!")
    named = [option for option in options if option.label.casefold() == typed]
    return named[0] if len(named) == 1 else None


def _meant(body: str, options: Sequence[Option], *, by_number: bool) -> Option | None:
    """By label, number, beginning or typo, as the choices of a question are; two of the same label only by number."""
    places = [option.model_copy(update={"key": str(place)}) for place, option in enumerate(options)]
    labels = Counter(option.label.casefold() for option in options)
    chosen = typed_choice(body, places, by_number=by_number)
    found = next((options[int(place.key)] for place in places if place.key == chosen), None)
    is_doubtful = found is not None and labels[found.label.casefold()] > 1 and not any(sign.isdigit() for sign in body)
    return None if is_doubtful else found
