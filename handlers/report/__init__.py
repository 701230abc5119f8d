"""The report conversation: value, value, value, a review page, "Kirim" (conversations.md).

One sitting is one closing: every indicator of the person's posts that is due on that day, then what may be fulfilled
late. Nothing is saved before the review page is confirmed.
"""

from domain.openings import Closing, Item, main_closing
from handlers.dialogue import Begin, Dialogue
from handlers.messages import Outgoing, Say
from handlers.period_words import read_end
from handlers.report import hats
from handlers.report.answering import answer
from handlers.report.asking import ask
from handlers.report.locked import lock_sentence, refusal
from handlers.report.sitting import Draft, Step, carried, closing_of, sitting_of, step_at
from handlers.report.unsent import filled_in
from handlers.texts import general, locks
from handlers.texts import report as texts
from storage.desk import Desk

__all__ = ["REPORT", "Draft", "Step", "start"]


def start(desk: Desk, words: str = "") -> Begin[Step, Draft, Desk] | Outgoing:
    """Begin a sitting: the oldest missing period within its cut-off, else the running one, or the one that is named.

    Words that name no period ("lapor dong") are passed over.
    """
    if not desk.reported_posts:
        return Say(text=general.NO_POST)
    end = read_end(words, desk.today)
    if end is not None:
        closing = closing_of(end, desk)
        return Say(text=texts.NO_SUCH_PERIOD) if closing is None else _unless_locked(desk, closing)
    closing = main_closing(desk.closings, desk.today)
    if closing is None:
        return Say(text=texts.NOTHING_OPEN if desk.duties else texts.NO_INDICATORS)
    return _unless_locked(desk, closing)


def _unless_locked(desk: Desk, closing: Closing) -> Begin[Step, Draft, Desk] | Outgoing:
    if closing.lock is None:
        return _sitting(desk, closing)
    return refusal(closing, desk, unsent=bool(filled_in(desk, closing.end)))


def _sitting(desk: Desk, closing: Closing) -> Begin[Step, Draft, Desk]:
    """What is missing and what may be fulfilled late; if nothing is missing, the page on which figures are changed."""
    late = tuple(item for item in closing.late if not item.reported and item.lock is None)
    if closing.missing or (late and not closing.items):
        draft = Draft(end=closing.end, order=_order(desk, closing.missing, late))
        sitting = sitting_of(draft, desk)
        step = Step.REVIEW if sitting is None else Step.HAT if hats.is_asked(closing, desk) else step_at(sitting)
    else:
        draft = Draft(end=closing.end, order=_order(desk, _unlocked(closing.items), _unlocked(closing.late)))
        step = Step.REVIEW
    return Begin(REPORT, step, draft, closing.end.isoformat(), _note(closing, desk))


def _unlocked(items: tuple[Item, ...]) -> tuple[Item, ...]:
    return tuple(item for item in items if item.lock is None)


def _note(closing: Closing, desk: Desk) -> str:
    """What is left out because it takes no more reports."""
    locked = closing.locked
    return locks.part_locked(len(locked), lock_sentence(locked, desk)) if locked else ""


def _order(desk: Desk, due: tuple[Item, ...], late: tuple[Item, ...]) -> tuple[int, ...]:
    """What is due first, then what is late; within each post by post, of one post what was returned first."""
    posts = [one.post.id for one in desk.reported_posts]

    def place(item: Item) -> tuple[int, bool]:
        return posts.index(item.duty.post_id), item.returned is None

    return tuple(item.duty.id for items in (due, late) for item in sorted(items, key=place))


def _again(draft: Draft, desk: Desk) -> str:
    main = main_closing(desk.closings, desk.today)
    closing = closing_of(draft.end, desk)
    return texts.TYPE_REPORT if closing is None or closing == main else texts.type_report(closing)


def _resumed(draft: Draft, desk: Desk) -> str:
    sitting = sitting_of(draft, desk)
    if sitting is None:
        return general.RESUMED
    return texts.resumed(sum(sitting.entry(item) is not None for item in sitting.items), len(sitting.items))


REPORT = Dialogue(
    "report",
    Step,
    Draft,
    ask,
    answer,
    restart=texts.TYPE_REPORT,
    cancelled=texts.CANCELLED,
    saved=texts.SAVED,
    again=_again,
    resumed=_resumed,
    carried=carried,
)
