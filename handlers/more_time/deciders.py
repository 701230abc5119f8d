"""Who decides whether a post gets more time: the line above it, in the end an admin."""

from domain.roles import above
from handlers.keepers import keeper_of
from storage.desk import Desk


def decider(desk: Desk, post_id: int, asker_id: int) -> int | None:
    """Whom a request is put to: the nearest superior who can be reached, else an admin; never the asker.

    None where nobody of them can be reached.
    """
    line = (desk.holders.get(superior) for superior in above(desk.organisation.posts, post_id))
    mine = {asker_id, desk.holders.get(post_id)}
    others = (person for person in (*line, *desk.admins) if person is not None and person not in mine)
    return next((person for person in others if desk.people[person].joined), None)


def may_decide(desk: Desk, post_id: int, asker_id: int) -> bool:
    """Whether the person decides about a post's time: whoever acts for a post above it, an admin or the camat.

    Nobody decides about their own time.
    """
    if desk.person_id in (asker_id, desk.holders.get(post_id)):
        return False
    line = above(desk.organisation.posts, post_id)
    return keeper_of(desk) is not None or any(held.post.id in line for held in desk.held_posts)
