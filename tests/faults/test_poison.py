"""A message that no turn can take: it is set aside, its sender and the admin are told, and everybody goes on."""

import random
from collections.abc import Callable

from sqlalchemy import select, text

from handlers.texts.general import BROKEN
from handlers.texts.operations import poison_reported
from storage.engine import reading, writing
from storage.tables import Inbox, table
from tests.faults.conftest import FAULTS
from tests.faults.everyday import everyday, silent
from tests.faults.town import Town

POISON = "racun"
ADMIN = 1
"""The place of the admin among those who have joined."""
_REFUSED = {
    "sqlite": [
        f"""CREATE TRIGGER poison BEFORE UPDATE ON inbox
            WHEN NEW.state = 'done' AND json_extract(OLD.said, '$.body') = '{POISON}'
            BEGIN SELECT RAISE(ABORT, 'no turn can take this'); END"""
    ],
    "postgresql": [
        """CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$
           BEGIN RAISE EXCEPTION 'no turn can take this'; END $$""",
        f"""CREATE TRIGGER poison BEFORE UPDATE ON inbox FOR EACH ROW
            WHEN (NEW.state = 'done' AND OLD.said ->> 'body' = '{POISON}') EXECUTE FUNCTION poison()""",
    ],
}
"""The turn of such a message fails at its very end, when everything that it does is written."""


async def test_a_poisonous_message_is_set_aside_and_told_while_everybody_goes_on(
    town: Town, seed: int, record_property: Callable[[str, object], None]
) -> None:
    with writing(town.engine) as connection:
        for statement in _REFUSED[town.engine.dialect.name]:
            connection.execute(text(statement))
    program = await town.start()
    victim, admin = silent(town)[0], town.residents[ADMIN]
    async with everyday(town, random.Random(seed)):
        victim.types(POISON)
        await town.until(lambda: victim.has_heard(BROKEN), "a kind answer")
        victim.greet()
    await town.comes_to_rest()
    kept = town.check(set_aside=frozenset({POISON}))
    of = table(Inbox)
    with reading(town.engine) as connection:
        number = connection.execute(select(of.c.id).where(of.c.state == "poison")).scalar_one()
    assert [message.text for message in admin.phone.messages].count(poison_reported(number)) == 1
    assert [message.text for message in victim.phone.messages].count(BROKEN) == 1
    assert "a turn failed" in program.log()
    assert POISON not in program.log()
    record_property(FAULTS, str(kept))
