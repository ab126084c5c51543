"""The pages of the directory of agencies: entered by one, confirmed by another, corrected, ended, sent a page to use once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from mamori.grammar.actor import STAFF, Actor
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.history import past_of
from mamori.ground.matters.page import PagePart
from mamori.ground.matters.readinglist import Filter, ListColumn, ReadingList, Written
from mamori.ground.web.decisions import MatterFrame, by_verb, form_of
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.matterview import Form, MatterView, Where
from mamori.ground.web.wording import said
from mamori.rooms.safety.agencies import actions
from mamori.rooms.safety.agencies.actions import PAGE, PHONE, AgencyTold, NoSuchAgency, about_agency
from mamori.rooms.safety.models import Agency
from mamori.rooms.safety.requests import actions as requests
from mamori.rooms.safety.requests.acts import AGENCY_ACTS


@dataclass(frozen=True, slots=True)
class AgencyShown:
    """An agency as staff read it."""

    row: Agency

    @property
    def is_open(self) -> bool:
        """Say whether it is still used."""
        return self.row.ended_at is None


class AgencyForm(HouseForm):
    """What the agency's own page says."""

    name = forms.CharField(label=said("機関", "Agency"), max_length=200)
    office = forms.CharField(label=said("部署・窓口", "Office"), max_length=200, required=False)
    phone = forms.RegexField(
        PHONE.pattern,
        label=said("電話番号", "Telephone"),
        help_text=said(
            "機関の公式ページを自分で開いて書き写します。届いた要請に書かれた番号は使いません。",
            "Copy it from the agency's own page, which you opened yourself; never from a request.",
        ),
        max_length=32,
    )
    mail = forms.EmailField(label=said("メールアドレス", "Mail address"), max_length=254, required=False)
    address = forms.CharField(label=said("住所", "Address"), max_length=300, required=False)
    page = forms.RegexField(
        PAGE.pattern,
        label=said("それが書かれている公式ページ（https://）", "Its own page that says so (https://)"),
        max_length=500,
    )

    def clean(self) -> dict[str, Any]:
        """Return what the page says as one value."""
        given = super().clean() or {}
        if self.errors:
            return given
        return {"told": AgencyTold(**{name: given.pop(name) for name in AgencyForm.base_fields}), **given}


class AgenciesForm(HouseForm):
    """A table of agencies."""

    table = forms.FileField(
        label=said("表のファイル（ExcelかCSV）", "The table (Excel or CSV)"),
        help_text=said(
            "一行目に見出し：機関、部署、電話、メール、住所、ページ。もうある窓口は飛ばします。一行でも読めなければ、何も登録しません。",
            "Headings first: agency, office, phone, mail, address, page. What is there already is left as it is; where one row "
            "cannot be read nothing is entered.",
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv,text/csv"}),
    )


ENTER: Decision[None] = Decision(
    slug="enter",
    title=Text("機関の窓口を書き入れる", "Enter an office of an agency"),
    lead=Text(
        "書き入れた人とは別の人が公式ページで確かめるまで、この番号では要請を確かめられません。",
        "Until somebody else has confirmed it from the agency's own page, no request is verified by it.",
    ),
    button=Text("書き入れる", "Enter it"),
    done={
        "enter_agency": Text(
            "書き入れました。別の人が確かめます。", "It is entered; somebody else confirms it."
        )
    },
    verb=actions.enter_agency,
    key="",
)
TABLE: Decision[None] = Decision(
    slug="table",
    title=Text("機関を表で取り込む", "Take in a table of agencies"),
    lead=Text(
        "電話番号の入った一覧は配っていません。自社で集めた表を取り込みます。一行ずつ、別の人が公式ページで確かめます。",
        "We ship no list of telephone numbers: take in a table of your own. Each row is confirmed by somebody else.",
    ),
    button=Text("取り込む", "Take it in"),
    done={
        "enter_agency": Text(
            "取り込みました。別の人が確かめます。", "They are entered; somebody else confirms them."
        )
    },
    verb=actions.enter_agencies,
    key="",
)
CONFIRM: Decision[AgencyShown] = Decision(
    slug="confirm",
    title=Text("公式ページで確かめた", "I confirmed it from its own page"),
    lead=Text(
        "書き入れた人とは別の人が確かめます。要請の文書やメールにあるリンクからは開かないでください。",
        "Somebody else than who entered it confirms it. Do not come to the page by a link of a request.",
    ),
    done={"confirm_agency": Text("確かめたことを記録しました。", "It is noted that you confirmed it.")},
    verb=actions.confirm_agency,
    key="agency",
    is_there=lambda page: page.is_open and page.row.confirmed_at is None,
)
LINK: Decision[AgencyShown] = Decision(
    slug="link",
    title=Text("一度だけのページを送る", "Send a page to use once"),
    lead=Text(
        "登録されたメールアドレスに、要請を一件送れるページのアドレスを送ります。届いた要請も、折り返して確かめます。",
        "The address of a page for one request is mailed to the registered address. What comes by it is called back, too.",
    ),
    button=Text("送る", "Send it"),
    done={"link_sender": Text("送りました。", "It is sent.")},
    verb=requests.link_sender,
    key="agency",
    is_there=lambda page: page.row.is_known and bool(page.row.mail),
)
CORRECT: Decision[AgencyShown] = Decision(
    slug="correct",
    title=Text("記録を直す", "Correct it"),
    lead=Text("直すと、別の人がもう一度確かめます。", "What is corrected has to be confirmed again."),
    done={
        "correct_agency": Text(
            "直しました。別の人が確かめます。", "It is corrected; somebody else confirms it."
        )
    },
    verb=actions.correct_agency,
    key="agency",
    is_there=lambda page: page.is_open,
)
END: Decision[AgencyShown] = Decision(
    slug="end",
    title=Text("もう使わない", "Use it no more"),
    done={"end_agency": Text("使わないことにしました。", "It is used no more.")},
    verb=actions.end_agency,
    key="agency",
    is_there=lambda page: page.is_open,
    tone="grave",
)
DECISIONS = (CONFIRM, LINK, CORRECT, END)
AGENCY_LIST: ReadingList[Agency] = ReadingList(
    slug="agencies",
    title=Text("機関の連絡先", "Directory of agencies"),
    lead=Text(
        "要請の送り主を確かめるときに折り返す、公式ページの番号です。一人が書き入れ、別の人が確かめます。",
        "The numbers from agencies' own pages at which senders of requests are called back: entered by one, confirmed by "
        "another.",
    ),
    empty=Text(
        "機関はまだありません。要請を送ってくる機関を、公式ページから書き入れてください",
        "There is no agency yet. Please enter those that send you requests, from their own pages",
    ),
    roles=STAFF,
    rows=lambda actor: Agency.objects.all(),
    order=("name", "office", "id"),
    read=lambda rows, actor: rows,
    columns=(
        ListColumn(title=Text("機関", "Agency"), value="name", to="pk", at="safety_staff:agency"),
        ListColumn(title=Text("部署・窓口", "Office"), value="office"),
        ListColumn(title=Text("電話", "Telephone"), value="phone"),
        ListColumn(title=Text("状態", "State"), value="state_text"),
        ListColumn(title=Text("確かめた日時", "Confirmed"), value="confirmed_at", written=Written.MOMENT),
    ),
    filters=(
        Filter(
            name="state",
            title=Text("状態", "State"),
            choices={
                "waits": Text("まだ確かめていない", "not confirmed"),
                "known": Text("確かめた", "confirmed"),
                "ended": Text("もう使わない", "used no more"),
            },
            narrow=lambda rows, actor, code: rows.filter(
                ended_at__isnull=code != "ended",
                **({} if code == "ended" else {"confirmed_at__isnull": code == "waits"}),
            ),
        ),
    ),
)


class AgencyView(MatterView[AgencyShown]):
    """An agency as staff read it: its number, its own page, who entered and who confirmed it."""

    app, name, at, home = "safety_staff", "agency", "agencies/", "agencies"
    back_text = Text("機関の一覧に戻る", "Back to the directory")
    roles, absent = STAFF, NoSuchAgency
    listed, list_template, makes, decisions = (
        AGENCY_LIST,
        "safety/staff/agencies.html",
        (ENTER, TABLE),
        DECISIONS,
    )
    apart = frozenset({"correct"})
    template, parts = "safety/staff/agency", (PagePart.WORK,)

    def read(self, place: Where, number: int) -> AgencyShown:
        """Return one as staff read it."""
        row = Agency.objects.filter(pk=number).first()
        if row is None:
            raise NoSuchAgency
        return AgencyShown(row)

    def about(self, key: int) -> str:
        """Return the name under which acts know it."""
        return about_agency(key)

    def frame(self, shown: AgencyShown) -> MatterFrame:
        """Return which one it is."""
        return self.framed(Text("機関", "Agency"), named=shown.row.name, ref=f"{shown.row.pk}")

    def given(self, shown: AgencyShown, place: Where) -> Mapping[str, Any]:
        """Return it with what was done."""
        return {"page": shown, "past": past_of(about_agency(shown.row.pk), AGENCY_ACTS)}

    def form(self, decision: Decision[Any], shown: AgencyShown | None, actor: Actor) -> Form:
        """Return what a decision asks."""
        own: Mapping[str, Form] = {
            "enter": AgencyForm,
            "table": AgenciesForm,
            "correct": type("CorrectAgencyForm", (form_of(actions.correct_agency), AgencyForm), {}),
        }
        return own.get(decision.slug) or by_verb(decision)

    def initial(self, shown: AgencyShown) -> Mapping[str, Any]:
        """Return what is known of it."""
        return {name: getattr(shown.row, name) for name in (*AgencyForm.base_fields, "version")}


AGENCIES = AgencyView()
