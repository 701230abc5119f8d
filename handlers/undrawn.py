"""What is said in place of a picture or a file that could not be made in time."""

from handlers.messages import BODY_LIMIT, Chart, Choose, Form, Outgoing, Say
from handlers.texts import downloads as texts
from handlers.texts.formats import shortened


def instead_of(message: Outgoing) -> Outgoing:
    """The words of a picture, which carry its main numbers, with its buttons; of a form how to ask for it again."""
    match message:
        case Chart(caption=caption, title=title, options=options):
            room = BODY_LIMIT - len(title) - len(texts.NO_PICTURE) - 2
            text = f"{shortened(caption, room)}\n{texts.NO_PICTURE}"
            return (
                Choose(text=text, title=title, options=options, by_number=False)
                if options
                else Say(text=text, title=title)
            )
        case Form(name=name):
            return Say(text=texts.no_file(name))
        case _:
            return message
