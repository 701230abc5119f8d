"""Applying an office's plan, all or nothing, and the answers to what it leaves open.

An answer in a workbook's sheet `Jawaban` and one in the chat go through the same function.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, or_, select, update

from domain.evidence import Demand
from domain.modes import Confidence, Mode, Polarity
from domain.openings import is_provisional
from domain.periods import Period, PeriodKind
from domain.plan import (
    BLOCKING,
    About,
    DayOffRow,
    GivenAnswer,
    IndicatorRow,
    OfficePlan,
    OpenQuestion,
    PastReport,
    Repeat,
)
from domain.plan_identity import with_known_codes
from domain.plan_review import ALL_SAME
from domain.zones import instant, local
from storage import beginnings, budgets, figures, renstra, schema, signers, stated_staff
from storage.audit import Actor, record
from storage.columns import LARGEST, MILLIONTH
from storage.reported import INVENTED
from storage.rows import add, add_all
from storage.stated_staff import Managed
from storage.stored_plans import completed, stored_plan

_office = schema.office
_office_day = schema.office_day
_post = schema.post
_plan = schema.plan
_indicator = schema.indicator
_target = schema.target
_question = schema.question
_report = schema.report

# Of every answer in a workbook, hundreds in one: writing them takes longer than their answer.
_QUESTION_ABOUT = select(_question.c.id).where(
    _question.c.indicator_id == bindparam("indicator"), _question.c.about == bindparam("of")
)
_QUESTION = select(_question).where(
    _question.c.id == bindparam("question"), _question.c.office_id == bindparam("office")
)
_ANSWERED = update(_question).where(_question.c.id == bindparam("question"))
_OTHERS_OPEN = select(func.count()).where(
    _question.c.indicator_id == bindparam("indicator"),
    _question.c.id != bindparam("question"),
    _question.c.answer.is_(None),
    _question.c.about.in_(sorted(BLOCKING)),
)
_INDICATOR = select(_indicator).where(_indicator.c.id == bindparam("indicator"))
_CHANGED = update(_indicator).where(_indicator.c.id == bindparam("indicator"))
_NO_TARGET = delete(_target).where(
    _target.c.indicator_id == bindparam("indicator"), _target.c.period == bindparam("of")
)

NO_TARGET = "-"
"""How an answer says that there is no target, or no unit."""

WORKBOOK = Actor(None, None, "", "workbook", None)
"""Who acts when a file is loaded from the command line."""


class AnswerRefused(Exception):
    """An answer that the question does not take; the message is the value."""


@dataclass(frozen=True)
class Loaded:
    """What loading did. `version` is the plan's; `changed` is False where the same file was loaded before."""

    office_id: int
    plan_id: int
    version: int
    changed: bool


@dataclass(frozen=True)
class Beside:
    """What was said beside a file and is no part of it: why the plan changes and by which document, the answers to what
    the file leaves open, and who loads it."""

    reason: str = ""
    document: str = ""
    answers: tuple[GivenAnswer, ...] = ()
    actor: Actor = WORKBOOK


_NOTHING_BESIDE = Beside()


@dataclass(frozen=True)
class QuestionCard:
    """An open question as the admin sees it."""

    id: int
    indicator_id: int
    indicator: str
    post: str | None
    about: About
    text: str
    proposal: str
    options: tuple[str, ...]
    place: str


def apply_plan(connection: Connection, plan: OfficePlan, now: datetime, beside: Beside = _NOTHING_BESIDE) -> Loaded:
    """Enter an office with its posts, people and plan, all or nothing. The same content again changes nothing.

    A changed plan becomes the next version: reports stay, and so do answers to questions that are the same to the
    letter. Raises AnswerRefused for an answer that its question does not take, AdminLost for a workbook that leaves
    nobody who manages the office.
    """
    with connection.begin_nested():
        return _apply(connection, plan, now, beside)


def _apply(connection: Connection, plan: OfficePlan, now: datetime, beside: Beside) -> Loaded:
    last = connection.execute(
        select(_plan)
        .join(_office, _office.c.id == _plan.c.office_id)
        .where(_office.c.name == plan.office, _plan.c.year == plan.year)
        .order_by(_plan.c.version.desc())
        .limit(1)
    ).one_or_none()
    stored = stored_plan(connection, last.id) if plan.only_plan and last is not None else None
    if stored is not None:
        plan = with_known_codes(plan, stored.indicators)
    fingerprint = plan_fingerprint(plan)
    if last is not None and last.source_hash == fingerprint:
        return Loaded(last.office_id, last.id, last.version, changed=False)
    if stored is not None:
        plan = completed(plan, stored)
    if plan.only_plan:
        plan = replace(plan, indicators=tuple(_certain(row, plan.questions) for row in plan.indicators))
    office_id = _enter_office(connection, plan)
    posts = _enter_staff(connection, office_id, plan, local(now, plan.zone).date())
    version = 1 if last is None else last.version + 1
    plan_id = add(
        connection,
        _plan,
        {
            "office_id": office_id,
            "year": plan.year,
            "version": version,
            "document": beside.document or plan.document,
            "reason": beside.reason or plan.reason,
            "source_hash": fingerprint,
            "loaded_at": now,
        },
    )
    codes = _enter_indicators(connection, office_id, plan_id, plan, posts)
    renstra.enter(connection, office_id, codes, plan.renstra)
    _enter_questions(connection, office_id, codes, plan.questions)
    if last is not None:
        _carry_confirmations(connection, last.id, plan_id)
        _carry_answers(connection, last.id, codes, posts)
        _carry_demands(connection, last.id, codes, plan.indicators)
    for answer in (*plan.answers, *beside.answers):
        _apply_given_answer(connection, office_id, codes, answer, plan.zone, now, beside.actor)
    _enter_past_reports(connection, office_id, plan, codes)
    beginnings.enter(connection, office_id, plan.openings, codes, now)
    budgets.enter(connection, office_id, plan_id, plan, posts)
    if plan.begins is None:
        figures.recompute(connection, office_id, (*_indicators_of(connection, last), *codes.values()))
    else:
        figures.recompute_all(connection, office_id)
    subject, reason = f"{plan.year} v{version}", beside.reason or plan.reason
    record(connection, office_id, beside.actor, now, "plan loaded", subject, new=fingerprint[:12], reason=reason)
    return Loaded(office_id, plan_id, version, changed=True)


def _indicators_of(connection: Connection, version: Row[Any] | None) -> tuple[int, ...]:
    """The indicators of an earlier version of a plan, which no longer count; None for no such version."""
    if version is None:
        return ()
    return tuple(connection.execute(select(_indicator.c.id).where(_indicator.c.plan_id == version.id)).scalars())


def _enter_staff(connection: Connection, office_id: int, plan: OfficePlan, today: date) -> dict[str, int]:
    """Enter posts and people; return the posts' ids by title. Raises AdminLost."""
    before = Managed.now(connection, office_id)
    posts = stated_staff.enter_posts(connection, office_id, plan)
    stated_staff.enter_people(connection, office_id, plan, posts, today)
    stated_staff.must_keep_an_admin(before, Managed.now(connection, office_id), plan, today)
    return posts


def _certain(row: IndicatorRow, questions: Iterable[OpenQuestion]) -> IndicatorRow:
    """A row of a plan file without the targets that are asked about: they hold from the answer on."""
    asked = {
        period
        for question in questions
        if question.indicator == row.code and question.about is About.TARGETS
        for value in (question.proposal, *question.options)
        if value
        for period in parse_targets(value)
    }
    return replace(row, targets={period: value for period, value in row.targets.items() if period not in asked})


def plan_fingerprint(plan: OfficePlan) -> str:
    """What tells one plan from another. What has its default is left out, so that a column that is added later changes
    nothing, and so is where it stands; of an office that is known a mere plan says nothing new."""
    if plan.printed:
        return plan.printed
    told = replace(plan, kabupaten="", zone="", posts=(), people=()) if plan.only_plan else plan
    return hashlib.sha256(json.dumps(_plain(told), sort_keys=True).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Period):
        return value.code
    if is_dataclass(value):
        told = ((one, getattr(value, one.name)) for one in fields(value))
        return {one.name: _plain(held) for one, held in told if held != one.default and one.name != "place"}
    if isinstance(value, Mapping):
        return {_plain(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, (bool, int)) else str(value)


def _enter_office(connection: Connection, plan: OfficePlan) -> int:
    """The office of that name, with what the workbook says of it; its other settings stay."""
    known = connection.execute(select(_office).where(_office.c.name == plan.office)).one_or_none()
    if plan.only_plan and known is not None:
        return known.id
    rules = {} if known is None else known.rules
    values = {
        "name": plan.office,
        "kabupaten": plan.kabupaten,
        "zone": plan.zone,
        "rules": {**rules, "workdays": plan.workdays, **_begins(plan)},
    }
    if known is None:
        office_id = add(connection, _office, values)
    else:
        office_id = known.id
        connection.execute(update(_office).where(_office.c.id == office_id).values(**values))
    _enter_days_off(connection, office_id, plan.own_days)
    signers.enter(connection, office_id, plan.signers)
    return office_id


def _begins(plan: OfficePlan) -> dict[str, str]:
    """The month in which the office began, where its workbook says so."""
    return {} if plan.begins is None else {"begins": plan.begins.code}


def _enter_days_off(connection: Connection, office_id: int, own_days: Iterable[DayOffRow]) -> None:
    """The workbook's days off in place of those of the workbook before; what was entered in the chat stays."""
    notes = {one.day: one.note for one in own_days}
    replaced = or_(_office_day.c.from_workbook, _office_day.c.day.in_(notes))
    connection.execute(delete(_office_day).where(_office_day.c.office_id == office_id, replaced))
    rows = [
        {"office_id": office_id, "day": day, "note": note, "from_workbook": True} for day, note in sorted(notes.items())
    ]
    add_all(connection, _office_day, rows)


def _enter_indicators(
    connection: Connection, office_id: int, plan_id: int, plan: OfficePlan, posts: Mapping[str, int]
) -> dict[str, int]:
    ids: dict[str, int] = {}
    blocked = {question.indicator for question in plan.questions if question.about in BLOCKING}
    for position, row in enumerate(plan.indicators):
        values = _indicator_values(row, posts)
        values |= {"office_id": office_id, "plan_id": plan_id, "year": plan.year, "position": position}
        values["accepted"] = row.code not in blocked and _acceptable(values)
        ids[row.code] = add(connection, _indicator, values)
        targets = [
            {"indicator_id": ids[row.code], "period": period.code, "value": value}
            for period, value in row.targets.items()
        ]
        add_all(connection, _target, targets)
    return ids


def _indicator_values(row: IndicatorRow, posts: Mapping[str, int]) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "unit": row.unit,
        "level": row.level,
        "path": dict(row.path),
        "post_id": posts[row.post] if row.post else None,
        "rhythm": row.rhythm,
        "mode": row.mode,
        "confidence": row.confidence,
        "mode_confirmed": row.confidence is Confidence.HIGH,
        "year_rule": row.year_rule,
        "polarity": row.polarity,
        "annual_target": row.annual_target,
        "low": row.low,
        "high": row.high,
        "budget": row.budget,
        "ratio": row.ratio,
        "context": row.context,
        "service": row.service,
        "note": row.note,
        "place": row.place,
        **_demand_values(row.demand),
    }


def _demand_values(demand: Demand | None) -> dict[str, Any]:
    return {} if demand is None else {"evidence_kind": demand.kind.value, "evidence_minimum": demand.minimum}


def _acceptable(values: Mapping[Any, Any]) -> bool:
    return not values["context"] and all(values[name] is not None for name in ("name", "post_id", "mode"))


def _enter_questions(
    connection: Connection, office_id: int, codes: Mapping[str, int], questions: Iterable[OpenQuestion]
) -> None:
    rows = [
        {
            "office_id": office_id,
            "indicator_id": codes[question.indicator],
            "about": question.about,
            "text": question.text,
            "proposal": question.proposal,
            "options": [option for option in question.options if option != ALL_SAME],  # said of a whole file
            "place": question.place,
            "answered_by": "",
            "reason": "",
            "sample": False,
        }
        for question in questions
    ]
    add_all(connection, _question, rows)


def _carry_confirmations(connection: Connection, old_plan_id: int, plan_id: int) -> None:
    """What the owner once called right needs no second "Benar" where the proposal is the same."""
    old = _indicator.alias("old")
    confirmed = (
        select(old.c.id)
        .where(
            old.c.plan_id == old_plan_id,
            old.c.code == _indicator.c.code,
            old.c.mode == _indicator.c.mode,
            old.c.mode_confirmed,
        )
        .exists()
    )
    connection.execute(update(_indicator).where(_indicator.c.plan_id == plan_id, confirmed).values(mode_confirmed=True))


def _carry_demands(
    connection: Connection, old_plan_id: int, codes: Mapping[str, int], indicators: Iterable[IndicatorRow]
) -> None:
    """The evidence that the office demands stays where the new version says nothing of it."""
    unsaid = [row.code for row in indicators if row.demand is None]
    columns = (_indicator.c.code, _indicator.c.evidence_kind, _indicator.c.evidence_minimum)
    before = select(*columns).where(_indicator.c.plan_id == old_plan_id, _indicator.c.evidence_minimum > 0)
    for old in connection.execute(before.where(_indicator.c.code.in_(unsaid))).all():
        values = {"evidence_kind": old.evidence_kind, "evidence_minimum": old.evidence_minimum}
        connection.execute(update(_indicator).where(_indicator.c.id == codes[old.code]).values(values))


def _carry_answers(
    connection: Connection, old_plan_id: int, codes: Mapping[str, int], posts: Mapping[str, int]
) -> None:
    """Answer again what was answered for the earlier version, where the question is the same to the letter.

    A question that no longer takes its old answer is open again.
    """
    answered = connection.execute(
        select(_question, _indicator.c.code)
        .join(_indicator, _indicator.c.id == _question.c.indicator_id)
        .where(_indicator.c.plan_id == old_plan_id, _question.c.answer.is_not(None))
    )
    for old in answered:
        same = connection.execute(
            select(_question).where(
                _question.c.indicator_id == codes.get(old.code, 0),
                _question.c.about == old.about,
                _question.c.text == old.text,
            )
        ).one_or_none()
        if same is None:
            continue
        with suppress(AnswerRefused):
            _take_answer(connection, same, old.answer, posts)
            _mark_answered(
                connection, same.id, old.answer, old.answered_by, old.reason, old.answered_at, sample=old.sample
            )


def _apply_given_answer(
    connection: Connection,
    office_id: int,
    codes: Mapping[str, int],
    answer: GivenAnswer,
    zone: str,
    now: datetime,
    actor: Actor,
) -> None:
    asked = {"indicator": codes[answer.indicator], "of": answer.about}
    question_id = connection.execute(_QUESTION_ABOUT, asked).scalar_one_or_none()
    if question_id is None:
        return
    try:
        _decide(
            connection,
            office_id,
            question_id,
            answer.value,
            actor,
            now,
            by=answer.by,
            reason=answer.reason,
            sample=answer.sample,
            decided_at=instant(answer.on, time(0), zone),
        )
    except AnswerRefused as refused:
        raise AnswerRefused(f"{answer.place}: {answer.value}") from refused


def check_answer(question: OpenQuestion, value: str, titles: Iterable[str], year: int) -> None:
    """Whether a question of a plan that is not loaded yet takes an answer, where its posts are called so.

    Raises AnswerRefused.
    """
    if question.about is not About.TARGETS:
        _changes(question.about, value, dict.fromkeys(titles, 0))
    elif any(period.year != year or period.kind is PeriodKind.YEAR for period in parse_targets(value)):
        raise AnswerRefused(value)


def open_count(connection: Connection, plan_id: int) -> int:
    """How many questions of a plan version nobody has answered."""
    of_plan = select(func.count()).join_from(_question, _indicator, _indicator.c.id == _question.c.indicator_id)
    unanswered = of_plan.where(_indicator.c.plan_id == plan_id, _question.c.answer.is_(None))
    return connection.execute(unanswered).scalar_one()


def answer_question(
    connection: Connection,
    office_id: int,
    question_id: int,
    value: str,
    actor: Actor,
    now: datetime,
    *,
    by: str,
    reason: str = "",
) -> None:
    """Decide an open question: the indicator changes, its figures are computed again, and the decision is recorded.

    Raises AnswerRefused for a value that the question does not take (see `About`), with everything as it was, and
    NoResultFound for a question of another office.
    """
    indicator_id = _decide(connection, office_id, question_id, value, actor, now, by=by, reason=reason)
    figures.recompute(connection, office_id, (indicator_id,))


def _decide(
    connection: Connection,
    office_id: int,
    question_id: int,
    value: str,
    actor: Actor,
    now: datetime,
    *,
    by: str,
    reason: str,
    sample: bool = False,
    decided_at: datetime | None = None,
) -> int:
    """All of `answer_question` but the figures; returns the indicator whose figures are to be computed again.

    `decided_at` is when it was decided, where that was not now.
    """
    question = connection.execute(_QUESTION, {"question": question_id, "office": office_id}).one()
    _take_answer(connection, question, value, stated_staff.ids_by_title(connection, office_id))
    _mark_answered(connection, question_id, value, by, reason, decided_at or now, sample=sample)
    subject = f"indicator {question.indicator_id} {question.about}"
    old = question.answer or ""
    record(connection, office_id, actor, now, "question answered", subject, old=old, new=value, reason=reason)
    return question.indicator_id


def _mark_answered(
    connection: Connection, question_id: int, value: str, by: str, reason: str, at: datetime, *, sample: bool
) -> None:
    answered = {"answer": value, "answered_by": by, "answered_at": at, "reason": reason, "sample": sample}
    connection.execute(_ANSWERED, {"question": question_id, **answered})


def _take_answer(connection: Connection, question: Any, value: str, posts: Mapping[str, int]) -> None:
    about = About(question.about)
    if about is About.TARGETS:
        _take_targets(connection, question.indicator_id, value)
    else:
        changes = _changes(about, value, posts)
        connection.execute(_CHANGED, {"indicator": question.indicator_id, **changes})
    others = {"indicator": question.indicator_id, "question": question.id}
    still_open = connection.execute(_OTHERS_OPEN, others).scalar_one()
    row = connection.execute(_INDICATOR, {"indicator": question.indicator_id}).mappings().one()
    accepted = still_open == 0 and _acceptable(dict(row))
    connection.execute(_CHANGED, {"indicator": row["id"], "accepted": accepted})


def _changes(about: About, value: str, posts: Mapping[str, int]) -> dict[str, Any]:
    try:
        match about:
            case About.MODE:
                return {"mode": Mode(value), "confidence": Confidence.HIGH, "mode_confirmed": True}
            case About.OWNER:
                return {"post_id": posts[value]}
            case About.DIRECTION:
                return {"polarity": Polarity(value)}
            case About.NAME if value.strip():
                return {"name": value.strip()}
            case About.UNIT if value.strip():
                return {"unit": None if value.strip() == NO_TARGET else value.strip()}
            case About.ANNUAL:
                return {"annual_target": _target_number(value)}
            case About.REPEATED:
                return {"context": Repeat(value) is Repeat.SAME}
            case _:
                raise AnswerRefused(value)
    except (KeyError, ValueError, InvalidOperation) as wrong:
        raise AnswerRefused(value) from wrong


def _take_targets(connection: Connection, indicator_id: int, value: str) -> None:
    targets = parse_targets(value)
    _must_fit(connection, indicator_id, targets, value)
    for period, target in targets.items():
        connection.execute(_NO_TARGET, {"indicator": indicator_id, "of": period.code})
        if target is not None:
            add_all(connection, _target, [{"indicator_id": indicator_id, "period": period.code, "value": target}])


def _must_fit(connection: Connection, indicator_id: int, targets: Mapping[Period, Decimal | None], value: str) -> None:
    """Targets are of the plan's year, and all of months or all of quarters. Raises AnswerRefused."""
    year = connection.execute(select(_indicator.c.year).where(_indicator.c.id == indicator_id)).scalar_one()
    printed = connection.execute(select(_target.c.period).where(_target.c.indicator_id == indicator_id)).scalars()
    kinds = {period.kind for period in (*map(Period.parse, printed), *targets)} - {PeriodKind.YEAR}
    if len(kinds) > 1 or any(period.year != year or period.kind is PeriodKind.YEAR for period in targets):
        raise AnswerRefused(value)


def parse_targets(value: str) -> dict[Period, Decimal | None]:
    """Read `2022-07=233; 2022-08=-`. Raises AnswerRefused, also for a period named twice."""
    parts = value.split(";")
    try:
        targets = dict(_parse_target(part) for part in parts)
    except (ValueError, InvalidOperation) as wrong:
        raise AnswerRefused(value) from wrong
    if len(targets) < len(parts):
        raise AnswerRefused(value)
    return targets


def _parse_target(part: str) -> tuple[Period, Decimal | None]:
    code, _, number = part.partition("=")
    return Period.parse(code.strip()), _target_number(number)


def _target_number(written: str) -> Decimal | None:
    """The number of a target, None for `-`. Raises ValueError or InvalidOperation for what is none."""
    if written.strip() == NO_TARGET:
        return None
    target = Decimal(written.strip())
    if not target.is_finite() or abs(target) > LARGEST or target != target.quantize(MILLIONTH):
        raise ValueError(f"{target} is not a target")
    return target


def _enter_past_reports(connection: Connection, office_id: int, plan: OfficePlan, codes: Mapping[str, int]) -> None:
    """Enter what a workbook brings along, where nothing was reported yet; the first of two for a period holds."""
    ids = sorted({codes[past.indicator] for past in plan.reports})
    accepted = {row.id: row for row in figures.lock(connection, office_id, ids) if row.accepted}
    known = figures.reported_periods(connection, ids)
    rows: list[dict[str, Any]] = []
    for past in plan.reports:
        indicator_id = codes[past.indicator]
        if indicator_id in accepted and past.period not in known[indicator_id]:
            known[indicator_id].add(past.period)
            rows.append(_past_report(accepted[indicator_id], past, plan.zone))
    add_all(connection, _report, rows)


def _past_report(indicator: Row[Any], past: PastReport, zone: str) -> dict[str, Any]:
    return {
        "office_id": indicator.office_id,
        "indicator_id": indicator.id,
        "period": past.period.code,
        "revision": 1,
        "value": past.value,
        "note": past.note,
        "reason": "",
        "confirmed_doubt": "",
        "provisional": is_provisional(past.period, local(past.reported_at, zone).date()),
        "post_id": indicator.post_id,
        "capacity": "",
        "channel": "workbook",
        "source": INVENTED if past.sample else "workbook",
        "message_id": "",
        "reported_at": past.reported_at,
    }


def confirm_mode(connection: Connection, office_id: int, indicator_id: int, actor: Actor, now: datetime) -> None:
    """Note that the owner has said once that the proposed way of counting is right (domain.md 2.2, medium).

    Raises NoResultFound for an indicator of another office.
    """
    _must_be_of(connection, office_id, indicator_id)
    connection.execute(
        update(_indicator)
        .where(_indicator.c.id == indicator_id, _indicator.c.office_id == office_id)
        .values(mode_confirmed=True)
    )
    record(connection, office_id, actor, now, "mode confirmed", f"indicator {indicator_id}")


def doubt_mode(
    connection: Connection, office_id: int, indicator_id: int, text: str, actor: Actor, now: datetime
) -> None:
    """Turn a proposed way of counting that its owner denies into a question to the admin; reports wait for it.

    Raises NoResultFound for an indicator of another office.
    """
    _must_be_of(connection, office_id, indicator_id)
    connection.execute(
        update(_indicator)
        .where(_indicator.c.id == indicator_id, _indicator.c.office_id == office_id)
        .values(accepted=False, confidence=Confidence.ASK)
    )
    connection.execute(
        delete(_question).where(_question.c.indicator_id == indicator_id, _question.c.about == About.MODE)
    )
    options = tuple(mode.value for mode in Mode)
    _enter_questions(connection, office_id, {"": indicator_id}, [OpenQuestion("", About.MODE, text, options=options)])
    figures.recompute(connection, office_id, (indicator_id,))
    record(connection, office_id, actor, now, "mode denied", f"indicator {indicator_id}")


def _must_be_of(connection: Connection, office_id: int, indicator_id: int) -> None:
    connection.execute(
        select(_indicator.c.id).where(_indicator.c.id == indicator_id, _indicator.c.office_id == office_id)
    ).one()


def open_questions(connection: Connection, office_id: int) -> tuple[QuestionCard, ...]:
    """What the current plans leave open: what blocks reports first, rows that lost their name last."""
    rows = connection.execute(
        select(_question, _indicator.c.name, _indicator.c.code, _indicator.c.position, _post.c.title)
        .join(_indicator, _indicator.c.id == _question.c.indicator_id)
        .outerjoin(_post, _post.c.id == _indicator.c.post_id)
        .where(
            _question.c.office_id == office_id,
            _question.c.answer.is_(None),
            _indicator.c.plan_id.in_(figures.current_plans(office_id)),
        )
    ).all()
    ordered = sorted(rows, key=lambda row: (row.name is None, About(row.about) not in BLOCKING, row.position, row.id))
    return tuple(
        QuestionCard(
            row.id,
            row.indicator_id,
            row.name or row.code,
            row.title,
            About(row.about),
            row.text,
            row.proposal,
            tuple(row.options),
            row.place,
        )
        for row in ordered
    )
