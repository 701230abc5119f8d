"""Every ladder message of an office: who is told what on which day (domain.md 5).

Reminders ask about today, a preview about a span as if nobody reported; both go through `messages_on`, so that what is
previewed is what is sent.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

from domain.ladder import Count, StageDay, Told, most_for, most_pressing
from domain.locks import Lock
from domain.office import Office, Owed
from domain.periods import Period
from domain.zones import instant, local


@dataclass(frozen=True)
class Call:
    """One stage in a message and the posts it is about.

    `unreached` tells a superior of a stage whose person no channel reaches, `vacant` of one of posts that nobody holds.
    """

    stage: StageDay
    post_ids: tuple[int, ...]
    unreached: bool = False
    vacant: bool = False

    @property
    def told(self) -> Told:
        """Whom the call is a message to."""
        return Told.SUPERIOR if self.unreached or self.vacant else self.stage.stage.told

    @property
    def is_own(self) -> bool:
        """Whether it is about the reports of the person who is told."""
        return self.told is Told.PERSON


@dataclass(frozen=True)
class LadderMessage:
    """The one ladder message to a person on a local day, and when it falls due on the office's clock.

    `calls` says why it comes, the most pressing first: what the person owes, then what posts below owe.
    """

    person_id: int
    at: datetime
    calls: tuple[Call, ...]

    @property
    def own(self) -> Call | None:
        """The call about the person's own reports."""
        return next((call for call in self.calls if call.is_own), None)

    @property
    def counted(self) -> Call | None:
        """The call that counts towards what a period may bring: about their own reports, else about a vacant post's,
        whose reminders are theirs."""
        return self.own or next((call for call in self.calls if call.vacant), None)


Sent = Mapping[tuple[int, Count], int]
"""How many messages about their own reports a person has had, by person and what they were counted under."""

NOTHING_SENT: Sent = MappingProxyType({})


def messages_on(
    day: date, owed: Collection[Owed], office: Office, sent: Sent = NOTHING_SENT
) -> tuple[LadderMessage, ...]:
    """The ladder messages of a local day, one a person at most, in the order of the persons' ids; none on a free day.

    What is locked is not asked for. A period that has brought its share to a person is silent about their own reports;
    a superior is told of those below all the same, in the same message.
    """
    if not office.calendar.is_working(day):
        return ()
    at = local(instant(day, office.hours.on(day).sending_time, office.zone), office.zone)
    by_person = sorted(_calls(day, open_on(day, owed, office), office).items())
    kept = ((person, _kept(person, calls, office, sent)) for person, calls in by_person)
    return tuple(LadderMessage(person, at, calls) for person, calls in kept if calls)


def plan_of_messages(
    first: date, last: date, owed: Collection[Owed], office: Office, sent: Sent = NOTHING_SENT
) -> tuple[LadderMessage, ...]:
    """The ladder messages of the local days from `first` to `last` as if nobody reported, in the order of their days.

    `sent` is what went out before `first`.
    """
    counted = dict(sent)
    planned: list[LadderMessage] = []
    for day in days(first, last):
        for message in messages_on(day, owed, office, counted):
            count(message, counted)
            planned.append(message)
    return tuple(planned)


def count(message: LadderMessage, sent: dict[tuple[int, Count], int]) -> None:
    """Count a message that goes out towards what its period may bring to the person."""
    if message.counted is not None:
        key = (message.person_id, message.counted.stage.counted_as)
        sent[key] = sent.get(key, 0) + 1


def camat_list(day: date, owed: Collection[Owed], office: Office) -> tuple[Owed, ...]:
    """What has been owed for so long that it stands in the camat's list on that day, the oldest period first."""
    due = (
        one
        for one in open_on(day, owed, office)
        if any(stage.stage.told is Told.CAMAT and stage.day <= day for stage in office.ladder(one, day))
    )
    return tuple(sorted(due, key=lambda one: (one.period, one.post_id)))


def open_on(day: date, owed: Collection[Owed], office: Office) -> tuple[Owed, ...]:
    """What is owed and can still be reported on that day."""
    locks: dict[tuple[Period, date | None], Lock | None] = {}
    for one in owed:
        dates = (one.period, office.extended_to(one, day))
        if dates not in locks:
            locks[dates] = office.lock(one, day)
    return tuple(one for one in owed if locks[one.period, office.extended_to(one, day)] is None)


def call_about(stage: StageDay, owed: Collection[Owed], *, unreached: bool = False, vacant: bool = False) -> Call:
    """A stage about what is owed; all of it ends on the same day."""
    periods = tuple(sorted({one.period for one in owed}))
    return Call(replace(stage, periods=periods), tuple(sorted({one.post_id for one in owed})), unreached, vacant)


def days(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`; none where `last` comes before."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _calls(day: date, owed: Iterable[Owed], office: Office) -> dict[int, list[Call]]:
    """What every person could be told on a working day: one call for a stage and all periods that end together."""
    stages_today: dict[tuple[date, date | None], tuple[StageDay, ...]] = {}
    found: dict[tuple[int, StageDay, bool, bool], list[Owed]] = defaultdict(list)
    for one in owed:
        dates = (one.period.end, office.extended_to(one, day))
        if dates not in stages_today:
            stages_today[dates] = tuple(stage for stage in office.ladder(one, day) if stage.day == day)
        for stage in stages_today[dates]:
            for person, unreached, vacant in (
                (office.told(one, stage.stage, day), False, False),
                (office.told_instead(one, stage, day), True, False),
                (office.told_for_vacant(one, stage.stage, day), False, True),
            ):
                if person is not None:
                    found[person, stage, unreached, vacant].append(one)
    calls: dict[int, list[Call]] = defaultdict(list)
    for (person, stage, unreached, vacant), of_person in found.items():
        calls[person].append(call_about(stage, of_person, unreached=unreached, vacant=vacant))
    return calls


def _kept(person: int, calls: Sequence[Call], office: Office, sent: Sent) -> tuple[Call, ...]:
    """What the person is told: the most pressing of their own stages that may still come, that of vacant posts below,
    and all else about posts below."""
    mine = _most_pressing(person, (call for call in calls if call.is_own), office, sent)
    vacant = _most_pressing(person, (call for call in calls if call.vacant), office, sent)
    below = (call for call in calls if call.told is Told.SUPERIOR and not call.vacant)
    return (*mine, *vacant, *sorted(below, key=lambda call: call.stage.periods))


def _most_pressing(person: int, calls: Iterable[Call], office: Office, sent: Sent) -> tuple[Call, ...]:
    """The most pressing of the calls that may still come; none where their periods have brought their share."""
    rule, by_stage = office.rules.ladder, {call.stage: call for call in calls}
    chosen = most_pressing(
        stage for stage in by_stage if sent.get((person, stage.counted_as), 0) < most_for(stage.counted_as, rule)
    )
    return () if chosen is None else (by_stage[chosen],)
