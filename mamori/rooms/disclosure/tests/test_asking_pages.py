"""A buyer asks page by page: told at once what the law asks for, nothing typed is lost, nothing sent twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.forms import model_to_dict
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine, Item, ListingLine, OrderLine
from mamori.ground.market.models import Order
from mamori.ground.web import sessions
from mamori.japan.calendar import JAPAN
from mamori.law.article5 import ABOVE
from mamori.law.display import DisplayItem
from mamori.rooms.disclosure.actions import asking
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.disclosure.queries import said_of
from mamori.rooms.disclosure.tests.conftest import (
    FULL,
    PAGES,
    WHY,
    actor,
    ask,
    ask_by_page,
    buyer as of_buyer,
    fill_in,
    on_page,
    seller,
)
from mamori.rooms.display.actions import displays
from mamori.rooms.display.rules.told import ShownDisplay, ShownItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market_day")]
FIRST = "/disclosure/ask/order/"


@pytest.fixture
def buyer(enter: Enter) -> Client:
    return enter(Role.BUYER, "buyer:B-1")


def read(client: Client, path: str) -> str:
    answer = client.get(path, secure=True, follow=True)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def said(answer: Any) -> str:
    return answer.content.decode()


def test_six_pages_lead_to_the_record_that_the_verb_makes(buyer: Client) -> None:
    numbered = [read(buyer, fill_in(buyer, until=step)) for step in (*PAGES, "check")]
    sent = ask_by_page(buyer)
    by_page = SellerRequest.objects.get()
    asking.withdraw_request(of_buyer(), request=by_page.pk)
    by_verb = SellerRequest.objects.get(pk=ask())

    for number, page in enumerate(numbered, 1):
        assert f"手順 {number} / 6" in page
    assert "請求を受け付けました。受付番号をお控えください。" in said(sent)
    apart = ("id", "state", "version", "closed_at", "received_at", "turn_at", "said")
    assert model_to_dict(by_page, exclude=apart) == model_to_dict(by_verb, exclude=apart)
    assert said_of(by_page) == said_of(by_verb)


def test_a_parent_asks_and_says_that_it_wrote_to_the_seller(buyer: Client) -> None:
    ask_by_page(buyer, asking="parent", wrote_seller="on", other="5000", other_what="治療費")

    found = SellerRequest.objects.get()
    assert (found.asking, found.is_minor, found.wrote_seller) == ("parent", True, True)
    assert (found.price, found.other, said_of(found).other) == (48_000, 5_000, "治療費")


@pytest.mark.parametrize(
    ("written", "total"), [("1070", "1,070"), ("４２００", "4,200"), ("￥10,000円", "10,000")]
)
def test_of_a_small_sum_one_is_told_at_once_and_may_still_ask(
    buyer: Client, written: str, total: str
) -> None:
    told = on_page(buyer, FIRST, {"order": "O-1", "price": written})
    noted = told.context["form"]["noted"].value()
    again = on_page(buyer, FIRST, {"order": "O-1", "price": written, "noted": noted})
    at = fill_in(buyer, at=again["Location"])
    checked = read(buyer, at)
    asked = buyer.get(on_page(buyer, at, {})["Location"], secure=True)

    assert told.status_code == 422
    assert f"{ABOVE.ja}を超えるとき" in said(told)
    assert f"いまの合計は{total}円" in said(told)
    assert f'value="{written}"' in said(told)
    assert f"{ABOVE.ja}を超えないため、法律の要件を満たしません" in checked
    assert "請求を受け付けました" in said(asked)
    assert SellerRequest.objects.get().price == int(total.replace(",", ""))


def test_a_sum_that_is_changed_is_looked_at_anew(buyer: Client) -> None:
    other = on_page(buyer, FIRST, {"order": "O-1", "price": "900", "noted": "1070"})
    enough = on_page(buyer, FIRST, {"order": "O-1", "price": "¥48,000", "noted": "1070"})

    assert "いまの合計は900円" in said(other)
    assert enough.status_code == 302


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("0", "求める額が書かれていません"),
        ("", "求める額が書かれていません"),
        ("五千円", "数字でご記入ください"),
        ("-48000", "マイナスの記号を外し"),
        ("9" * 100_000, "12 字以内"),
    ],
)
def test_what_is_no_sum_gets_a_sentence_beside_the_field_and_stays_as_typed(
    buyer: Client, written: str, sentence: str
) -> None:
    answer = on_page(buyer, FIRST, {"order": "O-1", "price": written, "other_what": "治療費"})

    assert answer.status_code == 422
    assert sentence in str(answer.context["form"].errors["price"])
    assert answer.context["form"]["price"].value() == written
    assert 'value="治療費"' in said(answer)


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        ({}, "「どの注文ですか」を選んでください"),
        ({"order": "O-2"}, "この注文は見つかりません"),
        ({"number": "O-2"}, "この注文は見つかりません"),
        ({"number": "X-404"}, "この注文は見つかりません"),
        ({"number": "注" * 100_000}, "64 字以内"),
    ],
)
def test_an_order_that_is_none_of_ones_own_is_named_and_the_sum_stays(
    buyer: Client, order: dict[str, str], sentence: str
) -> None:
    answer = on_page(buyer, FIRST, order | {"price": "48,000"})

    assert answer.status_code == 422
    assert sentence in str(answer.context["form"].errors)
    assert 'value="48,000"' in said(answer)
    assert SellerRequest.objects.count() == 0


def test_an_order_that_is_gone_meanwhile_is_said_and_nothing_is_sent(buyer: Client) -> None:
    at = fill_in(buyer)
    page = buyer.get(at, secure=True)
    sent = {name: page.context[name] for name in ("token", "shown", "sealed")}
    Order.objects.filter(pk="O-1").update(buyer="B-2")

    answer = buyer.post(at, sent, secure=True, follow=True)

    assert answer.redirect_chain[0][0].startswith(FIRST)
    assert "この注文は見つかりません" in said(answer)
    assert 'value="48,000"' in said(answer)
    assert 'value="O-1"' not in said(answer)
    assert SellerRequest.objects.count() == 0


def test_who_has_no_order_yet_is_asked_for_its_number(enter: Enter) -> None:
    nobody = enter(Role.BUYER, "buyer:B-9")

    empty = on_page(nobody, FIRST, {"price": "48,000"})
    others = on_page(nobody, FIRST, {"number": "O-1", "price": "48,000"})

    assert "「注文番号」をご記入ください" in str(empty.context["form"].errors["number"])
    assert "どちらか1つ" not in said(empty)
    assert "この注文は見つかりません" in str(others.context["form"].errors["number"])


def test_an_order_by_its_number_will_do(buyer: Client) -> None:
    ask_by_page(buyer, order="", number=" O-1 ")

    assert SellerRequest.objects.get().order_refs == ["O-1"]


@pytest.mark.parametrize(
    ("why", "sentence"), [("", "何も書かれていません"), ("長" * 100_000, "2,000 字以内")]
)
def test_words_that_are_none_or_too_many_get_a_sentence_and_stay(
    buyer: Client, why: str, sentence: str
) -> None:
    answer = on_page(buyer, fill_in(buyer, until="need"), {"need": "suit", "why": why})

    assert answer.status_code == 422
    assert sentence in str(answer.context["form"].errors["why"])
    assert answer.context["form"]["why"].value() == why


def test_who_leaves_something_out_is_told_each_in_a_sentence(buyer: Client) -> None:
    items = on_page(buyer, fill_in(buyer, until="items"), {})
    who = on_page(buyer, fill_in(buyer, until="who"), {"asking": "self"})

    assert "「知りたい項目」を選んでください" in said(items)
    assert "誓います」に印を付けてください" in said(who)
    assert SellerRequest.objects.count() == 0


def test_back_and_forward_keep_what_was_typed_without_a_word_of_error(buyer: Client) -> None:
    at = fill_in(buyer, until="need")
    page = buyer.get(at, secure=True)
    typed = {"token": page.context["token"], "why": "書きかけの言葉", "left": ""}
    back = buyer.post(at, typed, secure=True)
    claim = read(buyer, back["Location"])
    forward = on_page(buyer, back["Location"], FULL)
    found = buyer.get(forward["Location"], secure=True)

    assert "/disclosure/ask/claim/" in back["Location"]
    assert 'value="not_delivered" id="id_claim_0" checked' in claim.replace(" required", "")
    assert found.status_code == 200
    assert "書きかけの言葉" in said(found)
    assert 'class="fault"' not in said(found)


def test_a_changed_answer_leads_back_to_the_check(buyer: Client) -> None:
    at = fill_in(buyer)
    changed = on_page(buyer, at.replace("/check/", "/need/"), {"need": "adr", "why": WHY})

    assert "/disclosure/ask/check/" in changed["Location"]
    assert "裁判によらない解決" in read(buyer, changed["Location"])


def test_pressed_twice_and_in_two_tabs_it_is_one_request(buyer: Client) -> None:
    at = fill_in(buyer)
    page = buyer.get(at, secure=True)
    sent = {name: page.context[name] for name in ("token", "shown", "sealed")}
    other = fill_in(buyer, at=f"{FIRST}?draft=new")
    led = [buyer.post(at, sent, secure=True)["Location"] for _ in range(2)]
    second = on_page(buyer, other, {})

    assert led[0] == led[1]
    assert second.status_code == 409
    assert "もう受け付けています" in said(second)
    assert SellerRequest.objects.count() == 1


def test_a_second_request_about_the_same_order_is_led_to_the_first(buyer: Client) -> None:
    ask_by_page(buyer)
    answer = on_page(buyer, FIRST, FULL)
    number = SellerRequest.objects.get().pk

    assert answer["Location"] == f"/disclosure/requests/{number}/"
    assert "もう受け付けています" in read(buyer, answer["Location"])


def written_until_signed_out(buyer: Client) -> tuple[str, dict[str, str]]:
    """Let the stay of a buyer end while it writes; return where it wrote, and what the page keeps for it."""
    at = fill_in(buyer, until="need")
    page = buyer.get(at, secure=True)
    fields = {name: page.context[name] for name in ("token", "sealed")}
    written = fields | {"need": "suit", "why": WHY}
    buyer.cookies.clear()
    gone = buyer.post(at, written, secure=True)
    assert gone.status_code == 403
    assert WHY in said(gone)
    assert said(gone).count("<textarea") == 1
    kept = {one.name: one.value for one in gone.context["fields"]}
    assert kept == written
    return at, kept


def test_what_was_answered_outlives_the_stay(enter: Enter, buyer: Client) -> None:
    at, kept = written_until_signed_out(buyer)
    again = enter(Role.BUYER, "buyer:B-1")

    sent = again.post(at, kept, secure=True)
    checked = read(again, fill_in(again, at=sent["Location"]))

    assert "/disclosure/ask/who/" in sent["Location"]
    assert WHY in checked
    assert "48,000円" in checked


def test_choices_alone_are_given_back_too(buyer: Client) -> None:
    at = fill_in(buyer, until="claim")
    page = buyer.get(at, secure=True)
    fields = {name: page.context[name] for name in ("token", "sealed")}
    buyer.cookies.clear()

    gone = buyer.post(at, fields | {"claim": "defect"}, secure=True)

    assert gone.status_code == 403
    assert "<textarea" not in said(gone)
    assert f'name="sealed" value="{fields["sealed"]}"' in said(gone)


def test_nobody_else_opens_what_a_buyer_answered(enter: Enter, buyer: Client) -> None:
    at, kept = written_until_signed_out(buyer)
    eve = enter(Role.BUYER, "buyer:B-2")

    by_name = read(eve, at)
    sent = eve.post(at, kept, secure=True)
    page = read(eve, sent["Location"])

    for found in (by_name, page):
        assert "O-1（" not in found
        assert "48,000" not in found
    assert "/ask/order/" in sent["Location"]


def test_a_page_of_another_day_carries_nothing(
    enter: Enter, buyer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = sessions.seal

    def of_yesterday(value: Any, *, about: str) -> str:
        if isinstance(value, dict) and "at" in value:
            value = value | {"at": (datetime.now(JAPAN) - timedelta(hours=24, seconds=1)).isoformat()}
        return sealed(value, about=about)

    monkeypatch.setattr("mamori.ground.web.steps.seal", of_yesterday)
    at, kept = written_until_signed_out(buyer)

    sent = enter(Role.BUYER, "buyer:B-1").post(at, kept, secure=True)

    assert "/disclosure/ask/order/" in sent["Location"]


def test_what_is_displayed_already_stands_beside_the_items(buyer: Client) -> None:
    nothing = read(buyer, fill_in(buyer, until="items"))
    items = (
        ShownItem(item=DisplayItem.NAME, said="株式会社さくら家電"),
        ShownItem(item=DisplayItem.PHONE, on_request=True),
    )
    displays.write_display(seller(), seller_ref="S-1", told=ShownDisplay(items=items))
    page = read(buyer, fill_in(buyer, until="items"))
    private = read(buyer, fill_in(buyer, until="items", at=f"{FIRST}?draft=new", order="O-P"))

    assert "表示している情報はありません" in nothing
    assert "株式会社さくら家電" in page
    assert "この請求はいりません" in page
    assert '"/sellers/S-1/display/ask/"' in page
    assert "個人 太郎" not in private
    assert "表示している情報はありません" in private


def test_the_answers_are_a_paper_that_sends_nothing(buyer: Client) -> None:
    pytest.importorskip("typst")

    at = fill_in(buyer)
    paper = on_page(buyer, at, {"paper": ""})

    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")
    assert 'name="paper">PDFで保存する（送りません）</button>' in read(buyer, at)
    assert SellerRequest.objects.count() == 0


def test_an_order_that_the_address_names_is_chosen_by_goods_and_sum(buyer: Client) -> None:
    at = datetime.now(JAPAN) - timedelta(days=3)
    machine = actor("machine:test", Role.MACHINE, at)
    market.put_buyer(machine, BuyerLine(ref="B-1", name="買手"))
    market.put_listing(machine, ListingLine(ref="L-9", seller="S-1", name="電気毛布", price=12_300))
    items = (Item(listing="L-9", price=12_300),)
    market.put_order(
        machine, OrderLine(ref="O-9", buyer="B-1", seller="S-1", items=items, amount=12_300, ordered_at=at)
    )

    page = read(buyer, "/disclosure/ask/?order=O-9")
    others = read(buyer, "/disclosure/ask/?order=O-2")

    assert "電気毛布" in page
    assert "12,300円" in page
    assert 'value="O-9" id="id_order_0" checked' in page
    assert 'class="fault"' not in page
    assert 'value="O-2"' not in others


def test_the_seller_is_told_word_for_word_what_the_check_shows(buyer: Client) -> None:
    at = fill_in(buyer)
    checked = read(buyer, at)
    on_page(buyer, at, {})
    own = read(buyer, f"/disclosure/requests/{SellerRequest.objects.get().pk}/")

    [text] = [one.partition("</blockquote>")[0] for one in checked.split("<blockquote>")[1:]]
    assert f"<blockquote>{text}</blockquote>" in own
    assert WHY not in text


def test_in_english_the_pages_are_english(buyer: Client) -> None:
    buyer.cookies["django_language"] = "en"
    told = on_page(buyer, FIRST, {"order": "O-1", "price": "1070"})
    pages = [read(buyer, fill_in(buyer, until=step)) for step in ("order", "items", "claim", "need", "who")]

    assert "By law the request is for claims of more than 10,000 yen (yours is 1,070 yen)" in said(told)
    for number, page in enumerate(pages, 1):
        assert f"Step {number} / 6" in page
