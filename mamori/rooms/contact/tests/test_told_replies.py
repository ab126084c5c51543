"""Proposals answered by telephone and letter: never without the check, the words and the reading, and never twice."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from pytest_django.fixtures import Settings

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.outbox import facts as outbox
from mamori.ground.post import actions as post
from mamori.ground.post.models import Letter
from mamori.ground.seal import actions as sealing
from mamori.rooms.contact import actions, words
from mamori.rooms.contact.actions import Told
from mamori.rooms.contact.models import Proposal, Thread, ToldReply
from mamori.rooms.contact.offerrefusals import AlreadyAgreed
from mamori.rooms.contact.queries.offers import offers_of
from mamori.rooms.contact.rules.callers import Channel
from mamori.rooms.contact.rules.proposals import Kind, Side
from mamori.rooms.contact.rules.told import SAID, Spoken, read_back, script
from mamori.rooms.contact.tests.agreeing import mediated, page_number, running, thread_of, told
from mamori.rooms.contact.tests.conftest import (
    EVES,
    MONDAY,
    agent,
    buyer,
    lead,
    open_trouble,
    seller,
)
from mamori.rooms.contact.tests.telephoned import (
    NO,
    RIGHT,
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

pytestmark = pytest.mark.usefixtures("settled_contact")

__all__ = ["known_buyer"]


@laid
def trouble() -> int:
    return mediated()


def test_a_buyers_yes_by_telephone_is_the_buyers_and_the_record_shows_how_it_came(trouble: int) -> None:
    offered, passed = sellers(trouble), check(trouble)
    text = actions.text_to_read_back(agent(), check=passed, proposal=offered, told=YES, lang="ja")

    take(passed, offered)

    found, row, act = Proposal.objects.get(), ToldReply.objects.get(), acts(trouble)[-1]
    assert (found.state, found.buyer_agreed_at) == ("accepted", MONDAY)
    assert running(trouble) >= {"contact.agreement"}
    assert (act.kind, act.content["by"]) == ("contact.accept", "agent:a")
    recorded = act.content["payload"]
    assert (recorded["through"], recorded["taken_for"], recorded["check"]) == ("phone", "buyer", passed)
    assert recorded["read_back_sha256"] == row.read_back == words.digest(text)
    assert recorded["said_sha256"] == words.digest(WORDS)
    assert WORDS in text
    assert "購入者の返事：受ける" in text
    assert WORDS not in str(act.content)
    assert WORDS.encode() not in bytes(row.said or b"")
    assert (row.through, row.agent) == ("phone", "agent:a")


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
    assert "行われる前なら" in text
    assert "合意を取り消せます" in text
    assert "聞き違いだと伝える" in text
    assert page_number(trouble) in text
    assert "reply_taken" not in told("seller:S-1")
    assert {"agreed"} <= set(told("seller:S-1"))
    post.deliver(at=MONDAY)  # the buyer has no mail address
    assert Letter.objects.filter(notice_id=notice.number, to="buyer:B-1").exists()


def test_a_buyer_who_agreed_to_the_centres_proposal_waits_for_the_seller_and_agrees_once(
    trouble: int,
) -> None:
    offered = centres(trouble)

    take(check(trouble), offered)
    assert Proposal.objects.get().state == "offered"
    assert "もう一方の返事を待っています" in outbox.notices(to="buyer:B-1")[0].body["ja"]
    with pytest.raises(AlreadyAgreed):
        take(check(trouble), offered)
    actions.accept(seller(), proposal=offered)

    assert Proposal.objects.get().state == "accepted"
    assert ToldReply.objects.count() == 1


def test_a_letter_is_copied_and_compared(trouble: int) -> None:
    offered = sellers(trouble)
    passed = check(trouble, Channel.LETTER)
    text = actions.text_to_read_back(agent(), check=passed, proposal=offered, told=NO, lang="en")

    take(passed, offered, NO)

    assert "Written in the letter: お断りします" in text
    assert ToldReply.objects.get().through == "letter"
    assert Proposal.objects.get().state == "declined"
    assert (
        Thread.objects.get().state == "waiting"
    )  # it is the seller's turn again, as upon the buyer's own no
    assert "not_agreed" in told("seller:S-1")
    assert "not_agreed" not in told("buyer:B-1")


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
        take(check(trouble), offered, Told(answer=Spoken.ACCEPT, said=said))

    assert refused.value.code in ("no-words", "too-many-words")


def test_a_check_is_for_its_agent_its_half_hour_and_its_matter(trouble: int) -> None:
    offered, passed = sellers(trouble), check(trouble)
    other = open_trouble(order_ref="O-3")
    elsewhere = check(other)
    unopened = actions.check_caller(agent(), number="O-2", channel=Channel.PHONE, answers=RIGHT)

    codes = []
    for by, spoken in (
        (lead(), passed),
        (agent(MONDAY + timedelta(minutes=30)), passed),
        (agent(), "x"),
        (agent(), elsewhere),
        (agent(), unopened),
    ):
        with pytest.raises(Refusal) as refused:
            take(spoken, offered, by=by)
        codes.append(refused.value.code)

    assert codes == ["check-over"] * 3 + ["nothing-here"] * 2
    assert Proposal.objects.get().state == "offered"


@pytest.mark.parametrize(
    "by", [*EVES, buyer(), seller(), Actor(by="counsel:c", role=Role.COUNSEL, at=MONDAY, via="t")]
)
def test_nobody_but_who_takes_calls_takes_one_down(trouble: int, by: Actor) -> None:
    offered, passed = centres(trouble), check(trouble)

    for confirmed in (None, "x"):
        with pytest.raises(Refusal):
            take(passed, offered, by=by, confirmed=confirmed)

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
            proposal_id=offered, reply="accept", through="phone", agent="agent:a", at=MONDAY
        )

    assert Proposal.objects.get().state == "offered"


def test_the_page_and_the_telephone_have_one_effect_whichever_is_first(trouble: int) -> None:
    offered, passed = sellers(trouble), check(trouble)
    text = actions.text_to_read_back(agent(), check=passed, proposal=offered, told=YES, lang="ja")

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
        actions.text_to_read_back(agent(), check=passed, proposal=first, told=YES, lang="ja")
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


def test_the_buyer_and_the_centre_read_the_buyers_words_and_an_erased_buyer_leaves_none(trouble: int) -> None:
    take(check(trouble), centres(trouble))
    found = thread_of(trouble).trouble

    def seen(viewer: Side | None) -> list[str | None]:
        return [offer.reply.words for offer in offers_of(found, viewer=viewer) if offer.reply]

    assert seen(Side.BUYER) == seen(Side.CENTRE) == [WORDS]
    assert seen(Side.SELLER) == seen(None) == [""]
    sealing.shred(subject="buyer:B-1", at=MONDAY)
    assert seen(Side.CENTRE) == [None]


BY, WHAT = Text("出品者", "the seller"), Text("修理する", "the goods are repaired")


def test_the_script_says_who_what_until_when_and_that_it_is_no_ruling() -> None:
    said = script("12345678", BY, WHAT, "{傷}について", Text("明日", "tomorrow"), is_asked=True)
    without = script("1", BY, WHAT, "", Text("明日", "tomorrow"), is_asked=True)

    whole = " ".join(line.ja for line in said)
    for wanted in (
        "12345678",
        "出品者から",
        "「修理する」",
        "{傷}について",
        "明日",
        "どちらが正しいかを決めるものではありません",
        "断っても",
        "聞き違い",
    ):
        assert wanted in whole
    assert "the goods" in " ".join(line.en for line in said)
    assert len(said) == len(without) + 1


def test_where_no_answer_is_awaited_only_what_was_proposed_and_how_it_is_corrected_is_read_out() -> None:
    said = " ".join(line.ja for line in script("1", BY, WHAT, "", Text("明日", "tomorrow"), is_asked=False))

    assert "「修理する」" in said
    assert "聞き違い" in said
    assert "明日" not in said


def test_the_text_to_read_back_says_which_proposal_the_answer_and_the_very_words() -> None:
    which = Text("受付番号 1、提案2", "Case 1, proposal 2")
    words_said = SAID[Channel.PHONE].fill(words="{いや}")

    text = read_back(which, BY, WHAT, Spoken.DECLINE, words_said)

    assert text.ja.splitlines() == [
        "受付番号 1、提案2",
        "出品者の提案：修理する",
        "購入者の返事：断る",
        "電話でのお言葉：{いや}",
    ]
    assert re.search("^Answer of the buyer: declined$", text.en, re.M)
