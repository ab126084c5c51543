"""An erasure is proposed on a page by a lead or counsel, waits in sight, and is done when somebody else agrees."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from mamori.doors.desk.tests.conftest import Desk, Enter, actor
from mamori.grammar.actor import Role
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine
from mamori.ground.people.models import Proposal
from mamori.ground.seal import facts as seals
from mamori.ground.terms import actions as terms
from mamori.ground.vault import actions as vault
from mamori.law.grounds import SUIT
from mamori.law.settings import PEOPLE_SIZE
from tests.laid import laid

PAGE = "/desk/erasing/"
FORM = {"person": "buyer:B-9", "ground": "own-request", "reason": "12月3日の書面による請求"}


def text(client: Client, path: str) -> str:
    return client.get(path, follow=True).content.decode()


@laid
def gone(desk: Desk) -> str:
    """Keep a buyer who has no open case."""
    by = actor("machine:shop", Role.MACHINE, datetime.now(UTC))
    market.put_buyer(by, BuyerLine(ref="B-9", name="退会した人", mail="gone@example.jp"))
    return "buyer:B-9"


def lives(person: str) -> bool:
    return person in seals.living([person])


def of_size(size: str) -> None:
    by = actor("machine:command/test", Role.MACHINE, datetime.now(UTC))
    terms.set(by, setting=PEOPLE_SIZE, value=size)


def test_a_lead_proposes_and_counsel_agrees(gone: str, enter: Enter) -> None:
    of_size("3")
    counsel, lead = enter(Role.COUNSEL, stepped_up=True), enter(Role.LEAD, stepped_up=True)

    asked = lead.post(PAGE, FORM)
    waiting = text(lead, f"{PAGE}?done=proposed")
    [proposal] = Proposal.objects.filter(matter="erase_person")
    own = lead.post(f"/desk/people/proposals/{proposal.pk}/", {"act": "agree"})
    assert lives(gone)
    told = text(counsel, f"/desk/people/proposals/{proposal.pk}/")
    agreed = counsel.post(f"/desk/people/proposals/{proposal.pk}/", {"act": "agree"})

    assert (asked.status_code, asked["Location"]) == (302, f"{PAGE}?done=proposed")
    assert "まだ何も消えていません" in waiting
    assert "12月3日の書面による請求" in waiting
    assert "ほかの人の承認で消去" in waiting
    assert own.status_code == 403
    assert "元に戻せません" in told
    assert agreed.status_code == 302
    assert not lives(gone)
    assert "待っている消去はありません" in text(lead, PAGE)
    kinds = [act.kind for act in ledger.acts_about(gone)]
    assert kinds == ["market.erase_person", "ledger.shredded"]


def test_where_nobody_else_could_agree_the_page_says_when_it_will_be(gone: str, enter: Enter) -> None:
    of_size("1")
    lead = enter(Role.LEAD, stepped_up=True)

    lead.post(PAGE, FORM)

    assert "承認できる人がほかにいません。消去される日時" in text(lead, PAGE)
    assert lives(gone)


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"person": "buyer:B-77"}, 404, "消去できる内容はありません"),
        ({"person": "B-9"}, 404, "消去できる内容はありません"),
        ({"person": "buyer:B-1"}, 409, "終わっていない案件があります"),
        ({"person": ""}, 422, "ご記入ください"),
        ({"ground": ""}, 422, "選んでください"),
        ({"ground": "suit"}, 422, "faults"),
        ({"reason": " "}, 422, "ご記入ください"),
    ],
)
def test_what_cannot_be_erased_is_told_beside_what_was_typed(
    gone: str, enter: Enter, change: dict[str, str], status: int, words: str
) -> None:
    answer = enter(Role.LEAD, stepped_up=True).post(PAGE, FORM | change)

    assert answer.status_code == status
    assert words in answer.content.decode()
    assert not Proposal.objects.filter(matter="erase_person").exists()


def test_a_hold_stands_in_the_way_and_the_same_is_not_proposed_twice(gone: str, enter: Enter) -> None:
    of_size("3")
    lead = enter(Role.LEAD, stepped_up=True)
    enter(Role.COUNSEL)
    lead.post(PAGE, FORM)
    again = lead.post(PAGE, FORM)
    Proposal.objects.filter(matter="erase_person").all().delete()
    vault.hold(actor("lead:1", Role.LEAD, datetime.now(UTC)), what=gone, ground=SUIT, reason="訴え")

    held = lead.post(PAGE, FORM)

    assert again.status_code == 409
    assert held.status_code == 409
    assert not Proposal.objects.filter(matter="erase_person").exists()
    assert lives(gone)


@pytest.mark.parametrize("role", [Role.AGENT, Role.OFFICER, Role.HOLDER, Role.BUYER, Role.ANONYMOUS])
def test_nobody_else_sees_or_proposes_an_erasure(gone: str, enter: Enter, role: Role) -> None:
    client = enter(role, "buyer:B-9" if role is Role.BUYER else "")

    answers = [client.get(PAGE), client.post(PAGE, FORM)]

    assert {answer.status_code for answer in answers} <= {302, 403}
    assert not Proposal.objects.filter(matter="erase_person").exists()


def test_a_proof_that_is_not_fresh_is_asked_for_first(gone: str, enter: Enter) -> None:
    answer = enter(Role.LEAD).post(PAGE, FORM)

    assert answer.status_code == 403
    assert "reauthenticate" in answer.content.decode(), "what was written is given back beside it"
    assert not Proposal.objects.filter(matter="erase_person").exists()
