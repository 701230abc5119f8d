"""Whatever bytes come: every fuzz target briefly, and again on everything that it ever failed for (`fuzz/`)."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz.__main__ import NAMES
from fuzz.json_changes import with_odd
from fuzz.targets import TARGETS, crashers

EXAMPLES = {"plan": 8, "workbook": 8}
"""How many inputs are tried; files take long to read."""
USUAL = 40
_POSTED = ("telegram", "whatsapp")
_odd = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(min_value=-(2**70), max_value=2**70),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["\0", "\ud800", "private", "text", "photo", "\u202e", "kicked", [], {}]),
)
_json = st.recursive(_odd, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner))


@pytest.mark.parametrize("name", TARGETS)
def test_whatever_bytes_come(name: str) -> None:
    seeds = list(TARGETS[name].seeds())

    @settings(
        max_examples=EXAMPLES.get(name, USUAL), suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large)
    )
    @given(st.sampled_from(seeds), st.data())
    def tried(seed: bytes, data: st.DataObject) -> None:
        TARGETS[name].check(_changed(seed, data))

    tried()


def _changed(seed: bytes, data: st.DataObject) -> bytes:
    """A piece of a seed taken out, doubled, or other bytes in its place."""
    begin = data.draw(st.integers(0, len(seed)))
    end = data.draw(st.integers(begin, min(len(seed), begin + 400)))
    put = data.draw(
        st.one_of(st.just(b""), st.just(2 * seed[begin:end]), st.binary(max_size=20), st.text().map(_bytes))
    )
    return seed[:begin] + put + seed[end:]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("name", _POSTED)
def test_whatever_json_is_posted(name: str) -> None:
    """Any value in any place of what the providers do send."""
    bodies = [json.loads(seed) for seed in TARGETS[name].seeds()]

    @settings(max_examples=60, suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large))
    @given(st.sampled_from(bodies), _json, st.randoms())
    def tried(body: Any, odd: Any, random: Random) -> None:
        TARGETS[name].check(json.dumps(with_odd(body, odd, random)).encode())

    tried()


@pytest.mark.parametrize("path", [path for name in TARGETS for path in crashers(name)], ids=lambda path: path.name[:16])
def test_what_it_once_failed_for(path: Path) -> None:
    TARGETS[path.parent.name].check(path.read_bytes())


def test_every_target_can_be_run_by_its_name() -> None:
    assert set(NAMES) == set(TARGETS)
