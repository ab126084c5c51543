"""A campaign tells each business once, however often its turns are begun, and nobody who is a private person."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from mamori.grammar.actor import Role
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.declared import memory
from mamori.ground.ledger import facts as ledger
from mamori.ground.market.actions import SellerLine, put_seller
from mamori.ground.market.facts import SellerState
from mamori.ground.outbox import actions as outbox
from mamori.ground.outbox.models import Notice
from mamori.ground.post.models import Mail
from mamori.ground.terms import actions as terms
from mamori.law.outreach import OUTREACH_HOURLY, Audience, CampaignCode
from mamori.rooms.display import facts as display_facts
from mamori.rooms.display.actions import displays
from mamori.rooms.display.hidden import actions as hidden
from mamori.rooms.display.hidden.rules import SignFound, StandingAnswer, StandingOutcome
from mamori.rooms.display.tests.conftest import display
from mamori.rooms.outreach import queries
from mamori.rooms.outreach.campaigns import actions
from mamori.rooms.outreach.campaigns.actions import AT_A_TIME
from mamori.rooms.outreach.lifecycle import CampaignState
from mamori.rooms.outreach.models import CampaignDay, SellerTold
from mamori.rooms.outreach.tests.conftest import (
    MONDAY,
    actor,
    agent,
    drafted,
    erase,
    hear,
    lead,
    machine,
    notices,
    one,
    ring,
    seller,
    shop,
    shops_told,
    started,
    told_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops")]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def hourly(most: int, at: datetime = MONDAY) -> None:
    terms.set(lead(at), setting=OUTREACH_HOURLY, value=most)


def test_it_is_counted_to_whom_it_goes_before_anybody_is_told() -> None:
    number = drafted()

    shown = queries.campaign(number)
    assert shown is not None
    assert (shown.found, shown.unknown, shown.sample) == (2, 1, ["S-1", "S-2"])
    assert shown.state == CampaignState.DRAFTED
    assert told_of(number) == []


def test_every_business_is_told_once_and_nobody_else() -> None:
    number = started()

    assert told_of(number) == ["S-1", "S-2"]
    assert [notices(ref) for ref in ("S-1", "S-2", "S-3", "S-4")] == [
        ["outreach.article5"],
        ["outreach.article5"],
        [],
        [],
    ]
    assert one(number).state == CampaignState.STANDING


def test_a_lead_or_counsel_starts_it_and_only_after_it_was_counted() -> None:
    number = actions.draft_campaign(agent(), code=CampaignCode.ARTICLE5, audience=Audience.ALL)

    with pytest.raises(actions.NotCountedYet):
        actions.start_campaign(lead(), campaign=number, reason="知らせる。")
    hear()
    with pytest.raises(StepNotYours):
        actions.start_campaign(agent(), campaign=number, reason="知らせる。")
    with pytest.raises(StepNotYours):
        actions.start_campaign(seller("EVE"), campaign=number, reason="知らせる。")
    actions.start_campaign(actor("counsel:1", Role.COUNSEL), campaign=number, reason="知らせる。")

    with pytest.raises(StepNotOpen):
        actions.start_campaign(lead(), campaign=number, reason="知らせる。")
    with pytest.raises(actions.NoSuchCampaign):
        actions.start_campaign(lead(), campaign=999_999, reason="知らせる。")


def test_the_same_is_told_by_one_campaign_at_a_time() -> None:
    first, second = started(), drafted()

    with pytest.raises(actions.CampaignUnderWay) as refused:
        actions.start_campaign(lead(), campaign=second, reason="知らせる。", again=True)
    assert f"no. {first}" in str(refused.value)
    actions.stop_campaign(lead(), campaign=first, reason="文面を改める。")
    actions.start_campaign(lead(), campaign=second, reason="知らせる。", again=True)
    with pytest.raises(actions.CampaignUnderWay):
        actions.resume_campaign(lead(), campaign=first, reason="続ける。")


def test_a_turn_that_was_killed_before_it_was_committed_leaves_nothing_and_tells_nobody_twice(
    settings: object,
) -> None:
    settings.MAMORI_MAIL = "folder:///nowhere"  # type: ignore[attr-defined]
    settings.MAMORI_MAIL_FROM = "窓口 <centre@market.example>"  # type: ignore[attr-defined]
    number = drafted()
    actions.start_campaign(lead(), campaign=number, reason="知らせる。")

    class Killed(Exception):
        """Stands for the end of the process."""

    def killed() -> None:
        actions.go_on(machine(), campaign=number, after="")
        memory.write()
        assert Mail.objects.count() == 2
        raise Killed

    with pytest.raises(Killed), transaction.atomic():
        killed()
    assert (SellerTold.objects.count(), Notice.objects.filter(template="outreach.article5").count()) == (0, 0)
    assert Mail.objects.count() == 0
    hear()
    actions.go_on(machine(), campaign=number, after="")

    assert told_of(number) == ["S-1", "S-2"]
    assert Mail.objects.count() == 2
    assert notices("S-1") == ["outreach.article5"]


def test_the_database_lets_nobody_be_told_twice() -> None:
    number = started()

    with pytest.raises(IntegrityError), transaction.atomic():
        SellerTold.objects.create(campaign_id=number, seller_ref="S-1", told_at=MONDAY)


def test_a_few_thousand_sellers_are_told_so_many_an_hour() -> None:
    shops_told(2_400)
    hourly(1_000)
    number = started()

    assert len(told_of(number)) == 1_000
    assert one(number).state == CampaignState.RUNNING
    ring(MONDAY + HOUR)
    assert len(told_of(number)) == 2_000
    ring(MONDAY + 2 * HOUR)

    assert len(told_of(number)) == 2_402
    assert one(number).state == CampaignState.STANDING
    assert Notice.objects.filter(template="outreach.article5").count() == 2_402
    assert queries.figures(queries.campaign(number)).told == 2_402


def test_what_rests_is_not_woken_by_an_old_word() -> None:
    hourly(20)
    shops_told(30)
    number = started()
    assert len(told_of(number)) == 20

    actions.go_on(machine(), campaign=number, after=one(number).reached)
    assert len(told_of(number)) == 20
    actions.stop_campaign(lead(), campaign=number, reason="様子を見る。")
    actions.wake(machine(), campaign=number)
    ring(MONDAY + 2 * HOUR)

    assert len(told_of(number)) == 20


def test_the_most_of_an_hour_may_be_lowered_while_it_goes_on() -> None:
    hourly(30)
    shops_told(AT_A_TIME)
    number = started()
    hourly(20, MONDAY + timedelta(minutes=1))

    actions.stop_campaign(lead(), campaign=number, reason="様子を見る。")
    actions.resume_campaign(lead(), campaign=number, reason="続ける。")
    hear()
    assert len(told_of(number)) == 30
    ring(MONDAY + 6 * HOUR)

    assert len(told_of(number)) == AT_A_TIME + 2


def test_stopped_it_tells_nobody_and_resumed_it_tells_who_was_left_and_who_came_meanwhile() -> None:
    shops_told(AT_A_TIME)
    number = drafted()
    actions.start_campaign(lead(), campaign=number, reason="知らせる。")
    outbox.work(at=MONDAY, limit=1)
    before = told_of(number)

    actions.stop_campaign(lead(), campaign=number, reason="文面に誤りがあった。")
    hear()
    assert told_of(number) == before
    shop("A-0", False)
    hear()
    assert notices("A-0") == []
    actions.resume_campaign(lead(), campaign=number, reason="確かめ終えた。")
    hear()

    assert len(told_of(number)) == AT_A_TIME + 3
    assert notices("S-1") == notices("A-0") == ["outreach.article5"]
    with pytest.raises(StepNotYours):
        actions.stop_campaign(agent(), campaign=number, reason="止める。")


def test_finished_it_tells_no_newcomer_and_reminds_nobody() -> None:
    number = started()

    actions.finish_campaign(lead(), campaign=number, reason="次の案内に代える。")
    shop("S-9", False)
    ring(MONDAY + 30 * DAY)

    assert notices("S-9") == []
    assert notices("S-1") == ["outreach.article5"]
    with pytest.raises(StepNotOpen):
        actions.resume_campaign(lead(), campaign=number, reason="再び。")


def test_a_draft_is_thrown_away() -> None:
    number = drafted()

    actions.finish_campaign(lead(), campaign=number, reason="取りやめる。")

    assert one(number).state == CampaignState.FINISHED


def test_those_whose_display_lacks_something_are_told_alone_and_it_ends_by_itself() -> None:
    displays.write_display(seller("S-1"), seller_ref="S-1", told=display())
    number = started(Audience.LACKING)
    assert told_of(number) == ["S-2"]

    shop("S-9", False)
    hear()
    assert notices("S-9") == []
    assert one(number).state == CampaignState.STANDING
    ring(MONDAY + 15 * DAY)

    assert one(number).state == CampaignState.FINISHED


def test_a_campaign_to_nobody_ends_at_once() -> None:
    for ref in ("S-1", "S-2"):
        displays.write_display(seller(ref), seller_ref=ref, told=display())

    assert one(started(Audience.LACKING)).state == CampaignState.FINISHED


def test_those_who_were_told_the_same_before_are_left_out_where_that_is_chosen() -> None:
    first = started()
    actions.finish_campaign(lead(), campaign=first, reason="終える。")
    shop("S-9", False)

    assert told_of(started(Audience.UNTOLD)) == ["S-9"]


def test_a_newcomer_and_one_who_turns_out_to_be_a_business_are_told_as_well() -> None:
    number = started()

    shop("S-9", False, MONDAY + HOUR)
    shop("S-3", False, MONDAY + HOUR)
    shop("S-8", True, MONDAY + HOUR)
    hear(MONDAY + HOUR)
    shop("S-9", False, MONDAY + DAY)
    hear(MONDAY + DAY)

    assert told_of(number) == ["S-1", "S-2", "S-3", "S-9"]
    assert notices("S-9") == ["outreach.article5"]


def test_who_is_concluded_to_be_a_business_is_told_as_well() -> None:
    number = started()
    hidden.list_account(machine(), seller_ref="S-3", signs=(SignFound(code="on_offer", n=120, points=4),))
    hidden.ask_standing(agent(), seller_ref="S-3", words="事情をお聞かせください。")
    hidden.answer_standing(
        seller("S-3"), seller_ref="S-3", choice=StandingAnswer.BUSINESS, said="仕入れて売っています。"
    )
    hear()
    assert told_of(number) == ["S-1", "S-2"]

    hidden.conclude(
        lead(),
        seller_ref="S-3",
        outcome=StandingOutcome.BUSINESS,
        since=(MONDAY - DAY).date(),
        reason="仕入れて売っている。",
    )
    hear()

    assert told_of(number) == ["S-1", "S-2", "S-3"]
    refs = ("S-1", "S-2", "S-3", "S-4", "NOBODY")
    known = {ref: display_facts.was_business(ref, MONDAY) for ref in refs[:-1]}
    assert display_facts.standings(refs, MONDAY) == known


def test_an_account_that_is_closed_is_told_nothing() -> None:
    number = started()

    put_seller(machine(), SellerLine(ref="S-9", name="店", private=False, state=SellerState.CLOSED))
    hear()

    assert told_of(number) == ["S-1", "S-2"]
    actions.follow_seller(machine(), seller_ref="NOBODY")


def test_news_of_a_seller_whom_no_campaign_tells_takes_no_campaign_in_hand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started()
    taken: list[str] = []
    monkeypatch.setattr(actions, "_notify", lambda actor, number, ref, standings: taken.append(ref))

    for ref, private in (("S-3", True), ("S-4", None), ("S-9", False)):
        shop(ref, private, MONDAY + HOUR)
    hear(MONDAY + HOUR)

    assert set(taken) == {"S-9"}


def test_a_crowd_of_newcomers_is_told_so_many_an_hour_too() -> None:
    hourly(20)
    number = started()
    for n in range(20):
        shop(f"T-{n:05}", False)
    hear()
    assert len(told_of(number)) == 20
    assert one(number).state == CampaignState.RUNNING
    shop("A-1", False)  # before whom the campaign has passed by now
    hear()

    ring(MONDAY + 5 * HOUR)

    assert len(told_of(number)) == 23
    assert one(number).state == CampaignState.STANDING


def test_who_comes_before_the_place_where_it_rests_is_told_on_another_round() -> None:
    hourly(20)
    shops_told(30)
    number = started()
    shop("A-1", False)
    hear()
    assert one(number).goes_again

    ring(MONDAY + 5 * HOUR)

    assert notices("A-1") == ["outreach.article5"]
    assert len(told_of(number)) == 33


def test_a_newcomer_who_was_told_by_another_turn_meanwhile_is_let_be() -> None:
    number = started()

    actions._notify(machine(), number, "S-1", {"S-1": True})

    assert notices("S-1") == ["outreach.article5"]


def test_an_erased_seller_is_told_nothing() -> None:
    number = drafted()
    erase("S-1")

    actions.start_campaign(lead(), campaign=number, reason="知らせる。")
    hear()

    assert told_of(number) == ["S-2"]


def test_what_was_done_to_a_seller_stands_in_its_record_and_the_figures_of_the_day() -> None:
    number = started()

    told = SellerTold.objects.get(campaign=number, seller_ref="S-1")
    assert [act.kind for act in ledger.acts_about(f"outreach.told:{told.pk}")] == ["outreach.tell"]
    kinds = [act.kind for act in ledger.acts_about(f"outreach.campaign:{number}")]
    assert kinds == ["outreach.draft", "outreach.count", "outreach.start", "outreach.go_on"]
    assert [(row.on, row.told) for row in CampaignDay.objects.all()] == [(MONDAY.date(), 2)]
