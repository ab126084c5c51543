"""What this room tells upward and outward, and the ids it names: ids, states and moments, never anybody's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from mamori.grammar.event import ABOUT, Event
from mamori.grammar.ids import IdKind
from mamori.grammar.text import Text

FINDING = IdKind("fnd", Text("違反の疑い", "finding"), "enforcement.finding")
MEASURE = IdKind("mea", Text("措置", "measure"), "enforcement.measure")
APPEAL = IdKind("apl", Text("異議の申出", "appeal"), "enforcement.appeal")
POLICY = IdKind("pol", Text("措置の基準の版", "version of the policy"), "enforcement.policy")

FindingId = Annotated[int, FINDING]
AppealId = Annotated[int, APPEAL]
PolicyId = Annotated[int, POLICY]


# What this room tells upward and outward: ids, states and moments, never anybody's words.


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class FindingOpened(Event):
    """Something that looks like a breach was found; a person decides."""

    kind = "enforcement.finding_opened"
    text = Text("違反の疑いが見つかった", "a suspected breach was found")
    finding: FindingId
    case: str
    seller_ref: str
    breach: str
    severity: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class HearingOpened(Event):
    """The seller is asked for its view, by `due_at`."""

    kind = "enforcement.hearing_opened"
    text = Text("出品者の意見を求めた", "a hearing on a finding was opened")
    finding: FindingId
    case: str
    seller_ref: str
    due_at: datetime


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class FindingEnded(Event):
    """A finding came to its end: decided upon or dismissed."""

    kind = "enforcement.finding_ended"
    text = Text("違反の疑いへの判断が終わった", "a finding came to its end")
    finding: FindingId
    case: str
    seller_ref: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureEvent(Event):
    """What every event about a measure says; `what` is its kind, `target_ref` "" where it touches the seller."""

    measure: Annotated[int, MEASURE]
    finding: FindingId
    case: str
    seller_ref: str
    what: str
    target_ref: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureDecided(MeasureEvent):
    """A measure was decided on; it takes effect at `starts_at` and lifts by itself at `ends_at`, None where it has no end."""

    kind = "enforcement.measure_decided"
    text = Text("措置を決めた", "a measure was decided on")
    starts_at: datetime
    ends_at: datetime | None
    clause: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class ListingHidden(MeasureEvent):
    """A listing is provisionally hidden because of a danger: no time ends it, and only the decision brings points."""

    kind = "enforcement.listing_hidden"
    text = Text("商品を暫定的に非表示にした", "a listing was provisionally hidden")


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class ListingUnhidden(MeasureEvent):
    """A provisional hiding hides nothing any more: it is being taken back, or the marketplace refused it."""

    kind = "enforcement.listing_unhidden"
    text = Text("暫定非表示が効かなくなった", "a provisional hiding hides nothing any more")
    internal = True


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureBegan(MeasureEvent):
    """A measure is in force: the marketplace has confirmed it, or nothing had to be done there."""

    kind = "enforcement.measure_began"
    text = Text("措置が実施された", "a measure is in force")


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureEnded(MeasureEvent):
    """A measure is in force no longer, because of what is named."""

    kind = "enforcement.measure_ended"
    text = Text("措置が終わった", "a measure is over")
    state: str
    because: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class AppealReceived(Event):
    """A seller appealed; `against` names the measure or the recovery."""

    kind = "enforcement.appeal_received"
    text = Text("異議の申出があった", "an appeal was received")
    appeal: AppealId
    case: str
    seller_ref: str
    against: Annotated[str, ABOUT]


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class AppealEnded(Event):
    """An appeal came to its end, in the state that is named."""

    kind = "enforcement.appeal_ended"
    text = Text("異議の申出への結論が出た", "an appeal came to its end")
    appeal: AppealId
    case: str
    seller_ref: str
    against: Annotated[str, ABOUT]
    state: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class ClarificationEnded(Event):
    """Somebody who was asked has answered, or did not in time; `about` names the matter that waits for it."""

    kind = "enforcement.clarification_ended"
    text = Text("事実確認に返答があったか、期限が過ぎた", "a clarification was answered, or its time is over")
    internal = True
    about: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPublished(Event):
    """A version of the policy was published; it binds from `binds_on` on (a day)."""

    kind = "enforcement.policy_published"
    text = Text("措置の基準の改定を公表した", "a version of the policy was published")
    policy: PolicyId
    binds_on: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySpread(Event):
    """Sellers are told of a published version, or that it was given up, the next few after the seller `after`.

    `haste` is the listed exception by which its notice is short, else empty.
    """

    kind = "enforcement.policy_spread"
    internal = True
    text = Text("措置の基準の改定を次の出品者に知らせる", "the next sellers are told of a change of policy")
    policy: PolicyId
    after: str
    discarded: bool
    haste: str
