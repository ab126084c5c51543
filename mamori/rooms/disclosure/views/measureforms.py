"""The forms of what everybody is told: which half-year, what is answered of a practice."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms

from mamori.ground.web.forms import DayField, HouseForm, WordsField
from mamori.ground.web.wording import said, said_text, told
from mamori.japan import written
from mamori.japan.months import HalfYear
from mamori.rooms.disclosure.actions.answers import REFUSALS
from mamori.rooms.disclosure.queries.measures import OUTLINES
from mamori.rooms.disclosure.rules.answers import AnswerSaid, AnswerSays, faults
from mamori.rooms.disclosure.rules.editions import half_text
from mamori.rooms.disclosure.rules.jomc import FOUND, JomcFound

FIRST = date(1990, 1, 1)


def _words(ja: str, en: str) -> WordsField:
    return WordsField(label=said(ja, en), check=written.optional, most=1_000, rows=5)


class DraftForm(HouseForm):
    """Which half-year, and why something in it is another than before."""

    half = forms.ChoiceField(label=said("半期", "Half-year"))
    reason = WordsField(
        label=said(
            "数え直して違ったところ・直したところの理由（公表版に載ります）",
            "Why something is counted otherwise, or was put right (stands in the edition)",
        ),
        help_text=said(
            "違うところがあると、先に知らせます。なければ空のままにしてください。5件に満たない件数は書かないでください。",
            "You are told first where something is another. Leave it empty where nothing is. Name no count below 5.",
        ),
        check=written.optional,
        most=500,
        rows=4,
    )

    def __init__(self, *args: Any, halves: tuple[HalfYear, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["half"].choices = [  # type: ignore[attr-defined]  # a field of choices
            (str(one), said_text(half_text(one))) for one in halves
        ]


class ElsewhereForm(HouseForm):
    """What is done elsewhere: the words, since when, and what shows it."""

    words_ja = _words("何をしているか（日本語）", "What is done (Japanese)")
    words_en = _words("何をしているか（英語）", "What is done (English)")
    since_on = DayField(
        label=said("始めた日", "Since"),
        help_text=said(
            "この仕組みの外で行っているものには、必ず書いてください。", "Needed of what is done elsewhere."
        ),
        first=FIRST,
        required=False,
    )
    shown = WordsField(
        label=said("何からわかるか（公表されます）", "What shows it (published)"),
        help_text=said(
            "例：社内規程の名前と日、案内のページ、委託先との契約、年次報告。",
            "Such as a rule with its day, a page, a contract with a provider, a yearly report.",
        ),
        check=written.optional,
        most=500,
        rows=2,
    )
    link = forms.CharField(
        label=said(
            "リンク（あれば。https:// で始まるもの）", "Link, if there is one (starting with https://)"
        ),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, practice: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practice, self.today = practice, today

    def clean(self) -> dict[str, Any]:
        """Say what the answer owes beside the field that owes it."""
        given = dict(super().clean() or {})
        answer = AnswerSaid(
            practice=self.practice,
            says=given.get("says") or AnswerSays.ELSEWHERE,
            **{
                name: given.get(name) or ""
                for name in ("title_ja", "title_en", "words_ja", "words_en", "shown", "link")
            },
            since_on=given.get("since_on"),
        )
        for name, fault in faults(answer, runs=self.practice in OUTLINES, today=self.today):
            if name in self.fields and not self.has_error(name):
                self.add_error(name, told(REFUSALS[fault].text))
        return given


class PracticeAnswerForm(ElsewhereForm):
    """Where a practice is done; what is asked of what is done elsewhere is asked with that answer alone."""

    only_with: ClassVar[dict[str, tuple[str, ...]]] = {
        "words_ja": ("says=elsewhere",),
        "words_en": ("says=elsewhere",),
        "since_on": ("says=here", "says=elsewhere"),
        "shown": ("says=elsewhere",),
        "link": ("says=elsewhere",),
    }
    owed: ClassVar[tuple[str, ...]] = ("words_ja", "words_en", "shown")
    says = forms.TypedChoiceField(
        label=said("どこで行っていますか", "Where is it done?"),
        choices=[(one.value, said_text(one.text)) for one in AnswerSays],
        coerce=AnswerSays,
        widget=forms.RadioSelect,
    )
    field_order = ("says",)


class OwnAnswerForm(ElsewhereForm):
    """Something else that is done, under a title of its own."""

    title_ja = forms.CharField(label=said("名前（日本語）", "Title (Japanese)"), max_length=100)
    title_en = forms.CharField(label=said("名前（英語）", "Title (English)"), max_length=100)
    field_order = ("title_ja", "title_en")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (*PracticeAnswerForm.owed, "since_on"):
            self.fields[name].required = True


class JomcLookForm(HouseForm):
    """Where the text stands, and what somebody found there who compared it with the text of a digest."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    address = forms.CharField(
        label=said("見たページのアドレス", "Address of the page that was looked at"),
        help_text=said("https:// で始まるもの。", "Starting with https://."),
        max_length=300,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    found = forms.TypedChoiceField(
        label=said("見てわかったこと", "What was found"),
        choices=[(one.value, said_text(text)) for one, text in FOUND.items()],
        coerce=JomcFound,
        widget=forms.RadioSelect,
    )
