"""What is said unasked about checking: what is new in somebody's queue, and that a quarter can be approved."""

import hashlib
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from domain.checking import Waiting
from domain.periods import Period
from domain.plan import Role
from domain.quarters import quarter_state
from domain.standing import Standing
from domain.zones import instant, local
from handlers.messages import Notice, Option
from handlers.occasions import Before, Unasked
from handlers.texts import approval as approval_texts
from handlers.texts import verification as texts
from handlers.texts.formats import period_with_year
from handlers.texts.formats import person as addressed
from handlers.verification.approving import ended, verified
from handlers.verification.queue import queue
from storage.desk import Desk

TO_CHECK, TO_APPROVE = "to_check", "to_approve"
"""The kinds of occasions of this file."""


def due(desk: Desk, before: Before) -> tuple[Unasked, ...]:
    """Everybody with something new in the queue is told of it once a working day, when reminders go out; the camat of
    every quarter once it is wholly verified. Nothing new comes of what was looked after since that hour."""
    at = instant(desk.today, desk.organisation.hours.on(desk.today).sending_time, desk.office.zone)
    if desk.now < at or (before.served_at is not None and before.served_at >= at):
        return ()
    return (*_to_check(desk, at), *_to_approve(desk))


# --- what is new in a queue -------------------------------------------------------------------------------------------


def _to_check(desk: Desk, at: datetime) -> list[Unasked]:
    queues = desk.checking.queues()
    told = desk.last_letters(f"{TO_CHECK}:{desk.office_id}:") if queues else {}
    found: list[Unasked] = []
    for person_id, waiting in sorted(queues.items()):
        waits_for = {one.given.report_id for one in waiting if _since(one) < at}
        occasion, said_at = told.get(person_id, ({}, None))
        new = waits_for - set(occasion.get("reports", ()))
        if new and (said_at is None or local(said_at, desk.office.zone).date() < desk.today):
            key = f"{TO_CHECK}:{desk.office_id}:{person_id}:{_digest(waits_for)}"
            reports = {"reports": sorted(waits_for), "new": sorted(new)}
            found.append(Unasked(person_id, key, {"kind": TO_CHECK, **reports}))
    return found


def _since(waiting: Waiting) -> datetime:
    """Since when a figure can be seen or verified: what comes after the hour is told on the next day."""
    seen = waiting.given.last(Standing.SEEN)
    return waiting.given.reported_at if seen is None else seen.at


def _digest(report_ids: Collection[int]) -> str:
    """The same for the same reports: of what does not change there is only one message, as in a preview."""
    return hashlib.sha256(repr(sorted(report_ids)).encode()).hexdigest()[:16]


def compose_to_check(desk: Desk, occasion: Mapping[str, Any]) -> Notice | None:
    """How much of what was new still waits; None where nothing of it does."""
    new = [one for one in queue(desk).every if one.id in occasion["new"]]
    if not new:
        return None
    name = addressed(desk.person.name, desk.person.salutation)
    verify = sum(one.is_to_verify for one in new)
    text = texts.waits(name, verify, len(new) - verify, sum(bool(one.marks) for one in new))
    return Notice(
        name="to_check",
        params=(name, str(len(new))),
        text=text,
        options=(Option(key="!verifikasi", label=texts.OPEN),),
    )


# --- a quarter that can be approved -----------------------------------------------------------------------------------


def _to_approve(desk: Desk) -> list[Unasked]:
    if not desk.office.rules.verification.camat_approves:
        return []
    approvers = [post.id for post in desk.posts if post.role is Role.CAMAT and post.id in desk.holders]
    return [
        Unasked(
            desk.holders[post_id],
            f"{TO_APPROVE}:{desk.office_id}:{quarter.code}:{max(verified(state, desk))}",
            {"kind": TO_APPROVE, "quarter": quarter.code},
        )
        for quarter in ended(desk)
        if (state := quarter_state(desk.office_duties, quarter)).is_whole
        for post_id in approvers
    ]


def compose_to_approve(desk: Desk, occasion: Mapping[str, Any]) -> Notice | None:
    """What can be approved of the quarter; None where it is approved, or not wholly verified any more."""
    quarter = Period.parse(occasion["quarter"])
    state = quarter_state(desk.office_duties, quarter)
    if not state.is_whole:
        return None
    name, number = addressed(desk.person.name, desk.person.salutation), len(state.verified)
    return Notice(
        name="to_approve",
        params=(name, period_with_year(quarter), str(number)),
        text=approval_texts.is_whole(name, quarter, number),
        options=(Option(key=f"!sahkan:{quarter.code}", label=approval_texts.label(quarter)),),
    )
