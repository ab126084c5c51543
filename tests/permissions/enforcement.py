"""What was found of a seller in the small marketplace: asked, decided under the law, and appealed against."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.text import Text
from mamori.rooms.enforcement.appeals import actions as appeals
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.findings.matter import Subject
from mamori.rooms.enforcement.measures.actions import deciding
from mamori.rooms.enforcement.measures.actions.deciding import Wish
from mamori.rooms.enforcement.rules.bounds import Source


def enforce(at: datetime) -> tuple[int, int, int]:
    """Find something, ask the seller, decide on it under the law, and let the seller appeal."""
    agent = Actor(by="agent:97", role=Role.AGENT, at=at, via="test")
    lead = Actor(by="lead:99", role=Role.LEAD, at=at, via="test")  # nobody who knocks: they may review it
    counsel = Actor(by="counsel:98", role=Role.COUNSEL, at=at, via="test")  # nor this one
    finding = findings.find(
        agent,
        breach="display",
        severity=Severity.MINOR,
        harm=Reach.NONE,
        subject=Subject(seller="S-1", listing="L-1"),
        facts=(Text("表示がない。", "It is not shown."),),
        origin="test:permissions",
        source=Source.STAFF,
    )
    findings.ask_view(agent, finding=finding)
    findings.state_view(
        Actor(by="seller:S-1", role=Role.SELLER, at=at, via="test"), finding=finding, said="直します"
    )
    why = Text("要請が注意にとどまるため。", "The request asks for no more than a notice.")
    law, paper = "statutory-request", "要請 第1号"
    wish = Wish(measure="notice", days=0, reason="要請のとおり", ground=law, document=paper, why_other=why)
    measure = deciding.decide(lead, finding=finding, wish=wish)
    deciding.approve(counsel, measure=measure)
    appeal = appeals.appeal(
        Actor(by="seller:S-1", role=Role.SELLER, at=at, via="test"), measure=measure, said="違います"
    )
    return finding, measure, appeal
