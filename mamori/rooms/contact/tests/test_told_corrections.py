"""What was taken down of an answer is corrected by its party while there is time; who reads what; the script."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine
from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals
from mamori.rooms.contact import actions, replied
from mamori.rooms.contact.actions import Speaker, Told
from mamori.rooms.contact.actions.offering import Offered
from mamori.rooms.contact.models import Proposal, Thread, ToldReply
from mamori.rooms.contact.queries.offers import offers_of
from mamori.rooms.contact.rules.callers import Channel
from mamori.rooms.contact.rules.proposals import Kind, Reply, Side
from mamori.rooms.contact.rules.told import ReadOut, Said, read_back, script
from mamori.rooms.contact.tests.agreeing import mediated, running, thread_of, told
from mamori.rooms.contact.tests.conftest import (
    EVES,
    MONDAY,
    agent,
    buyer,
    machine,
    seller,
)
from mamori.rooms.contact.tests.test_told_replies import NO, SHOP, WORDS, acts, centres, check, sellers, take

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known_buyer(market_of_two: None) -> None:
    address = "〒920-0000 石川県金沢市架空町1-2"
    market.put_buyer(
        machine(), BuyerLine(ref="B-1", name="買手 花子", phone="090-0000-1111", address=address)
    )


@pytest.fixture
def trouble() -> int:
    return mediated()


class TestCorrections:
    """The party says that it was misheard."""

    def test_before_it_is_done_the_agreement_is_undone_and_both_are_told(self, trouble: int) -> None:
        offered = sellers(trouble)
        take(check(trouble), offered)

        actions.correct_reply(buyer(MONDAY + timedelta(hours=2)), proposal=offered, said="断ったのです")

        found, row = Proposal.objects.get(), ToldReply.objects.get()
        assert (found.state, found.closed_at is not None) == ("misheard", True)
        assert row.corrected_at is not None
        assert replied.opened(row, "correction", seals.Opener()) == "断ったのです"
        assert "contact.agreement" not in running(trouble)
        assert Thread.objects.get().state == "waiting"
        assert told("buyer:B-1")[0] == "misheard"
        assert "misheard" in told("seller:S-1")
        assert cases.case_of(f"contact.trouble:{trouble}").attention == "reply-corrected"
        assert acts(trouble)[-1].kind == "contact.correct_reply"
        assert "断った" not in str(acts(trouble)[-1].content)
        actions.propose(agent(), trouble=trouble, kind=Kind.REPAIR)  # a new one can be made

    def test_half_an_agreement_is_undone_too_by_telephone(self, trouble: int) -> None:
        offered = centres(trouble)
        take(SHOP, offered)
        assert Thread.objects.get().state == "answered"

        actions.correct_reply_for(agent(), speaker=SHOP, proposal=offered, said="違います", read_back=True)

        assert Proposal.objects.get().state == "misheard"
        assert Thread.objects.get().state == "waiting"
        assert acts(trouble)[-1].content["payload"]["line"] == 1

    def test_a_seller_corrects_on_its_page_and_owes_an_answer_again(self, trouble: int) -> None:
        offered = actions.propose(buyer(), trouble=trouble, kind=Kind.REPLACEMENT)
        take(SHOP, offered)

        actions.correct_reply(seller(), proposal=offered, said="修理と言いました")

        assert Thread.objects.get().state == "waiting"
        assert "contact.answer" in running(trouble)

    def test_a_misheard_proposal_of_ones_own_goes_though_the_other_has_agreed(self, trouble: int) -> None:
        offered = sellers(trouble)
        more = Told(reply=Reply.COUNTER, said="五千円", counter=Offered(kind=Kind.PART_REFUND, amount=500))
        take(check(trouble), offered, more)
        made = Proposal.objects.get(number=2)
        actions.accept(seller(), proposal=made.pk)

        actions.correct_reply_for(
            agent(), speaker=check(trouble), proposal=offered, said="5,000円です", read_back=True
        )

        assert [p.state for p in Proposal.objects.order_by("number")] == ["countered", "misheard"]

    def test_where_the_buyer_was_awaited_by_nobody_only_the_proposal_ends(self, trouble: int) -> None:
        offered = centres(trouble)
        take(check(trouble), offered)
        assert Thread.objects.get().state == "waiting"

        actions.correct_reply(buyer(), proposal=offered, said="まだ考えています")

        assert Proposal.objects.get().state == "misheard"
        assert Thread.objects.get().state == "waiting"

    def test_afterwards_nothing_is_undone_and_a_person_looks(self, trouble: int) -> None:
        offered = sellers(trouble)
        take(check(trouble), offered, NO)

        actions.correct_reply(buyer(), proposal=offered, said="受けると言いました")

        assert Proposal.objects.get().state == "declined"
        assert told("buyer:B-1")[0] == "misheard_late"
        assert "misheard_late" not in told("seller:S-1")
        assert cases.case_of(f"contact.trouble:{trouble}").attention == "reply-corrected"
        assert acts(trouble)[-1].content["payload"]["undone"] is False

    def test_it_is_corrected_once_and_by_that_party_alone(self, trouble: int) -> None:
        offered = sellers(trouble)
        take(check(trouble), offered)
        passed = check(trouble)

        codes = []
        for attempt in (
            lambda: actions.correct_reply(seller(), proposal=offered, said="x"),
            lambda: actions.correct_reply(agent(), proposal=offered, said="x"),
            lambda: actions.correct_reply(buyer(), proposal=offered, said=" "),
            lambda: actions.correct_reply_for(
                agent(), speaker=passed, proposal=offered, said="x", read_back=False
            ),
            lambda: actions.correct_reply_for(
                agent(), speaker=Speaker(), proposal=offered, said="x", read_back=True
            ),
            *[lambda by=by: actions.correct_reply(by, proposal=offered, said="x") for by in EVES[:5]],
        ):
            with pytest.raises(Refusal) as refused:
                attempt()
            codes.append(refused.value.code)
        actions.correct_reply(buyer(), proposal=offered, said="x")
        with pytest.raises(Refusal) as again:
            actions.correct_reply(buyer(), proposal=offered, said="x")

        assert codes[:5] == [
            "nothing-to-correct",
            "nothing-here",
            "no-words",
            "not-read-back",
            "not-the-seller",
        ]
        assert set(codes[5:]) == {"nothing-here"}
        assert again.value.code == "nothing-to-correct"

    def test_what_the_party_did_by_its_own_hand_is_not_misheard(self, trouble: int) -> None:
        offered = sellers(trouble)
        actions.accept(buyer(), proposal=offered)

        with pytest.raises(Refusal) as refused:
            actions.correct_reply(buyer(), proposal=offered, said="x")

        assert refused.value.code == "nothing-to-correct"

    def test_when_the_matter_has_ended_nothing_is_corrected(self, trouble: int) -> None:
        offered = sellers(trouble)
        take(check(trouble), offered)
        actions.solve(buyer(), trouble=trouble)

        with pytest.raises(Refusal) as refused:
            actions.correct_reply(buyer(), proposal=offered, said="x")

        assert refused.value.code == "nothing-to-correct"


def test_each_side_reads_its_own_words_the_centre_all_and_an_erased_party_leaves_none(trouble: int) -> None:
    offered = centres(trouble)
    take(check(trouble), offered)
    take(SHOP, offered, Told(reply=Reply.ACCEPT, said="承知しました"))
    found = thread_of(trouble).trouble

    def seen(viewer: Side | None) -> list[str | None]:
        return [reply.words for offer in offers_of(found, viewer=viewer) for reply in offer.replies]

    assert seen(Side.BUYER) == [WORDS, ""]
    assert seen(Side.SELLER) == ["", "承知しました"]
    assert seen(Side.CENTRE) == [WORDS, "承知しました"]
    assert seen(None) == ["", ""]
    sealing.shred(subject="buyer:B-1", at=MONDAY)
    assert seen(Side.CENTRE) == [None, "承知しました"]


def test_the_script_says_who_what_until_when_and_that_it_is_no_ruling() -> None:
    out = ReadOut(
        number="12345678",
        proposal=2,
        by=Side.SELLER,
        what=Text("修理する", "the goods are repaired"),
        due=Text("明日", "tomorrow"),
        words="{傷}について",
    )

    said = script(out)
    without = script(ReadOut(number="1", proposal=1, by=Side.CENTRE, what=out.what, due=out.due))
    text = read_back(out, Said(reply=Reply.DECLINE, words="{いや}"), by=Side.BUYER, channel=Channel.PHONE)

    whole = " ".join(line.ja for line in said)
    for wanted in (
        "12345678",
        "出品者から",
        "「修理する」",
        "{傷}について",
        "明日",
        "どちらが正しいかを決めるものではありません",
    ):
        assert wanted in whole
    assert "断っても" in whole
    assert "the goods" in " ".join(line.en for line in said).lower()
    assert len(said) == len(without) + 1
    assert text.ja.splitlines()[-1] == "電話でのお言葉：{いや}"
    assert re.search("^Answer of the buyer: declined$", text.en, re.M)
