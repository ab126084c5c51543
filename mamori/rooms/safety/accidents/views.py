"""The pages on which staff enter an accident, follow its road, take each step, and take its papers away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from mamori.grammar.actor import HEADS, STAFF, Actor
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.history import past_of
from mamori.ground.matters.page import PagePart, Section, sections
from mamori.ground.web import papers
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import MatterFrame, by_verb
from mamori.ground.web.forms import MOMENT, HouseForm, VersionForm, WordsField
from mamori.ground.web.matterview import Form, MatterView, Where
from mamori.ground.web.pictures import Drawing, StepSeen, StepStanding, steps
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import localized, said, said_text
from mamori.japan import written
from mamori.law.accidents import (
    MAKER_MUST_REPORT,
    SERIOUS_WORDS,
    WE_TELL_THE_MAKER,
    AccidentSource,
    Hurt,
    ToldHow,
    ToldWhom,
)
from mamori.rooms.contact.alerts.views import drawn as funnel_drawn
from mamori.rooms.enforcement.clarifications.views import ClarifyForm, section_about
from mamori.rooms.safety.accidents import actions, queries
from mamori.rooms.safety.accidents.acts import ACCIDENT_ACTS
from mamori.rooms.safety.accidents.matter import NoSuchAccident, about
from mamori.rooms.safety.accidents.queries import ACCIDENT_LIST, AccidentShown
from mamori.rooms.safety.accidents.rules import AccidentInput, AccidentStep, open_steps
from mamori.rooms.safety.models import Accident

ENTERED_FROM = (AccidentSource.TELEPHONE, AccidentSource.MAKER, AccidentSource.AUTHORITY)
ASKED = ("maker", "importer", "representative")
_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

# What staff fill in where no input asks it.


def _line(ja: str, en: str) -> forms.CharField:
    return forms.CharField(label=said(ja, en), max_length=300, required=False)


def _choices(some: Any) -> list[tuple[str, Any]]:
    return [(one.value, said_text(one.text)) for one in some]


class AccidentForm(HouseForm):
    """What happened, as far as it is known: what is left empty stands as not known in the report."""

    hurt = forms.TypedChoiceField(
        label=said("けがの程度", "How badly somebody was hurt"),
        coerce=Hurt,
        choices=_choices(Hurt),
        widget=forms.RadioSelect,
        initial=Hurt.UNKNOWN.value,
    )
    fire = forms.BooleanField(label=said("火災があった", "There was a fire"), required=False)
    happened_on = forms.DateField(label=said("事故の日", "Day of the accident"), widget=_DATE, required=False)
    what = WordsField(
        label=said(
            "事故の内容（名前・電話番号は書かないでください）", "What happened (no names, no numbers)"
        ),
        check=written.optional,
        rows=4,
    )
    where = _line("場所（都道府県）", "Place (prefecture)")
    lot = _line("製造番号・ロット", "Serial or lot number")
    maker = _line("メーカー・輸入業者・国内管理人", "Maker, importer or domestic administrator")
    bought = _line("購入の日", "Day of the purchase")
    kept = _line("製品が手もとにあるか", "Whether the product is still there")

    def clean(self) -> dict[str, Any]:
        """Return what was written as one value."""
        given = super().clean() or {}
        if self.errors:
            return given
        names = AccidentInput.__struct_fields__
        told = {name: given.pop(name) for name in names if name in given}
        told["happened_on"] = told["happened_on"].isoformat() if told["happened_on"] else ""
        return given | {"told": AccidentInput(**told)}


class EnterAccidentForm(AccidentForm):
    """Of which goods, and from whom."""

    field_order = ("listing", "source")
    listing = forms.CharField(label=said("商品の番号", "Number of the listing"), max_length=64)
    source = forms.TypedChoiceField(
        label=said("だれから聞きましたか", "Who told of it?"),
        coerce=AccidentSource,
        choices=_choices(ENTERED_FROM),
        widget=forms.RadioSelect,
    )


class DescribeForm(AccidentForm, VersionForm):
    """The same of one that is entered."""


class AskMakerForm(ClarifyForm):
    """Who is asked: never the seller here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whom: Any = self.fields["whom"]
        whom.choices = [one for one in whom.choices if one[0] in ASKED]


class NoteToldForm(VersionForm):
    """Who was told, how and when."""

    whom = forms.TypedChoiceField(
        label=said("だれに知らせましたか", "Who was told?"),
        coerce=ToldWhom,
        choices=_choices(ToldWhom),
        widget=forms.RadioSelect,
    )
    how = forms.TypedChoiceField(
        label=said("どのように", "How"), coerce=ToldHow, choices=_choices(ToldHow), widget=forms.RadioSelect
    )
    told_at = forms.DateTimeField(
        label=said("知らせた日時（空けると今）", "When (now, where it is left empty)"),
        widget=_MOMENT,
        input_formats=("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"),
        required=False,
    )


class SameGoodsForm(VersionForm):
    """Listings of the same goods: those that may be, to be ticked, and the numbers of others."""

    found: Any = ()
    offered = forms.MultipleChoiceField(
        label=said("同じ商品かもしれない出品", "Listings that may be the same goods"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    others = _line("ほかの商品の番号（空白か読点で区切る）", "Numbers of others, parted by blanks")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["offered"]
        field.choices = [(one.ref, f"{one.ref} {one.name} — {localized(one.why.text)}") for one in self.found]
        if not self.found:
            del self.fields["offered"]

    def clean(self) -> dict[str, Any]:
        """Return all numbers as one line."""
        given = super().clean() or {}
        refs = [*given.pop("offered", ()), given.pop("others", "")]
        return given | {"refs": " ".join(refs).strip()}


# What is decided.


def _of(slug: str, title: Text, verb: Any, done: dict[str, Text], **more: Any) -> Decision[AccidentShown]:
    there = more.pop("is_there", lambda page: True)
    return Decision(
        slug=slug,
        title=title,
        verb=verb,
        done=done,
        is_there=lambda page: page.is_open and there(page),
        **more,
    )


ENTER: Decision[None] = Decision(
    slug="enter",
    title=Text("事故を登録する", "Enter an accident"),
    lead=Text(
        "電話や、メーカー・行政機関から聞いた事故です。同じ商品に対応中の事故があれば、そこに加わります。だれにも自動では知らせません。",
        "An accident that you heard of by telephone, from a maker or an authority. Where one of the same goods is open it is "
        "added there. Nobody is told by itself.",
    ),
    button=Text("登録する", "Enter it"),
    done={"accident_enter": Text("事故を登録しました。", "The accident is entered.")},
    verb=actions.enter_accident,
    key="",
)
LOOK = _of(
    "look",
    Text("届いた知らせを確認した", "I have looked at what was told"),
    actions.look_at,
    {"accident_look": Text("確認したことを記録しました。", "It is noted that you looked.")},
)
STOP = _of(
    "stop",
    Text("販売を止める（暫定的に非表示にする）", "Stop the sale: hide the goods provisionally"),
    actions.stop_sale,
    {"accident_stop": Text("販売を止めました。", "The sale is stopped.")},
    lead=Text(
        "まだ止めていない商品をすべて暫定的に非表示にし、お店の意見を聴く手続きを始めます。すでに非表示の商品は、その違反の疑いを記録します。"
        "表示に戻すのは、違反の疑いでの判断だけです。",
        "All goods not yet stopped are hidden provisionally, and the shop is heard. Of what is hidden already the finding is "
        "noted. Only a decision on the finding shows them again.",
    ),
    is_there=lambda page: page.is_on_sale,
    tone="grave",
)
ADD = _of(
    "add",
    Text("同じ商品の出品を加える", "Add listings of the same goods"),
    actions.add_goods,
    {
        "accident_add": Text(
            "出品を加えました。販売も止めてください。", "They are added. Please stop their sale."
        )
    },
    lead=Text(
        "ブランド・型番・JANコードから、同じかもしれない出品を探しました。確かめてから選んでください。",
        "By brand, model and GTIN these may be the same goods. Please see that they are before you choose.",
    ),
)
ASK = _of(
    "ask",
    Text("メーカー・輸入業者・国内管理人に尋ねる", "Ask the maker, the importer or the administrator"),
    actions.ask_maker,
    {"accident_ask": Text("尋ねました。", "They are asked.")},
)
TOLD = _of(
    "told",
    Text("知らせたことを記録する", "Note that somebody was told"),
    actions.note_told,
    {"accident_told": Text("記録しました。", "It is noted.")},
    lead=Text(
        "報告書や手紙は、このページから取り出して、人が送ります。送ってから記録してください。",
        "Take the report or the letter from this page and send it yourself; then note it here.",
    ),
)
KEEP = _of(
    "keep",
    Text("製品の保管を頼む", "Ask to keep the thing"),
    actions.ask_to_keep,
    {"accident_keep": Text("保管をお願いしました。", "They are asked to keep it.")},
    lead=Text(
        "困りごとを知らせた購入者に、捨てずに保管するようお願いを送ります。申し出や電話の人には、申し出の画面か電話で頼んでください。",
        "Buyers who reported a trouble are asked to keep it. Whoever reported or called otherwise is asked where they did.",
    ),
    is_there=lambda page: page.row.kept_at is None,
)
WARN = _of(
    "warn",
    Text("買った人の全員に知らせる", "Warn everybody who bought it"),
    actions.warn_buyers,
    {"accident_warn": Text("順に知らせています。", "They are being told.")},
    lead=Text(
        "買った人の全員に、使うのをやめて保管するよう知らせます。取り消しはできず、危険がなかったときは、そう知らせ直します。",
        "Everybody who bought it is asked to stop using it and to keep it. It cannot be taken back: with no danger after all, "
        "they are told so.",
    ),
    is_there=lambda page: page.row.alert is None,
    tone="grave",
)
WIDEN = _of(
    "widen",
    Text("加えた出品を買った人にも知らせる", "Warn the buyers of the listings that were added"),
    actions.widen_warning,
    {"accident_widen": Text("順に知らせています。", "They are being told.")},
    is_there=lambda page: page.is_to_widen,
)
LEAVE = _of(
    "leave",
    Text("一つの段階をしないことにする", "Leave a step out"),
    actions.leave_out,
    {"accident_leave": Text("しない理由を記録しました。", "The reason is noted.")},
    is_there=lambda page: bool(page.left),
)
DESCRIBE = _of(
    "describe",
    Text("わかったことを書く", "Write what is known"),
    actions.describe,
    {"accident_describe": Text("書き換えました。", "It is written.")},
)
CLOSE = _of(
    "close",
    Text("事故の対応を終える", "Close the accident"),
    actions.close_accident,
    {"accident_close": Text("終えました。", "It is closed.")},
    lead=Text(
        "終えても、商品は表示に戻りません。購入者への知らせは、そのページで終えるまで続きます。",
        "Closing shows nothing again. The warning to buyers goes on until it is ended on its own page.",
    ),
    roles=tuple(HEADS),
)
DISMISS = _of(
    "dismiss",
    Text("事故ではなかったとする", "Find that it was no accident"),
    actions.dismiss_accident,
    {"accident_dismiss": Text("事故ではなかったと記録しました。", "It is noted as none.")},
    lead=Text(
        "知らせた購入者の全員に、危険はなかったと知らせます。商品を表示に戻すかは、違反の疑いで判断してください。",
        "Everybody who was warned hears that there is no danger. Whether goods are shown again is decided on the findings.",
    ),
    roles=tuple(HEADS),
    tone="grave",
)
DECISIONS = (LOOK, STOP, ADD, ASK, TOLD, KEEP, WARN, WIDEN, LEAVE, DESCRIBE, CLOSE, DISMISS)
OWN_FORMS: Mapping[str, Form] = {
    "enter": EnterAccidentForm,
    "describe": DescribeForm,
    "ask": AskMakerForm,
    "told": NoteToldForm,
}


def road(row: Accident) -> Drawing:
    """Draw how far it is: what is done, what comes next, what was left out."""
    left = open_steps(row)
    seen = []
    for step in AccidentStep:
        moment: datetime | None = getattr(row, step.field)
        standing = StepStanding.DONE if moment or step not in left else StepStanding.LATER
        if left and step is left[0]:
            standing = StepStanding.NEXT
        note = None if moment else (NOT_YET if step in left else LEFT_OUT)
        seen.append(StepSeen(name=step.text, standing=standing, at=moment, note=note))
    return steps("accident-road", Text("どこまで進んだか", "How far it is"), seen)


NOT_YET, LEFT_OUT = Text("まだ", "not yet"), Text("しない", "left out")


class AccidentView(MatterView[AccidentShown]):
    """An accident as staff follow it: the row of its steps first, then its goods, who was told, and what was told."""

    app, name, at, home = "safety_staff", "accident", "accidents/", "accidents"
    back_text = Text("事故の一覧に戻る", "Back to the accidents")
    roles, absent = STAFF, NoSuchAccident
    listed, makes, decisions = ACCIDENT_LIST, (ENTER,), DECISIONS
    list_template = "safety/staff/accidents.html"
    apart = frozenset({"add", "ask", "told", "warn", "describe"})
    template, parts = "safety/staff/accident", (PagePart.WORK, PagePart.FACTS, PagePart.HISTORY)

    def read(self, place: Where, number: int) -> AccidentShown:
        """Return one as staff read it."""
        return queries.accident(place.actor, number)

    def about(self, key: int) -> str:
        """Return the name under which acts know it."""
        return about(key)

    def frame(self, shown: AccidentShown) -> MatterFrame:
        """Return of which goods it is."""
        goods = shown.listing.name if shown.listing else shown.row.listing_ref
        return self.framed(Text("製品の事故", "Accident"), named=goods, ref=f"{shown.row.pk}")

    def sections(self, shown: AccidentShown, place: Where) -> tuple[Section, ...]:
        """Return its road and facts, and what the maker was asked."""
        name = about(shown.row.pk)
        given = {
            "page": shown,
            "road": road(shown.row),
            "picture": funnel_drawn(shown.funnel) if shown.funnel else None,
            "alert_page": reverse("contact_staff:alert", args=(shown.row.alert,)) if shown.row.alert else "",
            "past": past_of(name, ACCIDENT_ACTS),
            "serious": SERIOUS_WORDS if shown.row.is_serious else None,
            "maker_must": MAKER_MUST_REPORT,
            "we_tell": WE_TELL_THE_MAKER,
            "papers": [(one.value, one.text) for one in ToldWhom],
        }
        parts = self.parts[:2] if place.in_case else self.parts
        return (*sections(self.template, parts, given), section_about(place.actor, name))

    def form(self, decision: Decision[Any], shown: AccidentShown | None, actor: Actor) -> Form:
        """Return what a decision asks; candidates are looked for only where they are chosen."""
        if decision.slug == "add" and shown is not None:
            return type("FoundGoodsForm", (SameGoodsForm,), {"found": queries.candidates(shown)})
        return OWN_FORMS.get(decision.slug) or by_verb(decision)

    def initial(self, shown: AccidentShown) -> Mapping[str, Any]:
        """Return what is known of it."""
        goods = shown.listing.name if shown.listing else ""
        known = {
            name: getattr(shown.said, name) for name in ("what", "where", "lot", "maker", "bought", "kept")
        }
        return known | {
            "version": shown.row.version,
            "seen_until": shown.seen_until.strftime(MOMENT),
            "hurt": shown.row.hurt,
            "fire": shown.row.fire,
            "happened_on": shown.row.happened_on,
            "goods_ja": goods,
            "goods_en": goods,
        }


ACCIDENTS = AccidentView()


@open_to(*STAFF)
def paper(request: Visit, number: int, whom: str, case_page: str) -> HttpResponse:
    """Give the report for NITE or the CAA, or the letter to the maker, as PDF, or as text to paste."""
    del case_page
    actor = actor_of(request)
    shown, to = queries.accident(actor, number), next((one for one in ToldWhom if one.value == whom), None)
    if to is None:
        raise NoSuchAccident
    pairs = [(name.value.ja, words) for name, words in queries.report_rows(shown, actor.at).items()]
    title, lead = queries.report_title(to), _lead(to)
    whole = papers.paper(
        Text(title, title), Text(lead, lead), [(REPORT, [papers.rows(*pairs)])], foot=f"事故 {number}"
    )
    file = f"accident-{number}-{to.value}"
    if request.GET.get("format") == "txt":
        return papers.text(whole, name=file)
    return papers.answer(whole, at=actor.at, name=file)


def _lead(to: ToldWhom) -> str:
    if to in (ToldWhom.MAKER, ToldWhom.REPRESENTATIVE):
        return f"{TO_MAKER.ja}{MAKER_MUST_REPORT.ja}"
    return TO_AGENCY.ja


REPORT = Text("事故の内容", "the accident")
TO_MAKER = Text(
    "当サイトで販売された次の製品について、事故の知らせがありましたのでお知らせします。原因と、とられる対応をお知らせください。",
    "We were told of an accident with the following product, which was sold on our marketplace, and notify you of it.",
)
TO_AGENCY = Text(
    "当サイトで販売された次の製品について、事故の知らせがありましたのでお知らせします。",
    "We were told of an accident with the following product, which was sold on our marketplace.",
)
