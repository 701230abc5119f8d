"""What a change of people and posts comes to: the lines to be confirmed, and what is done then."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from domain.appointments import Change, definitif_holder
from domain.plan import Capacity
from domain.titles import full_title
from handlers.absence_notices import name_of
from handlers.staff.choices import title_of
from handlers.staff.steps import (
    CAPACITIES,
    NEW,
    Draft,
    extends,
    left_by_newcomer,
    takes_over_on,
    tenure_of,
    unit_of,
)
from handlers.texts import staff as texts
from handlers.texts.formats import person as addressed
from storage.desk import Desk
from storage.staff import Enter, Leave, NewPerson, NewPost, StaffBook, TenureCard


@dataclass(frozen=True)
class Outcome:
    """What is shown before a change is saved, and what saving does."""

    lines: Sequence[str]
    save: Callable[[StaffBook], object]
    moves: Sequence[Leave | Enter] = field(default_factory=tuple[Leave | Enter, ...])


def outcome(draft: Draft, desk: Desk) -> Outcome | None:
    """What the change comes to as things stand now; None where what it is about is gone."""
    card = tenure_of(draft, desk)
    if draft.tenure and card is None:
        return None
    if draft.is_called_off and card is not None:
        line = texts.calls_off(name_of(desk, card.person_id), title_of(desk, card.post_id))
        return Outcome([line], lambda book: book.call_off(card.id))
    if draft.is_put_off and card is not None and card.ends is not None and draft.last is not None:
        return _put_off(card, card.ends, draft.last, desk)
    if extends(draft) and not draft.is_ended and card is not None and draft.last is not None:
        last = draft.last
        line = texts.acting(card.capacity, name_of(desk, card.person_id), card.starts, last)
        return Outcome([title_of(desk, card.post_id), line], lambda book: book.extend(card.id, last))
    if draft.change in (Change.TRANSFER, Change.PLT, Change.PLH, Change.FILL):
        moves = moves_of(draft, desk)
        return Outcome(_lines_of(moves, draft, desk), lambda book: book.move(moves), moves)
    return _of_post(draft, desk)


def _put_off(card: TenureCard, old: date, new: date, desk: Desk) -> Outcome:
    line = texts.puts_off(name_of(desk, card.person_id), title_of(desk, card.post_id), old, new)
    return Outcome([line], lambda book: book.put_off(card.id, new))


def moves_of(draft: Draft, desk: Desk) -> tuple[Leave | Enter, ...]:
    """Who leaves which post and who enters which."""
    first = takes_over_on(draft, desk)
    capacity = CAPACITIES.get(draft.change)
    if draft.is_ended:
        return (Leave(draft.tenure, desk.today),)
    moves: list[Leave | Enter] = []
    card = tenure_of(draft, desk)
    if draft.change is Change.TRANSFER and card is not None and draft.last is not None:
        moves += _leaves(draft, card, draft.last, desk)
        if draft.target:
            moves.append(Enter(draft.target, card.person_id, first))
    comes = _comes(draft)
    if comes is not None:
        if not draft.keeps:
            moves += [Leave(one.id, first - timedelta(days=1)) for one in left_by_newcomer(draft, desk)]
        moves.append(Enter(draft.post, comes, first, capacity or Capacity.DEFINITIF, draft.last if capacity else None))
    return tuple(moves)


def _comes(draft: Draft) -> int | NewPerson | None:
    if draft.person == NEW:
        return NewPerson(draft.name, draft.salutation, draft.phone)
    return draft.person or None


def _leaves(draft: Draft, card: TenureCard, last: date, desk: Desk) -> list[Leave]:
    """The post that is left; with the office every other post of theirs; that of whoever makes room at the target."""
    cards = desk.staff.tenures
    theirs = [one for one in cards if one.person_id == card.person_id and (one.ends is None or one.ends > last)]
    left = theirs if not draft.stays else [card]
    day = last + timedelta(days=1)
    room = [
        one for one in cards if one.post_id == draft.target and one.capacity is Capacity.DEFINITIF and one.covers(day)
    ]
    return [Leave(one.id, last) for one in dict.fromkeys((card, *left, *room))]


def _lines_of(moves: Sequence[Leave | Enter], draft: Draft, desk: Desk) -> list[str]:
    """One line a post: who leaves it, and who comes."""
    cards = {card.id: card for card in desk.staff.tenures}
    told: dict[int, list[str]] = {}
    for one in moves:
        match one:
            case Leave():
                card = cards[one.tenure_id]
                told.setdefault(card.post_id, []).append(texts.until(_who(card, desk), one.last))
            case Enter(capacity=Capacity.DEFINITIF):
                name = who_comes(one, desk)
                so_far = told.setdefault(one.post_id, [])
                so_far.append(name if so_far else texts.from_day(name, one.starts, desk.today))
            case Enter():
                last = one.ends or one.starts
                line = texts.acting(one.capacity, who_comes(one, desk), one.starts, last)
                told.setdefault(one.post_id, []).append(line)
    for post_id in _vacated(moves, desk):
        told[post_id].append("kosong")
    lines = [texts.line_of(title_of(desk, post_id), who) for post_id, who in told.items()]
    if draft.change is Change.TRANSFER:
        card = tenure_of(draft, desk)
        gone = not draft.stays and card is not None
        lines += [texts.leaves_office(name_of(desk, card.person_id))] if gone and card is not None else []
        lines.append(texts.KEEPS_FIGURES)
    return lines


def _who(card: TenureCard, desk: Desk) -> str:
    name = name_of(desk, card.person_id)
    return name if card.capacity is Capacity.DEFINITIF else f"{card.capacity} {name}"


def who_comes(one: Enter, desk: Desk) -> str:
    """The name of somebody who enters a post."""
    if isinstance(one.person, NewPerson):
        return addressed(one.person.name, one.person.salutation)
    return name_of(desk, one.person)


def _vacated(moves: Sequence[Leave | Enter], desk: Desk) -> list[int]:
    """The posts that nobody holds in their own right after the moves."""
    entered = {one.post_id for one in moves if isinstance(one, Enter)}
    cards = {card.id: card for card in desk.staff.tenures}
    leaves = {one.tenure_id: one.last for one in moves if isinstance(one, Leave)}
    left: list[int] = []
    for key, last in leaves.items():
        post_id, day = cards[key].post_id, last + timedelta(days=1)
        others = [card.holding for card in cards.values() if card.id not in leaves]
        if post_id not in entered and definitif_holder(post_id, day, others) is None:
            left.append(post_id)
    return list(dict.fromkeys(left))


# --- posts ------------------------------------------------------------------------------------------------------------


def _of_post(draft: Draft, desk: Desk) -> Outcome | None:
    if draft.change is Change.NEW_POST:
        unit = draft.unit or unit_of(draft.superior, desk)
        title = full_title(draft.title, unit)
        new = NewPost(draft.title, draft.role, draft.superior, unit)
        line = texts.makes_post(title, draft.role, title_of(desk, draft.superior), unit)
        return Outcome([line], lambda book: book.add_post(new))
    post = next((one for one in desk.posts if one.id == draft.post and one.ended is None), None)
    if post is None:
        return None
    match draft.change:
        case Change.RENAME:
            new_title = full_title(draft.title, post.unit)
            return Outcome([texts.renames(post.title, new_title)], lambda book: book.rename(post.id, draft.title))
        case Change.SUPERIOR:
            line = texts.puts_below(post.title, title_of(desk, post.superior_id or 0), title_of(desk, draft.superior))
            return Outcome([line], lambda book: book.put_below(post.id, draft.superior))
        case Change.UNIT:
            line = texts.into_unit(full_title(post.title, draft.unit), draft.unit)
            return Outcome([line], lambda book: book.put_into_unit(post.id, draft.unit))
        case Change.ADMIN:
            line = texts.makes_admin(post.title, is_admin=not post.is_admin)
            return Outcome([line], lambda book: book.make_admin(post.id, is_admin=not post.is_admin))
        case _:
            heir, indicators = title_of(desk, draft.heir or 0), desk.staff.indicators_of(post.id)
            line = texts.ends_post(post.title, heir, indicators)
            return Outcome([line], lambda book: book.end_post(post.id, draft.heir))
