"""What a page for one decision of staff is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm

from mamori.grammar.hand import Hand
from mamori.grammar.text import Text
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.queries.staff import StaffMatter
from mamori.rooms.contact.rules.duties import Duty

type Do = Callable[[Hand, StaffMatter, dict[str, Any]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyPage:
    """A duty as a page: its words, its form, and the action that does it."""

    duty: Duty
    title: Text
    lead: Text
    button: Text
    done: Text
    form: type[BaseForm]
    do: Do
    tone: str = ""


def trouble_of(matter: StaffMatter) -> int:
    """Return the trouble that the decision is about.

    :raises NothingHere: where there is none.
    """
    if matter.trouble is None:
        raise NothingHere()
    return matter.trouble.pk
