"""What this room's own pages for buyers and sellers say again and again."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from mamori.grammar.citation import Citation
from mamori.grammar.text import Text
from mamori.ground.web.signs import hand_of
from mamori.law.formal import FORMAL_NOTICES
from mamori.rooms.contact.finding import buyer_of, seller_of
from mamori.rooms.contact.queries import formals
from mamori.rooms.contact.views.scanning import link

register = template.Library()


@register.filter
def cited(citation: Citation) -> Text:
    """Say where something stands in a law as people do: article “15-3” is 第15条の3."""
    first, *more = citation.article.split("-")
    article = f"第{first}条" + "".join(f"の{part}" for part in more)
    return Text(f"{citation.instrument.ja}{article}", f"{citation.instrument.en}, art. {citation.article}")


@register.inclusion_tag("contact/scanned.html", takes_context=True)
def scanned(context: Context) -> dict[str, Any]:
    """Say below a box for words that a machine looks before sending, and where that can be stopped."""
    return {"link": link(context["request"])}


@register.inclusion_tag("contact/formal/buttons.html", takes_context=True)
def formal_notices(context: Context, order: str = "") -> dict[str, Any]:
    """Draw the buttons of the formal notices about an order, or any, and the buyer's own that were sent."""
    rows = formals.of_order(order) if order else formals.of_buyer(buyer_of(hand_of(context["request"])))
    return {"rows": rows, "notices": FORMAL_NOTICES, "order": order, "request": context["request"]}


@register.inclusion_tag("contact/formal/waiting.html", takes_context=True)
def formals_of_order(context: Context, order: str) -> dict[str, Any]:
    """Draw the formal notices about an order for its seller, those that ended too."""
    return {"rows": formals.of_order(order), "request": context["request"]}


@register.inclusion_tag("contact/formal/waiting.html", takes_context=True)
def formal_waiting(context: Context) -> dict[str, Any]:
    """Draw the formal notices that wait before a seller, and the way to those that ended."""
    request = context["request"]
    found = formals.waiting(seller_of(hand_of(request)))
    return {"rows": found.rows, "more": found.more, "request": request}
