"""The page that takes a code says how long it holds, and for how long none is sent, from where these are declared."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mamori.ground.people.models import SignInCode
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


def test_where_no_mail_is_set_up_no_code_is_offered_and_the_page_says_how_to_come_in(settings: Any) -> None:
    settings.MAMORI_MAIL = ""
    client = Client()

    page = client.get("/in/")
    sent = client.post("/in/", {"role": "buyer", "ref": "O-1", "mail": "buyer@example.jp"})
    spoilt = client.post("/in/forged")

    assert [page.status_code, sent.status_code, spoilt.status_code] == [200, 409, 410]
    for answer in (page, sent):
        assert "通販サイトからお入りください" in answer.content.decode()
        assert 'name="mail"' not in answer.content.decode()
    assert "メールで届くコード" not in spoilt.content.decode()
    assert not SignInCode.objects.exists()
