"""Each view says who may enter, and by which methods; what says nothing is never served."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mamori.grammar.actor import STAFF as STAFF, Role
from mamori.ground.people.facts import Access

EVERYONE = frozenset(Role)
PAGE = ("GET", "HEAD", "POST", "OPTIONS")
"""The methods that a page takes which names none."""


def open_to[V: Callable[..., Any]](*roles: Role, step_up: bool = False, scope: str = "") -> Callable[[V], V]:
    """Declare who may enter a view; used as a decorator, outermost."""
    access = Access(roles=frozenset(roles), step_up=step_up, scope=scope)

    def declare(view: V) -> V:
        view.access = access  # type: ignore[attr-defined]  # views are functions, which carry attributes
        return view

    return declare


def takes[V: Callable[..., Any]](*methods: str) -> Callable[[V], V]:
    """Declare by which methods a view is asked; one that names none, as an endpoint of the API, answers each itself."""

    def declare(view: V) -> V:
        view.methods = methods  # type: ignore[attr-defined]  # views are functions, which carry attributes
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


def methods_of(view: Callable[..., Any]) -> tuple[str, ...]:
    """Return the methods that a view takes; none where it answers each itself."""
    found: tuple[str, ...] = getattr(view, "methods", PAGE)
    return found
