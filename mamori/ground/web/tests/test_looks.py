"""The reader chooses language and colours; both hold, and the way back leads nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from mamori.grammar.actor import Actor, Role
from mamori.ground.terms import actions as terms
from mamori.ground.web import operator
from mamori.law.settings import OPERATOR_NAME, OPERATOR_PHONE

type Enter = Callable[..., Client]


def test_japanese_is_spoken_unless_english_is_asked_for(enter: Enter) -> None:
    client = enter()

    assert '<html lang="ja"' in client.get("/").content.decode()
    assert (
        '<html lang="en"'
        in client.get("/", headers={"accept-language": "en-US,en;q=0.9,ja;q=0.5"}).content.decode()
    )
    assert '<html lang="ja"' in client.get("/", headers={"accept-language": "de"}).content.decode()


def test_a_chosen_language_outlives_what_the_browser_asks(enter: Enter) -> None:
    client = enter()

    back = client.post("/language/", {"language": "en", "next": "/nowhere?x=1"})

    assert back["Location"] == "/nowhere?x=1"
    assert '<html lang="en"' in client.get("/", headers={"accept-language": "ja"}).content.decode()


@pytest.mark.parametrize("chosen", ["fr", "", "en\r\nX: y", "../en"])
def test_a_language_that_nobody_speaks_here_changes_nothing(enter: Enter, chosen: str) -> None:
    client = enter()

    answer = client.post("/language/", {"language": chosen})

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "django_language" not in client.cookies


@pytest.mark.parametrize(
    "there",
    [
        "https://evil.example/",
        "//evil.example",
        "javascript:alert(1)",
        "/\\evil.example",
        "evil",
        "",
    ],
)
def test_the_way_back_leads_nowhere_else(enter: Enter, there: str) -> None:
    answer = enter().post("/theme/", {"theme": "dark", "next": there})

    assert answer.status_code == 302
    assert answer["Location"] == "/"


def test_chosen_colours_are_kept_until_the_device_decides_again(enter: Enter) -> None:
    client = enter()

    client.post("/theme/", {"theme": "dark"})
    dark = client.get("/").content.decode()
    client.post("/theme/", {"theme": ""})
    device = client.get("/").content.decode()

    assert 'data-theme="dark"' in dark
    assert "data-theme" not in device
    client.cookies["theme"] = '"><script>'
    assert "data-theme" not in client.get("/").content.decode()


def test_looks_are_changed_by_a_form_only(enter: Enter) -> None:
    assert enter().get("/language/").status_code == 405
    assert enter().get("/theme/").status_code == 405


def test_every_page_names_the_operator_and_the_telephone_but_staff_are_not_told_to_call_it(
    enter: Enter,
) -> None:
    now = datetime.now(UTC) - timedelta(minutes=1)
    actor = Actor(by="lead:1", role=Role.LEAD, at=now, via="test")
    terms.set(actor, setting=OPERATOR_NAME, value="まもり市場")
    terms.set(actor, setting=OPERATOR_PHONE, value="03-0000-0000")
    operator.forget()

    page, desk = enter().get("/nowhere").content.decode(), enter(Role.LEAD).get("/desk/").content.decode()

    operator.forget()
    assert "まもり市場" in desk
    assert "tel:" not in desk
    assert "まもり市場" in page
    assert 'href="tel:0300000000"' in page


def test_who_is_signed_in_is_named_with_a_way_out(enter: Enter) -> None:
    page = enter(Role.AGENT).get("/desk/components").content.decode()

    assert 'formaction="/out/"' in page
    assert 'action="/out/"' not in enter().get("/").content.decode()


def test_a_case_number_is_read_digit_by_digit(enter: Enter) -> None:
    page = enter(Role.AGENT).get("/desk/components").content.decode()

    assert '<span aria-hidden="true">0731 8642</span><span class="unseen">0 7 3 1 8 6 4 2</span>' in page
