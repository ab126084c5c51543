"""Staff decide on a measure: a question a page beside the matter, only what the measure needs, checked whole at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse

from mamori.grammar.actor import STAFF
from mamori.grammar.declaration import Ground
from mamori.grammar.measure import Concerns, Measure, Reach
from mamori.grammar.text import Text
from mamori.ground.matters.page import MatterPage
from mamori.ground.web import decisions
from mamori.ground.web.access import open_to
from mamori.ground.web.forms import HouseForm, WordsField, choose
from mamori.ground.web.matterview import Where
from mamori.ground.web.once import once
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.steps import CHECK, Answers, Make, Question, Steps, plain, rows_of
from mamori.ground.web.wording import Row, localized, said, said_text
from mamori.japan import written
from mamori.law.grounds import MEASURE_GROUNDS
from mamori.law.measures import MEASURES, measure as measure_of
from mamori.rooms.enforcement import acts
from mamori.rooms.enforcement.findings import matter as findings
from mamori.rooms.enforcement.findings.decisions import OF_FINDINGS, DecisionShown
from mamori.rooms.enforcement.findings.matter import NotThere
from mamori.rooms.enforcement.findings.queries import matter_of
from mamori.rooms.enforcement.findings.views import FINDINGS, ToSellerForm, choice, reads_english
from mamori.rooms.enforcement.inputs import REASON
from mamori.rooms.enforcement.lifecycle import FindingState
from mamori.rooms.enforcement.measures.actions import deciding as actions
from mamori.rooms.enforcement.measures.actions.deciding import MOST_OF_DOCUMENT
from mamori.rooms.enforcement.measures.refusals import bound
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.enforcement.policy import records
from mamori.rooms.enforcement.policy.records import Judged, judge
from mamori.rooms.enforcement.policy.rules.table import Pair, pair_of
from mamori.rooms.enforcement.rules import bounds
from mamori.rooms.enforcement.rules.bounds import UNHEARD_TEXTS, Unheard

# What staff fill in to decide on a measure, a question a page: each asks only what the measure chosen before needs.


BY_TERMS = Text("規約の条項による", "A clause of the terms")
ANNOUNCED = Text("条項のとおり予告する", "It is announced as its clause says")
IN_ENGLISH = said("同じことを英語で", "The same in English")


class MeasureDaysForm(HouseForm):
    """For how long, within what the measure admits."""

    days = forms.IntegerField(label=said("日数", "Days"))

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert measure.days is not None, "only a measure that ends by itself is asked for its days"
        least, most = measure.days.least, measure.days.most
        field = self.fields["days"]
        field.help_text = localized(Text(f"{least}日から{most}日まで", f"from {least} to {most} days"))
        field.validators += [MinValueValidator(least), MaxValueValidator(most)]
        field.widget.attrs |= {"min": least, "max": most}


class BesideForm(HouseForm):
    """Which measure comes beside it, if any, and for how many days."""

    beside = forms.ChoiceField(
        label=said("あわせて行う措置", "Beside it"), widget=forms.RadioSelect, required=False
    )
    beside_days = forms.IntegerField(
        label=said("日数（空けておくと、上に書いた日数）", "Days (left empty: as above)"),
        required=False,
        min_value=1,
    )

    def __init__(self, *args: Any, possible: Mapping[Measure, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.possible = {one.code: (one, days) for one, days in possible.items()}
        titles = [(code, said_text(_for(one, days))) for code, (one, days) in self.possible.items()]
        choose(self, "beside", [("", said("なし", "none")), *titles])

    def clean(self) -> dict[str, Any]:
        """Take the days that are written beside the measure where none are named, and hold them against its bounds."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        one, usual = self.possible.get(given.get("beside", ""), (None, 0))
        days = (given.get("beside_days") or usual) if one and one.days else 0
        if one and one.days and not one.days.admits(days):
            least, most = one.days.least, one.days.most
            self.add_error(
                "beside_days", localized(Text(f"{least}日から{most}日まで", f"{least} to {most} days"))
            )
        return given | {"beside_days": days}


class OtherForm(ToSellerForm):
    """Why it is another measure, or other days, than the policy answers."""

    other = WordsField(rows=4, label=said("理由（出品者が読みます）", "Why (the seller reads it)"))
    other_en = WordsField(check=written.optional, rows=4, label=IN_ENGLISH)


class AmountForm(ToSellerForm):
    """How much money is held at most, and why so much."""

    amount = forms.IntegerField(
        label=said(
            "保留する額の上限（円。空けておくと全額）", "Hold at most, in yen (left empty: all of it)"
        ),
        min_value=0,
        max_value=bounds.MOST_YEN,
        required=False,
    )
    why_amount = WordsField(
        rows=4,
        label=said(
            "その額が必要で、より少なくできない理由（出品者が読みます）",
            "Why so much is needed, and why not less (the seller reads it)",
        ),
    )
    why_amount_en = WordsField(check=written.optional, rows=4, label=IN_ENGLISH)


class DocumentForm(HouseForm):
    """Which order or request is behind it."""

    document = forms.CharField(
        label=said("もとになる要請・命令の文書", "Order or request behind it"), max_length=MOST_OF_DOCUMENT
    )


class HindersForm(ToSellerForm):
    """How a repeated breach hinders the business."""

    hinders = WordsField(
        rows=4,
        label=said(
            "違反の繰り返しが運営にどう支障となるか（出品者が読みます）",
            "How the repeated breach hinders the business (the seller reads it)",
        ),
    )
    hinders_en = WordsField(check=written.optional, rows=4, label=IN_ENGLISH)


class MeasureReasonForm(HouseForm):
    """Why, for the record."""

    reason = WordsField(check=written.reasoned, label=said_text(REASON), rows=4)


def said_rows(**left: Text) -> Callable[[forms.BaseForm], Iterator[Row]]:
    """Return what says the answers of a form as lines; what was `left` empty means something, too."""

    def rows(form: forms.BaseForm) -> Iterator[Row]:
        for shown, row in zip(form.visible_fields(), rows_of(form), strict=True):
            yield row if row.value else replace(row, value=left.get(shown.name, ""))

    return rows


def _for(measure: Measure, days: int) -> Text:
    title = measure.title
    return Text(f"{title.ja}（{days}日）", f"{title.en} ({days} days)") if days else title


def _with(measure: Measure, points: int) -> Text:
    return Text(f"{measure.title.ja}（{points}点）", f"{measure.title.en} ({points} points)")


# What is decided about, and what the answers so far mean for it: which measures are offered, and what comes beside.


def deciding(shown: DecisionShown, finding: Finding, judged: Judged, *, in_english: bool) -> Deciding:
    """Look up what is decided about."""
    return Deciding(
        shown=shown,
        finding=finding,
        judged=judged,
        in_english=in_english,
        bound=bound(MEASURES, seller_ref=finding.seller_ref, found_at=finding.found_at, at=shown.actor.at),
        there=frozenset(one.code for one in MEASURES if _is_there(one, finding)),
        free=frozenset(one.code for one in MEASURES if actions.may_be_beside(one, finding)),
        is_up=actions.is_up(finding),
    )


def _is_there(one: Measure, finding: Finding) -> bool:
    needed = bounds.needed_target(one)
    is_named = not needed or bool(getattr(finding, needed))
    return is_named and actions.suits(one, finding) and actions.is_gone(one, finding) is False


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """What is decided about as it stands for this request, and what the answers so far mean for it.

    `bound` are the measures that a clause bears, `there` those that fit and whose target is there, `free` those that could come
    beside another, `is_up` whether what it is about is on offer: looked up once, however often it is asked.
    """

    shown: DecisionShown
    finding: Finding
    judged: Judged
    in_english: bool
    bound: frozenset[str]
    there: frozenset[str]
    free: frozenset[str]
    is_up: bool

    @property
    def may_deviate(self) -> bool:
        """Say whether its writer may decide otherwise than the policy answers."""
        return bounds.may_deviate(self.shown.actor.role)

    @property
    def is_bound(self) -> bool:
        """Say whether every clause binds this seller; where not, it is asked first whether the law is the ground."""
        return len(self.bound) == len(MEASURES)

    def possible(self, answers: Answers) -> dict[Measure, int]:
        """Return the measures that its writer may choose, each with the points that it and what comes beside it would bring."""
        policy, answer = records.version(self.judged.policy), self.judged.answer
        found = [one for one in MEASURES if self.may_deviate or one.code == answer.measure]
        return {
            one: policy.points_for(
                self.judged.situation, *(code for code, _ in self._with_answered(one, answers))
            )
            for one in found
            if one.code in self.there and self._is_borne(self._with_answered(one, answers), answers)
        }

    def _with_answered(self, one: Measure, answers: Answers) -> Pair:
        """Return a measure with what the policy answers beside it, where it answers that measure."""
        answer = self.judged.answer
        if one.code != answer.measure:
            return ((one.code, 0),)
        return answer.pair if answer.beside in self.free else answer.pair[:1]

    def _is_borne(self, pair: Pair, answers: Answers) -> bool:
        """Say whether a request by law, or the clauses bear it, and nothing that must not be on offer comes back."""
        if bounds.needs_document(merged(answers).get("ground", "")):
            return True
        is_bound = all(code in self.bound for code, _ in pair)
        return is_bound and not (
            self.is_up and bounds.comes_back(pair, self.finding.breach, Reach(self.finding.harm))
        )

    def besides(self, answers: Answers) -> dict[Measure, int]:
        """Return what may come beside the measure that was chosen, each with its days: as the policy answers, or as usual."""
        base, found, answer = self.measure(answers), self.judged.situation, self.judged.answer
        return {
            one: answer.beside_days if one.code == answer.beside else one.days.usual if one.days else 0
            for one in MEASURES
            if one.code in self.free
            and one.code != base.code
            and self._is_borne(((base.code, 0), (one.code, 0)), answers)
            and bounds.weighs_enough(
                one, found.breach, severity=found.severity, harm=found.harm, history=found.history
            )
        }

    def measure(self, answers: Answers) -> Measure:
        """Return the measure that was chosen."""
        return measure_of(answers["measure"]["measure"])

    def days(self, answers: Answers) -> int:
        """Return for how many days: as was answered, else as the policy answers."""
        if "days" in answers:
            return int(answers["days"]["days"])
        return self.judged.answer.days if self.measure(answers).days else 0

    def pair(self, answers: Answers) -> Pair:
        """Return what was chosen, and what comes beside it: as was answered, else as the policy answers."""
        base, given = self.measure(answers), answers.get("beside")
        if given is None:
            beside = dict(self._with_answered(base, answers)[1:])
            return ((base.code, self.days(answers)), *beside.items())
        return pair_of(base.code, self.days(answers), given["beside"], given["beside_days"] or 0)

    def kinds(self, answers: Answers) -> list[Measure]:
        """Return the measures that were chosen."""
        return [measure_of(code) for code, _ in self.pair(answers)]

    def may_add(self, answers: Answers) -> bool:
        """Say whether it is asked what comes beside: where the policy answers something, or a thing is taken down for good."""
        base, answer = self.measure(answers), self.judged.answer
        is_answered = base.code == answer.measure and bool(answer.beside)
        is_for_good = bool(bounds.needed_target(base)) and base.days is None
        return self.may_deviate and (is_answered or is_for_good) and bool(self.besides(answers))

    def is_other(self, answers: Answers) -> bool:
        """Say whether it is another measure, or other days, than the policy answers."""
        return actions.is_deviation(self.finding, self.judged, self.pair(answers))

    def is_unheard(self, answers: Answers) -> bool:
        """Say whether the seller was to be heard first, and was not."""
        was_asked = self.finding.state == FindingState.HEARING
        return self.finding.heard_at is None and (
            was_asked or any(one.hearing for one in self.kinds(answers))
        )

    def unheard(self, answers: Answers) -> Unheard | None:
        """Return why the seller was not heard."""
        return Unheard(answers["unheard"]["unheard"]) if "unheard" in answers else None

    def why_unheard(self, answers: Answers) -> tuple[Unheard, ...]:
        """Return for which reasons the seller may be heard afterwards; whether the law is named is asked next, if not before."""
        kinds, harm, role = self.kinds(answers), Reach(self.finding.harm), self.shown.actor.role
        ground = answers["ground"]["ground"] if "ground" in answers else MEASURE_GROUNDS[0].code
        return tuple(
            one
            for one in Unheard
            if all(bounds.may_skip_hearing(one, kind, harm=harm, ground=ground, role=role) for kind in kinds)
        )

    def needs_second(self, answers: Answers) -> bool:
        """Say whether another person has to approve it."""
        given, graver = merged(answers), bounds.is_graver(self.pair(answers), self.judged.answer)
        return any(
            bounds.needs_second(
                kind,
                graver=graver,
                unheard=self.unheard(answers),
                at_once=given.get("at_once", ""),
                ground=given.get("ground", ""),
            )
            for kind in self.kinds(answers)
        )


def merged(answers: Answers) -> dict[str, str]:
    """Return the answers of all pages by their fields."""
    return {name: value for given in answers.values() for name, value in given.items()}


DECIDE = next(one for one in OF_FINDINGS if one.slug == "decide")


@open_to(*STAFF)
def decide(request: Visit, number: str, case_page: str, step: str = "") -> HttpResponse:
    """Ask for a decision page by page, and make it."""
    back, actor = case_page.format(number=number), actor_of(request)
    matter = matter_of(actor, number)
    shown = DecisionShown(actor=actor, matter=matter)
    base = reverse("enforcement_staff:decide", args=(number,))
    if not DECIDE.is_open_to(actor.role, shown) and step != CHECK:
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
        version, actor = about.shown.matter.version, actor_of(request)

        def make() -> str:
            DECIDE.verb(actor, finding=about.finding.pk, version=version, **given)
            return f"{back}?done={DECIDE.slug}"

        return once(actor, token, make)

    def beside(request: Visit, step: str, answers: Answers) -> str:
        sections = FINDINGS.sections(about.shown, Where(about.shown.actor, case_page))
        drawn = decisions.draw_matter(MatterPage(sections=sections), request)
        return render_to_string("web/beside.html", {"matter": drawn}, request)

    def above(request: Visit, answers: Answers) -> str:
        shown = {
            "version": about.shown.matter.version,
            "last": acts.last_act(findings.about(about.finding)),
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
    by_law = _questions_of_ground(about)
    return (
        *(() if about.is_bound else by_law),
        *_questions_of_measure(about),
        Question(
            name="other",
            title=Text("なぜ基準の答えと別にするのですか", "Why other than the policy answers?"),
            form=_told(about, OtherForm),
            asked=about.is_other,
        ),
        Question(
            name="amount",
            title=Text("いくらまで保留しますか", "How much is held?"),
            form=_told(about, AmountForm),
            rows=said_rows(amount=bounds.ALL),
            asked=lambda answers: any(one.concerns is Concerns.MONEY for one in about.kinds(answers)),
        ),
        _question_of_hearing(about),
        *(by_law if about.is_bound else ()),
        *_questions_of_notice(about),
        Question(
            name="reason",
            title=Text("なぜそう決めますか", "Why do you decide so?"),
            form=plain(MeasureReasonForm),
            lead=Text("記録に残ります。", "It is kept in the record."),
        ),
    )


def _questions_of_measure(about: Deciding) -> tuple[Question, ...]:
    answer = about.judged.answer

    def days(data: QueryDict | None, request: Visit, answers: Answers) -> BaseForm:
        kind = about.measure(answers)
        usual = kind.days.usual if kind.days else 0
        first = answer.days if kind.code == answer.measure else usual
        return MeasureDaysForm(data, measure=kind, initial={"days": first})

    return (
        Question(
            name="measure",
            title=Text("どの措置にしますか", "Which measure?"),
            lead=_lead(about, about.possible({})),
            form=choice(
                "measure",
                Text("措置", "Measure"),
                lambda answers: [(one.code, _with(one, pts)) for one, pts in about.possible(answers).items()],
                first=answer.measure,
            ),
        ),
        Question(
            name="days",
            title=Text("何日のあいだですか", "For how many days?"),
            form=days,
            asked=lambda answers: about.may_deviate and about.measure(answers).days is not None,
        ),
        Question(
            name="beside",
            title=Text("あわせて行う措置はありますか", "Does a measure come beside it?"),
            form=lambda data, request, answers: BesideForm(
                data, possible=about.besides(answers), initial={"beside": about.judged.answer.beside}
            ),
            asked=about.may_add,
        ),
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
            form=choice(
                "at_once",
                Text("予告", "Announcement"),
                lambda answers: [("", ANNOUNCED), *((one.code, one.title) for one in grounds(answers))],
            ),
            rows=said_rows(at_once=ANNOUNCED),
            asked=lambda answers: about.may_deviate and bool(grounds(answers)),
        ),
        Question(
            name="hinders",
            title=Text("運営にどんな支障がありますか", "How does it hinder the business?"),
            form=_told(about, HindersForm),
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
        form=choice(
            "unheard",
            Text("意見を先に聴かない理由", "Why the seller is not heard first"),
            lambda answers: [(one.value, UNHEARD_TEXTS[one]) for one in about.why_unheard(answers)],
        ),
        asked=about.is_unheard,
    )


UNBOUND = Text(
    "この出品者には効力のない条項があります。その条項による措置は選べません。法令による要請があるときだけ、その根拠を選んでください。",
    "Some clauses do not bind this seller, and no measure can be chosen that rests on them. Name the law only where an authority "
    "has asked for it.",
)


def _questions_of_ground(about: Deciding) -> tuple[Question, ...]:
    def grounds(answers: Answers) -> Iterator[tuple[str, Text]]:
        """Yield a clause of the terms, or the law; the law alone where that is why nobody was heard."""
        if about.unheard(answers) is not Unheard.LAW:
            yield "", BY_TERMS
        yield from ((one.code, one.title) for one in MEASURE_GROUNDS)

    return (
        Question(
            name="ground",
            title=Text("何を根拠にしますか", "On what does it rest?"),
            lead=None if about.is_bound else UNBOUND,
            form=choice("ground", Text("根拠", "Ground"), grounds),
            rows=said_rows(ground=BY_TERMS),
        ),
        Question(
            name="document",
            title=Text("どの要請・命令によりますか", "Which order or request is behind it?"),
            lead=Text(
                "日付と番号か、証拠に加えたファイルの名前。出品者も読みます。",
                "Its date and number, or the name of a file in the evidence. The seller reads it.",
            ),
            form=plain(DocumentForm),
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


@open_to(*STAFF)
def statement(request: Visit, number: str, measure: int, case_page: str) -> HttpResponse:
    """Hand out the statement of a measure as JSON in the fields of Regulation (EU) 2022/2065's transparency database."""
    del case_page
    matter = matter_of(actor_of(request), number)
    given = next((one.statement for one in matter.measures if one.id == measure), None)
    if given is None:
        raise NotThere()
    answer = JsonResponse(given.dsa, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="statement-{number}-{measure}.json"'
    answer["Cache-Control"] = "private, no-store"
    return answer
