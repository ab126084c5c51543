"""What a buyer takes to a consumer centre: what happened, as far as the buyer's own page shows it, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import actions as ledger, facts as log
from mamori.ground.market import actions as market
from mamori.ground.market.actions import Item, ListingLine, OrderLine, SellerLine
from mamori.ground.terms import actions as terms
from mamori.law.settings import SCANNING
from mamori.rooms.contact import actions as contact, facts, words
from mamori.rooms.contact.actions.calls import Outcome
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import Thread
from mamori.rooms.contact.queries.paper import paper
from mamori.rooms.contact.rules.eligibility import Kind as Wish
from mamori.rooms.contact.rules.helping import May
from mamori.rooms.contact.rules.paper import notes
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.rules.reasons import NO_REMEDY_BECAUSE, NoRemedyBecause, PartBecause
from mamori.rooms.contact.tests import telephoned
from mamori.rooms.contact.tests.agreeing import HOUR, ORDER, agreed, mediated, page_number, thread_of
from mamori.rooms.contact.tests.conftest import (
    MONDAY,
    agent,
    buyer,
    lead,
    machine,
    open_trouble,
    pass_time,
    seller,
    sellers_calls,
)
from mamori.rooms.contact.tests.telephoned import known_buyer
from mamori.rooms.contact.tests.test_attach import attach
from mamori.rooms.contact.tests.test_formal import send
from mamori.rooms.contact.views.buyer import record_pdf
from tests.shops import put_shop

__all__ = ["known_buyer"]
pytestmark = pytest.mark.usefixtures("market_of_two")
DAY = timedelta(days=1)
LATER = MONDAY + 3 * DAY


def pdf(number: str, at: datetime = LATER, who: str = "B-1") -> bytes:
    answer = record_pdf(buyer=who, number=number, at=at)
    assert answer.headers["Content-Type"] == "application/pdf"
    return answer.content


def read(number: str, at: datetime = LATER) -> str:
    """Return the words of the record, without what only breaks lines."""
    document = pypdfium2.PdfDocument(pdf(number, at))
    said = "".join(page.get_textpage().get_text_range() for page in document)
    return "".join(said.replace("\u200b", "").split())


def lacks(said: str, *wanted: str) -> list[str]:
    """Name what does not stand there."""
    return [one for one in wanted if "".join(one.split()) not in said]


def test_it_says_what_was_ordered_said_asked_for_and_decided() -> None:
    market.put_listing(machine(), ListingLine(ref="L-1", seller="S-1", name="鍋", price=4_000))
    items = (Item(listing="L-1", price=4_000, quantity=2),)
    market.put_order(machine(), OrderLine(ref="O-1", items=items, **ORDER))
    trouble = open_trouble()
    contact.answer(seller(MONDAY + 3 * HOUR), thread=thread_of(trouble).pk, said="仕様です。")
    contact.say_unsolved(buyer(MONDAY + 4 * HOUR), trouble=trouble, said="水がもれます。")
    contact.request_mediation(buyer(MONDAY + 5 * HOUR), trouble=trouble)
    contact.propose(buyer(MONDAY + 6 * HOUR), trouble=trouble, kind=Kind.REPAIR, said="直してください。")
    pass_time(LATER)
    contact.ask_remedy(buyer(LATER), trouble=trouble, wish=Wish.REFUND)
    contact.grant_remedy(
        agent(LATER), trouble=trouble, amount=3_000, reason="内部の所見", because=PartBecause.GOODS_KEPT
    )

    said = read(page_number(trouble), LATER + HOUR)

    told = (
        *("O-1", "鍋", "8,000円", "4,000円", "店", "03-0000-0000", "壊れている・動かない", "お金の損失"),
        *("動きません", "仕様です。", "水がもれます。", "2026年11月16日（月）13:00"),
        *("購入者の求めにより", "直してください。", "修理する", "返事がなく終わった"),
        *("出品者が回答した：期限までに", "回答の期限が過ぎた：期限は2026年11月17日（火）14:00"),
        *("購入者の希望", "立替返金を決めた：3,000円、商品はお手元に残り、使えるためです。"),
        *("Record of a conversation", "The seller answered: in time", "188", page_number(trouble)),
    )
    assert lacks(said, *told) == []
    assert "内部の所見" not in said


def test_why_no_refund_was_given_is_said_and_nothing_that_is_for_the_centre_alone() -> None:
    trouble = open_trouble()
    pass_time(MONDAY + DAY)
    [call] = sellers_calls()
    contact.record_call(agent(MONDAY + DAY), call=call.id, outcome=Outcome.NO_ANSWER, note="内線のメモ")
    contact.refuse_remedy(
        lead(LATER), trouble=trouble, because=NoRemedyBecause.NOT_ESTABLISHED, reason="内部の理由"
    )
    open_trouble(order_ref="O-3")

    said = read(page_number(trouble), LATER + HOUR)

    assert (
        lacks(
            said,
            "お伝えいただいた出来事が事実かどうかを、確かめられなかったためです。",
            "過ぎてから終わりました",
        )
        == []
    )
    assert lacks(said, "電話した", "内線のメモ", "内部の理由", "O-3", "O-2", "shop@example.jp") == [
        *("電話した", "内線のメモ", "内部の理由", "O-3", "O-2", "shop@example.jp")
    ]


def test_what_was_agreed_and_that_it_was_solved_in_time_is_said() -> None:
    trouble, _ = agreed()
    pending = read(page_number(trouble), MONDAY + 2 * HOUR)
    contact.solve(buyer(MONDAY + 5 * HOUR), trouble=trouble)

    said = read(page_number(trouble))

    assert lacks(pending, "代わりの品を送る", "同意した側", "購入者、出品者", "行う期限") == []
    assert lacks(said, "そのとおりになった", "それまでに終わりました", "解決したと伝えられた") == []


def test_what_the_buyer_said_by_telephone_stands_in_the_buyers_record() -> None:
    trouble = mediated()
    offer = telephoned.centres(trouble)
    telephoned.take(telephoned.check(trouble), offer)
    contact.decline(seller(), proposal=offer)

    said = read(page_number(trouble))

    assert lacks(said, telephoned.WORDS, "購入者の返事", "断られた") == []


def test_money_that_went_back_and_an_order_that_was_cancelled_or_reversed_are_told() -> None:
    trouble = open_trouble()
    told = {"refunded": 3_000, "cancelled_at": MONDAY + HOUR, "unsent": True, "charged_back": True}
    market.put_order(machine(MONDAY + HOUR), OrderLine(ref="O-1", **ORDER, **told))

    said = read(page_number(trouble))

    assert (
        lacks(said, "すでに戻った額", "3,000円", "商品が送られないまま取り消されています", "カード会社") == []
    )


def test_files_stand_by_name_and_are_not_inside() -> None:
    trouble = open_trouble()
    attach(buyer(), thread_of(trouble).pk)
    number = page_number(trouble)

    assert lacks(read(number), "添付：割れた皿.png") == []
    assert pypdfium2.PdfDocument(pdf(number)).count_attachments() == 0


def test_words_are_as_both_sides_see_them() -> None:
    terms.set(lead(MONDAY - HOUR), setting=SCANNING, value="mask")
    for party in (buyer(), seller()):
        contact.answer_scanning(party, agrees=True)
    trouble = open_trouble()
    contact.write(buyer(), thread=thread_of(trouble).pk, said="090-1234-5678に電話をください")

    said = read(page_number(trouble))

    assert lacks(said, "に電話をください", "一部を機械が伏せました") == []
    assert "1234" not in said


def test_a_receipt_and_what_reads_like_a_notice_are_named_as_such() -> None:
    trouble = open_trouble()
    contact.acknowledge(seller(), thread=thread_of(trouble).pk, said="確認します")
    contact.write(buyer(), thread=thread_of(trouble).pk, said="この契約を解除します。")
    send()

    said = read(page_number(trouble))

    assert lacks(said, "受け取りの連絡です。", "のように読めます", "この注文についての通知") == []


def test_an_erased_sellers_words_and_contacts_are_gone_and_the_rest_stays() -> None:
    trouble = open_trouble()
    contact.answer(seller(), thread=thread_of(trouble).pk, said="仕様です。")
    contact.request_mediation(buyer(), trouble=trouble)
    contact.propose(seller(), trouble=trouble, kind=Kind.OTHER, said="おわびします。")
    with transaction.atomic():
        ledger.shred(lead(), subject="seller:S-1", reason="退店")

    said = read(page_number(trouble))

    assert said.count("この内容は消去されました。") == 2
    assert lacks(said, "動きません", "O-1", "8,000円") == []
    assert lacks(said, "仕様です。", "おわびします。", "03-0000-0000") == [
        "仕様です。",
        "おわびします。",
        "03-0000-0000",
    ]


@pytest.mark.parametrize("which", [{"private": True}, {"protected": True}])
def test_where_a_private_or_protected_seller_is_stays_untold(which: dict[str, bool]) -> None:
    address = "石川県金沢市架空町1-2"
    put_shop(machine(), ref="S-1", name="店", phone="03-0000-0000", address=address, **which)
    number = page_number(open_trouble())

    said = read(number)

    assert lacks(said, "架空町", "03-0000-0000") == ["架空町", "03-0000-0000"]
    assert lacks(said, "お見せできません") == []


def test_a_question_before_the_purchase_has_its_record_too() -> None:
    thread = contact.ask_question(buyer(), listing_ref="L-1", topic=facts.Topic.GOODS, said="使えますか")
    contact.answer(seller(MONDAY + 9 * DAY), thread=thread, said="はい")
    found = facts.thread(thread)
    assert found is not None

    said = read(found.case, MONDAY + 9 * DAY)

    assert lacks(said, "使えますか", "はい", "品", "出品者が回答した：期限を過ぎて") == []
    assert lacks(said, "注文番号", "困りごとの程度") == ["注文番号", "困りごとの程度"]


HOSTILE = (
    '<script>alert(1)</script> #panic("x") #read("/etc/passwd") $x^2$ *bold* {0} {at} `raw` @ref <label> \\ ] }',
    "W" * 3_000,
    "絵文字 😀👨\u200d👩\u200d👧 𠮷野家 สวัสดี עברית \u202eabc\ufeff ㈱ か\u3099",
)


@pytest.mark.parametrize("words_", HOSTILE)
def test_whatever_was_written_is_set_as_text(words_: str) -> None:
    trouble = mediated()
    contact.write(buyer(), thread=thread_of(trouble).pk, said=words_)
    contact.propose(buyer(), trouble=trouble, kind=Kind.OTHER, said=words_[:300])
    market.put_seller(machine(), SellerLine(ref="S-1", name=words_[:60].strip()))

    said = read(page_number(trouble))

    assert said.count("".join(words_.split())[:20]) >= 2 or "絵文字" in said


def test_three_hundred_messages_ask_the_database_no_more_than_three() -> None:
    trouble = open_trouble()
    number, counts = page_number(trouble), []
    for upto in (3, 300):
        _written(thread_of(trouble), upto)
        with CaptureQueriesContext(connection) as made:
            paper(buyer(LATER), number, operator="")
        counts.append(len(made))

    assert counts[1] == counts[0] <= 30
    assert lacks(read(number), "1．購入者", "300．購入者", "三百通のうち150") == []


def _written(thread: Thread, upto: int) -> None:
    with transaction.atomic():
        for number in range(thread.messages.count() + 1, upto + 1):
            words.add(buyer(MONDAY + timedelta(minutes=number)), thread, f"三百通のうち{number}")


def test_whoever_helps_takes_what_the_helpers_page_shows() -> None:
    trouble = mediated()
    send()
    helper = _helper(thread_of(trouble).pk)
    contact.ask_remedy(buyer(LATER), trouble=trouble, wish=Wish.REFUND)

    whole = f"{paper(helper, page_number(trouble), operator='')}"

    assert lacks(whole, "動きません", "O-1", "出品者の連絡先") == []
    absent = ("8,000円", "購入者の希望", "起きたこと", "この注文についての通知")
    assert lacks(whole, *absent) == list(absent)
    assert lacks(f"{paper(buyer(LATER), page_number(trouble), operator='')}", *absent) == []


def _helper(thread: int) -> Actor:
    code = contact.let_help(buyer(), thread=thread, name="長女", may=May.READ, days=7)
    presence, _ = contact.come_to_help(code=code, at=MONDAY + HOUR)
    return presence.actor(at=LATER, via="test")


def test_another_room_gets_none_of_another_buyers_and_none_of_no_number() -> None:
    number = page_number(open_trouble())

    for who, wanted in (("B-2", number), ("B-1", "80339898"), ("", number), ("B-1/helper-1", number)):
        with pytest.raises(NothingHere):
            record_pdf(buyer=who, number=wanted, at=LATER)


def test_another_room_asks_for_the_conversations_about_an_order() -> None:
    first = open_trouble()
    contact.solve(buyer(), trouble=first)
    second = open_trouble()
    open_trouble(order_ref="O-3")

    found = facts.threads_of_order("O-1", "B-1")

    assert [one.case for one in found] == [page_number(first), page_number(second)]
    assert [one.closed_at is None for one in found] == [False, True]
    assert facts.threads_of_order("O-1", "B-2") == facts.threads_of_order("", "B-1") == ()


@pytest.mark.parametrize(
    ("kind", "payload", "told"),
    [
        ("contact.answer", {"in_time": True}, ["期限までに"]),
        ("contact.answer", {"in_time": False}, ["期限を過ぎて"]),
        ("contact.answer", {"state": "open"}, []),
        ("contact.miss_answer", {"due_at": MONDAY.isoformat()}, ["期限は2026年11月16日（月）10:00"]),
        ("contact.miss_resolution", {}, []),
        ("contact.grant_remedy", {"amount": 8_000, "because": ""}, ["8,000円"]),
        (
            "contact.arrange_return",
            {"amount": 3_000, "because": "as_asked"},
            ["3,000円", "ご希望が一部の返金だったためです。"],
        ),
        ("contact.refuse_remedy", {"because": "limits"}, [NO_REMEDY_BECAUSE[NoRemedyBecause.LIMITS].ja]),
        ("contact.lower_harm", {"because": "buyer_said", "amount": 1, "due_at": "x", "in_time": True}, []),
    ],
)
def test_of_an_act_only_what_its_parties_were_told_is_said(
    kind: str, payload: dict[str, object], told: list[str]
) -> None:
    assert [note.ja for note in notes(kind, payload)] == told


@pytest.mark.usefixtures("market_of_today")
def test_the_conversations_page_leads_its_buyer_to_it_and_nobody_else(enter: Enter) -> None:
    number = page_number(open_trouble(datetime.now(UTC)))
    place = f"/threads/{number}/record.pdf"
    mine, shop = enter(Role.BUYER, "buyer:B-1"), enter(Role.SELLER, "seller:S-1")

    page = mine.get(f"/threads/{number}/").content.decode()
    given = mine.get(place)

    assert f'<a href="{place}">消費生活センターなどに見せる記録（PDF）</a>' in page
    assert given.headers["Content-Disposition"] == f'attachment; filename="record-{number}.pdf"'
    assert given.headers["Cache-Control"] == "private, no-store"
    assert given.content.startswith(b"%PDF")
    assert "record.pdf" not in shop.get(f"/seller/threads/{number}/").content.decode()
    others = (shop, enter(Role.BUYER, "buyer:B-2"), enter(Role.AGENT), enter())
    assert [one.get(place).status_code for one in others] == [403, 404, 403, 302]


@pytest.mark.usefixtures("market_of_today")
def test_saving_it_leaves_no_entry_in_the_log(enter: Enter) -> None:
    trouble = open_trouble(datetime.now(UTC))
    client, before = enter(Role.BUYER, "buyer:B-1"), len(log.acts_about(f"contact.trouble:{trouble}"))

    assert client.get(f"/threads/{page_number(trouble)}/record.pdf").status_code == 200

    assert len(log.acts_about(f"contact.trouble:{trouble}")) == before
