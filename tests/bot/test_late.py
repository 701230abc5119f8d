"""What is made at its first use, and what a process may not import before it asks for messages."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from bot.late import Late, part_of


def test_nothing_is_made_before_it_is_used_and_then_once() -> None:
    made: list[str] = []

    def make() -> dict[str, str]:
        made.append("once")
        return {"kind": "work"}

    whole = Late(make)
    part = part_of(whole, lambda found: found)
    assert made == []
    assert (part["kind"], list(part.values()), made) == ("work", ["work"], ["once"])


def test_threads_that_ask_at_once_get_the_same() -> None:
    whole = Late(object)
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _at: id(whole()), range(64)))) == 1


def test_a_start_imports_neither_conversations_nor_what_few_installations_use() -> None:
    told = "import sys, bot.cli, bot.run; print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.split()
    )
    heavy = {"handlers.menu", "handlers.reception", "bot.turns", "alembic", "pywa", "holidays", "phonenumbers", "telegram"}
    assert loaded & (heavy | {"matplotlib", "openpyxl", "docx", "reportlab", "uvicorn"}) == set()
