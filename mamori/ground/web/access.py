"""Each view says who may enter; what says nothing is never served."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mamori.grammar.hand import STAFF, Role
from mamori.ground.people.facts import Access

EVERYONE = frozenset(Role)

__all__ = ["EVERYONE", "STAFF", "Access", "access_of", "by_itself", "is_by_itself", "open_to"]


def open_to[V: Callable[..., Any]](*roles: Role, step_up: bool = False, scope: str = "") -> Callable[[V], V]:
    """Declare who may enter a view; used as a decorator, outermost."""
    access = Access(roles=frozenset(roles), step_up=step_up, scope=scope)

    def declare(view: V) -> V:
        view.access = access  # type: ignore[attr-defined]  # views are functions, which carry attributes
        return view

    return declare


def by_itself[V: Callable[..., Any]](view: V) -> V:
    """Declare that an open page asks for this by itself: no sign that anybody is there, so that it renews no stay."""
    view.is_by_itself = True  # type: ignore[attr-defined]  # views are functions, which carry attributes
    return view


def is_by_itself(view: Callable[..., Any]) -> bool:
    """Say whether an open page asks for the view by itself."""
    return getattr(view, "is_by_itself", False)


def access_of(view: Callable[..., Any]) -> Access | None:
    """Return what the view declares, or None."""
    found: Access | None = getattr(view, "access", None)
    return found
