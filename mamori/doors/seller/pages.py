"""The seller's pages of this door itself: the terms that bind it, who acts for the shop, its language, its objections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from mamori.grammar.actor import SELLERS, Role
from mamori.grammar.businesstime import day_text
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Lang, Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import facts as market
from mamori.ground.matters.objections import Objectable
from mamori.ground.people import actions as people_actions, facts as people
from mamori.ground.post import actions as post, facts as post_facts
from mamori.ground.terms import actions as terms_actions, facts as terms_facts
from mamori.ground.terms.facts import Acceptance, Binding, By, Version
from mamori.ground.web.access import open_to
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.once import take_form
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import Tone, localized, said
from mamori.japan.calendar import JAPAN
from mamori.law.clauses import BY_CODE, CLAUSES
from mamori.rooms.display import facts as display
from mamori.rooms.enforcement import facts as enforcement
from mamori.rooms.payouts import facts as payouts

# The page that says which terms bind a seller, since when and by what, and where it accepts the newest version.


ACCEPTED = Text(
    "同意を記録しました。下の「受領証」で、いつ何に同意したかを確かめられます。",
    "Your acceptance is recorded. The receipts below prove what you accepted and when.",
)
NONE = Text(
    "同意していないため、あなたに適用されていません。", "You have not accepted it, and it does not bind you."
)
BINDS = {
    By.ACCEPTANCE: Text(
        "第{version}版が、あなたの同意により{since}から適用されています。",
        "Version {version} binds you since {since}, as you accepted it.",
    ),
    By.ANNOUNCEMENT: Text(
        "第{version}版が、変更のお知らせにより{since}から適用されています。",
        "Version {version} binds you since {since}, by the notice of the change.",
    ),
}
COMES = Text("第{version}版は{day}からです。", "Version {version} begins on {day}.")
MONEY = Text(
    "お金についての条項です。新しい版は、同意するまで適用されません。",
    "This clause is about money. A new version does not bind you until you accept it.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedRow:
    """One clause as it stands for the seller: the newest version, what binds, and what was accepted when with its receipt."""

    newest: Version
    bound: Binding | None
    state: Text
    comes: Text | None
    money: Text | None
    may_accept: bool
    accepted: tuple[tuple[Acceptance, str], ...]
    receipt: str

    @property
    def badge(self) -> tuple[Text, Tone]:
        """Return in a word how it stands."""
        if not self.may_accept:
            return Text("同意済み", "accepted"), Tone.GOOD
        return (
            (Text("新しい版", "new version"), Tone.WARN)
            if self.accepted
            else (
                Text("未同意", "not accepted"),
                Tone.WARN,
            )
        )

    @property
    def former(self) -> Binding | None:
        """Return what binds as long as it is not the newest version."""
        return self.bound if self.bound and self.bound.version != self.newest.version else None


@open_to(*SELLERS)
def terms(request: Visit) -> HttpResponse:
    """Show what binds the shop, and take the acceptance of what was shown."""
    actor = actor_of(request)
    if request.method == "POST":
        for chosen in request.POST.getlist("accept"):
            code, _, version = chosen.partition(":")
            terms_actions.agree(actor, clause=code, version=int(version) if version.isdecimal() else 0)
        return HttpResponseRedirect(f"{request.path}?done=accepted")
    found = tuple(rows(actor.whose.removeprefix("seller:"), request.received_at))
    shown = {
        "rows": found,
        "open": [one for one in found if one.may_accept],
        "may_accept": request.presence.role is Role.SELLER,
        "done": ACCEPTED if request.GET.get("done") == "accepted" else None,
    }
    return render(request, "seller/terms.html", shown)


def rows(ref: str, at: datetime) -> Iterator[AcceptedRow]:
    """Say how each published clause stands for the seller, in the order of the clauses."""
    newest = {one.clause: one for one in terms_facts.versions()}
    bound = terms_facts.bindings(ref, newest, at)
    accepted: dict[str, list[Acceptance]] = {}
    for one in terms_facts.acceptances(ref):
        accepted.setdefault(one.clause, []).append(one)
    acts = [one.act for many in accepted.values() for one in many] + [one.act for one in bound.values()]
    receipts = ledger.addresses_of([act for act in acts if act is not None])
    for clause in CLAUSES:
        if clause.code in newest:
            yield _row(
                newest[clause.code], bound.get(clause.code), accepted.get(clause.code, []), receipts, at
            )


def _row(
    newest: Version, bound: Binding | None, accepted: list[Acceptance], receipts: dict[int, str], at: datetime
) -> AcceptedRow:
    state = NONE
    if bound is not None:
        since = day_text(bound.since.astimezone(JAPAN).date())
        state = BINDS[bound.by].fill(version=bound.version, since=since)
    is_coming = newest.binds_on > at.astimezone(JAPAN).date()
    return AcceptedRow(
        newest=newest,
        bound=bound,
        state=state,
        comes=COMES.fill(version=newest.version, day=day_text(newest.binds_on)) if is_coming else None,
        money=MONEY if BY_CODE[newest.clause].money else None,
        may_accept=all(one.version != newest.version for one in accepted),
        accepted=tuple((one, receipts.get(one.act or 0, "")) for one in accepted),
        receipt=receipts.get(bound.act or 0, "") if bound else "",
    )


class DelegateForm(HouseForm):
    """Somebody who is to act for the shop."""

    person = forms.CharField(label=said("担当の人の名前", "Name of the person"), max_length=100)
    mail = forms.EmailField(
        label=said("メールアドレス", "Mail address"),
        max_length=254,
        help_text=said("サインインのコードが届きます。", "Sign-in codes go there."),
    )
    name = forms.CharField(
        label=said("短い名前（ローマ字）", "Short name in Latin letters"),
        max_length=32,
        help_text=said(
            "記録にはこの名前が残ります。例：hanako。あとから別の人には使えません。",
            "Records bear this name, such as hanako.  It cannot be given to somebody else later.",
        ),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )


@open_to(Role.SELLER)
def delegates(request: Visit) -> HttpResponse:
    """Show who acts for the shop; add somebody, or end it."""
    seller_ref = request.presence.who.removeprefix("seller:")
    is_end = request.POST.get("act") == "end"
    form = DelegateForm(request.POST if request.method == "POST" and not is_end else None)
    if is_end:
        people_actions.end_delegate(actor_of(request), name=request.POST.get("name", ""))
        messages.success(request, str(said("終了しました。", "Ended.")))
        return HttpResponseRedirect(request.path)
    if form.is_bound and form.is_valid() and _added(request, seller_ref, form):
        messages.success(request, str(said("代理担当を加えました。", "The delegate was added.")))
        return HttpResponseRedirect(request.path)
    return render(request, "seller/delegates.html", {"form": form, "delegates": people.delegates(seller_ref)})


def _added(request: Visit, seller_ref: str, form: DelegateForm) -> bool:
    asked = form.cleaned_data
    try:
        if market.seller(f"{seller_ref}/{asked['name']}") is not None:
            raise people_actions.DelegateNameTaken(
                name=asked["name"]
            )  # another shop's own number would mean two things
        people_actions.add_delegate(
            actor_of(request), name=asked["name"], person=asked["person"], mail=asked["mail"]
        )
    except Refusal as refusal:
        form.add_error("name", localized(refusal.sentence))
        return False
    return True


NAMES: dict[Lang, Text] = {"ja": Text("日本語", "Japanese"), "en": Text("英語", "English")}


class LanguageForm(HouseForm):
    """One of the two languages."""

    language = forms.ChoiceField(
        label=said("お知らせの言葉", "Language of notices"),
        widget=forms.RadioSelect,
        choices=[(code, said(text.ja, text.en)) for code, text in NAMES.items()],
    )


def language(request: Visit) -> tuple[LanguageForm, list[Text], int, HttpResponse | None]:
    """Return the seller's choice of a language, the languages of now, the status, and where it leads once another was taken."""
    actor = actor_of(request)
    now = post_facts.languages_of(actor.whose, actor.at)

    def do(form: LanguageForm) -> str:
        chosen = cast("Lang", form.cleaned_data["language"])
        if now != (chosen,):
            post.choose_language(actor, who=actor.whose, language=chosen)
        return f"{request.path}#language"

    form, status, led = take_form(request, partial(LanguageForm, initial={"language": now[0]}), do)
    return form, [NAMES[one] for one in now], status, led


@open_to(*SELLERS)
def objections(request: Visit) -> HttpResponse:
    """Show what can be objected to, due first, and what was objected to."""
    found = gathered(actor_of(request).whose.removeprefix("seller:"), request.received_at)
    can = [one for one in found if one.stands is None]
    shown = {
        "can": sorted(can, key=lambda one: (one.until is None, one.until or request.received_at)),
        "made": [one for one in found if one.stands is not None],
    }
    return render(request, "seller/objections.html", shown)


def gathered(ref: str, at: datetime) -> tuple[Objectable, ...]:
    """Return what each room tells: measures and deductions, holds of proceeds, what displays are asked for."""
    return (
        *enforcement.objections(ref, at=at),
        *payouts.objections(ref, at=at),
        *display.objections(ref, at=at),
    )
