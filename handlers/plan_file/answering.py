"""What an answer leads to in the conversation about a plan's file."""

from domain.plan import OpenQuestion
from domain.zones import local
from handlers import evidence, money
from handlers.dialogue import Done, Next, Retry, Said, Tap
from handlers.messages import Contact, Edited, MediaFailed, Say, Text
from handlers.plan_file.asking import BELOW, alike, asked_question, card_of, in_review, key_of, reasons
from handlers.plan_file.jobs import begin_reading, have_read
from handlers.plan_file.loading import load
from handlers.plan_file.steps import Draft, Reply, Step
from handlers.plan_questions import choices, how_to_answer, page_after, typed
from handlers.texts import general
from handlers.texts import plan_file as texts
from handlers.texts import questions as question_texts
from handlers.words import a_reason, plain_words
from storage.desk import Desk
from storage.plan_uploads import Upload
from storage.plans import AnswerRefused
from storage.stated_staff import AdminLost

_DOCUMENT_LENGTH = 200
_WORTH_ASKING = 2
"""Rows right after for which one answer may serve."""
_FIRST_YEAR, _YEARS_AHEAD = 2000, 5
_SUMMARY_WORDS = frozenset({"muat", "ke ringkasan", "langsung muat"})
DROP_WORDS = frozenset({"jangan dimuat", "buang", "hapus berkas"})


def answer(step: Step, draft: Draft, said: Said, desk: Desk) -> Reply:
    """Take one answer; nobody but an admin reviews a plan."""
    if not desk.is_admin:
        return Done(lambda _desk: Say(text=texts.NOT_ADMIN))
    match step, said:
        case _, MediaFailed() | Contact() | Edited():
            return Retry(general.no_answer(said))
        case Step.KIND, _:
            return _answer_kind(draft, said, desk)
        case Step.YEAR, _:
            return _answer_year(draft, said, desk)
        case _:
            upload = in_review(draft, desk)
            if upload is None or said == Tap(key="close"):
                return Done(lambda _desk: Say(text=texts.OVER))
            return _reviewed(step, draft, said, upload, desk)


def _answer_kind(draft: Draft, said: Said, desk: Desk) -> Reply:
    sent = draft.sent
    if sent is None:
        return Done(lambda _desk: Say(text=texts.OVER))
    match said:
        case Tap(key="plan"):
            return Done(lambda desk: have_read(desk, sent))
        case Tap(key="money"):
            return Done(lambda desk: money.file_sent(desk, sent))
        case Tap(key="evidence"):
            return Done(lambda desk: evidence.sent_unasked(sent, desk) or Say(text=general.FILE_NOT_EXPECTED))
        case _:
            return Retry(texts.PICK_KIND)


def _answer_year(draft: Draft, said: Said, desk: Desk) -> Reply:
    typed_year = said.body.strip() if isinstance(said, Text) else said.key if isinstance(said, Tap) else ""
    year = int(typed_year) if typed_year.isascii() and typed_year.isdecimal() else 0
    sent = draft.sent
    if sent is None or not _FIRST_YEAR <= year <= desk.today.year + _YEARS_AHEAD:
        return Retry(texts.YEAR_PLEASE)
    return Done(lambda _desk: Say(text=texts.REREAD), lambda desk: begin_reading(desk, sent, year))


def _reviewed(step: Step, draft: Draft, said: Said, upload: Upload, desk: Desk) -> Reply:
    match step, said:
        case _, Text(body=body) if body.casefold().strip(" .!") in DROP_WORDS:
            return _drop(draft)
        case _, Tap(key="drop"):
            return _drop(draft)
        case ((Step.OFFER | Step.ANSWER), Text(body=body)) if body.casefold().strip() in _SUMMARY_WORDS:
            return towards_summary(draft, upload, desk)
        case Step.OFFER, Tap():
            return _first_question(draft, upload, desk)
        case Step.ANSWER, _:
            return _answer_question(draft, said, upload, desk)
        case Step.ALIKE, Tap(key="all"):
            return _settle_alike(draft, upload, desk)
        case Step.ALIKE, Tap(key="this"):
            return _onward(draft, upload, desk, "")
        case Step.ALIKE, _:
            return Retry(texts.PICK_ALIKE)
        case Step.REASON, _:
            return _answer_reason(draft, said, upload, desk)
        case Step.DOCUMENT, _:
            return _answer_document(draft, said, upload, desk)
        case Step.DETAILS, Tap(key="more"):
            return Next(Step.DETAILS, draft.model_copy(update={"page": draft.page + 1}), instead=True)
        case Step.DETAILS, Tap(key="back"):
            return Next(Step.SUMMARY, draft.model_copy(update={"page": 0}), instead=True)
        case Step.SUMMARY, Tap(key="details"):
            return Next(Step.DETAILS, draft.model_copy(update={"page": 0}))
        case Step.SUMMARY, Tap(key="again"):
            return _first_question(draft.model_copy(update={"skipped": ()}), upload, desk)
        case Step.SUMMARY, Tap(key="load"):
            return load(draft, desk)
        case _:
            return Retry(texts.PICK_ONE)


def _drop(draft: Draft) -> Reply:
    return Done(lambda _desk: Say(text=texts.DROPPED), lambda desk: desk.plan_uploads.drop(draft.upload))


# --- questions --------------------------------------------------------------------------------------------------------


def _first_question(draft: Draft, upload: Upload, desk: Desk) -> Reply:
    return _onward(draft.model_copy(update={"question": ""}), upload, desk, "")


def _answer_question(draft: Draft, said: Said, upload: Upload, desk: Desk) -> Reply:
    question = asked_question(draft, upload)
    match said:
        case _ if question is None:
            return towards_summary(draft, upload, desk)
        case Tap(key="skip"):
            skipped = draft.model_copy(update={"skipped": (*draft.skipped, draft.question)})
            return _onward(skipped, upload, desk, "")
        case Tap(key="more"):
            page = page_after(card_of(question, upload), draft.page, _below(question, upload))
            return Next(Step.ANSWER, draft.model_copy(update={"page": page}), instead=True)
        case Tap(key=key) if key.startswith("v"):
            return _settle(draft, question, choices(card_of(question, upload))[int(key[1:])], upload, desk)
        case Text(body=body) if (value := typed(card_of(question, upload), body, upload.year)) is not None:
            return _settle(draft, question, value, upload, desk)
        case _:
            return Retry(how_to_answer(card_of(question, upload)))


def _below(question: OpenQuestion, upload: Upload) -> int:
    return len(BELOW) - (key_of(upload.questions[0]) == key_of(question))


def _settle(draft: Draft, question: OpenQuestion, value: str, upload: Upload, desk: Desk) -> Reply:
    card = card_of(question, upload)
    try:
        desk.plan_uploads.answer(upload.id, question, value)
    except AnswerRefused:
        return Retry(how_to_answer(card))
    answered = desk.plan_uploads.get(upload.id) or upload
    note = question_texts.answered(card, value)
    if len(alike(draft, answered)) >= _WORTH_ASKING:
        return Next(Step.ALIKE, draft, note)
    return _onward(draft, answered, desk, note)


def _settle_alike(draft: Draft, upload: Upload, desk: Desk) -> Reply:
    """The same answer for the rows right after, each checked as if it were given alone."""
    asked = {(one.indicator, one.about): one for one in upload.questions}
    values = alike(draft, upload)
    try:
        for key, value in values.items():
            desk.plan_uploads.answer(upload.id, asked[key], value)
    except AnswerRefused:
        return Retry(texts.PICK_ALIKE)
    answered = desk.plan_uploads.get(upload.id) or upload
    return _onward(draft, answered, desk, texts.alike_answered(len(values)))


def _onward(draft: Draft, upload: Upload, desk: Desk, note: str) -> Reply:
    """The next question after this one that is open and was not skipped; after the last one the summary."""
    open_keys = {key_of(one) for one in upload.open_questions} - set(draft.skipped)
    keys = [key_of(one) for one in upload.questions]
    at = keys.index(draft.question) + 1 if draft.question in keys else 0
    following = next((key for key in (*keys[at:], *keys[:at]) if key in open_keys), None)
    if following is None:
        return towards_summary(draft, upload, desk, note)
    return Next(Step.ANSWER, draft.model_copy(update={"question": following, "page": 0}), note)


# --- why --------------------------------------------------------------------------------------------------------------


def towards_summary(draft: Draft, upload: Upload, desk: Desk, note: str = "") -> Reply:
    """What loading would do, once it is known why a plan that holds is replaced, and by which document."""
    try:
        planned = desk.plan_uploads.planned(upload.id)
    except AnswerRefused:
        return Retry(texts.ANSWER_REFUSED)
    except AdminLost:
        return Done(lambda _desk: Say(text=texts.WITHOUT_ADMIN), lambda desk: desk.plan_uploads.drop(upload.id))
    if not planned.is_new and planned.loaded_at is not None:
        text = texts.same_plan(planned.version, local(planned.loaded_at, desk.office.zone).date())
        return Done(lambda _desk: Say(text=text), lambda desk: desk.plan_uploads.drop(upload.id))
    lines = (
        tuple(texts.changes_of(post) for post in planned.posts if post.anything)
        if planned.version
        else tuple(texts.new_of(post) for post in planned.posts)
    )
    known = draft.model_copy(
        update={
            "version": planned.version,
            "indicators": planned.indicators,
            "still_open": planned.still_open,
            "lines": lines,
        }
    )
    if planned.version and not upload.reason:
        return Next(Step.REASON, known, note)
    if planned.version and not upload.document:
        return Next(Step.DOCUMENT, known, note)
    return Next(Step.SUMMARY, known, note)


def _answer_reason(draft: Draft, said: Said, upload: Upload, desk: Desk) -> Reply:
    match said:
        case Tap(key=key) if key.startswith("r"):
            reason = reasons(upload)[int(key[1:])]
        case Text(body=body) if (words := a_reason(body)) is not None:
            reason = words
        case _:
            return Retry(texts.REASON_IN_WORDS)
    desk.plan_uploads.explain(upload.id, reason=reason)
    return Next(Step.SUMMARY if upload.document else Step.DOCUMENT, draft)


def _answer_document(draft: Draft, said: Said, upload: Upload, desk: Desk) -> Reply:
    match said:
        case Tap(key="printed"):
            document = upload.plan.document
        case Text(body=body) if _is_document(body):
            document = " ".join(body.split())
        case _:
            return Retry(texts.DOCUMENT_NEEDED)
    desk.plan_uploads.explain(upload.id, document=document)
    return Next(Step.SUMMARY, draft)


def _is_document(body: str) -> bool:
    """A number as offices write it, with signs or words about it: `050/12/2026`."""
    words = plain_words(body, 0, _DOCUMENT_LENGTH) if body.strip() else None
    return words is not None and any(sign.isdigit() for sign in words) and not words.isdigit()
