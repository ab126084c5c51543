"""The question which order it is about, which reports and formal notices ask alike."""

from __future__ import annotations

from collections.abc import Iterator

from django.forms import BaseForm

from mamori.grammar.text import Text
from mamori.ground.web.parts import Row
from mamori.ground.web.questions import Answers
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.contact import forms
from mamori.rooms.contact.finding import buyer_of


def order_form(data: object, request: Visit, answers: Answers) -> BaseForm:
    """Return the form, with the order that the address names already chosen."""
    wanted = request.GET.get("order", "")[:64]
    return forms.OrderForm(data, buyer_ref=buyer_of(hand_of(request)), wanted=wanted)


def order_rows(form: BaseForm) -> Iterator[Row]:
    """Say the answer on the page where all is checked."""
    yield Row(label=Text("注文", "Order"), value=forms.order_line(form.cleaned_data["order_fact"]))
