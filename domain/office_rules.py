"""The settings of an office, with the defaults of domain.md 9."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, time
from typing import Any

from domain.achievement import Cap
from domain.chosen import Chosen
from domain.day_spans import DaySpan
from domain.deadlines import DAYS, INTERNAL, KABUPATEN, WORKING_DAYS, CutOff, CutOffKind, CutOffs
from domain.evidence import COUNTS, EvidenceRule
from domain.explaining import MOST, PERCENTS, ExplainRule
from domain.extensions import DEFAULT_DAYS, MOST_DAYS, GrantRule
from domain.groups import GROUP_STAGES, check_group_stages
from domain.ladder import DIGEST_TIME, MOST_PER_EXTENSION, MOST_PER_PERIOD, OFFSETS, LadderRule, Rung, Stage
from domain.locks import AFTER_DAYS, LockRule
from domain.morning import MorningReport
from domain.periods import Period
from domain.refusals import BadSetting, OneOf, under
from domain.reporting_for import ReportingRule
from domain.retention import MONTHS, KeepRule
from domain.scales import SCALES, Scale, ScaleKey
from domain.verification import SUPERIOR_DAYS, VerificationRule
from domain.working_calendar import WorkingCalendar
from domain.working_hours import Hours, Weekday, WeekHours, WorkingHours

_CUT_OFF = ("kind", "number", "later")
_HOURS = ("opens", "closes", "sending_time")
_WEEKDAYS = tuple(weekday.name.lower() for weekday in Weekday)
_LADDER = ("rungs", "per_period", "kabupaten", "per_extension")


def _names(rule: type[VerificationRule | ExplainRule | EvidenceRule | KeepRule | ReportingRule]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(rule))


@dataclass(frozen=True)
class OfficeRules:
    """What an office has chosen.

    `hours` are those of an ordinary day, `weekday_hours` of weekdays that differ, `ramadan` of Ramadan where it
    differs. `extension_days` are the calendar days beyond a due date that may be granted; from the `lock_after`-th
    working day after the kabupaten's cut-off on a period is locked, never for None. `digest_posts` are the titles of
    the posts to which the weekly summary goes beside the camat's. `scale` rates capaian, by whole percents where it is
    `rounded` (domain.md 3). `begins` is the month from which reports are asked, None for a plan's first. `morning` is
    on which days the admins want to know how the program is doing.
    Raises BadSetting for a week of other than 5 or 6 working days, a weekday named twice, and numbers outside what the
    rules allow.
    """

    workdays: int = 5
    internal: CutOff = INTERNAL
    kabupaten: CutOff = KABUPATEN
    cap: Cap = Cap.AT_100
    hours: Hours = field(default_factory=Hours)
    ladder: LadderRule = field(default_factory=LadderRule)
    digest_weekday: Weekday = Weekday.MONDAY
    digest_at: time = DIGEST_TIME
    digest_posts: tuple[str, ...] = ()
    weekday_hours: tuple[tuple[Weekday, Hours], ...] = ()
    ramadan: WeekHours | None = None
    extension_days: int = DEFAULT_DAYS
    lock_after: int | None = None
    scale: ScaleKey = ScaleKey.A
    rounded: bool = False
    verification: VerificationRule = field(default_factory=VerificationRule)
    explaining: ExplainRule = field(default_factory=ExplainRule)
    evidence: EvidenceRule = field(default_factory=EvidenceRule)
    keeping: KeepRule = field(default_factory=KeepRule)
    group_stages: tuple[Stage, ...] = GROUP_STAGES
    begins: Period | None = None
    reporting: ReportingRule = field(default_factory=ReportingRule)
    morning: MorningReport = MorningReport.DAILY

    def __post_init__(self) -> None:
        """Make everything that follows from the settings once, so that each refuses what it cannot take."""
        self.calendar(frozenset())
        self.working_hours()
        self.grant_rule  # noqa: B018 it refuses
        self.lock_rule  # noqa: B018 it refuses
        check_group_stages(self.group_stages)

    @property
    def cut_offs(self) -> CutOffs:
        return CutOffs(self.internal, self.kabupaten)

    @property
    def grant_rule(self) -> GrantRule:
        """How much more time may be granted; its days move as the internal cut-off does."""
        return GrantRule(self.extension_days, self.internal.later)

    @property
    def lock_rule(self) -> LockRule:
        return LockRule(self.lock_after)

    @property
    def rating(self) -> Scale:
        """The scale by which capaian gets its predikat."""
        return replace(SCALES[self.scale], rounded_first=self.rounded)

    def calendar(self, free: frozenset[date]) -> WorkingCalendar:
        """The office's working days, given the days that are free."""
        return WorkingCalendar(free, self.workdays)

    def working_hours(self, ramadan_days: Iterable[DaySpan] = ()) -> WorkingHours:
        """The office's hours, given the days of Ramadan."""
        return WorkingHours(WeekHours(self.hours, self.weekday_hours), self.ramadan, tuple(ramadan_days))

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
            "digest_posts": list(self.digest_posts),
            "weekday_hours": _weekdays_json(self.weekday_hours),
            "ramadan": None if self.ramadan is None else _week_json(self.ramadan),
            "extension_days": self.extension_days,
            "lock_after": self.lock_after,
            "scale": self.scale.value,
            "rounded": self.rounded,
            "verification": _verification_json(self.verification),
            "explaining": asdict(self.explaining),
            "evidence": asdict(self.evidence),
            "keeping": asdict(self.keeping),
            "group_stages": [stage.value for stage in self.group_stages],
            "begins": None if self.begins is None else self.begins.code,
            "reporting": {**asdict(self.reporting), "operators": list(self.reporting.operators)},
            "morning": self.morning.value,
        }

    @classmethod
    def from_json(cls, chosen: Mapping[str, Any]) -> "OfficeRules":
        """Read what `to_json` wrote; what is absent keeps its default, so that old rows stay readable.

        Raises BadSetting, its field told with dots as in `internal.number`, for a value that cannot be.
        """
        settings, default = Chosen(chosen), cls()
        return cls(
            workdays=settings.whole("workdays", default.workdays, (5, 6)),
            internal=_cut_off(settings.group("internal", *_CUT_OFF), default.internal),
            kabupaten=_cut_off(settings.group("kabupaten", *_CUT_OFF), default.kabupaten),
            cap=settings.one_of("cap", default.cap, Cap),
            hours=_hours(settings.group("hours", *_HOURS)),
            ladder=_ladder(settings.group("ladder", *_LADDER), default.ladder),
            digest_weekday=settings.one_of("digest_weekday", default.digest_weekday, Weekday),
            digest_at=settings.at("digest_at", default.digest_at),
            digest_posts=settings.words("digest_posts"),
            weekday_hours=_weekdays(settings.group("weekday_hours", *_WEEKDAYS)),
            ramadan=_ramadan(settings),
            extension_days=settings.whole("extension_days", default.extension_days, MOST_DAYS),
            lock_after=settings.whole_or_none("lock_after", AFTER_DAYS),
            scale=settings.one_of("scale", default.scale, ScaleKey),
            rounded=settings.flag("rounded", default.rounded),
            verification=_verification(settings.group("verification", *_names(VerificationRule)), default.verification),
            explaining=_explaining(settings.group("explaining", *_names(ExplainRule)), default.explaining),
            evidence=_evidence(settings.group("evidence", *_names(EvidenceRule)), default.evidence),
            keeping=_keeping(settings.group("keeping", *_names(KeepRule)), default.keeping),
            group_stages=_group_stages(settings, default.group_stages),
            begins=settings.month("begins"),
            reporting=_reporting(settings.group("reporting", *_names(ReportingRule)), default.reporting),
            morning=settings.one_of("morning", default.morning, MorningReport),
        )


def _cut_off_json(cut_off: CutOff) -> dict[str, Any]:
    return {"kind": cut_off.kind.value, "number": cut_off.number, "later": cut_off.later}


def _cut_off(chosen: Chosen, default: CutOff) -> CutOff:
    kind = chosen.one_of("kind", default.kind, CutOffKind)
    allowed = DAYS if kind is CutOffKind.DAY else WORKING_DAYS
    return CutOff(kind, chosen.whole("number", default.number, allowed), chosen.flag("later", default.later))


def _hours_json(hours: Hours) -> dict[str, str]:
    return {
        "opens": hours.opens.isoformat("minutes"),
        "closes": hours.closes.isoformat("minutes"),
        "sending_time": hours.sending_time.isoformat("minutes"),
    }


def _hours(chosen: Chosen) -> Hours:
    default = Hours()
    opens, closes = chosen.at("opens", default.opens), chosen.at("closes", default.closes)
    sending_time = chosen.at("sending_time", default.sending_time)
    with under(chosen.name):
        return Hours(opens, closes, sending_time)


def _weekdays_json(weekdays: Iterable[tuple[Weekday, Hours]]) -> dict[str, Any]:
    return {weekday.name.lower(): _hours_json(hours) for weekday, hours in weekdays}


def _weekdays(chosen: Chosen) -> tuple[tuple[Weekday, Hours], ...]:
    return tuple((_weekday(chosen, name), _hours(chosen.group(name, *_HOURS))) for name in chosen.keys)


def _weekday(chosen: Chosen, name: str) -> Weekday:
    found = next((weekday for weekday in Weekday if weekday.name.lower() == name), None)
    if found is None:
        raise BadSetting(f"{name!r} is no weekday", field=chosen.name, given=name, allowed=OneOf(_WEEKDAYS))
    return found


def _week_json(week: WeekHours) -> dict[str, Any]:
    return {"usual": _hours_json(week.usual), "weekdays": _weekdays_json(week.weekdays)}


def _ramadan(settings: Chosen) -> WeekHours | None:
    if settings.is_none("ramadan"):
        return None
    chosen = settings.group("ramadan", "usual", "weekdays")
    return WeekHours(_hours(chosen.group("usual", *_HOURS)), _weekdays(chosen.group("weekdays", *_WEEKDAYS)))


def _ladder_json(ladder: LadderRule) -> dict[str, Any]:
    return {
        "rungs": _rungs_json(ladder.rungs),
        "per_period": ladder.per_period,
        "kabupaten": _rungs_json(ladder.kabupaten),
        "per_extension": ladder.per_extension,
    }


def _ladder(chosen: Chosen, default: LadderRule) -> LadderRule:
    rungs = _rungs(chosen, "rungs", default.rungs)
    per_period = chosen.whole("per_period", default.per_period, range(1, MOST_PER_PERIOD + 1))
    kabupaten = _rungs(chosen, "kabupaten", default.kabupaten)
    per_extension = chosen.whole("per_extension", default.per_extension, range(MOST_PER_EXTENSION + 1))
    with under(chosen.name):
        return LadderRule(rungs, per_period, kabupaten, per_extension)


def _rungs_json(rungs: Iterable[Rung]) -> dict[str, int]:
    return {rung.stage.value: rung.offset for rung in rungs}


def _rungs(ladder: Chosen, key: str, default: tuple[Rung, ...]) -> tuple[Rung, ...]:
    if key not in ladder:
        return default
    chosen = ladder.group(key)
    stages = [ladder.member(key, name, Stage) for name in chosen.keys]
    return tuple(Rung(stage, chosen.whole(stage.value, 0, OFFSETS[stage])) for stage in stages)


def _group_stages(settings: Chosen, default: tuple[Stage, ...]) -> tuple[Stage, ...]:
    if "group_stages" not in settings:
        return default
    return tuple(settings.member("group_stages", name, Stage) for name in settings.words("group_stages"))


def _verification_json(rule: VerificationRule) -> dict[str, Any]:
    return {**asdict(rule), "verifiers": list(rule.verifiers)}


def _verification(chosen: Chosen, default: VerificationRule) -> VerificationRule:
    return VerificationRule(
        verifiers=chosen.words("verifiers"),
        superior_first=chosen.flag("superior_first", default.superior_first),
        superior_days=chosen.whole("superior_days", default.superior_days, SUPERIOR_DAYS),
        camat_approves=chosen.flag("camat_approves", default.camat_approves),
        own_allowed=chosen.flag("own_allowed", default.own_allowed),
    )


def _explaining(chosen: Chosen, default: ExplainRule) -> ExplainRule:
    return ExplainRule(
        monthly=chosen.whole("monthly", default.monthly, PERCENTS),
        quarterly=chosen.whole("quarterly", default.quarterly, PERCENTS),
        above=chosen.whole("above", default.above, PERCENTS),
        most=chosen.whole("most", default.most, MOST),
    )


def _evidence(chosen: Chosen, default: EvidenceRule) -> EvidenceRule:
    return EvidenceRule(
        recordings=chosen.flag("recordings", default.recordings),
        links=chosen.flag("links", default.links),
        most=chosen.whole("most", default.most, COUNTS),
    )


def _keeping(chosen: Chosen, default: KeepRule) -> KeepRule:
    """Whatever is absent keeps its default; null is "never"."""
    return KeepRule(
        messages=chosen.whole_or_none("messages", MONTHS) if "messages" in chosen else default.messages,
        evidence=chosen.whole_or_none("evidence", MONTHS) if "evidence" in chosen else default.evidence,
    )


def _reporting(chosen: Chosen, default: ReportingRule) -> ReportingRule:
    return ReportingRule(
        operators=chosen.words("operators"),
        head_by_planner=chosen.flag("head_by_planner", default.head_by_planner),
    )
