"""Services, the Renstra and signers of a workbook in the tables: entered, replaced, and read at the desk."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import Connection, Engine, select

from domain.ledger import year_ledger
from domain.office import Owed
from domain.openings import Duty
from domain.periods import Period
from domain.plan import GivenAnswer, IndicatorRow, OfficePlan, PastReport, RenstraRow, SignerRow
from domain.renstra import RenstraFigures
from storage.engine import reading, writing
from storage.plans import apply_plan
from storage.reports import NewReport
from storage.tables import Renstra, table
from tests.offices import BUKU, KASI, NOW, PBB, PLAN, YEAR, MadeOffice, desk_of, look_up, make_office, service

SARI = "Sari Andini"
LATER = NOW + timedelta(days=1)
JANUARY, FEBRUARY, MARCH = (Period.month(YEAR, month) for month in (1, 2, 3))
KK, MOVED = service("kk", "Kartu Keluarga", group="Adminduk"), service("pindah", "Pindah", group="Adminduk")
WITH_SERVICES = replace(PLAN, indicators=(*PLAN.indicators, KK, MOVED))
HEAD = SignerRow("Mengetahui", "Camat", "Ratna Dewanti", "Pembina", "NIP contoh 000001")


def duty(connection: Connection, made: MadeOffice, code: str = "kk") -> Duty:
    return next(one for one in desk_of(connection, made).office_duties if one.code == code)


KNOWN = RenstraFigures(Decimal(60), Decimal(250_000_000), realised_two_before=Decimal(0))


def with_renstra(*rows: RenstraRow) -> OfficePlan:
    return replace(PLAN, renstra=rows)


# --- services ---------------------------------------------------------------------------------------------------


def test_a_service_is_due_every_month_under_its_group(engine: Engine) -> None:
    with writing(engine) as connection:
        found = duty(connection, make_office(connection, plan=WITH_SERVICES))
    assert (found.service, found.group, found.unit) == (True, "Adminduk", "layanan")
    assert found.measure.counted
    assert sum(figure.due for period, figure in found.figures.items() if period.kind is found.kind) == 12
    assert dict(found.figures) == year_ledger(found.measure, {})


def test_what_was_not_counted_is_owed_and_a_count_pays_it(engine: Engine) -> None:
    with writing(engine) as connection:
        made = make_office(connection, plan=replace(PLAN, indicators=(KK, MOVED), questions=()))
        post = made.posts[KASI]
        assert desk_of(connection, made).owed == {Owed(post, month) for month in (JANUARY, FEBRUARY, MARCH)}
        for code in ("kk", "pindah"):
            new = [NewReport(made.indicators[code], month, Decimal(0)) for month in (JANUARY, FEBRUARY)]
            desk_of(connection, made, SARI).submit(new)
        assert desk_of(connection, made).owed == {Owed(post, MARCH)}
        assert duty(connection, made).figures[FEBRUARY].realisation_to_date == 0


def test_counts_of_a_workbook_are_taken_and_stay_with_the_next_version(engine: Engine) -> None:
    past = (PastReport("kk", JANUARY, Decimal(426), NOW, sample=True), PastReport("kk", FEBRUARY, Decimal(339), NOW))
    with writing(engine) as connection:
        make_office(connection, plan=replace(WITH_SERVICES, reports=past))
        renamed = replace(WITH_SERVICES, indicators=(*PLAN.indicators, replace(KK, name="Kartu Keluarga baru")))
        made = look_up(connection, apply_plan(connection, renamed, LATER))
        found = duty(connection, made)
    assert found.name == "Kartu Keluarga baru"
    assert found.figures[FEBRUARY].realisation_to_date == 765
    assert found.samples == {JANUARY}
    assert "pindah" not in made.indicators


def test_a_service_without_a_post_waits_for_the_answer(engine: Engine) -> None:
    from bot.documents.plan_questions import owner_question

    ownerless = replace(KK, post=None)
    plan = replace(PLAN, indicators=(ownerless,), questions=(owner_question("kk", (KASI,)),))
    decided = GivenAnswer("kk", plan.questions[0].about, KASI, "Bu Dewi Lestari", NOW.date())
    with writing(engine) as connection:
        made = make_office(connection, plan=plan)
        assert desk_of(connection, made).office_duties == ()
        made = look_up(connection, apply_plan(connection, replace(plan, answers=(decided,)), LATER))
        assert duty(connection, made).post_id == made.posts[KASI]


def test_services_of_one_name_are_told_apart_by_their_groups(engine: Engine) -> None:
    def stamp(code: str, group: str) -> IndicatorRow:
        return service(code, "Legalisasi", group=group)

    plan = replace(PLAN, indicators=(stamp("a", "Waris"), stamp("b", "Nikah")), questions=())
    with writing(engine) as connection:
        made = make_office(connection, plan=plan)
        names = [one.name for one in desk_of(connection, made).office_duties]
    assert names == ["Legalisasi (Waris)", "Legalisasi (Nikah)"]


# --- Renstra ----------------------------------------------------------------------------------------------------


def test_the_renstra_is_read_by_indicator_and_what_is_empty_stays_empty(engine: Engine) -> None:
    rows = (
        RenstraRow(BUKU, KNOWN, "Renstra!2"),
        RenstraRow(PBB, RenstraFigures(early=Decimal("82.5"), spent_before=Decimal(1_000_000))),
    )
    with writing(engine) as connection:
        made = make_office(connection, plan=with_renstra(*rows))
    with reading(engine) as connection:
        found = desk_of(connection, made).renstra
    assert found == {
        made.indicators[BUKU]: KNOWN,
        made.indicators[PBB]: RenstraFigures(early=Decimal("82.5"), spent_before=Decimal(1_000_000)),
    }


def test_the_renstra_is_that_of_the_current_version_and_of_this_office(engine: Engine) -> None:
    first, second = RenstraRow(BUKU, RenstraFigures(Decimal(60))), RenstraRow(PBB, RenstraFigures(Decimal(100)))
    with writing(engine) as connection:
        make_office(connection, plan=with_renstra(first))
        other = make_office(connection, name="Sukarame", plan=with_renstra(first))
        made = look_up(connection, apply_plan(connection, with_renstra(second), LATER))
        assert desk_of(connection, made).renstra == {made.indicators[PBB]: RenstraFigures(Decimal(100))}
        assert set(desk_of(connection, other).renstra) == {other.indicators[BUKU]}
        assert len(connection.execute(select(table(Renstra))).all()) == 3  # what an earlier version said is kept


# --- signers ----------------------------------------------------------------------------------------------------


def test_signers_are_replaced_with_each_changed_workbook(engine: Engine) -> None:
    first = replace(PLAN, signers=(SignerRow("Disusun oleh", "Kasubbag Perencanaan"), HEAD))
    with writing(engine) as connection:
        made = make_office(connection, plan=first)
        other = make_office(connection, name="Sukarame", plan=first)
        assert desk_of(connection, made).signers == first.signers
        assert not apply_plan(connection, first, LATER).changed
        apply_plan(connection, replace(first, signers=(HEAD,)), LATER)
        assert desk_of(connection, made).signers == (HEAD,)
        apply_plan(connection, PLAN, LATER)
        assert desk_of(connection, made).signers == ()
        assert desk_of(connection, other).signers == first.signers
