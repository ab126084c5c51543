"""The pages on which staff enter a recall, say which listings it means, hide them, have their buyers warned, and close it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from mamori.grammar.actor import HEADS, STAFF, Actor
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.market import facts as market
from mamori.ground.market.facts import Unfound
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.history import past_of
from mamori.ground.matters.page import PagePart
from mamori.ground.matters.readinglist import ListColumn, ReadingList, Written, by_state
from mamori.ground.web.decisions import MatterFrame, by_verb
from mamori.ground.web.forms import DayField, HouseForm, VersionForm
from mamori.ground.web.matterview import Form, MatterView, Where
from mamori.ground.web.once import new_token
from mamori.ground.web.pictures import Drawing, StepSeen, StepStanding, steps
from mamori.ground.web.wording import said, said_text
from mamori.law.recalls import RecallSource
from mamori.rooms.contact.alerts import facts as alerts
from mamori.rooms.contact.alerts.views import drawn
from mamori.rooms.safety.hits.views import JudgeForm
from mamori.rooms.safety.lifecycle import LIVE_RECALL, RECALL, RecallState
from mamori.rooms.safety.models import Recall
from mamori.rooms.safety.recalls import actions
from mamori.rooms.safety.recalls.actions import NoSuchRecall, about, number_of
from mamori.rooms.safety.recalls.acts import RECALL_ACTS
from mamori.rooms.safety.recalls.inputs import MOST, MOST_LONG, WORDS, told_of
from mamori.rooms.safety.recalls.rules import STEPS, open_steps

A_PAGE = 200


def _line(ja: str, en: str, **more: Any) -> forms.CharField:
    return forms.CharField(label=said(ja, en), max_length=MOST, required=False, **more)


def _lines(ja: str, en: str, most: int = MOST_LONG, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=said(ja, en), max_length=most, required=False, widget=area, **more)


def _source() -> forms.TypedChoiceField:
    choices = [(one.value, said_text(one.text)) for one in RecallSource]
    label = said("公表したところ", "Who published it")
    return forms.TypedChoiceField(label=label, coerce=RecallSource, choices=choices)


class RecallForm(HouseForm):
    """A notice as it was published; what is looked for is one article a line, or what the notice calls the goods."""

    source = _source()
    goods = _line("商品", "Goods")
    number = _line("公表の番号", "Number of the notice")
    link = _line("公表のページ", "Page of the notice")
    published_on = DayField(label=said("公表日", "Published on"), first=date(1990, 1, 1), required=False)
    maker = _line("事業者（メーカーなど）", "Maker or importer")
    listed = _lines(
        "探すもの（1行に1つ）",
        "What is looked for (one article a line)",
        most=100_000,
        help_text=said(
            "ブランドと型番、JANコードなどです。Excelから見出しごと貼り付けられます。空なら、商品の名前と事業者で探します。",
            "Brand and model, GTIN and the like, also pasted from Excel with headings; else goods and maker are looked for.",
        ),
    )
    lots = _line("ロット・製造時期", "Lots, or when it was made")
    danger = _lines("何が危険か", "What is dangerous")
    advice = _lines("購入者がすること", "What buyers shall do")

    def clean(self) -> dict[str, Any]:
        """Return the notice as one value."""
        given = super().clean() or {}
        if self.errors:
            return given
        listed = given["listed"].strip()
        told = told_of(given["source"], given, market.read_list(listed) if listed else ())
        return {"told": told} | {name: given[name] for name in given.keys() & {"version"}}


class CorrectForm(RecallForm, VersionForm):
    """The same of one that is entered."""


class TableForm(HouseForm):
    """A table of notices, one a row, or several rows of one number."""

    source = _source()
    sent = forms.FileField(
        label=said("表のファイル（ExcelかCSV）", "The table (Excel or CSV)"),
        help_text=said(
            "見出しは、番号、公表日、事業者、商品名、ブランド、型番、JANコード、ロット、危険、対応、リンクです。"
            "商品名と、番号かリンクは必ず要ります。",
            "Headings: number, date, maker, goods, brand, model, JAN, lot, hazard, remedy, link. Goods, and a number or a link, "
            "are needed.",
        ),
    )


def _of(verb: Any, title: Text, *states: RecallState, **more: Any) -> Decision[Recall]:
    there, slug = more.pop("is_there", lambda row: True), verb.__name__.partition("_")[0]
    return Decision(
        slug=slug,
        title=title,
        verb=verb,
        done={f"recall_{slug}": NOTED},
        is_there=lambda row: row.state in states and there(row),
        **more,
    )


NOTED = Text("記録しました。", "It is noted.")
ENTERED, CONFIRMED, WATCHED = LIVE_RECALL
ENTER, TABLE = (
    Decision[None](
        slug=slug,
        title=title,
        lead=Text(
            "出品と照らし合わせます。それだけでは、何も非表示にせず、だれにも知らせません。",
            "It is held against the listings. By that alone nothing is hidden, and nobody is told.",
        ),
        done={"recall_enter": NOTED},
        verb=verb,
        key="",
    )
    for slug, title, verb in (
        ("enter", Text("リコールを登録する", "Enter a recall"), actions.enter_recall),
        ("table", Text("表で登録する", "Enter recalls by a table"), actions.enter_table),
    )
)
JUDGE = _of(actions.judge_candidates, Text("この画面の候補を確かめる", "Judge the candidates"), *LIVE_RECALL)
HIDE = _of(
    actions.hide_goods,
    Text("対象の出品を暫定的に非表示にする", "Hide what is meant, provisionally"),
    CONFIRMED,
    lead=Text(
        "一度に{most}件まで非表示にし、お店の意見を聴く手続きを始めます。表示に戻すのは、違反の疑いでの判断だけです。",
        "Up to {most} at once are hidden, and the shops are heard. Only a decision on the finding shows them again.",
    ).fill(most=actions.AT_ONCE),
    is_there=lambda row: row.left.to_hide,
    tone="grave",
)
WARN = _of(
    actions.warn_buyers,
    Text("買った人の全員に知らせる", "Warn everybody who bought it"),
    CONFIRMED,
    lead=Text(
        "まだ知らせていない対象の出品を買った人の全員に知らせます。取り消しはできません。",
        "Everybody who bought what is meant and not warned of yet is told. It cannot be taken back.",
    ),
    is_there=lambda row: row.left.to_warn,
    tone="grave",
)
CORRECT = _of(
    actions.correct_recall,
    Text("記録を直し、今の出品と照らし合わせる", "Correct it, and hold it against today's listings"),
    ENTERED,
    CONFIRMED,
)
CLOSE = _of(actions.close_recall, Text("対応を終える", "Close it"), ENTERED, CONFIRMED, roles=tuple(HEADS))
DISMISS = _of(
    actions.dismiss_recall,
    Text("取り上げないことにする", "Dismiss it"),
    *LIVE_RECALL,
    lead=Text(
        "新しい出品も、もう見ません。知らせた購入者の全員に、危険はなかったと知らせます。",
        "New listings are watched no more, and all who were warned hear that there is no danger.",
    ),
    roles=tuple(HEADS),
    tone="grave",
)
DECISIONS = (JUDGE, HIDE, WARN, CORRECT, CLOSE, DISMISS)
OWN_FORMS: Mapping[str, Form] = {
    "enter": RecallForm,
    "table": TableForm,
    "correct": CorrectForm,
    "judge": JudgeForm,
}
RECALL_LIST: ReadingList[Recall] = ReadingList(
    slug="recalls",
    title=Text("リコール", "Recalls"),
    lead=Text(
        "公表されたリコールと、対象の出品への対応です。新しい順です。新しい出品は、毎日すべてのリコールと照らし合わせます。",
        "Recalls that were published, and what was done here, the newest first. New listings are held against all of them daily.",
    ),
    empty=Text("リコールはありません", "There is no recall"),
    roles=STAFF,
    rows=lambda actor: Recall.objects.all(),
    order=("-id",),
    read=lambda rows, actor: rows,
    columns=(
        ListColumn(title=Text("番号", "Number"), value="pk", to="pk", at="safety_staff:recall"),
        ListColumn(title=Text("商品", "Goods"), value="goods", led=True),
        ListColumn(title=Text("事業者", "Maker"), value="maker"),
        ListColumn(title=Text("公表", "Published by"), value="source_text"),
        ListColumn(title=Text("状態", "State"), value="state_text"),
        ListColumn(title=Text("登録", "Entered"), value="entered_at", written=Written.MOMENT),
    ),
    filters=(by_state(RECALL),),
)


def road(row: Recall) -> Drawing:
    """Draw how far it is: what is done, what comes next, and where there is nothing to do."""
    left, seen = open_steps(row, row.left), []
    for step, text in STEPS.items():
        moment = getattr(row, step)
        later = StepStanding.NEXT if left[:1] == (step,) else StepStanding.LATER
        standing = later if step in left else StepStanding.DONE
        note = None if moment else NOT_YET if step in left else NOTHING
        seen.append(StepSeen(name=text, standing=standing, at=moment, note=note))
    return steps("recall-road", Text("どこまで進んだか", "How far it is"), seen)


NOT_YET, NOTHING = Text("まだ", "not yet"), Text("対象なし", "nothing to do")


class RecallView(MatterView[Recall]):
    """A recall as staff follow it: its road, the listings that it may mean, who was warned, and what the notice says."""

    app, name, at, home = "safety_staff", "recall", "recalls/", "recalls"
    back_text = Text("リコールの一覧に戻る", "Back to the recalls")
    roles, deciders, absent = STAFF, STAFF, NoSuchRecall
    listed, list_template, makes, decisions = (
        RECALL_LIST,
        "safety/staff/recalls.html",
        (ENTER, TABLE),
        DECISIONS,
    )
    apart = frozenset({"judge", "warn", "correct"})
    template, parts = "safety/staff/recall", (PagePart.WORK, PagePart.FACTS, PagePart.HISTORY)

    def read(self, place: Where, number: int) -> Recall:
        """Return one as staff read it."""
        if (row := Recall.objects.filter(pk=number).first()) is None:
            raise NoSuchRecall
        return row

    def about(self, key: int) -> str:
        """Return the name under which acts know it."""
        return about(key)

    def frame(self, shown: Recall) -> MatterFrame:
        """Return of which goods it is."""
        return self.framed(Text("リコール", "Recall"), named=shown.goods, ref=number_of(shown.pk))

    def given(self, shown: Recall, place: Where) -> Mapping[str, Any]:
        """Return it with its candidates, those first that nobody has judged, and the pictures of its warnings."""
        found = list(shown.candidates.order_by("judged_by", "pk")[:A_PAGE])
        known = market.listings({one.listing_ref for one in found})
        numbers = cases.numbers_of([f"enforcement.finding:{one.finding}" for one in found])
        missing = zip(shown.looked_for, shown.missing, strict=True)
        return {
            "page": shown,
            "road": road(shown),
            "found": [
                (one, known.get(one.listing_ref), numbers.get(f"enforcement.finding:{one.finding}"))
                for one in found
            ],
            "missing": [
                (" / ".join(filter(None, row.cells)), Unfound(why).text) for row, why in missing if why
            ],
            "warned": [(one, drawn(alerts.funnel(one))) for one in shown.alerts],
            "judge_at": self.address(shown.pk, "judge") if place.is_page and shown.closed_at is None else "",
            "token": new_token(),
            "past": past_of(about(shown.pk), RECALL_ACTS),
        }

    def offered(self, shown: Recall, number: Any, actor: Actor, *, of: Text | None = None) -> tuple[Any, ...]:
        """Return what can be decided, but for the ticks, which stand beside the candidates."""
        return tuple(one for one in super().offered(shown, number, actor, of=of) if one.decision is not JUDGE)

    def form(self, decision: Decision[Any], shown: Recall | None, actor: Actor) -> Form:
        """Return what a decision asks."""
        return OWN_FORMS.get(decision.slug) or by_verb(decision)

    def initial(self, shown: Recall) -> Mapping[str, Any]:
        """Return what is known of it, as it is typed, and as buyers may be told."""
        rows = shown.looked_for
        lines = ["\t".join(one) for one in (rows[0].headings, *(each.cells for each in rows)) if one]
        known = {name: getattr(shown, name) for name in (*WORDS, "source", "published_on", "version")}
        told = {"goods": shown.goods[:100], "what": shown.danger[:300], "next": shown.advice[:300]}
        known |= {f"{name}_{lang}": words for name, words in told.items() for lang in ("ja", "en")}
        return known | {"listed": "\n".join(" ".join(line.split("\n")) for line in lines)}


RECALLS = RecallView()
