"""What staff fill in to write for everybody: the words in both languages, and the ground of words that promise something."""

from __future__ import annotations

from typing import Any

from django import forms

from mamori.grammar.helppage import HelpFor, Lesson
from mamori.ground.web.forms import DayField, HouseForm, WordsField
from mamori.ground.web.versions import VersionForm
from mamori.ground.web.wording import said as worded
from mamori.ground.web.wording import said_text
from mamori.japan import written
from mamori.law.news import NewsTopic
from mamori.rooms.outreach.queries.announcements import AnnouncementShown

MARKDOWN = worded(
    "見出しは「#」、箇条書きは「-」、リンクは「[言葉](https://…)」と書けます（Markdown）。HTMLと画像は使えません。",
    "Markdown: “#” for a heading, “-” for a list, “[words](https://…)” for a link. HTML and pictures are not taken.",
)
IN_ENGLISH = worded("なければ空のままでかまいません。", "May be left empty.")


class AnnouncementForm(HouseForm):
    """What is announced: Japanese is needed, English may follow."""

    topic: forms.Field = forms.TypedChoiceField(
        label=worded("何についてですか", "What is it about?"),
        choices=[(one.value, said_text(one.text)) for one in NewsTopic],
        coerce=NewsTopic,
        widget=forms.RadioSelect,
    )
    title = forms.CharField(label=worded("題（日本語）", "Title in Japanese"), max_length=100)
    body = WordsField(rows=14, label=worded("本文（日本語）", "Text in Japanese"), help_text=MARKDOWN)
    title_en = forms.CharField(
        label=worded("題（英語）", "Title in English"), max_length=150, required=False, help_text=IN_ENGLISH
    )
    body_en = WordsField(
        check=written.optional, rows=10, label=worded("本文（英語）", "Text in English"), help_text=IN_ENGLISH
    )


def _audience() -> forms.Field:
    return forms.TypedChoiceField(
        label=worded("だれに向けた記事ですか", "For whom is it?"),
        choices=[(one.value, said_text(one.text)) for one in HelpFor],
        coerce=HelpFor,
        widget=forms.RadioSelect,
    )


class ArticleForm(AnnouncementForm):
    """An article of the help: for whom it is stands in the place of a topic."""

    topic = _audience()


class RewriteForm(AnnouncementForm, VersionForm):
    """The same anew; of a correction also what it corrects."""

    note = forms.CharField(
        label=worded("どこを訂正したか（日本語）", "What was corrected, in Japanese"), max_length=300
    )
    note_en = forms.CharField(
        label=worded("どこを訂正したか（英語）", "What was corrected, in English"),
        max_length=400,
        required=False,
        help_text=IN_ENGLISH,
    )

    def __init__(self, *args: Any, is_correction: bool = False, is_help: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_help:
            self.fields["topic"] = _audience()
        if not is_correction:
            del self.fields["note"], self.fields["note_en"]


class ClaimForm(VersionForm):
    """Words that promise something, and their ground."""

    said = forms.CharField(
        label=worded("根拠を書く言葉（文のとおりに）", "The words, as they stand in the text"), max_length=200
    )
    means = WordsField(
        rows=3, most=500, label=worded("何を数えたか・何を指すか", "What was counted, or what it means")
    )
    means_en = WordsField(
        check=written.optional,
        rows=3,
        most=700,
        label=worded("同じことを英語で", "The same in English"),
        help_text=IN_ENGLISH,
    )
    on = DayField(label=worded("いつの時点か", "As of which day"))
    evidence = WordsField(
        rows=3,
        most=500,
        label=worded(
            "何が裏付けるか（資料・集計・公表先）",
            "What proves it: a document, a count, where it was published",
        ),
    )


def words_of(page: AnnouncementShown) -> dict[str, Any]:
    """Return what stands in the forms when they are opened: the words as they are, and which version of them is shown."""
    first = page.ungrounded[0].said if page.ungrounded else ""
    return {
        "version": page.version,
        "topic": page.topic,
        "title": page.title.ja,
        "title_en": page.title.en if page.title.en != page.title.ja else "",
        "body": page.body_ja,
        "body_en": page.body_en,
        "note": page.note.ja if page.note else "",
        "note_en": page.note.en if page.note and page.note.en != page.note.ja else "",
        "said": first,
    }


def lesson_words(one: Lesson) -> dict[str, Any]:
    """Return what stands in the form where an article begins from a text that is ready to be adapted."""
    return {
        "topic": HelpFor.BUYERS,
        "title": one.title.ja,
        "title_en": one.title.en,
        "body": one.body.ja,
        "body_en": one.body.en,
    }
