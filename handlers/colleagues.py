"""People of the office as others name them and choose among them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.absence import responsible
from domain.day_spans import DaySpan
from domain.roles import below, sections
from handlers.dialogue import SHORTEST_GUESS
from handlers.likeness import slips
from handlers.texts.formats import post as post_title
from storage.desk import Desk
from storage.people import HeldPost, PersonCard

_SALUTATIONS = frozenset({"bu", "ibu", "pak", "bapak", "sdr", "sdri"})
_SHORT_NAME = 7
"""Letters up to which two slips would make another name."""


@dataclass(frozen=True)
class Colleague:
    """Somebody of the office and the post by which they are known, e.g. `Plt Kasi Pembangunan`."""

    person: PersonCard
    title: str


def own_posts(desk: Desk, person_id: int, day: date) -> tuple[HeldPost, ...]:
    """The posts for which a person acts on that day while nobody is away."""
    holdings = desk.organisation.holdings
    acting = ((post, responsible(post.id, day, holdings)) for post in desk.posts)
    return tuple(
        HeldPost(post, found.capacity) for post, found in acting if found is not None and found.person_id == person_id
    )


def may_act_for(desk: Desk, person_id: int) -> bool:
    """Whether the person of the desk may enter something for another: themselves, their line below, anybody as
    admin."""
    if person_id == desk.person_id or desk.is_admin:
        return person_id in desk.people
    posts = desk.organisation.posts.values()
    under = {post_id for held in desk.held_posts for post_id in below(posts, held.post.id)}
    return any(held.post.id in under for held in own_posts(desk, person_id, desk.today))


def possible_stand_ins(desk: Desk, person_id: int, days: DaySpan) -> tuple[Colleague, ...]:
    """Who can stand in for a person in that time: everybody with a post who is not away in it.

    The superior comes first, then the same section, then the rest in the order of their posts.
    """
    posts = own_posts(desk, person_id, days.first)
    superiors = {held.post.superior_id for held in posts}
    section_of = sections(desk.organisation.posts.values())
    own_sections = {section_of[held.post.id] for held in posts if held.post.id in section_of}
    found: dict[int, tuple[int, Colleague]] = {}
    for post in desk.posts:
        acting = responsible(post.id, days.first, desk.organisation.holdings)
        if acting is None or acting.person_id == person_id or is_away(desk, acting.person_id, days):
            continue
        rank = 0 if post.id in superiors else 1 if section_of.get(post.id) in own_sections else 2
        colleague = Colleague(desk.people[acting.person_id], post_title(post.title, acting.capacity))
        known = found.get(acting.person_id)
        if known is None or rank < known[0]:
            found[acting.person_id] = (rank, colleague)
    return tuple(colleague for _rank, colleague in sorted(found.values(), key=lambda ranked: ranked[0]))


def is_away(desk: Desk, person_id: int, days: DaySpan) -> bool:
    """Whether the person is away on any of those days."""
    return any(one.person_id == person_id and overlap(one.days, days) for one in desk.organisation.absences)


def overlap(one: DaySpan, other: DaySpan) -> bool:
    """Whether two spans share a day."""
    return one.first <= other.last and other.first <= one.last


def named(words: str, people: Iterable[PersonCard]) -> tuple[PersonCard, ...]:
    """Whom a typed name may mean: the whole name, one word of it, or else what is spelt nearly so."""
    plain = " ".join(word for word in words.casefold().replace(".", " ").split() if word not in _SALUTATIONS)
    people = tuple(people)
    whole = tuple(one for one in people if one.name.casefold() == plain)
    part = tuple(one for one in people if plain in one.name.casefold().split() or _begins(one.name.casefold(), plain))
    if whole or part or len(plain) < SHORTEST_GUESS:
        return whole or part
    return tuple(one for one in people if _misspelt(plain, one.name.casefold()))


def _begins(name: str, plain: str) -> bool:
    return bool(plain) and name.startswith(f"{plain} ")


def _misspelt(plain: str, name: str) -> bool:
    """Whether one slip makes the whole name or a word of it, two in a long one: a letter too many, missing, wrong, or
    two that changed places."""
    allowed = 1 if len(plain) <= _SHORT_NAME else 2
    return any(slips(plain, part) <= allowed for part in (name, *name.split()) if len(part) >= SHORTEST_GUESS)
