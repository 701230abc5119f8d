"""What pictures that look alike have in common, so that one photo is not taken for two pieces of evidence.

A fingerprint is 256 bits as 64 hex digits, one for each coarse pattern of light and dark (`bot/inspection/pictures.py`
makes them). The same photo sent again, recompressed, made smaller or a little brighter, differs in few of them;
another photo of the same room in many. Empty for what has none: no picture, or one without any pattern.
"""

BITS = 256
NEAR = 32
"""Bits that may differ. Measured on rendered rooms and attendance lists: at most 14 for the same photo at quality 40,
at half or a fifth of its size, or 15 % brighter, 23 for 30 %; at least 56 for another photo of the room and for another
list on the same form."""


def distance(one: str, other: str) -> int:
    """In how many bits two fingerprints differ. Raises ValueError for what is none."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def alike(one: str, other: str) -> bool:
    """Whether two fingerprints are those of one photo; never where a picture has none."""
    return bool(one and other) and distance(one, other) <= NEAR
