"""Who telephones, writes or comes is heard as everybody is: with or without a name, read back, and told as they wish."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.ground.ledger import facts as ledger
from mamori.ground.outbox.models import Notice
from mamori.ground.post import actions as post
from mamori.ground.post.audience import recipient
from mamori.ground.post.models import Letter, Mail
from mamori.ground.vault import actions as vault
from mamori.law.calls import CallRecording, HearsBy, ReportChannel
from mamori.law.complaints import ComplaintReason, DangerAnswer, NothingBecause
from mamori.rooms.complaints import actions as complaints, tasks
from mamori.rooms.complaints.models import CallSheet, Complaint, ComplaintReport
from mamori.rooms.complaints.queries import (
    NoSuchComplaint,
    address_of,
    complaint_of,
    ref_of,
    said_of,
    subject_of,
)
from mamori.rooms.complaints.reports import queries as callers
from mamori.rooms.complaints.reports.actions import reporting
from mamori.rooms.complaints.reports.actions.reporting import MOST_SCANS
from mamori.rooms.complaints.reports.queries import NoSuchCall
from mamori.rooms.complaints.rules import lacks, summary
from mamori.rooms.complaints.tests.conftest import (
    DAY,
    HOUR,
    MAIL,
    MONDAY,
    WHY,
    WORDS,
    agent,
    anybody,
    lead,
    machine,
    reported,
    told,
    whole,
    work,
)
from mamori.rooms.complaints.tests.telephoned import HOME, NUMBER, call_me, sheet, telephoned

pytestmark = pytest.mark.django_db


def acts(sheet: int) -> list[tuple[str, str]]:
    found = ledger.acts_about(callers.about_sheet(sheet))
    return [(act.kind, act.content["by"]) for act in found if act.content]


def test_a_caller_without_a_name_is_taken_as_everybody_is() -> None:
    row = telephoned()
    [read] = complaint_of(agent(), row.complaint_id).reports

    assert (row.channel, row.hears, row.digest) == ("telephone", "none", None)
    assert (read.said.words, read.said.name, read.said.phone) == (WORDS, "", "")
    assert "お名前は伺わずに受け付けます" in read.said.read_back
    assert row.complaint.listing_ref == "L-1"
    assert [act.kind for act in ledger.acts_about(f"complaints.complaint:{row.complaint_id}")] == [
        "complaints.take"
    ]


def test_a_danger_told_by_telephone_goes_first_and_its_answers_are_kept() -> None:
    danger = {"danger": (DangerAnswer.FIRE, DangerAnswer.KEPT), "lot": "A-12"}
    row = telephoned(reason=ComplaintReason.DANGEROUS, said=danger)
    lot_alone = telephoned(reason=ComplaintReason.DANGEROUS, where="L-2", said={"lot": "B-1"})

    assert row.is_harmed
    assert row.complaint.danger_at == MONDAY
    assert (said_of(row).danger, said_of(row).lot) == (("fire", "kept"), "A-12")
    assert (said_of(lot_alone).lot, lot_alone.is_harmed) == ("B-1", False)
    assert Notice.objects.filter(template="complaints.danger").count() == 6


def test_a_call_about_what_a_page_reported_joins_it_and_neither_is_the_other_ones_repeat() -> None:
    secret = reported()
    first, second = telephoned(), telephoned()
    shown = complaint_of(agent(), first.complaint_id)

    assert {whole(secret).pk} == {first.complaint_id, second.complaint_id}
    assert (shown.total, shown.sources, shown.repeats) == (3, 3, 0)
    assert [one.source for one in shown.reports] == ["A", "B", "C"]
    assert [one.earlier for one in shown.reports] == [None, None, None]


def test_the_same_number_is_one_source_and_what_came_from_it_is_found_again() -> None:
    first = telephoned(number=NUMBER)
    again = telephoned(number="０３（３５０７）２３４５", at=MONDAY + HOUR)
    opened = reporting.open_sheet(agent(MONDAY + 2 * HOUR), number="+81 3 3507 2345")
    shown = callers.sheet_of(agent(), opened)

    assert bytes(first.source) == bytes(again.source)
    assert complaint_of(agent(), again.complaint_id).repeats == 1
    assert [one.pk for one in shown.earlier] == [again.pk, first.pk]
    assert said_of(first).phone == ""
    assert acts(opened) == [("complaints.look_up", "agent:1")]
    assert callers.sheet_of(agent(), reporting.open_sheet(agent(), number="非通知")).earlier == ()


def test_nothing_is_taken_that_was_not_read_back_or_could_not_be_told() -> None:
    opened = reporting.open_sheet(agent())
    known = {"sheet": opened, "told": told(), "secret": "s" * 20}
    with pytest.raises(reporting.SummaryNotHeard):
        reporting.take_report(agent(), said=sheet(), confirmed=False, **known)
    with pytest.raises(reporting.NowhereToTell):
        reporting.take_report(agent(), said=sheet(hears=HearsBy.POST), confirmed=True, **known)
    with pytest.raises(NoSuchCall):
        reporting.take_report(anybody(), said=sheet(), confirmed=True, **known)
    with pytest.raises(NoSuchCall):
        reporting.take_report(agent(), said=sheet(), confirmed=True, **known | {"sheet": opened + 1})

    assert not ComplaintReport.objects.exists()
    assert [lacks(sheet(hears=one)) for one in HearsBy] == ["", "mail", "phone", "post", ""]


def test_the_same_sheet_sent_twice_is_one_report() -> None:
    assert telephoned(secret="t" * 20).pk == telephoned(secret="t" * 20).pk
    assert ComplaintReport.objects.count() == 1


def test_the_summary_says_all_that_will_be_kept_and_spells_the_mail() -> None:
    danger = sheet(danger=(DangerAnswer.INJURY,), lot="A-1", hears=HearsBy.MAIL, mail="a1@b.jp", name="山田")
    by_mail = " ".join(line.ja for line in summary(told(), danger))
    by_call = " ".join(line.ja for line in summary(told(), sheet(**call_me())))
    by_post = " ".join(line.en for line in summary(told(), sheet(hears=HearsBy.POST, post=HOME)))

    for part in (WORDS, "L-1", "けがをした", "A-1", "a 1 @ b . j p", "山田"):
        assert part in by_mail
    assert NUMBER in by_call
    assert "平日の午後" in by_call
    assert HOME in by_post


def test_who_refuses_to_be_recorded_is_heard_all_the_same_and_the_sheet_says_so() -> None:
    row = telephoned(said={"recording": CallRecording.REFUSED})
    [act] = ledger.acts_about(f"complaints.complaint:{row.complaint_id}")

    assert said_of(row).recording is CallRecording.REFUSED
    assert act.content is not None
    assert act.content["payload"]["recording"] == "refused"


def test_who_gave_an_address_on_the_telephone_gets_the_outcome_there_and_no_way_into_the_report(
    settings: pytest.FixtureRequest,
) -> None:
    settings.MAMORI_MAIL = "folder:/tmp/none"  # type: ignore[attr-defined]
    row = telephoned(language="en", said={"hears": HearsBy.MAIL, "mail": MAIL})
    complaints.find_nothing(agent(), complaint=row.complaint_id, because=NothingBecause.IN_ORDER, reason=WHY)
    work()
    [notice] = Notice.objects.filter(to=subject_of(row.ref))
    row.refresh_from_db()

    assert notice.template == "complaints.outcome_told"
    assert "/complaints/mine/" not in repr(notice.body)
    assert recipient(notice.to, MONDAY).mail == MAIL
    assert (Mail.objects.count(), Letter.objects.count()) == (1, 0)
    assert (row.told_round, row.told_at) == (1, MONDAY)


def test_who_wants_a_letter_gets_one_and_its_address_goes_nowhere_else(
    settings: pytest.FixtureRequest,
) -> None:
    settings.MAMORI_MAIL = ""  # type: ignore[attr-defined]
    said = {"channel": ReportChannel.LETTER, "hears": HearsBy.POST, "post": HOME, "name": "佐藤"}
    row, other = telephoned(said=said), telephoned(where="L-2", said={"name": "鈴木"})
    for one in (row, other):
        complaints.find_nothing(
            agent(), complaint=one.complaint_id, because=NothingBecause.ALLOWED, reason=WHY
        )
    work()
    [letter] = Letter.objects.all()
    reader = recipient(letter.to, MONDAY)

    assert (reader.name, reader.address, reader.languages) == ("佐藤", HOME, ("ja",))
    post.mark_printed(lead(), letter=letter.pk)
    post.mark_posted(lead(), letter=letter.pk)
    letter.refresh_from_db()
    assert letter.state == "posted"
    assert address_of(other.ref) == ("", "")
    assert address_of("nobody") == ("", "")


def test_papers_are_put_to_a_report_and_not_without_end() -> None:
    secret = "p" * 22
    note = vault.Upload(name="letter.txt", content="手紙の写しです。".encode())
    with vault.ready_files(agent(), (note,), subject=subject_of(ref_of(secret))) as ready:
        row = telephoned(secret=secret, files=ready, said={"channel": ReportChannel.FAX})
    for _ in range(MOST_SCANS - 1):
        with vault.ready_files(agent(), (note,), subject=subject_of(row.ref)) as ready:
            reporting.add_scan(agent(), report=row.pk, files=ready)

    assert callers.taken_of(agent(), row.pk).files == MOST_SCANS
    with (
        vault.ready_files(agent(), (note,), subject=subject_of(row.ref)) as ready,
        pytest.raises(reporting.ScannedEnough),
    ):
        reporting.add_scan(agent(), report=row.pk, files=ready)
    with pytest.raises(NoSuchComplaint):
        reporting.add_scan(anybody(), report=row.pk, files=ready)
    with pytest.raises(NoSuchComplaint):
        reporting.add_scan(agent(), report=row.pk + 1, files=ready)


def test_the_telephone_system_tells_of_a_call_once_and_the_first_who_takes_it_has_it() -> None:
    number = reporting.ring_in(machine(), call="c-1", number=NUMBER, at=MONDAY)
    assert reporting.ring_in(machine(), call="c-1", number="", at=MONDAY + HOUR) == number
    withheld = reporting.ring_in(machine(), call="c-2", number="", at=MONDAY + DAY)

    [newest, oldest] = callers.waiting(agent())
    assert (newest.row.pk, newest.row.at, oldest.number) == (withheld, MONDAY, "")
    assert callers.waiting(anybody()) == ()
    reporting.pick_up(agent(), sheet=number)
    assert callers.sheet_of(agent(), number).number == NUMBER
    assert callers.last_opened(agent()) == number
    with pytest.raises(NoSuchCall):
        reporting.pick_up(lead(), sheet=number)
    with pytest.raises(NoSuchCall):
        reporting.pick_up(anybody(), sheet=withheld)
    assert acts(number) == [("complaints.ring", "machine:test"), ("complaints.look_up", "agent:1")]


def test_a_sheet_forgets_its_number_after_a_day_and_the_report_keeps_only_what_it_needs() -> None:
    row = telephoned(number=NUMBER, said=call_me())
    waits = reporting.ring_in(machine(), call="c-1", number=NUMBER, at=MONDAY)
    assert tasks.erase_sheets(machine(), MONDAY, 10) == 0
    assert tasks.erase_sheets(machine(MONDAY + DAY), MONDAY + timedelta(seconds=1), 10) == 2

    assert list(CallSheet.objects.values_list("number", flat=True)) == [None, None]
    assert callers.sheet_of(agent(), CallSheet.objects.get(report=row).pk).number == ""
    assert said_of(row).phone == NUMBER
    assert callers.waiting(agent()) == ()
    with pytest.raises(NoSuchCall):
        reporting.pick_up(agent(), sheet=waits)


def test_what_an_agent_tells_aloud_is_of_calls_and_papers_alone() -> None:
    secret = reported()
    page = ComplaintReport.objects.get(ref=ref_of(secret))
    row = telephoned()
    with pytest.raises(NoSuchComplaint):
        callers.taken_of(agent(), page.pk)
    with pytest.raises(NoSuchComplaint):
        callers.taken_of(anybody(), row.pk)
    with pytest.raises(NoSuchCall):
        callers.sheet_of(anybody(), 1)
    assert WORDS not in repr(callers.taken_of(agent(), row.pk))
    assert Complaint.objects.count() == 1


def test_who_telephones_again_adds_to_the_report_and_may_ask_for_another_look_once() -> None:
    row = telephoned()
    reporting.add_words_for(agent(), report=row.pk, said="箱もあります。")
    with pytest.raises(reporting.NotToAskAgain):
        reporting.ask_again_for(agent(), report=row.pk, said="見直してください。")
    complaints.find_nothing(agent(), complaint=row.complaint_id, because=NothingBecause.IN_ORDER, reason=WHY)
    reporting.ask_again_for(agent(MONDAY + HOUR), report=row.pk, said="見直してください。")
    with pytest.raises(reporting.NotToAskAgain):
        reporting.ask_again_for(agent(), report=row.pk, said="もう一度。")
    secret = reported(where="L-2")
    page = ComplaintReport.objects.get(ref=ref_of(secret))
    for actor, report in ((anybody(), row.pk), (agent(), page.pk)):
        with pytest.raises(NoSuchComplaint):
            reporting.add_words_for(actor, report=report, said="だれか。")

    row.complaint.refresh_from_db()
    act = ledger.acts_about(f"complaints.complaint:{row.complaint_id}")[-1]
    assert [words for _, words in said_of(ComplaintReport.objects.get(pk=row.pk)).more] == [
        "箱もあります。",
        "見直してください。",
    ]
    assert row.complaint.again_at == MONDAY + HOUR
    assert act.content is not None
    assert (act.content["by"], act.content["payload"]["taken_by"]) == ("anonymous", "agent:1")
