"""Words of injury or fire that a buyer writes or says beside a proposal or a reply are heard as any others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from mamori.grammar.actor import Actor
from mamori.ground.cases import facts as cases
from mamori.ground.matters.seen import DangerMeanwhile
from mamori.ground.outbox import facts as outbox
from mamori.rooms.contact import actions as contact, danger
from mamori.rooms.contact.actions import Told
from mamori.rooms.contact.models import Proposal, Trouble
from mamori.rooms.contact.rules.callers import Channel
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.rules.reasons import LowerBecause
from mamori.rooms.contact.rules.told import Spoken
from mamori.rooms.contact.tests.agreeing import mediated
from mamori.rooms.contact.tests.conftest import MONDAY, agent, buyer, lead, seller
from mamori.rooms.contact.tests.telephoned import check, known_buyer, misheard, sellers, take
from mamori.rooms.contact.topics import Harm

pytestmark = pytest.mark.usefixtures("settled_contact")

__all__ = ["known_buyer"]


def test_words_of_danger_beside_a_buyers_proposal_are_heard() -> None:
    trouble = mediated()

    contact.propose(seller(), trouble=trouble, kind=Kind.OTHER, said="発火はしません。お電話ください")
    assert not Trouble.objects.get().in_danger
    contact.withdraw_proposal(seller(), proposal=Proposal.objects.get().pk)
    contact.propose(
        buyer(), trouble=trouble, kind=Kind.OTHER, said="発火してやけどしました。治療費をください"
    )

    assert Trouble.objects.get().in_danger
    assert cases.case_of(f"contact.trouble:{trouble}").attention == "danger"
    assert "contact.danger_staff" in {one.template for one in outbox.notices(to="agent")}


def test_words_of_danger_beside_a_buyers_other_proposal_are_heard() -> None:
    trouble = mediated()
    offered = contact.propose(seller(), trouble=trouble, kind=Kind.PART_REFUND, amount=1_000)

    contact.counter(
        buyer(), proposal=offered, kind=Kind.FULL_REFUND, said="発火して手をやけどした。返金してほしい"
    )

    assert Trouble.objects.get().in_danger
    assert cases.case_of(f"contact.trouble:{trouble}").attention == "danger"


def test_words_of_danger_beside_a_reply_by_telephone_are_heard() -> None:
    trouble = mediated()
    take(check(trouble), sellers(trouble), Told(answer=Spoken.DECLINE, said="使ったら発火して、やけどした"))

    assert Trouble.objects.get(pk=trouble).in_danger
    assert cases.case_of(f"contact.trouble:{trouble}").attention == "danger"


BURNT = "また発火して、やけどした"
LATE = MONDAY + timedelta(minutes=20)
FIRST = LATE - timedelta(seconds=1)
DECLINED = Told(answer=Spoken.DECLINE, said=BURNT)


def told_by(channel: Channel, told: Told) -> Callable[[int], None]:
    def tell(trouble: int) -> None:
        by = agent(FIRST)
        take(check(trouble, channel, by=by), Proposal.objects.get().pk, told, by=by)

    return tell


def corrected(by: Actor) -> Callable[[int], None]:
    return lambda trouble: contact.correct_reply(by, proposal=Proposal.objects.get().pk, said=BURNT)


def written(trouble: int) -> None:
    contact.write(buyer(FIRST), thread=Trouble.objects.get(pk=trouble).thread_id, said=BURNT)


def taken_down(trouble: int) -> None:
    by = agent(FIRST)
    contact.take_down(by, check=check(trouble, by=by), said=BURNT, read_back=True)


def countered(trouble: int) -> None:
    offered = Proposal.objects.get().pk
    contact.counter(buyer(FIRST), proposal=offered, kind=Kind.FULL_REFUND, said=BURNT)


def heard_on_monday(trouble: int) -> None:
    take(check(trouble), sellers(trouble))


@pytest.mark.parametrize(
    ("before", "tells"),
    [
        (sellers, written),
        (sellers, countered),
        (sellers, taken_down),
        (sellers, told_by(Channel.PHONE, DECLINED)),
        (sellers, told_by(Channel.LETTER, DECLINED)),
        (heard_on_monday, corrected(buyer(FIRST))),
        (heard_on_monday, told_by(Channel.PHONE, misheard(BURNT))),
    ],
)
def test_no_danger_is_ruled_out_by_a_page_older_than_words_that_were_begun_first_and_came_last(
    before: Callable[[int], object], tells: Callable[[int], None]
) -> None:
    trouble = mediated()
    before(trouble)
    contact.raise_harm(buyer(LATE), trouble=trouble, said="熱くなる")
    shown = seen(trouble)

    tells(trouble)

    assert seen(trouble) > shown
    with pytest.raises(DangerMeanwhile):
        rule_out(trouble, shown)
    rule_out(trouble, seen(trouble))
    assert not Trouble.objects.get(pk=trouble).in_danger


def test_a_message_is_told_after_a_proposal_that_is_newer_than_it() -> None:
    trouble = mediated()
    contact.raise_harm(buyer(), trouble=trouble, said="熱くなる")
    contact.propose(buyer(LATE), trouble=trouble, kind=Kind.REPAIR, said="なおして")
    shown = seen(trouble)

    written(trouble)

    with pytest.raises(DangerMeanwhile):
        rule_out(trouble, shown)


def test_a_proposal_is_told_after_a_message_that_is_newer_than_it() -> None:
    trouble = mediated()
    contact.raise_harm(buyer(LATE), trouble=trouble, said="熱くなる")
    shown = seen(trouble)

    contact.propose(buyer(FIRST), trouble=trouble, kind=Kind.REPAIR, said=BURNT)

    with pytest.raises(DangerMeanwhile):
        rule_out(trouble, shown)


def test_a_danger_that_code_of_before_let_begin_is_told_since_then() -> None:
    trouble = mediated()
    Trouble.objects.filter(pk=trouble).update(danger_since=LATE, harm=Harm.DANGER)

    assert seen(trouble) == LATE


def seen(trouble: int) -> datetime:
    return danger.told_at(Trouble.objects.get(pk=trouble))


def rule_out(trouble: int, until: datetime) -> None:
    contact.rule_out_danger(
        lead(MONDAY + timedelta(hours=1)),
        trouble=trouble,
        harm=Harm.MONEY,
        because=LowerBecause.MISREAD,
        reason="箱の話だった",
        seen_until=until,
    )
