"""A receipt: what it says, to whom it concerns what was done, and its proof checked in the reader's own browser."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.facts import Receipt
from mamori.ground.people.facts import Presence
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.forms import DigitsField, HouseForm
from mamori.ground.web.numbers import number_in
from mamori.ground.web.signs import Visit
from mamori.ground.web.wording import said
from mamori.rooms.contact import facts as contact

AGAIN_AFTER = 2
"""Seconds after which an act has its place, as a rule."""


class ReceiptForm(HouseForm):
    """The number of a receipt."""

    number = DigitsField(label=said("受領証の番号", "Number of the receipt"), max_length=19)


@open_to(*EVERYONE)
def begin(request: Visit) -> HttpResponse:
    """Ask for a receipt's number, or check a receipt that somebody kept, without sending it anywhere."""
    if "number" not in request.GET:
        return render(request, "public/receipts.html", {"form": ReceiptForm(), "key": ledger.key()})
    form = ReceiptForm(request.GET)
    if form.is_valid() and number_in(form.cleaned_data["number"]):
        return HttpResponseRedirect(reverse("public:receipt", args=(form.cleaned_data["number"],)))
    return render(request, "public/receipts.html", {"form": form, "key": ledger.key()}, status=422)


@open_to(*EVERYONE)
def shown(request: Visit, number: str) -> HttpResponse:
    """Show a receipt; what was done stands in it only for who did it.

    :raises NoSuchAct: when no act has the number.
    """
    receipt = _receipt(request.presence, number)
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
    }
    return render(request, "public/receipt.html", shown)


@open_to(*EVERYONE)
def file(request: Visit, number: str) -> HttpResponse:
    """Hand the receipt out as the file that verifiers read.

    :raises NoSuchAct: when no act has the number.
    """
    receipt = _receipt(request.presence, number)
    if receipt is None:
        response = HttpResponse(b"{}\n", content_type="application/json", status=202)
        response["Retry-After"] = str(AGAIN_AFTER)
        return response
    response = HttpResponse(receipt.as_json(), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{_name(receipt)}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _receipt(presence: Presence, number: str) -> Receipt | None:
    """Return the receipt as this visitor may see it, None while it has no place yet.

    :raises NoSuchAct: when no act has the number.
    """
    row = number_in(number)
    if row is None:
        raise ledger.NoSuchAct(number=number[:20])
    if presence.who:
        opened = ledger.receipt(row)
        if opened is None or _is_own(presence, opened):
            return opened
    return ledger.receipt(row, opened=False)


def _is_own(presence: Presence, receipt: Receipt) -> bool:
    """Say whether this visitor did it, or a delegate of this seller did."""
    by = str(receipt.content["by"]) if receipt.content else ""
    return by == presence.who or by.startswith(f"{presence.who}/")


def _name(receipt: Receipt) -> str:
    return f"mamori-receipt-{receipt.number}.json"
