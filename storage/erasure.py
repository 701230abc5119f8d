"""Erasing a person (domain.md 8): who they are and what they wrote goes, what the office's archive rules keep stays.

`personal_columns.FATES` says of every column which of the two it is. Rows stay with their ids, so that figures, posts
and the sealed record still hold together; where a name was stands `mentions.ERASED`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    String,
    case,
    cast,
    delete,
    false,
    func,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.exc import NoResultFound

from storage import schema
from storage.audit import Actor, record
from storage.columns import UtcTime
from storage.mentions import ERASED, Marks, count_sealed, take_out
from storage.numbers import Decision

ERASED_ENTRY = "person erased"
"""What the record calls it."""
_account, _change, _conversation = schema.account, schema.number_change, schema.conversation
_evidence, _inbox, _invite, _job = schema.evidence, schema.inbox, schema.invite, schema.job
_outbox, _person, _request = schema.outbox, schema.person, schema.erasure_request
_overseer, _signer, _tenure = schema.overseer, schema.signer, schema.tenure
_is_overseers = _account.c.conversation_id.in_(
    select(_overseer.c.conversation_id).where(_overseer.c.conversation_id.is_not(None))
)
"""Somebody looks after a kabupaten from there: that the same person is erased in an office is no matter of it."""


class StillServing(Exception):
    """The person holds a post: their tenure has to end first."""


class AlreadyErased(Exception):
    """There is nothing left of the person but the archive."""


@dataclass(frozen=True)
class Erased:
    """What went: messages of the person, messages and words of others that mentioned them, pieces of evidence; and in
    how many rows of the sealed archive they are still mentioned."""

    messages: int
    mentions: int
    evidence: int
    sealed: int


@dataclass(frozen=True)
class _Trace:
    """Where a person is found: what they are known by, their conversations, and every channel and address from which
    they wrote, closed ones too."""

    marks: Marks
    conversations: tuple[int, ...]
    addresses: frozenset[tuple[str, str]]

    def wrote(self, row: FromClause) -> ColumnElement[bool]:
        """Whether a row of the inbox or outbox is part of their chat."""
        return or_(row.c.conversation_id.in_(self.conversations), self.at(row))

    def at(self, row: FromClause) -> ColumnElement[bool]:
        """Whether a row has an address of theirs."""
        return or_(false(), *((row.c.channel == one) & (row.c.address == other) for one, other in self.addresses))


@dataclass(frozen=True)
class Erasure:
    """One person of one office to be erased by `actor`, at `now` on the office's local day `today`."""

    connection: Connection = field(repr=False)
    office_id: int
    person_id: int
    actor: Actor
    now: datetime
    today: date

    def run(self, *, with_evidence: bool = False, even_serving: bool = False) -> Erased:
        """Erase all that goes, record it and say how much it was.

        Raises NoResultFound for somebody of another office, AlreadyErased, and StillServing unless `even_serving`.
        """
        trace = self._found()
        if trace.marks.name == ERASED:
            raise AlreadyErased
        if is_serving(self.connection, self.person_id, self.today) and not even_serving:
            raise StillServing
        pieces = self._forget_evidence() if with_evidence else 0
        messages = self._forget_received(trace) + self._forget_sent(trace)
        self._forget_work(trace)
        self._forget_addresses(trace)
        self._forget_names(trace.marks)
        mentions = take_out(self.connection, self.office_id, trace.marks)
        erased = Erased(messages, mentions, pieces, count_sealed(self.connection, self.office_id, trace.marks))
        self._record(erased)
        return erased

    def _record(self, erased: Erased) -> None:
        """By numbers alone: the record can never be erased."""
        told = f"messages {erased.messages}, mentions {erased.mentions}, evidence {erased.evidence}"
        subject = f"person {self.person_id}"
        record(self.connection, self.office_id, self.actor, self.now, ERASED_ENTRY, subject, new=told)

    # --- what there is ------------------------------------------------------------------------------------------

    def _found(self) -> _Trace:
        """Takes the person's row and conversation: no turn of theirs is taken meanwhile."""
        own = (_person.c.id == self.person_id) & (_person.c.office_id == self.office_id)
        row = self.connection.execute(select(_person).where(own).with_for_update(key_share=True)).one_or_none()
        if row is None:
            raise NoResultFound(f"person {self.person_id} is not of this office")
        chats = select(_conversation.c.id).where(_conversation.c.person_id == self.person_id)
        conversations = tuple(self.connection.execute(chats.with_for_update(key_share=True)).scalars())
        addresses = self._addresses(conversations)
        return _Trace(Marks(row.name, row.phone, frozenset(one for _, one in addresses)), conversations, addresses)

    def _addresses(self, conversations: tuple[int, ...]) -> frozenset[tuple[str, str]]:
        """None that is somebody else's now."""
        wanted = (
            select(_account.c.channel, _account.c.address).where(_account.c.person_id == self.person_id),
            select(_inbox.c.channel, _inbox.c.address).where(_inbox.c.conversation_id.in_(conversations)),
            select(_outbox.c.channel, _outbox.c.address).where(_outbox.c.conversation_id.in_(conversations)),
            select(_change.c.channel, _change.c.address).where(_change.c.person_id == self.person_id),
        )
        others = (_account.c.person_id.is_not(None) & (_account.c.person_id != self.person_id)) | _is_overseers
        taken = self._pairs(select(_account.c.channel, _account.c.address).where(others))
        found = frozenset(pair for one in wanted for pair in self._pairs(one.distinct()))
        return frozenset((channel, address) for channel, address in found - taken if address)

    def _pairs(self, wanted: Select[str, str]) -> frozenset[tuple[str, str]]:
        return frozenset((channel, address) for channel, address in self.connection.execute(wanted))

    # --- what goes ----------------------------------------------------------------------------------------------

    def _forget_evidence(self) -> int:
        """Its bytes go when nothing else names them."""
        gone = self.connection.execute(
            update(_evidence)
            .where(_evidence.c.person_id == self.person_id)
            .values(
                name="",
                caption="",
                address="",
                album="",
                removed_at=func.coalesce(_evidence.c.removed_at, _literal_time(self.now)),
                removed_by=func.coalesce(_evidence.c.removed_by, self.actor.person_id),
            )
        )
        return gone.rowcount

    def _forget_received(self, trace: _Trace) -> int:
        """What the person said, with what the provider said of it; what waits for its turn is not answered any more."""
        gone = self.connection.execute(
            update(_inbox)
            .where(trace.wrote(_inbox))
            .values(
                said=null(),
                media=null(),
                address="",
                message_id="",
                external_id=_anonymous(_inbox),
                state="done",
                lease_until=None,
                done_at=func.coalesce(_inbox.c.done_at, _literal_time(self.now)),
            )
        )
        return gone.rowcount

    def _forget_sent(self, trace: _Trace) -> int:
        """What the person was told; what is not sent yet is not sent any more."""
        is_theirs = or_(_outbox.c.person_id == self.person_id, trace.wrote(_outbox))
        unsent = _outbox.c.state.in_(("waiting", "due", "to_call"))
        gone = self.connection.execute(
            update(_outbox)
            .where(is_theirs)
            .values(
                message=null(),
                occasion=null(),
                address="",
                provider_id="",
                error="",
                dedup_key=_anonymous(_outbox),
                state=case((unsent, "not_needed"), else_=_outbox.c.state),
                holder="",
                lease_until=None,
                settled_at=func.coalesce(_outbox.c.settled_at, _literal_time(self.now)),
            )
        )
        return gone.rowcount

    def _forget_work(self, trace: _Trace) -> None:
        """What the person asked to be done beside the conversation, and what they are being asked."""
        self.connection.execute(
            update(_job)
            .where(_job.c.conversation_id.in_(trace.conversations))
            .values(
                details={},
                state=case((_job.c.state == "due", "failed"), else_=_job.c.state),
                lease_until=None,
                done_at=func.coalesce(_job.c.done_at, _literal_time(self.now)),
            )
        )
        self.connection.execute(
            update(_conversation)
            .where(_conversation.c.id.in_(trace.conversations))
            .values(dialogue="", step="", state=null(), wrong_codes=0, locked_until=None)
        )

    def _forget_addresses(self, trace: _Trace) -> None:
        """Accounts, closed ones too, changed numbers and used invitations: a message from there is a stranger's."""
        is_nobodys = _account.c.person_id.is_(None) & ~_is_overseers & trace.at(_account)
        self.connection.execute(delete(_account).where(or_(_account.c.person_id == self.person_id, is_nobodys)))
        is_open = _change.c.decision == Decision.OPEN.value
        self.connection.execute(
            update(_change)
            .where(_change.c.person_id == self.person_id)
            .values(
                address="",
                phone="",
                decision=case((is_open, Decision.SUPERSEDED.value), else_=_change.c.decision),
                decided_at=func.coalesce(_change.c.decided_at, _literal_time(self.now)),
            )
        )
        self.connection.execute(update(_invite).where(_invite.c.used_by == self.person_id).values(used_by=None))

    def _forget_names(self, marks: Marks) -> None:
        """Who they are, and as whom they signed; a request to be erased is met."""
        self._forget_signature(marks)
        self.connection.execute(
            update(_request)
            .where(_request.c.person_id == self.person_id, _request.c.decision == "")
            .values(decision="erased", decided_by=self.actor.person_id, decided_at=self.now)
        )
        self.connection.execute(
            update(_person)
            .where(_person.c.id == self.person_id)
            .values(name=ERASED, salutation="", phone="", preferred_channel="")
        )

    def _forget_signature(self, marks: Marks) -> None:
        """The forms leave the space of a signer empty until the office enters another."""
        signers = self.connection.execute(select(_signer).where(_signer.c.office_id == self.office_id)).all()
        theirs = [row.id for row in signers if marks.pattern is not None and marks.pattern.search(row.name)]
        blank = {"name": "", "rank": "", "number": ""}
        self.connection.execute(update(_signer).where(_signer.c.id.in_(theirs)).values(blank))


def is_serving(connection: Connection, person_id: int, today: date) -> bool:
    """Whether somebody holds a post on a day, or will."""
    lasts = or_(_tenure.c.ends.is_(None), _tenure.c.ends >= today)
    held = select(_tenure.c.id).where(_tenure.c.person_id == person_id, lasts)
    return connection.execute(held.limit(1)).first() is not None


def _anonymous(row: FromClause) -> ColumnElement[str]:
    """A unique key that says nothing."""
    return literal("erased:") + cast(row.c.id, String)


def _literal_time(moment: datetime) -> ColumnElement[datetime]:
    return literal(moment, UtcTime)
