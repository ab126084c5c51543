"""A seller's answer to a formal notice: its writer is warned first, sends it as it likes, and no mode hides any of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.ledger.models import Act
from mamori.ground.terms import actions as terms
from mamori.ground.web.once import new_token
from mamori.law.settings import SCANNING
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.formal import records as formally
from mamori.rooms.contact.models import Formal, LureCount
from mamori.rooms.contact.tests.conftest import actor, lead, open_trouble
from tests.laid import laid

pytestmark = pytest.mark.usefixtures("market_of_today")

LURE = "返金はLINEのID：abc_123 で手続きします。"


@laid
def number() -> str:
    formal = contact.send_formal(
        actor("buyer:B-1", Role.BUYER, datetime.now(UTC)), notice="return", order_ref="O-1", reason=LURE
    )
    return formally.number_of(formal)


@pytest.fixture
def seller(enter: Enter) -> Client:
    return enter(Role.SELLER, "seller:S-1")


def set_mode(mode: str, *, both_agree: bool = False) -> None:
    terms.set(lead(datetime.now(UTC) - timedelta(hours=1)), setting=SCANNING, value=mode)
    for who, role in (("buyer:B-1", Role.BUYER), ("seller:S-1", Role.SELLER)):
        if both_agree:
            contact.answer_scanning(actor(who, role, datetime.now(UTC)), agrees=True)


def reply() -> str | None:
    replies = formally.replies(Formal.objects.get())
    return replies[-1].words if replies else None


@pytest.mark.parametrize("slug", ["go-along", "dispute"])
def test_the_writer_alone_is_shown_it_and_nothing_has_happened_yet(
    seller: Client, number: str, slug: str
) -> None:
    acts = Act.objects.count()

    page = seller.post(f"/seller/notices/{number}/{slug}/", {"said": LURE, "token": new_token()})

    assert page.status_code == 200
    assert "まだ送られていません" in page.content.decode()
    assert re.findall(r"<mark>(.*?)</mark>", page.content.decode())
    assert (reply(), Formal.objects.get().state, Act.objects.count()) == (None, "arrived", acts)


@pytest.mark.parametrize("mode", ["warn", "mask"])
def test_sent_as_it_is_it_arrives_whole_in_every_mode_and_no_page_says_otherwise(
    seller: Client, number: str, enter: Enter, mode: str
) -> None:
    set_mode(mode, both_agree=True)
    form = {"said": LURE, "token": new_token()}

    warned = seller.post(f"/seller/notices/{number}/go-along/", form).content.decode()
    sent = seller.post(
        f"/seller/notices/{number}/go-along/", form | {"original": LURE, "before": "as_is"}, follow=True
    )

    assert "伏せて送る" not in warned
    assert "伏せられます" not in warned
    assert sent.redirect_chain[-1][0] == f"/seller/notices/{number}/?done=go-along"
    assert reply() == LURE
    assert LURE in enter(Role.BUYER, "buyer:B-1").get(f"/notices/{number}/").content.decode()
    assert list(LureCount.objects.values_list("side", "shown", "kept")) == [("seller", 1, 1)]


def test_the_writer_may_mend_it_and_the_buyers_notice_is_never_touched(seller: Client, number: str) -> None:
    set_mode("mask", both_agree=True)
    form = {"said": "着払いで返送してください。", "original": LURE, "before": "change", "token": new_token()}

    seller.post(f"/seller/notices/{number}/dispute/", form)

    assert reply() == form["said"]
    assert LURE in (formally.read(Formal.objects.get()) or "")


def test_who_was_not_asked_is_asked_first_and_a_no_is_a_no(seller: Client, number: str) -> None:
    set_mode("ask")
    form = {"said": LURE, "token": new_token()}

    asked = seller.post(f"/seller/notices/{number}/go-along/", form)
    before = reply()
    refused = seller.post(f"/seller/notices/{number}/go-along/", form | {"before": "refuse"})

    assert asked.status_code == 200
    assert before is None
    assert refused.status_code == 302
    assert reply() == LURE


def test_without_words_or_finds_no_page_comes_between(seller: Client, number: str) -> None:
    plain = {"said": "商品の画面に特約を示していました。", "token": new_token()}
    disputed = seller.post(f"/seller/notices/{number}/dispute/", plain)
    before = reply()
    went = seller.post(f"/seller/notices/{number}/go-along/", {"said": "", "token": new_token()})

    assert went.status_code == disputed.status_code == 302
    assert (before, reply()) == (plain["said"], None)


def test_a_proposal_is_never_hidden_so_its_warning_promises_no_hiding(seller: Client) -> None:
    set_mode("mask", both_agree=True)
    trouble = open_trouble(datetime.now(UTC))
    contact.request_mediation(actor("buyer:B-1", Role.BUYER, datetime.now(UTC)), trouble=trouble)
    known = facts.trouble(trouble)
    assert known is not None
    form = {"kind": "other", "said": LURE, "token": new_token()}

    proposing = seller.post(f"/seller/threads/{known.case}/propose/", form).content.decode()
    answering = seller.post(f"/seller/threads/{known.case}/answer/", form).content.decode()

    assert "まだ送られていません" in proposing
    assert "伏せて送る" not in proposing
    assert "伏せて送る" in answering
