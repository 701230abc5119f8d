"""A role that one process holds, such as polling Telegram."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import Engine

from storage import leases
from storage.engine import writing
from storage.leases import LEASE
from tests.offices import NOW
from tests.together import together

SECOND = timedelta(seconds=1)


def test_one_process_holds_a_role_and_renews_it(engine: Engine) -> None:
    with writing(engine) as connection:
        assert leases.take(connection, "poller", "p1", NOW)
        assert not leases.take(connection, "poller", "p2", NOW)
        assert leases.take(connection, "poller", "p1", NOW + LEASE)
        assert not leases.take(connection, "poller", "p2", NOW + LEASE + SECOND)
        assert leases.take(connection, "other", "p2", NOW)


def test_a_role_lapses_with_its_holder(engine: Engine) -> None:
    with writing(engine) as connection:
        leases.take(connection, "poller", "p1", NOW)
        assert not leases.take(connection, "poller", "p2", NOW + LEASE)
        assert leases.take(connection, "poller", "p2", NOW + LEASE + SECOND)
        assert not leases.take(connection, "poller", "p1", NOW + LEASE + SECOND)


def test_a_role_given_back_is_free_at_once_and_only_its_holder_can_give_it(engine: Engine) -> None:
    with writing(engine) as connection:
        leases.take(connection, "poller", "p1", NOW)
        leases.give_back(connection, "poller", "p2")
        assert not leases.take(connection, "poller", "p2", NOW)
        leases.give_back(connection, "poller", "p1")
        assert leases.take(connection, "poller", "p2", NOW)


def test_of_two_processes_that_start_at_once_one_gets_the_role(
    database_url: str, open_url: Callable[[str], Engine]
) -> None:
    engines = [open_url(database_url), open_url(database_url)]

    def take(engine: Engine, holder: str) -> bool:
        with writing(engine) as connection:
            return leases.take(connection, "poller", holder, NOW)

    assert sorted(together([lambda: take(engines[0], "p1"), lambda: take(engines[1], "p2")])) == [False, True]
