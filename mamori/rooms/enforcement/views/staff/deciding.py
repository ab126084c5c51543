"""Staff decide on a measure: a question a page beside the matter, only what the measure needs, checked whole at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse

from mamori.grammar.declaration import Ground
from mamori.grammar.hand import STAFF
from mamori.grammar.measure import Concerns, Measure
from mamori.grammar.text import Text
from mamori.ground.matters.page import MatterPage
from mamori.ground.web import matterpage
from mamori.ground.web.access import open_to
from mamori.ground.web.once import once
from mamori.ground.web.questions import Answers, Make, Question, plain
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.steps import CHECK, Steps
from mamori.rooms.enforcement import records, versions
from mamori.rooms.enforcement.decisions.findings import BY_SLUG, DecisionShown
from mamori.rooms.enforcement.judgement import judge
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.enforcement.queries.matter import matter_of
from mamori.rooms.enforcement.rules import bounds
from mamori.rooms.enforcement.rules.reasons import Unheard
from mamori.rooms.enforcement.views.staff import decisionforms as forms
from mamori.rooms.enforcement.views.staff.findingforms import reads_english
from mamori.rooms.enforcement.views.staff.panel import of_finding
from mamori.rooms.enforcement.views.staff.wished import Deciding, deciding, merged

DECIDE = BY_SLUG["decide"]


@open_to(*STAFF)
def decide(request: Visit, number: str, case_page: str, step: str = "") -> HttpResponse:
    """Ask for a decision page by page, and make it."""
    back, hand = case_page.format(number=number), hand_of(request)
    matter = matter_of(hand, number)
    shown = DecisionShown(hand=hand, matter=matter)
    base = reverse("enforcement_staff:decide", args=(number,))
    if not DECIDE.is_open_to(hand.role, shown) and step != CHECK:
        return HttpResponseRedirect(back)
    finding = Finding.objects.get(pk=matter.id)
    judged = judge(finding, request.received_at)
    about = deciding(shown, finding, judged, in_english=reads_english(finding.seller_ref))
    return _steps(about, back, case_page).page(request, step, base=base)


def _steps(about: Deciding, back: str, case_page: str) -> Steps:
    def send(request: Visit, answers: Answers, token: str) -> str:
        (_, days), *beside = about.pair(answers)
        code, beside_days = beside[0] if beside else ("", 0)
        given = merged(answers) | {"days": days, "beside": code, "beside_days": beside_days}
        version, hand = about.shown.matter.version, hand_of(request)

        def make() -> str:
            DECIDE.verb(hand, finding=about.finding.pk, version=version, **given)
            return f"{back}?done={DECIDE.slug}"

        return once(hand, token, make)

    def beside(request: Visit, step: str, answers: Answers) -> str:
        sections = of_finding(about.shown.hand, about.shown.matter, case_page=case_page)
        drawn = matterpage.draw(MatterPage(sections=tuple(sections)), request)
        return render_to_string("web/beside.html", {"matter": drawn}, request)

    def above(request: Visit, answers: Answers) -> str:
        shown = {
            "version": about.shown.matter.version,
            "last": versions.last_act(records.about(about.finding)),
            "answer": about.judged.answer,
            "is_other": about.is_other(answers),
            "needs_second": about.needs_second(answers),
        }
        return render_to_string("enforcement/staff/deciding.html", shown, request)

    return Steps(
        name="measure",
        title=DECIDE.title,
        questions=_questions(about),
        send=send,
        send_text=DECIDE.button,
        check_lead=Text(
            "決めると、出品者に理由を知らせます。もう一人の承認が要る措置は、承認のあとに知らせます。",
            "Decided, the seller is told why. What another person has to approve is told once that is done.",
        ),
        leave=back,
        wide=True,
        beside=beside,
        above=above,
    )


def _questions(about: Deciding) -> tuple[Question, ...]:
    """Return the questions about a measure in their order, those about special cases only where there is one."""
    answer = about.judged.answer

    def days(data: QueryDict | None, request: Visit, answers: Answers) -> BaseForm:
        kind = about.measure(answers)
        usual = kind.days.usual if kind.days else 0
        first = answer.days if kind.code == answer.measure else usual
        return forms.MeasureDaysForm(data, measure=kind, initial={"days": first})

    by_law = _questions_of_ground(about)
    return (
        *(() if about.is_bound else by_law),
        Question(
            name="measure",
            title=Text("どの措置にしますか", "Which measure?"),
            lead=_lead(about, about.possible({})),
            form=lambda data, request, answers: forms.MeasureForm(
                data, possible=about.possible(answers), initial={"measure": answer.measure}
            ),
        ),
        Question(
            name="days",
            title=Text("何日のあいだですか", "For how many days?"),
            form=days,
            asked=lambda answers: about.may_deviate and about.measure(answers).days is not None,
        ),
        _question_of_beside(about),
        Question(
            name="other",
            title=Text("なぜ基準の答えと別にするのですか", "Why other than the policy answers?"),
            form=_told(about, forms.OtherForm),
            asked=about.is_other,
        ),
        Question(
            name="amount",
            title=Text("いくらまで保留しますか", "How much is held?"),
            form=_told(about, forms.AmountForm),
            rows=forms.said_rows(amount=bounds.ALL),
            asked=lambda answers: any(one.concerns is Concerns.MONEY for one in about.kinds(answers)),
        ),
        _question_of_hearing(about),
        *(by_law if about.is_bound else ()),
        *_questions_of_notice(about),
        Question(
            name="reason",
            title=Text("なぜそう決めますか", "Why do you decide so?"),
            form=plain(forms.MeasureReasonForm),
            lead=Text("記録に残ります。", "It is kept in the record."),
        ),
    )


def _question_of_beside(about: Deciding) -> Question:
    return Question(
        name="beside",
        title=Text("あわせて行う措置はありますか", "Does a measure come beside it?"),
        form=lambda data, request, answers: forms.BesideForm(
            data, possible=about.besides(answers), initial={"beside": about.judged.answer.beside}
        ),
        asked=about.may_add,
    )


def _told(about: Deciding, form: Callable[..., BaseForm]) -> Make:
    """Return what makes a form whose words the seller reads."""
    return lambda data, request, answers: form(data, in_english=about.in_english)


def _questions_of_notice(about: Deciding) -> tuple[Question, ...]:
    def grounds(answers: Answers) -> list[Ground]:
        return [each for one in about.kinds(answers) for each in bounds.grounds_at_once(one)]

    return (
        Question(
            name="at-once",
            title=Text("予告してから始めますか", "Is it announced ahead?"),
            form=lambda data, request, answers: forms.AtOnceForm(data, grounds=grounds(answers)),
            rows=forms.said_rows(at_once=forms.ANNOUNCED),
            asked=lambda answers: about.may_deviate and bool(grounds(answers)),
        ),
        Question(
            name="hinders",
            title=Text("運営にどんな支障がありますか", "How does it hinder the business?"),
            form=_told(about, forms.HindersForm),
            asked=lambda answers: bounds.must_hinder(answers.get("at-once", {}).get("at_once", "")),
        ),
    )


def _question_of_hearing(about: Deciding) -> Question:
    return Question(
        name="unheard",
        title=Text("出品者の意見を先に聴かないのはなぜですか", "Why is the seller not heard first?"),
        lead=Text(
            "この件では、まだ意見を聴いていません。待てるときは、案件に戻って意見を聴いてください。",
            "Its view was not heard yet. If it can wait, please go back to the case and hear the seller.",
        ),
        form=lambda data, request, answers: forms.UnheardForm(data, because=about.why_unheard(answers)),
        asked=about.is_unheard,
    )


UNBOUND = Text(
    "この出品者には効力のない条項があります。その条項による措置は選べません。法令による要請があるときだけ、その根拠を選んでください。",
    "Some clauses do not bind this seller, and no measure can be chosen that rests on them. Name the law only where an authority "
    "has asked for it.",
)


def _questions_of_ground(about: Deciding) -> tuple[Question, ...]:
    return (
        Question(
            name="ground",
            title=Text("何を根拠にしますか", "On what does it rest?"),
            lead=None if about.is_bound else UNBOUND,
            form=lambda data, request, answers: forms.GroundForm(
                data, by_law=about.unheard(answers) is Unheard.LAW
            ),
            rows=forms.said_rows(ground=forms.BY_TERMS),
        ),
        Question(
            name="document",
            title=Text("どの要請・命令によりますか", "Which order or request is behind it?"),
            lead=Text(
                "日付と番号か、証拠に加えたファイルの名前。出品者も読みます。",
                "Its date and number, or the name of a file in the evidence. The seller reads it.",
            ),
            form=plain(forms.DocumentForm),
            asked=lambda answers: bounds.needs_document(answers["ground"]["ground"]),
        ),
    )


def _lead(about: Deciding, possible: Mapping[Measure, int]) -> Text:
    is_there = about.judged.answer.measure in {one.code for one in possible}
    if not is_there and not about.may_deviate:
        return Text(
            "基準の答えの措置は、いまはできません。別の措置は責任者か法務担当が決めます。",
            "What the policy answers is not possible now. A lead or counsel decides on another measure.",
        )
    if not is_there:
        return Text(
            "基準の答えの措置は、この件ではいまはできません。ほかの措置を選ぶか、案件に戻ってください。",
            "What the policy answers is not possible in this matter now. Choose another measure, or go back to the case.",
        )
    if not about.may_deviate:
        return Text(
            "基準の答えです。別の措置は責任者か法務担当が決めます。",
            "This is what the policy answers. A lead or counsel decides on another measure.",
        )
    return Text(
        "基準の答えが選ばれています。基準より軽い措置にすると、点数もその措置に見合うものまで下がります。"
        "重い措置にしても、基準の答えの点数を超えません。",
        "What the policy answers is chosen. A milder measure brings only the points that fit it, a graver one no more than the "
        "policy answers.",
    )
