"""Everything that an admin can set in the chat, one entry each: a new setting is an entry here and its words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import time, timedelta

from domain.deadlines import CutOff
from domain.ladder import DEFAULT_RUNGS, KABUPATEN_RUNGS, LadderRule
from domain.office_rules import OfficeRules
from domain.refusals import BadSetting, Between
from domain.reporting_for import ReportingRule
from domain.retention import KeepRule
from domain.scales import SCALES
from domain.verification import VerificationRule
from domain.working_hours import Hours, Weekday, WeekHours
from domain.zones import Zone
from handlers.digest import posts_to_add
from handlers.office_settings import reading
from handlers.texts import office_settings as texts
from storage.desk import Desk


@dataclass(frozen=True)
class Choice:
    """What an office has chosen, or would. `zone` is an IANA name; `readers` are the titles of the posts to which the
    weekly summary can go beside the camat's, `posts` those of all posts."""

    rules: OfficeRules
    zone: str
    readers: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    year: int = 0
    """In which a month is meant that is typed without one."""


def choice_of(desk: Desk) -> Choice:
    """What the office has chosen."""
    readers, posts = ([post.title for post in of] for of in (posts_to_add(desk), desk.present_posts))
    return Choice(desk.office.rules, desk.office.zone, tuple(readers), tuple(posts), desk.today.year)


@dataclass(frozen=True)
class Setting:
    """One line of the list. `value` says what is chosen, in words that `read` understands too.

    `read` makes the new choice from what was typed: None for words that say nothing, BadSetting for what cannot be.
    `choices` are offered as buttons and read like typed words.
    """

    key: str
    label: str
    example: str
    value: Callable[[Choice], str]
    read: Callable[[str, Choice], Choice | None]
    choices: tuple[str, ...] = ()


def _internal(words: str, present: Choice) -> Choice | None:
    cut_off = reading.read_cut_off(words, present.rules.internal)
    return None if cut_off is None else replace(present, rules=replace(present.rules, internal=cut_off))


def _kabupaten(words: str, present: Choice) -> Choice | None:
    cut_off = reading.read_cut_off(words, present.rules.kabupaten)
    return None if cut_off is None else replace(present, rules=replace(present.rules, kabupaten=cut_off))


def _cut_off_value(cut_off: Callable[[OfficeRules], CutOff]) -> Callable[[Choice], str]:
    return lambda choice: texts.cut_off(cut_off(choice.rules))


def _stages(words: str, present: Choice) -> Choice | None:
    rungs = reading.read_rungs(words, present.rules.ladder.rungs, DEFAULT_RUNGS)
    return None if rungs is None else _with_ladder(present, replace(present.rules.ladder, rungs=rungs))


def _kabupaten_stages(words: str, present: Choice) -> Choice | None:
    rungs = reading.read_rungs(words, present.rules.ladder.kabupaten, KABUPATEN_RUNGS)
    return None if rungs is None else _with_ladder(present, replace(present.rules.ladder, kabupaten=rungs))


def _per_period(words: str, present: Choice) -> Choice | None:
    number = reading.read_whole(words)
    return None if number is None else _with_ladder(present, replace(present.rules.ladder, per_period=number))


def _with_ladder(present: Choice, ladder: LadderRule) -> Choice:
    return replace(present, rules=replace(present.rules, ladder=ladder))


def _hours(words: str, present: Choice) -> Choice | None:
    hours = reading.read_hours(words, present.rules.hours)
    return None if hours is None else replace(present, rules=replace(present.rules, hours=hours))


def _friday(words: str, present: Choice) -> Choice | None:
    others = tuple((day, hours) for day, hours in present.rules.weekday_hours if day is not Weekday.FRIDAY)
    if reading.plain(words) in reading.AS_USUAL:
        return replace(present, rules=replace(present.rules, weekday_hours=others))
    hours = reading.read_hours(words, _hours_on(Weekday.FRIDAY, present.rules))
    if hours is None:
        return None
    weekdays = tuple(sorted((*others, (Weekday.FRIDAY, hours)), key=lambda one: one[0]))
    return replace(present, rules=replace(present.rules, weekday_hours=weekdays))


def _hours_on(weekday: Weekday, rules: OfficeRules) -> Hours:
    return dict(rules.weekday_hours).get(weekday, rules.hours)


def _friday_value(choice: Choice) -> str:
    return texts.hours_or_usual(dict(choice.rules.weekday_hours).get(Weekday.FRIDAY))


def _ramadan(words: str, present: Choice) -> Choice | None:
    if reading.plain(words) in reading.AS_USUAL:
        return replace(present, rules=replace(present.rules, ramadan=None))
    before = present.rules.ramadan or WeekHours(present.rules.hours)
    hours = reading.read_hours(words, before.usual)
    return None if hours is None else replace(present, rules=replace(present.rules, ramadan=_usual(before, hours)))


def _usual(week: WeekHours, hours: Hours) -> WeekHours:
    return WeekHours(hours, week.weekdays)


def _ramadan_value(choice: Choice) -> str:
    return texts.hours_or_usual(None if choice.rules.ramadan is None else choice.rules.ramadan.usual)


def _workdays(words: str, present: Choice) -> Choice | None:
    days = reading.read_workdays(words)
    return None if days is None else replace(present, rules=replace(present.rules, workdays=days))


def _zone(words: str, present: Choice) -> Choice | None:
    typed = reading.plain(words)
    return replace(present, zone=Zone.of(typed).value) if typed else None


def _digest(words: str, present: Choice) -> Choice | None:
    rules = present.rules
    read = reading.read_digest(words, rules.digest_weekday, rules.digest_at)
    if read is None:
        return None
    weekday, at = read
    _refuse_outside(at, _hours_on(weekday, rules))
    return replace(present, rules=replace(rules, digest_weekday=weekday, digest_at=at))


def _refuse_outside(at: time, hours: Hours) -> None:
    """The summary is a message that nobody asked for, so it goes out within the office's hours."""
    if not hours.opens <= at < hours.closes:
        last = (timedelta(hours=hours.closes.hour, minutes=hours.closes.minute) - timedelta(minutes=1)).seconds // 60
        raise BadSetting(
            f"the summary goes out from {hours.opens:%H.%M} until before {hours.closes:%H.%M}, not at {at:%H.%M}",
            field="digest_at",
            given=at,
            allowed=Between(hours.opens, time(last // 60, last % 60)),
        )


def _digest_posts(words: str, present: Choice) -> Choice | None:
    titles = reading.read_posts(words, present.readers)
    return None if titles is None else replace(present, rules=replace(present.rules, digest_posts=titles))


def _extension(words: str, present: Choice) -> Choice | None:
    days = reading.read_whole(words)
    return None if days is None else replace(present, rules=replace(present.rules, extension_days=days))


def _lock(words: str, present: Choice) -> Choice | None:
    if reading.plain(words) in reading.OFF:
        return replace(present, rules=replace(present.rules, lock_after=None))
    days = reading.read_whole(words)
    return None if days is None else replace(present, rules=replace(present.rules, lock_after=days))


def _scale(words: str, present: Choice) -> Choice | None:
    scale = reading.read_scale(words)
    return None if scale is None else replace(present, rules=replace(present.rules, scale=scale))


def _rounded(words: str, present: Choice) -> Choice | None:
    rounded = reading.read_rounded(words)
    return None if rounded is None else replace(present, rules=replace(present.rules, rounded=rounded))


def _evidence(words: str, present: Choice) -> Choice | None:
    rule = reading.read_evidence(words, present.rules.evidence)
    return None if rule is None else replace(present, rules=replace(present.rules, evidence=rule))


def _explaining(words: str, present: Choice) -> Choice | None:
    rule = reading.read_explaining(words, present.rules.explaining)
    return None if rule is None else replace(present, rules=replace(present.rules, explaining=rule))


def _messages_kept(words: str, present: Choice) -> Choice | None:
    kept = reading.read_kept(words)
    return None if kept is None else _with_keeping(present, replace(present.rules.keeping, messages=kept[0]))


def _evidence_kept(words: str, present: Choice) -> Choice | None:
    kept = reading.read_kept(words)
    return None if kept is None else _with_keeping(present, replace(present.rules.keeping, evidence=kept[0]))


def _verifiers(words: str, present: Choice) -> Choice | None:
    titles = reading.read_verifiers(words, present.posts)
    return None if titles is None else _with_verification(present, replace(_chain(present), verifiers=titles))


def _superior(words: str, present: Choice) -> Choice | None:
    rule = reading.read_superior(words, _chain(present))
    return None if rule is None else _with_verification(present, rule)


def _approval(words: str, present: Choice) -> Choice | None:
    chosen = reading.read_allowed(words)
    return None if chosen is None else _with_verification(present, replace(_chain(present), camat_approves=chosen))


def _own(words: str, present: Choice) -> Choice | None:
    chosen = reading.read_allowed(words)
    return None if chosen is None else _with_verification(present, replace(_chain(present), own_allowed=chosen))


def _chain(choice: Choice) -> VerificationRule:
    return choice.rules.verification


def _with_verification(present: Choice, rule: VerificationRule) -> Choice:
    return replace(present, rules=replace(present.rules, verification=rule))


def _with_keeping(present: Choice, keeping: KeepRule) -> Choice:
    return replace(present, rules=replace(present.rules, keeping=keeping))


def _begins(words: str, present: Choice) -> Choice | None:
    read = reading.read_begins(words, present.year)
    return None if read is None else replace(present, rules=replace(present.rules, begins=read[0]))


def _operators(words: str, present: Choice) -> Choice | None:
    titles = reading.read_operators(words, present.posts)
    return None if titles is None else _with_reporting(present, replace(present.rules.reporting, operators=titles))


def _head(words: str, present: Choice) -> Choice | None:
    chosen = reading.read_head(words)
    return (
        None if chosen is None else _with_reporting(present, replace(present.rules.reporting, head_by_planner=chosen))
    )


def _with_reporting(present: Choice, rule: ReportingRule) -> Choice:
    return replace(present, rules=replace(present.rules, reporting=rule))


def _group(words: str, present: Choice) -> Choice | None:
    stages = reading.read_group_stages(words)
    return None if stages is None else replace(present, rules=replace(present.rules, group_stages=stages))


def _morning(words: str, present: Choice) -> Choice | None:
    wanted = reading.read_morning(words)
    return None if wanted is None else replace(present, rules=replace(present.rules, morning=wanted))


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "internal", "Batas internal", texts.CUT_OFF_EXAMPLE, _cut_off_value(lambda rules: rules.internal), _internal
    ),
    Setting(
        "kabupaten", "Batas kabupaten", texts.CUT_OFF_EXAMPLE, _cut_off_value(lambda rules: rules.kabupaten), _kabupaten
    ),
    Setting(
        "stages", "Tahap pengingat", texts.STAGES_EXAMPLE,
        lambda choice: texts.rungs(choice.rules.ladder.rungs), _stages,
    ),
    Setting(
        "kabupaten_stages", "Tahap kabupaten", texts.KABUPATEN_STAGES_EXAMPLE,
        lambda choice: texts.rungs(choice.rules.ladder.kabupaten), _kabupaten_stages,
    ),
    Setting(
        "per_period", "Pengingat per periode", texts.PER_PERIOD_EXAMPLE,
        lambda choice: texts.at_most(choice.rules.ladder.per_period), _per_period, ("1", "2", "3", "4"),
    ),
    Setting("hours", "Jam kerja", texts.HOURS_EXAMPLE, lambda choice: texts.hours(choice.rules.hours), _hours),
    Setting("friday", "Jam Jumat", texts.OTHER_HOURS_EXAMPLE, _friday_value, _friday, (texts.AS_USUAL,)),
    Setting("ramadan", "Jam Ramadan", texts.OTHER_HOURS_EXAMPLE, _ramadan_value, _ramadan, (texts.AS_USUAL,)),
    Setting(
        "workdays", "Hari kerja", texts.WORKDAYS_EXAMPLE,
        lambda choice: texts.workdays(choice.rules.workdays), _workdays, (texts.workdays(5), texts.workdays(6)),
    ),
    Setting(
        "zone", "Zona waktu", texts.ZONE_EXAMPLE,
        lambda choice: Zone.of(choice.zone).name, _zone, tuple(zone.name for zone in Zone),
    ),
    Setting(
        "digest", "Ringkasan mingguan", texts.DIGEST_EXAMPLE,
        lambda choice: texts.digest(choice.rules.digest_weekday, choice.rules.digest_at), _digest,
    ),
    Setting(
        "digest_posts", "Penerima ringkasan", texts.DIGEST_POSTS_EXAMPLE,
        lambda choice: texts.digest_posts(choice.rules.digest_posts), _digest_posts, (texts.ONLY_CAMAT,),
    ),
    Setting(
        "extension", "Waktu tambahan", texts.EXTENSION_EXAMPLE,
        lambda choice: texts.extension(choice.rules.extension_days), _extension,
    ),
    Setting(
        "lock", "Kunci periode", texts.LOCK_EXAMPLE,
        lambda choice: texts.lock(choice.rules.lock_after), _lock, (texts.NEVER,),
    ),
    Setting(
        "scale", "Skala predikat", texts.SCALE_EXAMPLE,
        lambda choice: texts.scale(choice.rules.scale, SCALES[choice.rules.scale]), _scale,
        tuple(texts.SCALE_NAMES.values()),
    ),
    Setting(
        "rounded", "Pembulatan", texts.ROUNDED_EXAMPLE,
        lambda choice: texts.rounded(rounded=choice.rules.rounded), _rounded, (texts.ROUNDED, texts.NOT_ROUNDED),
    ),
    Setting(
        "evidence", "Bukti", texts.EVIDENCE_EXAMPLE,
        lambda choice: texts.evidence(choice.rules.evidence), _evidence,
    ),
    Setting(
        "explaining", "Batas kendala", texts.EXPLAINING_EXAMPLE,
        lambda choice: texts.explaining(choice.rules.explaining), _explaining,
    ),
    Setting(
        "verifiers", "Verifikator", texts.VERIFIERS_EXAMPLE,
        lambda choice: texts.verifiers(_chain(choice).verifiers), _verifiers, (texts.ONLY_ADMIN,),
    ),
    Setting(
        "superior", "Dilihat atasan", texts.SUPERIOR_EXAMPLE, lambda choice: texts.superior(_chain(choice)), _superior,
        (texts.NO,),
    ),
    Setting(
        "approval", "Disahkan camat", texts.APPROVAL_EXAMPLE,
        lambda choice: texts.approval(chosen=_chain(choice).camat_approves), _approval, (texts.YES, texts.NO),
    ),
    Setting(
        "own", "Verifikasi sendiri", texts.OWN_EXAMPLE,
        lambda choice: texts.own(allowed=_chain(choice).own_allowed), _own, (texts.ALLOWED, texts.NOT_ALLOWED),
    ),
    Setting(
        "messages_kept", "Simpan obrolan", texts.MESSAGES_KEPT_EXAMPLE,
        lambda choice: texts.kept(choice.rules.keeping.messages), _messages_kept, (texts.FOR_EVER,),
    ),
    Setting(
        "evidence_kept", "Simpan berkas bukti", texts.EVIDENCE_KEPT_EXAMPLE,
        lambda choice: texts.kept(choice.rules.keeping.evidence), _evidence_kept, (texts.FOR_EVER,),
    ),
    Setting(
        "begins", "Mulai dipakai", texts.BEGINS_EXAMPLE,
        lambda choice: texts.begins(choice.rules.begins), _begins, (texts.FROM_THE_START,),
    ),
    Setting(
        "operators", "Operator laporan", texts.OPERATORS_EXAMPLE,
        lambda choice: texts.operators(choice.rules.reporting.operators), _operators, (texts.NOBODY,),
    ),
    Setting(
        "head", "Indikator camat", texts.HEAD_EXAMPLE,
        lambda choice: texts.head(by_planner=choice.rules.reporting.head_by_planner), _head,
        (texts.BY_PLANNER, texts.BY_HEAD),
    ),
    Setting(
        "group", "Hari kirim ke grup", texts.GROUP_EXAMPLE,
        lambda choice: texts.group_stages(choice.rules.group_stages), _group, ("H-1 dan H", "H", texts.NO_GROUP),
    ),
    Setting(
        "morning", "Laporan pagi", texts.MORNING_EXAMPLE,
        lambda choice: texts.morning(choice.rules.morning), _morning, tuple(texts.MORNING.values()),
    ),
)  # fmt: skip
BY_KEY: Mapping[str, Setting] = {setting.key: setting for setting in SETTINGS}


def find(words: str) -> Setting | None:
    """The setting that is meant by its number in the list, its label or the beginning of one label."""
    typed = reading.plain(words)
    if typed.isdecimal():
        return SETTINGS[int(typed) - 1] if len(typed) < 3 and 1 <= int(typed) <= len(SETTINGS) else None
    named = [setting for setting in SETTINGS if setting.label.casefold() == typed]
    begun = [setting for setting in SETTINGS if len(typed) > 2 and setting.label.casefold().startswith(typed)]
    return (named or (begun if len(begun) == 1 else [None]))[0]
