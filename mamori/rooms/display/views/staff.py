"""What staff see of displays: those with which something is wrong, and one seller's with its versions side by side."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mamori.ground.market import facts as market
from mamori.ground.matters.decision import just_done
from mamori.ground.web.access import STAFF, open_to
from mamori.ground.web.readinglists import show
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.display import facts
from mamori.rooms.display.actions.matter import NoSuchShop
from mamori.rooms.display.decisions import proofs as decisions
from mamori.rooms.display.lists import LACKING
from mamori.rooms.display.queries.beside import beside
from mamori.rooms.display.queries.contactproofs import proofs_shown
from mamori.rooms.display.queries.versions import told_of


@open_to(*STAFF)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """List the displays with which something is wrong, the oldest first."""
    return show(request, LACKING, case_page=case_page, template="display/staff/displays.html")


@open_to(*STAFF)
def seller(request: Visit, ref: str, case_page: str) -> HttpResponse:
    """Show one seller's display, how it stands, and an earlier version beside it.

    :raises NoSuchShop: when there is none of that reference.
    """
    del case_page
    known = market.seller(ref)
    if known is None:
        raise NoSuchShop
    now = facts.public(ref)
    asked = request.GET.get("beside", "")
    earlier = facts.numbered(ref, int(asked)) if asked.isdecimal() and len(asked) < 9 else None
    pairs = beside(earlier.told, now.told) if earlier and now and earlier.told and now.told else ()
    hand, of = hand_of(request), request.GET.get("of", "")
    shown = {
        "proofs": [(one, decisions.ASK.is_open_to(hand.role, one)) for one in proofs_shown(ref, at=hand.at)],
        "done": just_done(hand, f"display.proof:{of}:{ref}", decisions.ASK.done if of else None),
        "seller": known,
        "stands": facts.display(ref),
        "now": now,
        "earlier": earlier,
        "pairs": pairs,
        "versions": told_of(ref),
    }
    return render(request, "display/staff/seller.html", shown)
