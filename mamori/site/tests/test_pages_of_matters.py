"""Each reader is led to a page that is theirs; whoever has no account is led to none by a matter's name."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mamori.ground.cases import actions as cases, facts
from mamori.site.pages import page_of

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
GUESTS = ("counsellor:abc", "report:abc", "clarification:abc", "former:1:seller:S-1", "helper:1", "anonymous")


def case(about: str) -> str:
    """Enter a case of no party and return its number."""
    kind = about.partition(":")[0]
    cases.open(kind=kind, about=about, title="", buyer_ref="", seller_ref="", order_ref="", at=MONDAY)
    return facts.case_of(about).number


@pytest.mark.parametrize("about", ["complaints.consultation:1", "complaints.complaint:1"])
def test_staff_are_led_to_the_case_and_whoever_has_no_account_nowhere(about: str) -> None:
    number = case(about)

    assert {page_of(one, about) for one in ("agent", "agent:7", "lead:2", "counsel")} == {
        f"/desk/cases/{number}/"
    }
    assert {page_of(guest, about) for guest in GUESTS} == {""}


def test_a_consumer_is_led_to_their_consents_and_what_is_no_case_to_its_own_page() -> None:
    case("complaints.consultation:1")

    assert page_of("buyer:B-1", "complaints.consultation:1") == "/consents/"
    assert page_of("agent", "complaints.callback:1") == "/desk/complaints/backs/"
    assert {page_of(one, "complaints.callback:1") for one in ("seller:S-1", *GUESTS)} == {""}
