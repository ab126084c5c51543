"""The contracts hold, and each of them catches the fault that it is there for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import copy_house

PLANTS = [
    ("Storeys", "mamori/grammar/planted.py", "from mamori.law import duties"),
    ("Storeys", "mamori/attic/__init__.py", ""),
    ("Rooms know only", "mamori/rooms/annexe/__init__.py", ""),
    ("Ground", "mamori/ground/seal/planted.py", "from mamori.ground.ledger import facts"),
    ("Ground", "mamori/ground/cellar/__init__.py", ""),
    (
        "entered by actions",
        "mamori/rooms/contact/planted.py",
        "from mamori.ground.seal.models import SubjectKey",
    ),
    ("entered by actions", "mamori/ground/ledger/planted.py", "import mamori.ground.seal.models"),
    ("plain Python", "mamori/law/planted.py", "from django.utils import timezone"),
    ("plain Python", "mamori/rooms/contact/rules/planted.py", "from mamori.ground.declared import fields"),
    ("no extra", "mamori/site/planted.py", "import psycopg"),
]


def lint(house: Path) -> str:
    """Run Import Linter on a house and return what it says."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as run; run()",
            "--no-cache",
        ],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(house), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_every_contract_names_its_decision_record() -> None:
    import re
    import tomllib

    from tests.architecture.source import ROOT

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for contract in settings["tool"]["importlinter"]["contracts"]:
        number = re.search(r"\(decision (\d{4})\)$", contract["name"])
        assert number, contract["name"]
        assert list((ROOT / "docs/decisions").glob(f"{number[1]}-*.md")), contract["name"]


@pytest.mark.parametrize(("contract", "path", "line"), PLANTS)
def test_a_planted_fault_breaks_its_contract(contract: str, path: str, line: str, tmp_path: Path) -> None:
    house = copy_house(tmp_path)
    planted = house / path
    planted.parent.mkdir(exist_ok=True)

    planted.write_text(f'"""Planted."""\n{line}\n', encoding="utf-8")
    told = lint(house)

    broken = [row for row in told.splitlines() if row.rstrip().endswith("BROKEN")]
    assert len(broken) == 1, told
    assert contract in broken[0]
