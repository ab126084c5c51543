"""What can be agreed on while so much of a price is left: nothing else is offered."""

from __future__ import annotations

import pytest

from mamori.rooms.contact.offerforms import CentresProposalForm, ProposalForm
from mamori.rooms.contact.rules.proposals import Kind, amount_within, proposable

WITHOUT_MONEY = (Kind.REPLACEMENT, Kind.REPAIR, Kind.EXPLANATION, Kind.OTHER)


@pytest.mark.parametrize(
    ("left", "about", "missing"),
    [
        (500, {}, set()),
        (500, {"unsent": True}, {Kind.RETURN_REFUND}),
        (1, {}, {Kind.PART_REFUND}),
        (0, {}, set(Kind) - set(WITHOUT_MONEY)),
        (500, {"charged_back": True}, set(Kind) - set(WITHOUT_MONEY)),
    ],
)
def test_only_what_can_be_agreed_on_is_offered(left: int, about: dict[str, bool], missing: set[Kind]) -> None:
    offered = proposable(left, **about)

    assert set(Kind) - set(offered) == missing
    within = 0 if about.get("charged_back") else left
    for kind in offered:
        assert any(amount_within(kind, amount, within) is not None for amount in (0, 1))


def test_what_cannot_be_agreed_on_is_not_shown_and_left_to_the_verb_to_refuse() -> None:
    for form in (CentresProposalForm, ProposalForm):
        shown = form(kinds=proposable(0))

        assert "full_refund" not in str(shown["kind"])
        assert "repair" in str(shown["kind"])
    for sends in (CentresProposalForm, ProposalForm):
        assert sends({"kind": "full_refund"}, kinds=proposable(0)).is_valid()


def test_nothing_stands_in_the_amount_of_what_the_centre_proposes() -> None:
    shown = CentresProposalForm(initial={"amount": 8_000}, kinds=proposable(8_000))

    assert shown["amount"].value() is None
