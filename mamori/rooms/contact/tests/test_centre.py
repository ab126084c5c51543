"""The centre and the parties write to each other: each message is read by whom it names, and what asks is answered in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen
from mamori.ground.cases import actions as case_actions, facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.outbox import facts as outbox
from mamori.ground.seal import actions as sealing
from mamori.law.deadlines import ANSWER, CENTRE_ANSWER
from mamori.law.grounds import BUYER_CONSENT
from mamori.rooms.contact import actions as contact, keeping
from mamori.rooms.contact.centre.actions import (
    ConversationOver,
    OwedAlready,
    PlaceUnfilled,
    ReaderErased,
    SellerNotNamed,
    seen_now,
)
from mamori.rooms.contact.centre.queries import CentreShown, centre_messages
from mamori.rooms.contact.centre.rules import Readers, reader_of
from mamori.rooms.contact.endpoints import showing
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import CentreMessage, Thread, Trouble
from mamori.rooms.contact.queries import thread as threads
from mamori.rooms.contact.queries.paper import paper, records
from mamori.rooms.contact.rules.helping import May
from mamori.rooms.contact.rules.proposals import Kind, Side
from mamori.rooms.contact.tests.agreeing import page_number, thread_of, told
from mamori.rooms.contact.tests.conftest import (
    EVES,
    MONDAY,
    actor,
    agent,
    buyer,
    lead,
    machine,
    open_trouble,
    pass_time,
    seller,
)
from mamori.rooms.contact.tests.test_helpers_deciding import come
from mamori.rooms.contact.topics import Topic
from tests.laid import laid

pytestmark = pytest.mark.usefixtures("market_of_two", "settled_contact")
HOUR = timedelta(hours=1)
DELEGATE = actor("seller:S-1/hanako", Role.DELEGATE)


@laid
def trouble() -> int:
    return open_trouble()


def about(trouble: int) -> str:
    return f"contact.trouble:{trouble}"


def say(trouble: int, readers: Readers, said: str = "窓口です。", by: Actor | None = None) -> None:
    contact.write_as_centre(
        by or agent(MONDAY + HOUR), thread=thread_of(trouble).pk, readers=readers, said=said
    )


def ask(trouble: int, by: Actor, said: str = "教えてください。", readers: Readers | None = None) -> None:
    contact.write_to_centre(by, thread=thread_of(trouble).pk, said=said, readers=readers)


def read(trouble: int, who: Actor) -> list[str | None]:
    found = centre_messages(thread_of(trouble), reader_of(who.role))
    return [one.words for one in found]


def running(trouble: int, kind: str = CENTRE_ANSWER.code) -> list[str]:
    return [clock.key for clock in clocks.open_clocks(about(trouble)) if clock.kind == kind]


def all_written(trouble: int) -> None:
    say(trouble, Readers.BUYER, "購入者へ")
    say(trouble, Readers.SELLER, "出品者へ")
    say(trouble, Readers.BOTH, "双方へ")
    ask(trouble, buyer(MONDAY + 2 * HOUR), "購入者から窓口だけへ")
    ask(trouble, seller(MONDAY + 2 * HOUR), "出品者から窓口だけへ")
    ask(trouble, buyer(MONDAY + 3 * HOUR), "購入者からみなへ", Readers.BOTH)


TO_BUYER = ["購入者へ", "双方へ", "購入者から窓口だけへ", "購入者からみなへ"]
TO_SELLER = ["出品者へ", "双方へ", "出品者から窓口だけへ", "購入者からみなへ"]


class TestWhoReads:
    def test_each_side_reads_what_names_it_and_the_centre_all(self, trouble: int) -> None:
        all_written(trouble)

        assert read(trouble, buyer()) == TO_BUYER
        assert read(trouble, seller()) == read(trouble, DELEGATE) == TO_SELLER
        assert read(trouble, agent()) == sorted({*TO_BUYER, *TO_SELLER}, key=read(trouble, lead()).index)
        assert len(read(trouble, agent())) == 6
        assert read(trouble, machine()) == read(trouble, actor("eve", Role.ANONYMOUS)) == []

    def test_whoever_helps_the_buyer_reads_what_the_buyer_does(self, trouble: int) -> None:
        all_written(trouble)
        helper = come(trouble, May.READ)

        page = threads.page_of(helper, page_number(trouble))

        assert [one.words for one in page.with_centre] == TO_BUYER
        with pytest.raises(NothingHere):
            ask(trouble, helper)

    def test_a_helper_who_may_write_writes_as_such(self, trouble: int) -> None:
        helper = come(trouble, May.WRITE)
        ask(trouble, helper)

        [one] = centre_messages(thread_of(trouble), Side.CENTRE)
        assert (one.by, one.readers, one.through is not None) == (Side.BUYER, Readers.BUYER, True)

    @pytest.mark.parametrize(("who", "wanted"), [(buyer(), TO_BUYER), (seller(), TO_SELLER)])
    def test_pages_paper_and_answers_hold_just_that(
        self, trouble: int, who: Actor, wanted: list[str]
    ) -> None:
        all_written(trouble)

        page = threads.page_of(who, page_number(trouble))
        answer = showing.shown(who, showing.thread_of(who, thread_of(trouble).pk), [])

        assert [one.words for one in page.conversation if isinstance(one, CentreShown)] == wanted
        assert [one.said for one in answer.with_centre or ()] == wanted
        assert (
            showing.shown(machine(), showing.thread_of(machine(), thread_of(trouble).pk)).with_centre is None
        )

    @pytest.mark.parametrize("eve", EVES, ids=lambda eve: f"{eve.role}-{eve.by}")
    def test_eve_writes_nothing_and_asks_nothing(self, trouble: int, eve: Actor) -> None:
        for deed in (
            lambda: contact.write_as_centre(
                eve, thread=thread_of(trouble).pk, readers=Readers.BOTH, said="x"
            ),
            lambda: contact.ask_seller(eve, thread=thread_of(trouble).pk, readers=Readers.BOTH, said="x"),
            lambda: contact.write_to_centre(eve, thread=thread_of(trouble).pk, said="x"),
        ):
            with pytest.raises(Refusal):
                deed()
        assert not CentreMessage.objects.exists()

    def test_no_party_writes_as_the_centre_and_none_for_the_other_alone(self, trouble: int) -> None:
        with pytest.raises(NothingHere):
            contact.write_as_centre(buyer(), thread=thread_of(trouble).pk, readers=Readers.SELLER, said="x")
        with pytest.raises(NothingHere):
            ask(trouble, buyer(), readers=Readers.SELLER)
        with pytest.raises(NothingHere):
            contact.write_to_centre(agent(), thread=thread_of(trouble).pk, said="x")

    def test_staff_find_it_by_its_words_without_a_ground_and_not_what_the_parties_wrote(
        self, trouble: int
    ) -> None:
        ask(trouble, seller(), "倉庫の鍵が見つかりません")

        [hit] = contact.search_words(agent(), text="倉庫 鍵").hits

        assert hit.case.about == about(trouble)
        assert contact.search_words(agent(), text="動きません").hits == ()

    def test_the_list_of_records_tells_nobody_of_what_it_may_not_read(self, trouble: int) -> None:
        say(trouble, Readers.SELLER)
        before = records(buyer(), about(trouble))
        ask(trouble, seller())

        assert records(buyer(), about(trouble)) == before
        assert len(records(seller(), about(trouble))) == len(before) + 2

    def test_whose_key_is_destroyed_is_read_no_more_and_written_to_no_more(self, trouble: int) -> None:
        all_written(trouble)
        sealing.shred(subject="seller:S-1", at=MONDAY + 4 * HOUR)

        assert read(trouble, seller()) == [None, "双方へ", None, "購入者からみなへ"]
        for readers in (Readers.SELLER, Readers.BOTH):
            with pytest.raises(ReaderErased):
                say(trouble, readers)
        with pytest.raises(ReaderErased):
            ask(trouble, buyer(), readers=Readers.BOTH)
        say(trouble, Readers.BUYER)

    def test_the_paper_says_for_whom_each_message_was(self, trouble: int) -> None:
        say(trouble, Readers.BOTH)
        ask(trouble, buyer(MONDAY + 2 * HOUR), readers=Readers.BOTH)
        ask(trouble, buyer(MONDAY + 3 * HOUR))

        whole = str(paper(buyer(), page_number(trouble), operator="市場"))

        for said in (
            "相談窓口から購入者と出品者の両方へ",
            "購入者から相談窓口、出品者へ",
            "購入者から相談窓口へ",
        ):
            assert said in whole

    def test_who_is_told_of_a_message_is_not_told_that_the_centre_wrote_it(self, trouble: int) -> None:
        ask(trouble, buyer(), readers=Readers.BOTH)

        [notice] = [n for n in outbox.notices(to="seller:S-1") if n.template == "contact.centre_wrote"]
        assert notice.title["ja"] == "相談窓口とのやり取りにメッセージが届きました"


class TestClocks:
    def test_staff_who_write_change_no_state_and_no_clock_of_a_party(self, trouble: int) -> None:
        def stands() -> object:
            now = Trouble.objects.select_related("thread").get(pk=trouble)
            known = [(one.kind, one.key, one.due_at) for one in clocks.open_clocks(about(trouble))]
            return now.state, now.progress, now.thread.state, now.thread.answer_due_at, sorted(known)

        before = stands()
        for readers in Readers:
            say(trouble, readers)

        assert stands() == before
        assert told("buyer:B-1").count("centre_wrote") == told("seller:S-1").count("centre_wrote") == 2

    def test_a_party_that_asks_is_answered_within_the_time_that_is_set(self, trouble: int) -> None:
        ask(trouble, buyer())
        ask(trouble, buyer(MONDAY + HOUR / 2))  # the oldest counts

        case = cases.case_of(about(trouble))
        [clock] = [one for one in clocks.open_clocks(about(trouble)) if one.kind == CENTRE_ANSWER.code]
        assert (clock.key, clock.started_at, clock.due_at) == ("buyer", MONDAY, MONDAY + 8 * HOUR)
        assert case.attention == "centre-asked"
        assert told("agent").count("wrote_to_centre") == 1

        say(trouble, Readers.SELLER)
        assert running(trouble) == ["buyer"]
        say(trouble, Readers.BOTH, by=agent(MONDAY + 2 * HOUR))
        assert running(trouble) == []
        assert cases.case_of(about(trouble)).attention is None

    def test_each_side_has_its_own_clock(self, trouble: int) -> None:
        ask(trouble, buyer())
        ask(trouble, seller(), readers=Readers.BOTH)

        assert sorted(running(trouble)) == ["buyer", "seller"]
        say(trouble, Readers.BUYER)
        assert running(trouble) == ["seller"]

    def test_what_is_not_answered_comes_before_a_lead_again_and_again(self, trouble: int) -> None:
        ask(trouble, buyer())

        pass_time(MONDAY + timedelta(days=1))

        assert told("lead").count("centre_unanswered") >= 2
        assert running(trouble) == ["buyer"]
        assert "centre-asked" in cases.asked(about(trouble))

    def test_the_end_of_the_trouble_is_the_end_of_the_wait(self, trouble: int) -> None:
        ask(trouble, buyer())
        contact.withdraw(buyer(MONDAY + HOUR), trouble=trouble)

        assert running(trouble) == []
        for deed in (
            lambda: say(trouble, Readers.BUYER),
            lambda: ask(trouble, buyer()),
        ):
            with pytest.raises(ConversationOver):
                deed()

    def test_a_buyer_who_writes_to_the_centre_is_not_silent(self, trouble: int) -> None:
        contact.answer(seller(), thread=thread_of(trouble).pk, said="直します")
        ask(trouble, buyer(MONDAY + HOUR))

        pass_time(MONDAY + timedelta(days=20))

        assert Trouble.objects.get(pk=trouble).closed_at is None

    def test_a_danger_that_is_told_to_the_centre_alone_is_one(self, trouble: int) -> None:
        ask(trouble, buyer(), "煙が出て、やけどをしました")

        assert Trouble.objects.get(pk=trouble).in_danger
        assert cases.case_of(about(trouble)).attention == "danger"

    def test_a_danger_of_which_the_seller_writes_is_told_to_staff(self, trouble: int) -> None:
        ask(trouble, seller(), "ほかの購入者の所で発火しました")

        assert "danger_staff" in told("agent")


class TestAskingTheSeller:
    def test_only_that_gives_the_turn_back(self, trouble: int) -> None:
        contact.answer(seller(), thread=thread_of(trouble).pk, said="直します")
        say(trouble, Readers.SELLER)
        assert thread_of(trouble).state == "answered"

        contact.ask_seller(
            agent(MONDAY + 2 * HOUR), thread=thread_of(trouble).pk, readers=Readers.SELLER, said="いつですか"
        )

        now = thread_of(trouble)
        assert (now.state, now.answer_due_at) == ("waiting", keeping.due(ANSWER, MONDAY + 2 * HOUR))
        assert running(trouble, ANSWER.code) == [""]

    def test_it_names_the_seller_and_waits_for_an_answer(self, trouble: int) -> None:
        with pytest.raises(SellerNotNamed):
            contact.ask_seller(
                agent(), thread=thread_of(trouble).pk, readers=Readers.BUYER, said="いつですか"
            )
        with pytest.raises(StepNotOpen):
            contact.ask_seller(agent(), thread=thread_of(trouble).pk, readers=Readers.BOTH, said="いつですか")

    def test_what_is_agreed_on_is_not_asked_for_again(self, trouble: int) -> None:
        contact.request_mediation(buyer(), trouble=trouble)
        offer = contact.propose(seller(), trouble=trouble, kind=Kind.FULL_REFUND)
        contact.accept(buyer(), proposal=offer)

        with pytest.raises(OwedAlready):
            contact.ask_seller(
                agent(), thread=thread_of(trouble).pk, readers=Readers.SELLER, said="いつですか"
            )


class TestWhatIsRefused:
    def test_a_place_that_nothing_fills(self, trouble: int) -> None:
        for place in ("{due}", "{DUE}", "｛due｝", "｛ｄｕｅ｝", "{ due }"):
            with pytest.raises(PlaceUnfilled, match=place):
                say(trouble, Readers.BUYER, f"{place}までにお知らせします")
        say(trouble, Readers.BUYER, "値段は{ }円です")

    @pytest.mark.parametrize("said", ["", " \n　", "あ" * 100_000])
    def test_no_words_or_too_many(self, trouble: int, said: str) -> None:
        for deed in (
            lambda: say(trouble, Readers.BUYER, said),
            lambda: ask(trouble, buyer(), said),
        ):
            with pytest.raises(Refusal):
                deed()
        assert not CentreMessage.objects.exists()

    def test_words_begun_before_somebody_else_wrote_or_the_case_changed_hands(self, trouble: int) -> None:
        found = thread_of(trouble)
        deeds: tuple[Callable[[], None], ...] = (
            lambda: say(trouble, Readers.BUYER),
            lambda: ask(trouble, buyer()),
            lambda: case_actions.take(agent(), about=about(trouble)),
        )
        for deed in deeds:
            seen = seen_now(CentreMessage.objects.count(), cases.case_of(about(trouble)).assignee)
            deed()
            count = CentreMessage.objects.count()
            with pytest.raises(ChangedMeanwhile):
                contact.write_as_centre(
                    lead(), thread=found.pk, readers=Readers.BUYER, said="二人目", seen=seen
                )
            assert CentreMessage.objects.count() == count

    def test_the_record_holds_no_word(self, trouble: int) -> None:
        say(trouble, Readers.BUYER, "ひみつの言葉")

        act = ledger.acts_about(about(trouble))[-1]
        assert act.kind == "contact.centre_buyer"
        assert "ひみつ" not in str(act.content)


class TestAGroundHolds:
    def test_no_longer_than_what_it_rests_on(self, trouble: int) -> None:
        contact.request_mediation(buyer(), trouble=trouble)
        contact.look(agent(), thread=thread_of(trouble).pk, ground=BUYER_CONSENT)
        later = agent(MONDAY + HOUR / 4)

        assert contact.read_on(later, thread=thread_of(trouble).pk, since=MONDAY) is not None
        assert contact.read_on(lead(later.at), thread=thread_of(trouble).pk, since=MONDAY) is None
        assert contact.read_on(later, thread=thread_of(trouble).pk, since=MONDAY + HOUR / 8) is None
        assert contact.read_on(agent(MONDAY + HOUR), thread=thread_of(trouble).pk, since=MONDAY) is None
        Thread.objects.update(centre_may_read=False)
        assert contact.read_on(later, thread=thread_of(trouble).pk, since=MONDAY) is None

    @pytest.mark.parametrize("eve", [*EVES, buyer(), seller(), machine()], ids=lambda eve: eve.by)
    def test_for_staff_alone(self, trouble: int, eve: Actor) -> None:
        with pytest.raises(NothingHere):
            contact.read_on(eve, thread=thread_of(trouble).pk, since=MONDAY)


def test_about_a_question_before_purchase_nobody_writes(trouble: int) -> None:
    del trouble
    asked = contact.ask_question(buyer(), listing_ref="L-1", topic=Topic.GOODS, said="大きさは")

    for deed in (
        lambda: contact.write_as_centre(agent(), thread=asked, readers=Readers.BUYER, said="x"),
        lambda: contact.write_to_centre(buyer(), thread=asked, said="x"),
    ):
        with pytest.raises(NothingHere):
            deed()
