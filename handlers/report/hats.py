"""Whoever holds several posts that owe a report says as which of them they report now (domain.md 7)."""

from collections import Counter

from domain.openings import Closing
from handlers.dialogue import Next, Question, Retry, Said, Tap
from handlers.messages import BUTTON_LABEL, BUTTONS, ROW_LABEL, ROWS, Choose, Option
from handlers.report.sitting import Draft, Sitting, Step, sitting_of, step_at
from handlers.texts import formats
from handlers.texts import report as texts
from storage.desk import Desk

_ALL = "all"
_MOST = ROWS - 1
"""Posts that can be chosen among, besides all of them together."""


def is_asked(closing: Closing, desk: Desk) -> bool:
    """Whether several of the person's posts owe something, so that it matters as which they report. What they only fill
    in for another post, the camat's, comes along without being asked."""
    own = {one.post.id for one in desk.reported_posts if one.capacity is not None}
    return 1 < len({item.duty.post_id for item in closing.missing} & own) <= _MOST


def is_open(step: Step, sitting: Sitting) -> bool:
    """Whether it is still to be chosen as which post: of several, one may be somebody else's by now."""
    return step is Step.HAT and len({item.duty.post_id for item in sitting.items}) > 1


def ask(sitting: Sitting, desk: Desk) -> Question:
    """As which post?"""
    counts = Counter(item.duty.post_id for item in sitting.items)
    titles = {
        one.post.id: formats.reported_post(one.post.title, one.capacity)
        for one in desk.reported_posts
        if one.post.id in counts
    }
    room = BUTTON_LABEL if len(titles) < BUTTONS else ROW_LABEL
    options = [Option(key=f"t{key}", label=formats.shortened(title, room)) for key, title in titles.items()]
    everything = Option(key=_ALL, label=texts.BOTH_POSTS if len(titles) == 2 else texts.ALL_POSTS)
    text = texts.as_which_post([(title, counts[key]) for key, title in titles.items()])
    return Choose(title=texts.closing_title(sitting.closing), text=text, options=(*options, everything))


def answer(sitting: Sitting, said: Said, desk: Desk) -> Next[Step, Draft, Desk] | Retry:
    """Go on with what the chosen post owes, or with all of it, post by post."""
    match said:
        case Tap(key=key) if key == _ALL:
            return _begin(sitting, sitting.draft.model_copy(update={"posts": ()}), desk)
        case Tap(key=key) if (post_id := int(key.removeprefix("t"))) in {one.duty.post_id for one in sitting.items}:
            order = tuple(item.duty.id for item in sitting.items if item.duty.post_id == post_id)
            return _begin(sitting, sitting.draft.model_copy(update={"posts": (post_id,), "order": order}), desk)
        case _:
            return Retry(texts.WHICH_POST_PLEASE)


def _begin(before: Sitting, draft: Draft, desk: Desk) -> Next[Step, Draft, Desk]:
    sitting = sitting_of(draft, desk) or before
    return Next(step_at(sitting), sitting.draft)
