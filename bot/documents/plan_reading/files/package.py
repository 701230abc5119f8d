"""Files of Word and Excel since 2007: a zip of XML parts. Nothing is unpacked beyond what is read, nothing followed.

Their XML is read as a stream: a document type, with which entities could be defined, ends it, and so does a token that
does not end. The sizes that the zip claims are no promise, but zipfile reads no byte beyond them.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate

from bot.documents.plan_reading.source import PlanRefused

PARTS = 2_000
"""Files within a file; those of a large workbook are a few hundred."""
UNPACKED_BYTES = 200_000_000
"""Of all parts by the list of contents; pictures are counted and not read."""
PART_BYTES = 60_000_000
"""Of one part that is read: a sheet with as many cells as are taken has 15 MB."""
ELEMENTS = 1_500_000
"""Of one part: a sheet with as many cells as are taken has half of them, the rest may be coloured blanks. Tags that
begin or stand alone are counted."""
_CHUNK = 1 << 16
_SKIMMED_BYTES = 4_000_000
"""Of a part of which something is skimmed: it is held whole. A sheet of 400 rows has a twelfth of it."""
_LONGEST_TOKEN = 1_000_000
"""Bytes after which something in the XML must have ended."""
_IS_ENCRYPTED = 1
"""Bit of a part's flags (APPNOTE 4.4.4)."""

Started = Callable[[str, Mapping[str, str]], None]
Ended = Callable[[str], None]
Said = Callable[[str], None]


@dataclass(frozen=True)
class Skim:
    """What of a part may be taken without the parser, which knows every XML and takes its time. `take` gets the text
    between the tags `begin` and `end`, and returns how much of it it has taken; the parser reads on from there."""

    begin: bytes
    end: bytes
    take: Callable[[str], int]


@dataclass(frozen=True)
class Relationship:
    """What a part says it belongs with. `kind` is the last word of its type, `target` the name of a part, or an
    address outside where `is_external`."""

    kind: str
    target: str
    is_external: bool


class Package(AbstractContextManager["Package"]):
    """An open file. Everything raises PlanRefused for what is broken or too large."""

    def __init__(self, path: Path) -> None:
        try:
            self._archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise broken() from error
        self._parts = {info.filename.lower(): info for info in self._archive.infolist()}
        try:
            self._refuse()
        except PlanRefused:
            self._archive.close()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    @property
    def names(self) -> frozenset[str]:
        """The parts, in lower case: Office does not tell them apart by case."""
        return frozenset(self._parts)

    def text(self, name: str, most: int = 1_000_000) -> str:
        """The beginning of a part as text, for what is no XML or only searched."""
        with self._opened(name) as part:
            return self._read(part, most).decode("utf-8", "replace")

    def walk(self, name: str, started: Started, ended: Ended | None = None, said: Said | None = None) -> None:
        """Read the XML of a part; names come without their prefix."""
        names = LocalNames()
        self.walk_as_printed(
            name,
            lambda tag, attributes: started(names[tag], attributes),
            None if ended is None else lambda tag: ended(names[tag]),
            said,
        )

    def walk_as_printed(
        self,
        name: str,
        started: Started,
        ended: Ended | None = None,
        said: Said | None = None,
        skim: Skim | None = None,
    ) -> None:
        """The same with names as the part has them, without anything between the parser and who reads."""
        reader = _XmlReader(started, ended, said)
        with self._opened(name) as part:
            try:
                if skim is not None and self._parts[name.lower()].file_size <= _SKIMMED_BYTES:
                    reader.skim(self._read(part, _SKIMMED_BYTES), skim)
                while chunk := self._read(part, _CHUNK):
                    reader.feed(chunk)
                reader.end()
            except ExpatError as error:
                raise broken() from error

    def relationships(self, part: str = "") -> dict[str, Relationship]:
        """What a part, or the whole file, belongs with, by id."""
        folder, base = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{base}.rels")
        found: dict[str, Relationship] = {}
        if listing.lower() not in self._parts:
            return found

        def started(tag: str, attributes: Mapping[str, str]) -> None:
            if tag == "Relationship":
                is_external = attributes.get("TargetMode") == "External"
                target = attributes.get("Target", "")
                found[attributes.get("Id", "")] = Relationship(
                    attributes.get("Type", "").rpartition("/")[2],
                    target if is_external else _joined(folder, target),
                    is_external,
                )

        self.walk(listing, started)
        return found

    def all_relationships(self) -> Iterator[Relationship]:
        """Those of every part."""
        for name in self._parts:
            folder, base = posixpath.split(name)
            if posixpath.basename(folder) == "_rels" and base.endswith(".rels"):
                yield from self.relationships(
                    posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))
                ).values()

    def main_part(self) -> str:
        """The part with which reading begins; empty where the file names none."""
        return next((one.target for one in self.relationships().values() if one.kind == "officeDocument"), "")

    def _refuse(self) -> None:
        infos = self._archive.infolist()
        if len(infos) > PARTS or sum(info.file_size for info in infos) > UNPACKED_BYTES:
            raise too_much_inside()
        if any(info.flag_bits & _IS_ENCRYPTED for info in infos):
            raise locked()

    def _opened(self, name: str) -> IO[bytes]:
        info = self._parts.get(name.lower())
        if info is None:
            raise broken()
        if info.file_size > PART_BYTES:
            raise too_much_inside()
        try:
            return self._archive.open(info)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
            raise broken() from error

    @staticmethod
    def _read(part: IO[bytes], most: int) -> bytes:
        try:
            return part.read(most)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise broken() from error


class _XmlReader:
    """One pass over the XML of a part. Its parser knows nothing of it: of what hold each other, here with all the cells
    of a sheet, Python would find only later that nobody else holds them."""

    def __init__(self, started: Started, ended: Ended | None, said: Said | None) -> None:
        self._parser = parser = ParserCreate()
        self._encodings: list[str | None] = []
        """What the part declares."""
        parser.buffer_text = True
        parser.XmlDeclHandler = _heeding_encoding(self._encodings)
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = started
        parser.EndElementHandler = ended
        parser.CharacterDataHandler = said
        self._fed = self._begun = 0

    def feed(self, chunk: bytes) -> None:
        """Read on."""
        self._begun += chunk.count(b"<") - chunk.count(b"</")
        if self._begun > ELEMENTS:
            raise too_much_inside()
        self._parser.Parse(chunk, False)
        self._fed += len(chunk)
        if self._fed - self._parser.CurrentByteIndex > _LONGEST_TOKEN:
            raise too_much_inside()

    def end(self) -> None:
        """Nothing follows."""
        self._parser.Parse(b"", True)

    def skim(self, part: bytes, skim: Skim) -> None:
        """Read a whole part, without what is skimmed of it."""
        begin = part.find(skim.begin)
        inside = begin + len(skim.begin)
        end = part.find(skim.end, inside)
        rest = part
        # What only looks like a tag stands in a comment, a section of text or an instruction.
        if 0 <= begin <= end and b"<!" not in part[:begin] and part.count(b"<?", 0, begin) <= 1:
            self._feed_all(part[:inside])
            rest = self._not_taken(part[inside:end], skim) + part[end:]
        self._feed_all(rest)

    def _not_taken(self, inside: bytes, skim: Skim) -> bytes:
        if any(encoding and encoding.lower() != "utf-8" for encoding in self._encodings):
            return inside
        try:
            text = inside.decode()
        except UnicodeDecodeError:  # the parser says so in its own way
            return inside
        return text[skim.take(text) :].encode()

    def _feed_all(self, part: bytes) -> None:
        for start in range(0, len(part), _CHUNK):
            self.feed(part[start : start + _CHUNK])


def _heeding_encoding(encodings: list[str | None]) -> Callable[[str, str | None, int], None]:
    return lambda _version, encoding, _standalone: encodings.append(encoding)


class LocalNames(dict[str, str]):
    """Tags without their prefix; a part has only some of them, again and again."""

    def __missing__(self, tag: str) -> str:
        name = self[tag] = tag.rpartition(":")[2]
        return name


def _joined(folder: str, target: str) -> str:
    return posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))


def _refuse_doctype(*_: object) -> None:
    raise broken()


def broken() -> PlanRefused:
    """The refusal of a damaged file."""
    return PlanRefused("Berkas ini rusak atau tidak utuh, mohon buka di Word atau Excel lalu simpan ulang.")


def locked() -> PlanRefused:
    """The refusal of a file with a password."""
    return PlanRefused("Berkas ini dikunci kata sandi, mohon simpan ulang tanpa kata sandi lalu kirim lagi.")


def too_much_inside() -> PlanRefused:
    """The refusal of a file that unpacks to more than a plan can hold."""
    return PlanRefused("Isi berkas ini terlalu besar, mohon salin tabel rencana aksinya saja ke berkas baru.")


def linked() -> PlanRefused:
    """The refusal of a workbook with figures of other files: they are not followed, so nobody can say what they are."""
    return PlanRefused(
        "Berkas ini mengambil angka dari berkas lain, mohon putuskan tautannya (Data > Edit Links > Break Link)"
        " lalu kirim lagi."
    )
