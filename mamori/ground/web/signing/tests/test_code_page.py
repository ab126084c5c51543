"""The page that takes a code says how long it holds, and for how long none is sent, from where these are declared."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from mamori.ground.web.signing import views

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "holds", "pause"),
    [("ja", "{}分以内に", "{}分ほど"), ("en", "within {} minutes", "about {} minutes")],
)
def test_the_page_of_a_code_says_its_time_from_where_it_is_declared(
    monkeypatch: pytest.MonkeyPatch, language: str, holds: str, pause: str
) -> None:
    monkeypatch.setattr(views, "CODE_MINUTES", 7)
    monkeypatch.setattr(views, "CODES_SENT", replace(views.CODES_SENT, per=timedelta(minutes=21)))
    client = Client()
    client.post("/in/", {"role": "buyer", "ref": "O-1", "mail": "buyer@example.jp"})

    page = client.get("/in/code/", headers={"accept-language": language}).content.decode()

    assert holds.format(7) in page
    assert pause.format(21) in page
