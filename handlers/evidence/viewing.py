"""Looking at what was sent for a figure, one piece a message; who looked is recorded. Its buttons last.

`!bukti:<indicator>:<period>` shows the first piece, `...:3` the third, `...:hapus:<piece>` asks whether it is to be
taken back and `...:hapus:<piece>:ya` does it.
"""

from collections.abc import Sequence
from pathlib import PurePath

from domain.evidence import EvidenceKind
from domain.locks import LockedBy
from domain.office import Owed
from domain.openings import Duty
from domain.periods import Period
from domain.zones import local
from handlers.by_name import find_indicators
from handlers.evidence.figures import Numbers
from handlers.messages import BUTTON_LABEL, BUTTONS, ROW_LABEL, ROWS, Choose, File, Option, Outgoing, Say
from handlers.texts import evidence as texts
from handlers.texts.formats import indicator, period, shortened
from handlers.texts.formats import person as addressed
from storage.desk import Desk
from storage.evidence import EvidenceCard

_LONGEST_NAME = 60


def show(duty: Duty, which: Period, at: int, desk: Desk) -> Outgoing:
    """One piece of a figure by its place, from 1; what is not theirs to see is refused."""
    if not desk.evidence.may_see(duty.id):
        return Say(text=texts.NOT_YOURS)
    cards = desk.evidence.of(duty.id, which)
    if not cards:
        cleared = desk.evidence.was_cleared(duty.id, which)
        return Say(text=(texts.cleared_away if cleared else texts.none_yet)(duty.name, which))
    at = min(max(at, 1), len(cards))
    card = cards[at - 1]
    desk.evidence.open(card)
    return _shown(card, at, len(cards), duty, desk)


def _shown(card: EvidenceCard, at: int, number: int, duty: Duty, desk: Desk) -> Outgoing:
    title = texts.figure_title(duty.name, card.period)
    line = texts.place(at, number, _sender(card, desk), local(card.at, desk.office.zone), _late(card, duty, desk))
    options = _options(card, at, number, desk)
    go_on = "" if options or _is_asked(desk) else texts.TYPE_TO_SEE
    if card.kind is EvidenceKind.LINK:
        text = texts.link(line, card.address, card.caption, go_on)
        return (
            Choose(title=title, text=text, options=options, by_number=False) if options else Say(title=title, text=text)
        )
    return File(
        ref=card.shown or card.ref,
        name=_file_name(card, at),
        caption=texts.caption(line, card.caption, _twin(card, desk), go_on),
        is_picture=bool(card.shown),
        title=title,
        options=options,
    )


def _is_asked(desk: Desk) -> bool:
    """Whether a question is open: then it is told how to go on with that."""
    return bool((desk.conversation_state or {}).get("active"))


def _sender(card: EvidenceCard, desk: Desk) -> str:
    person = desk.people.get(card.person_id)
    return "" if person is None else addressed(person.name, person.salutation)


def _late(card: EvidenceCard, duty: Duty, desk: Desk) -> bool:
    """Whether it came when the period took no more reports: evidence may, but whoever looks at it is to know. On the
    day on which somebody locked it by hand it may have come before that."""
    came = local(card.at, desk.office.zone).date()
    lock = desk.organisation.lock(Owed(duty.post_id, card.period), came)
    return lock is not None and (lock.since < came or lock.by is LockedBy.RULE)


def _file_name(card: EvidenceCard, at: int) -> str:
    """What the file is called where it is saved: as it came, but a picture as what is shown of it."""
    if card.shown:
        return f"bukti-{at}.jpg"
    name = PurePath(card.name)
    return f"{shortened(name.stem, _LONGEST_NAME)}{name.suffix}" if name.stem else f"bukti-{at}"


def _twin(card: EvidenceCard, desk: Desk) -> str:
    """Where the same file, or a photo much like it, was sent before."""
    found = desk.evidence.like(card.ref, card.fingerprint, card.indicator_id, card.period, before=card.id)
    if found is None:
        return ""
    return texts.alike(found.kind, found.period, found.indicator, same=found.ref == card.ref)


def _options(card: EvidenceCard, at: int, number: int, desk: Desk) -> tuple[Option, ...]:
    about = address(card.indicator_id, card.period)
    options: list[Option] = []
    if at < number:
        options.append(Option(key=f"{about}:{at + 1}", label=texts.NEXT))
    if desk.evidence.may_remove(card):
        options.append(Option(key=f"{about}:hapus:{card.id}", label=texts.REMOVE))
    if any(duty.id == card.indicator_id for duty in desk.duties):
        options.append(Option(key=f"{about}:tambah", label=texts.ADD))
    return tuple(options)


def address(indicator_id: int, which: Period) -> str:
    """The button that opens what was sent for a figure."""
    return f"!bukti:{indicator_id}:{which.code}"


# --- taking back ----------------------------------------------------------------------------------------------------


def ask_remove(duty: Duty, which: Period, evidence_id: int, desk: Desk) -> Outgoing:
    """Whether a piece is really to be taken back."""
    found = _to_remove(duty, which, evidence_id, desk)
    if not isinstance(found, tuple):
        return found
    card, at, number = found
    about = address(duty.id, which)
    options = (
        Option(key=f"{about}:hapus:{card.id}:ya", label=texts.YES_REMOVE),
        Option(key=f"{about}:{at}", label=texts.NO_REMOVE),
    )
    title = texts.figure_title(duty.name, which)
    return Choose(title=title, text=texts.sure_to_remove(at, number, card.kind), options=options)


def remove(duty: Duty, which: Period, evidence_id: int, desk: Desk) -> Outgoing:
    """Take a piece back."""
    found = _to_remove(duty, which, evidence_id, desk)
    if not isinstance(found, tuple):
        return found
    card, _at, number = found
    desk.evidence.remove(card)
    return Say(text=texts.removed(number - 1))


def _to_remove(duty: Duty, which: Period, evidence_id: int, desk: Desk) -> tuple[EvidenceCard, int, int] | Outgoing:
    """The piece, its place and how many there are; or why it cannot be taken back."""
    cards = desk.evidence.of(duty.id, which)
    found = next(((card, at) for at, card in enumerate(cards, start=1) if card.id == evidence_id), None)
    if found is None:
        return Say(text=texts.NO_MORE)
    return (*found, len(cards)) if desk.evidence.may_remove(found[0]) else Say(text=texts.NOT_TO_REMOVE)


# --- by name --------------------------------------------------------------------------------------------------------


def of_name(words: str, desk: Desk) -> Outgoing:
    """The periods of an indicator that have evidence, for who may see it; or the indicators that are meant."""
    seen = [duty for duty in desk.office_duties if desk.evidence.may_see(duty.id)]
    found = find_indicators(words, seen)
    counts = desk.evidence.counts([duty.id for duty in found])
    figures = [(duty, which) for duty in found for which in sorted(duty.figures) if counts.get((duty.id, which))]
    if not found:
        return Say(text=texts.not_found(shortened(words, 60)))
    if not figures:
        return Say(text=texts.none_of(found[0].name))
    return show(*figures[0], 1, desk) if len(figures) == 1 else _list(figures[-ROWS:], counts)


def _list(figures: Sequence[tuple[Duty, Period]], counts: Numbers) -> Outgoing:
    room = BUTTON_LABEL if len(figures) <= BUTTONS else ROW_LABEL
    lines = [
        texts.figure_line(number, duty.name, which, counts[duty.id, which], "")
        for number, (duty, which) in enumerate(figures, start=1)
    ]
    options = tuple(
        Option(
            key=address(duty.id, which),
            label=shortened(f"{number} {period(which)} {indicator(duty.name)}", room),
        )
        for number, (duty, which) in enumerate(figures, start=1)
    )
    return Choose(text=texts.which_to_see(lines), options=options)
