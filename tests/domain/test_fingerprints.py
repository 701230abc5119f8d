"""Which fingerprints are those of one photo."""

import pytest

from domain.fingerprints import BITS, NEAR, alike, distance

ROOM = f"{0x5A5A_0FF0:064x}"


def changed(fingerprint: str, bits: int) -> str:
    """The same with that many bits turned over."""
    return f"{int(fingerprint, 16) ^ ((1 << bits) - 1):064x}"


@pytest.mark.parametrize(("bits", "is_alike"), [(0, True), (NEAR, True), (NEAR + 1, False), (BITS, False)])
def test_so_many_bits_may_differ(bits: int, is_alike: bool) -> None:
    other = changed(ROOM, bits)
    assert distance(ROOM, other) == bits
    assert alike(ROOM, other) is alike(other, ROOM) is is_alike


@pytest.mark.parametrize(("one", "other"), [("", ""), (ROOM, ""), ("", ROOM)])
def test_what_has_no_fingerprint_is_like_nothing(one: str, other: str) -> None:
    assert not alike(one, other)


def test_what_is_no_fingerprint_is_refused() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        distance(ROOM, "foto")
