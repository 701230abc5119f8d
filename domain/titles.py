"""What posts are called: with their kelurahan, and by what they were called before (domain.md 7)."""

from collections.abc import Iterable, Mapping

_KELURAHAN = "kelurahan "


def full_title(title: str, unit: str) -> str:
    """The title by which a post is known in the whole office: `Kasi Pemerintahan Kelurahan Bulak`.

    One that names its kelurahan already stays: `Lurah Bulak` of `Kelurahan Bulak`.
    """
    name = bare_unit(unit).casefold()
    return title if name in title.casefold() else f"{title} {unit}"


def bare_unit(unit: str) -> str:
    """`Bulak` of `Kelurahan Bulak`."""
    return unit[len(_KELURAHAN) :] if unit.casefold().startswith(_KELURAHAN) else unit


def renamed(former: Iterable[str], old: str, new: str) -> tuple[str, ...]:
    """The former titles of a post that was called `old` and is called `new` from now on, the newest last."""
    return tuple(title for title in dict.fromkeys((*former, old)) if title != new)


def by_title(titles: Mapping[int, str], former: Mapping[int, Iterable[str]]) -> dict[str, int]:
    """Which post a title means: what it is called now goes before what another one was called once."""
    once = {title: post_id for post_id, titles_before in former.items() for title in titles_before}
    return {**once, **{title: post_id for post_id, title in titles.items()}}
