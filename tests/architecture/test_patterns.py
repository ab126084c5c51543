"""No pattern is compiled at a start, and each that waits can be compiled."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from mamori.grammar.regex import Regex, regex
from tests.architecture.source import ROOT


def patterns(value: Any) -> Iterator[Regex]:
    """Yield the patterns in a value and in the tables that it is."""
    if isinstance(value, Regex):
        yield value
    elif isinstance(value, dict):
        yield from patterns(tuple(value.values()))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from patterns(one)


def broken(*values: Any) -> list[str]:
    """List the patterns that cannot be compiled."""
    found = []
    for waiting in patterns(values):
        try:
            re.compile(waiting.pattern, waiting.flags)
        except re.PatternError:
            found.append(waiting.pattern)
    return found


def test_every_pattern_of_the_house_can_be_compiled() -> None:
    import_module("mamori.site.urls")
    modules = [module for name, module in sys.modules.items() if name.startswith("mamori.")]
    values = [value for module in modules for name, value in vars(module).items() if name[:2] != "__"]

    assert len({id(one) for one in patterns(values)}) > 300
    assert broken(*values) == []


def handed_on(source: str, names: Mapping[str, Any]) -> list[str]:
    """List what is handed to a function of `re` as its pattern and is one that waits, which `re` does not know."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args)
    firsts = (call.args[0] for call in calls if ast.unparse(call.func).startswith("re."))
    return [one.id for one in firsts if isinstance(one, ast.Name) and isinstance(names.get(one.id), Regex)]


def test_no_function_of_re_is_given_a_pattern_that_waits() -> None:
    import_module("mamori.site.urls")
    modules = [
        module for name, module in sys.modules.items() if name.startswith("mamori.") and module.__file__
    ]

    found = {
        module.__name__: wrong
        for module in modules
        if (wrong := handed_on(Path(str(module.__file__)).read_text("utf-8"), vars(module)))
    }

    assert found == {}
    assert handed_on("re.split(_BOX, text)", {"_BOX": regex("a")}) == ["_BOX"]


def test_a_planted_pattern_that_is_none_is_found() -> None:
    assert broken({"a": regex("[a-z]")}, {"b": (regex("a"), regex("(b"))}) == ["(b"]


@pytest.mark.parametrize(
    "line", ["import re\n\n_WORD = re.compile('a')\n", "from re import compile as c\n\n_WORD = c('a')\n"]
)
def test_a_planted_pattern_that_is_compiled_at_the_start_is_found(line: str) -> None:
    ruff = (
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--select=TID251",
        "--stdin-filename=mamori/japan/planted.py",
        "-",
    )

    said = subprocess.run(ruff, input=line, cwd=ROOT, capture_output=True, text=True, check=False)

    assert "mamori.grammar.regex" in said.stdout
