""" "data saya": what is held of a person, a copy of it, and the request that it be erased, which somebody else decides.

What goes and what stays is `storage.personal_columns`; camat and admins decide, never about themselves, and never
while somebody holds a post.
"""

from collections.abc import Mapping
from typing import Any

from domain.zones import local
from handlers.commands import tell
from handlers.keepers import keeper_of, keepers_but
from handlers.messages import BUTTON_LABEL, ROWS, Choose, File, Notice, Option, Outgoing, Say, Worked
from handlers.occasions import Unasked
from handlers.phones import shown_phone
from handlers.texts import my_data as texts
from handlers.texts.formats import person as addressed
from handlers.texts.formats import shortened
from storage.desk import Desk
from storage.erasure import AlreadyErased, StillServing
from storage.mentions import ERASED
from storage.privacy import ErasureCard, RequestDecided

ERASURE = "erasure"
"""The kind of occasion of this file."""
COPY = "personal copy"
"""The kind of job that makes a copy."""
_OWN = frozenset({"saya", "salinan", "hapus", "batal"})
_OF_ANOTHER = "pegawai"


def takes(words: str) -> bool:
    """Whether words after "data" are meant for it: "data belum ada" is the answer to a question."""
    return words.casefold() in _OWN or words.casefold().split()[:1] == [_OF_ANOTHER]


def start(desk: Desk, words: str = "") -> Outgoing:
    """ "data": what is held of the person; behind it what they want of it, or of whom."""
    word, _, of = words.partition(":") if ":" in words else words.partition(" ")
    match word.casefold():
        case "salinan":
            return _copy(desk)
        case "hapus":
            return _ask(desk)
        case "batal":
            return Say(text=texts.WITHDRAWN if desk.privacy.withdraw() else texts.NOTHING_WAITS)
        case "minta" | "lihat" | "pasti" | "setuju" | "tolak" | "pegawai" if keeper_of(desk) is None:
            return Say(text=texts.NOT_YOURS)
        case "pegawai":
            return _find(desk, of)
        case "minta":
            return _next_request(desk)
        case "lihat" | "setuju" | "pasti" | "tolak" if _number(of) in desk.people:
            return _about(desk, word.casefold(), _number(of))
        case _:
            return _overview(desk)


def _number(words: str) -> int:
    """The id behind a button; 0 for anything else."""
    return int(words) if words.isdecimal() and len(words) < 19 else 0


# --- one's own ------------------------------------------------------------------------------------------------------


def _overview(desk: Desk) -> Outgoing:
    held = desk.privacy.holdings(desk.person.id)
    counts = (
        ("laporan", held.reports),
        ("pemeriksaan", held.reviews),
        ("catatan", held.notes),
        ("bukti", held.evidence),
        ("catatan kegiatan", held.entries),
    )
    name = addressed(desk.person.name, desk.person.salutation)
    posts = [one.post.title for one in desk.held_posts]
    months = desk.office.rules.keeping.messages
    text = texts.overview(name, shown_phone(held.phone), held.channels, posts, counts, months)
    asked = desk.privacy.open_of(desk.person.id) is not None
    options = [Option(key="!data:salinan", label=texts.COPY)]
    if asked:
        text = texts.with_request(text, _deciders(desk, desk.person.id))
        options.append(Option(key="!data:batal", label=texts.WITHDRAW))
    else:
        options.append(Option(key="!data:hapus", label=texts.ASK))
    waiting = len(_waiting(desk))
    if waiting:
        text = texts.with_waiting(text, waiting)
        options.append(Option(key="!data:minta", label=texts.SHOW))
    return Choose(title=texts.TITLE, text=text, options=tuple(options))


def _copy(desk: Desk) -> Outgoing:
    desk.privacy.note_copy()
    details = {"office": desk.office_id, "person": desk.person.id, "at": desk.now.isoformat()}
    desk.begin_job(COPY, details)
    return Say(text=texts.COPYING)


def copied(_desk: Desk, said: Worked) -> Outgoing:
    """The copy that was asked for, or that it could not be made."""
    ref = str(said.result.get("ref", ""))
    return File(ref=ref, name=texts.COPY_NAME, caption=texts.COPIED) if ref else Say(text=texts.COPY_FAILED)


def _ask(desk: Desk) -> Outgoing:
    desk.privacy.ask()
    posts = [one.post.title for one in desk.held_posts] if desk.privacy.is_serving(desk.person.id) else []
    option = Option(key="!data:batal", label=texts.WITHDRAW)
    return Choose(text=texts.asked(_deciders(desk, desk.person.id), posts), options=(option,))


def _deciders(desk: Desk, person_id: int) -> list[str]:
    return [_name(desk, one) for one in keepers_but(desk, person_id)]


# --- asking who decides ---------------------------------------------------------------------------------------------


def due(desk: Desk) -> tuple[Unasked, ...]:
    """Every request that waits, to everybody who is asked about it: at once, and again when the person has left."""
    return tuple(
        Unasked(decider, _key(card, decider, serving=serving), _occasion(card, serving=serving))
        for card in desk.privacy.open()
        for serving in (desk.privacy.is_serving(card.person_id),)
        for decider in keepers_but(desk, card.person_id)
    )


def _key(card: ErasureCard, decider: int, *, serving: bool) -> str:
    return f"erasure:{card.id}:{decider}{':serving' if serving else ''}"


def _occasion(card: ErasureCard, *, serving: bool) -> dict[str, Any]:
    return {"kind": ERASURE, "request": card.id, "serving": serving}


def compose(desk: Desk, occasion: Mapping[str, Any]) -> Notice | None:
    """What a decider is asked; None where it was decided or withdrawn meanwhile, or the person has left since."""
    card = desk.privacy.get(occasion["request"])
    if card is None or card.decision or keeper_of(desk) is None:
        return None
    if desk.privacy.is_serving(card.person_id) != occasion["serving"]:
        return None
    text, options = _question(desk, card.person_id)
    return Notice(name="erasure_asked", params=(_who(desk, card.person_id),), text=text, options=options)


def _waiting(desk: Desk) -> list[ErasureCard]:
    """What the person may decide."""
    if keeper_of(desk) is None:
        return []
    return [card for card in desk.privacy.open() if card.person_id != desk.person_id]


def _next_request(desk: Desk) -> Outgoing:
    waiting = _waiting(desk)
    return _to_decide(desk, waiting[0].person_id) if waiting else Say(text=texts.NOTHING_WAITS)


def _find(desk: Desk, name: str) -> Outgoing:
    """Somebody of the office by name, who need not have asked."""
    wanted = name.casefold().split()
    known = (one for one in desk.people.values() if one.name != ERASED)
    found = [one.id for one in known if wanted and all(word in one.name.casefold().split() for word in wanted)]
    if len(found) == 1:
        return _about(desk, "lihat", found[0])
    if not 1 < len(found) <= ROWS:
        return Say(text=texts.NOBODY)
    options = tuple(Option(key=f"!data:lihat:{one}", label=shortened(_name(desk, one), BUTTON_LABEL)) for one in found)
    return Choose(text=texts.which(len(found)), options=options)


# --- deciding -------------------------------------------------------------------------------------------------------


def _about(desk: Desk, word: str, person_id: int) -> Outgoing:
    """What is decided about somebody else of the office."""
    if person_id == desk.person_id:
        return Say(text=texts.ONLY_OTHERS)
    if desk.people[person_id].name == ERASED:
        return Say(text=texts.GONE)
    match word:
        case "setuju" if not desk.privacy.is_serving(person_id):
            options = (
                Option(key=f"!data:pasti:{person_id}", label=texts.CERTAIN),
                Option(key=f"!data:lihat:{person_id}", label=texts.NOT_YET),
            )
            return Choose(text=texts.certain(_who(desk, person_id)), options=options)
        case "pasti":
            return _erase(desk, person_id)
        case "tolak":
            return _decline(desk, person_id)
        case _:
            return _to_decide(desk, person_id)


def _to_decide(desk: Desk, person_id: int) -> Outgoing:
    text, options = _question(desk, person_id)
    return Choose(text=text, options=options) if options else Say(text=text)


def _question(desk: Desk, person_id: int) -> tuple[str, tuple[Option, ...]]:
    """What is known of somebody and their request, and what can be done about it."""
    card, serving = desk.privacy.open_of(person_id), desk.privacy.is_serving(person_id)
    held = desk.privacy.holdings(person_id)
    lines = texts.goes_and_stays(held.reports, held.reviews + held.notes)
    since = None if card is None else local(card.asked_at, desk.office.zone).date()
    options = [] if serving else [Option(key=f"!data:setuju:{person_id}", label=texts.ERASE)]
    if card is not None:
        options.append(Option(key=f"!data:tolak:{person_id}", label=texts.DECLINE))
    return texts.to_decide(_who(desk, person_id), since, lines, serving=serving), tuple(options)


def _erase(desk: Desk, person_id: int) -> Outgoing:
    try:
        done = desk.privacy.erase(person_id)
    except StillServing:
        return _to_decide(desk, person_id)
    except AlreadyErased:
        return Say(text=texts.GONE)
    return Say(text=texts.erased(done.sealed))


def _decline(desk: Desk, person_id: int) -> Outgoing:
    card = desk.privacy.open_of(person_id)
    if card is None:
        return Say(text=texts.NOTHING_WAITS)
    try:
        desk.privacy.decline(card.id)
    except RequestDecided:
        return Say(text=texts.NOTHING_WAITS)
    by = _name(desk, desk.person.id)
    option = Option(key="!data", label=texts.OWN)
    notice = Notice(name="erasure_declined", params=(by,), text=texts.turned_down(by), options=(option,))
    told = tell(desk, person_id, f"erasure-declined:{card.id}", notice)
    return Say(text=texts.declined(_name(desk, person_id), told=told))


# --- names ----------------------------------------------------------------------------------------------------------


def _name(desk: Desk, person_id: int) -> str:
    found = desk.people[person_id]
    return addressed(found.name, found.salutation)


def _who(desk: Desk, person_id: int) -> str:
    """`Bu Sari Andini (Kasi Pemerintahan)`, or the posts that they held."""
    present = [post.title for post in desk.posts if desk.holders.get(post.id) == person_id]
    if present:
        return f"{_name(desk, person_id)} ({present[0]})"
    held = {one.post_id for one in desk.organisation.holdings if one.person_id == person_id}
    return texts.former(_name(desk, person_id), [post.title for post in desk.posts if post.id in held])
