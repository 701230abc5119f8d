"""Signs of what is verified: a full disc, a half one and a ring, told apart in grey and at the size of a phone."""

from collections.abc import Iterable
from math import cos, pi, sin

from bot.charts.canvas import INK, WHITE, Page
from bot.charts.keys import Key
from domain.summary import Proof

SIGN_COLUMN = 54
"""Pixels of a column of signs, the room beside them included."""
_FROM_RIGHT = 20
"""Pixels from the right of the column to the middle of a sign: far enough from the words on its left that a ring behind
a number is no 0."""
_RADIUS, _HOLE = 11, 7
_WIDE = 2 * _RADIUS
_CORNERS = 24
"""Corners of a half disc: enough to look round."""


def draw_proof(page: Page, x: float, y: float, proof: Proof | None, colour: str = INK) -> None:
    """The sign with its middle at (x, y); nothing where nothing is known."""
    if proof is None:
        return
    page.disc(x, y, _RADIUS, colour)
    if proof is Proof.ALL:
        return
    page.disc(x, y, _HOLE, WHITE)
    if proof is Proof.PART:
        page.polygon(_left_half(x, y), colour)


def draw_in_column(page: Page, right: float, middle: float, proof: Proof | None) -> None:
    """The sign in a column that ends at `right`."""
    draw_proof(page, right - _FROM_RIGHT, middle, proof)


def column_of(proofs: Iterable[Proof | None]) -> int:
    """Pixels that a picture leaves to the column of signs: none where nothing is known of any figure."""
    return SIGN_COLUMN if any(proof is not None for proof in proofs) else 0


def proof_keys(proofs: Iterable[Proof | None]) -> list[Key]:
    """The signs that are on a picture, with their words."""
    used = set(proofs)
    return [_key(proof) for proof in Proof if proof in used]


def _key(proof: Proof) -> Key:
    return Key(proof.value, _WIDE, lambda page, left, middle: draw_proof(page, left + _RADIUS, middle, proof))


def _left_half(x: float, y: float) -> list[tuple[float, float]]:
    angles = (pi / 2 + pi * step / _CORNERS for step in range(_CORNERS + 1))
    return [(x + _RADIUS * cos(angle), y - _RADIUS * sin(angle)) for angle in angles]
