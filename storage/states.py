"""Which rows still wait for something, in words that both engines see the index of just those rows in."""

from storage import schema
from storage.rows import spelt

IS_OPEN = schema.inbox.c.state.in_([spelt("fetching"), spelt("ready")])
"""A message that came in waits for its turn or its file."""
IS_DUE = schema.outbox.c.state == spelt("due")
"""A message is to be sent."""
IS_JOB_DUE = schema.job.c.state == spelt("due")
"""Slow work is to be done."""
