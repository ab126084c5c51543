"""What is missed about a matter, from its rows and clocks alone: it is missed until it is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from mamori.ground.declared.casekinds import Lead, leading
from mamori.law.deadlines import ANSWER, CALL, CONFIRMATION, REMEDY_DECISION, RESOLUTION
from mamori.rooms.contact.rules.clocks import PROMISE_CLOCK, URGE_CLOCK
from mamori.rooms.contact.rules.late import missed
from mamori.rooms.contact.tests.conftest import MONDAY

HOUR = timedelta(hours=1)


def thread(state: str) -> Any:
    return SimpleNamespace(state=state, answer_due_at=MONDAY if state in ("waiting", "missed") else None)


def trouble(state: str) -> Any:
    return SimpleNamespace(state=state, resolution_due_at=MONDAY + HOUR)


def clock(kind: str, since: datetime, *, hours: int = 1, key: str = "") -> Any:
    due = since + hours * HOUR
    return SimpleNamespace(kind=kind, key=key, started_at=since, due_at=due, done_at=due)


def found(*args: Any, **given: Any) -> list[tuple[str, datetime]]:
    return [(one.kind, one.due_at) for one in missed(*args, **given)]


def test_an_answer_and_a_solution_are_missed_until_they_come_and_never_while_the_operator_refunds() -> None:
    both = [(ANSWER.code, MONDAY), (RESOLUTION.code, MONDAY + HOUR)]

    assert found(thread("missed"), trouble("overdue")) == both
    assert found(thread("answered"), trouble("overdue")) == both[1:]
    assert found(thread("answered"), trouble("mediated")) == []
    assert found(thread("missed"), trouble("overdue"), refunded=True) == []


def test_an_agreement_is_missed_until_its_money_has_come() -> None:
    agreement = SimpleNamespace(state="missed", due_at=MONDAY, paid_at=None)

    assert found(thread("answered"), trouble("mediated"), agreement=agreement)
    agreement.paid_at = MONDAY
    assert not found(thread("answered"), trouble("mediated"), agreement=agreement)


def test_a_promise_by_telephone_is_kept_by_an_answer_and_not_broken_anew_by_the_next_turn() -> None:
    fired = [clock(PROMISE_CLOCK, MONDAY)]
    first, next_turn = clock(ANSWER.code, MONDAY - HOUR), clock(ANSWER.code, MONDAY + 2 * HOUR)

    waits = thread("waiting")
    assert found(waits, trouble("mediated"), running=[first], fired=fired) == [(PROMISE_CLOCK, MONDAY + HOUR)]
    assert found(thread("answered"), trouble("mediated"), fired=fired) == []
    assert found(waits, trouble("mediated"), running=[next_turn], fired=fired) == []
    assert found(waits, trouble("mediated"), fired=fired) == []


def test_what_is_reminded_of_again_and_again_is_late_since_it_was_due_first() -> None:
    decision = [clock(REMEDY_DECISION.code, MONDAY + n * HOUR) for n in range(3)]
    asked = [clock(CONFIRMATION.code, MONDAY + n * HOUR, key=str(n + 1)) for n in range(3)]
    calls = [clock(CALL.code, MONDAY, key="1"), clock(CALL.code, MONDAY + HOUR, key="2")]
    urged = [clock(URGE_CLOCK, MONDAY), clock(URGE_CLOCK, MONDAY + HOUR)]

    for clocks, kind in ((decision, REMEDY_DECISION), (asked, CONFIRMATION)):
        one = found(thread("answered"), trouble("mediated"), running=clocks[2:], fired=clocks[:2])
        assert one == [(kind.code, MONDAY + HOUR)]
    for others in (calls, urged):
        assert found(thread("answered"), trouble("mediated"), running=others[1:], fired=others[:1]) == []


def test_what_was_missed_leads_before_what_is_owed_next() -> None:
    soon = Lead(REMEDY_DECISION.code, MONDAY + HOUR)

    assert leading([soon], [Lead(ANSWER.code, MONDAY)]) == Lead(ANSWER.code, MONDAY)
    assert leading([soon, Lead(ANSWER.code, MONDAY)]) == soon, "what staff owe before what a party owes"
    assert leading([Lead(URGE_CLOCK, MONDAY)]) is None
