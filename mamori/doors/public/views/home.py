"""The first page that anyone sees, and the way from a case number to its page."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from mamori.doors.public.ways import ELSEWHERE, WAYS
from mamori.grammar.businesstime import Duration, EveryHours, Hours
from mamori.grammar.declaration import Deadline
from mamori.grammar.hand import Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.terms import facts as terms
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import said, told
from mamori.japan.seen import spelt_out
from mamori.law.deadlines import ANSWER, RESOLUTION
from mamori.law.settings import REMEDY_CEILING
from mamori.rooms.contact import facts as contact


class NumberForm(HouseForm):
    """A case number as somebody types it."""

    number = forms.CharField(
        label=said("受付番号（8桁）", "Case number (8 digits)"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_number(self) -> str:
        """Return the digits; whether there is such a case is not said here.

        :raises ValidationError: when it cannot be a case number.
        """
        given = str(self.cleaned_data["number"])
        try:
            cases.by_number(given)
        except Refusal as refusal:
            raise ValidationError(told(refusal.sentence), code=refusal.code) from None
        return "".join(c for c in spelt_out(given) if c in "0123456789")


@open_to(*EVERYONE)
def home(request: Visit) -> HttpResponse:
    """Show what can be done here; who helps with one conversation is led to that one."""
    number = contact.helped(hand_of(request)) if request.presence.role is Role.HELPER else None
    if number is not None:
        return HttpResponseRedirect(f"/threads/{number}/")
    return _home(request, NumberForm())


@open_to(*EVERYONE)
def find(request: Visit) -> HttpResponse:
    """Lead from a case number to its page, where who may see it is asked."""
    form = NumberForm(request.GET)
    if not form.is_valid():
        return _home(request, form, status=422)
    door = "/seller" if request.presence.role in (Role.SELLER, Role.DELEGATE) else ""
    return HttpResponseRedirect(f"{door}/threads/{form.cleaned_data['number']}/")


def _home(request: Visit, form: NumberForm, status: int = 200) -> HttpResponse:
    shown = {
        "form": form,
        "ways": WAYS,
        "elsewhere": ELSEWHERE,
        "answer": _span(request, ANSWER),
        "solution": _span(request, RESOLUTION),
        "refunds": terms.setting(REMEDY_CEILING, at=request.received_at) > 0,
    }
    return render(request, "public/home.html", shown, status=status)


HOLDS = timedelta(seconds=10)
"""The page that everybody opens first reads the spans at most so often."""
_KNOWN: dict[str, tuple[datetime, Text]] = {}


def forget() -> None:
    """Read the spans anew at the next page: for tests, and after a change."""
    _KNOWN.clear()


def _span(request: Visit, deadline: Deadline) -> Text:
    known = _KNOWN.get(deadline.code)
    if known is not None and timedelta() <= request.received_at - known[0] < HOLDS:
        return known[1]
    duration: Duration = terms.duration(deadline, at=request.received_at)
    if isinstance(duration, (Hours, EveryHours)):
        span = Text(f"{duration.count}時間", f"{duration.count} hours")
    else:
        span = Text(f"{duration.count}日", f"{duration.count} days")
    _KNOWN[deadline.code] = (request.received_at, span)
    return span
