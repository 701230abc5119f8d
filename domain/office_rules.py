"""The settings of an office, with the defaults of domain.md 9."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from domain.achievement import Cap
from domain.deadlines import INTERNAL, KABUPATEN, CutOff, CutOffKind
from domain.ladder import DIGEST_TIME, LadderRule, Rung, Stage
from domain.working_calendar import WorkingCalendar
from domain.working_hours import Hours, Weekday


@dataclass(frozen=True)
class OfficeRules:
    """What an office has chosen. Raises ValueError for a week of other than 5 or 6 working days."""

    workdays: int = 5
    internal: CutOff = INTERNAL
    kabupaten: CutOff = KABUPATEN
    cap: Cap = Cap.AT_100
    hours: Hours = field(default_factory=Hours)
    ladder: LadderRule = field(default_factory=LadderRule)
    digest_weekday: Weekday = Weekday.MONDAY
    digest_at: time = DIGEST_TIME

    def __post_init__(self) -> None:
        self.calendar(frozenset())  # refuses a week of other than 5 or 6 days

    def calendar(self, free: frozenset[date]) -> WorkingCalendar:
        """The office's working days, given the days that are free."""
        return WorkingCalendar(free, self.workdays)

    def to_json(self) -> dict[str, Any]:
        """What `from_json` reads back: every setting by its name, times as HH:MM."""
        return {
            "workdays": self.workdays,
            "internal": _cut_off_json(self.internal),
            "kabupaten": _cut_off_json(self.kabupaten),
            "cap": self.cap.value,
            "hours": _hours_json(self.hours),
            "ladder": _ladder_json(self.ladder),
            "digest_weekday": self.digest_weekday.value,
            "digest_at": self.digest_at.isoformat("minutes"),
        }

    @classmethod
    def from_json(cls, chosen: Mapping[str, Any]) -> "OfficeRules":
        """Read what `to_json` wrote; what is absent keeps its default, so that old rows stay readable."""
        default = cls()
        return cls(
            workdays=chosen.get("workdays", default.workdays),
            internal=_cut_off(chosen["internal"]) if "internal" in chosen else default.internal,
            kabupaten=_cut_off(chosen["kabupaten"]) if "kabupaten" in chosen else default.kabupaten,
            cap=Cap(chosen.get("cap", default.cap)),
            hours=_hours(chosen["hours"]) if "hours" in chosen else default.hours,
            ladder=_ladder(chosen["ladder"]) if "ladder" in chosen else default.ladder,
            digest_weekday=Weekday(chosen.get("digest_weekday", default.digest_weekday)),
            digest_at=time.fromisoformat(chosen["digest_at"]) if "digest_at" in chosen else default.digest_at,
        )


def _cut_off_json(cut_off: CutOff) -> dict[str, Any]:
    return {"kind": cut_off.kind.value, "number": cut_off.number, "later": cut_off.later}


def _cut_off(chosen: Mapping[str, Any]) -> CutOff:
    return CutOff(CutOffKind(chosen["kind"]), chosen["number"], chosen["later"])


def _hours_json(hours: Hours) -> dict[str, str]:
    return {
        "opens": hours.opens.isoformat("minutes"),
        "closes": hours.closes.isoformat("minutes"),
        "sending_time": hours.sending_time.isoformat("minutes"),
    }


def _hours(chosen: Mapping[str, str]) -> Hours:
    return Hours(**{name: time.fromisoformat(at) for name, at in chosen.items()})


def _ladder_json(ladder: LadderRule) -> dict[str, Any]:
    return {"rungs": {rung.stage.value: rung.offset for rung in ladder.rungs}, "per_period": ladder.per_period}


def _ladder(chosen: Mapping[str, Any]) -> LadderRule:
    rungs = tuple(Rung(Stage(stage), offset) for stage, offset in chosen["rungs"].items())
    return LadderRule(rungs, chosen["per_period"])
