"""Staff ask for a photograph of what a seller says that it put right, once while it is awaited; a clock reminds of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.cases.models import Ask, Case
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.outbox import facts as outbox
from mamori.ground.vault import actions as vault
from mamori.ground.vault.actions import Upload
from mamori.japan.calendar import JAPAN, spoken
from mamori.japan.written import ReasonNeeded
from mamori.law.deadlines import PHOTO_LOOK
from mamori.rooms.enforcement.findings import actions as findings, matter as records
from mamori.rooms.enforcement.findings.actions import EvidenceTooLate
from mamori.rooms.enforcement.measures.actions import standing
from mamori.rooms.enforcement.models import Evidence, Finding, Measure
from mamori.rooms.enforcement.tests.conftest import (
    EVES,
    MONDAY,
    agent,
    counsel,
    decided,
    heard,
    lead,
    machine,
    ring,
    seller,
    send,
)
from mamori.rooms.enforcement.tests.test_evidence import photo

pytestmark = pytest.mark.usefixtures("shops")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WORDS = "返品の条件が書かれた商品ページの全体"


def said(at: datetime = MONDAY) -> int:
    """Return a finding that was heard, of which the seller says that it is put right."""
    finding = heard(at)
    standing.say_cured(seller(at), finding=finding)
    return finding


def corrected(at: datetime = MONDAY) -> Measure:
    """Return a correction of which the seller says that it was made."""
    measure = decided("correction", 14, at)
    standing.say_cured(seller(at), finding=measure.finding_id)
    return measure


def ask(finding: int, by: Actor | None = None) -> datetime:
    """Ask for it, and return by when it should come."""
    standing.ask_photo(by or agent(), finding=finding, reason=WORDS)
    [due] = running(finding)
    return due


def bring(finding: int, at: datetime = MONDAY) -> None:
    upload = Upload(name="証拠.png", content=photo().getvalue())
    with vault.ready_files(seller(at), [upload], subject="seller:S-1") as ready:
        findings.add_evidence(seller(at), finding=finding, ready=ready)


def case(finding: int) -> Case:
    return Case.objects.get(about=f"enforcement.finding:{finding}")


def number(finding: int) -> str:
    return records.number(Finding.objects.get(pk=finding))


def asked(finding: int) -> set[str]:
    return set(Ask.objects.filter(case=case(finding)).values_list("what", flat=True))


def running(finding: int) -> list[datetime]:
    name = f"enforcement.finding:{finding}"
    return [one.due_at for one in clocks.open_clocks(name) if one.kind == PHOTO_LOOK.code]


def acts(finding: int) -> list[str]:
    return [act.kind for act in ledger.acts_about(f"enforcement.finding:{finding}")]


@pytest.mark.parametrize("by", [agent(), lead(), counsel()])
def test_anybody_of_staff_asks_and_the_seller_is_told_by_when(by: Actor) -> None:
    finding = said()

    due = ask(finding, by)

    [notice] = [
        one for one in outbox.notices(to="seller:S-1", limit=50) if one.template == "enforcement.photo_asked"
    ]
    assert spoken(due).ja in notice.body["ja"]
    assert spoken(due).en in notice.body["en"]
    assert WORDS not in notice.body["ja"]
    assert due == datetime(2026, 11, 20, tzinfo=JAPAN), "the end of the third business day"
    assert (running(finding), asked(finding)) == ([due], {"photo", "cure"})
    assert case(finding).attention == "photo"
    assert "enforcement.ask_photo" in acts(finding)


def test_it_is_asked_once_while_it_is_awaited_and_anew_after_it_was_found_not_put_right() -> None:
    finding = said()
    ask(finding)

    with pytest.raises(Refusal) as refused:
        ask(finding)

    assert refused.value.code == "photo-asked"
    assert acts(finding).count("enforcement.ask_photo") == 1
    standing.note_uncured(agent(), finding=finding, reason="まだ書かれていない")
    assert (running(finding), asked(finding)) == ([], set())
    standing.say_cured(seller(), finding=finding)
    ask(finding)
    assert asked(finding) == {"photo", "cure"}


def test_nobody_asks_where_nothing_waits_for_a_look() -> None:
    unsaid = heard()
    with pytest.raises(Refusal) as refused:
        ask(unsaid)
    assert refused.value.code == "no-photo-to-ask"
    assert "知らせを待つ" in refused.value.text.ja
    assert "Please wait for its word" in refused.value.text.en
    standing.say_cured(seller(), finding=unsaid)
    with pytest.raises(ReasonNeeded):
        standing.ask_photo(agent(), finding=unsaid, reason=" ")

    standing.note_cured(agent(), finding=unsaid, reason="確かめた")

    with pytest.raises(Refusal) as refused:
        ask(unsaid)
    assert refused.value.code == "already-cured"


@pytest.mark.parametrize("by", [seller(), machine(), *EVES])
def test_only_staff_ask(by: Actor) -> None:
    finding = said()
    with pytest.raises(Refusal):
        ask(finding, by)
    assert asked(finding) == {"cure"}


def test_it_is_awaited_until_somebody_looked_and_no_longer_where_it_matters_no_more() -> None:
    finding = said()
    before = records.awaits_photo(Finding.objects.get(pk=finding))
    ask(finding)
    waiting = Finding.objects.get(pk=finding)

    assert (before, records.awaits_photo(waiting)) == (False, True)
    waiting.state = "dismissed"
    assert not records.awaits_photo(waiting)
    waiting.state, waiting.cured_at = "hearing", MONDAY
    assert not records.awaits_photo(waiting)


def test_a_clock_reminds_every_three_business_days_until_somebody_has_dealt_with_it() -> None:
    finding = said()
    due = ask(finding)

    ring(due + 20 * DAY)

    late = [one for one in outbox.notices(to="lead", limit=99) if PHOTO_LOOK.title.ja in one.title["ja"]]
    assert len(late) >= 3
    assert len(running(finding)) == 1
    assert "photo" in asked(finding)
    standing.note_cured(agent(due + 21 * DAY), finding=finding, reason="写真で確かめた")
    assert (running(finding), asked(finding)) == ([], set())


def test_a_photograph_comes_after_the_decision_too_and_then_only_the_look_is_left() -> None:
    measure = corrected()
    with pytest.raises(EvidenceTooLate):
        bring(measure.finding_id)
    ask(measure.finding_id)

    bring(measure.finding_id, MONDAY + HOUR)

    assert Evidence.objects.filter(by_seller=True).count() == 1
    assert (running(measure.finding_id), asked(measure.finding_id)) == ([], {"cure"})
    assert case(measure.finding_id).attention == "cure"
    with pytest.raises(EvidenceTooLate):
        bring(measure.finding_id, MONDAY + HOUR)


def test_the_desk_asks_on_a_page_and_what_is_sent_twice_asks_once(enter: Enter) -> None:
    finding = said(datetime.now(UTC))
    at = f"/desk/cases/{number(finding)}/"
    desk = enter(Role.AGENT)
    assert "直した商品ページの写真を求める" in desk.get(at).content.decode()
    page = desk.get(f"{at}enforcement/photo/").content.decode()
    assert "何が写っていればよいか" in page
    carried = dict(re.findall(r'name="(version|token)" value="([^"]+)"', page))
    assert set(carried) == {"version", "token"}

    sent = [desk.post(f"{at}enforcement/photo/", {"reason": WORDS, **carried}) for _ in range(2)]

    assert [one.status_code for one in sent] == [302, 302]
    assert acts(finding).count("enforcement.ask_photo") == 1
    after = desk.get(sent[0]["Location"]).content.decode()
    assert "出品者に写真を求めました" in after
    assert "写真が届いたかを確かめる" in after
    assert "enforcement/photo/" not in after


def test_a_seller_reads_what_it_has_to_show_and_sends_it_from_its_page(enter: Enter) -> None:
    at = datetime.now(UTC)
    finding = corrected(at).finding_id
    shop, page = enter(Role.SELLER, "seller:S-1"), f"/seller/measures/{number(finding)}/"
    standing.ask_photo(agent(at), finding=finding, reason=WORDS)
    assert WORDS in shop.get(page).content.decode()
    assert "写真をお待ちしています" in shop.get("/seller/measures/").content.decode()
    assert enter(Role.SELLER, "seller:S-2").get(page).status_code == 404

    empty = send(shop, page, {"act": "photo"})
    sent = send(shop, page, {"act": "photo", "attached": photo()})

    assert empty.status_code == 422
    assert sent.status_code == 302
    after = shop.get(sent["Location"]).content.decode()
    assert "写真を受け取りました" in after
    assert WORDS not in after
    assert Finding.objects.get(pk=finding).asked_photo_at is None
    assert "写真をお待ちしています" not in shop.get("/seller/measures/").content.decode()
