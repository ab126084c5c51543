"""The one page of a sandbox, behind a word from the terminal: what time it is, forward, and who comes in by a click."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache

from mamori.grammar.actor import Role
from mamori.grammar.businesstime import parse
from mamori.grammar.businesstime.duration import span_text
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.web.access import EVERYONE, open_to, takes
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.once import take_form
from mamori.ground.web.signs import Visit
from mamori.ground.web.wording import said_text
from mamori.site.demo import entry
from mamori.site.demo.guests import STAFF
from mamori.site.sandbox.jumping import jump

STEPS = ("2h24", "24h", "48h", "8d", "15d")


class ForwardForm(HouseForm):
    """Asks by how much the clock goes forward."""

    forward = forms.CharField(
        max_length=12,
        label=said_text(Text("ほかの長さ", "Another span")),
        help_text=said_text(
            Text(
                "48h（営業日の48時間）、2h24（休業日も数える2時間）、2bd（2営業日）、8d（暦の8日）",
                "48h (hours of business days), 2h24 (round the clock), 2bd (business days), 8d (calendar days)",
            )
        ),
    )


@open_to(*EVERYONE)
@never_cache
@takes("GET", "HEAD", "POST")
def house(request: Visit, word: str) -> HttpResponse:
    """Show the clock and who may come in; move the clock forward."""
    found = entry.guests_of(word, there=clocks.is_sandbox())

    def forward(span: str) -> str:
        jump(span, signed_at=request.taken_at)
        return request.path

    form, status, led = take_form(
        request,
        ForwardForm,
        lambda form: forward(form.cleaned_data["forward"]),
        field="forward",
    )
    if led:
        return led
    steps = [(step, span_text(parse(step))) for step in STEPS]
    doors = [
        (role, found.path(role), entry.code_of(found, role)) for role in (*STAFF, Role.SELLER, Role.BUYER)
    ]
    given = {"form": form, "steps": steps, "doors": doors, "now": clocks.now()}
    return render(request, "site/sandbox.html", given, status=status)


urlpatterns = [path("sandbox/<str:word>/", house, name="sandbox")]
