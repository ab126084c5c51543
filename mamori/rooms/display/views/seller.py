"""A seller's own display: how it stands, what is to be put right, and the questions by which it is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from mamori.grammar.hand import SELLERS, Hand
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import facts as market
from mamori.ground.market.facts import SellerFact
from mamori.ground.matters.settlement import due
from mamori.ground.matters.standing import Runs
from mamori.ground.web.access import open_to
from mamori.ground.web.questions import Answers, Question, plain
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.steps import Steps
from mamori.law.deadlines import DISPLAY_MENDING, DISPLAY_NOTICE
from mamori.law.display import DisplayItem, SellerKind, Trait, offered
from mamori.rooms.display import actions, facts
from mamori.rooms.display.actions.matter import about
from mamori.rooms.display.facts import DisplayFact
from mamori.rooms.display.queries import situation
from mamori.rooms.display.queries.requests import count_owed
from mamori.rooms.display.rules.told import AddressKind, DisplayTold
from mamori.rooms.display.views import forms

DONE = Text("表示を公開しました。", "Your display is public now.")


@open_to(*SELLERS)
def overview(request: Visit) -> HttpResponse:
    """Show how the display stands, what is to be put right, and what buyers read."""
    hand, ref = hand_of(request), _ref(request)
    is_public = _is_public(ref)
    shown = facts.public(ref) if is_public else facts.shown(ref)
    told = shown.told if shown else None
    act = ledger.last_of(hand, about(ref)) if request.GET.get("done") else None
    stands = facts.display(ref)
    page = {
        "due": _due(stands),
        "shown": shown,
        **_faults(hand, ref, told),
        "done": DONE if act is not None and act.kind == "display.write" else None,
        "receipt": act.address if act is not None else "",
        "is_public": is_public,
        "ref": ref,
        "owed": count_owed(ref),
    }
    return render(request, "display/seller/overview.html", page)


def _due(stands: DisplayFact) -> datetime | None:
    """Return by when a display is to be put right, or to be written."""
    if stands.lacking_since is not None:
        return due(Runs(DISPLAY_MENDING, since=stands.lacking_since))
    return due(Runs(DISPLAY_NOTICE, since=stands.asked_at)) if stands.asked_at is not None else None


def _faults(hand: Hand, ref: str, told: DisplayTold | None) -> dict[str, Any]:
    found = actions.faults_of(hand, seller_ref=ref, told=told) if told else ()
    return {
        "wrong": [one for one in found if one.is_sure],
        "unsure": [one for one in found if not one.is_sure],
    }


def _is_public(ref: str) -> bool:
    seller = market.seller(ref)
    return seller is not None and facts.is_of_business(seller)


def _ref(request: Visit) -> str:
    return hand_of(request).whose.removeprefix("seller:")


def _traits(data: QueryDict | None, request: Visit, answers: Answers) -> BaseForm:
    seller = market.seller(_ref(request))
    assert seller is not None
    return forms.TraitsForm(data, seller=situation.kind_of(seller))


def _items(of: tuple[DisplayItem, ...]) -> Callable[[QueryDict | None, Visit, Answers], BaseForm]:
    """Make the form of those of the items that are asked of this seller by what it said of its sales."""

    def made(data: QueryDict | None, request: Visit, answers: Answers) -> BaseForm:
        seller = market.seller(_ref(request))
        assert seller is not None
        traits = [Trait(one) for one in answers["traits"]["traits"]]
        wanted = frozenset(offered(situation.kind_of(seller), traits)) | _also(seller)
        contact = seller.contact
        known = {
            DisplayItem.NAME: contact.legal_name,
            DisplayItem.RESPONSIBLE: contact.representative,
            DisplayItem.ADDRESS: contact.address,
            DisplayItem.PHONE: contact.phone,
        }
        is_kept_back = contact.protected or answers["traits"]["place"] != AddressKind.OWN
        initial = {} if is_kept_back else {item.value: said for item, said in known.items()}
        return forms.ItemsForm(
            data,
            items=[item for item in of if item in wanted],
            seller=situation.kind_of(seller),
            traits=traits,
            initial=initial,
        )

    return made


def _also(seller: SellerFact) -> frozenset[DisplayItem]:
    """Return what is asked besides: mail, who is responsible for a company abroad, and whatever is shown now."""
    shown = facts.shown(seller.ref)
    told = shown.told if shown else None
    is_abroad = situation.kind_of(seller) is SellerKind.OVERSEAS
    also = {DisplayItem.MAIL} | ({DisplayItem.RESPONSIBLE} if is_abroad else set())
    return frozenset(also | {one.item for one in told.items}) if told else frozenset(also)


def _given(request: Visit) -> dict[str, dict[str, list[str]]]:
    """Begin with what is shown now."""
    shown = facts.shown(_ref(request))
    return forms.data_of(shown.told) if shown and shown.told else {}


def _told(answers: Answers) -> DisplayTold:
    return DisplayTold(
        traits=tuple(Trait(one) for one in answers["traits"]["traits"]),
        items=(*answers["who"]["told"], *answers["sale"]["told"]),
        place=AddressKind(answers["traits"]["place"]),
        text=answers["text"]["text"],
    )


def _above(request: Visit, answers: Answers) -> str:
    """Say what is to be put right, before it is public."""
    found = _faults(hand_of(request), _ref(request), _told(answers))
    return render_to_string("display/seller/faults.html", {**found, "before": True}, request)


def _send(request: Visit, answers: Answers, token: str) -> str:
    """Make it public; the same sent twice is one version."""
    actions.write_display(hand_of(request), seller_ref=_ref(request), told=_told(answers))
    return reverse("display_seller:overview") + "?done=1"


STEPS = Steps(
    name="display",
    title=Text("特定商取引法に基づく表示", "Display required by law"),
    questions=(
        Question(
            name="traits",
            title=Text("お店の販売のしかたを教えてください", "How do you sell?"),
            lead=Text(
                "答えに合わせて、必要な事項だけをお尋ねします。",
                "By your answers we ask only what is needed.",
            ),
            form=_traits,
        ),
        Question(
            name="who",
            title=Text("だれが販売していますか", "Who sells?"),
            form=_items(forms.WHO),
            rows=forms.item_rows,
        ),
        Question(
            name="sale",
            title=Text("価格・支払い・引渡し・返品", "Price, payment, delivery, returns"),
            form=_items(forms.SALE),
            rows=forms.item_rows,
        ),
        Question(
            name="text",
            title=Text("ほかに表示する文章はありますか", "Is there a text of your own?"),
            lead=Text(
                "いまお使いの表示の文章を貼り付けられます。そこからも事項を読み取り、食い違いがあればお知らせします。",
                "You can paste the text that you use. Items are read from it, too, and you are told where the two differ.",
            ),
            form=plain(forms.TextForm),
        ),
    ),
    send=_send,
    above=_above,
    given=_given,
    send_text=Text("この内容で公開する", "Make this public"),
    check_lead=Text("だれでも読める表示になります。", "Everybody will be able to read this."),
    leave="/seller/display/",
)


@open_to(*SELLERS)
def write(request: Visit, step: str = "") -> HttpResponse:
    """Ask for the display page by page, and show what is to be put right before it is public; not of a private person."""
    if not _is_public(_ref(request)):
        return HttpResponseRedirect(reverse("display_seller:overview"))
    return STEPS.page(request, step, base=reverse("display_seller:write"))
