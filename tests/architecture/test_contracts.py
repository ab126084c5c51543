"""The contracts hold, and each of them catches the fault that it is there for."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGES, ROOT, copy_house, replace

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
    ("leads back", "mamori/site/demo/guests.py", "from mamori.site.demo import course"),
    ("leads back", "mamori/site/demo/guests.py", "def play(): from mamori.site.demo import plot"),
    ("leads back", "mamori/japan/planted.py", "import mamori.japan.planted"),
    ("leads back", "trials/scratch.py", "from trials.harness import Found"),
    ("leads back", "tools/reference/markdown.py", "from tools.reference import words"),
    ("What is installed", "mamori/site/planted.py", "from trials import harness"),
    ("What is installed", "mamori/site/demo/planted.py", "def f(): import trials.scratch"),
    ("What is installed", "mamori/grammar/planted.py", "from tests import ports"),
    ("What is installed", "mamori/ground/post/planted.py", "from conftest import plan"),
]
MISNAMED = [
    ("entered by actions", '["mamori.rooms", "mamori.ground"]', '["mamori.rooms", "mamori.cellar"]'),
    ("entered by actions", 'insiders = ["mamori.site",', 'insiders = ["mamori.sight",'),
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


def only(told: str, *contracts: str) -> None:
    """Hold that just these contracts are broken."""
    broken = [row for row in told.splitlines() if row.rstrip().endswith("BROKEN")]
    assert len(broken) == len(contracts), told
    for contract in contracts:
        assert any(contract in row for row in broken), (contract, told)


def rounds(plants: list[tuple[str, str, str]]) -> list[list[tuple[str, str, str]]]:
    """Part the faults so that those of one round break different contracts, in different files: one run tells them all."""
    found: list[list[tuple[str, str, str]]] = []
    for plant in plants:
        for one in found:
            if all(plant[0] != other[0] and plant[1] != other[1] for other in one):
                one.append(plant)
                break
        else:
            found.append([plant])
    return found


def test_every_contract_names_its_decision_record() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for contract in settings["tool"]["importlinter"]["contracts"]:
        number = re.search(r"\(decision (\d{4})\)$", contract["name"])
        assert number, contract["name"]
        assert list((ROOT / "docs/decisions").glob(f"{number[1]}-*.md")), contract["name"]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the house once for all the faults."""
    return copy_house(tmp_path_factory.mktemp("contracts"))


@pytest.mark.parametrize("plants", rounds(PLANTS), ids=lambda plants: f"{len(plants)} contracts")
def test_planted_faults_break_their_contracts_and_no_other(
    plants: list[tuple[str, str, str]], copied: Path
) -> None:
    before = {
        path: (copied / path).read_bytes() if (copied / path).exists() else None for _, path, _ in plants
    }
    folders = {path: not (copied / path).parent.exists() for path in before}
    for _, path, line in plants:
        (copied / path).parent.mkdir(exist_ok=True)
        (copied / path).write_text(f'"""Planted."""\n{line}\n', encoding="utf-8")

    told = lint(copied)

    for path, content in before.items():
        (copied / path).unlink() if content is None else (copied / path).write_bytes(content)
        if folders[path]:
            (copied / path).parent.rmdir()
    only(told, *(contract for contract, _, _ in plants))


def test_what_is_installed_leans_on_none_of_its_own_tests(tmp_path: Path) -> None:
    house = copy_house(tmp_path)

    (house / "mamori/site/tests").mkdir()
    (house / "mamori/site/tests/__init__.py").write_text("", encoding="utf-8")
    (house / "mamori/site/planted.py").write_text("from mamori.site import tests\n", encoding="utf-8")

    only(lint(house), "What is installed")


@pytest.mark.parametrize(("contract", "name", "wrong"), MISNAMED)
def test_a_contract_that_would_hold_nobody_is_broken(
    contract: str, name: str, wrong: str, tmp_path: Path
) -> None:
    house = copy_house(tmp_path)

    replace(house / "pyproject.toml", name, wrong)

    only(lint(house), contract)


def test_every_package_of_the_repository_is_held() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    held = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]

    assert packages == set(PACKAGES) == set(held["importlinter"]["root_packages"])
    assert set(held["mypy"]["packages"]) == packages - {"tests", "verifier"}
    assert set(held["pytest"]["ini_options"]["testpaths"]) == packages - {"tools"}
