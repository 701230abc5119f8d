"""Who holds which post from when to when, and the posts themselves, as the admin changes them (domain.md 7).

Indicators belong to posts, so nothing that is done here touches a figure: history stays with whoever reported it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, select, update

from domain.absence import Holding
from domain.appointments import (
    PLT_MOST_MONTHS,
    AppointmentRefused,
    Refusal,
    acting_until,
    check,
    has_holder,
    overlaps,
)
from domain.plan import Capacity, Role
from domain.titles import full_title, renamed
from storage import schema
from storage.audit import Actor, record
from storage.people import PostCard, posts, revoke_invites
from storage.rows import add

_office, _post, _person, _tenure = schema.office, schema.post, schema.person, schema.tenure
_plan, _indicator, _budget_line = schema.plan, schema.indicator, schema.budget_line
_TENURES = (
    select(_tenure)
    .join(_post, _post.c.id == _tenure.c.post_id)
    .where(_post.c.office_id == bindparam("office"))
    .order_by(_tenure.c.id)
)
_TITLES = ("verifiers", "digest_posts")
"""Where an office's rules name posts by their titles."""


@dataclass(frozen=True)
class TenureCard:
    """Somebody in a post, from `starts` to `ends` (included), which is None while it is open."""

    id: int
    post_id: int
    person_id: int
    capacity: Capacity
    starts: date
    ends: date | None

    @property
    def holding(self) -> Holding:
        return Holding(self.post_id, self.person_id, self.starts, self.ends, self.capacity)

    def covers(self, day: date) -> bool:
        return self.holding.covers(day)


@dataclass(frozen=True)
class Leave:
    """Somebody's last day in a post. A tenure that begins after it never begins."""

    tenure_id: int
    last: date


@dataclass(frozen=True)
class NewPerson:
    """Somebody whom the office does not know yet. `phone` is E.164 or empty."""

    name: str
    salutation: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Enter:
    """Somebody is put into a post, by their id or as somebody new; a Plt and a Plh have an end."""

    post_id: int
    person: int | NewPerson
    starts: date
    capacity: Capacity = Capacity.DEFINITIF
    ends: date | None = None


@dataclass(frozen=True)
class NewPost:
    """A post to be made. `title` is the short one where `unit` names its kelurahan."""

    title: str
    role: Role
    superior_id: int
    unit: str = ""


@dataclass(frozen=True)
class StaffBook:
    """One office's posts and who holds them, changed by `actor` on the local day `today`, an admin's desk only.

    Every change raises PermissionError at any other desk and for what is of another office, AppointmentRefused for what
    cannot be. `changed` is called after every change.
    """

    connection: Connection
    office_id: int
    actor: Actor
    now: datetime
    today: date
    may_change: bool
    changed: Callable[[], None]

    # --- what there is ----------------------------------------------------------------------------------------------

    @property
    def tenures(self) -> tuple[TenureCard, ...]:
        """Everybody who held, holds or will hold a post, in the order of their entry."""
        return tuple(_card(row) for row in self.connection.execute(_TENURES, {"office": self.office_id}))

    @property
    def posts(self) -> tuple[PostCard, ...]:
        """Every post of the office, those that ended too."""
        return posts(self.connection, self.office_id)

    @property
    def phones(self) -> Mapping[int, str]:
        """The numbers that the office entered, by person."""
        wanted = select(_person.c.id, _person.c.phone).where(_person.c.office_id == self.office_id)
        return {row.id: row.phone for row in self.connection.execute(wanted)}

    def indicators_of(self, post_id: int) -> int:
        """How many indicators of the newest plan of this year or a later one the post has to report."""
        wanted = select(func.count()).where(_indicator.c.post_id == post_id, _indicator.c.plan_id.in_(self._plans()))
        return self.connection.execute(wanted).scalar_one()

    # --- people in posts --------------------------------------------------------------------------------------------

    def move(self, moves: Sequence[Leave | Enter]) -> tuple[TenureCard, ...]:
        """Let people leave posts and enter others, all of it or nothing; return the tenures that begin.

        Whoever acts as Plt leaves when a definitif holder comes, a Plh when the holder goes. Invitations of a post that
        somebody leaves open nothing any more. Raises AppointmentRefused, also where nobody would be left who holds an
        admin's post.
        """
        self._must_be_admin()
        with self.connection.begin_nested():
            before = [card.holding for card in self.tenures]
            leaves = [one for one in moves if isinstance(one, Leave)]
            for one in leaves:
                self._leave(one)
            entered = [self._enter(one) for one in moves if isinstance(one, Enter)]
            self._must_have_one_holder()  # who has left may be let leave later
            days = {self.today, *(one.last + timedelta(days=1) for one in leaves)}
            self._must_keep_an_admin(before, self._admin_posts(), days)
        self.changed()
        return tuple(card for card in self.tenures if card.id in entered)

    def call_off(self, tenure_id: int) -> None:
        """A change that lies ahead does not happen: who was to leave on the tenure's last day stays.

        With it goes all that was to begin on the day after for the same people and posts, as one mutasi left them.
        """
        self._must_be_admin()
        card = self._ending(tenure_id)
        leaving, coming = _entangled(card, self.tenures)
        with self.connection.begin_nested():
            for one in coming:
                self._end(one, one.starts - timedelta(days=1))
            for one in leaving:
                self.connection.execute(update(_tenure).where(_tenure.c.id == one.id).values(ends=None))
                self._end_acting(one.post_id, Capacity.PLT, card.ends or self.today)
            self._must_have_one_holder()
            for post_id in sorted({one.post_id for one in (*leaving, *coming)}):
                self._record("change called off", f"post {post_id}", old=str(card.ends))
        self.changed()

    def put_off(self, tenure_id: int, last: date) -> None:
        """A change that lies ahead happens on another day: the tenure ends then, and all that was to end or begin with
        it moves along."""
        self._must_be_admin()
        card = self._ending(tenure_id)
        leaving, coming = _entangled(card, self.tenures)
        if any(last < one.starts for one in leaving) or any(one.ends and one.ends <= last for one in coming):
            raise AppointmentRefused(Refusal.BACKWARDS)
        with self.connection.begin_nested():
            for one in leaving:
                self.connection.execute(update(_tenure).where(_tenure.c.id == one.id).values(ends=last))
            for one in coming:
                starts = last + timedelta(days=1)
                self.connection.execute(update(_tenure).where(_tenure.c.id == one.id).values(starts=starts))
            self._must_have_one_holder()
            for post_id in sorted({one.post_id for one in (*leaving, *coming)}):
                self._record("change put off", f"post {post_id}", old=str(card.ends), new=str(last))
        self.changed()

    def extend(self, tenure_id: int, ends: date) -> None:
        """A Plt acts longer, six months in all at most."""
        self._must_be_admin()
        card = self._tenure(tenure_id)
        if card.capacity is Capacity.PLT and ends > acting_until(card.starts, PLT_MOST_MONTHS):
            raise AppointmentRefused(Refusal.TOO_LONG)
        longer = replace(card.holding, ends=ends)
        check(longer, [one.holding for one in self.tenures if one.id != tenure_id])
        self._end(card, ends)
        self._record("tenure extended", f"post {card.post_id}", old=_days(card), new=str(ends))
        self.changed()

    def _leave(self, one: Leave) -> None:
        card = self._tenure(one.tenure_id)
        self._end(card, one.last)
        revoke_invites(self.connection, card.post_id, self.now)
        self._record("post left", f"post {card.post_id}", old=_days(card), new=f"person {card.person_id} {one.last}")
        if card.capacity is not Capacity.PLH:
            self._end_acting(card.post_id, Capacity.PLH, one.last)

    def _enter(self, one: Enter) -> int:
        person_id = self._enter_person(one.person) if isinstance(one.person, NewPerson) else one.person
        self._must_be_here(one.post_id, person_id)
        revoke_invites(self.connection, one.post_id, self.now)
        if one.capacity is Capacity.DEFINITIF:
            self._end_acting(one.post_id, Capacity.PLT, one.starts - timedelta(days=1))
        new = Holding(one.post_id, person_id, one.starts, one.ends, one.capacity)
        check(new, [card.holding for card in self.tenures])
        values = {"post_id": one.post_id, "person_id": person_id, "capacity": one.capacity.value}
        tenure_id = add(self.connection, _tenure, {**values, "starts": one.starts, "ends": one.ends})
        self._record("post entered", f"post {one.post_id}", new=_days(self._tenure(tenure_id)))
        return tenure_id

    def _enter_person(self, new: NewPerson) -> int:
        values = {"office_id": self.office_id, "name": new.name, "salutation": new.salutation, "phone": new.phone}
        person_id = add(self.connection, _person, values)
        self._record("person entered", f"person {person_id}")
        return person_id

    def _end_acting(self, post_id: int, capacity: Capacity, last: date) -> None:
        """Whoever acts for a post beyond that day stops with it."""
        for card in self.tenures:
            if card.post_id == post_id and card.capacity is capacity and (card.ends is None or card.ends > last):
                self._end(card, last)
                self._record("post left", f"post {post_id}", old=_days(card), new=f"person {card.person_id} {last}")

    def _end(self, card: TenureCard, last: date) -> None:
        is_this = _tenure.c.id == card.id
        if last < card.starts:
            self.connection.execute(delete(_tenure).where(is_this))
        else:
            self.connection.execute(update(_tenure).where(is_this).values(ends=last))

    # --- posts ------------------------------------------------------------------------------------------------------

    def add_post(self, new: NewPost) -> int:
        """Make a post; return its id."""
        self._must_be_admin()
        self._must_be_here(new.superior_id)
        title = full_title(new.title, new.unit)
        self._must_be_free(title)
        last = max((post.position for post in self.posts), default=-1)
        post_id = add(
            self.connection,
            _post,
            {
                "office_id": self.office_id,
                "title": title,
                "role": new.role.value,
                "superior_id": new.superior_id,
                "section": "",
                "is_admin": False,
                "position": last + 1,
                "unit": new.unit,
                "former_titles": [],
            },
        )
        self._record("post made", f"post {post_id}", new=title)
        self.changed()
        return post_id

    def rename(self, post_id: int, title: str) -> None:
        """Call a post otherwise: its figures, plan and people stay, and so does what the office chose for it."""
        self._must_be_admin()
        post = self._post(post_id)
        new = full_title(title, post.unit)
        if new == post.title:
            return
        self._must_be_free(new, but=post_id)
        former = list(renamed(post.former_titles, post.title, new))
        self._change(post_id, {"title": new, "former_titles": former})
        rename_in_rules(self.connection, self.office_id, post.title, new)
        self._record("post renamed", f"post {post_id}", old=post.title, new=new)
        self.changed()

    def put_into_unit(self, post_id: int, unit: str) -> None:
        """Let a post belong to a kelurahan, empty for the kecamatan itself; its title then names it."""
        self._must_be_admin()
        post = self._post(post_id)
        self._change(post_id, {"unit": unit})
        self._record("unit changed", f"post {post_id}", old=post.unit, new=unit)
        self.rename(post_id, post.title)
        self.changed()

    def put_below(self, post_id: int, superior_id: int) -> None:
        """Change the post above one."""
        self._must_be_admin()
        post = self._post(post_id)
        self._must_be_here(superior_id)
        if post.role is Role.CAMAT:
            raise AppointmentRefused(Refusal.NO_SUPERIOR)
        if post_id in self._line_of(superior_id):
            raise AppointmentRefused(Refusal.CIRCLE)
        self._change(post_id, {"superior_id": superior_id})
        old, new = (f"post {key}" for key in (post.superior_id, superior_id))
        self._record("superior changed", f"post {post_id}", old=old, new=new)
        self.changed()

    def make_admin(self, post_id: int, *, is_admin: bool) -> None:
        """Let a post manage the office, or no longer; somebody who manages it must be left."""
        self._must_be_admin()
        post, before = self._post(post_id), [card.holding for card in self.tenures]
        left = frozenset(self._admin_posts() - {post_id})
        if not is_admin and not has_holder(left, self.today, before):
            raise AppointmentRefused(Refusal.WITHOUT_ADMIN)
        self._change(post_id, {"is_admin": is_admin})
        self._record("admin changed", f"post {post_id}", old=str(post.is_admin), new=str(is_admin))
        self.changed()

    def end_post(self, post_id: int, heir_id: int | None = None) -> None:
        """The office has a post no longer, from tomorrow on.

        The heir takes its indicators and budget lines, with all that was reported of them; the post above it what stood
        below. Raises AppointmentRefused for one with indicators and without an heir.
        """
        self._must_be_admin()
        post = self._post(post_id)
        if post.superior_id is None:
            raise AppointmentRefused(Refusal.NO_SUPERIOR)
        if heir_id is None and self.indicators_of(post_id):
            raise AppointmentRefused(Refusal.HAS_INDICATORS)
        with self.connection.begin_nested():
            if heir_id is not None:
                self._must_be_here(heir_id)
                self._hand_on(post_id, heir_id)
            below = (_post.c.office_id == self.office_id) & (_post.c.superior_id == post_id)
            self.connection.execute(update(_post).where(below).values(superior_id=post.superior_id))
            leaves = [Leave(card.id, self.today) for card in self._open_tenures(post_id)]
            self.move(leaves)
            revoke_invites(self.connection, post_id, self.now)
            self._change(post_id, {"ended": self.today, "is_admin": False})
            new = "" if heir_id is None else f"post {heir_id}"
            self._record("post ended", f"post {post_id}", old=post.title, new=new)
        self.changed()

    def _open_tenures(self, post_id: int) -> list[TenureCard]:
        return [card for card in self.tenures if card.post_id == post_id and (card.ends or date.max) > self.today]

    def _hand_on(self, post_id: int, heir_id: int) -> None:
        for of in (_indicator, _budget_line):
            own = (of.c.post_id == post_id) & (of.c.office_id == self.office_id)
            self.connection.execute(update(of).where(own).values(post_id=heir_id))

    def _plans(self) -> list[int]:
        """The newest version of the plans of this year and later ones."""
        mine = (_plan.c.office_id == self.office_id) & (_plan.c.year >= self.today.year)
        rows = self.connection.execute(select(_plan.c.id, _plan.c.year).where(mine).order_by(_plan.c.version))
        return list({row.year: row.id for row in rows}.values())

    # --- what must hold ---------------------------------------------------------------------------------------------

    def _must_be_admin(self) -> None:
        if not self.may_change:
            raise PermissionError("posts and people are for an admin to change")

    def _must_be_here(self, post_id: int, person_id: int | None = None) -> None:
        """The post is of this office and has not ended, and so is the person."""
        post = self._post(post_id)
        if post.ended is not None:
            raise PermissionError(f"post {post_id} has ended")
        if person_id is not None and person_id not in self.phones:
            raise PermissionError(f"person {person_id} is not of this office")

    def _must_be_free(self, title: str, but: int | None = None) -> None:
        if any(post.title.casefold() == title.casefold() and post.id != but for post in self.posts):
            raise AppointmentRefused(Refusal.TITLE_TAKEN)

    def _must_have_one_holder(self) -> None:
        """Nobody holds a post beside another one in their own right."""
        definitif = [card.holding for card in self.tenures if card.capacity is Capacity.DEFINITIF]
        for at, one in enumerate(definitif):
            if any(one.post_id == other.post_id and overlaps(one, other) for other in definitif[:at]):
                raise AppointmentRefused(Refusal.HELD)

    def _must_keep_an_admin(self, before: Sequence[Holding], admins: frozenset[int], days: Iterable[date]) -> None:
        """Nobody takes the last admin away; an office that had none on a day is not made worse."""
        after = [card.holding for card in self.tenures]
        if any(has_holder(admins, day, before) and not has_holder(admins, day, after) for day in days):
            raise AppointmentRefused(Refusal.WITHOUT_ADMIN)

    def _admin_posts(self) -> frozenset[int]:
        return frozenset(post.id for post in self.posts if post.is_admin)

    def _line_of(self, post_id: int) -> list[int]:
        """The post and those above it, the nearest first."""
        superiors = {post.id: post.superior_id for post in self.posts}
        line: list[int] = []
        above: int | None = post_id
        while above is not None and above not in line:
            line.append(above)
            above = superiors.get(above)
        return line

    def _post(self, post_id: int) -> PostCard:
        found = next((post for post in self.posts if post.id == post_id), None)
        if found is None:
            raise PermissionError(f"post {post_id} is not of this office")
        return found

    def _tenure(self, tenure_id: int) -> TenureCard:
        found = next((card for card in self.tenures if card.id == tenure_id), None)
        if found is None:
            raise PermissionError(f"tenure {tenure_id} is not of this office")
        return found

    def _ending(self, tenure_id: int) -> TenureCard:
        """A tenure in one's own right whose last day is known and lies ahead."""
        card = self._tenure(tenure_id)
        if card.capacity is not Capacity.DEFINITIF or card.ends is None or card.ends < self.today:
            raise PermissionError(f"tenure {tenure_id} has no end that lies ahead")
        return card

    def _change(self, post_id: int, values: Mapping[str, Any]) -> None:
        self.connection.execute(update(_post).where(_post.c.id == post_id).values(**values))

    def _record(self, action: str, subject: str, *, old: str = "", new: str = "") -> None:
        record(self.connection, self.office_id, self.actor, self.now, action, subject, old=old, new=new)


def _entangled(card: TenureCard, cards: Sequence[TenureCard]) -> tuple[list[TenureCard], list[TenureCard]]:
    """Who leaves on the same day as one tenure ends, and who comes on the day after, as far as they share people or
    posts with it, one through the other."""
    last = card.ends or date.max
    leaving = [one for one in cards if one.ends == last and one.capacity is Capacity.DEFINITIF]
    coming = [one for one in cards if one.starts == last + timedelta(days=1) and one.capacity is Capacity.DEFINITIF]
    people, posts_there = {card.person_id}, {card.post_id}
    for _round in (*leaving, *coming):
        for one in (*leaving, *coming):
            if one.person_id in people or one.post_id in posts_there:
                people.add(one.person_id)
                posts_there.add(one.post_id)

    def is_part(one: TenureCard) -> bool:
        return one.person_id in people and one.post_id in posts_there

    return [one for one in leaving if is_part(one)], [one for one in coming if is_part(one)]


def _card(row: Row[*tuple[Any, ...]]) -> TenureCard:
    return TenureCard(row.id, row.post_id, row.person_id, Capacity(row.capacity), row.starts, row.ends)


def _days(card: TenureCard) -> str:
    return f"person {card.person_id} {card.capacity} {card.starts} {card.ends or ''}".rstrip()


def rename_in_rules(connection: Connection, office_id: int, old: str, new: str) -> None:
    """What the office chose for a post, by its title, stays with it under its new one."""
    this = _office.c.id == office_id
    rules = connection.execute(select(_office.c.rules).where(this)).scalar_one()
    connection.execute(update(_office).where(this).values(rules=_with_title(rules, old, new)))


def _with_title(rules: Any, old: str, new: str) -> Any:
    """The same rules with a post called otherwise, wherever they name posts."""
    if not isinstance(rules, dict):
        return rules
    plain: dict[str, Any] = rules
    return {
        key: [new if title == old else title for title in value] if key in _TITLES else _with_title(value, old, new)
        for key, value in plain.items()
    }
