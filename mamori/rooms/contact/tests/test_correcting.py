"""An answer that staff took down was misheard: undone while nothing was done upon it, and not afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.grammar.refusal import Refusal
from mamori.ground.cases import facts as cases
from mamori.ground.seal import facts as seals
from mamori.rooms.contact import actions, proposing, words
from mamori.rooms.contact.models import Proposal, Thread, ToldReply, Trouble
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.tests.agreeing import mediated, running, told
from mamori.rooms.contact.tests.conftest import (
    EVES,
    MONDAY,
    agent,
    buyer,
    seller,
)
from mamori.rooms.contact.tests.telephoned import (
    NO,
    acts,
    centres,
    check,
    known_buyer,
    misheard,
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
    assert proposing.opened(row, "correction", seals.Opener()) == "断ったのです"
    assert "contact.agreement" not in running(trouble)
    assert Thread.objects.get().state == "waiting"
    assert told("buyer:B-1")[0] == "misheard"
    assert "misheard" in told("seller:S-1")
    assert cases.case_of(f"contact.trouble:{trouble}").attention == "reply-corrected"
    assert acts(trouble)[-1].kind == "contact.correct_reply"
    assert "断った" not in str(acts(trouble)[-1].content)
    actions.propose(agent(), trouble=trouble, kind=Kind.REPAIR)  # a new one can be made


def test_it_is_undone_by_telephone_too_once_it_was_read_back(trouble: int) -> None:
    offered = sellers(trouble)
    take(check(trouble), offered)

    with pytest.raises(Refusal) as unread:
        take(check(trouble), offered, misheard("断りました"), confirmed="x")
    take(check(trouble), offered, misheard("断りました"))

    row, recorded = ToldReply.objects.get(), acts(trouble)[-1].content["payload"]
    assert unread.value.code == "not-read-back"
    assert (Proposal.objects.get().state, Thread.objects.get().state) == ("misheard", "waiting")
    assert proposing.opened(row, "correction", seals.Opener()) == "断りました"
    assert (recorded["through"], recorded["taken_for"]) == ("phone", "buyer")
    assert recorded["said_sha256"] == words.digest("断りました")
    assert told("buyer:B-1").count("misheard") == told("seller:S-1").count("misheard") == 1


def test_an_agreement_of_both_sides_is_undone_and_the_seller_owes_an_answer_again(trouble: int) -> None:
    offered = centres(trouble)
    take(check(trouble), offered)
    actions.accept(seller(), proposal=offered)
    assert Thread.objects.get().state == "answered"

    take(check(trouble), offered, misheard("違います"))

    assert (Proposal.objects.get().state, Thread.objects.get().state) == ("misheard", "waiting")
    assert "contact.answer" in running(trouble)


def test_where_the_buyer_was_awaited_by_nobody_only_the_proposal_ends(trouble: int) -> None:
    offered = centres(trouble)
    take(check(trouble), offered)
    assert Thread.objects.get().state == "waiting"

    actions.correct_reply(buyer(), proposal=offered, said="まだ考えています")

    assert Proposal.objects.get().state == "misheard"
    assert Thread.objects.get().state == "waiting"


def test_afterwards_nothing_is_undone_and_the_refusal_says_where_to_turn(trouble: int) -> None:
    offered = sellers(trouble)
    take(check(trouble), offered, NO)

    for attempt in (
        lambda: actions.correct_reply(buyer(), proposal=offered, said="受けると言いました"),
        lambda: take(check(trouble), offered, misheard("受けると言いました")),
    ):
        with pytest.raises(Refusal) as refused:
            attempt()
        assert refused.value.code == "nothing-to-correct"
        assert "このやり取りに書くか、窓口にお電話ください" in refused.value.sentence.ja

    assert Proposal.objects.get().state == "declined"
    assert ToldReply.objects.get().corrected_at is None
    assert "misheard" not in told("seller:S-1")


def test_it_is_corrected_once_and_by_that_party_alone(trouble: int) -> None:
    offered = sellers(trouble)
    take(check(trouble), offered)
    passed = check(trouble)

    codes = []
    for attempt in (
        lambda: actions.correct_reply(seller(), proposal=offered, said="x"),
        lambda: actions.correct_reply(agent(), proposal=offered, said="x"),
        lambda: actions.correct_reply(buyer(), proposal=offered, said=" "),
        lambda: take(passed, offered, misheard("x"), confirmed=""),
        lambda: take("", offered, misheard("x")),
        *[lambda by=by: actions.correct_reply(by, proposal=offered, said="x") for by in EVES[:5]],
    ):
        with pytest.raises(Refusal) as refused:
            attempt()
        codes.append(refused.value.code)
    actions.correct_reply(buyer(), proposal=offered, said="x")
    with pytest.raises(Refusal) as again:
        actions.correct_reply(buyer(), proposal=offered, said="x")

    assert codes[:5] == [
        "nothing-here",
        "nothing-here",
        "no-words",
        "not-read-back",
        "check-over",
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
