"""Outgoing messages as WhatsApp's words, reply buttons and lists. Pure: nothing is sent here."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from pywa.types.callback import Button, Section, SectionList, SectionRow

from bot.channels.whatsapp.marks import bold, plain
from domain.shown import shown
from handlers.messages import BODY_LIMIT, BUTTON_LABEL, BUTTONS, TEXT_LIMIT, Chart, File, Form, Option

OPEN_LIST = "Pilih"
"""What stands on the button that opens a list."""
UNNAMED = "?"
"""What stands on a button whose words are none that can be shown."""
LIST_HEADING = "Pilihan"
BELOW_PICTURE = "Silakan pilih untuk melanjutkan."
"""The body of the list that follows a picture or file, whose caption has said everything; or below it where it has
buttons and no caption."""
_MIMES = {
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xls": "application/vnd.ms-excel",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".doc": "application/msword",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
_OTHER_MIME = "text/plain"
"""Any other file, a .csv too: Meta refuses kinds outside its list, and phones go by the name."""


@dataclass(frozen=True)
class Asked:
    """Words with what can be tapped below them; `taps` is None for words alone."""

    body: str
    taps: list[Button] | SectionList | None


@dataclass(frozen=True)
class Below:
    """What stands below a picture or file; `buttons` is None for words alone."""

    body: str
    buttons: list[Button] | None


def said(text: str, title: str = "") -> str:
    """A plain message: the title in bold on its own line."""
    return _joined(bold(title), text, TEXT_LIMIT)


def asked(text: str, title: str = "", options: Sequence[Option] = ()) -> Asked:
    """Words above buttons or a list. A list shows hints itself; above buttons each gets a line, if there is room."""
    body = _joined(bold(title), text, BODY_LIMIT)
    if not options:
        return Asked(body, None)
    hinted = "\n".join([body, *(plain(f"• {one.label}: {one.hint}") for one in options if one.hint)])
    if not fits_buttons(options) or len(hinted) > BODY_LIMIT:
        return Asked(body, as_list(options))
    return Asked(hinted, as_buttons(options))


def below_enclosure(message: Chart | File | Form) -> Below:
    """The words below a picture or file, at most three buttons with them."""
    if isinstance(message, Form):
        return Below(asked(message.caption).body, None)
    words = asked(message.caption, message.title).body
    buttons = as_buttons(message.options) or None
    return Below(words or BELOW_PICTURE if buttons else words, buttons)


def fits_buttons(options: Sequence[Option]) -> bool:
    """Whether reply buttons can show them: three at most, short, and no two alike."""
    labels = [option.label for option in options]
    return (
        len(labels) <= BUTTONS
        and len(set(labels)) == len(labels)
        and all(len(label) <= BUTTON_LABEL for label in labels)
    )


def as_buttons(options: Sequence[Option]) -> list[Button]:
    """At most three reply buttons."""
    return [Button(title=_label(option), callback_data=token(option)) for option in options]


def as_list(options: Sequence[Option]) -> SectionList:
    """A list of up to ten rows behind one button."""
    rows = [
        SectionRow(title=_label(option), callback_data=token(option), description=shown(option.hint) or None)
        for option in options
    ]
    return SectionList(button_title=OPEN_LIST, sections=[Section(title=LIST_HEADING, rows=rows)])


def _label(option: Option) -> str:
    return shown(option.label) or UNNAMED


def token(option: Option) -> str:
    """What WhatsApp sends back when the option is tapped."""
    return option.token or option.key


def mime(name: str) -> str:
    """The kind of a file among those that Meta takes, by its ending."""
    return _MIMES.get(PurePath(name).suffix.lower(), _OTHER_MIME)


def _joined(title: str, text: str, limit: int) -> str:
    """Title and words on lines of their own; the title goes without its two marks where they are too much."""
    parts = [part for part in (title, plain(text)) if part]
    whole = "\n".join(parts)
    return whole if len(whole) <= limit else "\n".join([title.strip("*"), *parts[1:]])
