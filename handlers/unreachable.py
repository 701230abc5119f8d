""" "tak terjangkau": the admin sees whom no message reaches, whom to call, and what to do about each."""

from collections.abc import Sequence

from domain.zones import local
from handlers import report_for
from handlers.messages import BUTTON_LABEL, BUTTONS, ROW_HINT, ROW_LABEL, ROWS, Choose, Option, Outgoing, Say
from handlers.texts import report_for as report_for_texts
from handlers.texts import unreachable as texts
from handlers.texts.channels import name as channel_name
from handlers.texts.formats import person as addressed
from handlers.texts.formats import shortened
from handlers.texts.undelivered import since
from handlers.undelivered import by_person, said_on, what, who
from storage.desk import Desk
from storage.people import PostCard
from storage.undelivered import Undelivered

TEMPLATED = "whatsapp"
"""The channel that takes only templates outside its window."""


def unreachable(desk: Desk) -> Outgoing:
    """One message: whom to call, who never joined, who blocked the assistant, which posts are vacant, and how many
    messages of the month needed a template."""
    calls = by_person(desk.calls.open())
    never: list[texts.Lost] = []
    gone: list[texts.Lost] = []
    vacant: list[str] = []
    to_fill: list[PostCard] = []
    last_heard = desk.out_of_reach
    for post in desk.present_posts:
        holder_id = desk.holders.get(post.id)
        if holder_id is None:
            vacant.append(post.title)
            to_fill.append(post)
        elif not desk.people[holder_id].joined:
            to_fill.append(post)
            holder = addressed(desk.people[holder_id].name, desk.people[holder_id].salutation)
            if holder_id in last_heard:
                heard = local(last_heard[holder_id], desk.office.zone).date()
                gone.append(texts.Lost(post.title, holder, heard, _undelivered(desk, calls.pop(holder_id, []))))
            else:
                never.append(texts.Lost(post.title, holder))
    to_call = [texts.to_call(who(desk, key), _undelivered(desk, of_person)) for key, of_person in calls.items()]
    found = bool(to_call or never or gone or vacant)
    text = texts.body(to_call, never, gone, vacant)
    title = texts.TITLE if found else ""
    options = _fill_options(to_fill, desk)
    if not options:
        return Say(title=title, text=text + _templates(desk))
    return Choose(title=title, text=text + _templates(desk), options=options, by_number=False)


def _fill_options(posts: Sequence[PostCard], desk: Desk) -> tuple[Option, ...]:
    """ "Isi untuk jabatan" for every post that nobody reaches and that has anything to report."""
    busy, allowed = {duty.post_id for duty in desk.office_duties}, {post.id for post in desk.entered_for}
    wanted = [post for post in posts if post.id in busy & allowed][:ROWS]
    if len(wanted) == 1:
        return (Option(key=report_for.key_of(wanted[0].id), label=report_for_texts.FILL),)
    room = BUTTON_LABEL if len(wanted) <= BUTTONS else ROW_LABEL
    return tuple(
        Option(
            key=report_for.key_of(post.id),
            label=report_for_texts.fill_label(post.title, room),
            hint=shortened(f"{report_for_texts.FILL} {post.title}", ROW_HINT),
        )
        for post in wanted
    )


def _undelivered(desk: Desk, calls: list[Undelivered]) -> str:
    """`pengingat Maret 2022, sejak Senin 4 April`; empty for nothing."""
    return since([what(call) for call in calls], said_on(desk, calls[0])) if calls else ""


def _templates(desk: Desk) -> str:
    sent, as_template = desk.templates_this_month.get(TEMPLATED, (0, 0))
    return texts.templates(channel_name(TEMPLATED), desk.today, sent, as_template) if sent else ""
