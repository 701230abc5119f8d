"""Reading the sheets `Kantor`, `Jabatan` and `Pegawai` of an office workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from types import MappingProxyType

from bot.documents.workbook_cells import Complaints, Row, shortened
from bot.documents.workbook_layout import (
    CAPACITIES,
    FLAGS,
    FORMER_SIGN,
    ONLY_PLAN,
    REQUIRED_KEYS,
    ROLES,
    WORKDAYS,
    OfficeKey,
    Sheet,
    listed,
    normal,
)
from domain.absence import Holding
from domain.appointments import overlaps
from domain.periods import Period, PeriodKind
from domain.plan import Capacity, DayOffRow, PersonRow, PostRow, Role
from domain.refusals import BadSetting
from domain.titles import full_title
from domain.zones import Zone
from handlers.period_words import read_period
from handlers.texts.refusals import refusal

_YEARS = range(2000, 2100)


@dataclass(frozen=True)
class OfficeFacts:
    """What the sheet `Kantor` says."""

    name: str
    kabupaten: str
    year: int
    zone: str
    """IANA name."""
    document: str
    reason: str
    workdays: int
    begins: Period | None
    only_plan: bool
    own_days: tuple[DayOffRow, ...]


class Titles:
    """The titles of the office's posts, found in any case and spacing; `former` are other names of some of them."""

    def __init__(self, titles: Sequence[str], former: Mapping[str, str] = MappingProxyType({})) -> None:
        self._by_word = {normal(title): title for title in titles}
        self._former = {normal(old): title for old, title in former.items()}

    def __len__(self) -> int:
        return len(self._by_word)

    @property
    def all(self) -> tuple[str, ...]:
        return tuple(self._by_word.values())

    def find(self, written: str) -> str | None:
        return self._by_word.get(normal(written)) or self._former.get(normal(written))

    def of(self, row: Row, header: str, *, required: bool = False) -> str | None:
        """The title in a cell; None for a blank cell, and with a complaint for an unknown one."""
        written = row.line(header, required=required)
        if not written:
            return None
        title = self.find(written)
        if title is None and self._by_word:
            row.complain(header, f'Jabatan "{shortened(written)}" tidak ada di lembar Jabatan{self._hint(written)}.')
        return title

    def _hint(self, written: str) -> str:
        near = get_close_matches(normal(written), self._by_word, n=1)
        return f', mungkin maksudnya "{self._by_word[near[0]]}"' if near else ", mohon tambahkan dahulu di sana"


# --- Kantor -----------------------------------------------------------------------------------------------------


def read_office(rows: Sequence[Row], complaints: Complaints) -> OfficeFacts:
    """The facts of the office. What is missing is complained about and stands in blank, never guessed."""
    found: dict[OfficeKey, Row] = {}
    own_days: list[DayOffRow] = []
    for row in rows:
        key = _key(row)
        if key is OfficeKey.OWN_DAY:
            own_days.extend(DayOffRow(day) for day in [row.day("Isi")] if day)
        elif key in found:
            row.complain("Isian", f'Isian "{key}" ada dua kali, mohon hapus salah satu.')
        elif key is not None:
            found[key] = row
    for key in REQUIRED_KEYS:
        if key not in found:
            complaints.add(Sheet.OFFICE, f'Isian "{key}" tidak ada, mohon tambahkan di kolom Isian beserta isinya.')
    year = _year(found.get(OfficeKey.YEAR))
    return OfficeFacts(
        name=_line(found, OfficeKey.NAME),
        kabupaten=_line(found, OfficeKey.KABUPATEN),
        year=year,
        zone=_zone(found.get(OfficeKey.ZONE)),
        document=_line(found, OfficeKey.DOCUMENT),
        reason=_line(found, OfficeKey.REASON),
        workdays=_workdays(found.get(OfficeKey.WORKDAYS)),
        begins=_begins(found.get(OfficeKey.BEGINS), year),
        only_plan=_only_plan(found.get(OfficeKey.SCOPE)),
        own_days=tuple(own_days),
    )


def _only_plan(row: Row | None) -> bool:
    written = "" if row is None else row.line("Isi")
    if row is not None and written and normal(written) != ONLY_PLAN:
        row.complain("Isi", f'Isi "{ONLY_PLAN}" bila berkas ini hanya memuat rencana; kosongkan bila seluruh kantor.')
    return normal(written) == ONLY_PLAN


def read_days_off(rows: Sequence[Row], of_office: Sequence[DayOffRow]) -> tuple[DayOffRow, ...]:
    """The office's own days off: those of the sheet `Libur`, then those that only the sheet `Kantor` names.

    A day that stands twice in `Libur` is complained about.
    """
    found: dict[date, DayOffRow] = {}
    for row in rows:
        day, note = row.day("Tanggal", required=True), row.line("Nama")
        if day in found:
            row.complain("Tanggal", "Tanggal ini sudah ada di baris lain, mohon hapus salah satu.")
        elif day is not None:
            found[day] = DayOffRow(day, note)
    return (*found.values(), *(one for one in of_office if one.day not in found))


def _key(row: Row) -> OfficeKey | None:
    written = row.line("Isian", required=True)
    key = next((key for key in OfficeKey if normal(key) == normal(written)), None)
    if key is None and written:
        row.complain("Isian", f'Isian "{shortened(written)}" tidak dikenal, mohon pakai {listed(OfficeKey)}.')
    return key


def _line(found: Mapping[OfficeKey, Row], key: OfficeKey) -> str:
    is_known = key is OfficeKey.KABUPATEN and OfficeKey.SCOPE in found  # a mere plan changes nothing about its office
    return found[key].line("Isi", required=key in REQUIRED_KEYS and not is_known) if key in found else ""


def _year(row: Row | None) -> int:
    if row is None:
        return _YEARS[0]
    year = row.number("Isi", required=True)
    if year is None:
        return _YEARS[0]
    if year not in _YEARS:
        row.complain("Isi", "Tahun mohon ditulis dengan empat angka, misalnya 2022.")
        return _YEARS[0]
    return int(year)


def _zone(row: Row | None) -> str:
    written = row.line("Isi", required=True) if row else ""
    if row is None or not written:
        return Zone.WIB.value
    try:
        return Zone.of(written).value
    except BadSetting as refused:
        row.complain("Isi", refusal(refused))
        return Zone.WIB.value


def _workdays(row: Row | None) -> int:
    days = row.number("Isi") if row else None
    if row is None or days is None:
        return WORKDAYS[0]
    if days not in WORKDAYS:
        row.complain("Isi", "Hari kerja mohon diisi dengan 5 atau 6 hari seminggu.")
        return WORKDAYS[0]
    return int(days)


def _begins(row: Row | None, year: int) -> Period | None:
    """The month from which the office reports with the program: `2022-06`, `Jun`, `Juni 2022`."""
    written = "" if row is None else row.line("Isi")
    if row is None or not written:
        return None
    month = read_period(written, lambda of_year: of_year(year))
    if month is None or month.kind is not PeriodKind.MONTH:
        row.complain("Isi", f'"{shortened(written)}" bukan bulan, mohon tulis seperti {year}-06.')
        return None
    return month


# --- Jabatan ----------------------------------------------------------------------------------------------------


def read_titles(rows: Sequence[Row]) -> Titles:
    """The titles of all posts, each with its kelurahan; one that stands twice is complained about."""
    seen: dict[str, str] = {}
    former: dict[str, str] = {}
    for row in rows:
        title = _title(row, required=True)
        former.update((old, title) for old in _former_titles(row))
        if normal(title) in seen:
            row.complain("Jabatan", f'Jabatan "{shortened(title)}" ada dua kali, mohon bedakan namanya.')
        elif title:
            seen[normal(title)] = title
    return Titles(tuple(seen.values()), former)


def _title(row: Row, *, required: bool = False) -> str:
    """`Kasi Pemerintahan Kelurahan Bulak`, where the row names the kelurahan apart."""
    title = row.line("Jabatan", required=required)
    return full_title(title, row.line("Unit")) if title else ""


def _former_titles(row: Row) -> tuple[str, ...]:
    parts = (part.strip() for part in row.line("Nama lama").split(FORMER_SIGN.strip()))
    return tuple(dict.fromkeys(part for part in parts if part))


def read_posts(rows: Sequence[Row], titles: Titles, complaints: Complaints) -> tuple[PostRow, ...]:
    """The posts, each with a superior of the same sheet but the one camat."""
    posts = tuple(_post(row, titles) for row in rows)
    if not posts:
        complaints.add(Sheet.POSTS, "Belum ada jabatan, mohon isi satu baris untuk setiap jabatan.")
    elif sum(post.role is Role.CAMAT for post in posts) != 1:
        complaints.add(Sheet.POSTS, 'Mohon isi Peran "camat" pada tepat satu jabatan.')
    _complain_about_circles(posts, rows)
    return posts


def _post(row: Row, titles: Titles) -> PostRow:
    role = row.choice("Peran", ROLES, Role.PELAKSANA, required=True)
    superior = titles.of(row, "Atasan", required=role is not Role.CAMAT)
    if role is Role.CAMAT and superior is not None:
        row.complain("Atasan", "Camat tidak mempunyai atasan di kantor ini, mohon kosongkan.")
    return PostRow(
        title=_title(row),
        role=role,
        superior=superior,
        section=row.line("Seksi"),
        is_admin=row.choice("Admin", FLAGS, default=False),
        place=row.place,
        unit=row.line("Unit"),
        former_titles=_former_titles(row),
        ended=row.day("Berakhir"),
    )


def _complain_about_circles(posts: Sequence[PostRow], rows: Sequence[Row]) -> None:
    superiors = {post.title: post.superior for post in posts}
    for post, row in zip(posts, rows, strict=True):
        above, steps = post.superior, 0
        while above is not None and above != post.title and steps <= len(posts):
            above, steps = superiors.get(above), steps + 1
        if above == post.title:
            text = f'"{shortened(post.title)}" menjadi atasan dirinya sendiri, mohon periksa kolom Atasan.'
            row.complain("Atasan", text)


# --- Pegawai ----------------------------------------------------------------------------------------------------


def read_people(rows: Sequence[Row], titles: Titles) -> tuple[PersonRow, ...]:
    """The people, each in a post of the office; two who hold one in their own right on a day are complained about."""
    people = tuple(_person(row, titles) for row in rows)
    for at, (person, row) in enumerate(zip(people, rows, strict=True)):
        if any(_hold_together(person, other) for other in people[:at]):
            text = (
                f'"{shortened(person.post)}" dipegang dua orang pada waktu yang sama, mohon isi Sampai bagi yang lama.'
            )
            row.complain("Jabatan", text)
    return people


def _hold_together(one: PersonRow, other: PersonRow) -> bool:
    both = one.capacity is Capacity.DEFINITIF and other.capacity is Capacity.DEFINITIF
    if not both or not one.post or one.post != other.post or one.name == other.name:
        return False
    return overlaps(_holding(one), _holding(other))


def _holding(person: PersonRow) -> Holding:
    return Holding(0, 0, person.since or date.min, person.until)


def _person(row: Row, titles: Titles) -> PersonRow:
    return PersonRow(
        name=row.line("Nama", required=True),
        post=titles.of(row, "Jabatan", required=True) or "",
        salutation=row.line("Sapaan"),
        phone=_phone(row),
        capacity=row.choice("Status", CAPACITIES, Capacity.DEFINITIF),
        since=row.day("Sejak"),
        place=row.place,
        until=_until(row),
    )


def _until(row: Row) -> date | None:
    """The last day in a post, which is not before the first."""
    first, last = row.day("Sejak"), row.day("Sampai")
    if first is not None and last is not None and last < first:
        row.complain("Sampai", "Hari terakhir sebelum hari pertama (Sejak), mohon periksa keduanya.")
    return last


def _phone(row: Row) -> str:
    """E.164, in whatever form it was written; empty for none."""
    from handlers.phones import read_phone

    written = row.line("Nomor telepon")
    phone = read_phone(written) if written else ""
    if phone is None:
        row.complain("Nomor telepon", "Nomor telepon tidak lengkap, mohon tulis seperti +62812xxxxxxxx.")
    return phone or ""
