"""What the verbs of this room ask of whoever does them, and the forms that no input alone can ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Annotated, Any

from django import forms
from django.http import QueryDict

from mamori.grammar.actor import Actor
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact
from mamori.ground.matters.inputs import ChoiceInput, ReasonInput, WordsInput, YesInput
from mamori.ground.web.forms import (
    CHOSEN,
    REQUIRED,
    HouseForm,
    VersionForm,
    WordsField,
    YenField,
    choose,
    renew,
)
from mamori.ground.web.wording import localized, said, said_text
from mamori.japan import written
from mamori.japan.calendar import spoken
from mamori.law.article5 import ABOVE, AMOUNT_ABOVE, Element, LeftOut, SellerItem
from mamori.rooms.disclosure.queries import InfoRequestShown, NotYourOrder, own_order
from mamori.rooms.disclosure.rules.asked import (
    QUESTIONS,
    Asking,
    BoughtAs,
    CameBy,
    ClaimKind,
    Identity,
    NeedFor,
    RequestKnown,
    RoadReply,
    Signal,
)
from mamori.rooms.disclosure.rules.deciding import ReachResult, ReachWay, Weighed
from mamori.rooms.disclosure.rules.elements import EvidenceKind

# What the verbs of this room ask of whoever does them.


def _why(ja: str, en: str, *, most: int = 500, rows: int = 4) -> ReasonInput:
    return ReasonInput(label=Text(ja, en), most=most, rows=rows)


def _kept(ja: str, en: str) -> ReasonInput:
    return _why(f"{ja}（記録に残ります）", f"{en} (kept in the record)")


def _yes(ja: str, en: str) -> YesInput:
    return YesInput(label=Text(ja, en))


def _one(ja: str, en: str) -> ChoiceInput:
    return ChoiceInput(label=Text(ja, en))


WhatIsMissing = Annotated[
    str,
    _why(
        "何を送ってほしいか（請求した人が読みます）", "What is missing (who asks reads it)", most=2000, rows=6
    ),
]
IdentitySeen = Annotated[Identity, _one("請求した人を何で確かめましたか", "By what was who asks identified?")]
AuthoritySeen = Annotated[
    bool, _yes("代わりに請求できることを書類で確かめた", "Documents show that it may ask for another")
]
SignedSeen = Annotated[bool, _yes("請求書に名前と住所がある", "The letter bears a name and an address")]
MinorSeen = Annotated[bool, _yes("買った人は未成年", "Who bought is a minor")]
SearchedSeen = Annotated[
    bool, _yes("注文をもう一度尋ねたが、記録に見つからない", "The order was asked for again, and not found")
]
ElsewhereSeen = Annotated[
    bool, _yes("契約はこの通販サイトの外で結ばれた", "The contract was made outside this marketplace")
]
OperatorSeen = Annotated[bool, _yes("売ったのは運営者自身", "The operator itself sold it")]
AssignedSeen = Annotated[bool, _yes("求めているのは別の人の権利", "The claim is somebody else's")]
SignalSeen = Annotated[Signal, _one("気づいたこと", "What was noticed")]
WhySigned = Annotated[str, _kept("どこからそう見えるか", "What makes one think so")]
WhyDoubted = Annotated[
    str,
    _why(
        "なぜ疑わしいか（記録に残ります。判断する人が読みます）",
        "Why it is doubtful (kept in the record; whoever weighs it reads it)",
        most=1000,
    ),
]
OfElement = Annotated[Element, _one("要件", "Element")]
WeighedAs = Annotated[Weighed, _one("判断", "Decision")]
OnEvidence = Annotated[EvidenceKind, _one("もとにした証拠", "On which evidence")]
WhyWeighed = Annotated[
    str,
    _why(
        "理由（開示しないときは、請求した人も読みます）",
        "Why (where it is refused, who asks reads it too)",
        most=1000,
    ),
]
ViewAgrees = Annotated[bool, _yes("開示されてもかまわない", "I agree that it is disclosed")]
ViewWords = Annotated[
    str,
    WordsInput(
        label=Text("ご意見と理由", "Your view and why"),
        help=Text(
            "お店の事情、取引の経緯、開示されると困る事情などを書いてください。運営者だけが読みます。",
            "Your side of the order, and what would harm you if it were disclosed. Only the marketplace reads it.",
        ),
        rows=6,
    ),
]
TriedBy = Annotated[ReachWay, _one("どの方法で連絡しましたか", "By which way?")]
CameOf = Annotated[ReachResult, _one("どうなりましたか", "What came of it?")]
WhatWasTried = Annotated[str, _kept("いつ、どの宛先に、どうしたか", "When, where to and how")]
WhyProposed = Annotated[str, _kept("提案の理由", "Why this is proposed")]
WhySentBack = Annotated[str, _kept("戻す理由", "Why it is sent back")]
WhyWithdrawn = Annotated[
    str, _why("取り下げ・重なりの事情（記録に残ります）", "How it was withdrawn, or came twice (kept)")
]
WhyInquiry = Annotated[
    str,
    _why(
        "どの根拠で、なぜそう決めるか（記録に残ります。本人からの求めでは、答えにも書かれます）",
        "On which ground and why (kept in the record; where a person asks about itself it is told so too)",
    ),
]
HowSeen = Annotated[
    str, _kept("いつ、何で確かめたか・どう聴いたか", "When and by what it was seen to, or how it was heard")
]
HowHandedOver = Annotated[
    str,
    _kept(
        "いつ、どの方法で、だれに渡したか・何をしたか",
        "When, how and to whom it was handed over, or what was done",
    ),
]
WhyDropped = Annotated[str, _kept("取りやめる理由", "Why it is given up")]
WhyTakenBack = Annotated[str, _kept("公表をやめる理由", "Why it is taken back")]
HowSent = Annotated[str, _kept("いつ、どの方法で、どこへ送ったか", "When, how and where to")]


# Forms that no input alone can ask: the seven questions, a letter, what completes a request, what is proposed.


MOST = 2_000
PRICE = Text(
    "返してほしい代金（円。注文で払った分）", "What you want back of what you paid for the order (yen)"
)
ITEMS = said("知りたい項目", "What you ask for")
BOUGHT = Text("何のために買いましたか", "For what was it bought?")
CLAIM = Text("出品者に求めること", "What you demand of the seller")
NEED = Text("何のために要りますか", "For what do you need it?")
PLEDGE = Text(
    "知った情報を、出品者の信用を傷つけるなどの不正な目的に使わないと誓います",
    "I pledge not to use it to harm the seller's credit or for another improper purpose",
)
WHY = Text("確かめる必要がある理由", "Why you need to confirm it")
WHY_HELP = Text(
    "何があったか、どう請求するつもりかを書いてください。運営者だけが読みます。",
    "What happened, and how you are going to claim. Only the marketplace reads it.",
)

SHOWN_ORDERS = 10
ORDER, NUMBER = Text("どの注文ですか", "Which order?"), Text("注文番号", "Order number")
NOT_ABOVE = Text(
    "法律により開示を請求できるのは、求める額が{above}を超えるときです（いまの合計は{sum}円）。仲介や消費生活センター（電話 188）"
    "のほうが近道のこともあります。額を直すか、このまま請求するときは、もう一度「次へ」を押してください。",
    "By law the request is for claims of more than {above} (yours is {sum} yen). Mediation or the consumer hotline 188 may be "
    "nearer. Please put the sum right, or press “Continue” once more to ask all the same.",
)
NO_SUM = Text(
    "求める額が書かれていません。法律により開示を請求できるのは、求める額が{above}を超えるときです。決まっていなければ、注文で払った額を"
    "ご記入ください。額を書かずに請求するときは、もう一度「次へ」を押してください。",
    "No sum is given. By law the request is for claims of more than {above}. If you have not settled it, please give what you "
    "paid for the order, or press “Continue” once more to ask without a sum.",
)

OUT_AS = Text("外す：{why}", "left out: {why}")


def items_field(
    some: Iterable[SellerItem] = SellerItem,
    label: Any = ITEMS,
    **told_: Any,
) -> forms.TypedMultipleChoiceField:
    choices = [(one.value, said_text(one.text)) for one in some]
    return forms.TypedMultipleChoiceField(
        label=label, coerce=SellerItem, choices=choices, widget=forms.CheckboxSelectMultiple, **told_
    )


def choice_field[K: StrEnum](
    kind: type[K], label: Text, *, without: Iterable[K] = (), **told_: Any
) -> forms.TypedChoiceField:
    choices = [(one.value, said_text(one.text)) for one in kind if one not in set(without)]  # type: ignore[attr-defined]
    return forms.TypedChoiceField(
        label=said_text(label), coerce=kind, choices=choices, widget=forms.RadioSelect, **told_
    )


class RoadForm(HouseForm):
    """The seven questions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in QUESTIONS:
            self.fields[one.code] = choice_field(RoadReply, one.text, required=False)

    def replies(self) -> dict[str, RoadReply]:
        """Return what was answered."""
        return {code: RoadReply(value) for code, value in self.cleaned_data.items() if value}


class SumForm(HouseForm):
    """How much is claimed."""

    price = YenField(label=said_text(PRICE), required=False)
    other = YenField(
        label=said_text(
            Text(
                "代金のほかに求める額（円。なければ空けてください）", "What you claim beside it (yen, if any)"
            )
        ),
        required=False,
    )
    other_what = forms.CharField(
        label=said_text(
            Text("そのほかの額は何ですか（治療費、送料など）", "What that is (treatment, postage)")
        ),
        required=False,
        max_length=200,
    )


# A request as a buyer makes it, one page a question; what a page learns that the Act asks for, it says there and then.


class OrderSumForm(SumForm):
    """Of which order's seller, and how much; of a sum to which the Act does not reach its writer is told once, and may go on."""

    either = ("order", "number")
    order = forms.ChoiceField(
        label=said("最近の注文から選ぶ", "Choose one of your newest orders"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": said_text(NotYourOrder.text)},
        required=False,
    )
    number = forms.CharField(
        label=said("または、上にない注文の番号", "Or the number of an order that is not listed"),
        max_length=64,
        required=False,
    )
    noted = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ("order", "number", "price", "other", "other_what")

    def __init__(self, data: QueryDict | None, *, actor: Actor) -> None:
        self.actor = actor
        super().__init__(data)
        own = market.orders_of(actor.whose.removeprefix("buyer:"), limit=SHOWN_ORDERS)
        ref = str(data.get("order") or "")[:64] if data else ""
        chosen = market.order(ref) if ref else None
        if chosen is not None and f"buyer:{chosen.buyer_ref}" == actor.by and chosen not in own:
            own = (chosen, *own)
        choose(self, "order", [(one.ref, localized(order_line(one))) for one in own])
        for name in ("number", "other_what"):  # the browser would cut off what was pasted, and say nothing
            del self.fields[name].widget.attrs["maxlength"]
        if not own:
            del self.fields["order"]
            number = self.fields["number"]
            number.required, number.label = True, said_text(NUMBER)
            number.error_messages["required"] = localized(REQUIRED.fill(label=NUMBER))

    def clean(self) -> dict[str, Any]:
        """Return what was filled in, the order as `order_fact` and the sum as `total`, in yen."""
        given = super().clean() or self.cleaned_data
        given |= {"order_fact": self._order(given), "total": given.get("price", 0) + given.get("other", 0)}
        if not self.errors and given["total"] <= AMOUNT_ABOVE and given["noted"] != str(given["total"]):
            renew(self, "noted", given["total"])
            self.add_error("price", localized(not_reached(given["total"])))
        return given

    def _order(self, given: dict[str, Any]) -> OrderFact | None:
        number = given.get("number", "").strip()
        ref = number or given.get("order", "")
        asked = "number" if number or "order" not in self.fields else "order"
        try:
            return own_order(self.actor, ref)
        except NotYourOrder as refused:
            sentence = refused.sentence if ref else CHOSEN.fill(label=ORDER)
            if not (self.has_error("order") or self.has_error("number")):
                self.add_error(asked, localized(sentence))
        return None


def not_reached(total: int) -> Text:
    """Say that the Act does not reach to so many yen, and that one may go on."""
    return (NOT_ABOVE if total else NO_SUM).fill(above=ABOVE, sum=f"{total:,}")


def order_line(order: OrderFact) -> Text:
    """Return an order as its buyer knows it: number, day, sum and goods."""
    names = "、".join(item.name for item in order.items[:2])
    return Text(
        f"{order.ref}（{spoken(order.ordered_at).ja}・{order.amount:,}円）{names}",
        f"{order.ref} ({spoken(order.ordered_at).en}, {order.amount:,} yen) {names}",
    )


class WantedForm(HouseForm):
    """What of the seller is asked for."""

    items = items_field()


class DemandForm(HouseForm):
    """What is demanded of the seller."""

    claim = choice_field(ClaimKind, CLAIM, without=[ClaimKind.UNSAID])
    wrote_seller = forms.BooleanField(
        label=said_text(
            Text(
                "出品者に連絡したか、仲介を頼んだ",
                "I have written to the seller, or asked for mediation",
            )
        ),
        required=False,
    )


class NeedForm(HouseForm):
    """For what the information is needed, in a choice and in words."""

    need = choice_field(NeedFor, NEED, without=[NeedFor.UNSAID])
    why = WordsField(label=said_text(WHY), help_text=said_text(WHY_HELP), most=MOST, rows=5)


class WhoForm(HouseForm):
    """Who asks, as what it bought, and the pledge."""

    asking = choice_field(
        Asking,
        Text("だれが請求していますか", "Who asks?"),
        without=[one for one in Asking if one not in (Asking.SELF, Asking.PARENT)],
    )
    bought_as = choice_field(BoughtAs, BOUGHT, without=[BoughtAs.UNSAID, BoughtAs.CORRECTED])
    pledge = forms.BooleanField(label=said_text(PLEDGE))


class EnterForm(SumForm):
    """Staff enter a request as it came by letter, mail or on the agency's form; what it does not say stays unsaid."""

    bought_as = choice_field(BoughtAs, BOUGHT, without=[BoughtAs.CORRECTED])
    claim = choice_field(ClaimKind, CLAIM)
    need = choice_field(NeedFor, NEED)
    why = WordsField(label=said_text(WHY), check=written.optional, most=MOST, rows=5)
    items = items_field(required=False)
    pledge = forms.BooleanField(label=said_text(PLEDGE), required=False)
    channel = choice_field(
        CameBy, Text("どの方法で届きましたか", "By which way did it come?"), without=[CameBy.PAGE]
    )
    order = forms.CharField(
        label=said("注文番号（書かれていなければ空ける）", "Order (empty where it is not said)"),
        required=False,
        max_length=64,
    )
    asking = choice_field(Asking, Text("だれが請求していますか", "Who asks?"))
    name = forms.CharField(label=said("請求した人の名前", "Name of who asks"), required=False, max_length=200)
    address = WordsField(
        label=said("返事の送り先", "Where to reply"), check=written.optional, rows=2, most=400
    )
    signed = forms.BooleanField(
        label=said("名前と住所が書かれている", "It bears a name and an address"), required=False
    )
    field_order = (
        *("channel", "order", "asking", "name", "address", "signed"),
        *("bought_as", "claim", "price", "other", "other_what", "need", "why", "items", "pledge"),
    )


class CompleteForm(HouseForm):
    """What is added to a request; beside words, whatever it does not say yet, and the sum anew."""

    more = WordsField(
        label=said("お願いしたものへの返事・書き足すこと", "Your answer, or what you add"), most=MOST, rows=6
    )
    claim = choice_field(ClaimKind, CLAIM, without=[ClaimKind.UNSAID], required=False, empty_value=None)
    price = YenField(
        label=said_text(PRICE),
        help_text=said("直すときだけ。", "Only to put it right."),
        required=False,
    )
    bought_as = choice_field(
        BoughtAs, BOUGHT, without=[BoughtAs.UNSAID, BoughtAs.CORRECTED], required=False, empty_value=None
    )
    need = choice_field(NeedFor, NEED, without=[NeedFor.UNSAID], required=False, empty_value=None)
    items = items_field(required=False)
    pledge = forms.BooleanField(label=said_text(PLEDGE), required=False)

    def __init__(self, *args: Any, known: RequestKnown, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_there = {
            "claim": known.claim is not ClaimKind.UNSAID,
            "bought_as": known.bought_as is not BoughtAs.UNSAID,
            "need": known.need is not NeedFor.UNSAID,
            "items": bool(known.asked),
            "pledge": known.pledged,
        }
        denies = any(one.refunded for one in known.orders)
        anew = {
            "claim": ClaimKind.NOT_REFUNDED if denies else None,
            "bought_as": BoughtAs.CORRECTED if known.bought_as is BoughtAs.BUSINESS else None,
        }
        for name in (one for one, is_said in is_there.items() if is_said):
            if (other := anew.get(name)) is not None:
                choose(self, name, [(other.value, said_text(other.text))])
            else:
                del self.fields[name]


def with_outdated(asked: type[HouseForm], *, page: InfoRequestShown) -> Callable[..., HouseForm]:
    """Return what makes the form of a seller's view, which asks also which of the items asked for it calls outdated."""

    def made(*args: Any, **kwargs: Any) -> HouseForm:
        form = asked(*args, **kwargs)
        if page.asked:
            form.fields["outdated"] = items_field(
                page.asked,
                said(
                    "登録の内容が古くなっている項目（あれば）",
                    "What is registered and outdated (if anything)",
                ),
                help_text=said(
                    "選んだ項目は、期限までに通販サイトの登録を直すか、正しいと答えていただきます。",
                    "You are then asked to have it put right in your registration in time, or to confirm it.",
                ),
                required=False,
            )
        return form

    return made


class ConfirmForm(HouseForm):
    """Which of what it called outdated the seller found to be right as registered."""

    items = items_field(label=said("登録のとおりで正しい項目", "Right as registered"))

    def __init__(self, *args: Any, page: InfoRequestShown, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "items", [(one.value, said_text(one.text)) for one in page.to_confirm])


class ProposeForm(VersionForm):
    """Why a disclosure is proposed, and of each item whether it is given, or why it is left out."""

    reason = WordsField(
        label=said("提案の理由（記録に残ります）", "Why this is proposed (kept in the record)"),
        check=written.reasoned,
        most=500,
        rows=4,
    )

    def __init__(self, *args: Any, page: InfoRequestShown, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whys = [("", said("開示する", "disclosed"))]
        whys += [(one.value, said_text(OUT_AS.fill(why=one.text))) for one in LeftOut]
        self._asked = page.to_give if len(page.to_give) > 1 else ()
        for item in self._asked:
            self.fields[f"of_{item.value}"] = forms.ChoiceField(
                label=said_text(item.text), choices=whys, required=False
            )
        self.order_fields([*(f"of_{item.value}" for item in self._asked), "reason"])

    def clean(self) -> dict[str, Any]:
        """Return what was filled in, with the items that are left out."""
        given = super().clean() or self.cleaned_data
        whys = {item: given.pop(f"of_{item.value}", "") for item in self._asked}
        return given | {"left_out": {item: LeftOut(why) for item, why in whys.items() if why}}


class CameForm(CompleteForm, VersionForm):
    """What staff enter as it came: who enters it saw what was there."""
