"""Whose a receipt is: who may read in it what was done, and whom its number alone suffices.  Pure decisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mamori.grammar.actor import Actor, Role

FOR_ANOTHER = (Role.DELEGATE, Role.HELPER)
"""Who acts for somebody else: its `by` is theirs with a name behind a slash, and a name holds none."""
NEVER_OPEN = (Role.ANONYMOUS, Role.MACHINE)
"""Who is shown no words: nobody knows them, or an API key alone."""


def may_open(actor: Actor, content: Mapping[str, Any]) -> bool:
    """Say whether this actor may read what was done: it did it, or somebody did who acts for it.

    The role is asked, too: a reference may hold a slash, and then reads like another's delegate.
    """
    if actor.role in NEVER_OPEN:
        return False
    by, role = str(content["by"]), content["role"]
    return (by, role) == (actor.by, actor.role) or (role in FOR_ANOTHER and by.rpartition("/")[0] == actor.by)


def concerns(actor: Actor, *, subject: str, content: Mapping[str, Any] | None) -> bool:
    """Say whether the number of an act suffices for this actor: it is about them, about their seller, or theirs.

    Staff and the marketplace's software see the proof of each.  `content` is None where it was erased.
    """
    if actor.is_staff or actor.role is Role.MACHINE:
        return True
    if actor.role is Role.ANONYMOUS:
        return False
    whose = actor.by.rpartition("/")[0] if actor.role is Role.DELEGATE else actor.by
    return subject == whose or (content is not None and may_open(actor, content))
