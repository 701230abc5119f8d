"""What the code of an invitation looks like: known where messages are taken apart, before any table is."""

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and digits that cannot be taken for one another (no I, O, 0, 1)."""
CODE_LENGTH = 10
"""32 ** 10 codes: five guesses an hour find none."""
