"""A seller enters its account, a question a page; staff see accounts masked, and names in doubt side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any
from unicodedata import normalize

from django import forms
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from mamori.grammar.actor import STAFF, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.forms import DigitsField, HouseForm
from mamori.ground.web.lists import show
from mamori.ground.web.signs import Visit, actor_of, number_in
from mamori.ground.web.steps import Answers, Question, Steps, plain, rows_of
from mamori.ground.web.wording import Row, localized, said
from mamori.japan.banks import account as banks
from mamori.japan.banks.account import AccountKind, Bank, Branch, NoSuchAccountKind, PostBankKind, account
from mamori.japan.folding import digits_of
from mamori.rooms.identity import facts as identity
from mamori.rooms.payouts import facts
from mamori.rooms.payouts.accounts import actions, details, lists
from mamori.rooms.payouts.accounts.details import LONGEST_HOLDER, Given
from mamori.rooms.payouts.accounts.lists import NAMES, account_row
from mamori.rooms.payouts.accounts.queries import (
    AccountShown,
    accounts_of,
    agreement,
    bank_name,
    branch_name,
    own_accounts,
    shown,
)
from mamori.rooms.payouts.matters import DECIDERS, about
from mamori.rooms.payouts.models import Account
from mamori.rooms.payouts.refusals import NoSuchAccount
from mamori.rooms.payouts.views import COMPARE, STOP, NameForm, name_seen, of_account

# What a seller fills in about its account: a question a page, each answer held to what a bank would take.


BANK, POST = "bank", "post"
LONGEST = 60
NO_BANK_CALLED = Text(
    "「{words}」という名前の金融機関は見つかりませんでした。名前のはじめの何文字か（例：みずほ、ミズホ）か、"
    "銀行コード（数字4桁）を入力してください。",
    "No bank is called “{words}”. Please enter the first letters of its name in Japanese (such as みずほ or ミズホ), or its code "
    "of four digits.",
)
NO_BRANCH_CALLED = Text(
    "「{bank}」に「{words}」という名前の支店は見つかりませんでした。名前のはじめの何文字か、通帳にある店番（数字3桁）を入力して"
    "ください。支店は統合で変わっていることがあります。",
    "“{bank}” has no branch called “{words}”. Please enter the first letters of its name in Japanese, or the three digits of its "
    "code in the passbook. Branches are merged at times.",
)


class WhereForm(HouseForm):
    """At which kind of bank the account is."""

    where = forms.ChoiceField(
        label=said("口座のあるところ", "Where"),
        widget=forms.RadioSelect,
        choices=(
            (BANK, said("銀行・信用金庫・信用組合・農協など", "a bank, shinkin bank, credit union, JA …")),
            (
                POST,
                said(
                    "ゆうちょ銀行（通帳の「記号・番号」で入力）",
                    "Japan Post Bank, by 記号 and 番号 of the passbook",
                ),
            ),
        ),
    )


class BankForm(HouseForm):
    """The bank, by its name, kana or code; `hits` are those that are meant."""

    words = forms.CharField(
        label=said("金融機関", "Bank"),
        max_length=LONGEST,
        help_text=said(
            "漢字・ひらがな・カタカナのどれでも、はじめの何文字かで探せます。銀行コード（4桁）でもかまいません。",
            "The first letters of its name in kanji, hiragana or katakana will do, or its code of four digits.",
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Find the banks."""
        words = self.cleaned_data.get("words", "")
        known = banks.banks().get(digits_of(words))
        self.cleaned_data["hits"] = hits = (known,) if known else banks.banks_called(words)
        if words and not hits:
            self.add_error("words", localized(NO_BANK_CALLED.fill(words=words)))
        return self.cleaned_data


class BranchForm(HouseForm):
    """The branch of a bank, by its name, kana or code; `hits` are those that are meant."""

    words = forms.CharField(
        label=said("支店", "Branch"),
        max_length=LONGEST,
        help_text=said(
            "支店名のはじめの何文字か、通帳やカードにある店番（数字3桁）で探せます。",
            "The first letters of its name, or the three digits of its code on passbook or card.",
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any, *, bank: Bank) -> None:
        self.bank = bank
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        """Find the branches."""
        words = self.cleaned_data.get("words", "")
        known = banks.branches(self.bank.code).get(digits_of(words))
        self.cleaned_data["hits"] = hits = (known,) if known else banks.branches_called(self.bank.code, words)
        if words and not hits:
            sentence = NO_BRANCH_CALLED.fill(bank=bank_name(self.bank), words=words)
            self.add_error("words", localized(sentence))
        return self.cleaned_data


class ChosenForm(HouseForm):
    """One of several that were found."""

    code = forms.ChoiceField(label=said("この中のどれか", "which of these"), widget=forms.RadioSelect)

    def __init__(self, data: Any, *, hits: tuple[Bank, ...] | tuple[Branch, ...]) -> None:
        super().__init__(data)
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (one.code, f"{bank_name(one)}（{one.code}）" if isinstance(one, Bank) else branch_name(one))
            for one in hits
        ]
        if len(hits) >= banks.MOST:
            field.help_text = said(
                "はじめの20件です。ここにないときは「戻る」を押し、もう少し長く入力してください。",
                "The first twenty. If it is not among them, please go back and enter more letters.",
            )


class NumberForm(HouseForm):
    """The kind and the number of an account at a branch."""

    kind = forms.ChoiceField(
        label=said("口座の種類", "Kind of account"),
        widget=forms.RadioSelect,
        choices=tuple((kind.value, said(kind.text.ja, kind.text.en)) for kind in AccountKind),
        initial=AccountKind.ORDINARY.value,
    )
    number = forms.CharField(
        label=said("口座番号", "Account number"),
        max_length=LONGEST,
        help_text=said(
            "数字7桁です。7桁より短いときは、先頭に0を足してください。",
            "Seven digits. If yours is shorter, please put noughts in front of it.",
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, data: Any, *, branch: Branch) -> None:
        self.branch = branch
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        """Hold kind and number to what the bank can have."""
        given = self.cleaned_data
        if not {"kind", "number"} - given.keys():
            place = self.branch
            try:
                account(
                    bank=place.bank.code, branch_code=place.code, kind=given["kind"], number=given["number"]
                )
            except (NoSuchAccountKind, PostBankKind) as refusal:
                self.add_error("kind", localized(refusal.sentence))
            except Refusal as refusal:
                self.add_error("number", localized(refusal.sentence))
        return given


class PassbookForm(HouseForm):
    """記号 and 番号 of a passbook of Japan Post Bank."""

    symbol = forms.CharField(
        label=said("記号", "記号 (symbol)"),
        max_length=LONGEST,
        help_text=said(
            "通帳の1ページ目にある、5桁の数字です。例：12340", "Five digits on the first page, such as 12340."
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    number = forms.CharField(
        label=said("番号", "番号 (number)"),
        max_length=LONGEST,
        help_text=said(
            "記号のとなりにある、8桁までの数字です。記号と番号の間の1桁は入れないでください。",
            "Up to eight digits beside it, without the single digit between the two.",
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    savings = forms.BooleanField(
        label=said("通常貯蓄貯金の口座です", "It is a savings account (通常貯蓄貯金)"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Hold 記号 and 番号 to what the bank gives."""
        given = self.cleaned_data
        if not {"symbol", "number"} - given.keys():
            try:
                banks.from_passbook(given["symbol"], given["number"], is_savings=given["savings"])
            except banks.NoSuchPassbookNumber as refusal:
                self.add_error("number", localized(refusal.sentence))
            except Refusal as refusal:
                self.add_error("symbol", localized(refusal.sentence))
        return given


class HolderForm(HouseForm):
    """The account holder's name, as its bank has it."""

    holder = forms.CharField(
        label=said("口座名義（カナ）", "Account holder"),
        max_length=LONGEST_HOLDER,
        help_text=said(
            "通帳やキャッシュカードにあるとおりに、カタカナで入力してください。例：ヤマダ　ハナコ、カ）ヤマダシヨウテン",
            "In katakana, as on the passbook or the card, such as ヤマダ ハナコ or カ）ヤマダシヨウテン.",
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any, *, rest: Given) -> None:
        self.rest = rest
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        """Hold the whole account to what is going to be kept."""
        if "holder" in self.cleaned_data:
            try:
                self.cleaned_data["given"] = given = replace(self.rest, holder=self.cleaned_data["holder"])
                details.read(given)
            except Refusal as refusal:
                self.add_error("holder", localized(refusal.sentence))
        return self.cleaned_data


class YenForm(HouseForm):
    """How many yen of a test came; `seen` is how many answers were wrong when the page was opened."""

    yen = DigitsField(
        label=said("届いた金額（円）", "Yen that came"),
        max_length=4,
        help_text=said(
            "通帳やネットバンキングで確かめて入力してください。",
            "Please look it up in the passbook or online.",
        ),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class ObjectionForm(HouseForm):
    """What a seller says against money that waits."""

    said = forms.CharField(
        label=said("異議の内容", "Your objection"),
        help_text=said(
            "なぜ保留がいらないとお考えか、ご事情をお書きください。2,000文字までです。窓口の責任者が読みます。",
            "Why is the hold not needed? At most 2,000 characters. Somebody who answers for the centre reads it.",
        ),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


# A seller enters the account that its proceeds go to: a question a page, how the name compares, sent once.


BANK_ROW, BRANCH_ROW = Text("金融機関", "Bank"), Text("支店", "Branch")


def _bank(answers: Answers) -> Bank:
    if "which-bank" in answers:
        return banks.bank(answers["which-bank"]["code"])
    found: Bank = answers["bank"]["hits"][0]
    return found


def _branch(answers: Answers) -> Branch:
    if "which-branch" in answers:
        return banks.branch(_bank(answers).code, answers["which-branch"]["code"])
    found: Branch = answers["branch"]["hits"][0]
    return found


def _rest(answers: Answers) -> Given:
    """Return the account as far as it is told before its holder."""
    if "passbook" in answers:
        told = answers["passbook"]
        return Given(
            symbol=told["symbol"],
            number=told["number"],
            kind="4" if told["savings"] else "",
            holder="",
        )
    place, told = _branch(answers), answers["number"]
    return Given(bank=place.bank.code, branch=place.code, kind=told["kind"], number=told["number"])


def _place_rows(form: BaseForm) -> Iterator[Row]:
    """Say the one bank or branch that was found; where there were several, the next page says which was chosen."""
    hits = form.cleaned_data["hits"]
    if len(hits) == 1:
        one = hits[0]
        is_bank = isinstance(one, Bank)
        yield Row(
            label=BANK_ROW if is_bank else BRANCH_ROW, value=bank_name(one) if is_bank else branch_name(one)
        )


def _chosen_rows(label: Text) -> Callable[[BaseForm], Iterable[Row]]:
    def rows(form: BaseForm) -> Iterator[Row]:
        [row] = rows_of(form)
        yield Row(label=label, value=row.value)

    return rows


def _holder_rows(form: BaseForm) -> Iterator[Row]:
    """Say the name as the bank is going to be told it."""
    kept = details.read(form.cleaned_data["given"]).holder
    yield Row(label=Text("口座名義", "Account holder"), value=normalize("NFKC", kept))


def _above(request: Visit, answers: Answers) -> str:
    """Say how the name compares, and what follows from sending it."""
    actor = actor_of(request)
    ref = actor.whose.removeprefix("seller:")
    kept = details.read(answers["holder"]["given"])
    shown = {
        "says": agreement(ref, kept.holder, at=actor.at),
        "replaces": any(not one.is_cooling and one.row.bounced_at is None for one in own_accounts(ref)),
        "place": kept.account if "passbook" in answers else None,
    }
    return render_to_string("payouts/seller/compared.html", shown, request)


def _send(request: Visit, answers: Answers, token: str) -> str:
    """Hand it in; the same account told twice is one account."""
    actor = actor_of(request)
    ref = actor.whose.removeprefix("seller:")
    actions.set_account(actor, seller_ref=ref, given=answers["holder"]["given"])
    return reverse("payouts_seller:overview") + "?done=set"


STEPS = Steps(
    name="payout-account",
    title=Text("売上金の振込先", "The account for your proceeds"),
    questions=(
        Question(
            name="where",
            title=Text("口座はどちらにありますか", "Where is your account?"),
            form=plain(WhereForm),
        ),
        Question(
            name="bank",
            title=Text("金融機関はどこですか", "Which bank is it?"),
            form=plain(BankForm),
            asked=lambda answers: answers["where"]["where"] == BANK,
            rows=_place_rows,
        ),
        Question(
            name="which-bank",
            title=Text("どの金融機関ですか", "Which of these is it?"),
            form=lambda data, request, answers: ChosenForm(data, hits=answers["bank"]["hits"]),
            asked=lambda answers: len(answers.get("bank", {}).get("hits", ())) > 1,
            rows=_chosen_rows(BANK_ROW),
        ),
        Question(
            name="branch",
            title=Text("支店はどこですか", "Which branch is it?"),
            form=lambda data, request, answers: BranchForm(data, bank=_bank(answers)),
            asked=lambda answers: "bank" in answers,
            rows=_place_rows,
        ),
        Question(
            name="which-branch",
            title=Text("どの支店ですか", "Which of these branches?"),
            form=lambda data, request, answers: ChosenForm(data, hits=answers["branch"]["hits"]),
            asked=lambda answers: len(answers.get("branch", {}).get("hits", ())) > 1,
            rows=_chosen_rows(BRANCH_ROW),
        ),
        Question(
            name="number",
            title=Text("口座の種類と番号を教えてください", "Kind and number of the account"),
            form=lambda data, request, answers: NumberForm(data, branch=_branch(answers)),
            asked=lambda answers: "branch" in answers,
        ),
        Question(
            name="passbook",
            title=Text("通帳の記号と番号を教えてください", "記号 and 番号 of the passbook"),
            form=plain(PassbookForm),
            asked=lambda answers: answers["where"]["where"] == POST,
        ),
        Question(
            name="holder",
            title=Text("口座名義（カナ）を教えてください", "The account holder's name in kana"),
            form=lambda data, request, answers: HolderForm(data, rest=_rest(answers)),
            rows=_holder_rows,
        ),
    ),
    send=_send,
    above=_above,
    send_text=Text("この口座を登録する", "Register this account"),
    check_lead=Text(
        "通帳やキャッシュカードと見比べてください。", "Please compare it with the passbook or the card."
    ),
    leave="/seller/payouts/",
)


@open_to(Role.SELLER)
def enter_account(request: Visit, step: str = "") -> HttpResponse:
    """Ask for the account page by page, and show how the name compares before it is sent."""
    return STEPS.page(request, step, base=reverse("payouts_seller:account"))


@open_to(*STAFF)
def seller(request: Visit, ref: str, case_page: str) -> HttpResponse:
    """Show where a seller's money goes and what of it waits; with `stop` ask whether that account of it is to be stopped."""
    if asked := request.GET.get("stop", ""):
        return _stop(request, ref, asked)
    waiting = facts.waiting_of(ref, at=request.received_at)
    every = accounts_of(ref)
    context = {
        "ref": ref,
        "shop": market.shop_names([ref]).get(ref, ""),
        "accounts": [one for one in every if one.row.closed_at is None],
        "former": [one for one in every if one.row.closed_at is not None],
        "identity": identity.identity(ref, at=request.received_at),
        "waiting": [(one, case_page.format(number=one.case) if one.case else "") for one in waiting],
        "sum": sum(one.payout.waits for one in waiting),
        "latest": facts.latest_of(ref),
    }
    return render(request, "payouts/staff/seller.html", context)


@open_to(*STAFF, step_up=True)
def number(request: Visit, account: int, case_page: str) -> HttpResponse:
    """Ask whether the whole number is needed; show it once to whoever says so, which is recorded.  Nothing keeps the page."""
    found = _account(account_row(account))
    whole = actions.show_number(actor_of(request), account=account) if request.method == "POST" else None
    answer = render(request, "payouts/staff/number.html", {"account": found, "whole": whole})
    add_never_cache_headers(answer)
    return answer


def _stop(request: Visit, ref: str, asked: str) -> HttpResponse:
    """Ask whether an account is to be stopped, and stop it once; one that is over is left as it is."""
    found = _account(account_row(number_in(asked) or 0))
    if found.fact.seller_ref != ref:
        raise NoSuchAccount
    try:
        return decide(
            request,
            STOP,
            found,
            again=lambda: found,
            key=found.fact.id,
            back=request.path,
            template="payouts/staff/stop.html",
            flash=True,
            refused=(NoSuchAccount,),
        )
    except NoSuchAccount:
        return HttpResponseRedirect(request.path)


def _account(row: Account) -> AccountShown:
    [found] = shown([row])
    if not found.fact.masked:
        raise NoSuchAccount
    return found


@open_to(*NAMES.roles)
def listed_names(request: Visit, case_page: str) -> HttpResponse:
    """Show the names that a person has to look at, the oldest first."""
    more = {"first": lists.following(None), "is_head": request.presence.role in DECIDERS}
    return show(request, NAMES, template="payouts/staff/names.html", more=more)


@open_to(*STAFF)
def one_name(request: Visit, account: int, case_page: str) -> HttpResponse:
    """Show two names side by side, take what somebody found, and go on to the next name; after the last one, to the list."""
    row = lists.account_row(account)
    name = lists.name_of(row, at=request.received_at)
    return decide(
        request,
        COMPARE,
        name,
        again=lambda: lists.name_of(lists.account_row(account), at=request.received_at),
        key=account,
        back=reverse("payouts_staff:name", args=(name.following,))
        if name.following
        else reverse("payouts_staff:names"),
        template="payouts/staff/name.html",
        beside=partial(of_account, case_page=case_page),
        form=NameForm,
        initial=name_seen,
        refused=(NoSuchAccount,),
        flash=True,
        about=about(row),
    )
