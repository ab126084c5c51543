"""Staff record a finding and see it on the case page, with its files and one page for each decision about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.urls import reverse

from mamori.grammar.actor import STAFF, Actor
from mamori.grammar.measure import REACH_TEXTS, SEVERITY_TEXTS, Concerns, Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.market import facts as market
from mamori.ground.matters.decision import Decision, just_done
from mamori.ground.matters.page import MatterPage, OpenDecision, PagePart, Section
from mamori.ground.vault import actions as storing
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import Prepare, by_verb, filed
from mamori.ground.web.forms import FilesField, HouseForm, VersionForm, WordsField, choose, refuse, uploads_of
from mamori.ground.web.matterview import Form, MatterView, Where
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.steps import Answers, Make, Question, Steps, plain
from mamori.ground.web.wording import Row, localized, said, said_text
from mamori.japan import written
from mamori.japan.calendar import spoken
from mamori.law.breaches import OFFERED, breach, breach as breach_of
from mamori.rooms.enforcement import facts
from mamori.rooms.enforcement.clarifications.views import ClarifyForm, section_about
from mamori.rooms.enforcement.findings import actions, decisions as findings
from mamori.rooms.enforcement.findings.decisions import DecisionShown
from mamori.rooms.enforcement.findings.matter import NotThere, Subject
from mamori.rooms.enforcement.findings.queries import MatterShown, matter_of, pieces_of, unusual
from mamori.rooms.enforcement.inputs import REASON
from mamori.rooms.enforcement.lists import WAITING
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.enforcement.policy.records import judge
from mamori.rooms.enforcement.rules.bounds import DECIDERS, ENDED_TEXTS, Ended, Source

# What staff fill in to record a finding, a question a page: what is wrong is said where it is asked.


class SellerForm(HouseForm):
    """Whom a finding is about."""

    seller = forms.CharField(label=said("出品者の番号", "Seller"), max_length=64)

    def clean_seller(self) -> str:
        """Return the reference.

        :raises ValidationError: when nobody told of such a seller.
        """
        ref: str = self.cleaned_data["seller"]
        _let_pass(actions.must_be_sellers, Subject(seller=ref))
        return ref


class WeightForm(HouseForm):
    """How grave it is, and who was harmed."""

    severity = forms.TypedChoiceField(
        label=said("重さ", "Severity"), widget=forms.RadioSelect, coerce=Severity
    )
    harm = forms.TypedChoiceField(label=said("被害", "Harm"), widget=forms.RadioSelect, coerce=Reach)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "severity", [(one.value, said_text(text)) for one, text in SEVERITY_TEXTS.items()])
        choose(self, "harm", [(one.value, said_text(text)) for one, text in REACH_TEXTS.items()])


class AboutForm(HouseForm):
    """What of the seller's it is about: only what a measure against such a breach may touch, and the order."""

    listing = forms.CharField(label=said("商品の番号", "Listing"), max_length=64, required=False)
    category = forms.CharField(label=said("商品の分野", "Category"), max_length=64, required=False)
    review = forms.CharField(label=said("レビューの番号", "Review"), max_length=64, required=False)
    order = forms.CharField(label=said("注文番号", "Order"), max_length=64, required=False)

    def __init__(self, *args: Any, seller: str, breach: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seller = seller
        concerned = breach_of(breach).concerns
        for name, concerns in (
            ("listing", Concerns.LISTING),
            ("category", Concerns.CATEGORY),
            ("review", Concerns.REVIEW),
        ):
            if concerns not in concerned:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Hold each against the marketplace's records, and say it beside its field."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name, ref in list(given.items()):
            try:
                _let_pass(actions.must_be_sellers, Subject(seller=self.seller, **{name: ref}))
            except ValidationError as unknown:
                self.add_error(name, unknown)
        return given


class NoticedForm(HouseForm):
    """When it was noticed."""

    found_at = forms.DateTimeField(
        required=False,
        label=said("気づいた日時", "Noticed at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"),
    )

    def __init__(self, *args: Any, breach: str, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.breach, self.at = breach, at

    def clean_found_at(self) -> datetime | None:
        """Return the moment.

        :raises ValidationError: when it has not come yet, or was too long ago.
        """
        moment: datetime | None = self.cleaned_data["found_at"]
        _let_pass(actions.must_be_there, self.breach, moment, self.at)
        return moment


NEEDS_ENGLISH = said(
    "この出品者は日本語以外で読みます。英語でもお書きください。",
    "This seller does not read Japanese best. Please write it in English too.",
)


class ToSellerForm(HouseForm):
    """Words that the seller reads: what ends in “_en” is asked, and owed, where English is what it reads."""

    def __init__(self, *args: Any, in_english: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.english = [name for name in self.fields if name.endswith("_en")]
        for name in () if in_english else self.english:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Ask for the English words where they are needed and missing."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.english:
            if name in self.fields and not given.get(name):
                self.add_error(name, NEEDS_ENGLISH)
        return given


class FactsForm(ToSellerForm):
    """What happened, in words that the seller reads."""

    facts = WordsField(label=said("事実（出品者が読みます）", "Facts (the seller reads them)"), rows=6)
    facts_en = WordsField(
        check=written.optional,
        rows=5,
        label=said(
            "英語での事実（英語で読む出品者のために）", "Facts in English, for a seller who reads English"
        ),
    )


def reads_english(seller_ref: str) -> bool:
    """Say whether a seller reads another language than Japanese."""
    seller = market.seller(seller_ref)
    return seller is not None and seller.lang[:2] not in ("", "ja")


def _let_pass(rule: Callable[..., None], *given: object) -> None:
    """Say beside its field what the verb would refuse."""
    try:
        rule(*given)
    except Refusal as refusal:
        raise ValidationError(localized(refusal.sentence), code=refusal.code) from None


# Staff record a finding: a question a page, only what the answers before ask for, all of it to be checked at the end.


NOW = Text("いま（記録したとき）", "now, as it is recorded")


def _given(request: Visit) -> dict[str, dict[str, list[str]]]:
    """Begin with the seller that a link names."""
    seller = request.GET.get("seller", "")[:64]
    return {"seller": {"seller": [seller]}} if seller else {}


def choice(
    name: str, label: Text, offered: Callable[[Answers], Iterable[tuple[str, Text]]], *, first: str = ""
) -> Make:
    """Return what makes a form that asks for one of what is offered by the answers before; where "" is, none may be chosen."""

    def make(data: QueryDict | None, request: Visit, answers: Answers) -> BaseForm:
        choices = {code: said_text(text) for code, text in offered(answers)}
        asked = forms.ChoiceField(
            label=said_text(label),
            choices=[*choices.items()],
            widget=forms.RadioSelect,
            required="" not in choices,
        )
        made: HouseForm = type("ChoiceForm", (HouseForm,), {name: asked})(data, initial={name: first})
        return made

    return make


def _noticed_row(form: BaseForm) -> Iterator[Row]:
    moment = form.cleaned_data["found_at"]
    yield Row(label=str(form["found_at"].label), value=spoken(moment) if moment else NOW)


def _send(case_page: str, request: Visit, answers: Answers, token: str) -> str:
    """Take the finding in; the same form sent twice is one finding."""
    facts = answers["facts"]["facts"]
    finding = actions.find(
        actor_of(request),
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
        form=plain(SellerForm),
    ),
    Question(
        name="breach",
        title=Text("どんな違反の疑いですか", "What kind of breach?"),
        form=choice(
            "breach",
            Text("違反の種類", "Kind of breach"),
            lambda answers: [(one.code, one.title) for one in OFFERED],
        ),
    ),
    Question(
        name="weight", title=Text("どれくらい重い疑いですか", "How grave is it?"), form=plain(WeightForm)
    ),
    Question(
        name="about",
        title=Text("何についての疑いですか", "What is it about?"),
        lead=Text(
            "商品などへの措置は、ここに書いたものだけにできます。どれも空けておけます。",
            "A measure can touch only what is named here. Any of it may stay empty.",
        ),
        form=lambda data, request, answers: AboutForm(
            data, seller=answers["seller"]["seller"], breach=answers["breach"]["breach"]
        ),
    ),
    Question(
        name="noticed",
        title=Text("いつ気づきましたか", "When was it noticed?"),
        lead=Text("空けておくと、今になります。", "Left empty, it is now."),
        form=lambda data, request, answers: NoticedForm(
            data, breach=answers["breach"]["breach"], at=request.received_at
        ),
        rows=_noticed_row,
    ),
    Question(
        name="facts",
        title=Text("何がありましたか", "What happened?"),
        lead=Text(
            "出品者が読みます。購入者の文章や連絡先を写さないでください。",
            "The seller reads it. Please do not copy what a buyer wrote, nor contact details.",
        ),
        form=lambda data, request, answers: FactsForm(
            data, in_english=reads_english(answers["seller"]["seller"])
        ),
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


def ready(
    actor: Actor, seller_ref: str, files: Iterable[UploadedFile[Any]]
) -> AbstractContextManager[storing.Ready]:
    """Make the files of a form ready around its transaction; they are sealed with the seller's key, whoever brings them."""
    return storing.ready_files(actor, uploads_of(files, at=actor.at), subject=f"seller:{seller_ref}")


def take(
    form: HouseForm, do: Callable[[dict[str, Any]], str], version: Callable[[], int] | None = None
) -> str | int:
    """Do what a form of a page asks and return where that leads, else the status of the page that shows it again.

    `version` is how what the form was opened on stands after a refusal.
    """
    if not form.is_valid():
        return 422
    try:
        return do(form.cleaned_data)
    except NotThere:
        raise
    except Refusal as refusal:
        return refuse(form, refusal, version=version() if version else 0)


# What sellers and staff fill in: the same sentences as the actions give, beside what was typed.


class WordsForm(HouseForm):
    """What a seller writes, with files where there are any."""

    said = WordsField(label=said("ご意見", "Your view"))
    attached = FilesField(required=False)


class ViewForm(VersionForm, WordsForm):
    """A seller's view, or what it writes to an appeal that is under way."""


class CuredForm(VersionForm):
    """That a seller has put it right."""

    said = WordsField(check=written.optional, rows=3, label=said("どう直したか", "How it was put right"))


class GoodsCuredForm(VersionForm):
    """That goods were seen to be put right, and how and when those who bought them were told."""

    reason = WordsField(check=written.reasoned, label=said_text(REASON), rows=3)
    buyers_told = WordsField(
        rows=3,
        label=said(
            "購入した人に、だれがどうやって知らせたか（だれも買っていないときは、そう書きます）",
            "Who told those who bought, and how (where nobody bought, write so)",
        ),
    )
    told_on = forms.DateField(
        label=said("知らせた日", "On which day"), widget=forms.DateInput(attrs={"type": "date"})
    )


class EvidenceForm(VersionForm):
    """Files that a finding rests on."""

    attached = FilesField()

    def clean_attached(self) -> list[UploadedFile[Any]]:
        """Return the files that came.

        :raises ValidationError: when none did.
        """
        files: list[UploadedFile[Any]] = self.cleaned_data["attached"]
        if not files:
            raise ValidationError(self.fields["attached"].error_messages["required"], code="required")
        return files


class LiftForm(VersionForm):
    """Why a measure ends before its time."""

    because = forms.TypedChoiceField(
        label=said("終える理由", "Why it ends"), widget=forms.RadioSelect, coerce=Ended
    )
    reason = WordsField(check=written.reasoned, label=said_text(REASON), rows=3)

    def __init__(self, *args: Any, endings: tuple[Ended, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "because", [(one.value, said_text(ENDED_TEXTS[one])) for one in endings])


# A finding on the desk's page of its case: what is alleged, the seller's record, what the policy answers, what can be done.


class FindingView(MatterView[DecisionShown]):
    """A finding on the page of its case, with what can be decided about it and about each of its measures."""

    app, name, one_at = "enforcement_staff", "", "cases/<str:number>/enforcement/"
    absent, is_panel, parts = NotThere, True, (PagePart.HISTORY, PagePart.FACTS, PagePart.FILE)
    decisions, decide_template = findings.OF_FINDINGS, "enforcement/staff/decision.html"
    apart = ("decide",)

    def read(self, place: Where, number: Any) -> DecisionShown:
        """Return one as its reader may know it."""
        return DecisionShown(actor=place.actor, matter=matter_of(place.actor, number))

    def key(self, shown: DecisionShown, number: Any) -> int:
        """Return the id of the measure that it is about, else of the finding."""
        return shown.measure.id if shown.measure else shown.matter.id

    def about(self, key: int) -> str:
        """Return the name under which acts know a finding."""
        return f"enforcement.finding:{key}"

    def sections(self, shown: DecisionShown, place: Where) -> tuple[Section, ...]:
        """Return what is alleged and, while that is open, what the policy answers and what a measure would touch."""
        actor, matter = place.actor, shown.matter
        finding = None if matter.closed_at else Finding.objects.get(pk=matter.id)
        judged = judge(finding, actor.at) if finding else None
        given = {
            "listing": market.listing(matter.listing_ref) if matter.listing_ref else None,
            "judged": judged,
            "unusual": unusual(finding) if finding else (),
            "touched": market.counts(matter.seller_ref, at=actor.at) if judged else None,
        }
        facts = sections_of("facts", actor, matter.seller_ref, given | alleged(matter, place.case_page))
        return (*facts, section_about(actor, self.about(matter.id)))

    def form(self, decision: Decision[Any], shown: DecisionShown | None, actor: Actor) -> Form:
        """Return what a decision asks: what is possible depends on the measure, or files are brought."""
        if decision.slug == "lift" and shown and shown.measure:
            return partial(LiftForm, endings=shown.measure.endings)
        if decision.slug == "cured" and shown and breach(shown.matter.breach).of_goods:
            return GoodsCuredForm
        by_hand: dict[str, Form] = {"evidence": EvidenceForm, "clarify": ClarifyForm}
        return by_hand.get(decision.slug) or by_verb(decision)

    def initial(self, shown: DecisionShown) -> Mapping[str, Any]:
        """Return on which state of the finding the forms are opened."""
        return {"version": shown.matter.version}

    def prepare(self, decision: Decision[Any], shown: DecisionShown) -> Prepare:
        """Return what makes files ready, under the seller's key."""
        return filed(lambda given: f"seller:{shown.matter.seller_ref}", name="ready")

    def offered(
        self, shown: DecisionShown, number: Any, actor: Actor, *, of: Text | None = None
    ) -> tuple[OpenDecision, ...]:
        """Return what can be decided, of a finding with what can be about its measures."""
        found = super().offered(shown, number, actor, of=of)
        for one in () if shown.measure else shown.matter.measures:
            found += MEASURES.offered(replace(shown, measure=one), (number, one.id), actor, of=one.title)
        return found

    def shown_at(self, request: Visit, shown: DecisionShown, number: Any, place: Where) -> MatterPage:
        """Return the page; it also says that the finding was recorded, or what was done about a measure."""
        page, asked = super().shown_at(request, shown, number, place), place.asked.get("done", "")
        done = page.done or just_done(place.actor, self.about(shown.matter.id), findings.DONE.get(asked))
        return replace(page, done=done)


class MeasureView(FindingView):
    """What is decided about a measure, on pages below its case, and the measures that the marketplace has not confirmed."""

    name, one_at = "measure", "cases/<str:number>/enforcement/<int:measure>/"
    at, home, roles, decisions = "measures/", "waiting", STAFF, findings.OF_MEASURES
    listed, list_template = WAITING, "enforcement/staff/waiting.html"

    def read(self, place: Where, number: Any) -> DecisionShown:
        """Return one with the finding that it answers."""
        shown = super().read(place, number[0])
        measure = next((one for one in shown.matter.measures if one.id == number[1]), None)
        if measure is None:
            raise NotThere()
        return replace(shown, measure=measure)

    def list_more(self, request: Visit) -> Mapping[str, Any]:
        """Return whether its reader sees how promptly measures were taken."""
        return {"is_lead": actor_of(request).role in DECIDERS}


FINDINGS, MEASURES = FindingView(), MeasureView()


def alleged(matter: MatterShown, case_page: str) -> dict[str, Any]:
    """Return what is shown of a finding, also beside an appeal against what was decided."""
    return {
        "matter": matter,
        "pieces": [(one, case_page.format(number=one.case)) for one in pieces_of(matter.id)],
        "files_at": files_at(matter.number, case_page),
    }


def files_at(number: str, case_page: str) -> str:
    """Return below which address the files of a case are: a page beside a decision stands deeper than the case's."""
    return f"{case_page.format(number=number)}enforcement/"


def sections_of(template: str, actor: Actor, seller_ref: str, shown: dict[str, Any]) -> tuple[Section, ...]:
    """Return the seller's record, and the facts drawn by that template."""
    record = {"record": facts.record(seller_ref, at=actor.at)}
    return (
        Section(part=PagePart.HISTORY, template="enforcement/staff/history.html", shown=record),
        Section(part=PagePart.FACTS, template=f"enforcement/staff/{template}.html", shown=shown),
    )
