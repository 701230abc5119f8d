"""Applying an office's plan, all or nothing, and the answers to what it leaves open.

An answer in a workbook's sheet `Jawaban` and one in the chat go through the same function.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from domain.modes import Confidence, Mode, Polarity
from domain.office_rules import OfficeRules
from domain.periods import Period
from domain.plan import BLOCKING, About, GivenAnswer, IndicatorRow, OfficePlan, OpenQuestion, PastReport
from storage import figures
from storage.audit import Actor, record
from storage.rows import add, add_all
from storage.tables import Indicator, Office, OfficeDay, Person, Plan, Post, Question, Report, Target, Tenure, table

_office = table(Office)
_office_day = table(OfficeDay)
_post = table(Post)
_person = table(Person)
_tenure = table(Tenure)
_plan = table(Plan)
_indicator = table(Indicator)
_target = table(Target)
_question = table(Question)
_report = table(Report)

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


def apply_plan(connection: Connection, plan: OfficePlan, now: datetime) -> Loaded:
    """Enter an office with its posts, people and plan. The same content again changes nothing."""
    office_id = _office_of(connection, plan)
    fingerprint = _fingerprint(plan)
    last = connection.execute(
        select(_plan)
        .where(_plan.c.office_id == office_id, _plan.c.year == plan.year)
        .order_by(_plan.c.version.desc())
        .limit(1)
    ).one_or_none()
    if last is not None and last.source_hash == fingerprint:
        return Loaded(office_id, last.id, last.version, changed=False)
    posts = _enter_posts(connection, office_id, plan)
    _enter_people(connection, office_id, plan, posts)
    version = 1 if last is None else last.version + 1
    plan_id = add(
        connection,
        _plan,
        {
            "office_id": office_id,
            "year": plan.year,
            "version": version,
            "document": plan.document,
            "reason": plan.reason,
            "source_hash": fingerprint,
            "loaded_at": now,
        },
    )
    codes = _enter_indicators(connection, office_id, plan_id, plan, posts)
    _enter_questions(connection, office_id, codes, plan.questions)
    if last is not None:
        _carry_answers(connection, last.id, codes, posts)
    for answer in plan.answers:
        _apply_workbook_answer(connection, office_id, codes, answer, now)
    _enter_past_reports(connection, office_id, plan, codes)
    figures.recompute(connection, office_id, tuple(codes.values()))
    record(connection, office_id, WORKBOOK, now, "plan loaded", f"{plan.year} v{version}", new=fingerprint[:12])
    return Loaded(office_id, plan_id, version, changed=True)


def _fingerprint(plan: OfficePlan) -> str:
    plain = asdict(plan)
    for indicator in plain["indicators"]:
        indicator["targets"] = sorted((period.code, str(value)) for period, value in indicator["targets"].items())
    return hashlib.sha256(json.dumps(plain, default=str, sort_keys=True).encode()).hexdigest()


def _office_of(connection: Connection, plan: OfficePlan) -> int:
    rules = OfficeRules(workdays=plan.workdays)
    known = connection.execute(select(_office.c.id).where(_office.c.name == plan.office)).scalar_one_or_none()
    if known is None:
        values = {"name": plan.office, "kabupaten": plan.kabupaten, "zone": plan.zone, "rules": rules.to_json()}
        known = add(connection, _office, values)
    connection.execute(delete(_office_day).where(_office_day.c.office_id == known))
    add_all(connection, _office_day, [{"office_id": known, "day": day, "note": ""} for day in plan.own_days])
    return known


def _enter_posts(connection: Connection, office_id: int, plan: OfficePlan) -> dict[str, int]:
    ids = _ids_by_title(connection, office_id)
    for position, post in enumerate(plan.posts):
        values = {
            "role": post.role,
            "section": post.section,
            "is_admin": post.is_admin,
            "position": position,
        }
        if post.title in ids:
            connection.execute(update(_post).where(_post.c.id == ids[post.title]).values(**values))
        else:
            ids[post.title] = add(connection, _post, {"office_id": office_id, "title": post.title, **values})
    for post in plan.posts:
        superior_id = ids[post.superior] if post.superior else None
        connection.execute(update(_post).where(_post.c.id == ids[post.title]).values(superior_id=superior_id))
    return ids


def _ids_by_title(connection: Connection, office_id: int) -> dict[str, int]:
    rows = connection.execute(select(_post.c.title, _post.c.id).where(_post.c.office_id == office_id))
    return {row.title: row.id for row in rows}


def _enter_people(connection: Connection, office_id: int, plan: OfficePlan, posts: Mapping[str, int]) -> None:
    rows = connection.execute(select(_person.c.name, _person.c.id).where(_person.c.office_id == office_id))
    ids: dict[str, int] = {row.name: row.id for row in rows}
    for person in plan.people:
        if person.name not in ids:
            values = {"salutation": person.salutation, "phone": person.phone}
            ids[person.name] = add(connection, _person, {"office_id": office_id, "name": person.name, **values})
        tenure = {
            "post_id": posts[person.post],
            "person_id": ids[person.name],
            "capacity": person.capacity,
            "starts": person.since or date(plan.year, 1, 1),
        }
        held = connection.execute(
            select(_tenure.c.id).where(
                _tenure.c.post_id == tenure["post_id"], _tenure.c.person_id == tenure["person_id"]
            )
        )
        if held.first() is None:
            add(connection, _tenure, tenure)


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
        "note": row.note,
        "place": row.place,
    }


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
            "options": list(question.options),
            "place": question.place,
            "answered_by": "",
            "reason": "",
            "sample": False,
        }
        for question in questions
    ]
    add_all(connection, _question, rows)


def _carry_answers(
    connection: Connection, old_plan_id: int, codes: Mapping[str, int], posts: Mapping[str, int]
) -> None:
    """Answer again what was answered for the earlier version, where the question is the same to the letter."""
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
        if same is not None:
            _take_answer(connection, same, old.answer, posts)
            _mark_answered(
                connection, same.id, old.answer, old.answered_by, old.reason, old.answered_at, sample=old.sample
            )


def _apply_workbook_answer(
    connection: Connection, office_id: int, codes: Mapping[str, int], answer: GivenAnswer, now: datetime
) -> None:
    question_id = connection.execute(
        select(_question.c.id).where(
            _question.c.indicator_id == codes[answer.indicator], _question.c.about == answer.about
        )
    ).scalar_one_or_none()
    if question_id is not None:
        answer_question(
            connection, office_id, question_id, answer.value, WORKBOOK, now,
            by=answer.by, reason=answer.reason, sample=answer.sample,
        )  # fmt: skip


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
    sample: bool = False,
) -> None:
    """Decide an open question: the indicator changes, its figures are computed again, and the decision is recorded.

    Raises AnswerRefused for a value that the question does not take (see `About`).
    """
    question = connection.execute(
        select(_question).where(_question.c.id == question_id, _question.c.office_id == office_id)
    ).one()
    _take_answer(connection, question, value, _ids_by_title(connection, office_id))
    _mark_answered(connection, question_id, value, by, reason, now, sample=sample)
    figures.recompute(connection, office_id, (question.indicator_id,))
    subject = f"indicator {question.indicator_id} {question.about}"
    record(connection, office_id, actor, now, "question answered", subject, new=value, reason=reason)


def _mark_answered(
    connection: Connection, question_id: int, value: str, by: str, reason: str, at: datetime, *, sample: bool
) -> None:
    answered = {"answer": value, "answered_by": by, "answered_at": at, "reason": reason, "sample": sample}
    connection.execute(update(_question).where(_question.c.id == question_id).values(**answered))


def _take_answer(connection: Connection, question: Any, value: str, posts: Mapping[str, int]) -> None:
    about = About(question.about)
    if about is About.TARGETS:
        _take_targets(connection, question.indicator_id, value)
    else:
        changes = _changes(about, value, posts)
        connection.execute(update(_indicator).where(_indicator.c.id == question.indicator_id).values(**changes))
    still_open = connection.execute(
        select(func.count()).where(
            _question.c.indicator_id == question.indicator_id,
            _question.c.id != question.id,
            _question.c.answer.is_(None),
            _question.c.about.in_(sorted(BLOCKING)),
        )
    ).scalar_one()
    row = connection.execute(select(_indicator).where(_indicator.c.id == question.indicator_id)).mappings().one()
    accepted = still_open == 0 and _acceptable(dict(row))
    connection.execute(update(_indicator).where(_indicator.c.id == row["id"]).values(accepted=accepted))


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
            case _:
                raise AnswerRefused(value)
    except (KeyError, ValueError) as wrong:
        raise AnswerRefused(value) from wrong


def _take_targets(connection: Connection, indicator_id: int, value: str) -> None:
    for period, target in parse_targets(value).items():
        key = (_target.c.indicator_id == indicator_id) & (_target.c.period == period.code)
        connection.execute(delete(_target).where(key))
        if target is not None:
            add_all(connection, _target, [{"indicator_id": indicator_id, "period": period.code, "value": target}])


def parse_targets(value: str) -> dict[Period, Decimal | None]:
    """Read `2022-07=233; 2022-08=-`. Raises AnswerRefused."""
    targets: dict[Period, Decimal | None] = {}
    try:
        for part in value.split(";"):
            code, _, number = part.partition("=")
            targets[Period.parse(code.strip())] = None if number.strip() == "-" else Decimal(number.strip())
    except (ValueError, InvalidOperation) as wrong:
        raise AnswerRefused(value) from wrong
    return targets


def _enter_past_reports(connection: Connection, office_id: int, plan: OfficePlan, codes: Mapping[str, int]) -> None:
    rows = [_past_report(connection, office_id, past, codes[past.indicator]) for past in plan.reports]
    add_all(connection, _report, [row for row in rows if row is not None])


def _past_report(connection: Connection, office_id: int, past: PastReport, indicator_id: int) -> dict[str, Any] | None:
    indicator = connection.execute(select(_indicator).where(_indicator.c.id == indicator_id)).one()
    known = figures.values_of(connection, indicator_id)
    if not indicator.accepted or past.period in known:
        return None
    return {
        "office_id": office_id,
        "indicator_id": indicator_id,
        "period": past.period.code,
        "revision": 1,
        "value": past.value,
        "note": past.note,
        "reason": "",
        "confirmed_doubt": "",
        "provisional": past.reported_at.date() <= past.period.end,
        "post_id": indicator.post_id,
        "capacity": "",
        "channel": "workbook",
        "source": "contoh" if past.sample else "workbook",
        "message_id": "",
        "reported_at": past.reported_at,
    }


def confirm_mode(connection: Connection, office_id: int, indicator_id: int, actor: Actor, now: datetime) -> None:
    """Note that the owner has said once that the proposed way of counting is right (domain.md 2.2, medium)."""
    connection.execute(
        update(_indicator)
        .where(_indicator.c.id == indicator_id, _indicator.c.office_id == office_id)
        .values(mode_confirmed=True)
    )
    record(connection, office_id, actor, now, "mode confirmed", f"indicator {indicator_id}")


def doubt_mode(
    connection: Connection, office_id: int, indicator_id: int, text: str, actor: Actor, now: datetime
) -> None:
    """Turn a proposed way of counting that its owner denies into a question to the admin; reports wait for it."""
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
    record(connection, office_id, actor, now, "mode denied", f"indicator {indicator_id}")


def open_questions(connection: Connection, office_id: int) -> tuple[QuestionCard, ...]:
    """What the current plans leave open: what blocks reports first, then in the order of the plan."""
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
    ordered = sorted(rows, key=lambda row: (About(row.about) not in BLOCKING, row.position, row.id))
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
