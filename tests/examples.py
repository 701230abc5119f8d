"""How many examples a test tries that has a number of its own: all in a soak, fewer in every other run."""

from hypothesis import settings

SOAK = "soak"
"""The profile of `pytest -m soak`."""
FEWER = 3
"""How many times fewer there are otherwise."""


def examples(number: int) -> int:
    """That number in a soak, a third of it otherwise: each run tries others."""
    return number if settings.get_current_profile_name() == SOAK else number // FEWER
