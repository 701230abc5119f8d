"""How far the figure of one indicator and period has come on its way to the camat (domain.md 7)."""

from enum import StrEnum


class Standing(StrEnum):
    """MISSING: nothing is reported. RETURNED: it waits to be mended. REPORTED: it waits to be checked. SEEN: a superior
    has looked at it. VERIFIED: it was checked. APPROVED: the camat approved its quarter.

    Whether the period is locked is another matter: see `domain.locks`.
    """

    MISSING = "missing"
    RETURNED = "returned"
    REPORTED = "reported"
    SEEN = "seen"
    VERIFIED = "verified"
    APPROVED = "approved"

    @property
    def is_verified(self) -> bool:
        """Whether it is shown as "Terverifikasi"; every other figure is "Sementara"."""
        return self in (Standing.VERIFIED, Standing.APPROVED)

    @property
    def holds(self) -> bool:
        """Whether there is a figure that counts."""
        return self not in (Standing.MISSING, Standing.RETURNED)
