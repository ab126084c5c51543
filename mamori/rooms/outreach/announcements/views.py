"""What is decided about announcements, the pages on which staff write them, and the news that everybody reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Rss201rev2Feed

from mamori.grammar.actor import STAFF, Actor
from mamori.grammar.helppage import HelpFor
from mamori.grammar.text import Lang, Text
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.page import PagePart
from mamori.ground.people import facts as people
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.decisions import MatterFrame, by_verb
from mamori.ground.web.forms import DayField, HouseForm, VersionForm, WordsField
from mamori.ground.web.lists import show
from mamori.ground.web.matterview import Form, MatterView, Where
from mamori.ground.web.operator import operator
from mamori.ground.web.signs import Visit
from mamori.ground.web.wording import said as worded, said_text
from mamori.japan import written
from mamori.law.activities import ActivityKind
from mamori.law.lessons import LESSONS
from mamori.law.news import NewsTopic, Topic
from mamori.rooms.outreach import queries
from mamori.rooms.outreach.activities import queries as activities
from mamori.rooms.outreach.announcements import actions
from mamori.rooms.outreach.announcements.actions import NoSuchAnnouncement, Ungrounded, about_news
from mamori.rooms.outreach.campaigns.views import LEADS
from mamori.rooms.outreach.lists import ANNOUNCEMENTS, ARTICLES, HELPFUL
from mamori.rooms.outreach.models import Activity
from mamori.rooms.outreach.queries import AnnouncementShown
from mamori.rooms.outreach.rules import GroundedClaim

# What is done about announcements, as data: written, grounded, proposed, sent back, published, corrected, withdrawn.


WRITTEN = Text("書き留めました。まだ公開していません。", "It is written down. Nobody reads it yet.")


def _write(
    actor: Actor, *, announcement: int = 0, topic: Topic, version: int | None = None, **words: Any
) -> None:
    said = actions.AnnouncementWords(topic=topic, **words)
    actions.write_announcement(actor, announcement=announcement, words=said, version=version)


def _ground(actor: Actor, *, announcement: int, version: int | None = None, **claim: Any) -> None:
    actions.ground_claim(actor, announcement=announcement, claim=GroundedClaim(**claim), version=version)


def _why_not_proposed(page: AnnouncementShown) -> Text | None:
    if not page.ungrounded:
        return None
    each = [Text("「{said}」", "“{said}”").fill(said=one.said) for one in page.ungrounded]
    return Ungrounded.text.fill(words=Text.listed(each))


WRITE: Decision[None] = Decision(
    slug="write",
    title=Text("ニュースを書く", "Write an announcement"),
    lead=Text(
        "書いただけでは公開されません。別の責任者か法務担当が確かめて公開します。",
        "What is written is not published: another lead or counsel looks at it and publishes it.",
    ),
    button=Text("書き留める", "Keep it"),
    done={"write_announcement": WRITTEN},
    verb=_write,
    key="",
)
WRITE_ARTICLE = replace(WRITE, title=Text("ヘルプの記事を書く", "Write an article of the help"))
REWRITE: Decision[AnnouncementShown] = Decision(
    slug="rewrite",
    title=Text("書き直す", "Rewrite it"),
    button=Text("書き留める", "Keep it"),
    done={"write_announcement": WRITTEN},
    verb=_write,
    is_there=lambda page: page.is_writing,
)
GROUND: Decision[AnnouncementShown] = Decision(
    slug="ground",
    title=Text("言葉の根拠を書く", "Give words their ground"),
    lead=Text(
        "数・割合・「業界初」「必ず」などの言葉には、何を数えたか、いつの時点か、何が裏付けるかを書きます。だれでも読めます。",
        "A number, a share, or words such as “first” or “always” are said with what was counted, as of when, and what proves "
        "it. Everybody reads that.",
    ),
    button=Text("根拠を書き留める", "Keep the ground"),
    done={"ground_claim": Text("根拠を書き留めました。", "The ground is kept.")},
    verb=_ground,
    is_there=lambda page: page.is_writing,
)
PROPOSE: Decision[AnnouncementShown] = Decision(
    slug="propose",
    title=Text("公開を提案する", "Propose to publish it"),
    lead=Text(
        "書いた人とは別の責任者か法務担当が読み、公開するか、書き直しに戻します。",
        "A lead or counsel who did not write it reads it, and publishes it or sends it back.",
    ),
    button=Text("提案する", "Propose it"),
    done={"propose_announcement": Text("提案しました。", "It is proposed.")},
    verb=actions.propose_announcement,
    is_there=lambda page: page.may("propose"),
    closed=_why_not_proposed,
)
SEND_BACK: Decision[AnnouncementShown] = Decision(
    slug="back",
    title=Text("書き直しに戻す", "Send it back"),
    button=Text("戻す", "Send it back"),
    done={"send_back_announcement": Text("戻しました。", "It was sent back.")},
    verb=actions.send_back_announcement,
    is_there=lambda page: page.may("send_back"),
)
PUBLISH: Decision[AnnouncementShown] = Decision(
    slug="publish",
    title=Text("公開する", "Publish it"),
    lead=Text(
        "だれでも読めるようになります。公開した言葉は書き換えられず、訂正は新しい版として並びます。言葉のどれにも根拠があり、"
        "根拠のとおりかを確かめてください。",
        "Everybody will read it. What is published is never rewritten: a correction stands beside it as a new version. Please "
        "see that each promise has its ground and is no more than that.",
    ),
    button=Text("確かめて公開する", "I have looked at it: publish"),
    done={"publish_announcement": Text("公開しました。", "It is published.")},
    verb=actions.publish_announcement,
    roles=LEADS,
    is_there=lambda page: page.may("publish"),
    step_up=True,
)
CORRECT: Decision[AnnouncementShown] = Decision(
    slug="correct",
    title=Text("訂正する", "Correct it"),
    lead=Text(
        "いまの言葉から、訂正した版を書き始めます。公開するまで、いまの版がそのまま読まれます。",
        "A corrected version is begun from these words. Until it is published this one is read.",
    ),
    button=Text("訂正を書き始める", "Begin a correction"),
    done={"correct_announcement": WRITTEN},
    verb=actions.correct_announcement,
    is_there=lambda page: page.is_public,
)
WITHDRAW: Decision[AnnouncementShown] = Decision(
    slug="withdraw",
    title=Text("取り下げる", "Withdraw it"),
    lead=Text(
        "すぐに本文を読めなくします。題と、取り下げた日と理由は残ります。",
        "The text goes from the public at once. Its title stays, with the day and the reason.",
    ),
    done={"withdraw_announcement": Text("取り下げました。", "It is withdrawn.")},
    verb=actions.withdraw_announcement,
    roles=LEADS,
    is_there=lambda page: page.may("withdraw"),
    tone="grave",
)
DROP: Decision[AnnouncementShown] = Decision(
    slug="drop",
    title=Text("公開せずにやめる", "Give it up"),
    button=Text("やめる", "Give it up"),
    done={"drop_announcement": Text("やめました。", "It was given up.")},
    verb=actions.drop_announcement,
    is_there=lambda page: page.may("drop"),
)
OF_ANNOUNCEMENT = (REWRITE, GROUND, PROPOSE, PUBLISH, SEND_BACK, CORRECT, WITHDRAW, DROP)


# What staff fill in to write for everybody: the words in both languages, and the ground of words that promise something.


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


# Pages on which staff write announcements and articles of the help, ground their promises, publish, correct, withdraw.


class AnnouncementView(MatterView[AnnouncementShown]):
    """A version as everybody would read it, which words have no ground, and its versions."""

    app, name, at, home = "outreach_staff", "announcement", "announcements/", "announcements"
    back_text, roles, absent = Text("一覧に戻る", "Back to the list"), STAFF, NoSuchAnnouncement
    listed, list_template = ANNOUNCEMENTS, "outreach/staff/announcements.html"
    makes, make_template = (WRITE,), "outreach/staff/write.html"
    decisions, apart = OF_ANNOUNCEMENT, (REWRITE.slug,)
    decide_template = "outreach/staff/announcement_act.html"
    template, parts = "outreach/staff/announcement", (PagePart.WORK, PagePart.FACTS, PagePart.HISTORY)

    def read(self, place: Where, number: int) -> AnnouncementShown:
        """Return a version as staff read it."""
        return queries.announcement(number)

    def about(self, key: int) -> str:
        """Return the name under which acts know it."""
        return about_news(key)

    def frame(self, shown: AnnouncementShown) -> MatterFrame:
        """Return its title; of an article the way leads back to the articles."""
        home = "articles" if shown.is_help else self.home
        return replace(self.framed(shown.title), back=reverse(f"{self.app}:{home}"))

    def given(self, shown: AnnouncementShown, place: Where) -> Mapping[str, Any]:
        """Return it, who wrote it, and its versions."""
        names = people.names()
        writers = [name for who in shown.row.writers if (name := people.called(who, names))]
        return {"one": shown, "writers": writers, "versions": queries.versions_of(shown.row.series)}

    def form(self, decision: Decision[Any], shown: AnnouncementShown | None, actor: Actor) -> Form:
        """Return what a decision asks."""
        if decision is REWRITE and shown:
            return partial(RewriteForm, is_correction=shown.row.edition > 1, is_help=shown.is_help)
        return {"write": AnnouncementForm, "ground": ClaimForm}.get(decision.slug) or by_verb(decision)

    def initial(self, shown: AnnouncementShown) -> Mapping[str, Any]:
        """Return the words as they are, and which version of them is shown."""
        note = shown.note
        return {
            "version": shown.row.version,
            "topic": shown.topic,
            "title": shown.title.ja,
            "title_en": shown.title.en if shown.title.en != shown.title.ja else "",
            "body": shown.row.body,
            "body_en": shown.row.body_en,
            "note": note.ja if note else "",
            "note_en": note.en if note and note.en != note.ja else "",
            "said": shown.ungrounded[0].said if shown.ungrounded else "",
        }


class ArticleView(MatterView[AnnouncementShown]):
    """Articles of the help: listed and written by themselves, and from then on announcements as all others."""

    app, name, at, home = "outreach_staff", "article", "help/", "articles"
    back_text, roles = AnnouncementView.back_text, STAFF
    listed, list_template = ARTICLES, "outreach/staff/articles.html"
    makes, make_template = (WRITE_ARTICLE,), "outreach/staff/write.html"

    def form(self, decision: Decision[Any], shown: AnnouncementShown | None, actor: Actor) -> Form:
        """Return what is asked of an article."""
        return ArticleForm

    def begun(self, decision: Decision[None], place: Where) -> Mapping[str, Any]:
        """Return the text that is ready to be adapted, where the address names one."""
        one = next((one for one in LESSONS if one.slug == place.asked.get("from")), None)
        if one is None:
            return {}
        words = {"title": one.title.ja, "title_en": one.title.en, "body": one.body.ja, "body_en": one.body.en}
        return words | {"topic": one.to}

    def list_more(self, request: Visit) -> Mapping[str, Any]:
        """Return the texts that are ready to be adapted."""
        return {"lessons": LESSONS}


ANNOUNCED, WRITTEN_HELP = AnnouncementView(), ArticleView()


@open_to(*STAFF)
def helpful(request: Visit, case_page: str) -> HttpResponse:
    """List what readers said of the help, day by day."""
    return show(request, HELPFUL, case_page=case_page, template="outreach/staff/helpful.html")


# What everybody reads: the news, one announcement with the ground of what it promises and its versions, and the feeds.


TITLE = Text("消費者を守る取組みのニュース", "News on the protection of consumers")
LEAD = Text(
    "購入者を守るために何をしているかを、そのつど知らせます。",
    "What we do to protect those who buy, told as it happens.",
)
WITHDRAWN = Text("取り下げました：{why}", "Withdrawn: {why}")
NEWEST = 50


@open_to(*EVERYONE)
def news(request: Visit) -> HttpResponse:
    """List what was announced, and lines of activities, the newest first; narrowed to a topic where the address says so."""
    topic = asked if (asked := request.GET.get("topic", "")) in list(NewsTopic) else ""
    page = {
        "news": _all_news(topic),
        "topics": list(NewsTopic),
        "topic": topic,
        "title": TITLE,
        "lead": LEAD,
    }
    return render(request, "outreach/public/news.html", page)


def _all_news(topic: str = "") -> list[AnnouncementShown | Activity]:
    """Return announcements, and the lines of activities that two persons told, the newest first."""
    told: list[AnnouncementShown | Activity] = [*queries.news(topic=topic), *activities.news(topic=topic)]
    return sorted(told, key=_told_at, reverse=True)[:NEWEST]


def _told_at(one: AnnouncementShown | Activity) -> datetime:
    at = one.released_at if isinstance(one, Activity) else one.row.published_at
    assert at is not None
    return at


@open_to(*EVERYONE)
def read_one(request: Visit, series: int) -> HttpResponse:
    """Show an announcement as it stands: its words, the grounds, what was corrected, or that it was withdrawn and why."""
    found, versions = queries.edition_of(series, request.GET.get("edition", ""))
    if found.is_help:
        raise NoSuchAnnouncement
    page = {"one": found, "versions": versions, "is_newest": found is versions[0]}
    return render(request, "outreach/public/announcement.html", page)


@open_to(*EVERYONE)
def feed(request: Visit, language: str) -> HttpResponse:
    """Give the news, lines of activities among them, as RSS in one of the languages."""
    if language not in ("ja", "en"):
        raise NoSuchAnnouncement
    made = Rss201rev2Feed(
        title=f"{operator(request.received_at).name or 'Mamori'} {getattr(TITLE, language)}",
        link=request.build_absolute_uri(reverse("outreach_public:news")),
        description=getattr(LEAD, language),
        language=language,
        feed_url=request.build_absolute_uri(),
    )
    for each in _all_news():
        item = _line_item if isinstance(each, Activity) else _news_item
        made.add_item(**item(each, language, request.build_absolute_uri), pubdate=_told_at(each))
    answer = HttpResponse(made.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")
    patch_cache_control(answer, public=True, max_age=300)
    return answer


def _news_item(one: AnnouncementShown, language: Lang, whole: Callable[[str], str]) -> dict[str, Any]:
    address = whole(reverse("outreach_public:one", args=(one.row.series,)))
    why = WITHDRAWN.fill(why=one.row.withdrawn_because)
    words = one.html_en if language == "en" and one.row.title_en and one.row.body_en else one.html_ja
    return {
        "title": one.title.in_(language),
        "link": address,
        "unique_id": f"{address}#{one.row.edition}",
        "description": why.in_(language) if one.is_withdrawn else words,
        "updateddate": one.row.closed_at or one.row.published_at,
        "categories": (one.topic_text.in_(language),),
    }


def _line_item(one: Activity, language: Lang, whole: Callable[[str], str]) -> dict[str, Any]:
    address = whole(f"{reverse('outreach_public:activities')}#activity-{one.pk}")
    line, kind = Text(one.line, one.line_en or one.line).in_(language), one.kind_text.in_(language)
    told = f"{_told_at(one):%Y%m%d%H%M%S}"
    return {
        "title": line,
        "link": address,
        "unique_id": f"{address}@{told}",
        "description": f"{kind[:1].upper()}{kind[1:]}",
        "categories": (ActivityKind(one.kind).topic.text.in_(language),),
    }
