"""Loading a plan that was reviewed, and telling those whom it concerns."""

from handlers.commands import tell
from handlers.dialogue import Done, Retry
from handlers.messages import Notice, Option, Outgoing, Say
from handlers.plan_file.steps import Draft, Reply
from handlers.texts import plan_file as texts
from handlers.texts.formats import listed, shortened
from handlers.texts.formats import person as addressed
from handlers.texts.formats import post as post_name
from storage.desk import Desk
from storage.plan_uploads import PlannedChange, ReasonNeeded, Upload, UploadDecided
from storage.plans import AnswerRefused, Loaded
from storage.stated_staff import AdminLost


def load(draft: Draft, desk: Desk) -> Reply:
    """Load the plan, all or nothing; that of a Plt or Plh goes to the Camat."""
    book = desk.plan_uploads
    try:
        upload, planned = book.get(draft.upload), book.planned(draft.upload)
        if upload is None:
            raise UploadDecided
        said = _submitted(upload, planned, desk) if book.needs_camat else _loaded(upload, planned, desk)
    except AnswerRefused:
        return Retry(texts.ANSWER_REFUSED)
    except AdminLost:
        return Done(lambda _desk: Say(text=texts.WITHOUT_ADMIN), lambda desk: desk.plan_uploads.drop(draft.upload))
    except ReasonNeeded:
        return Retry(texts.DOCUMENT_NEEDED)
    except UploadDecided:
        return Done(lambda _desk: Say(text=texts.OVER))
    return Done(lambda _desk: said)


def _loaded(upload: Upload, planned: PlannedChange, desk: Desk) -> Outgoing:
    loaded = desk.plan_uploads.load(upload.id)
    told = tell_posts(upload, planned, loaded, desk)
    text = texts.loaded(upload.year, loaded.version, planned.indicators, planned.still_open, told)
    return Say(text=text)


def tell_posts(upload: Upload, planned: PlannedChange, loaded: Loaded, desk: Desk) -> int:
    """Tell whoever reports what changed, once each; return how many could be told. A first plan changes nothing, and
    who loads it knows."""
    if not planned.version:
        return 0
    posts = {post.title: post.id for post in desk.posts}
    concerned: dict[int, list[str]] = {}
    for change in planned.posts:
        holder = desk.holders.get(posts.get(change.post or "", 0))
        if change.anything and holder not in (None, desk.person_id, upload.person_id):
            concerned.setdefault(holder, []).append(texts.changes_of(change))
    return sum(_tell(upload, loaded, person_id, lines, desk) for person_id, lines in concerned.items())


def _tell(upload: Upload, loaded: Loaded, person_id: int, lines: list[str], desk: Desk) -> bool:
    because = listed([part for part in (upload.reason, upload.document) if part])
    notice = Notice(
        name="plan_changed",
        params=(str(upload.year), shortened(because, 120), shortened("; ".join(lines), 300)),
        text=texts.changed_for(upload.year, upload.reason, upload.document, lines),
        options=(Option(key="!status", label=texts.SEE_STATUS),),
    )
    return tell(desk, person_id, f"plan-changed:{loaded.plan_id}:{person_id}", notice)


# --- the plan of a Plt or Plh -----------------------------------------------------------------------------------------


def _submitted(upload: Upload, planned: PlannedChange, desk: Desk) -> Outgoing:
    book = desk.plan_uploads
    book.submit(upload.id)
    camat = desk.people[book.camat or 0]
    notice = Notice(
        name="plan_waits",
        params=(sender(upload, desk), str(upload.year), upload.reason or texts.FIRST_PLAN),
        text=question_to_camat(upload, planned, desk),
        options=decision_options(upload.id),
    )
    told = tell(desk, camat.id, f"plan-waits:{upload.id}", notice)
    return Say(text=texts.waits_for_camat(addressed(camat.name, camat.salutation), told=told))


def decision_options(upload_id: int) -> tuple[Option, ...]:
    """They last: the Camat may decide whatever else is asked."""
    return (
        Option(key=f"!rencana:setuju:{upload_id}", label=texts.AGREE),
        Option(key=f"!rencana:tolak:{upload_id}", label=texts.DECLINE),
    )


def question_to_camat(upload: Upload, planned: PlannedChange, desk: Desk) -> str:
    """What the Camat decides about."""
    named = texts.changes_of if planned.version else texts.new_of
    lines = [named(post) for post in planned.posts if post.anything or not planned.version]
    return texts.to_decide(sender(upload, desk), upload.year, upload.reason, upload.document, lines)


def sender(upload: Upload, desk: Desk) -> str:
    """`Bu Dewi Lestari (Plt Kasubbag Perencanaan)`."""
    found = desk.people[upload.person_id]
    held = [one for one in desk.for_person(upload.person_id).held_posts if one.post.is_admin]
    titles = [post_name(one.post.title, one.capacity) for one in held]
    return texts.with_posts(addressed(found.name, found.salutation), titles)
