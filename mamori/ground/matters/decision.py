"""A decision as data: the words of its page, who may make it and when, and the verb that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mamori.grammar.hand import Hand, Role
from mamori.grammar.text import Text


def _nothing(hand: Hand) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision[Shown]:
    """One decision on a matter that is `Shown`; its form asks what the verb asks.

    `key` is the verb's argument for the matter; `act` is the kind of act by which the record tells that it was done.
    """

    slug: str
    title: Text
    lead: Text
    button: Text
    done: Text
    verb: Callable[..., object]
    key: str
    act: str
    roles: tuple[Role, ...]
    is_there: Callable[[Shown], bool]
    more: Callable[[Hand], Mapping[str, Any]] = _nothing
    step_up: bool = False
    tone: str = ""

    def is_open_to(self, role: Role, shown: Shown) -> bool:
        """Say whether somebody of this role is shown it."""
        return role in self.roles and self.is_there(shown)


def done_by[Shown](decisions: tuple[Decision[Shown], ...], slug: str, act: str | None) -> Text | None:
    """Return the sentence of a decision that was just made, by the act that the record tells and not by the address."""
    return next((one.done for one in decisions if one.slug == slug and one.act == act), None)
