"""What a picture shortens is known without drawing it, so that the message below says it in full."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.charts.canvas import ROOM, STRONG
from bot.charts.typography import ELLIPSIS, wrap
from handlers.picture_names import COLUMN_ROOM, PAGE_ROOM, cut_names, may_be_cut

names = st.lists(st.text("abcdefghijklmnopqrstuvwxyzABCWM.,()/-&%0123456789éÑ", min_size=1, max_size=60), max_size=40)


def test_the_room_is_that_of_the_picture() -> None:
    assert ROOM == PAGE_ROOM


@given(names.map(" ".join), st.sampled_from([PAGE_ROOM, COLUMN_ROOM]))
@example("W" * 200, PAGE_ROOM)
@example("i" * 200, PAGE_ROOM)
@example("MW " * 40, COLUMN_ROOM)
def test_whatever_is_shortened_is_known(name: str, room: int) -> None:
    lines = wrap(name, STRONG, room)
    if lines[-1].endswith(ELLIPSIS):
        assert may_be_cut(name, room)


@pytest.mark.parametrize(
    "name", ["Seksi Pemerintahan", "Jumlah Desa yang Memiliki Buku Wajib Administrasi dan Lainnya", ""]
)
def test_a_name_of_two_lines_is_not_said_again(name: str) -> None:
    assert cut_names([name, name]) == ()
