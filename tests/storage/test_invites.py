"""An office's invitations: only its admin makes and withdraws them, and a new one closes the one before."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from domain.doors import Doors
from storage import doors, people
from storage.engine import writing
from storage.invites import LIFE
from storage.people import Closed
from storage.tables import Audit, table
from tests.joined import join
from tests.offices import KASI, NOW, desk_of, make_office

ADMIN, SARI = "Dewi Lestari", "Sari Andini"


def test_a_new_invitation_closes_the_one_before(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        book = desk_of(connection, made, ADMIN).invites
        first, second = book.make(made.posts[KASI]), book.make(made.posts[KASI])
        assert people.open_invite(connection, first.code, NOW) is None
        assert people.closed_invite(connection, first.code) is Closed.REVOKED
        found = people.open_invite(connection, second.code, NOW)
        assert found is not None and found.post.title == KASI
        assert book.newest()[made.posts[KASI], made.people[SARI]] == second.card
        assert second.card.expires_at - second.card.made_at == LIFE
        assert people.open_invite(connection, second.code, NOW + LIFE - timedelta(seconds=1)) is not None
        assert people.open_invite(connection, second.code, NOW + LIFE) is None


def test_what_is_withdrawn_opens_nothing_and_stands_in_the_record(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        book = desk_of(connection, made, ADMIN).invites
        new = book.make(made.posts[KASI])
        assert book.revoke(new.card.id).closed is None
        assert book.revoke(new.card.id).closed is Closed.REVOKED
        assert people.open_invite(connection, new.code, NOW) is None
        actions = connection.execute(select(table(Audit).c.action).where(table(Audit).c.action.like("invite%")))
        assert list(actions.scalars()) == ["invited", "invite revoked"]


def test_only_the_admin_of_the_office_makes_and_withdraws_them(engine: Engine) -> None:
    with writing(engine) as connection:
        made, other = make_office(connection), make_office(connection, name="Kecamatan Sebelah")
        new = desk_of(connection, made, ADMIN).invites.make(made.posts[KASI])
        for book in (desk_of(connection, made, SARI).invites, desk_of(connection, other, ADMIN).invites):
            with pytest.raises(PermissionError):
                book.make(made.posts[KASI])
            with pytest.raises(PermissionError):
                book.revoke(new.card.id)
        assert desk_of(connection, other, ADMIN).invites.get(new.card.id) is None
        assert people.open_invite(connection, new.code, NOW) is not None


def test_it_is_known_who_has_joined_by_which_channel(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection)
        for channel, address in (("telegram", "1001"), ("whatsapp", "6281200000004")):
            join(connection, made.id, made.people[SARI], address, NOW, channel)
        doors.note(connection, {"telegram": "contoh_bot"})
        doors.note(connection, {"telegram": "contoh_baru_bot", "whatsapp": "6281200009000"})
        book = desk_of(connection, made, ADMIN).invites
        assert book.joined() == {made.people[SARI]: frozenset({"telegram", "whatsapp"})}
        assert book.doors == Doors("contoh_baru_bot", "6281200009000")
