""" "verifikasi": what waits for somebody to be seen or verified, one figure a message, and the rest in one tap."""

from domain.verification import sees_first
from handlers import verifying
from handlers.correction.requests import to_decide
from handlers.dialogue import Begin, Dialogue
from handlers.messages import Outgoing, Say
from handlers.team import leads
from handlers.texts import verification as texts
from handlers.verification.answering import answer
from handlers.verification.asking import ask
from handlers.verification.queue import queue
from handlers.verification.steps import Draft, Step, first_page, next_place
from storage.desk import Desk

__all__ = ["VERIFICATION", "Draft", "Step", "checks", "start"]

VERIFICATION = Dialogue(
    "verification",
    Step,
    Draft,
    ask,
    answer,
    restart=texts.RESTART,
    cancelled=texts.CANCELLED,
    can_wait=False,
)


def checks(desk: Desk) -> bool:
    """Whether it falls to the person to see or verify figures, be there any now or not."""
    chain, held = desk.checking.chain, {one.post.id for one in desk.held_posts}
    posts = desk.organisation.posts
    return any(
        sees_first(post_id, posts, chain.rule) in held or not held.isdisjoint(chain.verifiers_of(post_id))
        for post_id in posts
    )


def start(desk: Desk, words: str = "") -> Begin[Step, Draft, Desk] | Outgoing:
    """The page of what waits, or the one figure that does. `verifikasi 123` asks of a number, as "periksa" does."""
    if words:
        return verifying.check(desk, words)
    if not checks(desk):
        return Say(text=texts.NOT_FOR_YOU)
    found = queue(desk)
    if not found.every:
        requests = desk.corrections.waiting()
        return to_decide(requests[0], desk) if requests else Say(text=texts.nothing(leads=leads(desk)))
    alone = next_place(Draft(), found) if len(found.every) == 1 else None
    return Begin(VERIFICATION, *(alone or first_page(found)))
