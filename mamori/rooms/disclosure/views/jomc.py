"""The page on which leads and counsel read the text for the page of JOMC, and record what they found there."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from mamori.ground.matters.page import PagePart, sections
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.signs import Visit
from mamori.rooms.disclosure.decisions.jomc import LOOK
from mamori.rooms.disclosure.lifecycle import DECIDERS
from mamori.rooms.disclosure.queries import jomc
from mamori.rooms.disclosure.rules.handbook import digest as digest_of
from mamori.rooms.disclosure.views.measureforms import JomcLookForm


@open_to(*DECIDERS)
def page(request: Visit, case_page: str) -> HttpResponse:
    """Show the text of now, and who found what on the page of JOMC, and record a look at it."""
    del case_page
    now, looks = jomc.text_now(request.received_at), jomc.looks()
    return decide(
        request,
        LOOK,
        looks,
        again=jomc.looks,
        back=reverse("disclosure_staff:jomc"),
        template="disclosure/staff/jomc.html",
        form=JomcLookForm,
        initial=lambda shown: {"digest": digest_of((now,)), "address": looks[0].address if looks else ""},
        beside=lambda shown: sections("disclosure/staff/jomc", (PagePart.FACTS,), {"now": now}),
        flash=True,
    )
