"""Pieces of evidence on their way from a message to a figure: what is taken, what is not, and how that is told."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from domain.evidence import EvidenceKind, kind_of
from domain.fingerprints import alike
from domain.links import BadLink, find_links, host_of, without_links
from domain.openings import Duty
from domain.periods import Period
from handlers.messages import Document, MediaFailed, Photo, Text
from handlers.texts import evidence as texts
from storage.desk import Desk
from storage.evidence import NewEvidence

_NAME, _CAPTION = 200, 1000
"""Characters that are kept of a file's name and of what was written beside it."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Piece(_Frozen):
    """A picture, file or link that was sent; a link has an `address` and neither bytes nor size."""

    kind: EvidenceKind
    ref: str = ""
    size: int = 0
    shown: str = ""
    fingerprint: str = ""
    name: str = ""
    caption: str = ""
    mime: str = ""
    address: str = ""
    album: str = ""

    def is_same(self, other: "Piece") -> bool:
        """Whether it is the same file or link."""
        return (self.ref, self.address) == (other.ref, other.address)

    def for_figure(self, indicator_id: int, period: Period) -> NewEvidence:
        """The piece as it is kept."""
        return NewEvidence(
            indicator_id,
            period,
            self.ref,
            self.kind,
            self.size,
            self.name,
            self.caption,
            self.mime,
            self.shown,
            self.fingerprint,
            self.address,
            self.album,
        )


class Intake(_Frozen):
    """What came in and was not answered yet, for pieces that come together are answered together.

    `noted` counts what was taken, by kind; `refused` what was not, for the reason `why`; `lines` are what else is to be
    said. `album` is the one that was answered last: what comes of it later needs no answer.
    """

    noted: dict[EvidenceKind, int] = {}
    refused: int = 0
    why: str = ""
    lines: tuple[str, ...] = ()
    album: str = ""

    @property
    def is_told(self) -> bool:
        """Whether nothing of it waits for an answer."""
        return not (self.noted or self.refused or self.lines)

    def note(self, about: str) -> str:
        """What is answered: how many were taken for what, why others were not, and what to mind."""
        taken = texts.noted(self.noted, about) if self.noted else ""
        left_out = texts.left_out(self.refused, self.why, alone=not self.noted) if self.refused else ""
        return "\n".join(line for line in (taken, left_out, *texts.few_lines(self.lines)) if line)

    def answered(self, album: str | None) -> "Intake":
        """What is left once all of it was told."""
        return Intake(album=album or "")


def pieces_of(said: Photo | Document | Text) -> tuple[Piece, ...]:
    """What a message brings: a picture, a file, or the proper links of a text."""
    match said:
        case Photo():
            return (_file(said, EvidenceKind.PHOTO, "", ""),)
        case Document(name=name, mime=mime):
            return (_file(said, kind_of(mime), name, mime),)
        case Text(body=body):
            words = without_links(body)[:_CAPTION]
            proper = (link for link in find_links(body) if is_proper(link))
            return tuple(Piece(kind=EvidenceKind.LINK, address=link, caption=words) for link in proper)


def _file(said: Photo | Document, kind: EvidenceKind, name: str, mime: str) -> Piece:
    return Piece(
        kind=kind,
        ref=said.ref,
        size=said.size,
        shown=said.shown,
        fingerprint=said.fingerprint,
        name=name[:_NAME],
        caption=said.caption[:_CAPTION],
        mime=mime,
        album=said.album or "",
    )


def is_proper(link: str) -> bool:
    """Whether a link can be kept."""
    try:
        return bool(host_of(link))
    except BadLink:
        return False


def brings(said: object) -> bool:
    """Whether a message brings a picture, a file, or something that is meant as a link."""
    return isinstance(said, Photo | Document) or (isinstance(said, Text) and bool(find_links(said.body)))


def album_of(said: Photo | Document | Text | MediaFailed) -> str | None:
    return None if isinstance(said, Text) else said.album


def refused(pieces: Sequence[Piece], desk: Desk) -> str:
    """Why the office takes none of the pieces, be it for any figure; empty where it does."""
    whys = [_refused(piece.kind, desk) for piece in pieces]
    return whys[0] if whys and all(whys) else ""


def _refused(kind: EvidenceKind, desk: Desk) -> str:
    if desk.office.rules.evidence.takes(kind):
        return ""
    return texts.NO_LINKS if kind is EvidenceKind.LINK else texts.NO_RECORDINGS


def takes_links(duty: Duty, desk: Desk) -> bool:
    """Whether links are taken for an indicator."""
    return not _why_not(EvidenceKind.LINK, duty, desk)


def _why_not(kind: EvidenceKind, duty: Duty, desk: Desk) -> str:
    """Why a piece of that kind is not taken for an indicator; empty where it is."""
    if kind is EvidenceKind.LINK and not duty.demand.kind.takes(kind):
        return texts.demands_a_file(duty)
    return _refused(kind, desk)


@dataclass(frozen=True)
class Sent:
    """A piece that was sent in this sitting for a figure, which is told by its indicator's name and its period."""

    piece: Piece
    indicator: Duty
    period: Period


def take(
    pieces: Sequence[Piece], duty: Duty, period: Period, sent: Sequence[Sent], intake: Intake, desk: Desk
) -> tuple[tuple[Piece, ...], Intake]:
    """Those of the pieces that are taken for a figure, and what is to be told of them; `sent` is not kept yet.

    What the figure has already is counted once; of a kind that is not taken, and beyond the most for one figure,
    nothing is.
    """
    taken: list[Piece] = []
    stored = desk.evidence.of(duty.id, period)
    earlier = [one.piece for one in sent if (one.indicator.id, one.period) == (duty.id, period)]
    known = {(card.ref, card.address) for card in stored} | {(one.ref, one.address) for one in earlier}
    most = desk.office.rules.evidence.most
    for piece in pieces:
        if (piece.ref, piece.address) in known:
            intake = _left_out(intake, texts.KNOWN)
        elif why := _why_not(piece.kind, duty, desk):
            intake = _left_out(intake, why)
        elif len(known) >= most:
            intake = _left_out(intake, texts.at_most(most))
        else:
            taken.append(piece)
            known.add((piece.ref, piece.address))
            intake = _taken(intake, piece, _likeness(piece, duty, period, sent, desk))
    return tuple(taken), intake


def _left_out(intake: Intake, why: str) -> Intake:
    return intake.model_copy(update={"refused": intake.refused + 1, "why": why})


def _taken(intake: Intake, piece: Piece, likeness: tuple[str, ...]) -> Intake:
    counted = Counter(intake.noted)
    counted[piece.kind] += 1
    return intake.model_copy(update={"noted": dict(counted), "lines": (*intake.lines, *likeness)})


def _likeness(piece: Piece, duty: Duty, period: Period, sent: Sequence[Sent], desk: Desk) -> tuple[str, ...]:
    """One line where the same file, or a photo much like it, was sent for another figure."""
    if not piece.ref:
        return ()
    for other in sent:
        if (other.indicator.id, other.period) != (duty.id, period) and _is_like(piece, other.piece):
            same = other.piece.ref == piece.ref
            return (texts.alike(other.piece.kind, other.period, other.indicator.name, same=same),)
    found = desk.evidence.like(piece.ref, piece.fingerprint, duty.id, period)
    if found is None:
        return ()
    return (texts.alike(found.kind, found.period, found.indicator, same=found.ref == piece.ref),)


def _is_like(piece: Piece, other: Piece) -> bool:
    return piece.ref == other.ref or alike(piece.fingerprint, other.fingerprint)


def to_warn(pieces: Sequence[Piece], desk: Desk) -> bool:
    """Whether there is a picture or file among the pieces, and the person was never told what must not be on it."""
    return any(piece.kind is not EvidenceKind.LINK for piece in pieces) and not desk.evidence.was_warned()


def with_warning(intake: Intake) -> Intake:
    """The same, warned against what is not to be sent."""
    return intake.model_copy(update={"lines": (texts.PRIVACY, *intake.lines)})


def note_warning(intake: Intake) -> Callable[[Desk], None] | None:
    """What notes that the warning among the lines was told, so that it is told once; None where there is none."""
    return (lambda desk: desk.evidence.warn()) if texts.PRIVACY in intake.lines else None
