"""The posts of an office and the posts that a plan names: the same ones found by meaning, new ones made of headings.

`Kepala Seksi Pemerintahan` is `Kasi Pemerintahan`, and a post is also known by what it was called before.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from domain.plan import PostRow, Role

CAMAT = "Camat"
SEKRETARIS = "Sekretaris Kecamatan"
ADMIN = "Kasubbag Perencanaan"

_LIKENESS = 90
"""From how alike, out of 100, two titles in their plain words are one post."""
_LIKELY = 60
"""From how alike a title is worth proposing."""
_WORDS = (
    (r"\bkepala\s+seksi\b|\bka\s*\.?\s*si\b", "kasi"),
    (r"\bkepala\s+sub\s*\.?\s*bagian\b|\bkasub\s*\.?\s*bag\w*|\bkasubag\b", "kasubbag"),
    (r"\bsekretaris\s+camat\b|\bsekcam\b|\bsekretaris\s+kecamatan\b", "sekretaris"),
    (r"\b(?:plt|plh)\b\.?", " "),
    (r"&", " dan "),
)
_ROLES = (
    (re.compile(r"camat\b"), Role.CAMAT),
    (re.compile(r"sekretaris\b"), Role.SEKRETARIS),
    (re.compile(r"kasubbag\b"), Role.KASUBBAG),
    (re.compile(r"(?:kasi|lurah|kepala)\b"), Role.KASI),
)
_PLANNING = re.compile(r"\b(?:perencanaan|program|penyusunan)\b")
_MONEY = re.compile(r"\b(?:bendahara|gaji|keuangan|anggaran)\b")
_KELURAHAN = re.compile(r"\bkelurahan\s+\w.*", re.IGNORECASE)
_SMALL = frozenset(
    {
        "dan", "yang", "di", "ke", "dari", "untuk", "pada", "jumlah", "persentase", "kecamatan", "kegiatan", "program",
        "kasi", "kasubbag", "pengelola", "pengadministrasi", "pranata", "pelaksanaan", "penyelenggaraan", "sub",
    }
)  # fmt: skip
"""Words that say nothing of a post's subject."""


def plain_title(title: str) -> str:
    """A title in the words that count: `kasi pemerintahan` for `Kepala Seksi Pemerintahan`."""
    plain = title.casefold()
    for found, meant in _WORDS:
        plain = re.sub(found, meant, plain)
    return " ".join(word for word in re.findall(r"[^\W_]+", plain) if word != "dan")


def role_of(title: str) -> Role:
    """The role of a post by the words of its title; whoever is no head is pelaksana."""
    plain = plain_title(title)
    return next((role for words, role in _ROLES if words.match(plain)), Role.PELAKSANA)


@dataclass(frozen=True)
class PostsOfOffice:
    """The posts that an office has, and how a printed title finds one of them."""

    posts: tuple[PostRow, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(post.title for post in self.posts)

    def find(self, printed: str) -> str | None:
        """The title of the one post that is meant for certain, None for none or several."""
        wanted = plain_title(printed)
        exact = {title for title, name in self._names() if name == wanted}
        alike = exact or {title for title, name in self._names() if fuzz.token_sort_ratio(name, wanted) >= _LIKENESS}
        return alike.pop() if len(alike) == 1 else None

    def likeliest(self, printed: str) -> str | None:
        """The title that comes nearest, None where none is near."""
        wanted = plain_title(printed)
        near = max(((fuzz.token_set_ratio(name, wanted), title) for title, name in self._names()), default=(0, ""))
        return near[1] if near[0] >= _LIKELY else None

    def by_subject(self, *texts: str) -> str | None:
        """The post whose title or section shares most words with these texts; None where no one stands out."""
        words = {word for text in texts for word in plain_title(text).split()} - _SMALL
        shared = sorted(((len(words & self._subject(post)), post.title) for post in self.posts), reverse=True)
        best, second = (*shared, (0, ""), (0, ""))[:2]
        return best[1] if best[0] > second[0] else None

    @property
    def head(self) -> str | None:
        """The Camat's post."""
        return next((post.title for post in self.posts if post.role is Role.CAMAT), None)

    @property
    def admin(self) -> str | None:
        """The post that looks after the plan."""
        return next((post.title for post in self.posts if post.is_admin), None)

    @property
    def only_planner(self) -> bool:
        """Whether the office has nobody to report but the post that looks after the plan: one that begins with a plan
        that names no posts."""
        return all(post.is_admin or post.role in (Role.CAMAT, Role.SEKRETARIS) for post in self.posts)

    def _names(self) -> Iterator[tuple[str, str]]:
        for post in self.posts:
            for name in (post.title, *post.former_titles):
                yield post.title, plain_title(name)

    def _subject(self, post: PostRow) -> set[str]:
        return set(plain_title(f"{post.title} {post.section}").split()) - _SMALL


def posts_from(titles: Iterable[str]) -> PostsOfOffice:
    """The posts of a new office, made of the headings of its plan; Camat and Kasubbag Perencanaan are always there."""
    printed = tuple(_once(titles))
    roles = {role_of(title) for title in printed}
    planners = [title for title in printed if role_of(title) is Role.KASUBBAG and _PLANNING.search(title.casefold())]
    missing = [
        *([] if Role.CAMAT in roles else [CAMAT]),
        *([] if Role.SEKRETARIS in roles else [SEKRETARIS]),
        *([] if planners else [ADMIN]),
    ]
    admin = planners[0] if planners else ADMIN
    every = sorted((*printed, *missing), key=lambda title: list(Role).index(role_of(title)))
    rows = [PostRow(title, role_of(title), None, _section(title), title == admin, unit=_unit(title)) for title in every]
    return PostsOfOffice(tuple(replace(row, superior=_superior(row, rows)) for row in rows))


def _once(titles: Iterable[str]) -> Iterator[str]:
    """Each post once, as it is printed first."""
    seen: set[str] = set()
    for title in titles:
        if plain_title(title) not in seen:
            seen.add(plain_title(title))
            yield title


def _section(title: str) -> str:
    match role_of(title):
        case Role.SEKRETARIS:
            return "Sekretariat"
        case Role.KASI:
            rest = re.sub(r"^(?:kepala\s+seksi|kasi|kepala)\s+", "", title, flags=re.IGNORECASE)
            return title if rest == title else f"Seksi {rest}"
        case _:
            return ""


def _unit(title: str) -> str:
    found = _KELURAHAN.search(title)
    return found.group() if found else ""


def _superior(row: PostRow, rows: Sequence[PostRow]) -> str | None:
    first = {role: next((one.title for one in rows if one.role is role), None) for role in Role}
    match row.role:
        case Role.CAMAT:
            return None if row.title == first[Role.CAMAT] else first[Role.CAMAT]
        case Role.KASUBBAG:
            return first[Role.SEKRETARIS]
        case Role.PELAKSANA:
            return _head_of_staff(row, rows) or first[Role.SEKRETARIS]
        case Role.SEKRETARIS | Role.KASI:
            return first[Role.CAMAT]


def _head_of_staff(row: PostRow, rows: Sequence[PostRow]) -> str | None:
    """The Kasi or Kasubbag whose subject a member of staff shares; who handles money is under the Kasubbag of it."""
    heads = tuple(one for one in rows if one.role in (Role.KASI, Role.KASUBBAG))
    if _MONEY.search(row.title.casefold()):
        handles_money = [one.title for one in heads if _MONEY.search(one.title.casefold())]
        return handles_money[0] if handles_money else None
    return PostsOfOffice(heads).by_subject(row.title)
