"""How findings and their measures are found, locked, kept and told of: one lock for the whole matter."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from mamori.grammar.actor import Actor, Role
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
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.ground.seal.facts import Place
from mamori.ground.web.signing import here
from mamori.law.breaches import breach as declared_breach
from mamori.law.measures import PROVISIONAL_HIDING, measure as declared
from mamori.rooms.enforcement.acts import must_be_current
from mamori.rooms.enforcement.events import MeasureEvent
from mamori.rooms.enforcement.lifecycle import FINDING, MEASURE, FindingState, MeasureState
from mamori.rooms.enforcement.models import Appeal, Finding, Measure
from mamori.rooms.enforcement.rules import standing
from mamori.rooms.enforcement.rules.bounds import DECIDERS
from mamori.rooms.enforcement.rules.standing import ON_ITS_WAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """References of the marketplace; "" where it concerns the seller as a whole."""

    seller: str
    listing: str = ""
    review: str = ""
    order: str = ""
    category: str = ""


# How this room finds and locks what it acts on, the finding first: one lock for the whole matter.


SHOWN_TO_SELLER = frozenset(MeasureState) - {MeasureState.PROPOSED, MeasureState.REJECTED}
"""What is only proposed, or was not approved, is no decision: the seller is not told of it."""


class NotThere(Refusal, code="nothing-to-enforce", status=404):
    """Given when there is nothing of that number for this actor."""

    text = Text(
        "お探しの件は見つかりません。番号をご確認のうえ、相談窓口にお問い合わせください。",
        "Nothing of that number was found. Please check it, or ask the customer centre.",
    )


def somebody_else(than: Collection[str], at: datetime) -> bool:
    """Say whether there is anybody who decides besides these people ("staff:7"), whom none of them brought in."""
    return here.somebody_else(than, roles=DECIDERS, at=at)


def is_sellers(actor: Actor, seller_ref: str) -> bool:
    """Say whether the actor is this seller or a delegate of it."""
    if actor.role is Role.SELLER:
        return actor.by == f"seller:{seller_ref}"
    whose, _, name = actor.by.rpartition("/")
    return actor.role is Role.DELEGATE and bool(name) and whose == f"seller:{seller_ref}"


def may_see(actor: Actor, seller_ref: str) -> bool:
    """Say whether something of this seller's concerns the actor: the seller, its delegates, staff, a machine."""
    if actor.role is Role.MACHINE:
        return actor.by.startswith("machine:")
    return actor.is_staff or is_sellers(actor, seller_ref)


def subject_of(finding: Finding) -> Subject:
    """Return what a finding is about, as it was told."""
    return Subject(
        seller=finding.seller_ref,
        listing=finding.listing_ref,
        review=finding.review_ref,
        order=finding.order_ref,
        category=finding.category,
    )


def the_finding(actor: Actor, finding: int, version: int | None = None) -> Finding:
    """Return the finding, locked; with a `version`, as it was when the form was opened."""
    return _locked(actor, Finding.objects.filter(pk=finding), version)


def the_measure(actor: Actor, measure: int, version: int | None = None) -> Measure:
    """Return the measure with its finding, which is locked; `version` is the finding's."""
    locked = _locked(actor, Finding.objects.filter(measures=measure), version)
    found = Measure.objects.select_for_update().get(pk=measure)
    found.finding = locked
    return found


def _locked(actor: Actor, wanted: QuerySet[Finding], version: int | None) -> Finding:
    found = wanted.select_for_update(of=("self",)).first()
    if found is None or not may_see(actor, found.seller_ref):
        raise NotThere()
    if version != found.version:
        must_be_current(actor, f"enforcement.finding:{found.pk}", None if version is None else version - 1)
    return found


def is_told(finding: Finding) -> bool:
    """Say whether the seller was asked about it, or told of a measure."""
    if finding.asked_at is not None or finding.heard_at is not None:
        return True
    return any(measure.state in SHOWN_TO_SELLER for measure in finding.measures.all())


# What is common to the acts of this room: the act recorded, the events told, the matter settled, the case index up to date.


WAITS = frozenset(
    {
        MeasureState.PROPOSED,
        MeasureState.ANNOUNCED,
        MeasureState.ORDERED,
        MeasureState.LIFTING,
        MeasureState.UNDOING,
    }
)
"""The states of a measure in which somebody still has to act, so that its case stays open."""


_NUMBER = "_case_number"


def stands(finding: Finding) -> bool:
    """Say whether a measure of the finding stands or waits, and is not being taken back."""
    return finding.measures.filter(closed_at__isnull=True).exclude(state__in=ON_ITS_WAY).exists()


def awaits_photo(finding: Finding) -> bool:
    """Say whether the seller was asked for a photograph of what it put right, and it still matters."""
    if finding.asked_photo_at is None or not standing.awaits_look(finding.cure_said_at, finding.cured_at):
        return False
    return standing.may_be_cured(FindingState(finding.state), stands=stands(finding))


def about(thing: Finding | Measure) -> str:
    """Return the name under which clocks know the thing; acts and the case go by the finding's."""
    return f"enforcement.{'finding' if isinstance(thing, Finding) else 'measure'}:{thing.pk}"


def seller(thing: Finding | Measure | Appeal) -> str:
    """Return the seller as notices and keys name it."""
    return f"seller:{thing.seller_ref}"


def number(finding: Finding) -> str:
    """Return the number that people use for the finding; it never changes, so it is looked up once for what an act holds."""
    known: str | None = vars(finding).get(_NUMBER)
    if known is None:
        known = vars(finding)[_NUMBER] = case_facts.case_of(about(finding)).number
    return known


def enter(finding: Finding) -> None:
    """Enter the finding into the case index, to be found by its breach and its shop; nobody's words are there."""
    title, shop = declared_breach(finding.breach).title, market.seller(finding.seller_ref)
    cases.open(
        kind="enforcement.finding",
        about=about(finding),
        title=title.ja,
        buyer_ref="",
        seller_ref=finding.seller_ref,
        order_ref=finding.order_ref,
        at=finding.opened_at,
        subject=seller(finding),
        called=f"{title.en} {shop.name if shop else ''}",
    )


def should(finding: Finding, measures: Iterable[Measure]) -> dict[str, Iterable[Stands]]:
    """Return what should stand about a finding and each of its measures, by their names."""
    measures = list(measures)
    running = [one for one in measures if one.closed_at is None and one.state not in ON_ITS_WAY]
    to_review = any(one.review_due_since is not None for one in running)
    hidings = [one for one in running if one.kind == PROVISIONAL_HIDING.code]
    wanted = {
        about(finding): standing.of_finding(
            finding, stands=bool(running), to_review=to_review, hidings=hidings
        )
    }
    return wanted | {about(one): should_of(one, finding) for one in measures}


def should_of(measure: Measure, finding: Finding) -> Iterable[Stands]:
    """Return what should stand about a measure of that finding."""
    waits = measure.state == MeasureState.ANNOUNCED and is_under_appeal(measure)
    return standing.of_measure(measure, told_at=finding.decided_at, is_under_appeal=waits)


def is_under_appeal(measure: Measure) -> bool:
    """Say whether an effect waits for an appeal that is not decided yet: only for the first."""
    if not declared(measure.kind).waits_for_appeal:
        return False
    first = measure.appeals.order_by("id").first()
    return first is not None and first.closed_at is None


def news[E: Event](kind: type[E], finding: Finding, **values: Any) -> E:
    """Make an event about a finding."""
    known: dict[str, Any] = {
        "subject": about(finding),
        "case": number(finding),
        "finding": finding.pk,
        "seller_ref": finding.seller_ref,
    }
    return kind(**known, **values)


def news_of[E: MeasureEvent](kind: type[E], measure: Measure, **values: Any) -> E:
    """Make an event about a measure."""
    return news(
        kind, measure.finding, measure=measure.pk, what=measure.kind, target_ref=measure.target_ref, **values
    )


def record(
    actor: Actor,
    finding: Finding,
    verb: str,
    *events: Event,
    ground: str = "",
    reason: str = "",
    **payload: Any,
) -> int:
    """Record an act on a finding or one of its measures, publish the events and count it; return the act's number."""
    finding.version += 1
    act = ledger.record(
        actor,
        kind=f"enforcement.{verb}",
        subject=seller(finding),
        about=about(finding),
        ground=ground,
        reason=reason,
        payload={"state": finding.state, **payload},
    )
    for event in events:
        outbox.publish(event, at=actor.at)
    return act


def settle(actor: Actor, finding: Finding, verb: str, news: str | None) -> None:
    """Let stand about a finding and its measures what should after an act, and bring its case up to date.

    What the case asks of somebody stays until staff act, unless `news` says otherwise; what a rule asks for, until it was done.
    """
    name, measures = about(finding), list(finding.measures.all())
    settled = matters.settle(
        should(finding, measures), at=actor.at, why=verb, hindering=[about(one) for one in measures]
    )
    asks = tuple(one.what for one in settled.asked[name])
    if news is None and not (verb and actor.is_staff):
        news = case_facts.case_of(name).attention
    if news in standing.ASKED and news not in asks:
        news = None
    running = [one for one in measures if one.closed_at is None]
    waiting = [one for one in running if one.state in WAITS]
    awaited = {name, *map(about, waiting), *(about(one) for one in running if _has_to_look(one))}
    cases.update(
        about=name,
        state=finding.state,
        lead=settled.lead(awaited),
        closed_at=None if waiting or asks else finding.closed_at,
        attention=news or next(iter(asks), None),
        asks=asks,
    )


def _has_to_look(measure: Measure) -> bool:
    """Say whether somebody has to look whether a measure still has to stand, or a listing to stay provisionally hidden."""
    if measure.kind == PROVISIONAL_HIDING.code:
        return measure.state not in ON_ITS_WAY
    return measure.review_due_since is not None and measure.state not in ON_ITS_WAY


def notify(to: str, template: Template, finding: Finding, at: datetime, **values: Any) -> None:
    """Write a notice; the case number and what is alleged are always in it."""
    said = {"number": number(finding), "breach": declared_breach(finding.breach).title, **values}
    outbox.notify(to=to, template=template, values=said, about=about(finding), at=at)


def _record_finding(act: Performance[Finding], verb: str, *events: Event, **told: Any) -> int:
    act.save("version")
    return record(act.actor, act.matter, verb, *events, **told)


def _settle_finding(act: Performance[Finding]) -> None:
    settle(act.actor, act.matter, act.verb, act.news)


def _record_measure(act: Performance[Measure], verb: str, *events: Event, **told: Any) -> int:
    """Record an act on a measure, which is one on its finding, too: the record names the measure."""
    finding = act.matter.finding
    number = record(act.actor, finding, verb, *events, **{"measure": act.matter.pk} | told)
    finding.save(update_fields=("version",))
    return number


def _settle_measure(act: Performance[Measure]) -> None:
    settle(act.actor, act.matter.finding, act.verb, act.news)


FINDINGS: MatterKind[Finding, int] = MatterKind(
    chart=FINDING,
    find=the_finding,
    case=about,
    record=_record_finding,
    settle=_settle_finding,
    shows_news=True,
)
MEASURES: MatterKind[Measure, int] = MatterKind(
    chart=MEASURE,
    find=the_measure,
    case=lambda measure: about(measure.finding),
    record=_record_measure,
    settle=_settle_measure,
    shows_news=True,
)


def seal(table: str, key: int | str, column: str, seller_ref: str, plain: object) -> bytes:
    """Seal a value that JSON can carry."""
    written = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
    return sealing.seal(subject=f"seller:{seller_ref}", place=Place(table, str(key), column), plain=written)


def read(table: str, key: int | str, column: str, seller_ref: str, sealed: bytes | memoryview | None) -> Any:
    """Open a value; None where nothing was sealed or the seller's key is destroyed."""
    plain = seals.opened(subject=f"seller:{seller_ref}", place=Place(table, str(key), column), sealed=sealed)
    return json.loads(plain) if plain is not None else None


def pairs(texts: tuple[Text, ...]) -> list[list[str]]:
    """Return wordings as JSON carries them."""
    return [[text.ja, text.en] for text in texts]


def texts(pairs: list[list[str]] | None) -> tuple[Text, ...]:
    """Return wordings as they were written down."""
    return tuple(Text(ja, en) for ja, en in pairs or ())
