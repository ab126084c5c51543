"""The pages of clarifications: for the seller that is asked, for whoever outside is, and for staff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import SELLERS, STAFF, Actor, Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision, just_did
from mamori.ground.matters.history import past_of
from mamori.ground.matters.page import PagePart, Section
from mamori.ground.matters.readinglist import Filter, ListColumn, ReadingList, Written, by_state
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.decisions import MatterFrame, Prepare, by_verb, decide, filed, form_of
from mamori.ground.web.forms import FilesField, HouseForm, VersionForm, WordsField
from mamori.ground.web.matterview import Form, MatterView, Where
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import said, said_text
from mamori.law.clarifications import AskedWhat, AskedWhom
from mamori.rooms.enforcement.acts import CLARIFICATION_ACTS
from mamori.rooms.enforcement.clarifications import actions, queries
from mamori.rooms.enforcement.clarifications.queries import ClarificationShown, NoSuchClarification
from mamori.rooms.enforcement.clarifications.rules import ToClarify
from mamori.rooms.enforcement.lifecycle import CLARIFICATION
from mamori.rooms.enforcement.models import Clarification

ANSWER: Decision[ClarificationShown] = Decision(
    slug="answer",
    title=Text("事実確認に答える", "Answer"),
    lead=Text(
        "まだ何も決めていません。お答えは担当者が読み、決めるときの材料にします。",
        "Nothing is decided yet. A person reads your answer, and what is decided takes it into account.",
    ),
    button=Text("返答を送る", "Send the answer"),
    done={
        "answer_clarification": Text(
            "ご返答を受け取りました。担当者が読みます。", "We have your answer. A person reads it."
        )
    },
    verb=actions.answer_clarification,
    roles=SELLERS,
    is_there=lambda page: page.takes_answer,
)
ANSWER_BY_PAGE = replace(
    ANSWER,
    title=Text("通販サイトからの事実確認", "A marketplace asks you something"),
    verb=actions.answer_by_page,
    key=None,
    roles=tuple(Role),
)
ENTER: Decision[ClarificationShown] = Decision(
    slug="enter",
    title=Text("届いた返答を書き入れる", "Enter an answer that came"),
    lead=Text(
        "メール・電話・手紙で届いた返答を、届いたとおりに書きます。",
        "What came by mail, telephone or letter, as it came.",
    ),
    button=Text("書き入れる", "Enter it"),
    done={"enter_answer": Text("返答を書き入れました。", "The answer is entered.")},
    verb=actions.enter_answer,
    is_there=lambda page: page.takes_answer,
)
WITHDRAW: Decision[ClarificationShown] = Decision(
    slug="withdraw",
    title=Text("事実確認を取りやめる", "Withdraw it"),
    lead=Text(
        "尋ねた相手に、答えなくてよいことを知らせます。メールのない相手には、電話か手紙で伝えてください。",
        "Whoever was asked is told that no answer is needed; who has no mail is told by you.",
    ),
    button=Text("取りやめる", "Withdraw it"),
    done={"withdraw_clarification": Text("事実確認を取りやめました。", "It is withdrawn.")},
    verb=actions.withdraw_clarification,
    is_there=lambda page: page.is_open,
)
OF_STAFF = (ENTER, WITHDRAW)
DECISIONS = (ANSWER, ANSWER_BY_PAGE, *OF_STAFF)


CLARIFICATION_LIST: ReadingList[ClarificationShown] = ReadingList(
    slug="clarifications",
    title=Text("事実確認", "Clarifications"),
    lead=Text(
        "決める前に、出品者・メーカー・輸入業者・権利者などに尋ねたことです。もとの件の画面から尋ねます。",
        "What sellers, makers, importers or holders of rights were asked before a decision, each from the page of its matter.",
    ),
    empty=Text("事実確認はありません", "Nobody was asked anything"),
    roles=STAFF,
    rows=lambda actor: Clarification.objects.all(),
    order=("-id",),
    read=lambda rows, actor: list(queries.rows_shown(rows)),
    columns=(
        ListColumn(
            title=Text("受付番号", "Number"),
            value="number",
            written=Written.NUMBER,
            to="number",
            at="enforcement_staff:clarification",
        ),
        ListColumn(
            title=Text("相手", "Asked"),
            value="whom.text",
            beneath=(ListColumn(title=Text("内容", "About"), value="what.text"),),
        ),
        ListColumn(title=Text("お店", "Shop"), value="shop", written=Written.CALLED),
        ListColumn(title=Text("状態", "State"), value="state_text"),
        ListColumn(
            title=Text("期限", "Due"),
            value="due",
            written=Written.MOMENT,
            beneath=(
                ListColumn(
                    title=Text("尋ねた日時", "Asked at"), value="asked_at", written=Written.MOMENT, led=True
                ),
            ),
        ),
    ),
    filters=(
        by_state(CLARIFICATION),
        Filter(
            name="whom",
            title=Text("相手", "Asked"),
            choices={one.value: one.text for one in AskedWhom},
            narrow=lambda rows, actor, value: rows.filter(whom=value),
        ),
    ),
)


# The pages of clarifications: for the seller that is asked, for whoever outside is, and for staff; and the form that asks.


ATTACHED = said("写真や書類（添えなくてもかまいません）", "Photos or papers (you need not add any)")


class ClarifyForm(VersionForm):
    """Who is asked what: a name and a mail address only of somebody who is not the seller."""

    only_with: ClassVar[dict[str, tuple[str, ...]]] = {
        name: tuple(f"whom={one.value}" for one in AskedWhom if one is not AskedWhom.SELLER)
        for name in ("name", "mail", "language")
    }
    whom = forms.TypedChoiceField(
        label=said("だれに尋ねますか", "Who is asked?"),
        coerce=AskedWhom,
        choices=[(one.value, said_text(one.text)) for one in AskedWhom],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=said("会社名・氏名", "Name or company"), max_length=200, required=False)
    mail = forms.EmailField(
        label=said("メールアドレス", "Mail address"),
        help_text=said(
            "回答のページのアドレスを送ります。わからなければ空けておき、返答がないときの扱いも含めて電話や手紙で尋ね、返答を書き入れてください。",
            "The address of a page to answer on is sent there. Where none is known, ask by telephone or letter, say what "
            "follows from silence, and enter the answer.",
        ),
        max_length=254,
        required=False,
    )
    language = forms.ChoiceField(
        label=said("メールの言葉", "Language of the mail"),
        choices=[("ja", "日本語"), ("en", "English")],
        widget=forms.RadioSelect,
        initial="ja",
        required=False,
    )
    what = forms.TypedChoiceField(
        label=said("何についてですか", "What about?"),
        coerce=AskedWhat,
        choices=[(one.value, said_text(one.text)) for one in AskedWhat],
        widget=forms.RadioSelect,
    )
    words = WordsField(
        label=said("尋ねること（相手が読みます）", "What is asked (they read it)"),
        help_text=said(
            "あなたの言葉で書いてください。だれかが知らせたときも、その人の言葉・日時・人数は書かないでください。",
            "In your own words. Where somebody reported it, nothing of them: neither their words, nor when, nor how many.",
        ),
        most=1_000,
        rows=5,
    )

    def clean(self) -> dict[str, Any]:
        """Return what is asked as one value."""
        given = super().clean() or {}
        if self.errors:
            return given
        version, language = given.pop("version"), given.pop("language") or "ja"
        return {"asked": ToClarify(**given, language=language), "version": version}


def section_about(actor: Actor, about: str) -> Section:
    """Return the part of a matter's page that says what was asked on its account, for staff."""
    shown = {"clarifications": queries.clarifications_about(actor, about)}
    return Section(part=PagePart.FILE, template="enforcement/clarifications/about.html", shown=shown)


def answer_form(decision: Decision[ClarificationShown], *, by_party: bool = False) -> type[HouseForm]:
    """Return the form of an answer: what its verb asks, and files."""
    asked = form_of(decision.verb, by_party=by_party)
    return type("AnswerWithFiles", (asked,), {"attached": FilesField(label=ATTACHED, required=False)})


@open_to(*SELLERS)
def asked_of_seller(request: Visit) -> HttpResponse:
    """Show a seller what it was asked, what waits for its answer first."""
    actor = actor_of(request)
    found = queries.clarifications_of_seller(actor.whose.removeprefix("seller:"))
    of = request.GET.get("of", "")
    about = queries.about_clarification(int(of)) if of.isdecimal() and len(of) < 19 else ""
    done = ANSWER.done if request.GET.get("done") == ANSWER.slug else None
    page = {"clarifications": found, "did": just_did(actor, about, done) if about else None}
    return render(request, "enforcement/clarifications/seller.html", page)


@open_to(*SELLERS)
def answer(request: Visit, number: int) -> HttpResponse:
    """Let a seller answer what it was asked."""
    actor = actor_of(request)
    back = reverse("enforcement_seller:clarifications")
    return decide(
        request,
        ANSWER,
        queries.clarification_of(actor, number),
        again=partial(queries.clarification_of, actor, number),
        key=number,
        back=f"{back}?of={number}",
        template="enforcement/clarifications/answer.html",
        form=answer_form(ANSWER, by_party=True),
        prepare=filed(lambda given: queries.key_of(number)),
        refused=(NoSuchClarification,),
    )


@open_to(*EVERYONE)
def answer_outside(request: Visit, secret: str) -> HttpResponse:
    """Let whoever outside is asked read it and answer, known by the page alone."""
    shown = queries.clarification_by(secret)
    if not shown.takes_answer:
        return render(request, "enforcement/clarifications/answered.html", {"page": shown})
    return decide(
        request,
        ANSWER_BY_PAGE,
        shown,
        again=partial(queries.clarification_by, secret),
        key=secret,
        back=request.path,
        template="enforcement/clarifications/outside.html",
        form=answer_form(ANSWER_BY_PAGE, by_party=True),
        prepare=filed(lambda given: queries.key_of(shown.number)),
        refused=(NoSuchClarification,),
    )


class ClarificationView(MatterView[ClarificationShown]):
    """A clarification with its answer, for staff: they enter one that came by mail, or withdraw it."""

    app, name, at, home = "enforcement_staff", "clarification", "clarifications/", "clarifications"
    back_text, roles, absent = Text("事実確認の一覧", "All clarifications"), STAFF, NoSuchClarification
    listed, decisions, decide_template = CLARIFICATION_LIST, OF_STAFF, "enforcement/clarifications/act.html"
    template = "enforcement/clarifications/staff"
    parts = (PagePart.FILE, PagePart.FACTS, PagePart.HISTORY)

    def read(self, place: Where, number: int) -> ClarificationShown:
        """Return one for staff."""
        return queries.clarification_of(place.actor, number)

    def about(self, key: int) -> str:
        """Return its name."""
        return queries.about_clarification(key)

    def frame(self, shown: ClarificationShown) -> MatterFrame:
        """Return about what it is."""
        return self.framed(Text("事実確認", "Clarification"), shown.goods or shown.shop, f"{shown.number}")

    def given(self, shown: ClarificationShown, place: Where) -> Mapping[str, Any]:
        """Return it with what was done."""
        return {"page": shown, "past": past_of(self.about(shown.number), CLARIFICATION_ACTS)}

    def form(self, decision: Decision[Any], shown: ClarificationShown | None, actor: Actor) -> Form:
        """Return what a decision asks."""
        return answer_form(decision) if decision is ENTER else by_verb(decision)

    def initial(self, shown: ClarificationShown) -> Mapping[str, Any]:
        """Return on which state of it the forms are opened."""
        return {"version": shown.version}

    def prepare(self, decision: Decision[Any], shown: ClarificationShown) -> Prepare:
        """Return what makes the files of an answer ready, under the key that it is sealed with."""
        return filed(lambda given: queries.key_of(shown.number))


CLARIFICATIONS = ClarificationView()
