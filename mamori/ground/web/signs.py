"""What our middleware puts on a request, said as a type for views, and the numbers that stand in an address."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest

from mamori.grammar.actor import Actor
from mamori.grammar.text import Text
from mamori.ground.people.facts import Presence


class Visit(HttpRequest):
    """A request as views see it: when it came, its number, and who is here.

    `received_at` is when it began to come in by the clock of the house, so that a slow line costs nobody a deadline; `came_at`
    is the same by the real clock, by which people come in and stay; `taken_at` is when all of it was there, and what runs out
    or is counted goes by that: else a body that dawdles would come in by what is over.
    """

    received_at: datetime
    came_at: datetime
    taken_at: datetime
    number: str
    presence: Presence
    is_sandbox: bool
    asked: tuple[Any, BaseForm, Text | None]
    """The decision that was shown last, its form, and why it cannot be made just now, where it cannot."""


def actor_of(request: Visit, *, via: str = "web") -> Actor:
    """Return who acts by this request: the moment is when it was received."""
    return request.presence.actor(at=request.received_at, via=via, request=request.number)


MOST = 2**63 - 1
"""The greatest number that a database holds."""


def number_in(text: str) -> int | None:
    """Return the number that an address names, or None for what no database could find."""
    if not (text.isascii() and text.isdigit() and len(text) <= 19):
        return None
    number = int(text)
    return number if 0 < number <= MOST and str(number) == text else None
