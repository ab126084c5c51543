"""The demo is played beside a house that runs: it takes neither its port nor its folder, and signs nobody out of it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from mamori.site.demo import stage


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what the demo sets be forgotten."""
    monkeypatch.setattr(os, "environ", dict(os.environ))


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_a_port_at_which_a_house_answers_is_left_to_it(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, 0), family=family) as house:
        monkeypatch.setattr(stage, "USUAL_PORT", house.getsockname()[1])

        with stage.open_doors(None) as doors:
            taken = doors.getsockname()[1]

    assert os.environ["MAMORI_ORIGIN"] == f"http://localhost:{taken}"
    assert taken != stage.USUAL_PORT


def test_a_folder_of_another_house_is_refused_and_nothing_in_it_is_touched(tmp_path: Path) -> None:
    home = tmp_path / "house"
    home.mkdir()
    (home / "mamori.sqlite3").write_text("records")
    os.environ |= {"MAMORI_HOME": str(home), "MAMORI_DATABASE_URL": "postgresql:///house"}

    with pytest.raises(stage.HomeInUse):
        stage.build(tmp_path)

    assert {one.name: one.read_text() for one in home.iterdir()} == {"mamori.sqlite3": "records"}


def test_the_demo_has_a_folder_of_its_own_and_takes_no_database_of_another_house(tmp_path: Path) -> None:
    os.environ.pop("MAMORI_HOME", None)
    os.environ |= {"MAMORI_DATABASE_URL": "postgresql:///house", "MAMORI_KEYS": "/keys"}

    home = stage.build(tmp_path)

    assert home == tmp_path / "var" / "demo"
    assert {"MAMORI_DATABASE_URL", "MAMORI_KEYS"} & set(os.environ) == set()


def test_houses_beside_each_other_keep_cookies_of_their_own() -> None:
    asked = "from mamori.site import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME)"
    origins = ("http://localhost:8000", "http://localhost:8001", "https://help.shop.example")
    names = [
        subprocess.run(
            [sys.executable, "-c", asked],
            env=os.environ | {"MAMORI_ORIGIN": origin},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for origin in origins
    ]

    assert names == [["mamori", "csrf"], ["mamori-8001", "csrf-8001"], ["__Host-mamori", "__Host-csrf"]]
