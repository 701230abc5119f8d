"""Groups of a channel to which the assistant was added: whose they are, and where to post.

A group is never an account of anybody: nobody joins from it, and what is said there is no conversation.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, bindparam, select, update

from storage import audit, schema

_account, _group = schema.account, schema.office_group
_OF_CONVERSATION = select(_group).where(_group.c.conversation_id == bindparam("conversation"))


class GroupState(StrEnum):
    """NEW: somebody unknown added the assistant. ASKED: an admin is asked whether it may post there. LINKED: it may.
    DECLINED: it may not. REMOVED: it was put out of the group."""

    NEW = "new"
    ASKED = "asked"
    LINKED = "linked"
    DECLINED = "declined"
    REMOVED = "removed"


@dataclass(frozen=True)
class GroupCard:
    """A group. `office_id` is that whose admin is asked or has agreed; `title` what the group calls itself."""

    id: int
    conversation_id: int
    title: str
    state: GroupState
    office_id: int | None
    asked_by: int | None
    decided_by: int | None
    changed_at: datetime


@dataclass(frozen=True)
class Place:
    """Where a group is posted to."""

    channel: str
    address: str


def of_conversation(connection: Connection, conversation_id: int) -> GroupCard | None:
    """The group of a conversation; None for one of people."""
    row = connection.execute(_OF_CONVERSATION, {"conversation": conversation_id}).one_or_none()
    return None if row is None else _card(row)


def place_of(connection: Connection, group: GroupCard) -> Place | None:
    """Where a group is posted to; None where it is not to be found any more."""
    row = connection.execute(
        select(_account.c.channel, _account.c.address).where(_account.c.conversation_id == group.conversation_id)
    ).first()
    return None if row is None else Place(row.channel, row.address)


def note_lost(connection: Connection, channel: str, address: str, now: datetime) -> None:
    """A post was refused because the assistant is not in the group any more. Nothing happens for people's addresses."""
    of_address = select(_account.c.conversation_id).where(_account.c.channel == channel, _account.c.address == address)
    connection.execute(
        update(_group)
        .where(_group.c.conversation_id.in_(of_address), _group.c.state != GroupState.REMOVED)
        .values(state=GroupState.REMOVED, changed_at=now)
    )


def _card(row: Row[*tuple[object, ...]]) -> GroupCard:
    return GroupCard(
        row.id, row.conversation_id, row.title, GroupState(row.state), row.office_id, row.asked_by, row.decided_by,
        row.changed_at,
    )  # fmt: skip


@dataclass(frozen=True)
class GroupBook:
    """The groups of one office, for its admins and for the program itself."""

    connection: Connection = field(repr=False)
    office_id: int
    actor: Callable[[], audit.Actor] = field(repr=False)
    now: datetime
    is_admin: bool

    def all(self) -> tuple[GroupCard, ...]:
        """Those that are the office's or about which an admin is asked, in the order in which they came."""
        wanted = select(_group).where(_group.c.office_id == self.office_id).order_by(_group.c.id)
        return tuple(_card(row) for row in self.connection.execute(wanted))

    def get(self, group_id: int) -> GroupCard | None:
        """One of the office, None for another's."""
        return next((card for card in self.all() if card.id == group_id), None)

    def linked(self) -> tuple[GroupCard, ...]:
        """Those that are posted to."""
        return tuple(card for card in self.all() if card.state is GroupState.LINKED)

    def decide(self, group_id: int, state: GroupState) -> GroupCard:
        """An admin says that it may be posted there (LINKED), or not (DECLINED).

        Raises PermissionError for anybody else, for another office's group and for one that is over.
        """
        card = self.get(group_id)
        if not self.is_admin or card is None or card.state is GroupState.REMOVED:
            raise PermissionError(f"group {group_id} is not theirs to decide")
        changed = {"state": state, "decided_by": self.actor().person_id, "changed_at": self.now}
        self.connection.execute(update(_group).where(_group.c.id == group_id).values(**changed))
        audit.record(
            self.connection, self.office_id, self.actor(), self.now, f"group {state.value}", f"group {group_id}",
            old=card.state.value, new=state.value,
        )  # fmt: skip
        return self.get(group_id) or card

    def place(self, card: GroupCard) -> Place | None:
        """Where a group of the office is posted to."""
        return place_of(self.connection, card) if card.office_id == self.office_id else None
