"""A helper answers proposals for a buyer: only with a consent to just that, as their own act, told to the buyer at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotYours
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine
from mamori.rooms.contact import actions, helping
from mamori.rooms.contact.models import Helper, Proposal, Thread
from mamori.rooms.contact.queries import thread as threads
from mamori.rooms.contact.rules.callers import Channel
from mamori.rooms.contact.rules.deeds import REPLIES, Deed
from mamori.rooms.contact.rules.helping import MAY, May, may, meant
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.tests.agreeing import mediated, page_number, thread_of, told
from mamori.rooms.contact.tests.conftest import EVES, MONDAY, agent, buyer, lead, machine, seller
from mamori.rooms.contact.tests.test_buyer_pages import now
from tests.laid import laid

pytestmark = pytest.mark.usefixtures("market_of_two")

LATER = MONDAY + timedelta(hours=1)
RIGHT = {"amount": "8,000円", "phone": "1111"}


@laid
def trouble() -> int:
    return mediated()


@laid
def offered(trouble: int) -> int:
    return actions.propose(seller(), trouble=trouble, kind=Kind.PART_REFUND, amount=3_000)


def come(trouble: int, let: May, *, name: str = "長女の花子", by: Actor | None = None) -> Actor:
    by = by or buyer()
    code = actions.let_help(by, thread=thread_of(trouble).pk, name=name, may=let, days=7)
    presence, _ = actions.come_to_help(code=code, at=by.at)
    return presence.actor(at=by.at, via="test")


def answers(helper: Actor, proposal: int) -> tuple[Callable[[], object], ...]:
    return (
        lambda: actions.accept(helper, proposal=proposal),
        lambda: actions.decline(helper, proposal=proposal),
        lambda: actions.counter(helper, proposal=proposal, kind=Kind.REPLACEMENT),
    )


def test_who_may_decide_agrees_for_the_buyer_who_is_told_at_once(trouble: int, offered: int) -> None:
    helper = come(trouble, May.DECIDE)

    assert (
        threads.page_of(helper, page_number(trouble)).deeds
        == {Deed.WRITE, Deed.SAY_UNSOLVED, Deed.RAISE_HARM, Deed.TO_CENTRE} | REPLIES
    )
    actions.accept(helper, proposal=offered)

    act = ledger.acts_about(f"contact.trouble:{trouble}")[-1]
    assert act.content is not None
    assert (act.kind, act.content["by"], act.content["role"]) == (
        "contact.accept",
        f"buyer:B-1/helper-{Helper.objects.get().pk}",
        "helper",
    )
    assert Proposal.objects.get().state == "accepted"
    assert {"helper_replied", "agreed"} <= set(told("buyer:B-1"))
    assert "helper_replied" not in told("seller:S-1")
    with pytest.raises(Refusal):
        actions.accept(buyer(LATER), proposal=offered)
    assert told("buyer:B-1").count("agreed") == 1


def test_a_helper_declines_and_counters_as_the_buyer_would(trouble: int, offered: int) -> None:
    helper = come(trouble, May.DECIDE)

    made = actions.counter(helper, proposal=offered, kind=Kind.REPLACEMENT)
    actions.withdraw_proposal(buyer(LATER), proposal=made)
    third = actions.propose(seller(LATER), trouble=trouble, kind=Kind.REPAIR)
    actions.decline(helper, proposal=third)

    assert [p.state for p in Proposal.objects.order_by("number")] == ["countered", "withdrawn", "declined"]
    assert Proposal.objects.get(pk=made).by_side == "buyer"
    assert Thread.objects.get().state == "waiting"
    assert told("buyer:B-1").count("helper_replied") == 2
    assert "not_agreed" in told("seller:S-1")


@pytest.mark.parametrize("let", [May.READ, May.WRITE])
def test_reading_or_writing_is_no_deciding_and_the_refusal_says_what_to_do(
    trouble: int, offered: int, let: May
) -> None:
    helper = come(trouble, let)

    for answer in answers(helper, offered):
        with pytest.raises(Refusal) as refused:
            answer()
        assert (refused.value.code, refused.value.status) == ("helper-may-not-decide", 403)
        assert "ご本人に返事をしてもらうか" in refused.value.sentence.ja
    assert not threads.page_of(helper, page_number(trouble)).deeds & REPLIES
    assert Proposal.objects.get().state == "offered"


def test_who_may_decide_neither_proposes_nor_takes_back(trouble: int) -> None:
    helper = come(trouble, May.DECIDE)

    with pytest.raises(StepNotYours):
        actions.propose(helper, trouble=trouble, kind=Kind.REPAIR)
    made = actions.propose(buyer(), trouble=trouble, kind=Kind.REPAIR)
    with pytest.raises(StepNotYours):
        actions.withdraw_proposal(helper, proposal=made)

    assert Deed.TAKE_BACK not in threads.page_of(helper, page_number(trouble)).deeds


def test_a_helper_of_one_matter_answers_nothing_of_another(trouble: int, offered: int) -> None:
    helper = come(trouble, May.DECIDE)
    forged = Actor(by=helper.by + "9", role=Role.HELPER, at=MONDAY, via="test")
    late = Actor(by=helper.by, role=Role.HELPER, at=MONDAY + timedelta(days=7), via="test")

    for by, proposal in ((forged, offered), (late, offered), (helper, offered + 999)):
        for answer in answers(by, proposal):
            with pytest.raises(Refusal) as refused:
                answer()
            assert refused.value.status == 404


def test_the_buyer_lets_somebody_decide_later_and_ends_it(trouble: int, offered: int) -> None:
    helper, thread = come(trouble, May.READ), thread_of(trouble).pk
    row = Helper.objects.get().pk

    for _ in range(2):  # the same again is nothing new
        actions.let_decide(buyer(), thread=thread, helper=row, may_decide=True)
    assert helping.helpers(Thread.objects.get(), MONDAY)[0].what == MAY[May.DECIDE]
    actions.let_decide(buyer(), thread=thread, helper=row, may_decide=False)

    with pytest.raises(Refusal) as refused:
        actions.accept(helper, proposal=offered)
    assert refused.value.code == "helper-may-not-decide"
    kinds = [act.kind for act in ledger.acts_about(f"contact.trouble:{trouble}")]
    assert kinds.count("contact.let_decide") == 2


@pytest.mark.parametrize("eve", [*EVES, seller(), agent()])
def test_nobody_but_the_buyer_lets_somebody_decide(trouble: int, eve: Actor) -> None:
    helper = come(trouble, May.WRITE)
    row, thread = Helper.objects.get().pk, thread_of(trouble).pk

    for by in (eve, helper):
        with pytest.raises(Refusal):
            actions.let_decide(by, thread=thread, helper=row, may_decide=True)
    with pytest.raises(Refusal):
        actions.let_decide(buyer(), thread=thread, helper=row + 1, may_decide=True)

    assert not Helper.objects.get().may_decide


def test_after_the_end_nobody_is_let_decide(trouble: int) -> None:
    come(trouble, May.WRITE)
    thread = thread_of(trouble).pk
    known()
    passed = check(trouble)
    actions.withdraw(buyer(), trouble=trouble)

    with pytest.raises(Refusal) as refused:
        actions.let_decide(buyer(), thread=thread, helper=Helper.objects.get().pk, may_decide=True)
    with pytest.raises(Refusal) as by_telephone:
        take_down(passed)

    assert refused.value.code == by_telephone.value.code == "thread-ended"


def test_the_database_lets_nobody_decide_who_may_not_write(trouble: int) -> None:
    come(trouble, May.READ)

    with pytest.raises(IntegrityError), transaction.atomic():
        Helper.objects.update(may_decide=True)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("娘", (1,)),
        ("娘さん", (1,)),
        ("花子", (2,)),
        ("花子の夫", (3,)),
        ("ハナコ", ()),
        ("の夫", (3,)),
        ("子", ()),
        ("太郎", ()),
        ("さん", ()),
        ("", ()),
    ],
)
def test_whom_a_caller_means(said: str, found: tuple[int, ...]) -> None:
    assert meant(said, {1: "娘", 2: "花子さん", 3: "花子の夫", 4: "♡"}) == found


def test_a_name_that_two_hold_means_neither_alone() -> None:
    assert meant("花子", {1: "長女の花子", 2: "隣の花子さん"}) == (1, 2)


def test_the_kinds_of_consent_hold_each_other() -> None:
    assert [may(writes=w, decides=d) for w, d in ((False, False), (True, False), (True, True))] == list(May)
    assert [one.writes for one in May] == [False, True, True]
    assert [one.decides for one in May] == [False, False, True]


def known() -> None:
    market.put_buyer(machine(), BuyerLine(ref="B-1", name="買手 花子", phone="090-0000-1111"))


def check(trouble: int, channel: Channel = Channel.PHONE, by: Actor | None = None) -> str:
    number = page_number(trouble)
    return actions.check_caller(by or agent(), number=number, channel=channel, answers=RIGHT)


def take_down(
    check: str,
    *,
    name: str = "花子",
    may_decide: bool = True,
    read_back: bool = True,
    by: Actor | None = None,
) -> object:
    return actions.let_decide_for_caller(
        by or agent(), check=check, name=name, may_decide=may_decide, read_back=read_back
    )


class TestByTelephone:
    """The buyer calls, and says that whoever helps may answer proposals."""

    @pytest.fixture(autouse=True)
    def _known(self, market_of_two: None) -> None:
        known()

    def test_the_consent_is_taken_down_recorded_and_told_in_writing(self, trouble: int, offered: int) -> None:
        helper, passed = come(trouble, May.READ), check(trouble)

        take_down(passed)
        actions.accept(helper, proposal=offered)
        acts = ledger.acts_about(f"contact.trouble:{trouble}")
        act = next(one for one in acts if one.kind == "contact.let_decide")
        take_down(passed, name="長女の 花子さん", may_decide=False)

        assert act.content is not None
        recorded = act.content["payload"]
        assert (act.content["by"], recorded["check"], recorded["through"]) == ("agent:a", passed, "phone")
        assert recorded["may_decide"] is True
        assert told("buyer:B-1")[0] == "deciding_ended"
        assert "deciding_let" in told("buyer:B-1")
        assert not Helper.objects.get().may_decide

    def test_what_the_caller_says_names_one_helper_or_none(self, trouble: int) -> None:
        come(trouble, May.WRITE, name="長女の花子")
        come(trouble, May.WRITE, name="隣の花子さん")
        passed = check(trouble)

        for name in ("花子", "太郎", "子", "", "隣"):
            with pytest.raises(Refusal) as refused:
                take_down(passed, name=name)
            assert refused.value.code == "no-such-helper"
            assert "花子" not in refused.value.sentence.ja
        take_down(passed, name="長女")

        assert [row.may_decide for row in Helper.objects.order_by("pk")] == [True, False]

    def test_without_the_check_the_voice_or_the_reading_nothing_is_let(self, trouble: int) -> None:
        come(trouble, May.WRITE)
        passed, letter = check(trouble), check(trouble, Channel.LETTER)
        question = actions.check_caller(agent(), number="O-3", channel=Channel.PHONE, answers=RIGHT)

        codes = []
        for attempt in (
            lambda: take_down("x"),
            lambda: take_down(passed, by=lead()),
            lambda: take_down(letter),
            lambda: take_down(passed, read_back=False),
            lambda: take_down(question),
            *[lambda by=by: take_down(passed, by=by) for by in (*EVES, buyer(), seller())],
        ):
            with pytest.raises(Refusal) as refused:
                attempt()
            codes.append(refused.value.code)

        assert codes[:5] == [
            "check-over",
            "check-over",
            "consent-needs-voice",
            "not-read-back",
            "thread-ended",
        ]
        assert set(codes[5:]) == {"check-over"}
        assert not Helper.objects.get().may_decide

    def test_the_page_reads_out_what_it_means_and_leads_back_to_the_case(self, enter: Enter) -> None:
        trouble = mediated_now()
        come(trouble, May.WRITE, name="孫の太一", by=buyer(now()))
        desk: Client = enter(Role.AGENT)
        number = page_number(trouble)
        path = str(desk.post("/desk/callers/", {"number": number, "channel": "phone", **RIGHT})["Location"])

        begun = desk.get(path).content.decode()
        asked = desk.get(f"{path}helper/").content.decode()
        form = {"name": "太一", "may_decide": "yes", "read_back": "on"}
        missing = desk.post(f"{path}helper/", {"name": "太一", "may_decide": "yes"})
        wrong = desk.post(f"{path}helper/", form | {"name": "次郎"})
        done = desk.post(f"{path}helper/", form, follow=True).content.decode()

        assert f"{path}helper/" in begun
        assert "あなたが受けたことになり、取り消せません" in asked
        assert "太一" not in asked
        assert (missing.status_code, wrong.status_code) == (422, 422)
        assert "ご本人に知らせました" in done
        assert Helper.objects.get().may_decide


def mediated_now() -> int:
    from mamori.rooms.contact.tests.conftest import open_trouble

    trouble = open_trouble(now())
    actions.request_mediation(buyer(now()), trouble=trouble)
    return trouble


def test_the_pages_let_a_daughter_answer_for_her_father(enter: Enter) -> None:
    trouble = mediated_now()
    actions.propose(seller(now()), trouble=trouble, kind=Kind.PART_REFUND, amount=3_000)
    number, hers = page_number(trouble), enter(Role.BUYER, "buyer:B-1")
    path = f"/threads/{number}/helpers/"
    hers.post(path, {"name": "長女の花子", "may": "write", "days": "7"})
    code = hers.get(path).content.decode().split('class="code"><strong>')[1].split("<")[0]
    daughter = enter()
    daughter.post("/help/", {"code": code})
    row = str(Helper.objects.get().pk)

    before = daughter.get(f"/threads/{number}/").content.decode()
    refused = daughter.post(f"/threads/{number}/accept/", {"offer": "1"})
    hers.post(path, {"act": "decide", "helper": "x"})
    hers.post(path, {"act": "decide", "helper": row})
    listed = hers.get(path).content.decode()
    after = daughter.get(f"/threads/{number}/").content.decode()
    hers.post(path, {"act": "decide-no-more", "helper": row})
    ended = daughter.get(f"/threads/{number}/").content.decode()
    hers.post(path, {"act": "decide", "helper": row})
    done = daughter.post(f"/threads/{number}/accept/", {"offer": "1"}, follow=True).content.decode()

    assert "accept/" not in before
    assert refused.status_code == 403
    assert "まだ頼まれていません" in refused.content.decode()
    assert "読む、代わりに書く、解決の提案に返事をする" in listed
    assert f"/threads/{number}/accept/" in after
    assert "購入者に代わって返事ができます" in after
    assert "accept/" not in ended
    assert "提案を受けました" in done
    assert Proposal.objects.get().state == "accepted"
