"""What each side is told about where a matter stands, and what each can do with it."""

from __future__ import annotations

import ast
import itertools
from pathlib import Path

import pytest

from mamori.grammar.actor import Role
from mamori.law.grounds import GROUNDS
from mamori.rooms import contact
from mamori.rooms.contact.acts import ACTS
from mamori.rooms.contact.lifecycle import MediationState, RemedyState, ThreadState, TroubleState
from mamori.rooms.contact.queries.matter import RUNNING
from mamori.rooms.contact.rules.deeds import Deed, deeds
from mamori.rooms.contact.rules.reading import is_told_of_look
from mamori.rooms.contact.rules.standing import Matter, Standing, Turn, for_buyer, for_seller

ROOM = Path(contact.__file__).parent
W, M, A, C = ThreadState.WAITING, ThreadState.MISSED, ThreadState.ANSWERED, ThreadState.CLOSED
OPEN, MEDIATED, OVERDUE = TroubleState.OPEN, TroubleState.MEDIATED, TroubleState.OVERDUE
VALUES = {"answer": "A", "resolution": "R", "amount": "¥", "tracking": "1"} | {
    place: place[0].upper() for place in RUNNING
}
MATTERS = [
    Matter(thread=thread, trouble=trouble, mediation=mediation, remedy=remedy)
    for thread, trouble, mediation, remedy in itertools.product(
        ThreadState, [None, *TroubleState], [None, *MediationState], [None, *RemedyState]
    )
    if trouble is not None or (mediation is None and remedy is None)
]


def test_every_matter_is_told_to_both_sides_without_a_gap() -> None:
    for matter in MATTERS:
        for told in (for_buyer(matter), for_seller(matter)):
            filled = told.filled(**VALUES)
            for text in (filled.badge, filled.now, filled.next):
                assert "{" not in text.ja + text.en, (matter, text)
                assert not any(state in text.ja for state in ("waiting", "open", "overdue")), text


@pytest.mark.parametrize(
    ("matter", "buyer", "seller"),
    [
        (Matter(thread=W), Turn.THEIRS, Turn.YOURS),
        (Matter(thread=M), Turn.THEIRS, Turn.YOURS),
        (Matter(thread=A), Turn.YOURS, Turn.THEIRS),
        (Matter(thread=C), Turn.NOBODY, Turn.NOBODY),
        (Matter(thread=W, trouble=OPEN), Turn.THEIRS, Turn.YOURS),
        (Matter(thread=A, trouble=OPEN), Turn.YOURS, Turn.THEIRS),
        (Matter(thread=M, trouble=MEDIATED, mediation=MediationState.OPEN), Turn.CENTRE, Turn.YOURS),
        (Matter(thread=M, trouble=MEDIATED, mediation=MediationState.TAKEN), Turn.CENTRE, Turn.YOURS),
        (Matter(thread=A, trouble=MEDIATED, mediation=MediationState.TAKEN), Turn.YOURS, Turn.THEIRS),
        (Matter(thread=M, trouble=OVERDUE), Turn.CENTRE, Turn.YOURS),
        (Matter(thread=A, trouble=OVERDUE), Turn.YOURS, Turn.CENTRE),
        (Matter(thread=A, trouble=OVERDUE, remedy=RemedyState.INSTRUCTED), Turn.CENTRE, Turn.CENTRE),
        (Matter(thread=C, trouble=TroubleState.MADE_GOOD), Turn.NOBODY, Turn.NOBODY),
    ],
)
def test_each_side_knows_whose_turn_it_is(matter: Matter, buyer: Turn, seller: Turn) -> None:
    assert (for_buyer(matter).turn, for_seller(matter).turn) == (buyer, seller)


@pytest.mark.parametrize(
    ("matter", "says"),
    [
        (Matter(thread=W, trouble=OPEN), "Aまでに回答がないときは、窓口が自動で間に入ります"),
        (Matter(thread=A, trouble=OPEN), "Sまでお返事がないときは自動で終わります"),
        (Matter(thread=M, trouble=MEDIATED), "解決の期限はRです"),
        (Matter(thread=C, trouble=TroubleState.DECLINED), "電話188"),
    ],
)
def test_a_buyer_hears_what_happens_next_and_when(matter: Matter, says: str) -> None:
    assert says in for_buyer(matter).filled(**VALUES).next.ja


def test_only_what_has_run_out_is_shown_as_late() -> None:
    late = {matter for matter in MATTERS if _is_late(for_buyer(matter)) or _is_late(for_seller(matter))}

    assert all(m.thread is M or m.trouble is OVERDUE for m in late)
    assert late


def _is_late(standing: Standing) -> bool:
    return standing.is_late


def test_the_buttons_are_those_of_the_lifecycles() -> None:
    question, trouble = Matter(thread=W), Matter(thread=A, trouble=OPEN)

    assert deeds(question, Role.BUYER) == {Deed.WRITE, Deed.CLOSE_THREAD}
    assert deeds(question, Role.SELLER) == {Deed.ANSWER, Deed.ACKNOWLEDGE}
    assert deeds(trouble, Role.BUYER) == {
        Deed.WRITE,
        Deed.SAY_UNSOLVED,
        Deed.SOLVE,
        Deed.WITHDRAW,
        Deed.REQUEST_MEDIATION,
        Deed.LET_READ,
        Deed.TO_CENTRE,
    }
    assert deeds(trouble, Role.DELEGATE) == {
        Deed.ANSWER,
        Deed.ACKNOWLEDGE,
        Deed.SHARE,
        Deed.TO_CENTRE,
        Deed.PROPOSE,
    }
    assert Deed.SHARE not in deeds(trouble, Role.SELLER, shared=True)
    assert deeds(Matter(thread=C, trouble=TroubleState.SOLVED), Role.BUYER) == frozenset()
    assert deeds(trouble, Role.OFFICER) == frozenset()


def test_a_refund_under_way_is_not_overtaken() -> None:
    under_way = Matter(thread=A, trouble=OVERDUE, remedy=RemedyState.INSTRUCTED)

    assert deeds(under_way, Role.BUYER) == {Deed.WRITE, Deed.LET_READ, Deed.TO_CENTRE}


@pytest.mark.parametrize(
    ("role", "grounds"),
    [
        (Role.BUYER, {"buyer-consent", "party-share"}),
        (Role.SELLER, {"party-share"}),
        (Role.DELEGATE, {"party-share"}),
    ],
)
def test_the_parties_hear_of_a_look_that_they_let_be_or_know_of_and_of_no_other(
    role: Role, grounds: set[str]
) -> None:
    told = {ground.code for ground in GROUNDS if is_told_of_look(ground.code, role)}

    assert told == grounds
    assert ACTS["contact.look"].shown == frozenset()


def test_every_act_of_the_room_has_words() -> None:
    kept = {
        f"contact.{verb}" for path in ROOM.rglob("*.py") if "tests" not in path.parts for verb in verbs(path)
    }

    assert kept - set(ACTS) == set()
    assert len(kept) > 30


def verbs(path: Path) -> set[str]:
    """Return the verbs that a module keeps acts by."""
    calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    return {
        call.args[2].value
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "keep"
        and len(call.args) > 2
        and isinstance(call.args[2], ast.Constant)
    }
