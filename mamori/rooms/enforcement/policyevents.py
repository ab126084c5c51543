"""What is told of a change of policy: upward and outward that it is published, and onward to the next few sellers."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.event import Event
from mamori.grammar.text import Text
from mamori.rooms.enforcement.ids import PolicyId


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
