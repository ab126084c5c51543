"""Formal notices as pages: chosen by a button, asked question by question, shown word for word, sent once."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.web.once import new_token
from mamori.japan.calendar import JAPAN
from mamori.law.citations import ARRIVAL, RETURNING
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.formal import records as formally
from mamori.rooms.contact.models import Formal, LureCount, Message, Trouble
from mamori.rooms.contact.tests.conftest import actor, open_trouble, pass_time
from tests.reading import words

pytestmark = pytest.mark.usefixtures("market_of_today")

REASON = "色が違う。<b>返金先</b>は普通 1234567、電話は090-1234-5678"
RECEIVED = datetime.now(JAPAN).date() - timedelta(days=14)
DAY = {f"received_on_{part}": str(getattr(RECEIVED, part)) for part in ("year", "month", "day")}
DECLARED = "昨日届いた品を返品します。電話は090-1234-5678です。"


@pytest.fixture
def buyer(enter: Enter) -> Client:
    return enter(Role.BUYER, "buyer:B-1")


@pytest.fixture
def seller(enter: Enter) -> Client:
    return enter(Role.SELLER, "seller:S-1")


def now() -> datetime:
    return datetime.now(UTC)


def fill_in(client: Client, *, query: str = "?kind=return&order=O-1", **days: str) -> str:
    """Answer what a button has not answered, and return the page with the exact text."""
    first = client.get(f"/notices/new/{query}", follow=True)
    assert first.redirect_chain[-1][0].startswith("/notices/new/received/")
    client.post(f"/notices/new/received/{query}", days)
    client.post(f"/notices/new/reason/{query}", {"reason": REASON})
    return client.get(f"/notices/new/check/{query}").content.decode()


def exact(page: str) -> str:
    found = re.search(r"<blockquote[^>]*><bdi>(.*?)</bdi>", page, re.DOTALL)
    assert found
    return found[1]


def token(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


def sends(page: str) -> dict[str, str]:
    """Return what the page of answers sends: which draft it is, and what was shown of it."""
    return {"token": token(page)} | dict(re.findall(r'name="(shown)" value="([^"]+)"', page))


def test_a_button_asks_only_what_it_does_not_know_and_sends_what_was_shown(buyer: Client) -> None:
    check = fill_in(buyer, **DAY)
    form = sends(check)

    once = buyer.post("/notices/new/check/?kind=return&order=O-1", form)
    again = buyer.post("/notices/new/check/?kind=return&order=O-1", form)

    formal = Formal.objects.get()
    page = buyer.get(once["Location"]).content.decode()
    assert once["Location"] == again["Location"]
    assert once["Location"] == f"/notices/{formally.number_of(formal.pk)}/?done=sent"
    assert exact(check) == exact(page)
    assert "&lt;b&gt;返金先&lt;/b&gt;" in exact(page)
    assert "090-1234-5678" in exact(page)
    eighth = RECEIVED + timedelta(days=7)
    assert f"8日目は{eighth.year}年{eighth.month}月{eighth.day}日" in check
    assert "届いた日時" in page
    assert re.search(r'href="/receipts/\d+-[a-z2-7]{24}/"', page)
    assert not LureCount.objects.exists()


def test_who_knows_no_day_goes_on_without_one(buyer: Client) -> None:
    check = fill_in(buyer)

    assert "受け取った日：" not in exact(check)
    assert "8日目は" not in check


@pytest.mark.parametrize(
    ("year", "said"), [("2099", "範囲の外"), ("1", "より前になっています"), ("2025", "注文した日")]
)
def test_a_day_that_is_still_to_come_or_before_the_order_is_refused(
    buyer: Client, year: str, said: str
) -> None:
    path = "/notices/new/received/?kind=return&order=O-1"

    answer = buyer.post(path, {"received_on_year": year, "received_on_month": "11", "received_on_day": "14"})

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_minors_notice_asks_who_sends_it(buyer: Client) -> None:
    query = "?kind=minor&order=O-1"
    asked = buyer.get(f"/notices/new/{query}", follow=True)

    buyer.post(f"/notices/new/sender/{query}", {"sender": "parent"})
    buyer.post(f"/notices/new/received/{query}", {})
    buyer.post(f"/notices/new/reason/{query}", {"reason": ""})

    assert asked.redirect_chain[-1][0].startswith("/notices/new/sender/")
    assert "通知する人：親などの法定代理人" in exact(
        buyer.get(f"/notices/new/check/{query}").content.decode()
    )


def test_without_a_button_kind_and_order_are_asked(buyer: Client) -> None:
    first = buyer.get("/notices/new/?kind=nonsense", follow=True)
    buyer.post("/notices/new/kind/", {"kind": "rescission"})
    second = buyer.get("/notices/new/", follow=True)
    wrong = buyer.post("/notices/new/order/", {"other": "O-999"})

    assert first.redirect_chain[-1][0].startswith("/notices/new/kind/")
    assert second.redirect_chain[-1][0].startswith("/notices/new/order/")
    assert wrong.status_code == 422


@pytest.mark.parametrize("kind", ["return", "rescission", "cancellation", "minor"])
def test_every_notice_has_its_button_beside_the_conversation(buyer: Client, kind: str) -> None:
    known = facts.trouble(open_trouble(now()))
    assert known is not None

    page = buyer.get(f"/threads/{known.case}/").content.decode()

    assert f"/notices/new/?kind={kind}&amp;order=O-1" in page
    assert f"/notices/new/?kind={kind}" in buyer.get("/threads/").content.decode()


def send() -> tuple[int, str]:
    formal = contact.send_formal(
        actor("buyer:B-1", Role.BUYER, now()), notice="return", order_ref="O-1", reason=REASON
    )
    return formal, formally.number_of(formal)


def test_the_seller_reads_every_word_and_answers(buyer: Client, seller: Client) -> None:
    formal, number = send()

    inbox = seller.get("/seller/").content.decode()
    page = seller.get(f"/seller/notices/{number}/").content.decode()
    nothing = seller.post(f"/seller/notices/{number}/dispute/", {"said": " ", "token": new_token()})
    form = {"said": "特約を示していました", "token": new_token()}
    done = seller.post(f"/seller/notices/{number}/dispute/", form)
    again = seller.post(f"/seller/notices/{number}/dispute/", form)

    assert f"/seller/notices/{number}/" in inbox
    assert "090-1234-5678" in exact(page)
    assert nothing.status_code == 422
    assert done["Location"] == again["Location"] == f"/seller/notices/{number}/?done=dispute"
    assert "特約を示していました" in buyer.get(f"/notices/{number}/").content.decode()
    assert Formal.objects.get(pk=formal).state == "disputed"
    assert "/seller/notices/" in seller.get(done["Location"]).content.decode()


def test_the_notice_leads_to_the_trouble_that_is_open_about_its_order(buyer: Client, seller: Client) -> None:
    _, number = send()
    before = buyer.get(f"/notices/{number}/").content.decode()
    trouble = facts.trouble(open_trouble(now()))
    assert trouble is not None

    after = buyer.get(f"/notices/{number}/").content.decode()

    assert "/report/?order=O-1" in before
    assert "/report/?order=O-1" not in after
    assert f'href="/threads/{trouble.case}/"' in after
    assert "/threads/" not in seller.get(f"/seller/notices/{number}/").content.decode()


def buttons(page: str) -> list[str]:
    return re.findall(r'<a class="button(?: outline)?" href="([^"]+)"', page)


def test_what_is_next_stands_out_as_a_button_on_each_sides_page(buyer: Client, seller: Client) -> None:
    formal, number = send()
    mine, theirs = f"/notices/{number}/", f"/seller/notices/{number}/"

    def leading() -> tuple[list[str], list[str]]:
        return buttons(buyer.get(mine).content.decode()), buttons(seller.get(theirs).content.decode())

    arrived = leading()
    contact.dispute(actor("seller:S-1", Role.SELLER, now()), formal=formal, said="特約")
    disputed = leading()
    page = buyer.get(mine).content.decode()
    contact.go_along(actor("seller:S-1", Role.SELLER, now()), formal=formal)
    acknowledged = leading()

    assert arrived == ([], [f"{theirs}go-along/", f"{theirs}dispute/"])
    assert disputed == (["/report/?order=O-1"], [])
    assert acknowledged == ([f"{mine}settled/"], [])
    assert f'<li><a href="{mine}settled/">' in page
    assert page.index("特約") < page.index("通知の全文")


def test_the_exact_text_stands_before_the_button_that_sends_it(buyer: Client) -> None:
    check = fill_in(buyer, **DAY)

    assert check.index("送る文章") < check.index("8日目は") < check.index("この文章で通知する</button>")


def test_articles_are_said_as_people_say_them() -> None:
    assert RETURNING.text.ja.endswith("）第15条の3")
    assert RETURNING.text.en.endswith(", art. 15-3")
    assert ARRIVAL.text.ja.endswith("）第97条")


def test_a_seller_goes_along_without_a_word_and_the_buyer_settles(buyer: Client, seller: Client) -> None:
    _, number = send()

    went = seller.post(f"/seller/notices/{number}/go-along/", {"said": "", "token": new_token()})
    asked = buyer.get(f"/notices/{number}/settled/")
    settled = buyer.post(f"/notices/{number}/settled/", {"token": new_token()})
    too_late = seller.post(f"/seller/notices/{number}/go-along/", {"said": "", "token": new_token()})

    assert went.status_code == settled.status_code == 302
    assert asked.status_code == 200
    assert too_late.status_code == 409
    assert buyer.get(f"/notices/{number}/settled/")["Location"] == f"/notices/{number}/"
    assert number not in seller.get("/seller/").content.decode()


def test_the_conversation_leads_its_seller_to_the_notices_about_the_order_ended_ones_too(
    seller: Client,
) -> None:
    trouble = facts.trouble(open_trouble(now()))
    assert trouble is not None
    formal, number = send()
    path = f"/seller/threads/{trouble.case}/"
    while_open = seller.get(path).content.decode()

    contact.settle_formal(actor("buyer:B-1", Role.BUYER, now()), formal=formal)

    for page in (while_open, seller.get(path).content.decode()):
        assert f'href="/seller/notices/{number}/"' in page


def test_a_notices_number_among_the_threads_leads_to_it(buyer: Client, seller: Client) -> None:
    _, number = send()

    assert buyer.get(f"/threads/{number}/")["Location"] == f"/notices/{number}/"
    assert seller.get(f"/seller/threads/{number}/")["Location"] == f"/seller/notices/{number}/"


def test_strangers_find_nothing(enter: Enter) -> None:
    _, number = send()

    for role, who, path in (
        (Role.BUYER, "buyer:B-2", f"/notices/{number}/"),
        (Role.BUYER, "buyer:B-2", f"/notices/{number}/settled/"),
        (Role.SELLER, "seller:S-2", f"/seller/notices/{number}/"),
        (Role.SELLER, "seller:S-2", f"/seller/notices/{number}/share/"),
        (Role.BUYER, "buyer:B-1", f"/notices/{number}/dispute/"),
        (Role.BUYER, "buyer:B-1", "/notices/12345678/"),
        (Role.BUYER, "buyer:B-1", "/notices/x/"),
    ):
        assert enter(role, who).get(path).status_code == 404, path


def test_words_that_read_like_a_notice_are_offered_the_button_and_go_untouched_either_way(
    buyer: Client,
) -> None:
    known = facts.trouble(open_trouble(now()))
    assert known is not None
    form = {"said": DECLARED, "token": new_token()}

    page = buyer.post(f"/threads/{known.case}/write/", form).content.decode()
    sent = buyer.post(
        f"/threads/{known.case}/write/", form | {"original": DECLARED, "before": "as_is"}, follow=True
    )

    assert "/notices/new/reason/?kind=return&amp;order=O-1" in page
    assert "<mark>" not in page
    assert DECLARED in sent.content.decode()
    assert "のように読めます" in sent.content.decode()
    assert Message.objects.order_by("-number")[0].formal == "return"
    assert not LureCount.objects.exists()


def test_who_sends_the_words_as_a_notice_types_them_once(buyer: Client) -> None:
    known = facts.trouble(open_trouble(now()))
    assert known is not None
    offered = buyer.post(f"/threads/{known.case}/write/", {"said": DECLARED, "token": new_token()})
    found = re.search(
        r'<form id="notice" method="post" action="([^"]+)">.*?name="reason" value="([^"]+)"',
        offered.content.decode(),
        re.DOTALL,
    )
    assert found
    path, reason = found[1].replace("&amp;", "&"), found[2]

    on = buyer.post(path, {"reason": reason})
    check = buyer.post(on["Location"], DAY)

    assert on["Location"].startswith("/notices/new/received/?draft=")
    assert check["Location"].startswith("/notices/new/check/?draft=")
    assert f"理由：{DECLARED}" in exact(buyer.get(check["Location"]).content.decode())
    assert "090-1234" not in json.dumps(dict(buyer.session.items()), ensure_ascii=False)


def test_the_case_page_shows_kind_and_dates_and_no_word_before_a_share(enter: Enter) -> None:
    formal, number = send()
    trouble = facts.trouble(open_trouble(now()))
    assert trouble is not None
    desk = enter(Role.AGENT)

    before = desk.get(f"/desk/cases/{number}/").content.decode()
    refused = desk.post(f"/desk/cases/{number}/contact/formal/")
    contact.share_formal(actor("buyer:B-1", Role.BUYER, now()), formal=formal)
    asked = desk.get(f"/desk/cases/{number}/contact/formal/").content.decode()
    shown = desk.post(f"/desk/cases/{number}/contact/formal/")

    assert "返品の通知" in before
    assert "090-1234" not in before
    assert refused.status_code == 403
    assert "090-1234" not in refused.content.decode()
    assert "090-1234" not in asked
    assert "090-1234-5678" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    related = desk.get(f"/desk/cases/{trouble.case}/").content.decode()
    assert "返品の通知" in related
    assert desk.get(f"/desk/cases/{trouble.case}/contact/formal/").status_code == 404


def test_a_notice_that_nobody_answered_is_on_the_leads_board_and_late_in_the_list(enter: Enter) -> None:
    begun = now() - timedelta(days=9)
    formal = contact.send_formal(actor("buyer:B-1", Role.BUYER, begun), notice="return", order_ref="O-1")
    pass_time(now())

    desk = enter(Role.LEAD)
    board = words(desk.get("/desk/today/"))
    listed = desk.get("/desk/?view=flagged&attention=formal-unanswered").content.decode()

    assert 'due=contact.formal_answer"><span class="count">1</span>' in board
    assert formally.number_of(formal) in listed
    assert re.search(r'<li class="\w* overdue">', listed)


def test_the_desk_counts_calendar_days_as_such(enter: Enter) -> None:
    formal, number = send()
    contact.go_along(actor("seller:S-1", Role.SELLER, now()), formal=formal)

    desk = enter(Role.LEAD)
    case, queue = (desk.get(path).content.decode() for path in (f"/desk/cases/{number}/", "/desk/"))

    assert re.search(r"あと (29|30) 日", case)
    assert "期限なし" in queue  # nobody owes anything: what the machine asks of the buyer then stands behind
    assert "その後の確認" in queue[queue.index("期限なし") :]
    assert "営業日" not in case + queue


def test_both_sides_see_that_staff_read_the_notice(enter: Enter, buyer: Client, seller: Client) -> None:
    formal, number = send()
    contact.share_formal(actor("buyer:B-1", Role.BUYER, now()), formal=formal)
    contact.look_formal(actor("agent:a", Role.AGENT, now()), formal=formal)

    for page in (buyer.get(f"/notices/{number}/"), seller.get(f"/seller/notices/{number}/")):
        assert "窓口の担当者が通知を読んだ" in page.content.decode()
    assert not Trouble.objects.exists()
