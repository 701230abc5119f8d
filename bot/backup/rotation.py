"""Which nightly backups are kept: the newest of each of the last 7 days, 4 weeks and 12 months that have one."""

import contextlib
import re
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.backup.archive import BESIDE, Backup, Unusable
from bot.backup.making import UNFINISHED

DAYS, WEEKS, MONTHS = 7, 4, 12
_NAME = re.compile(r"renaksi-(\d{4}-\d{2}-\d{2})T(\d{4})\.zip")
_STALE = timedelta(days=1)
"""After how long what was begun and is not whole is no longer being written."""


def name_of(moment: datetime) -> str:
    """`renaksi-2026-11-22T0200.zip`, by the machine's local time."""
    return f"renaksi-{moment:%Y-%m-%dT%H%M}.zip"


def nightly(folder: Path) -> dict[str, datetime]:
    """The nightly backups of a folder, by name, with the local moment that the name tells."""
    found = ((path.name, _NAME.fullmatch(path.name)) for path in folder.glob("renaksi-*.zip"))
    return {name: datetime.strptime(f"{at[1]}{at[2]}", "%Y-%m-%d%H%M") for name, at in found if at}  # noqa: DTZ007


def kept(moments: Collection[datetime]) -> set[datetime]:
    """Those of the moments whose backups stay."""
    newest_first = sorted(moments, reverse=True)
    return (
        _newest_of_each(newest_first, DAYS, datetime.date)
        | _newest_of_each(newest_first, WEEKS, _week)
        | _newest_of_each(newest_first, MONTHS, lambda one: (one.year, one.month))
    )


def _week(moment: datetime) -> tuple[int, int]:
    year, week, _day = moment.isocalendar()
    return year, week


def _newest_of_each(
    newest_first: Iterable[datetime], number: int, span: Callable[[datetime], date | tuple[int, int]]
) -> set[datetime]:
    found: dict[Any, datetime] = {}
    for moment in newest_first:
        found.setdefault(span(moment), moment)
    return set(list(found.values())[:number])


def rotate(folder: Path, now: datetime) -> list[str]:
    """Delete what is not kept any more, after a new backup is whole; return the names of the backups that went."""
    have = nightly(folder)
    stay = kept(have.values())
    gone = sorted(name for name, moment in have.items() if moment not in stay)
    for name in gone:
        (folder / name).unlink(missing_ok=True)
    _clear_unfinished(folder, now)
    _clear_evidence(folder)
    return gone


def _clear_unfinished(folder: Path, now: datetime) -> None:
    for path in folder.glob(f"{UNFINISHED}*"):
        with contextlib.suppress(FileNotFoundError):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < now - _STALE:
                path.unlink()


def _clear_evidence(folder: Path) -> None:
    """Delete evidence that no backup names any more; nothing where one of them cannot be read."""
    named: set[str] = set()
    for path in folder.glob("*.zip"):
        try:
            with Backup(path) as backup:
                named.update(backup.manifest.evidence)
        except Unusable:
            return
    for path in folder.glob(f"{BESIDE}/[0-9a-f][0-9a-f]/*"):
        if path.name not in named:
            path.unlink(missing_ok=True)
