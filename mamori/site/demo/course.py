"""The course of the story: whatever a scene lets people do, the clock goes on to it, and it is told."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from mamori.grammar.hand import Hand, Role
from mamori.grammar.text import Text
from mamori.japan.spoken import spoken
from mamori.site.demo.cast import AGENT, BUYERS, LEAD, SELLERS
from mamori.site.demo.days import moment
from mamori.site.demo.teller import Teller


class Course:
    """What came up so far, and when it is; `jump` moves the clock on and lets the house do what falls due until then."""

    def __init__(
        self,
        teller: Teller,
        jump: Callable[[datetime], None],
        confirm: Callable[[datetime], int],
        call_businesses: Callable[[datetime, Collection[str]], int],
    ) -> None:
        self.teller, self.jump, self.confirm = teller, jump, confirm
        self.call_businesses = call_businesses
        self.troubles: list[int] = []
        self.findings: list[int] = []
        self.requests: list[int] = []
        self.now = moment("2026-11-16T09:00")

    def note(self, what: Text, due: datetime) -> None:
        """Add a line, and by when an answer is due."""
        said = spoken(due)
        self.teller.note([what, Text(f"期限 {said.ja}", f"due {said.en}")])

    def do(self, when: str, who: str, role: Role, what: Text) -> Hand:
        """Tell what somebody does at a moment, let what fell due until then happen, and return the hand."""
        at = self.now = moment(when)
        self.jump(at)
        self.teller.person(at, Text(f"{role.text.ja}：{what.ja}", f"{role.text.en}: {what.en}"))
        return Hand(by=who, role=role, at=at, via="demo")

    def buyer(self, when: str, scene: str, what: Text) -> Hand:
        """Let the buyer of a scene do something."""
        return self.do(when, f"buyer:{BUYERS[scene]}", Role.BUYER, what)

    def seller(self, when: str, scene: str, what: Text) -> Hand:
        """Let the seller of a scene do something."""
        return self.do(when, f"seller:{SELLERS[scene]}", Role.SELLER, what)

    def agent(self, when: str, what: Text) -> Hand:
        """Let an agent do something."""
        return self.do(when, AGENT, Role.AGENT, what)

    def lead(self, when: str, what: Text) -> Hand:
        """Let a lead do something."""
        return self.do(when, LEAD, Role.LEAD, what)

    def told_by_market(self, when: str) -> None:
        """Let the marketplace say what it did of what it was asked."""
        at = self.now = moment(when)
        self.jump(at)
        count = self.confirm(at)
        what = Text(
            f"通販サイト：指示{count}件の実行を確認するファイルを渡す",
            f"the marketplace hands over a file that confirms {count}",
        )
        self.teller.person(at, what)
        self.jump(at)
