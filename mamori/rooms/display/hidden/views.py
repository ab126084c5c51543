"""Private accounts that may be businesses: what is done about one, as data, their list and page, the seller's page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import SELLERS, STAFF, Actor, Role
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.page import PagePart
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import MatterFrame, by_verb, decide
from mamori.ground.web.forms import DayField, VersionForm, WordsField
from mamori.ground.web.lists import show
from mamori.ground.web.matterview import Form, MatterView, Where
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import said, said_text
from mamori.japan import written
from mamori.law.hidden import MONTH_DAYS
from mamori.rooms.display.actions.matter import NoSuchShop
from mamori.rooms.display.hidden import actions
from mamori.rooms.display.hidden.queries import DoubtShown, about_doubt, doubt_shown
from mamori.rooms.display.hidden.rules import StandingOutcome
from mamori.rooms.display.lists import HIDDEN, HIDDEN_SEEN, SEEN

LET_BE: Decision[DoubtShown] = Decision(
    slug="let-be",
    title=Text("そのままにする", "Let it be"),
    lead=Text(
        "事業者とは思えないときに使います。出品者には何も知らせません。しるしが大きく増えなければ、設定の日数のあいだ一覧に載りません。",
        "For when it does not look like a business. The seller is told nothing. The account is not listed again for the "
        "days that are set, unless its signs grow a lot.",
    ),
    done={"let_be": Text("そのままにしました。", "It is let be.")},
    verb=actions.let_be,
    is_there=lambda page: page.may("let_be"),
)
ASK_STANDING: Decision[DoubtShown] = Decision(
    slug="ask",
    title=Text("出品者に尋ねる", "Ask the seller"),
    lead=Text(
        "事情を尋ねます。出品者には答える期限を知らせます。答えを待つあいだ、出品にも売上金にも表示にも、何も起きません。",
        "The seller is asked how it is, and told by when to answer. Meanwhile nothing happens to its listings, its proceeds or "
        "its display.",
    ),
    button=Text("尋ねる", "Ask"),
    done={"ask_standing": Text("出品者に尋ねました。", "The seller is asked.")},
    verb=actions.ask_standing,
    is_there=lambda page: page.may("ask"),
)
CONCLUDE: Decision[DoubtShown] = Decision(
    slug="conclude",
    title=Text("判断する", "Conclude"),
    lead=Text(
        "もうける意思があり、くり返し続けて売っているかで判断します。数だけでは決まりません。理由は出品者が読みます。",
        "What counts is whether somebody means to earn and sells again and again. No number decides it. The seller reads your "
        "reason.",
    ),
    done={"conclude": Text("判断し、出品者に知らせました。", "It was concluded, and the seller was told.")},
    verb=actions.conclude,
    roles=(Role.LEAD, Role.COUNSEL),
    is_there=lambda page: page.may("conclude_business"),
)
DOUBTED = (ASK_STANDING, LET_BE, CONCLUDE)
ANSWER_STANDING: Decision[DoubtShown] = Decision(
    slug="answer",
    title=Text("答える", "Answer"),
    lead=Text(
        "担当者がお答えを読み、個人か事業者かを判断します。それまでは何も変わりません。",
        "A person reads your answer and concludes whether you are a business. Nothing changes before.",
    ),
    button=Text("答えを送る", "Send the answer"),
    done={"answer_standing": Text("お答えを受け取りました。", "Your answer has arrived.")},
    verb=actions.answer_standing,
    roles=SELLERS,
    is_there=lambda page: page.may("answer"),
)


class ConcludeForm(VersionForm):
    """What is concluded, from which day that is so, and why."""

    outcome = forms.TypedChoiceField(
        label=said("判断", "Conclusion"),
        choices=[(one.value, said_text(one.text)) for one in StandingOutcome],
        coerce=StandingOutcome,
        widget=forms.RadioSelect,
    )
    since = DayField(
        label=said("いつから", "Since which day"),
        help_text=said(
            "この日からの注文について、その人が何であったかを示します。前の判断を改めるときは、前の日かそれより前の日にします。",
            "It says who the account was for orders from this day on. To take an earlier conclusion back, give its day or an "
            "earlier one.",
        ),
    )
    reason = WordsField(
        check=written.reasoned,
        rows=5,
        label=said("理由（出品者が読みます）", "Reason (the seller reads it)"),
        help_text=said(
            "何を見て、出品者の答えをどう受け止めたかを書きます。",
            "What you saw, and what you made of the answer.",
        ),
    )


# Private accounts that may be businesses: the lists and the account's page for staff, and the seller's own page.


class DoubtView(MatterView[DoubtShown]):
    """What an account shows and what was said of it; its name and home are not on it."""

    app, name, at, one_at = "display_staff", "hidden-seller", "hidden/", "hidden/accounts/<str:number>/"
    home, back_text, roles, absent = "hidden", Text("一覧に戻る", "Back to the list"), STAFF, NoSuchShop
    listed, list_template = HIDDEN, "display/staff/hidden.html"
    decisions, decide_template = DOUBTED, "display/staff/doubt.html"
    template, parts = "display/staff/account", (PagePart.WORK, PagePart.FACTS, PagePart.HISTORY)

    def read(self, place: Where, number: str) -> DoubtShown:
        """Return the doubt about the account of that reference."""
        found = doubt_shown(number)
        if found is None:
            raise NoSuchShop
        return found

    def about(self, key: str) -> str:
        """Return the name under which acts know it."""
        return about_doubt(key)

    def frame(self, shown: DoubtShown) -> MatterFrame:
        """Return which account it is."""
        title = Text("個人か事業者かの確認", "Private or business")
        return self.framed(title, shown.shop or shown.seller_ref, shown.seller_ref)

    def given(self, shown: DoubtShown, place: Where) -> Mapping[str, Any]:
        """Return it with the figures of the account."""
        figures = market.activity(shown.seller_ref, at=place.actor.at)
        return {"doubt": shown, "figures": figures, "days": MONTH_DAYS}

    def form(self, decision: Decision[Any], shown: DoubtShown | None, actor: Actor) -> Form:
        """Return what a decision asks."""
        return ConcludeForm if decision is CONCLUDE else by_verb(decision)

    def initial(self, shown: DoubtShown) -> Mapping[str, Any]:
        """Return which state of the doubt a form shows."""
        return {"version": shown.version}

    def show_list(self, request: Visit, case_page: str = "") -> HttpResponse:
        """List the accounts to be looked at, or those that somebody has looked at where the address asks for such a state."""
        listed = HIDDEN_SEEN if request.GET.get("state") in SEEN else HIDDEN
        return show(request, listed, template=self.list_template)


DOUBTS = DoubtView()


@open_to(*SELLERS)
def standing(request: Visit) -> HttpResponse:
    """Show a seller what it is asked, and take its answer; of signs that nobody asked about it is told nothing."""
    actor, template = actor_of(request), "display/seller/standing.html"
    shown, is_looking = doubt_shown(actor.ref), request.method in ("GET", "HEAD")
    if shown is None or not shown.is_asked:
        return render(request, template)
    if is_looking and not ANSWER_STANDING.is_open_to(actor.role, shown):
        return render(request, template, {"page": shown})
    return decide(
        request,
        ANSWER_STANDING,
        shown,
        again=lambda: doubt_shown(actor.ref) or shown,
        key=actor.ref,
        back=reverse("display_seller:standing"),
        template=template,
        flash=True,
    )
