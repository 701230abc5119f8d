"""Who locks and opens periods, and decides for the whole office: camat and admin (domain.md 7)."""

from domain.locks import Keeper
from domain.plan import Role
from storage.desk import Desk


def keeper_of(desk: Desk) -> Keeper | None:
    """As whom the person locks and opens periods; None for everybody but camat and admin."""
    if any(held.post.role is Role.CAMAT for held in desk.held_posts):
        return Keeper.CAMAT
    return Keeper.ADMIN if desk.is_admin else None
