"""What the ladder brought while the program was down, and what is right once it is up again (domain.md 5)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.ladder import Stage, StageDay, Told
from domain.message_plan import (
    NOTHING_SENT,
    Call,
    LadderMessage,
    Sent,
    call_about,
    days,
    messages_on,
    open_on,
)
from domain.office import Office, Owed
from domain.working_hours import sending_moment
from domain.zones import local

_ABOUT = tuple((told, vacant) for told in Told for vacant in (False, True))
"""What calls are about, in the order in which they are told: the second of each is about posts that nobody holds."""
_ByPerson = dict[int, dict[tuple[Told, bool], list[Call]]]


@dataclass(frozen=True)
class Gap:
    """What a gap left out.

    `missed` would have gone out and will not; `right_now` are the messages to send, one a person at most: those of the
    day on which they can go out, else the newest missed one as it reads on that day.
    """

    missed: tuple[LadderMessage, ...]
    right_now: tuple[LadderMessage, ...]


def stages_missed(
    last_seen: datetime, now: datetime, owed: Collection[Owed], office: Office, sent: Sent = NOTHING_SENT
) -> Gap:
    """The stages between two UTC instants: the last at which the program was up, and one at which it is again.

    `owed` is what is owed now; `sent` what went out before the gap. A stage of today that can still go out was not
    missed. Outside hours and on a free day `right_now` is for the next time at which reminders go out.
    """
    seen = local(last_seen, office.zone)
    moment = local(sending_moment(now, office.zone, office.hours, office.calendar), office.zone)
    today = moment.date()
    missed = tuple(_after(seen, _between(seen.date(), today - timedelta(days=1), owed, office, sent)))
    due_today = _after(seen, messages_on(today, owed, office, sent))
    told = _newest(missed, open_on(today, owed, office), today, office)
    for message in due_today:
        told[message.person_id].update(_sorted_out(message.calls))
    return Gap(missed, tuple(_message(person, moment, told[person]) for person in sorted(told)))


def _between(first: date, last: date, owed: Collection[Owed], office: Office, sent: Sent) -> Iterable[LadderMessage]:
    return (message for day in days(first, last) for message in messages_on(day, owed, office, sent))


def _after(seen: datetime, messages: Iterable[LadderMessage]) -> Iterable[LadderMessage]:
    return (message for message in messages if message.at > seen)


def _newest(missed: Iterable[LadderMessage], still_open: Collection[Owed], day: date, office: Office) -> _ByPerson:
    """What every person is to be told on that day of what was missed: the newest about themselves, and about others."""
    newest: _ByPerson = defaultdict(dict)
    for message in missed:
        for call in (call for call in message.calls if not call.unreached):
            for person, kept in _readdressed(call, still_open, day, office):
                newest[person][kept.told, kept.vacant] = [kept]
    return newest


def _readdressed(call: Call, still_open: Collection[Owed], day: date, office: Office) -> Iterable[tuple[int, Call]]:
    """A missed call as it reads on a later day, for whoever is to be told then; what got another date is left out."""
    found: dict[tuple[int, bool], list[Owed]] = defaultdict(list)
    for one in still_open:
        about = one.post_id in call.post_ids and one.period in call.stage.periods
        if about and _still_said(call.stage, one, day, office):
            person = office.told(one, call.stage.stage, day)
            above = office.told_for_vacant(one, call.stage.stage, day)
            if person is not None or above is not None:
                found[person or above or 0, person is None].append(one)
    stage = _read_on(call.stage, day)
    return [(person, call_about(stage, of_person, vacant=vacant)) for (person, vacant), of_person in found.items()]


def _still_said(stage: StageDay, one: Owed, day: date, office: Office) -> bool:
    """Whether the ladder of what is owed, as the dates stand on that day, still has the stage."""
    return replace(stage, periods=(one.period,)) in office.ladder(one, day)


def _read_on(stage: StageDay, day: date) -> StageDay:
    """A missed stage as it reads on a later day: a reminder on the due date or after it says so."""
    if stage.stage.told is not Told.PERSON or day < stage.due:
        return replace(stage, day=day)
    return replace(stage, stage=Stage.DUE if day == stage.due else Stage.AFTER, day=day)


def _sorted_out(calls: Iterable[Call]) -> dict[tuple[Told, bool], list[Call]]:
    found: dict[tuple[Told, bool], list[Call]] = defaultdict(list)
    for call in calls:
        found[call.told, call.vacant].append(call)
    return found


def _message(person: int, at: datetime, told: Mapping[tuple[Told, bool], Iterable[Call]]) -> LadderMessage:
    return LadderMessage(person, at, tuple(call for about in _ABOUT for call in told.get(about, ())))
