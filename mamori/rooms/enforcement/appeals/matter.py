"""How an appeal is found, kept and told of, and what it gives back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from mamori.grammar.actor import Actor
from mamori.grammar.declaration import Template
from mamori.grammar.event import Event
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import actions as cases, facts as case_facts
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.matters import settlement as matters
from mamori.ground.matters.performance import MatterKind, Performance
from mamori.ground.matters.standing import Stands
from mamori.ground.outbox import actions as outbox
from mamori.rooms.contact import actions as contact, facts as contact_facts
from mamori.rooms.contact.facts import RecoveryFact
from mamori.rooms.enforcement import notices
from mamori.rooms.enforcement.acts import must_be_current
from mamori.rooms.enforcement.events import AppealEnded, AppealReceived
from mamori.rooms.enforcement.findings import matter as records
from mamori.rooms.enforcement.findings.matter import NotThere, may_see
from mamori.rooms.enforcement.lifecycle import APPEAL, AppealState
from mamori.rooms.enforcement.models import Appeal, AppealMessage, AppealNote, Finding
from mamori.rooms.enforcement.rules import standing

# How an appeal is found, kept and told of, and where its words lie.


TITLE = Text("異議の申出", "appeal")
MESSAGES, NOTES = "enforcement_appealmessage", "enforcement_appealnote"


def about(appeal: Appeal) -> str:
    """Return the name under which clocks, acts and the case index know it."""
    return f"enforcement.appeal:{appeal.pk}"


def against(appeal: Appeal) -> str:
    """Return the name of what it is against."""
    if appeal.measure_id is not None:
        return f"enforcement.measure:{appeal.measure_id}"
    return f"contact.recovery:{appeal.recovery}"


def number(appeal: Appeal) -> str:
    """Return the number that people use for it; it never changes, so it is looked up once for what an act holds."""
    known: str | None = vars(appeal).get("_case_number")
    if known is None:
        known = vars(appeal)["_case_number"] = case_facts.case_of(about(appeal)).number
    return known


def the_appeal(actor: Actor, appeal: int, version: int | None = None) -> Appeal:
    """Return the appeal, locked, after the finding that it is about; with a `version`, as it was when the form was opened."""
    finding = Finding.objects.filter(measures__appeals=appeal).select_for_update(of=("self",)).first()
    if finding is not None and not may_see(actor, finding.seller_ref):
        raise NotThere()
    found = Appeal.objects.select_for_update().filter(pk=appeal).first()
    if found is None or not may_see(actor, found.seller_ref):
        raise NotThere()
    must_be_current(actor, about(found), version)
    return found


def enter(appeal: Appeal) -> None:
    """Enter it into the case index."""
    shop = market.seller(appeal.seller_ref)
    cases.open(
        kind="enforcement.appeal",
        about=about(appeal),
        title=TITLE.ja,
        buyer_ref="",
        seller_ref=appeal.seller_ref,
        order_ref="",
        at=appeal.received_at,
        subject=records.seller(appeal),
        called=f"{TITLE.en} {shop.name if shop else ''}",
    )


def news[E: AppealReceived | AppealEnded](kind: type[E], appeal: Appeal, **values: Any) -> E:
    """Make an event about it."""
    return kind(
        subject=about(appeal),
        case=number(appeal),
        appeal=appeal.pk,
        seller_ref=appeal.seller_ref,
        against=against(appeal),
        **values,
    )


def record(act: Performance[Appeal], verb: str, *events: Event, reason: str = "", **payload: Any) -> int:
    """Record what was done to it, publish the events, and return the act's number."""
    appeal = act.matter
    done = ledger.record(
        act.actor,
        kind=f"enforcement.{verb}",
        subject=records.seller(appeal),
        about=about(appeal),
        reason=reason,
        payload={"state": appeal.state, "against": against(appeal), **payload},
    )
    for event in events:
        outbox.publish(event, at=act.actor.at)
    return done


def settle(act: Performance[Appeal]) -> None:
    """Let stand about it what should after an act, and bring its case up to date; an announced effect waits for a new one."""
    actor, appeal, name, news = act.actor, act.matter, about(act.matter), act.news
    should: dict[str, Iterable[Stands]] = {name: standing.of_appeal(appeal)}
    if act.verb == "appeal" and appeal.measure is not None:
        should[against(appeal)] = records.should_of(appeal.measure, appeal.measure.finding)
    settled = matters.settle(should, at=actor.at, why=act.verb, hindering=should.keys() - {name})
    if news is None and not actor.is_staff and appeal.closed_at is None:
        news = case_facts.case_of(name).attention
    cases.update(
        about=name, state=appeal.state, lead=settled.lead([name]), closed_at=appeal.closed_at, attention=news
    )


def notify(to: str, template: Template, appeal: Appeal, at: datetime, **values: Any) -> None:
    """Write a notice; the case number is always in it."""
    outbox.notify(
        to=to, template=template, values={"number": number(appeal), **values}, about=about(appeal), at=at
    )


def end_reversed(act: Performance[Appeal], template: Template = notices.APPEAL_REVERSED) -> None:
    """End an open appeal whose decision no longer stands: nothing is left to review; the seller is told why."""
    act.step("end_reversed")
    act.matter.closed_at = act.actor.at
    act.save("closed_at")
    notify(records.seller(act.matter), template, act.matter, act.actor.at)
    act.record("end_appeal", news(AppealEnded, act.matter, state=act.matter.state))


def add_message(appeal: Appeal, actor: Actor, said: str) -> None:
    """Seal what one side says to the other."""
    number = appeal.messages.count() + 1
    place = f"{appeal.pk}/{number}"
    AppealMessage.objects.create(
        appeal=appeal,
        number=number,
        by_seller=not actor.is_staff,
        by=actor.by if actor.is_staff else "",
        sealed=records.seal(MESSAGES, place, "sealed", appeal.seller_ref, said),
        at=actor.at,
    )


def messages(appeal: Appeal) -> list[tuple[AppealMessage, str | None]]:
    """Open what was said, in order; None where the seller's key is destroyed."""
    return [
        (row, records.read(MESSAGES, f"{appeal.pk}/{row.number}", "sealed", appeal.seller_ref, row.sealed))
        for row in appeal.messages.order_by("number")
    ]


def add_note(appeal: Appeal, actor: Actor, said: str) -> None:
    """Seal a note of the reviewers; it lies in another table than what is sent."""
    place = f"{appeal.pk}/{appeal.notes.count() + 1}"
    AppealNote.objects.create(
        appeal=appeal,
        by=actor.by,
        sealed=records.seal(NOTES, place, "sealed", appeal.seller_ref, said),
        at=actor.at,
    )


def notes(appeal: Appeal) -> list[tuple[AppealNote, str | None]]:
    """Open the notes, in order."""
    return [
        (row, records.read(NOTES, f"{appeal.pk}/{place}", "sealed", appeal.seller_ref, row.sealed))
        for place, row in enumerate(appeal.notes.order_by("id"), start=1)
    ]


APPEALS: MatterKind[Appeal, int] = MatterKind(
    chart=APPEAL, find=the_appeal, case=about, record=record, settle=settle, shows_news=True
)


class PartIsAll(Refusal, code="part-is-all", status=422):
    """Given when a part is granted and all is named."""

    text = Text(
        "一部を認めるときの額は、差し引いた{all}円より少なくしてください。全額を戻すときは「異議を認める」を選んでください。",
        "A part has to be less than the {all} yen that were deducted. To give all back, please choose to grant the appeal.",
    )


def deduction(appeal: Appeal) -> RecoveryFact:
    """Return the recovery that an appeal is against."""
    found = contact_facts.recovery(appeal.recovery or 0)
    assert found is not None
    return found


def follow(actor: Actor, appeal: Appeal, outcome: AppealState, amount: int) -> None:
    """Let go back what was granted: all of the deduction, or so much of it."""
    taken = deduction(appeal)
    if outcome is AppealState.KEPT:
        return
    if outcome is AppealState.PARTLY and amount == taken.amount:
        raise PartIsAll(all=f"{taken.amount:,}")
    back = taken.amount if outcome is AppealState.GRANTED else amount
    contact.give_back(
        actor, recovery=taken.id, amount=back, why="異議の申出への結論 / the outcome of an appeal"
    )
    appeal.given_back = back
    appeal.save(update_fields=("given_back",))
