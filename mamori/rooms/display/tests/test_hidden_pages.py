"""The pages on which a private account is looked at, asked and concluded; nobody's home is on any of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.japan.calendar import JAPAN
from mamori.rooms.display.actions import displays
from mamori.rooms.display.hidden import actions as hidden
from mamori.rooms.display.hidden.rules import SignFound, StandingAnswer
from mamori.rooms.display.models import BusinessDoubt
from mamori.rooms.display.tests.conftest import actor, display
from mamori.rooms.display.tests.test_pages import read
from mamori.rooms.display.tests.test_proof_pages import take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops")]
LIST, PAGE, OWN = "/desk/hidden/", "/desk/hidden/accounts/S-3/", "/seller/display/standing/"
SIGNS = (
    SignFound(code="on_offer", n=120, points=4),
    SignFound(code="collection", n=110, points=-4),
    SignFound(code="sold_month", n=1_234_567, points=4),
)
FORMS = ("", "fragment.html", "display.json", "display.jsonld")
HOME = ("霞が関", "03-3507-8801", "山田 花子", "hanako@shop.example.jp")


def at() -> datetime:
    return datetime.now(JAPAN)


def machine() -> Actor:
    return actor("machine:test", Role.MACHINE, at())


def own() -> Actor:
    return actor("seller:S-3", Role.SELLER, at())


@pytest.fixture(autouse=True)
def listed(shops: None) -> None:
    """S-3 shows signs of a business."""
    hidden.list_account(machine(), seller_ref="S-3", signs=SIGNS)


def desk(enter: Enter, role: Role = Role.AGENT) -> Client:
    return enter(role, f"staff:{role}@example.jp")


def concluding(outcome: str = "business", **more: Any) -> dict[str, Any]:
    day = (at() - timedelta(days=20)).date()
    since = {"since_year": day.year, "since_month": day.month, "since_day": day.day}
    return {"outcome": outcome, "reason": "仕入れて売っている。", **since, **more}


def conclude(client: Client, **told: Any) -> Any:
    """Fill the form in with the version that it shows."""
    form = client.get(f"{PAGE}conclude/", secure=True).context["form"]
    return take(client, f"{PAGE}conclude/", version=form.initial["version"], **told)


def act(client: Client, slug: str, **told: Any) -> Any:
    form = client.get(f"{PAGE}{slug}/", secure=True).context["form"]
    return take(client, f"{PAGE}{slug}/", version=form.initial["version"], **told)


def test_an_agent_looks_asks_the_seller_answers_and_a_lead_concludes(enter: Enter) -> None:
    agent, head, shop = desk(enter), desk(enter, Role.LEAD), enter(Role.SELLER, "seller:S-3")
    before = read(shop, OWN)
    on_list, page = read(agent, LIST), read(agent, PAGE)

    asked = act(agent, "ask", words="120点の出品について、事情をお聞かせください。")
    read_by_seller = read(shop, OWN)
    answered = take(shop, OWN, choice="business", said="仕入れて販売しています。")
    refused = agent.get(f"{PAGE}conclude/", secure=True)
    concluded = conclude(head, **concluding())
    after = read(shop, OWN)

    assert "お尋ねしていることはありません" in before
    assert "120点" not in before
    assert "個人" in on_list
    assert "同時に120点が出品されています" in page
    assert "個人らしさ" in page
    assert "出品者に尋ねました" in asked.content.decode()
    assert "120点の出品について" in read_by_seller
    assert "お答えを受け取りました" in answered.content.decode()
    assert refused.status_code == 302
    assert "判断し、出品者に知らせました" in concluded.content.decode()
    assert "仕入れて売っている。" in after
    assert "もう一度答える" in after
    assert "仕入れて販売しています。" in read(head, PAGE)


def test_no_page_about_a_private_person_shows_who_it_is_or_where_it_lives(enter: Enter) -> None:
    agent, head = desk(enter), desk(enter, Role.LEAD)
    displays.write_display(own(), seller_ref="S-3", told=display())
    act(agent, "ask", words="事情をお聞かせください。")
    hidden.answer_standing(own(), seller_ref="S-3", choice=StandingAnswer.BUSINESS, said="はい。")
    conclude(head, **concluding())

    pages = [
        read(head, LIST),
        read(head, "/desk/hidden/?state=seen"),
        read(head, PAGE),
        read(head, f"{PAGE}conclude/"),
        *(Client().get(f"/sellers/S-3/display/{form}", secure=True).content.decode() for form in FORMS),
    ]

    assert [word for word in HOME for page in pages if word in page] == []
    assert "まだ書かれていません" in read(enter(Role.SELLER, "seller:S-3"), "/seller/display/")
    assert "霞が関" not in read(head, "/desk/displays/S-3/")


def test_an_agent_lets_it_be_and_the_seller_hears_nothing(enter: Enter) -> None:
    agent, shop = desk(enter), enter(Role.SELLER, "seller:S-3")

    done = act(agent, "let-be", reason="蔵書の処分と見た。")

    assert "そのままにしました" in done.content.decode()
    assert "見る出品者はありません" in read(agent, LIST)
    assert "見て、そのままにした" in read(agent, "/desk/hidden/?state=seen")
    assert "蔵書の処分と見た。" in read(agent, PAGE)
    assert "蔵書の処分" not in read(shop, OWN)


def test_the_list_is_narrowed_and_saved_as_a_table(enter: Enter) -> None:
    agent = desk(enter)

    assert "見る出品者は" not in read(agent, f"{LIST}?state=flagged")
    assert "当てはまるものはありません" in read(agent, f"{LIST}?state=answered")
    assert "S-3" in read(agent, f"{LIST}?format=csv")


def test_a_lead_is_told_what_is_wrong_with_a_conclusion(enter: Enter) -> None:
    head = desk(enter, Role.LEAD)
    act(head, "ask", words="事情をお聞かせください。")
    hidden.answer_standing(own(), seller_ref="S-3", choice=StandingAnswer.OTHER, said="はい。")

    ahead = conclude(head, **concluding(since_year=at().year + 1))
    empty = conclude(head, **concluding(reason=""))

    assert "きょうまでの日" in ahead.content.decode()
    assert (ahead.status_code, empty.status_code) == (422, 422)
    assert BusinessDoubt.objects.get(pk="S-3").state == "answered"


def test_who_was_never_asked_answers_nothing_and_who_is_not_in_doubt_has_no_page(enter: Enter) -> None:
    shop = enter(Role.SELLER, "seller:S-3")

    led = shop.post(OWN, {"choice": "business", "said": "はい。"}, secure=True)

    assert "お尋ねしていることはありません" in led.content.decode()
    assert BusinessDoubt.objects.get(pk="S-3").state == "flagged"
    assert "お尋ねしていることはありません" in read(enter(Role.SELLER, "seller:S-1"), OWN)
    assert desk(enter).get("/desk/hidden/accounts/S-1/", secure=True).status_code == 404
    assert desk(enter).get(f"{PAGE}nothing/", secure=True).status_code == 404
