"""Every Notice that a handler can build has a template with equal parameters, and every template tells what works."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from bot.channels.whatsapp.templates import CATALOGUE, Template
from handlers.kabupaten.reception import WORDS as KABUPATEN_WORDS
from handlers.menu import MENU

HANDLERS = sorted(Path("handlers").rglob("*.py"))
WITHOUT_NOTICE = {"weekly_summary"}
"""It is a picture."""
WORDS = {spelling for entry in MENU for spelling in (entry.word, *entry.spellings)} | set(KABUPATEN_WORDS)
WITHOUT_WORDS = {"invite", "number_declined", "group_code"}
"""What is answered with a code, or not to us."""


def notices() -> Iterator[tuple[str, int, str]]:
    """Name, number of parameters and place of every Notice that is built."""
    for path in HANDLERS:
        module = ast.parse(path.read_text(encoding="utf-8"))
        functions = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]
        for function in functions:
            for call in _calls(function, "Notice"):
                given = {keyword.arg: keyword.value for keyword in call.keywords}
                params = _value(given["params"], ast.walk(function))
                assert isinstance(params, ast.Tuple), f"{path}:{call.lineno} builds parameters elsewhere"
                names = list(_names(given["name"], function, module))
                assert names, f"{path}:{call.lineno} builds its name elsewhere"
                yield from ((name, len(params.elts), f"{path}:{call.lineno}") for name in names)


def _calls(node: ast.AST, name: str) -> Iterator[ast.Call]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == name:
            yield call


def _value(value: ast.expr, statements: Iterable[ast.AST]) -> ast.expr:
    """An expression, or what was given its name."""
    if not isinstance(value, ast.Name):
        return value
    given = (node for node in statements if isinstance(node, ast.Assign) and _is_named(node.targets[0], value.id))
    return next((node.value for node in given), value)


def _is_named(target: ast.expr, name: str) -> bool:
    return isinstance(target, ast.Name) and target.id == name


def _names(value: ast.expr, function: ast.FunctionDef, module: ast.Module) -> Iterator[str]:
    """The names that an expression can be: a literal, one of two, or what the function's callers give."""
    match _value(value, module.body):
        case ast.Constant(value=str(name)):
            yield name
        case ast.IfExp(body=body, orelse=other):
            yield from _names(body, function, module)
            yield from _names(other, function, module)
        case ast.Name(id=given):
            at = [argument.arg for argument in function.args.args].index(given)
            for call in _calls(module, function.name):
                yield from _names(call.args[at], function, module)
        case _:
            return


def test_every_notice_has_a_template_with_as_many_parameters() -> None:
    built = list(notices())
    wanting = {place: name for name, _number, place in built if name not in CATALOGUE}
    assert wanting == {}
    differing = [(place, name) for name, number, place in built if number != len(CATALOGUE[name].examples)]
    assert differing == []


def test_every_template_has_a_notice() -> None:
    assert set(CATALOGUE) - WITHOUT_NOTICE == {name for name, _number, _place in notices()}


@pytest.mark.parametrize("template", CATALOGUE.values(), ids=lambda template: template.notice)
def test_what_a_template_says_to_answer_is_understood(template: Template) -> None:
    words = {reply.word.removeprefix("!") for reply in template.replies}
    words |= set(re.findall(r"Balas (\w+) ", template.body))
    assert words <= WORDS
    assert bool(words) != (template.notice in WITHOUT_WORDS)
