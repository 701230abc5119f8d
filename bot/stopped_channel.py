"""A channel that has stopped (an expired token, a blocked number): the admins are told where they can still be."""

from bot.clock import MachineClock
from handlers.messages import Say
from handlers.texts.channels import name
from handlers.texts.operations import channel_stopped
from storage import offices
from storage.desk import Almanac, Desk
from storage.engine import Connection
from storage.outbox import Letter


class StopTeller:
    """Tells the admins of every office, on another channel and once a day. Who has no other reads it in the log."""

    def __init__(self, almanac: Almanac, office_now: MachineClock, machine_now: MachineClock) -> None:
        self._almanac = almanac
        self._office_now = office_now
        self._machine_now = machine_now

    def tell(self, connection: Connection, channel: str) -> None:
        """Put it into the outbox, in the transaction that notes the stop."""
        message = Say(text=channel_stopped(name(channel))).model_dump(mode="json")
        for office_id in offices.all_offices(connection):
            desk = Desk(connection, office_id, self._office_now(), self._almanac)
            letter = Letter(f"stopped:{channel}:{desk.today}", self._machine_now(), message)
            desk.write_to_admins_but_on(channel, letter)
