"""One section of the office with all its indicators, from its duties (domain.md 1 rule 3 and 2.1)."""

from collections.abc import Sequence
from datetime import date

from domain.indicator_figures import indicator_figures, not_due
from domain.judged import Judged, average_of, average_word, checked_of, closed_period, coverage_of, judge
from domain.office import Office
from domain.openings import Duty
from domain.roles import section_names
from domain.summary import Coverage, SectionDetail


def section_detail(
    name: str, section: str, duties: Sequence[Duty], today: date, office: Office
) -> SectionDetail | None:
    """A section on that day, None for one of which no period has ended yet.

    `name` is the office's and `duties` are all of it: the section is judged by the same plan, and its mean is the same,
    as in the summary of the office. Indicators come in the order of the plan; services are only counted.
    """
    names = section_names(office.posts.values())
    judged = {one.duty.id: one for one in judge(duties, today) if names[one.duty.post_id] == section}
    if not judged:
        return None
    year = next(iter(judged.values())).duty.measure.year
    own = [duty for duty in duties if names[duty.post_id] == section and duty.measure.year == year and not duty.service]
    average = average_of(tuple(judged.values()), office.rules.cap)
    return SectionDetail(
        office=name,
        section=section,
        period=closed_period(tuple(judged.values())),
        coverage=coverage_of(average, tuple(judged.values())),
        mean=average.value,
        predicate=average_word(tuple(judged.values()), average, office.rules.rating),
        indicators=tuple(
            indicator_figures(judged[duty.id], office.rules.rating) if duty.id in judged else not_due(duty)
            for duty in own
        ),
        provisional=not checked_of(judged.values()).is_verified,
        sample=any(one.sampled for one in judged.values()),
        scale=office.rules.scale,
        services=_services(tuple(judged.values())),
    )


def _services(judged: Sequence[Judged]) -> Coverage:
    """How many services there are, and of how many nothing is missing so far."""
    complete = [not one.figure.provisional for one in judged if one.duty.service]
    return Coverage(due=len(complete), reported=sum(complete), computable=0)
