"""What a choice would mean for the dates of the month that comes, next to what they are now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.absence import Holding
from domain.beginning import is_before
from domain.deadlines import Deadline, due_date
from domain.extensions import days_to_grant
from domain.ladder import Stage, StageDay, Told, next_digest
from domain.locks import locks_on
from domain.message_plan import LadderMessage, plan_of_messages
from domain.office import Office, Owed
from domain.periods import Period, PeriodKind
from domain.plan import Role
from domain.roles import OrgPost
from domain.zones import Zone, local
from handlers.office_settings.catalogue import Choice, choice_of
from handlers.texts import office_settings as texts
from storage.desk import Desk

_POST, _ABOVE = 1, 2
_LOOK_AHEAD = timedelta(days=60)
"""From the end of a month until after its last stage: the latest cut-off, 15 working days on, over a Lebaran."""


@dataclass(frozen=True)
class Event:
    """Something that happens to the month. `key` tells the same one under another choice; `shown` always, or only
    where it changes."""

    key: str
    label: str
    value: str
    day: date
    shown: bool = True


def next_month(today: date, begins: Period | None) -> Period:
    """The month after the one that runs; the first that is asked for, where the office begins later."""
    following = Period.of_day(Period.of_day(today, PeriodKind.MONTH).end + timedelta(days=1), PeriodKind.MONTH)
    return begins if begins is not None and is_before(following, begins) else following


def compared(desk: Desk, choice: Choice) -> list[tuple[str, str, str]]:
    """What happens to the next month: what it is called, when under the choice, and when as things stand."""
    month = next_month(desk.today, choice.rules.begins)
    new = _events(month, desk.now, _under(desk.organisation, choice))
    old = {event.key: event for event in _events(month, desk.now, _under(desk.organisation, choice_of(desk)))}
    lines = [(event, event.value, old[event.key].value if event.key in old else texts.NOTHING) for event in new]
    kept = {event.key for event in new}
    lines += [(event, texts.NOTHING, event.value) for event in old.values() if event.key not in kept]
    return [
        (event.label, value, before)
        for event, value, before in sorted(lines, key=lambda line: line[0].day)
        if event.shown or value != before
    ]


def _under(office: Office, choice: Choice) -> Office:
    """The office under a choice, with one post that never reports and the post above it."""
    rules = choice.rules
    return Office(
        zone=choice.zone,
        rules=rules,
        calendar=rules.calendar(office.calendar.free),
        posts={_POST: OrgPost(_POST, "", Role.KASI, _ABOVE), _ABOVE: OrgPost(_ABOVE, "", Role.CAMAT, None)},
        holdings=(Holding(_POST, _POST, date.min), Holding(_ABOVE, _ABOVE, date.min)),
        ramadan_days=office.ramadan_days,
    )


def _events(month: Period, now: datetime, office: Office) -> list[Event]:
    planned = plan_of_messages(month.start, month.end + _LOOK_AHEAD, [Owed(_POST, month)], office)
    events = [*_cut_offs(month, office, planned), *_stages(planned, office), *_camat(month, office)]
    return [*sorted(events, key=lambda event: event.day), *_others(month, now, office, planned)]


def _cut_offs(month: Period, office: Office, planned: Iterable[LadderMessage]) -> Iterable[Event]:
    rules, reminded = office.rules, {call.deadline for call in _own(planned) if call.stage is Stage.DUE}
    internal = due_date(month, rules.internal, office.calendar)
    yield Event("internal", texts.INTERNAL, texts.due(internal, reminded=Deadline.INTERNAL in reminded), internal)
    kabupaten = due_date(month, rules.kabupaten, office.calendar)
    shown = texts.due(kabupaten, reminded=Deadline.KABUPATEN in reminded)
    yield Event("kabupaten", texts.KABUPATEN, shown, kabupaten)


def _own(planned: Iterable[LadderMessage]) -> list[StageDay]:
    return [message.own.stage for message in planned if message.own is not None]


def _stages(planned: Iterable[LadderMessage], office: Office) -> Iterable[Event]:
    """Every message on a day of its own; those on a cut-off's day stand with it."""
    for message in planned:
        for call in message.calls:
            if call.stage.stage is not Stage.DUE:
                yield _stage(call.stage, office)


def _camat(month: Period, office: Office) -> Iterable[Event]:
    stages = office.ladder(Owed(_POST, month), month.end)
    return (_stage(stage, office) for stage in stages if stage.stage.told is Told.CAMAT)


def _stage(stage: StageDay, office: Office) -> Event:
    days = office.calendar.working_days_between(*sorted((stage.day, stage.due)))
    kabupaten = stage.deadline is Deadline.KABUPATEN
    label = texts.stage_label(stage.stage, days if stage.day > stage.due else -days, kabupaten=kabupaten)
    return Event(f"{stage.deadline}:{stage.stage}", label, texts.due(stage.day, reminded=True), stage.day)


def _others(month: Period, now: datetime, office: Office, planned: Iterable[LadderMessage]) -> Iterable[Event]:
    """What is told only where it changes, after the dates."""
    rules, calendar, zone = office.rules, office.calendar, Zone.of(office.zone).name
    times = dict.fromkeys(office.hours.on(message.at.date()).sending_time for message in planned)
    yield Event("times", texts.SENDING, texts.times(sorted(times), zone), date.max, shown=False)
    summary = local(next_digest(now, office.zone, calendar, rules.digest_weekday, rules.digest_at), office.zone)
    moment = texts.at_moment(summary.date(), summary.time(), zone)
    yield Event("digest", texts.DIGEST, moment, date.max, shown=False)
    due = due_date(month, rules.internal, calendar)
    longest = days_to_grant(due, due, rules.grant_rule, calendar).high
    yield Event("extension", texts.LONGEST_EXTENSION, texts.due(longest, reminded=True), date.max, shown=False)
    locked = locks_on(month, rules.lock_rule, rules.kabupaten, calendar)
    if locked is not None:
        first = max(locked, calendar.next_working(due))
        yield Event("lock", texts.LOCK, texts.due(first, reminded=True), date.max, shown=False)
