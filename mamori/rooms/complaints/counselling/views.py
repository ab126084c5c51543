"""The pages of counsellors, of a consumer who is asked for a consent, and of staff who answer and invite."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from mamori.grammar.actor import HEADS, STAFF, Actor, Role
from mamori.grammar.text import Text
from mamori.ground.cases.facts import case_of
from mamori.ground.ledger import facts as ledger
from mamori.ground.matters.decision import Decision, Done, just_did, just_done
from mamori.ground.matters.history import past_of
from mamori.ground.matters.page import PagePart, Section, sections
from mamori.ground.matters.readinglist import ListColumn, ReadingList, Written, by_state
from mamori.ground.people import actions as people
from mamori.ground.people.facts import CODES, CODES_FOR_ONE
from mamori.ground.terms import facts as terms
from mamori.ground.web.access import EVERYONE, open_to, takes
from mamori.ground.web.decisions import MatterFrame, decide, decide_here
from mamori.ground.web.forms import HouseForm, WordsField
from mamori.ground.web.lists import show
from mamori.ground.web.matterview import MatterView, Where
from mamori.ground.web.signing.here import neighbourhood
from mamori.ground.web.signing.views import come_by_button
from mamori.ground.web.signs import Visit, actor_of, number_in
from mamori.ground.web.wording import said
from mamori.law.counselling import COUNSELLOR_ANSWER, INVITED_DAYS, ConsentGiven, ConsentLasts, ConsentTo
from mamori.rooms.complaints.acts import CONSULTATION_ACTS
from mamori.rooms.complaints.counselling import actions, queries
from mamori.rooms.complaints.counselling.queries import (
    ConsultationShown,
    CounsellorOver,
    CounsellorShown,
    NoSuchConsultation,
    NoSuchCounsellor,
    about_consultation,
    consultations_shown,
    counsellor_shown,
    counsellors_shown,
)
from mamori.rooms.complaints.inputs import MOST
from mamori.rooms.complaints.lifecycle import CONSULTATION
from mamori.rooms.complaints.models import Consultation, Counsellor
from mamori.rooms.complaints.reports.views.public import choice_of
from mamori.rooms.complaints.rules import ConsultationInput
from mamori.rooms.contact.facts import threads_of_order
from mamori.rooms.contact.views.buyer import record_pdf
from mamori.rooms.display.bundle.views import bundle_pdf
from mamori.rooms.display.facts import seen_version

# What is decided about consultations, each declared once: by the counsellor, by the consumer, and by staff.


_COUNSELLOR, _CONSUMER = frozenset({Role.COUNSELLOR}), frozenset({Role.BUYER})
ASK_LINK: Decision[str] = Decision(
    slug="link",
    title=Text("消費生活センターの相談員の方へ", "For counsellors of consumer centres"),
    lead=Text(
        "招待されたメールアドレスに、入るためのリンクをお送りします。パスワードは要りません。",
        "We send a link to the address at which you are invited. There is no password.",
    ),
    button=Text("リンクを送る", "Send the link"),
    done={},
    verb=actions.ask_link,
    key="",
    roles=tuple(Role),
)
CONSULT: Decision[tuple[ConsultationShown, ...]] = Decision(
    slug="new",
    title=Text("相談する", "Ask for a consumer"),
    lead=Text(
        "ご本人の同意を得た相談だけをお送りください。注文が決まる相談では、ご本人にも通販サイトから確かめます。",
        "Only with the consumer's consent, please. Where there is an order, the marketplace asks them as well.",
    ),
    button=Text("送る", "Send it"),
    done={
        "consult": Text(
            "相談を受け付けました。回答はメールでお知らせします。", "It is taken. You are told of the answer."
        )
    },
    verb=actions.consult,
    key="",
    roles=_COUNSELLOR,
)
WRITE: Decision[ConsultationShown] = Decision(
    slug="write",
    title=Text("書き足す", "Write more"),
    button=Text("送る", "Send it"),
    done={"write": Text("送りました。", "It was sent.")},
    verb=actions.write_on,
    roles=_COUNSELLOR,
    is_there=lambda page: page.is_open,
)
TAKE_BACK: Decision[ConsultationShown] = Decision(
    slug="take-back",
    title=Text("ご本人が同意を取り消した", "The consumer took the consent back"),
    lead=Text(
        "この相談は終わり、資料は取り出せなくなります。", "It ends, and no papers can be taken any more."
    ),
    button=Text("同意の取り消しを伝える", "Say that it is taken back"),
    done={"withdraw": Text("同意の取り消しを記録しました。", "It is noted.")},
    verb=actions.withdraw_consent,
    roles=_COUNSELLOR,
    is_there=lambda page: page.is_open,
)
END: Decision[ConsultationShown] = Decision(
    slug="end",
    title=Text("相談を終える", "End the consultation"),
    lead=Text("終えると書き足せず、資料も取り出せません。", "Nothing can be written or taken after that."),
    button=Text("相談を終える", "End it"),
    done={"close": Text("相談を終えました。", "It has ended.")},
    verb=actions.close_consultation,
    roles=_COUNSELLOR,
    is_there=lambda page: page.is_open,
)
ALLOW: Decision[ConsultationShown] = Decision(
    slug="allow",
    title=Text("同意したとおりです", "I agreed to this"),
    lead=Text("いつでも取り消せます。", "You can take it back at any time."),
    button=Text("伝えてよい", "You may tell it"),
    done={"confirm": Text("承りました。いつでも取り消せます。", "Noted. You can take it back at any time.")},
    verb=actions.confirm_consent,
    roles=_CONSUMER,
    is_there=lambda page: page.awaits_consumer,
)
REFUSE: Decision[ConsultationShown] = Decision(
    slug="refuse",
    title=Text("伝えないでください", "Do not tell it"),
    lead=Text(
        "覚えがないとき、気が変わったときに。相談員には、同意が取り消されたことだけを知らせます。",
        "If you know nothing of it, or thought better of it. The counsellor is told only that the consent was taken back.",
    ),
    button=Text("伝えないでほしい", "Do not tell it"),
    done={"withdraw": Text("承りました。これから先は何も伝えません。", "Noted. Nothing more is told.")},
    verb=actions.withdraw_consent,
    roles=_CONSUMER,
    is_there=lambda page: page.is_open,
)
ANSWER: Decision[ConsultationShown] = Decision(
    slug="answer",
    title=Text("回答する", "Answer"),
    button=Text("回答を送る", "Send the answer"),
    done={"answer": Text("回答しました。", "It is answered.")},
    verb=actions.answer_counsellor,
    is_there=lambda page: page.is_open,
    warns=lambda page: (
        Text(
            "本人の同意はまだ確かめられていません。注文ややり取りの中身は答えないでください。",
            "The consumer has not confirmed the consent yet: nothing of order or conversation may be answered.",
        )
        if page.row.confirmed_at is None
        else None
    ),
)
CONFIRM: Decision[ConsultationShown] = Decision(
    slug="confirm",
    title=Text("電話で本人に確かめた", "The consumer was called and agreed"),
    lead=Text(
        "本人のページでお返事がないときに。登録の番号にかけて確かめたことを記録し、本人にも書面で知らせます。",
        "Where they did not answer on their page. They were called at the registered number, and are told in writing.",
    ),
    button=Text("同意を記録する", "Note the consent"),
    done={"confirm": Text("本人の同意を記録しました。", "The consent is noted.")},
    verb=actions.confirm_by_call,
    is_there=lambda page: page.awaits_consumer,
)
WITHDRAW: Decision[ConsultationShown] = Decision(
    slug="withdraw",
    title=Text("本人が同意を取り消した", "The consumer took the consent back"),
    lead=Text(
        "電話や手紙で取り消されたときに。すぐに何も渡さなくなります。",
        "By telephone or letter. Nothing more is shown.",
    ),
    button=Text("取り消しを記録する", "Note it"),
    done={"withdraw": Text("取り消しを記録しました。", "It is noted.")},
    verb=actions.withdraw_for,
    is_there=lambda page: page.is_open,
)
CLOSE: Decision[ConsultationShown] = Decision(
    slug="close",
    title=Text("相談を終える", "End the consultation"),
    button=Text("相談を終える", "End it"),
    done={"close": Text("相談を終えました。", "It has ended.")},
    verb=actions.close_consultation,
    is_there=lambda page: page.is_open,
)
INVITE: Decision[str] = Decision(
    slug="invite",
    title=Text("相談員を招く", "Invite a counsellor"),
    lead=Text(
        "センターの代表番号に電話して、その人が相談員であることを確かめてから招きます。招待は{days}日間で、同じ人を招くと延びます。",
        "Call the centre's public number first to see that they work there. It is for {days} days; inviting them again prolongs "
        "it.",
    ).fill(days=INVITED_DAYS),
    button=Text("招待のメールを送る", "Send the invitation"),
    done={"invite": Text("招待のメールを送りました。", "The invitation was sent.")},
    verb=actions.invite_counsellor,
    key="",
    roles=HEADS,
)
END_COUNSELLOR: Decision[CounsellorShown] = Decision(
    slug="end-counsellor",
    title=Text("相談員の利用を終える", "Let them come in no more"),
    lead=Text("この人の相談も終わります。", "What they asked ends, too."),
    button=Text("利用を終える", "End it"),
    done={"end_counsellor": Text("利用を終えました。", "They may come in no more.")},
    verb=actions.end_counsellor,
    roles=HEADS,
    is_there=lambda page: page.is_here,
)
OF_COUNSELLOR = (WRITE, END, TAKE_BACK)
OF_CONSUMER = (ALLOW, REFUSE)
OF_STAFF = (ANSWER, CONFIRM, WITHDRAW, CLOSE)
OF_ALL = (*OF_COUNSELLOR, *OF_CONSUMER, *OF_STAFF)
DECISIONS = (ASK_LINK, CONSULT, *OF_ALL, INVITE, END_COUNSELLOR)


# What staff read of counsellors: what they asked, the newest first; and who was invited.


CONSULTATION_LIST: ReadingList[ConsultationShown] = ReadingList(
    slug="consultations",
    title=Text("消費生活センターの相談員から", "From counsellors of consumer centres"),
    lead=Text(
        "相談員が、消費者本人の同意を得て尋ねたことです。本人の同意が確かめられるまで、注文ややり取りの中身は伝えません。",
        "What counsellors ask with a consumer's consent. Until that is confirmed nothing of order or conversation is told.",
    ),
    empty=Text("相談はありません", "Nothing was asked"),
    roles=STAFF,
    rows=lambda actor: Consultation.objects.select_related("counsellor"),
    order=("-id",),
    read=lambda rows, actor: list(consultations_shown(rows, actor.at)),
    columns=(
        ListColumn(
            title=Text("受付番号", "Number"),
            value="row.pk",
            written=Written.NUMBER,
            to="row.pk",
            at="complaints_staff:consultation",
        ),
        ListColumn(title=Text("センター", "Centre"), value="counsellor.centre", written=Written.CALLED),
        ListColumn(title=Text("お店", "Shop"), value="shop", written=Written.CALLED),
        ListColumn(title=Text("状態", "State"), value="state_text"),
        ListColumn(
            title=Text("期限", "Due"),
            value="due",
            written=Written.MOMENT,
            beneath=(
                ListColumn(
                    title=Text("受け付けた日時", "Received"),
                    value="row.received_at",
                    written=Written.MOMENT,
                    led=True,
                ),
            ),
        ),
    ),
    filters=(by_state(CONSULTATION),),
)
COUNSELLOR_LIST: ReadingList[CounsellorShown] = ReadingList(
    slug="counsellors",
    title=Text("招いた相談員", "Counsellors invited"),
    lead=Text(
        "消費生活センターの相談員です。センターの代表番号で本人を確かめてから招きます。",
        "Counsellors of consumer centres, each confirmed by the public number of the centre before they are invited.",
    ),
    empty=Text("まだだれも招いていません", "Nobody was invited yet"),
    roles=HEADS,
    rows=lambda actor: Counsellor.objects.all(),
    order=("-id",),
    read=lambda rows, actor: list(counsellors_shown(rows, actor.at)),
    columns=(
        ListColumn(
            title=Text("名前", "Name"),
            value="said.name",
            written=Written.CALLED,
            to="row.pk",
            at="complaints_staff:counsellor",
            beneath=(
                ListColumn(title=Text("センター", "Centre"), value="said.centre", written=Written.CALLED),
            ),
        ),
        ListColumn(title=Text("状態", "State"), value="state_text"),
        ListColumn(
            title=Text("最後に入った日時", "Came in last"), value="row.came_at", written=Written.MOMENT
        ),
        ListColumn(title=Text("期限", "Until"), value="row.until", written=Written.MOMENT),
    ),
)


# The pages for counsellors of consumer centres: the door, what they asked, and the papers that a consumer allows.


class CentreMailForm(HouseForm):
    """Where a link is sent."""

    mail = forms.EmailField(
        label=said("センターのメールアドレス", "Your mail address at the centre"), max_length=254
    )


class ConsultForm(HouseForm):
    """For whom, about which order, what is asked, and what the consumer allows."""

    consumer = forms.CharField(label=said("相談者のお名前", "The consumer's name"), max_length=100)
    order = forms.CharField(
        label=said("注文番号（わかるとき）", "Order number, if it is known"),
        help_text=said(
            "注文番号があると、ご本人に確かめたうえで、注文のときの表示ややり取りの資料を渡せます。",
            "With it the papers of that order can be handed over once the consumer has confirmed it.",
        ),
        max_length=64,
        required=False,
    )
    words = WordsField(
        label=said("相談の内容と、運営者に求めること", "What it is about, and what the operator should do"),
        most=MOST,
        rows=8,
    )
    consent = choice_of(said("ご本人が同意したこと", "What the consumer agreed to"), ConsentTo)
    given = choice_of(said("どのように同意を得たか", "How consent was given"), ConsentGiven)
    lasts = choice_of(said("いつまでの同意か", "Until when"), ConsentLasts)

    def clean(self) -> dict[str, Any]:
        """Return all of it as one value."""
        given = super().clean() or {}
        return {"told": ConsultationInput(**given)} if not self.errors else given


@contextmanager
def _counted(request: Visit, actor: Actor, given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Count a link that is asked for: from one network, and for one address."""
    near = neighbourhood(request)
    people.count(CODES, near, at=request.taken_at)
    people.count(CODES_FOR_ONE, f"{near} counsellor:{given['mail'].lower()}", at=request.taken_at)
    yield given


@open_to(*EVERYONE)
@never_cache
def door(request: Visit) -> HttpResponse:
    """Lead a counsellor who may come in to their page; else mail a link, and say the same to everybody."""
    if queries.is_here(actor_of(request)):
        return HttpResponseRedirect(reverse("complaints_centres:mine"))
    return decide(
        request,
        ASK_LINK,
        request.GET.get("done", ""),
        again=str,
        back=reverse("complaints_centres:door"),
        template="complaints/centres/door.html",
        form=CentreMailForm,
        prepare=partial(_counted, request),
    )


@open_to(*EVERYONE)
@never_cache
def enter(request: Visit, token: str) -> HttpResponse:
    """Let a counsellor come in by the link that was mailed."""
    take = partial(actions.enter_centre, token=token, at=request.taken_at, request=request.number)
    return come_by_button(request, "complaints/centres/enter.html", take, reverse("complaints_centres:mine"))


@open_to(Role.COUNSELLOR)
@never_cache
def mine(request: Visit) -> HttpResponse:
    """List what a counsellor asked, and let them ask for a consumer."""
    actor = actor_of(request)
    found = queries.own_consultations(actor)
    told = {"consultations": found} | terms.filled({"within": COUNSELLOR_ANSWER}, at=actor.at)
    return decide_here(
        request,
        CONSULT,
        found,
        page=lambda deeds: render(request, "complaints/centres/mine.html", told | {"deeds": deeds}),
        again=lambda: found,
        template="complaints/centres/consult.html",
        form=ConsultForm,
        refused=(CounsellorOver,),
    )


@open_to(Role.COUNSELLOR)
@never_cache
def one(request: Visit, number: int) -> HttpResponse:
    """Show a counsellor what they asked, the answers, and which papers they may take."""
    actor = actor_of(request)
    shown = queries.consultation_of(actor, number)
    page = {
        "page": shown,
        "done": just_done(actor, about_consultation(number), _done(request)),
        "can": [each for each in OF_COUNSELLOR if each.is_open_to(actor.role, shown)],
        "threads": _threads(shown) if shown.may_words else (),
        "has_display": shown.order is not None and shown.may_order and seen_version(shown.order) > 0,
    }
    return render(request, "complaints/centres/one.html", page)


@open_to(Role.COUNSELLOR)
def act(request: Visit, number: int, slug: str) -> HttpResponse:
    """Let a counsellor write more, or end it."""
    back = reverse("complaints_centres:one", args=(number,))
    decision = next((each for each in OF_COUNSELLOR if each.slug == slug), None)
    return _act(request, number, decision, back=back, template="complaints/centres/act.html")


def _act(
    request: Visit, number: int, decision: Decision[ConsultationShown] | None, *, back: str, template: str
) -> HttpResponse:
    if decision is None:
        raise NoSuchConsultation
    shown = partial(queries.consultation_of, actor_of(request), number)
    return decide(
        request,
        decision,
        shown(),
        again=shown,
        key=number,
        back=back,
        template=template,
        initial=lambda page: {"version": page.row.version},
        refused=(NoSuchConsultation, CounsellorOver),
    )


def _done(request: Visit) -> Done | None:
    """Return what the address claims to have been done."""
    return next((each.done for each in OF_ALL if each.slug == request.GET.get("done")), None)


@open_to(Role.COUNSELLOR)
@takes("POST")
def papers(request: Visit, number: int, paper: str) -> HttpResponse:
    """Hand over what the shop displayed when it was ordered, or the record of a conversation about the order, by its number.

    That it was taken is recorded.
    """
    actor, is_display = actor_of(request), paper == "display"
    shown = queries.consultation_of(actor, number)
    if shown.order is None or not (shown.may_order if is_display else shown.may_words):
        raise actions.ConsentAwaited
    if not is_display and paper not in _threads(shown):
        raise NoSuchConsultation
    made = (
        bundle_pdf(request, shown.order, with_screen=False)
        if is_display
        else record_pdf(buyer=shown.order.buyer_ref, number=paper, at=actor.at)
    )
    what = ConsentTo.ORDER if is_display else ConsentTo.WORDS
    actions.take_bundle(actor, consultation=number, what=what)
    return made


def _threads(shown: ConsultationShown) -> tuple[str, ...]:
    """Return the case numbers of what the consumer wrote about the order."""
    if shown.order is None:
        return ()
    return tuple(one.case for one in threads_of_order(shown.order.ref, shown.order.buyer_ref))


@open_to(Role.BUYER)
@never_cache
def consents(request: Visit) -> HttpResponse:
    """List who asked for this consumer, what may be told until when, and what can be said to it."""
    actor, of = actor_of(request), number_in(request.GET.get("of", ""))
    found = queries.own_consultations(actor)
    taken = ledger.acts_of([about_consultation(each.row.pk) for each in found], kind="complaints.take_bundle")
    page = {
        "consultations": [
            (
                each,
                [one for one in OF_CONSUMER if one.is_open_to(actor.role, each)],
                taken.get(about_consultation(each.row.pk), ()),
            )
            for each in found
        ],
        "did": just_did(actor, about_consultation(of), _done(request)) if of else None,
    }
    return render(request, "complaints/consents/listed.html", page)


@open_to(Role.BUYER)
def consent(request: Visit, number: int, slug: str) -> HttpResponse:
    """Let a consumer say that it is so, or that nothing may be told."""
    back = f"{reverse('complaints_public:consents')}?of={number}"
    decision = next((each for each in OF_CONSUMER if each.slug == slug), None)
    return _act(request, number, decision, back=back, template="complaints/consents/act.html")


# Pages on which staff answer counsellors, and leads and counsel invite them.


class InviteCounsellorForm(HouseForm):
    """Who is invited."""

    centre = forms.CharField(
        label=said("消費生活センターの名前", "The consumer centre"),
        help_text=said("例：○○市消費生活センター", "Such as: Consumer centre of the city of …"),
        max_length=100,
    )
    name = forms.CharField(label=said("相談員の名前", "The counsellor's name"), max_length=100)
    mail = forms.EmailField(
        label=said("センターのメールアドレス", "Mail address at the centre"), max_length=254
    )


class ConsultationView(MatterView[ConsultationShown]):
    """What a counsellor asks, on a page of its own and on that of its case, which tells what was done itself."""

    app, name, at, home = "complaints_staff", "consultation", "consultations/", "consultations"
    back_text, roles, absent = CONSULTATION_LIST.title, STAFF, NoSuchConsultation
    listed, list_template = CONSULTATION_LIST, "complaints/counselling/listed.html"
    decisions, decide_template = OF_STAFF, "complaints/counselling/act.html"
    template, parts = "complaints/counselling/staff", (PagePart.FILE, PagePart.FACTS, PagePart.HISTORY)

    def read(self, place: Where, number: int) -> ConsultationShown:
        """Return one for staff."""
        return queries.consultation_of(place.actor, number)

    def about(self, key: int) -> str:
        """Return the name under which acts know it."""
        return about_consultation(key)

    def frame(self, shown: ConsultationShown) -> MatterFrame:
        """Return which centre asks."""
        return self.framed(
            Text("相談員からの相談", "Consultation"), shown.counsellor.centre, f"{shown.row.pk}"
        )

    def initial(self, shown: ConsultationShown) -> dict[str, Any]:
        """Return how it stood when a form was opened."""
        return {"version": shown.row.version}

    def sections(self, shown: ConsultationShown, place: Where) -> tuple[Section, ...]:
        """Return what both sides wrote, what the consumer allows and, but on the page of its case, what was done."""
        about = about_consultation(shown.row.pk)
        given = {
            "page": shown,
            "past": () if place.in_case else past_of(about, CONSULTATION_ACTS),
            "case": place.case_page.format(number=case_of(about).number) if place.is_page else "",
        }
        return sections(self.template, self.parts[:2] if place.in_case else self.parts, given)

    def list_more(self, request: Visit) -> dict[str, Any]:
        """Return whether somebody may invite counsellors."""
        return {"may_invite": actor_of(request).role in HEADS}


CONSULTATIONS = ConsultationView()
panel = CONSULTATIONS.panel


@open_to(*HEADS)
def counsellors(request: Visit, case_page: str) -> HttpResponse:
    """List who was invited, and invite a counsellor."""
    listed = "complaints/counselling/counsellors.html"
    return decide_here(
        request,
        INVITE,
        "",
        page=lambda deeds: show(request, COUNSELLOR_LIST, template=listed, more={"deeds": deeds}),
        again=str,
        template="complaints/counselling/invite.html",
        form=InviteCounsellorForm,
    )


@open_to(*HEADS)
def counsellor(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Let a counsellor come in no more."""
    shown = partial(counsellor_shown, actor_of(request), number)
    return decide(
        request,
        END_COUNSELLOR,
        shown(),
        again=shown,
        key=number,
        back=reverse("complaints_staff:counsellors"),
        template="complaints/counselling/end.html",
        flash=True,
        refused=(NoSuchCounsellor,),
    )
