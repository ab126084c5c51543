"""Asking before deciding: who is asked, by when, what silence means, and that an answer counts whenever it comes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.matters import history
from mamori.ground.matters.history import PastAct
from mamori.ground.outbox.models import Event, Notice
from mamori.ground.people import facts as people
from mamori.ground.post.audience import recipient
from mamori.ground.vault import actions as vault
from mamori.japan.calendar import JAPAN
from mamori.law.clarifications import AnsweredBy, AskedWhat, AskedWhom, EnteredFrom, silence
from mamori.law.grounds import SUIT
from mamori.rooms.enforcement import tasks
from mamori.rooms.enforcement.acts import CLARIFICATION_ACTS
from mamori.rooms.enforcement.clarifications import actions as clarifications, queries
from mamori.rooms.enforcement.clarifications.rules import ToClarify
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.models import Clarification
from mamori.rooms.enforcement.tests.conftest import (
    EVES,
    MONDAY,
    actor,
    agent,
    find,
    lead,
    machine,
    ring,
    seller,
)
from mamori.rooms.enforcement.tests.test_evidence import photo

pytestmark = pytest.mark.usefixtures("shops")
ASKS = "この商品のPSEマークの届出事業者名を教えてください。"
ANSWER = "届出事業者は株式会社みどりです。"
MAIL = "quality@maker.example.jp"
THURSDAY = datetime(2026, 11, 19, 10, tzinfo=JAPAN)
NEXT_TUESDAY = datetime(2026, 11, 24, 10, tzinfo=JAPAN)  # the 23rd is a holiday


def to_ask(whom: AskedWhom = AskedWhom.SELLER, what: AskedWhat = AskedWhat.UNSAFE, **more: Any) -> ToClarify:
    known = {} if whom is AskedWhom.SELLER else {"name": "株式会社みどり", "mail": MAIL}
    return ToClarify(whom=whom, what=what, words=ASKS, **known | more)


def ask(at: datetime = MONDAY, by: Actor | None = None, **more: Any) -> Clarification:
    """Ask on account of a finding."""
    finding = find(at, origin=f"test:{Clarification.objects.count()}")
    findings.ask_around(by or agent(at), finding=finding, asked=to_ask(**more))
    return Clarification.objects.latest("pk")


def newest(to: str) -> Notice:
    return Notice.objects.filter(to=to).latest("pk")


def secret_of(row: Clarification) -> str:
    return queries.said_of(row).page.rstrip("/").rpartition("/")[2]


def past_of(row: Clarification) -> tuple[PastAct, ...]:
    return history.past_of(queries.about_clarification(row.pk), CLARIFICATION_ACTS)


def now(row: Clarification) -> Clarification:
    row.refresh_from_db()
    return row


def test_the_seller_is_asked_on_its_pages_with_what_is_asked_by_when_and_what_silence_means() -> None:
    row = ask()

    [shown] = queries.clarifications_of_seller("S-1")
    told = newest("seller:S-1")
    assert shown.said.words == ASKS
    assert shown.due is not None
    assert (shown.due - timedelta(seconds=1)).astimezone(JAPAN).date() == NEXT_TUESDAY.date()
    assert "まだ何も決めていません" in told.body["ja"]
    assert silence(AskedWhat.UNSAFE, AskedWhom.SELLER).ja in told.body["ja"]
    assert ASKS not in told.body["ja"]
    assert row.digest is None


def test_a_maker_gets_the_address_of_a_page_by_mail_and_answers_there_without_an_account() -> None:
    row = ask(whom=AskedWhom.MAKER)
    secret = secret_of(row)
    told = newest(f"clarification:{row.ref}")

    clarifications.answer_by_page(actor("anonymous", Role.ANONYMOUS, THURSDAY), secret=secret, said=ANSWER)

    assert recipient(told.to, MONDAY).mail == MAIL
    assert secret not in str(told.body)
    assert now(row).state == "answered"
    assert queries.clarification_of(agent(), row.pk).said.answer == ANSWER
    assert row.channel == AnsweredBy.PAGE
    assert newest("agent:1").template == "enforcement.clarified"
    assert not Event.objects.filter(kind="enforcement.clarification_ended", deliveries__isnull=False).exists()


def test_who_is_signed_in_is_not_known_from_the_page_for_somebody_outside() -> None:
    row = ask(whom=AskedWhom.HOLDER, what=AskedWhat.RIGHTS)

    clarifications.answer_by_page(
        actor("buyer:B-1", Role.BUYER, THURSDAY), secret=secret_of(row), said=ANSWER
    )

    assert past_of(row)[-1].actor == "anonymous"


def test_what_is_not_answered_is_asked_again_after_three_business_days_and_lapses_after_five() -> None:
    row = ask()
    ring(THURSDAY + timedelta(days=1))
    reminded = newest("seller:S-1")
    ring(NEXT_TUESDAY + timedelta(days=1))

    assert reminded.template == "enforcement.clarify_seller_again"
    assert now(row).state == "silent"
    told = newest("agent:1")
    assert told.template == "enforcement.not_clarified"
    assert silence(AskedWhat.UNSAFE, AskedWhom.SELLER).ja in told.body["ja"]
    assert not [one for one in clock_facts.newest([queries.about_clarification(row.pk)]) if not one.done_at]


def test_silence_of_the_holder_of_a_right_never_counts_against_the_seller() -> None:
    for what in AskedWhat:
        assert "何も決めつけず" in silence(what, AskedWhom.HOLDER).ja
    assert "示されなかった" in silence(AskedWhat.RIGHTS, AskedWhom.SELLER).ja
    assert "何も決めつけず" in silence(AskedWhat.OTHER, AskedWhom.SELLER).ja


def test_an_answer_after_its_time_is_taken_all_the_same_and_only_once() -> None:
    row = ask()
    ring(NEXT_TUESDAY + timedelta(days=1))

    clarifications.answer_clarification(
        seller(NEXT_TUESDAY + timedelta(days=2)), clarification=row.pk, said=ANSWER
    )

    assert now(row).state == "answered"
    with pytest.raises(Refusal) as refused:
        clarifications.answer_clarification(seller(), clarification=row.pk, said="別の答え")
    assert refused.value.code == "step-not-open"
    assert queries.said_of(row).answer == ANSWER


def test_what_came_by_telephone_is_entered_by_staff_as_it_came_with_its_files() -> None:
    row = ask(whom=AskedWhom.IMPORTER, mail="")
    assert not Notice.objects.filter(to__startswith="clarification:").exists()
    upload = vault.Upload(name="届出書.png", content=photo().getvalue())
    with vault.ready_files(lead(), [upload], subject=queries.key_of(row.pk)) as files:
        clarifications.enter_answer(
            lead(),
            clarification=row.pk,
            channel=EnteredFrom.TELEPHONE,
            said=ANSWER,
            files=files,
            version=row.version,
        )

    assert (now(row).state, row.channel) == ("answered", "telephone")
    assert [one.verb for one in past_of(row)] == ["clarify", "enter_answer"]
    assert len(queries.clarification_of(agent(), row.pk).files) == 1


def test_what_is_withdrawn_need_not_be_answered_and_whoever_was_asked_is_told() -> None:
    mine, theirs = ask(), ask(whom=AskedWhom.REPRESENTATIVE)

    for row in (mine, theirs):
        clarifications.withdraw_clarification(
            agent(), clarification=row.pk, reason="別の資料でわかった。", version=row.version
        )

    assert {now(mine).state, now(theirs).state} == {"withdrawn"}
    for to in ("seller:S-1", f"clarification:{theirs.ref}"):
        assert "お答えいただく必要はありません" in newest(to).body["ja"]
    with pytest.raises(Refusal):
        clarifications.answer_clarification(seller(), clarification=mine.pk, said=ANSWER)
    clarifications.remind_clarification(machine(), clarification=mine.pk)
    clarifications.lapse_clarification(machine(), clarification=mine.pk)
    assert now(mine).state == "withdrawn"


def test_nobody_is_asked_at_random_and_not_more_than_ten_at_a_time() -> None:
    finding = find()
    with pytest.raises(Refusal) as nameless:
        findings.ask_around(agent(), finding=finding, asked=to_ask(AskedWhom.MAKER, name=" "))
    for _ in range(10):
        findings.ask_around(agent(), finding=finding, asked=to_ask())
    with pytest.raises(Refusal) as enough:
        findings.ask_around(agent(), finding=finding, asked=to_ask())

    assert (nameless.value.code, enough.value.code) == ("nobody-to-ask", "asked-enough")
    assert Clarification.objects.count() == 10


def test_a_form_opened_before_somebody_acted_is_refused() -> None:
    row = ask()
    with pytest.raises(Refusal) as refused:
        clarifications.withdraw_clarification(agent(), clarification=row.pk, reason="要らない。", version=0)
    assert refused.value.code == "changed-meanwhile"


@pytest.mark.parametrize("eve", EVES, ids=lambda eve: f"{eve.by}-{eve.role}")
def test_eve_answers_nothing_and_reads_nothing(eve: Actor) -> None:
    row = ask()
    with pytest.raises(Refusal):
        queries.clarification_of(eve, row.pk)
    if eve.role not in (Role.ANONYMOUS, Role.MACHINE):
        with pytest.raises(Refusal):
            clarifications.answer_clarification(eve, clarification=row.pk, said="嘘")
    with pytest.raises(Refusal):
        clarifications.answer_by_page(eve, secret=row.ref, said="嘘")
    with pytest.raises(Refusal):
        queries.file_of(eve, row.pk, 1)
    with pytest.raises(Refusal):
        queries.key_of(0)
    assert queries.clarifications_about(eve, row.about) == ()
    assert now(row).state == "asked"


def test_what_was_asked_is_erased_with_a_key_of_its_own_and_the_sellers_key_stays() -> None:
    theirs, mine = ask(whom=AskedWhom.MAKER), ask()
    secret, over = secret_of(theirs), MONDAY + timedelta(days=1)
    for row in (theirs, mine):
        clarifications.withdraw_clarification(agent(), clarification=row.pk, reason="要らない。")

    assert tasks.erase_clarifications(machine(over), MONDAY, 10) == 0
    assert tasks.erase_clarifications(machine(over), over, 1) == 1
    assert tasks.erase_clarifications(machine(over), over, 10) == 1

    assert (now(theirs).said, now(mine).said) == (None, None)
    assert queries.mail_of(theirs.ref) == ("", "ja")
    assert queries.mail_of("unknown") == ("", "")
    assert queries.clarifications_of_seller("S-1") == ()
    for row in (theirs, mine):
        assert not queries.clarification_of(agent(), row.pk).takes_answer
    with pytest.raises(Refusal):
        queries.clarification_by(secret)
    assert find(origin="test:after")  # the seller's key still seals


def test_what_is_held_for_a_suit_about_the_shop_or_the_finding_is_not_erased() -> None:
    row, over = ask(whom=AskedWhom.MAKER), MONDAY + timedelta(days=1)
    clarifications.withdraw_clarification(agent(), clarification=row.pk, reason="要らない。")
    for what in ("seller:S-1", cases.case_of(row.about).number):
        hold = vault.hold(lead(), what=what, ground=SUIT, reason="訴えがある。")
        assert tasks.erase_clarifications(machine(over), over, 10) == 0
        vault.lift(lead(), number=hold, reason="終わった。")

    assert tasks.erase_clarifications(machine(over), over, 10) == 1


def test_what_is_erased_takes_no_answer_any_more_and_its_files_are_gone() -> None:
    row, silent = ask(), ask()
    upload = vault.Upload(name="届出書.png", content=photo().getvalue())
    with vault.ready_files(seller(), [upload], subject=queries.key_of(row.pk)) as files:
        clarifications.answer_clarification(seller(), clarification=row.pk, said=ANSWER, files=files)
    ring(NEXT_TUESDAY + timedelta(days=1))
    over = NEXT_TUESDAY + timedelta(days=9)
    assert tasks.erase_clarifications(machine(over), over, 10) == 2

    assert not queries.clarification_of(agent(), row.pk).files[0].pages
    with pytest.raises(Refusal) as refused:
        clarifications.answer_clarification(seller(over), clarification=silent.pk, said=ANSWER)
    assert refused.value.code == "no-such-clarification"


def test_what_a_seller_was_asked_goes_with_the_seller_and_what_others_were_asked_stays() -> None:
    mine, theirs = ask(), ask(whom=AskedWhom.MAKER)

    assert tasks.erase_clarifications_of("buyer:S-1", MONDAY, 10) == 0
    assert tasks.erase_clarifications_of("seller:S-1", MONDAY, 10) == 1

    assert now(mine).said is None
    assert queries.said_of(now(theirs)).words == ASKS


def test_of_whom_no_mail_is_known_staff_are_told_to_remind_them_and_to_say_that_it_is_withdrawn() -> None:
    row = ask(whom=AskedWhom.IMPORTER, mail="")
    assert not Notice.objects.filter(template="enforcement.clarify_by_hand").exists()
    ring(THURSDAY + timedelta(days=1))
    reminded = Notice.objects.filter(to="agent:1", template="enforcement.clarify_by_hand").count()
    clarifications.withdraw_clarification(agent(), clarification=row.pk, reason="要らない。")

    assert reminded == 1
    assert Notice.objects.filter(to="agent:1", template="enforcement.clarify_by_hand").count() == 2


def test_where_whoever_asked_is_not_here_any_more_the_leads_are_told() -> None:
    row = ask()
    clarifications.answer_clarification(seller(), clarification=row.pk, said=ANSWER)

    assert people.address_of("agent:1") is None
    assert newest("lead").template == "enforcement.clarified"


def test_a_decision_in_the_moment_of_an_answer_is_refused_so_that_the_answer_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = ask()
    clarifications.answer_clarification(seller(), clarification=row.pk, said=ANSWER)
    monkeypatch.setattr("mamori.rooms.enforcement.clarifications.actions.awaited_of", lambda about: (row.pk,))
    with pytest.raises(Refusal) as refused:
        clarifications.withdraw_all(agent(), about=row.about, reason="決めた。")

    assert refused.value.code == "changed-meanwhile"
    assert now(row).state == "answered"
