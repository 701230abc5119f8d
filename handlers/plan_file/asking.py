"""What the conversation about a plan's file shows at each step."""

from domain.plan import About, OpenQuestion
from domain.plan_review import alike_after
from handlers import evidence, money
from handlers.dialogue import BACK, LATER, Question
from handlers.messages import Choose, Option, Say
from handlers.money.from_file import is_spreadsheet
from handlers.plan_file.steps import Draft, Step
from handlers.plan_questions import options
from handlers.texts import plan_file as texts
from handlers.texts import questions as question_texts
from handlers.texts.formats import shortened
from storage.desk import Desk
from storage.plan_uploads import Upload, UploadState
from storage.plans import QuestionCard

_SKIP = Option(key="skip", label=texts.SKIP)
_BACK = Option(key=BACK, label=texts.BACK)
_LATER = Option(key=LATER, label=texts.LATER)
BELOW = (_SKIP, _BACK, _LATER)
"""What stands below the answers to a question; nothing to go back to below the first."""
_CLOSE = Option(key="close", label=texts.CLOSE)
_NAME_OF_ALIKE = 60
_DETAIL_LINES = 9
"""Changes on one page of the details."""


def ask(step: Step, draft: Draft, desk: Desk) -> Question:
    """The open question of a file that was sent."""
    match step:
        case Step.KIND:
            return Choose(text=texts.WHICH_KIND, options=_kinds(draft, desk))
        case Step.YEAR:
            return Choose(text=texts.WHICH_YEAR, options=_years(desk), by_number=False)
        case _:
            upload = in_review(draft, desk)
            return Choose(text=texts.OVER, options=(_CLOSE,)) if upload is None else _of(step, draft, upload, desk)


def in_review(draft: Draft, desk: Desk) -> Upload | None:
    """The file that is reviewed; None where it was dealt with meanwhile."""
    upload = desk.plan_uploads.get(draft.upload)
    return upload if upload is not None and upload.state is UploadState.REVIEW else None


def _of(step: Step, draft: Draft, upload: Upload, desk: Desk) -> Question:
    match step:
        case Step.ANSWER:
            return _question(draft, upload)
        case Step.ALIKE:
            return _alike(draft, upload)
        case Step.REASON:
            text = texts.why_changed(upload.year, draft.version, is_revision=draft.is_revision)
            return Choose(text=text, options=_reasons(upload))
        case Step.DOCUMENT:
            return _document(upload, desk)
        case Step.SUMMARY:
            return _summary(draft, upload, desk)
        case Step.DETAILS:
            return _details(draft, desk)
        case _:
            return _offer(draft, upload)


def _kinds(draft: Draft, desk: Desk) -> tuple[Option, ...]:
    sent = draft.sent
    is_money = sent is not None and is_spreadsheet(sent) and money.takes_files(desk)
    found = (
        Option(key="plan", label=texts.PLAN),
        Option(key="money", label=texts.MONEY) if is_money else None,
        Option(key="evidence", label=texts.EVIDENCE) if evidence.own_figures(desk) else None,
    )
    return tuple(one for one in found if one is not None)


def _years(desk: Desk) -> tuple[Option, ...]:
    this = desk.today.year
    return tuple(Option(key=str(year), label=str(year)) for year in (this, this + 1, this - 1))


def _offer(draft: Draft, upload: Upload) -> Question:
    left = len(upload.open_questions)
    text = texts.offer(upload.indicators, left, upload.year, draft.version, draft.notes)
    if upload.answers:
        text = f"{text}\n{texts.answered(len(upload.questions), left)}"
    on = Option(key="answer", label=texts.ANSWER_NOW) if left else Option(key="on", label=texts.GO_ON)
    return Choose(text=text, options=(on, Option(key="!rencana:tandai", label=texts.MARKED), _LATER))


# --- one question -----------------------------------------------------------------------------------------------------


def key_of(question: OpenQuestion) -> str:
    """By what a draft names a question."""
    return f"{question.about.value} {question.indicator}"


def card_of(question: OpenQuestion, upload: Upload) -> QuestionCard:
    """A question as "pertanyaan" shows it, too."""
    row = upload.indicator(question.indicator)
    name, post = (question.indicator, None) if row is None else (row.name or row.code, row.post)
    return QuestionCard(
        0, 0, name, post, question.about, question.text, question.proposal, question.options, question.place
    )


def alike(draft: Draft, upload: Upload) -> dict[tuple[str, About], str]:
    """What the answer that was just given would say of the rows right after."""
    question = asked_question(draft, upload)
    given = None if question is None else upload.answers.get((question.indicator, question.about))
    if question is None or given is None:
        return {}
    return alike_after(question, given.value, upload.questions, upload.values)


def _alike(draft: Draft, upload: Upload) -> Question:
    rows = alike(draft, upload)
    owner = next((value for (_code, about), value in rows.items() if about is About.OWNER), "")
    lines = [_alike_line(code, about, value, upload) for (code, about), value in rows.items()]
    options = (Option(key="all", label=texts.ALL_ALIKE), Option(key="this", label=texts.ONLY_THIS), _LATER)
    return Choose(text=texts.alike(owner, lines), options=options)


def _alike_line(code: str, about: About, value: str, upload: Upload) -> str:
    row = upload.indicator(code)
    name = shortened(code if row is None else row.name or row.code, _NAME_OF_ALIKE)
    return name if about is About.OWNER else f"{name}: {question_texts.shown(about, value)}"


def asked_question(draft: Draft, upload: Upload) -> OpenQuestion | None:
    """The question that is asked, answered before or not."""
    return next((one for one in upload.questions if key_of(one) == draft.question), None)


def _question(draft: Draft, upload: Upload) -> Question:
    question = asked_question(draft, upload)
    if question is None:
        return Choose(text=texts.ALL_CLEAR, options=(Option(key="on", label=texts.GO_ON), _LATER))
    card = card_of(question, upload)
    position = [key_of(one) for one in upload.questions].index(draft.question) + 1
    title = question_texts.title(position, len(upload.questions), card)
    given = upload.answers.get((question.indicator, question.about))
    before = f"\nTadi dijawab: {question_texts.shown(question.about, given.value)}" if given else ""
    last = BELOW if position > 1 else tuple(option for option in BELOW if option is not _BACK)
    text = f"{question_texts.body(card, blocks=False)}{before}"
    return Choose(title=title, text=text, options=options(card, draft.page, last))


# --- why, and what changes --------------------------------------------------------------------------------------------


def reasons(upload: Upload) -> tuple[str, ...]:
    """What to choose from: the file's own reason first."""
    printed = upload.plan.reason
    return tuple(dict.fromkeys((*((printed,) if printed else ()), *texts.REASONS)))[: len(texts.REASONS)]


def _reasons(upload: Upload) -> tuple[Option, ...]:
    found = reasons(upload)
    return tuple(Option(key=f"r{at}", label=shortened(reason, 20)) for at, reason in enumerate(found))


def _document(upload: Upload, desk: Desk) -> Question:
    """The file's own document is offered, unless it is still that of the plan that is replaced."""
    printed = upload.plan.document
    if not printed or printed in (one.document for one in desk.plan_uploads.held()):
        return Say(text=texts.DOCUMENT_PLEASE)
    text = f"{texts.DOCUMENT_PLEASE}\nDi berkas: {shortened(printed, 160)}"
    return Choose(text=text, options=(Option(key="printed", label=texts.AS_IN_FILE),), by_number=False)


def _summary(draft: Draft, upload: Upload, desk: Desk) -> Question:
    book = desk.plan_uploads
    text = texts.summary(upload.year, draft.version, draft.indicators, draft.lines, draft.still_open)
    if book.needs_camat and book.capacity is not None:
        text = f"{text}\n{texts.camat_needed(book.capacity.value)}"
    load = texts.LOAD_THE_REST_LATER if draft.still_open else texts.LOAD
    found = [Option(key="load", label=texts.SUBMIT if book.needs_camat else load)]
    if draft.still_open:
        found.append(Option(key="again", label=texts.ANSWER_NOW))
    if draft.version and draft.lines:
        found.append(Option(key="details", label=texts.DETAILS))
    if draft.still_open:
        found.append(Option(key="drop", label=texts.DROP))
    return Choose(text=text, options=(*found, _LATER))


def _details(draft: Draft, desk: Desk) -> Question:
    posts = [post for post in desk.plan_uploads.planned(draft.upload).posts if post.anything]
    lines = [line for post in posts for line in texts.details(post)] or [texts.NOTHING_CHANGES]
    pages = [lines[at : at + _DETAIL_LINES] for at in range(0, len(lines), _DETAIL_LINES)]
    at = draft.page % len(pages)
    more = [Option(key="more", label=texts.MORE)] if len(pages) > 1 else []
    text = texts.details_page(pages[at], at + 1, len(pages))
    return Choose(text=text, options=(*more, Option(key="back", label=texts.TO_SUMMARY)))
