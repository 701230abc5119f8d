"""Where a button of a picture leads: `!grafik:<what>:<which>:<page>:<period>`, the last ones left out where plain."""

import re
from dataclasses import dataclass, replace

from domain.periods import Period

WORD = "grafik"
OF_OFFICE = ("daftar", "lapor", "keuangan", "tahun", "kantor")
"""The list of sections, who reported when, the budget, two years and the summary: pictures of which there is one."""
OF_ONE = ("seksi", "pilih", "indikator")
"""A section, told by the first of its posts, the indicators of a section, and one indicator."""
_ADDRESS = re.compile(
    rf"({'|'.join((*OF_OFFICE, *OF_ONE))})(?::(\d{{1,12}}))?(?::(\d{{1,4}}))?(?::(\d{{4}}(?:-(?:tw[1-4]|\d\d))?))?"
)


@dataclass(frozen=True)
class Address:
    """`which` is an id, 0 for none; pages count from 1; `period` is None for the picture of now."""

    what: str
    which: int = 0
    page: int = 1
    period: Period | None = None

    @classmethod
    def parse(cls, words: str) -> "Address | None":
        """Read a button's words, those of older buttons too: `lapor:2` is the second page."""
        match = _ADDRESS.fullmatch(words.casefold().strip())
        if match is None:
            return None
        what, which, page = match[1], int(match[2] or 0), int(match[3] or 1)
        try:
            period = Period.parse(match[4].upper()) if match[4] else None
        except ValueError:
            return None
        if what in OF_OFFICE and match[2] and not match[3]:
            which, page = 0, which
        return cls(what, which, max(page, 1), period)

    @property
    def key(self) -> str:
        """As a button carries it."""
        parts = [self.what, str(self.which), str(self.page), self.period.code if self.period else ""]
        while parts[-1] in ("", "0") or (len(parts) == 3 and self.page == 1):
            parts.pop()
        return f"!{WORD}:{':'.join(parts)}"

    def to(self, page: int) -> "Address":
        """Another page of the same."""
        return replace(self, page=page)
