"""The tests; whatever imports them first keeps compiled modules for all processes that follow."""

from tests.bytecode import keep

keep()
