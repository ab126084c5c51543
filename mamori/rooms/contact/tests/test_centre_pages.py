"""The pages on which staff write to the parties and a party writes to the centre: sent once, and nothing typed is lost."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.rooms.contact import actions
from mamori.rooms.contact.centre.phrases import filled
from mamori.rooms.contact.centre.rules import unfilled
from mamori.rooms.contact.models import CentreMessage, Trouble
from mamori.rooms.contact.tests.conftest import actor, open_trouble
from mamori.rooms.contact.tests.test_buyer_pages import number_of, token

pytestmark = pytest.mark.usefixtures("market_of_today")


@pytest.fixture
def agent(enter: Enter) -> Client:
    return enter(Role.AGENT, "agent:1")


@pytest.fixture
def number() -> str:
    return number_of(open_trouble(datetime.now(UTC)))


def text(client: Client, path: str) -> str:
    return client.get(path, follow=True).content.decode()


def seen(page: str) -> str:
    return re.findall(r'name="seen" value="([^"]*)"', page)[0]


def form_of(page: str, **more: str) -> dict[str, str]:
    part = page[page.index('id="centre"') :]
    return {"readers": "buyer", "words": "確認しています。", "seen": seen(page), "token": token(part)} | more


def written() -> list[tuple[str, str]]:
    return [(one.by_side, one.readers) for one in CentreMessage.objects.order_by("id")]


def test_an_agent_writes_and_the_buyer_answers_on_its_own_page(
    agent: Client, enter: Enter, number: str
) -> None:
    case = f"/desk/cases/{number}/"
    sent = agent.post(f"{case}contact/write/", form_of(text(agent, case)))
    buyer = enter(Role.BUYER, "buyer:B-1")

    page = text(buyer, f"/threads/{number}/")
    assert sent["Location"] == case
    assert "確認しています。" in page
    assert "窓口とあなただけが読めます" in page
    assert f"/threads/{number}/centre/" in page
    answer = buyer.post(
        f"/threads/{number}/centre/",
        {"said": "ありがとう", "readers": "buyer", "token": token(text(buyer, f"/threads/{number}/centre/"))},
    )

    assert "相談窓口に送りました" in text(buyer, answer["Location"])
    assert "ありがとう" in text(agent, case)
    assert "窓口への返事が必要" in text(agent, "/desk/")
    assert "ありがとう" not in text(enter(Role.SELLER, "seller:S-1"), f"/seller/threads/{number}/")


def test_what_is_sent_twice_is_written_once(agent: Client, number: str) -> None:
    case = f"/desk/cases/{number}/"
    form = form_of(text(agent, case))

    first, second = (agent.post(f"{case}contact/write/", form) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert written() == [("centre", "buyer")]


def test_sent_and_on_to_the_next_case(agent: Client, number: str) -> None:
    other = number_of(open_trouble(datetime.now(UTC), order_ref="O-3"))
    asks = Trouble.objects.get(thread__order_ref="O-3").thread_id
    actions.write_to_centre(actor("buyer:B-1", Role.BUYER, datetime.now(UTC)), thread=asks, said="いつですか")
    case = f"/desk/cases/{number}/"

    page = agent.post(f"{case}contact/write/", form_of(text(agent, case), then="next"), follow=True)

    assert page.request["PATH_INFO"] == f"/desk/cases/{other}/"
    assert "送りました。" in page.content.decode()


@pytest.mark.parametrize(
    ("more", "status", "told"),
    [
        ({"words": ""}, 422, "入力"),
        ({"words": "あ" * 100_000}, 422, "文字"),
        ({"words": "{due}までに連絡します"}, 422, "{due}"),
        ({"then": "ask"}, 422, "あて先に「出品者」"),
        ({"readers": "everybody"}, 422, "選"),
        ({"seen": "7/agent:9"}, 409, "担当が変わりました"),
        ({"seen": "7/"}, 409, "やり取りが変わりました"),
    ],
)
def test_what_is_refused_keeps_what_was_typed_and_sends_nothing(
    agent: Client, number: str, more: dict[str, str], status: int, told: str
) -> None:
    case = f"/desk/cases/{number}/"

    refused = agent.post(f"{case}contact/write/", form_of(text(agent, case), **more))

    page = refused.content.decode()
    assert refused.status_code == status
    assert told in page
    assert more.get("words", "確認しています。")[:50] in page
    assert written() == []


def test_two_who_send_at_once_are_told_and_may_send_again(agent: Client, enter: Enter, number: str) -> None:
    case = f"/desk/cases/{number}/"
    form = form_of(text(agent, case))
    other = enter(Role.LEAD, "lead:2")
    other.post(f"{case}contact/write/", form_of(text(other, case), words="先に書きました"))

    refused = agent.post(f"{case}contact/write/", form)
    page = refused.content.decode()

    assert refused.status_code == 409
    assert "相談窓口からのメッセージが届きました" in page
    assert "先に書きました" in page
    assert "確認しています。" in page
    again = agent.post(f"{case}contact/write/", form | {"seen": seen(page)})
    assert again.status_code == 302
    assert len(written()) == 2


def test_the_button_that_asks_the_seller_is_there_only_once_it_has_answered(
    agent: Client, number: str
) -> None:
    case, button = f"/desk/cases/{number}/", "出品者の番に戻す"
    trouble = Trouble.objects.get()
    assert button not in text(agent, case)
    actions.answer(
        actor("seller:S-1", Role.SELLER, datetime.now(UTC)), thread=trouble.thread_id, said="直します"
    )
    page = text(agent, case)
    assert button in page

    agent.post(f"{case}contact/write/", form_of(page, readers="seller", then="ask"))

    assert Trouble.objects.get().thread.state == "waiting"


def test_a_usual_text_begins_the_words_with_what_the_case_knows(agent: Client, number: str) -> None:
    page = text(agent, f"/desk/cases/{number}/?phrase=ask-tracking")

    assert "O-1の発送日と追跡番号を教えてください" in page
    assert re.search(r'value="seller"[^>]* checked', page)


def test_a_usual_text_promises_nothing_by_a_moment_that_has_passed(agent: Client) -> None:
    late = number_of(open_trouble(datetime.now(UTC) - timedelta(days=9)))

    page = text(agent, f"/desk/cases/{late}/?phrase=asked-seller")

    assert "{due}までに、状況をお知らせします" in page


def test_of_what_has_ended_and_of_questions_nothing_can_be_written(
    agent: Client, enter: Enter, number: str
) -> None:
    case = f"/desk/cases/{number}/"
    form = form_of(text(agent, case))
    actions.withdraw(actor("buyer:B-1", Role.BUYER, datetime.now(UTC)), trouble=Trouble.objects.get().pk)

    refused = agent.post(f"{case}contact/write/", form)

    assert (refused.status_code, written()) == (409, [])
    assert "この件は終わっている" in refused.content.decode()
    buyer = enter(Role.BUYER, "buyer:B-1")
    assert "/centre/" not in text(buyer, f"/threads/{number}/")


def test_eve_finds_nothing(enter: Enter, agent: Client, number: str) -> None:
    for who, by, at in (
        (Role.BUYER, "buyer:EVE", f"/threads/{number}/centre/"),
        (Role.SELLER, "seller:EVE", f"/seller/threads/{number}/centre/"),
    ):
        eve = enter(who, by)
        assert eve.get(at).status_code == 404
        assert eve.post(at, {"said": "x", "readers": "both"}).status_code == 404
    assert agent.post("/desk/cases/1000-0000/contact/write/", {}).status_code == 404
    assert written() == []


def test_what_a_place_was_filled_with_is_not_filled_again() -> None:
    said = filled("{shop}は{due}まで、{goods}は{other}", {"shop": "{due}屋", "due": "4日", "goods": ""})

    assert said == "{due}屋は4日まで、{goods}は{other}"


def test_a_message_is_counted_among_those_that_its_reader_may_read(
    agent: Client, enter: Enter, number: str
) -> None:
    case = f"/desk/cases/{number}/"
    for readers in ("seller", "buyer"):
        form = form_of(text(agent, case), readers=readers, words=f"{readers}へ")
        assert agent.post(f"{case}contact/write/", form).status_code == 302

    page = text(enter(Role.BUYER, "buyer:B-1"), f"/threads/{number}/")

    assert "buyerへ" in page
    assert 'id="c1"' in page
    assert 'id="c2"' not in page


def test_goods_with_braces_in_their_name_are_no_place_of_a_usual_text() -> None:
    said = filled("{goods}を{due}までに", {"goods": "Tシャツ{L}", "due": ""})

    assert unfilled(said) == "{due}"
    assert unfilled(filled("{goods}", {"goods": "Tシャツ{L}"})) is None
