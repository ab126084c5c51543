"""An officer's list of 200 lines is answered in a few loads and presses; the table is the sender's own."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.law.requests import RequestBasis
from mamori.rooms.enforcement.models import Measure
from mamori.rooms.safety import facts
from mamori.rooms.safety.hits import actions
from mamori.rooms.safety.hits.rules import HitWay
from mamori.rooms.safety.models import RequestHit
from mamori.rooms.safety.tests import requested as told
from tests.laid import laid

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("listed")]
LINES = 200


@laid
def listed(db: None) -> None:
    told.shops()
    for number in range(LINES):
        model = "" if number % 10 == 9 else f"HX-{1000 + number * 7}"
        told.listing(f"L-{number}", "S-1" if number % 2 else "S-2", brand="Acme", model=model)


def sheet() -> str:
    """200 lines: most by address, some by brand and model, some a figure off, some of another marketplace, some vague."""
    lines = ["製品名\tブランド\t型番\tURL"]
    for number in range(LINES):
        if number % 10 == 9:
            lines.append("赤いもの全般\t\t\t" if number % 20 == 9 else "x\t\t\thttps://other.example.com/9")
        elif number % 10 == 5:
            lines.append(f"品\tAcme\tHX-{1000 + number * 7}\t")
        elif number % 10 == 6:
            lines.append(f"品\tAcme\tHX-{1000 + number * 7}Z\t")
        else:
            lines.append(f"品\t\t\t{told.URL.format(f'L-{number}')}")
    return "\n".join(lines)


class Hand:
    """Somebody at the desk whose loads and presses are counted."""

    def __init__(self, client: Client, path: str) -> None:
        self.client, self.path, self.loads, self.presses = client, path, 0, 0
        self.page = self.open(path)

    def open(self, path: str) -> HttpResponse:
        self.loads += 1
        self.presses += 1
        answer = self.client.get(path, follow=True)
        assert answer.status_code == 200, answer.status_code
        return answer  # type: ignore[return-value]

    def press(self, slug: str, **given: object) -> None:
        """Fill in the form of a decision that stands on the page, and send it; each field is a press, and the button."""
        shown = self.page.content.decode()
        form = re.search(rf'<form method="post"[^>]*action="{self.path}{slug}/".*?</form>', shown, re.DOTALL)
        assert form, f"no form of {slug} on the page"
        hidden = dict(re.findall(r'name="(token|version)" value="([^"]*)"', form[0]))
        among = re.findall(r'name="among"\s+value="(\d+)"', form[0])
        ticked = re.findall(r'name="meant" value="(\d+)" checked', form[0])
        sent = hidden | {"among": among, "meant": ticked} | given
        answer = self.client.post(f"{self.path}{slug}/", sent, follow=True)
        assert answer.status_code == 200, (slug, answer.status_code)
        self.loads += 1
        self.presses += 1 + len(given)
        self.page = answer  # type: ignore[assignment]


def test_two_hundred_lines_are_answered_in_twelve_loads_and_forty_presses(enter: Enter) -> None:
    number = told.request(at=datetime.now(UTC) - timedelta(minutes=5))
    hand = Hand(enter(Role.AGENT), f"/desk/requests/{number}/hits/")

    hand.press("list", pasted=sheet())
    assert told.row(number).lines.count() == LINES
    hand.press("sure")
    hand.page = hand.open(f"{hand.path}?group=near")
    near = RequestHit.objects.filter(request=number, meant_at=None)
    assert near.count() == 40
    hand.press("judge", meant=[])
    assert not actions.unjudged(told.row(number)).exists()
    hand.press("confirm")
    rounds = 0
    while actions.to_act(told.row(number)).exists():
        hand.press("act", way="within")
        rounds += 1
    table = hand.client.get(f"{hand.path}table/")
    hand.loads, hand.presses = hand.loads + 1, hand.presses + 1

    assert told.row(number).state == "acted"
    assert Measure.objects.filter(kind="listing-hidden-provisionally").count() == 160
    assert hand.loads <= 12
    assert hand.presses <= 40
    assert (hand.loads, hand.presses, rounds) == (9, 13, 2)
    lines = table.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith('"製品名","ブランド","型番","URL","当方の商品番号","対応","日時"')
    assert len(lines) == 1 + LINES


def test_five_thousand_lines_are_read(enter: Enter) -> None:
    number = told.request()
    pasted = "\n".join(told.URL.format(f"L-{one % 150}") for one in range(5_000))

    assert actions.list_goods(told.actor(), request=number, pasted=pasted) == 5_000
    assert RequestHit.objects.filter(request=number).count() == 5_000
    shown = enter(Role.AGENT).get(f"/desk/requests/{number}/hits/?page=50").content.decode()
    assert shown.count('name="meant"') == 100
    with pytest.raises(actions.ListTooLongTogether):
        actions.list_goods(told.actor(), request=number, pasted="L-1", add=True)


def test_the_pages_say_what_is_missing_and_who_may_not_come(enter: Enter) -> None:
    number = told.request(verified=False)
    actions.list_goods(told.actor(), request=number, pasted=sheet())
    path = f"/desk/requests/{number}/hits/"

    shown = enter(Role.COUNSEL).get(f"{path}?group=missing", headers={"accept-language": "en"})
    assert "Please send the address of the page" in shown.content.decode()
    assert "the seller is told of no authority" in shown.content.decode()
    assert "この根拠には免責がありません" not in enter(Role.AGENT).get(path).content.decode()
    assert enter(Role.BUYER, "buyer:B-1").get(path).status_code in (302, 403, 404)
    assert enter(Role.AGENT).get("/desk/requests/999/hits/").status_code == 404
    assert enter(Role.AGENT).get(f"{path}?group=none&page=x").status_code == 200


def test_a_table_is_no_formula(enter: Enter) -> None:
    number = told.request()
    actions.list_goods(
        told.actor(), request=number, pasted=f"品名\tURL\n=HYPERLINK(1)\t{told.URL.format('L-1')}"
    )
    table = enter(Role.AGENT).get(f"/desk/requests/{number}/hits/table/").content.decode("utf-8-sig")

    assert '"\'=HYPERLINK(1)"' in table


def test_the_sheet_of_the_pledge_reads_each_listing_once_with_its_day_and_whether_in_time() -> None:
    number = told.request(RequestBasis.PLEDGE)
    other, unverified = told.request(), told.request(RequestBasis.PLEDGE, verified=False)
    for one in (number, other, unverified):
        actions.list_goods(told.actor(), request=one, pasted="L-1\nL-1\nL-2")
        actions.judge_sure(told.actor(), request=one)
    actions.confirm_hits(told.actor(), request=number)
    actions.act_on(told.actor(), request=number, way=HitWay.WITHIN)
    day = told.MONDAY.date()

    def asked() -> list[tuple[int, str, bool, bool]]:
        found = facts.pledge_requests(day, day + timedelta(days=1))
        return [(one.request, one.listing_ref, one.in_time, one.is_within) for one in found]

    assert asked() == [(number, "L-1", False, True), (number, "L-2", False, True)]
    end = told.MONDAY.replace(hour=23, minute=59) + timedelta(days=2)  # the Wednesday, the second day
    RequestHit.objects.filter(request=number, listing_ref="L-1").update(done_at=end)
    RequestHit.objects.filter(request=number, listing_ref="L-2").update(done_at=end + timedelta(minutes=2))
    assert asked() == [(number, "L-1", True, True), (number, "L-2", False, True)]
    assert facts.pledge_requests(day - timedelta(days=9), day) == ()
    assert facts.pledge_requests(day + timedelta(days=1), day + timedelta(days=9)) == ()
