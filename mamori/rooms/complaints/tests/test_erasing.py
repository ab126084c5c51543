"""Reports go when their time is over, each with its own key; what is held, open or looked at again stays."""

from __future__ import annotations

import pytest

from mamori.ground.cases import actions as case_actions, facts as cases
from mamori.ground.seal import actions as seal
from mamori.ground.vault import actions as vault, facts as files
from mamori.law.grounds import SUIT
from mamori.law.retention import COMPLAINT_REPORTS
from mamori.rooms.complaints import actions as complaints, tasks
from mamori.rooms.complaints.models import ComplaintReport
from mamori.rooms.complaints.queries import (
    about_complaint,
    about_report,
    complaint_of,
    picture_of,
    ref_of,
    said_of,
    subject_of,
)
from mamori.rooms.complaints.reports.actions import reporting
from mamori.rooms.complaints.rules import ReportSaid
from mamori.rooms.complaints.tests.conftest import (
    DAY,
    MONDAY,
    WHY,
    WORDS,
    agent,
    anybody,
    dismiss,
    lead,
    machine,
    reported,
    row,
    told,
    uphold,
    whole,
)

pytestmark = pytest.mark.django_db
NOTE = "ロット番号は A-12 です。".encode()


def erase(days: int = 400) -> int:
    at = MONDAY + days * DAY
    over = COMPLAINT_REPORTS.over(COMPLAINT_REPORTS.days, at)
    assert over is not None
    return tasks.erase_reports(machine(at), over, 100)


def with_file() -> str:
    secret = "f" * 22
    uploads = (vault.Upload(name="memo.txt", content=NOTE),)
    with vault.ready_files(anybody(), uploads, subject=subject_of(ref_of(secret))) as ready:
        reporting.report(anybody(), told=told(), secret=secret, source="192.0.2.1", files=ready)
    return secret


def test_a_report_is_erased_with_its_files_and_what_it_came_from_and_the_decision_stays() -> None:
    secret = with_file()
    number, report = whole(secret).pk, row(secret).pk
    assert picture_of(agent(), report, 1, 1).content == NOTE
    dismiss(secret)

    assert erase(days=300) == 0
    assert erase() == 1
    assert erase() == 0
    gone = ComplaintReport.objects.get(pk=report)
    assert (gone.digest, bytes(gone.source), bytes(gone.mark)) == (None, b"", b"")
    assert said_of(gone) == ReportSaid()
    assert not files.files_about(about_report(gone.ref))[0].is_shown
    shown = complaint_of(agent(), number)
    assert shown.reports[0].said.words == ""
    assert [act.verb for act in shown.past] == ["report", "find_nothing"]


def test_one_report_goes_without_the_others() -> None:
    first, second = reported(), reported(source="198.51.100.7")
    seal.hold(
        what=subject_of(row(second).ref),
        covers=[],
        ground=SUIT.code,
        title=SUIT.title,
        reason="訴えがある。",
        by="lead:2",
        at=MONDAY,
    )
    dismiss(first)

    assert erase() == 1
    assert said_of(row(second)).words == WORDS


def test_what_is_open_held_or_looked_at_again_stays() -> None:
    open_, again, held = reported(), reported(where="L-2"), reported(where="S-1")
    for secret in (again, held):
        dismiss(secret)
    reporting.ask_again(anybody(MONDAY + DAY), secret=again, said="見直してください。")
    seal.hold(
        what=about_complaint(whole(held).pk),
        covers=[],
        ground=SUIT.code,
        title=SUIT.title,
        reason="訴えがある。",
        by="lead:2",
        at=MONDAY,
    )

    assert erase() == 0
    assert {said_of(row(one)).words for one in (open_, again, held)} == {WORDS}


def test_what_staff_noted_is_kept_as_long_as_the_words_from_the_decision_on_the_second_look() -> None:
    secret = reported()
    about = about_complaint(whole(secret).pk)
    case_actions.note(agent(), about=about, text="倉庫に聞いた。")
    dismiss(secret)
    reporting.ask_again(anybody(MONDAY + DAY), secret=secret, said="見直してください。")
    complaints.keep_outcome(lead(MONDAY + 9 * DAY), complaint=whole(secret).pk, reason=WHY)

    assert cases.case_of(about).closed_at == MONDAY + 9 * DAY
    for over, gone in ((MONDAY + 9 * DAY, 0), (MONDAY + 10 * DAY, 1)):
        assert tasks.erase_reports(machine(over), over, 10) == gone
        assert case_actions.erase_notes(machine(over), over, 10, tasks.held_by) == gone


def test_a_hold_on_the_shop_or_on_the_finding_keeps_what_was_reported() -> None:
    secret, unknown = reported(), reported(where="L-404")
    uphold(secret)
    dismiss(unknown)
    number = cases.case_of(f"enforcement.finding:{whole(secret).finding}").number
    hold = vault.hold(lead(), what=number, ground=SUIT, reason="訴えがある。")

    assert erase() == 1
    vault.lift(lead(), number=hold, reason="終わった。")
    vault.hold(lead(), what="seller:S-1", ground=SUIT, reason="訴えがある。")
    assert erase() == 0
    assert said_of(row(secret)).words == WORDS


def test_only_so_many_go_at_once() -> None:
    for number in range(3):
        dismiss(reported(where="L-2", source=f"192.0.2.{number}"))

    assert reporting.erase_reports(machine(), over=MONDAY + DAY, limit=2) == 2
