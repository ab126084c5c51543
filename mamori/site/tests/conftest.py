"""What tests of whole houses share: empty ones and prepared ones, on disks and databases of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from shutil import copytree
from uuid import uuid4

import pytest

from mamori.site.tests.houses import House, mamori

URL = os.environ.get("MAMORI_DATABASE_URL", "")


@pytest.fixture(scope="module")
def new_house(
    prepared_house: Callable[[], House], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., House]]:
    """Make houses on the engine that the tests run on: empty, or `is_set_up` as copies of one, all with the same keys."""
    with _houses(tmp_path_factory.mktemp("houses")) as make:

        def made(*, is_set_up: bool = False) -> House:
            if not is_set_up:
                return make("")
            model = prepared_house()
            house = make(model["MAMORI_DATABASE_URL"].rpartition("/")[2])
            copytree(model["MAMORI_HOME"], house["MAMORI_HOME"])
            return house

        yield made


@pytest.fixture(scope="session")
def prepared_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], House]]:
    """Set a house up when the first is asked for, to be copied."""
    with _houses(tmp_path_factory.mktemp("prepared")) as make:

        @cache
        def prepared() -> House:
            house = make("")
            done = mamori(house, "setup")
            assert done.returncode == 0, done.stderr
            return house

        yield prepared


@contextmanager
def _houses(folder: Path) -> Iterator[Callable[[str], House]]:
    """Make houses in a folder, each with a database of its own, on a server a copy of the one named; drop them afterwards."""
    names: list[str] = []

    def make(template: str) -> House:
        name = f"house_{uuid4().hex[:12]}"
        house = {"MAMORI_HOME": str(folder / name), "MAMORI_DATABASE_URL": ""}
        if URL.startswith("postgres"):
            _on_server(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
            names.append(name)
            house["MAMORI_DATABASE_URL"] = URL.rpartition("/")[0] + "/" + name
        return house

    yield make
    for name in names:
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(URL, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]
