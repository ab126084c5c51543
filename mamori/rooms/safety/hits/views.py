"""Pages on which staff hold a request's list against the listings, say which are meant, and act upon them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from mamori.grammar.actor import STAFF, Actor
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.page import PagePart
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import MatterFrame, by_verb
from mamori.ground.web.forms import VersionForm
from mamori.ground.web.lists import spreadsheet
from mamori.ground.web.matterview import Form, MatterView, Where
from mamori.ground.web.once import new_token
from mamori.ground.web.signs import Visit
from mamori.ground.web.wording import said
from mamori.rooms.safety.hits import actions, queries
from mamori.rooms.safety.hits.queries import HitGroup, HitsPage
from mamori.rooms.safety.requests.matter import NoSuchAuthorityRequest, request_by


class ListForm(VersionForm):
    """A list as a file, or pasted; numbers of ours alone, one a line, where the sender named the goods in words."""

    sent = forms.FileField(
        label=said("一覧のファイル（ExcelかCSV）", "The list as a file (Excel or CSV)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv,text/csv"}),
    )
    pasted = forms.CharField(
        label=said("または、貼り付ける（1行に1つ）", "Or paste it (one article a line)"),
        help_text=said(
            "アドレス、商品番号、JANコード、型番などです。言葉だけの要請のときは、調べた商品番号を書きます。"
            "どちらも空なら、要請に付いてきた一覧を照らし合わせます。",
            "Addresses, numbers, GTINs, models and the like. Where the request is in words only, write the numbers you found. "
            "With neither, the list that came with the request is looked for.",
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    add = forms.BooleanField(
        label=said("いまの一覧に行を加える", "Add lines to the list that is there"), required=False
    )


class JudgeForm(VersionForm):
    """Which of the candidates on a page are meant."""

    meant = forms.TypedMultipleChoiceField(coerce=int, required=False, label=said("対象", "Meant"))
    among = forms.TypedMultipleChoiceField(coerce=int, required=False, label=said("候補", "Candidates"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posted = self.data.getlist("among") if self.is_bound else []  # type: ignore[attr-defined]
        for name in ("meant", "among"):
            field = self.fields[name]
            assert isinstance(field, forms.TypedMultipleChoiceField)
            field.choices = [(one, one) for one in posted if one.isdecimal() and len(one) < 19]


LEFT = Text("まだ確かめていない候補が{count}件あります。", "{count} candidates are not judged yet.")
LIST: Decision[HitsPage] = Decision(
    slug="list",
    title=Text("一覧を照らし合わせる", "Hold a list against the listings"),
    done={"list_goods": Text("照らし合わせました。", "It was held against the listings.")},
    verb=actions.list_goods,
    is_there=lambda page: page.is_open,
)
JUDGE: Decision[HitsPage] = Decision(
    slug="judge",
    title=Text("この画面の候補を確かめる", "Judge the candidates on this page"),
    done={"judge_hits": Text("記録しました。", "It is noted.")},
    verb=actions.judge_hits,
    is_there=lambda page: page.is_open,
)
SURE: Decision[HitsPage] = Decision(
    slug="sure",
    title=Text("確かなものを、全部対象とする", "All the sure ones are meant"),
    done={"judge_hits": Text("対象としました。", "They are meant.")},
    verb=actions.judge_sure,
    is_there=lambda page: page.is_open and page.sure_unjudged > 0,
)
REST: Decision[HitsPage] = Decision(
    slug="rest",
    title=Text("残りの候補は、全部対象外とする", "None of the rest is meant"),
    done={"judge_hits": Text("対象外としました。", "They are not meant.")},
    verb=actions.rule_out_rest,
    is_there=lambda page: page.is_open and page.unjudged > 0 and page.sure_unjudged == 0,
)
CONFIRM: Decision[HitsPage] = Decision(
    slug="confirm",
    title=Text("対象を確かめ終える", "Finish confirming what it means"),
    done={"confirm_hits": Text("確かめ終えました。", "It is confirmed.")},
    verb=actions.confirm_hits,
    is_there=lambda page: page.is_verified,
    closed=lambda page: LEFT.fill(count=page.unjudged) if page.unjudged else None,
)
ACT: Decision[HitsPage] = Decision(
    slug="act",
    title=Text("対象の出品に対応する", "Act upon the listings that are meant"),
    lead=Text(
        "一度に{most}件まで対応します。商品の危険では、すぐに暫定的に非表示にします。表示や広告では、違反の疑いの件を開き、措置は人が決めます。",
        "Up to {most} at once. Dangerous goods are provisionally hidden at once; of a display or an advertisement a finding is "
        "opened, and a person decides on the measure.",
    ).fill(most=actions.AT_ONCE),
    button=Text("対応する", "Act"),
    done={"act_on": Text("対応しました。結果は下の一覧にあります。", "Done; what came of it stands below.")},
    verb=actions.act_on,
    is_there=lambda page: page.is_open and page.to_act > 0,
    tone="grave",
)
UNDONE: Decision[HitsPage] = Decision(
    slug="undone",
    title=Text("また見えるものを確かめた", "Take note of what is shown again"),
    done={"look_undone": Text("記録しました。", "It is noted.")},
    verb=actions.look_undone,
    is_there=lambda page: page.undone > 0,
)
DECISIONS = (SURE, REST, CONFIRM, ACT, UNDONE, LIST, JUDGE)


class HitsView(MatterView[HitsPage]):
    """What was found for the list of a request, part by part; what is decided is asked beside it."""

    app, name, home = "safety_staff", "request-hits", "request-hits"
    at, one_at = "requests/", "requests/<int:number>/hits/"
    back_text = Text("要請の出品に戻る", "Back to the listings of the request")
    roles, deciders, absent = STAFF, STAFF, NoSuchAuthorityRequest
    decisions = DECISIONS
    apart = frozenset({"judge"})
    template, parts = "safety/staff/hits", (PagePart.WORK,)

    def read(self, place: Where, number: int) -> HitsPage:
        """Return the part and the page of it that the address asks for."""
        group, at_page = place.asked.get("group", ""), place.asked.get("page", "")
        return queries.hits_page(
            number,
            HitGroup(group) if group in set(HitGroup) else HitGroup.SURE,
            int(at_page) if at_page.isdecimal() and len(at_page) < 6 else 1,
            case_page=place.case_page,
        )

    def about(self, key: int) -> str:
        """Return the name under which acts know the request."""
        return queries.name_of(key)

    def frame(self, shown: HitsPage) -> MatterFrame:
        """Return which request it is, and the way back to its case."""
        return MatterFrame(
            title=Text("要請の一覧と出品", "A request's list and our listings"),
            named=shown.number,
            ref=shown.number,
            back=shown.case_page.format(number=shown.number),
            back_text=Text("要請に戻る", "Back to the request"),
        )

    def given(self, shown: HitsPage, place: Where) -> Mapping[str, Any]:
        """Return it, with where its ticks are sent."""
        number = shown.row.pk
        return {
            "page": shown,
            "judge_at": self.address(number, JUDGE.slug),
            "here": reverse("safety_staff:request-hits", args=(number,)),
            "token": new_token(),
            "asks": place.is_page,
        }

    def offered(
        self, shown: HitsPage, number: Any, actor: Actor, *, of: Text | None = None
    ) -> tuple[Any, ...]:
        """Return what can be decided, but for the ticks, which stand beside the candidates."""
        found = super().offered(shown, number, actor, of=of)
        return tuple(one for one in found if one.decision is not JUDGE)

    def form(self, decision: Decision[Any], shown: HitsPage | None, actor: Actor) -> Form:
        """Return the form of the list, of the ticks, or what the verb asks."""
        return {"list": ListForm, "judge": JudgeForm}.get(decision.slug) or by_verb(decision)

    def initial(self, shown: HitsPage) -> Mapping[str, Any]:
        """Return which state of the request a form shows."""
        return {"version": shown.row.version}


HITS = HitsView()


@open_to(*STAFF)
def table(request: Visit, number: int, case_page: str = "") -> HttpResponse:
    """Return the sender's own table with what was done beside each line."""
    row = request_by(number)
    rows = list(queries.answer_rows(row))
    width = max((len(one.cells) for one in rows), default=0)
    headings = next((one.headings for one in rows if one.headings), ())
    padded = [headings[at] if at < len(headings) else "" for at in range(width)]
    cells = ([*one.cells, *[""] * (width - len(one.cells)), *one.ours] for one in rows)
    return spreadsheet(request, name=f"answer-{number}", columns=[*padded, *queries.OURS], rows=cells)
