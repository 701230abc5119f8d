"""How often circles of objects are looked for that nothing holds on to any more."""

import gc

COLLECTED_AFTER = (20_000, 20, 20)
"""After how many new objects circles among them are looked for, and after how many such looks among older ones. Nearly
all that an answer needs is gone with it without that; with Python's own 700 a seventh of the time went into looking."""


def collect_seldom() -> None:
    """From now on, in the whole process."""
    gc.set_threshold(*COLLECTED_AFTER)


def collect_never() -> None:
    """From now on, in a process that does one thing and ends: what it made is gone with it."""
    gc.disable()
