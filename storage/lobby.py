"""What a message from somebody unknown may do: show an invitation's code or their own number, and join by it.

Nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from domain.zones import local
from storage import audit, conversations, kabupaten, numbers, people, seats, upkeep
from storage.conversations import StoredConversation
from storage.desk import Almanac, Desk
from storage.kabupaten import Hall, OverseerCard, OverseerInvite
from storage.offices import zone_of
from storage.people import Closed, Listed, OpenInvite, PersonCard

WRONG_CODES = 5
"""Wrong codes in a row after which an address must wait."""
WAIT = timedelta(hours=1)
MOST_LOCKED = 20
"""Addresses that wait at once, from which on somebody is trying codes in earnest: any other waits from its first wrong
one. Whoever has a right code joins as ever."""
BY_NUMBER = "nomor sendiri"
"""In which way somebody joined, in the record: by showing the number that the office entered."""


class InviteGone(Exception):
    """The invitation was used by somebody else a moment ago, or the number is not theirs any more."""


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

    def invite(self, code: str) -> OpenInvite | Closed | None:
        """The open invitation of a code, or why it can no longer be used: it is withdrawn where who was meant has left
        the post. A code that never was one is counted, and the fifth wrong thing in a row locks the address."""
        found = people.open_invite(self.connection, code, self.now) or people.closed_invite(self.connection, code)
        if found is None:
            self._count_wrong()
        is_for_nobody = isinstance(found, OpenInvite) and not self._is_meant(found)
        return Closed.REVOKED if is_for_nobody else found

    def _is_meant(self, invite: OpenInvite) -> bool:
        today = self._today(invite.office_id)
        whom = invite.person_id
        return whom is None or people.holds_or_will(self.connection, whom, invite.post.id, today)

    def _count_wrong(self) -> None:
        wrong = self.conversation.wrong_codes + 1
        locked = wrong >= WRONG_CODES or conversations.locked(self.connection, self.now) >= MOST_LOCKED
        conversations.save_wrong_codes(
            self.connection, self.conversation.id, 0 if locked else wrong, self.now + WAIT if locked else None
        )
        if locked:
            upkeep.note_guessing(self.connection, self.now)

    @property
    def own_phone(self) -> str:
        """The number from which they write, E.164; empty where the channel tells none."""
        return numbers.phone_of(self.address) if self.channel in numbers.PHONE_CHANNELS else ""

    def listed(self, phone: str) -> Listed | None:
        """Who has that number (E.164): the only one with a post, and not yet joined by this channel."""
        found = people.listed(self.connection, phone, self.now)
        if len(found) != 1 or numbers.present_address(self.connection, found[0].person_id, self.channel) is not None:
            return None
        return found[0]

    def shown(self, phone: str | None) -> Listed | None:
        """The same of a number that was shown as theirs, None for one that was not; a wrong one is counted as a wrong
        code is."""
        found = None if phone is None else self.listed(phone)
        if found is None:
            self._count_wrong()
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
        """Who is meant by an invitation: a named one, or who holds its post today; None for a vacant one."""
        if invite.person_id is not None:
            return people.card_of(self.connection, invite.person_id)
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
        self._admit(desk, person.id, invite.post.id, "")
        return desk

    def join_listed(self, person_id: int, phone_hash: str) -> Desk:
        """Join as the person whose own number was shown and is still theirs; `phone_hash` is the hash of it.

        Raises InviteGone where it is not, or where they joined meanwhile.
        """
        phone = people.phone_of_person(self.connection, person_id)
        found = self.listed(phone) if people.hash_of(phone) == phone_hash else None
        if found is None or found.person_id != person_id:
            raise InviteGone
        desk = Desk(self.connection, found.office_id, self.now, self.almanac, person_id, self.channel, self.inbox_id)
        self._admit(desk, person_id, found.post.id, BY_NUMBER)
        return desk

    def _admit(self, desk: Desk, person_id: int, post_id: int, way: str) -> None:
        """The address is theirs from now on; the record says in which `way` they joined, where not by an invitation."""
        self.joined = conversations.give_to_person(
            self.connection, self.conversation.id, self.channel, self.address, desk.office_id, person_id, self.now
        )
        seats.note_shared(self.connection, self.channel, self.address)
        actor = audit.Actor(person_id, post_id, "", self.channel, self.inbox_id)
        audit.record(self.connection, desk.office_id, actor, self.now, "joined", f"post {post_id}", reason=way)
