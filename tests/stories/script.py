"""A story as it stands in its file: who says what, what must be answered, when the clock moves and who is then told.

    # a comment
    rencana gumelar-2022
    jam 29 Maret 2022 08.00
      diingatkan: Kasi Pemerintahan, Bendahara
      diberi tahu: Sekretaris Kecamatan
      ringkasan: Camat
    Bendahara: lapor
      | Triwulan I 2022 · 1 dari 1
    Bendahara: (Kirim 1 laporan)
      | 1 laporan terkirim

`(Label)` taps the button of the last question that begins so. Each text after `|` must stand in the answer. After a
move of the clock exactly the posts after `diingatkan:` got a reminder of their own reports, once each, exactly
those after `diberi tahu:` word of posts below them, and exactly those after `ringkasan:` a picture; a line that is left
out means nobody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PLAN, CLOCK, REMINDED, TOLD, SUMMARISED = "rencana ", "jam ", "diingatkan:", "diberi tahu:", "ringkasan:"
EXPECTED = "|"


@dataclass(frozen=True)
class Said:
    """A message or tap of the holder of a post, and what its answer must contain."""

    line: int
    post: str
    words: str
    expected: tuple[str, ...]

    @property
    def label(self) -> str | None:
        """How the label of the tapped button begins; None for typed words."""
        return self.words[1:-1] if self.words.startswith("(") and self.words.endswith(")") else None


@dataclass(frozen=True)
class Moved:
    """A move of the clock, and the posts that are reminded, told of others and get the summary on the way."""

    line: int
    to: str
    reminded: tuple[str, ...]
    told: tuple[str, ...]
    summarised: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """One plan and everything that happens with it."""

    plan: str
    steps: tuple[Said | Moved, ...]


def read_story(path: Path) -> Story:
    """Read a story. Raises ValueError that names the line which is none."""
    plan, *blocks = _blocks(path)
    if not plan[0][1].startswith(PLAN):
        raise ValueError(f"{path.name} does not begin with its plan")
    return Story(plan[0][1].removeprefix(PLAN), tuple(_step(path, block) for block in blocks))


_Lines = list[tuple[int, str]]


def _blocks(path: Path) -> Iterator[_Lines]:
    """Each line at the margin with the indented ones below it; comments and blank lines left out."""
    block: _Lines = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if not line.startswith(" ") and block:
            yield block
            block = []
        block.append((number, line.strip()))
    yield block


def _step(path: Path, block: _Lines) -> Said | Moved:
    (number, head), *below = block
    if head.startswith(CLOCK):
        to = head.removeprefix(CLOCK)
        return Moved(number, to, _posts(below, REMINDED), _posts(below, TOLD), _posts(below, SUMMARISED))
    post, colon, words = head.partition(": ")
    if not colon or not all(text.startswith(EXPECTED) for _, text in below):
        raise ValueError(f"{path.name}:{number} is neither a clock move nor a message with its answer")
    return Said(number, post, words, tuple(text.removeprefix(EXPECTED).strip() for _, text in below))


def _posts(below: _Lines, word: str) -> tuple[str, ...]:
    named = (text.removeprefix(word) for _, text in below if text.startswith(word))
    return tuple(title.strip() for titles in named for title in titles.split(","))
