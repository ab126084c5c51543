"""A form that was opened before somebody else acted is answered with what changed, and its words are kept."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.cases import actions as case_actions, facts as cases
from mamori.ground.ledger import facts as ledger
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.rooms.enforcement import acts as versions
from mamori.rooms.enforcement.appeals import actions as appeals
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.lifecycle import AppealState
from mamori.rooms.enforcement.measures.actions import standing
from mamori.rooms.enforcement.models import Appeal, Finding, Measure
from mamori.rooms.enforcement.rules.bounds import Ended
from mamori.rooms.enforcement.tests.conftest import (
    MONDAY,
    agent,
    counsel,
    decided,
    find,
    heard,
    lead,
    seller,
)

pytestmark = pytest.mark.usefixtures("shops")
CHANGED = "この画面を開いたあとに変わりました"


def now() -> datetime:
    return datetime.now(UTC)


def number(about: str) -> str:
    return cases.case_of(about).number


def carried(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found, "the form carries no version"
    return found[1]


def opened(client: Client, path: str) -> str:
    """Open a page and return the version that its form carries."""
    page = client.get(path)
    assert page.status_code == 200
    return carried(page.content.decode())


def appealed(at: datetime) -> int:
    return appeals.appeal(seller(at), measure=decided("notice", 0, at=at).pk, said="違います")


def about(appeal: int) -> str:
    return f"enforcement.appeal:{appeal}"


def test_a_reviewer_is_told_what_the_seller_wrote_after_the_form_was_opened(enter: Enter) -> None:
    appeal, reviewer = appealed(now()), enter(Role.COUNSEL)
    path = f"/desk/cases/{number(about(appeal))}/appeal/decide/"
    reviewer.post(
        path.replace("decide", "take"), {"version": opened(reviewer, path.replace("decide", "take"))}
    )
    given = {"outcome": "kept", "said": "変わりません", "version": opened(reviewer, path)}
    appeals.write_appeal(seller(now()), appeal=appeal, said="領収書です")

    stale = reviewer.post(path, given)
    page = stale.content.decode()

    assert stale.status_code == 409
    assert CHANGED in page
    assert "出品者が書き足した" in page
    assert "変わりません" in page, "the words are kept"
    assert Appeal.objects.get(pk=appeal).closed_at is None
    assert reviewer.post(path, given | {"version": carried(page)}).status_code == 302
    assert Appeal.objects.get(pk=appeal).state == "kept"


@pytest.mark.parametrize("slug", ["take", "reply", "note"])
def test_every_form_of_a_reviewer_says_which_state_it_saw(enter: Enter, slug: str) -> None:
    appeal, reviewer = appealed(now()), enter(Role.COUNSEL)
    path = f"/desk/cases/{number(about(appeal))}/appeal/{slug}/"
    if slug != "take":
        take = path.replace(slug, "take")
        reviewer.post(take, {"version": opened(reviewer, take)})
    version = opened(reviewer, path)
    appeals.write_appeal(seller(now()), appeal=appeal, said="領収書です")

    stale = reviewer.post(path, {"said": "x", "version": version})
    without = reviewer.post(path, {"said": "x"})

    assert (stale.status_code, without.status_code) == (409, 422)
    assert "この画面がいつの内容か分かりません" in without.content.decode()


@pytest.mark.parametrize("given", [{"said": "もう一つ"}, {"act": "withdraw"}], ids=["write", "withdraw"])
def test_a_seller_is_told_that_the_reviewer_wrote_and_not_of_the_reviewers_notes(
    enter: Enter, given: dict[str, str]
) -> None:
    appeal, shop = appealed(now()), enter(Role.SELLER, "seller:S-1")
    appeals.take_appeal(counsel(now()), appeal=appeal)
    path = f"/seller/appeals/{number(about(appeal))}/"
    version = opened(shop, path)
    appeals.reply_appeal(counsel(now()), appeal=appeal, said="拝見します")

    stale = shop.post(path, given | {"version": version})
    version = carried(stale.content.decode())
    appeals.note_appeal(counsel(now()), appeal=appeal, said="内々の話")
    done = shop.post(path, given | {"version": version})

    assert stale.status_code == 409
    assert "出品者に返事をした" in stale.content.decode()
    assert "拝見します" in stale.content.decode(), "the page shows what is there now"
    assert done.status_code == 302


def test_an_appeal_form_is_answered_with_what_became_of_the_measure(enter: Enter) -> None:
    measure, shop = decided("notice", 0, at=now()), enter(Role.SELLER, "seller:S-1")
    path = f"/seller/measures/{number(f'enforcement.finding:{measure.finding_id}')}/appeal/{measure.pk}/"
    version = opened(shop, path)
    standing.note_cured(agent(now()), finding=measure.finding_id, reason="確かめた")

    stale = shop.post(path, {"said": "違います", "version": version})
    again = shop.post(path, {"said": "違います", "version": carried(stale.content.decode())})

    assert stale.status_code == 409
    assert "直ったことを確かめた" in stale.content.decode()
    assert again.status_code == 302


@pytest.mark.parametrize("given", [{"said": "直します"}, {"act": "cured", "said": ""}], ids=["view", "cured"])
def test_a_view_is_given_on_what_is_alleged_now(enter: Enter, given: dict[str, str]) -> None:
    finding = find(now())
    findings.ask_view(agent(now()), finding=finding)
    shop, path = (
        enter(Role.SELLER, "seller:S-1"),
        f"/seller/measures/{number(f'enforcement.finding:{finding}')}/",
    )
    version = opened(shop, path)
    findings.remind_decision(agent(now()), finding=finding)
    unseen = shop.post(path, given | {"version": version})
    version = opened(shop, path)
    standing.note_cured(agent(now()), finding=finding, reason="確かめた")

    stale = shop.post(path, given | {"version": version})

    assert unseen.status_code == 302, "what staff do among themselves changes nothing that the seller saw"
    assert stale.status_code == 409
    assert shop.post(path, given).status_code == 422


def test_a_decision_goes_on_where_only_somebody_took_the_case(enter: Enter) -> None:
    finding = heard()
    version = Finding.objects.get(pk=finding).version
    name = f"enforcement.finding:{finding}"
    standing.note_cured(agent(), finding=finding, reason="確かめた")
    case_actions.take(agent(), about=name)

    with pytest.raises(ChangedMeanwhile) as refused:
        standing.note_cured(lead(), finding=finding, reason="確かめた", version=version)

    assert "直ったことを確かめた" in refused.value.sentence.ja


def test_a_version_that_never_was_is_none_that_stands() -> None:
    appeal = appealed(MONDAY)
    appeals.take_appeal(counsel(), appeal=appeal, version=versions.version_of(about(appeal)))

    for version in (-1, 99):
        with pytest.raises(ChangedMeanwhile):
            appeals.decide_appeal(
                counsel(), appeal=appeal, outcome=AppealState.KEPT, said="変わらない", version=version
            )


def test_a_duty_that_was_answered_with_what_changed_is_done_at_the_next_press(enter: Enter) -> None:
    measure, desk = decided(at=now()), enter(Role.LEAD)
    path = f"/desk/cases/{number(f'enforcement.finding:{measure.finding_id}')}/enforcement/{measure.pk}/lift/"
    given = {"because": Ended.REVIEWED.value, "reason": "もうよい", "version": opened(desk, path)}
    standing.say_cured(seller(now()), finding=measure.finding_id)

    stale = desk.post(path, given)
    done = desk.post(path, given | {"version": carried(stale.content.decode())})

    assert (stale.status_code, done.status_code) == (409, 302)
    assert Measure.objects.get(pk=measure.pk).state == "lifting"


def test_a_decision_that_is_sent_twice_is_made_once_and_not_called_changed_meanwhile(enter: Enter) -> None:
    finding = heard(now())
    desk, case = enter(Role.LEAD), f"/desk/cases/{number(f'enforcement.finding:{finding}')}/"
    page = desk.get(f"{case}enforcement/cured/").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token is not None
    given = {"token": token[1], "version": carried(page), "reason": "写真で確かめた"}

    led = {desk.post(f"{case}enforcement/cured/", given).headers["Location"] for _ in range(2)}

    name = f"enforcement.finding:{finding}"
    assert led == {f"{case}?done=cured"}
    assert len(ledger.acts_of([name], kind="enforcement.note_cured")[name]) == 1


def test_what_ended_is_not_called_wrong_when_its_form_comes_again(enter: Enter) -> None:
    measure = decided("listing-hidden", 14, at=now())
    desk, case = enter(Role.LEAD), f"/desk/cases/{number(f'enforcement.finding:{measure.finding_id}')}/"
    path = f"{case}enforcement/{measure.pk}/lift/"
    page = desk.get(path).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token is not None
    given = {"token": token[1], "version": carried(page), "because": "reviewed", "reason": "もうよい"}

    first, again = desk.post(path, given), desk.post(path, given)
    empty = desk.post(path, {"token": "", "version": "1"})

    assert (first.status_code, again.status_code) == (302, 302)
    assert first.headers["Location"] == again.headers["Location"] == f"{case}?done=lift"
    assert (empty.status_code, empty.headers["Location"]) == (302, case), "it is offered no more"
    name = f"enforcement.finding:{measure.finding_id}"
    assert len(ledger.acts_of([name], kind="enforcement.lift")[name]) == 1
