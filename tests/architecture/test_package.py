"""The package holds what runs and nothing else: no test, no measurement; and the house runs where only the package is."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import pytest

from tests.architecture.source import PACKAGES, ROOT, short

STAYS = {"tests", "conftest.py", "bench", *PACKAGES} - {"mamori"}
LIBRARIES = (sysconfig.get_path("purelib"), str(ROOT / "packages" / "mamori-readings"))

RUN = """
from importlib.metadata import entry_points
[mamori] = entry_points(group="console_scripts", name="mamori")
mamori.load()()
"""
LOOK = """
import pkgutil
from importlib import import_module, util
import django, mamori
django.setup()
names = [one.name for one in pkgutil.walk_packages(mamori.__path__, "mamori.")]
for name in names:
    if not name.endswith("__main__"):
        import_module(name)
there = [name for name in ("tests", "tools", "trials", "verifier", "conftest") if util.find_spec(name)]
print(mamori.__file__, len(names), *there, sep="\\n")
"""


def stray(names: Iterable[str]) -> list[str]:
    """Return what stands among the names of a wheel and belongs to the repository only."""
    return [name for name in names if STAYS & set(PurePosixPath(name).parts) or "/test_" in name]


def on_disk() -> set[str]:
    """Return every file of the package that is no test's, as a wheel names it."""
    files = (path.relative_to(ROOT) for path in (ROOT / "mamori").rglob("*") if path.is_file())
    return {path.as_posix() for path in files if not {"tests", "__pycache__"} & set(path.parts)}


def built(target: str, folder: Path) -> Path:
    """Build the wheel or the sdist as whoever installs it does, by the backend that is locked."""
    words = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)
    [file] = folder.glob("mamori-*")
    return file


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel."""
    return built("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Put the wheel into an environment of its own, beside the libraries; return its Python, which knows no repository."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    [packages] = folder.glob("lib/python*/site-packages")
    with zipfile.ZipFile(wheel) as whole:
        whole.extractall(packages)
    (packages / "libraries.pth").write_text("\n".join(LIBRARIES), encoding="utf-8")
    return folder / "bin" / "python"


def ended(installed: Path, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the installed Python far from the repository, in a house of its own on SQLite."""
    surely = {name: value for name, value in os.environ.items() if not name.startswith(("MAMORI_", "PYTHON"))}
    house = {
        "MAMORI_HOME": str(home),
        "MAMORI_LANG": "en",
        "DJANGO_SETTINGS_MODULE": "mamori.site.settings",
        "PYTHONUTF8": "1",
    }
    command = [str(installed), *words]
    return subprocess.run(
        command, cwd=home.parent, env=surely | house, capture_output=True, text=True, check=False
    )


def test_the_wheel_holds_what_runs_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as whole:
        names = set(whole.namelist())

    kept = {name for name in names if name.startswith("mamori/")}
    assert stray(names) == []
    assert kept == on_disk()
    assert {PurePosixPath(name).parts[0].partition("-")[0] for name in names} == {"mamori"}
    assert {".py", ".html", ".css", ".js", ".json", ".svg", ".txt", ".typ"} <= {
        PurePosixPath(name).suffix for name in kept
    }
    assert {short(path) for path in ROOT.glob("mamori/*/*/migrations/0*.py")} <= kept


def test_the_sdist_holds_what_the_wheel_is_built_of_and_the_verifier(tmp_path: Path) -> None:
    with tarfile.open(built("sdist", tmp_path)) as whole:
        names = {PurePosixPath(*PurePosixPath(name).parts[1:]).as_posix() for name in whole.getnames()}

    assert stray(names - {name for name in names if name.startswith("verifier/")}) == []
    assert {name for name in names if name.startswith("mamori/")} == on_disk()
    described = {"PKG-INFO", "pyproject.toml", "README.md", "LICENSE", ".gitignore"}
    assert {PurePosixPath(name).parts[0] for name in names} == {"mamori", "verifier"} | described
    assert "verifier/mamori_verify.py" in names


@pytest.mark.parametrize(
    "planted",
    [
        "mamori/site/tests/test_up.py",
        "mamori/site/bench/kills.py",
        "mamori/rooms/contact/tests/conftest.py",
        "mamori/site/test_up.py",
        "trials/kills.py",
        "conftest.py",
    ],
)
def test_a_planted_test_or_measurement_is_found(planted: str) -> None:
    assert stray(["mamori/site/work.py", planted]) == [planted]


def test_every_module_of_the_package_is_there_and_needs_nothing_beside_it(
    installed: Path, tmp_path: Path
) -> None:
    told = ended(installed, tmp_path / "home", "-c", LOOK)

    assert told.returncode == 0, told.stderr[-2000:]
    place, modules, *beside = told.stdout.splitlines()
    assert Path(place).is_relative_to(installed.parents[1])
    assert int(modules) == sum(name.endswith(".py") for name in on_disk()) - 1  # but `mamori` itself
    assert beside == []


@pytest.mark.processes
def test_a_house_is_set_up_and_healthy_where_only_the_package_is(installed: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"

    setup = ended(installed, home, "-c", RUN, "setup")
    check = ended(installed, home, "-c", RUN, "check")
    demo = ended(installed, home, "-c", RUN, "demo", "--no-serve")

    assert setup.returncode == 0, setup.stderr[-2000:]
    assert check.returncode == 0, check.stdout[-2000:] + check.stderr[-2000:]
    assert demo.returncode == 2
    assert "demo-sample-missing" in demo.stderr
