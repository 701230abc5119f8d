"""Evidence (data dukung): what an office takes and demands for a figure (domain.md 4.3 and 8)."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from domain.refusals import BadSetting, Between
from domain.standing import Standing

COUNTS = range(1, 101)


class EvidenceKind(StrEnum):
    """What a piece of evidence is."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    VIDEO = "video"
    LINK = "link"


_KINDS = {"audio": EvidenceKind.VOICE, "video": EvidenceKind.VIDEO, "image": EvidenceKind.PHOTO}


def kind_of(mime: str) -> EvidenceKind:
    """What a file is by its content; a picture that was sent as a file is a photo."""
    return _KINDS.get(mime.partition("/")[0], EvidenceKind.DOCUMENT)


class Demanded(StrEnum):
    """What an indicator demands: anything, a file (no mere link), a photo, or a document."""

    ANYTHING = ""
    FILE = "file"
    PHOTO = "photo"
    DOCUMENT = "document"

    def takes(self, kind: EvidenceKind) -> bool:
        """Whether a piece of that kind counts towards the demand."""
        match self:
            case Demanded.ANYTHING:
                return True
            case Demanded.FILE:
                return kind is not EvidenceKind.LINK
            case Demanded.PHOTO:
                return kind is EvidenceKind.PHOTO
            case Demanded.DOCUMENT:
                return kind is EvidenceKind.DOCUMENT


@dataclass(frozen=True)
class Demand:
    """At least `minimum` pieces of a kind; none for 0."""

    kind: Demanded = Demanded.ANYTHING
    minimum: int = 0

    def lacking(self, given: Collection[EvidenceKind]) -> int:
        """How many pieces are still lacking."""
        return max(self.minimum - sum(self.kind.takes(kind) for kind in given), 0)


@dataclass(frozen=True)
class EvidenceRule:
    """What an office takes: voice and video notes where it allows them, links unless it demands files, at most `most`
    pieces for one figure. Raises BadSetting outside 1 to 100."""

    recordings: bool = False
    links: bool = True
    most: int = 20

    def takes(self, kind: EvidenceKind) -> bool:
        """Whether the office takes a piece of that kind."""
        match kind:
            case EvidenceKind.VOICE | EvidenceKind.VIDEO:
                return self.recordings
            case EvidenceKind.LINK:
                return self.links
            case EvidenceKind.PHOTO | EvidenceKind.DOCUMENT:
                return True

    def __post_init__(self) -> None:
        if self.most not in COUNTS:
            limits = Between(COUNTS[0], COUNTS[-1])
            raise BadSetting(f"most cannot be {self.most}", field="most", given=self.most, allowed=limits)


def may_remove(standing: Standing, *, is_owner: bool, is_admin: bool) -> bool:
    """Whether somebody may take a piece back: whoever reports the figure while it is not verified, then an admin."""
    return is_admin if standing.is_verified else is_owner
