"""Who looks after the offices of a kabupaten: invited by the installer, and seeing how far the offices have come.

An overseer is nobody of an office: they see which posts are missing and what the offices have reached as a whole, never
a figure of a single indicator.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, func, select, update

from domain.doors import Doors
from domain.kabupaten import is_same
from domain.plan import OfficePlan, PersonRow
from domain.zones import local
from storage import audit, doors, jobs, people, schema, screens
from storage.desk import Almanac, Desk
from storage.invite_codes import ALPHABET, CODE_LENGTH
from storage.invites import LIFE
from storage.offices import zone_of
from storage.people import hash_of
from storage.plan_json import plan_from_json
from storage.plans import AnswerRefused, apply_plan
from storage.rows import add
from storage.seats import SeatBook

_account, _office, _overseer = schema.account, schema.office, schema.overseer
_STATEMENT_OF_CONVERSATION = select(_overseer).where(
    _overseer.c.conversation_id == bindparam("conversation"), _overseer.c.ended_at.is_(None)
)


@dataclass(frozen=True)
class OverseerInvite:
    """An invitation to look after a kabupaten that can still be used."""

    id: int
    kabupaten: str


@dataclass(frozen=True)
class OverseerCard:
    """Somebody who looks after a kabupaten, and where they are best reached; None for nowhere."""

    id: int
    kabupaten: str
    conversation_id: int


@dataclass(frozen=True)
class OfficeName:
    """An office of a kabupaten. `zone` is an IANA name."""

    id: int
    name: str
    zone: str


def kabupatens(connection: Connection) -> tuple[str, ...]:
    """The kabupaten of the installation's offices, in the order of their names."""
    found = connection.execute(select(_office.c.kabupaten).distinct().order_by(_office.c.kabupaten))
    return tuple(name for name in found.scalars() if name)


def offices_of(connection: Connection, kabupaten: str) -> tuple[OfficeName, ...]:
    """The offices of a kabupaten, in the order of their names."""
    rows = connection.execute(select(_office.c.id, _office.c.name, _office.c.kabupaten, _office.c.zone))
    found = (OfficeName(row.id, row.name, row.zone) for row in rows if is_same(row.kabupaten, kabupaten))
    return tuple(sorted(found, key=lambda office: office.name))


def new_invite(connection: Connection, kabupaten: str, now: datetime, expires_at: datetime) -> str:
    """Invite somebody, once, to look after a kabupaten; return the code, which is kept nowhere else."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    values = {"kabupaten": kabupaten, "code_hash": hash_of(code), "made_at": now, "expires_at": expires_at}
    add(connection, _overseer, values)
    return code


def open_invite(connection: Connection, code: str, now: datetime) -> OverseerInvite | None:
    """The invitation of a code as people type it; None for a wrong, used, ended or expired one."""
    row = connection.execute(
        select(_overseer).where(
            _overseer.c.code_hash == hash_of(code),
            _overseer.c.joined_at.is_(None),
            _overseer.c.ended_at.is_(None),
            _overseer.c.expires_at > now,
        )
    ).one_or_none()
    return None if row is None else OverseerInvite(row.id, row.kabupaten)


def end_invite(connection: Connection, invite_id: int, now: datetime) -> None:
    """Withdraw an invitation that others may have seen."""
    connection.execute(update(_overseer).where(_overseer.c.id == invite_id).values(ended_at=now))


def end_all(connection: Connection, kabupaten: str, now: datetime) -> int:
    """Nobody looks after a kabupaten any more, nor can by an invitation of before; return how many that ended."""
    rows = connection.execute(select(_overseer.c.id, _overseer.c.kabupaten).where(_overseer.c.ended_at.is_(None)))
    theirs = [row.id for row in rows if is_same(row.kabupaten, kabupaten)]
    connection.execute(update(_overseer).where(_overseer.c.id.in_(theirs)).values(ended_at=now))
    return len(theirs)


def join(connection: Connection, invite_id: int, conversation_id: int, now: datetime) -> bool:
    """Spend an invitation: the conversation is the overseer's. False where somebody was quicker, or it ran out."""
    spent = connection.execute(
        update(_overseer)
        .where(
            _overseer.c.id == invite_id,
            _overseer.c.joined_at.is_(None),
            _overseer.c.ended_at.is_(None),
            _overseer.c.expires_at > now,
        )
        .values(joined_at=now, conversation_id=conversation_id)
    )
    return spent.rowcount == 1


def of_conversation(connection: Connection, conversation_id: int) -> OverseerCard | None:
    """Whose a conversation is, if somebody looks after a kabupaten there."""
    row = connection.execute(_STATEMENT_OF_CONVERSATION, {"conversation": conversation_id}).one_or_none()
    return None if row is None else OverseerCard(row.id, row.kabupaten, row.conversation_id)


def all_joined(connection: Connection) -> tuple[OverseerCard, ...]:
    """Everybody who looks after a kabupaten."""
    rows = connection.execute(
        select(_overseer)
        .where(_overseer.c.conversation_id.is_not(None), _overseer.c.ended_at.is_(None))
        .order_by(_overseer.c.id)
    )
    return tuple(OverseerCard(row.id, row.kabupaten, row.conversation_id) for row in rows)


def address_of(connection: Connection, conversation_id: int) -> tuple[str, str] | None:
    """Channel and address at which an overseer was last heard; None where they cannot be reached."""
    row = connection.execute(
        select(_account.c.channel, _account.c.address)
        .where(_account.c.conversation_id == conversation_id, _account.c.reachable)
        .order_by(_account.c.last_inbound_at.desc().nulls_last(), _account.c.id)
        .limit(1)
    ).one_or_none()
    return None if row is None else (row.channel, row.address)


@dataclass(frozen=True)
class Refusal:
    """Why an office cannot be added: it is `there` already, its name is `taken` in another kabupaten, its workbook
    names another `kabupaten`, or it is `unreadable`. `name` is that of the office, or of the kabupaten."""

    kind: Literal["there", "taken", "kabupaten", "unreadable"]
    name: str


class OfficeRefused(Exception):
    """An office that cannot be added."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.kind)
        self.refusal = refusal


@dataclass(frozen=True)
class OfficeFacts:
    """What a workbook would add."""

    office: str
    year: int
    posts: int
    indicators: int
    questions: int


@dataclass(frozen=True)
class AdminInvite:
    """A new invitation to the post of an office's first admin, with its code, and who holds the post, None for nobody.
    `expires_at` is on the office's clock, in its `zone`."""

    post: str
    holder: PersonRow | None
    code: str = field(repr=False)
    expires_at: datetime
    zone: str


@dataclass(frozen=True)
class AddedOffice:
    """An office that was added, and the invitation of its admin; None where no post of it is one."""

    office: str
    admin: AdminInvite | None


@dataclass(frozen=True)
class Hall:
    """One overseer's view of the offices of their kabupaten at `now`, and of nothing else."""

    connection: Connection = field(repr=False)
    overseer: OverseerCard
    now: datetime
    almanac: Almanac = field(repr=False)
    inbox_id: int | None = None
    jobs: list[int] = field(default_factory=list[int], repr=False)
    """What was begun that is too slow for a turn, by the ids of its jobs."""
    moved: list[int] = field(default_factory=list[int], repr=False)
    """The conversation of another seat that was chosen."""

    @property
    def kabupaten(self) -> str:
        return self.overseer.kabupaten

    @property
    def offices(self) -> tuple[OfficeName, ...]:
        return offices_of(self.connection, self.kabupaten)

    @property
    def seats(self) -> SeatBook:
        """For whom else the address speaks."""
        return SeatBook(self.connection, self.inbox_id, self.moved)

    @property
    def on_screen(self) -> list[dict[str, Any]]:
        """The newest messages to who is being answered, as they are stored, the last one first."""
        return [] if self.inbox_id is None else screens.on_screen(self.connection, self.inbox_id)

    def desks(self) -> Sequence[Desk]:
        """The program's own view of each office: whoever uses it shows no more than the kabupaten may see."""
        return [Desk(self.connection, office.id, self.now, self.almanac) for office in self.offices]

    # --- adding an office -----------------------------------------------------------------------------------------

    def refusal(self, plain: Mapping[str, Any]) -> Refusal | None:
        """Why the office of a plan, as JSON, cannot be added; None where it can."""
        plan = _plan_in(plain)
        if plan is None:
            return Refusal("unreadable", "")
        if not is_same(plan.kabupaten, self.kabupaten):
            return Refusal("kabupaten", plan.kabupaten)
        found = self._kabupaten_of(plan.office)
        if found is None:
            return None
        return Refusal("there" if is_same(found, self.kabupaten) else "taken", plan.office)

    def facts(self, plain: Mapping[str, Any]) -> OfficeFacts:
        """What a plan would add. Raises ValueError for one that cannot be read."""
        plan = plan_from_json(plain)
        asked = len(plan.questions) - len(plan.answers)
        return OfficeFacts(plan.office, plan.year, len(plan.posts), len(plan.indicators), max(asked, 0))

    def add_office(self, plain: Mapping[str, Any]) -> AddedOffice:
        """Enter an office with its first plan, all or nothing, and invite its admin. Raises OfficeRefused."""
        refusal = self.refusal(plain)
        if refusal is not None:
            raise OfficeRefused(refusal)
        plan = plan_from_json(plain)
        try:
            loaded = apply_plan(self.connection, plan, self.now)
        except AnswerRefused as refused:
            raise OfficeRefused(Refusal("unreadable", plan.office)) from refused
        actor = audit.Actor(None, None, "", "", self.inbox_id)
        audit.record(self.connection, loaded.office_id, actor, self.now, "office added", f"overseer {self.overseer.id}")
        return AddedOffice(plan.office, self._invite_admin(loaded.office_id, plan, actor))

    @property
    def doors(self) -> Doors:
        """Through which channels people can join."""
        return doors.known(self.connection)

    def _invite_admin(self, office_id: int, plan: OfficePlan, actor: audit.Actor) -> AdminInvite | None:
        """Invite to the first admin's post of an office that was just added."""
        post = next((one for one in people.posts(self.connection, office_id) if one.is_admin), None)
        if post is None:
            return None
        until = self.now + LIFE
        code = people.new_invite(self.connection, office_id, post.id, self.now, until)
        audit.record(self.connection, office_id, actor, self.now, "invited", f"post {post.id}")
        holder = next((one for one in plan.people if one.post == post.title), None)
        zone = zone_of(self.connection, office_id)
        return AdminInvite(post.title, holder, code, local(until, zone), zone)

    def _kabupaten_of(self, office: str) -> str | None:
        """The kabupaten to which the office of a name belongs; None where there is no such office."""
        named = func.lower(_office.c.name) == office.lower()
        return self.connection.execute(select(_office.c.kabupaten).where(named).limit(1)).scalar_one_or_none()

    # --- slow work ------------------------------------------------------------------------------------------------

    def begin_job(self, kind: str, details: Mapping[str, Any]) -> None:
        """Have something done that is too slow for a turn; its result comes to the conversation."""
        begun = jobs.begin_in(self.connection, self.overseer.conversation_id, kind, details, self.now)
        self.jobs.append(begun)


def _plan_in(plain: Mapping[str, Any]) -> OfficePlan | None:
    try:
        return plan_from_json(plain)
    except (TypeError, KeyError, ValueError):
        return None
