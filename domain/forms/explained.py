"""What the forms say of low and high figures beside the numbers: faktor pendorong, faktor penghambat and rencana tindak
lanjut (domain.md 4.2 to 4.4)."""

from dataclasses import dataclass

from domain.explaining import Asked
from domain.forms.source import FormSource
from domain.forms.standing import Obstacle
from domain.openings import Duty
from domain.periods import Period
from domain.reasons import ALL_ZERO


@dataclass(frozen=True)
class Plan:
    """What is done about the figure of a period (a code): what, by whom, until when (an ISO date), the last two empty
    where it is not known."""

    period: str
    text: str
    handler: str = ""
    until: str = ""


@dataclass(frozen=True)
class Factors:
    """Of one indicator what helped, what stood in the way, and what is done about it, each in the order of time."""

    drivers: tuple[Obstacle, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    plans: tuple[Plan, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.drivers or self.obstacles or self.plans)


def factors_in(source: FormSource, duty: Duty, period: Period) -> Factors:
    """What was said of the figures of the periods that lie in a period."""
    about = source.particulars[duty.id]
    said = [(one.code, words) for one, words in sorted(about.explained.items()) if period.covers(one)]
    return Factors(
        drivers=tuple(Obstacle(code, words.cause) for code, words in said if words.kind is Asked.DRIVER),
        obstacles=_obstacles(source, duty, period),
        plans=tuple(
            Plan(code, words.action, words.handler, words.until.isoformat() if words.until else "")
            for code, words in said
            if words.action
        ),
    )


def _obstacles(source: FormSource, duty: Duty, period: Period) -> tuple[Obstacle, ...]:
    """What stood in the way, and what was written with "nihil semua" where nothing was said since."""
    about = source.particulars[duty.id]
    notes = {one: report.note for one, report in about.sent.items() if report.note and ALL_ZERO in report.doubt}
    causes = {one: words.cause for one, words in about.explained.items() if words.kind is Asked.OBSTACLE}
    return tuple(Obstacle(one.code, text) for one, text in sorted({**notes, **causes}.items()) if period.covers(one))
