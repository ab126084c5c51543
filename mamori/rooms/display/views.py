"""The pages where a seller writes its display, and where others read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from mamori.grammar.actor import SELLERS, Actor, Role
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact, SellerFact
from mamori.ground.matters.settlement import due
from mamori.ground.matters.standing import Runs
from mamori.ground.web.access import EVERYONE, STAFF, open_to
from mamori.ground.web.forms import HouseForm, WordsField
from mamori.ground.web.problems import PROBLEM, problem
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.steps import Answers, Question, Steps, plain
from mamori.ground.web.wording import Row, begun, localized, said_text
from mamori.japan import written
from mamori.law.deadlines import DISPLAY_MENDING, DISPLAY_NOTICE
from mamori.law.display import (
    ITEMS,
    UNLESS_SPECIAL,
    DisplayItem,
    SellerKind,
    Trait,
    asked,
    offered,
    omittable,
)
from mamori.rooms.display import facts
from mamori.rooms.display.actions import displays
from mamori.rooms.display.actions.matter import about
from mamori.rooms.display.bundle.views import bundle_pdf
from mamori.rooms.display.endpoints import NoDisplay, any_order, own_order
from mamori.rooms.display.facts import ON_REQUEST, DisplayFact, ShownFact
from mamori.rooms.display.queries import situation
from mamori.rooms.display.queries.goods import beside, seen_goods
from mamori.rooms.display.requests.queries import count_owed
from mamori.rooms.display.requests.rules import leaves_out
from mamori.rooms.display.rules.told import MOST_TEXT, MOST_WORDS, AddressKind, ShownDisplay, ShownItem

# What a seller fills in about its display, and what a buyer asks of it: always only the items that it is about.


WHO = (
    DisplayItem.NAME,
    DisplayItem.RESPONSIBLE,
    DisplayItem.ADDRESS,
    DisplayItem.PHONE,
    DisplayItem.JAPAN_OFFICE,
    DisplayItem.MAIL,
)
ONE_LINE = frozenset({DisplayItem.NAME, DisplayItem.RESPONSIBLE, DisplayItem.PHONE, DisplayItem.MAIL})
SALE = tuple(item for item in DisplayItem if item not in WHO)
LATER = Text("「{item}」は書かず、請求されたときに知らせる", "Leave “{item}” out and give it on request")
EMPTY = Text("書かれていません", "left empty")
TEXT = Text("お店の表示の文章", "Your own text")


class TraitsForm(HouseForm):
    """What is true of the seller's sales, and whose address stands there."""

    traits = forms.MultipleChoiceField(
        label=said_text(Text("当てはまるものすべて", "All that is true")),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    place = forms.ChoiceField(
        label=said_text(Text("表示する住所と電話番号", "Which address and telephone are shown")),
        widget=forms.RadioSelect,
        choices=tuple((one.value, said_text(one.text)) for one in AddressKind),
        initial=AddressKind.OWN.value,
    )

    def __init__(self, data: Any, *, seller: SellerKind) -> None:
        super().__init__(data)
        field = self.fields["traits"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (one.value, said_text(one.text))
            for one in Trait
            if seller is SellerKind.OVERSEAS or one is not Trait.JAPAN_OFFICE
        ]


class ItemsForm(HouseForm):
    """Some items: for each its words, and where the law allows it, that it is given on request."""

    def __init__(
        self,
        data: Any,
        *,
        items: Iterable[DisplayItem],
        seller: SellerKind,
        traits: Iterable[Trait],
        initial: Mapping[str, str],
    ) -> None:
        self.asked, said = tuple(items), frozenset(traits)
        super().__init__(data, initial=dict(initial))
        by_law, may_be_left = asked(seller, said), omittable(said, is_charge_shown=True)
        for item in self.asked:
            field = _words_of(item)
            field.by_law = item in by_law
            one, self.fields[item.value] = ITEMS[item], field
            if item in may_be_left:
                self.fields[f"later_{item.value}"] = forms.BooleanField(
                    label=localized(LATER.fill(item=one.text)),
                    required=False,
                    help_text=begun(localized(UNLESS_SPECIAL)) if item is DisplayItem.RETURNS else "",
                )

    @property
    def told(self) -> tuple[ShownItem, ...]:
        """Return what was filled in."""
        given = self.cleaned_data
        return tuple(
            ShownItem(item=item, said=given[item.value], on_request=bool(given.get(f"later_{item.value}")))
            for item in self.asked
        )

    def clean(self) -> dict[str, Any]:
        """Keep what was filled in under one name."""
        self.cleaned_data["told"] = self.told if not self.errors else ()
        return self.cleaned_data


def _words_of(item: DisplayItem) -> WordsField:
    one = ITEMS[item]
    field = WordsField(
        check=written.optional,
        rows=2,
        most=MOST_WORDS,
        label=localized(one.text),
        help_text=localized(one.help),
    )
    if item in ONE_LINE:
        field.widget = forms.TextInput(attrs={"autocomplete": "off"})
    return field


def _text(words: str) -> str:
    """Return a text as it is kept, lines ending as ours do."""
    return written.optional(words.replace("\r\n", "\n"), most=MOST_TEXT)


class TextForm(HouseForm):
    """The shop's own text."""

    text = WordsField(check=_text, rows=12, most=MOST_TEXT, label=said_text(TEXT))


def item_rows(form: forms.BaseForm) -> Iterator[Row]:
    """Say each item as it will be shown, and of what the law asks that it was left empty."""
    for one in form.cleaned_data["told"]:
        value: Text | str = ON_REQUEST if one.on_request else one.said
        if value or form.fields[one.item.value].by_law:  # type: ignore[attr-defined]  # each is a WordsField
            yield Row(label=ITEMS[one.item].text, value=value or EMPTY)


def data_of(told_: ShownDisplay) -> dict[str, dict[str, list[str]]]:
    """Return a display as its forms would have posted it."""
    items: dict[str, list[str]] = {one.item.value: [one.said] for one in told_.items}
    items |= {f"later_{one.item.value}": ["on"] for one in told_.items if one.on_request}
    return {
        "traits": {"traits": list(told_.traits), "place": [told_.place]},
        "who": items,
        "sale": items,
        "text": {"text": [told_.text]},
    }


class AskForm(HouseForm):
    """Which of the items that a display leaves out a buyer asks for."""

    items = forms.TypedMultipleChoiceField(
        label=said_text(Text("請求する事項", "What you ask for")),
        coerce=DisplayItem,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, items: Iterable[DisplayItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["items"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(one.value, said_text(ITEMS[one].text)) for one in items]


class AnswerForm(HouseForm):
    """What a seller gives under each item that a buyer asked for."""

    def __init__(self, *args: Any, items: Iterable[DisplayItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {
            one.value: WordsField(
                label=localized(ITEMS[one].text),
                help_text=localized(ITEMS[one].help),
                most=MOST_WORDS,
                rows=1 if one in ONE_LINE else 3,
            )
            for one in items
        }

    def clean(self) -> dict[str, Any]:
        """Return the answers as the verb takes them, by item."""
        said = super().clean() or {}
        return {"answers": {DisplayItem(name): words for name, words in said.items()}}


@open_to(Role.BUYER, *SELLERS)
def of_own(request: Visit, order: str) -> HttpResponse:
    """Show it to the buyer of an order, and to its seller."""
    return _page(request, own_order(actor_of(request), order))


@open_to(*STAFF)
def of_any(request: Visit, order: str, case_page: str) -> HttpResponse:
    """Show it to staff."""
    del case_page
    return _page(request, any_order(order))


def _page(request: Visit, found: OrderFact) -> HttpResponse:
    """Show it, or give it as a paper to be taken away where the address asks for that."""
    actor = actor_of(request)
    if request.GET.get("format") == "pdf":
        return bundle_pdf(request, found, with_screen=actor.whose == f"buyer:{found.buyer_ref}")
    then = facts.seen(found)
    if then is None or then.told is None:
        raise NoDisplay
    now = facts.public(found.seller_ref)
    pairs = beside(then.told, now.told) if now and now.told else ()
    shop = market.seller(found.seller_ref)
    shown = {
        "order": found,
        "shown": then,
        "is_shown": now is not None,
        "pairs": pairs,
        "goods": seen_goods(found),
        "shop": shop.name if shop else "",
        "asks": bool(actor.role is Role.BUYER and now and now.told and leaves_out(now.told)),
    }
    return render(request, "display/seen.html", shown)


# A seller's own display: how it stands, what is to be put right, and the questions by which it is written.


DONE = Text("表示を公開しました。", "Your display is public now.")


@open_to(*SELLERS)
def overview(request: Visit) -> HttpResponse:
    """Show how the display stands, what is to be put right, and what buyers read."""
    actor, ref = actor_of(request), actor_of(request).ref
    is_public = _is_public(ref)
    shown = facts.public(ref) if is_public else facts.shown(ref)
    told = shown.told if shown else None
    act = ledger.last_of(actor, about(ref)) if request.GET.get("done") else None
    stands = facts.display(ref)
    page = {
        "due": _due(stands),
        "shown": shown,
        **_faults(actor, ref, told),
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


def _faults(actor: Actor, ref: str, told: ShownDisplay | None) -> dict[str, Any]:
    found = displays.faults_of(actor, seller_ref=ref, told=told) if told else ()
    return {
        "wrong": [one for one in found if one.is_sure],
        "unsure": [one for one in found if not one.is_sure],
    }


def _is_public(ref: str) -> bool:
    seller = market.seller(ref)
    return seller is not None and facts.is_of_business(seller)


def _traits(data: QueryDict | None, request: Visit, answers: Answers) -> BaseForm:
    seller = market.seller(actor_of(request).ref)
    assert seller is not None
    return TraitsForm(data, seller=situation.kind_of(seller))


def _items(of: tuple[DisplayItem, ...]) -> Callable[[QueryDict | None, Visit, Answers], BaseForm]:
    """Make the form of those of the items that are asked of this seller by what it said of its sales."""

    def made(data: QueryDict | None, request: Visit, answers: Answers) -> BaseForm:
        seller = market.seller(actor_of(request).ref)
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
        return ItemsForm(
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
    shown = facts.shown(actor_of(request).ref)
    return data_of(shown.told) if shown and shown.told else {}


def _said_of(answers: Answers) -> ShownDisplay:
    return ShownDisplay(
        traits=tuple(Trait(one) for one in answers["traits"]["traits"]),
        items=(*answers["who"]["told"], *answers["sale"]["told"]),
        place=AddressKind(answers["traits"]["place"]),
        text=answers["text"]["text"],
    )


def _above(request: Visit, answers: Answers) -> str:
    """Say what is to be put right, before it is public."""
    found = _faults(actor_of(request), actor_of(request).ref, _said_of(answers))
    return render_to_string("display/seller/faults.html", {**found, "before": True}, request)


def _send(request: Visit, answers: Answers, token: str) -> str:
    """Make it public; the same sent twice is one version."""
    displays.write_display(actor_of(request), seller_ref=actor_of(request).ref, told=_said_of(answers))
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
            form=_items(WHO),
            rows=item_rows,
        ),
        Question(
            name="sale",
            title=Text("価格・支払い・引渡し・返品", "Price, payment, delivery, returns"),
            form=_items(SALE),
            rows=item_rows,
        ),
        Question(
            name="text",
            title=Text("ほかに表示する文章はありますか", "Is there a text of your own?"),
            lead=Text(
                "いまお使いの表示の文章を貼り付けられます。そこからも事項を読み取り、食い違いがあればお知らせします。",
                "You can paste the text that you use. Items are read from it, too, and you are told where the two differ.",
            ),
            form=plain(TextForm),
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
    if not _is_public(actor_of(request).ref):
        return HttpResponseRedirect(reverse("display_seller:overview"))
    return STEPS.page(request, step, base=reverse("display_seller:write"))


# What everybody may read of a seller by law: as a page, a fragment for the shop's own page, JSON and JSON-LD.


PROPERTIES = {
    DisplayItem.NAME: "legalName",
    DisplayItem.ADDRESS: "address",
    DisplayItem.PHONE: "telephone",
    DisplayItem.MAIL: "email",
}
"""What schema.org calls an item of an Organization."""


@open_to(*EVERYONE)
def page(request: Visit, ref: str) -> HttpResponse:
    """Show what a seller displays."""
    page = _shown(ref)
    is_buyers = actor_of(request).role in (Role.BUYER, Role.ANONYMOUS)
    page["asks"] = is_buyers and leaves_out(page["shown"].told)
    return render(request, "display/public/page.html", page)


@open_to(*EVERYONE)
def file(request: Visit, ref: str, name: str) -> HttpResponse:
    """Give the same as a file: without a page around it, to stand in the shop's own, for software, or as schema.org knows it."""
    if name == "display.json":
        return _to_any_page(request, ref)
    page = _shown(ref)
    match name:
        case "fragment.html":
            return render(request, "display/public/fragment.html", page)
        case "display.jsonld":
            return _linked(request, page)
    raise NoDisplay


def _to_any_page(request: Visit, ref: str) -> HttpResponse:
    """Return it for software, a shop's own page among it: everybody may read it, or that there is none, from any origin."""
    try:
        answer = JsonResponse(_machine(_shown(ref)), json_dumps_params={"ensure_ascii": False})
    except NoDisplay as none:
        answer = JsonResponse(problem(request, none), status=none.status, content_type=PROBLEM)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _machine(page: dict[str, Any]) -> dict[str, Any]:
    found: ShownFact = page["shown"]
    assert found.told is not None
    said, on_request = found.told.said, found.told.on_request
    return {
        "seller_ref": page["ref"],
        "version": found.version,
        "since": found.since.isoformat(),
        "items": [
            {
                "item": item.value,
                "title": {"ja": one.text.ja, "en": one.text.en},
                "said": said.get(item),
                "on_request": item in on_request,
            }
            for item, one in ITEMS.items()
            if item in said or item in on_request
        ],
        "text": found.text,
        "proven": [
            {"channel": one.channel, "at": one.at.isoformat(), "contact": one.contact or None}
            for one in page["proven"]
        ],
    }


def _linked(request: Visit, page: dict[str, Any]) -> HttpResponse:
    found: ShownFact = page["shown"]
    assert found.told is not None
    said = found.told.said
    body = {
        "@context": "https://schema.org",
        "@type": "OnlineStore",
        "name": page["shop"],
        "url": request.build_absolute_uri(reverse("display_public:page", args=(page["ref"],))),
        **{name: said[item] for item, name in PROPERTIES.items() if item in said},
    }
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False}, content_type="application/ld+json")


def _shown(ref: str) -> dict[str, Any]:
    seller, found = market.seller(ref), facts.public(ref)
    if seller is None or found is None:
        raise NoDisplay
    return {
        "shown": found,
        "shop": seller.name,
        "ref": ref,
        "proven": facts.proven(ref),
    }
