"""What journeys share: one house that is built once and copied, and one browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.journeys.browser import House, built, chromium, no_browser, opened, visit

type Visit = Callable[..., BrowserContext]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what walks through a served house: it stands on SQLite whatever the other tests' database is.

    What asks for the browser comes last: its loop runs until the end, and would forbid other tests the database.
    """
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))
    for item in items:
        if "open_house" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.served)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """Build the house that every journey copies; return where it is, and what stands in it."""
    home = tmp_path_factory.mktemp("template") / "home"
    return home, built(home)


@pytest.fixture(scope="session")
def world(template: tuple[Path, dict[str, Any]]) -> dict[str, Any]:
    """Return what stands in the house: the numbers of its matters."""
    return template[1]


@pytest.fixture(scope="session")
def looked_at(
    template: tuple[Path, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """Serve one copy to all files that only look; its pages say in a header what they are made of."""
    home = tmp_path_factory.mktemp("looked-at") / "home"
    with opened(template[0], home, DJANGO_SETTINGS_MODULE="tests.journeys.naming") as house:
        yield house


@pytest.fixture(scope="module")
def open_house(
    template: tuple[Path, dict[str, Any]],
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[House]:
    """Serve a copy of the house for one file of journeys; a file that says `ONLY_LOOKS` changes nothing and shares one."""
    if getattr(request.module, "ONLY_LOOKS", False):
        yield request.getfixturevalue("looked_at")
        return
    with opened(template[0], tmp_path_factory.mktemp("house") / "home") as house:
        yield house


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Open the browser for all journeys.  CI may not do without."""
    if why := no_browser():
        assert not os.environ.get("CI"), why
        pytest.skip(why)
    with chromium() as opened_browser:
        yield opened_browser


@pytest.fixture
def guest(browser: Browser, open_house: House) -> Iterator[Visit]:
    """Let guests in: `guest("agent", color_scheme="dark")` is a window of their own."""
    windows: list[BrowserContext] = []

    def let_in(who: str = "", **options: Any) -> BrowserContext:
        windows.append(visit(browser, open_house, who, **options))
        return windows[-1]

    yield let_in
    for window in windows:
        window.close()
