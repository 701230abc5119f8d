"""From what was understood of a plan file to the plan of an office, one that exists or a new one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.documents.plan_reading.judged import reading_questions as ask
from bot.documents.plan_reading.judged.office_posts import PostsOfOffice, posts_from
from bot.documents.plan_reading.judged.understood import PlanReading, ReadIndicator
from bot.documents.plan_reading.source import PlanRefused
from domain.modes import Rhythm
from domain.periods import PeriodKind
from domain.plan import About, IndicatorRow, Level, OfficePlan, OpenQuestion, PostRow
from domain.units import UnitGroup, unit_group
from domain.zones import zone_of_province

_OF_HEAD = frozenset({Level.TUJUAN, Level.SASARAN})
"""Rungs that are the Camat's where the plan names nobody."""
_RHYTHMS = {
    PeriodKind.MONTH: Rhythm.MONTHLY,
    PeriodKind.QUARTER: Rhythm.QUARTERLY,
    PeriodKind.YEAR: Rhythm.QUARTERLY,
}
"""A plan with targets of years only is reported by the quarter."""


@dataclass(frozen=True)
class OfficeToLoad:
    """Into which office a plan goes. `posts` are those that it has, none for a new one; `zone` is an IANA name."""

    name: str
    zone: str
    kabupaten: str = ""
    posts: tuple[PostRow, ...] = ()


def likely_zone(reading: PlanReading) -> str | None:
    """The zone of the province that a plan names, None where it names none."""
    for words in (reading.kabupaten or "", *reading.title.splitlines()):
        for place in (words, words.casefold().rpartition("provinsi ")[2]):
            try:
                return zone_of_province(place)
            except ValueError:
                continue
    return None


def as_plan(reading: PlanReading, office: OfficeToLoad, year: int | None = None) -> OfficePlan:
    """The plan of an office. What the reading leaves open stays open; so does who reports, where nobody certain does.

    Raises PlanRefused where no year is printed and none is given, or another one is given.
    """
    printed = reading.year
    if printed is None or (year is not None and year != printed):
        wanted = "tidak tercetak" if printed is None else f"{printed}, bukan {year}"
        raise PlanRefused(f"Tahun rencana pada berkas itu {wanted}.")
    owners = _Owners(reading, office)
    indicators = tuple(_row(one, owners) for one in reading.indicators)
    return OfficePlan(
        office=office.name,
        kabupaten=office.kabupaten or reading.kabupaten or "",
        year=printed,
        zone=office.zone,
        posts=owners.posts.posts,
        people=(),
        indicators=indicators,
        questions=tuple(_questions(reading, owners)),
        only_plan=True,
        printed=reading.fingerprint,
    )


class _Owners:
    """Who reports each indicator: the post that the plan names, found among those of the office."""

    def __init__(self, reading: PlanReading, office: OfficeToLoad) -> None:
        printed = (*reading.posts, *(one.post for one in reading.indicators if one.post))
        self.posts = PostsOfOffice(office.posts) if office.posts else posts_from(printed)
        self._has_one_only = not printed and self.posts.only_planner
        self._asked = {question.indicator for question in reading.questions if question.about is About.OWNER}

    def of(self, one: ReadIndicator) -> str | None:
        """The title of the post, None where it must be asked."""
        if one.code in self._asked:
            return None
        if one.post is not None:
            return self.posts.find(one.post)
        if one.level in _OF_HEAD:
            return self.posts.head
        return self.posts.admin if self._has_one_only else None

    def proposal(self, one: ReadIndicator) -> str:
        """The likeliest post, empty for none."""
        if one.post is not None:
            return self.posts.likeliest(one.post) or ""
        return self.posts.by_subject(one.name or "", *one.path.values()) or self.posts.admin or ""


def _row(one: ReadIndicator, owners: _Owners) -> IndicatorRow:
    low, high = _bounds(one)
    return IndicatorRow(
        code=one.code,
        name=one.name,
        unit=one.unit,
        level=one.level,
        path=one.path,
        post=owners.of(one),
        rhythm=_RHYTHMS[one.periods[0].kind] if one.periods else Rhythm.QUARTERLY,
        targets={} if one.is_yearly else one.targets,
        annual_target=one.annual,
        mode=one.mode,
        confidence=one.confidence,
        low=low,
        high=high,
        budget=one.budget,
        note=one.note,
        context=one.is_context,
        place=one.place.words(),
    )


def _bounds(one: ReadIndicator) -> tuple[Decimal, Decimal | None]:
    """The least and greatest value that make sense: 0 to 100 for percentages, 0 to 100 or 5 for an index."""
    printed = [*one.likely.values(), *([] if one.annual is None else [one.annual])]
    match unit_group(one.unit, one.name or ""):
        case UnitGroup.PCT:
            return Decimal(0), Decimal(100)
        case UnitGroup.INDEX:
            return Decimal(0), Decimal(5 if printed and max(printed) <= 5 else 100)
        case _:
            return Decimal(0), None


def _questions(reading: PlanReading, owners: _Owners) -> Iterator[OpenQuestion]:
    """What the reading leaves open, with the posts of the office to choose from, and who reports where that is open."""
    by_code = reading.by_code
    asked_owner: set[str] = set()
    for question in reading.questions:
        if question.about is About.OWNER:
            asked_owner.add(question.indicator)
            yield _with_titles(question, by_code, owners)
        else:
            yield question
    for one in reading.reported:
        if one.code not in asked_owner and owners.of(one) is None:
            why = f'Rencana menyebut "{one.post}".' if one.post else ""
            yield ask.owner_question(one.code, owners.posts.titles, owners.proposal(one), one.place, why)


def _with_titles(question: OpenQuestion, by_code: Mapping[str, ReadIndicator], owners: _Owners) -> OpenQuestion:
    printed = question.proposal and (owners.posts.find(question.proposal) or owners.posts.likeliest(question.proposal))
    proposal = printed or owners.proposal(by_code[question.indicator])
    first = (proposal,) if proposal else ()
    return replace(question, proposal=proposal, options=tuple(dict.fromkeys((*first, *owners.posts.titles))))
