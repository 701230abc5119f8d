"""What `renaksi doctor` finds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One check: what was found, and how to mend it (empty where nothing is to be done)."""

    check: str
    ok: bool
    text: str
    mend: str = ""

    def as_json(self) -> dict[str, str | bool]:
        """The form of design.md 6."""
        return {"check": self.check, "ok": self.ok, "text": self.text, "mend": self.mend}
