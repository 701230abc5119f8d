"""Who must be told what at `now`: computed from what is missing, never from what was planned earlier."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.ladder import Stage, StageDay, stage_for
from domain.openings import Closing
from domain.periods import Period
from handlers.messages import Notice, Option
from handlers.texts import reminder as texts
from handlers.texts.formats import day
from handlers.texts.formats import person as addressed
from storage.desk import Desk


@dataclass(frozen=True)
class Occasion:
    """Why a reminder is due: its stage and the closing it is about. Its list is made when it is claimed."""

    stage: Stage
    end: date
    due: date

    def to_json(self) -> dict[str, str]:
        return {"kind": "reminder", "stage": self.stage, "end": self.end.isoformat(), "due": self.due.isoformat()}

    @classmethod
    def from_json(cls, plain: Mapping[str, str]) -> "Occasion":
        return cls(Stage(plain["stage"]), date.fromisoformat(plain["end"]), date.fromisoformat(plain["due"]))


def occasion_today(desk: Desk, already_sent: Mapping[Period, int]) -> Occasion | None:
    """The one ladder message that this person is due today, None for none (domain.md 5)."""
    rules = desk.office.rules
    open_periods = {item.period for closing in desk.closings for item in closing.missing}
    stage = stage_for(desk.today, open_periods, rules.ladder, rules.internal, desk.calendar, already_sent)
    return None if stage is None else Occasion(stage.stage, stage.periods[0].end, stage.due)


def compose(desk: Desk, occasion: Occasion) -> Notice | None:
    """The reminder as it is right now; None when nothing is missing any more."""
    closing = next((c for c in desk.closings if c.end == occasion.end), None)
    if closing is None or not closing.missing:
        return None
    person = addressed(desk.person.name, desk.person.salutation)
    stage = StageDay(occasion.stage, desk.today, occasion.due, _missing_periods(closing))
    return Notice(
        name="reminder",
        params=(person, str(len(closing.missing)), day(occasion.due)),
        text=texts.text(person, stage, desk.today, closing.missing, len(closing.items)),
        options=(
            Option(key=f"!lapor:{closing.periods[0].code}", label=texts.REPORT_NOW),
            Option(key="!status", label=texts.SHOW),
        ),
    )


def _missing_periods(closing: Closing) -> tuple[Period, ...]:
    return tuple(sorted({item.period for item in closing.missing}))
