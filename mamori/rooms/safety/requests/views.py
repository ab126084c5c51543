"""The pages on which staff enter a request, call back who sent it, follow it, and take its answer away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from mamori.grammar.actor import HEADS, STAFF, Actor
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.history import past_of
from mamori.ground.matters.page import PagePart
from mamori.ground.vault import facts as vault, views as served
from mamori.ground.web import papers
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import MatterFrame, Prepare, filed, form_of
from mamori.ground.web.forms import DayField, FilesField, HouseForm, WordsField
from mamori.ground.web.matterview import Form, MatterView, Where
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import said, said_text
from mamori.japan import written
from mamori.japan.calendar import JAPAN
from mamori.law.requests import RequestAbout, RequestBasis
from mamori.rooms.safety.lifecycle import OPEN_REQUEST, AuthorityState
from mamori.rooms.safety.requests import actions, queries
from mamori.rooms.safety.requests.actions import AgencyUnconfirmed, RequestTold
from mamori.rooms.safety.requests.acts import HIT_ACTS, REQUEST_ACTS
from mamori.rooms.safety.requests.matter import HOUSE, NoSuchAuthorityRequest, PaperSaid, about
from mamori.rooms.safety.requests.queries import REQUEST_LIST, AuthorityShown
from mamori.rooms.safety.requests.rules import RequestChannel

SAID = PaperSaid.__struct_fields__
TOLD = tuple(one.name for one in fields(RequestTold) if one.name != "said")

# What staff fill in where no input asks it.


def _line(ja: str, en: str, *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=said(ja, en), max_length=300, required=required)


def _day(ja: str, en: str, *, required: bool = True) -> DayField:
    return DayField(label=said(ja, en), first=date(2026, 1, 1), last=date(2034, 12, 31), required=required)


def _yes(ja: str, en: str) -> forms.BooleanField:
    return forms.BooleanField(label=said(ja, en), required=False)


def _bases() -> Iterator[tuple[Any, Any]]:
    """Yield the bases by what they are about; none is taken for granted, since immunity hangs on it."""
    yield "", said("選んでください", "Please choose")
    for what in RequestAbout:
        of_these = [one for one in RequestBasis if one.rule.about is what]
        yield said_text(what.text), [(one.value, said_text(one.text)) for one in of_these]


class RequestForm(HouseForm):
    """A request as its paper says it."""

    basis = forms.TypedChoiceField(
        label=said("何にもとづく要請ですか", "On what does it rest?"), coerce=RequestBasis, choices=_bases
    )
    channel = forms.TypedChoiceField(
        label=said("どう届きましたか", "How did it come?"),
        coerce=RequestChannel,
        choices=[(one.value, said_text(one.text)) for one in RequestChannel],
        widget=forms.RadioSelect,
    )
    agency = forms.TypedChoiceField(
        label=said("登録された機関", "Agency in the directory"),
        choices=queries.agencies,
        coerce=int,
        empty_value=None,
        required=False,
    )
    by = _line("名乗っている機関（書かれているとおり）", "Which agency it says to be", required=True)
    officer = _line("担当者", "Officer")
    contact = _line("要請に書かれた連絡先（ここには電話しません）", "Contact that it names (never called)")
    paper = _line("文書の番号と日付", "Number and date of the paper")
    words = WordsField(label=said("内容（届いたまま）", "What it says"), check=written.optional, rows=5)
    received_on = _day("届いた日", "Day on which it arrived")
    received_time = forms.TimeField(
        label=said("届いた時刻（わからなければ空のまま）", "Time of day, where it is known"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        required=False,
    )
    own_day = _day("機関が示した期限の日（あれば）", "The agency's own day, if any", required=False)

    def clean(self) -> dict[str, Any]:
        """Return the paper as one value, and the rest."""
        given = super().clean() or {}
        if given.get("basis") is RequestBasis.OTHER and not given.get("words"):
            self.add_error("words", said("根拠を言葉で書いてください。", "Please write its basis in words."))
        return given if self.errors else self.taken(given)

    def taken(self, given: dict[str, Any]) -> dict[str, Any]:
        """Return the request as the verb takes it."""
        one = PaperSaid(**{name: given.pop(name) for name in SAID})
        return {"told": RequestTold(said=one, **{name: given.pop(name) for name in TOLD}), **given}


class EnterAuthorityForm(RequestForm):
    """The same as it came, with its list and its originals."""

    sent = forms.FileField(
        label=said("商品の一覧のファイル（ExcelかCSV）", "Its list of goods as a file (Excel or CSV)"),
        required=False,
    )
    pasted = forms.CharField(
        label=said("または、一覧を貼り付ける（1行に1つ）", "Or paste the list (one article a line)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    attached = FilesField(label=said("届いた原本（メール・文書・写真）", "The original"), required=False)
    is_data = _yes("購入者や出品者の情報の求め（照会・令状）", "It asks for data of buyers or sellers")
    another = _yes("これは別の文書", "This is another paper")

    def clean(self) -> dict[str, Any]:
        """Return the list as one value, from its file or as it was pasted."""
        given = super().clean()
        if given.get("sent") and given.get("pasted"):
            self.add_error("pasted", said("一覧はどちらか一つにしてください。", "Please send the list once."))
        if self.errors:
            return given
        sent, pasted = given.pop("sent"), given.pop("pasted")
        return given | {"listed": sent or pasted or None}


def _asking(verb: Any, *more: type[HouseForm], **fields: forms.Field) -> Form:
    return type("AskedForm", (form_of(verb), *more), dict(fields))


# What is decided.


NOTED = Text("記録しました。", "It is noted.")
_R = AuthorityState


def _of(verb: Any, title: Text, *states: AuthorityState, **more: Any) -> Decision[AuthorityShown]:
    there = more.pop("is_there", lambda page: True)
    return Decision(
        slug=more.pop("slug", verb.__name__.partition("_")[0]),
        title=title,
        verb=verb,
        done={verb.__name__: NOTED},
        is_there=lambda page: page.row.state in states and there(page),
        **more,
    )


ENTER: Decision[None] = Decision(
    slug="enter",
    title=Text("届いた要請を記録する", "Enter a request that came"),
    lead=Text(
        "届いたとおりに記録します。記録しただけでは、何も非表示にせず、だれにも知らせません。送り主を確かめるのは次の画面です。",
        "It is entered as it came. Entering it hides nothing and tells nobody. Who sent it is verified on its page.",
    ),
    button=Text("記録する", "Enter it"),
    done={"enter_request": Text("記録しました。一覧のいちばん上です。", "It was entered: it is the first.")},
    verb=actions.enter_request,
    key="",
)
VERIFY = _of(
    actions.verify_request,
    Text("送り主を折り返して確かめた", "I called back: it is the agency's own"),
    _R.RECEIVED,
    closed=lambda page: None if page.row.agency and page.row.agency.is_known else AgencyUnconfirmed.text,
)
SENT = _of(
    actions.answer_request, Text("回答を送ったと記録する", "Note that it was answered"), _R.ACTED, slug="sent"
)
CLOSE = _of(
    actions.close_request,
    Text("終える", "Close it"),
    *OPEN_REQUEST[:2],
    _R.ANSWERED,
    is_there=lambda page: page.row.state == _R.ANSWERED or page.row.rests_on.deadline is None,
)
LOOK_AFTER = _of(
    actions.look_after_forged,
    Text("したことを見直したと記録する", "Note that what was done was looked at again"),
    _R.FORGED,
    roles=tuple(HEADS),
    is_there=lambda page: page.was_acted and page.row.looked_at is None,
)
CORRECT = _of(
    actions.correct_request,
    Text("記録を直す", "Correct it"),
    *OPEN_REQUEST[:2],
    lead=Text("機関を選び直すと、送り主をもう一度確かめます。", "Another agency has to be called back anew."),
)
ATTACH = _of(
    actions.attach_request, Text("あとから届いた文書を添える", "Put later papers to it"), *OPEN_REQUEST
)
PUBLISHED = _of(
    actions.note_published,
    Text("要請の公表を記録する", "Note that the request was published"),
    *OPEN_REQUEST[1:],
    _R.CLOSED,
    slug="published",
)
JOIN = _of(
    actions.join_request, Text("同じ件の要請とつなぐ", "Join it to one of the same matter"), *OPEN_REQUEST
)
FORGED = _of(
    actions.find_forged,
    Text("偽物と決める", "Find that it is forged"),
    *OPEN_REQUEST,
    slug="forged",
    lead=Text(
        "もう何も行いません。したことは一件ずつ見直します。", "What was done is looked at again, one by one."
    ),
    roles=tuple(HEADS),
    tone="grave",
)
DECISIONS = (VERIFY, SENT, CLOSE, LOOK_AFTER, CORRECT, ATTACH, PUBLISHED, JOIN, FORGED)
OWN_FORMS: Mapping[str, Form] = {
    "enter": EnterAuthorityForm,
    "correct": _asking(actions.correct_request, RequestForm),
    "attach": _asking(actions.attach_request, attached=FilesField()),
    "published": _asking(actions.note_published, on=_day("公表された日", "Day of publication")),
    "close": _asking(
        actions.close_request, apart=_yes("つながる要請は別に回答する", "Joined ones are answered apart")
    ),
    "join": _asking(
        actions.join_request,
        other=forms.TypedChoiceField(
            label=said("同じ件の要請", "The other request"), choices=queries.open_ones, coerce=int
        ),
    ),
}


class AuthorityView(MatterView[AuthorityShown]):
    """A request as staff follow it: what is next, the number to call back, what it says, and what came of its list."""

    app, name, at, home = "safety_staff", "request", "requests/", "requests"
    back_text = Text("要請の一覧に戻る", "Back to the requests")
    roles, deciders, absent = STAFF, STAFF, NoSuchAuthorityRequest
    listed, list_template, makes, decisions = REQUEST_LIST, "safety/staff/requests.html", (ENTER,), DECISIONS
    apart = frozenset({"correct", "join", "published"})
    template, parts = "safety/staff/request", (PagePart.WORK, PagePart.FACTS, PagePart.HISTORY)

    def read(self, place: Where, number: int) -> AuthorityShown:
        """Return one as staff read it."""
        return queries.request(place.actor, number)

    def about(self, key: int) -> str:
        """Return the name under which acts know it."""
        return about(key)

    def frame(self, shown: AuthorityShown) -> MatterFrame:
        """Return on what it rests, who asks, and its number."""
        return self.framed(shown.row.rests_on.text, shown.said.by, shown.number)

    def given(self, shown: AuthorityShown, place: Where) -> Mapping[str, Any]:
        """Return it with what was done, which the page of its case says itself, and where its files are."""
        return {
            "page": shown,
            "in_case": place.in_case,
            "here": reverse("safety_staff:request", args=(shown.row.pk,)),
            "channel": RequestChannel(shown.row.channel).text,
            "past": past_of(about(shown.row.pk), REQUEST_ACTS | HIT_ACTS),
        }

    def form(self, decision: Decision[Any], shown: AuthorityShown | None, actor: Actor) -> Form:
        """Return what a decision asks."""
        return OWN_FORMS.get(decision.slug) or form_of(decision.verb)

    def initial(self, shown: AuthorityShown) -> Mapping[str, Any]:
        """Return what is known of it."""
        row, local = shown.row, shown.row.received_at.astimezone(JAPAN)
        known = {name: getattr(row, name) for name in ("basis", "channel", "own_day", "version")}
        known |= {"agency": row.agency_id, "received_on": local.date(), "received_time": local.time()}
        return known | {name: getattr(shown.said, name) for name in SAID}

    def begun(self, decision: Decision[None], place: Where) -> Mapping[str, Any]:
        """Return that it came today."""
        return {"received_on": place.actor.at.astimezone(JAPAN).date(), "channel": RequestChannel.MAIL.value}

    def prepare(self, decision: Decision[Any], shown: AuthorityShown | None) -> Prepare:
        """Return what makes its papers ready, under the house's key."""
        return filed(lambda given: HOUSE)


REQUESTS = AuthorityView()


@open_to(*STAFF)
def file(request: Visit, number: int, file: int, page: int = 0, case_page: str = "") -> HttpResponse:
    """Give a paper of a request as it was sent, or show a page of it."""
    kept = vault.files_about(about(number))
    if not 1 <= file <= len(kept):
        raise NoSuchAuthorityRequest
    one = kept[file - 1].id
    return served.shown(vault.picture(one, page)) if page else served.saved(vault.original(one))


@open_to(*STAFF)
def answer(request: Visit, number: int, case_page: str = "") -> HttpResponse:
    """Give the letter of the answer as PDF, or as text to paste into a mail."""
    actor = actor_of(request)
    shown = queries.request(actor, number)
    parts = [
        (Text(name, name), [papers.rows(*pairs)]) for name, pairs in queries.letter(shown, actor.at) if pairs
    ]
    lead, file = f"{queries.addressed(shown)}\n{LEAD}", f"answer-{number}"
    whole = papers.paper(Text(TITLE, TITLE), Text(lead, lead), parts, foot=shown.number)
    if request.GET.get("format") == "txt":
        return papers.text(whole, name=file)
    return papers.answer(whole, at=actor.at, name=file)


TITLE, LEAD = "要請への回答", "いただいた要請について、次のとおり回答します。"
