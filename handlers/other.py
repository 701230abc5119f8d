""" "Lainnya", below a reminder: what there is to do besides reporting now."""

from handlers import all_zero
from handlers.asked_closing import asked_closing
from handlers.messages import Choose, Option, Outgoing, Say
from handlers.report.unsent import filled_in
from handlers.texts import general
from handlers.texts import other as texts
from handlers.texts import report as report_texts
from storage.desk import Desk


def choices(desk: Desk, words: str) -> Outgoing:
    """Leave, more time, and nothing at all, with lasting buttons; more time and nothing only for what is missing."""
    if not desk.held_posts:
        return Say(text=general.NO_POST)
    closing = asked_closing(words, desk.closings, desk)
    if closing is None and words:
        return Say(text=report_texts.NO_SUCH_PERIOD)
    options = [Option(key="!cuti", label=texts.AWAY)]
    filled = frozenset() if closing is None else filled_in(desk, closing.end)
    is_missing = closing is not None and bool(closing.missing)
    is_zero = closing is not None and all_zero.is_offered(desk, closing)
    if closing is not None and is_missing:
        options.append(Option(key=f"!waktu:{closing.periods[0].code}", label=texts.MORE_TIME))
    if closing is not None and is_zero:
        options.append(Option(key=f"!nihil:{closing.periods[0].code}", label=texts.ALL_ZERO))
    text = texts.what_else(closing, desk.today, filled, more_time=is_missing, all_zero=is_zero)
    return Choose(text=text, options=tuple(options))
