"""How a matter's page is drawn: each section by its template, what is offered as buttons or forms, or closed with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from mamori.grammar.text import Text
from mamori.ground.matters.page import MatterPage, OpenDecision, PagePart
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.once import new_token
from mamori.ground.web.signs import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The page's parts as they are put into the door's own page, "" where there is nothing; what was just done, and `clocks`
    that bear a name of their own."""

    work: SafeString
    file: SafeString
    facts: SafeString
    history: SafeString
    deeds: SafeString
    done: Text | None
    clocks: Mapping[tuple[str, str], Text]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterFrame:
    """What stands around a matter on a page of its own: its title, whose it is, and where it leads back to."""

    title: Text
    named: str
    ref: str
    back: str
    back_text: Text


def show_matter(
    request: Visit,
    page: MatterPage,
    frame: MatterFrame,
    *,
    template: str = "web/matter.html",
    status: int = 200,
) -> HttpResponse:
    """Show a matter in a page of its own, laid out as that of a case is."""
    return render(request, template, {"page": draw(page, request), "frame": frame}, status=status)


def draw(page: MatterPage, request: Visit) -> Drawn:
    """Draw the sections and what is offered."""
    parts = dict.fromkeys(PagePart, "")
    for one in page.sections:
        parts[one.part] += render_to_string(one.template, dict(one.shown), request)
    if page.offers is not None:
        offered = [(one, *_asked(one, place)) for place, one in enumerate(page.offers)]
        given = {"offers": offered, "folded": page.comes_first, "others": page.others}
        parts[PagePart.DEEDS] += render_to_string("web/offers.html", given, request)
    safe = {part.value: mark_safe(drawn.strip()) for part, drawn in parts.items()}  # noqa: S308  # drawn by templates alone
    return Drawn(**safe, done=page.done, clocks=page.clocks)


def _asked(one: OpenDecision, place: int) -> tuple[HouseForm | None, str]:
    """Return what a decision asks on the page itself, its fields named by its place among the others, and the form's token."""
    return (one.form(auto_id=f"id_{place}_%s"), new_token()) if one.form and not one.closed else (None, "")
