"""Posts, the people who hold them, and the invitations by which they join."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Row, Select, and_, or_, select, update

from domain.plan import Capacity, Role
from storage.rows import add
from storage.tables import Account, Invite, Office, Person, Post, Tenure, table

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and digits that cannot be taken for one another (no I, O, 0, 1)."""
CODE_LENGTH = 10
"""32 ** 10 codes: five guesses an hour find none."""

_invite = table(Invite)
_office = table(Office)
_person = table(Person)
_post = table(Post)
_tenure = table(Tenure)
_account = table(Account)


@dataclass(frozen=True)
class PostCard:
    """A post as conversations see it."""

    id: int
    title: str
    role: Role
    superior_id: int | None
    section: str
    is_admin: bool
    position: int


@dataclass(frozen=True)
class HeldPost:
    """A post that a person holds today, and in which capacity."""

    post: PostCard
    capacity: Capacity


@dataclass(frozen=True)
class PersonCard:
    """A person as conversations see them. `joined` says that an address can be written to."""

    id: int
    name: str
    salutation: str
    joined: bool = False


@dataclass(frozen=True)
class OpenInvite:
    """An invitation that can still be used."""

    id: int
    office_id: int
    office: str
    post: PostCard


def post_card(row: Row[*tuple[object, ...]]) -> PostCard:
    """The card of a row of the post table."""
    return PostCard(row.id, row.title, Role(row.role), row.superior_id, row.section, row.is_admin, row.position)


def posts(connection: Connection, office_id: int) -> tuple[PostCard, ...]:
    """Every post of the office, in the order of its workbook."""
    rows = connection.execute(select(_post).where(_post.c.office_id == office_id).order_by(_post.c.position))
    return tuple(post_card(row) for row in rows)


def _holding(today: date) -> Select[*tuple[object, ...]]:
    in_office = and_(_tenure.c.starts <= today, or_(_tenure.c.ends.is_(None), _tenure.c.ends >= today))
    return select(_tenure.c.capacity, _tenure.c.person_id, _post).join(_post).where(in_office)


def held_posts(connection: Connection, person_id: int, today: date) -> tuple[HeldPost, ...]:
    """The posts a person holds on that day, in the office's order."""
    rows = connection.execute(_holding(today).where(_tenure.c.person_id == person_id).order_by(_post.c.position))
    return tuple(HeldPost(post_card(row), Capacity(row.capacity)) for row in rows)


def holders(connection: Connection, office_id: int, today: date) -> dict[int, int]:
    """Who holds which post on that day: post id to person id (a Plt or Plh before the definitif)."""
    rows = connection.execute(_holding(today).where(_post.c.office_id == office_id))
    ranked = sorted(rows, key=lambda row: row.capacity != Capacity.DEFINITIF)
    return {row.id: row.person_id for row in ranked}


def person(connection: Connection, office_id: int, person_id: int) -> PersonCard:
    """One person of the office. Raises NoResultFound for another office's."""
    row = connection.execute(select(_person).where(_person.c.id == person_id, _person.c.office_id == office_id)).one()
    return PersonCard(row.id, row.name, row.salutation, joined=True)


def people(connection: Connection, office_id: int) -> tuple[PersonCard, ...]:
    """Everybody of the office, and whether they have joined."""
    joined = set(
        connection.execute(
            select(_account.c.person_id)
            .join(_person, _person.c.id == _account.c.person_id)
            .where(_person.c.office_id == office_id)
        ).scalars()
    )
    rows = connection.execute(select(_person).where(_person.c.office_id == office_id).order_by(_person.c.id))
    return tuple(PersonCard(row.id, row.name, row.salutation, row.id in joined) for row in rows)


def new_invite(connection: Connection, office_id: int, post_id: int, now: datetime, expires_at: datetime) -> str:
    """Make a one-time invitation to a post; return its code, which is kept nowhere else."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    add(
        connection,
        _invite,
        {
            "office_id": office_id,
            "post_id": post_id,
            "code_hash": _hash(code),
            "made_at": now,
            "expires_at": expires_at,
        },
    )
    return code


def open_invite(connection: Connection, code: str, now: datetime) -> OpenInvite | None:
    """The invitation of a code as people type it (any case, spaces, hyphens), None for a wrong, used or expired one."""
    row = connection.execute(
        select(_post, _invite.c.id.label("invite_id"), _office.c.name.label("office"), _invite.c.office_id.label("of"))
        .join(_invite, _invite.c.post_id == _post.c.id)
        .join(_office, _office.c.id == _invite.c.office_id)
        .where(
            _invite.c.code_hash == _hash(code),
            _invite.c.used_at.is_(None),
            _invite.c.revoked_at.is_(None),
            _invite.c.expires_at > now,
        )
    ).one_or_none()
    return None if row is None else OpenInvite(row.invite_id, row.of, row.office, post_card(row))


def use_invite(connection: Connection, invite_id: int, person_id: int, now: datetime) -> bool:
    """Spend an invitation; False where somebody was quicker."""
    spent = connection.execute(
        update(_invite)
        .where(_invite.c.id == invite_id, _invite.c.used_at.is_(None))
        .values(used_at=now, used_by=person_id)
    )
    return spent.rowcount == 1


def _hash(code: str) -> str:
    plain = "".join(character for character in code.upper() if character.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def holder_of(connection: Connection, post_id: int, today: date) -> PersonCard | None:
    """Who holds a post on that day, None for a vacant one."""
    row = connection.execute(
        select(_person)
        .join(_tenure, _tenure.c.person_id == _person.c.id)
        .where(
            _tenure.c.post_id == post_id,
            _tenure.c.starts <= today,
            or_(_tenure.c.ends.is_(None), _tenure.c.ends >= today),
        )
        .order_by(_tenure.c.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else PersonCard(row.id, row.name, row.salutation)


def new_holder(connection: Connection, office_id: int, post_id: int, name: str, today: date) -> PersonCard:
    """Enter a person who joined a vacant post."""
    person_id = add(connection, _person, {"office_id": office_id, "name": name, "salutation": "", "phone": ""})
    add(
        connection,
        _tenure,
        {"post_id": post_id, "person_id": person_id, "capacity": Capacity.DEFINITIF, "starts": today},
    )
    return PersonCard(person_id, name, "")
