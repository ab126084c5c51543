"""A real browser before a real server: a house of its own on a copied database, who is let in, and what a page is held to."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
import jwt
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect, sync_playwright

from tests.ports import free_port
from trials.scratch import loaded

ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium-headless-shell"
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
GRAVE = frozenset({"serious", "critical"})
PATIENCE = 300.0
"""However busy the machine is: what is waited for comes, or something is broken."""
expect.set_options(timeout=60_000)
CLOSING = 30.0
"""So long a house may take to close, and no longer: it is killed then."""
BESIDES = frozenset({"landmark-unique", "heading-order"})
"""Rules that axe takes more lightly than somebody does who goes from landmark to landmark, or heading to heading, by ear."""


def no_browser() -> str:
    """Say why there is no browser, or nothing: CI must have one, a developer may do without."""
    return "" if Path(CHROMIUM).exists() else "no chromium: tools/system.sh installs it"


type Do = Callable[..., Any]


@contextmanager
def stage(env: dict[str, str]) -> Iterator[Do]:
    """Open what does to a house what no browser does (see `stage.py`): one process for all, since to start one takes seconds."""
    with subprocess.Popen(
        loaded("-m", "tests.journeys.stage"),
        cwd=ROOT,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asked, answers = process.stdin, process.stdout

        def do(what: str, *words: str) -> Any:
            print(json.dumps([what, *words]), file=asked, flush=True)
            answer = answers.readline()
            assert answer, f"{what} failed"
            return json.loads(answer)

        yield do


@dataclass(frozen=True, slots=True)
class House:
    """A house that is open: where it lives, where its pages are, and what `do`es to it what no browser does."""

    home: Path
    origin: str
    env: dict[str, str]
    do: Do

    def cookies(self, guest: str) -> list[dict[str, str]]:
        """Let a guest in ("agent", "buyer=buyer:B-1"; empty: nobody) and return the browser's cookies."""
        found = self.do("let_in", guest)[guest] if guest else {}
        return [{"name": name, "value": value, "url": self.origin} for name, value in found.items()]


def signed_link(house: House, keys: dict[str, str], who: str, to: str, *, lasts: int = 300) -> str:
    """Return where a link leads that the marketplace signs for somebody, good for so many seconds."""
    now = int(time.time())
    claims = {
        "sub": who,
        "iat": min(now, now + lasts - 300),
        "exp": now + lasts,
        "jti": secrets.token_hex(8),
        "aud": house.origin,
        "to": to,
    }
    token = jwt.encode(claims, keys["link_secret"], algorithm="HS256", headers={"kid": keys["link_prefix"]})
    return f"/in/{token}"


def house_env(home: Path, origin: str = "http://localhost:8000", **more: str) -> dict[str, str]:
    """Return the environment of a house that lives in `home` and nowhere else."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("MAMORI_")}
    return kept | {
        "MAMORI_HOME": str(home),
        "MAMORI_ORIGIN": origin,
        "MAMORI_STATIC": str(home / "static"),
        "DJANGO_SETTINGS_MODULE": "mamori.site.settings",
        "PYTHONUTF8": "1",
        **more,
    }


def built(home: Path) -> dict[str, Any]:
    """Set a house up with the small marketplace in it; every journey works on a copy."""
    env = house_env(home)
    subprocess.run(
        loaded("-m", "mamori.site", "setup"),
        cwd=ROOT,
        env=env,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with stage(env) as do:
        world: dict[str, Any] = do("lay")
    return world


@contextmanager
def opened(template: Path, home: Path, **more: str) -> Iterator[House]:
    """Copy a house and serve it until the journey is over."""
    shutil.copytree(template, home)
    port = free_port()
    origin = f"http://localhost:{port}"
    env = house_env(home, origin, **more)
    with (home / "serve.log").open("wb") as log, stage(env) as do:
        server = subprocess.Popen(
            [sys.executable, "-m", "mamori.site", "serve", "--port", str(port), "--workers", "1"],
            cwd=ROOT,
            env=env,
            stdout=log,
            stderr=log,
        )
        try:
            _await(server, f"{origin}/health/live", home / "serve.log")
            yield House(home, origin, env, do)
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(CLOSING)
            except subprocess.TimeoutExpired:
                server.kill()


def _await(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert server.poll() is None, log.read_text("utf-8")
        try:
            urllib.request.urlopen(address, timeout=5)
        except urllib.error.HTTPError:
            return  # it answers; what it says is the journey's matter
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the server did not open: {log.read_text('utf-8')}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass  # no slots: Playwright leaves a mark on whoever listens
class Heard:
    """What a page said that no page should: dialogs that a script opened, and complaints of the browser."""

    dialogs: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """Take down what the page says, and let no dialog hold it up."""
        page.on("dialog", self._dialog)
        page.on("pageerror", lambda error: self._note(page, str(error)))
        page.on("console", lambda said: self._note(page, said.text) if said.type == "error" else None)

    def _note(self, page: Page, words: str) -> None:
        self.complaints.append(f"{urlsplit(page.url).path}: {words}")

    def _dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()


def visit(browser: Browser, house: House, guest: str = "", **options: Any) -> BrowserContext:
    """Open a window of its own for a guest; `options` are Playwright's: locale, color_scheme, bypass_csp, viewport …"""
    options = {"locale": "ja-JP", "viewport": {"width": 1280, "height": 900}} | options
    context = browser.new_context(base_url=house.origin, **options)
    context.set_default_timeout(60_000)
    context.add_cookies(house.cookies(guest))  # type: ignore[arg-type]  # Playwright's own TypedDict
    return context


def read(page: Page) -> Page:
    """Return the page once all of it is there: whoever pressed a button was led on when the next one began."""
    page.wait_for_load_state("load")
    return page


def axe(page: Page, *, least: frozenset[str] = GRAVE) -> list[str]:
    """Return what axe finds on the page, colours included: rule, what it says, and where."""
    read(page).evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {violation['help']}: {', '.join(node['html'][:160] for node in violation['nodes'][:4])}"
        for violation in found["violations"]
        if violation["impact"] in least or violation["id"] in BESIDES
    ]


def cut_tables(page: Page) -> list[str]:
    """Return each table that does not fit its place, so that on a telephone a column is out of sight."""
    found: list[str] = page.evaluate(
        """[...document.querySelectorAll('table')]
          .filter((one) => one.parentElement.scrollWidth > one.parentElement.clientWidth + 1)
          .map((one) => one.outerHTML.slice(0, 160))"""
    )
    return found


def too_wide(page: Page) -> list[str]:
    """Return what makes the page wider than its window; what scrolls within itself does not."""
    found: list[str] = read(page).evaluate(
        """() => {
          const wide = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= wide) return [];
          return [...document.querySelectorAll("body *")]
            .filter((one) => one.getBoundingClientRect().right > wide + 1)
            .map((one) => one.outerHTML.slice(0, 160));
        }"""
    )
    return found
