"""Where staff are signed in is shown to themselves alone, and ended by them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from mamori.grammar.actor import Role

pytestmark = pytest.mark.django_db

type Enter = Callable[..., Client]
PAGE = "/account/sessions/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def another(browser: str) -> Client:
    """Let the agent come in with another browser, too."""
    client = Client(headers={"User-Agent": browser}, REMOTE_ADDR="203.0.113.7")
    client.force_login(get_user_model().objects.get(email="agent@example.jp"), BACKEND)
    client.get("/account/factors/")
    return client


def test_each_sees_their_own_devices_and_which_this_one_is(enter: Enter) -> None:
    first = enter(Role.AGENT)
    enter(Role.LEAD)
    another("Firefox/99")

    page = first.get(PAGE)

    devices = page.context["devices"]
    assert [device.is_this for device in devices] == [True, False]
    assert page.content.decode().count("この端末") == 1


def test_the_others_are_ended_by_a_press_and_this_one_goes_on(enter: Enter) -> None:
    mine, theirs = enter(Role.AGENT), enter(Role.LEAD)
    other = another("Firefox/99")

    answer = mine.post(PAGE)

    assert answer.headers["Location"] == PAGE
    assert [device.is_this for device in mine.get(PAGE).context["devices"]] == [True]
    assert other.get("/desk/components").status_code == 302
    assert theirs.get("/desk/components").status_code == 200
