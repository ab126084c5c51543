"""A buyer reads first to stop using it, answers with one press, and begins a return; staff follow it and call who is left."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.alerts import actions
from mamori.rooms.contact.alerts.lifecycle import AlertOutcome
from mamori.rooms.contact.models import Alert, AlertedBuyer
from mamori.rooms.contact.tests.conftest import lead
from mamori.rooms.contact.tests.warned import chargers, hear, one, row, warn
from mamori.rooms.contact.topics import Harm, Topic
from tests.laid import laid

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("charged")]


@laid
def charged(market_of_today: None) -> None:
    chargers()


@pytest.fixture
def number() -> int:
    return warn("L-3", "L-4", at=datetime.now(UTC))


@pytest.fixture
def buyer(enter: Enter) -> Client:
    return enter(Role.BUYER, "buyer:T-1")


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def press(client: Client, base: str, slug: str, **told: Any) -> str:
    """Open a decision, fill it in, and return the page to which it leads."""
    context = client.get(f"{base}{slug}/").context
    told = {"version": context["form"].initial.get("version", 0), "token": context["token"]} | told
    return client.post(f"{base}{slug}/", told, follow=True).content.decode()


def test_the_warning_stands_above_the_conversations_and_says_first_to_stop(
    number: int, buyer: Client
) -> None:
    path = f"/warnings/{row(number).pk}/"

    listed = page(buyer, "/threads/").partition("<h1>")[2]
    assert listed.index(path) < listed.index("/report/")
    shown = page(buyer, path)
    assert "<h1>使うのをやめてください：充電器 X-1</h1>" in shown
    assert shown.index("捨てずに保管") < shown.index("火が出ることがあります") < shown.index("充電器 L-3")
    assert 'href="/report/?order=T-11&amp;topic=returns"' in shown
    assert row(number).opened_at is None
    assert path in page(buyer, "/warnings/")


def test_in_english_it_reads_the_same(number: int, buyer: Client) -> None:
    shown = buyer.get(f"/warnings/{row(number).pk}/", headers={"accept-language": "en"}).content.decode()

    assert "<h1>Stop using it: charger X-1</h1>" in shown
    assert "It grows hot while it charges" in shown


def test_one_press_says_that_it_is_used_no_more(number: int, buyer: Client) -> None:
    shown = press(buyer, f"/warnings/{row(number).pk}/", "stopped")

    assert "ありがとうございます。承りました。" in shown
    assert row(number).stopped_at is not None
    assert "使うのをやめました</button>" not in shown


def test_whoever_was_hurt_is_led_on_to_tell_what_happened(number: int, buyer: Client) -> None:
    shown = press(buyer, f"/warnings/{row(number).pk}/", "hurt")

    assert row(number).hurt_at is not None
    assert 'href="/report/?order=T-11&amp;topic=unsafe"' in shown
    begun = buyer.get("/report/?order=T-11&topic=unsafe", follow=True)
    assert begun.redirect_chain[-1][0].startswith("/report/harm/")


def test_a_return_begins_the_ordinary_trouble_and_the_warning_says_so(number: int, buyer: Client) -> None:
    begun = buyer.get("/report/?order=T-12&topic=returns", follow=True)
    assert begun.redirect_chain[-1][0].startswith("/report/harm/")

    by = Actor(by="buyer:T-1", role=Role.BUYER, at=datetime.now(UTC), via="test")
    contact.open_trouble(
        by,
        order_ref="T-12",
        topic=Topic.RETURNS,
        harm=Harm.INCONVENIENCE,
        said="返します",
        centre_may_read=True,
    )
    hear(datetime.now(UTC))

    assert "受け付けました" in page(buyer, f"/warnings/{row(number).pk}/")


def test_another_buyer_finds_nothing(number: int, enter: Enter) -> None:
    eve = enter(Role.BUYER, "buyer:T-2")

    assert eve.get(f"/warnings/{row(number).pk}/").status_code == 404
    assert str(row(number).pk) not in [
        part for part in page(eve, "/warnings/").split("/") if part.isdecimal()
    ]


def test_where_there_was_no_danger_the_page_says_so_and_asks_nothing(number: int, buyer: Client) -> None:
    actions.end_alert(lead(datetime.now(UTC)), number, outcome=AlertOutcome.SAFE, reason="異常なし。")
    hear(datetime.now(UTC))

    shown = page(buyer, f"/warnings/{row(number).pk}/")
    assert "<h1>危険はありませんでした：充電器 X-1</h1>" in shown
    assert "topic=returns" not in shown
    assert "使うのをやめました" not in shown
    assert "/warnings/" not in page(buyer, "/threads/")


def test_staff_see_the_funnel_and_end_it(number: int, enter: Enter) -> None:
    desk = enter(Role.LEAD, "lead:1")
    actions.say_stopped(
        Actor(by="buyer:T-1", role=Role.BUYER, at=datetime.now(UTC), via="test"),
        alerted=row(number).pk,
    )

    shown = page(desk, f"/desk/alerts/{number}/")
    assert '<title id="alert-funnel-title">どこまで届いたか</title>' in shown
    assert "知らせたは3人、読んだは1人、使うのをやめたは1人" in shown
    assert "充電器 X-1" in page(desk, "/desk/alerts/")
    press(desk, f"/desk/alerts/{number}/", "end", outcome="done", reason="済んだ。")
    hear(datetime.now(UTC))
    assert one(number).state == "done"
    assert "T-3" not in page(desk, f"/desk/alerts/{number}/unreached/")


def test_staff_call_who_is_left(number: int, enter: Enter) -> None:
    desk = enter(Role.AGENT, stepped_up=True)
    alerted = row(number, "T-3").pk
    path = f"/desk/alerts/buyers/{alerted}/"

    assert path in page(desk, f"/desk/alerts/{number}/unreached/")
    table = desk.get(f"/desk/alerts/{number}/unreached/?format=csv").content.decode("utf-8-sig")
    assert "T-3" in table
    assert "090-0000-0003" not in page(desk, path) + table
    press(desk, path, "number")
    assert "090-0000-0003" in page(desk, path)
    press(desk, path, "call", outcome="gone", note="人にあげた。")

    assert AlertedBuyer.objects.get(pk=alerted).gone_at is not None
    assert "人にあげた。" in page(desk, path)
    assert "090-0000-0003" not in page(desk, path)
    assert path not in page(desk, f"/desk/alerts/{number}/unreached/")


def test_staff_tell_once_more_at_once(number: int, enter: Enter) -> None:
    AlertedBuyer.objects.filter(pk=row(number).pk).update(way="mail")
    Alert.objects.filter(pk=number).update(remind_since=datetime.now(UTC))
    desk = enter(Role.AGENT, "agent:1")

    shown = press(desk, f"/desk/alerts/{number}/", "remind", reason="急ぐ。")

    assert "順に知らせています。" in shown
    hear(datetime.now(UTC))
    assert row(number).reminded_at is not None
