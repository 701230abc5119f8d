""" "undang": the admin invites people to their posts, sees who has not joined yet, and withdraws invitations.

Its buttons last: `!undang:<post>` invites who holds it and `!undang:<post>:<person>` who begins in it next,
`!undang:baru:...` once more, `!undang:cabut:<invitation>` withdraws, `!undang:hal:<page>` shows more, `!undang:semua`
and `!undang:kirim` invite all who are not invited.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.zones import local
from handlers.by_name import find_sections
from handlers.messages import BUTTON_LABEL, BUTTONS, ROW_LABEL, Choose, File, Option, Outgoing, Say, Scan
from handlers.texts import inviting as texts
from handlers.texts.formats import moment, shortened
from handlers.texts.formats import person as addressed
from storage.desk import Desk
from storage.invites import InviteCard, NewInvite
from storage.people import PostCard

_ALL, _SEND = "semua", "kirim"
_ANEW, _REVOKE, _PAGE = "baru", "cabut", "hal"
_PRESSED = re.compile(rf"(?:({_ANEW}|{_REVOKE}|{_PAGE}):)?(\d{{1,18}})(?::(\d{{1,18}}))?")
_MOST_WORDS = 8
_ON_A_PAGE = 5
_AT_ONCE = 20
"""Invitations that are sent in one go: each is a message of its own."""
_NAME = 60
"""Characters of a post's title in the list."""


@dataclass(frozen=True)
class _Row:
    """Somebody in a post who has not joined by every channel; `joined` are those by which they have.

    `person_id` is None for a vacant post, `begins` the first day of who is still to come.
    """

    post: PostCard
    person_id: int | None
    joined: frozenset[str]
    newest: InviteCard | None
    begins: date | None = None


def takes(words: str) -> bool:
    """Whether words after "undang" may name a post: a longer sentence only begins like it."""
    return len(words.split()) <= _MOST_WORDS


def start(desk: Desk, words: str = "") -> Outgoing:
    """ "undang", its buttons, and "undang" with the name of a post or "semua"; only for the admin."""
    said = " ".join(words.split())
    pressed = _PRESSED.fullmatch(said)
    if pressed:
        return _pressed(desk, pressed[1], int(pressed[2]), int(pressed[3] or 0))
    match said.casefold():
        case "":
            return _listed(desk, 1)
        case "semua":
            return _confirm_all(desk)
        case "kirim":
            return _send_all(desk)
        case _:
            return _named(desk, said)


def _pressed(desk: Desk, verb: str | None, number: int, person_id: int) -> Outgoing:
    if verb == _PAGE:
        return _listed(desk, number)
    if verb == _REVOKE:
        return _revoked(desk, number)
    post = next((one for one in _posts(desk) if one.id == number), None)
    if post is None:
        return Say(text=texts.POST_GONE)
    row = next((one for one in _rows_of(desk, post) if one.person_id == person_id), None)
    row = row or (None if person_id else _rows_of(desk, post)[0])
    if row is None:
        return Say(text=texts.PERSON_GONE)
    return _invite(desk, row) if verb == _ANEW else _invite_once(desk, row)


# --- who has not joined -----------------------------------------------------------------------------------------------


def _posts(desk: Desk) -> list[PostCard]:
    return [post for post in desk.posts if post.exists_on(desk.today)]


def _rows(desk: Desk, posts: Sequence[PostCard]) -> list[_Row]:
    """Of every post who holds it, and who begins in it next where somebody is named who has not joined."""
    book = desk.invites
    joined, newest, coming = book.joined(), book.newest(), book.coming()
    found: list[_Row] = []
    for post in posts:
        holder = book.meant(post.id)
        found.append(_Row(post, holder, joined.get(holder or 0, frozenset()), newest.get((post.id, holder))))
        person_id, begins = coming.get(post.id, (None, None))
        if person_id is not None and not joined.get(person_id):
            found.append(_Row(post, person_id, frozenset(), newest.get((post.id, person_id)), begins))
    return found


def _rows_of(desk: Desk, post: PostCard) -> list[_Row]:
    return _rows(desk, [post])


def _missing(desk: Desk) -> list[_Row]:
    """Who has not joined at all first, then who has by one channel only."""
    rows, doors = _rows(desk, _posts(desk)), frozenset(desk.invites.doors.channels)
    never = [row for row in rows if not row.joined]
    return never + [row for row in rows if row.joined and doors - row.joined and row.joined & doors]


def _listed(desk: Desk, page: int) -> Outgoing:
    """A page of who has not joined, with the dates of their invitations; one further than the last begins anew."""
    rows = _missing(desk)
    if not rows:
        return Say(text=texts.ALL_JOINED)
    pages = -(-len(rows) // _ON_A_PAGE)
    first = (page - 1) % pages * _ON_A_PAGE
    shown = rows[first : first + _ON_A_PAGE]
    lines = [_line(at, row, desk) for at, row in enumerate(shown, start=1)]
    heading = texts.heading(sum(not row.joined and row.begins is None for row in rows), len(_posts(desk)))
    following = first // _ON_A_PAGE + 2
    options = _options(shown, following if following <= pages else 0, any_open=any(map(_is_open, rows)))
    return Choose(title=heading, text="\n".join((*lines, texts.PICK)), options=options)


def _options(shown: Sequence[_Row], following: int, *, any_open: bool) -> tuple[Option, ...]:
    """The posts of a page, all of them at once, and the page that follows (0 for none)."""
    onward = [Option(key=f"!undang:{_ALL}", label=texts.ALL)] if any_open else []
    onward += [Option(key=f"!undang:{_PAGE}:{following}", label=texts.NEXT_PAGE)] if following else []
    room = BUTTON_LABEL if len(shown) + len(onward) <= BUTTONS else ROW_LABEL
    return (*_distinct([Option(key=_key(row), label=shortened(row.post.title, room)) for row in shown]), *onward)


def _key(row: _Row) -> str:
    return f"!undang:{_address(row)}"


def _address(row: _Row) -> str:
    """The post, and the person where it is not who holds the post on the day of the press."""
    return f"{row.post.id}" if row.begins is None else f"{row.post.id}:{row.person_id}"


def _distinct(found: Sequence[Option]) -> list[Option]:
    """A post with who holds it and who comes stands twice: those are numbered as the lines are."""
    labels = [option.label for option in found]
    return [
        option.model_copy(update={"label": f"{at} {option.label}"[:BUTTON_LABEL]})
        if labels.count(option.label) > 1
        else option
        for at, option in enumerate(found, start=1)
    ]


def _is_open(row: _Row) -> bool:
    """Whether nobody was invited who could still come."""
    return not row.joined and (row.newest is None or row.newest.closed is not None)


def _line(number: int, row: _Row, desk: Desk) -> str:
    zone = desk.office.zone
    told = texts.only_by(sorted(row.joined)) if row.joined else texts.fate(row.newest, zone)
    return texts.row(number, shortened(row.post.title, _NAME), _named_with_day(row, desk) or texts.NOBODY, told)


def _named_with_day(row: _Row, desk: Desk) -> str:
    """Who is meant, with the first day of who is still to come; empty for nobody."""
    found = desk.people.get(row.person_id or 0)
    if found is None:
        return ""
    name = addressed(found.name, found.salutation)
    return name if row.begins is None else texts.coming(name, row.begins)


# --- inviting ---------------------------------------------------------------------------------------------------------


def _named(desk: Desk, words: str) -> Outgoing:
    posts = _posts(desk)
    found = find_sections(words, [post.title for post in posts])
    if not found:
        return Say(text=texts.not_found(shortened(words, _NAME)))
    meant = [post for post in posts if post.title in found]
    if len(meant) == 1:
        return _one_of(desk, _rows_of(desk, meant[0]))
    few = meant[:_ON_A_PAGE]
    room = BUTTON_LABEL if len(few) <= BUTTONS else ROW_LABEL
    options = tuple(Option(key=f"!undang:{post.id}", label=shortened(post.title, room)) for post in few)
    return Choose(text=texts.WHICH, options=options)


def _one_of(desk: Desk, rows: Sequence[_Row]) -> Outgoing:
    """Invite the one who is meant; who holds the post and who comes are asked apart."""
    if len(rows) == 1:
        return _invite_once(desk, rows[0])
    people = [desk.people.get(row.person_id or 0) for row in rows]
    options = [
        Option(key=_key(row), label=shortened(texts.NOBODY if person is None else person.name, BUTTON_LABEL))
        for row, person in zip(rows, people, strict=True)
    ]
    lines = [_named_with_day(row, desk) or texts.NOBODY for row in rows]
    return Choose(text=texts.which_person(rows[0].post.title, lines), options=tuple(_distinct(options)))


def _invite_once(desk: Desk, row: _Row) -> Outgoing:
    """Invite, unless an invitation still holds: it may be on its way to somebody."""
    newest = row.newest
    if newest is None or newest.closed is not None:
        return _invite(desk, row)
    return Choose(text=texts.already(row.post.title, newest, desk.office.zone), options=_buttons(row, newest))


def _invite(desk: Desk, row: _Row) -> File:
    return _invitation(desk, row, desk.invites.make(row.post.id, row.person_id))


def _invitation(desk: Desk, row: _Row, made: NewInvite) -> File:
    """What the admin passes on: a picture to scan, and the same in words."""
    post = row.post
    every = desk.invites.doors.links(made.code)
    links = [(channel, link) for channel, link in every.items() if channel not in row.joined] or list(every.items())
    zone = desk.office.zone
    until = moment(local(made.card.expires_at, zone), zone)
    scans = [Scan(label=texts.label_of(channel), text=link) for channel, link in links]
    return File(
        ref="",
        name=f"undangan-{re.sub(r'[^a-z0-9]+', '-', post.title.lower()).strip('-')}.png",
        title=texts.title_of(desk.office.name),
        caption=texts.invitation(post.title, _named_with_day(row, desk), links, made.code, until),
        is_picture=True,
        options=_buttons(row, made.card),
        scans=tuple(scans) or (Scan(label=texts.CODE, text=made.code),),
        secret=made.code,
    )


def _buttons(row: _Row, card: InviteCard) -> tuple[Option, ...]:
    return (
        Option(key=f"!undang:{_REVOKE}:{card.id}", label=texts.REVOKE),
        Option(key=f"!undang:{_ANEW}:{_address(row)}", label=texts.ANEW),
    )


def _confirm_all(desk: Desk) -> Outgoing:
    number = len(_to_invite(desk))
    if not number:
        return Say(text=texts.NONE_LEFT if _missing(desk) else texts.ALL_JOINED)
    option = Option(key=f"!undang:{_SEND}", label=texts.send_all(number))
    return Choose(text=texts.confirm_all(number), options=(option,))


def _to_invite(desk: Desk) -> list[_Row]:
    """Everybody who has not joined and for whom no invitation holds, at most so many as are sent at once."""
    return [row for row in _missing(desk) if _is_open(row)][:_AT_ONCE]


def _send_all(desk: Desk) -> Outgoing:
    """One message a post to the admin. A second press finds nobody left, so that nothing that was passed on is
    withdrawn."""
    rows = _to_invite(desk)
    if not rows:
        return Say(text=texts.NONE_LEFT)
    for row in rows:
        made = desk.invites.make(row.post.id, row.person_id)
        desk.ask_in_private(f"invite:{made.card.id}", _invitation(desk, row, made).model_dump(mode="json"))
    return Say(text=texts.all_made([row.post.title for row in rows]))


# --- withdrawing ------------------------------------------------------------------------------------------------------


def _revoked(desk: Desk, invite_id: int) -> Outgoing:
    if desk.invites.get(invite_id) is None:
        return Say(text=texts.GONE)
    card = desk.invites.revoke(invite_id)
    if card.closed is not None:
        return Say(text=texts.CLOSED[card.closed])
    return Say(text=texts.revoked(desk.organisation.posts[card.post_id].title))
