"""Empty houses on disks and databases of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest

from mamori.site.tests.houses import House


@pytest.fixture(scope="module")
def new_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], House]]:
    """Make empty houses on the engine that the tests run on."""
    url = os.environ.get("MAMORI_DATABASE_URL", "")
    made: list[str] = []
    tmp_path = tmp_path_factory.mktemp("houses")

    def on_server(statement: str) -> None:
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    def make() -> House:
        name = f"house_{uuid4().hex[:12]}"
        home = {
            "MAMORI_HOME": str(tmp_path / name),
            "MAMORI_DATABASE_URL": "",
            "MAMORI_KEYS": "",
            "MAMORI_LOG": "",
        }
        home = {key: value for key, value in home.items() if value or key == "MAMORI_DATABASE_URL"}
        if url.startswith("postgres"):
            on_server(f"CREATE DATABASE {name}")
            made.append(name)
            home["MAMORI_DATABASE_URL"] = url.rpartition("/")[0] + "/" + name
        return home

    yield make
    for name in made:
        on_server(f"DROP DATABASE {name} WITH (FORCE)")
