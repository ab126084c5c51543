"""What is decided about a request on the page of its case, and what is known before it is."""

from __future__ import annotations

import pytest

from conftest import Enter
from mamori.grammar.hand import Role
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.disclosure.tests.test_pages import buyer, case, duty, read, send, text

__all__ = ["buyer", "case"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market_day")]


def test_each_decision_is_made_on_the_case_but_for_the_agreement(enter: Enter, case: str) -> None:
    counsel = enter(Role.COUNSEL)
    send(enter(Role.AGENT), duty(case, "begin"))
    page = read(counsel, f"/desk/cases/{case}/")
    send(counsel, duty(case, "more"), missing="領収書をお送りください。")
    later = read(counsel, f"/desk/cases/{case}/")
    refused = counsel.post(duty(case, "weigh"), {"reason": "読んだ。"}, secure=True)

    for slug in ("seen", "weigh", "more", "hear", "sign"):
        assert f'<form method="post" action="{duty(case, slug)}"' in page
    assert f'action="{duty(case, "complete")}"' in later
    assert 'name="more"' in later
    assert 'name="pledge"' not in later  # the request says it
    assert refused.status_code == 422
    assert "読んだ。" in text(refused)
    assert "出品者に知らせる文" in text(refused)


def test_what_is_to_be_disclosed_is_said_before_it_is_proposed_and_agreed_to(enter: Enter, case: str) -> None:
    counsel, lead = enter(Role.COUNSEL), enter(Role.LEAD, stepped_up=True)
    send(enter(Role.AGENT), duty(case, "begin"))
    send(counsel, duty(case, "hear"))
    number = SellerRequest.objects.get().pk
    send(enter(Role.SELLER, "seller:S-1"), f"/seller/disclosure/{number}/", agrees="on", said="どうぞ。")

    before = read(counsel, f"/desk/cases/{case}/")
    send(counsel, duty(case, "disclose"), reason="要件を満たす。")
    case_page, agreeing = read(lead, f"/desk/cases/{case}/"), read(lead, duty(case, "agree"))

    assert "開示する項目：" in before
    assert f'href="{duty(case, "agree")}"' in case_page
    assert f'action="{duty(case, "agree")}"' not in case_page
    assert "開示する項目：" in agreeing
    assert "要件を満たす。" in agreeing
