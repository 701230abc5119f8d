"""Posts, the people who hold them, and the invitations by which they join."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Row, bindparam, exists, func, or_, select, update

from domain.absence import Holding
from domain.plan import Capacity, Role
from domain.zones import local
from storage import schema
from storage.invite_codes import ALPHABET, CODE_LENGTH
from storage.rows import add

_invite = schema.invite
_office = schema.office
_person = schema.person
_post = schema.post
_tenure = schema.tenure
_account = schema.account
_other_account = _account.alias("other_account")

# Read with every message: writing them takes longer than their answer, so they are written once.
_POSTS = select(_post).where(_post.c.office_id == bindparam("office")).order_by(_post.c.position)
_HOLDINGS = select(_tenure).join(_post).where(_post.c.office_id == bindparam("office")).order_by(_tenure.c.id)
_HOLDING = (
    select(_tenure.c.capacity, _tenure.c.person_id, _post)
    .join(_post)
    .where(_tenure.c.starts <= bindparam("today"), or_(_tenure.c.ends.is_(None), _tenure.c.ends >= bindparam("today")))
)
_HELD = _HOLDING.where(_tenure.c.person_id == bindparam("person")).order_by(_post.c.position)
_HOLDERS = _HOLDING.where(_post.c.id == bindparam("post")).order_by(_tenure.c.id)
JOINED = exists().where(_account.c.person_id == _person.c.id, _account.c.reachable)
"""Whether a person has an address that can be written to."""
_CARDS = select(_person.c.id, _person.c.name, _person.c.salutation, JOINED.label("joined"))
_CARD = _CARDS.where(_person.c.id == bindparam("person"))
_CARD_OF = _CARD.where(_person.c.office_id == bindparam("office"))
_CARDS_OF = _CARDS.where(_person.c.office_id == bindparam("office")).order_by(_person.c.id)


@dataclass(frozen=True)
class PostCard:
    """A post as conversations see it. `unit` is its kelurahan, empty for the kecamatan itself; `former_titles` are what
    it was called before, the newest last; `ended` is its last day, None while the office has it."""

    id: int
    title: str
    role: Role
    superior_id: int | None
    section: str
    is_admin: bool
    position: int
    unit: str = ""
    former_titles: tuple[str, ...] = ()
    ended: date | None = None

    def exists_on(self, day: date) -> bool:
        """Whether the office still has it on that day."""
        return self.ended is None or day <= self.ended


@dataclass(frozen=True)
class HeldPost:
    """A post that a person holds today, and in which capacity."""

    post: PostCard
    capacity: Capacity


@dataclass(frozen=True)
class ReportedPost:
    """A post for which a person reports; `capacity` is None where they only fill in its figures for its holder."""

    post: PostCard
    capacity: Capacity | None


@dataclass(frozen=True)
class PersonCard:
    """A person as conversations see them. `joined` says that they have an address that can be written to."""

    id: int
    name: str
    salutation: str
    joined: bool = False


@dataclass(frozen=True)
class Listed:
    """Somebody whose number an office entered, and the post that they hold."""

    person_id: int
    office_id: int
    office: str
    post: PostCard


class Closed(StrEnum):
    """Why an invitation can no longer be used."""

    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True)
class OpenInvite:
    """An invitation that can still be used. `person_id` is who is meant, None for whoever holds the post or takes it
    vacant."""

    id: int
    office_id: int
    office: str
    post: PostCard
    person_id: int | None = None


def post_card(row: Row[*tuple[object, ...]]) -> PostCard:
    """The card of a row of the post table."""
    return PostCard(
        row.id,
        row.title,
        Role(row.role),
        row.superior_id,
        row.section,
        row.is_admin,
        row.position,
        row.unit,
        tuple(row.former_titles),
        row.ended,
    )


def posts(connection: Connection, office_id: int) -> tuple[PostCard, ...]:
    """Every post of the office, in the order of its workbook."""
    rows = connection.execute(_POSTS, {"office": office_id})
    return tuple(post_card(row) for row in rows)


def held_posts(connection: Connection, person_id: int, today: date) -> tuple[HeldPost, ...]:
    """The posts a person holds on that day, in the office's order."""
    rows = connection.execute(_HELD, {"person": person_id, "today": today})
    return tuple(HeldPost(post_card(row), Capacity(row.capacity)) for row in rows)


def holdings(connection: Connection, office_id: int) -> tuple[Holding, ...]:
    """Who holds which post from when to when, those that have ended or not begun too, in the order of their entry."""
    rows = connection.execute(_HOLDINGS, {"office": office_id})
    return tuple(Holding(row.post_id, row.person_id, row.starts, row.ends, Capacity(row.capacity)) for row in rows)


def person(connection: Connection, office_id: int, person_id: int) -> PersonCard:
    """One person of the office. Raises NoResultFound for another office's."""
    return _person_card(connection.execute(_CARD_OF, {"office": office_id, "person": person_id}).one())


def people(connection: Connection, office_id: int) -> tuple[PersonCard, ...]:
    """Everybody of the office."""
    rows = connection.execute(_CARDS_OF, {"office": office_id})
    return tuple(_person_card(row) for row in rows)


def preferred_channel(connection: Connection, person_id: int) -> str:
    """On which channel a person wants to be written to unasked; empty for where they last wrote from."""
    return connection.execute(select(_person.c.preferred_channel).where(_person.c.id == person_id)).scalar_one()


def prefer_channel(connection: Connection, person_id: int, channel: str) -> None:
    """Keep on which channel a person wants to be written to unasked."""
    connection.execute(update(_person).where(_person.c.id == person_id).values(preferred_channel=channel))


def out_of_reach(connection: Connection, office_id: int) -> dict[int, datetime]:
    """Who of the office joined but has no address left that can be written to, and when they were last heard."""
    reached = exists().where(_other_account.c.person_id == _person.c.id, _other_account.c.reachable)
    heard = func.max(func.coalesce(_account.c.last_inbound_at, _account.c.joined_at))
    rows = connection.execute(
        select(_person.c.id, heard.label("heard"))
        .join(_account, _account.c.person_id == _person.c.id)
        .where(_person.c.office_id == office_id, ~reached)
        .group_by(_person.c.id)
    )
    return {row.id: row.heard for row in rows}


def _person_card(row: Row[int, str, str, bool]) -> PersonCard:
    return PersonCard(row.id, row.name, row.salutation, row.joined)


def new_invite(
    connection: Connection,
    office_id: int,
    post_id: int,
    now: datetime,
    expires_at: datetime,
    person_id: int | None = None,
) -> str:
    """Make a one-time invitation to a post; return its code, which is kept nowhere else.

    Nobody joins by it as somebody else than the person, where one is given: a post may change hands meanwhile.
    """
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    add(
        connection,
        _invite,
        {
            "office_id": office_id,
            "post_id": post_id,
            "code_hash": hash_of(code),
            "made_at": now,
            "expires_at": expires_at,
            "person_id": person_id,
        },
    )
    return code


def open_invite(connection: Connection, code: str, now: datetime) -> OpenInvite | None:
    """The invitation of a code as people type it (any case, spaces, hyphens), None for a wrong, used or expired one."""
    row = connection.execute(
        select(
            _post,
            _invite.c.id.label("invite_id"),
            _office.c.name.label("office"),
            _invite.c.office_id.label("of"),
            _invite.c.person_id,
        )
        .join(_invite, _invite.c.post_id == _post.c.id)
        .join(_office, _office.c.id == _invite.c.office_id)
        .where(_invite.c.code_hash == hash_of(code), *_usable(now))
    ).one_or_none()
    return None if row is None else OpenInvite(row.invite_id, row.of, row.office, post_card(row), row.person_id)


def closed_invite(connection: Connection, code: str) -> Closed | None:
    """Why the invitation of a code that is not open can no longer be used; None for a code that never was one."""
    row = connection.execute(select(_invite).where(_invite.c.code_hash == hash_of(code))).one_or_none()
    return None if row is None else why_closed(row)


def is_usable(row: Row[*tuple[object, ...]], now: datetime) -> bool:
    """Whether the invitation of a row can be used."""
    return row.used_at is None and row.revoked_at is None and row.expires_at > now


def why_closed(row: Row[*tuple[object, ...]]) -> Closed:
    """Why the invitation of a row can no longer be used."""
    if row.used_at is not None:
        return Closed.USED
    return Closed.EXPIRED if row.revoked_at is None else Closed.REVOKED


def _usable(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (_invite.c.used_at.is_(None), _invite.c.revoked_at.is_(None), _invite.c.expires_at > now)


def revoke_invites(connection: Connection, post_id: int, now: datetime, keeping: int | None = None) -> None:
    """Withdraw every invitation to a post that can still be used, but that of a person to keep: a lost one must open
    nothing."""
    others = () if keeping is None else (_invite.c.person_id.is_distinct_from(keeping),)
    usable = (_invite.c.post_id == post_id, *_usable(now), *others)
    connection.execute(update(_invite).where(*usable).values(revoked_at=now))


def use_invite(connection: Connection, invite_id: int, person_id: int, now: datetime) -> bool:
    """Spend an invitation; False where somebody was quicker, or it was withdrawn or ran out meanwhile."""
    spent = connection.execute(
        update(_invite).where(_invite.c.id == invite_id, *_usable(now)).values(used_at=now, used_by=person_id)
    )
    return spent.rowcount == 1


def hash_of(code: str) -> str:
    """What is kept of an invitation's code."""
    plain = "".join(character for character in code.upper() if character.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def holds_or_will(connection: Connection, person_id: int, post_id: int, today: date) -> bool:
    """Whether somebody holds a post on that day or begins in it later."""
    theirs = (_tenure.c.post_id == post_id) & (_tenure.c.person_id == person_id)
    stays = _tenure.c.ends.is_(None) | ((_tenure.c.ends >= today) & (_tenure.c.ends >= _tenure.c.starts))
    return connection.execute(select(_tenure.c.id).where(theirs, stays).limit(1)).one_or_none() is not None


def coming(connection: Connection, office_id: int, today: date) -> Mapping[int, tuple[int, date]]:
    """Who begins next in each post of the office for which somebody is named, with their first day."""
    rows = connection.execute(
        select(_tenure.c.post_id, _tenure.c.person_id, _tenure.c.starts)
        .join(_post, _post.c.id == _tenure.c.post_id)
        .where(
            _post.c.office_id == office_id,
            _tenure.c.starts > today,
            _tenure.c.ends.is_(None) | (_tenure.c.ends >= _tenure.c.starts),
        )
        .order_by(_tenure.c.starts.desc(), _tenure.c.id.desc())
    )
    return {row.post_id: (row.person_id, row.starts) for row in rows}


def card_of(connection: Connection, person_id: int) -> PersonCard:
    """A person by id."""
    return _person_card(connection.execute(_CARD, {"person": person_id}).one())


def holder_of(connection: Connection, post_id: int, today: date) -> PersonCard | None:
    """Who holds a post on that day (Plt or Plh before definitif, then the newest); None for a vacant one."""
    rows = connection.execute(_HOLDERS, {"post": post_id, "today": today}).all()
    if not rows:
        return None
    acting = sorted(rows, key=lambda row: row.capacity != Capacity.DEFINITIF)[-1]
    return _person_card(connection.execute(_CARD, {"person": acting.person_id}).one())


def listed(connection: Connection, phone: str, now: datetime) -> tuple[Listed, ...]:
    """Everybody of any office whose number (E.164) that is and who holds a post now, with the first of their posts."""
    rows = connection.execute(
        select(_person.c.id, _office.c.id.label("office_id"), _office.c.name, _office.c.zone)
        .join(_office, _office.c.id == _person.c.office_id)
        .where(_person.c.phone == phone, _person.c.phone != "")
        .order_by(_person.c.id)
    )
    held = ((row, held_posts(connection, row.id, local(now, row.zone).date())) for row in rows.all())
    return tuple(Listed(row.id, row.office_id, row.name, posts_of[0].post) for row, posts_of in held if posts_of)


def phone_of_person(connection: Connection, person_id: int) -> str:
    """The number that the office entered for somebody, E.164; empty for none."""
    return connection.execute(select(_person.c.phone).where(_person.c.id == person_id)).scalar_one()


def new_holder(connection: Connection, office_id: int, post_id: int, name: str, today: date) -> PersonCard:
    """Enter a person who joined a vacant post."""
    person_id = add(connection, _person, {"office_id": office_id, "name": name, "salutation": "", "phone": ""})
    add(
        connection,
        _tenure,
        {"post_id": post_id, "person_id": person_id, "capacity": Capacity.DEFINITIF, "starts": today},
    )
    return PersonCard(person_id, name, "")
