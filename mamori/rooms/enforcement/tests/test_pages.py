"""The pages: a lead decides what the policy answers, the seller reads why and appeals, another person reviews it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.cases import facts as cases
from mamori.rooms.enforcement.appeals import actions as appeals
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.measures.actions import deciding, standing
from mamori.rooms.enforcement.models import Appeal, Finding, Measure
from mamori.rooms.enforcement.rules.bounds import Dismissed, Ended
from mamori.rooms.enforcement.tests.conftest import (
    agent,
    answer,
    decided,
    find,
    heard,
    lead,
    seller,
    send,
    wish,
)

pytestmark = pytest.mark.usefixtures("shops")


def now() -> datetime:
    return datetime.now(UTC)


def number(finding: int) -> str:
    return cases.case_of(f"enforcement.finding:{finding}").number


def text(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200, path
    return page.content.decode()


@pytest.fixture
def shop(enter: Enter) -> Client:
    return enter(Role.SELLER, "seller:S-1")


def test_a_seller_sees_nothing_of_a_finding_before_it_is_asked_and_all_of_it_afterwards(shop: Client) -> None:
    finding = find(now())
    path = f"/seller/measures/{number(finding)}/"
    assert shop.get(path).status_code == 404

    findings.ask_view(agent(now()), finding=finding)

    page = text(shop, path)
    assert "返品の条件が表示されていない" in page
    assert "まだ何も決めていません" in page
    assert number(finding) in text(shop, "/seller/measures/")


def test_a_seller_gives_its_view_and_says_that_it_is_put_right(shop: Client) -> None:
    finding = find(now())
    findings.ask_view(agent(now()), finding=finding)
    path = f"/seller/measures/{number(finding)}/"

    empty = send(shop, path, {"said": " "})
    given = send(shop, path, {"said": "直します"})
    cured = send(shop, path, {"act": "cured", "said": ""})

    assert empty.status_code == 422
    assert "何も書かれていません" in empty.content.decode()
    assert given.headers["Location"] == f"{path}?done=view"
    assert cured.headers["Location"] == f"{path}?done=cured"
    assert "直したとのご連絡を受け取っています" in text(shop, path)
    assert Finding.objects.get(pk=finding).cure_said_at is not None


def test_a_view_after_the_decision_is_refused_with_its_sentence(shop: Client) -> None:
    measure = decided("notice", 0, at=now())

    page = send(shop, f"/seller/measures/{number(measure.finding_id)}/", {"said": "まだあります"})

    assert page.status_code == 409


def test_the_panel_shows_the_policys_answer_and_leads_to_the_decision(enter: Enter) -> None:
    finding = heard(now())
    desk = enter(Role.LEAD)
    case = f"/desk/cases/{number(finding)}/"
    panel = text(desk, case)
    assert "措置の基準の答え" in panel
    assert "直します" in panel
    assert f"{case}enforcement/decide/" in panel


def test_what_is_asked_by_steps_has_its_own_page_and_all_else_is_made_on_the_case(enter: Enter) -> None:
    finding = find(now())
    desk = enter(Role.LEAD)
    case = f"/desk/cases/{number(finding)}/"
    version = Finding.objects.get(pk=finding).version

    page = text(desk, case)
    refused = desk.post(f"{case}enforcement/dismiss/", {"version": version, "reason": "足りない"})

    assert f'href="{case}enforcement/decide/"' in page
    for slug in ("evidence", "dismiss"):
        assert f'<form method="post" action="{case}enforcement/{slug}/"' in page
    assert 'enctype="multipart/form-data"' in page
    assert f'name="version" value="{version}"' in page
    assert refused.status_code == 422
    assert "足りない" in refused.content.decode()
    assert "措置の基準の答え" in refused.content.decode()  # the matter stands beside it


def test_every_duty_has_its_page_and_does_what_it_says(enter: Enter) -> None:
    desk = enter(Role.AGENT)
    finding = find(now())
    case = f"/desk/cases/{number(finding)}/enforcement/"

    assert send(desk, f"{case}ask/", {}).status_code == 302
    assert send(desk, f"{case}cured/", {"reason": "確かめた"}).status_code == 302
    given = {"because": "cured", "reason": "直っている"}
    assert send(desk, f"{case}dismiss/", given).status_code == 302
    assert Finding.objects.get(pk=finding).state == "dismissed"
    assert desk.get(f"{case}ask/").status_code == 302
    assert desk.get(f"{case}nothing/").status_code == 404
    assert desk.get("/desk/cases/X/enforcement/ask/").status_code == 404


def test_a_measure_is_approved_sent_back_ended_and_ordered_again_on_its_pages(enter: Enter) -> None:
    desk = enter(Role.COUNSEL)
    finding = heard(now())
    measure = deciding.decide(lead(now()), finding=finding, wish=_wish("suspended", 30))
    case = f"/desk/cases/{number(finding)}/enforcement/{measure}/"

    assert "承認しない" in text(desk, f"/desk/cases/{number(finding)}/")
    assert send(desk, f"{case}send-back/", {"reason": "重い"}).status_code == 302
    second = deciding.decide(lead(now()), finding=finding, wish=_wish("suspended", 30))
    case = f"/desk/cases/{number(finding)}/enforcement/{second}/"
    assert send(desk, f"{case}approve/", {}).status_code == 302
    instruction = Measure.objects.get(pk=second).instruction
    answer(instruction, now(), outcome="refused")
    assert send(desk, f"{case}order-again/", {}).status_code == 302
    assert Measure.objects.get(pk=second).instruction != instruction
    assert "通販サイトの確認待ち" in text(desk, "/desk/measures/")
    assert send(desk, f"{case}lift/", {"because": Ended.MISTAKE.value, "reason": "違う"}).status_code == 302
    assert Measure.objects.get(pk=second).state == "undoing"
    assert desk.get(f"/desk/cases/{number(finding)}/enforcement/999/lift/").status_code == 404


def _wish(measure: str, days: int) -> deciding.Wish:
    return wish(measure, days)


def test_held_money_stands_on_a_sellers_record(enter: Enter) -> None:
    decided("payout-held", 14, at=now())
    desk = enter(Role.AGENT)

    assert "売上金の支払いの保留" in text(desk, "/desk/sellers/S-1/")


def test_a_seller_appeals_and_another_person_reviews_it(shop: Client, enter: Enter) -> None:
    measure = decided(at=now())
    matter = number(measure.finding_id)
    assert "異議を申し出る" in text(shop, f"/seller/measures/{matter}/")

    empty = send(shop, f"/seller/measures/{matter}/appeal/{measure.pk}/", {"said": ""})
    made = send(shop, f"/seller/measures/{matter}/appeal/{measure.pk}/", {"said": "違います"})
    twice = send(shop, f"/seller/measures/{matter}/appeal/{measure.pk}/", {"said": "違います"})
    path = made.headers["Location"].partition("?")[0]
    desk = enter(Role.COUNSEL)
    case = f"/desk/cases/{path.split('/')[3]}/"

    assert (empty.status_code, twice.status_code) == (422, 409)
    assert "違います" in text(shop, path)
    assert "違います" in text(desk, case)
    for slug, given in (
        ("take", {}),
        ("note", {"said": "急ぎすぎ"}),
        ("reply", {"said": "写真はありますか", "asks": "on"}),
    ):
        assert send(desk, f"{case}appeal/{slug}/", given).status_code == 302, slug
    assert "写真はありますか" in text(shop, path)
    assert "急ぎすぎ" not in text(shop, path)
    assert "急ぎすぎ" in text(desk, case)
    assert send(shop, path, {"said": "これです"}).status_code == 302
    assert send(desk, f"{case}appeal/decide/", {"outcome": "granted", "said": " "}).status_code == 422
    decision = {"outcome": "granted", "said": "誤りでした"}
    assert send(desk, f"{case}appeal/decide/", decision).status_code == 302
    assert send(desk, f"{case}appeal/decide/", decision).status_code == 409
    assert "誤りでした" in text(shop, path)
    assert send(shop, path, {"act": "withdraw"}).status_code == 409
    assert send(shop, path, {"said": ""}).status_code == 422
    assert desk.get(f"{case}appeal/nothing/").status_code == 404
    assert Appeal.objects.get().state == "granted"


def test_of_what_is_over_the_form_offers_no_end(enter: Enter) -> None:
    measure = decided("notice", 0, at=now())
    appeal = appeals.appeal(seller(now()), measure=measure.pk, said="違います")
    desk = enter(Role.COUNSEL)
    case = f"/desk/cases/{cases.case_of(f'enforcement.appeal:{appeal}').number}/"
    assert send(desk, f"{case}appeal/take/", {}).status_code == 302
    assert "措置を終え、点数は残す" in text(desk, f"{case}appeal/decide/")

    standing.lift(lead(now()), measure=measure.pk, because=Ended.REVIEWED, reason="もうよい")

    page = text(desk, f"{case}appeal/decide/")
    assert "措置を終え、点数は残す" not in page
    assert "一部：点数を消す" in page


def test_a_seller_takes_its_appeal_back(shop: Client) -> None:
    measure = decided(at=now())
    appeal = appeals.appeal(seller(now()), measure=measure.pk, said="違います")
    path = f"/seller/appeals/{cases.case_of(f'enforcement.appeal:{appeal}').number}/"

    assert send(shop, path, {"act": "withdraw"}).status_code == 302

    assert Appeal.objects.get().state == "withdrawn"


def test_another_seller_finds_nothing(enter: Enter) -> None:
    measure = decided(at=now())
    appeal = appeals.appeal(seller(now()), measure=measure.pk, said="違います")
    other = enter(Role.SELLER, "seller:S-2")
    matter = number(measure.finding_id)

    for path in (
        f"/seller/measures/{matter}/",
        f"/seller/measures/{matter}/appeal/{measure.pk}/",
        f"/seller/appeals/{cases.case_of(f'enforcement.appeal:{appeal}').number}/",
        "/seller/appeals/X/",
    ):
        assert other.get(path).status_code == 404
    assert matter not in text(other, "/seller/measures/")


def test_a_statement_is_handed_out_in_the_eus_fields_as_it_was_given(enter: Enter) -> None:
    measure = decided(at=now())
    desk = f"/desk/cases/{number(measure.finding_id)}/"

    answer = enter(Role.AGENT).get(f"{desk}enforcement/{measure.pk}/statement.json")

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.json()["puid"] == f"enforcement-measure-{measure.pk}"
    assert answer.json()["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_DISABLED"]
    assert f"enforcement/{measure.pk}/statement.json" in text(enter(Role.AGENT), desk)
    assert enter(Role.AGENT).get(f"{desk}enforcement/{measure.pk + 1}/statement.json").status_code == 404
    assert (
        enter(Role.SELLER, "seller:S-1").get(f"{desk}enforcement/{measure.pk}/statement.json").status_code
        == 403
    )


def test_all_reasons_stand_in_both_languages(shop: Client) -> None:
    measure = decided("listing-hidden", 14)
    page = text(shop, f"/seller/measures/{number(measure.finding_id)}/")

    assert "違反の種類：" in page
    assert "Breach: " in page


def test_a_seller_that_was_asked_still_finds_what_was_dismissed_before_it_answered(shop: Client) -> None:
    finding = find(now())
    findings.ask_view(agent(now()), finding=finding)
    findings.dismiss(lead(now()), finding=finding, because=Dismissed.NO_BREACH, reason="見間違い")
    unasked = find(now(), origin="test:2", breach="counterfeit")
    findings.dismiss(lead(now()), finding=unasked, because=Dismissed.NO_BREACH, reason="見間違い")

    page = text(shop, f"/seller/measures/{number(finding)}/")

    assert "措置はありません" in page
    assert number(finding) in text(shop, "/seller/measures/")
    assert shop.get(f"/seller/measures/{number(unasked)}/").status_code == 404


def test_a_seller_is_offered_an_appeal_only_while_there_is_one_to_make(shop: Client) -> None:
    measure = decided(at=now())
    path = f"/seller/measures/{number(measure.finding_id)}/"
    button = f"{path}appeal/{measure.pk}/"
    assert button in text(shop, path)
    assert "表示の不備" in text(shop, "/seller/measures/").partition("<tbody>")[2].partition("</tbody>")[0]

    appeal = appeals.appeal(seller(now()), measure=measure.pk, said="違います")
    assert button not in text(shop, path)
    appeals.withdraw_appeal(seller(now()), appeal=appeal)
    assert button in text(shop, path), "what was taken back may be made again"
    Measure.objects.filter(pk=measure.pk).update(appeal_until=now())
    assert button not in text(shop, path), "the time is over"


def test_who_decides_sees_what_a_measure_on_the_seller_would_touch(enter: Enter) -> None:
    path = f"/desk/cases/{number(find(now()))}/"

    page = text(enter(Role.LEAD), path)

    assert "出品中の商品</dt><dd>2件" in page
    assert "途中の注文</dt><dd>0件" in page
    assert "まだ支払っていない売上金</dt><dd>通販サイトから聞いていない" in page
