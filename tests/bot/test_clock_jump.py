"""A month in one jump of the simulator's clock and day by day: the same messages, the same ledger."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.demo import Demo
from storage.engine import open_engine, reading
from storage.tables import Achievement, Outbox, Snapshot, table

DAYS = 38
"""From 25 March to 2 May: a month's end, its cut-off, and five Mondays."""


async def ledger(folder: Path, plan: str, moves: list[str]) -> dict[str, list[Any]]:
    """What a demo holds after its clock was moved in these ways."""
    folder.mkdir()
    demo = Demo(plan, folder)
    await demo.simulation.open_phones()
    for words in moves:
        await demo.simulation.move_clock(words)
    await demo.program.close()
    engine = open_engine(f"sqlite:///{folder / 'demo.sqlite3'}")
    outbox, snapshot, achievement = table(Outbox), table(Snapshot), table(Achievement)
    with reading(engine) as connection:
        sent = connection.execute(select(outbox).where(outbox.c.lane == "notice").order_by(outbox.c.id))
        notices = [
            (row.address, row.state, f"{row.said_at:%Y-%m-%d %H:%M}", row.occasion, row.message)
            for row in sent
        ]  # fmt: skip
        figures = connection.execute(select(snapshot.c.period, snapshot.c.figures).order_by(snapshot.c.id)).all()
        sums = connection.execute(select(achievement).order_by(achievement.c.indicator_id, achievement.c.period)).all()
    engine.dispose()
    return {"notices": notices, "snapshots": list(map(tuple, figures)), "achievement": list(map(tuple, sums))}


@pytest.mark.sampled(share=1 / 3)
@pytest.mark.parametrize("plan", ["kubutambahan-2022", pytest.param("gumelar-2022", marks=pytest.mark.soak)])
async def test_a_month_in_one_jump_and_day_by_day_is_the_same(tmp_path: Path, plan: str) -> None:
    jump = await ledger(tmp_path / "jump", plan, [f"{DAYS} hari"])
    days = await ledger(tmp_path / "days", plan, ["1 hari"] * DAYS)
    kinds = {notice[3]["kind"] for notice in jump["notices"]}
    assert kinds == {"reminder", "digest"}
    assert jump == days
