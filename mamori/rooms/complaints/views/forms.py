"""The forms of reports: what is reported and why, the answers about a danger, where to be told, and what a finding says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict

from mamori.grammar.hand import Hand
from mamori.grammar.measure import SEVERITY_TEXTS, Severity
from mamori.grammar.text import Text
from mamori.ground.vault import actions as vault
from mamori.ground.web.decisions import form_of
from mamori.ground.web.forms import HouseForm, WordsField
from mamori.ground.web.once import form_key
from mamori.ground.web.signing.origin import neighbourhood
from mamori.ground.web.signs import Visit
from mamori.ground.web.uploads import FilesField, uploads_of
from mamori.ground.web.versions import MOMENT, VersionForm, seen_field
from mamori.ground.web.wording import language, said, said_text, told
from mamori.law.clarifications import AskedWhat
from mamori.law.complaints import (
    ASKED_FOR,
    COMPLAINT_REASONS,
    STOP_USING,
    ComplaintReason,
    DangerAnswer,
    ReportedWhat,
)
from mamori.law.display import ITEMS, DisplayItem
from mamori.rooms.complaints import actions
from mamori.rooms.complaints.queries.complaints import ComplaintShown
from mamori.rooms.complaints.queries.mine import AboutWhat
from mamori.rooms.complaints.queries.sealed import ref_of, secret_of, subject_of
from mamori.rooms.complaints.rules import HARMS, ReportTold, is_harm, items_text, raises

OPEN_ANEW = Text(
    "この画面を受け取れませんでした。書いたものをお手もとに控えてから、画面を開き直してお送りください。",
    "This page could not be taken. Please keep a copy of what you wrote, open the page again and send it from there.",
)
WORDS_MOST = 2_000
STOP_IF_DANGEROUS = said(f"危ないときは、{STOP_USING.ja}。", f"If it is dangerous: {STOP_USING.en}.")


def choice_of(label: Any, kind: Any, help_text: Any = "") -> forms.TypedChoiceField:
    """Ask for one of an enumeration, each of which has its `text`."""
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        coerce=kind,
        choices=[(one.value, said_text(one.text)) for one in kind],
        widget=forms.RadioSelect,
    )


def _attached() -> FilesField:
    return FilesField(
        label=said("写真や書類（添えなくてもかまいません）", "Photos or papers (you need not add any)"),
        required=False,
    )


def ticked_items(label: Any) -> forms.TypedMultipleChoiceField:
    """Return the field that asks which items of a shop's display are missing or untrue."""
    return forms.TypedMultipleChoiceField(
        label=label,
        coerce=DisplayItem,
        choices=[(item.value, said_text(one.text)) for item, one in ITEMS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def danger_asked(
    label: Any, answers: Iterable[DangerAnswer] = DangerAnswer, help_text: Any = ""
) -> forms.TypedMultipleChoiceField:
    """Return the field that asks whether somebody was hurt or it burnt."""
    return forms.TypedMultipleChoiceField(
        label=label,
        help_text=help_text,
        coerce=DangerAnswer,
        choices=[(one.value, said_text(one.text)) for one in answers],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def says_harm(sent: QueryDict) -> bool:
    """Say whether what is sent says that somebody was hurt or it burnt, before any of it is looked at closely."""
    return is_harm(sent.getlist("danger")) or raises(sent.get("words", "")[:WORDS_MOST])


def items_if(given: Mapping[str, Any]) -> tuple[DisplayItem, ...]:
    """Return what was ticked, where the display is what is reported."""
    return tuple(given["items"]) if given["reason"] is ComplaintReason.DISPLAY else ()


class ReportForm(HouseForm):
    """What is reported, where, why, which items of a display, who was hurt, words, files, and where to be told: eight at most."""

    only_with: ClassVar[dict[str, tuple[str, ...]]] = {"items": ("reason=display",)}
    what = choice_of(said("何を知らせますか", "What do you report?"), ReportedWhat)
    where = forms.CharField(
        label=said("ページのアドレス、または番号や名前", "Its address, number or name"),
        help_text=said(
            "わかるものをそのまま書いてください。消えたページでもかまいません。広告は見た場所と何の広告か、メッセージは届いた場所を書いてください。",
            "Whatever you know, as it is. The page may be gone. Of an advertisement, where you saw it and what it is for; of a "
            "message, where it came.",
        ),
        max_length=500,
        required=False,
    )
    reason = choice_of(said("どうしましたか", "What is wrong?"), ComplaintReason, STOP_IF_DANGEROUS)
    items = ticked_items(
        said(
            "お店の表示のとき：ない、またはうそがあるもの",
            "Of a shop's display: what is missing or untrue?",
        )
    )
    danger = danger_asked(
        said("けがをした人はいますか。火や煙は出ましたか", "Was somebody hurt, or did it burn?"),
        tuple(one for one in DangerAnswer if one in HARMS),
        said("なければ、そのままお進みください。", "If not, just go on."),
    )
    words = WordsField(
        label=said("何を見ましたか", "What did you see?"),
        help_text=said(
            "担当者だけが読みます。あなたの名前や電話番号は書かなくてかまいません。",
            "Only people of the marketplace read it. You need not give your name or number.",
        ),
        most=WORDS_MOST,
        rows=5,
    )
    attached = _attached()
    mail = forms.EmailField(
        label=said(
            "結果を知らせるメールアドレス（なくてもかまいません）",
            "Where to be told by mail (you need not leave one)",
        ),
        help_text=said(
            "なければ、次の画面のアドレスで結果をご覧になれます。はじめに確認コードだけをお送りします。",
            "Without one, the page that follows will show the outcome. At first a code is sent there, and nothing else.",
        ),
        max_length=254,
        required=False,
    )

    def __init__(self, *args: Any, visit: Visit, about: AboutWhat | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visit, self.about = visit, about
        for name in ("what", "where") if about else ():
            del self.fields[name]
        if not settings.MAMORI_MAIL:
            del self.fields["mail"]

    def clean(self) -> dict[str, Any]:
        """Return the report as it is taken.

        :raises ValidationError: when it cannot be told which form this is: two reports might be taken for one.
        """
        given, key = super().clean() or {}, form_key(self.visit)
        if not key:
            raise ValidationError(told(OPEN_ANEW))
        if self.errors:
            return given
        about = self.about or AboutWhat(what=given["what"], ref=given["where"])
        report = ReportTold(
            what=about.what,
            reason=given["reason"],
            where=about.ref,
            words=given["words"],
            mail=given.get("mail", ""),
            language=language(),
            items=items_if(given),
            danger=tuple(given["danger"]),
        )
        return {
            "browser": self.visit.META.get("CSRF_COOKIE", ""),
            "told": report,
            "secret": secret_of(key),
            "source": neighbourhood(self.visit),
            "attached": given["attached"],
        }


@contextmanager
def with_files(hand: Hand, given: dict[str, Any], secret: str = "") -> Iterator[dict[str, Any]]:
    """Make the files ready under the key of the report, which where it is new is named by what is given."""
    rest = {name: value for name, value in given.items() if name != "attached"}
    uploads = uploads_of(given["attached"], at=hand.at)
    subject = subject_of(ref_of(secret or given["secret"]))
    with vault.ready_files(hand, uploads, subject=subject) as ready:
        yield rest | {"files": ready}


def with_more_files(verb: Callable[..., object]) -> type[HouseForm]:
    """Return the form that asks what the verb asks, and for photos or papers."""
    return type("MoreForm", (form_of(verb),), {"attached": _attached()})


class DangerForm(HouseForm):
    """What happened, and the number on the product."""

    danger = danger_asked(said("あてはまるもの", "What is true?"))
    lot = forms.CharField(
        label=said("型番・ロット番号（わかれば）", "Model or lot number, if you know it"),
        max_length=200,
        required=False,
    )


class ReportMailForm(HouseForm):
    """Where to be told."""

    mail = forms.EmailField(label=said("メールアドレス", "Mail address"), max_length=254)


class UpholdForm(VersionForm):
    """How grave it is, what the shop reads, and why."""

    severity = forms.TypedChoiceField(
        label=said("どのくらい重いか", "How grave is it?"),
        coerce=Severity,
        choices=[(one.value, said_text(text)) for one, text in SEVERITY_TEXTS.items()],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = form_of(actions.uphold)().fields
        self.fields |= {name: asked[name] for name in ("said", "reason")}


class SeenUpholdForm(UpholdForm):
    """The same by what was there to be seen of a danger: nothing is hidden by it."""

    seen_until = seen_field()


class ReportsReadForm(HouseForm):
    """Which reports stood on the page, and how they stood."""

    reports = forms.CharField(widget=forms.HiddenInput, max_length=4_000)
    until = forms.DateTimeField(widget=forms.HiddenInput, input_formats=[MOMENT])

    def clean_reports(self) -> list[int]:
        """Return their numbers; what is none is passed over."""
        return [int(one) for one in self.cleaned_data["reports"].split(",") if one.isdecimal()]


class ShopBehindForm(VersionForm):
    """Which goods, review or shop it is, and how that was found out."""

    where = forms.CharField(
        label=said(
            "商品・レビュー・お店の番号か、そのページのアドレス",
            "Reference of the goods, review or shop, or its address",
        ),
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = form_of(actions.name_shop)().fields["reason"]


LOOKED_AT = Text("確かめた表示：{items}。\n", "Looked at in the display: {items}.\n")


def written_in(page: ComplaintShown) -> Mapping[str, Any]:
    """Return what stands in the forms when they are opened."""
    return {
        "version": page.version,
        "seen_until": page.seen_until.strftime(MOMENT),
        "reports": ",".join(f"{one.number}" for one in page.unread),
        "until": max((one.unread_at.strftime(MOMENT) for one in page.unread if one.unread_at), default=""),
        "said": told(LOOKED_AT.fill(items=items_text(dict(page.items)))) if page.items else "",
        "severity": COMPLAINT_REASONS[page.reason].severity.value,
        "what": ASKED_FOR.get(page.reason, AskedWhat.OTHER).value,
    }
