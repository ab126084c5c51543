"""What staff decide, and their pages: money that waits, two names side by side, runs."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import Actor, Role
from mamori.grammar.text import Text
from mamori.ground.cases.facts import CaseFact
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.page import MatterPage, PagePart, Section, offers, sections
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide_here
from mamori.ground.web.forms import HouseForm, Numbered
from mamori.ground.web.lists import page_of
from mamori.ground.web.matterview import MatterView, Where
from mamori.ground.web.signing import choices
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import localized, said
from mamori.rooms.payouts.accounts import actions as accounts
from mamori.rooms.payouts.accounts.lists import NameShown, account_row, name_of
from mamori.rooms.payouts.accounts.queries import AccountShown
from mamori.rooms.payouts.holds import actions as holds
from mamori.rooms.payouts.holds.queries import KIND, PayoutShown, payout_of, ref_of
from mamori.rooms.payouts.matters import DECIDERS
from mamori.rooms.payouts.models import Run
from mamori.rooms.payouts.refusals import NoSuchPayout
from mamori.rooms.payouts.runs import actions as runs, queries

# What staff fill in about payouts and names: findings by key, reasons, amounts.


MOST = 500


class Found(StrEnum):
    """What a look at two names comes to, each with its reason: the keys 1 to 6."""

    READING = "reading"
    SPELLING = "spelling"
    ADDED = "added"
    CONFIRMED = "confirmed"
    RELATIVE = "relative"
    ANOTHER = "another"

    @property
    def is_same(self) -> bool:
        """Say whether the holder is the registered person."""
        return self not in (Found.RELATIVE, Found.ANOTHER)


FOUND = {
    Found.READING: Text("名前の読み方として認められる", "it is a way to read this name"),
    Found.SPELLING: Text(
        "書き方だけの違い（略字・のばす音・字数で切れた名義など）",
        "only the spelling differs (short forms, long vowels, a name cut by the bank)",
    ),
    Found.ADDED: Text(
        "屋号や法人の種類が付いているだけ", "only a trade name or a corporate form stands beside it"
    ),
    Found.CONFIRMED: Text(
        "書類や本人への確認で、同じと分かった", "papers, or asking the seller, showed that they are the same"
    ),
    Found.RELATIVE: Text(
        "名（下の名前）が違う：家族などの口座", "the given name is another: a relative's account"
    ),
    Found.ANOTHER: Text("別の人・別の会社の口座", "the account of another person or company"),
}


_SAME, _OTHER = Text("同じ名義", "Same holder"), Text("別の名義", "Another holder")


def _choice(number: int, found: Found) -> tuple[str, Any]:
    head, reason = _SAME if found.is_same else _OTHER, FOUND[found]
    return found.value, said(f"{number}　{head.ja}：{reason.ja}", f"{number}  {head.en}: {reason.en}")


class NameForm(HouseForm):
    """What somebody found, in a few words more where needed, of the version of the registered name that was shown."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    found = forms.TypedChoiceField(
        label=said("見比べた結果", "What did you find?"),
        choices=[_choice(number, found) for number, found in enumerate(FOUND, start=1)],
        coerce=Found,
        widget=Numbered,
    )
    words = forms.CharField(
        label=said("書き添えること", "Anything to add"),
        help_text=said(
            "記録に残ります。出品者には送られません。",
            "It stays in the record and is not sent to the seller.",
        ),
        max_length=MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


# What staff decide: what becomes of money that waits, whether two names are one, that a run or an account ends.


def _not_now(page: PayoutShown) -> Text | None:
    """Say why it cannot be proposed to pay now."""
    if page.account is None:
        return Text(
            "使える口座がありません。出品者が口座を登録し、確認期間が終わると申請できます。",
            "No account is in use. It can be proposed once the seller has entered one and its wait is over.",
        )
    if page.proposal is not None:
        return Text(
            "支払いの申請が、別の人の承認を待っています。",
            "It was proposed already, and waits for another person.",
        )
    return None


REVIEW: Decision[PayoutShown] = Decision(
    slug="review",
    title=Text("見直した：このまま止めておく", "Reviewed: it stays as it is"),
    lead=Text(
        "理由を確かめ直し、まだ必要なときに選びます。理由がなくなっていれば、その場で支払いに進みます。終わりの日は変わりません。",
        "Choose this after a fresh look, if it is still needed. Where the reason is gone, it is paid at once. The last day stays "
        "where it is.",
    ),
    button=Text("このまま止めると記録する", "Record that it stays"),
    roles=DECIDERS,
    done={"review": Text("このまま止めておくことを記録しました。", "It was recorded that it stays.")},
    verb=holds.review,
    is_there=lambda page: page.may_review,
)
RELEASE: Decision[PayoutShown] = Decision(
    slug="release",
    title=Text("支払うことを申請する", "Propose to pay it"),
    lead=Text(
        "理由が残っていても支払うときの申請です。あなたとは別の人が承認すると、使っている口座に支払われます。",
        "This is to pay although the reason remains. Once another person agrees, it is paid to the account in use.",
    ),
    button=Text("申請する", "Propose it"),
    roles=DECIDERS,
    done={
        "propose_release": Text(
            "申請しました。別の人が承認すると支払われます。",
            "It was proposed, and is paid once another person agrees.",
        )
    },
    verb=holds.propose_release,
    is_there=lambda page: page.payout.waits > 0,
    closed=_not_now,
    more=lambda actor: {"profile": choices.profile(actor.at)},
    step_up=True,
)
ANSWER: Decision[PayoutShown] = Decision(
    slug="answer",
    title=Text("異議の申出に答える", "Answer the objection"),
    lead=Text(
        "保留を見直した人や名義を判断した人とは、別の責任者か法務担当が答えます。返事は出品者のページに出ます。",
        "Somebody other than who let the hold stay, or judged the name, answers. The seller reads it on its page.",
    ),
    button=Text("答える", "Answer"),
    roles=DECIDERS,
    done={"answer_objection": Text("答えました。", "It is answered.")},
    verb=holds.answer_objection,
    is_there=lambda page: page.may_answer,
)
SETTLE: Decision[PayoutShown] = Decision(
    slug="settle",
    title=Text("支払いのほかの方法で終える", "Bring it to its end otherwise"),
    lead=Text(
        "法令の定めか誤りの訂正によるときだけです。運営者のものにすることはできません。出品者に知らせます。元には戻せません。",
        "Only as the law provides, or to put a mistake right: the operator never keeps it. The seller is told. It cannot be "
        "undone.",
    ),
    button=Text("これで終える", "End it so"),
    roles=(Role.COUNSEL,),
    done={"settle": Text("終わりを記録し、出品者に知らせました。", "It has ended, and the seller was told.")},
    verb=holds.settle,
    is_there=lambda page: page.may_settle,
    step_up=True,
    tone="grave",
)
DECISIONS = (ANSWER, REVIEW, RELEASE, SETTLE)


def _compare(actor: Actor, *, account: int, seen: int, found: Found, words: str) -> None:
    act, more = accounts.accept_name if found.is_same else accounts.refuse_name, words.strip()
    reason = f"{localized(FOUND[found])}{'。' if more else ''}{more}"  # in the language of who gives it
    act(actor, account=account, reason=reason, seen=seen)


ANOTHER_BY_NOW = Text(
    "登録名が変わりました。確かめ直されると、もう一度見比べます。",
    "The registered name changed. It is compared anew once it is verified.",
)
COMPARE: Decision[NameShown] = Decision(
    slug="compare",
    title=Text("名義を見比べて決める", "Compare the names and decide"),
    button=Text("記録して次へ", "Record, and the next one"),
    done={
        "accept_name": Text("「同じ名義」と記録しました。", "Recorded as the same holder."),
        "refuse_name": Text(
            "「別の名義」と記録し、出品者に別の口座をお願いしました。",
            "Recorded as another holder, and the seller was asked for another account.",
        ),
    },
    verb=_compare,
    is_there=lambda name: name.since is not None,
    closed=lambda name: ANOTHER_BY_NOW if name.has_changed else None,
    shortcut="d",
)
CALL_OFF: Decision[Run] = Decision(
    slug="call-off",
    title=Text("この作業を取りやめますか", "Call this run off?"),
    lead=Text(
        "支払うものは決まっていますが、振込データはまだ作られていません。取りやめると、支払うはずだったものは改めて確かめられ、次の作業で"
        "支払われます。この作業のデータは、もう作れません。元には戻せません。",
        "It is fixed what this run pays, and its file was not made yet. Once it is called off, what it would have paid is looked "
        "at anew and goes with the next run. No file of this one can be made any more. It cannot be undone.",
    ),
    button=Text("取りやめる", "Call it off"),
    done={
        "call_off_run": Text(
            "作業を取りやめました。支払うはずだったものは、次の作業で支払われます。",
            "The run is called off. What it would have paid goes with the next run.",
        )
    },
    verb=runs.call_off_run,
    roles=DECIDERS,
    is_there=lambda run: run.may_call_off,
    tone="grave",
)
STOP: Decision[AccountShown] = Decision(
    slug="stop",
    title=Text("この口座を止めますか", "Stop this account?"),
    lead=Text(
        "出品者が「自分の口座ではない」と言っているときに使います。次の口座が登録されるまで、この出品者には何も支払われません。出品者に知らせます。"
        "元には戻せません。",
        "For when the seller says that this account is not its own. Nothing is paid to this seller until another one is "
        "registered. The seller is told. It cannot be undone.",
    ),
    button=Text("止める", "Stop it"),
    done={
        "stop_account": Text(
            "口座を止め、出品者に知らせました。", "The account was stopped, and the seller was told."
        )
    },
    verb=accounts.stop_account,
    is_there=lambda account: account.row.closed_at is None,
    tone="grave",
)


# This room's part of the desk's case page: a payout that waits and why, or two names side by side.


def name_seen(name: NameShown) -> dict[str, Any]:
    """Return what stands in the form when it is opened: the version of the registered name that is shown."""
    return {"seen": name.seen}


def of_account(name: NameShown, *, case_page: str = "") -> tuple[Section, ...]:
    """Return what is shown of an account, on the page of its case and, with the way there, where its name is decided on."""
    shown = {"name": name, "case": case_page.format(number=name.case) if name.case else ""}
    return sections("payouts/staff/account", (PagePart.FACTS, PagePart.HISTORY), shown)


class PayoutView(MatterView[PayoutShown]):
    """A payout that waits, on the page of its case, by whose number its addresses know it."""

    app, name, one_at, roles = "payouts_staff", "", "cases/<str:number>/payouts/", DECIDERS
    absent, is_panel, decisions = NoSuchPayout, True, DECISIONS
    template, decide_template = "payouts/staff/payout", "payouts/staff/decision.html"
    parts = (PagePart.FACTS, PagePart.HISTORY)

    def read(self, place: Where, number: str) -> PayoutShown:
        """Return the payout whose case has the number."""
        return payout_of(place.actor, ref_of(number))

    def key(self, shown: PayoutShown, number: str) -> str:
        """Return the marketplace's reference."""
        return shown.payout.ref

    def about(self, key: str) -> str:
        """Return the name under which acts know it."""
        return f"{KIND}:{key}"

    def initial(self, shown: PayoutShown) -> dict[str, Any]:
        """Return what stands in the forms when they are opened: all that waits."""
        return {"amount": shown.payout.waits}

    def sections(self, shown: PayoutShown, place: Where) -> tuple[Section, ...]:
        """Return what is shown: with what was proposed, and where nobody need do anything, that."""
        path = place.case_page
        reasons = [(one, path.format(number=one.case) if one.case else "") for one in shown.reasons]
        work = (PagePart.WORK,) if shown.proposal else ()
        deeds = (PagePart.DEEDS,) if shown.asks and place.actor.role not in DECIDERS else ()
        return sections(self.template, (*self.parts, *work, *deeds), {"page": shown, "reasons": reasons})


PAYOUTS = PayoutView()


def panel(request: Visit, case: CaseFact, *, case_page: str) -> MatterPage:
    """Return the room's part of the case page."""
    if case.kind == KIND:
        return PAYOUTS.panel(request, case, case_page=case_page)
    row = account_row(int(case.about.partition(":")[2]))
    name = name_of(row, at=request.received_at)
    return MatterPage(
        sections=of_account(name),
        offers=offers(
            (COMPARE,),
            name,
            actor_of(request).role,
            lambda slug: reverse("payouts_staff:name", args=(row.pk,)),
            form=lambda decision: NameForm,
            initial=name_seen(name),
        ),
    )


@open_to(*DECIDERS)
def listed_runs(request: Visit, case_page: str) -> HttpResponse:
    """Show the runs, the newest first."""
    page = page_of(Run.objects.all(), by=("-id",), cursor=request.GET.get("cursor", ""))
    return render(request, "payouts/staff/runs.html", {"page": page})


@open_to(*DECIDERS)
def run_report(request: Visit, run: int, case_page: str) -> HttpResponse:
    """Show the report of a run, with `show=held` or `show=refused` only such lines; one that has no file is called off there."""
    found, asked = queries.run_of(run), request.GET
    show = queries.Show.of(asked.get("show", ""))

    def page(deeds: str) -> HttpResponse:
        lines = queries.lines(run, show=show, cursor=asked.get("cursor", ""))
        shown = {"run": found, "page": lines, "show": show, "tabs": queries.tabs(run), "deeds": deeds}
        return render(request, "payouts/staff/run.html", shown)

    again, template = partial(queries.run_of, run), "payouts/staff/call_off.html"
    return decide_here(request, CALL_OFF, found, page=page, again=again, key=run, template=template)
