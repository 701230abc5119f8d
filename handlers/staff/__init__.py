""" "kelola": the admin changes who holds which post, and the posts themselves (domain.md 7).

A mutasi with its successor, a Plt in a vacant post, a Plh for somebody who is away; posts that are new, renamed, put
elsewhere or ended. One question a message, a summary before it is saved, everything in the record.
"""

from handlers.absence import may_follow
from handlers.dialogue import Begin, Dialogue, Next, Retry
from handlers.messages import Outgoing, Say
from handlers.staff import listing
from handlers.staff.answering import WORDS, answer, begun, named_at_once
from handlers.staff.asking import ask
from handlers.staff.choices import posts_for
from handlers.staff.steps import Change, Draft, Step
from handlers.texts import staff as texts
from storage.desk import Desk

__all__ = ["STAFF", "Draft", "Step", "continues", "start", "start_change", "takes"]


def takes(words: str) -> bool:
    """Whether words after "mutasi", "plt" or "plh" name somebody or a post; a button names a post by its id."""
    return words.isdecimal() or may_follow(words)


def continues(words: str) -> bool:
    """Whether words after "kelola" name its list or a change."""
    return words.casefold().partition(" ")[0] in (listing.LIST, *WORDS)


def start(desk: Desk, words: str = "") -> Begin[Step, Draft, Desk] | Outgoing:
    """ "kelola", its list and a change that is named with it; only for the admin."""
    if not desk.is_admin:
        return Say(text=texts.ADMIN_ONLY)
    word, _, rest = words.casefold().strip().partition(" ")
    if word == listing.LIST:
        return listing.listed(desk, int(rest) if rest.isdecimal() else 1)
    if word in WORDS:
        return start_change(desk, WORDS[word], rest)
    return Begin(STAFF, Step.MENU, Draft())


def start_change(desk: Desk, change: Change, words: str = "") -> Begin[Step, Draft, Desk] | Outgoing:
    """ "mutasi sari", "plt", "plh kasi pembangunan"."""
    if not desk.is_admin:
        return Say(text=texts.ADMIN_ONLY)
    draft = Draft(change=change)
    if words.isdecimal():
        pressed = next((post.id for post in posts_for(draft, desk) if post.id == int(words)), 0)
        draft = draft.model_copy(update={"post": pressed})
    elif words:
        draft = named_at_once(draft, words, desk)
    match begun(draft, desk):
        case Next(step=step, draft=first):
            return Begin(STAFF, step, first, anew=True)
        case Retry(hint=hint):
            return Say(text=hint)
        case _:
            return Begin(STAFF, Step.MENU, Draft())


STAFF = Dialogue(
    "staff",
    Step,
    Draft,
    ask,
    answer,
    restart=texts.TYPE_MANAGE,
    cancelled=texts.CANCELLED,
    saved=texts.SAVED,
)
