"""Staff record a finding: a question a page, only what the answers before ask for, all of it to be checked at the end."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.urls import reverse

from mamori.grammar.hand import STAFF
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.market import facts as market
from mamori.ground.web.access import open_to
from mamori.ground.web.parts import Row
from mamori.ground.web.questions import Answers, Question, plain
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.steps import Steps
from mamori.japan.spoken import spoken
from mamori.rooms.enforcement import actions
from mamori.rooms.enforcement.rules.reasons import Source
from mamori.rooms.enforcement.subject import Subject
from mamori.rooms.enforcement.views.staff import findingforms as forms

NOW = Text("いま（記録したとき）", "now, as it is recorded")


def _given(request: Visit) -> dict[str, dict[str, list[str]]]:
    """Begin with the seller that a link names."""
    seller = request.GET.get("seller", "")[:64]
    return {"seller": {"seller": [seller]}} if seller else {}


def _about(data: QueryDict | None, request: Visit, answers: Answers) -> BaseForm:
    return forms.AboutForm(data, seller=answers["seller"]["seller"], breach=answers["breach"]["breach"])


def _noticed(data: QueryDict | None, request: Visit, answers: Answers) -> BaseForm:
    return forms.NoticedForm(data, breach=answers["breach"]["breach"], at=request.received_at)


def _facts(data: QueryDict | None, request: Visit, answers: Answers) -> BaseForm:
    return forms.FactsForm(data, seller=answers["seller"]["seller"])


def _noticed_row(form: BaseForm) -> Iterator[Row]:
    moment = form.cleaned_data["found_at"]
    yield Row(label=str(form["found_at"].label), value=spoken(moment) if moment else NOW)


def _send(case_page: str, request: Visit, answers: Answers, token: str) -> str:
    """Take the finding in; the same form sent twice is one finding."""
    facts = answers["facts"]["facts"]
    finding = actions.find(
        hand_of(request),
        breach=answers["breach"]["breach"],
        severity=answers["weight"]["severity"],
        harm=answers["weight"]["harm"],
        subject=Subject(seller=answers["seller"]["seller"], **answers["about"]),
        facts=(Text(facts, answers["facts"].get("facts_en") or facts),),
        origin=f"staff:{token.replace('-', '')}",
        source=Source.STAFF,
        found_at=answers["noticed"]["found_at"],
    )
    number = cases.case_of(f"enforcement.finding:{finding}").number
    return f"{case_page.format(number=number)}?done=found"


QUESTIONS = (
    Question(
        name="seller",
        title=Text("どの出品者ですか", "Which seller?"),
        lead=Text("通販サイトでの出品者の番号です。", "Its number at the marketplace."),
        form=plain(forms.SellerForm),
    ),
    Question(
        name="breach",
        title=Text("どんな違反の疑いですか", "What kind of breach?"),
        form=plain(forms.BreachForm),
    ),
    Question(
        name="weight",
        title=Text("どれくらい重い疑いですか", "How grave is it?"),
        form=plain(forms.WeightForm),
    ),
    Question(
        name="about",
        title=Text("何についての疑いですか", "What is it about?"),
        lead=Text(
            "商品などへの措置は、ここに書いたものだけにできます。どれも空けておけます。",
            "A measure can touch only what is named here. Any of it may stay empty.",
        ),
        form=_about,
    ),
    Question(
        name="noticed",
        title=Text("いつ気づきましたか", "When was it noticed?"),
        lead=Text("空けておくと、今になります。", "Left empty, it is now."),
        form=_noticed,
        rows=_noticed_row,
    ),
    Question(
        name="facts",
        title=Text("何がありましたか", "What happened?"),
        lead=Text(
            "出品者が読みます。購入者の文章や連絡先を写さないでください。",
            "The seller reads it. Please do not copy what a buyer wrote, nor contact details.",
        ),
        form=_facts,
    ),
)


@open_to(*STAFF)
def find(request: Visit, case_page: str, step: str = "") -> HttpResponse:
    """Take in a finding that a member of staff made."""
    steps = Steps(
        name="finding",
        title=_title(request.GET.get("seller", "")),
        questions=QUESTIONS,
        send=partial(_send, case_page),
        given=_given,
        send_text=Text("記録する", "Record it"),
        check_lead=Text(
            "ここで決まることはありません。出品者の意見を聴いてから、人が判断します。",
            "Nothing is decided here: a person decides after hearing the seller.",
        ),
        leave=reverse("enforcement_staff:waiting"),
    )
    return steps.page(request, step, base=reverse("enforcement_staff:find"))


def _title(ref: str) -> Text:
    """Say about which seller it is where a link named one."""
    title = Text("違反の疑いを記録する", "Record a finding")
    if market.seller(ref) is None:
        return title
    return Text("{title}：出品者 {ref}", "{title}: seller {ref}").fill(title=title, ref=ref)
