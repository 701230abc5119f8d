"""Jobs: begun with a turn, claimed by one worker, and their result stored exactly once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from storage import jobs
from storage.conversations import new_conversation
from storage.engine import Connection, writing
from storage.jobs import Claimed
from storage.tables import Account, Inbox, table
from tests.joined import join
from tests.offices import NOW, make_office
from tests.together import together

KIND = "read_spending"
DETAILS = {"ref": "abc", "caption": ""}
SAID = {"kind": "worked", "job": KIND, "result": {}}
AFTER_LEASE = NOW + jobs.LEASE + timedelta(seconds=1)
_inbox, _account = table(Inbox), table(Account)


def begin(connection: Connection) -> int:
    """A job of somebody who has joined."""
    made = make_office(connection)
    person = made.people["Joko Santosa"]
    join(connection, made.id, person, "1005", NOW)
    return jobs.begin(connection, person, KIND, DETAILS, NOW)


def claim(connection: Connection, holder: str = "p1", now: datetime = NOW) -> Claimed:
    claimed = jobs.claim(connection, holder, now)
    assert claimed is not None
    return claimed


def answers(connection: Connection) -> list[Any]:
    """What the program said to the conversation."""
    said = select(_inbox.c.said).where(_inbox.c.external_id.like("internal:%")).order_by(_inbox.c.id)
    return list(connection.execute(said).scalars())


def test_a_job_is_claimed_once_with_what_it_needs(engine: Engine) -> None:
    with writing(engine) as connection:
        job_id = begin(connection)
        assert jobs.claim(connection, "p1", NOW) == Claimed(job_id, KIND, DETAILS, 1)
        assert jobs.claim(connection, "p2", NOW + jobs.LEASE) is None


def test_two_workers_at_once_never_hold_the_same_job(engine: Engine) -> None:
    with writing(engine) as connection:
        begin(connection)

    def one() -> Claimed | None:
        with writing(engine) as connection:
            return jobs.claim(connection, "p", NOW)

    assert sum(claimed is not None for claimed in together([one, one])) == 1


def test_its_result_is_stored_with_the_mark_that_it_is_done(engine: Engine) -> None:
    with writing(engine) as connection:
        begin(connection)
        assert jobs.settle(connection, claim(connection), "done", SAID, NOW)
        assert answers(connection) == [SAID]
        assert jobs.due_count(connection) == 0
        assert jobs.claim(connection, "p1", AFTER_LEASE) is None


def test_a_process_that_dies_before_its_result_leaves_the_job_to_another(engine: Engine) -> None:
    with writing(engine) as connection:
        begin(connection)
        first = claim(connection)
    with writing(engine) as connection:
        second = claim(connection, "p2", AFTER_LEASE)
        assert second.attempts == 2
        assert jobs.settle(connection, second, "done", SAID, AFTER_LEASE)
        assert not jobs.settle(connection, first, "done", SAID, AFTER_LEASE)  # the first one was only slow
        assert answers(connection) == [SAID]


def test_a_result_that_is_not_committed_is_not_done_either(engine: Engine) -> None:
    with writing(engine) as connection:
        begin(connection)
        claimed = claim(connection)
    with pytest.raises(RuntimeError), writing(engine) as connection:
        jobs.settle(connection, claimed, "done", SAID, NOW)
        raise RuntimeError("the process dies")
    with writing(engine) as connection:
        assert answers(connection) == []
        assert claim(connection, "p2", AFTER_LEASE).id == claimed.id


def test_nobody_is_told_where_nobody_is_left(engine: Engine) -> None:
    with writing(engine) as connection:
        begin(connection)
        claimed = claim(connection)
        other = new_conversation(connection)
        connection.execute(update(_account).values(conversation_id=other))
        assert not jobs.settle(connection, claimed, "done", SAID, NOW)
        assert answers(connection) == []
        assert jobs.due_count(connection) == 0
