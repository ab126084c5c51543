"""The pages on which staff decide on listings that rules found, and heads keep the rules: own words, lists, what is retired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Count, Q

from mamori.grammar.actor import HEADS, STAFF, Actor
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.market import facts as market
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.history import past_of
from mamori.ground.matters.page import PagePart
from mamori.ground.matters.readinglist import Filter, ListColumn, ReadingList, Written, by_state
from mamori.ground.web.decisions import MatterFrame, by_verb
from mamori.ground.web.forms import DayField, HouseForm, VersionForm
from mamori.ground.web.matterview import Form, MatterView, Where
from mamori.ground.web.once import new_token
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import said, said_text
from mamori.rooms.safety.lifecycle import SCREENING, ScreeningState
from mamori.rooms.safety.models import ScreenedListing, Screening
from mamori.rooms.safety.models.screening import WAITS
from mamori.rooms.safety.screening import actions
from mamori.rooms.safety.screening.actions import NoSuchScreening, about, told_by
from mamori.rooms.safety.screening.acts import SCREENING_ACTS
from mamori.rooms.safety.screening.rules import Outcome, place_of

A_PAGE, EXAMPLES = 50, 10
CHOICES = (Outcome.FINE, Outcome.ASKED, Outcome.FOUND)


class TermForm(HouseForm):
    """Own words: what is looked for, what rules it out, why, and what a seller is asked."""

    title = forms.CharField(label=said("名前", "What it is about"), max_length=100)
    terms = forms.CharField(
        label=said("探す言葉（1行に1つ）", "Words to look for (one on each line)"),
        help_text=said(
            "全角と半角、かなとカナ、間の空白や記号の違いは、同じとみなします。",
            "Width, kana, and blanks or marks in between make no difference.",
        ),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    but = forms.CharField(
        label=said("あれば除く言葉（1行に1つ、付属品など）", "Words that rule it out (such as accessories)"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    why = forms.CharField(
        label=said("理由（記録に残ります）", "Why (kept in the record)"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    ask = forms.CharField(
        label=said("出品者に尋ねること", "What a seller is asked"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    danger = forms.BooleanField(
        label=said("人に危害が及ぶおそれがある商品", "People may come to harm by it"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Return the words one by one."""
        given = super().clean() or {}
        for name in ("terms", "but"):
            given[name] = [" ".join(one.split()) for one in given.get(name, "").splitlines() if one.strip()]
        return given


class TakeListForm(VersionForm):
    """A list as a file, with its day."""

    as_of = DayField(label=said("一覧の日付", "The day of the list"))
    sent = forms.FileField(
        label=said("一覧のファイル（ExcelかCSV）", "The list (Excel or CSV)"),
        help_text=said(
            "「事業者名」「メーカー」「ブランド」などの見出しのある列を、すべて読みます。前の一覧と入れ替わります。",
            "Every column headed name, company, maker, brand or the like is read. It takes the place of the one before.",
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv,text/csv"}),
    )


class JudgeScreenedForm(HouseForm):
    """Which candidates are decided on, how, and what their sellers are asked."""

    picked = forms.TypedMultipleChoiceField(coerce=int, label=said("候補", "Candidates"))
    outcome = forms.TypedChoiceField(
        coerce=Outcome,
        label=said("どうしますか", "What is decided?"),
        choices=[(one, said_text(one.text)) for one in CHOICES],
    )
    words = forms.CharField(
        label=said("出品者に尋ねること", "What the sellers are asked"), max_length=1_000, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posted = self.data.getlist("picked") if self.is_bound else []  # type: ignore[attr-defined]
        self.fields["picked"].choices = [(one, one) for one in posted if one.isdecimal() and len(one) < 19]  # type: ignore[attr-defined]


def _of(verb: Any, slug: str, title: Text, *states: ScreeningState, **more: Any) -> Decision[Screening]:
    there, act = more.pop("is_there", lambda row: True), verb.__name__.replace("_term", "")
    return Decision(
        slug=slug,
        title=title,
        verb=verb,
        done={f"screening_{act}": NOTED},
        is_there=lambda row: row.state in states and there(row),
        **{"roles": tuple(HEADS)} | more,
    )


NOTED = Text("記録しました。", "It is noted.")
DRAFT, USED, RETIRED = tuple(ScreeningState)[:3]
TRIED = Text(
    "前の月の出品での効き目を調べています。終わると、ここから使い始められます。",
    "What it would find in last month's listings is being counted. It can be used once that is done.",
)
ADD: Decision[None] = Decision(
    slug="add",
    title=Text("自社の言葉を加える", "Add words of our own"),
    lead=Text(
        "まず下書きになり、前の月の出品にどれだけ当たるかが出ます。使い始めるのは、それを見てからです。",
        "It is a draft first, and shows what it would have found last month. It is used after that was seen.",
    ),
    done={"screening_add": NOTED},
    verb=actions.add_term,
    key="",
    roles=tuple(HEADS),
)
JUDGE = _of(actions.judge, "judge", Text("候補を決める", "Decide on candidates"), USED, RETIRED, roles=STAFF)
USE = _of(
    actions.use_term,
    "use",
    Text("使い始める", "Use it"),
    DRAFT,
    RETIRED,
    lead=Text(
        "すべての出品を、もう一度見ます。候補が出るだけで、自動では何も非表示にしません。",
        "All listings are looked at once more. There will be candidates; nothing is hidden by that.",
    ),
    closed=lambda row: TRIED if row.state == DRAFT and row.tried_at is None else None,
)
TAKE = _of(
    actions.take_list,
    "list",
    Text("名前の一覧を取り込む", "Take in a list of names"),
    USED,
    RETIRED,
    is_there=lambda row: row.is_list,
)
RETIRE = _of(
    actions.retire_term,
    "retire",
    Text("使うのをやめる", "Retire it"),
    USED,
    lead=Text("まだ決めていない候補は消えます。", "Candidates that nobody decided on go."),
    tone="grave",
)
DROP = _of(
    actions.drop_term, "drop", Text("捨てる", "Drop it"), DRAFT, RETIRED, is_there=lambda row: row.is_own
)
DECISIONS = (JUDGE, USE, TAKE, RETIRE, DROP)
OWN_FORMS: Mapping[str, Form] = {"add": TermForm, "list": TakeListForm, "judge": JudgeScreenedForm}


def counted(rows: Sequence[Screening], actor: Actor) -> list[Screening]:
    """Return rules with how many candidates wait, were fine, and were not."""
    waits = Count("pk", filter=WAITS)
    fine = Count("pk", filter=Q(outcome=Outcome.FINE))
    found = ScreenedListing.objects.filter(rule__in=[row.pk for row in rows]).values("rule")
    figures = {
        one.pop("rule"): one for one in found.annotate(waits=waits, fine=fine, all=Count("pk")).order_by()
    }
    for row in rows:
        one = figures.get(row.pk, {"waits": 0, "fine": 0, "all": 0})
        row.waits, row.fine, row.rest = one["waits"], one["fine"], one["all"] - one["waits"] - one["fine"]  # type: ignore[attr-defined]
    return list(rows)


SCREENING_LIST: ReadingList[Screening] = ReadingList(
    slug="screening",
    title=Text("出品の確認", "Screening"),
    lead=Text(
        "出品を見る規則と、当たった候補です。決めるのは人で、規則だけでは何も起こりません。問題なしばかりの規則は、使うのをやめてください。",
        "The rules by which listings are looked at, and what they found. A person decides; a rule alone does nothing. Please "
        "retire a rule whose candidates are all fine.",
    ),
    empty=Text(
        "規則はまだ動いていません。一時間以内に始まります", "No rule runs yet; they begin within the hour"
    ),
    roles=STAFF,
    rows=lambda actor: Screening.objects.all(),
    order=("-unread_at", "-as_of", "id"),
    read=counted,
    columns=(
        ListColumn(title=Text("規則", "Rule"), value="title_text", to="pk", at="safety_staff:screening"),
        ListColumn(title=Text("決める候補", "To decide"), value="waits", written=Written.NUMBER),
        ListColumn(title=Text("問題なし", "Fine"), value="fine", written=Written.NUMBER),
        ListColumn(title=Text("尋ねた・違反の疑い", "Asked or found"), value="rest", written=Written.NUMBER),
        ListColumn(title=Text("状態", "State"), value="state_text"),
        ListColumn(title=Text("一覧の日付", "Day of the list"), value="as_of"),
    ),
    filters=(
        by_state(SCREENING),
        Filter(
            name="waits",
            title=Text("候補", "Candidates"),
            choices={"yes": Text("決める候補がある", "some to decide")},
            narrow=lambda rows, actor, code: rows.filter(
                pk__in=ScreenedListing.objects.filter(WAITS).values("rule")
            ),
        ),
    ),
    size=100,
)


class ScreeningView(MatterView[Screening]):
    """A rule as staff see it: its candidates with the word that was found, marked where it stands, and what the rule says."""

    app, name, at, home = "safety_staff", "screening", "screening/", "screenings"
    back_text = Text("出品の確認に戻る", "Back to screening")
    roles, deciders, absent = STAFF, STAFF, NoSuchScreening
    listed, list_template, makes, decisions = (
        SCREENING_LIST,
        "safety/staff/screenings.html",
        (ADD,),
        DECISIONS,
    )
    apart = frozenset({"judge", "list"})
    template, parts = "safety/staff/screening", (PagePart.WORK, PagePart.FACTS, PagePart.HISTORY)

    def read(self, place: Where, number: int) -> Screening:
        """Return one as staff read it."""
        if (row := Screening.objects.filter(pk=number).first()) is None:
            raise NoSuchScreening
        return counted([row], place.actor)[0]

    def about(self, key: int) -> str:
        """Return the name under which acts know it."""
        return about(key)

    def frame(self, shown: Screening) -> MatterFrame:
        """Return what it is about."""
        return self.framed(Text("確認の規則", "Rule"), ref=f"{shown.pk}")

    def given(self, shown: Screening, place: Where) -> Mapping[str, Any]:
        """Return it with its candidates: those that wait, the oldest first, then what was decided last."""
        rows, is_draft = shown.found.all(), shown.state == DRAFT
        waiting = list(rows.filter(WAITS).order_by("pk")[: EXAMPLES if is_draft else A_PAGE])
        decided = [] if is_draft else list(rows.exclude(WAITS).order_by("-judged_at", "-pk")[:EXAMPLES])
        known = market.listings({one.listing_ref for one in (*waiting, *decided)})
        numbers = cases.numbers_of([f"enforcement.finding:{one.finding}" for one in decided if one.finding])
        return {
            "page": shown,
            "waiting": [(one, known.get(one.listing_ref), _marked(shown, one, known)) for one in waiting],
            "decided": [
                (one, known.get(one.listing_ref), numbers.get(f"enforcement.finding:{one.finding}"))
                for one in decided
            ],
            "is_draft": is_draft,
            "judge_at": self.address(shown.pk, "judge") if place.is_page and not is_draft else "",
            "token": new_token(),
            "token_all": new_token(),
            "past": past_of(about(shown.pk), SCREENING_ACTS),
        }

    def list_more(self, request: Visit) -> Mapping[str, Any]:
        """Say whether who reads it may add own words."""
        return {"may_add": actor_of(request).role in HEADS}

    def offered(
        self, shown: Screening, number: Any, actor: Actor, *, of: Text | None = None
    ) -> tuple[Any, ...]:
        """Return what can be decided, but for the candidates, which have their own buttons."""
        return tuple(one for one in super().offered(shown, number, actor, of=of) if one.decision is not JUDGE)

    def form(self, decision: Decision[Any], shown: Screening | None, actor: Actor) -> Form:
        """Return what a decision asks."""
        return OWN_FORMS.get(decision.slug) or by_verb(decision)

    def initial(self, shown: Screening) -> Mapping[str, Any]:
        """Return which version is seen."""
        return {"version": shown.version}


def _marked(
    row: Screening, one: ScreenedListing, known: Mapping[str, market.ListingFact]
) -> tuple[str, str, str] | None:
    """Return the words in which the term stands, in three pieces; None where they are others by now."""
    listing = known.get(one.listing_ref)
    if listing is None or not one.term or one.field in ("", "seller"):
        return None
    words = getattr(told_by(listing), one.field)
    place = place_of(one.term, words, is_name=row.is_list)
    return (words[: place[0]], words[slice(*place)], words[place[1] :]) if place else None


SCREENINGS = ScreeningView()
