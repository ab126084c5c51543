"""What the staff pages of this room say: amounts, topics, the way to a case."""

from __future__ import annotations

from django import template

from mamori.ground.cases.facts import CaseFact
from mamori.ground.declared.casekinds import case_kind
from mamori.ground.web.wording import localized
from mamori.rooms.contact.views.staff.cases import Back

register = template.Library()


@register.simple_tag
def topic(case: CaseFact) -> str:
    """Say what a case is about."""
    return localized(case_kind(case.kind).topic(case.title))


@register.simple_tag
def case_address(back: Back, number: str) -> str:
    """Return where the desk shows the case with that number."""
    return back.to(number)


@register.simple_tag
def case_link(back: Back, case: CaseFact) -> str:
    """Return where the desk shows the case."""
    return back.to(case.number)
