"""What may come of something that happened in a group: it is noted, and whoever is in charge is asked in private.

Nobody joins from a group, and nothing of an office is looked up for its members but whether they are its admins.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from domain.zones import Zone, local
from storage import audit, conversations, kabupaten, people, schema, seats
from storage.desk import Almanac, Desk
from storage.groups import GroupCard, GroupState, of_conversation
from storage.rows import add_once

_account, _group = schema.account, schema.office_group
_invite, _office, _outbox = schema.invite, schema.office, schema.outbox


@dataclass(frozen=True)
class GroupDoor:
    """What something that happened in a group may lead to, at `now`. `inbox_id` is the message that told it."""

    connection: Connection = field(repr=False)
    conversation_id: int
    channel: str
    address: str
    now: datetime
    almanac: Almanac = field(repr=False)
    inbox_id: int
    written_to: list[int] = field(default_factory=list[int], repr=False)
    """The offices whose people were written to in private."""

    @property
    def card(self) -> GroupCard | None:
        """The group, None while nothing was noted of it."""
        return of_conversation(self.connection, self.conversation_id)

    def note(self, title: str) -> GroupCard:
        """The group, entered where it is new, under the name that it has now."""
        entered = {
            "conversation_id": self.conversation_id,
            "title": title,
            "state": GroupState.NEW,
            "changed_at": self.now,
        }
        add_once(self.connection, _group, entered)
        if title:
            self._change(title=title)
        card = self.card
        assert card is not None  # it has just been entered
        return card

    def admin_desks(self, address: str) -> tuple[Desk, ...]:
        """The offices of which somebody who writes in private from that address is an admin, the one they have chosen
        first; of a group's own member nothing else is looked up."""
        found = sorted(seats.at(self.connection, self.channel, address), key=lambda seat: not seat.chosen)
        desks = (
            Desk(self.connection, seat.office_id, self.now, self.almanac, seat.person_id, self.channel, self.inbox_id)
            for seat in found
            if seat.office_id is not None
        )
        return tuple(desk for desk in desks if desk.is_admin)

    def ask(self, desk: Desk) -> None:
        """An admin is asked whether the group is the office's. Raises PermissionError for anybody else, and for a group
        that is another office's."""
        card = self.card
        taken = card is not None and card.state is GroupState.LINKED and card.office_id != desk.office_id
        if not desk.is_admin or taken:
            raise PermissionError("only an admin links a group, and one that is nobody's")
        self._change(state=GroupState.ASKED, office_id=desk.office_id, asked_by=desk.person_id, changed_at=self.now)

    def remove(self) -> None:
        """The assistant was put out of the group."""
        self._change(state=GroupState.REMOVED, changed_at=self.now)

    def come_back(self) -> None:
        """It was added again: somebody is to be asked anew."""
        self._change(state=GroupState.NEW, office_id=None, asked_by=None, decided_by=None, changed_at=self.now)

    def move_to(self, address: str) -> None:
        """The group lives on under another address, with what still waits for it; told twice it changes nothing.

        What was told from there before is nothing new.
        """
        card = self.card
        if card is None:
            return
        early = select(_account.c.conversation_id).where(
            _account.c.channel == self.channel, _account.c.address == address
        )
        found = [key for key in self.connection.execute(early).scalars() if key != self.conversation_id]
        self.connection.execute(delete(_group).where(_group.c.conversation_id.in_(found)))
        conversations.move_address(self.connection, self.channel, self.address, address)
        self.connection.execute(
            update(_outbox)
            .where(
                _outbox.c.conversation_id == self.conversation_id,
                _outbox.c.state.in_(("waiting", "due")),
                _outbox.c.lease_until.is_(None),
            )
            .values(address=address)
        )
        if card.state is GroupState.REMOVED and card.decided_by is not None:  # it was told of the old address
            self._change(state=GroupState.LINKED)

    def speaks_today(self) -> bool:
        """Whether it was not said in the group today that private things are said in private; from now on it was."""
        card = self.card
        zone = Zone.WIB.value if card is None or card.office_id is None else self._zone(card.office_id)
        today = local(self.now, zone).date()
        spoken = self.connection.execute(
            update(_group)
            .where(
                _group.c.conversation_id == self.conversation_id,
                _group.c.answered_on.is_(None) | (_group.c.answered_on < today),
            )
            .values(answered_on=today)
        )
        return spoken.rowcount == 1

    def _zone(self, office_id: int) -> str:
        return self.connection.execute(select(_office.c.zone).where(_office.c.id == office_id)).scalar_one()

    def revoke(self, code: str) -> tuple[Desk, str] | None:
        """Withdraw the invitation whose code many have seen; return the office's own desk and the post, None for a code
        that opens nothing of an office."""
        overseer = kabupaten.open_invite(self.connection, code, self.now)
        if overseer is not None:
            kabupaten.end_invite(self.connection, overseer.id, self.now)
        invite = people.open_invite(self.connection, code, self.now)
        if invite is None:
            return None
        self.connection.execute(update(_invite).where(_invite.c.id == invite.id).values(revoked_at=self.now))
        desk = Desk(self.connection, invite.office_id, self.now, self.almanac, None, self.channel, self.inbox_id)
        audit.record(
            self.connection, invite.office_id, desk.actor(), self.now, "invite revoked", f"post {invite.post.id}"
        )
        return desk, invite.post.title

    def _change(self, **values: object) -> None:
        self.connection.execute(update(_group).where(_group.c.conversation_id == self.conversation_id).values(**values))
