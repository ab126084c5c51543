"""What buyers and sellers fill in, and the files that are carried along with it: refused in the sentences of the actions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django import forms
from django.core.exceptions import ValidationError

from mamori.grammar.actor import Actor
from mamori.grammar.businesstime import day_text
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact
from mamori.ground.vault.actions import Ready, Taken
from mamori.ground.web import sessions
from mamori.ground.web.forms import REQUIRED, FilesField, HouseForm, uploads_of
from mamori.ground.web.wording import language, localized, said, said_text
from mamori.japan import written
from mamori.japan.calendar import JAPAN
from mamori.law.complaints import DangerAnswer
from mamori.rooms.contact.actions.attach import prepare
from mamori.rooms.contact.actions.trouble import NoSuchOrder
from mamori.rooms.contact.actions.visiting import NoSuchListing
from mamori.rooms.contact.leave import Way
from mamori.rooms.contact.models import Attachment, FormalFile
from mamori.rooms.contact.queries.goods import cancelled_text, heading, order_name
from mamori.rooms.contact.rules.helping import CONSENT_TO_DECIDE, MAY, May
from mamori.rooms.contact.topics import HARMS, SUBJECTS, TOPICS, Harm, Topic

WAIT = timedelta(minutes=45)
"""How long they wait: less than the hour after which the vault sweeps what no table knows."""


class FilesGone(Refusal, code="files-gone", status=422):
    """Given when files waited too long for the words that they belong to."""

    text = Text(
        "時間がたったため、写真や書類を選び直してください。文章はそのまま残っています。",
        "The files have waited too long. Please choose them again; your words are still here.",
    )


class _Box(msgspec.Struct, frozen=True):
    """What lies in the form: since when, and the files with their keys."""

    at: datetime
    files: tuple[Taken, ...]


def pack(actor: Actor, ready: Ready) -> str:
    """Return files as a form can carry them and nobody can read them; empty without files."""
    if not ready.files:
        return ""
    box = msgspec.json.encode(_Box(actor.at, ready.files)).decode()
    return sessions.seal(box, about=_about(actor))


def unpack(actor: Actor, text: str) -> Ready:
    """Return the files that a form of this actor carried; those that were attached meanwhile are left out."""
    if not text:
        return Ready()
    opened = sessions.unseal(text, about=_about(actor))
    box = msgspec.json.decode(opened, type=_Box) if isinstance(opened, str) else None
    if box is None or not timedelta(0) <= actor.at - box.at < WAIT:
        raise FilesGone()
    ids = [file.id for file in box.files]
    known = {
        file
        for table in (Attachment, FormalFile)
        for file in table.objects.filter(file__in=ids).values_list("file", flat=True)
    }
    return Ready(tuple(file for file in box.files if file.id not in known))


def _about(actor: Actor) -> str:
    return f"contact.carried:{actor.by}"


class CarriedFilesForm(HouseForm):
    """A form with files; those that came with a page before are carried in it, sealed."""

    attached = FilesField(
        label=said("写真や書類（添えなくてもかまいません）", "Photos or papers (you need not add any)"),
        help_text=said(
            "画像・PDF・文字だけのファイルを5つまで。選び直すと、前に選んだものと入れ替わります。",
            "Up to five pictures, PDFs or plain texts. Choosing again replaces what you chose before.",
        ),
        required=False,
    )
    carried = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, *, actor: Actor, **more: Any) -> None:
        super().__init__(data, files, **more)
        self.actor = actor

    def clean(self) -> dict[str, Any]:
        """Return the files that will go along as `files`; what was chosen now takes the place of what was carried.

        :raises ValidationError: when a file is refused, or has waited too long; then none is carried any further.
        """
        given = super().clean() or {}
        chosen, given["files"] = given.get("attached") or (), Ready()
        try:
            if chosen:
                given["files"] = prepare(self.actor, uploads_of(chosen, at=self.actor.at))
                self._carry(pack(self.actor, given["files"]))
            else:
                given["files"] = unpack(self.actor, given.get("carried", ""))
        except Refusal as refusal:
            self._carry("")
            self.add_error("attached", ValidationError(localized(refusal.sentence)))
        return given

    def _carry(self, packed: str) -> None:
        data: Any = self.data
        self.data = data = data.copy()
        data["carried"] = packed


# What buyers and sellers fill in: the same sentences as the actions give, beside what was typed.


NUMBER = Text("注文番号", "Order number")
ONE_ORDER = Text(
    "注文を1つ選ぶか、その下に注文番号をご記入ください。", "Please choose an order, or give its number below."
)
OF_A_TROUBLE = tuple(topic for topic, subject in SUBJECTS.items() if subject.after)
OF_A_QUESTION = tuple(topic for topic, subject in SUBJECTS.items() if subject.before)
YES, NO = "yes", "no"
MAY_READ = [
    (YES, said("はい、読んでもよい", "Yes, it may")),
    (NO, said("いいえ、読まないでほしい", "No, please do not read it")),
]


class MessageField(forms.CharField):
    """What somebody writes: refused with the sentences of `words`, given back as it was typed; nothing where none is required."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": 8}))
        super().__init__(strip=False, max_length=written.MOST, **options)
        self.widget.attrs.pop("maxlength", None)  # the browser would cut off what was pasted, and say nothing

    def clean(self, value: Any) -> str:
        """Return the words as they will be kept.

        :raises ValidationError: when there are none, or too many.
        """
        if not self.required and not str(value or "").strip():
            return ""
        try:
            return written.checked(str(value or ""))
        except Refusal as refusal:
            raise ValidationError(localized(refusal.sentence), code=refusal.code) from None


class RefField(forms.CharField):
    """A reference as the marketplace writes it; what cannot be one is left to the question whether it exists."""

    def __init__(self, **options: Any) -> None:
        box = forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"})
        super().__init__(widget=box, **options)

    def clean(self, value: Any) -> str:
        """Return the reference without blanks around it."""
        text = str(value or "").replace("\0", "").strip()
        if self.required and not text:
            raise ValidationError(self.error_messages["required"], code="required")
        return text


class SaidForm(HouseForm):
    """Words, and nothing else."""

    said = MessageField(label=said("書く内容", "Your words"))


class MessageForm(SaidForm):
    """Words, with files where there are any."""

    attached = FilesField(required=False)


class OrderForm(HouseForm):
    """Which order it is about: one of the newest, or another one by its number; of who has none, by its number."""

    either = ("order", "other")
    order = forms.ChoiceField(
        label=said("最近の注文から選ぶ", "Choose one of your newest orders"),
        widget=forms.RadioSelect,
        required=False,
    )
    other = RefField(
        label=said("または、上にない注文の番号", "Or the number of an order that is not listed"),
        help_text=said(
            "注文確認のメールに載っています。上で選んだときは、書かなくてかまいません。",
            "You find it in the confirmation of your order. Leave it empty if you chose one above.",
        ),
        required=False,
    )

    def __init__(self, data: Any = None, *, buyer_ref: str, wanted: str = "") -> None:
        self.buyer_ref = buyer_ref
        self.known = {order.ref: order for order in market.orders_of(buyer_ref, limit=10)}
        listed = wanted in self.known
        super().__init__(data, initial={"order": wanted, "other": "" if listed else wanted})
        choice = self.fields["order"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(ref, order_line(order)) for ref, order in self.known.items()]
        if not self.known:
            del self.fields["order"]
            self._ask_for_the_number()

    def _ask_for_the_number(self) -> None:
        number = self.fields["other"]
        number.required = True
        number.label = label = said_text(NUMBER)
        number.help_text = said(
            "注文番号をご記入ください。注文確認のメールに載っています。",
            "Please give the order number. You find it in the confirmation of your order.",
        )
        number.error_messages["required"] = localized(REQUIRED.fill(label=label))

    def clean(self) -> dict[str, Any]:
        """Leave one order in the answers under `ref`; without one, or with somebody else's, say so beside the field."""
        given = super().clean() or {}
        ref = given.get("other") or given.get("order") or ""
        if not ref and not self.errors:
            self.add_error("order", localized(ONE_ORDER))
        order = self.known.get(ref) or (market.order(ref) if ref else None)
        if ref and (order is None or order.buyer_ref != self.buyer_ref):
            self.add_error("other", localized(NoSuchOrder(ref=ref).sentence))
        return {"ref": ref, "order_fact": order}


def order_line(order: OrderFact) -> str:
    """Return an order as a buyer recognises it: the goods, the day, the price."""
    day = day_text(order.ordered_at.astimezone(JAPAN).date())
    gone = cancelled_text(order)
    line = Text(
        f"{order_name(order).ja}（{day.ja}・{order.amount:,}円・{order.ref}{'・' + gone.ja if gone else ''}）",
        f"{order_name(order).en} ({day.en}, {order.amount:,} yen, {order.ref}{', ' + gone.en if gone else ''})",
    )
    return line.in_(language())


class ListingForm(HouseForm):
    """Which goods a question is about."""

    listing = RefField(
        label=said("どの商品についてですか", "Which goods is it about?"),
        help_text=said(
            "商品ページに載っている商品番号をご記入ください。", "Please give the number on the product page."
        ),
    )

    def clean_listing(self) -> str:
        """Return the listing's reference."""
        ref = str(self.cleaned_data["listing"])
        if market.listing(ref) is None:
            raise ValidationError(localized(NoSuchListing(ref=ref).sentence), code=NoSuchListing.code)
        return ref


def one_of(kind: Any, texts: Mapping[Any, Text], label: Any, **more: Any) -> forms.TypedChoiceField:
    """Return the field in which one value of a kind is chosen, each by its text."""
    choices = [(one.value, said_text(heading(text))) for one, text in texts.items()]
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=kind, **{"widget": forms.RadioSelect} | more
    )


def topic_form(label: Text, topics: tuple[Topic, ...]) -> type[HouseForm]:
    """Return a form that asks for one of the topics."""

    class TopicForm(HouseForm):
        """What it is about."""

        topic = one_of(Topic, {topic: TOPICS[topic] for topic in topics}, said_text(label))

    return TopicForm


def hurt_asked() -> forms.TypedMultipleChoiceField:
    """Return the field that asks whether somebody was hurt or it burnt, whatever the trouble is."""
    return forms.TypedMultipleChoiceField(
        label=said("けがをした人はいますか。火や煙は出ましたか", "Was somebody hurt, or did it burn?"),
        help_text=said("なければ、そのままお進みください。", "If not, just go on."),
        choices=[(one.value, said_text(one.text)) for one in (DangerAnswer.INJURY, DangerAnswer.FIRE)],
        coerce=DangerAnswer,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def raised(given: dict[str, Any]) -> dict[str, Any]:
    """Return what was filled in with the harm that follows: what was answered only ever raises it."""
    return given | {"harm": Harm.DANGER} if given.get("hurt") and "harm" in given else given


class HarmForm(HouseForm):
    """How grave it is."""

    harm = one_of(
        Harm,
        HARMS,
        said("どのくらい困っていますか", "How serious is it?"),
        help_text=said(
            "けがや火事の危険があるときは、使うのをやめてください。急ぐときは119番へ。",
            "If there is a danger of injury or fire, stop using it. In an emergency call 119.",
        ),
    )
    hurt = hurt_asked()

    def clean(self) -> dict[str, Any]:
        """Return how grave it is: where somebody was hurt or it burnt, it is dangerous whatever else is chosen."""
        return raised(super().clean() or self.cleaned_data)


class HappenedForm(CarriedFilesForm):
    """What happened, in the buyer's words, with photos where there are any."""

    said = MessageField(
        label=said("何が起きましたか、お書きください", "What happened? In your own words"),
        help_text=said(
            "いつ・何が・どうなったかを、分かる範囲でお書きください。出品者に届きます。"
            "お名前や電話番号、住所は書かないでください。",
            "Write when, what and how, as far as you know. The seller receives it. "
            "Please do not write your name, telephone number or address.",
        ),
    )


class AskedForm(HouseForm):
    """What somebody wants to know."""

    said = MessageField(
        label=said("何を知りたいですか", "What would you like to know?"),
        help_text=said(
            "出品者に届きます。お名前や電話番号、住所は書かないでください。",
            "The seller receives it. Please do not write your name, telephone number or address.",
        ),
    )


class ConsentForm(HouseForm):
    """Whether the centre may read the thread if it has to help."""

    may_read = forms.ChoiceField(
        label=said(
            "困ったときに、相談窓口がこのやり取りを読んでもよいですか",
            "May the centre read this conversation if it has to help?",
        ),
        help_text=said(
            "読むのは、あなたと出品者がここに書いた文章です。読む人は、この件を担当する相談窓口の担当者です。"
            "読むのは、窓口が間に入ったあとだけで、読んだことは記録に残ります。どちらを選んでも受け付けは変わらず、あとから変えられます。",
            "What is read: what you and the seller write here. By whom: the staff of the centre who handle this case. "
            "When: only after the centre has stepped in, and each reading is recorded. "
            "Either answer is fine, and you can change it later.",
        ),
        choices=MAY_READ,
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        """Return whether it may."""
        given = super().clean() or {}
        may = given.get("may_read") == YES
        return given | {"may_read": may, "centre_may_read": may}


class PhraseForm(HouseForm):
    """A usual text of the seller's own."""

    name = forms.CharField(label=said("名前", "Name"), max_length=40)
    said = MessageField(
        label=said("文章", "Text"),
        help_text=said(
            "注文番号を入れたいところに {order} と書いてください。宣伝は入れられません。",
            "Write {order} where the order's number belongs. It may not advertise.",
        ),
    )


class HelperForm(HouseForm):
    """Somebody who is to help a buyer with one conversation."""

    name = forms.CharField(
        label=said("頼む人", "Who helps you"),
        help_text=said(
            "あなたの呼び方で書いてください。例：長女の花子。出品者には伝わりません。",
            "As you call them, such as “my daughter Hanako”. The seller is not told.",
        ),
        max_length=40,
    )
    may = one_of(
        May,
        {may: MAY[may] for may in (May.WRITE, May.READ, May.DECIDE)},
        said("頼むこと", "What they may do"),
        help_text=said_text(CONSENT_TO_DECIDE),
        initial=May.WRITE.value,
    )
    days = forms.TypedChoiceField(
        label=said("いつまで", "For how long"),
        choices=[(days, said(f"{days}日間", f"{days} days")) for days in (7, 14, 30)],
        coerce=int,
        widget=forms.RadioSelect,
        initial=14,
    )


class HelpCodeForm(HouseForm):
    """The code that a buyer gave to somebody who helps."""

    code = forms.CharField(
        label=said("頼まれた人の合言葉（16文字）", "Your code (16 letters)"),
        max_length=64,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class DetailForm(HouseForm):
    """One detail by which the seller may reach the buyer."""


class PhoneForm(DetailForm):
    """A telephone number."""

    detail = forms.CharField(
        label=said("出品者に知らせる電話番号", "Telephone number for the seller"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )


class MailForm(DetailForm):
    """A mail address."""

    detail = forms.CharField(
        label=said("出品者に知らせるメールアドレス", "Mail address for the seller"),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


DETAILS: dict[Way, type[DetailForm]] = {Way.PHONE: PhoneForm, Way.MAIL: MailForm}


class NothingForm(HouseForm):
    """Only a button."""
