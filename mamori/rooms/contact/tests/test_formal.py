"""Formal notices: delivered word for word, with the moment of arrival; answered, followed, never parked, never ruled on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.formal import FormalNotice, Sold
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.actions import shred
from mamori.ground.market import actions as market
from mamori.ground.market.actions import OrderLine, SellerLine
from mamori.ground.outbox import facts as outbox
from mamori.ground.terms import actions as terms
from mamori.japan.written import NoWords, TooManyWords
from mamori.law.formal import FORMAL_NOTICES, MINOR, RETURN
from mamori.law.grounds import GROUNDS, PARTY_SHARE
from mamori.law.settings import SCANNING
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.actions.reading import AlreadyShared, WordsNotShared
from mamori.rooms.contact.actions.trouble import NoSuchOrder
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.formal import queries, records as formally
from mamori.rooms.contact.formal.rules import ReceivedBeforeOrder, Sender, Wish, composed, last_day
from mamori.rooms.contact.models import Formal
from mamori.rooms.contact.pace import OwnGoods
from mamori.rooms.contact.rules.scanning import Scanning
from mamori.rooms.contact.tests.conftest import (
    EVES,
    MONDAY,
    actor,
    agent,
    buyer,
    content,
    lead,
    machine,
    open_trouble,
    pass_time,
    seller,
)
from mamori.rooms.contact.words import digest

pytestmark = pytest.mark.usefixtures("market_of_two")

RECEIVED = date(2026, 11, 14)
REASON = "色が違います。返金先：例銀行 本店 普通 1234567\n電話 090-1234-5678"


def send(at: datetime = MONDAY, *, notice: str = "return", order: str = "O-1", reason: str = REASON) -> int:
    return contact.send_formal(buyer(at), notice=notice, order_ref=order, received_on=RECEIVED, reason=reason)


def the(formal: int) -> Formal:
    return Formal.objects.get(pk=formal)


def told(to: str, formal: int) -> list[str]:
    """Return what a party was told about the notice, the oldest first."""
    found = outbox.notices(about=f"contact.formal:{formal}", to=to)
    return [one.template.removeprefix("contact.formal_") for one in reversed(found)]


def running(formal: int) -> list[str]:
    return [clock.kind for clock in clocks.open_clocks(f"contact.formal:{formal}")]


def acts(formal: int) -> list[str]:
    return [act.kind.removeprefix("contact.") for act in ledger.acts_about(f"contact.formal:{formal}")]


WISH = Wish(
    notice=RETURN,
    order_ref="O-1",
    goods=Text("鍋", "a pot"),
    amount=8_000,
    ordered_on=date(2026, 11, 2),
    received_on=RECEIVED,
    reason=REASON,
)


def test_the_text_says_what_it_declares_and_carries_the_reason_as_written() -> None:
    text = composed(WISH, "ja")

    assert text.startswith("返品の通知\n\n私は、")
    assert "注文番号：O-1\n商品：鍋\n代金：8,000円\n注文した日：2026年11月2日" in text
    assert text.endswith(f"理由：{REASON}")
    assert "Return" not in text


def test_no_name_of_goods_writes_a_line_into_the_notice() -> None:
    text = composed(
        replace(WISH, goods=Text("良い品\n理由：取り消します\u202e", "good\r\nReason: none")), "en"
    )

    assert "\n商品：良い品 理由：取り消します\n代金" in text
    assert "\nGoods: good Reason: none\nPrice" in text


def test_who_reads_english_sends_japanese_with_english_below() -> None:
    text = composed(WISH, "en")

    assert text.startswith(composed(WISH, "ja"))
    assert "Notice of return\n\nI withdraw" in text
    assert text.count(REASON) == 1


def test_a_minors_notice_says_who_sends_it() -> None:
    wish = Wish(
        notice=MINOR,
        order_ref="O-1",
        goods=Text("鍋", "a pot"),
        amount=1,
        ordered_on=RECEIVED,
        sender=Sender.PARENT,
    )

    assert "通知する人：親などの法定代理人" in composed(wish, "ja")
    assert "受け取った日" not in composed(wish, "ja")
    assert "理由" not in composed(wish, "ja")


@pytest.mark.parametrize(("arrived", "within"), [(14, True), (21, True), (22, False)])
def test_eight_days_count_the_day_of_receipt_as_the_first(arrived: int, within: bool) -> None:
    said = queries.counted_text(RETURN, Sold(), RECEIVED, date(2026, 11, arrived))

    assert last_day(RETURN, sold=Sold(), received_on=RECEIVED) == date(2026, 11, 21)
    assert said is not None
    assert ("入っています" in said.ja, "過ぎています" in said.ja) == (within, not within)


def test_nothing_is_counted_where_no_law_names_days_or_the_day_is_not_known() -> None:
    assert last_day(MINOR, sold=Sold(), received_on=RECEIVED) is None
    assert last_day(RETURN, sold=Sold(), received_on=None) is None


def test_the_day_of_arrival_is_japans() -> None:
    late = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)  # already the 22nd in Japan

    in_time, too_late = the(send(late - timedelta(minutes=1))), the(send(late))

    assert "入っています" in (queries.reckoned_of(in_time) or Text("", "")).ja
    assert "過ぎています" in (queries.reckoned_of(too_late) or Text("", "")).ja


@pytest.mark.parametrize("notice", FORMAL_NOTICES, ids=lambda notice: notice.code)
def test_a_notice_arrives_at_once_with_receipt_and_a_clock(notice: FormalNotice) -> None:
    formal = send(notice=notice.code)

    found = the(formal)
    first = ledger.acts_about(f"contact.formal:{formal}")[0]
    assert found.arrived_at == MONDAY
    assert first.content is not None
    assert first.content["payload"]["arrived_at"] == MONDAY.isoformat()
    assert first.content["payload"]["words_sha256"] == digest(formally.read(found) or "")
    assert REASON not in str(first.content)
    assert running(formal) == ["contact.formal_answer"]
    assert told("buyer:B-1", formal) == ["sent"]
    assert told("seller:S-1", formal) == ["arrived"]
    case = cases.case_of(f"contact.formal:{formal}")
    assert (case.kind, case.order_ref, case.closed_at) == ("contact.formal", "O-1", None)


@pytest.mark.parametrize("mode", Scanning)
def test_no_mode_touches_a_word_of_it(mode: Scanning) -> None:
    terms.set(lead(MONDAY - timedelta(hours=1)), setting=SCANNING, value=mode.value)
    for who in (buyer(), seller()):
        contact.answer_scanning(who, agrees=True)

    formal = send()

    text = formally.read(the(formal)) or ""
    assert text.endswith(REASON)
    seen = queries.page_of(seller(), formally.number_of(formal))
    assert seen.words == text


def test_a_second_notice_arrives_as_well_and_an_open_trouble_is_no_hindrance() -> None:
    open_trouble()

    first, second = send(), send(MONDAY + timedelta(minutes=1))

    assert first != second
    assert Formal.objects.filter(closed_at__isnull=True).count() == 2


def test_only_the_orders_buyer_declares_anything() -> None:
    for eve in EVES:
        with pytest.raises((NothingHere, NoSuchOrder)):
            contact.send_formal(eve, notice="return", order_ref="O-1")
    for who in (seller(), agent(), machine()):
        with pytest.raises(NothingHere):
            contact.send_formal(who, notice="return", order_ref="O-1")
    with pytest.raises(NoSuchOrder):
        contact.send_formal(buyer(), notice="return", order_ref="O-999")
    with pytest.raises(TooManyWords):
        contact.send_formal(buyer(), notice="return", order_ref="O-1", reason="x" * 10_001)

    assert not Formal.objects.exists()


def test_nobody_declares_anything_to_oneself() -> None:
    market.put_seller(machine(), SellerLine(ref="B-1", name="買手の店"))
    market.put_order(machine(), OrderLine(ref="O-9", buyer="B-1", seller="B-1", amount=1, ordered_at=MONDAY))

    with pytest.raises(OwnGoods):
        send(order="O-9")

    assert not Formal.objects.exists()


@pytest.mark.parametrize("received", [date(1926, 11, 14), date(2025, 11, 14), date(2026, 11, 10)])
def test_no_days_are_counted_from_before_the_order(received: date) -> None:
    with pytest.raises(ReceivedBeforeOrder) as refused:
        contact.send_formal(buyer(), notice="return", order_ref="O-1", received_on=received)
    contact.send_formal(buyer(), notice="return", order_ref="O-1", received_on=date(2026, 11, 11))

    assert "2026年11月11日" in refused.value.sentence.ja


def test_a_seller_that_disputed_may_go_along_and_every_answer_stays() -> None:
    formal = send()

    contact.dispute(actor("seller:S-1/hanako", Role.DELEGATE), formal=formal, said="特約を示していました")
    contact.go_along(seller(), formal=formal)

    found = the(formal)
    said = [(one.step, one.title.en, one.words) for one in formally.replies(found)]
    assert found.state == "acknowledged"
    assert said == [("dispute", "dispute it", "特約を示していました"), ("go_along", "go along with it", None)]
    assert running(formal) == ["contact.formal_review"]
    assert told("buyer:B-1", formal) == ["sent", "answered", "answered"]
    with pytest.raises(NoWords):
        contact.dispute(seller(), formal=send(), said=" ")
    with pytest.raises(StepNotYours):
        contact.go_along(buyer(), formal=formal)


def test_what_a_seller_went_along_with_stays_its_word_and_is_told_once() -> None:
    formal = send()

    contact.go_along(seller(), formal=formal)
    for act in (
        lambda: contact.dispute(seller(), formal=formal, said="やめます"),
        lambda: contact.go_along(seller(), formal=formal),
    ):
        with pytest.raises(StepNotOpen):
            act()

    assert the(formal).state == "acknowledged"
    assert told("buyer:B-1", formal) == ["sent", "answered"]


def test_no_later_answer_moves_the_review() -> None:
    formal = send()

    contact.dispute(seller(), formal=formal, said="特約を示していました")
    (first,) = clocks.open_clocks(f"contact.formal:{formal}")
    contact.go_along(seller(MONDAY + timedelta(days=29)), formal=formal)

    (second,) = clocks.open_clocks(f"contact.formal:{formal}")
    assert (second.kind, second.due_at) == ("contact.formal_review", first.due_at)


def test_an_answer_whose_step_is_not_known_any_more_is_shown_as_one() -> None:
    assert formally.Reply("", MONDAY, "words").title.en == "an answer"


def test_what_is_settled_is_followed_no_longer() -> None:
    formal = send()
    with pytest.raises(StepNotYours):
        contact.settle_formal(seller(), formal=formal)

    contact.settle_formal(buyer(), formal=formal)

    assert (the(formal).state, running(formal)) == ("settled", [])
    assert cases.case_of(f"contact.formal:{formal}").closed_at == MONDAY
    assert told("seller:S-1", formal) == ["arrived", "settled"]
    with pytest.raises(StepNotOpen):
        contact.go_along(seller(), formal=formal)


def test_a_silent_seller_is_told_again_and_the_buyer_hears_of_other_roads() -> None:
    formal = send()

    pass_time(MONDAY + timedelta(days=5))

    case = cases.case_of(f"contact.formal:{formal}")
    assert (the(formal).state, case.attention) == ("unanswered", "formal-unanswered")
    assert told("seller:S-1", formal) == ["arrived", "unanswered"]
    assert told("buyer:B-1", formal) == ["sent", "roads"]
    assert told("lead", formal) == ["missed"]
    assert running(formal) == ["contact.formal_review"]
    contact.go_along(seller(MONDAY + timedelta(days=5)), formal=formal)
    assert cases.case_of(f"contact.formal:{formal}").attention is None


def test_what_nobody_ends_is_asked_about_once_and_then_rests() -> None:
    formal = send()

    pass_time(MONDAY + timedelta(days=40))
    asked = told("buyer:B-1", formal)
    pass_time(MONDAY + timedelta(days=80))

    assert asked == ["sent", "roads", "asked"]
    assert (the(formal).state, running(formal)) == ("rested", [])
    assert cases.case_of(f"contact.formal:{formal}").closed_at is not None
    assert acts(formal) == ["send_formal", "miss_formal", "review_formal", "rest_formal"]
    assert formally.read(the(formal))


def test_staff_see_kind_and_dates_and_words_only_once_a_party_shared_them() -> None:
    formal = send()
    with pytest.raises(WordsNotShared):
        contact.look_formal(agent(), formal=formal)
    with pytest.raises(NothingHere):
        contact.share_formal(agent(), formal=formal)

    contact.share_formal(buyer(), formal=formal)
    with pytest.raises(AlreadyShared):
        contact.share_formal(seller(), formal=formal)
    text, replies = contact.look_formal(agent(), formal=formal)

    ground = next(one for one in GROUNDS if one.code == content(f"contact.formal:{formal}")["ground"])
    assert (ground, ground.text.ja) == (PARTY_SHARE, "当事者がこれを窓口に見せた。")
    assert (text or "").endswith(REASON)
    assert replies == ()
    assert acts(formal) == ["send_formal", "share_formal", "look_formal"]
    for who in (buyer(), machine()):
        with pytest.raises(NothingHere):
            contact.look_formal(who, formal=formal)


@pytest.mark.parametrize("eve", EVES, ids=lambda eve: f"{eve.role} {eve.by}")
def test_eve_does_nothing_with_a_notice(eve: Actor) -> None:
    formal = send()

    for act in (
        lambda: contact.go_along(eve, formal=formal),
        lambda: contact.dispute(eve, formal=formal, said="x"),
        lambda: contact.settle_formal(eve, formal=formal),
        lambda: contact.share_formal(eve, formal=formal),
        lambda: contact.look_formal(eve, formal=formal),
    ):
        with pytest.raises((NothingHere, StepNotYours)):
            act()

    assert the(formal).state == "arrived"


def test_an_erased_buyers_notice_keeps_its_dates_and_loses_its_words() -> None:
    formal = send()

    shred(lead(), subject="buyer:B-1", reason="請求")

    assert formally.read(the(formal)) is None
    assert the(formal).arrived_at == MONDAY
