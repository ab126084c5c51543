"""The first page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from mamori.grammar.actor import Role

type Enter = Callable[..., Client]


@pytest.mark.parametrize(("role", "who"), [(Role.ANONYMOUS, ""), (Role.BUYER, "buyer:B-1"), (Role.AGENT, "")])
def test_anyone_sees_the_first_page(enter: Enter, role: Role, who: str) -> None:
    page = enter(role, who).get("/")

    assert page.status_code == 200
    assert "ご相談の窓口" in page.content.decode()


def test_no_buyer_and_none_of_the_staff_is_led_to_the_sellers_door_that_is_shut_to_them(enter: Enter) -> None:
    guests = ((Role.ANONYMOUS, ""), (Role.SELLER, "seller:S-1"), (Role.BUYER, "buyer:B-1"), (Role.AGENT, ""))

    led = ['href="/seller/"' in enter(*guest).get("/").content.decode() for guest in guests]

    assert led == [True, True, False, False]
