"""A counsellor, the consumer and staff walk through a consultation on their pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.ledger import facts as ledger
from mamori.law.counselling import ConsentTo
from mamori.law.display import DisplayItem
from mamori.rooms.complaints.counselling import actions
from mamori.rooms.complaints.counselling.queries import about_consultation, who_is
from mamori.rooms.complaints.models import Consultation, Counsellor
from mamori.rooms.complaints.tests.conftest import DAY, EARLY, actor
from mamori.rooms.complaints.tests.counselled import MAIL, asked, counsellor, invited, sent, token_of
from mamori.rooms.contact import actions as contact, facts as contact_facts
from mamori.rooms.contact.topics import Harm, Topic
from mamori.rooms.display.actions import displays
from mamori.rooms.display.rules.told import ShownDisplay, ShownItem

pytestmark = pytest.mark.django_db
WORDS = "定期購入と知らずに申し込んだそうです。"
FORM = {
    "consumer": "買手 太郎",
    "order": "O-1",
    "words": WORDS,
    "consent": "words",
    "given": "written",
    "lasts": "quarter",
    "token": "a-token-0123456789abcdef",
}


def now() -> datetime:
    return datetime.now(UTC)


def came_in(client: Client) -> Counsellor:
    """Let a counsellor be invited by a lead's page and come in by the link."""
    row = Counsellor.objects.latest("pk")
    token = token_of(row)
    assert "入る" in client.get(f"/centres/in/{token}/").content.decode()
    answer = client.post(f"/centres/in/{token}/")
    assert answer.status_code == 302
    assert answer["Location"] == "/centres/consultations/"
    return row


def test_a_counsellor_is_invited_asks_and_takes_what_the_consumer_allows(enter: Enter) -> None:
    item = ShownItem(item=DisplayItem.NAME, said="株式会社さくら家電")
    shop = actor("machine:x", Role.MACHINE, EARLY - DAY)
    displays.write_display(shop, seller_ref="S-1", told=ShownDisplay(items=(item,)))
    lead, centre, buyer, agent = enter(Role.LEAD), enter(), enter(Role.BUYER, "buyer:B-1"), enter(Role.AGENT)
    form = {
        "centre": "市消費生活センター",
        "name": "相談 花子",
        "mail": MAIL,
        "token": "t-0123456789abcdef01",
    }
    assert lead.post("/desk/counsellors/", form).status_code == 302
    assert "市消費生活センター" in lead.get("/desk/counsellors/").content.decode()
    came_in(centre)

    assert centre.post("/centres/consultations/", FORM).status_code == 302
    number = Consultation.objects.latest("pk").pk
    page = f"/centres/consultations/{number}/"
    assert "ご本人に、通販サイトからのお知らせで同意を確かめています" in centre.get(page).content.decode()
    assert centre.post(f"{page}papers/display.pdf").status_code == 403
    assert "お返事待ち" in buyer.get("/consents/").content.decode()
    assert buyer.get(f"/consents/{number}/allow/").status_code == 200
    assert buyer.post(f"/consents/{number}/allow/", {"token": "t-0123456789abcdef02"}).status_code == 302

    assert "伝えてよい" in buyer.get(f"/consents/?of={number}&done=allow").content.decode()
    told = {"said": "表示を確かめました。", "token": "t-0123456789abcdef03", "version": "2"}
    assert agent.post(f"/desk/consultations/{number}/answer/", told).status_code == 302
    papers = centre.post(f"{page}papers/display.pdf")
    assert (papers.status_code, papers.content[:5]) == (200, b"%PDF-")
    shown = centre.get(page).content.decode()
    assert "表示を確かめました。" in shown
    assert "電気ケトル" in shown
    assert (
        centre.post(f"{page}write/", {"said": "承知しました。", "token": "t-0123456789abcdef04"}).status_code
        == 302
    )
    assert centre.post(f"{page}record/none.pdf").status_code == 404


def test_the_record_of_the_conversation_is_taken_as_far_as_the_consent_goes(enter: Enter) -> None:
    at = now()
    buyer = actor("buyer:B-1", Role.BUYER, at)
    said = "届いた品が動きません。"
    trouble = contact.open_trouble(
        buyer, order_ref="O-1", topic=Topic.BROKEN, harm=Harm.MONEY, said=said, centre_may_read=False
    )
    found = contact_facts.trouble(trouble)
    assert found is not None
    row = invited(at=at)
    whole = asked(counsellor(row, at), consent=ConsentTo.WORDS)
    order = asked(counsellor(row, at), consent=ConsentTo.ORDER)
    for number in (whole, order):
        actions.confirm_consent(buyer, consultation=number)
    centre = enter(Role.COUNSELLOR, who_is(row))

    answer = centre.post(f"/centres/consultations/{whole}/papers/{found.case}.pdf")
    pages = list(pypdfium2.PdfDocument(answer.content))

    assert said in "".join(page.get_textpage().get_text_range() for page in pages)
    assert f"papers/{found.case}.pdf" in centre.get(f"/centres/consultations/{whole}/").content.decode()
    assert centre.post(f"/centres/consultations/{order}/papers/{found.case}.pdf").status_code == 403
    assert f"papers/{found.case}.pdf" not in centre.get(f"/centres/consultations/{order}/").content.decode()


def test_where_the_shop_displayed_nothing_there_is_no_paper_of_it(enter: Enter) -> None:
    at = now()
    row = invited(at=at)
    number = asked(counsellor(row, at))
    actions.confirm_consent(actor("buyer:B-1", Role.BUYER, at), consultation=number)
    centre = enter(Role.COUNSELLOR, who_is(row))

    assert centre.get(f"/centres/consultations/{number}/papers/display.pdf").status_code == 405
    answer = centre.post(f"/centres/consultations/{number}/papers/display.pdf")

    assert answer.status_code == 404  # the shop displayed nothing when it was ordered
    assert not ledger.acts_of([about_consultation(number)], kind="complaints.take_bundle")
    assert (
        "この注文についてのやり取りは、まだありません"
        in centre.get(f"/centres/consultations/{number}/").content.decode()
    )


def test_the_door_says_the_same_to_everybody_and_leads_in_who_is_here(enter: Enter) -> None:
    row = invited(at=now())
    anybody = enter()
    told = [
        anybody.post("/centres/", {"mail": mail, "token": f"t-0123456789abcdef1{nth}"})["Location"]
        for nth, mail in enumerate((MAIL, "x@example.jp"))
    ]

    assert told == ["/centres/?done=link"] * 2
    assert "リンクをお送りしました" in anybody.get(told[0]).content.decode()
    assert sent(who_is(row))[-1] == "complaints.counsellor_link"
    assert enter(Role.COUNSELLOR, who_is(row)).get("/centres/")["Location"] == "/centres/consultations/"
    assert anybody.post("/centres/", {"mail": "no address"}).status_code == 422
    assert anybody.post("/centres/in/forged/").status_code == 410


def test_an_agent_reads_what_may_not_be_told_yet(enter: Enter) -> None:
    at = now()
    number = asked(counsellor(invited(at=at), at))
    agent = enter(Role.AGENT)

    assert (
        "それまで、注文ややり取りの中身は答えないでください"
        in agent.get(f"/desk/consultations/{number}/").content.decode()
    )
    assert "市消費生活センター" in agent.get("/desk/consultations/").content.decode()
    assert agent.get("/desk/consultations/999/").status_code == 404
    assert agent.get(f"/desk/consultations/{number}/allow/").status_code == 404
    assert agent.get("/desk/counsellors/").status_code in (302, 403)
    without = asked(counsellor(invited("b@example.jp", at=at), at), order="")
    assert "注文が決まらない相談です" in agent.get(f"/desk/consultations/{without}/").content.decode()


def test_a_lead_ends_a_counsellors_time_and_their_visit_finds_nothing_more(enter: Enter) -> None:
    row = invited(at=now() - timedelta(hours=1))
    lead, centre = enter(Role.LEAD), enter(Role.COUNSELLOR, who_is(row))
    assert centre.get("/centres/consultations/").status_code == 200
    ended = {"reason": "センターを離れたため。", "token": "t-0123456789abcdef05"}
    assert lead.get(f"/desk/counsellors/{row.pk}/").status_code == 200
    assert lead.post(f"/desk/counsellors/{row.pk}/", ended).status_code == 302

    over = centre.get("/centres/consultations/")
    assert over.status_code == 403
    assert "あらためて招待をお送りします" in over.content.decode()
    assert centre.get("/centres/").status_code == 200
    assert lead.get("/desk/counsellors/999/").status_code == 404


def test_a_buyer_says_no_and_another_buyer_finds_nothing(enter: Enter) -> None:
    at = now()
    number = asked(counsellor(invited(at=at), at))
    buyer, other = enter(Role.BUYER, "buyer:B-1"), enter(Role.BUYER, "buyer:B-2")

    assert other.get(f"/consents/{number}/refuse/").status_code == 404
    assert "いまは何もありません" in other.get("/consents/").content.decode()
    assert buyer.get(f"/consents/{number}/write/").status_code == 404
    assert buyer.post(f"/consents/{number}/refuse/", {"token": "t-0123456789abcdef06"}).status_code == 302
    assert "伝えないことにしました" in buyer.get("/consents/").content.decode()


def test_the_lists_look_as_often_for_many_as_for_one(enter: Enter) -> None:
    at, lead, looks = now(), enter(Role.LEAD), []
    for nth in range(4):
        row = invited(f"c{nth}@example.jp", at=at)
        asked(counsellor(row, at))
        with CaptureQueriesContext(connection) as one:
            lead.get("/desk/consultations/")
        with CaptureQueriesContext(connection) as other:
            lead.get("/desk/counsellors/")
        looks.append((len(one), len(other)))

    assert looks[1:] == [looks[1]] * 3
