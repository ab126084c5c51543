"""Proposals answered by telephone and letter: never without the check, the words and the reading, and never twice."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from pytest_django.fixtures import Settings

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.outbox import facts as outbox
from mamori.ground.post import actions as post
from mamori.ground.post.models import Letter
from mamori.ground.seal import actions as sealing
from mamori.rooms.contact import actions, calling, words
from mamori.rooms.contact.actions import Speaker, Told
from mamori.rooms.contact.actions.offering import Offered
from mamori.rooms.contact.models import Proposal, Thread, ToldReply
from mamori.rooms.contact.offerrefusals import AlreadyAgreed, ProposedAmountOutOfRange
from mamori.rooms.contact.queries.offers import offers_of
from mamori.rooms.contact.rules.callers import Channel
from mamori.rooms.contact.rules.proposals import Kind, Reply, Side
from mamori.rooms.contact.rules.told import ReadOut, Said, read_back, script
from mamori.rooms.contact.tests.agreeing import mediated, page_number, running, thread_of, told
from mamori.rooms.contact.tests.conftest import (
    EVES,
    MONDAY,
    agent,
    buyer,
    lead,
    machine,
    open_trouble,
    seller,
)
from mamori.rooms.contact.tests.telephoned import (
    NO,
    RIGHT,
    SHOP,
    WORDS,
    YES,
    acts,
    centres,
    check,
    known_buyer,
    sellers,
    take,
)
from tests.laid import laid
from tests.shops import put_shop

pytestmark = pytest.mark.usefixtures("settled_contact")

__all__ = ["known_buyer"]


@laid
def trouble() -> int:
    return mediated()


def test_a_buyers_yes_by_telephone_is_the_buyers_and_the_record_shows_how_it_came(trouble: int) -> None:
    offered, speaker = sellers(trouble), check(trouble)
    text = actions.text_to_read_back(agent(), speaker=speaker, proposal=offered, told=YES, lang="ja")

    take(speaker, offered)

    found, row, act = Proposal.objects.get(), ToldReply.objects.get(), acts(trouble)[-1]
    assert (found.state, found.buyer_agreed_at) == ("accepted", MONDAY)
    assert running(trouble) >= {"contact.agreement"}
    assert (act.kind, act.content["by"]) == ("contact.accept", "agent:a")
    recorded = act.content["payload"]
    assert (recorded["through"], recorded["taken_for"], recorded["check"]) == (
        "phone",
        "buyer",
        speaker.check,
    )
    assert recorded["read_back_sha256"] == row.read_back == words.digest(text)
    assert recorded["said_sha256"] == words.digest(WORDS)
    assert WORDS in text
    assert "購入者の返事：受ける" in text
    assert WORDS not in str(act.content)
    assert WORDS.encode() not in bytes(row.said or b"")
    assert (row.side, row.through, row.agent) == ("buyer", "phone", "agent:a")


def test_the_buyer_is_told_in_writing_what_was_agreed_until_when_and_how_to_object(
    trouble: int, settings: Settings, tmp_path: Path
) -> None:
    settings.MAMORI_MAIL, settings.MAMORI_MAIL_FROM = f"folder://{tmp_path}", "centre@market.example"
    take(check(trouble), sellers(trouble))

    [notice] = [n for n in outbox.notices(to="buyer:B-1") if n.template == "contact.reply_taken"]
    text = notice.body["ja"]
    assert "出品者が一部を返金する（3,000円）" in text
    assert "電話でのお返事は「受ける」" in text
    assert "聞き違い" in text
    assert "行う期限は2026年11月19日（木）24:00です" in text
    assert "行われる前なら、合意を取り消せます" in text
    assert "聞き違いだと伝える" in text
    assert page_number(trouble) in text
    assert "reply_taken" not in told("seller:S-1")
    assert {"agreed"} <= set(told("seller:S-1"))
    post.deliver(at=MONDAY)  # the buyer has no mail address
    assert Letter.objects.filter(notice_id=notice.number, to="buyer:B-1").exists()


def test_a_sellers_answer_is_taken_on_a_call_to_its_registered_number_and_counts_as_an_answer(
    trouble: int,
) -> None:
    offered = actions.propose(buyer(), trouble=trouble, kind=Kind.REPLACEMENT)

    take(SHOP, offered)

    row = ToldReply.objects.get()
    assert (row.side, row.line, row.check_passed) == ("seller", 1, None)
    assert Proposal.objects.get().state == "accepted"
    assert Thread.objects.get().state == "answered"
    assert "reply_taken" in told("seller:S-1")
    assert acts(trouble)[-1].content["payload"]["line"] == 1


def test_with_the_centres_proposal_both_may_answer_by_telephone_and_each_only_for_itself(
    trouble: int,
) -> None:
    offered = centres(trouble)

    take(check(trouble), offered)
    assert Proposal.objects.get().state == "offered"
    assert "もう一方の返事を待っています" in outbox.notices(to="buyer:B-1")[0].body["ja"]
    with pytest.raises(AlreadyAgreed):
        take(check(trouble), offered)
    take(SHOP, offered)

    assert Proposal.objects.get().state == "accepted"
    assert ToldReply.objects.count() == 2


def test_a_letter_is_copied_and_compared(trouble: int) -> None:
    offered = sellers(trouble)
    speaker = check(trouble, Channel.LETTER)
    text = actions.text_to_read_back(agent(), speaker=speaker, proposal=offered, told=NO, lang="en")

    take(speaker, offered, NO)

    assert "Written in the letter: お断りします" in text
    assert ToldReply.objects.get().through == "letter"
    assert Proposal.objects.get().state == "declined"
    assert (
        Thread.objects.get().state == "waiting"
    )  # it is the seller's turn again, as upon the buyer's own no
    assert "not_agreed" in told("seller:S-1")
    assert "not_agreed" not in told("buyer:B-1")


def test_another_proposal_is_taken_down_as_the_partys_own(trouble: int) -> None:
    offered = sellers(trouble)
    more = Told(
        reply=Reply.COUNTER,
        said="5千円なら",
        counter=Offered(kind=Kind.PART_REFUND, amount=5_000, said="傷が深いので"),
    )
    speaker = check(trouble)
    text = actions.text_to_read_back(agent(), speaker=speaker, proposal=offered, told=more, lang="ja")

    take(speaker, offered, more)

    made = Proposal.objects.get(number=2)
    assert "代わりの提案：出品者が一部を返金する（5,000円）" in text
    assert "相手に伝える言葉：傷が深いので" in text
    assert (made.by_side, made.agent, made.amount, made.buyer_agreed_at) == ("buyer", "", 5_000, MONDAY)
    assert ToldReply.objects.get().proposal_id == offered
    assert "proposed" in told("seller:S-1")
    with pytest.raises(ProposedAmountOutOfRange):
        take(
            SHOP,
            made.pk,
            Told(reply=Reply.COUNTER, said="x", counter=Offered(kind=Kind.PART_REFUND, amount=9_000)),
        )
    take(SHOP, made.pk, Told(reply=Reply.COUNTER, said="x", counter=Offered(kind=Kind.REPAIR)))
    assert Proposal.objects.get(number=3).by_side == "seller"
    assert Thread.objects.get().state == "answered"


@pytest.mark.parametrize("confirmed", ["", "x", words.digest("ほかの文章")])
def test_nothing_is_taken_down_of_which_not_every_letter_was_confirmed(trouble: int, confirmed: str) -> None:
    offered = sellers(trouble)

    with pytest.raises(Refusal) as refused:
        take(check(trouble), offered, confirmed=confirmed)

    assert refused.value.code == "not-read-back"
    assert not ToldReply.objects.exists()
    assert Proposal.objects.get().state == "offered"


@pytest.mark.parametrize("said", ["", "  ", "\u3164", "あ" * 2_001])
def test_without_the_partys_words_nothing_is_taken_down(trouble: int, said: str) -> None:
    offered = sellers(trouble)

    with pytest.raises(Refusal) as refused:
        take(check(trouble), offered, Told(reply=Reply.ACCEPT, said=said))

    assert refused.value.code in ("no-words", "too-many-words")


@pytest.mark.parametrize(
    "speaker",
    [
        Speaker(line=1),
        Speaker(line=0, in_charge=True),
        Speaker(line=2, in_charge=True),
        Speaker(in_charge=True),
    ],
)
def test_a_seller_is_believed_only_under_a_registered_number_and_in_charge(
    trouble: int, speaker: Speaker
) -> None:
    offered = actions.propose(buyer(), trouble=trouble, kind=Kind.REPLACEMENT)

    with pytest.raises(Refusal) as refused:
        take(speaker, offered)

    assert refused.value.code == "not-the-seller"
    assert Proposal.objects.get().state == "offered"


def test_a_number_that_was_found_wrong_is_no_number(trouble: int) -> None:
    offered = actions.propose(buyer(), trouble=trouble, kind=Kind.REPLACEMENT)
    put_shop(machine(), ref="S-1", name="店", phone="")

    with pytest.raises(Refusal) as refused:
        take(SHOP, offered)

    assert refused.value.code == "not-the-seller"
    assert calling.lines("S-1") == ()


def test_a_check_is_for_its_agent_its_half_hour_and_its_matter(trouble: int) -> None:
    offered, passed = sellers(trouble), check(trouble)
    other = open_trouble(order_ref="O-3")
    elsewhere = check(other)
    unopened = Speaker(
        check=actions.check_caller(agent(), number="O-2", channel=Channel.PHONE, answers=RIGHT)
    )

    codes = []
    for by, speaker in (
        (lead(), passed),
        (agent(MONDAY + timedelta(minutes=30)), passed),
        (agent(), Speaker(check="x")),
        (agent(), elsewhere),
        (agent(), unopened),
    ):
        with pytest.raises(Refusal) as refused:
            take(speaker, offered, by=by)
        codes.append(refused.value.code)

    assert codes == ["check-over"] * 3 + ["not-this-matter"] * 2
    assert Proposal.objects.get().state == "offered"


@pytest.mark.parametrize(
    "by", [*EVES, buyer(), seller(), Hand(by="counsel:c", role=Role.COUNSEL, at=MONDAY, via="t")]
)
def test_nobody_but_who_takes_calls_takes_one_down(trouble: int, by: Hand) -> None:
    offered, passed = centres(trouble), check(trouble)

    for speaker in (passed, SHOP):
        for confirmed in (None, "x"):
            with pytest.raises(Refusal):
                take(speaker, offered, by=by, confirmed=confirmed)

    assert not ToldReply.objects.exists()


def test_an_agent_alone_agrees_to_nothing(trouble: int) -> None:
    offered = centres(trouble)

    for own in (actions.accept, actions.decline):
        with pytest.raises(StepNotYours):
            own(agent(), proposal=offered)
    with pytest.raises(StepNotYours):
        actions.counter(agent(), proposal=offered, kind=Kind.REPAIR)
    with pytest.raises(IntegrityError), transaction.atomic():
        ToldReply.objects.create(
            proposal_id=offered, side="buyer", reply="accept", through="phone", agent="agent:a", at=MONDAY
        )

    assert Proposal.objects.get().state == "offered"


def test_the_page_and_the_telephone_have_one_effect_whichever_is_first(trouble: int) -> None:
    offered, passed = sellers(trouble), check(trouble)
    text = actions.text_to_read_back(agent(), speaker=passed, proposal=offered, told=YES, lang="ja")

    actions.accept(buyer(), proposal=offered)
    with pytest.raises(StepNotOpen):
        take(passed, offered, confirmed=words.digest(text))
    with pytest.raises(StepNotOpen):
        take(passed, offered, NO)

    assert told("buyer:B-1").count("agreed") == 1
    assert not ToldReply.objects.exists()
    assert [act.kind for act in acts(trouble)].count("contact.accept") == 1


def test_the_telephone_first_leaves_the_page_nothing_to_agree_to(trouble: int) -> None:
    offered = sellers(trouble)

    take(check(trouble), offered)
    with pytest.raises(StepNotOpen):
        actions.accept(buyer(), proposal=offered)

    assert told("buyer:B-1").count("agreed") == 1


def test_a_proposal_that_changed_after_it_was_read_back_is_read_back_again(trouble: int) -> None:
    first, passed = sellers(trouble), check(trouble)
    confirmed = words.digest(
        actions.text_to_read_back(agent(), speaker=passed, proposal=first, told=YES, lang="ja")
    )
    actions.withdraw_proposal(seller(), proposal=first)
    second = sellers(trouble)

    with pytest.raises(Refusal) as refused:
        take(passed, second, confirmed=confirmed)

    assert refused.value.code == "not-read-back"


def test_what_a_case_asks_of_staff_is_not_settled_by_taking_an_answer_down(trouble: int) -> None:
    about = f"contact.trouble:{trouble}"
    assert cases.case_of(about).attention == "mediation-asked"

    offered = sellers(trouble)
    take(check(trouble), offered, NO)
    after_no = cases.case_of(about).attention
    take(check(trouble), sellers(trouble))

    assert after_no == "mediation-asked"
    assert cases.case_of(about).attention is None


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
    still = script(ReadOut(number="1", proposal=1, by=Side.CENTRE, what=out.what, due=None))
    assert "今は止まっています" in " ".join(line.ja for line in still)
    assert text.ja.splitlines()[-1] == "電話でのお言葉：{いや}"
    assert re.search("^Answer of the buyer: declined$", text.en, re.M)
