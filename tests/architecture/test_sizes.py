"""A long trial that is small in `make test` is whole in `make soak`: whatever asks for its size says so by its mark."""

from __future__ import annotations

import ast
import re
import subprocess
import sys

import pytest

from tests.architecture.source import PACKAGES, ROOT, files, short, tree
from tests.architecture.test_steadiness import names


def unmarked(module: ast.Module) -> bool:
    """Say whether a module of tests asks for a size and marks no test, or marks one and asks for none."""
    marked = "mark.sized" in ast.unparse(module)
    return asks(module) is not marked


def asks(module: ast.Module) -> bool:
    """Say whether a module asks for a size."""
    return not {"sized", "sized_by_engine"}.isdisjoint(names(module))


def test_what_asks_for_its_size_is_run_whole_by_the_soak() -> None:
    tests = [path for path in files(*PACKAGES, tests=True) if path.name.startswith("test_")]
    asking = [short(path) for path in tests if asks(tree(path)) and short(path) != HERE]
    soak = (ROOT / "tools/soak.sh").read_text(encoding="utf-8")

    run = re.findall(r"pytest -m sized ([\w ]+?) \|\|", soak)

    assert len(asking) >= 5
    assert [short(path) for path in tests if unmarked(tree(path)) and short(path) != HERE] == []
    assert len(run) == 2
    assert all({path.partition("/")[0] for path in asking} <= set(words.split()) for words in run)


@pytest.mark.parametrize(
    "planted",
    [
        "COUNT = sized(1, 2)",
        "COUNT = sized_by_engine(1, 2)",
        "@pytest.mark.sized\ndef test_it() -> None:\n    assert True",
    ],
)
def test_a_planted_size_without_its_mark_is_found(planted: str) -> None:
    assert unmarked(ast.parse(planted))
    assert not unmarked(ast.parse(f"{planted}\nsized(pytest.mark.sized, 1)"))


@pytest.mark.parametrize(
    ("said", "engine", "size", "length"),
    [
        ("", "", "small", "short"),
        ("1", "", "whole", "full"),
        ("", "postgres://x@y/z", "small", "full"),
        ("1", "postgres://x@y/z", "whole", "full"),
    ],
)
def test_the_surroundings_say_which_size_it_is(said: str, engine: str, size: str, length: str) -> None:
    asked = (
        "from trials.sizes import sized, sized_by_engine; "
        "print(sized('small', 'whole'), sized_by_engine('short', 'full'))"
    )

    done = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        env={"MAMORI_WHOLE": said, "MAMORI_DATABASE_URL": engine},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == f"{size} {length}\n"


HERE = "tests/architecture/test_sizes.py"
