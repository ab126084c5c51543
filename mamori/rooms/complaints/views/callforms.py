"""The forms of telephone and paper: whose call, the report as it is told, the summary that is read back, papers that came."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from mamori.grammar.hand import Hand
from mamori.grammar.text import Text
from mamori.ground.vault import actions as vault
from mamori.ground.web.forms import HouseForm, WordsField
from mamori.ground.web.once import form_key
from mamori.ground.web.signs import Visit
from mamori.ground.web.uploads import FilesField, uploads_of
from mamori.ground.web.wording import said, said_text, told
from mamori.japan.phones import NoPhone, PhoneNotForBuyers, phone
from mamori.law.calls import ANNOUNCE, MAIL_CONSENT, CallRecording, HearsBy, ReportChannel
from mamori.law.complaints import STOP_USING, ComplaintReason, ReportedWhat
from mamori.rooms.complaints.actions import NowhereToTell, SummaryNotHeard
from mamori.rooms.complaints.queries.sealed import ref_of, secret_of, subject_of
from mamori.rooms.complaints.rules import ReportTold, SheetTold, lacks, summary
from mamori.rooms.complaints.views.forms import danger_asked, items_if, ticked_items

LANGUAGES = (("ja", said("日本語", "Japanese")), ("en", said("英語", "English")))
CHANNELS = tuple(one for one in ReportChannel if one is not ReportChannel.PAGE)
HEARS = tuple(one for one in HearsBy if one is not HearsBy.PAGE)


class PhoneField(forms.CharField):
    """A telephone number as people write it, of which the one that can be dialled is kept."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
        super().__init__(required=False, max_length=60, widget=widget, **options)

    def clean(self, value: Any) -> str:
        """Return the number as it is shown in Japan, or "".

        :raises ValidationError: when it is none that can be called.
        """
        written = super().clean(value)
        try:
            return phone(written).shown if written else ""
        except (NoPhone, PhoneNotForBuyers):
            raise ValidationError(told(NoPhone.text)) from None


class OpenSheetForm(HouseForm):
    """The number that calls, where it is known."""

    number = PhoneField(
        label=said("電話番号（なくてもかまいません）", "Telephone number (not needed)"),
        help_text=said(
            "手紙・窓口、番号を言わない人は、空のままで開きます。",
            "Leave it empty for letters, visitors, and who does not say it.",
        ),
    )


def _radio(label: Any, kinds: Any, kind: Any, **more: Any) -> forms.TypedChoiceField:
    choices = [(one.value, said_text(one.text)) for one in kinds]
    widget = more.pop("widget", forms.RadioSelect)
    return forms.TypedChoiceField(label=label, coerce=kind, choices=choices, widget=widget, **more)


def _line(label: Any, most: int, **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=most, required=False, widget=widget, **more)


class SheetForm(HouseForm):
    """The sheet, in the order of a call: how it comes, what is wrong, the danger, where to be told, and the reading back."""

    only_with: ClassVar[dict[str, tuple[str, ...]]] = {
        "attached": tuple(f"channel={one.value}" for one in CHANNELS if one.is_paper),
        "items": ("reason=display",),
        "mail": ("hears=mail",),
        "phone": ("hears=call",),
        "when": ("hears=call",),
        "post": ("hears=post",),
    }
    channel = _radio(said("どう届いたか", "How it came"), CHANNELS, ReportChannel, widget=forms.Select)
    recording = _radio(
        said("録音", "Recording"),
        CallRecording,
        CallRecording,
        help_text=said(
            f"録音するときは、はじめに読み上げます：{ANNOUNCE.ja} "
            "断られても、そのまま受け付けます。この仕組みに音声は残りません。",
            f"Where it is recorded, begin with: {ANNOUNCE.en} Who refuses is heard all the same. No sound is kept here.",
        ),
    )
    what = _radio(said("何についてか", "What is it about?"), ReportedWhat, ReportedWhat, widget=forms.Select)
    where = _line(
        said("番号・アドレス・お店や商品の名前", "Reference, address, or name of shop or goods"),
        500,
        help_text=said(
            "わかるものをそのまま。なくてもかまいません。", "Whatever they know; it may be empty."
        ),
    )
    reason = _radio(
        said("どうしたか", "What is wrong?"),
        ComplaintReason,
        ComplaintReason,
        help_text=said(
            f"危ないときは、すぐに読み上げます：「{STOP_USING.ja}。」",
            f"If it is dangerous, say at once: “{STOP_USING.en}.”",
        ),
    )
    danger = danger_asked(
        said(
            "必ず伺う：けがをした人はいますか。火や煙は出ましたか",
            "Always ask: was somebody hurt, or did it burn?",
        )
    )
    lot = _line(said("型番・ロット番号（わかれば）", "Model or lot number, if they know it"), 200)
    items = ticked_items(said("ない、またはうそがある表示", "What of the display is missing or untrue?"))
    words = WordsField(
        label=said("言われたとおりの言葉", "The words as they were said"),
        help_text=said(
            "まとめたり、言いかえたりしません。", "As they were said: neither shortened nor put otherwise."
        ),
        most=2_000,
        rows=5,
    )
    attached = FilesField(
        label=said("届いた紙（スキャンした PDF・写真）", "Papers that came: scanned PDF or photo"),
        required=False,
        help_text=said(
            "手紙とファックスはここで添えます。窓口で受け取ったものは、受け付けたあとに添えます。",
            "Add letters and faxes here; what is handed over at the counter, after it was taken.",
        ),
    )
    hears = _radio(said("結果をどう知らせるか", "How to tell the outcome"), HEARS, HearsBy)
    mail = forms.EmailField(
        label=said("メールアドレス", "Mail address"),
        max_length=254,
        required=False,
        help_text=said(f"先に読み上げます：{MAIL_CONSENT.ja}", f"First read out: {MAIL_CONSENT.en}"),
    )
    phone = PhoneField(label=said("折り返す番号", "Number to call back"))
    when = _line(said("つながりやすい時間", "When to call"), 100)
    post = _line(said("送り先の住所（郵便番号から）", "Postal address, with its code"), 300)
    name = _line(said("お名前（伺えたときだけ）", "Name, only if they give it"), 100)
    language = forms.ChoiceField(label=said("知らせる言語", "Language to tell it in"), choices=LANGUAGES)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    confirmed = forms.BooleanField(
        label=said(
            "まとめを読み返し（紙なら見比べ）、合っていると確かめた",
            "The summary was read back, or compared with the paper, and is right",
        ),
        required=False,
    )

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visit = visit
        self.summary: tuple[Text, ...] = ()

    def clean(self) -> dict[str, Any]:
        """Return the report and the sheet; what is said aloud has to have been shown as it would be kept.

        :raises ValidationError: never; what is missing stands at its field.
        """
        given = super().clean() or {}
        if self.errors:
            return given
        names = ("channel", "hears", "recording", "name", "phone", "when", "mail", "post", "lot")
        sheet = SheetTold(danger=tuple(given["danger"]), **{name: given[name] for name in names})
        asked = {one: given[one] for one in ("what", "reason", "where", "words", "language")}
        report = ReportTold(**asked, items=items_if(given))
        if missing := lacks(sheet):
            self.add_error(missing, told(NowhereToTell.text))
            return given
        self.summary = summary(report, sheet)
        mark = hashlib.sha256(repr(self.summary).encode()).hexdigest()
        was_shown = sheet.channel.is_paper or given["seen"] == mark
        shown: Any = self.data  # what is drawn again names the summary that was shown
        self.data = shown = shown.copy()
        shown[self.add_prefix("seen")] = mark
        if not (given["confirmed"] and was_shown):
            shown.pop(self.add_prefix("confirmed"), None)
            self.add_error("confirmed", told(SummaryNotHeard.text))
            return given
        key = form_key(self.visit)
        return {
            "told": report,
            "said": sheet,
            "secret": secret_of(key),
            "confirmed": True,
            "attached": given["attached"],
        }


@contextmanager
def with_papers(hand: Hand, given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Make the papers ready under the key that the report will have."""
    rest = {name: value for name, value in given.items() if name != "attached"}
    uploads = uploads_of(given["attached"], at=hand.at)
    with vault.ready_files(hand, uploads, subject=subject_of(ref_of(given["secret"]))) as ready:
        yield rest | {"files": ready}


class ScanForm(HouseForm):
    """Papers that came later."""

    attached = FilesField(label=said("届いた紙（スキャンした PDF・写真）", "Papers: scanned PDF or photo"))
