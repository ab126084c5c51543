"""A decision as data: the words of its page, who may make it and when, and the verb that does it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from mamori.grammar.actor import STAFF, Actor, Role
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger

type Done = Mapping[str, Text]
"""What a decision is said to have done, by the act that it left in the record, named as its room names it: what was decided
may be done, or only proposed."""

AS_TITLE = Text("題名のとおり", "as the title says")
"""The words of a button that says what the decision's title says."""


def _always(shown: object) -> bool:
    return True


def _nothing(actor: Actor) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision[Shown]:
    """One decision on a matter that is `Shown`; its form asks what the verb asks.

    `key` is the verb's argument for the matter: the first after the actor where none is said, "" where the verb makes one.
    The button says the title where it has no words of its own.  `closed` says why it cannot be made just now though it is
    there: its button stands closed beside the sentence.  `warns` says what whoever makes it has to know first.  `shortcut` is
    the declared key of the desk that opens it.
    """

    slug: str
    title: Text
    lead: Text | None = None
    button: Text = AS_TITLE
    done: Done
    verb: Callable[..., object]
    key: str | None = None
    roles: Collection[Role] = STAFF
    is_there: Callable[[Shown], bool] = _always
    closed: Callable[[Shown], Text | None] | None = None
    warns: Callable[[Shown], Text | None] | None = None
    more: Callable[[Actor], Mapping[str, Any]] = _nothing
    step_up: bool = False
    shortcut: str = ""
    tone: str = ""

    def __post_init__(self) -> None:
        """Fill in what is not said: the button's words, and the verb's argument for the matter."""
        if self.button is AS_TITLE:
            object.__setattr__(self, "button", self.title)
        if self.key is None:
            object.__setattr__(self, "key", [*inspect.signature(self.verb).parameters][1])

    def is_open_to(self, role: Role, shown: Shown) -> bool:
        """Say whether somebody of this role is shown it."""
        return role in self.roles and self.is_there(shown)

    def why_closed(self, shown: Shown) -> Text | None:
        """Say why it cannot be made just now, or nothing where it can."""
        return self.closed(shown) if self.closed else None

    def warning(self, shown: Shown) -> Text | None:
        """Say what has to be known before it is made, or nothing."""
        return self.warns(shown) if self.warns else None


@dataclass(frozen=True, slots=True)
class Did:
    """What was just done, in a sentence, and the receipt of the act."""

    text: Text
    receipt: str


def just_did(actor: Actor, about: str, done: Done | None) -> Did | None:
    """Return what the newest act of this actor did, where it is one of those that the address claims."""
    act = ledger.last_of(actor, about) if done else None
    text = done.get(act.kind.partition(".")[2]) if done and act else None
    return Did(text, act.address) if act and text else None


def just_done(actor: Actor, about: str, done: Done | None) -> Text | None:
    """Return the sentence of the same."""
    did = just_did(actor, about, done)
    return did.text if did else None
