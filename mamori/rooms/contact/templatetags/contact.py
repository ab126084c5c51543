"""What this room's own pages for buyers and sellers say again and again."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from mamori.rooms.contact.views.scanning import link

register = template.Library()


@register.inclusion_tag("contact/scanned.html", takes_context=True)
def scanned(context: Context) -> dict[str, Any]:
    """Say below a box for words that a machine looks before sending, and where that can be stopped."""
    return {"link": link(context["request"])}
