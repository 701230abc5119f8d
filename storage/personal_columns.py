"""What becomes of every word that is kept when a person asks to be erased (domain.md 8): one line a column.

Posts, tenures, figures, capacities, reviews and the sealed record are the office's archive and stay; who somebody is
and what they wrote goes. A house rule fails for a column of words that nobody has put here.
"""

from collections.abc import Mapping
from enum import StrEnum


class Fate(StrEnum):
    """What becomes of a column of words."""

    NONE = "none"
    """Says nothing about a person: codes, states, hashes, the plan's own words."""
    ARCHIVE = "archive"
    """The office's record: stays as it is."""
    IDENTITY = "identity"
    """Who somebody is: goes from the person's own rows."""
    WORDS = "words"
    """What was said: goes from the person's own messages; in those of others the name and number are taken out."""
    PASSING = "passing"
    """Stays, but for the name and number wherever they are mentioned in it."""


SEALED = frozenset({
    "report", "budgetreport", "review", "note", "audit", "auditseal", "followup", "followupend", "correctionrequest",
})  # fmt: skip
"""Tables whose words the database itself lets nobody change."""

_NONE, _ARCHIVE, _IDENTITY, _WORDS, _PASSING = Fate

FATES: Mapping[str, Mapping[str, Fate]] = {
    "lease": {"name": _NONE, "holder": _NONE},
    "upkeep": {"name": _NONE, "trouble": _NONE},
    "office": {"name": _NONE, "kabupaten": _NONE, "zone": _NONE, "rules": _NONE},
    "door": {"channel": _NONE, "name": _NONE},
    "template": {"channel": _NONE, "name": _NONE, "status": _NONE},
    "officeday": {"note": _NONE},
    "person": {"name": _IDENTITY, "salutation": _IDENTITY, "phone": _IDENTITY, "preferred_channel": _IDENTITY},
    "plan": {"document": _NONE, "reason": _NONE, "source_hash": _NONE},
    "planupload": {
        "hash": _NONE, "name": _PASSING, "state": _NONE, "reading": _PASSING, "answers": _PASSING, "reason": _PASSING,
        "document": _NONE,
    },
    "post": {"title": _NONE, "role": _NONE, "section": _NONE, "unit": _NONE, "former_titles": _NONE},
    "signer": {"role": _NONE, "title": _NONE, "name": _IDENTITY, "rank": _IDENTITY, "number": _IDENTITY},
    "snapshot": {"kind": _NONE, "period": _NONE, "wanted": _NONE, "figures": _NONE, "hash": _NONE},
    "absence": {"kind": _ARCHIVE},
    "budgetline": {"code": _NONE, "name": _NONE, "level": _NONE, "place": _NONE},
    "conversation": {"dialogue": _WORDS, "step": _WORDS, "state": _WORDS},
    "erasurerequest": {"decision": _ARCHIVE},
    "extension": {"period": _NONE, "reason": _PASSING, "decision": _ARCHIVE},
    "indicator": {
        "code": _NONE, "name": _NONE, "unit": _NONE, "level": _NONE, "path": _NONE, "rhythm": _NONE, "mode": _NONE,
        "confidence": _NONE, "year_rule": _NONE, "polarity": _NONE, "formula": _NONE, "note": _NONE, "place": _NONE,
        "evidence_kind": _NONE, "stamp": _NONE,
    },
    "invite": {"code_hash": _NONE},
    "numberchange": {"channel": _NONE, "address": _IDENTITY, "phone": _IDENTITY, "decision": _ARCHIVE},
    "periodturn": {"period": _NONE, "keeper": _ARCHIVE, "reason": _PASSING},
    "tenure": {"capacity": _ARCHIVE},
    "account": {"channel": _IDENTITY, "address": _IDENTITY},
    "achievement": {"period": _NONE, "standing": _NONE, "standing_to_date": _NONE},
    "rollup": {"period": _NONE},
    "overseer": {"kabupaten": _NONE, "code_hash": _NONE},
    "officegroup": {"title": _NONE, "state": _NONE},
    "inbox": {
        "channel": _NONE, "address": _IDENTITY, "external_id": _IDENTITY, "message_id": _IDENTITY, "state": _NONE,
        "said": _WORDS, "media": _WORDS,
    },
    "job": {"kind": _NONE, "details": _WORDS, "state": _NONE, "holder": _NONE},
    "outbox": {
        "channel": _NONE, "address": _IDENTITY, "lane": _NONE, "dedup_key": _IDENTITY, "state": _NONE,
        "message": _WORDS, "occasion": _WORDS, "counted_as": _NONE, "holder": _NONE, "provider_id": _IDENTITY,
        "template": _NONE, "fate": _NONE, "error": _WORDS,
    },
    "question": {
        "about": _NONE, "text": _PASSING, "proposal": _NONE, "options": _NONE, "place": _NONE, "answer": _NONE,
        "answered_by": _PASSING, "reason": _PASSING,
    },
    "renstra": {},
    "target": {"period": _NONE},
    "audit": {
        "capacity": _ARCHIVE, "action": _ARCHIVE, "subject": _ARCHIVE, "old": _ARCHIVE, "new": _ARCHIVE,
        "reason": _ARCHIVE, "channel": _ARCHIVE,
    },
    "budgetreport": {
        "period": _NONE, "reason": _ARCHIVE, "confirmed_doubt": _ARCHIVE, "capacity": _ARCHIVE, "channel": _ARCHIVE,
        "source": _NONE, "message_id": _ARCHIVE,
    },
    "evidence": {
        "period": _NONE, "hash": _NONE, "kind": _NONE, "name": _PASSING, "caption": _PASSING, "mime": _NONE,
        "shown": _NONE, "fingerprint": _NONE, "address": _ARCHIVE, "album": _NONE,
    },
    "followup": {
        "period": _NONE, "kind": _NONE, "cause": _ARCHIVE, "action": _ARCHIVE, "handler": _ARCHIVE,
        "capacity": _ARCHIVE,
    },
    "note": {"text": _ARCHIVE, "capacity": _ARCHIVE},
    "report": {
        "period": _NONE, "note": _ARCHIVE, "reason": _ARCHIVE, "confirmed_doubt": _ARCHIVE, "capacity": _ARCHIVE,
        "channel": _ARCHIVE, "source": _NONE, "basis": _ARCHIVE, "message_id": _ARCHIVE,
    },
    "behalf": {"basis": _ARCHIVE},
    "behalffigure": {},
    "openingasked": {"begins": _NONE},
    "auditseal": {"seal": _NONE},
    "correctionrequest": {
        "period": _NONE, "note": _ARCHIVE, "reason": _ARCHIVE, "confirmed_doubt": _ARCHIVE, "capacity": _ARCHIVE,
        "channel": _ARCHIVE, "message_id": _ARCHIVE, "decision": _ARCHIVE, "decision_reason": _ARCHIVE,
    },
    "followupend": {"word": _ARCHIVE, "capacity": _ARCHIVE},
    "review": {"verdict": _ARCHIVE, "reason": _ARCHIVE, "capacity": _ARCHIVE},
}  # fmt: skip
"""By table and column."""

SWEPT: Mapping[str, tuple[str, ...]] = {
    table: columns
    for table, fates in FATES.items()
    if (columns := tuple(name for name, fate in fates.items() if fate in (Fate.WORDS, Fate.PASSING)))
}
"""The columns of each table in which a name or number may be mentioned in passing."""
