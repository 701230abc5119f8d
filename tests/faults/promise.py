"""What must hold after every fault, read from the database and the phones once everything has come to rest.

Every message that was acknowledged has its effect exactly once, in the report, the record, the figures and the state
of its conversation; nothing is left to send; answers stand in the order of what they answer; and nobody was told
anything twice but for the one window: what a provider had accepted when a process died, or when the connection broke
before its answer, and we could not write down (docs/adr/0010).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from storage import audit_chain, inbox, offices, outbox
from storage.engine import reading
from storage.tables import Achievement, Audit, Conversation, Inbox, Job, Outbox, Report, table

PERIOD = "2022-03"
LANES = 2
"""In a chat an answer and a reminder may be on their way at once."""
REMINDED = "batas laporan Maret"
"""What stands in every reminder."""
WRITTEN_ANEW = (REMINDED, "untuk memeriksanya")
"""What is put into words when it is sent: it may read otherwise the second time, or not be needed any more."""
SETTLED = frozenset({"sent", "not_needed", "expired"})
"""How a message out may end where nobody is out of reach."""


@dataclass(frozen=True)
class Heard:
    """One message as a phone got it; `id` is the provider's."""

    id: str
    text: str


@dataclass(frozen=True)
class Story:
    """What people did and what reached them, by address; by person, which values they reported one after the other.

    `excused` are the provider's ids of what it had accepted at a moment when a process died or a connection broke;
    there were so many `moments`. `set_aside` are the words of messages that no turn can take.
    """

    engine: Engine
    said: Mapping[str, Sequence[str]]
    heard: Mapping[str, Sequence[Heard]]
    values: Mapping[int, Sequence[int]]
    excused: frozenset[str] = frozenset()
    moments: int = 0
    set_aside: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Kept:
    """What was looked at: messages in and out, reminders, and how many came again through the one window."""

    taken: int
    told: int
    reminders: int
    repeated: int

    def __str__(self) -> str:
        return (
            f"{self.taken} messages in, {self.told} out, {self.reminders} of them unasked; {self.repeated} came again "
            "through the one window"
        )


@dataclass
class _Rows:
    """The tables after the story."""

    inbox: list[Row[Any]]
    outbox: list[Row[Any]]
    reports: list[Row[Any]]
    audit: list[Row[Any]]
    by_address: dict[str, list[Row[Any]]] = field(default_factory=lambda: defaultdict(list), init=False)


def check(story: Story) -> Kept:
    """Raise AssertionError where the promise is broken; say what was looked at."""
    with reading(story.engine) as connection:
        _check_rest(connection)
        rows = _read(connection)
        _check_taken(story, rows)
        _check_answers(story, rows)
        _check_reports(story, rows)
        _check_figures(connection, rows)
        _check_states(connection, story)
        _check_chains(connection)
    repeated = _check_heard(story, rows)
    told = [row for row in rows.outbox if row.state == "sent"]
    taken = sum(len(said) for said in story.said.values())
    return Kept(taken, len(told), sum(row.lane == outbox.NOTICE for row in told), repeated)


def _check_rest(connection: Connection) -> None:
    job = table(Job)
    assert inbox.open_count(connection) == 0, "messages still wait for their turn"
    assert outbox.due_count(connection) == 0, "messages still wait to be sent"
    assert connection.execute(select(job.c.id).where(job.c.state == "due")).all() == [], "work still waits"


def _read(connection: Connection) -> _Rows:
    rows = _Rows(*(_all(connection, model) for model in (Inbox, Outbox, Report, Audit)))
    for row in rows.inbox:
        if not row.external_id.startswith(("before ", inbox.INTERNAL)):
            rows.by_address[row.address].append(row)
    return rows


def _all(connection: Connection, model: Any) -> list[Row[Any]]:
    of = table(model)
    return list(connection.execute(select(of).order_by(of.c.id)))


def _check_taken(story: Story, rows: _Rows) -> None:
    """Everything that was said is stored once, in its order, and its turn was taken."""
    for address, said in story.said.items():
        stored = rows.by_address.get(address, [])
        assert [(row.said or {}).get("body") for row in stored] == list(said), f"what {address} said"
        for row, words in zip(stored, said, strict=True):
            assert row.state == ("poison" if words in story.set_aside else "done"), f"{words!r} of {address}"


def _check_answers(story: Story, rows: _Rows) -> None:
    """Everything that was said is answered once, and the answers arrived in its order."""
    replies = {row.dedup_key: row for row in rows.outbox if row.dedup_key.startswith("reply:")}
    for address in story.said:
        places = {heard.id: place for place, heard in enumerate(story.heard.get(address, ()))}
        answers = [replies.get(f"reply:{row.id}") for row in rows.by_address.get(address, [])]
        sent = [row for row in answers if row is not None and row.state == "sent"]
        assert len(sent) == len(answers), f"{address} got {len(sent)} answers to {len(answers)} messages"
        arrived = [places[row.provider_id] for row in sent]
        told = [f"{heard.id} {heard.text[:40]!r}" for heard in story.heard.get(address, ())]
        assert arrived == sorted(arrived), f"answers to {address} came out of order: {arrived} of {told}"


def _check_reports(story: Story, rows: _Rows) -> None:
    """Each value is one report and one line of the record, and nothing else is."""
    reports, record = defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
    revisions = Counter[int]()
    for row in rows.reports:
        reports[row.person_id].append(int(row.value))
        revisions[row.indicator_id] += 1
        assert revisions[row.indicator_id] == row.revision, f"revision {row.revision} of person {row.person_id}"
    for row in rows.audit:
        if row.action == "reported":
            record[row.person_id].append(int(row.new))
    values = {person: list(said) for person, said in story.values.items() if said}
    assert dict(reports) == values, "the reports are not what was said"
    assert dict(record) == values, "the record is not what was said"


def _check_figures(connection: Connection, rows: _Rows) -> None:
    """What everybody reads is the value that was reported last."""
    of = table(Achievement)
    found = connection.execute(select(of).where(of.c.period == PERIOD, of.c.reported))
    figures = {row.indicator_id: int(row.realisation) for row in found}
    assert figures == {row.indicator_id: int(row.value) for row in rows.reports}, "the figures"


def _check_states(connection: Connection, story: Story) -> None:
    """Nobody whose report is sent is asked anything any more."""
    of = table(Conversation)
    rows = connection.execute(select(of.c.person_id, of.c.dialogue).where(of.c.person_id.in_(list(story.values))))
    assert {row.person_id: row.dialogue for row in rows if row.dialogue} == {}, "conversations that are still open"


def _check_chains(connection: Connection) -> None:
    for office_id in offices.all_offices(connection):
        assert audit_chain.state(connection, office_id).broken is None, f"the record of office {office_id}"


def _check_heard(story: Story, rows: _Rows) -> int:
    """Phones got what the outbox calls sent, once each, and otherwise only what is excused; how much that was."""
    assert {row.state for row in rows.outbox} <= SETTLED, Counter(row.state for row in rows.outbox)
    sent = {row.provider_id: row.address for row in rows.outbox if row.state == "sent"}
    assert len(sent) == sum(row.state == "sent" for row in rows.outbox), "two messages with one id"
    again = Counter[str]()
    for address, messages in story.heard.items():
        once = {heard.text for heard in messages if sent.get(heard.id) == address}
        for heard in messages:
            if heard.id not in sent:
                assert heard.id in story.excused, f"{address} was told twice: {heard.text!r}"
                is_the_same = heard.text in once or any(words in heard.text for words in WRITTEN_ANEW)
                assert is_the_same, f"{address} was told what we never recorded: {heard.text!r}"
                again[address] += 1
    reached = {heard.id for messages in story.heard.values() for heard in messages}
    assert sent.keys() <= reached, "recorded as sent, and nobody got it"
    assert max(again.values(), default=0) <= LANES * story.moments, "more than one message of a lane came again"
    return again.total()
