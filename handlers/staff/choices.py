"""Posts and people to choose among: as rows of a list, and as an admin names them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.appointments import Change, definitif_holder
from domain.plan import Capacity, Role
from domain.titles import bare_unit
from handlers.absence_notices import name_of
from handlers.colleagues import named
from handlers.dialogue import SHORTEST_GUESS, TYPO
from handlers.likeness import ratio
from handlers.messages import BUTTON_LABEL, BUTTONS, ROW_HINT, ROW_LABEL, ROWS, Option
from handlers.staff.steps import CAPACITIES, Draft, extends, takes_over_on, tenure_of
from handlers.texts import staff as texts
from handlers.texts.formats import post as post_title
from handlers.texts.formats import shortened
from storage.desk import Desk
from storage.people import PersonCard, PostCard
from storage.staff import TenureCard


@dataclass(frozen=True)
class Row:
    """One choice: `key` is what its button carries, `label` what it says, `hint` what else is known of it."""

    key: str
    label: str
    hint: str = ""


def options(rows: Sequence[Row], page: int, extras: Sequence[Option] = ()) -> tuple[Option, ...]:
    """The rows of a page, the way to the next one, and what else can be chosen."""
    shown = on_page(rows, page, len(extras))
    further = (Option(key="more", label=texts.MORE),) if len(shown) < len(rows) else ()
    room = BUTTON_LABEL if len(shown) + len(further) + len(extras) <= BUTTONS else ROW_LABEL
    found = (Option(key=row.key, label=shortened(row.label, room), hint=shortened(row.hint, ROW_HINT)) for row in shown)
    return (*found, *further, *extras)


def on_page(rows: Sequence[Row], page: int, extras: int) -> Sequence[Row]:
    """What of the rows a page shows; one further than the last begins anew."""
    room = ROWS - extras
    if len(rows) <= room:
        return rows
    pages = -(-len(rows) // (room - 1))
    first = page % pages * (room - 1)
    return rows[first : first + room - 1]


def numbered(rows: Sequence[Row], page: int, extras: int = 0) -> str:
    """The same rows as lines: a title is longer than a button."""
    shown = on_page(rows, page, extras)
    return texts.numbered([f"{shortened(row.label, 60)}: {row.hint}" if row.hint else row.label for row in shown], 620)


# --- posts ------------------------------------------------------------------------------------------------------------


def open_posts(desk: Desk) -> tuple[PostCard, ...]:
    """The posts that the office has."""
    return tuple(post for post in desk.posts if post.ended is None)


def posts_for(draft: Draft, desk: Desk) -> tuple[PostCard, ...]:
    """The posts that a change can be about."""
    match draft.change:
        case Change.PLT | Change.FILL:
            return tuple(post for post in open_posts(desk) if vacant_from(post.id, desk) is not None)
        case Change.PLH:
            return tuple(post for post in open_posts(desk) if desk.organisation.responsible(post.id, desk.today))
        case Change.SUPERIOR | Change.END_POST:
            return tuple(post for post in open_posts(desk) if post.role is not Role.CAMAT)
        case _:
            return open_posts(desk)


def vacant_from(post_id: int, desk: Desk) -> date | None:
    """Since when or from when on nobody holds a post in their own right; None where somebody does for good."""
    own = [card for card in desk.staff.tenures if card.post_id == post_id and card.capacity is Capacity.DEFINITIF]
    day = desk.today
    for card in sorted(own, key=lambda one: one.starts):
        if card.covers(day):
            if card.ends is None:
                return None
            day = card.ends + timedelta(days=1)
    return day


def post_rows(posts: Sequence[PostCard], desk: Desk) -> tuple[Row, ...]:
    """Posts, and who holds them."""
    return tuple(Row(f"t{post.id}", post.title, held_by(post.id, desk)) for post in posts)


def held_by(post_id: int, desk: Desk) -> str:
    """`Bu Sari Andini`, `kosong, Plt Pak Joko Santosa s/d Selasa 28 Juni`."""
    cards = [card for card in desk.staff.tenures if card.post_id == post_id and card.covers(desk.today)]
    vacant = vacant_from(post_id, desk)
    own = definitif_holder(post_id, desk.today, [card.holding for card in cards])
    empty = [] if vacant is None or own is not None else [texts.vacant_from(vacant, desk.today)]
    names = [texts.holder(name_of(desk, card.person_id), card.capacity, card.ends) for card in cards]
    ahead = [card for card in desk.staff.tenures if card.post_id == post_id and card.starts > desk.today]
    names += [texts.follows(name_of(desk, card.person_id), card.capacity, card.starts) for card in ahead]
    after = [] if vacant is None or own is None else [texts.vacant_from(vacant, desk.today)]
    return ", ".join((*empty, *names, *after))


def title_of(desk: Desk, post_id: int) -> str:
    """What a post is called; empty for none."""
    return next((post.title for post in desk.posts if post.id == post_id), "")


def find_posts(words: str, posts: Sequence[PostCard]) -> tuple[PostCard, ...]:
    """The posts that a typed title means: the whole, a former one, some of its words, or a typo of it."""
    wanted = " ".join(words.casefold().split())
    tests: tuple[Callable[[PostCard], bool], ...] = (
        lambda post: post.title.casefold() == wanted,
        lambda post: any(title.casefold() == wanted for title in post.former_titles),
        lambda post: all(word in post.title.casefold() for word in wanted.split()),
        lambda post: len(wanted) >= SHORTEST_GUESS and ratio(wanted, post.title.casefold()) >= TYPO,
    )
    for fits in tests:
        if wanted and (found := tuple(post for post in posts if fits(post))):
            return found
    return ()


def roles(desk: Desk) -> tuple[Role, ...]:
    """What a new post can be; the one who sees the whole office only where there is none yet."""
    taken = {post.role for post in open_posts(desk)} & {Role.SEKRETARIS}
    return tuple(role for role in texts.ROLES if role not in taken)


def superiors_for(draft: Draft, desk: Desk) -> tuple[PostCard, ...]:
    """The posts that can stand above one: neither itself nor below it."""
    return tuple(post for post in open_posts(desk) if post.id != draft.post)


def units(desk: Desk) -> tuple[str, ...]:
    """The kelurahan that posts of the office belong to."""
    return tuple(dict.fromkeys(post.unit for post in open_posts(desk) if post.unit))


def unit_named(words: str, desk: Desk) -> str:
    """A kelurahan as it is kept: one that the office has, else with the word before its name."""
    name = " ".join(words.split())
    known = next((unit for unit in units(desk) if bare_unit(unit).casefold() == bare_unit(name).casefold()), None)
    bare = bare_unit(name)
    return known or f"Kelurahan {bare.title() if bare.islower() else bare}"


# --- people -----------------------------------------------------------------------------------------------------------


def tenures_to_leave(desk: Desk) -> tuple[TenureCard, ...]:
    """Who holds a post in their own right today, in the order of the posts."""
    running = [card for card in desk.staff.tenures if card.covers(desk.today) and card.capacity is Capacity.DEFINITIF]
    return tuple(card for post in open_posts(desk) for card in running if card.post_id == post.id)


def tenure_rows(cards: Sequence[TenureCard], desk: Desk) -> tuple[Row, ...]:
    return tuple(Row(f"w{card.id}", name_of(desk, card.person_id), title_of(desk, card.post_id)) for card in cards)


def find_tenures(words: str, cards: Sequence[TenureCard], desk: Desk) -> tuple[TenureCard, ...]:
    """The tenures that a typed name or title means."""
    people = {person.id for person in named(words, desk.people.values())}
    posts = {post.id for post in find_posts(words, open_posts(desk))}
    by_name = tuple(card for card in cards if card.person_id in people)
    return by_name or tuple(card for card in cards if card.post_id in posts)


def candidates(draft: Draft, desk: Desk) -> tuple[PersonCard, ...]:
    """Who can come to a post: those with a post in the order of the posts, then those without; not who leaves it, and
    not who holds it."""
    leaver = tenure_of(draft, desk)
    of_post = [card for card in desk.staff.tenures if card.post_id == draft.post and card.covers(desk.today)]
    acts = draft.change in CAPACITIES
    holders = {card.person_id for card in of_post if acts or card.capacity is Capacity.DEFINITIF}
    out = holders | ({leaver.person_id} if leaver is not None and not extends(draft) else set[int]())
    out |= _gone_by(_begins(draft, desk), desk)
    serving = [desk.holders[post.id] for post in desk.posts if post.id in desk.holders]
    ordered = dict.fromkeys((*serving, *desk.people))
    return tuple(desk.people[key] for key in ordered if key not in out and key in desk.people)


def _begins(draft: Draft, desk: Desk) -> date:
    """The first day on which somebody can come, as far as it is known."""
    return max(takes_over_on(draft, desk), vacant_from(draft.post, desk) or desk.today)


def _gone_by(day: date, desk: Desk) -> set[int]:
    """Who holds something today but nothing any more on that day: they leave the office."""
    serve = {card.person_id for card in desk.staff.tenures if card.covers(desk.today)}
    return serve - {card.person_id for card in desk.staff.tenures if card.covers(day)}


def people_rows(people: Sequence[PersonCard], desk: Desk) -> tuple[Row, ...]:
    """People, and the posts by which they are known."""
    return tuple(Row(f"p{person.id}", person.name, ", ".join(titles_of(person.id, desk))) for person in people)


def titles_of(person_id: int, desk: Desk) -> list[str]:
    """The posts that somebody holds today."""
    cards = [card for card in desk.staff.tenures if card.person_id == person_id and card.covers(desk.today)]
    return [post_title(title_of(desk, card.post_id), card.capacity) for card in cards]
