"""What staff see of displays: those with which something is wrong, and one seller's with its versions side by side."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from mamori.grammar.hand import Hand
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.matters.decision import Decision, just_done
from mamori.ground.matters.page import MatterPage, OpenDecision, PagePart, Section, offers, sections
from mamori.ground.web.access import STAFF, open_to
from mamori.ground.web.decisions import by_verb
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.matterpage import MatterFrame, show_matter
from mamori.ground.web.readinglists import show
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.display import facts
from mamori.rooms.display.actions.matter import NoSuchShop
from mamori.rooms.display.decisions import proofs as decisions
from mamori.rooms.display.lists import LACKING
from mamori.rooms.display.queries.beside import beside
from mamori.rooms.display.queries.contactproofs import ProofShown, proofs_shown
from mamori.rooms.display.queries.versions import told_of

DESK = (decisions.ASK, decisions.CALL, decisions.TRY_FORM)


@open_to(*STAFF)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """List the displays with which something is wrong, the oldest first."""
    return show(request, LACKING, case_page=case_page, template="display/staff/displays.html")


@open_to(*STAFF)
def seller(request: Visit, ref: str, case_page: str) -> HttpResponse:
    """Show one seller's display, how it stands, and an earlier version beside it."""
    del case_page
    known = market.seller(ref)
    if known is None:
        raise NoSuchShop
    hand, of = hand_of(request), request.GET.get("of", "")
    proofs = proofs_shown(ref, at=hand.at)
    page = MatterPage(
        sections=sections_of(ref, proofs, earlier=request.GET.get("beside", "")),
        offers=tuple(one for proof in proofs for one in _offers(hand, proof)),
        done=just_done(hand, f"display.proof:{of}:{ref}", decisions.ASK.done if of else None),
    )
    frame = MatterFrame(
        title=Text("特定商取引法に基づく表示", "Display required by law"),
        named=known.name or ref,
        ref=ref,
        back=reverse("display_staff:listed"),
        back_text=Text("表示の一覧に戻る", "Back to the displays"),
    )
    return show_matter(request, page, frame)


def sections_of(ref: str, proofs: tuple[ProofShown, ...], *, earlier: str = "") -> tuple[Section, ...]:
    """Return what is shown of a seller's display, on its page and beside a decision; `earlier` numbers a version to compare."""
    now = facts.public(ref)
    before = facts.numbered(ref, int(earlier)) if earlier.isdecimal() and len(earlier) < 9 else None
    pairs = beside(before.told, now.told) if before and now and before.told and now.told else ()
    given = {
        "proofs": proofs,
        "stands": facts.display(ref),
        "now": now,
        "earlier": before,
        "pairs": pairs,
        "versions": told_of(ref),
    }
    parts = (PagePart.WORK, PagePart.FACTS, *((PagePart.HISTORY,) if now else ()))
    return sections("display/staff/seller", parts, given)


def _offers(hand: Hand, proof: ProofShown) -> tuple[OpenDecision, ...]:
    """Return what can be done about the proof of a contact: it is asked for, its number is called, its form tried."""
    addresses = {
        decisions.ASK.slug: reverse("display_staff:ask", args=(proof.seller_ref, proof.channel)),
        decisions.CALL.slug: reverse("display_staff:call", args=(proof.seller_ref,)),
        decisions.TRY_FORM.slug: reverse("display_staff:try-form", args=(proof.seller_ref,)),
    }
    return offers(DESK, proof, hand.role, addresses.__getitem__, of=proof.channel.text, form=_form)


def _form(decision: Decision[ProofShown]) -> type[HouseForm] | None:
    """Return what is asked on the seller's page; a call and a try of a form have a page with the number or the code."""
    return by_verb(decision) if decision is decisions.ASK else None
