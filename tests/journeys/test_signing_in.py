"""Somebody of the staff sets up a passkey and comes in by it, in a real browser; factors that change end other sessions."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from tests.journeys.browser import PATIENCE
from tests.ports import free_port
from trials.scratch import loaded

pytestmark = pytest.mark.processes


@dataclass(frozen=True, slots=True)
class House:
    """A house that serves, on a database of its own."""

    origin: str
    environment: dict[str, str]

    def run(self, *words: str) -> str:
        """Run a command of the house and return what it prints."""
        done = subprocess.run(
            loaded("-m", "mamori.site", *words),
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout


@pytest.fixture(scope="module")
def house_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Serve a house with two processes, as in earnest."""
    home = tmp_path_factory.mktemp("signing-in")
    port = free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("MAMORI_")},
        "MAMORI_HOME": str(home),
        "MAMORI_ORIGIN": f"http://localhost:{port}",
        "MAMORI_LANG": "ja",
    }
    house = House(environment["MAMORI_ORIGIN"], environment)
    house.run("setup")
    server = subprocess.Popen(
        [sys.executable, "-m", "mamori.site", "serve", "--port", str(port), "--workers", "2"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=(home / "serve.log").open("wb"),
        start_new_session=True,
    )
    try:
        _wait_for(port, home / "serve.log")
        yield house
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(PATIENCE)


def _wait_for(port: int, log: Path) -> None:
    for _ in range(3_000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(log.read_text())


@dataclass(frozen=True, slots=True)
class Device:
    """A browser with a finger, or none."""

    context: BrowserContext
    page: Page
    cdp: CDPSession
    key: str


def device(browser: Browser, house: House) -> Device:
    """Return a new browser whose passkeys a virtual authenticator holds."""
    context = browser.new_context(base_url=house.origin, locale="ja-JP")
    page = context.new_page()
    cdp = context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    return Device(context, page, cdp, authenticator(cdp, "internal"))


def authenticator(cdp: CDPSession, transport: str) -> str:
    """Give the browser something that holds passkeys, and return its name."""
    options = {
        "protocol": "ctap2",
        "transport": transport,
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    name: str = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return name


def set_up(mine: Device, house: House, email: str) -> None:
    """Invite somebody who sets up a passkey on the device."""
    link = house.run("staff", "add", email, "--name", "山田花子", "--role", "lead").splitlines()[-1]
    mine.page.goto(link)
    mine.page.get_by_role("button", name="準備を始める").click()
    mine.page.get_by_role("link", name="パスキーを登録する").click()
    mine.page.get_by_role("button", name="登録する").click()
    expect(mine.page.get_by_role("heading", name="サインインの手段")).to_be_visible()


def may_enter_the_desk(mine: Device) -> bool:
    """Say whether the desk opens, whatever it shows."""
    mine.page.goto("/desk/components")
    return "/account/" not in mine.page.url


def test_a_passkey_is_set_up_by_invitation_and_then_suffices(
    house_of_its_own: House, browser: Browser
) -> None:
    mine = device(browser, house_of_its_own)

    set_up(mine, house_of_its_own, "first@example.jp")
    assert may_enter_the_desk(mine)
    mine.context.clear_cookies()
    assert not may_enter_the_desk(mine)

    mine.page.goto("/account/login/?next=/desk/components")
    mine.page.get_by_role("button", name="パスキーでサインイン").click()
    mine.page.wait_for_url(lambda url: "/account/" not in url)
    assert mine.page.url.endswith("/desk/components")
    assert may_enter_the_desk(mine)


def test_the_link_of_an_invitation_works_once(house_of_its_own: House, browser: Browser) -> None:
    link = house_of_its_own.run("staff", "add", "once@example.jp", "--name", "一度").splitlines()[-1]
    mine, other = device(browser, house_of_its_own), device(browser, house_of_its_own)
    other.page.goto(link)
    mine.page.goto(link)

    mine.page.get_by_role("button", name="準備を始める").click()
    other.page.get_by_role("button", name="準備を始める").click()

    expect(mine.page.get_by_role("heading", name="サインインの手段")).to_be_visible()
    expect(other.page.get_by_text("この招待リンクは使えません")).to_be_visible()


def test_another_finger_is_refused(house_of_its_own: House, browser: Browser) -> None:
    mine = device(browser, house_of_its_own)
    set_up(mine, house_of_its_own, "finger@example.jp")
    mine.context.clear_cookies()

    mine.cdp.send("WebAuthn.setUserVerified", {"authenticatorId": mine.key, "isUserVerified": False})
    mine.page.goto("/account/login/")
    mine.page.get_by_role("button", name="パスキーでサインイン").click()

    expect(mine.page.locator("[data-passkey-fault]")).to_be_visible()
    assert not may_enter_the_desk(mine)


def test_a_new_passkey_signs_out_other_devices_and_not_this_one(
    house_of_its_own: House, browser: Browser
) -> None:
    mine = device(browser, house_of_its_own)
    set_up(mine, house_of_its_own, "twice@example.jp")
    stolen = browser.new_context(base_url=house_of_its_own.origin)
    stolen.add_cookies([{**cookie} for cookie in mine.context.cookies()])  # type: ignore[typeddict-item]
    thief = stolen.new_page()
    thief.goto("/desk/components")
    assert "/account/" not in thief.url

    second = authenticator(mine.cdp, "usb")
    mine.cdp.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": mine.key})
    mine.page.goto("/account/factors/passkeys/add/")
    mine.page.get_by_role("button", name="登録する").click()
    expect(mine.page.get_by_role("heading", name="サインインの手段")).to_be_visible()

    assert second
    assert may_enter_the_desk(mine)
    thief.goto("/desk/components")
    assert "/account/login/" in thief.url


AT_ONCE = """async () => {
  const token = document.cookie.match(/csrf[^=]*=([^;]+)/)?.[1] ?? document.querySelector('[name=csrfmiddlewaretoken]').value;
  const forms = [...document.querySelectorAll('a[href$="/remove/"]')].map(link => link.getAttribute('href'))
    .sort((one, other) => one.length - other.length || one.localeCompare(other));
  const body = () => new URLSearchParams({csrfmiddlewaretoken: token});
  const answers = await Promise.all(forms.map(to => fetch(to, {method: 'POST', body: body(), redirect: 'manual'})));
  return answers.map(answer => answer.type === 'opaqueredirect' ? 302 : answer.status);
}"""
"""Removes every passkey of the page at once, each by a request of its own."""


def test_of_two_passkeys_that_are_removed_at_once_one_stays_and_lets_in(
    house_of_its_own: House, browser: Browser
) -> None:
    mine = device(browser, house_of_its_own)
    set_up(mine, house_of_its_own, "both@example.jp")
    held = mine.cdp.send("WebAuthn.getCredentials", {"authenticatorId": mine.key})["credentials"]
    mine.cdp.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": mine.key})
    second = authenticator(mine.cdp, "usb")
    mine.page.goto("/account/factors/passkeys/add/")
    mine.page.get_by_role("button", name="登録する").click()
    expect(mine.page.get_by_role("heading", name="サインインの手段")).to_be_visible()
    first = authenticator(mine.cdp, "internal")
    mine.cdp.send("WebAuthn.addCredential", {"authenticatorId": first, "credential": held[0]})

    answers = mine.page.evaluate(AT_ONCE)

    assert len(answers) == 2, answers
    assert answers.count(302) == 1, answers
    gone = (first, second)[answers.index(302)]
    mine.cdp.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": gone})
    mine.context.clear_cookies()
    mine.page.goto("/account/login/?next=/account/factors/")
    mine.page.get_by_role("button", name="パスキーでサインイン").click()
    mine.page.wait_for_url(lambda url: "/account/login/" not in url)
    expect(mine.page.locator("a[href$='/remove/']")).to_have_count(1)


def test_a_sensitive_step_asks_for_the_passkey_again(house_of_its_own: House, browser: Browser) -> None:
    mine = device(browser, house_of_its_own)
    set_up(mine, house_of_its_own, "again@example.jp")
    mine.context.clear_cookies()
    mine.page.goto("/account/login/?next=/account/factors/")
    mine.page.get_by_role("button", name="パスキーでサインイン").click()
    mine.page.wait_for_url(lambda url: "/account/login/" not in url)

    mine.page.get_by_role("link", name="パスキーを登録する").click()
    expect(mine.page.get_by_role("heading", name="ご本人の確認")).to_be_visible()
    mine.page.get_by_role("button", name="パスキーで確かめる").click()

    expect(mine.page.get_by_role("heading", name="パスキーの登録")).to_be_visible()


def test_a_suspended_account_is_out_at_once(house_of_its_own: House, browser: Browser) -> None:
    mine = device(browser, house_of_its_own)
    set_up(mine, house_of_its_own, "gone@example.jp")
    assert may_enter_the_desk(mine)

    house_of_its_own.run("staff", "suspend", "gone@example.jp")

    assert not may_enter_the_desk(mine)
    house_of_its_own.run("staff", "let-in", "gone@example.jp")
    assert not may_enter_the_desk(mine)
