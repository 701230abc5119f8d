"""Everything the assistant says unasked: what is due at the desk's moment, and what it says once it is claimed.

A reminder of the schedule and its preview both go through here, so that what is previewed is what is sent.
"""

from collections.abc import Callable, Mapping
from typing import Any

from handlers import (
    digest,
    group,
    guessing,
    handover,
    morning,
    my_data,
    number_change,
    outage,
    reminders,
    undelivered,
    yearly,
)
from handlers.follow_ups import telling
from handlers.messages import Notice, Outgoing, Say
from handlers.occasions import Before, Unasked
from handlers.staff import notices as staff_notices
from handlers.verification import notices
from storage.desk import Desk

_COMPOSERS: Mapping[str, Callable[[Desk, Mapping[str, Any]], Outgoing | None]] = {
    reminders.REMINDER: reminders.compose,
    reminders.SNOOZE: reminders.compose_again,
    digest.DIGEST: digest.compose_due,
    outage.OUTAGE: outage.compose,
    outage.SKIPPED: outage.compose_skipped,
    yearly.CUTI_BERSAMA: yearly.compose,
    number_change.NUMBER_CHANGE: number_change.compose,
    my_data.ERASURE: my_data.compose,
    undelivered.TO_CALL: undelivered.compose_calls,
    group.GROUP_MISSING: group.compose,
    group.GROUP_LOST: group.compose_lost,
    telling.FOLLOW_UP: telling.compose,
    notices.TO_CHECK: notices.compose_to_check,
    notices.TO_APPROVE: notices.compose_to_approve,
    handover.HANDOVER: handover.compose,
    staff_notices.ACTING_ENDS: staff_notices.compose,
    morning.MORNING: morning.compose,
    guessing.GUESSING: guessing.compose,
}


def due(desk: Desk, before: Before) -> tuple[Unasked, ...]:
    """What is due at the desk's moment, whether it was written already or not; nothing outside the office's hours."""
    if not desk.is_open:
        return ()
    return (
        *reminders.due(desk, before),
        *digest.due(desk),
        *yearly.due(desk),
        *number_change.due(desk),
        *my_data.due(desk),
        *undelivered.due(desk),
        *group.due(desk),
        *telling.due(desk),
        *notices.due(desk, before),
        *handover.due(desk),
        *staff_notices.due(desk),
        *guessing.due(desk),
    )


def early(desk: Desk) -> tuple[Unasked, ...]:
    """What is due before the office opens, and may be on a free day."""
    return morning.due(desk)


def compose(desk: Desk, occasion: Mapping[str, Any]) -> Outgoing | None:
    """The message as it reads right now to the person of the desk; None where it is not needed any more."""
    composer = _COMPOSERS.get(occasion["kind"])
    return None if composer is None else composer(desk, occasion)


def words(desk: Desk, occasion: Mapping[str, Any]) -> str | None:
    """What `compose` would say, changing nothing."""
    if is_fixed(occasion):
        return digest.words(desk)
    message = compose(desk, occasion)
    return message.text if isinstance(message, Notice | Say) else None


def is_fixed(occasion: Mapping[str, Any]) -> bool:
    """Whether a message stays as it was once it is written: it quotes a snapshot."""
    return occasion["kind"] == digest.DIGEST
