"""Who must be told what of the ladder at `now`: computed from what is missing, never from what was planned earlier."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from domain.deadlines import Deadline
from domain.gaps import Gap, stages_missed
from domain.ladder import Stage, most_for
from domain.message_plan import Call, LadderMessage, messages_on
from domain.office import Owed
from domain.openings import Closing, Item, closings
from domain.periods import Period
from domain.plan import Capacity
from domain.zones import instant, local
from handlers import outage
from handlers.follow_ups import telling
from handlers.messages import Notice, Option
from handlers.occasions import Before, Unasked, calls_from_json, calls_to_json, count_of, counted_as
from handlers.report.unsent import filled_in
from handlers.texts import reminder as texts
from handlers.texts.formats import day
from handlers.texts.formats import person as addressed
from handlers.texts.formats import post as held_post
from storage.desk import Desk

REMINDER, SNOOZE = "reminder", "snooze"
"""The kinds of occasions of this file."""


def due(desk: Desk, before: Before) -> tuple[Unasked, ...]:
    """The one ladder message of each person and local day (domain.md 5); none before the office's sending time."""
    if desk.local_now.time() < desk.organisation.hours.on(desk.today).sending_time:
        return ()
    messages = messages_on(desk.today, _owed(desk), desk.organisation, _sent(before))
    planned = {message.person_id: message for message in messages}
    gap = _gap(desk, before)
    if gap is not None:
        planned.update((message.person_id, message) for message in gap.right_now)
    found = [_unasked(desk, planned[person_id]) for person_id in sorted(planned)]
    return (*_not_told(found, before), *([] if gap is None else outage.skipped(desk, gap, before)))


def _gap(desk: Desk, before: Before) -> Gap | None:
    """What came due since the office's reminders were last looked after, on another day; None where it was today."""
    served = before.served_at
    if served is None or local(served, desk.office.zone).date() >= desk.today:
        return None
    return stages_missed(served, desk.now, _owed(desk), desk.organisation, _sent(before))


def _not_told(found: Sequence[Unasked], before: Before) -> list[Unasked]:
    """Without the stages that were told on another day already: a change of rules may move one."""
    counted = {one.counted_as for one in found} - {""}
    told = before.told(counted) if counted else {}
    return [one for one in found if not _tells_nothing_new(one, told.get((one.person_id, one.counted_as), ()))]


def _tells_nothing_new(one: Unasked, told: Sequence[Mapping[str, Any]]) -> bool:
    stages = _stages(one.occasion)
    return bool(stages) and any(stages <= _stages(occasion) for occasion in told)


def _stages(occasion: Mapping[str, Any]) -> frozenset[tuple[Stage, Deadline, date, bool]]:
    """The stages about the person's own reports and about those of vacant posts, and the last day of each."""
    counted = [call for call in calls_from_json(occasion["calls"]) if call.is_own or call.vacant]
    return frozenset((one.stage.stage, one.stage.deadline, one.stage.due, one.vacant) for one in counted)


def _owed(desk: Desk) -> frozenset[Owed]:
    """What is owed, but for what was returned since today's reminders went out: its owner is just being told of it."""
    at = desk.organisation.hours.on(desk.today).sending_time
    return desk.owed_before(instant(desk.today, at, desk.office.zone))


def _sent(before: Before) -> dict[tuple[int, Any], int]:
    return {(person, count_of(kept)): number for (person, kept), number in before.counts.items()}


def _unasked(desk: Desk, message: LadderMessage) -> Unasked:
    key = _key(desk, message.person_id)
    occasion = {"kind": REMINDER, "calls": calls_to_json(message)}
    if message.counted is None:
        return Unasked(message.person_id, key, occasion)
    count = message.counted.stage.counted_as
    return Unasked(message.person_id, key, occasion, counted_as(count), most_for(count, desk.office.rules.ladder))


def _key(desk: Desk, person_id: int) -> str:
    return f"{REMINDER}:{desk.office_id}:{person_id}:{desk.today}"


def compose(desk: Desk, occasion: Mapping[str, Any]) -> Notice | None:
    """The reminder as it is right now; None when nothing of it is missing any more."""
    calls = [_still_vacant(desk, call) if call.vacant else call for call in calls_from_json(occasion["calls"])]
    own = next((_still_theirs(desk, call) for call in calls if call.is_own), None)
    below = [_below(desk, call) for call in calls if not call.is_own]
    mine = () if own is None else _missing(desk, own.post_ids, own.stage.periods)
    late = [line for line in below if line.posts]
    if not mine and not late:
        return None
    name = addressed(desk.person.name, desk.person.salutation)
    told = _own_text(desk, own, mine) if own is not None and mine else ""
    more = telling.reminder_line(desk, own) if own is not None and mine else ""
    parts = [*([f"{told}\n{more}".rstrip()] if told else []), *(_told_below(desk, line) for line in late)]
    stage = own.stage if own is not None and mine else calls[-1].stage
    return Notice(
        name="reminder" if mine else "reminder_below",
        params=(name, str(len(mine) or sum(len(line.posts) for line in late)), day(stage.due)),
        text=texts.addressed_to(name, parts),
        options=own_options(own.stage.periods[0]) if own is not None and mine else _below_options(late, desk),
    )


def compose_again(desk: Desk, occasion: Mapping[str, Any]) -> Notice | None:
    """The reminder that a person put off, as it is right now; None where the ladder has told it meanwhile."""
    found = next((c for c in desk.closings if c.end.isoformat() == occasion["end"]), None)
    if found is None or not any(_acts_for(desk, item.duty.post_id) for item in found.missing):
        return None
    if _told_since(desk, found, occasion.get("asked")):
        return None
    name = addressed(desk.person.name, desk.person.salutation)
    filled = filled_in(desk, found.end)
    text = texts.again(found, desk.today, _left(found.missing, filled), len(found.items), len(filled))
    return Notice(
        name="reminder",
        params=(name, str(len(found.missing)), day(found.cut_off)),
        text=texts.addressed_to(name, [text]),
        options=own_options(found.periods[0]),
    )


def _told_since(desk: Desk, closing: Closing, asked: str | None) -> bool:
    """Whether today's ladder message about the person's own closing was written after they asked for another one."""
    if asked is None:
        return False
    ladder = desk.occasion_since(_key(desk, desk.person.id), datetime.fromisoformat(asked))
    calls = () if ladder is None else calls_from_json(ladder["calls"])
    return any(call.is_own and call.stage.periods[0].end == closing.end for call in calls)


def _still_theirs(desk: Desk, call: Call) -> Call:
    """The call without the posts for which somebody else acts by now: a stand-in, a successor."""
    return replace(call, post_ids=tuple(post_id for post_id in call.post_ids if _acts_for(desk, post_id)))


def _still_vacant(desk: Desk, call: Call) -> Call:
    """The call without the posts that somebody was appointed to meanwhile."""
    return replace(call, post_ids=tuple(post_id for post_id in call.post_ids if post_id not in desk.reporters))


def _told_below(desk: Desk, line: texts.Below) -> str:
    return texts.vacant(line, appoints=desk.is_admin) if line.vacant else texts.below(line)


def _acts_for(desk: Desk, post_id: int) -> bool:
    return desk.reporters.get(post_id) == desk.person_id


def _own_text(desk: Desk, own: Call, mine: Collection[Item]) -> str:
    filled = filled_in(desk, own.stage.periods[0].end)
    text = texts.own(own.stage, desk.today, _left(mine, filled), _due(desk, own), len(filled))
    return texts.acting(*_hats(desk, own), text)


def _hats(desk: Desk, own: Call) -> tuple[list[str], list[str]]:
    """The posts as which, and for which, a reminder is for somebody who stands in; none where all are their own."""
    posts = [one for one in desk.reported_posts if one.post.id in own.post_ids]
    if all(one.capacity is Capacity.DEFINITIF for one in posts):
        return [], []
    held = [held_post(one.post.title, one.capacity) for one in posts if one.capacity is not None]
    return held, [one.post.title for one in posts if one.capacity is None]


def _left(missing: Iterable[Item], filled: Collection[int]) -> tuple[Item, ...]:
    """Somebody who is stuck half-way is told what is left."""
    return tuple(item for item in missing if item.duty.id not in filled)


def _closings(desk: Desk, post_ids: Collection[int], periods: Collection[Period]) -> tuple[Closing, ...]:
    # Of the office's many indicators mostly only the reader's own are needed.
    known = desk.duties if all(_acts_for(desk, post_id) for post_id in post_ids) else desk.office_duties
    of_posts = [duty for duty in known if duty.post_id in post_ids]
    ends = {period.end for period in periods}
    return tuple(found for found in closings(of_posts, desk.today, desk.organisation) if found.end in ends)


def _missing(desk: Desk, post_ids: Collection[int], periods: Collection[Period]) -> tuple[Item, ...]:
    found = _closings(desk, post_ids, periods)
    return tuple(item for closing in found for item in closing.missing if item.period in periods)


def _due(desk: Desk, own: Call) -> int:
    return sum(len(closing.items) for closing in _closings(desk, own.post_ids, own.stage.periods))


def _below(desk: Desk, call: Call) -> texts.Below:
    """The posts below that still owe what the call is about, who acts for them and how much is missing."""
    missing = _missing(desk, call.post_ids, call.stage.periods)
    titles = {post.id: post.title for post in desk.posts}
    posts: list[texts.LatePost] = []
    for post_id in call.post_ids:
        number = sum(item.duty.post_id == post_id for item in missing)
        if number:
            holder = desk.people.get(desk.reporters.get(post_id, 0))
            name = "" if holder is None else addressed(holder.name, holder.salutation)
            posts.append(texts.LatePost(post_id, titles[post_id], name, number, holder is None or not holder.joined))
    return texts.Below(call.stage, tuple(posts), call.unreached, call.vacant)


def own_options(period: Period) -> tuple[Option, ...]:
    """The buttons under a list of what somebody has to report."""
    return (
        Option(key=f"!lapor:{period.code}", label=texts.REPORT_NOW),
        Option(key=f"!tunda:{period.code}", label=texts.LATER),
        Option(key=f"!lainnya:{period.code}", label=texts.OTHER),
    )


def _below_options(late: Collection[texts.Below], desk: Desk) -> tuple[Option, ...]:
    """The way to whoever can be reminded; for a post that nobody holds, to fill in for it and to appoint somebody."""
    reachable = [line for line in late if any(not post.unreachable for post in line.posts)]
    nudges = [Option(key=f"!ingatkan:{line.stage.periods[0].code}", label=texts.NUDGE) for line in reachable[:1]]
    empty = [(post.id, line.stage.periods[0].code) for line in late if line.vacant for post in line.posts]
    fills = [Option(key=f"!mewakili:{post_id}:{code}", label=texts.FILL_IN) for post_id, code in empty[:1]]
    appoints = [Option(key=f"!plt:{post_id}", label=texts.APPOINT) for post_id, _code in empty[:1] if desk.is_admin]
    return (*nudges, *fills, *appoints)
