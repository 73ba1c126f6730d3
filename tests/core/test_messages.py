"""Every message in the code has its Chinese in core/messages.zh.toml, and the other way round."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from core.message import CATALOGUE, catalogue

ROOT = Path(__file__).parents[2]
PACKAGES = ("core", "knowledge", "script_engine", "room", "console", "speech", "avatar", "render")
RAISED = {"ContentError", "ConfigError", "ValueError", "Refused"}
MADE = {"Message", "message_of", "refused_value", "_no_field"}
# what gives a Message


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, node


def files(*packages: str) -> Iterator[tuple[str, ast.AST]]:
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def templates() -> dict[str, str]:
    """Every template with the file that has it."""
    found = {}
    for name, tree in files(*PACKAGES):
        for called, call in calls(tree):
            if called == "Message":
                first = call.args[0] if call.args else None
                literal = isinstance(first, ast.Constant) and isinstance(first.value, str)
                assert literal, f"{name}, line {call.lineno}: a template is a literal string"
                assert isinstance(first, ast.Constant)
                found[str(first.value)] = name
    return found


def names_in(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_every_message_has_a_chinese_twin() -> None:
    missing = {text: name for text, name in templates().items() if text not in catalogue()}
    assert not missing, f"add to {CATALOGUE.name}: {missing}"


def test_every_template_is_given_its_values() -> None:
    for name, tree in files(*PACKAGES):
        for called, call in calls(tree):
            if called == "Message" and isinstance(call.args[0], ast.Constant):
                given = {keyword.arg for keyword in call.keywords}
                assert given == names_in(str(call.args[0].value)), f"{name}, line {call.lineno}"


def test_the_catalogue_has_nothing_stale() -> None:
    stale = catalogue().keys() - templates().keys()
    assert not stale, f"no code says so any more, delete it from {CATALOGUE.name}: {stale}"


@pytest.mark.parametrize("template", catalogue())
def test_both_languages_name_the_same_values(template: str) -> None:
    chinese = catalogue()[template]
    assert names_in(chinese) == names_in(template)
    words = re.sub(r"\{[^{}]*\}", "", template)
    if re.search(r"[a-z]{2}", words):
        assert re.search(r"[\u4e00-\u9fff]", chinese), "is no Chinese"


def test_no_template_stands_twice() -> None:
    tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))  # TOML refuses a key that is there twice


def test_what_knowledge_refuses_is_a_message() -> None:
    """A plain string as the reason of an error would be English for everybody."""
    plain = []
    for name, tree in files("knowledge"):
        for called, call in calls(tree):
            if called in RAISED and not _is_message(call, tree):
                plain.append(f"{name}, line {call.lineno}: {ast.unparse(call)}")
    assert not plain, f"make each a Message: {plain}"


def _is_message(call: ast.Call, tree: ast.AST) -> bool:
    reason = (
        call.args[-1]
        if isinstance(call.func, ast.Name) and call.func.id == "Refused"
        else (call.args[0] if call.args else None)
    )
    if isinstance(reason, ast.Call) and isinstance(reason.func, ast.Name):
        return reason.func.id in MADE
    if not isinstance(reason, ast.Name):
        return False
    given = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and any(isinstance(to, ast.Name) and to.id == reason.id for to in node.targets)
    ]
    annotated = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.arg)
        and node.arg == reason.id
        and isinstance(node.annotation, ast.Name)
        and node.annotation.id == "Message"
    ]
    made = [
        isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in MADE
        for value in given
    ]
    return bool(made or annotated) and all(made)
