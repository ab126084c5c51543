"""What a notice's page says happens next: something in every state, for both sides, with the moment where there is one."""

from __future__ import annotations

import pytest

from mamori.grammar.text import Text
from mamori.rooms.contact.formal.lifecycle import FormalState
from mamori.rooms.contact.formal.rules import next_of

DUE = Text("11月20日（金）24:00", "0:00 on Sat 21 Nov")


@pytest.mark.parametrize("for_seller", [True, False])
@pytest.mark.parametrize("state", FormalState)
def test_every_state_says_what_comes_next_and_leaves_no_place_unfilled(
    state: FormalState, for_seller: bool
) -> None:
    steps = next_of(state, for_seller=for_seller, due=DUE)

    assert steps
    assert not any("{" in step.ja or "{" in step.en for step in steps)


@pytest.mark.parametrize("for_seller", [True, False])
def test_while_the_answer_is_owed_its_moment_is_said(for_seller: bool) -> None:
    running = next_of(FormalState.ARRIVED, for_seller=for_seller, due=DUE)
    spent = next_of(FormalState.ARRIVED, for_seller=for_seller, due=None)

    assert DUE.ja in running[0].ja
    assert DUE.en in running[0].en
    assert spent == running[1:]


def test_a_buyer_without_an_answer_hears_of_both_other_roads() -> None:
    said = "".join(step.ja for step in next_of(FormalState.UNANSWERED, for_seller=False, due=None))

    assert "相談窓口が間に入ります" in said
    assert "電話188" in said
    assert "届いたことは変わりません" in said
