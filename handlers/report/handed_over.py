"""What is said where nothing of a sitting is left: it was reported, or the post is somebody else's by now."""

from collections.abc import Collection

from handlers.report.sitting import Draft
from handlers.texts import report as texts
from handlers.texts.formats import listed
from storage.desk import Desk


def nothing_left(draft: Draft, desk: Desk) -> str:
    """Why a sitting cannot go on: the time as stand-in ended, a transfer, or nothing is open any more."""
    titles = _handed_over(draft.order, desk)
    if not desk.reported_posts:
        return texts.handed_over(listed(titles) or texts.THAT_POST)
    return texts.handed_over(listed(titles)) if titles else texts.NOTHING_OPEN


def not_theirs(draft: Draft, desk: Desk) -> tuple[str, ...]:
    """What is said of figures that were filled in but not sent, because the post is somebody else's by now."""
    titles = _handed_over([key for key, entry in draft.entries.items() if entry.value is not None], desk)
    return (texts.not_sent(listed(titles)),) if titles else ()


def _handed_over(indicators: Collection[int], desk: Desk) -> list[str]:
    """The posts of those indicators for which the person does not act any more."""
    mine = {duty.id for duty in desk.duties}
    if mine.issuperset(indicators):
        return []
    own = desk.reported_ids
    theirs = {duty.post_id for duty in desk.office_duties if duty.id in indicators} - own
    return [post.title for post in desk.posts if post.id in theirs]
