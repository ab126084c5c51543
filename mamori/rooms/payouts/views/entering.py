"""A seller enters the account that its proceeds go to: a question a page, how the name compares, sent once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from unicodedata import normalize

from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse

from mamori.grammar.hand import Role
from mamori.grammar.text import Text
from mamori.ground.web.access import open_to
from mamori.ground.web.answers import rows_of
from mamori.ground.web.parts import Row
from mamori.ground.web.questions import Answers, Question, plain
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.steps import Steps
from mamori.japan.banks import master
from mamori.japan.banks.master import Bank, Branch
from mamori.rooms.payouts import actions, details, forms
from mamori.rooms.payouts.actions import Given
from mamori.rooms.payouts.queries.account import accounts_of, bank_name, branch_name
from mamori.rooms.payouts.queries.agreeing import agreement

BANK_ROW, BRANCH_ROW = Text("金融機関", "Bank"), Text("支店", "Branch")


def _hits(answers: Answers, question: str) -> int:
    return len(answers.get(question, {}).get("hits", ()))


def _bank(answers: Answers) -> Bank:
    if "which-bank" in answers:
        return master.bank(answers["which-bank"]["code"])
    found: Bank = answers["bank"]["hits"][0]
    return found


def _branch(answers: Answers) -> Branch:
    if "which-branch" in answers:
        return master.branch(_bank(answers).code, answers["which-branch"]["code"])
    found: Branch = answers["branch"]["hits"][0]
    return found


def _which_bank(data: QueryDict | None, request: Visit, answers: Answers) -> BaseForm:
    return forms.ChosenForm(data, hits=answers["bank"]["hits"])


def _branch_form(data: QueryDict | None, request: Visit, answers: Answers) -> BaseForm:
    return forms.BranchForm(data, bank=_bank(answers))


def _which_branch(data: QueryDict | None, request: Visit, answers: Answers) -> BaseForm:
    return forms.ChosenForm(data, hits=answers["branch"]["hits"])


def _number_form(data: QueryDict | None, request: Visit, answers: Answers) -> BaseForm:
    return forms.NumberForm(data, branch=_branch(answers))


def _holder_form(data: QueryDict | None, request: Visit, answers: Answers) -> BaseForm:
    return forms.HolderForm(data, rest=_rest(answers))


def _rest(answers: Answers) -> Given:
    """Return the account as far as it is told before its holder."""
    if "passbook" in answers:
        told = answers["passbook"]
        return Given(
            symbol=told["symbol"], number=told["number"], kind="4" if told["savings"] else "", holder=""
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
    hand = hand_of(request)
    ref = hand.whose.removeprefix("seller:")
    kept = details.read(answers["holder"]["given"])
    shown = {
        "says": agreement(ref, kept.holder, at=hand.at),
        "replaces": any(not one.is_cooling and not one.bounced for one in accounts_of(ref)),
        "place": kept.account if "passbook" in answers else None,
    }
    return render_to_string("payouts/seller/compared.html", shown, request)


def _send(request: Visit, answers: Answers, token: str) -> str:
    """Hand it in; the same account told twice is one account."""
    hand = hand_of(request)
    ref = hand.whose.removeprefix("seller:")
    actions.set_account(hand, seller_ref=ref, given=answers["holder"]["given"])
    return reverse("payouts_seller:overview") + "?done=set"


STEPS = Steps(
    name="payout-account",
    title=Text("売上金の振込先", "The account for your proceeds"),
    questions=(
        Question(
            name="where",
            title=Text("口座はどちらにありますか", "Where is your account?"),
            form=plain(forms.WhereForm),
        ),
        Question(
            name="bank",
            title=Text("金融機関はどこですか", "Which bank is it?"),
            form=plain(forms.BankForm),
            asked=lambda answers: answers["where"]["where"] == forms.BANK,
            rows=_place_rows,
        ),
        Question(
            name="which-bank",
            title=Text("どの金融機関ですか", "Which of these is it?"),
            form=_which_bank,
            asked=lambda answers: _hits(answers, "bank") > 1,
            rows=_chosen_rows(BANK_ROW),
        ),
        Question(
            name="branch",
            title=Text("支店はどこですか", "Which branch is it?"),
            form=_branch_form,
            asked=lambda answers: "bank" in answers,
            rows=_place_rows,
        ),
        Question(
            name="which-branch",
            title=Text("どの支店ですか", "Which of these branches?"),
            form=_which_branch,
            asked=lambda answers: _hits(answers, "branch") > 1,
            rows=_chosen_rows(BRANCH_ROW),
        ),
        Question(
            name="number",
            title=Text("口座の種類と番号を教えてください", "Kind and number of the account"),
            form=_number_form,
            asked=lambda answers: "branch" in answers,
        ),
        Question(
            name="passbook",
            title=Text("通帳の記号と番号を教えてください", "記号 and 番号 of the passbook"),
            form=plain(forms.PassbookForm),
            asked=lambda answers: answers["where"]["where"] == forms.POST,
        ),
        Question(
            name="holder",
            title=Text("口座名義（カナ）を教えてください", "The account holder's name in kana"),
            form=_holder_form,
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
def account(request: Visit, step: str = "") -> HttpResponse:
    """Ask for the account page by page, and show how the name compares before it is sent."""
    return STEPS.page(request, step, base=reverse("payouts_seller:account"))
