"""Cases that stand still until a day: shown and chosen by those who answer for it."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from mamori.grammar.hand import HEADS
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.forms import DayField
from mamori.ground.web.signs import Visit
from mamori.ground.web.wording import said, said_text
from mamori.rooms.contact.decisions.standstill import HOLD
from mamori.rooms.contact.queries.standstill import standstills
from mamori.rooms.contact.rules.standstill import CAUSES, Cause
from mamori.rooms.contact.staffforms import ReasonForm


class StandstillForm(ReasonForm):
    """Which cases, what the parties are told, the last day on which they stand still, and why."""

    cases = forms.CharField(
        label=said("受付番号", "Case numbers"),
        help_text=said("空白か改行で区切って、50件まで。", "Up to 50, with spaces or lines between them."),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3, "inputmode": "numeric"}),
    )
    cause = forms.TypedChoiceField(
        label=said("当事者に伝える理由", "What the parties are told"),
        choices=[(cause.value, said_text(text)) for cause, text in CAUSES.items()],
        coerce=Cause,
        widget=forms.RadioSelect,
    )
    until = DayField(label=said("止める最後の日", "Last day on which they stand still"))
    field_order = ("cases", "cause", "until")


@open_to(*HEADS)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """Show the cases that stand still, let more of them do so, or those that a link names for longer or shorter."""
    shown = partial(standstills, request.received_at, case_page)
    return decide(
        request,
        HOLD,
        shown(),
        again=shown,
        back=reverse("contact_staff:suspensions"),
        template="contact/staff/suspensions.html",
        form=StandstillForm,
        initial=lambda shown: {"cases": request.GET.get("cases", "")},
        flash=True,
    )
