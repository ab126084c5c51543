"""What a request means is acted upon once: within it, or on our own decision; and what the marketplace confirms is noted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.statechart import StepNotOpen
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.market.facts import ListingState
from mamori.ground.outbox import actions as outbox
from mamori.law.requests import RequestBasis
from mamori.rooms.enforcement.findings.actions import dismiss
from mamori.rooms.enforcement.measures import statements
from mamori.rooms.enforcement.measures.actions import hiding
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.enforcement.rules.bounds import Dismissed
from mamori.rooms.safety.hits import actions, queries, rules
from mamori.rooms.safety.hits.rules import HitOutcome, HitWay
from mamori.rooms.safety.models import AuthorityRequest, RequestHit
from mamori.rooms.safety.requests.matter import about, number_of
from mamori.rooms.safety.tests import requested as told
from tests.laid import laid

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("listed")]
AGENT, LATER = told.actor(), told.MONDAY + timedelta(hours=5)


@laid
def listed(db: None) -> None:
    told.shops()
    for ref in ("L-1", "L-2", "L-3"):
        told.listing(ref)


def meant(
    *refs: str,
    basis: RequestBasis = RequestBasis.PRODUCT_SAFETY,
    verified: bool = True,
    confirmed: bool = True,
) -> int:
    """Lay a request whose list names these, all of them judged as meant."""
    number = told.request(basis, verified=verified)
    actions.list_goods(AGENT, request=number, pasted="\n".join(map(told.URL.format, refs)))
    actions.judge_sure(AGENT, request=number)
    if verified and confirmed:
        actions.confirm_hits(AGENT, request=number)
    return number


def outcomes(number: int) -> list[tuple[str, str, str]]:
    return [(one.listing_ref, one.way, one.outcome) for one in told.hits(number)]


def read_by_seller(number: int) -> str:
    found = Finding.objects.get(pk=told.hits(number)[0].finding)
    return " ".join(one.ja for one in statements.facts_of(found)) + found.source


def test_within_a_verified_and_confirmed_request_each_listing_is_hidden_and_the_seller_reads_who_asked() -> (
    None
):
    number = meant("L-1", "L-2")

    assert actions.act_on(AGENT, request=number, way=HitWay.WITHIN) == 2
    assert outcomes(number) == [("L-1", "within", "hidden"), ("L-2", "within", "hidden")]
    found = Finding.objects.order_by("listing_ref")
    assert [(one.breach, one.harm, one.source, one.origin) for one in found] == [
        ("dangerous-goods", "danger", "authority", f"{about(number)}:L-1"),
        ("dangerous-goods", "danger", "authority", f"{about(number)}:L-2"),
    ]
    assert (
        list(Measure.objects.values_list("kind", "state"))
        == [("listing-hidden-provisionally", "ordered")] * 2
    )
    assert f"要請番号：{number_of(number)}" in read_by_seller(number)
    assert "行政機関から" in read_by_seller(number)
    assert [one.clause != "" for one in told.hits(number)] == [True, True]
    assert told.row(number).state == "acted"


def test_before_it_is_verified_only_our_own_decision_is_possible_and_it_says_nothing_of_an_authority() -> (
    None
):
    number = meant("L-1", verified=False)
    with pytest.raises(actions.NotWithin):
        actions.act_on(AGENT, request=number, way=HitWay.WITHIN)
    assert not Finding.objects.exists()

    actions.act_on(AGENT, request=number, way=HitWay.OWN)
    assert outcomes(number) == [("L-1", "own", "hidden")]
    said = read_by_seller(number)
    assert "行政" not in said
    assert "要請" not in said
    assert said.endswith("staff")
    assert told.row(number).state == "received"


def test_a_verified_request_is_not_acted_upon_within_before_a_person_has_confirmed_what_it_means() -> None:
    number = meant("L-1", confirmed=False)

    with pytest.raises(actions.NotWithin):
        actions.act_on(AGENT, request=number, way=HitWay.WITHIN)
    assert not Finding.objects.exists()


def test_our_own_decision_after_it_was_verified_says_so() -> None:
    number = meant("L-1")
    actions.act_on(AGENT, request=number, way=HitWay.OWN)

    assert "運営者が自らの判断で調べた" in read_by_seller(number)
    assert outcomes(number) == [("L-1", "own", "hidden")]


@pytest.mark.parametrize(
    ("basis", "breach"),
    [
        (RequestBasis.DPF_ACT, "display-false"),
        (RequestBasis.COMMERCE, "display-missing"),
        (RequestBasis.MEDICINES, "effects"),
        (RequestBasis.USED_GOODS, "permit-not-shown"),
        (RequestBasis.POLICE, "unlawful-goods"),
    ],
)
def test_of_a_display_or_an_advertisement_a_breach_is_found_and_a_person_decides(
    basis: RequestBasis, breach: str
) -> None:
    number = meant("L-1", basis=basis)

    actions.act_on(AGENT, request=number, way=HitWay.WITHIN)
    assert list(Finding.objects.values_list("breach", "harm")) == [(breach, "none")]
    assert not Measure.objects.exists()
    assert outcomes(number) == [("L-1", "within", "found")]


def test_what_is_dangerous_is_hidden_whatever_the_basis() -> None:
    number = meant("L-1", basis=RequestBasis.POLICE)
    actions.act_on(AGENT, request=number, way=HitWay.OWN, danger=True)

    assert list(Finding.objects.values_list("breach", "harm")) == [("dangerous-goods", "danger")]
    assert outcomes(number) == [("L-1", "own", "hidden")]


def test_nothing_is_done_twice_and_nothing_skipped_in_silence() -> None:
    number = meant("L-1", "L-2", "L-3", "L-1", confirmed=True)
    told.gone("L-2")
    told.listing("L-3", "S-2", told.MONDAY + timedelta(minutes=1))

    assert actions.act_on(AGENT, request=number, way=HitWay.WITHIN) == 3
    assert outcomes(number) == [
        ("L-1", "within", "hidden"),
        ("L-2", "within", "gone"),
        ("L-3", "", "moved"),
        ("L-1", "within", "hidden"),
    ]
    assert Finding.objects.count() == 1
    assert told.row(number).state == "confirmed"

    assert (
        actions.act_on(AGENT, request=number, way=HitWay.WITHIN) == 1
    )  # L-3 alone, and again it is another seller's
    left = told.hits(number)[2]
    actions.judge_hits(AGENT, request=number, meant=[], among=[left.pk])
    assert told.row(number).state == "acted"
    assert Finding.objects.count() == 1
    with pytest.raises(actions.NothingToAct):
        actions.act_on(AGENT, request=number, way=HitWay.WITHIN)


def test_what_another_request_has_hidden_is_hidden_for_this_one_too() -> None:
    first, second = meant("L-1"), meant("L-1")
    actions.act_on(AGENT, request=first, way=HitWay.WITHIN)
    told.listing("L-1", at=told.MONDAY + timedelta(minutes=1), state=ListingState.HIDDEN)

    actions.act_on(AGENT, request=second, way=HitWay.WITHIN)
    assert outcomes(second) == [("L-1", "within", "hidden_too")]
    assert Finding.objects.count() == 2


def test_a_forged_request_is_never_carried_out() -> None:
    number = meant("L-1")
    AuthorityRequest.objects.filter(pk=number).update(state="forged", closed_at=AGENT.at)

    for way in HitWay:
        with pytest.raises(StepNotOpen):
            actions.act_on(AGENT, request=number, way=way)
    assert not Finding.objects.exists()


def test_what_the_marketplace_confirms_is_done_and_what_is_shown_again_waits_for_staff() -> None:
    number = meant("L-1")
    actions.act_on(AGENT, request=number, way=HitWay.WITHIN)
    hit = told.hits(number)[0]
    assert rules.said_of(hit)[0] == rules.ORDERED

    told.confirm_all(LATER)
    hit = told.hits(number)[0]
    assert (hit.done_at, hit.undone_at) == (LATER, None)
    assert rules.said_of(hit) == (rules.DONE, LATER)

    assert hit.finding is not None
    after = LATER + timedelta(hours=1)
    hiding.lift_hiding(told.actor(Role.LEAD, after), finding=hit.finding, reason="危険はなかった")
    outbox.work(at=after)
    hit = told.hits(number)[0]
    assert hit.undone_at == after
    assert rules.said_of(hit) == (rules.SHOWN_AGAIN, after)
    assert cases.case_of(about(number)).attention == "undone"
    actions.look_undone(AGENT, request=number, reason="責任者の判断を確かめた")
    assert cases.case_of(about(number)).attention == "answer"


def test_what_something_else_still_hides_is_not_shown_again() -> None:
    first, second = meant("L-1"), meant("L-1")
    for number in (first, second):
        actions.act_on(AGENT, request=number, way=HitWay.WITHIN)
    told.confirm_all(LATER)
    one = told.hits(first)[0]

    assert one.finding is not None
    hiding.lift_hiding(told.actor(Role.LEAD, LATER), finding=one.finding, reason="危険はなかった")
    outbox.work(at=LATER)
    assert RequestHit.objects.filter(undone_at__isnull=False).count() == 0

    other = told.hits(second)[0].finding
    assert other is not None
    dismiss(told.actor(Role.LEAD, LATER), finding=other, because=Dismissed.NO_BREACH, reason="危険はなかった")
    outbox.work(at=LATER)
    assert RequestHit.objects.filter(undone_at=LATER).count() == 2


def test_the_sender_reads_its_own_columns_and_what_was_done_with_each_line() -> None:
    number = told.request()
    actions.list_goods(
        AGENT,
        request=number,
        pasted=f"品名\tURL\n品1\t{told.URL.format('L-1')}\n赤いもの全般\t\n=1+1\thttps://other.example.com/1",
    )
    actions.judge_sure(AGENT, request=number)
    actions.confirm_hits(AGENT, request=number)
    actions.act_on(AGENT, request=number, way=HitWay.WITHIN)

    rows = list(queries.answer_rows(told.row(number)))
    assert [one.headings for one in rows] == [("品名", "URL")] * 3
    assert [(one.cells[0], one.listing_ref, one.said.ja) for one in rows] == [
        ("品1", "L-1", rules.ORDERED.ja),
        ("赤いもの全般", "", "対応なし"),
        ("=1+1", "", "対応なし"),
    ]
    notes = [one.note.ja if one.note else "" for one in rows]
    assert notes[0].startswith("要請の範囲内で（")
    assert notes[1].startswith("「赤いもの全般」だけでは")
    assert notes[2].startswith("当方のアドレスではありません")
    assert rows[0].ours[2] == "2026-11-16 10:00"


def test_outcomes_that_leave_it_to_a_person_are_no_end() -> None:
    assert {one for one in HitOutcome if not one.is_end} == {HitOutcome.MOVED, HitOutcome.REFUSED}


def test_a_refusal_of_enforcement_leaves_nothing_of_that_one_and_the_others_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    number, hide = meant("L-1", "L-2"), hiding.hide_provisionally

    def refusing(actor: Actor, *, finding: int, because: Text) -> int:
        if Finding.objects.get(pk=finding).listing_ref == "L-1":
            raise actions.NoSuchHit
        return hide(actor, finding=finding, because=because)

    monkeypatch.setattr(hiding, "hide_provisionally", refusing)
    actions.act_on(AGENT, request=number, way=HitWay.WITHIN)
    assert outcomes(number) == [("L-1", "", "refused"), ("L-2", "within", "hidden")]
    assert list(Finding.objects.values_list("listing_ref", flat=True)) == ["L-2"]
    assert told.row(number).state == "confirmed"


def test_what_was_confirmed_is_within_the_request_only_while_its_sender_is_verified() -> None:
    row = AuthorityRequest(state="confirmed", verified_at=AGENT.at)
    assert rules.may_be_within(row)
    row.verified_at = None
    assert not rules.may_be_within(row)
    assert not rules.may_be_within(AuthorityRequest(state="verified", verified_at=AGENT.at))
