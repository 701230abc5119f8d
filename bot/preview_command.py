"""`renaksi preview`: every message of a time, to whom, when and why, as if nobody reported; nothing is changed."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from bot.holiday_dates import NationalAlmanac
from bot.notices import next_due
from bot.refused import Refused
from bot.which_office import find_office
from domain.message_plan import Call
from domain.zones import instant, local
from handlers import group, unasked
from handlers.kabupaten import KABUPATEN_WEEK, compose_week, next_week
from handlers.occasions import Before, calls_from_json
from handlers.texts import preview as texts
from storage import kabupaten, offices, outbox
from storage.desk import Desk
from storage.engine import Connection, Engine, reading
from storage.kabupaten import Hall

LONGEST = timedelta(days=800)
"""How long a time may be asked about: two years and some."""
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Planned:
    """One message that would be sent. `at` is on the office's clock; `calls` says why a ladder message comes."""

    at: datetime
    zone: str
    post: str
    person: str
    reachable: bool
    kind: str
    calls: tuple[Call, ...]
    text: str

    def as_json(self) -> dict[str, Any]:
        return {
            "at": self.at.isoformat(),
            "to": {"post": self.post, "person": self.person, "reachable": self.reachable},
            "kind": self.kind,
            "stage": self.calls[0].stage.stage.value if self.calls else None,
            "period": self.calls[0].stage.periods[0].code if self.calls else None,
            "why": [_why(call) for call in self.calls],
            "text": self.text,
        }


def _why(call: Call) -> dict[str, Any]:
    return {
        "stage": call.stage.stage.value,
        "deadline": call.stage.deadline.value,
        "due": call.stage.due.isoformat(),
        "periods": [period.code for period in call.stage.periods],
        "unreached": call.unreached,
    }


def preview(engine: Engine, first: str, last: str, office: str | None) -> tuple[Planned, ...]:
    """What would be sent on the local days from `first` to `last` (`2026-03-01`), to the office and about it to its
    kabupaten.

    Raises Refused for days that cannot be read or are too many, and for an office that is not there.
    """
    start, end = _day(first, "--from"), _day(last, "--to")
    if not start <= end <= start + LONGEST:
        raise Refused(f"--to harus sama dengan atau sesudah --from, paling jauh {LONGEST.days} hari.")
    with reading(engine) as connection:
        office_id = find_office(connection, office)
        found = (*_planned(connection, office_id, start, end), *_of_kabupaten(connection, office_id, start, end))
        return tuple(sorted(found, key=lambda one: one.at))


def _day(typed: str, option: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as wrong:
        raise Refused(f"Tanggal {option} {typed!r} tidak terbaca; contoh: 2026-03-01.") from wrong


def _planned(connection: Connection, office_id: int, first: date, last: date) -> Iterator[Planned]:
    """Step through every instant at which something falls due, as the scheduler does, and remember what was said."""
    zone = offices.zone_of(connection, office_id)
    start, end = instant(first, time(), zone), instant(last + _DAY, time(), zone)
    counts = outbox.counts(connection, office_id, said_before=start)
    told = partial(outbox.told, connection, office_id, said_before=start)
    new: dict[tuple[int, str], list[Mapping[str, Any]]] = defaultdict(list)
    said: set[str] = set()

    def all_told(counted: Collection[str]) -> dict[tuple[int, str], list[Mapping[str, Any]]]:
        """What was said before that time, and what would be said in it so far."""
        before = told(counted)
        return {key: [*before.get(key, ()), *new.get(key, ())] for key in before.keys() | new.keys()}

    waiting = outbox.waiting(connection, office_id)
    desk = Desk(connection, office_id, start - timedelta.resolution, NationalAlmanac())
    while (now := next_due(desk)) < end:
        desk = Desk(connection, office_id, now, desk.almanac)
        for one in waiting:
            if one.opens_at == now:
                yield from _waited(desk, one)
        for one in (*unasked.early(desk), *unasked.due(desk, Before(counts, all_told))):
            number = counts.get((one.person_id, one.counted_as), 0)
            fell_due_before = one.fell_due is not None and one.fell_due < start
            if fell_due_before or one.key in said or (one.most is not None and number >= one.most):
                continue
            said.add(one.key)
            if one.counted_as:
                counts[one.person_id, one.counted_as] = number + 1
                new[one.person_id, one.counted_as].append(one.occasion)
            yield from _worded(desk, one.person_id, one.occasion)
        for post in group.posts(desk):
            if post.key not in said:
                said.add(post.key)
                yield from _posted(desk, post)


def _of_kabupaten(connection: Connection, office_id: int, first: date, last: date) -> Iterator[Planned]:
    """The weekly lines to whoever looks after the kabupaten of an office."""
    for overseer in kabupaten.all_joined(connection):
        start = instant(first, time(), offices.zone_of(connection, office_id))
        hall = Hall(connection, overseer, start - timedelta.resolution, NationalAlmanac())
        zone = next((one.zone for one in hall.offices if one.id == office_id), None)
        if zone is None:
            continue
        reachable = kabupaten.address_of(connection, overseer.conversation_id) is not None
        while (now := next_week(hall)) < instant(last + _DAY, time(), zone):
            hall = replace(hall, now=now)
            told = compose_week(hall, {})
            if told is not None:
                at, kind = local(now, zone), KABUPATEN_WEEK
                yield Planned(at, zone, texts.OVERSEER, told.title, reachable, kind, (), told.text)


def _posted(desk: Desk, post: group.Post) -> Iterator[Planned]:
    """What is said in a group of the office."""
    text = unasked.words(desk, post.occasion)
    if text is not None:
        kind = post.occasion["kind"]
        yield Planned(desk.local_now, desk.office.zone, texts.GROUP, post.group.title, True, kind, (), text)


def _waited(desk: Desk, one: outbox.Waiting) -> Iterator[Planned]:
    """A message that was put off until an hour."""
    if one.occasion is not None:
        yield from _worded(desk, one.person_id, one.occasion)
    elif one.message is not None:
        yield _to(desk, one.person_id, {"kind": "letter"}, str(one.message.get("text", "")))


def _worded(desk: Desk, person_id: int, occasion: Mapping[str, Any]) -> Iterator[Planned]:
    text = unasked.words(desk.for_person(person_id), occasion)
    if text is not None:
        yield _to(desk, person_id, occasion, text)


def _to(desk: Desk, person_id: int, occasion: Mapping[str, Any], text: str) -> Planned:
    calls = calls_from_json(occasion.get("calls", []))
    person = desk.people[person_id]
    own = next((call for call in calls if call.is_own), None)
    titles = {post.id: post.title for post in desk.posts}
    held = [held.post.id for held in desk.for_person(person_id).held_posts]
    owing = () if own is None else (desk.organisation.reporting_post(one, desk.today) for one in own.post_ids)
    posts = held if own is None else dict.fromkeys(owing)
    return Planned(
        desk.local_now,
        desk.office.zone,
        ", ".join(titles[post_id] for post_id in posts),
        person.name,
        person.joined,
        occasion["kind"],
        calls,
        text,
    )


def as_json(planned: tuple[Planned, ...]) -> str:
    """The contract of design.md 6, with `why` beside it."""
    return json.dumps([one.as_json() for one in planned], ensure_ascii=False, indent=2)


def as_text(planned: tuple[Planned, ...]) -> str:
    """For people: a line with time, person and reason, and the words below it."""
    if not planned:
        return texts.NOTHING
    shown = (
        texts.message(one.at, one.zone, one.post, one.person, one.kind, one.calls, one.text, reachable=one.reachable)
        for one in planned
    )
    return "\n\n".join((*shown, texts.total(len(planned))))
