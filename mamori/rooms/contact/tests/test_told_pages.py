"""The pages by which a proposal is read out and its answer taken down, and by which a party says that it was misheard."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine
from mamori.rooms.contact import actions
from mamori.rooms.contact.models import Proposal, ToldReply
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.tests.agreeing import page_number
from mamori.rooms.contact.tests.conftest import agent, buyer, machine, open_trouble, seller
from mamori.rooms.contact.tests.test_buyer_pages import now
from tests.laid import laid

RIGHT = {"amount": "8,000円", "phone": "1111"}
SAID = "ええ、<b>それで</b>結構です"


@laid(autouse=True)
def known_buyer(market_of_two: None) -> None:
    market.put_buyer(machine(), BuyerLine(ref="B-1", name="買手 花子", phone="090-0000-1111"))


@laid
def trouble() -> int:
    found = open_trouble(now())
    actions.request_mediation(buyer(now()), trouble=found)
    return found


@pytest.fixture
def desk(enter: Enter) -> Client:
    return enter(Role.AGENT)


def offer(trouble: int) -> int:
    return actions.propose(
        agent(now()), trouble=trouble, kind=Kind.PART_REFUND, amount=3_000, said="いかがですか"
    )


def passed(desk: Client, number: str, channel: str = "phone") -> str:
    return str(desk.post("/desk/callers/", {"number": number, "channel": channel, **RIGHT})["Location"])


def carried(page: str) -> dict[str, str]:
    """Return what the page carries in hidden fields."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def confirm(desk: Client, path: str, answer: dict[str, str]) -> str:
    """Fill in an answer, read it back, and return where it led."""
    read = desk.post(path, answer).content.decode()
    return str(desk.post(path, carried(read) | {"step": "send", "read_back": "on"})["Location"])


def test_from_the_case_to_the_script_the_reading_and_the_record(trouble: int, desk: Client) -> None:
    offer(trouble)
    number = page_number(trouble)
    case = desk.get(f"/desk/cases/{number}/").content.decode()
    path = passed(desk, number)
    begun = desk.get(path).content.decode()

    asked = desk.get(f"{path}proposal/").content.decode()
    answer = {"offer": "1", "reply": "accept", "said": SAID}
    wordless = desk.post(f"{path}proposal/", answer | {"said": ""})
    read = desk.post(f"{path}proposal/", answer).content.decode()
    form = carried(read)
    unread = desk.post(f"{path}proposal/", form | {"step": "send"})
    changing = desk.post(f"{path}proposal/", form | {"step": "change"})
    sent = desk.post(f"{path}proposal/", form | {"step": "send", "read_back": "on"})
    again = desk.post(f"{path}proposal/", form | {"step": "send", "read_back": "on"})
    done = desk.get(sent["Location"]).content.decode()

    assert f"/desk/callers/?number={number}" in case
    assert "contact/reply/" not in case
    assert f"{path}proposal/" in begun
    for wanted in (
        "相談窓口から、次の提案があります",
        "出品者が一部を返金する（3,000円）",
        "いかがですか",
        "断っても",
    ):
        assert wanted in asked
    assert wordless.status_code == 422
    assert "購入者の返事：受ける" in read
    assert "&lt;b&gt;それで&lt;/b&gt;" in read
    assert unread.status_code == 422
    assert "まだ記録されていません" in unread.content.decode()
    assert changing.status_code == 200
    assert sent["Location"] == again["Location"] == f"/desk/cases/{number}/?done=reply"
    assert "書面で知らせます" in done
    assert "電話で伺い、窓口が書き取りました" in done
    assert ToldReply.objects.count() == 1
    assert Proposal.objects.get().seller_agreed_at is None


def test_an_answer_that_came_meanwhile_is_not_taken_down_again(trouble: int, desk: Client) -> None:
    offered = offer(trouble)
    path = passed(desk, page_number(trouble)) + "proposal/"
    read = desk.post(path, {"offer": "1", "reply": "accept", "said": SAID}).content.decode()

    actions.decline(buyer(now()), proposal=offered)
    late = desk.post(path, carried(read) | {"step": "send", "read_back": "on"})
    gone = desk.get(path)
    actions.propose(agent(now()), trouble=trouble, kind=Kind.REPAIR)
    other = desk.post(path, carried(read) | {"step": "send", "read_back": "on"})

    assert late.status_code == 409
    assert "何も記録していません" in late.content.decode()
    assert gone.status_code == 302
    assert other.status_code == 422
    assert "提案が変わりました" in other.content.decode()
    assert not ToldReply.objects.exists()


def test_the_words_stay_on_the_page_where_what_was_said_can_no_longer_be_taken_down(
    trouble: int, desk: Client
) -> None:
    offered = offer(trouble)
    path = passed(desk, page_number(trouble)) + "proposal/"
    actions.accept(buyer(now()), proposal=offered)
    actions.accept(seller(now()), proposal=offered)

    late = desk.post(path, {"offer": "1", "reply": "correct", "said": "発火したと言いました"})

    assert late.status_code == 409
    assert "発火したと言いました" in late.content.decode()
    assert not ToldReply.objects.exists()


def test_the_party_sees_how_its_answer_came_and_says_that_it_was_misheard(
    trouble: int, desk: Client, enter: Enter
) -> None:
    offer(trouble)
    number = page_number(trouble)
    confirm(desk, passed(desk, number) + "proposal/", {"offer": "1", "reply": "accept", "said": SAID})
    hers, shop = enter(Role.BUYER, "buyer:B-1"), enter(Role.SELLER, "seller:S-1")
    path = f"/threads/{number}/misheard/"

    seen = hers.get(f"/threads/{number}/").content.decode()
    sellers = shop.get(f"/seller/threads/{number}/").content.decode()
    strange = shop.post(f"/seller/threads/{number}/misheard/", {"offer": "1", "said": "違います"})
    asked = hers.get(path).content.decode()
    wordless = hers.post(path, {"offer": "1", "said": ""})
    done = hers.post(path, {"offer": "1", "said": "断りました"}, follow=True).content.decode()
    after = hers.get(f"/threads/{number}/").content.decode()

    assert seen.count("電話で伺い、窓口が書き取りました") == 1  # said once, and not again below the words
    assert "&lt;b&gt;それで&lt;/b&gt;" in seen
    assert path in seen
    assert "電話で伺い、窓口が書き取りました" in sellers
    assert "それで" not in sellers
    assert strange.status_code in (302, 404)
    assert "窓口が聞き違えたとき" in asked
    assert wordless.status_code == 422
    assert "聞き違いのご連絡を受け取りました" in done
    assert "聞き違いとして取り消された" in after
    assert path not in after
    assert Proposal.objects.get().state == "misheard"


def test_who_calls_again_is_heard_and_nobody_is_held_back(trouble: int, desk: Client) -> None:
    offer(trouble)
    number = page_number(trouble)
    path = passed(desk, number)
    confirm(desk, f"{path}proposal/", {"offer": "1", "reply": "accept", "said": SAID})

    begun = desk.get(path).content.decode()
    asked = desk.get(f"{path}proposal/").content.decode()
    read = desk.post(
        f"{path}proposal/", {"offer": "1", "reply": "correct", "said": "断りました"}
    ).content.decode()
    form = carried(read) | {"step": "send"}
    unread = desk.post(f"{path}proposal/", form)
    done = desk.post(f"{path}proposal/", form | {"read_back": "on"})
    again = desk.post(f"{path}proposal/", form | {"read_back": "on"})
    nothing = desk.get(f"{path}proposal/")

    assert "聞き違いの連絡を書き取る" in begun
    assert "引き止めず" in asked
    assert "お返事の期限" not in asked
    assert "購入者の返事：聞き違いなので、前の返事を取り消す" in read
    assert unread.status_code == 422
    assert done["Location"] == again["Location"] == f"/desk/cases/{number}/?done=reply"
    assert nothing.status_code == 302
    assert Proposal.objects.get().state == "misheard"


def test_only_who_takes_calls_is_offered_it(trouble: int, enter: Enter) -> None:
    offered = actions.propose(seller(now()), trouble=trouble, kind=Kind.REPAIR)
    number = page_number(trouble)
    path = passed(enter(Role.AGENT), number)

    counsel = enter(Role.COUNSEL)
    page = counsel.get(f"/desk/cases/{number}/").content.decode()

    assert "/desk/callers/" not in page
    assert counsel.get(f"{path}proposal/").status_code == 403
    assert Proposal.objects.get(pk=offered).state == "offered"
