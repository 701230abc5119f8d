"""What an unasked message is before it has words: to whom, why, and under which key there is only one of it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from domain.deadlines import Deadline
from domain.ladder import Count, Stage, StageDay
from domain.message_plan import Call, LadderMessage
from domain.periods import Period


@dataclass(frozen=True)
class Unasked:
    """One message to one person. At `most` so many are said under `counted_as`, None for any number.

    `fell_due` is when it fell due, where it is said later all the same, as a weekly summary is.
    """

    person_id: int
    key: str
    occasion: Mapping[str, Any]
    counted_as: str = ""
    most: int | None = None
    fell_due: datetime | None = None


@dataclass(frozen=True)
class Before:
    """What was said before the moment that is asked about.

    `counts` are the messages by person and what they are counted under; `told` gives the occasions of those that are
    counted under one of some. `served_at` is when the office's reminders were last looked after, None where nothing can
    have been missed; `down_since` is when the program stopped before it runs now.
    """

    counts: Mapping[tuple[int, str], int]
    told: Callable[[Collection[str]], Mapping[tuple[int, str], Sequence[Mapping[str, Any]]]]
    served_at: datetime | None = None
    down_since: datetime | None = None


def calls_to_json(message: LadderMessage) -> list[dict[str, Any]]:
    """Why a ladder message comes; `calls_from_json` reads it back."""
    return [
        {
            "stage": call.stage.stage.value,
            "day": call.stage.day.isoformat(),
            "due": call.stage.due.isoformat(),
            "deadline": call.stage.deadline.value,
            "periods": [period.code for period in call.stage.periods],
            "posts": list(call.post_ids),
            "unreached": call.unreached,
            "vacant": call.vacant,
        }
        for call in message.calls
    ]


def calls_from_json(plain: list[dict[str, Any]]) -> tuple[Call, ...]:
    return tuple(
        Call(
            StageDay(
                Stage(one["stage"]),
                date.fromisoformat(one["day"]),
                date.fromisoformat(one["due"]),
                tuple(Period.parse(code) for code in one["periods"]),
                Deadline(one["deadline"]),
            ),
            tuple(one["posts"]),
            one["unreached"],
            one.get("vacant", False),
        )
        for one in plain
    )


def counted_as(count: Count) -> str:
    """Under what a ladder message is counted, as the outbox keeps it: `2022-03`, `2022-03 s/d 2022-04-08`."""
    return count.month.code if count.extended_to is None else f"{count.month.code} s/d {count.extended_to}"


def count_of(kept: str) -> Count:
    """What `counted_as` wrote."""
    month, _, extended = kept.partition(" s/d ")
    return Count(Period.parse(month), date.fromisoformat(extended) if extended else None)
