"""What somebody sees who was sent a page to use once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.decisions import decide, filed
from mamori.ground.web.onetime import NoSuchPage, PageOver, PageUsed
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import said
from mamori.rooms.safety.requests import actions
from mamori.rooms.safety.requests.matter import HOUSE, PaperSaid
from mamori.rooms.safety.requests.views import EnterAuthorityForm

SEND: Decision[Mapping[str, str]] = Decision(
    slug="send",
    title=Text("通販サイトに要請を送る", "Send a request to the marketplace"),
    lead=Text(
        "このページから一度だけ送れます。お送りになると、登録された番号に折り返しお電話し、お送りになったことを確かめます。"
        "確かめるまで、何も行いません。",
        "You can send one request from this page. We then call you back at your registered number to verify it. Nothing is "
        "carried out before.",
    ),
    button=Text("送る", "Send it"),
    done={"enter_request": Text("受け付けました。", "It was received.")},
    verb=actions.send_by_page,
    key="secret",
    roles=tuple(Role),
)


class SendForm(EnterAuthorityForm):
    """A request as its sender writes it: which agency it is we know, and it came just now."""

    contact = forms.CharField(
        label=said(
            "ご担当の連絡先（折り返しは登録された番号にします）",
            "How to reach you (we call the registered number)",
        ),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, agency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sender = agency
        for name in ("by", "channel", "agency", "received_on", "received_time", "is_data", "another"):
            del self.fields[name]

    def taken(self, given: dict[str, Any]) -> dict[str, Any]:
        """Return the request as the verb takes it."""
        names = ("officer", "contact", "paper", "words")
        one = PaperSaid(by=self.sender, **{name: given.pop(name) for name in names})
        return {"said": one, **given}


@open_to(*EVERYONE)
def send(request: Visit, secret: str) -> HttpResponse:
    """Ask for a request, and take it once; what was used, or is over, says so."""
    again = partial(actions.agency_by, secret, actor_of(request).at)
    shown = again()
    sender = " ".join(one for one in (shown["name"], shown["office"]) if one)
    return decide(
        request,
        SEND,
        shown,
        again=again,
        key=secret,
        back=reverse("safety_public:sent"),
        template="safety/public/send.html",
        form=partial(SendForm, agency=sender),
        prepare=filed(lambda given: HOUSE),
        refused=(NoSuchPage, PageUsed, PageOver),
    )


@open_to(*EVERYONE)
def sent(request: Visit) -> HttpResponse:
    """Say what follows; the number comes by mail, to the registered address."""
    return render(request, "safety/public/sent.html")
