"""Findings over JSON: a detector tells what looks like a breach, and reads what became of it; a person decides."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta
from ninja import Schema, Status
from pydantic import Field

from mamori.grammar.actor import Actor
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.text import Text
from mamori.ground.declared.records import Moment, Named, Part, PersonRef, Ref, Words, form, says
from mamori.japan.written import NoWords
from mamori.law.breaches import BREACHES
from mamori.rooms.enforcement.events import FINDING, FindingId
from mamori.rooms.enforcement.findings import actions, matter as records
from mamori.rooms.enforcement.findings.actions import (
    BreachUnknown,
    FoundInFuture,
    FoundLongAgo,
    SubjectUnknown,
)
from mamori.rooms.enforcement.findings.matter import NotThere, Subject
from mamori.rooms.enforcement.lifecycle import FindingState
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.enforcement.rules.bounds import Source

TELLING = (BreachUnknown, SubjectUnknown, FoundInFuture, FoundLongAgo, NoWords)
READING = (NotThere,)
ORIGIN = "market.detector:"
"""Before a detector's own reference: what it tells again is known."""
CODES = tuple(breach.code for breach in BREACHES)


class FactTold(Part, frozen=True, kw_only=True):
    """One sentence of what was seen, as the seller will read it."""

    ja: Annotated[Named, says("日本語の文", "the sentence in Japanese")]
    en: Annotated[
        Words, says("英語の文。なければ日本語を見せる", "in English; the Japanese where absent")
    ] = ""


class NewFinding(Part, frozen=True, kw_only=True):
    """Something that looks like a breach."""

    ref: Annotated[
        Ref,
        says(
            "検知した側の番号。番号と違反の種類が同じなら同じ件",
            "the detector's own reference: the same one for the same breach is the same finding",
        ),
    ]
    seller: Annotated[PersonRef, says("出品者の ref", "the ref of the seller")]
    breach: Annotated[
        Ref,
        says("違反の種類", "the kind of breach"),
        Meta(extra=form("、".join(CODES), "one of " + ", ".join(CODES))),
    ]
    severity: Annotated[
        Severity, says("重さ", "how grave it is"), Meta(extra=form("、".join(Severity), ", ".join(Severity)))
    ]
    harm: Annotated[
        Reach,
        says("購入者への害", "how it harms buyers"),
        Meta(extra=form("、".join(Reach), ", ".join(Reach))),
    ] = Reach.NONE
    facts: Annotated[
        tuple[FactTold, ...],
        says("出品者が読む事実", "what the seller will read"),
        Meta(min_length=1, max_length=20),
    ]
    listing: Annotated[Ref | None, says("商品の ref", "the ref of the listing")] = None
    review: Annotated[Ref | None, says("レビューの ref", "the ref of the review")] = None
    order: Annotated[Ref | None, says("注文の ref", "the ref of the order")] = None
    category: Annotated[Words | None, says("商品の分野", "the category of goods")] = None
    found_at: Annotated[
        Moment | None,
        says("気づいた日時。なければ届いた日時", "when it was noticed; when it was told, where absent"),
    ] = None


class FindingShown(Schema):
    """A finding and how it stands; its case number is for people."""

    id: Annotated[str, Field(pattern=FINDING.pattern)]
    case: str
    seller_ref: str
    breach: str
    severity: Severity
    state: FindingState
    opened_at: datetime
    closed_at: datetime | None


def post_finding(actor: Actor, body: NewFinding) -> Status[FindingShown]:
    """Take in what a detector noticed; a person looks, the seller is heard, and nothing follows by itself.

    Told again under the same `ref` and for the same breach it is the same finding, as it was told first.
    """
    number = actions.find(
        actor,
        breach=body.breach,
        severity=body.severity,
        harm=body.harm,
        subject=Subject(
            seller=body.seller,
            listing=body.listing or "",
            review=body.review or "",
            order=body.order or "",
            category=body.category or "",
        ),
        facts=tuple(
            Text(fact.ja, fact.en if fact.en and fact.en.strip() else fact.ja) for fact in body.facts
        ),
        origin=f"{ORIGIN}{body.ref}",
        source=Source.MARKET,
        automated=True,
        found_at=body.found_at,
    )
    return Status(201, _shown(Finding.objects.get(pk=number)))


def get_finding(actor: Actor, finding: FindingId) -> Status[FindingShown]:
    """Read how a finding that a detector told stands; those of the staff are none of its business."""
    del actor
    found = Finding.objects.filter(pk=finding, origin__startswith=ORIGIN).first()
    if found is None:
        raise NotThere
    return Status(200, _shown(found))


def _shown(found: Finding) -> FindingShown:
    return FindingShown(
        id=FINDING.of(found.pk),
        case=records.number(found),
        seller_ref=found.seller_ref,
        breach=found.breach,
        severity=Severity(found.severity),
        state=FindingState(found.state),
        opened_at=found.opened_at,
        closed_at=found.closed_at,
    )
