"""What an office takes and demands for a figure, and who may take a piece back."""

import pytest

from domain.evidence import Demand, Demanded, EvidenceKind, EvidenceRule, kind_of, may_remove
from domain.refusals import BadSetting
from domain.standing import Standing

PHOTO, DOCUMENT, VOICE, VIDEO, LINK = EvidenceKind


@pytest.mark.parametrize(
    ("demand", "given", "lacking"),
    [
        (Demand(), [], 0),
        (Demand(minimum=2), [LINK], 1),
        (Demand(Demanded.PHOTO, 1), [DOCUMENT, LINK], 1),
        (Demand(Demanded.PHOTO, 1), [PHOTO, PHOTO], 0),
        (Demand(Demanded.DOCUMENT, 2), [PHOTO, DOCUMENT], 1),
        (Demand(Demanded.FILE, 2), [LINK, PHOTO, VOICE], 0),
        (Demand(Demanded.FILE, 1), [LINK], 1),
    ],
)
def test_what_lacks_is_counted_by_the_kind_demanded(demand: Demand, given: list[EvidenceKind], lacking: int) -> None:
    assert demand.lacking(given) == lacking


@pytest.mark.parametrize(
    ("mime", "kind"),
    [("image/jpeg", PHOTO), ("audio/ogg", VOICE), ("video/mp4", VIDEO), ("application/pdf", DOCUMENT), ("", DOCUMENT)],
)
def test_a_file_is_what_its_content_is(mime: str, kind: EvidenceKind) -> None:
    assert kind_of(mime) is kind


def test_recordings_are_taken_only_where_the_office_allows_them() -> None:
    usual, other = EvidenceRule(), EvidenceRule(recordings=True, links=False)
    assert [usual.takes(kind) for kind in EvidenceKind] == [True, True, False, False, True]
    assert [other.takes(kind) for kind in EvidenceKind] == [True, True, True, True, False]


@pytest.mark.parametrize("most", [0, 101])
def test_the_most_is_bounded(most: int) -> None:
    with pytest.raises(BadSetting):
        EvidenceRule(most=most)


@pytest.mark.parametrize("standing", Standing)
def test_what_is_verified_is_taken_back_by_an_admin_only(standing: Standing) -> None:
    verified = standing in (Standing.VERIFIED, Standing.APPROVED)
    assert may_remove(standing, is_owner=True, is_admin=False) is not verified
    assert may_remove(standing, is_owner=False, is_admin=True) is verified
    assert not may_remove(standing, is_owner=False, is_admin=False)
