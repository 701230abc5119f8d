"""No statement of ours could change what is only added to, though the database would refuse it anyway."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import tables
from storage.personal_columns import SEALED
from tests.house.repository import python_files, texts

MODULES = [path for path in python_files("storage") if "migrations" not in path.parts]
CHANGING = frozenset({"update", "delete", "put"})
DECIDED = {"CorrectionRequest"}
"""What is asked is sealed, what is decided about it is written once: the database holds both."""
MODELS = {
    name
    for name, model in vars(tables).items()
    if getattr(model, "__tablename__", "") in SEALED and name not in DECIDED
}
RAW = re.compile(rf"\b(?:UPDATE|DELETE FROM|REPLACE INTO|TRUNCATE)\s+(?:{'|'.join(sorted(SEALED))})\b", re.IGNORECASE)


def models_by_name(module: ast.Module) -> dict[str, str]:
    """What each name of a module stands for: `_report = table(Report)`, aliases of it, and tuples of them."""
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
        case ast.Name(id=name), _ if (model := _model(value, known)) is not None:
            yield name, model
        case _:
            return


def _model(value: ast.expr, known: dict[str, str]) -> str | None:
    match value:
        case ast.Call(func=ast.Name(id="table"), args=[ast.Name(id=model)]):
            return model
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="alias")):
            return known.get(name)
        case ast.Name(id=name):
            return known.get(name)
        case _:
            return None


def changed(module: ast.Module) -> Iterator[tuple[str, int]]:
    """The sealed models of which a statement would change rows, and the line."""
    known = models_by_name(module)
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        match node:
            case ast.Call(func=ast.Name(id=verb), args=args) if verb in CHANGING:
                found = [_model(one, known) for one in args]
            case ast.Call(func=ast.Attribute(value=of, attr=verb)) if verb in CHANGING:
                found = [_model(of, known)]
            case _:
                found = []
        yield from ((model, node.lineno) for model in found if model in MODELS)


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_no_statement_changes_what_is_only_added_to(path: Path) -> None:
    assert list(changed(ast.parse(texts()[path]))) == []
    assert RAW.findall(texts()[path]) == []


def test_the_rule_would_find_one() -> None:
    module = ast.parse(
        "_a, _report = table(Audit), table(Report)\n_other = _report.alias('x')\n"
        "connection.execute(update(_report).values(value=1))\n_other.delete()\n"
        "put(connection, table(Note), 'id', {}, x)"
    )
    assert set(changed(module)) == {("Report", 3), ("Report", 4), ("Note", 5)}
    assert {"Report", "FollowUp", "Audit"} <= MODELS
    assert RAW.search("update report set")


def test_the_orm_is_used_nowhere() -> None:
    """SQLModel declares the tables; a Session would write what was changed on a row by itself."""
    sessions = re.compile(r"\bSession\b|sessionmaker")
    assert [
        str(path) for path in python_files("bot", "handlers", "storage", "domain") if sessions.search(texts()[path])
    ] == []
