"""The pages for telephone and paper: a sheet in one screen, the summary read back, the number told, the call back."""

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
from mamori.ground.cases import facts as cases
from mamori.law.complaints import NothingBecause
from mamori.rooms.complaints import actions as complaints
from mamori.rooms.complaints.models import CallBack, CallSheet, CareRecord, Complaint, ComplaintReport
from mamori.rooms.complaints.queries import complaint_of, said_of
from mamori.rooms.complaints.reports.actions import reporting
from mamori.rooms.complaints.tests.conftest import MONDAY, WHY, WORDS, agent, machine, reported, whole, work
from mamori.rooms.complaints.tests.telephoned import HOME, NUMBER, call_me, telephoned

pytestmark = pytest.mark.django_db
SAID: dict[str, Any] = {
    "channel": "telephone",
    "recording": "announced",
    "what": "listing",
    "where": "L-1",
    "reason": "dangerous",
    "danger": ["fire"],
    "lot": "A-12",
    "words": WORDS,
    "hears": "none",
    "language": "ja",
}


def text(answer: HttpResponse) -> str:
    return re.sub(r"<[^>]+>", "", answer.content.decode())


def send(client: Client, address: str, **fields: Any) -> Any:
    return client.post(address, {"token": str(uuid4())} | fields, follow=True)


def seen(answer: HttpResponse) -> str:
    found = re.search(r'name="seen" value="(\w+)"', answer.content.decode())
    return found[1] if found else ""


def open_sheet(client: Client, number: str = "") -> str:
    return str(send(client, "/desk/complaints/calls/", number=number).redirect_chain[-1][0])


def test_an_agent_takes_a_call_about_a_danger_reads_it_back_and_tells_the_number(enter: Enter) -> None:
    client = enter(Role.AGENT)
    sheet = open_sheet(client, NUMBER)
    form = client.get(sheet).content.decode()
    first = send(client, sheet, **SAID)
    taken = send(client, sheet, **SAID, seen=seen(first), confirmed="on")

    assert all(
        words in form for words in ("この通話を録音しています", "使用を中止し", NUMBER, "カスハラを受けた")
    )
    assert (first.status_code, ComplaintReport.objects.count()) == (422, 1)
    assert "読み返すまとめ" in text(first)
    assert f"「{WORDS}」" in text(first)
    report = ComplaintReport.objects.get()
    assert taken.redirect_chain[-1][0] == f"/desk/complaints/taken/{report.pk}/"
    assert f"受付番号は {report.pk} です" in text(taken)
    assert "使用を中止し" in text(taken)
    assert "119番へ" in text(taken)
    assert CallSheet.objects.get().report_id == report.pk
    assert "けが・火などあり" in text(client.get(f"/desk/complaints/{report.complaint_id}/"))


def test_what_was_changed_after_reading_back_is_read_back_again(enter: Enter) -> None:
    client = enter(Role.AGENT)
    sheet = open_sheet(client)
    first = send(client, sheet, **SAID)
    changed = send(client, sheet, **SAID | {"words": "ちがう言葉でした。"}, seen=seen(first), confirmed="on")

    assert changed.status_code == 422
    assert "「ちがう言葉でした。」" in text(changed)
    assert not re.search(r'name="confirmed"[^>]*checked', changed.content.decode())
    assert not ComplaintReport.objects.exists()


def test_a_letter_is_compared_with_its_paper_in_one_step_and_its_scan_is_not_drawn(enter: Enter) -> None:
    client = enter(Role.LEAD)
    sheet = open_sheet(client)
    scan = SimpleUploadedFile("letter.txt", "手紙の写しです。".encode())
    letter = SAID | {"channel": "letter", "recording": "none", "hears": "post", "post": HOME}
    taken = send(client, sheet, **letter, confirmed="on", attached=scan)
    report = ComplaintReport.objects.get()
    page = client.get(f"/desk/complaints/{report.complaint_id}/").content.decode()

    assert "手紙でお知らせします" in text(taken)
    assert said_of(report).post == HOME
    assert f"/desk/complaints/reports/{report.pk}/1/1/" in page
    assert "<img" not in page.partition("<main")[2]
    assert HOME not in page
    added = send(
        client, f"/desk/complaints/taken/{report.pk}/scan/", attached=SimpleUploadedFile("b.txt", b"more")
    )
    bad = send(
        client, f"/desk/complaints/taken/{report.pk}/scan/", attached=SimpleUploadedFile("b.exe", b"MZ\x00")
    )
    assert "添えました" in text(added)
    assert bad.status_code == 415
    assert len(complaint_of(agent(), report.complaint_id).reports[0].files) == 2


def test_what_is_missing_to_tell_them_is_said_where_it_belongs(enter: Enter) -> None:
    client = enter(Role.AGENT)
    sheet = open_sheet(client)
    answer = send(client, sheet, **SAID | {"hears": "call", "phone": "12"})
    empty = send(client, sheet, **SAID | {"hears": "post"})

    assert "電話番号として読めません" in text(answer)
    assert "結果を知らせる先が書かれていません" in text(empty)
    assert WORDS in text(empty)


def test_a_call_of_the_telephone_system_waits_on_the_desk_until_somebody_takes_it(enter: Enter) -> None:
    number = reporting.ring_in(machine(), call="c-1", number=NUMBER, at=MONDAY)
    client = enter(Role.AGENT)
    desk, listed = client.get("/desk/complaints/calls/"), client.get("/desk/complaints/")
    first = client.get(f"/desk/complaints/calls/{number}/", follow=True)
    taken = send(client, f"/desk/complaints/calls/{number}/?pick=1")

    assert all("電話がかかっています" in text(one) for one in (desk, listed))
    assert NUMBER not in text(desk) + text(first)
    assert "この電話を受ける" in text(first)
    assert taken.redirect_chain[-1][0].startswith(f"/desk/complaints/calls/{number}/")
    assert NUMBER in text(taken)
    assert "電話がかかっています" not in text(client.get("/desk/complaints/calls/"))
    assert "申し出を書き取る" in text(client.get(f"/desk/complaints/calls/{number}/"))
    assert enter(Role.LEAD).post(f"/desk/complaints/calls/{number}/?pick=1").status_code == 404


def test_whoever_asked_for_it_is_called_back_from_the_desk(enter: Enter) -> None:
    row = telephoned(said=call_me(name="田中"))
    complaints.find_nothing(agent(), complaint=row.complaint_id, because=NothingBecause.IN_ORDER, reason=WHY)
    work()
    client, back = enter(Role.AGENT), CallBack.objects.get().pk
    listed = text(client.get("/desk/complaints/"))
    page = f"/desk/complaints/backs/{back}/"
    shown = text(client.get(page))
    missed = send(client, f"{page}missed/", version=CallBack.objects.get().version)
    told = send(client, f"{page}reached/", reason="伝えた", version=CallBack.objects.get().version)

    assert "折り返す電話：1件" in listed
    assert all(one in shown for one in (NUMBER, "田中", "平日の午後", "取り上げないことにしました"))
    assert "またかけてください" in text(missed)
    assert "伝えたことを記録しました" in text(told)
    assert NUMBER not in text(client.get(page))
    assert client.get(f"{page}nothing/").status_code == 404


def test_only_who_takes_calls_about_orders_is_led_to_them(enter: Enter) -> None:
    pages = {role: text(enter(role).get("/desk/complaints/calls/")) for role in (Role.AGENT, Role.COUNSEL)}
    led = {role: "購入者の電話・手紙を受けるページ" in page for role, page in pages.items()}

    assert led == {Role.AGENT: True, Role.COUNSEL: False}


def test_a_report_is_found_by_the_number_that_was_told(enter: Enter) -> None:
    row, client = telephoned(), enter(Role.AGENT)
    found = client.get(f"/desk/complaints/calls/?report={row.pk}", follow=True)

    assert found.redirect_chain[-1][0] == f"/desk/complaints/taken/{row.pk}/"
    assert WORDS not in text(found)
    more = send(client, f"/desk/complaints/taken/{row.pk}/more/", said="箱もあります。")
    assert "書き足しました" in text(more)
    assert client.get(f"/desk/complaints/taken/{row.pk}/nothing/").status_code == 404
    assert client.get("/desk/complaints/calls/?report=abc").status_code == 200
    assert client.get("/desk/complaints/calls/?report=99999", follow=True).status_code == 404


def test_abuse_is_noted_from_the_matter_and_a_lead_sees_to_it(enter: Enter) -> None:
    number, client = whole(reported()).pk, enter(Role.AGENT)
    flag = f"/desk/complaints/care/?about=complaints.complaint:{number}"
    assert "受けたことを記録する" in text(client.get(f"/desk/complaints/{number}/"))
    words = text(client.get(flag))
    early = client.post(flag, {"conduct": "insult", "said": "どなられた", "ended": "on"})
    flagged = send(client, flag, conduct="insult", said="どなられた", warned="on", ended="on")
    page = f"/desk/complaints/care/{CareRecord.objects.get().pk}/"
    own = text(client.get(page))
    lead = enter(Role.LEAD)
    given = send(lead, page, reason="休憩を取ってもらった")

    assert "お控えください" in words
    assert "電話はここで切らせていただきます" in words
    assert "先に" in words or "注意なしで電話を終えてかまいません" in words
    assert early.status_code == 409
    assert "電話を終える前に、注意の言葉を伝えて" in early.content.decode()
    assert "責任者に伝えました" in text(flagged)
    assert "対応を記録する" not in own
    assert "どなられた" in own
    assert "対応を記録しました" in text(given)
    assert "休憩を取ってもらった" in text(client.get(page))
    case = f"/desk/cases/{cases.case_of(f'complaints.complaint:{number}').number}/"
    assert f"care/?about=complaints.complaint:{number}" in lead.get(case).content.decode()
    for address in (case, f"/desk/complaints/{number}/"):
        assert "カスハラがありました" not in text(lead.get(address)), "the consumer's file is not marked"
    assert Complaint.objects.get().state == "received"
    assert lead.get("/desk/complaints/care/?about=complaints.complaint:999").status_code == 404
    assert "カスハラの記録" in text(lead.get("/desk/complaints/care/"))
