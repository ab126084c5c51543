"""A line of what is asked of a marketplace: how strongly it is asked, which room does it, and what shows that it is done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.citation import Citation
from mamori.grammar.text import Text


class Force(StrEnum):
    """How strongly something is asked: by the law in four degrees, by what marketplaces do, or by the operator alone."""

    SHALL = "shall"
    EFFORT = "effort"
    ON_REQUEST = "on-request"
    ASKED_BY_AUTHORITY = "asked-by-authority"
    PRACTICE = "practice"
    OWN_RULE = "own-rule"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _FORCES[self]

    @property
    def is_of_law(self) -> bool:
        """Say whether a statute asks it."""
        return self not in (Force.PRACTICE, Force.OWN_RULE)


_FORCES = {
    Force.SHALL: Text("するものとする（義務）", "shall"),
    Force.EFFORT: Text("努力義務", "effort"),
    Force.ON_REQUEST: Text("請求があれば", "when a consumer requests it"),
    Force.ASKED_BY_AUTHORITY: Text(
        "消費者庁長官の要請（義務ではない）", "asked by the Consumer Affairs Agency; no duty"
    ),
    Force.PRACTICE: Text("通販サイトの実務（法の定めなし）", "practice of marketplaces; no statute"),
    Force.OWN_RULE: Text("運営者の定め（法の定めなし）", "the operator's own rule; no statute"),
}


class State(StrEnum):
    """How far a line is done."""

    WORKS = "works"
    IN_PART = "in-part"
    NOT_BEGUN = "not-begun"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _STATES[self]


_STATES = {
    State.WORKS: Text("動く", "works"),
    State.IN_PART: Text("一部", "in part"),
    State.NOT_BEGUN: Text("まだ", "not begun"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is asked, in words of our own.  `shown_by` names tests, each as path::name; `missing` says what they do not show.

    A folder or a table shows nothing: what no test shows has not begun.  `rests_on` = the codes of switches without which less
    of it is done.
    """

    code: str
    text: Text
    citation: Citation
    force: Force
    room: str
    shown_by: tuple[str, ...] = ()
    missing: Text | None = None
    rests_on: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.missing and not self.shown_by:
            raise ValueError(f"{self.code}: something is said to be missing, and no test shows the rest")
        if self.force.is_of_law is not self.citation.is_binding:
            raise ValueError(f"{self.code}: {self.force} does not go with {self.citation.confidence}")

    @property
    def state(self) -> State:
        """Return how far it is done."""
        if not self.shown_by:
            return State.NOT_BEGUN
        return State.IN_PART if self.missing else State.WORKS
