"""Help by telephone and by letter: who it is comes first, words are read back, and the buyer is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine
from mamori.ground.outbox import facts as outbox
from mamori.ground.outbox.models import Notice
from mamori.rooms.contact import actions, words
from mamori.rooms.contact.models import Check, Message, Thread, Trouble
from mamori.rooms.contact.rules.callers import CODES, QUESTIONS, Channel, Known, given, suffices
from mamori.rooms.contact.tests.conftest import (
    ANSWERED,
    EVES,
    MONDAY,
    agent,
    buyer,
    lead,
    machine,
    open_trouble,
    seller,
)
from mamori.rooms.contact.tests.test_buyer_pages import now, number_of, token
from mamori.rooms.contact.topics import Harm, Topic
from tests.laid import laid

pytestmark = pytest.mark.usefixtures("market_of_two")

RIGHT = {"amount": "8,000円", "phone": "1111"}
KNOWN = Known(
    amount=8_000, ordered_on=date(2026, 11, 11), shop="店", name="買手 花子",
    phone="090-0000-1111", address="〒920-0000 石川県金沢市架空町1-2",
)  # fmt: skip
SAID = "ふたが割れていたそうです"


@laid(autouse=True)
def known_buyer(market_of_two: None) -> None:
    line = BuyerLine(ref="B-1", name="買手 花子", phone=KNOWN.phone, address=KNOWN.address)
    market.put_buyer(machine(), line)


def check(number: str = "O-1", by: Actor | None = None, **answers: str) -> str:
    return actions.check_caller(by or agent(), number=number, channel=Channel.PHONE, answers=answers or RIGHT)


def open_for(check: str, by: Actor | None = None, *, may_read: bool = True) -> int:
    return actions.open_for_caller(
        by or agent(), check=check, topic=Topic.BROKEN, harm=Harm.MONEY, said=SAID, read_back=True, may_read=may_read
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "enough"),
    [
        ({"amount": "８０００", "day": "11/11"}, True),
        ({"amount": "8000", "day": "2026年11月11日"}, True),
        ({"phone": "090-0000-1111", "name": "買手花子"}, True),
        ({"phone": "1111", "address": "石川県金沢市"}, True),
        ({"amount": "8000", "day": "令和8年11月11日"}, True),
        ({"amount": "8000", "day": "令和7年11月11日"}, False),
        ({"amount": "8000"}, False),
        ({"name": "買手花子", "address": "石川県金沢市"}, False),
        ({"name": "買手花子", "address": "石川県金沢市", "shop": "店"}, False),
        ({"amount": "8000", "day": "11/12"}, False),
        ({"amount": "8001", "phone": "1111", "name": "買手花子"}, False),
        ({"amount": "8000", "phone": "111"}, False),
        ({"amount": "8000", "address": "石川県"}, False),
        ({"amount": "8000", "address": "〒920-0000"}, False),
        ({"amount": "8000", "day": "十一月"}, False),
        ({"amount": "8000", "secret": "1"}, False),
        ({"amount": "8000", "name": "・ー"}, False),
        ({}, False),
    ],
)
def test_two_right_answers_of_which_one_is_not_on_the_parcel_suffice(
    answers: dict[str, str], enough: bool
) -> None:
    assert suffices(answers, KNOWN) is enough


@pytest.mark.parametrize(
    ("code", "registered", "heard"),
    [
        ("name", "髙橋 ハナ子", "高橋はな子"),
        ("name", "渡邊　齋", "渡辺 斎"),
        ("shop", "山﨑商店", "山崎商店"),
        ("address", "東京都千代田区市ヶ谷1", "東京都千代田区市ケ谷"),
    ],
)
def test_spellings_that_sound_alike_are_one_answer(code: str, registered: str, heard: str) -> None:
    known = replace(KNOWN, **{code: registered})

    assert suffices({"amount": "8000", code: heard}, known)
    assert not suffices({"amount": "8000", code: f"{heard}二"}, known)


@pytest.mark.parametrize("code", CODES)
def test_what_we_do_not_know_is_never_right(code: str) -> None:
    nothing = Known(amount=-1, ordered_on=date(2026, 11, 11), shop="", name="", phone="", address="")
    question = next(question for question in QUESTIONS if question.code == code)

    tried = ("", "0", "-1", "1", "0000", "買手", "石川県金沢市", "店")

    assert not any(question.is_right(answer, nothing) for answer in tried)


def test_a_trouble_is_opened_for_a_caller_with_consent_said_by_telephone() -> None:
    thread = Thread.objects.get(pk=open_for(check()))

    message = Message.objects.get()
    acts = ledger.acts_about(f"contact.trouble:{thread.trouble.pk}")
    told = {notice.template for notice in outbox.notices(about=acts[0].about, to="buyer:B-1")}
    assert (thread.buyer_ref, thread.centre_may_read, message.through) == ("B-1", True, "phone")
    assert words.read(thread, message) == SAID
    assert [act.kind for act in acts] == ["contact.open_trouble", "contact.let_read"]
    assert acts[1].content is not None
    assert acts[1].content["payload"]["through"] == "phone"
    assert {act.content["by"] for act in acts if act.content} == {"agent:a"}
    assert {"contact.received", "contact.taken_down"} <= told


def test_an_open_matter_is_continued_and_it_is_the_sellers_turn_again() -> None:
    trouble = open_trouble(may_read=False)
    thread = Trouble.objects.get(pk=trouble).thread_id
    actions.answer(seller(MONDAY + timedelta(hours=1)), thread=thread, said="送りました")
    later = agent(MONDAY + timedelta(hours=2))

    found = actions.take_down(later, check=check(number_of(trouble), later), said="まだです", read_back=True)

    fresh = Thread.objects.get(pk=found)
    assert found == thread
    assert (fresh.state, fresh.centre_may_read) == ("waiting", False)
    assert fresh.messages.count() == 3


def test_the_answers_are_kept_nowhere_and_the_check_is_on_the_record() -> None:
    trouble = open_trouble()
    check(number_of(trouble), amount="8000", phone="090-0000-1111")

    act = ledger.acts_about(f"contact.trouble:{trouble}")[-1]
    assert act.content is not None
    assert act.content["payload"] | {"state": ""} == {
        "state": "", "channel": "phone", "asked": ["amount", "phone"], "passed": True,
    }  # fmt: skip
    assert "1111" not in str([act.content, Check.objects.values()])


def test_after_three_wrong_tries_the_buyer_still_gets_through_with_more_answers() -> None:
    codes = []
    for _ in range(3):
        with pytest.raises(Refusal) as refused:
            check(amount="1", phone="1111")
        codes.append(refused.value.code)
    with pytest.raises(Refusal) as too_few:
        check()
    with pytest.raises(Refusal) as off_the_parcel:
        check(phone="1111", name="買手 花子", address="石川県金沢市", shop="店")

    assert codes == ["not-the-buyer"] * 3
    assert (too_few.value.code, off_the_parcel.value.code) == ("more-answers-needed", "not-the-buyer")
    assert check(by=lead(MONDAY + timedelta(hours=1)), **RIGHT, day="11/11", name="買手 花子")
    assert check(by=agent(MONDAY + timedelta(days=1)))
    acts = [act for act in ledger.acts_about("market.order:O-1") if act.kind == "contact.check_caller"]
    assert [act.content["payload"]["passed"] for act in acts if act.content] == [False] * 4 + [True] * 2


def test_who_guesses_on_and_on_is_stopped_for_the_day() -> None:
    codes = []
    for _ in range(14):
        with pytest.raises(Refusal) as refused:
            check(amount="1", phone="1111", day="11/11", name="買手 花子")
        codes.append(refused.value.code)

    assert codes == ["not-the-buyer"] * 13 + ["caller-tried-too-often"]


def test_right_answers_are_not_counted_as_tries() -> None:
    assert len({check() for _ in range(5)}) == 5


@pytest.mark.parametrize(
    "by", [*EVES, buyer(), seller(), Actor(by="counsel:c", role=Role.COUNSEL, at=MONDAY, via="t")]
)
def test_nobody_but_those_who_take_calls_checks_or_writes(by: Actor) -> None:
    passed = check()

    for act in (lambda: check(by=by), lambda: open_for(passed, by)):
        with pytest.raises(Refusal):
            act()

    assert not Message.objects.exists()


def test_a_check_is_for_its_agent_and_for_half_an_hour() -> None:
    passed = check()

    refused = []
    for by in (lead(), Actor(by="agent:b", role=Role.AGENT, at=MONDAY, via="test"),
               agent(MONDAY + timedelta(minutes=30)), agent(MONDAY - timedelta(minutes=1))):  # fmt: skip
        with pytest.raises(Refusal) as why:
            open_for(passed, by)
        refused.append(why.value.code)
    with pytest.raises(Refusal):
        open_for("keine")

    assert set(refused) == {"check-over"}
    assert open_for(passed, agent(MONDAY + timedelta(minutes=29)))


def test_nothing_is_sent_that_was_not_read_back_or_is_no_words() -> None:
    passed = check()

    for said, read_back, code in (("割れた", False, "not-read-back"), (" ", True, "no-words")):
        with pytest.raises(Refusal) as refused:
            actions.open_for_caller(
                agent(), check=passed, topic=Topic.BROKEN, harm=Harm.MONEY, said=said,
                read_back=read_back, may_read=False,
            )  # fmt: skip
        assert refused.value.code == code

    assert not Thread.objects.exists()


def test_an_order_that_has_an_open_matter_leads_to_it_and_a_closed_one_is_refused() -> None:
    trouble = open_trouble()
    passed = check("O-1")
    actions.withdraw(buyer(), trouble=trouble)

    with pytest.raises(Refusal) as ended:
        actions.take_down(agent(), check=passed, said="まだです", read_back=True)

    assert Check.objects.get().thread_id == Trouble.objects.get(pk=trouble).thread_id
    assert ended.value.code == "thread-ended"


@pytest.mark.parametrize(
    ("number", "code"), [("O-9", "no-order-here"), ("12345678", "no-order-here"), ("", "no-order-here")]
)
def test_a_number_that_is_nothing_is_said_to_be_so(number: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check(number)

    assert refused.value.code == code


def test_a_question_before_purchase_is_continued_by_its_number() -> None:
    thread = actions.ask_question(buyer(), listing_ref="L-1", topic=Topic.GOODS, said="大きさは")
    number = actions.find_matter(agent(), facts_number(thread))

    with pytest.raises(Refusal) as unknown:
        check(facts_number(thread), amount="8000", phone="1111")
    passed = check(facts_number(thread), phone="1111", name="買手花子")
    actions.take_down(agent(), check=passed, said="色も知りたい", read_back=True, may_read=True)

    assert not Notice.objects.filter(template="contact.question_danger").exists()
    passed = check(facts_number(thread), phone="1111", name="買手花子")
    actions.take_down(agent(), check=passed, said="友人のものは発火しました", read_back=True)
    assert Notice.objects.filter(template="contact.question_danger").count() == 2

    assert number.thread is not None
    assert unknown.value.code == "not-the-buyer"  # there is no amount to know
    assert Thread.objects.get().messages.count() == 3


def facts_number(thread: int) -> str:
    from mamori.rooms.contact import facts

    known = facts.thread(thread)
    assert known is not None
    return known.case


def test_the_pages_lead_from_the_questions_to_the_number_that_is_told(enter: Enter) -> None:
    client: Client = enter(Role.AGENT)

    asked = client.get("/desk/callers/?number=O-1").content.decode()
    wrong = client.post(
        "/desk/callers/", {"number": "O-1", "channel": "phone", "amount": "1", "phone": "1111"}
    )
    passed = client.post("/desk/callers/", {"number": "O-1", "channel": "letter", **RIGHT})
    page = client.get(passed["Location"]).content.decode()
    form = {
        "token": token(page), "topic": "broken", "harm": "money", "said": SAID, "may_read": "no", "read_back": "on",
    }  # fmt: skip
    unread = client.post(passed["Location"], form | {"read_back": ""})
    sent = client.post(passed["Location"], form, follow=True)
    again = client.post(passed["Location"], form)

    trouble = Trouble.objects.get()
    assert 'value="O-1"' in asked
    assert wrong.status_code == 422
    assert "どの答えが違うかはお伝えできません" in wrong.content.decode()
    assert unread.status_code == 422
    assert SAID in unread.content.decode()
    assert number_of(trouble.pk) in sent.content.decode().replace(" ", "")
    assert again.status_code == 302
    assert Message.objects.count() == 1
    assert (
        "手紙を、窓口が書き写しました"
        in enter(Role.BUYER, "buyer:B-1").get(f"/threads/{number_of(trouble.pk)}/").content.decode()
    )


def test_a_check_that_has_run_out_is_said_so_on_the_page(enter: Enter) -> None:
    answer = enter(Role.AGENT).get("/desk/callers/11111111-1111-4111-8111-111111111111/")

    assert answer.status_code == 409
    assert "もう一度、確かめるところから" in answer.content.decode()


def test_what_is_given_holds_declared_answers_only() -> None:
    assert given({"amount": "1", "said": "x", "day": " "}) == {"amount": "1"}


def test_an_agent_who_opens_the_page_is_no_writer_without_a_check() -> None:
    trouble = open_trouble(now())

    with pytest.raises(Refusal):
        actions.write(agent(now()), thread=Trouble.objects.get(pk=trouble).thread_id, said="代わりに")


@pytest.mark.parametrize("by", [*EVES, buyer(), seller()])
def test_nobody_else_learns_what_is_behind_a_number(by: Actor) -> None:
    with pytest.raises(Refusal) as refused:
        actions.find_matter(by, "O-1")

    assert refused.value.status == 404


def test_a_check_of_an_order_without_a_matter_adds_to_none() -> None:
    with pytest.raises(Refusal) as refused:
        actions.take_down(agent(), check=check(), said="割れた", read_back=True)

    assert refused.value.code == "thread-ended"


def test_a_check_of_a_question_opens_no_trouble() -> None:
    thread = actions.ask_question(buyer(), listing_ref="L-1", topic=Topic.GOODS, said="大きさは")
    passed = check(facts_number(thread), phone="1111", name="買手花子")

    with pytest.raises(Refusal) as refused:
        open_for(passed)

    assert refused.value.code == "no-such-order"


def test_one_answer_is_too_few_and_no_try() -> None:
    for _ in range(4):
        with pytest.raises(Refusal) as refused:
            check(amount="8000")
        assert refused.value.code == "too-few-answers"

    assert check()


def test_who_calls_is_asked_for_the_injury_whatever_the_trouble_and_words_raise_what_is_taken_down(
    enter: Enter,
) -> None:
    client: Client = enter(Role.AGENT)
    passed = client.post("/desk/callers/", {"number": "O-1", "channel": "letter", **RIGHT})
    page = client.get(passed["Location"]).content.decode()
    form = {
        "token": token(page), "topic": "broken", "harm": "money", "hurt": "fire", "said": SAID, "may_read": "no",
        "read_back": "on",
    }  # fmt: skip
    client.post(passed["Location"], form)
    trouble = Trouble.objects.get()
    assert (trouble.harm, trouble.in_danger) == ("danger", True)

    at = now()
    actions.reach_buyer(agent(at), trouble=trouble.pk, answers=ANSWERED)
    again = actions.check_caller(
        agent(at), number=number_of(trouble.pk), channel=Channel.PHONE, answers=RIGHT
    )
    actions.take_down(agent(at), check=again, said="また煙が出たそうです", read_back=True)
    assert Trouble.objects.get().in_danger
    before = Notice.objects.filter(template="contact.danger_staff").count()
    third = actions.check_caller(
        agent(at), number=number_of(trouble.pk), channel=Channel.PHONE, answers=RIGHT
    )
    actions.take_down(agent(at), check=third, said="やけどもしています", read_back=True)
    assert Notice.objects.filter(template="contact.danger_staff").count() == before + 2
