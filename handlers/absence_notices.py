"""Whom an absence concerns and what they are told: the stand-in, the superior, and who was entered by somebody else."""

from collections.abc import Sequence

from domain.absence import responsible_above
from domain.openings import closings, main_closing
from handlers.colleagues import own_posts
from handlers.commands import tell
from handlers.messages import Notice, Option
from handlers.texts import absence as texts
from handlers.texts.formats import listed
from handlers.texts.formats import person as addressed
from handlers.texts.formats import post as post_title
from handlers.texts.joining import open_work
from storage.absences import AbsenceCard
from storage.desk import Desk
from storage.people import HeldPost


def name_of(desk: Desk, person_id: int | None) -> str:
    """`Bu Sari Andini`; empty for nobody."""
    found = None if person_id is None else desk.people.get(person_id)
    return "" if found is None else addressed(found.name, found.salutation)


def titles(posts: Sequence[HeldPost]) -> str:
    """The posts as their holder has them: `Kasi Pemerintahan dan Plt Kasi Pembangunan`."""
    return listed([post_title(held.post.title, held.capacity) for held in posts])


def plh_of(posts: Sequence[HeldPost]) -> str:
    """The same posts as a stand-in has them."""
    return listed([f"Plh {held.post.title}" for held in posts])


def announce(desk: Desk, card: AbsenceCard, *, instead_of: int | None = None) -> None:
    """Tell everybody whom a new absence concerns; `instead_of` stood in before it was changed."""
    posts = own_posts(desk, card.person_id, card.days.first)
    if instead_of is not None and instead_of != card.stand_in_id:
        text = texts.stand_in_replaced(name_of(desk, instead_of), plh_of(posts))
        _tell(desk, instead_of, f"absence:{card.id}:replaced", "stand_in_ends", text)
    if card.stand_in_id is not None:
        _tell_stand_in(desk, card, posts)
    superior = _superior(desk, posts, card)
    if superior is not None and superior not in (desk.person_id, card.stand_in_id):
        of, who = name_of(desk, card.person_id), name_of(desk, card.stand_in_id)
        text = texts.to_superior(name_of(desk, superior), of, titles(posts), card.kind, card.days, who)
        _tell(desk, superior, f"absence:{card.id}:superior", "absence", text)
    if card.person_id != desk.person_id:
        you, by, who = (name_of(desk, key) for key in (card.person_id, desk.person_id, card.stand_in_id))
        text = texts.to_absent(you, by, card.kind, card.days, who)
        _tell(desk, card.person_id, f"absence:{card.id}:entered", "absence", text)


def announce_end(desk: Desk, card: AbsenceCard) -> None:
    """Tell the stand-in that the person is back, or does not go at all."""
    if card.stand_in_id is None:
        return
    began = card.days.first <= desk.today
    posts = plh_of(own_posts(desk, card.person_id, desk.today))
    text = texts.stand_in_ends(name_of(desk, card.stand_in_id), name_of(desk, card.person_id), posts, began=began)
    _tell(desk, card.stand_in_id, f"absence:{card.id}:ended", "stand_in_ends", text)


def _tell_stand_in(desk: Desk, card: AbsenceCard, posts: Sequence[HeldPost]) -> None:
    assert card.stand_in_id is not None  # the caller has looked
    began = desk.today in card.days
    work, option = _open_work(desk, posts) if began else ("", None)
    you, of = name_of(desk, card.stand_in_id), name_of(desk, card.person_id)
    text = texts.to_stand_in(you, of, card.kind, card.days, plh_of(posts), work)
    options = () if option is None else (option,)
    _tell(desk, card.stand_in_id, f"absence:{card.id}:stand-in", "stand_in", text, options)


def _open_work(desk: Desk, posts: Sequence[HeldPost]) -> tuple[str, Option | None]:
    """What the posts still have to report, and the button for it."""
    of_posts = {held.post.id for held in posts}
    duties = [duty for duty in desk.office_duties if duty.post_id in of_posts]
    main = main_closing(closings(duties, desk.today, desk.organisation), desk.today)
    if main is None or not main.missing:
        return texts.nothing_open(), None
    option = Option(key=f"!lapor:{main.periods[0].code}", label=texts.REPORT_NOW)
    return texts.open_there(open_work(main), main.cut_off), option


def _superior(desk: Desk, posts: Sequence[HeldPost], card: AbsenceCard) -> int | None:
    """Who acts for the nearest post above, not counting the absence itself: its stand-in may be that superior."""
    if not posts:
        return None
    organisation = desk.organisation
    day = max(card.days.first, desk.today)
    others = [one for one in organisation.absences if one.person_id != card.person_id]
    found = responsible_above(posts[0].post.id, day, organisation.posts, organisation.holdings, others)
    return None if found is None else found.person_id


def _tell(desk: Desk, person_id: int, key: str, name: str, text: str, options: tuple[Option, ...] = ()) -> bool:
    you, _, rest = text.partition(", ")
    return tell(
        desk, person_id, key, Notice(name=name, params=(you, " ".join(rest.split())), text=text, options=options)
    )
