"""What this room's own pages for buyers and sellers say again and again."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from mamori.grammar.formal import Provision, Sold, Until
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.web.signs import actor_of
from mamori.law.formal import UNREAD, UNREAD_LIMIT, offered
from mamori.rooms.contact.alerts.queries import warnings_of
from mamori.rooms.contact.finding import buyer_of, seller_of
from mamori.rooms.contact.formal import queries as formals, records as formally
from mamori.rooms.contact.views.scanning import link

register = template.Library()


@register.filter
def rests(provision: Provision) -> Text:
    """Say on which provision a notice may rest, when and until when; what nobody has read says so and gives no figure."""
    source, when = provision.citation.text, provision.when
    said = [Text(f"{source.ja}：{when.ja}", f"{source.en}: {when.en}")]
    if not provision.citation.is_binding:
        said.append(UNREAD)
    said.append(_until(provision.limit) if provision.limit else UNREAD_LIMIT)
    return Text("。".join(one.ja for one in said) + "。", ". ".join(_begun(one.en) for one in said) + ".")


def _until(limit: Until) -> Text:
    source, unread = limit.citation.text, Text("、{unread}", "; {unread}").fill(unread=UNREAD)
    ja, en = ("", "") if limit.citation.is_binding else (unread.ja, unread.en)
    return Text(f"{limit.text.ja}（{source.ja}{ja}）", f"{limit.text.en} ({source.en}{en})")


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


@register.inclusion_tag("contact/scanned.html", takes_context=True)
def scanned(context: Context) -> dict[str, Any]:
    """Say below a box for words that a machine looks before sending, and where that can be stopped."""
    return {"link": link(context["request"])}


@register.inclusion_tag("contact/formal/buttons.html", takes_context=True)
def formal_notices(context: Context, order: str = "") -> dict[str, Any]:
    """Draw the buttons of the formal notices about an order, or any, and the buyer's own that were sent."""
    rows = formals.of_order(order) if order else formals.of_buyer(buyer_of(actor_of(context["request"])))
    sold = Sold()
    if order and (fact := market.order(order)) is not None:
        sold = formally.sold(fact.seller_ref, fact)
    return {"rows": rows, "notices": offered(sold), "order": order, "request": context["request"]}


@register.inclusion_tag("contact/formal/waiting.html", takes_context=True)
def formals_of_order(context: Context, order: str) -> dict[str, Any]:
    """Draw the formal notices about an order for its seller, those that ended too."""
    return {"rows": formals.of_order(order), "request": context["request"]}


@register.inclusion_tag("contact/formal/waiting.html", takes_context=True)
def formal_waiting(context: Context) -> dict[str, Any]:
    """Draw the formal notices that wait before a seller, and the way to those that ended."""
    request = context["request"]
    found = formals.waiting(seller_of(actor_of(request)))
    return {"rows": found.rows, "more": found.more, "request": request}


@register.inclusion_tag("contact/alerts/standing.html", takes_context=True)
def warnings(context: Context) -> dict[str, Any]:
    """Draw the warnings to a buyer that stand, before all else."""
    return {"rows": warnings_of(buyer_of(actor_of(context["request"])))}
