"""Verified figures that are replaced: who checks them again, and how they learn of it, old and new side by side."""

from collections.abc import Callable, Sequence

from domain.checking import Given
from domain.standing import Standing
from handlers import history
from handlers.commands import submit_all, tell
from handlers.messages import Notice, Option
from handlers.texts import correction as texts
from handlers.texts.doubts import unusual
from handlers.texts.formats import amount
from handlers.texts.formats import person as addressed
from storage.desk import Desk
from storage.evidence import NewEvidence
from storage.reports import NewReport


def names(people: Sequence[int], desk: Desk) -> list[str]:
    """`Bu Dewi Lestari`: people of the office as they are called."""
    known = (desk.people.get(person_id) for person_id in people)
    return [addressed(person.name, person.salutation) for person in known if person is not None]


def checkers_of(given: Given, desk: Desk) -> tuple[int, ...]:
    """Who checks a figure again that was verified: whoever did, as long as it is theirs to verify, else who does."""
    chain, last = desk.checking.chain, _verifier(given)
    acting = dict.fromkeys(chain.acting[post_id] for post_id in chain.verifiers(given) if post_id in chain.acting)
    able = tuple(person_id for person_id in acting if person_id != desk.person_id)
    return (last,) if last is not None and last in able else able


def told_about(old: Given, new: Given, desk: Desk) -> tuple[int, ...]:
    """Who learns that a verified figure was replaced: the superior who sees the new one first, as long as it waits for
    him, else who checks it again."""
    chain = desk.checking.chain
    first = chain.first(new)
    if first is None or not chain.waits(new, ()):
        return checkers_of(old, desk)
    return (chain.acting[first],)


def _verifier(given: Given) -> int | None:
    decided = given.last(Standing.VERIFIED)
    return None if decided is None else decided.person_id


def verified_among(reports: Sequence[NewReport], desk: Desk) -> tuple[Given, ...]:
    """The verified figures that these reports are about to replace by others."""
    standing = {duty.id: duty for duty in desk.duties}
    wanted = {
        (one.indicator_id, one.period): one.value
        for one in reports
        if one.indicator_id in standing and standing[one.indicator_id].standing(one.period).is_verified
    }
    found = desk.checking.all_of(wanted) if wanted else {}
    return tuple(given for key, given in found.items() if given.value != wanted[key])


def tell_checkers(replaced: Sequence[Given], desk: Desk) -> tuple[int, ...]:
    """Tell whoever looks at them next what became of verified figures; return who was told, each once."""
    told: dict[int, None] = {}
    for old in replaced:
        new = desk.checking.of(old.duty.id, old.period)
        if new is None:
            continue
        for person_id in told_about(old, new, desk):
            if tell(
                desk, person_id, f"corrected:{desk.office_id}:{new.report_id}:{person_id}", _notice(old, new, desk)
            ):
                told[person_id] = None
    return tuple(told)


def _notice(old: Given, new: Given, desk: Desk) -> Notice:
    who, duty = addressed(desk.person.name, desk.person.salutation), new.duty
    return Notice(
        name="corrected",
        params=(
            who,
            texts.figure_name(duty, new.period),
            amount(old.value, duty.unit),
            amount(new.value, duty.unit),
            new.reason,
        ),
        text=texts.told_checker(who, duty, new.period, old.value, new.value, new.reason, unusual(new.confirmed_doubt)),
        options=(
            Option(key="!verifikasi", label=texts.VERIFY),
            Option(key=history.button_key(duty.id), label=texts.HISTORY),
        ),
    )


def submit_and_tell(reports: tuple[NewReport, ...], evidence: tuple[NewEvidence, ...]) -> Callable[[Desk], None]:
    """Record the values of a sitting with what supports them; whoever verified what they replace is told."""

    def carry_out(desk: Desk) -> None:
        replaced = verified_among(reports, desk)
        submit_all(reports, evidence)(desk)
        tell_checkers(replaced, desk)

    return carry_out
