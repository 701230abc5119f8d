"""Messages to send: written once, claimed once, in order for each address, retried as data."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, Row, select

from storage import conversations, outbox
from storage.engine import reading, writing
from storage.outbox import LEASE, RETRY_DELAYS, NewSending, Sending
from storage.tables import Outbox, table
from tests.offices import NOW, make_office
from tests.together import together

Open = Callable[[str], Engine]
SECOND = timedelta(seconds=1)
_outbox = table(Outbox)


class Post:
    """Writes messages of one conversation: `a1` goes to address a."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._conversation = conversations.new_conversation(connection)
        self.ids: list[int] = []
        """Of what was written, as far as it was not left to whoever claims it."""

    def put(self, name: str, lane: str = "answer", due_at: datetime = NOW, expires_at: datetime | None = None) -> int:
        written = outbox.enqueue(self._connection, self._sending(name, lane, due_at, expires_at))
        assert written is not None
        self.ids.append(written)
        return written

    def answer(self, holder: str, *wanted: str) -> list[str]:
        """Write answers together; which of them are leased to the process that wrote them."""
        held = outbox.answer(self._connection, [self._sending(name) for name in wanted], holder)
        self.ids += [sending.id for sending in held]
        return names(held)

    def _sending(
        self, name: str, lane: str = "answer", due_at: datetime = NOW, expires_at: datetime | None = None
    ) -> NewSending:
        return NewSending(
            office_id=None,
            conversation_id=self._conversation,
            person_id=None,
            channel="telegram",
            address=name[0],
            lane=lane,
            dedup_key=name,
            message={"name": name},
            due_at=due_at,
            said_at=NOW,
            expires_at=expires_at,
        )


def claim(connection: Connection, lane: str = "answer", now: datetime = NOW, holder: str = "p1") -> list[Sending]:
    return outbox.claim_due(connection, lane, holder, now, 100)


def names(sendings: list[Sending]) -> list[str]:
    return [sending.message["name"] for sending in sendings if sending.message]


def row(connection: Connection, outbox_id: int) -> Row[tuple[object, ...]]:
    return connection.execute(select(_outbox).where(_outbox.c.id == outbox_id)).one()


def test_a_dedup_key_is_written_once(engine: Engine) -> None:
    with writing(engine) as connection:
        Post(connection).put("a1")
        conversation = conversations.new_conversation(connection)
        again = NewSending(None, conversation, None, "telegram", "b", "notice", "a1", {"name": "b"}, NOW, NOW)
        assert outbox.enqueue(connection, again) is None
        assert names(claim(connection)) == ["a1"]


def test_a_message_comes_out_as_it_was_written(engine: Engine) -> None:
    later = NOW + timedelta(hours=1)
    with writing(engine) as connection:
        Post(connection).put("a1", expires_at=later)
        sending = claim(connection)[0]
    assert (sending.channel, sending.address, sending.lane) == ("telegram", "a", "answer")
    assert (sending.attempts, sending.said_at, sending.expires_at) == (0, NOW, later)


def test_one_message_an_address_is_claimed_at_a_time_oldest_first(engine: Engine) -> None:
    with writing(engine) as connection:
        post = Post(connection)
        for name in ("a1", "b1", "a2", "b2", "a3"):
            post.put(name)
        first = claim(connection)
        assert names(first) == ["a1", "b1"]
        assert claim(connection) == []
        outbox.settle(connection, first[0].id, "sent", NOW, provider_id="77")
        assert names(claim(connection)) == ["a2"]


def test_no_more_are_claimed_than_asked_for(engine: Engine) -> None:
    with writing(engine) as connection:
        post = Post(connection)
        for name in ("a1", "b1", "c1"):
            post.put(name)
        assert names(outbox.claim_due(connection, "answer", "p1", NOW, 2)) == ["a1", "b1"]
        assert names(outbox.claim_due(connection, "answer", "p1", NOW, 2)) == ["c1"]


def test_lanes_do_not_wait_for_one_another(engine: Engine) -> None:
    with writing(engine) as connection:
        post = Post(connection)
        post.put("a1", "notice")
        post.put("a2", "answer")
        assert names(claim(connection, "answer")) == ["a2"]
        assert names(claim(connection, "notice")) == ["a1"]


def test_a_message_is_not_claimed_before_it_is_due_and_holds_nothing_back_until_then(engine: Engine) -> None:
    later = NOW + timedelta(hours=2)
    with writing(engine) as connection:
        post = Post(connection)
        post.put("a1", "notice", due_at=later)
        post.put("a2", "notice")
        first = claim(connection, "notice")
        assert names(first) == ["a2"]
        outbox.settle(connection, first[0].id, "sent", NOW)
        assert names(claim(connection, "notice", later)) == ["a1"]


def test_one_that_must_be_tried_again_holds_back_later_ones_of_any_lane(engine: Engine) -> None:
    with writing(engine) as connection:
        post = Post(connection)
        post.put("a1", "answer")
        busy = claim(connection)[0]
        outbox.try_again(connection, busy, "busy", None, NOW)
        for name, lane in (("a2", "answer"), ("a3", "notice"), ("b1", "notice")):
            post.put(name, lane)
        assert claim(connection, "answer") == []
        assert names(claim(connection, "notice")) == ["b1"]
        retry_at = NOW + RETRY_DELAYS[0]
        assert names(claim(connection, "answer", retry_at)) == ["a1"]
        outbox.settle(connection, busy.id, "sent", retry_at)
        assert names(claim(connection, "answer", retry_at)) == ["a2"]
        assert names(claim(connection, "notice", retry_at)) == ["a3"]


def test_a_crashed_senders_messages_are_sent_again_after_their_lease(engine: Engine) -> None:
    with writing(engine) as connection:
        Post(connection).put("a1")
        assert names(claim(connection)) == ["a1"]
        assert claim(connection, now=NOW + LEASE, holder="p2") == []
        assert names(claim(connection, now=NOW + LEASE + SECOND, holder="p2")) == ["a1"]


def test_an_answer_is_leased_to_its_process_as_it_is_written(engine: Engine) -> None:
    with writing(engine) as connection:
        assert Post(connection).answer("p1", "a1") == ["a1"]
        assert claim(connection, holder="p2") == []
        assert names(claim(connection, now=NOW + LEASE + SECOND, holder="p2")) == ["a1"]


def test_a_reply_does_not_overtake_one_that_must_be_tried_again(engine: Engine) -> None:
    with writing(engine) as connection:
        post = Post(connection)
        post.put("a1")
        outbox.try_again(connection, claim(connection)[0], "busy", None, NOW)
        assert post.answer("p1", "a2", "b1") == ["b1"]
        retry_at = NOW + RETRY_DELAYS[0]
        again = claim(connection, now=retry_at)
        assert names(again) == ["a1"]
        outbox.settle(connection, again[0].id, "sent", retry_at)
        assert names(claim(connection, now=retry_at)) == ["a2"]


def test_tries_are_spent_one_by_one_and_then_the_message_has_failed(engine: Engine) -> None:
    now = NOW
    with writing(engine) as connection:
        written = Post(connection).put("a1")
        for pause in RETRY_DELAYS:
            outbox.try_again(connection, claim(connection, now=now)[0], "busy", None, now)
            assert claim(connection, now=now + pause - SECOND) == []
            now += pause
        outbox.try_again(connection, claim(connection, now=now)[0], "still busy", None, now)
        failed = row(connection, written)
        assert (failed.state, failed.error, failed.settled_at) == ("failed", "still busy", now)
        assert claim(connection, now=now + timedelta(days=1)) == []
        assert outbox.due_count(connection) == 0


def test_a_pause_that_the_channel_names_is_kept_and_spends_no_more_than_one_try(engine: Engine) -> None:
    now, asked = NOW, timedelta(seconds=42)
    with writing(engine) as connection:
        written = Post(connection).put("a1")
        for _wait in range(2 * len(RETRY_DELAYS)):
            outbox.try_again(connection, claim(connection, now=now)[0], "wait", asked, now)
            assert claim(connection, now=now + asked - SECOND) == []
            now += asked
        assert row(connection, written).state == "due"
        assert claim(connection, now=now)[0].attempts == 1


@pytest.mark.parametrize("state", ["sent", "failed", "not_needed", "expired"])
def test_a_settled_message_is_never_claimed_again(engine: Engine, state: str) -> None:
    with writing(engine) as connection:
        written = Post(connection).put("a1")
        outbox.settle(connection, claim(connection)[0].id, state, NOW, provider_id="77", template="undangan", error="x")
        settled = row(connection, written)
        assert (settled.state, settled.provider_id, settled.template) == (state, "77", "undangan")
        assert settled.error == "x"
        assert (settled.settled_at, settled.lease_until, settled.holder) == (NOW, None, "")
        assert claim(connection, now=NOW + timedelta(days=1)) == []


def test_a_message_given_back_unsent_can_be_claimed_at_once(engine: Engine) -> None:
    with writing(engine) as connection:
        post = Post(connection)
        ids = [post.put(name) for name in ("a1", "b1", "c1")]
        claim(connection)
        outbox.settle(connection, ids[2], "sent", NOW)
        outbox.release(connection, [ids[0], ids[2]], "p1")
        outbox.release(connection, [ids[1]], "p2")
        assert names(claim(connection, holder="p2")) == ["a1"]
        outbox.release_all_of(connection, "p1")
        assert names(claim(connection, holder="p3")) == ["b1"]


def test_what_another_process_has_claimed_meanwhile_is_not_given_back(engine: Engine) -> None:
    with writing(engine) as connection:
        post = Post(connection)
        post.answer("p1", "a1")
        post.put("b1")
        claim(connection, holder="p2")
        outbox.release(connection, post.ids, "p1")
        assert names(claim(connection, holder="p3")) == ["a1"]


def test_what_a_process_holds_without_knowing_it_is_given_back(engine: Engine) -> None:
    with writing(engine) as connection:
        post = Post(connection)
        post.answer("p1", "a1", "b1")
        post.answer("p2", "c1")
        known = post.ids[:1]
        outbox.release_astray(connection, "p1", known, NOW + LEASE)
        assert claim(connection, holder="p3") == []
        outbox.release_astray(connection, "p1", known, NOW + LEASE + SECOND)
        assert names(claim(connection, holder="p3")) == ["b1"]


def test_a_lease_counts_as_lapsed_only_from_when_its_claimer_says(engine: Engine) -> None:
    late = NOW + LEASE + SECOND
    with writing(engine) as connection:
        post = Post(connection)
        post.answer("p1", "a1")
        post.put("b1")
        found = outbox.claim_due(connection, "answer", "p2", late, 100, lapsed=NOW)
        assert names(found) == ["b1"]
        assert names(claim(connection, now=late, holder="p2")) == ["a1"]


def test_what_is_still_due_follows_a_chat_to_its_new_address(engine: Engine) -> None:
    with writing(engine) as connection:
        post = Post(connection)
        sent = post.put("a1")
        outbox.settle(connection, sent, "sent", NOW)
        post.put("a2")
        post.put("b1")
        claim(connection)
        outbox.readdress(connection, "telegram", "a", "-100")
        assert row(connection, sent).address == "a"
        assert [(one.address, one.message) for one in claim(connection)] == [("-100", {"name": "a2"})]


def test_a_message_made_when_it_is_claimed_keeps_its_text(engine: Engine) -> None:
    with writing(engine) as connection:
        conversation = conversations.new_conversation(connection)
        occasion = {"kind": "reminder", "day": "2022-04-04"}
        made_later = NewSending(
            None, conversation, None, "telegram", "a", "notice", "reminder:1", None, NOW, NOW, occasion=occasion
        )
        outbox.enqueue(connection, made_later)
        claimed = claim(connection, "notice")[0]
        assert (claimed.message, claimed.occasion) == (None, occasion)
        outbox.write_message(connection, claimed.id, {"name": "text"})
        again = claim(connection, "notice", NOW + LEASE + SECOND)[0]
    assert again == replace(claimed, message={"name": "text"})


def test_claims_of_two_connections_never_overlap(database_url: str, open_url: Open) -> None:
    engines = [open_url(database_url), open_url(database_url)]
    with writing(engines[0]) as connection:
        post = Post(connection)
        for number in range(3):
            for address in "abcdefghij":
                post.put(f"{address}{number}")

    def drain(engine: Engine, holder: str) -> list[str]:
        sent: list[str] = []
        while True:
            with writing(engine) as connection:
                claimed = outbox.claim_due(connection, "answer", holder, NOW, 4)
                if not claimed and outbox.due_count(connection) == 0:
                    return sent
                sent += names(claimed)
            with writing(engine) as connection:
                for one in claimed:
                    outbox.settle(connection, one.id, "sent", NOW)

    one, other = together([lambda: drain(engines[0], "p1"), lambda: drain(engines[1], "p2")])
    assert len(one) + len(other) == 30
    assert set(one) | set(other) == {f"{address}{number}" for address in "abcdefghij" for number in range(3)}


def test_a_claim_finds_candidates_and_their_addresses_through_indices(engine: Engine) -> None:
    with writing(engine) as connection:
        post = Post(connection)
        post.put("a1", "notice")
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
        held_back = (
            "SELECT id FROM outbox o WHERE state = 'due' AND lane = 'notice' AND NOT EXISTS (SELECT 1 FROM outbox e"
            " WHERE e.state = 'due' AND e.channel = o.channel AND e.address = o.address AND e.id < o.id)"
            " ORDER BY due_at, id LIMIT 5"
        )
        steps = " ".join(str(line) for line in connection.exec_driver_sql(f"{explain} {held_back}"))
    assert "ix_outbox_due" in steps
    assert "ix_outbox_address" in steps


def test_unsaid_rows_are_visible_to_nobody(database_url: str, open_url: Open) -> None:
    writer, reader = open_url(database_url), open_url(database_url)
    with writing(writer) as connection:
        Post(connection).put("a1")
        with reading(reader) as looking:
            assert outbox.due_count(looking) == 0
    with reading(reader) as looking:
        assert outbox.due_count(looking) == 1


def test_what_was_said_or_is_to_be_is_counted_by_person_and_what_it_counts_under(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        sari, joko = made.people["Sari Andini"], made.people["Joko Santosa"]
        conversation = conversations.new_conversation(connection)

        def said(key: str, person: int = sari, counted_as: str = "2022-03") -> int:
            letter = NewSending(
                made.id, conversation, person, "telegram", key, "notice", key, None, NOW, NOW,
                occasion={"key": key}, expires_at=NOW, counted_as=counted_as,
            )  # fmt: skip
            written = outbox.enqueue(connection, letter)
            assert written is not None
            return written

        first = said("first")
        said("second")
        said("of another period", counted_as="2022-04")
        said("to another", joko)
        said("not counted", counted_as="")
        assert outbox.counts(connection, made.id) == {(sari, "2022-03"): 2, (sari, "2022-04"): 1, (joko, "2022-03"): 1}
        outbox.settle(connection, first, "not_needed", NOW)
        assert outbox.counts(connection, made.id)[sari, "2022-03"] == 1
        row = connection.execute(select(table(Outbox)).where(table(Outbox).c.dedup_key == "second")).one()
        assert (row.occasion, row.message, row.expires_at, row.state) == ({"key": "second"}, None, NOW, "due")


def test_a_message_waits_until_its_hour_in_the_office(engine: Engine) -> None:
    later = NOW + timedelta(hours=2)
    with writing(engine) as connection:
        made = make_office(connection)
        sari, conversation = made.people["Sari Andini"], conversations.new_conversation(connection)
        letter = NewSending(
            made.id, conversation, sari, "telegram", "a", "notice", "later", {"kind": "say"}, NOW, NOW, opens_at=later
        )
        assert outbox.enqueue(connection, letter) is not None
        assert outbox.claim_due(connection, "notice", "me", later, 9) == []
        assert [one.opens_at for one in outbox.waiting(connection, made.id)] == [later]
        assert outbox.next_opening(connection, made.id, NOW) == later
        assert outbox.open_waiting(connection, made.id, later - timedelta(seconds=1), NOW) == 0
        assert outbox.open_waiting(connection, made.id, later, NOW) == 1
        assert outbox.next_opening(connection, made.id, NOW) is None
        assert [one.message for one in outbox.claim_due(connection, "notice", "me", NOW, 9)] == [{"kind": "say"}]


def test_a_lease_that_is_renewed_does_not_lapse_and_only_its_holder_renews_it(engine: Engine) -> None:
    with writing(engine) as connection:
        post = Post(connection)
        ids = [post.put("a1"), post.put("b1")]
        outbox.settle(connection, ids[1], "sent", NOW)
        claim(connection)
        outbox.renew(connection, ids, "p2", NOW + LEASE)
        assert row(connection, ids[0]).lease_until == NOW + LEASE
        outbox.renew(connection, ids, "p1", NOW + LEASE)
        assert claim(connection, now=NOW + LEASE + SECOND, holder="p2") == []
        assert row(connection, ids[1]).lease_until is None


def test_the_keys_that_were_written_are_known_whatever_became_of_them(engine: Engine) -> None:
    with writing(engine) as connection:
        post = Post(connection)
        first = post.put("a1")
        post.put("a2")
        outbox.settle(connection, first, "not_needed", NOW)
        keys = connection.execute(select(table(Outbox).c.dedup_key)).scalars().all()
        asked = [*keys, *(f"other {number}" for number in range(1200))]
        assert outbox.written(connection, asked) == set(keys)
        assert outbox.written(connection, []) == frozenset()
