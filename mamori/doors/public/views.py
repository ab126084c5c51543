"""The pages of the public door itself: what happened, the way from a case's number, receipts, a shop's own element."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import etag

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import Duration, EveryHours, Hours
from mamori.grammar.declaration import Deadline
from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.facts import Receipt
from mamori.ground.terms import facts as terms
from mamori.ground.web.access import EVERYONE, open_to, takes
from mamori.ground.web.forms import HYPHENS, HouseForm
from mamori.ground.web.signs import Visit, actor_of, number_in
from mamori.ground.web.wording import localized, said
from mamori.japan.calendar import JAPAN
from mamori.japan.written import spelt_out
from mamori.law.deadlines import ANSWER, RESOLUTION
from mamori.law.formal import NO_COOLING_OFF, RETURN
from mamori.law.roads import HOTLINE, OVERSEAS, POLICE, Road
from mamori.law.settings import REMEDY_CEILING
from mamori.rooms.contact import facts as contact

# The one question of the first page, what happened, and where each answer leads.


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIn:
    """What somebody may answer, what then happens, and the address at which it begins."""

    happened: Text
    then: Text
    to: str


WAYS = (
    WayIn(
        happened=Text("買った物で困っている", "Something is wrong with what I bought"),
        then=Text(
            "届かない、壊れている、説明と違う、返事がない。伝えると出品者に届き、返事がなければ窓口が間に入ります。3分ほどです。",
            "It did not come, is broken or not as described, or the seller is silent. It reaches the seller, and the centre "
            "steps in if no answer comes. About three minutes.",
        ),
        to="/report/",
    ),
    WayIn(
        happened=Text(
            "危ない・おかしい商品や店を見つけた", "I found goods or a shop that seem dangerous or wrong"
        ),
        then=Text(
            "買っていなくても、名乗らなくても報告できます。だれが報告したかは、出品者に伝わりません。",
            "Anybody can report it, without having bought and without a name. The seller never learns who did.",
        ),
        to="/complaints/",
    ),
    WayIn(
        happened=Text("買う前に聞きたい", "I have a question before I buy"),
        then=Text(
            "商品や配送について、出品者に聞けます。アカウントがなくても、メールアドレスがあれば聞けます。",
            "Ask the seller about goods or shipping. Without an account a mail address will do.",
        ),
        to="/ask/",
    ),
    WayIn(
        happened=Text("返品・取消しを正式に通知したい", "I want to declare a return or a cancellation"),
        then=Text(
            "そのままの文面で出品者に届け、届いた時刻の記録を残します。",
            "It reaches the seller as you wrote it, and when it arrived is kept.",
        ),
        to="/notices/new/",
    ),
    WayIn(
        happened=Text("出品者がだれかを知りたい", "I have to know who the seller is"),
        then=Text(
            "お金を求めるために名前や住所が要るとき、法律により開示を請求できることがあります。",
            "When you claim money and need a name or an address for it, the law may let you ask for them.",
        ),
        to="/disclosure/",
    ),
    WayIn(
        happened=Text("前に伝えたことの続き", "I want to go on with what I told before"),
        then=Text("回答を読む、書き足す、解決したと伝える。", "Read answers, write, say that it is solved."),
        to="/threads/",
    ),
)
ELSEWHERE: tuple[Road, ...] = (HOTLINE, POLICE, OVERSEAS)
"""Neighbours that are right where this house is not."""


# The first page that anyone sees, and the way from a case number to its page.


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
            raise ValidationError(localized(refusal.sentence), code=refusal.code) from None
        return "".join(c for c in spelt_out(given) if c in "0123456789")


@open_to(*EVERYONE)
def home(request: Visit) -> HttpResponse:
    """Show what can be done here; who helps with one conversation is led to that one."""
    number = contact.helped(actor_of(request)) if request.presence.role is Role.HELPER else None
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
        **_of_mine(request),
        "refunds": terms.setting(REMEDY_CEILING, at=request.received_at) > 0,
    }
    return render(request, "public/home.html", shown, status=status)


def _of_mine(request: Visit) -> dict[str, Any]:
    """Return what goes on of the buyer who looks, and what may still be sent back; of nobody else anything."""
    if request.presence.role is not Role.BUYER:
        return {}
    actor = actor_of(request)
    return {
        "mine": contact.going_on(actor),
        "returns": contact.returnable(actor, on=request.received_at.astimezone(JAPAN).date()),
        "rights": (NO_COOLING_OFF, RETURN.hint),
    }


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


# A receipt: open to whoever has its address and to whom it concerns, and its proof checked in the reader's own browser.


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
    receipt = _receipt(actor_of(request), number)
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
    receipt = _receipt(actor_of(request), number)
    if receipt is None:
        response = HttpResponse(b"{}\n", content_type="application/json", status=202)
        response["Retry-After"] = str(AGAIN_AFTER)
        return response
    response = HttpResponse(receipt.as_json(), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{_name(receipt)}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _receipt(actor: Actor, address: str) -> Receipt | None:
    """Return the receipt as this visitor may see it, None while it has no place yet."""
    try:
        _, found = ledger.receipt_for(actor, address, number=number_in(address))
    except ledger.NoSuchAct:
        raise NoReceiptHere(address=address[:60]) from None
    return found


def _name(receipt: Receipt) -> str:
    return f"mamori-receipt-{receipt.number}.json"


FILE = Path(__file__).parent / "static" / "public" / "element.js"
KEPT_SECONDS = 3600
"""How long a browser goes by what it has: an upgrade reaches every shop's page within this time."""


@cache
def script() -> bytes:
    """Return the script as it is served."""
    return FILE.read_bytes()


@cache
def _mark() -> str:
    return f'"{hashlib.sha256(script()).hexdigest()[:32]}"'


@open_to(*EVERYONE)
@takes("GET", "HEAD")
@etag(lambda request: _mark())
def element(request: Visit) -> HttpResponse:
    """Give the script to any page that asks for it."""
    answer = HttpResponse(script(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
