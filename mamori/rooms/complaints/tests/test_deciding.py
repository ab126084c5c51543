"""Staff decide what was reported: as a finding in their own words or without one; another look is somebody else's."""

from __future__ import annotations

import pytest

from mamori.grammar.actor import Role
from mamori.grammar.measure import Severity
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.law.breaches import COUNTERFEIT
from mamori.law.complaints import (
    BECAUSE,
    COMPLAINT_REASONS,
    ComplaintReason,
    GoneBecause,
    NothingBecause,
    OutsideBecause,
    ReportedWhat,
)
from mamori.rooms.complaints import actions as complaints
from mamori.rooms.complaints.lifecycle import ComplaintState
from mamori.rooms.complaints.queries import NoSuchComplaint, complaint_of, picture_of
from mamori.rooms.complaints.reports.actions import reporting
from mamori.rooms.complaints.reports.queries import mine
from mamori.rooms.complaints.tests.conftest import (
    DAY,
    FOUND,
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
    ring,
    running,
    uphold,
    whole,
)
from mamori.rooms.enforcement.models import Finding

pytestmark = pytest.mark.django_db
AGAIN = "ほかの商品でも同じ箱でした。"


def again(secret: str) -> None:
    reporting.ask_again(anybody(MONDAY + DAY), secret=secret, said=AGAIN)


def accept(secret: str, by: object = None) -> None:
    complaints.accept(agent(), complaint=whole(secret).pk, reason=WHY)


def test_what_is_taken_up_is_a_finding_about_the_seller_found_by_staff() -> None:
    secret = reported()
    uphold(secret, agent(MONDAY + DAY))

    found = Finding.objects.get(pk=whole(secret).finding)
    assert (found.breach, found.seller_ref, found.listing_ref) == (COUNTERFEIT.code, "S-1", "L-1")
    assert (found.source, found.reporter, found.found_at) == ("report", "", MONDAY + DAY)
    assert whole(secret).state == ComplaintState.UPHELD
    assert complaint_of(agent(), whole(secret).pk).finding_case
    assert running(secret) == {}


def test_what_is_no_breach_or_of_no_known_shop_is_taken_up_without_a_finding() -> None:
    price, unknown = reported(reason=ComplaintReason.PRICE), reported(where="L-404")
    for secret in (price, unknown):
        with pytest.raises(complaints.NoFindingComes):
            uphold(secret)
        accept(secret)
        assert (whole(secret).state, whole(secret).finding) == (ComplaintState.UPHELD, None)
    assert not Finding.objects.exists()


def test_a_breach_of_a_known_shop_is_not_taken_up_without_one() -> None:
    with pytest.raises(complaints.NoFindingComes):
        accept(reported())


@pytest.mark.parametrize(
    ("verb", "because", "state"),
    [
        (complaints.find_nothing, NothingBecause.NOT_ENOUGH, ComplaintState.NOT_UPHELD),
        (complaints.find_outside, OutsideBecause.ORDER, ComplaintState.OUTSIDE),
        (complaints.find_gone, GoneBecause.TAKEN_DOWN, ComplaintState.GONE),
    ],
)
def test_who_reported_reads_the_kind_of_outcome_and_its_reason(
    verb: object, because: object, state: object
) -> None:
    secret = reported()
    assert mine(secret, at=MONDAY).heard == ()
    verb(agent(), complaint=whole(secret).pk, because=because, reason=WHY)  # type: ignore[operator]

    assert whole(secret).state == state
    assert mine(secret, at=MONDAY).heard[1] == because.text  # type: ignore[attr-defined]
    assert WHY not in repr(mine(secret, at=MONDAY).heard)


def test_another_look_is_asked_once_in_time_and_made_by_somebody_else() -> None:
    secret, other = reported(), reported(source="198.51.100.7")
    with pytest.raises(reporting.NotToAskAgain):
        again(secret)
    dismiss(secret)
    again(secret)
    with pytest.raises(reporting.NotToAskAgain):
        again(other)

    assert "complaints.decision" in running(secret)
    with pytest.raises(complaints.AgainNeedsAnother):
        uphold(secret, agent(MONDAY + 2 * DAY))
    uphold(secret, lead(MONDAY + 2 * DAY))
    assert whole(secret).state == ComplaintState.UPHELD
    assert whole(secret).round == 2
    assert running(secret) == {}
    assert mine(secret, at=MONDAY).row.complaint.again_done_at


def test_the_outcome_may_stand_and_nobody_looks_a_third_time() -> None:
    secret = reported()
    dismiss(secret)
    with pytest.raises(complaints.NobodyAskedAgain):
        complaints.keep_outcome(lead(), complaint=whole(secret).pk, reason=WHY)
    again(secret)
    complaints.keep_outcome(lead(MONDAY + 2 * DAY), complaint=whole(secret).pk, reason=WHY)

    assert (whole(secret).state, whole(secret).because) == (ComplaintState.NOT_UPHELD, "in-order")
    with pytest.raises(reporting.NotToAskAgain):
        again(secret)
    with pytest.raises(complaints.NobodyAskedAgain):
        dismiss(secret, lead())


def test_another_look_may_find_another_reason_but_not_the_same_outcome_anew() -> None:
    secret = reported()
    dismiss(secret)
    again(secret)
    with pytest.raises(StepNotOpen):
        dismiss(secret, lead())
    complaints.find_gone(lead(), complaint=whole(secret).pk, because=GoneBecause.PUT_RIGHT, reason=WHY)

    assert whole(secret).state == ComplaintState.GONE


def test_after_its_time_another_look_cannot_be_asked() -> None:
    secret = reported()
    dismiss(secret)
    with pytest.raises(reporting.NotToAskAgain):
        reporting.ask_again(anybody(MONDAY + 40 * DAY), secret=secret, said=AGAIN)


def test_what_is_taken_up_is_not_looked_at_again() -> None:
    secret = reported()
    uphold(secret)
    with pytest.raises(reporting.NotToAskAgain):
        again(secret)


def test_who_saw_an_older_state_is_told_what_was_done_meanwhile() -> None:
    secret = reported()
    complaints.begin_complaint(agent(), complaint=whole(secret).pk, version=0)
    with pytest.raises(ChangedMeanwhile):
        complaints.begin_complaint(lead(), complaint=whole(secret).pk, version=0)


def test_nobody_but_staff_reads_or_decides_it() -> None:
    secret = reported()
    number = whole(secret).pk
    reader = actor("reader:9", Role.READER)

    assert complaint_of(reader, number).reports[0].earlier is None
    for role in (Role.SELLER, Role.BUYER, Role.ANONYMOUS):
        with pytest.raises(NoSuchComplaint):
            complaint_of(actor("seller:S-1", role), number)
    for by, refusal in ((reader, NoSuchComplaint), (anybody(), StepNotYours)):
        with pytest.raises(refusal):
            complaints.begin_complaint(by, complaint=number)
    with pytest.raises(NoSuchComplaint):
        complaints.begin_complaint(agent(), complaint=404)
    with pytest.raises(NoSuchComplaint):
        picture_of(agent(), 404, 1, 1)


def test_what_waits_too_long_is_said_to_staff_and_rings_again() -> None:
    secret = reported(reason=ComplaintReason.DANGEROUS)
    ring(MONDAY + 5 * HOUR)
    before = complaint_of(agent(), whole(secret).pk)

    assert before.past[-1].verb == "remind"
    assert running(secret)["complaints.danger"] > MONDAY + 5 * HOUR
    assert before.is_dangerous
    assert not before.is_looked_at


def test_how_earlier_reports_from_a_source_ended_is_shown_to_staff() -> None:
    first, second = reported(), reported(where="L-2")
    uphold(first)
    dismiss(second)
    third = reported(what=ReportedWhat.SHOP, where="S-1", reason=ComplaintReason.SCAM)
    fresh = reported(what=ReportedWhat.SHOP, where="S-1", reason=ComplaintReason.SCAM, source="198.51.100.9")

    known, unknown = complaint_of(agent(), whole(third).pk).reports
    assert whole(fresh) == whole(third)
    assert known.earlier is not None
    assert (known.earlier.upheld, known.earlier.decided) == (1, 2)
    assert unknown.earlier is None


def test_the_machine_decides_nothing() -> None:
    with pytest.raises(StepNotYours):
        dismiss(reported(), machine())


def test_every_reason_says_what_it_may_become_and_every_outcome_why() -> None:
    assert set(COMPLAINT_REASONS) == set(ComplaintReason)
    assert {one for one, rule in COMPLAINT_REASONS.items() if rule.breach is None} == {
        ComplaintReason.PRICE,
        ComplaintReason.OTHER,
    }
    assert all(text.ja and text.en for text in BECAUSE.values())
    assert {Severity.GRAVE} == {
        COMPLAINT_REASONS[one].severity for one in (ComplaintReason.DANGEROUS, ComplaintReason.SCAM)
    }
    assert FOUND
