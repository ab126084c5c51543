"""Whoever reported takes it back: the words go for good, nobody is told any more, and the matter goes on without them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.ledger import facts as ledger
from mamori.ground.post import actions as post
from mamori.ground.seal import actions as seal
from mamori.ground.vault import actions as vault, facts as files
from mamori.law.calls import HearsBy
from mamori.law.complaints import ComplaintReason, DangerAnswer, GoneBecause
from mamori.law.grounds import SUIT
from mamori.rooms.complaints import actions as complaints
from mamori.rooms.complaints.facts import address_of, mail_of
from mamori.rooms.complaints.lifecycle import ComplaintState
from mamori.rooms.complaints.models import CallBack, CallSheet, ComplaintReport
from mamori.rooms.complaints.queries import (
    NoReportHere,
    NoSuchComplaint,
    about_complaint,
    about_report,
    complaint_of,
    ref_of,
    said_of,
    subject_of,
)
from mamori.rooms.complaints.reports.actions import reporting, telling
from mamori.rooms.complaints.reports.queries import mine
from mamori.rooms.complaints.rules import ReportSaid
from mamori.rooms.complaints.tests.conftest import (
    DAY,
    MAIL,
    MONDAY,
    WORDS,
    actor,
    agent,
    anybody,
    confirmed,
    dismiss,
    lead,
    machine,
    mailed,
    reported,
    row,
    told,
    uphold,
    whole,
    work,
)
from mamori.rooms.complaints.tests.telephoned import HOME, call_me, telephoned

pytestmark = pytest.mark.django_db
ASKED = "受付番号と話した内容で本人と確かめた。"


def with_file() -> str:
    secret = "t" * 22
    uploads = (vault.Upload(name="memo.txt", content="ロット A-12".encode()),)
    with vault.ready_files(anybody(), uploads, subject=subject_of(ref_of(secret))) as ready:
        reporting.report(anybody(), told=told(), secret=secret, source="192.0.2.1", files=ready)
    return secret


def gone(report: ComplaintReport) -> ComplaintReport:
    return ComplaintReport.objects.get(pk=report.pk)


def test_words_files_address_and_source_go_and_the_matter_stays_with_the_count() -> None:
    secret, other = with_file(), reported(source="198.51.100.7")
    before = row(secret)
    reporting.take_back(anybody(MONDAY + DAY), secret=secret)

    after = gone(before)
    assert said_of(after) == ReportSaid()
    assert (after.digest, bytes(after.source), bytes(after.mark), after.taken_back_at) == (
        None,
        b"",
        b"",
        MONDAY + DAY,
    )
    assert not files.files_about(about_report(after.ref))[0].is_shown
    with pytest.raises(NoReportHere):
        mine(secret, at=MONDAY + DAY)
    shown = complaint_of(agent(), whole(other).pk)
    assert (shown.total, shown.state) == (2, ComplaintState.RECEIVED)
    assert [one.row.taken_back_at is not None for one in shown.reports] == [True, False]
    assert [one.said.words for one in shown.reports] == ["", WORDS]
    last = ledger.acts_about(about_complaint(shown.number))[-1].content
    assert last is not None
    assert (last["kind"], last["by"], last["role"]) == ("complaints.take_back", "anonymous", "anonymous")


def test_nobody_who_took_it_back_is_told_even_of_what_is_on_its_way() -> None:
    secret, stays = confirmed(), confirmed(source="198.51.100.7", mail="other@example.jp")
    left = row(secret)
    dismiss(secret)
    reporting.take_back(anybody(MONDAY + DAY), secret=secret)
    work(MONDAY + DAY)

    assert mail_of(left.ref) == ("", "")
    assert gone(left).told_round == 0
    assert row(stays).told_round == 1
    assert telling.notify_reporters(machine(), complaint=whole(stays).pk) == 0


def test_a_mail_that_waits_to_be_sent_is_not_sent(settings: Any, tmp_path: Path) -> None:
    settings.MAMORI_MAIL, settings.MAMORI_MAIL_FROM = f"folder:{tmp_path}/mail", "house@mamori.example.jp"
    secret, stays = confirmed(), confirmed(source="198.51.100.7", mail="other@example.jp")
    dismiss(secret)
    work()
    reporting.take_back(anybody(), secret=secret)
    while post.deliver(at=MONDAY + DAY):
        pass

    mails = [one.read_text() for one in (tmp_path / "mail").rglob("*.eml")]
    assert any("other@example.jp" in one for one in mails)
    assert not any(MAIL in one for one in mails)
    assert mailed(stays)


def test_a_decision_on_its_way_is_made_all_the_same_and_a_second_look_too() -> None:
    secret = reported()
    version = whole(secret).version
    complaint = whole(secret).pk
    reporting.take_back(anybody(), secret=secret)
    complaints.begin_complaint(agent(), complaint=complaint, version=version)
    assert complaint_of(agent(), complaint).is_looked_at

    again = reported(where="L-2")
    dismiss(again)
    number = whole(again).pk
    reporting.ask_again(anybody(MONDAY + DAY), secret=again, said="見直してください。")
    reporting.take_back(anybody(MONDAY + DAY), secret=again)
    complaints.keep_outcome(lead(MONDAY + DAY), complaint=number, reason="見直した。")
    assert not complaint_of(agent(), number).is_again


def test_of_a_danger_what_has_to_be_acted_on_is_kept_until_its_time_is_over() -> None:
    secret = confirmed(reason=ComplaintReason.DANGEROUS)
    reporting.answer_danger(
        anybody(), secret=secret, danger=[DangerAnswer.FIRE, DangerAnswer.KEPT], lot="A-12"
    )
    before, number = row(secret), whole(secret).pk
    uphold(secret)
    reporting.take_back(anybody(MONDAY + DAY), secret=secret)
    after = gone(before)

    assert said_of(after) == ReportSaid(where="L-1", danger=("fire", "kept"), lot="A-12")
    assert (after.is_harmed, after.confirmed_at, mail_of(after.ref)) == (True, None, ("", ""))
    work(MONDAY + DAY)
    assert gone(after).told_round == 0
    assert reporting.erase_reports(machine(), over=MONDAY + 400 * DAY, limit=10) == 1
    assert said_of(gone(after)) == ReportSaid()
    assert complaint_of(agent(), number).total == 1


@pytest.mark.parametrize("held", ["report", "complaint", "seller"])
def test_what_is_held_is_kept_and_it_is_not_said_why(held: str) -> None:
    secret = reported()
    names = {
        "report": subject_of(row(secret).ref),
        "complaint": about_complaint(whole(secret).pk),
        "seller": "seller:S-1",
    }
    seal.hold(
        what=names[held],
        covers=[],
        ground=SUIT.code,
        title=SUIT.title,
        reason="訴えがある。",
        by="lead:2",
        at=MONDAY,
    )

    number = row(secret).pk
    reporting.take_back(anybody(), secret=secret)
    kept = ComplaintReport.objects.get(pk=number)

    assert said_of(kept).words == WORDS
    assert (kept.digest, kept.hears, kept.taken_back_at) == (None, "none", MONDAY)
    with pytest.raises(NoReportHere):
        reporting.take_back(anybody(), secret=secret)


def test_staff_do_not_erase_what_is_held() -> None:
    taken = telephoned()
    vault.hold(lead(), what=about_complaint(taken.complaint_id), ground=SUIT, reason="訴えがある。")

    with pytest.raises(reporting.ReportKept):
        reporting.take_back_for(agent(), report=taken.pk, reason=ASKED)


def test_staff_erase_what_was_told_by_telephone_and_nobody_is_called() -> None:
    taken = telephoned(number="03-3507-2345", said=call_me())
    complaints.find_gone(
        agent(), complaint=taken.complaint_id, because=GoneBecause.PUT_RIGHT, reason="確かめた。"
    )
    telling.line_up_calls(machine(), complaint=taken.complaint_id)
    assert CallBack.objects.get(report=taken).closed_at is None
    reporting.take_back_for(agent(MONDAY + DAY), report=taken.pk, reason=ASKED)

    assert CallBack.objects.get(report=taken).closed_at == MONDAY + DAY
    assert telling.line_up_calls(machine(), complaint=taken.complaint_id) == 0
    assert gone(taken).hears == HearsBy.NONE
    sheet = CallSheet.objects.get(report=taken)
    assert (sheet.number, bytes(sheet.caller)) == (None, b"")
    assert complaint_of(agent(), taken.complaint_id).past[-1].reason == ASKED


def test_a_letter_goes_nowhere_any_more() -> None:
    taken = telephoned(said={"hears": HearsBy.POST, "post": HOME, "name": "春山 たま"})
    assert address_of(taken.ref) == ("春山 たま", HOME)
    reporting.take_back_for(agent(), report=taken.pk, reason=ASKED)

    assert address_of(taken.ref) == ("", "")


def test_staff_erase_only_what_staff_took_and_once() -> None:
    by_page, taken = row(reported()), telephoned()
    danger = telephoned(where="L-2", reason=ComplaintReason.DANGEROUS)
    for one in (taken, danger):
        reporting.take_back_for(agent(), report=one.pk, reason=ASKED)
        with pytest.raises(NoSuchComplaint):
            reporting.add_words_for(agent(), report=one.pk, said="まだある。")

    for actor_, report in ((agent(), by_page), (agent(), taken), (actor("reader:9", Role.READER), danger)):
        with pytest.raises(NoSuchComplaint):
            reporting.take_back_for(actor_, report=report.pk, reason=ASKED)


def test_on_its_own_page_it_is_erased_after_it_was_said_what_stays(enter: Enter) -> None:
    secret, client = reported(reason=ComplaintReason.DANGEROUS), enter()
    page, number = f"/complaints/mine/{secret}/", row(secret).complaint_id
    assert 'href="take-back/"' in client.get(page).content.decode()
    asked = client.get(f"{page}take-back/").content.decode()
    assert "元には戻せません" in asked
    assert "ほかの人の安全のため" in asked
    done = client.post(f"{page}take-back/", {"token": str(uuid4())}, follow=True)

    assert done.redirect_chain[-1][0] == "/complaints/?done=take-back"
    assert "申し出を取り下げました" in done.content.decode()
    assert client.get(page).status_code == 404
    assert "取り下げられ、消えた" in enter(Role.AGENT).get(f"/desk/complaints/{number}/").content.decode()


def test_whether_something_is_held_is_not_told_on_the_page(enter: Enter) -> None:
    secret = reported()
    vault.hold(lead(), what="seller:S-1", ground=SUIT, reason="訴えがある。")
    answer = enter().post(f"/complaints/mine/{secret}/take-back/", {"token": str(uuid4())})

    assert (answer.status_code, answer["Location"]) == (302, "/complaints/?done=take-back")


def test_staff_erase_on_their_page_and_see_that_it_is_gone(enter: Enter) -> None:
    taken, desk = telephoned(), enter(Role.AGENT)
    page = f"/desk/complaints/taken/{taken.pk}/"
    done = desk.post(f"{page}erase/", {"token": str(uuid4()), "reason": ASKED}, follow=True)

    assert done.status_code == 200
    assert "この申し出の言葉と連絡先は消えています" in done.content.decode()
    assert f"{page}erase/" not in done.content.decode()
