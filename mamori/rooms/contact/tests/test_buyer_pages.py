"""A buyer's pages: the questions, the list, the thread and what can be done with it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.market import actions as market
from mamori.ground.market.actions import Item, OrderLine
from mamori.rooms.contact import actions, facts
from mamori.rooms.contact.models import Message, Thread, Trouble
from mamori.rooms.contact.tests.conftest import actor, open_trouble

pytestmark = pytest.mark.usefixtures("market_of_today")

WORDS = "届いた品が動きません。"


@pytest.fixture
def buyer(enter: Enter) -> Client:
    return enter(Role.BUYER, "buyer:B-1")


def now() -> datetime:
    return datetime.now(UTC)


def seller_answers(trouble: int) -> None:
    actions.answer(
        actor("seller:S-1", Role.SELLER, now()),
        thread=Trouble.objects.get(pk=trouble).thread_id,
        said="送ります",
    )


def number_of(trouble: int) -> str:
    known = facts.trouble(trouble)
    assert known is not None
    return known.case


def token(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


def sends(page: str) -> dict[str, str]:
    """Return what the page of answers sends: which draft it is, and what was shown of it."""
    return {"token": token(page)} | dict(re.findall(r'name="(shown)" value="([^"]+)"', page))


def fill_in(client: Client, *, order: str = "O-1", words: str = WORDS, may_read: str = "yes") -> str:
    """Go through the questions up to the page of answers, and return it."""
    for step, answer in (
        ("order", {"order": order}),
        ("topic", {"topic": "broken"}),
        ("harm", {"harm": "money"}),
        ("words", {"said": words}),
        ("reading", {"may_read": may_read}),
    ):
        response = client.post(f"/report/{step}/", answer)
        assert response.status_code == 302, response.content.decode()
    return client.get("/report/check/").content.decode()


def test_a_link_that_says_something_is_done_has_done_nothing(buyer: Client) -> None:
    number = number_of(open_trouble(now()))

    for said in ("solved", "withdraw", "reach"):
        assert 'class="banner success"' not in buyer.get(f"/threads/{number}/?done={said}").content.decode()


def test_a_trouble_is_reported_question_by_question(buyer: Client) -> None:
    first = buyer.get("/report/", follow=True)

    check = fill_in(buyer)
    sent = buyer.post("/report/check/", sends(check), follow=True)

    assert first.redirect_chain[-1][0] == "/report/order/"
    assert WORDS in check
    assert "読んでもよい" in check
    trouble = Trouble.objects.get()
    assert trouble.thread.centre_may_read
    page = sent.content.decode()
    assert sent.redirect_chain[-1][0] == f"/report/sent/{number_of(trouble.pk)}/"
    assert "困りごとを受け付けました" in page
    assert "休業日を除く24時間" in page
    assert "休業日を除く48時間" in page


def test_the_words_wait_sealed_until_they_are_sent(buyer: Client) -> None:
    fill_in(buyer)

    session = str(dict(buyer.session.items()))

    assert WORDS not in session


def test_the_same_answers_sent_twice_are_one_trouble(buyer: Client) -> None:
    check = fill_in(buyer)

    once = buyer.post("/report/check/", sends(check))
    again = buyer.post("/report/check/", sends(check))

    assert once.status_code == again.status_code == 302
    assert once["Location"] == again["Location"]
    assert Trouble.objects.count() == Message.objects.count() == 1


def test_an_order_whose_trouble_was_opened_meanwhile_is_refused_on_the_page_of_answers(buyer: Client) -> None:
    check = fill_in(buyer)
    number = number_of(open_trouble(now()))

    sent = buyer.post("/report/check/", sends(check))

    page = sent.content.decode()
    assert sent.status_code == 409
    assert "すでに受け付けています" in page
    assert f'href="/threads/{number}/"' in page
    assert WORDS in page


@pytest.mark.parametrize("order", ["O-9", "O-1\0", "\u202eO-1", "x" * 5_000, "注文", "' OR 1=1 --"])
def test_an_order_that_is_not_theirs_is_not_found(buyer: Client, order: str) -> None:
    response = buyer.post("/report/order/", {"other": order})

    assert response.status_code == (302 if order == "O-1\0" else 422)


def test_nobody_chooses_an_order_of_another_buyer(enter: Enter) -> None:
    eve = enter(Role.BUYER, "buyer:EVE")

    response = eve.post("/report/order/", {"order": "O-1", "other": "O-1"})

    assert response.status_code == 422
    assert "見つかりません" in response.content.decode()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "何も書かれていません"),
        (" \n\u3000", "何も書かれていません"),
        ("\0\0", "目に見えない制御文字"),
        ("\u202e\u200b", "何も書かれていません"),
        ("あ" * 10_001, "10,000文字まで"),
    ],
)
def test_words_that_cannot_be_sent_are_given_back_with_the_reason(
    buyer: Client, words: str, sentence: str
) -> None:
    for step, answer in (
        ("order", {"order": "O-1"}),
        ("topic", {"topic": "broken"}),
        ("harm", {"harm": "money"}),
    ):
        buyer.post(f"/report/{step}/", answer)

    response = buyer.post("/report/words/", {"said": words})

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert words.strip() in page or "\0" in words


@pytest.mark.parametrize(
    "words", ["😀" * 10, "a\u202eb", "<script>alert(1)</script>", "x" * 10_000, "行\r\n行"]
)
def test_unusual_words_arrive_as_they_were_written(buyer: Client, words: str) -> None:
    check = fill_in(buyer, words=words)

    sent = buyer.post("/report/check/", sends(check))
    page = buyer.get(f"/threads/{number_of(Trouble.objects.get().pk)}/").content.decode()

    assert sent.status_code == 302
    assert "<script>alert" not in page
    assert words.replace("<", "&lt;").replace(">", "&gt;") in page


def test_a_question_before_purchase_is_asked_about_the_goods_of_the_address(buyer: Client) -> None:
    asked = buyer.get("/ask/?listing=L-1", follow=True)
    buyer.post("/ask/topic/?listing=L-1", {"topic": "goods"})
    buyer.post("/ask/words/", {"said": "二百ボルトで使えますか"})
    check = buyer.get("/ask/check/").content.decode()

    sent = buyer.post("/ask/check/", sends(check), follow=True)

    assert asked.redirect_chain[-1][0] == "/ask/topic/?listing=L-1"
    assert "質問を送りました" in sent.content.decode()
    assert Thread.objects.get().listing_ref == "L-1"


def test_a_thread_says_where_it_stands_in_words(buyer: Client) -> None:
    trouble = open_trouble(now())

    waiting = buyer.get(f"/threads/{number_of(trouble)}/").content.decode()
    seller_answers(trouble)
    answered = buyer.get(f"/threads/{number_of(trouble)}/").content.decode()

    assert "出品者の回答を待っています" in waiting
    assert "あと 23 時間" in waiting or "あと 1 営業日" in waiting
    assert "出品者が回答しました。解決しましたか。" in answered
    assert "送ります" in answered
    assert 'class="waiting"' not in waiting
    assert "waiting<" not in waiting
    assert "店" in waiting
    assert "shop@example.jp" not in waiting


@pytest.mark.parametrize(
    ("slug", "given", "done"),
    [
        ("write", {"said": "写真を送ります"}, "送りました"),
        ("solved", {}, "解決してよかったです"),
        ("withdraw", {}, "取り下げました"),
        ("mediation", {"may_read": "no"}, "相談窓口に伝えました"),
        ("reading", {"may_read": "no"}, "答えを変えました"),
    ],
)
def test_each_thing_to_do_has_a_page_and_leads_back(
    buyer: Client, slug: str, given: dict[str, str], done: str
) -> None:
    number = number_of(open_trouble(now()))
    asked = buyer.get(f"/threads/{number}/{slug}/")

    response = buyer.post(
        f"/threads/{number}/{slug}/", given | {"token": token(asked.content.decode())}, follow=True
    )

    assert asked.status_code == 200
    assert response.redirect_chain[-1][0] == f"/threads/{number}/?done={slug}"
    assert done in response.content.decode()


def test_what_is_not_solved_is_said_in_words(buyer: Client) -> None:
    trouble = open_trouble(now())
    number = number_of(trouble)
    seller_answers(trouble)

    empty = buyer.post(f"/threads/{number}/unsolved/", {"said": ""})
    response = buyer.post(f"/threads/{number}/unsolved/", {"said": "まだ届きません"}, follow=True)

    assert empty.status_code == 422
    assert "出品者に、もう一度対応を求めました" in response.content.decode()
    assert Trouble.objects.get().progress == "unsolved"


def test_what_is_no_longer_possible_is_refused_beside_what_was_typed(buyer: Client) -> None:
    trouble = open_trouble(now())
    number = number_of(trouble)
    page = buyer.get(f"/threads/{number}/write/").content.decode()
    actions.withdraw(actor("buyer:B-1", Role.BUYER, now()), trouble=trouble)

    response = buyer.post(f"/threads/{number}/write/", {"said": "ことば", "token": token(page)})

    said = response.content.decode()
    assert response.status_code == 409
    assert "できません" in said
    assert "ことば" in said


def test_the_same_words_sent_twice_are_one_message(buyer: Client) -> None:
    number = number_of(open_trouble(now()))
    given = {"said": "同じ", "token": token(buyer.get(f"/threads/{number}/").content.decode())}

    once = buyer.post(f"/threads/{number}/write/", given)
    again = buyer.post(f"/threads/{number}/write/", given)
    other = buyer.post(f"/threads/{number}/write/", {"said": "同じ"})

    assert once["Location"] == again["Location"] == other["Location"]
    assert Message.objects.count() == 3


def test_a_refused_form_can_be_corrected_and_sent(buyer: Client) -> None:
    number = number_of(open_trouble(now()))
    key = token(buyer.get(f"/threads/{number}/").content.decode())

    refused = buyer.post(f"/threads/{number}/write/", {"said": " ", "token": key})
    sent = buyer.post(f"/threads/{number}/write/", {"said": "はい", "token": token(refused.content.decode())})

    assert refused.status_code == 422
    assert sent.status_code == 302


@pytest.mark.parametrize("number", ["12345678", "00000000", "abc", "1" * 400, "９", "%00", "-1", "1.5"])
def test_a_number_of_nothing_and_a_strangers_look_alike(enter: Enter, number: str) -> None:
    real = number_of(open_trouble(now()))
    eve = enter(Role.BUYER, "buyer:EVE")

    strange, nothing = eve.get(f"/threads/{real}/"), eve.get(f"/threads/{number}/")

    assert strange.status_code == nothing.status_code == 404
    assert blank(strange.content.decode()) == blank(nothing.content.decode())
    for slug in ("write", "solved", "withdraw", "mediation", "reading", "unsolved", "close", "nonsense"):
        assert eve.post(f"/threads/{real}/{slug}/", {"said": "x", "may_read": "yes"}).status_code == 404
    assert Message.objects.count() == 1


def blank(page: str) -> str:
    """Return the page without what differs from request to request."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
    page = re.sub(r'name="next" value="[^"]+"', "", page)
    return re.sub(r"[0-9a-f]{16}", "", page)


@pytest.mark.parametrize("path", ["/threads/", "/report/order/", "/ask/listing/", "/threads/12345678/"])
def test_these_pages_are_for_buyers(enter: Enter, path: str) -> None:
    nobody = enter().get(path)

    assert nobody.status_code == 302
    assert nobody["Location"].startswith("/in/?next=")
    for role, who in ((Role.SELLER, "seller:S-1"), (Role.DELEGATE, "seller:S-1/hana"), (Role.AGENT, "")):
        assert enter(role, who).get(path).status_code in (302, 403)


def test_a_form_from_elsewhere_is_not_taken(buyer: Client) -> None:
    number = number_of(open_trouble(now()))
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = buyer.cookies

    response = strict.post(f"/threads/{number}/write/", {"said": "x"})

    assert response.status_code == 403
    assert Message.objects.count() == 1


def test_the_list_shows_the_open_ones_first_and_goes_on(buyer: Client) -> None:
    for n in range(25):
        at = now() - timedelta(days=3, minutes=10 * n)
        thread = actions.ask_question(
            actor("buyer:B-1", Role.BUYER, at), listing_ref="L-1", topic=Thread(topic="goods").topic, said="?"
        )
        if n < 3:
            actions.close_thread(actor("buyer:B-1", Role.BUYER, at), thread=thread)

    first = buyer.get("/threads/").content.decode()
    cursor = re.search(r'rel="next" href="([^"]+)"', first)
    assert cursor
    second = buyer.get("/threads/" + cursor[1]).content.decode()

    assert first.count("<li>\n<p") == 20
    assert "終わりました" not in first
    assert second.count("<li>\n<p") == 5
    assert second.count("終わりました") == 3
    assert buyer.get("/threads/?cursor=%00nonsense").status_code == 200


def test_who_reports_an_order_that_is_open_already_is_led_to_its_conversation(buyer: Client) -> None:
    number = number_of(open_trouble(now()))

    chosen = buyer.post("/report/order/", {"order": "O-1"}).content.decode()
    by_a_link = buyer.get("/report/?order=O-1", follow=True).content.decode()
    other = buyer.get("/report/?order=O-2", follow=True).content.decode()
    none = buyer.get("/report/?order=O-1%00", follow=True)

    for page in (chosen, by_a_link):
        assert "この注文の困りごとは、すでに受け付けています" in page
        assert f'href="/threads/{number}/"' in page
    assert "すでに受け付けています" not in other
    assert none.status_code == 200
    assert buyer.post("/report/order/", {"order": "O-2"}).status_code == 302
    assert Thread.objects.count() == 1


def test_a_trouble_that_has_ended_leads_nobody_back_to_it(buyer: Client) -> None:
    trouble = open_trouble(now())
    actions.withdraw(actor("buyer:B-1", Role.BUYER, now()), trouble=trouble)

    assert buyer.post("/report/order/", {"order": "O-1"}).status_code == 302


def test_who_only_wants_to_know_something_about_an_order_is_led_to_the_question(buyer: Client) -> None:
    line = OrderLine(
        ref="O-9",
        buyer="B-1",
        seller="S-1",
        amount=8_000,
        ordered_at=now() - timedelta(days=2),
        items=(Item(listing="L-1", price=8_000),),
    )
    market.put_order(actor("machine:test", Role.MACHINE, now()), line)

    page = buyer.get("/report/topic/?order=O-9").content.decode()
    asked = buyer.get("/ask/?listing=L-1", follow=True).content.decode()

    assert 'href="/ask/?listing=L-1"' in page
    assert "何についての質問ですか" in asked
    assert "/ask/?listing" not in buyer.get("/report/topic/?order=O-1").content.decode()
