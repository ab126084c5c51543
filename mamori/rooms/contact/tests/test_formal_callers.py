"""Formal notices by telephone: the buyer's own declaration, read out to the letter, confirmed, delivered, told in writing."""

from __future__ import annotations

import html
import re
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine, SellerLine
from mamori.ground.market.models import Order
from mamori.ground.outbox import facts as outbox
from mamori.ground.post.models import Letter
from mamori.rooms.contact import actions, facts, words
from mamori.rooms.contact.actions import Declared
from mamori.rooms.contact.formal import records as formally
from mamori.rooms.contact.formal.rules import Sender
from mamori.rooms.contact.models import Formal, LureCount, Thread, Trouble
from mamori.rooms.contact.rules.callers import Channel
from mamori.rooms.contact.tests.conftest import (
    EVES,
    MONDAY,
    agent,
    buyer,
    lead,
    machine,
    open_trouble,
    seller,
)
from mamori.rooms.contact.tests.test_buyer_pages import now, number_of, token
from mamori.rooms.contact.topics import Topic
from tests.laid import laid

RIGHT = {"amount": "8,000円", "phone": "1111"}
REASON = "色が違うそうです。返金先は普通 1234567、電話は 090-0000-1111"
DECLARED = Declared(notice="return", received_on=date(2026, 11, 14), reason=REASON)


@laid(autouse=True)
def known_buyer(market_of_two: None) -> None:
    address = "〒920-0000 石川県金沢市架空町1-2"
    market.put_buyer(
        machine(), BuyerLine(ref="B-1", name="買手 花子", phone="090-0000-1111", address=address)
    )


def check(
    number: str = "O-1", by: Actor | None = None, channel: Channel = Channel.PHONE, **answers: str
) -> str:
    return actions.check_caller(by or agent(), number=number, channel=channel, answers=answers or RIGHT)


def text(check: str, declared: Declared = DECLARED, by: Actor | None = None) -> str:
    return actions.text_for_caller(by or agent(), check=check, declared=declared, lang="ja")


def send(
    check: str,
    declared: Declared = DECLARED,
    by: Actor | None = None,
    *,
    read_back: str | None = None,
    may_read: bool = False,
) -> int:
    if read_back is None:
        read_back = words.digest(text(check, declared, by))
    return actions.send_formal_for_caller(
        by or agent(), check=check, declared=declared, lang="ja", read_back=read_back, may_read=may_read
    )


def test_what_was_read_out_and_confirmed_arrives_to_the_letter_as_the_buyers_own() -> None:
    passed = check()
    read_out = text(passed)

    formal = Formal.objects.get(pk=send(passed))

    act = ledger.acts_about(formally.about(formal))[0]
    assert act.content is not None
    recorded = act.content["payload"]
    assert formally.read(formal) == read_out
    assert f"理由：{REASON}\n" in f"{read_out}\n"
    assert "通知のしかた：購入者が電話で述べ、相談窓口が書き取って読み上げ、購入者が確かめた" in read_out
    assert (formal.buyer_ref, formal.through, formal.arrived_at) == ("B-1", "phone", MONDAY)
    assert (act.content["by"], recorded["check"], recorded["through"]) == ("agent:a", passed, "phone")
    assert recorded["read_back_sha256"] == recorded["words_sha256"] == words.digest(read_out)
    assert REASON not in str(act.content)
    assert formal.shared_at is None
    assert not LureCount.objects.exists()


def test_the_buyer_hears_the_moment_and_the_receipt_on_paper_and_the_seller_hears_as_ever() -> None:
    formal = send(check())

    about = f"contact.formal:{formal}"
    [told] = outbox.notices(about=about, to="buyer:B-1")
    receipt = ledger.acts_about(about)[0].number
    assert told.template == "contact.formal_sent_by_telephone"
    assert f"到達の受領証は{receipt}番です" in told.body["ja"]
    assert formally.number_of(formal) in told.body["ja"]
    assert "お心当たりがないときは" in told.body["ja"]
    assert REASON not in str(told.body)
    assert Letter.objects.filter(to="buyer:B-1").count() == 1
    assert [one.template for one in outbox.notices(about=about, to="seller:S-1")] == [
        "contact.formal_arrived"
    ]


@pytest.mark.parametrize("read_back", ["", "x", words.digest("ほかの文章")])
def test_nothing_is_sent_of_which_not_every_letter_was_confirmed(read_back: str) -> None:
    with pytest.raises(Refusal) as refused:
        send(check(), read_back=read_back)

    assert refused.value.code == "not-read-back"
    assert not Formal.objects.exists()


def test_a_word_changed_after_it_was_read_out_is_read_out_again() -> None:
    passed = check()
    confirmed = words.digest(text(passed))

    with pytest.raises(Refusal) as refused:
        send(passed, Declared(notice="rescission", reason=REASON), read_back=confirmed)

    assert refused.value.code == "not-read-back"
    assert not Formal.objects.exists()


def test_with_the_buyers_word_the_centre_may_read_it_later_and_without_it_may_not() -> None:
    shown, unshown = send(check(), may_read=True), send(check())

    said, _ = actions.look_formal(agent(), formal=shown)
    with pytest.raises(Refusal) as refused:
        actions.look_formal(agent(), formal=unshown)

    kinds = [act.kind for act in ledger.acts_about(f"contact.formal:{shown}")]
    assert said
    assert kinds == ["contact.send_formal", "contact.share_formal", "contact.look_formal"]
    assert refused.value.code == "words-not-shared"


def test_a_parent_declares_for_a_minor_by_telephone() -> None:
    formal = send(check(), Declared(notice="minor", sender=Sender.PARENT))

    assert "通知する人：親などの法定代理人" in (formally.read(Formal.objects.get(pk=formal)) or "")


def test_the_number_of_a_trouble_or_of_an_earlier_notice_leads_to_its_order() -> None:
    trouble = open_trouble()
    first = send(check(number_of(trouble)))
    second = send(check(formally.number_of(first)))

    assert {one.order_ref for one in Formal.objects.all()} == {"O-1"}
    found = actions.find_matter(agent(), formally.number_of(second))
    assert found.thread is not None
    assert found.thread.pk == Trouble.objects.get(pk=trouble).thread_id


def test_who_has_no_order_here_is_told_plainly_what_to_do() -> None:
    with pytest.raises(Refusal) as unknown:
        check("O-999")
    thread = actions.ask_question(buyer(), listing_ref="L-1", topic=Topic.GOODS, said="大きさは")
    known = facts.thread(thread)
    assert known is not None
    with pytest.raises(Refusal) as question:
        send(check(known.case, phone="1111", name="買手花子"))

    assert (unknown.value.code, question.value.code) == ("no-order-here", "notice-needs-order")
    for refused in (unknown.value, question.value):
        for wanted in ("書面で直接送る", "電話188"):
            assert wanted in refused.sentence.ja
        assert "telephone 188" in refused.sentence.en
    assert not Formal.objects.exists()


def test_an_order_that_has_become_another_buyers_is_nobodys_to_declare_about() -> None:
    passed = check()
    market.put_buyer(machine(), BuyerLine(ref="B-9", name="別人"))
    Order.objects.filter(pk="O-1").update(buyer_id="B-9")

    with pytest.raises(Refusal) as refused:
        send(passed)

    assert refused.value.code == "notice-needs-order"


def test_a_letter_cannot_be_read_back_so_no_notice_is_made_of_it() -> None:
    with pytest.raises(Refusal) as refused:
        send(check(channel=Channel.LETTER))

    assert refused.value.code == "notice-needs-voice"
    assert not Formal.objects.exists()


@pytest.mark.parametrize(
    "by", [*EVES, buyer(), seller(), Actor(by="counsel:c", role=Role.COUNSEL, at=MONDAY, via="t")]
)
def test_nobody_but_who_takes_calls_sends_one(by: Actor) -> None:
    passed = check()

    for act in (lambda: text(passed, by=by), lambda: send(passed, by=by, read_back="x")):
        with pytest.raises(Refusal):
            act()

    assert not Formal.objects.exists()


def test_a_check_is_for_its_agent_and_for_half_an_hour() -> None:
    passed = check()

    for by in (lead(), agent(MONDAY + timedelta(minutes=30))):
        with pytest.raises(Refusal) as refused:
            send(passed, by=by, read_back="x")
        assert refused.value.code == "check-over"

    assert send(passed, by=agent(MONDAY + timedelta(minutes=29)))


def passed_page(client: Client, channel: str = "phone") -> str:
    return str(client.post("/desk/callers/", {"number": "O-1", "channel": channel, **RIGHT})["Location"])


FORM = {
    "kind": "return",
    "sender": "",
    "received_on_year": "2026",
    "received_on_month": "11",
    "received_on_day": "14",
    "reason": "色が違う\r\n<b>返金</b>を",
    "may_read": "no",
}


def test_what_is_read_out_claims_no_return_right_against_a_private_seller(enter: Enter) -> None:
    market.put_seller(machine(), SellerLine(ref="S-1", name="店", private=True))
    client = enter(Role.AGENT)

    asked = client.get(f"{passed_page(client)}notice/").content.decode()

    assert "8日目" not in asked
    assert "登録からは見られます" in asked
    assert 'value="return"' in asked  # what the caller declares is taken down, whatever it is


def carried(page: str) -> dict[str, str]:
    """Return what the page carries in hidden fields."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def test_the_pages_lead_from_the_words_to_the_text_and_from_its_reading_to_the_number(enter: Enter) -> None:
    client = enter(Role.AGENT)
    path = passed_page(client)
    begun = client.get(path).content.decode()

    asked = client.get(f"{path}notice/").content.decode()
    read_out = client.post(f"{path}notice/", FORM).content.decode()
    form = carried(read_out)
    unread = client.post(f"{path}notice/", form | {"step": "send"})
    changing = client.post(f"{path}notice/", form | {"step": "change"})
    sent = client.post(f"{path}notice/", form | {"step": "send", "read_back": "on"})
    again = client.post(f"{path}notice/", form | {"step": "send", "read_back": "on"})
    told = client.get(sent["Location"]).content.decode()

    formal = Formal.objects.get()
    number = formally.number_of(formal.pk)
    assert f'href="{path}notice/"' in begun
    assert "どれがよいかを勧めたり" in asked
    assert "私は、次の注文の契約の申込みを撤回し" in read_out
    assert "&lt;b&gt;返金&lt;/b&gt;" in read_out
    assert unread.status_code == 422
    assert "まだ送られていません" in unread.content.decode()
    assert changing.status_code == 200
    assert "色が違う" in changing.content.decode()
    assert sent["Location"] == again["Location"] == f"/desk/callers/?taken={number}"
    assert number in told.replace(" ", "")
    assert f"到達の受領証は{ledger.acts_about(formally.about(formal))[0].number}番です" in told
    assert "消費生活センター（電話188" in told
    assert "色が違う" not in told
    assert token(read_out)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "minor"},
        {"sender": "parent"},
        {"received_on_year": "2099"},
        {"received_on_year": "1926"},
        {"kind": "x"},
        {"may_read": ""},
    ],
)
def test_what_is_missing_or_too_much_is_said_on_the_page(enter: Enter, change: dict[str, str]) -> None:
    client = enter(Role.AGENT)

    answer = client.post(f"{passed_page(client)}notice/", FORM | change)

    assert answer.status_code == 422
    assert "読み上げる文章を見る" in answer.content.decode()


def test_a_letters_page_offers_no_notice_and_says_why_not(enter: Enter) -> None:
    client = enter(Role.AGENT)
    path = passed_page(client, "letter")

    answer = client.post(f"{path}notice/", FORM)

    assert "notice/" not in client.get(path).content.decode()
    assert answer.status_code == 409
    assert "読み上げて確かめていただく必要があります" in answer.content.decode()


def test_both_sides_see_that_it_was_said_by_telephone(enter: Enter) -> None:
    by = agent(now())
    formal = send(check(by=by), by=by)
    number = formally.number_of(formal)

    for page in (
        enter(Role.BUYER, "buyer:B-1").get(f"/notices/{number}/"),
        enter(Role.SELLER, "seller:S-1").get(f"/seller/notices/{number}/"),
    ):
        assert "電話で伺い、窓口が書き取りました" in page.content.decode()


def test_a_notice_taken_down_opens_no_thread_and_no_trouble() -> None:
    send(check())

    assert not Thread.objects.exists()
    assert not Trouble.objects.exists()
    assert isinstance(Formal.objects.get().arrived_at, datetime)
