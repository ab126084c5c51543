"""When contact does not work: urging, the call list, mediation, and who may read the words."""

from datetime import datetime, timedelta

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import Hours
from mamori.grammar.declaration import Ground
from mamori.grammar.statechart import StepNotOpen
from mamori.ground.cases import actions as case_actions, facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import actions as ledgering, facts as ledger
from mamori.ground.outbox import facts as outbox
from mamori.japan.calendar import JAPAN
from mamori.law.grounds import BUYER_CONSENT, EMERGENCY, PARTY_SHARE, WARRANT
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.actions.calls import Outcome, PromiseNeedsTime
from mamori.rooms.contact.actions.reading import AlreadyShared, WordsNotShared
from mamori.rooms.contact.acts import ACTS
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.queries.paper import records
from mamori.rooms.contact.tests.conftest import (
    FRIDAY,
    MONDAY,
    actor,
    agent,
    buyer,
    content,
    lead,
    machine,
    open_asked,
    open_trouble,
    pass_time,
    seller,
    sellers_calls,
)
from mamori.rooms.contact.topics import Progress
from tests.taking import take

pytestmark = pytest.mark.usefixtures("market_of_two")


def known(trouble: int) -> facts.TroubleFact:
    found = facts.trouble(trouble)
    assert found is not None
    return found


def acts(trouble: int) -> list[str]:
    return [act.kind.removeprefix("contact.") for act in ledger.acts_about(f"contact.trouble:{trouble}")]


def test_an_unanswered_trouble_is_urged_called_about_mediated_and_considered_in_its_hours() -> None:
    trouble = open_trouble(FRIDAY)

    pass_time(datetime(2026, 11, 24, 17, 59, tzinfo=JAPAN))
    assert acts(trouble) == ["open_trouble", "urge", "urge"]
    assert [call.why for call in sellers_calls()] == [Progress.UNANSWERED]

    pass_time(datetime(2026, 11, 24, 18, tzinfo=JAPAN))
    assert known(trouble).state == "mediated"
    assert known(trouble).mediation_state == "open"

    pass_time(datetime(2026, 11, 25, 17, 59, 59, tzinfo=JAPAN))
    assert known(trouble).remedy_state == ""
    pass_time(datetime(2026, 11, 25, 18, tzinfo=JAPAN))

    assert known(trouble).state == "overdue"
    assert known(trouble).remedy_state == "considered"
    without_calls = [act for act in acts(trouble) if act != "remind_call"]
    assert without_calls == ["open_trouble", "urge", "urge", "miss_answer", "urge", "miss_resolution"]
    assert [n.template for n in outbox.notices(to="lead")] == ["contact.overdue"]
    assert cases.case_of(f"contact.trouble:{trouble}").attention == "resolution-missed"


def test_a_refund_that_nobody_decides_on_comes_back_to_the_lead_and_is_never_parked() -> None:
    trouble = open_trouble(FRIDAY)

    pass_time(FRIDAY + timedelta(days=20))

    assert acts(trouble).count("remind_remedy") >= 2
    assert clocks.next_due(f"contact.trouble:{trouble}") is not None


def test_danger_is_on_the_call_list_at_once_and_only_once() -> None:
    trouble = open_asked()
    assert len(sellers_calls()) == 1

    pass_time(MONDAY + timedelta(hours=5))

    assert len(sellers_calls()) == 1
    assert acts(trouble).count("urge") == 1


def test_an_answer_takes_the_call_off_the_list() -> None:
    trouble = open_asked()

    contact.answer(seller(), thread=known(trouble).thread, said="回収します")

    assert sellers_calls() == ()


def test_a_call_is_recorded_once_and_a_wrong_number_is_a_finding() -> None:
    trouble = open_asked()
    [call] = sellers_calls()

    contact.record_call(agent(), call=call.id, outcome=Outcome.WRONG_NUMBER)

    assert cases.case_of(f"contact.trouble:{trouble}").attention == "unreachable"
    assert "contact.number_wrong" in [n.template for n in outbox.notices(to="lead")]
    with pytest.raises(StepNotOpen):
        contact.record_call(agent(), call=call.id, outcome=Outcome.REACHED)
    with pytest.raises(NothingHere):
        contact.record_call(agent(), call=404, outcome=Outcome.REACHED)


def test_a_promise_needs_its_hours_and_hours_need_a_promise() -> None:
    open_asked()
    [call] = sellers_calls()

    with pytest.raises(PromiseNeedsTime):
        contact.record_call(agent(), call=call.id, outcome=Outcome.PROMISED)
    with pytest.raises(PromiseNeedsTime):
        contact.record_call(agent(), call=call.id, outcome=Outcome.REACHED, promised_within=Hours(2))


def test_a_broken_promise_puts_the_seller_back_on_the_list_and_a_kept_one_does_not() -> None:
    broken, kept = open_asked(), open_asked(order_ref="O-3")
    for call in sellers_calls():
        contact.record_call(agent(), call=call.id, outcome=Outcome.PROMISED, promised_within=Hours(2))
    contact.answer(seller(MONDAY + timedelta(hours=1)), thread=known(kept).thread, said="対応しました")

    pass_time(MONDAY + timedelta(hours=2))

    assert [(c.trouble, c.why) for c in sellers_calls()] == [(broken, "promise_broken")]
    assert acts(broken)[-1] == "break_promise"
    assert acts(kept)[-1] == "keep_promise"


def test_mediation_opens_at_the_buyers_request_and_is_taken_on_and_handed_over() -> None:
    trouble = open_trouble(may_read=False)
    take(actor("agent:c", Role.AGENT), trouble)
    assert known(trouble).mediation_state == ""
    case_actions.give_back(actor("agent:c", Role.AGENT), about=f"contact.trouble:{trouble}")

    contact.request_mediation(buyer(), trouble=trouble, centre_may_read=True)
    take(agent(), trouble)
    take(actor("agent:b", Role.AGENT), trouble)

    assert known(trouble).state == "mediated"
    assert known(trouble).mediation_state == "taken"
    told = [(n.to, n.template) for n in outbox.notices(about=f"contact.trouble:{trouble}")]
    assert ("buyer:B-1", "contact.mediated") in told
    assert ("seller:S-1", "contact.mediated") in told
    with pytest.raises(StepNotOpen):
        contact.request_mediation(buyer(), trouble=trouble)


def test_a_missed_answer_after_a_request_does_not_open_a_second_mediation() -> None:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)

    pass_time(MONDAY + timedelta(hours=24))

    assert known(trouble).state == "mediated"
    assert acts(trouble).count("miss_answer") == 1


def test_a_mediation_settles_when_the_buyer_says_solved_and_staff_may_note_that_word() -> None:
    first, second = open_trouble(), open_trouble(order_ref="O-3")
    for trouble in (first, second):
        contact.request_mediation(buyer(), trouble=trouble)

    contact.solve(buyer(), trouble=first)
    contact.solve(agent(), trouble=second, reason="電話で本人が解決と述べた")

    assert [known(t).mediation_state for t in (first, second)] == ["settled", "settled"]
    assert content(f"contact.trouble:{second}")["reason"] == "電話で本人が解決と述べた"


def test_staff_read_on_the_buyers_consent_only_once_the_centre_helps_and_each_look_is_recorded() -> None:
    trouble = open_trouble()
    thread = known(trouble).thread

    with pytest.raises(WordsNotShared):
        contact.look(agent(), thread=thread, ground=BUYER_CONSENT)
    contact.request_mediation(buyer(), trouble=trouble)
    seen = contact.look(agent(), thread=thread, ground=BUYER_CONSENT)

    assert [said.words for said in seen] == ["動きません"]
    last = content(f"contact.trouble:{trouble}")
    assert (last["kind"], last["ground"], last["by"]) == ("contact.look", "buyer-consent", "agent:a")


def test_a_look_by_the_buyers_consent_is_among_the_buyers_records_and_not_the_sellers() -> None:
    trouble = open_trouble(may_read=True)
    contact.request_mediation(buyer(), trouble=trouble)
    thread, parties = known(trouble).thread, (buyer(), seller(), actor("seller:S-1/hanako", Role.DELEGATE))

    contact.look(agent(), thread=thread, ground=BUYER_CONSENT)
    by_consent = [looks_seen(who, trouble) for who in parties]
    contact.share(seller(), thread=thread)
    contact.look(agent(), thread=thread, ground=PARTY_SHARE)

    assert by_consent == [1, 0, 0]
    assert [looks_seen(who, trouble) for who in parties] == [2, 1, 1]


def looks_seen(who: Actor, trouble: int) -> int:
    titles = [entry.title for entry in records(who, f"contact.trouble:{trouble}")]
    return titles.count(ACTS["contact.look"].text)


def test_a_refused_look_shows_nothing_and_leaves_the_record_as_it_was() -> None:
    trouble = open_trouble(may_read=False)
    contact.request_mediation(buyer(), trouble=trouble)
    before = acts(trouble)

    for ground, reason in (
        (BUYER_CONSENT, ""),
        (PARTY_SHARE, "x"),
        (WARRANT, " "),
        (EMERGENCY, ""),
        (None, "x"),
    ):
        with pytest.raises(WordsNotShared):
            contact.look(lead(), thread=known(trouble).thread, ground=ground, reason=reason)

    assert acts(trouble) == before


@pytest.mark.parametrize(("ground", "reason"), [(WARRANT, "令状 1号"), (EMERGENCY, "発火している")])
def test_a_warrant_or_an_emergency_opens_the_thread_with_its_reason_on_record(
    ground: Ground, reason: str
) -> None:
    trouble = open_trouble(may_read=False)

    contact.look(lead(), thread=known(trouble).thread, ground=ground, reason=reason)

    last = content(f"contact.trouble:{trouble}")
    assert (last["ground"], last["reason"]) == (ground.code, reason)


def test_a_seller_shares_once_and_only_the_seller_can() -> None:
    trouble = open_trouble(may_read=False)
    thread = known(trouble).thread

    contact.share(seller(), thread=thread)

    assert len(contact.look(agent(), thread=thread, ground=PARTY_SHARE)) == 1
    with pytest.raises(AlreadyShared):
        contact.share(seller(), thread=thread)
    with pytest.raises(NothingHere):
        contact.share(buyer(), thread=thread)


def test_parties_read_their_own_thread_and_the_machine_reads_none() -> None:
    trouble = open_trouble()
    thread = known(trouble).thread
    contact.acknowledge(seller(), thread=thread, said="確認します")

    both = [contact.look(who, thread=thread) for who in (buyer(), seller())]

    assert both[0] == both[1]
    assert [(s.number, s.by_seller, s.words) for s in both[0]] == [
        (1, False, "動きません"),
        (2, True, "確認します"),
    ]
    assert acts(trouble) == ["open_trouble", "acknowledge"]
    with pytest.raises(NothingHere):
        contact.look(machine(), thread=thread)


def test_the_words_of_a_buyer_who_was_erased_are_gone_and_the_sellers_remain() -> None:
    trouble = open_trouble()
    thread = known(trouble).thread
    contact.acknowledge(seller(), thread=thread, said="確認します")

    ledgering.shred(lead(), subject="buyer:B-1", reason="消去の求め")

    assert [said.words for said in contact.look(seller(), thread=thread)] == [None, "確認します"]
