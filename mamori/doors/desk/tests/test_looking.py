"""Staff looking at the desk: on a ground, recorded once, shown once; contacts after a fresh proof; searches in words."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.test import Client

from mamori.doors.desk.tests.conftest import (
    CANARY,
    MAIL,
    PHONE,
    SELLERS_CANARY,
    SHOP_PHONE,
    Desk,
    Enter,
    actor,
)
from mamori.grammar.actor import STAFF, Role
from mamori.ground.cases import facts as cases
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.models import Act
from mamori.ground.market import actions as market
from mamori.ground.market.actions import ContactsLine
from mamori.ground.outbox import actions as outbox
from mamori.ground.people.facts import open_proposals
from mamori.ground.vault import actions as vault
from mamori.law.grounds import RECORD_ORDER
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.disclosure.notices import INQUIRY_OVERDUE


def at(desk: Desk, rest: str, number: str = "") -> str:
    return f"/desk/cases/{number or desk.trouble}/{rest}"


def kinds(about: str) -> list[str]:
    return [act.kind for act in ledger.acts_about(about)]


def text(client: Client, path: str) -> str:
    return client.get(path, follow=True).content.decode()


def look(client: Client, desk: Desk, ground: str, reason: str = "") -> tuple[int, str]:
    answer = client.post(at(desk, "contact/words/"), {"ground": ground, "reason": reason})
    return answer.status_code, answer.content.decode()


def details_in(page: str) -> str:
    """Return the part of a page in which contact details stand."""
    return page.partition('id="details"')[2].partition("</section>")[0]


SEEN = {"version": "1"}
"""What a form says of a look that was taken once."""


def looks_at(page: str) -> list[str]:
    """Return where a page offers to decide on an emergency look."""
    return re.findall(r'action="([^"]*/contact/look/[^"]*)"', page)


def test_words_are_recorded_once_and_shown_on_every_page_of_the_case_while_the_ground_holds(
    desk: Desk, enter: Enter
) -> None:
    client = enter(Role.AGENT)
    contact.share(actor("seller:S-1", Role.SELLER, desk.begun), thread=desk.thread)

    answer = client.post(at(desk, "contact/words/"), {"ground": "party-share"})

    shown = answer.content.decode()
    assert CANARY in shown
    assert SELLERS_CANARY in shown
    assert "no-store" in answer["Cache-Control"]
    assert kinds(desk.about).count("contact.look") == 1
    for page in ("contact/words/", "", "contact/solve/"):
        again = client.get(at(desk, page))
        assert CANARY in again.content.decode()
        assert "no-store" in again["Cache-Control"]
    assert kinds(desk.about).count("contact.look") == 1
    assert CANARY not in text(enter(Role.LEAD), at(desk, ""))


def test_beside_a_decision_that_was_refused_the_words_stand_and_no_look_is_recorded(
    desk: Desk, enter: Enter
) -> None:
    client = enter(Role.AGENT)
    client.post(at(desk, "contact/mediate/"))
    contact.share(actor("seller:S-1", Role.SELLER, desk.begun), thread=desk.thread)
    client.post(at(desk, "contact/words/"), {"ground": "party-share"})

    refused = client.post(at(desk, "contact/propose/"), {"kind": "part_refund", "amount": "9999999"})
    unnamed = client.post(at(desk, "contact/words/"))
    again = client.post(at(desk, "contact/words/"), {"ground": "party-share"})

    assert (refused.status_code, CANARY in refused.content.decode()) == (422, True)
    assert 'value="9999999"' in refused.content.decode()
    assert unnamed.status_code == 422
    assert (again.status_code, CANARY in again.content.decode()) == (200, True)
    assert kinds(desk.about).count("contact.look") == 2


def test_on_a_recovery_no_words_are_read_and_no_look_is_recorded(desk: Desk, enter: Enter) -> None:
    client = enter(Role.LEAD, stepped_up=True)

    for page in ("words", "warrant"):
        where = at(desk, f"contact/{page}/", desk.recovery)
        sent = client.post(where, {"ground": "emergency", "reason": "試し"})
        assert (sent.status_code, client.get(where).status_code) == (404, 404)


def test_a_consent_that_was_taken_back_is_promised_no_more(desk: Desk, enter: Enter) -> None:
    client = enter(Role.AGENT)
    client.post(at(desk, "contact/mediate/"))
    contact.let_read(actor("buyer:B-1", Role.BUYER, desk.begun), thread=desk.thread, centre_may_read=True)
    read = client.post(at(desk, "contact/words/"), {"ground": "buyer-consent"}).content.decode()
    during = text(client, at(desk, ""))
    contact.let_read(actor("buyer:B-1", Role.BUYER, desk.begun), thread=desk.thread, centre_may_read=False)

    after = text(client, at(desk, ""))
    again = client.post(at(desk, "contact/words/"), {"ground": "buyer-consent"})

    assert CANARY in read
    assert CANARY in during
    assert 'value="buyer-consent"' not in after
    assert CANARY not in after
    assert again.status_code == 403
    assert CANARY not in again.content.decode()
    assert "<details open" not in again.content.decode().partition('id="words"')[2].partition("</section>")[0]


def test_the_page_of_the_words_offers_every_decision_beside_them(desk: Desk, enter: Enter) -> None:
    client = enter(Role.AGENT)
    client.post(at(desk, "contact/mediate/"))
    contact.share(actor("seller:S-1", Role.SELLER, desk.begun), thread=desk.thread)

    page = client.post(at(desk, "contact/words/"), {"ground": "party-share"}).content.decode()

    assert CANARY in page
    assert f'action="{at(desk, "contact/propose/")}"' in page
    assert 'name="kind"' in page


@pytest.mark.parametrize(
    ("ground", "reason"),
    [
        ("party-share", ""),
        ("buyer-consent", ""),
        ("warrant", "令状"),
        ("emergency", ""),
        ("nothing", "x"),
        ("", ""),
    ],
)
def test_without_a_ground_that_holds_nothing_is_shown_or_recorded(
    desk: Desk, enter: Enter, ground: str, reason: str
) -> None:
    status, shown = look(enter(Role.LEAD), desk, ground, reason)

    assert status in (403, 409, 422)
    assert CANARY not in shown
    assert "contact.look" not in kinds(desk.about)


@pytest.mark.parametrize(("role", "status"), [(Role.AGENT, 403), (Role.LEAD, 200), (Role.COUNSEL, 200)])
def test_a_warrant_is_for_lead_and_counsel_who_have_just_proved_who_they_are(
    desk: Desk, enter: Enter, role: Role, status: int
) -> None:
    form = {"ground": "warrant", "reason": "東京簡裁 令和8年(る)第1号"}

    stale = enter(role).post(at(desk, "contact/warrant/"), form)
    fresh = enter(role, stepped_up=True).post(at(desk, "contact/warrant/"), form)

    assert stale.status_code == 403
    assert ("東京簡裁" in stale.content.decode()) is (status == 200), "what was written is given back"
    assert fresh.status_code == status
    assert (CANARY in fresh.content.decode()) is (status == 200)


def test_an_emergency_look_waits_for_another_person_who_sees_the_reason_and_not_the_words(
    desk: Desk, enter: Enter
) -> None:
    reader, other = enter(Role.AGENT), enter(Role.LEAD)
    status, shown = look(reader, desk, "emergency", "発火したとの電話")
    listed, case = text(other, "/desk/lists/looks/"), text(other, at(desk, ""))
    confirm, objection = looks_at(case)

    page = text(other, confirm)
    own = reader.post(confirm, SEEN)
    no_reason = other.post(objection, SEEN | {"reason": ""})
    confirmed = other.post(confirm, SEEN)

    assert (status, CANARY in shown) == (200, True)
    assert at(desk, "") in listed
    assert "発火したとの電話" in page
    assert CANARY not in page + case
    assert "確かめる期限：" in case
    assert (own.status_code, no_reason.status_code, confirmed.status_code) == (403, 422, 302)
    assert "緊急時の閲覧を確かめたと記録し、購入者と出品者に知らせました" in text(
        other, confirmed["Location"]
    )
    assert cases.case_of(desk.about).attention == "call-owed"  # the look asks nothing more
    assert other.get(confirm)["Location"] == at(desk, "")


def test_the_reader_of_an_emergency_is_told_that_somebody_else_decides_on_it(
    desk: Desk, enter: Enter
) -> None:
    client = enter(Role.AGENT)
    enter(Role.LEAD)
    look(client, desk, "emergency", "急ぎ")

    page = text(client, at(desk, ""))

    assert "読んだ人とは別の担当者が確かめます" in page
    assert looks_at(page) == []


def test_an_objection_to_an_emergency_look_is_recorded(desk: Desk, enter: Enter) -> None:
    reader, counsel = enter(Role.AGENT), enter(Role.COUNSEL)
    look(reader, desk, "emergency", "急ぎ")
    _, objection = looks_at(text(counsel, at(desk, "")))

    objected = counsel.post(objection, SEEN | {"reason": "危険は見られない"})

    assert objected.status_code == 302
    assert cases.case_of(desk.about).attention == "look-objected"


def test_an_objection_that_comes_too_late_keeps_its_reason_and_shows_no_words(
    desk: Desk, enter: Enter
) -> None:
    reader, lead, counsel = enter(Role.AGENT), enter(Role.LEAD), enter(Role.COUNSEL)
    look(reader, desk, "emergency", "急ぎ")
    look(counsel, desk, "emergency", "私も読む")
    confirm, objection = looks_at(text(lead, at(desk, "")))[:2]
    lead.post(confirm, SEEN)

    late = counsel.post(objection, SEEN | {"reason": "危険は見られない"})

    assert late.status_code == 409
    assert "緊急時の閲覧が認められた" in late.content.decode()
    assert "危険は見られない" in late.content.decode()
    assert CANARY in late.content.decode()  # who objects has read a moment ago: that look holds


@pytest.mark.parametrize("rest", ["look/a1/confirm-look/", "look/a1/solve/"])
def test_of_a_look_that_nobody_took_there_is_nothing_to_decide(desk: Desk, enter: Enter, rest: str) -> None:
    client = enter(Role.LEAD)

    for number in (desk.trouble, desk.recovery):
        assert client.get(at(desk, f"contact/{rest}", number)).status_code == 404
        assert client.post(at(desk, f"contact/{rest}", number)).status_code == 404


@pytest.mark.parametrize("act", ["agree", "decline"])
def test_no_page_about_people_settles_an_emergency_look(desk: Desk, enter: Enter, act: str) -> None:
    reader, lead = enter(Role.AGENT, stepped_up=True), enter(Role.LEAD, stepped_up=True)
    look(reader, desk, "emergency", "発火したとの電話")
    [waiting] = open_proposals()

    for client in (reader, lead):
        answer = client.post(f"/desk/people/proposals/{waiting.number}/", {"act": act})

        assert answer["Location"] == at(desk, "")
    assert open_proposals() == (waiting,)
    assert cases.case_of(desk.about).attention == "second-reader"


@pytest.mark.parametrize("whose", ["buyer", "seller"])
def test_contact_details_are_shown_once_for_a_reason_after_a_fresh_proof(
    desk: Desk, enter: Enter, whose: str
) -> None:
    path = at(desk, f"contact/details/{whose}/")

    stale = enter(Role.AGENT).post(path, {"reason": "架電のため"})
    client = enter(Role.AGENT, stepped_up=True)
    asked, missing = client.get(path), client.post(path, {"reason": ""})
    shown = client.post(path, {"reason": "架電のため"})
    after = text(client, at(desk, ""))

    kept = stale.content.decode()
    assert stale.status_code == 403
    assert "架電のため" in kept, "the reason is given back, with the way to prove who one is"
    assert f"/account/reauthenticate/?next={quote(path, safe='')}" in kept
    for page in (kept, asked.content.decode(), missing.content.decode(), after):
        assert PHONE not in page
        assert SHOP_PHONE not in details_in(page)
    assert missing.status_code == 422
    assert {"buyer": PHONE, "seller": SHOP_PHONE}[whose] in details_in(shown.content.decode())
    assert MAIL in shown.content.decode()
    assert f'action="{at(desk, "contact/mediate/")}"' in shown.content.decode(), "the matter stands around it"
    assert "no-store" in shown["Cache-Control"]
    assert kinds(desk.about).count("contact.see_contact") == 1


def test_every_way_to_reach_a_shop_is_in_the_recorded_look_and_what_nobody_told_is_no_row(
    desk: Desk, enter: Enter
) -> None:
    path, client = at(desk, "contact/details/seller/"), enter(Role.AGENT, stepped_up=True)
    before = client.post(path, {"reason": "架電のため"}).content.decode()

    told = {"fax": "03-0000-1119", "support": "0120-000-222", "administrator": "国内管理株式会社"}
    market.put_contacts(actor("machine:market", Role.MACHINE, desk.begun), ContactsLine(ref="S-1", **told))
    after = client.post(path, {"reason": "架電のため"}).content.decode()

    for name in ("ファクス番号", "お問い合わせ窓口", "国内管理人"):
        assert name not in before
        assert name in after
    assert [value for value in told.values() if value not in after] == []


def test_a_recoverys_page_leads_to_no_buyer(desk: Desk, enter: Enter) -> None:
    client = enter(Role.LEAD, stepped_up=True)

    assert client.get(at(desk, "contact/details/buyer/", desk.recovery)).status_code == 404
    assert client.get(at(desk, "contact/details/nobody/")).status_code == 404


def test_the_search_finds_by_number_shop_topic_and_reference(desk: Desk, enter: Enter) -> None:
    client = enter(Role.AGENT)

    by_number = client.get("/desk/search/", {"q": f" {desk.trouble[:4]}－{desk.trouble[4:]} "})
    found = {
        q: text(client, f"/desk/search/?q={q}") for q in ("髙橋商店", "S-1", "o-1", "届かない", CANARY, "店")
    }

    assert by_number["Location"] == at(desk, "")
    assert desk.trouble in found["髙橋商店"]
    assert "/desk/?seller=S-1" in found["S-1"]
    assert desk.trouble in found["o-1"]
    assert "見つかりません" in found["届かない"]
    assert "見つかりません" in found[CANARY]
    assert client.get("/desk/search/", {"q": "店"}).status_code == 422


def test_words_are_searched_by_a_post_that_is_recorded_and_only_where_they_are_open(
    desk: Desk, enter: Enter
) -> None:
    client = enter(Role.AGENT)
    closed = client.post("/desk/search/", {"q": "カナリア"}).content.decode()
    contact.share(actor("seller:S-1", Role.SELLER, desk.begun), thread=desk.thread)

    opened = client.post("/desk/search/", {"q": "カナリア"}).content.decode()

    assert f"/desk/cases/{desk.trouble}/" not in closed
    assert f"/desk/cases/{desk.trouble}/" in opened
    assert CANARY not in opened
    assert kinds("contact.words") == ["contact.search_words", "contact.search_words"]
    assert client.post("/desk/search/", {"q": "鳥"}).status_code == 422


@pytest.mark.parametrize("role", sorted(STAFF))
def test_a_form_without_its_token_of_the_session_does_nothing(desk: Desk, enter: Enter, role: Role) -> None:
    client = enter(role, stepped_up=True)
    client.handler.enforce_csrf_checks = True
    acts = Act.objects.count()

    for rest in ("take/", "note/", "contact/mediate/", "contact/words/", "contact/details/seller/"):
        assert (
            client.post(at(desk, rest), {"text": "x", "ground": "emergency", "reason": "x"}).status_code
            == 403
        )

    assert Act.objects.count() == acts
    assert facts.trouble(int(desk.about.rpartition(":")[2])) is not None


def test_a_hold_of_which_nobody_may_be_told_is_read_by_leads_and_counsel_alone(
    desk: Desk, enter: Enter
) -> None:
    lead = actor("lead:1", Role.LEAD, datetime.now(UTC))
    number = vault.hold(lead, what=desk.trouble, ground=RECORD_ORDER, reason="令状 第9号")
    vault.lift(lead, number=number, reason="提供し終えた")

    page = text(enter(Role.AGENT), at(desk, ""))

    told = ("消去を止めた", "令状 第9号", "消去の停止を解除した")
    for word in (*told, "vault.", RECORD_ORDER.title.ja, "提供し終えた"):
        assert word not in page
    for role in (Role.LEAD, Role.COUNSEL):
        assert all(word in text(enter(role), at(desk, "")) for word in told)


def test_what_leads_are_told_no_agent_reads_among_the_notices(desk: Desk, enter: Enter) -> None:
    now = datetime.now(UTC)
    for to in ("lead", "counsel"):
        outbox.notify(
            to=to, template=INQUIRY_OVERDUE, values={"number": "7"}, about="disclosure.inquiry:7", at=now
        )

    assert "照会（第7号）" in text(enter(Role.LEAD), "/desk/notices/")
    assert "照会（第7号）" not in text(enter(Role.AGENT), "/desk/notices/")
    assert "照会（第7号）" not in text(enter(Role.AGENT), "/desk/notices/?to=lead")
