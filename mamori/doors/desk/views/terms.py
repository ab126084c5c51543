"""The terms for sellers, each change read and agreed to, and the operator's choices: what is in force, and to change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.doors.desk.people import staff
from mamori.grammar.actor import Role
from mamori.grammar.declaration import Clause
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.people import facts as people
from mamori.ground.people.facts import ProposalFact
from mamori.ground.terms import actions, facts
from mamori.ground.terms.actions import ABOUT, LONGEST, LONGEST_TITLE, Words
from mamori.ground.terms.facts import Version
from mamori.ground.web.access import STAFF, open_to
from mamori.ground.web.forms import DayField, DigitsField, HouseForm
from mamori.ground.web.once import take_form
from mamori.ground.web.signing import choices
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import Tone, said, said_text
from mamori.law.clauses import BY_CODE, CLAUSES
from mamori.law.grounds import SHORT_NOTICE_GROUNDS

# What a lead or counsel fills in to publish terms: the house's patterns as they stand, or words of their own.


class PatternsForm(HouseForm):
    """Which clauses are published as the house words them."""

    clauses = forms.MultipleChoiceField(
        label=said("公表する条項", "Clauses to publish"), widget=forms.CheckboxSelectMultiple
    )
    binds_on = DayField(
        label=said("いつから", "From when"),
        required=False,
        help_text=said(
            "空欄なら承認の日から。すでに同じ文の規約を使っているときは、その始まりの日。その日からの出品者の同意が生きます。",
            "Left empty, from the day of agreement. If you use the same words already, the day since when: what sellers accepted "
            "since counts.",
        ),
    )

    def __init__(self, data: Any = None, *, clauses: Iterable[Clause]) -> None:
        super().__init__(data)
        choice = self.fields["clauses"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = [(clause.code, said_text(clause.title)) for clause in clauses]


class WordsForm(HouseForm):
    """A version of one clause in the operator's own words."""

    title_ja = forms.CharField(label=said("題（日本語）", "Title in Japanese"), max_length=LONGEST_TITLE)
    text_ja = forms.CharField(
        label=said("文（日本語）", "Text in Japanese"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    title_en = forms.CharField(label=said("題（英語）", "Title in English"), max_length=LONGEST_TITLE)
    text_en = forms.CharField(
        label=said("文（英語）", "Text in English"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    version = DigitsField(label=said("版の番号", "Number of the version"), max_length=6)
    binds_on = DayField(
        label=said("いつから", "From when"),
        required=False,
        help_text=said(
            "空欄なら、決められた日数を置いた最も早い日から。",
            "Left empty, from the earliest day that the days of notice allow.",
        ),
    )
    ground = forms.ChoiceField(label=said("期間を置くか", "Notice"), widget=forms.RadioSelect, required=False)
    reason = forms.CharField(
        label=said("期間を置かない理由", "Why without notice"),
        help_text=said("出品者に知らせる文です。", "Sellers are told these words."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any], notice_days: int) -> None:
        super().__init__(data, initial=initial)
        choice = self.fields["ground"]
        assert isinstance(choice, forms.ChoiceField)
        usual = said(f"中{notice_days}日を置いて知らせる", f"Give {notice_days} whole days of notice")
        choice.choices = [("", usual), *((one.code, said_text(one.title)) for one in SHORT_NOTICE_GROUNDS)]


# The terms for sellers: what is in force and what is missing, a clause with its versions, a change to be read and agreed to.


HEADS = (Role.LEAD, Role.COUNSEL)
PROPOSED = Text(
    "申請しました。まだ公表されていません。ほかの人が下の「承認待ち」を読んで承認すると、公表され、出品者に知らせます。",
    "Proposed; nothing is published yet. Once somebody else has read it below and agreed, it is published and sellers are told.",
)
IN_FORCE = Text("公表済み", "published")
NEEDED = Text("必要だが未公表", "needed, not published")
UNUSED = Text("未公表", "not published")
NOBODY = Text("同意した出品者はまだいません", "no seller has accepted it yet")
ACCEPTED = Text("同意した出品者：{count}人", "sellers who accepted it: {count}")


class NoSuchTerms(Refusal, code="desk.no-such-terms", status=404):
    """Given when no clause or change is called that."""

    text = Text(
        "その条項または変更はありません。「規約」の一覧から選んでください。",
        "There is no such clause or change. Please choose from the list under “Terms”.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseRow:
    """A clause in the list: its newest version, how many accepted that, and how it stands in a word."""

    clause: Clause
    newest: Version | None
    accepted: int
    state: Text
    tone: Tone

    @property
    def many(self) -> Text:
        """Return how many accepted it, as far as is counted."""
        return counted(self.accepted)


def counted(number: int) -> Text:
    """Say how many sellers accepted a version; it is counted to a thousand at most."""
    if not number:
        return NOBODY
    return ACCEPTED.fill(count=f"{number:,}+" if number >= facts.MOST else f"{number:,}")


@open_to(*HEADS)
def listed(request: Visit) -> HttpResponse:
    """Show every clause with its newest version, who accepted it, what is missing and what waits for agreement."""
    rows = [_row(clause, request.received_at) for clause in CLAUSES]
    shown = {
        "rows": rows,
        "has_patterns": any(row.newest is None for row in rows),
        "waiting": _waiting(request),
        "done": PROPOSED if request.GET.get("done") == "proposed" else None,
    }
    return render(request, "desk/terms/list.html", shown)


@open_to(*HEADS, step_up=True)
def patterns(request: Visit) -> HttpResponse:
    """Propose to publish clauses as the house words them, those that never were."""
    published = {one.clause for one in facts.versions()}
    open_ = [clause for clause in CLAUSES if clause.code not in published]

    def do(form: PatternsForm) -> str:
        words = [Words(clause=code, version=1) for code in form.cleaned_data["clauses"]]
        return _proposed(request, words, binds_on=form.cleaned_data["binds_on"])

    form, status, led = take_form(request, partial(PatternsForm, clauses=open_), do)
    shown = {"form": form, "clauses": open_}
    return led or render(request, "desk/terms/patterns.html", shown, status=status)


@open_to(*HEADS, step_up=True)
def clause(request: Visit, code: str) -> HttpResponse:
    """Show a clause with all its versions, and propose the next in the operator's own words."""
    if code not in BY_CODE:
        raise NoSuchTerms
    known, versions = BY_CODE[code], facts.versions(code)

    def do(form: WordsForm) -> str:
        given = form.cleaned_data
        words = Words(
            clause=code,
            version=int(given["version"]),
            title=Text(given["title_ja"], given["title_en"]),
            text=Text(given["text_ja"], given["text_en"]),
        )
        notice = {name: given[name] for name in ("binds_on", "ground", "reason")}
        return _proposed(request, [words], **notice)

    asked = partial(WordsForm, initial=_initial(known, versions), notice_days=known.notice_days)
    form, status, led = take_form(request, asked, do)
    shown = {
        "clause": known,
        "versions": [(one, counted(facts.accepted_count(code, one.version))) for one in reversed(versions)],
        "form": form,
        "is_needed": facts.is_switched_on(known, at=request.received_at),
    }
    return led or render(request, "desk/terms/clause.html", shown, status=status)


@open_to(*STAFF)
def change(request: Visit, number: int) -> HttpResponse:
    """Show a change word for word, beside what it replaces, to whoever is to agree."""
    found = facts.change(number)
    if found is None:
        raise NoSuchTerms
    before = {one.clause: one for one in facts.versions() if one.change != number}
    proposal = next((one for one in _waiting_about(number)), None)
    grounds = {one.code: one.title for one in SHORT_NOTICE_GROUNDS}
    shown = {
        "change": found,
        "words": [(one, before.get(one.clause), BY_CODE[one.clause]) for one in found.words],
        "by": staff(request.received_at).named(found.by),
        "ground": grounds.get(found.ground),
        "proposal": proposal,
        "is_published": any(one.published_on for one in found.words),
    }
    return render(request, "desk/terms/change.html", shown)


def _row(clause: Clause, at: datetime) -> ClauseRow:
    newest = next(reversed(facts.versions(clause.code)), None)
    state, tone = (IN_FORCE, Tone.GOOD) if newest else (UNUSED, Tone.QUIET)
    if newest is None and facts.is_switched_on(clause, at=at):
        state, tone = NEEDED, Tone.BAD
    accepted = facts.accepted_count(clause.code, newest.version) if newest else 0
    return ClauseRow(clause=clause, newest=newest, accepted=accepted, state=state, tone=tone)


def _initial(known: Clause, versions: tuple[Version, ...]) -> dict[str, Any]:
    title, text = (versions[-1].title, versions[-1].text) if versions else (known.title, known.text)
    version = versions[-1].version + 1 if versions else 1
    return {
        "title_ja": title.ja,
        "title_en": title.en,
        "text_ja": text.ja,
        "text_en": text.en,
        "version": version,
        "ground": "",
    }


def _proposed(request: Visit, words: list[Words], **more: Any) -> str:
    """Propose it, and return where that is said."""
    actor = actor_of(request)
    actions.propose_change(actor, words=words, profile=choices.profile(actor.at), **more)
    return f"{reverse('desk:terms')}?done=proposed"


def _waiting(request: Visit) -> list[tuple[ProposalFact, int, Text]]:
    named = staff(request.received_at).named
    return [
        (one, int(one.about.removeprefix(ABOUT)), named(one.by)) for one in people.open_proposals(about=ABOUT)
    ]


def _waiting_about(number: int) -> list[ProposalFact]:
    return [one for one in people.open_proposals(about=f"{ABOUT}{number}") if one.about == f"{ABOUT}{number}"]
