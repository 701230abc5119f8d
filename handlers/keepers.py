"""Who locks and opens periods, and decides for the whole office: camat and admin (domain.md 7)."""

from domain.locks import Keeper
from domain.plan import Role
from storage.desk import Desk


def keeper_of(desk: Desk) -> Keeper | None:
    """As whom the person locks and opens periods; None for everybody but camat and admin."""
    if any(held.post.role is Role.CAMAT for held in desk.held_posts):
        return Keeper.CAMAT
    return Keeper.ADMIN if desk.is_admin else None


def keepers_but(desk: Desk, person_id: int) -> tuple[int, ...]:
    """Who is asked about somebody: the admins who can be reached, else the camat; never the person."""
    camats = (desk.holders.get(post.id) for post in desk.posts if post.role is Role.CAMAT)
    for asked in (desk.admins, tuple(camats)):
        reached = [one for one in asked if one is not None and one != person_id and desk.people[one].joined]
        if reached:
            return tuple(dict.fromkeys(reached))
    return ()
