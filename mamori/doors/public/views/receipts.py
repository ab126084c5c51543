"""A receipt: open to whoever has its address and to whom it concerns, and its proof checked in the reader's own browser."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.facts import Receipt
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.forms import HYPHENS, HouseForm
from mamori.ground.web.numbers import number_in
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import said
from mamori.japan.seen import spelt_out
from mamori.rooms.contact import facts as contact

AGAIN_AFTER = 2
"""Seconds after which an act has its place, as a rule."""


_WRITTEN = regex(r"([0-9]{1,19})(?:-([a-z2-7]{1,60}))?/?")
_HYPHENS = str.maketrans(dict.fromkeys(HYPHENS, "-"))


class NoReceiptHere(Refusal, code="receipts.none-here", status=404):
    """Given when no receipt has the address, and to whoever has the number alone of one that does not concern them."""

    text = Text(
        "「{address}」の受領証は、ここでは開けません。番号のあとに続く文字まで、すべて入れてください。"
        "ご自分のやり取りの受領証は、サインインして「記録の控え」から開けます。",
        "No receipt opens at “{address}”. Please give all of it, with the letters after the number. "
        "The receipts of your own conversations open from “Records” when you have come in.",
    )


class AddressField(forms.CharField):
    """The address of a receipt as people copy it: with the page's own before it, in full width, in capitals."""

    def to_python(self, value: Any) -> str:
        """Return the number, and what follows it.

        :raises ValidationError: when it cannot be a receipt's.
        """
        text = spelt_out(super().to_python(value) or "").translate(_HYPHENS)
        written = "".join(text.split()).lower().rpartition("/receipts/")[2]
        found = _WRITTEN.fullmatch(written)
        if written and (found is None or number_in(found[1]) is None):
            sentence = said(
                "受領証の番号は「12-abcd…」のように、数字、横棒、英数字の順です。",
                "A receipt's number is digits, a hyphen, and letters: “12-abcd…”.",
            )
            raise ValidationError(sentence, code="address")
        return written.removesuffix("/")


class ReceiptForm(HouseForm):
    """The address of a receipt."""

    number = AddressField(
        label=said("受領証の番号", "Number of the receipt"),
        help_text=said(
            "「12-abcd…」のように、続く文字まで入れてください。アドレスを貼り付けてもかまいません。",
            "All of it, such as “12-abcd…”. You may paste its address.",
        ),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


@open_to(*EVERYONE)
def begin(request: Visit) -> HttpResponse:
    """Ask for a receipt's number, or check a receipt that somebody kept, without sending it anywhere."""
    if "number" not in request.GET:
        return render(request, "public/receipts.html", {"form": ReceiptForm(), "key": ledger.key()})
    form = ReceiptForm(request.GET)
    if form.is_valid():
        return HttpResponseRedirect(reverse("public:receipt", args=(form.cleaned_data["number"],)))
    return render(request, "public/receipts.html", {"form": form, "key": ledger.key()}, status=422)


@open_to(*EVERYONE)
def shown(request: Visit, number: str) -> HttpResponse:
    """Show a receipt; what was done stands in it only for who did it."""
    receipt = _receipt(hand_of(request), number)
    if receipt is None:
        response = render(request, "public/receipt_waiting.html", {"number": number}, status=202)
        response["Retry-After"] = str(AGAIN_AFTER)
        return response
    about = contact.act_text(str(receipt.leaf["kind"]))
    shown = {
        "receipt": receipt,
        "about": about,
        "at": datetime.fromisoformat(str(receipt.leaf["at"])),
        "key": receipt.key,
        "file_name": _name(receipt),
        "whole": request.build_absolute_uri(reverse("public:receipt", args=(receipt.address,))),
    }
    return render(request, "public/receipt.html", shown)


@open_to(*EVERYONE)
def file(request: Visit, number: str) -> HttpResponse:
    """Hand the receipt out as the file that verifiers read."""
    receipt = _receipt(hand_of(request), number)
    if receipt is None:
        response = HttpResponse(b"{}\n", content_type="application/json", status=202)
        response["Retry-After"] = str(AGAIN_AFTER)
        return response
    response = HttpResponse(receipt.as_json(), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{_name(receipt)}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _receipt(hand: Hand, address: str) -> Receipt | None:
    """Return the receipt as this visitor may see it, None while it has no place yet.

    :raises NoReceiptHere: when no receipt has the address, and it is no number of one that concerns the visitor.
    """
    try:
        _, found = ledger.receipt_for(hand, address, number=number_in(address))
    except ledger.NoSuchAct:
        raise NoReceiptHere(address=address[:60]) from None
    return found


def _name(receipt: Receipt) -> str:
    return f"mamori-receipt-{receipt.number}.json"
