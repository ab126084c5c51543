"""The page of a matter as data: its sections, what is offered on it, what was just done.  Doors compose it, `web` draws it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any

from mamori.grammar.actor import Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision


class PagePart(StrEnum):
    """Where a section stands: what to do next, what is read, what the matter is, what came before, what can be done."""

    WORK = "work"
    FILE = "file"
    FACTS = "facts"
    HISTORY = "history"
    DEEDS = "deeds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the page: the template that draws it, and what it is given."""

    part: PagePart
    template: str
    shown: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDecision:
    """A decision that is there just now: its button, or why that stands closed; `of` names the part it is about.

    With a `form` it is made on the matter's page itself: `form(auto_id=…)` is what it asks there.
    """

    decision: Decision[Any]
    address: str
    closed: Text | None = None
    warning: Text | None = None
    of: Text | None = None
    form: Callable[..., Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterPage:
    """What a room gives to the page of one of its matters; `offers` is None where a section of its own says what can be done.

    The first decision that asks something is open, but where something else `comes_first` on the page.  `others` says who
    decides where this role does not.  `clocks` are those of its clocks that bear a name of their own, by kind and key.
    """

    sections: tuple[Section, ...]
    offers: tuple[OpenDecision, ...] | None = None
    comes_first: bool = False
    others: Text | None = None
    done: Text | None = None
    clocks: Mapping[tuple[str, str], Text] = field(default_factory=dict)


def sections(template: str, parts: Iterable[PagePart], shown: Mapping[str, Any]) -> tuple[Section, ...]:
    """Return these parts of a page, each drawn by the template of its name: `display/staff/seller` has `…_facts.html`."""
    return tuple(Section(part=part, template=f"{template}_{part.value}.html", shown=shown) for part in parts)


def offers[Shown](
    decisions: Iterable[Decision[Shown]],
    shown: Shown,
    role: Role,
    address: Callable[[str], str],
    *,
    of: Text | None = None,
    form: Callable[[Decision[Shown]], Callable[..., Any] | None] = lambda decision: None,
    initial: Mapping[str, Any] | None = None,
) -> tuple[OpenDecision, ...]:
    """Return those of the decisions that are there for the role, each at the `address` of its slug.

    With a `form` they are made on the matter's page: it returns what makes the form of one, `initial` standing in it, or None
    where that is asked on a page of its own.  So is what needs a fresh proof of who decides: what was typed would be lost on
    the way there.
    """

    def made(one: Decision[Shown]) -> Callable[..., Any] | None:
        asked = None if one.step_up else form(one)
        return asked and partial(asked, initial=dict(initial or {}))

    return tuple(
        OpenDecision(
            decision=one,
            address=address(one.slug),
            closed=one.why_closed(shown),
            warning=one.warning(shown),
            of=of,
            form=made(one),
        )
        for one in decisions
        if one.is_open_to(role, shown)
    )


OTHERS = Text("これを決めるのは{roles}です。", "Who decides on this: {roles}.")


def others[Shown](decisions: Iterable[Decision[Shown]], shown: Shown, role: Role) -> Text | None:
    """Say which roles may decide where decisions are there and none of them is for this role, and nothing otherwise."""
    there = [one for one in decisions if one.is_there(shown)]
    if not there or any(role in one.roles for one in there):
        return None
    return OTHERS.fill(
        roles=Text.listed(one.text for one in sorted({each for one in there for each in one.roles}))
    )
