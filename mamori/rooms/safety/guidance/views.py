"""Pages of safe use: the desk's, where news is written and kinds are chosen; a buyer's own; and the one that everybody reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.http import HttpResponse
from django.shortcuts import render

from mamori.grammar.actor import HEADS, STAFF, Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.history import past_of
from mamori.ground.matters.page import PagePart
from mamori.ground.matters.readinglist import ListColumn, ReadingList, Written
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.decisions import MatterFrame
from mamori.ground.web.matterview import MatterView, Where
from mamori.ground.web.signs import Visit, actor_of
from mamori.japan.calendar import JAPAN
from mamori.law.guidance import GUIDANCE, WHY_KEPT, GoodsKind, GuidanceMoment
from mamori.rooms.safety.guidance import actions
from mamori.rooms.safety.guidance.actions import NEWS, NoSuchGuidance, about, about_told, words_of
from mamori.rooms.safety.guidance.acts import GUIDANCE_ACTS
from mamori.rooms.safety.lifecycle import GuidanceState
from mamori.rooms.safety.models import GuidanceCategory, GuidanceOff, GuidanceRound, GuidanceTold

MOST_MONTHS = 12


NOTED = Text("記録しました。", "It is noted.")


def _decision(
    verb: Callable[..., Any], slug: str, title: Text, done: Text = NOTED, **more: Any
) -> Decision[Any]:
    return Decision(slug=slug, verb=verb, title=title, done={f"guidance_{slug}": done}, **more)


def _of_buyer(slug: str, title: Text, is_there: Callable[[GuidanceTold], bool], **more: Any) -> Decision[Any]:
    verb = more.pop("verb", actions.choose_guidance)
    return _decision(verb, slug, title, roles=(Role.BUYER,), is_there=is_there, **more)


WRITE = _decision(
    actions.write_news,
    "write",
    Text("知らせを書く", "Write news"),
    Text("書きました。別の人が確かめて送ります。", "It is written; another person releases it."),
    lead=Text(
        "その種類の商品を買った人に、一言と安全な使い方を知らせます。別の人が確かめるまで、だれにも届きません。",
        "Those who bought such goods are told your words and how to use them safely, once another person has looked at it.",
    ),
    key="",
)
MAP = _decision(actions.map_categories, "map", Text("カテゴリーを種類に対応させる", "Map categories"), key="")
SWITCH_TITLE = Text("送る・送らないを切り替える", "Switch a kind on or off")
SWITCH = _decision(actions.switch_guidance, "switch", SWITCH_TITLE, key="", roles=tuple(HEADS))
RELEASE = _decision(
    actions.release_news,
    "release",
    Text("確かめて送る", "Release it"),
    Text("順に知らせています。", "Buyers are being told."),
    lead=Text(
        "この種類の商品を買った人の全員に届きます。書いた人とは別の人が送ります。",
        "All who bought such goods are told. Another person than its writer releases it.",
    ),
    is_there=lambda row: row.moment == NEWS and row.state == GuidanceState.WRITTEN,
)
DROP = _decision(
    actions.drop_news,
    "drop",
    Text("やめる", "Give it up"),
    is_there=lambda row: row.moment == NEWS and row.state in (GuidanceState.WRITTEN, GuidanceState.TELLING),
    tone="grave",
)
READ = _of_buyer(
    "read",
    Text("読みました", "I have read it"),
    lambda row: row.opened_at is None,
    verb=actions.say_guidance_read,
)
STOP = _of_buyer(
    "stop",
    Text("この種類の案内を止める", "Turn this kind off"),
    lambda row: not (row.guidance.is_safety or row.is_off),
    more=lambda actor: {"is_on": False},
)
RESUME = _of_buyer(
    "resume",
    Text("この種類の案内をまた受け取る", "Turn this kind on again"),
    lambda row: row.is_off,
    more=lambda actor: {"is_on": True},
)
DECISIONS = (WRITE, MAP, SWITCH, RELEASE, DROP, READ, STOP, RESUME)
ROUND_LIST: ReadingList[GuidanceRound] = ReadingList(
    slug="guidance",
    title=Text("安全な使い方の案内", "Guidance on safe use"),
    lead=Text(
        "買った人に、商品の種類ごとの安全な使い方を知らせます。一つのきっかけで、同じ種類は一人に一度だけです。",
        "Buyers are told how to use goods of each kind safely, each once for a kind and an occasion.",
    ),
    empty=Text("まだ何も知らせていません", "Nobody was told yet"),
    roles=STAFF,
    rows=lambda actor: GuidanceRound.objects.annotate(count=Count("told"), opened=Count("told__opened_at")),
    order=("-looked_at", "-id"),
    read=lambda rows, actor: rows,
    columns=(
        ListColumn(
            title=Text("きっかけ", "Occasion"), value="moment_text", to="pk", at="safety_staff:guided"
        ),
        ListColumn(title=Text("種類", "Kinds"), value="kinds_text"),
        ListColumn(title=Text("状態", "State"), value="state_text"),
        ListColumn(title=Text("始めた日時", "Last begun"), value="looked_at", written=Written.MOMENT),
        ListColumn(title=Text("知らせた", "Told"), value="count", written=Written.NUMBER),
        ListColumn(title=Text("読んだ", "Read"), value="opened", written=Written.NUMBER),
    ),
)
TOLD_LIST: ReadingList[GuidanceTold] = ReadingList(
    slug="safe-use",
    title=Text("安全な使い方のお知らせ", "How to use what you bought safely"),
    lead=Text("ご注文の商品について届いた案内です。", "The guidance that you were sent on what you ordered."),
    empty=Text("届いた案内はありません", "There is none yet"),
    roles=(Role.BUYER,),
    rows=lambda actor: GuidanceTold.objects.filter(buyer_ref=actor.by.partition(":")[2]),
    order=("-id",),
    read=lambda rows, actor: rows,
    columns=(
        ListColumn(title=Text("種類", "Kind"), value="guidance.name", to="pk", at="safety_public:told"),
        ListColumn(title=Text("注文", "Order"), value="order_ref", written=Written.CALLED),
        ListColumn(title=Text("届いた日時", "Sent"), value="told_at", written=Written.MOMENT),
    ),
)


class RoundView(MatterView[GuidanceRound]):
    """What buyers are told on one occasion, as they read it, and how many were told."""

    app, name, at, home = "safety_staff", "guided", "guidance/", "guidance"
    back_text = Text("安全な使い方の案内に戻る", "Back to the guidance")
    roles, absent = STAFF, NoSuchGuidance
    listed, list_template, makes = ROUND_LIST, "safety/staff/guidance.html", (WRITE, MAP, SWITCH)
    decisions = (RELEASE, DROP)
    template, parts = "safety/staff/guided", (PagePart.WORK, PagePart.HISTORY)

    def read(self, place: Where, number: int) -> GuidanceRound:
        """Return one as staff read it."""
        if (row := GuidanceRound.objects.filter(pk=number).first()) is None:
            raise NoSuchGuidance
        return row

    def about(self, key: int) -> str:
        """Return the name under which acts know it."""
        return about(key)

    def frame(self, shown: GuidanceRound) -> MatterFrame:
        """Return what occasion it is."""
        return self.framed(shown.moment_text)

    def given(self, shown: GuidanceRound, place: Where) -> Mapping[str, Any]:
        """Return it with what it says of each kind."""
        letters = [words_of(shown, kind) for kind in GoodsKind if kind in shown.kinds]
        past = past_of(about(shown.pk), GUIDANCE_ACTS)
        return {"page": shown, "letters": letters, "told": shown.told.count(), "past": past}

    def initial(self, shown: GuidanceRound) -> Mapping[str, Any]:
        """Return which state of it a form shows."""
        return {"version": shown.version}

    def list_more(self, request: Visit) -> Mapping[str, Any]:
        """Return the kinds with what is switched off, how many were told month by month, and what was mapped."""
        off = set(GuidanceOff.objects.values_list("kind", "moment"))
        counted = GuidanceTold.objects.annotate(month=TruncMonth("told_at", tzinfo=JAPAN))
        months = counted.values("month", "round__moment").annotate(
            told=Count("pk"), opened=Count("opened_at")
        )
        return {
            "may_switch": actor_of(request).role in HEADS,
            "moments": tuple(GuidanceMoment),
            "kinds": [
                (one, told, [(at, (one, at) not in off) for at in GuidanceMoment])
                for one, told in GUIDANCE.items()
            ],
            "months": [
                (each, GuidanceMoment(each["round__moment"]))
                for each in months.order_by("-month", "round__moment")[: MOST_MONTHS * len(GuidanceMoment)]
            ],
            "mapped": [
                (one.category, GoodsKind(one.kind) if one.kind else None)
                for one in GuidanceCategory.objects.order_by("kind", "category")
            ],
        }


class GuidedView(MatterView[GuidanceTold]):
    """Guidance as its buyer reads it: said to be read, and turned off where it is no matter of safety."""

    app, name, at, home = "safety_public", "told", "safe-use/mine/", "told-all"
    back_text = Text("届いた案内の一覧に戻る", "Back to what you were sent")
    roles, absent = (Role.BUYER,), NoSuchGuidance
    listed, decisions = TOLD_LIST, (READ, STOP, RESUME)
    template, parts = "safety/public/told", (PagePart.WORK,)

    def read(self, place: Where, number: int) -> GuidanceTold:
        """Return one of the buyer's own."""
        row = GuidanceTold.objects.select_related("round").filter(pk=number).first()
        if row is None or place.actor.by != f"buyer:{row.buyer_ref}":
            raise NoSuchGuidance
        return row

    def about(self, key: int) -> str:
        """Return the name under which acts know it."""
        return about_told(key)

    def frame(self, shown: GuidanceTold) -> MatterFrame:
        """Return of which goods it is."""
        return self.framed(shown.guidance.name)

    def given(self, shown: GuidanceTold, place: Where) -> Mapping[str, Any]:
        """Return it with what it says."""
        return {"page": shown, "letter": words_of(shown.round, GoodsKind(shown.kind)), "why_kept": WHY_KEPT}


ROUND_PAGES, TOLD_PAGES = RoundView(), GuidedView()


@open_to(*EVERYONE)
def safe_use(request: Visit) -> HttpResponse:
    """Show how goods of each kind are used safely."""
    return render(request, "safety/public/safe_use.html", {"kinds": GUIDANCE})
