"""What is decided about a request on the page of its case, and what is known before it is."""

from __future__ import annotations

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.disclosure.tests.test_pages import buyer, case, duty, own_page, read, send, text

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
    send(enter(Role.SELLER, "seller:S-1"), f"/seller/disclosure/{number}/view/", agrees="on", said="どうぞ。")

    before = read(counsel, f"/desk/cases/{case}/")
    send(counsel, duty(case, "disclose"), reason="要件を満たす。")
    case_page, agreeing = read(lead, f"/desk/cases/{case}/"), read(lead, duty(case, "agree"))

    assert "開示する項目：" in before
    assert f'href="{duty(case, "agree")}"' in case_page
    assert f'action="{duty(case, "agree")}"' not in case_page
    assert "開示する項目：" in agreeing
    assert "要件を満たす。" in agreeing


def version(client: Client, path: str) -> int:
    """Return which state of the request a form shows."""
    seen: int = client.get(path, secure=True).context["form"].initial["version"]
    return seen


def test_what_came_is_not_entered_over_what_somebody_else_entered_meanwhile(
    enter: Enter, case: str, buyer: Client
) -> None:
    agent, lead = enter(Role.AGENT), enter(Role.LEAD)
    send(agent, duty(case, "begin"))
    seen = version(lead, duty(case, "complete"))
    send(agent, duty(case, "complete"), more="電話で聞いた額です。", price="20,000")
    stale = {"version": seen, "more": "手紙にあった額です。", "price": "30,000"}

    refused = lead.post(duty(case, "complete"), stale, secure=True)
    unseen = lead.post(duty(case, "complete"), {"more": "手紙", "price": "30,000"}, secure=True)
    own = send(buyer, f"{own_page()}complete/", more="領収書のとおりです。", price="21,000")

    assert (refused.status_code, unseen.status_code) == (409, 422)
    assert "手紙にあった額です。" in text(refused)
    assert 'value="30,000"' in text(refused)
    assert f'name="version" value="{seen + 1}"' in text(refused)
    assert "受け取りました" in text(own)
    assert SellerRequest.objects.get().price == 21_000


def test_a_view_is_entered_once_and_who_comes_second_is_told_that_it_is_there(
    enter: Enter, case: str
) -> None:
    agent, counsel = enter(Role.AGENT), enter(Role.COUNSEL)
    send(agent, duty(case, "begin"))
    send(counsel, duty(case, "hear"))
    seen = version(counsel, duty(case, "heard"))
    send(agent, duty(case, "heard"), agrees="on", said="電話：かまいません。")
    again = {"said": "手紙：かまいません。", "agrees": "on"}

    stale = counsel.post(duty(case, "heard"), again | {"version": seen}, secure=True)
    second = counsel.post(duty(case, "heard"), again | {"version": seen + 1}, secure=True)

    assert (stale.status_code, second.status_code) == (409, 409)
    assert "もう記録されています" not in text(stale)
    assert "もう記録されています" in text(second)
    assert "手紙：かまいません。" in text(second)
