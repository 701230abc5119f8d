"""No statement of ours could change what is only added to, though the database would refuse it anyway."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Table

from storage import schema
from storage.personal_columns import SEALED
from tests.house.repository import python_files, texts

MODULES = [path for path in python_files("storage") if "migrations" not in path.parts]
CHANGING = frozenset({"update", "delete", "put"})
DECIDED = {"correction_request"}
"""What is asked is sealed, what is decided about it is written once: the database holds both."""
TABLES = {
    name
    for name, table in vars(schema).items()
    if isinstance(table, Table) and table.name in SEALED and name not in DECIDED
}
RAW = re.compile(rf"\b(?:UPDATE|DELETE FROM|REPLACE INTO|TRUNCATE)\s+(?:{'|'.join(sorted(SEALED))})\b", re.IGNORECASE)


def tables_by_name(module: ast.Module) -> dict[str, str]:
    """What each name of a module stands for: `_report = schema.report`, aliases of it, and tuples of them."""
    found: dict[str, str] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                found |= dict(_assigned(target, node.value, found))
    return found


def _assigned(target: ast.expr, value: ast.expr, known: dict[str, str]) -> Iterator[tuple[str, str]]:
    match target, value:
        case ast.Tuple(elts=names), ast.Tuple(elts=values):
            for name, one in zip(names, values, strict=True):
                yield from _assigned(name, one, known)
        case ast.Name(id=name), _ if (table := _table(value, known)) is not None:
            yield name, table
        case _:
            return


def _table(value: ast.expr, known: dict[str, str]) -> str | None:
    match value:
        case ast.Attribute(value=ast.Name(id="schema"), attr=table):
            return table
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="alias")):
            return known.get(name)
        case ast.Name(id=name):
            return known.get(name)
        case _:
            return None


def changed(module: ast.Module) -> Iterator[tuple[str, int]]:
    """The sealed tables of which a statement would change rows, and the line."""
    known = tables_by_name(module)
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        match node:
            case ast.Call(func=ast.Name(id=verb), args=args) if verb in CHANGING:
                found = [_table(one, known) for one in args]
            case ast.Call(func=ast.Attribute(value=of, attr=verb)) if verb in CHANGING:
                found = [_table(of, known)]
            case _:
                found = []
        yield from ((table, node.lineno) for table in found if table in TABLES)


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_no_statement_changes_what_is_only_added_to(path: Path) -> None:
    assert list(changed(ast.parse(texts()[path]))) == []
    assert RAW.findall(texts()[path]) == []


def test_the_rule_would_find_one() -> None:
    module = ast.parse(
        "_a, _report = schema.audit, schema.report\n_other = _report.alias('x')\n"
        "connection.execute(update(_report).values(value=1))\n_other.delete()\n"
        "put(connection, schema.note, 'id', {}, x)"
    )
    assert set(changed(module)) == {("report", 3), ("report", 4), ("note", 5)}
    assert {"report", "follow_up", "audit"} <= TABLES
    assert RAW.search("update report set")


def test_the_orm_is_used_nowhere() -> None:
    """A Session would write what was changed on a row by itself."""
    sessions = re.compile(r"\bSession\b|sessionmaker")
    assert [
        str(path) for path in python_files("bot", "handlers", "storage", "domain") if sessions.search(texts()[path])
    ] == []
