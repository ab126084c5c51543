"""The pages by which a trouble is told to be dangerous: the buyer's own, a helper's, and what a second try is answered."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.market import actions as market
from mamori.ground.market.actions import OrderLine
from mamori.ground.matters.seen import DangerMeanwhile
from mamori.rooms.contact import actions
from mamori.rooms.contact.actions.calls import Outcome
from mamori.rooms.contact.models import Call, Trouble
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.rules.reasons import LowerBecause
from mamori.rooms.contact.tests.agreeing import ORDER
from mamori.rooms.contact.tests.conftest import ANSWERED, actor, machine, open_trouble
from mamori.rooms.contact.tests.test_buyer_pages import fill_in, number_of, sends, token
from mamori.rooms.contact.topics import Harm

pytestmark = pytest.mark.usefixtures("market_of_today")
LINK = "今、危険です（けが・やけど・煙・発火など）"
SMOKE = "煙が出ました"


@pytest.fixture
def buyer(enter: Enter) -> Client:
    return enter(Role.BUYER, "buyer:B-1")


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_a_buyer_finds_the_link_tells_and_is_told_what_happens_now(buyer: Client) -> None:
    trouble = open_trouble()
    at = f"/threads/{number_of(trouble)}/"
    form = text(buyer, f"{at}danger/")
    assert LINK in text(buyer, at)
    assert "先に119番へ電話してください" in form

    sent = buyer.post(f"{at}danger/", {"said": SMOKE, "token": token(form)})
    after = text(buyer, sent["Location"])

    assert Trouble.objects.get(pk=trouble).harm == "danger"
    assert "出品者と相談窓口にすぐ知らせました" in after
    assert LINK not in after
    assert buyer.get(f"{at}danger/")["Location"] == at


def test_a_second_try_is_answered_and_what_was_typed_is_kept(buyer: Client) -> None:
    trouble = open_trouble()
    at = f"/threads/{number_of(trouble)}/danger/"
    form = text(buyer, at)
    actions.raise_harm(actor("buyer:B-1", Role.BUYER, datetime.now(UTC)), trouble=trouble, said=SMOKE)

    again = buyer.post(at, {"said": "まだ熱いです", "token": token(form)})

    assert again.status_code == 409
    assert "すでに危険なこととして扱い" in again.content.decode()
    assert "まだ熱いです" in again.content.decode()


def test_while_the_operator_refunds_the_page_says_who_reads_what_is_written(buyer: Client) -> None:
    trouble = open_trouble(may_read=False)
    now = datetime.now(UTC)
    actions.request_mediation(actor("buyer:B-1", Role.BUYER, now), trouble=trouble)
    at = f"/threads/{number_of(trouble)}/"
    before = text(buyer, at)
    actions.grant_remedy(actor("agent:1", Role.AGENT, now), trouble=trouble, amount=8_000, reason="x")

    after = text(buyer, at)

    assert ("出品者に書く" in before, "返金・返品について書く" in before) == (True, False)
    assert ("出品者に書く" in after, "返金・返品について書く" in after) == (False, True)
    assert "返金を扱う相談窓口の担当者に知らせます" in after
    assert "あなたの許しが要ります" in after
    assert "返金を扱う相談窓口の担当者に知らせます" in text(buyer, f"{at}write/")


def test_both_sides_pages_say_that_the_card_company_pays(buyer: Client, enter: Enter) -> None:
    trouble = open_trouble()
    market.put_order(machine(datetime.now(UTC)), OrderLine(ref="O-1", charged_back=True, **ORDER))
    number = number_of(trouble)

    mine = text(buyer, f"/threads/{number}/")
    theirs = text(enter(Role.SELLER, "seller:S-1"), f"/seller/threads/{number}/")

    assert "カード会社がこの注文の支払いを取り消しました" in mine
    assert "あなたからはお金を返さないでください" in theirs


def test_who_reports_a_burn_reads_what_to_do_and_by_when_we_call_above_the_sellers_numbers(
    buyer: Client,
) -> None:
    assert "火や煙は出ましたか" in fill_in(buyer)
    buyer.post("/report/harm/", {"harm": "inconvenience", "hurt": "injury"})
    check = text(buyer, "/report/check/")
    assert "けがをした・体調が悪くなった人がいる" in check
    sent = buyer.post("/report/check/", sends(check), follow=True).content.decode()
    trouble = Trouble.objects.get()
    page = text(buyer, f"/threads/{number_of(trouble.pk)}/")

    assert trouble.harm == "danger"
    for shown in (sent, page):
        told = shown.index("使用を中止し、製品は捨てずに保管してください")
        assert "119番へ" in shown
        assert (
            told
            < shown.index("相談窓口からお電話します")
            < shown.index("出品者の連絡先（登録されているもの）")
        )


def test_a_buyer_who_was_not_reached_reads_from_when_we_call_again_and_once_reached_nothing_more(
    buyer: Client,
) -> None:
    now = datetime.now(UTC)
    trouble = open_trouble(now, harm=Harm.DANGER)
    at, agent = f"/threads/{number_of(trouble)}/", actor("agent:1", Role.AGENT, now)
    call = Call.objects.get(trouble=trouble, whom="buyer")
    actions.record_call(agent, call=call.pk, outcome=Outcome.VOICEMAIL)
    assert "もう一度お電話します" in text(buyer, at)

    actions.reach_buyer(agent, trouble=trouble, answers=ANSWERED)
    assert "使用を中止し" not in text(buyer, at)


def seen_until(page: str) -> str:
    found = re.search(r'name="seen_until" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_a_lead_who_has_not_read_what_the_buyer_wrote_since_rules_no_danger_out(enter: Enter) -> None:
    trouble = open_trouble(harm=Harm.DANGER)
    address, lead = f"/desk/cases/{number_of(trouble)}/contact/no-danger/", enter(Role.LEAD)
    form = text(lead, address)
    sent = {"harm": "money", "because": "misread", "reason": "箱の話だった"}
    thread = Trouble.objects.get(pk=trouble).thread_id
    actions.write(actor("buyer:B-1", Role.BUYER, datetime.now(UTC)), thread=thread, said="今、発火しました")
    refused = lead.post(address, sent | {"token": token(form), "seen_until": seen_until(form)}, follow=True)

    assert refused.status_code == 409
    assert "危険の知らせが届きました" in refused.content.decode()
    assert Trouble.objects.get(pk=trouble).in_danger
    again = sent | {"seen_until": seen_until(refused.content.decode()), "token": token(text(lead, address))}
    assert lead.post(address, again).status_code == 302
    assert not Trouble.objects.get(pk=trouble).in_danger


def test_words_that_were_begun_first_and_come_last_stand_on_no_page_that_was_open_meanwhile(
    enter: Enter,
) -> None:
    trouble, now = open_trouble(harm=Harm.DANGER), datetime.now(UTC)
    thread = Trouble.objects.get(pk=trouble).thread_id
    actions.write(actor("buyer:B-1", Role.BUYER, now), thread=thread, said="熱くなります")
    form = text(enter(Role.LEAD), f"/desk/cases/{number_of(trouble)}/contact/no-danger/")
    shown = seen(form)
    began = now - timedelta(seconds=1)
    actions.write(actor("buyer:B-1", Role.BUYER, began), thread=thread, said="発火しました")

    with pytest.raises(DangerMeanwhile):
        rule_out(trouble, shown)


def test_a_danger_told_beside_a_proposal_is_one_that_has_to_be_read_first(enter: Enter) -> None:
    trouble, now = open_trouble(harm=Harm.DANGER), datetime.now(UTC)
    actions.request_mediation(actor("buyer:B-1", Role.BUYER, now), trouble=trouble)
    form = text(enter(Role.LEAD), f"/desk/cases/{number_of(trouble)}/contact/no-danger/")
    buyer = actor("buyer:B-1", Role.BUYER, datetime.now(UTC))
    actions.propose(buyer, trouble=trouble, kind=Kind.REPAIR, said="発火したので、直してほしい")

    with pytest.raises(DangerMeanwhile):
        rule_out(trouble, seen(form))


def seen(form: str) -> datetime:
    return datetime.fromisoformat(seen_until(form))


def rule_out(trouble: int, until: datetime) -> None:
    by = actor("lead:2", Role.LEAD, datetime.now(UTC))
    known = {"harm": Harm.MONEY, "because": LowerBecause.MISREAD, "reason": "箱の話だった"}
    actions.rule_out_danger(by, trouble=trouble, seen_until=until, **known)  # type: ignore[arg-type]
