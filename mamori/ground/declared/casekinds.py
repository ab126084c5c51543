"""What rooms declare of their cases, so that a list of all rooms' cases can say each of them in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from mamori.grammar.text import Text
from mamori.law.deadlines import DEADLINES

_KINDS: dict[str, CaseKind] = {}
_ACTS: dict[str, Text] = {}
_CLOCKS: dict[str, Text] = {}
_DEADLINES = {one.code: one.title for one in DEADLINES}
_OFTEN: set[str] = set()
_OWED: dict[str, OwedBy] = {}


class OwedBy(IntEnum):
    """Who owes what a clock counts, in the order in which a case leads with it."""

    STAFF = 1
    PARTY = 2
    NOBODY = 3
    """A machine rings and does the rest."""


@dataclass(frozen=True, slots=True)
class Lead:
    """What a case leads with: what is owed, by the kind of its clock, and by when it is or was due."""

    kind: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseKind:
    """One kind of case: its name, its states, the topics that may be its title, each by its code, what may ask for attention."""

    code: str
    title: Text
    states: Mapping[str, Text]
    topics: Mapping[str, Text] = field(default_factory=dict)
    attentions: Mapping[str, Text]

    def state(self, code: str) -> Text:
        """Say a state."""
        return self.states.get(code) or Text(code or "—", code or "—")

    def topic(self, title: str) -> Text:
        """Say a title, which is kept in Japanese, in both languages."""
        return next(
            (topic for topic in self.topics.values() if topic.ja == title), Text(title or "—", title or "—")
        )

    def attention(self, code: str) -> Text:
        """Say what asks for attention."""
        return self.attentions.get(code) or Text(code, code)


def declare(
    *kinds: CaseKind,
    acts: Mapping[str, Text],
    clocks: Mapping[str, Text] = {},
    staffs: Collection[str] = (),
    nobodys: Collection[str] = (),
    often: Collection[str] = (),
) -> None:
    """Declare a room's kinds of cases, and what its acts (`contact.answer`) and clocks are called: a deadline as its title says.

    `often` are acts of which there may be thousands about one matter: its history tells all of a kind as one.

    `staffs` are the clocks of what staff owe, `nobodys` those that a machine rings for nobody; all others are a party's.
    """
    for kind in kinds:
        if _KINDS.setdefault(kind.code, kind) is not kind:
            raise ValueError(f"two kinds of cases are called {kind.code}")
    for code, text in acts.items():
        if _ACTS.setdefault(code, text) != text:
            raise ValueError(f"two acts are called {code}")
    for code, text in clocks.items():
        if _CLOCKS.setdefault(code, text) != text:
            raise ValueError(f"two clocks are called {code}")
    _OFTEN.update(often)
    _OWED.update(dict.fromkeys(staffs, OwedBy.STAFF) | dict.fromkeys(nobodys, OwedBy.NOBODY))


def case_kinds() -> tuple[CaseKind, ...]:
    """Return every kind, in the order in which rooms declared them."""
    return tuple(_KINDS.values())


def case_kind(code: str) -> CaseKind:
    """Return the kind; one that no room declares any more is said by its code."""
    name = code or "—"
    return _KINDS.get(code) or CaseKind(code=code, title=Text(name, name), states={}, attentions={})


def act_named(code: str) -> Text:
    """Say what was done; what nobody declared is said by its code."""
    return _ACTS.get(code) or Text(code, code)


def often_done(about: str) -> frozenset[str]:
    """Return the kinds of acts of which there may be thousands about a matter of this room ("complaints.complaint:7")."""
    room = about.partition(".")[0]
    return frozenset(kind for kind in _OFTEN if kind.partition(".")[0] == room)


def clock_named(code: str) -> Text:
    """Say what a clock counts; what nobody declared is said by its code."""
    return _CLOCKS.get(code) or _DEADLINES.get(code) or Text(code, code)


def clock_owed(code: str) -> OwedBy:
    """Say who owes what a clock counts; of what nobody declared a party does."""
    return _OWED.get(code, OwedBy.PARTY)


def leading(running: Iterable[Lead], missed: Iterable[Lead] = ()) -> Lead | None:
    """Return what a case leads with: what was missed and is not kept yet, the oldest first; else what is owed next.

    Of what runs that is the soonest that staff owe, else that a party owes.  A case is late from the moment on at which this was
    due: there is no other measure of it, in lists, tabs, tiles, order or colour.
    """
    owed = [one for one in running if clock_owed(one.kind) is not OwedBy.NOBODY]
    soonest = min(owed, key=lambda one: (clock_owed(one.kind), one.due_at), default=None)
    return min((*missed, *([soonest] if soonest else [])), key=lambda one: one.due_at, default=None)


def topic_titled(code: str) -> str:
    """Return the title that cases of a topic bear; "" for a topic that nobody declared."""
    return next((kind.topics[code].ja for kind in case_kinds() if code in kind.topics), "")
