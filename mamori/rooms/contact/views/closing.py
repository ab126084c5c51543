"""The page on which a seller says when the shop is closed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import SELLERS, Hand
from mamori.grammar.text import Text
from mamori.ground.terms import facts as terms
from mamori.ground.web.access import open_to
from mamori.ground.web.forms import DayField, HouseForm
from mamori.ground.web.once import new_token, was_led
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import said
from mamori.japan.calendar import JAPAN
from mamori.law.settings import CLOSINGS_MOST, CLOSINGS_NOTICE
from mamori.rooms.contact import actions
from mamori.rooms.contact.actions.closings import CLOSED_AT_ONCE
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.queries import standstill
from mamori.rooms.contact.views.posted import posted

DONE = {
    "declared": Text("休業日を記録しました。", "The closing days are recorded."),
    "late": Text(
        "休業日を記録しました。ただし、知らせる期限（休む日の{notice}日前まで）を過ぎている日は、回答の期限に数えます。",
        "The closing days are recorded. Those that were declared less than {notice} day(s) before count towards your due moments "
        "all the same.",
    ),
    "withdrawn": Text(
        "休業日を取り消しました。すでに届いている問い合わせの期限は変わりません。",
        "The closing days are taken back. Due moments of inquiries that have arrived do not change.",
    ),
}


class ClosingForm(HouseForm):
    """The first and the last day on which the shop is closed."""

    first = DayField(label=said("休み始める日", "First day closed"))
    last = DayField(
        label=said("休みの最後の日", "Last day closed"),
        help_text=said(
            f"続けて休むときは、まとめて{CLOSED_AT_ONCE}日間まで。1日だけなら、書かなくてかまいません。",
            f"Up to {CLOSED_AT_ONCE} days in one go. Leave it empty for a single day.",
        ),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Let a single day end on itself."""
        given: dict[str, Any] = super().clean() or {}
        return given | {"last": given.get("last") or given.get("first")}


@open_to(*SELLERS)
def closing(request: Visit) -> HttpResponse:
    """Show the shop's closing days that lie ahead; declare some, or take some back."""
    hand = hand_of(request)
    form, status, led = posted(
        request,
        ClosingForm,
        lambda form: _declare(hand, **form.cleaned_data),
        by=hand,
        buttons={"withdraw": lambda closings: _withdraw(hand, closings)},
    )
    shown = standstill.closings(hand) | {"form": form, "token": new_token(), "done": _done(request, hand)}
    return led or render(request, "contact/seller/closing.html", shown, status=status)


def _done(request: Visit, hand: Hand) -> Text | None:
    """Return what was just done, where a form of this hand did it."""
    done = DONE.get(request.GET.get("done", ""))
    if done is None or not was_led(hand, request.get_full_path()):
        return None
    return done.fill(notice=terms.setting(CLOSINGS_NOTICE, at=hand.at))


def _declare(hand: Hand, *, first: date, last: date) -> str:
    actions.declare_closing(hand, first=first, last=last)
    most, notice = terms.settings(CLOSINGS_MOST, CLOSINGS_NOTICE, at=hand.at)
    is_late = most and first - hand.at.astimezone(JAPAN).date() < timedelta(days=notice)
    return f"{reverse('contact_seller:closing')}?done={'late' if is_late else 'declared'}"


def _withdraw(hand: Hand, closings: str) -> str:
    """Take a stretch of days back, which may have been declared in several goes."""
    for closing in closings.split(","):
        if not (closing.isascii() and closing.isdigit() and len(closing) < 19):
            raise NothingHere()
        actions.withdraw_closing(hand, closing=int(closing))
    return f"{reverse('contact_seller:closing')}?done=withdrawn"
