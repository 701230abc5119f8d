"""Every post of the office and who holds it, a page at a time."""

from handlers.messages import Choose, Option, Outgoing
from handlers.staff.choices import held_by, open_posts
from handlers.texts import staff as texts
from handlers.texts.formats import shortened
from storage.desk import Desk

LIST = "daftar"
_PAGE = 10
"""Posts on a page: a line or two each."""


def listed(desk: Desk, page: int) -> Outgoing:
    """A page of the posts, those of each kelurahan together; one further than the last begins anew."""
    posts = sorted(open_posts(desk), key=lambda post: post.unit)
    pages = -(-len(posts) // _PAGE)
    number = (page - 1) % pages
    shown = posts[number * _PAGE : (number + 1) * _PAGE]
    lines = [
        texts.post_line(shortened(post.title, 60), held_by(post.id, desk), is_admin=post.is_admin) for post in shown
    ]
    further = (Option(key=f"!kelola:{LIST} {number + 2}", label=texts.NEXT_PAGE),) if number + 1 < pages else ()
    text = "\n".join((texts.page_of(len(posts), number + 1, pages), *lines, "", texts.LIST_ENDING))
    return Choose(text=text, options=(*further, Option(key="!kelola", label=texts.CHANGE)))
