"""Staff come in by their company, prove there who they are, and only read where no group is theirs: in a real browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.browser import PATIENCE, axe
from tests.ports import free_port
from trials.scratch import loaded

pytestmark = pytest.mark.processes
MIHON = "株式会社みほん"


@pytest.fixture(scope="module")
def company_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a company's provider and a house whose staff sign in there; return where the house is."""
    home, port, theirs = tmp_path_factory.mktemp("company"), free_port(), free_port()
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("MAMORI_")},
        "MAMORI_HOME": str(home),
        "MAMORI_ORIGIN": f"http://localhost:{port}",
        "MAMORI_PORT": str(port),
        "MAMORI_COMPANY_ISSUER": f"http://localhost:{theirs}",
        "MAMORI_COMPANY_CLIENT": "mamori",
        "MAMORI_COMPANY_SECRET": "any",
    }
    for words in (
        ("setup",),
        ("set", "people.company_name", MIHON),
        ("set", "people.company_roles", "mamori-leads=lead; mamori-agents=agent"),
    ):
        subprocess.run(loaded("-m", "mamori.site", *words), env=env, check=True, capture_output=True)
    programs = [
        _run(env, home / "provider.log", "tests.journeys.provider", str(theirs)),
        _run(env, home / "up.log", "mamori.site", "up"),
    ]
    try:
        _wait_for(theirs, home / "provider.log")
        _wait_for(port, home / "up.log")
        yield env["MAMORI_ORIGIN"]
    finally:
        for program in programs:
            program.send_signal(signal.SIGTERM)
            program.wait(PATIENCE)


def _run(env: dict[str, str], log: Path, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", *words], env=env, stdout=log.open("wb"), stderr=subprocess.STDOUT
    )


def _wait_for(port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8"))


def in_by_the_company(page: Page, who: str) -> None:
    """Press the company's button and be that person there."""
    page.get_by_role("button", name=f"{MIHON}でサインイン").click()
    page.get_by_role("button", name=f"Authorize as {who}").click()


def test_a_lead_comes_in_by_the_company_and_proves_there_who_she_is_before_she_adds_somebody(
    browser: Browser, company_house: str
) -> None:
    page = browser.new_context(base_url=company_house, locale="ja-JP").new_page()
    page.goto("/desk/")
    assert axe(page) == []

    in_by_the_company(page, "hanako")

    expect(page.get_by_role("heading", level=1)).to_contain_text("案件")
    page.goto("/desk/people/add/")
    expect(page.get_by_role("heading", name="ご本人の確認")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name=f"{MIHON}で確かめる").click()
    page.get_by_role("button", name="Authorize as hanako").click()
    expect(page).to_have_url(f"{company_house}/desk/people/add/")
    page.get_by_label("名前").fill("鈴木 一郎")
    page.get_by_label("メールアドレス").fill("ichiro@mihon.example")
    page.get_by_role("button").filter(has_text="登録").click()
    page.goto("/desk/people/")
    expect(page.get_by_role("main")).to_contain_text("鈴木 一郎")
    expect(page.get_by_role("main")).to_contain_text("山田 花子")


def test_whoever_is_in_no_group_reads_how_the_work_is_done_and_nothing_else(
    browser: Browser, company_house: str
) -> None:
    page = browser.new_context(
        base_url=company_house, locale="ja-JP", viewport={"width": 390, "height": 800}
    ).new_page()
    page.goto("/account/login/")

    in_by_the_company(page, "jiro")

    expect(page.get_by_role("heading", name="手順と定め")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("main").get_by_role("link", name="販売業者等情報の開示請求").click()
    expect(page.get_by_role("heading", name="販売業者等情報の開示請求", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="届いた開示請求を記録する")).to_have_count(0)
    page.goto("/desk/people/")
    expect(page.get_by_role("main")).to_contain_text("あなたの立場では開けません")


def test_a_sign_in_that_is_denied_at_the_company_says_what_to_do(
    browser: Browser, company_house: str
) -> None:
    page = browser.new_context(base_url=company_house, locale="en-GB").new_page()
    page.goto("/account/login/")

    page.get_by_role("button", name=f"Sign in with {MIHON}").click()
    page.get_by_role("button", name="Deny access").click()

    expect(page.get_by_role("main")).to_contain_text("broken off or turned down")
    page.goto("/desk/")
    expect(page.get_by_role("heading", name="Sign in for staff")).to_be_visible()


def test_a_code_that_somebody_made_up_is_refused_in_words_and_on_the_record(
    browser: Browser, company_house: str
) -> None:
    page = browser.new_context(base_url=company_house, locale="ja-JP").new_page()
    page.goto("/account/login/")
    page.get_by_role("button", name=f"{MIHON}でサインイン").click()
    page.wait_for_url("**/oauth2/authorize*")
    state = parse_qs(urlsplit(page.url).query)["state"][0]

    page.goto(f"/account/company/back/?state={state}&code=made-up")

    expect(page.get_by_role("main")).to_contain_text("引き換えを断られました")
    assert axe(page) == []
    page.goto("/desk/")
    expect(page.get_by_role("heading", name="担当者のサインイン")).to_be_visible()
