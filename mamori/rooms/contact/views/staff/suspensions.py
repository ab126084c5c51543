"""Regions in which a disaster stops clocks: shown, declared and lifted by those who answer for it."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse

from mamori.grammar.hand import HEADS
from mamori.grammar.regex import regex
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.forms import DayField, HouseForm
from mamori.ground.web.signs import Visit
from mamori.ground.web.wording import said, said_text
from mamori.japan.calendar import JAPAN
from mamori.japan.prefectures import PREFECTURES
from mamori.japan.seen import spelt_out
from mamori.rooms.contact.decisions.standstill import DECLARE, LIFT
from mamori.rooms.contact.queries import standstill
from mamori.rooms.contact.rules.standstill import CAUSES, Cause
from mamori.rooms.contact.staffforms import reason_field

_CLOCK = regex(r"([01]?\d|2[0-3])[:時]([0-5]\d)?分?")


class SuspensionForm(HouseForm):
    """Where, why and since when, and whether the solution waits as well."""

    areas = forms.MultipleChoiceField(
        label=said("都道府県", "Prefectures"),
        choices=[(code, said_text(name)) for code, name in PREFECTURES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    cause = forms.TypedChoiceField(
        label=said("当事者に伝える理由", "What the parties are told"),
        choices=[(cause.value, said_text(text)) for cause, text in CAUSES.items()],
        coerce=Cause,
        widget=forms.RadioSelect,
    )
    day = DayField(label=said("いつから（日）", "Since which day"))
    clock = forms.CharField(
        label=said("いつから（時刻）", "Since what time"),
        help_text=said("例：9:30", "Such as 9:30"),
        max_length=8,
    )
    with_resolution = forms.BooleanField(
        label=said("解決の期限も止める", "Let the solution wait as well"),
        help_text=said(
            "ふつうは止めません。止めると、購入者の解決も遅くなります。",
            "Not usually: buyers then wait longer for a solution.",
        ),
        required=False,
    )
    reason = reason_field()

    def clean_clock(self) -> time:
        """Return the time of day."""
        found = _CLOCK.fullmatch(spelt_out(str(self.cleaned_data["clock"])).strip())
        if found is None:
            raise ValidationError(
                said("時刻は 9:30 のようにご記入ください。", "Please give the time like 9:30."), code="clock"
            )
        return time(int(found[1]), int(found[2] or 0))

    def clean(self) -> dict[str, Any]:
        """Return what was filled in, day and time as the one moment since when."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        day, clock = given.pop("day", None), given.pop("clock", None)
        return given | ({"began_at": datetime.combine(day, clock, tzinfo=JAPAN)} if day and clock else {})


@open_to(*HEADS)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """Show the regions in which clocks stand still, and let them stand still in more."""
    return decide(
        request,
        DECLARE,
        standstill.suspensions(),
        again=standstill.suspensions,
        back=reverse("contact_staff:suspensions"),
        template="contact/staff/suspensions.html",
        form=SuspensionForm,
        flash=True,
    )


@open_to(*HEADS)
def lift(request: Visit, suspension: int, case_page: str) -> HttpResponse:
    """Ask why clocks may run on, and let them; where somebody has lifted it meanwhile, that is said."""
    return decide(
        request,
        LIFT,
        standstill.suspension(suspension),
        again=lambda: standstill.suspension(suspension),
        key=suspension,
        back=reverse("contact_staff:suspensions"),
        template="contact/staff/lift_suspension.html",
        flash=True,
    )
