"""Who returned a report, as it is told to its owner."""

from domain.reviews import Returned
from handlers.texts.formats import person as addressed
from handlers.texts.formats import post as post_title
from storage.desk import Desk


def returner(returned: Returned, desk: Desk) -> str:
    """`Bu Dewi Lestari (Kasubbag Perencanaan)`."""
    by = desk.people[returned.person_id]
    title = post_title(desk.organisation.posts[returned.post_id].title, returned.capacity)
    return f"{addressed(by.name, by.salutation)} ({title})"
