"""The invitations of an office, for its admins: made, looked through and withdrawn. Their codes are kept nowhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Row, select, update

from domain.doors import Doors
from domain.zones import local
from storage import audit, doors, people, schema
from storage.offices import zone_of
from storage.people import Closed

LIFE = timedelta(days=14)
"""How long an invitation can be used."""

_account, _invite, _person, _post = schema.account, schema.invite, schema.person, schema.post


@dataclass(frozen=True)
class InviteCard:
    """An invitation. `person_id` is who is meant, None where nobody holds the post; `closed` tells why it can no longer
    be used, None while it can."""

    id: int
    post_id: int
    person_id: int | None
    made_at: datetime
    expires_at: datetime
    closed: Closed | None


@dataclass(frozen=True)
class NewInvite:
    """An invitation that was just made, with its code."""

    card: InviteCard
    code: str


@dataclass(frozen=True)
class InviteBook:
    """The invitations of one office at `now`. Only an admin makes and withdraws them."""

    connection: Connection = field(repr=False)
    office_id: int
    actor: Callable[[], audit.Actor] = field(repr=False)
    now: datetime
    is_admin: bool

    @property
    def doors(self) -> Doors:
        """Through which channels people can join."""
        return doors.known(self.connection)

    def newest(self) -> Mapping[tuple[int, int | None], InviteCard]:
        """The newest invitation of everybody who has one, by their post and who they are."""
        rows = self.connection.execute(
            select(_invite).where(_invite.c.office_id == self.office_id).order_by(_invite.c.id)
        )
        return {(row.post_id, row.person_id): self._card(row) for row in rows}

    def meant(self, post_id: int) -> int | None:
        """Who holds a post today and is meant where nobody else is named."""
        found = people.holder_of(self.connection, post_id, self._today)
        return None if found is None else found.id

    def coming(self) -> Mapping[int, tuple[int, date]]:
        """Who begins next in a post, with their first day, by post: they may join before it."""
        return people.coming(self.connection, self.office_id, self._today)

    @property
    def _today(self) -> date:
        return local(self.now, zone_of(self.connection, self.office_id)).date()

    def get(self, invite_id: int) -> InviteCard | None:
        """One of the office, None for another's."""
        row = self.connection.execute(
            select(_invite).where(_invite.c.office_id == self.office_id, _invite.c.id == invite_id)
        ).one_or_none()
        return None if row is None else self._card(row)

    def joined(self) -> Mapping[int, frozenset[str]]:
        """On which channels everybody of the office who has joined can be reached."""
        rows = self.connection.execute(
            select(_account.c.person_id, _account.c.channel)
            .join(_person, _person.c.id == _account.c.person_id)
            .where(_person.c.office_id == self.office_id, _account.c.reachable)
        )
        found: dict[int, frozenset[str]] = {}
        for row in rows:
            found[row.person_id] = found.get(row.person_id, frozenset()) | {row.channel}
        return found

    def make(self, post_id: int, person_id: int | None = None) -> NewInvite:
        """Invite somebody to a post, who holds it or who begins next; whatever invited them to it before opens nothing
        any more.

        Raises PermissionError for who is no admin, for a post that is another office's or has ended, and for a person
        who neither holds the post nor will.
        """
        self._check(post_id)
        whom = self.meant(post_id) if person_id is None else person_id
        if whom is not None and not people.holds_or_will(self.connection, whom, post_id, self._today):
            raise PermissionError(f"person {whom} has nothing to do with post {post_id}")
        follows = self.coming().get(post_id, (None,))[0]
        other = self.meant(post_id) if whom == follows else follows
        people.revoke_invites(self.connection, post_id, self.now, keeping=other)
        code = people.new_invite(self.connection, self.office_id, post_id, self.now, self.now + LIFE, whom)
        self._record("invited", post_id)
        return NewInvite(self.newest()[post_id, whom], code)

    def revoke(self, invite_id: int) -> InviteCard:
        """Withdraw an invitation; return it as it was until now, closed where there was nothing to withdraw.

        Raises PermissionError for who is no admin, and for an invitation of another office.
        """
        card = self.get(invite_id)
        if not self.is_admin or card is None:
            raise PermissionError(f"invitation {invite_id} is not theirs to withdraw")
        if card.closed is None:
            self.connection.execute(update(_invite).where(_invite.c.id == card.id).values(revoked_at=self.now))
            self._record("invite revoked", card.post_id)
        return card

    def _check(self, post_id: int) -> None:
        found = self.connection.execute(
            select(_post.c.ended).where(_post.c.id == post_id, _post.c.office_id == self.office_id)
        ).one_or_none()
        if not self.is_admin or found is None or found.ended is not None:
            raise PermissionError(f"post {post_id} is not theirs to invite to")

    def _record(self, action: str, post_id: int) -> None:
        audit.record(self.connection, self.office_id, self.actor(), self.now, action, f"post {post_id}")

    def _card(self, row: Row[*tuple[object, ...]]) -> InviteCard:
        closed = None if people.is_usable(row, self.now) else people.why_closed(row)
        return InviteCard(row.id, row.post_id, row.person_id, row.made_at, row.expires_at, closed)
