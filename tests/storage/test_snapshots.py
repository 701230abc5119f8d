"""Figures as they were quoted, and the summary's way through JSON."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.exc import NoResultFound

from domain.standing import Standing
from domain.summary import Behind, Coverage, OfficeSummary, PostCompliance, Punctuality, SectionFigures
from storage import snapshots
from storage.engine import reading, writing
from storage.figures_json import from_json, to_json
from storage.tables import Snapshot, table
from tests.offices import NOW, make_office

WEEK = timedelta(weeks=1)

decimals = st.decimals(allow_nan=False, allow_infinity=False)
maybe_decimals = st.none() | decimals
counts = st.integers(min_value=0, max_value=999)
coverages = st.builds(Coverage, counts, counts, counts, counts, st.none() | counts)
words = st.text(max_size=30)
summaries = st.builds(
    OfficeSummary,
    office=words,
    period=st.sampled_from(("2022-03", "2022-TW1", "2022")),
    posts_due=counts,
    posts_reported=counts,
    posts_reported_before=st.none() | counts,
    missing_posts=st.lists(words, max_size=3).map(tuple),
    coverage=coverages,
    mean=maybe_decimals,
    predicate=st.none() | words,
    change=maybe_decimals,
    sections=st.lists(
        st.builds(SectionFigures, words, coverages, maybe_decimals, st.none() | words, maybe_decimals), max_size=3
    ).map(tuple),
    behind=st.lists(st.builds(Behind, words, words, decimals, decimals, decimals, words), max_size=3).map(tuple),
    provisional=st.booleans(),
    sample=st.booleans(),
    closed_period=st.sampled_from(("", "2022-03")),
    reports=st.none() | counts,
    verified_reports=st.none() | counts,
    approved_reports=st.none() | counts,
)


@given(summaries)
def test_a_summary_comes_back_from_json_to_the_last_digit(summary: OfficeSummary) -> None:
    back = from_json(OfficeSummary, json.loads(json.dumps(to_json(summary))))
    assert back == summary
    for one in fields(summary):
        assert str(getattr(back, one.name)) == str(getattr(summary, one.name))


@given(st.lists(st.none() | st.sampled_from(Standing), min_size=1, max_size=4).map(tuple))
def test_how_far_figures_have_come_is_kept(checked: tuple[Standing | None, ...]) -> None:
    post = PostCompliance("Bendahara", (Punctuality.ON_TIME,) * len(checked), checked)
    assert from_json(PostCompliance, json.loads(json.dumps(to_json(post)))) == post


def test_of_figures_from_before_verification_nothing_is_known() -> None:
    old = {"due": 9, "reported": 9, "computable": 9, "without_target": 0}
    assert from_json(Coverage, old).proof is None
    assert from_json(PostCompliance, {"title": "Bendahara", "marks": ["tepat waktu"]}).checked == ()


def test_a_snapshot_keeps_its_figures_and_their_hash(engine: Engine) -> None:
    figures: Mapping[str, object] = {"mean": "78.33", "office": "Kecamatan “Sukamaju”", "list": [1, None, True]}
    with writing(engine) as connection:
        made = make_office(connection)
        number = snapshots.keep(connection, made.id, "summary", "2022-03", figures, NOW)
    with reading(engine) as connection:
        loaded = snapshots.load(connection, number)
        stored_hash = connection.execute(select(table(Snapshot).c.hash)).scalar_one()
    assert (loaded.number, loaded.office_id, loaded.kind, loaded.period) == (number, made.id, "summary", "2022-03")
    assert (loaded.figures, loaded.made_at) == (figures, NOW)
    plain = json.dumps(loaded.figures, sort_keys=True, ensure_ascii=False)
    assert stored_hash == hashlib.sha256(plain.encode()).hexdigest()


def test_an_unknown_number_is_told(engine: Engine) -> None:
    with reading(engine) as connection, pytest.raises(NoResultFound):
        snapshots.load(connection, 1)


def test_the_newest_of_last_week_is_of_the_same_office_kind_and_period(engine: Engine) -> None:
    with writing(engine) as connection:
        own = make_office(connection).id
        other = make_office(connection, name="Sebelah").id
        wanted = snapshots.keep(connection, own, "summary", "2022-03", {"n": 1}, NOW - WEEK)
        for office, kind, period, at in (
            (other, "summary", "2022-03", NOW - WEEK),
            (own, "section", "2022-03", NOW - WEEK),
            (own, "summary", "2022-04", NOW - WEEK),
            (own, "summary", "2022-03", NOW),
        ):
            snapshots.keep(connection, office, kind, period, {}, at)
        found = snapshots.latest_before(connection, own, "summary", "2022-03", NOW)
        assert found is not None
        assert (found.number, found.figures) == (wanted, {"n": 1})
        assert snapshots.latest_before(connection, own, "summary", "2022-03", NOW - WEEK) is None
