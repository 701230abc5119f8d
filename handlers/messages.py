"""What people send and what the assistant sends back, the same for every channel.

Everything here is frozen and goes through JSON: incoming messages wait in the inbox, outgoing ones in the outbox.
The limits of the narrowest channel (design.md 4) are part of the types: a label that does not fit raises when the
message is built, so it fails in a test and never on a phone.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

TEXT_LIMIT = 4096
"""Characters of a plain message: Telegram and WhatsApp alike."""
BODY_LIMIT = 1024
"""Characters above buttons: WhatsApp's interactive body; also the caption limit of both channels."""
BUTTONS = 3
"""Reply buttons in one WhatsApp message; more options become a list."""
BUTTON_LABEL = 20
"""Characters of a WhatsApp reply button."""
ROWS = 10
"""Rows of a WhatsApp list."""
ROW_LABEL = 24
"""Characters of the title of a list row."""
ROW_HINT = 72
"""Characters of the description of a list row."""
HIDDEN = "••••••••••"
"""What stands where a secret stood."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


# --- what people send -------------------------------------------------------------------------------------------


class Text(_Frozen):
    """Words typed. A command is text too: `/lapor` and `lapor` are the same."""

    kind: Literal["text"] = "text"
    body: str


class Press(_Frozen):
    """A button pressed, by the token it was sent with; which question it answers is for the dialogue to tell.

    `label` is what stood on it, where the channel tells: for showing the chat again, never for deciding.
    """

    kind: Literal["press"] = "press"
    token: str
    label: str = ""


class Photo(_Frozen):
    """A picture in our own store; `ref` is its content hash, never a provider's id.

    `shown` is the hash of a copy without what the camera wrote about the place; `fingerprint` is what pictures that
    look alike have in common.
    """

    kind: Literal["photo"] = "photo"
    ref: str
    size: int
    shown: str = ""
    fingerprint: str = ""
    caption: str = ""
    album: str | None = None


class Document(_Frozen):
    """A file in our own store, a voice or video note among them; `ref` is its content hash, `mime` what its content is.

    A picture that was sent as a file has `shown` and `fingerprint` like a Photo.
    """

    kind: Literal["document"] = "document"
    ref: str
    size: int
    shown: str = ""
    fingerprint: str = ""
    name: str = ""
    mime: str = ""
    caption: str = ""
    album: str | None = None


class Contact(_Frozen):
    """A phone number shared from the address book; `own` says that it is the sender's, as the channel vouches."""

    kind: Literal["contact"] = "contact"
    phone: str
    own: bool


class Edited(_Frozen):
    """An earlier message of the person, with its words changed afterwards. `of` is its external id."""

    kind: Literal["edited"] = "edited"
    of: str
    body: str


FailReason = Literal["too_large", "gone", "unavailable", "unknown_kind", "broken", "too_many_dots"]


class MediaFailed(_Frozen):
    """A picture or file that could not be taken: too large, gone, or the channel did not answer; of a kind that is not
    taken, broken, or a picture of too many dots. `name` is what it was called, `album` the one it came in, and `place`
    which of that it was, from 1; 0 where it came alone."""

    kind: Literal["media_failed"] = "media_failed"
    reason: FailReason
    name: str = ""
    album: str | None = None
    place: int = 0


class Unknown(_Frozen):
    """Anything we have no use for: a sticker, a place, a poll. `what` is the channel's word for it."""

    kind: Literal["unknown"] = "unknown"
    what: str


class Worked(_Frozen):
    """What slow work led to, said by the program itself to the conversation that asked for it; no channel brings it.

    `job` is the kind of work, `result` what that kind says.
    """

    kind: Literal["worked"] = "worked"
    job: str
    result: dict[str, Any]


GroupNews = Literal["added", "removed", "moved", "named", "asked", "command", "code"]


class FromGroup(_Frozen):
    """Something that happened in a group to which the assistant was added; what people chat about there is never kept.

    `news`: it was `added` or `removed`, the group `moved` to another address (`word`) or was `named`; somebody `asked`
    to link it, gave another `command` to us, or showed what looks like an invitation's code (`word`). `by` is the
    address at which who did it writes in private, empty where that is not told; `title` is the group's, where told.
    """

    kind: Literal["from_group"] = "from_group"
    news: GroupNews
    by: str = ""
    title: str = ""
    word: str = ""


Incoming = Annotated[
    Text | Press | Photo | Document | Contact | Edited | MediaFailed | Unknown | Worked | FromGroup,
    Field(discriminator="kind"),
]
incoming_json: TypeAdapter[Incoming] = TypeAdapter(Incoming)


# --- what the assistant sends -----------------------------------------------------------------------------------


class Option(_Frozen):
    """One choice: `key` is what the conversation receives, `label` what people tap or type, `hint` a second line.

    A key that begins with `!` is a word of the menu (`!lapor`) and works for ever, whatever question is open;
    any other key belongs to the question it is sent with.
    """

    key: str
    label: str
    hint: str = ""
    token: str = ""
    """What the channel sends back when the option is tapped; set by the dialogue engine when it asks."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if not 1 <= len(self.label) <= ROW_LABEL:
            raise ValueError(f"label {self.label!r} is {len(self.label)} characters long, not 1 to {ROW_LABEL}")
        if len(self.hint) > ROW_HINT:
            raise ValueError(f"hint {self.hint!r} is longer than {ROW_HINT} characters")
        if len(self.token.encode()) > 64:
            raise ValueError(f"token {self.token!r} is longer than Telegram's 64 bytes")
        return self


def _check_options(options: tuple[Option, ...]) -> None:
    if len(options) > ROWS:
        raise ValueError(f"{len(options)} options do not fit the {ROWS} rows of a list: page them")
    if len(options) <= BUTTONS:
        for option in options:
            if len(option.label) > BUTTON_LABEL:
                raise ValueError(f"button {option.label!r} is longer than {BUTTON_LABEL} characters")
    if len({option.key for option in options}) != len(options):
        raise ValueError("two options share a key")


def _check_caption(caption: str, title: str = "") -> None:
    """A caption, and a title that is set above it in a line of its own."""
    if len(caption) + len(title) + 1 > BODY_LIMIT:
        raise ValueError(f"a caption has at most {BODY_LIMIT} characters, not {len(caption)}")


class Say(_Frozen):
    """Words only. `title` is a first line set off from the rest (bold where the channel can).

    `number_button` is the label of a button by which people share their own phone number, on channels that do not know
    it by themselves; the others show none.
    """

    kind: Literal["say"] = "say"
    text: str
    title: str = ""
    number_button: str = ""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if len(self.number_button) > ROW_LABEL:
            raise ValueError(f"button {self.number_button!r} is longer than {ROW_LABEL} characters")
        if not 1 <= len(self.text) + len(self.title) + 1 <= TEXT_LIMIT:
            raise ValueError(f"a message has 1 to {TEXT_LIMIT} characters, not {len(self.text)}")
        return self


class Choose(_Frozen):
    """Words with choices: up to 3 buttons, or 4 to 10 rows of a list. Every choice can be typed as well."""

    kind: Literal["choose"] = "choose"
    text: str
    options: tuple[Option, ...]
    title: str = ""
    by_number: bool = True
    """Whether a typed number picks the option at that place; False where the question itself asks for a number."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _check_options(self.options)
        if not 1 <= len(self.text) + len(self.title) + 1 <= BODY_LIMIT:
            raise ValueError(f"a question has 1 to {BODY_LIMIT} characters, not {len(self.text)}")
        return self


class Chart(_Frozen):
    """A picture, drawn at delivery from snapshot `snapshot`; the caption carries its main numbers in words.

    `page` counts from 1, for a picture of several pages."""

    kind: Literal["chart"] = "chart"
    chart: str
    snapshot: int
    caption: str
    page: int = 1
    title: str = ""
    options: tuple[Option, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _check_options(self.options)
        _check_caption(self.caption, self.title)
        return self


class Scan(_Frozen):
    """A QR code with what stands above it."""

    label: str
    text: str


class File(_Frozen):
    """A file from our own store (`ref` is its content hash), sent as a document, or as a picture where it is one.

    With `scans` it is a picture of QR codes, made at delivery, and has no `ref`. `secret` is a word in it that is not
    kept once it was sent.
    """

    kind: Literal["file"] = "file"
    ref: str
    name: str
    caption: str = ""
    is_picture: bool = False
    title: str = ""
    options: tuple[Option, ...] = ()
    scans: tuple[Scan, ...] = ()
    secret: str = ""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _check_options(self.options)
        _check_caption(self.caption, self.title)
        return self


class Form(_Frozen):
    """An official form, made at delivery from snapshot `snapshot` as a file with that ending and sent as a document."""

    kind: Literal["form"] = "form"
    form: str
    snapshot: int
    ending: str
    name: str
    caption: str = ""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _check_caption(self.caption)
        return self


class Notice(_Frozen):
    """Words the assistant says unasked (a reminder, a returned report). `name` and `params` are for channels that
    demand an approved template outside their window; `text` and `options` are shown everywhere else."""

    kind: Literal["notice"] = "notice"
    name: str
    params: tuple[str, ...]
    text: str
    title: str = ""
    options: tuple[Option, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _check_options(self.options)
        if not 1 <= len(self.text) + len(self.title) + 1 <= BODY_LIMIT:
            raise ValueError(f"a notice has 1 to {BODY_LIMIT} characters, not {len(self.text)}")
        return self


def without_secret(message: Mapping[str, Any]) -> dict[str, Any] | None:
    """A stored message as it is kept once it was sent; None for one that holds no secret."""
    secret = message.get("secret")
    if not secret:
        return None
    return {**json.loads(json.dumps(message).replace(secret, HIDDEN)), "secret": ""}


Outgoing = Annotated[Say | Choose | Chart | File | Form | Notice, Field(discriminator="kind")]
outgoing_json: TypeAdapter[Outgoing] = TypeAdapter(Outgoing)
