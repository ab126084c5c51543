"""A message and an advertisement are reported: a message accuses the shop that wrote it, and an advertisement nobody."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import facts as ledger
from mamori.ground.outbox.models import Notice
from mamori.law.complaints import ComplaintReason, ReportedWhat
from mamori.rooms.complaints import actions
from mamori.rooms.complaints.models import Complaint
from mamori.rooms.complaints.queries import complaint_of
from mamori.rooms.complaints.reports.queries import mine
from mamori.rooms.complaints.tests.conftest import (
    DAY,
    MONDAY,
    WHY,
    actor,
    agent,
    reported,
    uphold,
    whole,
)
from mamori.rooms.complaints.tests.test_pages import send, text
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.models import Message, Thread
from mamori.rooms.contact.topics import Topic
from mamori.rooms.enforcement.models import Finding

pytestmark = pytest.mark.django_db
LURE = "こちらの口座に直接お振り込みください。"
MESSAGE = {"what": ReportedWhat.MESSAGE, "reason": ComplaintReason.OFF_PLATFORM}
ADDRESS = "https://photos.example.com/ads/771?from=feed"


def buyer(at: datetime = MONDAY) -> Actor:
    return actor("buyer:B-1", Role.BUYER, at)


@pytest.fixture
def said() -> dict[str, str]:
    """Let a buyer ask and the shop answer; return how each of the two messages is known."""
    thread = contact.ask_question(
        buyer(MONDAY - DAY), listing_ref="L-1", topic=Topic.GOODS, said="在庫はありますか。"
    )
    contact.answer(actor("seller:S-1", Role.SELLER), thread=thread, said=LURE)
    return {"shop" if one.by_seller else "buyer": str(one.pk) for one in Message.objects.all()}


def test_a_message_of_a_shop_names_that_shop_and_never_the_goods(said: dict[str, str]) -> None:
    secret = reported(**MESSAGE, where=said["shop"])
    shown = complaint_of(agent(), whole(secret).pk)

    assert (whole(secret).seller_ref, whole(secret).listing_ref) == ("S-1", "")
    assert shown.message == facts.message(said["shop"])
    assert shown.message is not None
    assert (shown.message.number, shown.message.by_seller) == (2, True)
    assert LURE not in repr(shown)
    assert whole(reported(**MESSAGE, where=said["shop"])) == whole(secret)

    uphold(secret)
    finding = Finding.objects.get()
    assert (finding.breach, finding.seller_ref, finding.listing_ref) == ("off-platform", "S-1", "")


def test_the_shop_hears_nothing_of_a_report_on_its_message_and_the_conversation_holds_no_trace(
    said: dict[str, str],
) -> None:
    thread = f"contact.thread:{Thread.objects.get().pk}"
    acts, told = ledger.kinds_about(thread), Notice.objects.count()
    reported(**MESSAGE, where=said["shop"])

    assert ledger.kinds_about(thread) == acts != ()
    assert Notice.objects.count() == told


def test_a_message_of_a_buyer_is_a_matter_that_accuses_no_shop(said: dict[str, str]) -> None:
    secret = reported(**MESSAGE, where=said["buyer"])
    shown = complaint_of(agent(), whole(secret).pk)

    assert whole(secret).seller_ref == ""
    assert shown.message is not None
    assert not shown.message.by_seller
    assert not shown.opens_finding
    assert not shown.can_name
    with pytest.raises(actions.ShopNotToName):
        actions.name_shop(agent(), complaint=shown.number, where="S-1", reason=WHY)
    actions.accept(agent(), complaint=shown.number, reason=WHY)
    assert not Finding.objects.exists()


@pytest.mark.parametrize("where", ["", "昨日届いたメッセージ", str(uuid4()), "L-1"])
def test_a_message_that_is_not_known_is_a_matter_of_its_own(where: str) -> None:
    first, second = reported(**MESSAGE, where=where), reported(**MESSAGE, where=where)

    assert whole(first) != whole(second)
    assert whole(first).seller_ref == ""
    assert complaint_of(agent(), whole(first).pk).message is None
    assert mine(first, at=MONDAY).is_known


def test_an_advertisement_joins_by_its_address_alone_and_accuses_nobody_by_what_it_bears() -> None:
    advertised = {"what": ReportedWhat.ADVERTISEMENT, "reason": ComplaintReason.SCAM}
    first = reported(**advertised, where=ADDRESS)

    assert whole(reported(**advertised, where=ADDRESS, source="198.51.100.7")) == whole(first)
    assert whole(reported(**advertised, where="写真のアプリ")) != whole(
        reported(**advertised, where="写真のアプリ")
    )
    assert whole(reported(**advertised, where="https://shop.example.jp/items/L-1")).seller_ref == ""
    assert mine(first, at=MONDAY).is_known


def test_each_side_reports_what_the_other_wrote_from_the_page_of_the_conversation(
    enter: Enter, said: dict[str, str]
) -> None:
    case = facts.message(said["shop"])
    assert case is not None
    of_buyer = enter(Role.BUYER, "buyer:B-1").get(f"/threads/{case.case}/").content.decode()
    of_seller = enter(Role.SELLER, "seller:S-1").get(f"/seller/threads/{case.case}/").content.decode()
    link = f"/complaints/?message={said['shop']}"
    client = enter()
    form = text(client.get(link))
    answer = send(client, link, reason="off-platform", words="振込を求められました。")

    assert link in of_buyer
    assert said["buyer"] not in of_buyer
    assert f"/complaints/?message={said['buyer']}" in of_seller
    assert said["shop"] not in of_seller
    assert f"{case.case} #2" in form
    assert LURE not in form + text(answer)
    assert f"{case.case} #2" in text(answer)
    page = text(enter(Role.AGENT).get(f"/desk/complaints/{Complaint.objects.get().pk}/"))
    assert "お店が書いた" in page
    assert "だれが知らせたかがお店にわかります" in page
    assert LURE not in page


def test_staff_read_that_no_shop_is_accused_by_what_a_buyer_wrote(enter: Enter, said: dict[str, str]) -> None:
    send(enter(), f"/complaints/?message={said['buyer']}", reason="other", words="ひどい言葉です。")
    page = text(enter(Role.AGENT).get(f"/desk/complaints/{Complaint.objects.get().pk}/"))

    assert "問われていない（購入者が書いたメッセージ）" in page
    assert "だれが知らせたかがお店にわかります" not in page


def test_an_advertisement_is_reported_from_a_link_that_names_it(enter: Enter) -> None:
    client = enter()
    form = client.get("/complaints/", {"advertisement": ADDRESS})
    send(client, f"/complaints/?advertisement={ADDRESS.replace('?', '%3F')}", reason="scam", words="偽の広告")

    assert ADDRESS in text(form)
    assert Complaint.objects.get().what == "advertisement"
