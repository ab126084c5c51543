"""How decisions are drawn: a form from what the verb asks, taken once, with the verb's refusals beside what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from mamori.grammar.refusal import Refusal
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.inputs import ChoiceInput, Input, ReasonInput, WordsInput, YenInput, inputs_of
from mamori.ground.web.forms import HouseForm, YenField
from mamori.ground.web.once import form_key, new_token, once
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import said_text, told
from mamori.japan import written


class ReasonField(forms.CharField):
    """A reason, refused with the house's own sentence where it is none."""

    def clean(self, value: Any) -> str:
        """Return the reason as it will be kept.

        :raises ValidationError: when there are no words in it.
        """
        try:
            return written.reasoned(super().clean(value))
        except Refusal as refusal:
            raise ValidationError(told(refusal.sentence), code=refusal.code) from None


@cache
def form_of(verb: Callable[..., object]) -> type[HouseForm]:
    """Return the form that asks what the verb asks."""
    fields = {name: _field(kind, asked) for name, (kind, asked) in inputs_of(verb).items()}
    return type("DecisionForm", (HouseForm,), fields)


def _field(kind: Any, asked: Input) -> forms.Field:
    known: dict[str, Any] = {"label": said_text(asked.label)}
    if asked.help is not None:
        known["help_text"] = said_text(asked.help)
    match asked:
        case ReasonInput() | WordsInput():
            field = ReasonField if isinstance(asked, ReasonInput) else forms.CharField
            return field(max_length=asked.most, widget=forms.Textarea(attrs={"rows": asked.rows}), **known)
        case YenInput():
            return YenField(**known)
        case ChoiceInput():
            choices = [(one.value, said_text(one.text)) for one in kind]
            return forms.TypedChoiceField(choices=choices, coerce=kind, widget=forms.RadioSelect, **known)
    raise TypeError(f"no field asks {asked!r}")


def decide[Shown](
    request: Visit,
    decision: Decision[Shown],
    shown: Shown,
    *,
    key: object,
    back: str,
    refused: tuple[type[Refusal], ...] = (),
    template: str,
    initial: Mapping[str, Any] | None = None,
    flash: bool = False,
) -> HttpResponse:
    """Show a decision on the matter, or make it once and lead `back`; `key` is what the verb knows the matter by.

    What is sent again, or twice at once, has one effect.  `template` extends `web/decision.html`.  With `flash` the page that it
    leads to says in passing what was done.  `refused` is what is no matter of the form: it goes through.

    :raises Refusal: one of those that are `refused`.
    """
    page = {"decision": decision, "page": shown, "back": back, "token": new_token()}
    if request.method != "POST":
        if not decision.is_there(shown):
            return HttpResponseRedirect(back)
        form = form_of(decision.verb)(initial=dict(initial or {}))
        return render(request, template, page | {"form": form})
    hand, form, status = hand_of(request), form_of(decision.verb)(request.POST), 422
    if form.is_valid():
        given = {decision.key: key, **form.cleaned_data, **decision.more(hand)}

        def make() -> str:
            decision.verb(hand, **given)
            return back if flash else f"{back}?done={decision.slug}"

        try:
            led_to = once(hand, form_key(request), make)
        except refused:
            raise
        except Refusal as refusal:
            form.add_error(None, told(refusal.sentence))
            status = refusal.status
        else:
            if flash:
                messages.success(request, told(decision.done))
            return HttpResponseRedirect(led_to)
    return render(request, template, page | {"form": form}, status=status)
