"""Where every message of somebody arrives who looks after a kabupaten: a handful of words, and a workbook."""

import re

from handlers import on_screen, which_office
from handlers.dialogue import Begin, State, Turn, begin, left, resolve_word, take_turn, typed_choice
from handlers.kabupaten import adding, standing
from handlers.kabupaten.adding import ADD_OFFICE
from handlers.messages import Document, Incoming, MediaFailed, Option, Outgoing, Photo, Press, Say, Text, Worked
from handlers.texts import general
from handlers.texts import kabupaten as texts
from handlers.words import is_thanks
from storage.invite_codes import ALPHABET, CODE_LENGTH
from storage.kabupaten import Hall

_CODE = re.compile(rf"(?:/?START)?([{ALPHABET}]{{{CODE_LENGTH}}})")
WORDS = {
    "peringkat": "peringkat",
    "ranking": "peringkat",
    "urutan": "peringkat",
    "status": "peringkat",
    "belum": "belum",
    "siapa yang belum": "belum",
    "belum lapor": "belum",
    "tambah": "tambah",
    "tambah kantor": "tambah",
    "tambah kecamatan": "tambah",
    "kantor": "kantor",
    "ganti kantor": "kantor",
    "bantuan": "bantuan",
    "help": "bantuan",
    "menu": "bantuan",
    "?": "bantuan",
    "start": "start",
    "mulai": "start",
    "halo": "start",
    "hai": "start",
}
"""What may be typed, with or without a slash, and which word it means."""


def receive(said: Incoming, state: State, hall: Hall) -> Turn:
    """Answer one message, or what slow work of theirs led to."""
    if isinstance(said, Worked):
        return _worked(said, state, hall)
    if isinstance(said, Document):
        return Turn(left(state) if state.active else state, adding.sent(hall, said))
    word, rest = _meant(said)
    if not word and isinstance(said, Text):
        tapped = on_screen.pressed(said.body, hall.on_screen, is_asked=bool(state.active))
        word, rest = ("", "") if tapped is None else _meant(tapped)
    if word:
        return _started(word, rest, left(state) if state.active else state, hall)
    if state.active and state.dialogue == ADD_OFFICE.name:
        return take_turn(ADD_OFFICE, state, said, hall)
    return Turn(state, _other(said, hall))


def _meant(said: Incoming) -> tuple[str, str]:
    """The word that a message means and what a button says behind it; empty for none."""
    match said:
        case Press(token=token) if token.startswith("!"):
            word, _, rest = token[1:].partition(":")
            return (word, rest) if word in WORDS.values() else ("", "")
        case Text(body=body):
            plain = " ".join(body.casefold().strip().lstrip("/").split()).rstrip(" .!")
            return WORDS.get(plain, "") or _misspelt(plain), ""
        case _:
            return "", ""


def _misspelt(plain: str) -> str:
    """A single word with a slip of the pen."""
    if " " in plain or not plain:
        return ""
    options = [Option(key=word, label=spelling) for spelling, word in WORDS.items() if len(spelling) > 1]
    by_spelling = {option.label: option.key for option in options}
    chosen = typed_choice(plain, [Option(key=label, label=label) for label in by_spelling], by_number=False)
    return by_spelling.get(chosen or "", "")


def _started(word: str, rest: str, state: State, hall: Hall) -> Turn:
    match word:
        case "peringkat":
            standing.begin(hall, standing.RANKING)
            return Turn(state, None)
        case "belum":
            standing.begin(hall, f"{standing.MISSING}:{rest}" if rest else standing.MISSING)
            return Turn(state, None)
        case "tambah":
            return Turn(state, Say(text=texts.HOW_TO_ADD))
        case "kantor":
            return Turn(state, which_office.start(hall, rest))
        case "start":
            return Turn(state, Say(text=texts.welcome_back(hall.kabupaten)))
        case _:
            more = texts.CHANGE_OFFICE if which_office.has_choice(hall) else ""
            return Turn(state, Say(text=texts.HELP + more))


def _worked(said: Worked, state: State, hall: Hall) -> Turn:
    if said.job == standing.STANDINGS:
        return Turn(state, standing.told(hall, said.result))
    start = adding.read(hall, said.result)
    return begin(state, start, hall) if isinstance(start, Begin) else Turn(state, start)


def _other(said: Incoming, hall: Hall) -> Outgoing:
    match said:
        case Photo():
            return Say(text=texts.NO_WORKBOOK)
        case MediaFailed():
            return Say(text=general.media_failed(said))
        case Press():
            return Say(text=texts.OLD_BUTTON)
        case Text(body=body) if is_thanks(body):
            return Say(text=texts.YOU_ARE_WELCOME)
        case Text(body=body) if _CODE.fullmatch(re.sub(r"[\s-]", "", body.upper())):
            return Say(text=texts.ALREADY_JOINED)
        case Text(body=body) if resolve_word(body) is not None:
            return Say(text=texts.NOT_ADDED)
        case _:
            return Say(text=texts.NOT_UNDERSTOOD)
