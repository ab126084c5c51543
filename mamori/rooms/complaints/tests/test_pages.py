"""The pages: anybody reports in a few questions and follows it on a page of its own; staff decide on theirs."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.people.facts import MAIL_CODES
from mamori.ground.web.forms import MOMENT
from mamori.ground.web.models import Reply
from mamori.rooms.complaints.models import Complaint, ComplaintReport
from mamori.rooms.complaints.queries import complaint_of
from mamori.rooms.complaints.reports.actions.reporting import REPORTS
from mamori.rooms.complaints.tests.conftest import FOUND, MAIL, WHY, WORDS, agent, code_of, work

pytestmark = pytest.mark.django_db
GOODS: dict[str, Any] = {"reason": "counterfeit", "words": WORDS}
INPUT = re.compile(r'<(?:input|textarea)[^>]* name="(\w+)"')


@pytest.fixture(autouse=True)
def with_mail(settings: Any, tmp_path: Any) -> None:
    settings.MAMORI_MAIL = f"folder:{tmp_path}/mail"
    settings.MAMORI_MAIL_FROM = "house@mamori.example.jp"


def text(answer: HttpResponse) -> str:
    return re.sub(r"<[^>]+>", "", answer.content.decode())


def send(client: Client, address: str, **fields: Any) -> Any:
    return client.post(address, {"token": str(uuid4())} | fields, follow=True)


def decided(client: Client, number: int, slug: str, **fields: Any) -> Any:
    shown = complaint_of(agent(), number)
    seen = {"version": shown.version, "seen_until": shown.seen_until.strftime(MOMENT)}
    return send(client, f"/desk/complaints/{number}/{slug}/", **seen, **fields)


def test_anybody_reports_goods_from_their_page_without_a_name_and_follows_it_there(enter: Enter) -> None:
    client = enter()
    form = client.get("/complaints/?listing=L-1")
    asked = set(INPUT.findall(form.content.decode())) - {"token", "csrfmiddlewaretoken", "next"}
    answer = send(client, "/complaints/?listing=L-1", **GOODS)
    mine = answer.redirect_chain[-1][0]

    assert "電気ケトル" in text(form)
    assert asked == {"reason", "items", "danger", "words", "attached", "mail"}
    assert len(INPUT.findall(client.get("/complaints/").content.decode())) > len(asked)
    assert Complaint.objects.get().listing_ref == "L-1"
    assert "受付番号" in text(answer)
    assert WORDS in text(answer)
    assert f"http://testserver{mine}" in text(answer)
    assert "受け取りました" not in text(answer)

    added = send(client, f"{mine}add/", said="箱の写真もあります。")
    assert "箱の写真もあります。" in text(added)
    assert "受け取りました。担当者が読みます。" in text(added)
    assert "受け取りました" not in text(client.get(f"{mine}?done=nothing-such"))
    assert added.redirect_chain[-1][0].startswith(("../", mine))


def test_the_reason_that_was_chosen_on_the_product_page_is_chosen_already(enter: Enter) -> None:
    chosen = enter().get("/complaints/?listing=L-1&why=dangerous").content.decode()
    unknown = enter().get("/complaints/?listing=L-1&why=<script>").content.decode()

    assert re.search(r'value="dangerous"[^>]*checked', chosen)
    assert "checked" not in unknown
    assert "<script>" not in unknown.partition("<main")[2]


def test_the_same_form_leads_to_the_same_page_whoever_sends_it_and_no_secret_is_kept(enter: Enter) -> None:
    client, token = enter(Role.BUYER, "buyer:B-1"), str(uuid4())
    first = send(client, "/complaints/?shop=S-1", token=token, **GOODS)
    again = send(client, "/complaints/?shop=S-1", token=token, **GOODS)
    secret = first.redirect_chain[-1][0].split("/")[3]
    send(client, f"/complaints/mine/{secret}/add/", said="もう一つ。")

    assert again.redirect_chain[-1] == first.redirect_chain[-1]
    assert ComplaintReport.objects.count() == 1
    assert not any(secret in one.led_to or "B-1" in one.owner for one in Reply.objects.all())


def test_a_form_without_its_number_is_refused_and_what_was_written_stays(enter: Enter) -> None:
    answer = enter().post("/complaints/?listing=L-1", GOODS)

    assert answer.status_code == 422
    assert "開き直して" in text(answer)
    assert WORDS in text(answer)
    assert not ComplaintReport.objects.exists()


def test_what_is_missing_is_said_and_nothing_is_lost(enter: Enter) -> None:
    answer = send(enter(), "/complaints/", where="https://shop.example.jp/x", words=WORDS)

    assert answer.status_code == 422
    assert "どうしましたか" in text(answer)
    assert WORDS in text(answer)


def test_a_deleted_listing_is_taken_as_it_was_named(enter: Enter) -> None:
    answer = send(enter(), "/complaints/?listing=L-404", **GOODS)

    assert "記録に見つかりませんでした" in text(answer)
    assert "L-404" in text(answer)


def test_a_danger_is_told_to_stop_and_asked_and_the_answers_are_shown(enter: Enter) -> None:
    client = enter()
    answer = send(client, "/complaints/?listing=L-2", **GOODS | {"reason": "dangerous"})
    mine = answer.redirect_chain[-1][0]
    told = send(client, f"{mine}danger/", danger=["injury", "kept"], lot="A-12")

    assert "使用を中止し、製品は捨てずに保管してください" in text(answer)
    assert "けがをした" in text(answer)
    assert "A-12" in text(told)
    assert ComplaintReport.objects.get().is_harmed


def test_a_code_by_mail_is_entered_on_the_page_and_the_outcome_is_sent(enter: Enter) -> None:
    client = enter()
    answer = send(client, "/complaints/", what="shop", where="S-1", mail=MAIL, **GOODS)
    mine = answer.redirect_chain[-1][0]
    secret = mine.split("/")[3]
    wrong = send(client, f"{mine}code/", code="0")
    right = send(client, f"{mine}code/", code=code_of(secret))

    assert "コードを入れると" in text(answer)
    assert "あと4回" in text(wrong)
    assert "確かめました。" not in text(wrong)
    assert "メールアドレスを確かめました。" in text(right)
    assert MAIL in text(right)
    closed = client.get(f"{mine}mail/")
    assert closed.status_code == 302


def test_files_come_along_and_staff_open_them_one_by_one(enter: Enter) -> None:
    files = [SimpleUploadedFile("memo.txt", "ロット A-12".encode(), "text/plain")]
    send(enter(), "/complaints/?listing=L-1", attached=files, **GOODS)
    bad = send(
        enter(), "/complaints/?listing=L-1", attached=[SimpleUploadedFile("x.exe", b"MZ\x00\x01")], **GOODS
    )
    report = ComplaintReport.objects.get()
    at = f"/desk/complaints/{report.complaint_id}/"
    agent = enter(Role.AGENT)
    page = agent.get(at)

    assert "<img" not in page.content.decode()
    assert f"/desk/complaints/reports/{report.pk}/1/1/" in page.content.decode()
    assert "ロット A-12" in agent.get(f"/desk/complaints/reports/{report.pk}/1/1/").content.decode()
    assert "memo.txt" not in enter(Role.READER).get(at).content.decode()
    assert enter(Role.READER).get(f"/desk/complaints/reports/{report.pk}/1/1/").status_code in (302, 403, 404)
    assert bad.status_code == 415
    assert WORDS in text(bad)


def test_photos_can_be_added_to_a_report_and_to_the_wish_for_another_look(enter: Enter) -> None:
    client, agent = enter(), enter(Role.AGENT)
    mine = send(client, "/complaints/?listing=L-1", **GOODS).redirect_chain[-1][0]
    report = ComplaintReport.objects.get()

    def photo(number: int) -> list[SimpleUploadedFile]:
        return [SimpleUploadedFile(f"{number}.txt", f"ロット {number}".encode(), "text/plain")]

    asked = client.get(f"{mine}add/").content.decode()
    bad = send(
        client, f"{mine}add/", said="写真です。", attached=[SimpleUploadedFile("x.exe", b"MZ\x00\x01")]
    )
    added = send(client, f"{mine}add/", said="写真です。", attached=photo(1))
    decided(agent, report.complaint_id, "nothing", because="not-enough", reason=WHY)
    again = send(client, f"{mine}again/", said="もう一枚あります。", attached=photo(2))

    assert 'enctype="multipart/form-data"' in asked
    assert bad.status_code == 415
    assert "写真です。" in text(bad)
    assert re.search(r"写真や書類\s*1", text(added))
    assert re.search(r"写真や書類\s*2", text(again))
    for number in (1, 2):
        shown = agent.get(f"/desk/complaints/reports/{report.pk}/{number}/1/")
        assert f"ロット {number}" in shown.content.decode()


def test_a_review_is_reported_from_a_link_that_names_it(enter: Enter) -> None:
    answer = send(enter(), "/complaints/?review=R-1", **GOODS | {"reason": "fake-review"})

    assert Complaint.objects.get().review_ref == "R-1"
    assert "R-1" in text(answer)


def test_who_left_an_address_to_which_no_code_went_is_told_how_to_ask_for_one(enter: Enter) -> None:
    sent = [send(enter(), "/complaints/?listing=L-1", mail=MAIL, **GOODS) for _ in range(MAIL_CODES.most + 1)]

    assert "アドレスの確認がまだです" not in text(sent[0])
    assert "アドレスの確認がまだです" in text(sent[-1])


def test_who_reports_the_marketplace_itself_is_told_of_who_is_outside_of_it(enter: Enter) -> None:
    of_shop = send(enter(), "/complaints/?shop=S-1", **GOODS)
    of_platform = send(enter(), "/complaints/", what="platform", **GOODS)

    assert "188" not in text(of_shop)
    assert "188" in text(of_platform)
    assert 'href="/guide/report-to-the-state/"' in of_platform.content.decode()


def test_too_many_from_one_source_are_asked_to_wait_and_lose_nothing(enter: Enter) -> None:
    client = enter()
    for _ in range(REPORTS.most):
        send(client, "/complaints/?listing=L-1", **GOODS)
    answer = send(client, "/complaints/?listing=L-1", **GOODS)

    assert answer.status_code == 429
    assert WORDS in text(answer)
    assert 0 < int(answer["Retry-After"]) <= REPORTS.per.total_seconds() + 1
    assert re.search(r"1?\d分ほど待ってから", text(answer))


def test_staff_read_begin_and_take_up_on_the_pages_and_another_look_is_anothers(enter: Enter) -> None:
    client = enter()
    mine = send(client, "/complaints/?listing=L-1", **GOODS).redirect_chain[-1][0]
    number = Complaint.objects.get().pk
    agent, lead = enter(Role.AGENT), enter(Role.LEAD)

    listed = agent.get("/desk/complaints/")
    page = agent.get(f"/desk/complaints/{number}/")
    begun = decided(agent, number, "begin")
    without = decided(agent, number, "nothing", reason=WHY)
    done = decided(agent, number, "nothing", because="not-enough", reason=WHY)
    heard = client.get(mine)
    asked = send(client, f"{mine}again/", said="ほかの品も同じ箱でした。")
    own = agent.get(f"/desk/complaints/{number}/uphold/")
    agent_again = decided(agent, number, "uphold", severity="serious", said=FOUND, reason=WHY)
    upheld = decided(lead, number, "uphold", severity="serious", said=FOUND, reason=WHY)
    work()

    assert "電気ケトル" in text(listed)
    assert WORDS in text(page)
    assert "見始めたことを記録しました" in text(begun)
    assert without.status_code == 422
    assert "知らせた人に結果を伝えます" in text(done)
    assert "いまある手がかり" in text(heard)
    assert "別の担当者が見直しています" in text(asked)
    assert "はじめに決めた人とは別の人がします" in text(own)
    assert agent_again.status_code == 403
    assert "/desk/cases/" in upheld.content.decode()
    assert "取り上げることにしました" in text(client.get(mine))
    for narrowed in ("state=upheld&reason=counterfeit", "seller=S-1", "format=csv"):
        assert lead.get(f"/desk/complaints/all/?{narrowed}").status_code == 200
    assert lead.get(f"/desk/complaints/{number}/nothing-such/").status_code == 404
    assert client.get(f"{mine}nothing-such/").status_code == 404


def test_the_list_names_the_dangers_and_the_second_looks_first(enter: Enter) -> None:
    client, agent = enter(), enter(Role.AGENT)
    mine = send(client, "/complaints/?listing=L-1", **GOODS).redirect_chain[-1][0]
    number = Complaint.objects.get().pk
    decided(agent, number, "gone", because="put-right", reason=WHY)
    send(client, f"{mine}again/", said="まだあります。")
    send(client, "/complaints/?shop=S-1", **GOODS | {"reason": "dangerous"})
    send(client, "/complaints/", **GOODS | {"what": "platform", "reason": "price"})

    page = text(agent.get("/desk/complaints/"))
    assert "終わっていないもの" in page
    assert "見直しを待っている" in page
    assert "危ない" in text(agent.get(f"/desk/complaints/{Complaint.objects.get(reason='dangerous').pk}/"))
    assert "記録にない" in text(agent.get(f"/desk/complaints/{Complaint.objects.get(reason='price').pk}/"))


def test_without_mail_no_address_is_asked(enter: Enter, settings: Any) -> None:
    settings.MAMORI_MAIL = ""
    assert 'name="mail"' not in enter().get("/complaints/?listing=L-1").content.decode()


def test_the_first_page_and_the_help_lead_here(enter: Enter) -> None:
    assert 'href="/complaints/"' in enter().get("/").content.decode()
    assert 'href="/complaints/"' in enter().get("/guide/?q=存在しない言葉").content.decode()
