""" "rencana": the plans that hold, a file that waits to be reviewed, and the Camat's word about the plan of a Plt."""

from domain.plan import Role
from domain.zones import local
from handlers.commands import tell
from handlers.dialogue import Begin
from handlers.messages import Choose, Notice, Option, Outgoing, Say
from handlers.plan_file.jobs import begin_marking, begin_template
from handlers.plan_file.loading import decision_options, question_to_camat, tell_posts
from handlers.plan_file.receiving import reviewed
from handlers.plan_file.steps import Draft, Step
from handlers.texts import plan_file as texts
from handlers.texts.formats import person as addressed
from storage.desk import Desk
from storage.plan_uploads import Upload, UploadDecided, UploadState
from storage.plans import AnswerRefused
from storage.stated_staff import AdminLost

_AGREES = {"setuju": True, "tolak": False}


def may_use(desk: Desk) -> bool:
    """Admins send plans, and the Camat decides about those of a Plt or Plh."""
    return desk.is_admin or any(held.post.role is Role.CAMAT for held in desk.held_posts)


def start(desk: Desk, words: str = "") -> Begin[Step, Draft, Desk] | Outgoing:
    """Go on with what was sent, else say what holds and how to send a plan."""
    word, _, number = words.casefold().partition(":")
    if word in _AGREES:
        return _decide(desk, int(number) if number.isdecimal() and len(number) < 19 else 0, agrees=_AGREES[word])
    waits = desk.plan_uploads.newest(UploadState.WAITING)
    if waits is not None and desk.plan_uploads.camat == desk.person_id:
        return _to_decide(waits, desk)
    if not desk.is_admin:
        return Say(text=texts.NOT_WAITING)
    match word:
        case "tandai":
            return _mark(desk)
        case "templat":
            begin_template(desk)
            return Say(text=texts.TEMPLATE_MAKING)
        case _:
            return _present(desk, waits)


def takes(words: str) -> bool:
    """Whether words may follow "rencana" when it is typed."""
    return words.casefold() in ("tandai", "templat", *_AGREES)


def _mark(desk: Desk) -> Outgoing:
    upload = desk.plan_uploads.newest(UploadState.REVIEW)
    if upload is None:
        return Say(text=texts.OVER)
    begin_marking(desk, upload)
    return Say(text=texts.MARKING)


def _present(desk: Desk, waits: Upload | None) -> Begin[Step, Draft, Desk] | Outgoing:
    upload = desk.plan_uploads.newest(UploadState.REVIEW, UploadState.READING)
    if upload is not None and (waits is None or upload.id > waits.id):
        return reviewed(upload, desk) if upload.state is UploadState.REVIEW else Say(text=texts.STILL_READING)
    zone = desk.office.zone
    if waits is not None:
        return Say(text=texts.waits(waits.name, local(waits.sent_at, zone).date()))
    held = [
        (one.year, one.version, local(one.loaded_at, zone).date(), one.document) for one in desk.plan_uploads.held()
    ]
    return Choose(text=texts.present(held[:3]), options=(Option(key="!rencana:templat", label=texts.TEMPLATE),))


# --- the Camat's word -------------------------------------------------------------------------------------------------


def _to_decide(upload: Upload, desk: Desk) -> Outgoing:
    text = question_to_camat(upload, desk.plan_uploads.planned(upload.id), desk)
    return Choose(text=text, options=decision_options(upload.id))


def _decide(desk: Desk, upload_id: int, *, agrees: bool) -> Outgoing:
    book = desk.plan_uploads
    waits = book.newest(UploadState.WAITING)
    upload = book.get(upload_id) if upload_id else waits
    if book.camat != desk.person_id:
        return Say(text=texts.ONLY_CAMAT)
    if upload is None or upload.state is not UploadState.WAITING:
        return Say(text=texts.NOT_WAITING if upload is None else texts.OVER)
    try:
        return _agree(upload, desk) if agrees else _decline(upload, desk)
    except (UploadDecided, AnswerRefused):
        return Say(text=texts.OVER)
    except AdminLost:
        return Say(text=texts.WITHOUT_ADMIN)


def _agree(upload: Upload, desk: Desk) -> Outgoing:
    planned = desk.plan_uploads.planned(upload.id)
    loaded = desk.plan_uploads.decide(upload.id, agrees=True)
    if loaded is None:
        raise UploadDecided
    told = tell_posts(upload, planned, loaded, desk)
    _tell_sender(upload, loaded.version, desk)
    return Say(text=texts.loaded(upload.year, loaded.version, planned.indicators, planned.still_open, told))


def _decline(upload: Upload, desk: Desk) -> Outgoing:
    desk.plan_uploads.decide(upload.id, agrees=False)
    _tell_sender(upload, None, desk)
    return Say(text=texts.DECLINED)


def _tell_sender(upload: Upload, version: int | None, desk: Desk) -> None:
    by = addressed(desk.person.name, desk.person.salutation)
    outcome = texts.NOT_AGREED if version is None else texts.loaded_as(version)
    notice = Notice(
        name="plan_decided",
        params=(str(upload.year), by, outcome),
        text=texts.decided(by, upload.year, version),
    )
    tell(desk, upload.person_id, f"plan-decided:{upload.id}", notice)
