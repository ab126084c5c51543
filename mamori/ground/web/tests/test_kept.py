"""What somebody wrote until their stay was over is given back, to them alone, and stored nowhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from mamori.grammar.actor import Role

pytestmark = pytest.mark.django_db

type Enter = Callable[..., Client]


def test_words_are_given_back_with_the_way_to_sign_in(enter: Enter) -> None:
    answer = enter().post("/threads/12345678/write/", {"said": "色が<違い>ます", "token": "abc"})

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "色が&lt;違い&gt;ます</textarea>" in page
    assert '<input type="hidden" name="token" value="abc">' in page
    assert "/in/?next=%2Fthreads%2F12345678%2Fwrite%2F" in page
    assert "no-store" in answer["Cache-Control"]
    assert Session.objects.count() == 0


def test_words_that_were_sent_twice_are_shown_once_and_sent_twice_again(enter: Enter) -> None:
    answer = enter().post("/threads/12345678/write/", {"said": "色が違います", "original": "色が違います"})

    page = answer.content.decode()
    assert page.count("色が違います</textarea>") == 1
    assert '<input type="hidden" name="original" value="色が違います">' in page


@pytest.mark.parametrize("given", [{}, {"token": "abc"}, {"topic": "broken"}])
def test_who_wrote_nothing_is_led_to_sign_in(enter: Enter, given: dict[str, str]) -> None:
    answer = enter().post("/report/topic/", given)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/in/?next=")


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example", "null", "", "http://localhost:8000.elsewhere.example"]
)
def test_a_form_from_elsewhere_is_not_given_back(origin: str) -> None:
    headers = {"origin": origin} if origin else {}
    strange = Client(enforce_csrf_checks=True, headers=headers)

    answer = strange.post("/threads/12345678/write/", {"said": "書いた言葉"})

    assert answer.status_code == 403
    assert "書いた言葉" not in answer.content.decode()


def of_ours() -> Client:
    """Return a browser on a page of ours, with none of its cookies left."""
    return Client(enforce_csrf_checks=True, headers={"origin": settings.CSRF_TRUSTED_ORIGINS[0]})


def test_words_of_a_form_that_expired_without_cookies_are_given_back_and_can_be_sent_again() -> None:
    browser = of_ours()
    written = {"said": "書いた言葉", "token": "abc", "csrfmiddlewaretoken": "a" * 64}

    answer = browser.post("/threads/12345678/write/", written)

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "書いた言葉</textarea>" in page
    assert "/in/?next=%2Fthreads%2F12345678%2Fwrite%2F" in page
    assert "no-store" in answer["Cache-Control"]
    assert Session.objects.count() == 0
    sign = browser.cookies[settings.CSRF_COOKIE_NAME].value
    assert browser.post("/theme/", {"theme": "dark", "csrfmiddlewaretoken": sign}).status_code == 302


def test_who_is_still_signed_in_is_asked_only_to_send_it_again(enter: Enter) -> None:
    browser = enter(Role.BUYER, "buyer:B-1")
    browser.handler.enforce_csrf_checks = True
    ours = {"origin": settings.CSRF_TRUSTED_ORIGINS[0]}

    page = browser.post("/threads/12345678/write/", {"said": "書いた言葉"}, headers=ours).content.decode()

    assert "書いた言葉</textarea>" in page
    assert "もう一度送る" in page
    assert "新しい画面でサインインする" not in page


def test_an_expired_form_without_words_says_what_to_do() -> None:
    answer = of_ours().post("/theme/", {"theme": "dark"})

    assert answer.status_code == 403
    assert "Cookie" in answer.content.decode()


def test_what_is_typed_to_sign_in_is_never_given_back(enter: Enter) -> None:
    answer = enter().post("/account/reauthenticate/", {"password": "a secret of many words"})

    assert "a secret" not in answer.content.decode()
