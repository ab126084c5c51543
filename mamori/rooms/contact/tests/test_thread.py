"""Questions and troubles are asked, answered, and clocked as the law's first duty wants."""

from datetime import datetime, timedelta

import pytest

from mamori.grammar.actor import Actor
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.outbox import facts as outbox
from mamori.japan.calendar import JAPAN
from mamori.japan.written import NoAnswer, NoWords, NulInside, ReasonNeeded, TooManyWords
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.actions.trouble import NoSuchOrder, TroubleAlreadyOpen
from mamori.rooms.contact.actions.visiting import NoSuchListing, TroubleNotClosedSo
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import Trouble
from mamori.rooms.contact.tests.conftest import (
    EVES,
    FRIDAY,
    MONDAY,
    agent,
    buyer,
    content,
    lead,
    open_asked,
    open_trouble,
    pass_time,
    seller,
    sellers_calls,
)
from mamori.rooms.contact.topics import Harm, Progress, Topic

pytestmark = pytest.mark.usefixtures("market_of_two")


def ask(at: datetime = MONDAY, listing: str = "L-1") -> int:
    return contact.ask_question(buyer(at), listing_ref=listing, topic=Topic.GOODS, said="使えますか")


def due(about: str, kind: str) -> datetime | None:
    return next((c.due_at for c in clocks.open_clocks(about) if c.kind == kind), None)


def test_a_question_has_an_answer_clock_and_no_resolution_clock() -> None:
    thread = ask(FRIDAY)

    open_clocks = clocks.open_clocks(f"contact.thread:{thread}")

    assert [(c.kind, c.duration) for c in open_clocks] == [("contact.question_answer", "48h")]
    assert open_clocks[0].due_at == datetime(2026, 11, 25, 18, tzinfo=JAPAN)


def test_both_clocks_of_a_trouble_start_at_the_first_inquiry_and_stop_over_weekend_and_holiday() -> None:
    trouble = facts.trouble(open_trouble(FRIDAY))

    assert trouble is not None
    assert trouble.answer_due_at == datetime(2026, 11, 24, 18, tzinfo=JAPAN)
    assert trouble.resolution_due_at == datetime(2026, 11, 25, 18, tzinfo=JAPAN)
    urged = clocks.next_due(f"contact.trouble:{trouble.id}")  # by the machine, which moves no case
    assert urged == datetime(2026, 11, 24, 6, tzinfo=JAPAN)
    assert cases.case_of(f"contact.trouble:{trouble.id}").next_due_at == trouble.answer_due_at


def test_an_answer_stops_the_answer_clock_and_never_the_resolution_clock() -> None:
    trouble = open_trouble()
    thread = facts.trouble(trouble).thread  # type: ignore[union-attr]

    contact.answer(seller(MONDAY + timedelta(hours=3)), thread=thread, said="交換します")

    about = f"contact.trouble:{trouble}"
    assert due(about, "contact.answer") is None
    assert due(about, "contact.resolution") == MONDAY + timedelta(hours=48)
    assert facts.trouble(trouble).progress is Progress.ANSWERED  # type: ignore[union-attr]
    assert not [c for c in clocks.open_clocks(about) if c.kind == "contact.urge"]


def test_an_acknowledgement_stops_no_clock() -> None:
    trouble = open_trouble()
    thread = facts.trouble(trouble).thread  # type: ignore[union-attr]

    contact.acknowledge(seller(), thread=thread, said="確認します")

    assert due(f"contact.trouble:{trouble}", "contact.answer") == MONDAY + timedelta(hours=24)
    assert facts.thread(thread).state == "waiting"  # type: ignore[union-attr]


def test_an_answer_that_comes_after_the_due_moment_is_late_even_when_no_clock_has_rung_yet() -> None:
    trouble = open_trouble()
    thread = facts.trouble(trouble).thread  # type: ignore[union-attr]

    contact.answer(seller(MONDAY + timedelta(hours=24, seconds=1)), thread=thread, said="交換します")

    assert content(f"contact.trouble:{trouble}")["payload"]["in_time"] is False


def test_a_buyer_who_says_unsolved_starts_a_new_answer_clock_and_the_next_urgings() -> None:
    trouble = open_trouble()
    thread = facts.trouble(trouble).thread  # type: ignore[union-attr]
    later = MONDAY + timedelta(hours=5)
    contact.answer(seller(MONDAY + timedelta(hours=3)), thread=thread, said="仕様です")

    contact.say_unsolved(buyer(later), trouble=trouble, said="困ります")

    about = f"contact.trouble:{trouble}"
    assert due(about, "contact.answer") == later + timedelta(hours=24)
    assert due(about, "contact.resolution") == MONDAY + timedelta(hours=48)
    assert due(about, "contact.silence") is None
    assert [c.key for c in clocks.open_clocks(about) if c.kind == "contact.urge"] == ["unsolved/1/call"]


def test_words_added_while_the_seller_owes_an_answer_give_the_seller_no_more_time() -> None:
    trouble = open_trouble()
    thread = facts.trouble(trouble).thread  # type: ignore[union-attr]

    contact.write(buyer(MONDAY + timedelta(hours=10)), thread=thread, said="急いでいます")

    assert due(f"contact.trouble:{trouble}", "contact.answer") == MONDAY + timedelta(hours=24)


def test_a_question_is_asked_again_after_an_answer_and_closed_by_the_buyer() -> None:
    thread = ask()
    contact.answer(seller(), thread=thread, said="はい")

    contact.write(buyer(), thread=thread, said="もう一つ")
    contact.close_thread(buyer(), thread=thread)

    assert facts.thread(thread).state == "closed"  # type: ignore[union-attr]
    assert clocks.open_clocks(f"contact.thread:{thread}") == ()
    assert cases.case_of(f"contact.thread:{thread}").closed_at is not None


def test_a_question_that_nobody_comes_back_to_ends_by_itself() -> None:
    answered, unanswered = ask(), ask()
    contact.answer(seller(), thread=answered, said="はい")

    pass_time(MONDAY + timedelta(days=30))

    assert facts.thread(answered).state == "closed"  # type: ignore[union-attr]
    assert facts.thread(unanswered).state == "closed"  # type: ignore[union-attr]
    kinds = [a.kind for a in ledger.acts_about(f"contact.thread:{unanswered}")]
    assert kinds == ["contact.ask_question", "contact.miss_answer", "contact.lapse"]


def test_both_sides_and_nobody_else_are_told_of_a_trouble() -> None:
    trouble = open_trouble()

    told = {(n.to, n.template) for n in outbox.notices(about=f"contact.trouble:{trouble}")}

    assert told == {("buyer:B-1", "contact.received"), ("seller:S-1", "contact.inquiry")}


def test_a_seller_without_any_contact_is_a_finding_that_a_lead_sees() -> None:
    trouble = open_trouble(order_ref="O-2")

    told = {(n.to, n.template) for n in outbox.notices(about=f"contact.trouble:{trouble}")}

    assert ("lead", "contact.unreachable") in told
    assert cases.case_of(f"contact.trouble:{trouble}").attention == "unreachable"
    contact.write(buyer(), thread=facts.trouble(trouble).thread, said="追伸")  # type: ignore[union-attr]
    assert cases.case_of(f"contact.trouble:{trouble}").attention == "unreachable"


def test_an_order_that_does_not_exist_or_is_anothers_gets_the_same_answer() -> None:
    with pytest.raises(NoSuchOrder) as missing:
        open_trouble(order_ref="O-404")
    with pytest.raises(NoSuchOrder) as another:
        contact.open_trouble(
            EVES[0], order_ref="O-1", topic=Topic.OTHER, harm=Harm.MONEY, said="x", centre_may_read=False
        )

    assert missing.value.sentence.ja.replace("O-404", "") == another.value.sentence.ja.replace("O-1", "")


def test_a_second_trouble_with_the_same_order_is_refused_while_the_first_is_open() -> None:
    first = open_trouble()

    with pytest.raises(TroubleAlreadyOpen):
        open_trouble()
    contact.solve(buyer(), trouble=first)

    assert open_trouble() != first


def test_unknown_listings_and_empty_or_endless_words_are_refused_in_a_sentence() -> None:
    with pytest.raises(NoSuchListing):
        ask(listing="L-404")
    thread = ask()
    for nothing in (
        " \n\u3000",
        "\u200b\u200b",
        "\u202e\u00ad",
        "\u3164",
        "\u2800",
        "\ufe0f",
        "\u115f",
    ):
        with pytest.raises(NoWords):
            contact.write(buyer(), thread=thread, said=nothing)
    for holding in ("\0", "割れ\0ました"):
        with pytest.raises(NulInside):
            contact.write(buyer(), thread=thread, said=holding)
    with pytest.raises(TooManyWords) as refused:
        contact.write(buyer(), thread=thread, said="あ" * 10_001)
    contact.write(buyer(), thread=thread, said="あ" * 10_000)

    assert "10,001文字" in refused.value.sentence.ja


@pytest.mark.parametrize("nothing", ["\u3164", "\u2800", "\ufe0f"], ids=ascii)
def test_what_nobody_can_see_is_neither_an_acknowledgement_nor_an_answer_nor_a_reason(nothing: str) -> None:
    trouble = open_trouble()
    thread = Trouble.objects.get(pk=trouble).thread_id

    for act in (
        lambda: contact.acknowledge(seller(), thread=thread, said=nothing),
        lambda: contact.answer(seller(), thread=thread, said=nothing),
    ):
        with pytest.raises(NoWords):
            act()
    with pytest.raises(ReasonNeeded):
        contact.solve(agent(), trouble=trouble, reason=nothing)


@pytest.mark.parametrize("signs", ["。", "…！", "👍", "－"])
def test_signs_alone_stop_no_clock_and_may_still_acknowledge(signs: str) -> None:
    trouble = open_trouble()
    thread = Trouble.objects.get(pk=trouble).thread_id

    with pytest.raises(NoAnswer):
        contact.answer(seller(), thread=thread, said=signs)
    contact.acknowledge(seller(), thread=thread, said=signs)

    assert due(f"contact.trouble:{trouble}", "contact.answer") is not None
    contact.answer(seller(), thread=thread, said="1")
    assert due(f"contact.trouble:{trouble}", "contact.answer") is None


def test_a_trouble_is_not_closed_as_if_it_were_a_question() -> None:
    trouble = facts.trouble(open_trouble())

    with pytest.raises(TroubleNotClosedSo):
        contact.close_thread(buyer(), thread=trouble.thread)  # type: ignore[union-attr]


def test_a_buyer_withdraws_and_everything_that_hung_on_it_ends() -> None:
    trouble = open_asked()
    assert len(sellers_calls()) == 1

    contact.withdraw(buyer(), trouble=trouble)

    assert facts.trouble(trouble).state == "withdrawn"  # type: ignore[union-attr]
    assert sellers_calls() == ()
    assert clocks.open_clocks(f"contact.trouble:{trouble}") == ()
    with pytest.raises(StepNotOpen):
        contact.solve(buyer(), trouble=trouble)


def test_a_trouble_lapses_when_the_buyer_is_silent_for_a_week_after_the_answer() -> None:
    trouble = open_trouble()
    contact.answer(seller(MONDAY), thread=facts.trouble(trouble).thread, said="交換します")  # type: ignore[union-attr]

    pass_time(MONDAY + timedelta(days=6))
    assert facts.trouble(trouble).state == "overdue"  # type: ignore[union-attr]
    pass_time(MONDAY + timedelta(days=9))

    known = facts.trouble(trouble)
    assert known is not None
    assert (known.state, known.mediation_state, known.remedy_state) == ("lapsed", "dropped", "dropped")


@pytest.mark.parametrize("eve", EVES, ids=lambda h: f"{h.role}-{h.by}")
def test_eve_is_refused_at_every_verb(eve: Actor) -> None:
    trouble = open_trouble()
    thread = facts.trouble(trouble).thread  # type: ignore[union-attr]
    verbs = [
        lambda: contact.ask_question(eve, listing_ref="L-404", topic=Topic.GOODS, said="x"),
        lambda: contact.write(eve, thread=thread, said="x"),
        lambda: contact.acknowledge(eve, thread=thread, said="x"),
        lambda: contact.answer(eve, thread=thread, said="x"),
        lambda: contact.look(eve, thread=thread),
        lambda: contact.share(eve, thread=thread),
        lambda: contact.close_thread(eve, thread=thread),
        lambda: contact.say_unsolved(eve, trouble=trouble, said="x"),
        lambda: contact.solve(eve, trouble=trouble),
        lambda: contact.withdraw(eve, trouble=trouble),
        lambda: contact.request_mediation(eve, trouble=trouble),
        lambda: contact.grant_remedy(eve, trouble=trouble, amount=1, reason="x"),
        lambda: contact.miss_answer(eve, thread=thread, due_at=MONDAY),
        lambda: contact.miss_resolution(eve, trouble=trouble, due_at=MONDAY),
    ]

    for verb in verbs:
        with pytest.raises((NothingHere, NoSuchListing)):
            verb()

    acts = [a.kind for a in ledger.acts_about(f"contact.trouble:{trouble}")]
    assert acts == ["contact.open_trouble"]


def test_a_delegate_of_the_seller_answers_and_staff_do_not() -> None:
    thread = ask()

    with pytest.raises(StepNotYours):
        contact.answer(agent(), thread=thread, said="x")
    with pytest.raises(StepNotYours):
        contact.withdraw(lead(), trouble=open_trouble())
    from mamori.grammar.actor import Role
    from mamori.rooms.contact.tests.conftest import actor

    contact.answer(actor("seller:S-1/hanako", Role.DELEGATE), thread=thread, said="はい")

    assert facts.thread(thread).state == "answered"  # type: ignore[union-attr]


def test_things_that_are_not_there_are_not_there() -> None:
    assert facts.thread(404) is None
    assert facts.trouble(404) is None
    assert facts.recovery_of(404) is None
    for verb in (
        lambda: contact.write(buyer(), thread=404, said="x"),
        lambda: contact.solve(buyer(), trouble=404),
        lambda: contact.waive(lead(), recovery=404, reason="x"),
    ):
        with pytest.raises(NothingHere):
            verb()
