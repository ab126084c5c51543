"""Pages on which leads and counsel enter inquiries and decide on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from mamori.grammar.actor import Actor
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.inputs import inputs_of
from mamori.ground.matters.page import PagePart
from mamori.ground.matters.readinglist import Filter, ListColumn, ReadingList, Written, by_state
from mamori.ground.people import facts as people
from mamori.ground.web.decisions import MatterFrame, by_verb
from mamori.ground.web.forms import DayField, HouseForm, VersionForm, WordsField, choose
from mamori.ground.web.matterview import Form, MatterView, Where
from mamori.ground.web.signs import Visit
from mamori.ground.web.wording import said, said_text
from mamori.japan import written
from mamori.japan.calendar import JAPAN
from mamori.law.inquiries import HeldKind, InquiryKind, listed as in_words
from mamori.rooms.disclosure.inquiries import actions, queries
from mamori.rooms.disclosure.inquiries.queries import InquiryShown, NoSuchInquiry, paper_of, state_text
from mamori.rooms.disclosure.inquiries.rules import BY_OTHERS, InquiryPaper, deciders_of
from mamori.rooms.disclosure.lifecycle import DECIDERS, INQUIRY, InquiryState
from mamori.rooms.disclosure.models import Inquiry

# What leads and counsel decide about an inquiry, each declared once.


PROPOSED = Text("提案しました。別の人の確認を待ちます。", "It was proposed. Another person has to agree.")
REFUSED = Text("渡さないと決めました。", "It was decided to give nothing.")
PASSED = Text("回したと記録しました。", "It was passed on.")


def _others(page: InquiryShown) -> Text | None:
    return None if page.is_mine else BY_OTHERS.fill(roles=deciders_of(page.kind))


def _cannot_offer(page: InquiryShown) -> Text | None:
    return _others(page) or page.before


def _cannot_agree(page: InquiryShown) -> Text | None:
    return None if page.may_agree else actions.InquiryNeedsAnother.text


def _decision(
    slug: str,
    title: Text,
    done: dict[str, Text],
    verb: Callable[..., object],
    *states: InquiryState,
    is_there: Callable[[InquiryShown], bool] = lambda page: True,
    **more: Any,
) -> Decision[InquiryShown]:
    return Decision(
        slug=slug,
        title=title,
        done=done,
        verb=verb,
        roles=DECIDERS,
        is_there=lambda page: page.state in states and is_there(page),
        **more,
    )


ENTER = Decision[None](
    slug="enter",
    title=Text("届いた照会を記録する", "Enter an inquiry that came"),
    lead=Text(
        "根拠がわからないときは、いちばん近いものを選び、内容の欄に書いてください。記録しただけでは、だれにも知らされません。"
        "終わるまで、対象の人の消去は止まります。",
        "Where the ground is unclear choose the nearest and say so below. Entering it tells nobody. Whom it is about is not "
        "erased until it is over.",
    ),
    button=Text("記録する", "Enter it"),
    done={
        "enter": Text("記録しました。一覧のいちばん上にあります。", "It was entered, at the top of the list.")
    },
    verb=actions.enter_inquiry,
    roles=DECIDERS,
)
CORRECT = _decision(
    "correct",
    Text("記録を直す", "Correct what was entered"),
    {"correct": Text("直しました。", "It was corrected.")},
    actions.correct_inquiry,
    InquiryState.ENTERED,
    closed=_others,
)
SEE = _decision(
    "see",
    Text("先にすることを済ませたと記録する", "Note that what comes first was seen to"),
    {"see": Text("記録しました。", "It was noted.")},
    actions.see_first,
    InquiryState.ENTERED,
    is_there=lambda page: page.rule.first is not None and not page.is_seen,
)
OFFER = _decision(
    "offer",
    Text("渡すことを提案する", "Propose to give"),
    {"offer": PROPOSED},
    actions.offer_inquiry,
    InquiryState.ENTERED,
    closed=_cannot_offer,
)
REFUSE = _decision(
    "refuse",
    Text("渡さない", "Give nothing"),
    {"refuse": REFUSED, "propose_refusal": PROPOSED},
    actions.refuse_inquiry,
    InquiryState.ENTERED,
    lead=Text(
        "強制の求めでは提案になり、別の人の確認を待ちます。",
        "Where it is compulsory another person has to agree.",
    ),
    closed=_others,
)
PASS = _decision(
    "pass",
    Text("ほかの手続きに回す", "Pass it on"),
    {"pass_on": PASSED, "propose_passing": PROPOSED},
    actions.pass_inquiry,
    InquiryState.ENTERED,
    lead=Text(
        "消去の停止、購入者の開示請求、権利者の申出などに当たるとき。強制の求めでは提案になり、別の人の確認を待ちます。",
        "A hold, a buyer's request, a notice of rights. Where it is compulsory another person has to agree.",
    ),
    closed=_others,
)
AGREE = _decision(
    "agree",
    Text("提案に同意する", "Agree to what is proposed"),
    {
        "give": Text(
            "渡すと決めました。渡したら記録してください。",
            "It was decided to give it: note when it was handed over.",
        ),
        "obey_alone": Text(
            "一人で渡すと決めました。記録に残ります。", "You decided alone to give it, which is kept."
        ),
        "refuse": REFUSED,
        "pass_on": PASSED,
    },
    actions.agree_inquiry,
    InquiryState.WAITING,
    closed=_cannot_agree,
    step_up=True,
)
BACK = _decision(
    "back",
    Text("提案・決定を戻す", "Send it back"),
    {"take_back": Text("戻しました。", "It was sent back.")},
    actions.take_back_inquiry,
    InquiryState.WAITING,
    InquiryState.DECIDED,
)
HAND_OVER = _decision(
    "handover",
    Text("渡した・したと記録する", "Note that it was handed over or done"),
    {"hand_over": Text("記録し、照会を終えました。", "It was noted, and the inquiry is over.")},
    actions.hand_over_inquiry,
    InquiryState.DECIDED,
)
DECISIONS = (SEE, OFFER, REFUSE, PASS, CORRECT, AGREE, HAND_OVER, BACK)


# The forms of inquiries: what came, as its paper says it, and what of it is given.


PARTY = regex(r"(?:buyer|seller):[!-~]{1,64}")
FIRST, LAST = date(2026, 1, 1), date(2046, 12, 31)


def _kept(label: Text, kinds: Sequence[HeldKind]) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=said_text(label),
        coerce=HeldKind,
        choices=[(one.value, said_text(one.text)) for one in kinds],
        widget=forms.CheckboxSelectMultiple,
    )


def _why(label: Text) -> WordsField:
    return WordsField(label=said_text(label), check=written.reasoned, most=500, rows=4)


class InquiryForm(HouseForm):
    """An inquiry as its paper says it."""

    kind = forms.TypedChoiceField(
        label=said("照会の根拠", "On which ground?"),
        coerce=InquiryKind,
        choices=[(one.value, said_text(one.text)) for one in InquiryKind],
        widget=forms.RadioSelect,
    )
    by = forms.CharField(label=said("照会した機関・人", "Who asks"), max_length=200)
    paper = forms.CharField(label=said("文書の番号と日付", "Number and date of its paper"), max_length=200)
    asked = _kept(Text("求められているもの", "What is asked for"), tuple(HeldKind))
    scope = WordsField(
        label=said(
            "範囲（だれの、いつからいつまでの、どの記録か）", "Its scope: whose, of which time, which records"
        ),
        rows=3,
        most=1_000,
    )
    parties = forms.CharField(
        label=said(
            "だれについてか（buyer:… seller:… を空白で区切る）", "About whom (buyer:… seller:…, by spaces)"
        ),
        help_text=said(
            "まだわからないときは空のまま。渡すことを提案するまでに「記録を直す」で書きます。",
            "Leave it empty while it is not known; it is needed before anything is given.",
        ),
        required=False,
        max_length=2_000,
    )
    due_on = DayField(
        label=said("書面にある期限の日", "The day by which the paper asks"),
        first=FIRST,
        last=LAST,
        required=False,
    )
    silent = forms.BooleanField(
        label=said(
            "書面が、受けたことを漏らさないよう求めている", "The paper asks that nobody be told of it"
        ),
        required=False,
    )
    silent_until = DayField(
        label=said("漏らさない期間の終わりの日", "The last day of that silence"),
        help_text=said("書かれていなければ空のまま。", "Leave it empty where none is named."),
        first=FIRST,
        last=LAST,
        required=False,
    )
    words = WordsField(label=said("内容", "What it says"), check=written.optional, rows=6, most=4_000)

    def clean_parties(self) -> list[str]:
        """Return the references, each of a buyer or a seller.

        :raises ValidationError: when one is none.
        """
        refs: list[str] = self.cleaned_data["parties"].split()
        if any(not PARTY.fullmatch(one) for one in refs):
            sentence = said(
                "buyer:B-1、seller:S-1 の形でご記入ください。", "Please write buyer:B-1 or seller:S-1."
            )
            raise ValidationError(sentence, code="party")
        return refs

    def clean(self) -> dict[str, Any]:
        """Return what the verb asks: the paper as one value, and the rest."""
        found = super().clean() or self.cleaned_data
        if self.errors:
            return found
        given = {name: found[name] for name in InquiryForm.base_fields}
        given |= {"asked": tuple(given["asked"]), "parties": tuple(given["parties"])}
        more = {name: value for name, value in found.items() if name not in given}
        return {"told": InquiryPaper(**given), **more}


class EnterInquiryForm(InquiryForm):
    """The same as it came, and that it is another paper than one of the same number."""

    another = forms.BooleanField(
        label=said(
            "これは別の文書（同じ番号のものが、すでに記録されている）",
            "This is another paper of the same number",
        ),
        required=False,
    )


class CorrectForm(VersionForm, InquiryForm):
    """The same, corrected, and why."""

    reason = _why(Text("直す理由（記録に残ります）", "Why it is corrected (kept in the record)"))


class OfferForm(VersionForm):
    """What of it is given, and why."""

    items = _kept(Text("渡すもの・応じるもの", "What is given or done"), tuple(HeldKind))
    reason = _why(inputs_of(actions.offer_inquiry)["reason"][1].label)

    def __init__(self, *args: Any, may: Sequence[HeldKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "items", [(one.value, said_text(one.text)) for one in may])


# The register: every inquiry, the newest first.


@dataclass(frozen=True, slots=True)
class InquiryRow:
    """An inquiry in the register: its paper, how it stands, about whom, what was asked and given, and who decided."""

    row: Inquiry
    told: InquiryPaper
    state: Text
    parties: str
    asked: Text
    given: Text | None
    decided_by: str


def inquiry_rows(rows: Sequence[Inquiry], actor: Actor) -> list[InquiryRow]:
    """Return what the register tells of these inquiries."""
    names = people.names()
    return [
        InquiryRow(
            row,
            paper_of(row),
            state_text(InquiryKind(row.kind), InquiryState(row.state)),
            " ".join(row.parties),
            in_words(row.asked),
            in_words(row.given) if row.given else None,
            people.called(row.decided_by, names),
        )
        for row in rows
    ]


def _about_party(rows: QuerySet[Inquiry], actor: Actor, value: str) -> QuerySet[Inquiry]:
    """Narrow to those about a person; what lies as JSON no two databases look up alike, and a register is short."""
    found = [number for number, parties in rows.values_list("pk", "parties") if value in parties]
    return rows.filter(pk__in=found)


def _words(title: Text, value: str, *beneath: ListColumn, called: bool = False) -> ListColumn:
    written = Written.CALLED if called else Written.WORDS
    return ListColumn(title=title, value=value, written=written, beneath=beneath)


INQUIRY_LIST: ReadingList[InquiryRow] = ReadingList(
    slug="inquiries",
    title=Text("情報の照会", "Inquiries"),
    lead=Text(
        "警察・裁判所・弁護士会・税務署・権利者・本人などからの照会の台帳です。責任者と法務担当だけが見ます。",
        "The register of inquiries by police, courts, the bar, tax offices, rights holders and persons themselves. Leads and "
        "counsel alone read it.",
    ),
    empty=Text("照会はありません", "No inquiry has come"),
    roles=DECIDERS,
    rows=lambda actor: Inquiry.objects.all(),
    order=("-id",),
    read=inquiry_rows,
    columns=(
        ListColumn(
            title=Text("受付番号", "Number"),
            value="row.pk",
            written=Written.NUMBER,
            to="row.pk",
            at="disclosure_staff:inquiry",
        ),
        _words(Text("根拠", "Ground"), "told.kind.text", _words(Text("状態", "State"), "state")),
        _words(
            Text("照会した機関・人", "Who asks"),
            "told.by",
            _words(Text("文書", "Paper"), "told.paper", called=True),
            called=True,
        ),
        _words(Text("だれについて", "About whom"), "parties", called=True),
        _words(Text("求められたもの", "Asked for"), "asked", _words(Text("渡したもの", "Given"), "given")),
        _words(Text("決めた人", "Decided by"), "decided_by", called=True),
        ListColumn(title=Text("書面の期限", "Due by the paper"), value="row.due_on"),
        ListColumn(
            title=Text("届いた日時", "Came"),
            value="row.entered_at",
            written=Written.MOMENT,
            beneath=(
                ListColumn(
                    title=Text("終えた日時", "Ended"), value="row.closed_at", written=Written.MOMENT, led=True
                ),
            ),
        ),
    ),
    filters=(
        Filter(
            name="kind",
            title=Text("根拠", "Ground"),
            choices={one.value: one.text for one in InquiryKind},
            narrow=lambda rows, actor, value: rows.filter(kind=value),
        ),
        by_state(INQUIRY),
        Filter(name="party", title=Text("だれについて", "About whom"), narrow=_about_party),
        Filter(
            name="month",
            title=Text("届いた月", "Month"),
            monthly=True,
            narrow=lambda rows, actor, value: rows.filter(
                entered_at__gte=value.since, entered_at__lt=value.until
            ),
        ),
    ),
)


class InquiryView(MatterView[InquiryShown]):
    """An inquiry: what may be given on its ground and what never, and what can be decided; and the register."""

    app, name, at, home = "disclosure_staff", "inquiry", "inquiries/", "inquiries"
    back_text, roles, absent = Text("照会の一覧", "All inquiries"), DECIDERS, NoSuchInquiry
    listed, list_template = INQUIRY_LIST, "disclosure/staff/inquiries.html"
    makes, make_template = (ENTER,), "disclosure/staff/inquiry_enter.html"
    decisions, decide_template = DECISIONS, "disclosure/staff/inquiry_duty.html"
    template, parts = "disclosure/staff/inquiry", (PagePart.FACTS, PagePart.HISTORY)

    def read(self, place: Where, number: int) -> InquiryShown:
        """Return one for a lead or counsel."""
        return queries.inquiry_of(place.actor, number)

    def frame(self, shown: InquiryShown) -> MatterFrame:
        """Return its ground, who asks, and the number of its paper."""
        return self.framed(shown.rule.title, shown.told.by, shown.told.paper)

    def form(self, decision: Decision[Any], shown: InquiryShown | None, actor: Actor) -> Form:
        """Return what a decision asks: the whole paper where it is entered or corrected, what may be given to offer it."""
        if shown is not None and decision is OFFER:
            return partial(OfferForm, may=shown.within)
        return {ENTER.slug: EnterInquiryForm, CORRECT.slug: CorrectForm}.get(decision.slug) or by_verb(
            decision
        )

    def initial(self, shown: InquiryShown) -> Mapping[str, Any]:
        """Return its paper, and that all is given that may be."""
        own = {"asked": list(shown.asked), "parties": " ".join(shown.told.parties)}
        return asdict(shown.told) | own | {"version": shown.version, "items": list(shown.within)}

    def done(
        self, actor: Actor, shown: InquiryShown, number: int, decision: Decision[InquiryShown]
    ) -> Text | None:
        """Say what this actor did last: all acts of inquiries are of one kind."""
        mine = [act.verb for act in shown.past if act.actor == actor.by]
        return decision.done.get(mine[-1]) if mine else None

    def list_more(self, request: Visit) -> Mapping[str, Any]:
        """Return how many came this year."""
        now = request.received_at.astimezone(JAPAN)
        year = now.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
        return {"year": now.year, "counts": queries.counted(year, now)}


VIEW = InquiryView()
