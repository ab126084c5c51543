"""Staff say which shop it is where what was typed did not: then it can be taken up, and goods hidden."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.statechart import StepNotYours
from mamori.ground.cases import facts as cases
from mamori.ground.ledger import facts as ledger
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.law.complaints import ComplaintReason, ReportedWhat
from mamori.rooms.complaints import actions as complaints
from mamori.rooms.complaints.queries import about_complaint, complaint_of
from mamori.rooms.complaints.reports.actions import reporting
from mamori.rooms.complaints.tests.conftest import (
    DAY,
    HOUR,
    MONDAY,
    WHY,
    actor,
    agent,
    anybody,
    dismiss,
    lead,
    machine,
    reported,
    uphold,
    whole,
)
from mamori.rooms.complaints.tests.test_pages import decided, text
from mamori.rooms.enforcement.models import Finding
from tests.shops import put_shop

pytestmark = pytest.mark.django_db
TYPED = "https://shop.example.jp/old/ケトル"
REASON = "写真の型番から、同じお店の商品とわかった。"


def name(secret: str, where: str, **more: Any) -> None:
    complaints.name_shop(
        more.pop("by", agent(MONDAY + HOUR)), complaint=whole(secret).pk, where=where, reason=REASON, **more
    )


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("L-1", ("S-1", "L-1", "")),
        ("https://shop.example.jp/items/L-2?a=1", ("S-1", "L-2", "")),
        ("S-1", ("S-1", "", "")),
        ("R-1", ("S-1", "L-1", "R-1")),
    ],
)
def test_a_shop_is_named_by_a_reference_that_the_marketplace_knows(
    where: str, found: tuple[str, str, str]
) -> None:
    secret = reported(where=TYPED)
    thing = whole(secret).thing
    name(secret, where)
    row = whole(secret)
    act = ledger.acts_about(f"complaints.complaint:{row.pk}")[-1]

    assert (row.seller_ref, row.listing_ref, row.review_ref) == found
    assert (row.named_by, row.thing) == ("staff:1", thing)
    assert (act.kind, act.content["by"], act.content["reason"]) == ("complaints.name", "agent:1", REASON)
    assert whole(reported(where=TYPED, at=MONDAY + DAY)) == row


def test_it_is_found_among_cases_by_the_shop_that_was_named_last() -> None:
    put_shop(machine(), ref="S-2", name="みどり商店")
    secret = reported(where=TYPED)
    about = about_complaint(whole(secret).pk)
    assert found("さくら家電") == []

    name(secret, "S-2")
    name(secret, "L-1", by=lead(MONDAY + HOUR))

    assert found("さくら家電") == found("電気ケトル") == [about]
    assert found("みどり商店") == []


def found(words: str) -> list[str]:
    return [hit.case.about for hit in cases.search(words).hits]


def test_what_was_named_becomes_a_finding_and_may_be_held_and_what_is_known_to_nobody_is_refused() -> None:
    secret = reported(where=TYPED, reason=ComplaintReason.DANGEROUS)
    before = complaint_of(lead(), whole(secret).pk)
    with pytest.raises(complaints.NothingOfThatName):
        name(secret, "L-404")
    name(secret, "L-2")
    after = complaint_of(lead(), whole(secret).pk)

    assert (before.opens_finding, before.may_be_held, before.is_named) == (False, False, False)
    assert (after.opens_finding, after.may_be_held, after.is_named) == (True, True, True)
    uphold(secret)
    assert Finding.objects.get().listing_ref == "L-2"


def test_a_wrong_name_is_put_right_while_it_is_open() -> None:
    put_shop(machine(), ref="S-2", name="別の店", mail="b@example.jp", phone="03-3507-8802")
    secret = reported(what=ReportedWhat.ADVERTISEMENT, where="駅の看板")
    name(secret, "S-2")
    name(secret, "S-1")

    assert whole(secret).seller_ref == "S-1"
    dismiss(secret)
    with pytest.raises(complaints.NobodyAskedAgain):
        name(secret, "S-2")


def test_upon_another_look_somebody_else_may_name_it_and_take_it_up() -> None:
    secret = reported(where=TYPED)
    dismiss(secret)
    reporting.ask_again(anybody(MONDAY + DAY), secret=secret, said="お店は L-1 を売っている店です。")
    with pytest.raises(complaints.AgainNeedsAnother):
        name(secret, "L-1")
    name(secret, "L-1", by=lead(MONDAY + DAY))
    uphold(secret, lead(MONDAY + DAY))

    assert Finding.objects.get().seller_ref == "S-1"


def test_what_says_itself_whose_it_is_is_named_by_nobody() -> None:
    secret = reported()

    assert not complaint_of(agent(), whole(secret).pk).can_name
    with pytest.raises(complaints.ShopNotToName):
        name(secret, "L-2")


def test_only_staff_name_a_shop_and_only_as_the_matter_was_seen() -> None:
    secret = reported(where=TYPED)
    seen = whole(secret).version
    with pytest.raises(StepNotYours):
        name(secret, "L-1", by=actor("machine:x", Role.MACHINE))
    complaints.begin_complaint(agent(), complaint=whole(secret).pk)
    with pytest.raises(ChangedMeanwhile):
        name(secret, "L-1", version=seen)

    assert whole(secret).seller_ref == ""


def test_what_is_open_about_the_same_is_said_on_both_and_joined_by_nobodys_guess() -> None:
    known, other, of_shop = reported(), reported(where=TYPED), reported(where=TYPED + "2")
    elsewhere = reported(reason=ComplaintReason.PRICE)
    name(other, "L-1")
    name(of_shop, "S-1")

    assert complaint_of(agent(), whole(known).pk).others == (whole(other).pk,)
    assert complaint_of(agent(), whole(other).pk).others == (whole(known).pk,)
    assert complaint_of(agent(), whole(of_shop).pk).others == ()
    assert complaint_of(agent(), whole(elsewhere).pk).others == ()
    dismiss(known)
    assert complaint_of(agent(), whole(other).pk).others == ()


def test_staff_name_it_on_the_page_and_read_who_did(enter: Enter) -> None:
    number, known = whole(reported(where=TYPED)).pk, whole(reported()).pk
    staff = enter(Role.AGENT)
    form = staff.get(f"/desk/complaints/{number}/name/")
    wrong = decided(staff, number, "name", where="L-404", reason=WHY)
    right = decided(staff, number, "name", where="L-1", reason=WHY)
    stale = staff.post(
        f"/desk/complaints/{number}/name/",
        {"token": "0b8f9fd8-6f0f-4c2c-9a35-f5ce7a0b8c11", "version": 0, "where": "S-1", "reason": WHY},
    )

    assert "どのお店かを特定する" in text(form)
    assert wrong.status_code == 422
    assert "記録にありません" in text(wrong)
    assert "お店を記録しました" in text(right)
    assert "さくら家電" in text(right)
    assert "担当者が特定" in text(right)
    assert f'href="/desk/complaints/{known}/"' in right.content.decode()
    assert stale.status_code == 409
    assert enter(Role.READER).get(f"/desk/complaints/{number}/name/").status_code in (302, 403, 404)
