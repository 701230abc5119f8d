"""Pictures, files and links in the report conversation: for which indicator, and what is said of them."""

import re
from collections import Counter
from collections.abc import Sequence

from domain.evidence import EvidenceKind
from domain.links import without_links
from domain.openings import Item
from handlers.dialogue import BACK, LATER, Done, Next, Question, Retry, Said, Tap
from handlers.evidence.pieces import (
    Piece,
    Sent,
    album_of,
    brings,
    note_warning,
    pieces_of,
    refused,
    take,
    takes_links,
    to_warn,
    with_warning,
)
from handlers.messages import Choose, Document, MediaFailed, Option, Photo, Text
from handlers.report.sitting import Draft, Proof, Sitting, Step
from handlers.texts import evidence as words
from handlers.texts import general
from handlers.texts import report as texts
from handlers.texts.formats import fitted, indicator
from storage.desk import Desk
from storage.evidence import NewEvidence

Reply = Next[Step, Draft, Desk] | Retry | Done[Desk]

_NOBODY_ASKED = (Step.REVIEW, Step.WHICH, Step.REASON)
"""The steps at which no indicator is asked."""
_NUMBER = re.compile(r"no(?:mor)?\.? ?(\d{1,3})\b|(\d{1,3})(?:[.:)](?!\d)|$)", re.IGNORECASE)
"""`2`, `2. buku desa`, `nomor 2 buku desa`, but not `2 desa`."""
_ROOM = 700
"""Characters for the list from which a number is chosen."""


# --- what a sitting has and lacks ---------------------------------------------------------------------------------


def kinds_of(sitting: Sitting, item: Item, desk: Desk) -> Counter[EvidenceKind]:
    """What the figure of an item has: what was kept before, and what came in this sitting."""
    stored = desk.pieces_of(item.duty, item.period)
    return stored + Counter(proof.kind for proof in sitting.draft.proofs if proof.indicator == item.duty.id)


def lacking(sitting: Sitting, item: Item, desk: Desk) -> int:
    """How many pieces the figure of an item still lacks."""
    if not item.duty.demand.minimum:
        return 0
    return item.duty.demand.lacking([*kinds_of(sitting, item, desk).elements()])


def without_enough(sitting: Sitting, desk: Desk) -> list[int]:
    """The places of the items that have a figure, and less evidence than it demands."""
    return [at for at, item in enumerate(sitting.items) if _has_figure(sitting, item) and lacking(sitting, item, desk)]


def _has_figure(sitting: Sitting, item: Item) -> bool:
    entry = sitting.entry(item)
    return item.period in item.duty.values if entry is None else entry.value is not None


# --- what comes in ------------------------------------------------------------------------------------------------


def is_evidence(step: Step, said: Said) -> bool:
    """Whether a message is evidence: a picture, a file, or a text with a link where no reason is asked."""
    return brings(said) and not (step is Step.REASON and isinstance(said, Text))


def received(step: Step, sitting: Sitting, said: Photo | Document | Text, desk: Desk) -> Reply:
    """What came is noted for the indicator that is asked, or that is named beside it, or it is asked for which."""
    pieces = pieces_of(said)
    if not pieces:
        return Retry(words.BAD_LINK)
    at = _place(step, sitting, said)
    if at is None:
        return _loose(sitting, said, pieces, desk)
    return _noted(step, sitting, at, said, pieces, desk)


def _place(step: Step, sitting: Sitting, said: Photo | Document | Text) -> int | None:
    """The place of the item that is meant: that of the same album, of the number beside it, or the one asked."""
    album = album_of(said)
    of_album = (proof.indicator for proof in sitting.draft.proofs if album and proof.album == album)
    indicator_id = next(of_album, None)
    if indicator_id is not None:
        return next((at for at, item in enumerate(sitting.items) if item.duty.id == indicator_id), None)
    if step not in _NOBODY_ASKED:
        return sitting.draft.at
    return _numbered(said.body if isinstance(said, Text) else said.caption, sitting)


def _numbered(beside: str, sitting: Sitting) -> int | None:
    """The place of the item with whose number the words begin; links among them say nothing."""
    found = _NUMBER.match(without_links(beside))
    at = int(found[1] or found[2]) - 1 if found else -1
    return at if 0 <= at < len(sitting.items) else None


def _noted(
    step: Step, sitting: Sitting, at: int, said: Photo | Document | Text, pieces: Sequence[Piece], desk: Desk
) -> Reply:
    album = album_of(said)
    is_late = bool(album) and sitting.draft.intake.album == album
    filled, about = _given(sitting, at, pieces, desk)
    intake = filled.draft.intake
    if desk.evidence.file_follows(album):
        return Next(step, filled.draft, command=note_warning(intake), instead=True, quiet=True)
    answered = filled.with_draft(intake=intake.answered(album)).draft
    if is_late and not (intake.refused or intake.lines):
        return Next(step, answered, instead=True, quiet=True)
    is_asked = step is Step.VALUE and at == sitting.draft.at  # its name stands below, in the question
    note = intake.note("" if is_asked else about)
    return Next(_after(step, filled, desk), answered, note, note_warning(intake), instead=True)


def _given(sitting: Sitting, at: int, pieces: Sequence[Piece], desk: Desk) -> tuple[Sitting, str]:
    """The sitting with the pieces for one item, and how that is told."""
    item, draft = sitting.items[at], sitting.draft
    taken, intake = take(pieces, item.duty, item.period, _sent(sitting), draft.intake, desk)
    if to_warn(taken, desk):
        intake = with_warning(intake)
    proofs = (*draft.proofs, *(Proof.of(piece, item.duty.id) for piece in taken))
    return sitting.with_draft(proofs=proofs, intake=intake), words.about(item.duty.name)


def _sent(sitting: Sitting) -> list[Sent]:
    """What came in this sitting, with the figures for which it did."""
    items = {item.duty.id: item for item in sitting.items}
    known = ((proof, items.get(proof.indicator)) for proof in sitting.draft.proofs)
    return [Sent(proof, item.duty, item.period) for proof, item in known if item is not None]


def _after(step: Step, sitting: Sitting, desk: Desk) -> Step:
    """Evidence that was asked for on its own is done with once there is enough."""
    if step is Step.PROOF:
        return Step.PROOF if lacking(sitting, sitting.item, desk) else Step.REVIEW
    return Step.REVIEW if step in _NOBODY_ASKED and not sitting.draft.loose else step


def _loose(sitting: Sitting, said: Photo | Document | Text, pieces: Sequence[Piece], desk: Desk) -> Reply:
    """Nothing tells for which indicator it is: it waits, and that is asked."""
    if why := refused(pieces, desk):
        return Retry(words.left_out(len(pieces), why, alone=True))
    known = sitting.draft.loose
    new = [piece for piece in pieces if not any(piece.is_same(other) for other in known)]
    if len(known) + len(new) > desk.office.rules.evidence.most:
        return Retry(words.left_out(1, words.at_most(desk.office.rules.evidence.most), alone=True))
    album = album_of(said)
    is_late = bool(album) and sitting.draft.intake.album == album
    waiting = sitting.with_draft(loose=(*known, *new))
    if desk.evidence.file_follows(album):
        return Next(Step.WHICH, waiting.draft, instead=bool(known), quiet=True)
    answered = waiting.with_draft(intake=waiting.draft.intake.answered(album)).draft
    return Next(Step.WHICH, answered, instead=bool(known), quiet=is_late)


def failed(step: Step, sitting: Sitting, said: MediaFailed, desk: Desk) -> Reply:
    """A file that could not be taken is named and asked for again; what came with it stays, and is told with the last
    of it."""
    intake = sitting.draft.intake
    if desk.evidence.file_follows(said.album) or intake.is_told:
        return Retry(general.media_failed(said))
    answered = sitting.with_draft(intake=intake.answered(said.album)).draft
    return Next(step, answered, f"{intake.note('')}\n{general.media_failed(said)}", instead=True)


# --- asking for which, and for what is lacking --------------------------------------------------------------------


def ask_which(sitting: Sitting) -> Question:
    """For which number are the pieces that wait?"""
    names = [indicator(item.duty.name, 44) for item in sitting.items]
    kinds = Counter(piece.kind for piece in sitting.draft.loose)
    first, *lines = words.for_which_number(kinds, names).split("\n")
    text = "\n".join((first, fitted(lines, _ROOM)))
    options = (Option(key="none", label=words.FOR_NONE), Option(key=LATER, label=texts.LATER))
    return Choose(text=text, options=options, by_number=False)


def answer_which(sitting: Sitting, said: Said, desk: Desk) -> Reply:
    if said == Tap(key="none"):
        return Next(Step.REVIEW, sitting.with_draft(loose=()).draft, words.LEFT, instead=True)
    at = _numbered(said.body, sitting) if isinstance(said, Text) else None
    if at is None:
        return Retry(words.WHICH_NUMBER)
    filled, about = _given(sitting.with_draft(loose=()), at, sitting.draft.loose, desk)
    intake = filled.draft.intake
    draft = filled.with_draft(intake=intake.answered(intake.album), revisiting=False).draft
    return Next(Step.REVIEW, draft, intake.note(about), note_warning(intake), instead=True)


def ask_proof(sitting: Sitting, desk: Desk) -> Question:
    """Evidence for one item, which lacks some."""
    item = sitting.item
    number = kinds_of(sitting, item, desk).total()
    text = words.send_now(item.duty.name, number, lacking(sitting, item, desk), item.duty.demand)
    options = (Option(key="done", label=words.FINISHED), Option(key=BACK, label=texts.BACK))
    return Choose(text=text, options=options, by_number=False)


def answer_proof(sitting: Sitting, said: Said, desk: Desk) -> Reply:
    match said:
        case Tap(key="done"):
            return Next(Step.REVIEW, sitting.with_draft(revisiting=False).draft, instead=True)
        case _:
            return Retry(words.send_or_finish(links=takes_links(sitting.item.duty, desk)))


def add_what_lacks(sitting: Sitting, desk: Desk) -> Reply:
    """From the review page to the first indicator that lacks evidence."""
    lacks = without_enough(sitting, desk)
    if not lacks:
        return Retry(texts.PICK_A_NUMBER)
    return Next(Step.PROOF, sitting.with_draft(at=lacks[0], revisiting=True).draft)


# --- sending ------------------------------------------------------------------------------------------------------


def to_keep(sitting: Sitting) -> tuple[NewEvidence, ...]:
    """What is kept with the figures of a sitting."""
    periods = {item.duty.id: item.period for item in sitting.items}
    return tuple(
        proof.for_figure(proof.indicator, periods[proof.indicator])
        for proof in sitting.draft.proofs
        if proof.indicator in periods
    )
