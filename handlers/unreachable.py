""" "tak terjangkau": the admin sees which posts no message reaches, and what to do about each."""

from domain.zones import local
from handlers.messages import Outgoing, Say
from handlers.texts import unreachable as texts
from handlers.texts.formats import person as addressed
from storage.desk import Desk


def unreachable(desk: Desk) -> Outgoing:
    """One message: who never joined, who blocked the assistant, and which posts are vacant."""
    never: list[texts.Lost] = []
    gone: list[texts.Lost] = []
    vacant: list[str] = []
    last_heard = desk.out_of_reach
    for post in desk.posts:
        holder_id = desk.holders.get(post.id)
        if holder_id is None:
            vacant.append(post.title)
        elif not desk.people[holder_id].joined:
            holder = addressed(desk.people[holder_id].name, desk.people[holder_id].salutation)
            if holder_id in last_heard:
                gone.append(texts.Lost(post.title, holder, local(last_heard[holder_id], desk.office.zone).date()))
            else:
                never.append(texts.Lost(post.title, holder))
    found = bool(never or gone or vacant)
    return Say(title=texts.TITLE if found else "", text=texts.body(never, gone, vacant))
