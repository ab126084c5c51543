"""What else happens to a matter or its people neither drops a danger nor lowers it, in reports and in troubles of buyers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import Hours
from mamori.ground.cases import actions as case_actions, facts as cases
from mamori.ground.cases.facts import CaseFact
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.actions import ListingLine, OrderLine
from mamori.ground.market.lines import ListingState
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import actions as people
from mamori.ground.people.models import Account
from mamori.ground.people.rules import Profile, Size
from mamori.ground.vault import actions as vault
from mamori.law.calls import ReportChannel
from mamori.law.complaints import ComplaintReason, DangerAnswer
from mamori.rooms.complaints import actions as complaints, tasks as complaint_tasks
from mamori.rooms.complaints.models import CallBack, Complaint
from mamori.rooms.complaints.queries import complaint_of
from mamori.rooms.complaints.reports.actions import reporting, telling
from mamori.rooms.complaints.rules import in_danger
from mamori.rooms.complaints.tests.conftest import (
    DAY,
    HOUR,
    MONDAY,
    WHY,
    agent,
    anybody,
    dismiss,
    lead,
    machine,
    reported,
    row,
    running,
    whole,
)
from mamori.rooms.complaints.tests.telephoned import call_me, telephoned
from mamori.rooms.complaints.tests.test_holding import terms
from mamori.rooms.contact import actions as contact, tasks as contact_tasks
from mamori.rooms.contact.actions.calls import Outcome
from mamori.rooms.contact.models import Call, Trouble
from mamori.rooms.contact.topics import Harm, Topic
from tests.taking import take

__all__ = ["terms"]
pytestmark = pytest.mark.django_db
RINGS = {**contact_tasks.RINGS, **complaint_tasks.RINGS}
SAID = "充電中に発火しました。"


@dataclass(frozen=True, slots=True)
class Dangers:
    """A report of a burnt hand, whose reporter wants to be called, and a trouble of a buyer with the same goods."""

    report: str
    called: int
    trouble: int


def buyer(at: datetime = MONDAY) -> Actor:
    return Actor(by="buyer:B-1", role=Role.BUYER, at=at, via="test")


@pytest.fixture
def dangers(terms: None) -> Dangers:
    market.put_order(
        machine(),
        OrderLine(ref="O-9", buyer="B-1", seller="S-1", amount=4_800, ordered_at=MONDAY - 5 * DAY),
    )
    secret = reported(danger=(DangerAnswer.INJURY,))
    called = telephoned(said=call_me(danger=(DangerAnswer.FIRE,)))
    trouble = contact.open_trouble(
        buyer(), order_ref="O-9", topic=Topic.BROKEN, harm=Harm.INCONVENIENCE, said=SAID, centre_may_read=True
    )
    return Dangers(report=secret, called=called.pk, trouble=trouble)


def about_report(told: Dangers) -> str:
    return f"complaints.complaint:{whole(told.report).pk}"


def about_trouble(told: Dangers) -> str:
    return f"contact.trouble:{told.trouble}"


def pass_time(until: datetime) -> None:
    """Ring what falls due until then, one moment after the other, and work off what was published."""
    while (at := clock_facts.next_firing(until=until)) is not None:
        clocks.fire_due(at=at, tasks=RINGS)
    while outbox.work(at=until, limit=100):
        pass


def each_case(told: Dangers, do: Callable[[str], None]) -> None:
    for about in (about_report(told), about_trouble(told)):
        do(about)


def call(told: Dangers) -> None:
    pass_time(MONDAY + 10 * DAY)
    back = CallBack.objects.get(report=told.called)
    telling.note_reached(agent(MONDAY + 10 * DAY), back=back.pk, reason="途中経過を伝えた。")
    sellers = Call.objects.get(trouble=told.trouble, whom="seller", closed_at__isnull=True)
    contact.record_call(
        agent(MONDAY + 10 * DAY), call=sellers.pk, outcome=Outcome.PROMISED, promised_by=MONDAY + 11 * DAY
    )


def voicemail(told: Dangers) -> None:
    pass_time(MONDAY + 10 * DAY)
    telling.note_missed(agent(MONDAY + 10 * DAY), back=CallBack.objects.get(report=told.called).pk)
    for one in Call.objects.filter(trouble=told.trouble, closed_at__isnull=True):
        contact.record_call(agent(MONDAY + 10 * DAY), call=one.pk, outcome=Outcome.VOICEMAIL)


def letter(told: Dangers) -> None:
    telephoned(at=MONDAY + HOUR, said={"channel": ReportChannel.LETTER}, words="写真を送ります。")
    reporting.add_scan(agent(MONDAY + HOUR), report=told.called, files=vault.Ready())


def withdrawal(told: Dangers) -> None:
    reporting.take_back(anybody(MONDAY + HOUR), secret=told.report)
    contact.withdraw(buyer(MONDAY + HOUR), trouble=told.trouble)


def second_reporter(told: Dangers) -> None:
    reported(at=MONDAY + HOUR, source="198.51.100.7", words="けがはしていません。")


def addition(told: Dangers) -> None:
    reporting.add_words(anybody(MONDAY + HOUR), secret=told.report, said="危なくないと思います。")
    reporting.answer_danger(anybody(MONDAY + HOUR), secret=told.report, danger=(), lot="A-1")
    thread = Trouble.objects.get(pk=told.trouble).thread_id
    contact.write(buyer(MONDAY + HOUR), thread=thread, said="もう大丈夫です。")


def merge(told: Dangers) -> None:
    for number in range(3):
        reported(at=MONDAY + HOUR, source=f"198.51.100.{number}", where="https://shop.example.jp/items/L-1")


def hand_over(told: Dangers) -> None:
    each_case(told, lambda about: case_actions.take(agent(MONDAY + HOUR), about=about))
    each_case(
        told,
        lambda about: case_actions.hand_over(agent(MONDAY + HOUR), about=about, to="agent:9", reason="交代"),
    )


def suspension(told: Dangers) -> None:
    names = {
        name: Account.objects.create(email=f"{name}@example.jp", role=name, password="!", added_at=MONDAY)
        for name in ("lead", "agent")
    }
    holds = Actor(by=names["agent"].who, role=Role.AGENT, at=MONDAY + HOUR, via="test")
    each_case(told, lambda about: case_actions.take(holds, about=about))
    people.suspend(
        machine(MONDAY + HOUR),
        account=names["agent"].pk,
        profile=Profile(size=Size.ONE, delay=Hours(24), reader="r@example.jp"),
    )


def mediated_to_its_end(told: Dangers) -> None:
    contact.request_mediation(buyer(MONDAY + HOUR), trouble=told.trouble)
    take(agent(MONDAY + HOUR), told.trouble)
    contact.solve(agent(MONDAY + 2 * HOUR), trouble=told.trouble, reason="電話で聞いた")


def refund(told: Dangers) -> None:
    contact.request_mediation(buyer(MONDAY + HOUR), trouble=told.trouble)
    given = contact.grant_remedy(lead(MONDAY + HOUR), trouble=told.trouble, amount=4_800, reason="回答なし")
    contact.confirm_instruction(machine(MONDAY + HOUR), instruction=given)


def returned(told: Dangers) -> None:
    contact.request_mediation(buyer(MONDAY + HOUR), trouble=told.trouble)
    label = contact.arrange_return(
        agent(MONDAY + HOUR), trouble=told.trouble, amount=4_800, reason="動作しない"
    )
    market.confirm(machine(MONDAY + HOUR), instruction=label, outcome="confirmed", tracking="1234-5678")
    pass_time(MONDAY + 2 * HOUR)
    contact.note_sent(buyer(MONDAY + DAY), trouble=told.trouble)
    contact.note_arrival(agent(MONDAY + DAY), trouble=told.trouble)


def listing_gone(told: Dangers) -> None:
    line = ListingLine(ref="L-1", seller="S-1", name="電気ケトル", price=4_800, state=ListingState.GONE)
    market.put_listing(machine(MONDAY + HOUR), line)


def seller_erased(told: Dangers) -> None:
    ledger.shred(machine(MONDAY + HOUR), subject="seller:S-1", reason="本人の求め")
    pass_time(MONDAY + 2 * HOUR)


def buyer_erased(told: Dangers) -> None:
    ledger.shred(machine(MONDAY + HOUR), subject="buyer:B-1", reason="本人の求め")
    pass_time(MONDAY + 2 * HOUR)


def another_decision(told: Dangers) -> None:
    other = reported(at=MONDAY + HOUR, reason=ComplaintReason.PROHIBITED)
    dismiss(other, agent(MONDAY + HOUR))


def escalation(told: Dangers) -> None:
    pass_time(MONDAY + 3 * DAY)
    complaints.remind_complaint(machine(MONDAY + 3 * DAY), complaint=whole(told.report).pk)


def sixty_days_on(told: Dangers) -> None:
    pass_time(MONDAY + 60 * DAY)


def restart(told: Dangers) -> None:
    memory.forget("cases.case")
    people.settle_limits(at=MONDAY + HOUR)
    pass_time(MONDAY + 5 * HOUR)


def settled_from_its_rows(told: Dangers) -> None:
    """A house that was restored has its rows and nothing else: what stands follows from them alone."""
    number = whole(told.report).pk
    clock_rows = clock_facts.newest([about_report(told)])
    clocks.end(
        [one for one in clock_rows if one.done_at is None and one.kind == "complaints.danger"],
        at=MONDAY,
        why="lost",
    )
    complaints.read_reports(agent(MONDAY + HOUR), complaint=number, reports=[], until=MONDAY + HOUR)


SIDE_EFFECTS: dict[str, Callable[[Dangers], None]] = {
    "call": call,
    "voicemail": voicemail,
    "letter": letter,
    "withdrawal": withdrawal,
    "second reporter": second_reporter,
    "addition": addition,
    "merge": merge,
    "hand-over": hand_over,
    "suspension of who holds it": suspension,
    "mediation's end": mediated_to_its_end,
    "refund": refund,
    "return": returned,
    "listing gone": listing_gone,
    "seller erased": seller_erased,
    "buyer erased": buyer_erased,
    "decision on another matter of the same listing": another_decision,
    "escalation": escalation,
    "clock 60 days on": sixty_days_on,
    "restart": restart,
    "restore": settled_from_its_rows,
}
"""What the issue of protection names.  A report knows no mediation, refund or return, and a trouble no letter, second reporter,
merging or restore of its own: there the other of the two is done to, and both are looked at."""


@pytest.mark.parametrize("effect", SIDE_EFFECTS.values(), ids=SIDE_EFFECTS)
def test_a_danger_is_neither_dropped_nor_lowered(dangers: Dangers, effect: Callable[[Dangers], None]) -> None:
    matter = whole(dangers.report)
    harmed = row(dangers.report).pk

    effect(dangers)

    reports = Complaint.objects.get(pk=matter.pk)
    trouble = Trouble.objects.get(pk=dangers.trouble)
    asked: list[CaseFact] = [
        cases.case_of(f"complaints.complaint:{matter.pk}"),
        cases.case_of(about_trouble(dangers)),
    ]
    assert in_danger(reports)
    assert reports.danger_at == MONDAY
    assert "complaints.danger" in {
        one.kind for one in clock_facts.newest([f"complaints.complaint:{matter.pk}"]) if one.done_at is None
    }
    first = complaint_of(agent(), matter.pk).reports[0]
    assert (first.row.pk, first.row.is_harmed) == (harmed, True)
    assert (trouble.in_danger, trouble.harm, trouble.danger_since) == (True, "danger", MONDAY)
    assert Call.objects.filter(trouble=trouble, whom="buyer", closed_at__isnull=True).count() == 1
    assert [(one.attention, one.urgent_since, one.closed_at) for one in asked] == [
        ("danger", MONDAY, None)
    ] * 2


def test_each_of_the_two_ends_by_its_own_rule_alone(dangers: Dangers) -> None:
    complaints.rule_out(lead(MONDAY + HOUR), complaint=whole(dangers.report).pk, reason=WHY)

    assert not in_danger(whole(dangers.report))
    assert "complaints.danger" not in running(dangers.report)
    assert Trouble.objects.get(pk=dangers.trouble).in_danger
