"""What somebody wrote until their stay was over is given back, to them alone, and stored nowhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

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


@pytest.mark.parametrize("given", [{}, {"token": "abc"}, {"topic": "broken"}])
def test_who_wrote_nothing_is_led_to_sign_in(enter: Enter, given: dict[str, str]) -> None:
    answer = enter().post("/report/topic/", given)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/in/?next=")


def test_a_form_from_elsewhere_is_not_given_back() -> None:
    answer = Client(enforce_csrf_checks=True).post("/threads/12345678/write/", {"said": "書いた言葉"})

    assert answer.status_code == 403
    assert "書いた言葉" not in answer.content.decode()


def test_what_is_typed_to_sign_in_is_never_given_back(enter: Enter) -> None:
    answer = enter().post("/account/reauthenticate/", {"password": "a secret of many words"})

    assert "a secret" not in answer.content.decode()
