"""What is decided about announcements, the pages on which staff write them, and the news that everybody reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.feedgenerator import Rss201rev2Feed

from mamori.grammar.actor import STAFF, Actor
from mamori.grammar.helppage import HelpFor, Lesson
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision, just_done
from mamori.ground.matters.page import MatterPage, PagePart, Section, offers, others, sections
from mamori.ground.people import facts as people
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.decisions import MatterFrame, by_verb, decide, show_matter
from mamori.ground.web.forms import DayField, HouseForm, VersionForm, WordsField
from mamori.ground.web.lists import show
from mamori.ground.web.operator import operator
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import said as worded, said_text
from mamori.japan import written
from mamori.law.lessons import LESSONS
from mamori.law.news import NewsTopic, Topic
from mamori.rooms.outreach import queries
from mamori.rooms.outreach.announcements import actions
from mamori.rooms.outreach.announcements.actions import NoSuchAnnouncement, Ungrounded, about_news
from mamori.rooms.outreach.campaigns.views import LEADS
from mamori.rooms.outreach.lists import ANNOUNCEMENTS, ARTICLES, HELPFUL
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


# Pages on which staff write announcements and articles of the help, ground their promises, publish, correct, withdraw.


BY_SLUG = {one.slug: one for one in OF_ANNOUNCEMENT}


@open_to(*STAFF)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """List every version of every announcement, the newest first."""
    return show(request, ANNOUNCEMENTS, case_page=case_page, template="outreach/staff/announcements.html")


@open_to(*STAFF)
def write(request: Visit, case_page: str) -> HttpResponse:
    """Let staff write an announcement."""
    del case_page
    return decide(
        request,
        WRITE,
        None,
        again=lambda: None,
        back=reverse("outreach_staff:announcements"),
        template="outreach/staff/write.html",
        form=AnnouncementForm,
        flash=True,
    )


@open_to(*STAFF)
def articles(request: Visit, case_page: str) -> HttpResponse:
    """List every version of every article of the help, the newest first."""
    return show(
        request,
        ARTICLES,
        case_page=case_page,
        template="outreach/staff/articles.html",
        more={"lessons": LESSONS},
    )


@open_to(*STAFF)
def helpful(request: Visit, case_page: str) -> HttpResponse:
    """List what readers said of the help, day by day."""
    return show(request, HELPFUL, case_page=case_page, template="outreach/staff/helpful.html")


@open_to(*STAFF)
def write_article(request: Visit, case_page: str) -> HttpResponse:
    """Let staff write an article of the help, from a text that is ready to be adapted where the address names one."""
    del case_page
    begun = next((one for one in LESSONS if one.slug == request.GET.get("from")), None)
    return decide(
        request,
        WRITE_ARTICLE,
        None,
        again=lambda: None,
        back=reverse("outreach_staff:articles"),
        template="outreach/staff/write.html",
        form=ArticleForm,
        initial=lambda shown: lesson_words(begun) if begun else {},
        flash=True,
    )


@open_to(*STAFF)
def one(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Show a version as everybody would read it, which words have no ground, its versions, and what can be done."""
    del case_page
    actor, shown = actor_of(request), _shown(number)
    done = BY_SLUG.get(request.GET.get("done", ""))
    page = MatterPage(
        sections=_sections(shown),
        offers=offers(
            OF_ANNOUNCEMENT,
            shown,
            actor.role,
            partial(_address, number),
            form=partial(_panel, shown),
            initial=words_of(shown),
        ),
        others=others(OF_ANNOUNCEMENT, shown, actor.role),
        done=just_done(actor, about_news(number), done.done if done else None),
    )
    frame = MatterFrame(
        title=shown.title,
        named="",
        ref="",
        back=reverse(f"outreach_staff:{'articles' if shown.is_help else 'announcements'}"),
        back_text=Text("一覧に戻る", "Back to the list"),
    )
    answer = show_matter(request, page, frame)
    add_never_cache_headers(answer)
    return answer


@open_to(*STAFF)
def act(request: Visit, number: int, slug: str, case_page: str) -> HttpResponse:
    """Show a decision on an announcement and take it, but for the one that needs a fresh proof."""
    del case_page
    if slug == PUBLISH.slug:
        raise NoSuchAnnouncement
    return _decide(request, number, slug)


@open_to(*PUBLISH.roles, step_up=PUBLISH.step_up)
def publish(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Publish it; whoever does has proven itself just before."""
    del case_page
    return _decide(request, number, PUBLISH.slug)


def _decide(request: Visit, number: int, slug: str) -> HttpResponse:
    decision, shown = BY_SLUG.get(slug), _shown(number)
    if decision is None:
        raise NoSuchAnnouncement
    answer = decide(
        request,
        decision,
        shown,
        again=lambda: _shown(number),
        key=number,
        back=reverse("outreach_staff:announcement", args=(number,)),
        template="outreach/staff/announcement_act.html",
        beside=_sections,
        form=_form(shown, decision),
        initial=words_of,
        refused=(NoSuchAnnouncement,),
    )
    add_never_cache_headers(answer)
    return answer


def _form(shown: AnnouncementShown, decision: Decision[AnnouncementShown]) -> Callable[..., HouseForm]:
    if decision is REWRITE:
        return partial(RewriteForm, is_correction=shown.edition > 1, is_help=shown.is_help)
    return ClaimForm if decision is GROUND else by_verb(decision)


def _panel(
    shown: AnnouncementShown, decision: Decision[AnnouncementShown]
) -> Callable[..., HouseForm] | None:
    """Return what is asked on the page of the announcement itself: all but the whole text, which needs room."""
    return None if decision is REWRITE else _form(shown, decision)


def _address(number: int, slug: str) -> str:
    if slug == PUBLISH.slug:
        return reverse("outreach_staff:announcement-publish", args=(number,))
    return reverse("outreach_staff:announcement-act", args=(number, slug))


def _sections(shown: AnnouncementShown) -> tuple[Section, ...]:
    """Return what is shown of an announcement, on its page and beside each decision on it."""
    names = people.names()
    given = {
        "one": shown,
        "writers": [name for who in shown.writers if (name := people.called(who, names))],
        "versions": queries.versions_of(shown.series),
    }
    return sections("outreach/staff/announcement", (PagePart.WORK, PagePart.FACTS, PagePart.HISTORY), given)


def _shown(number: int) -> AnnouncementShown:
    found = queries.announcement(number)
    if found is None:
        raise NoSuchAnnouncement
    return found


# What everybody reads: the news, one announcement with the ground of what it promises and its versions, and the feeds.


TITLE = Text("消費者を守る取組みのニュース", "News on the protection of consumers")
LEAD = Text(
    "購入者を守るために何をしているかを、そのつど知らせます。",
    "What we do to protect those who buy, told as it happens.",
)
WITHDRAWN = Text("取り下げました：{why}", "Withdrawn: {why}")


@open_to(*EVERYONE)
def news(request: Visit) -> HttpResponse:
    """List what was announced, the newest first; narrowed to a topic where the address says so."""
    topic = request.GET.get("topic", "")
    page = {
        "news": queries.news(topic=topic),
        "topics": list(NewsTopic),
        "topic": topic,
        "title": TITLE,
        "lead": LEAD,
    }
    return render(request, "outreach/public/news.html", page)


@open_to(*EVERYONE)
def read_one(request: Visit, series: int) -> HttpResponse:
    """Show an announcement as it stands: its words, the grounds, what was corrected, or that it was withdrawn and why."""
    return _page(request, series, None)


@open_to(*EVERYONE)
def version(request: Visit, series: int, edition: int) -> HttpResponse:
    """Show an earlier version, marked as replaced."""
    return _page(request, series, edition)


@open_to(*EVERYONE)
def feed(request: Visit, language: str) -> HttpResponse:
    """Give the news as RSS in one of the languages."""
    made = Rss201rev2Feed(
        title=f"{operator(request.received_at).name or 'Mamori'} {getattr(TITLE, language)}",
        link=request.build_absolute_uri(reverse("outreach_public:news")),
        description=getattr(LEAD, language),
        language=language,
        feed_url=request.build_absolute_uri(),
    )
    for each in queries.news():
        address = request.build_absolute_uri(reverse("outreach_public:one", args=(each.series,)))
        why = WITHDRAWN.fill(why=each.withdrawn_because)
        words = each.html_en if language == "en" and each.has_english else each.html_ja
        made.add_item(
            title=getattr(each.title, language),
            link=address,
            unique_id=f"{address}#{each.edition}",
            description=getattr(why, language) if each.is_withdrawn else words,
            pubdate=each.published_at,
            updateddate=each.closed_at or each.published_at,
            categories=(getattr(each.topic_text, language),),
        )
    answer = HttpResponse(made.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")
    patch_cache_control(answer, public=True, max_age=300)
    return answer


def _page(request: Visit, series: int, edition: int | None) -> HttpResponse:
    """Show the newest version, or the one asked for; nothing of what was withdrawn but its title and why."""
    versions = queries.versions_of(series, public=True)
    found = next((each for each in versions if edition in (None, each.edition)), None)
    if found is None or found.is_help or (edition is not None and versions[0].is_withdrawn):
        raise NoSuchAnnouncement
    page = {"one": found, "versions": versions, "is_newest": found is versions[0]}
    return render(request, "outreach/public/announcement.html", page)
