"""What each step of "verifikasi" shows."""

from collections.abc import Sequence

from domain.checking import Check, Given, Mark
from domain.plan import Capacity
from domain.standing import Standing
from domain.zones import local
from handlers import history
from handlers.dialogue import BACK, Question
from handlers.messages import Choose, Option
from handlers.team import leads
from handlers.texts import returning as returning_texts
from handlers.texts import verification as texts
from handlers.texts.correction import on_page
from handlers.texts.formats import amount
from handlers.texts.formats import person as addressed
from handlers.texts.formats import post as post_title
from handlers.verification.queue import Queue, queue
from handlers.verification.steps import Draft, Step, standing_place
from storage.desk import Desk


def ask(step: Step, draft: Draft, desk: Desk) -> Question:
    """The question of a step as things stand."""
    found = queue(desk)
    step, draft = standing_place(step, draft, found)
    match step:
        case Step.PAGE:
            return _ask_page(draft, found, desk)
        case Step.PERSON:
            return _ask_person(draft, found, desk)
        case Step.WHICH:
            return _ask_which(draft, found)
        case Step.FIGURE | Step.MORE | Step.REASON:
            check = found.get(draft.report)
            assert check is not None, "standing_place lets only figures through that wait"
            return _ask_about(step, check, len(found.without(draft.skipped).to_verify), desk)


def _ask_about(step: Step, check: Check, left: int, desk: Desk) -> Question:
    if step is Step.MORE:
        return _ask_more(check)
    return _ask_reason(check.given) if step is Step.REASON else _ask_figure(check, left, desk)


# --- the page -------------------------------------------------------------------------------------------------------


def _ask_page(draft: Draft, found: Queue, desk: Desk) -> Question:
    close = Option(key="close", label=texts.CLOSE)
    if not found.every:
        return Choose(title=texts.TITLE, text=texts.nothing(leads=leads(desk)), options=(close,))
    usual = [one for one in found.usual if one.id in draft.usual]
    new = sum(one.id not in draft.known for one in found.every)
    options = [
        Option(key="start", label=texts.START),
        *([Option(key="usual", label=texts.USUAL)] if usual else []),
        Option(key="new", label=texts.NEW) if new else close,
    ]
    unseen = sum(one.waiting.unseen for one in found.to_verify)
    text = texts.page(_by_post(found.to_verify, desk), _by_post(found.to_see, desk), unseen, len(usual), new)
    requests = len(desk.corrections.waiting())
    text = f"{text}\n{on_page(requests)}" if requests else text
    return Choose(title=texts.TITLE, text=text, options=tuple(options))


def _by_post(checks: Sequence[Check], desk: Desk) -> list[texts.PostLine]:
    """How many figures of each post, in the office's order."""
    of_posts = {post.id: [one for one in checks if one.given.duty.post_id == post.id] for post in desk.posts}
    return [
        texts.PostLine(desk.organisation.posts[post_id].title, len(every), sum(bool(one.marks) for one in every))
        for post_id, every in of_posts.items()
        if every
    ]


# --- figures of one person --------------------------------------------------------------------------------------------


def _ask_person(draft: Draft, found: Queue, desk: Desk) -> Question:
    shown = [check for check in found.to_see if check.id in draft.shown]
    post_id = shown[0].given.duty.post_id
    rest = sum(one.given.duty.post_id == post_id for one in found.without(draft.skipped).to_see) - len(shown)
    options = (
        Option(key="seen", label=texts.SEEN),
        Option(key="return", label=texts.RETURN),
        Option(key="skip", label=texts.SKIP),
    )
    return Choose(
        title=texts.to_see_title(desk.organisation.posts[post_id].title, _holder(post_id, desk)),
        text=texts.to_see([(one.given, one.marks) for one in shown], max(rest, 0), _verifier(shown[0].given, desk)),
        options=options,
        by_number=False,
    )


def _holder(post_id: int, desk: Desk) -> str:
    person = desk.people.get(desk.holders.get(post_id, 0))
    return "" if person is None else addressed(person.name, person.salutation)


def _verifier(given: Given, desk: Desk) -> str:
    """The title of the post that verifies it; empty for none."""
    posts = desk.checking.chain.verifiers(given)
    return desk.organisation.posts[posts[0]].title if posts else ""


def _ask_which(draft: Draft, found: Queue) -> Question:
    given = [check.given for check in found.to_see if check.id in draft.shown]
    options = (Option(key=BACK, label=texts.BACK),)
    return Choose(text=texts.which(given), options=options, by_number=False)


# --- one figure -------------------------------------------------------------------------------------------------------


def _ask_figure(check: Check, left: int, desk: Desk) -> Question:
    given = check.given
    options = (
        Option(key="agree", label=texts.AGREE),
        Option(key="return", label=texts.RETURN),
        Option(key="more", label=texts.MORE),
    )
    return Choose(
        title=texts.figure_title(given, desk.organisation.posts[given.duty.post_id].title, left),
        text=texts.figure(given, _sender(given, desk), _marked(check, desk), _others(check, desk)),
        options=options,
    )


def _sender(given: Given, desk: Desk) -> texts.Sender:
    return texts.Sender(
        _named(given.reporter_id, given.duty.post_id, given.capacity, desk),
        local(given.reported_at, desk.office.zone),
        desk.office.zone,
    )


def _named(person_id: int | None, post_id: int, capacity: Capacity | None, desk: Desk) -> str:
    """`Bu Sari Andini`, with the post for somebody who only acts for it; a file has no sender."""
    person = desk.people.get(person_id or 0)
    if person is None:
        return texts.FROM_FILE
    name = addressed(person.name, person.salutation)
    if capacity is None:
        return texts.entered_for(name, desk.organisation.posts[post_id].title)
    if capacity is Capacity.DEFINITIF:
        return name
    return f"{name} ({post_title(desk.organisation.posts[post_id].title, capacity)})"


def _marked(check: Check, desk: Desk) -> list[str]:
    rule, given = desk.office.rules.explaining, check.given
    twins = desk.evidence.twins(given.duty.id, given.period) if Mark.TWIN in check.marks else ()
    used = [(twin.earlier.indicator, twin.earlier.period) for twin in twins]
    return [texts.mark_line(mark, given, rule, check.lacking, used) for mark in check.marks]


def _others(check: Check, desk: Desk) -> list[str]:
    """What else helps to decide: the superior's look, why it is low, its evidence."""
    given = check.given
    seen = given.last(Standing.SEEN)
    kinds = desk.evidence.kinds([given.duty.id]).get((given.duty.id, given.period), {}) if check.pieces else {}
    card = desk.follow_ups.of(given.duty.id, given.period)
    return [
        texts.evidence(kinds),
        texts.UNSEEN if check.waiting.unseen else "",
        "" if seen is None else texts.seen_by(_named(seen.person_id, seen.post_id, seen.capacity, desk), seen.at),
        _mended(given, desk),
        texts.other_reason(given) if given.verified_before is None else "",
        "" if card is None else texts.explained(card.cause, card.action),
    ]


def _mended(given: Given, desk: Desk) -> str:
    """What it was before it was mended; empty where nothing was."""
    before = given.mended
    if before is None:
        return ""
    value = amount(before.value, given.duty.unit)
    return texts.mended(value, before.reason, _named(before.person_id, before.post_id, before.capacity, desk))


def _ask_more(check: Check) -> Question:
    given = check.given
    look = f"!bukti:{given.duty.id}:{given.period.code}"
    options = (
        *([Option(key=look, label=texts.evidence_label(check.pieces))] if check.pieces else []),
        Option(key=history.button_key(given.duty.id), label=texts.HISTORY),
        Option(key="skip", label=texts.SKIP),
        Option(key="list", label=texts.TO_LIST),
        Option(key=BACK, label=texts.BACK),
    )
    return Choose(text=texts.more(given), options=options)


def _ask_reason(given: Given) -> Question:
    reasons = tuple(Option(key=key, label=label) for key, (label, _reason) in returning_texts.REASONS.items())
    text = f"{texts.line(given)}\n{returning_texts.REASON}"
    return Choose(text=text, options=(*reasons, Option(key=BACK, label=texts.BACK)), by_number=False)
