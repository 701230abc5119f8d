"""A stream out of a compound file, the form of Office files before 2007 ([MS-CFB])."""

import struct
from collections.abc import Callable, Iterator, Sequence

from bot.documents.plan_reading.files.package import broken

_FREE = 0xFFFFFFFA
"""Sector numbers from here on end a chain or mark what is no sector (2.1)."""
_HEADER_SECTORS = 109
_ENTRY = 128
_MINI_SECTOR = 64


def stream_of(data: bytes, names: Sequence[str]) -> bytes:
    """The content of the first stream with one of the names. Raises PlanRefused where there is none."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        raise broken()
    table = _table(data, size)
    first_directory, cutoff, first_mini = (struct.unpack_from("<I", data, at)[0] for at in (48, 56, 60))
    directory = b"".join(_chain(data, table, first_directory, size))
    root = _entry(directory, lambda name, kind: kind == 5)
    begin, length = _entry(directory, lambda name, kind: kind == 2 and name in names)
    if length >= cutoff:
        return b"".join(_chain(data, table, begin, size))[:length]
    mini_table = _numbers(b"".join(_chain(data, table, first_mini, size)))
    minis = b"".join(_chain(data, table, root[0], size))
    pieces = [minis[at * _MINI_SECTOR : (at + 1) * _MINI_SECTOR] for at in _followed(mini_table, begin)]
    return b"".join(pieces)[:length]


def _table(data: bytes, size: int) -> tuple[int, ...]:
    """Which sector follows which."""
    sectors = list(struct.unpack_from(f"<{_HEADER_SECTORS}I", data, 76))
    more = struct.unpack_from("<I", data, 68)[0]
    for _ in range(len(data) // size):
        if more >= _FREE:
            break
        numbers = _numbers(_sector(data, more, size))
        sectors.extend(numbers[:-1])
        more = numbers[-1]
    return _numbers(b"".join(_sector(data, at, size) for at in sectors if at < _FREE))


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _sector(data: bytes, number: int, size: int) -> bytes:
    return data[(number + 1) * size : (number + 2) * size]


def _chain(data: bytes, table: Sequence[int], first: int, size: int) -> Iterator[bytes]:
    for number in _followed(table, first):
        yield _sector(data, number, size)


def _followed(table: Sequence[int], first: int) -> Iterator[int]:
    """The sectors of a chain, which is never longer than there are sectors."""
    number = first
    for _ in range(len(table) + 1):
        if number >= _FREE:
            return
        yield number
        if number >= len(table):
            raise broken()
        number = table[number]
    raise broken()


def _entry(directory: bytes, wanted: Callable[[str, int], bool]) -> tuple[int, int]:
    """The first sector and the length of the first entry that is wanted."""
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        entry = directory[at : at + _ENTRY]
        length = min(64, max(2, struct.unpack_from("<H", entry, 64)[0]))
        name = entry[: length - 2].decode("utf-16-le", "replace")
        if wanted(name, entry[66]):
            begin, size = struct.unpack_from("<II", entry, 116)
            return begin, size
    raise broken()
