"""An answer that staff took down was misheard: undone while nothing was done upon it, and looked into afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.grammar.businesstime import Hours
from mamori.grammar.refusal import Refusal
from mamori.ground.cases import facts as cases
from mamori.ground.seal import facts as seals
from mamori.rooms.contact import actions, replied
from mamori.rooms.contact.actions import Speaker, Told
from mamori.rooms.contact.actions.calls import Outcome
from mamori.rooms.contact.actions.offering import Offered
from mamori.rooms.contact.models import Call, Proposal, Thread, ToldReply, Trouble
from mamori.rooms.contact.rules.proposals import Kind, Reply
from mamori.rooms.contact.tests.agreeing import mediated, running, told
from mamori.rooms.contact.tests.conftest import (
    EVES,
    MONDAY,
    agent,
    buyer,
    open_asked,
    pass_time,
    seller,
)
from mamori.rooms.contact.tests.telephoned import (
    NO,
    SHOP,
    acts,
    centres,
    check,
    known_buyer,
    sellers,
    take,
)
from tests.laid import laid

pytestmark = pytest.mark.usefixtures("settled_contact")

__all__ = ["known_buyer"]


@laid
def trouble() -> int:
    return mediated()


def test_before_it_is_done_the_agreement_is_undone_and_both_are_told(trouble: int) -> None:
    offered = sellers(trouble)
    take(check(trouble), offered)

    actions.correct_reply(buyer(MONDAY + timedelta(hours=2)), proposal=offered, said="断ったのです")

    found, row = Proposal.objects.get(), ToldReply.objects.get()
    assert (found.state, found.closed_at is not None) == ("misheard", True)
    assert row.corrected_at is not None
    assert replied.opened(row, "correction", seals.Opener()) == "断ったのです"
    assert "contact.agreement" not in running(trouble)
    assert Thread.objects.get().state == "waiting"
    assert told("buyer:B-1")[0] == "misheard"
    assert "misheard" in told("seller:S-1")
    assert cases.case_of(f"contact.trouble:{trouble}").attention == "reply-corrected"
    assert acts(trouble)[-1].kind == "contact.correct_reply"
    assert "断った" not in str(acts(trouble)[-1].content)
    actions.propose(agent(), trouble=trouble, kind=Kind.REPAIR)  # a new one can be made


def test_what_was_misheard_of_the_seller_was_no_answer_and_kept_no_promise() -> None:
    trouble = open_asked()
    actions.request_mediation(buyer(), trouble=trouble)
    offered = centres(trouble)
    [call] = Call.objects.filter(whom="seller")
    actions.record_call(agent(), call=call.pk, outcome=Outcome.PROMISED, promised_within=Hours(4))
    take(SHOP, offered)
    assert Trouble.objects.get().first_answered_at == MONDAY
    assert Call.objects.get(pk=call.pk).kept is True

    actions.correct_reply(seller(MONDAY + timedelta(hours=2)), proposal=offered, said="断りました")
    known = Trouble.objects.get(), Call.objects.get(pk=call.pk)
    pass_time(MONDAY + timedelta(hours=6))

    assert (known[0].first_answered_at, known[1].kept) == (None, None)
    assert Call.objects.get(pk=call.pk).kept is False


def test_half_an_agreement_is_undone_too_by_telephone(trouble: int) -> None:
    offered = centres(trouble)
    take(SHOP, offered)
    assert Thread.objects.get().state == "answered"

    actions.correct_reply_for(agent(), speaker=SHOP, proposal=offered, said="違います", read_back=True)

    assert Proposal.objects.get().state == "misheard"
    assert Thread.objects.get().state == "waiting"
    assert acts(trouble)[-1].content["payload"]["line"] == 1


def test_a_seller_corrects_on_its_page_and_owes_an_answer_again(trouble: int) -> None:
    offered = actions.propose(buyer(), trouble=trouble, kind=Kind.REPLACEMENT)
    take(SHOP, offered)

    actions.correct_reply(seller(), proposal=offered, said="修理と言いました")

    assert Thread.objects.get().state == "waiting"
    assert "contact.answer" in running(trouble)


def test_a_misheard_proposal_of_ones_own_goes_though_the_other_has_agreed(trouble: int) -> None:
    offered = sellers(trouble)
    more = Told(reply=Reply.COUNTER, said="五千円", counter=Offered(kind=Kind.PART_REFUND, amount=500))
    take(check(trouble), offered, more)
    made = Proposal.objects.get(number=2)
    actions.accept(seller(), proposal=made.pk)

    actions.correct_reply_for(
        agent(), speaker=check(trouble), proposal=offered, said="5,000円です", read_back=True
    )

    assert [p.state for p in Proposal.objects.order_by("number")] == ["countered", "misheard"]


def test_where_the_buyer_was_awaited_by_nobody_only_the_proposal_ends(trouble: int) -> None:
    offered = centres(trouble)
    take(check(trouble), offered)
    assert Thread.objects.get().state == "waiting"

    actions.correct_reply(buyer(), proposal=offered, said="まだ考えています")

    assert Proposal.objects.get().state == "misheard"
    assert Thread.objects.get().state == "waiting"


def test_afterwards_nothing_is_undone_and_a_person_looks(trouble: int) -> None:
    offered = sellers(trouble)
    take(check(trouble), offered, NO)

    actions.correct_reply(buyer(), proposal=offered, said="受けると言いました")

    assert Proposal.objects.get().state == "declined"
    assert told("buyer:B-1")[0] == "misheard_late"
    assert "misheard_late" not in told("seller:S-1")
    assert cases.case_of(f"contact.trouble:{trouble}").attention == "reply-corrected"
    assert acts(trouble)[-1].content["payload"]["undone"] is False


def test_it_is_corrected_once_and_by_that_party_alone(trouble: int) -> None:
    offered = sellers(trouble)
    take(check(trouble), offered)
    passed = check(trouble)

    codes = []
    for attempt in (
        lambda: actions.correct_reply(seller(), proposal=offered, said="x"),
        lambda: actions.correct_reply(agent(), proposal=offered, said="x"),
        lambda: actions.correct_reply(buyer(), proposal=offered, said=" "),
        lambda: actions.correct_reply_for(
            agent(), speaker=passed, proposal=offered, said="x", read_back=False
        ),
        lambda: actions.correct_reply_for(
            agent(), speaker=Speaker(), proposal=offered, said="x", read_back=True
        ),
        *[lambda by=by: actions.correct_reply(by, proposal=offered, said="x") for by in EVES[:5]],
    ):
        with pytest.raises(Refusal) as refused:
            attempt()
        codes.append(refused.value.code)
    actions.correct_reply(buyer(), proposal=offered, said="x")
    with pytest.raises(Refusal) as again:
        actions.correct_reply(buyer(), proposal=offered, said="x")

    assert codes[:5] == [
        "nothing-to-correct",
        "nothing-here",
        "no-words",
        "not-read-back",
        "not-the-seller",
    ]
    assert set(codes[5:]) == {"nothing-here"}
    assert again.value.code == "nothing-to-correct"


def test_what_the_party_did_by_its_own_hand_is_not_misheard(trouble: int) -> None:
    offered = sellers(trouble)
    actions.accept(buyer(), proposal=offered)

    with pytest.raises(Refusal) as refused:
        actions.correct_reply(buyer(), proposal=offered, said="x")

    assert refused.value.code == "nothing-to-correct"


def test_when_the_matter_has_ended_nothing_is_corrected(trouble: int) -> None:
    offered = sellers(trouble)
    take(check(trouble), offered)
    actions.solve(buyer(), trouble=trouble)

    with pytest.raises(Refusal) as refused:
        actions.correct_reply(buyer(), proposal=offered, said="x")

    assert refused.value.code == "nothing-to-correct"


BURNT = "返金ではなく、発火したと言いました"


def test_a_buyer_who_was_misheard_when_telling_of_fire_is_in_danger(trouble: int) -> None:
    offered = sellers(trouble)
    take(check(trouble), offered)

    actions.correct_reply(buyer(), proposal=offered, said=BURNT)

    assert Trouble.objects.get().in_danger
    assert [told(role).count("danger_staff") for role in ("agent", "lead")] == [1, 1]


def test_a_seller_who_was_misheard_when_telling_of_fire_is_heard_by_staff(trouble: int) -> None:
    offered = centres(trouble)
    take(SHOP, offered)

    actions.correct_reply_for(agent(), speaker=SHOP, proposal=offered, said=BURNT, read_back=True)

    assert [told(role).count("danger_staff") for role in ("agent", "lead")] == [1, 1]
