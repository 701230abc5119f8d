"""What a message from somebody unknown may do: show an invitation's code, and join by it. Nothing else."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from domain.zones import local
from storage import audit, conversations, kabupaten, numbers, people, seats
from storage.conversations import StoredConversation
from storage.desk import Almanac, Desk
from storage.kabupaten import Hall, OverseerCard, OverseerInvite
from storage.offices import zone_of
from storage.people import OpenInvite, PersonCard

WRONG_CODES = 5
"""Wrong codes in a row after which an address must wait."""
WAIT = timedelta(hours=1)


class InviteGone(Exception):
    """The invitation was used by somebody else a moment ago."""


@dataclass
class Lobby:
    """One address that nobody has joined from, at `now`. `joined` is the conversation it led to once it has."""

    connection: Connection = field(repr=False)
    conversation: StoredConversation
    channel: str
    address: str
    now: datetime
    almanac: Almanac = field(repr=False)
    inbox_id: int | None = None
    joined: int | None = None

    @property
    def locked(self) -> bool:
        """Whether the address must wait before another code is looked at."""
        until = self.conversation.locked_until
        return until is not None and until > self.now

    def invite(self, code: str) -> OpenInvite | None:
        """The open invitation of a code; a wrong one is counted, and the fifth in a row locks the address."""
        found = people.open_invite(self.connection, code, self.now)
        if found is None:
            wrong = self.conversation.wrong_codes + 1
            locked = wrong >= WRONG_CODES
            conversations.save_wrong_codes(
                self.connection, self.conversation.id, 0 if locked else wrong, self.now + WAIT if locked else None
            )
        return found

    def overseer_invite(self, code: str) -> OverseerInvite | None:
        """The open invitation of a code to look after a kabupaten; a wrong one is not counted, `invite` does that."""
        return kabupaten.open_invite(self.connection, code, self.now)

    def oversee(self, invite: OverseerInvite) -> Hall | None:
        """Spend such an invitation: the conversation is the overseer's from now on. None where it is gone."""
        if not kabupaten.join(self.connection, invite.id, self.conversation.id, self.now):
            return None
        self.joined = self.conversation.id
        seats.note_shared(self.connection, self.channel, self.address)
        overseer = OverseerCard(invite.id, invite.kabupaten, self.conversation.id)
        return Hall(self.connection, overseer, self.now, self.almanac, self.inbox_id)

    def holder(self, invite: OpenInvite) -> PersonCard | None:
        """Who holds the post of an invitation today, None for a vacant one."""
        return people.holder_of(self.connection, invite.post.id, self._today(invite.office_id))

    def _today(self, office_id: int) -> date:
        return local(self.now, zone_of(self.connection, office_id)).date()

    @property
    def waits(self) -> bool:
        """Whether the address waits to become somebody's new number."""
        return numbers.waits(self.connection, self.channel, self.address)

    def join(self, invite: OpenInvite, name: str, must_ask: Callable[[Desk], bool] = lambda _desk: True) -> Desk | None:
        """Spend the invitation: the address belongs to the post's holder from now on, or to a new one called `name`.

        Returns the desk of the person who has joined. Who has another number on this channel already has joined only
        when that is agreed to, as far as `must_ask` of their desk says that somebody can be asked: then None. Raises
        InviteGone.
        """
        with self.connection.begin_nested():  # nobody is entered for an invitation that is gone
            person = self.holder(invite) or people.new_holder(
                self.connection, invite.office_id, invite.post.id, name, self._today(invite.office_id)
            )
            if not people.use_invite(self.connection, invite.id, person.id, self.now):
                raise InviteGone
        desk = Desk(self.connection, invite.office_id, self.now, self.almanac, person.id, self.channel, self.inbox_id)
        if self.channel in numbers.PHONE_CHANNELS and desk.numbers.present(person.id, self.channel):
            change_id = desk.numbers.ask(person.id, self.channel, self.address)
            if must_ask(desk):
                return None
            desk.numbers.agree(change_id)
        self.joined = conversations.give_to_person(
            self.connection, self.conversation.id, self.channel, self.address, invite.office_id, person.id, self.now
        )
        seats.note_shared(self.connection, self.channel, self.address)
        actor = audit.Actor(person.id, invite.post.id, "", self.channel, self.inbox_id)
        audit.record(self.connection, invite.office_id, actor, self.now, "joined", f"post {invite.post.id}")
        return desk
