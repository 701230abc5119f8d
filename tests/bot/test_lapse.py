"""A lease that lapsed while nobody could look is no sign of a death."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.lapse import GRACE, LONGEST_LOOK_AWAY, NEVER, Lapse
from storage.outbox import LEASE
from tests.bot.edge import Clock


@dataclass
class Seconds:
    """A clock that never jumps."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def test_who_looks_often_believes_the_clock() -> None:
    machine = Clock()
    lapse = Lapse(machine, Seconds())
    for _look in range(50):
        assert lapse.before() == machine.now
        machine.pass_by(timedelta(seconds=2))


@pytest.mark.parametrize("jump", [timedelta(days=1), timedelta(hours=-1), LEASE])
def test_after_a_jump_the_living_have_time_to_renew(jump: timedelta) -> None:
    machine, seconds = Clock(), Seconds()
    lapse = Lapse(machine, seconds)
    lapse.before()
    machine.pass_by(jump)
    assert lapse.before() == NEVER
    machine.pass_by(timedelta(seconds=GRACE - 1))
    seconds.now += GRACE - 1
    assert lapse.before() == NEVER
    machine.pass_by(timedelta(seconds=1))
    seconds.now += 1
    assert lapse.before() == machine.now


def test_no_lease_ends_within_what_passes_for_a_look_in_time() -> None:
    assert LONGEST_LOOK_AWAY < LEASE
