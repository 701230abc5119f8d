"""What is said where nothing of a sitting is left: it was reported, or the post is somebody else's by now."""

from handlers.report.sitting import Draft
from handlers.texts import report as texts
from handlers.texts.formats import listed
from storage.desk import Desk


def nothing_left(draft: Draft, desk: Desk) -> str:
    """Why a sitting cannot go on: the time as stand-in ended, a transfer, or nothing is open any more."""
    own = {held.post.id for held in desk.held_posts}
    of_sitting = {duty.post_id for duty in desk.office_duties if duty.id in draft.order}
    handed_over = [post.title for post in desk.posts if post.id in of_sitting - own]
    if not own:
        return texts.handed_over(listed(handed_over) or texts.THAT_POST)
    return texts.handed_over(listed(handed_over)) if handed_over else texts.NOTHING_OPEN
