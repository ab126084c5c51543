"""Payouts and accounts over JSON, and what the API takes and shows; never a whole account number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta
from ninja import Schema, Status
from pydantic import Field

from mamori.grammar.actor import Actor, Role
from mamori.grammar.ids import outward
from mamori.ground.declared.records import (
    CursorNotGood,
    Flag,
    Number,
    Paged,
    Part,
    PersonRef,
    Words,
    cut_page,
    form,
    place_of,
    says,
)
from mamori.ground.ledger.ids import RECEIPT
from mamori.japan.banks import account as bank_account
from mamori.japan.zengin.orders import MOST_YEN, NoHolder, NotForTransfer
from mamori.japan.zengin.returns import NEXT, WHY_SAID, Why
from mamori.rooms.payouts import actions as payouts, facts
from mamori.rooms.payouts.accounts import actions as accounts
from mamori.rooms.payouts.accounts.details import Given
from mamori.rooms.payouts.actions import Asked
from mamori.rooms.payouts.events import ACCOUNT
from mamori.rooms.payouts.facts import AccountFact, PartFact
from mamori.rooms.payouts.lifecycle import AccountState, PayoutState, RunState, TransferState
from mamori.rooms.payouts.models import Payout
from mamori.rooms.payouts.refusals import (
    NoSuchAccount,
    NoSuchPayout,
    NotForThisRole,
    PartUnsaid,
    PayoutAmountWrong,
    PayoutDiffers,
    PayoutRefIsNumber,
    PayoutRefWrong,
    SellerNotKnown,
)
from mamori.rooms.payouts.rules import Code, Verdict
from mamori.rooms.payouts.situations import PayoutFact, verdict_of

# What the API takes and shows of payouts, accounts and runs; never a whole account number.


# A line of a run that asks for too much is answered alone, so here the form is wider than the rule.
Amount = Annotated[
    int,
    Meta(
        ge=-(10**15),
        le=10**15,
        extra=form("1〜9,999,999,999の整数の円", "whole yen from 1 to 9,999,999,999"),
    ),
]
Digits = Annotated[
    str,
    Meta(max_length=40, pattern=r"^[^\x00]*\Z", extra=form("数字", "digits")),
]


Payable = Annotated[
    int,
    Meta(
        ge=1,
        le=MOST_YEN,
        extra=form(f"1〜{MOST_YEN:,}の整数の円", f"whole yen from 1 to {MOST_YEN:,}"),
    ),
]


class PayoutAsked(Part, frozen=True, kw_only=True):
    """A payout that is asked for."""

    seller: Annotated[PersonRef, says("出品者の ref", "the ref of the seller")]
    amount: Annotated[
        Payable,
        says(
            "支払う金額。差し引いた分（deduct）は引いておく",
            "how much is to be paid, what was taken by `deduct` subtracted already",
        ),
    ]
    by_run: Annotated[
        Flag,
        says(
            "true は Mamori の振込データで支払う。false は答えを受けて通販サイトが支払う",
            "true: paid by our file of transfers; false: the marketplace pays upon the answer",
        ),
    ] = False


class AccountGiven(Part, frozen=True, kw_only=True):
    """An account as its holder writes it; of Japan Post Bank either as any other, or symbol and number of the passbook."""

    bank: Annotated[Digits, says("銀行コード（4桁）", "bank code, four digits")] = ""
    branch: Annotated[Digits, says("支店コード（3桁）", "branch code, three digits")] = ""
    kind: Annotated[
        Words,
        says("種目", "kind of account"),
        Meta(
            extra=form(
                "普通・当座・貯蓄・その他、または 1・2・4・9",
                "ordinary, current, savings, other, or 1, 2, 4, 9",
            )
        ),
    ] = "1"
    number: Annotated[
        Digits, says("口座番号（7桁）、または通帳の番号", "account number, or 番号 of the passbook")
    ] = ""
    symbol: Annotated[Digits, says("ゆうちょ銀行の記号", "記号 of a Japan Post Bank passbook")] = ""
    holder: Annotated[Words, says("口座名義（カナ）", "the account holder's name, in kana")]


class BankSaid(Part, frozen=True, kw_only=True):
    """What the bank's own check of the holder's name came to."""

    agrees: Annotated[Flag, says("名義が一致したか", "whether the name agrees")]


class ResultSaid(Part, frozen=True, kw_only=True):
    """What became of a payout that the marketplace paid."""

    paid: Annotated[
        Flag, says("支払われたか。false は銀行から戻った", "whether it was paid; false: it came back")
    ]
    why: Annotated[
        Words,
        says(
            "戻った理由（no-account など、または銀行の言葉）",
            "why it came back, by name or in the bank's words",
        ),
    ] = ""
    part: Annotated[
        int,
        says(
            "どの分か（parts の number）。1回で支払ったときは要らない",
            "which part, by its number; needless where there is one",
        ),
        Meta(ge=0, le=2**63 - 1, extra=form("整数", "a whole number")),
    ] = 0


class PartShown(Schema):
    """A part of a payout that was let go; no number stands for two parts, also of two payouts.

    Where you pay, pay each part that is `told`, once by its `number`; it stays `told` until you tell its result.  `ready`
    and `ordered` are paid by our file, `paid` is done, `returned` came back: what takes its place has a new number.
    """

    number: int
    amount: int
    state: TransferState


class RunBegun(Part, frozen=True, kw_only=True):
    """A run that is begun."""

    pays_on: Annotated[
        date,
        says("銀行が振り込む日", "the day on which the bank pays"),
        Meta(
            extra_json_schema={"format": "date"},
            extra=form("日付。例 2026-11-30", "a day such as 2026-11-30"),
        ),
    ]


class Said(Schema):
    """A sentence in both languages."""

    ja: str
    en: str


class ReasonShown(Schema):
    """Why money waits: its name, how many yen (0 = all), what it comes from, and in words what the seller can do."""

    code: Code
    amount: int
    ref: str
    why: Said
    todo: Said


class PayoutShown(Schema):
    """A payout and the answer on it.  Yen; `decision` is the act whose `receipt` proves it.

    `verdict`: release, partial, review (a person looks by `review_at`) or hold (on `clause`, until `ends_at` at the latest).
    `released`: the sum of all that was let go and did not come back, paid or not; it falls when a part comes back.  It is
    nothing to transfer by: pay the `parts` that are `told`.
    `abroad`: the seller is registered outside Japan, for the marketplace to look at the rules on transfers abroad.
    """

    ref: str
    seller_ref: str
    amount: int
    verdict: Verdict
    state: PayoutState
    released: int
    waits: int
    reasons: list[ReasonShown]
    clause: str
    clause_version: int
    decision: Annotated[str, Field(pattern=RECEIPT.pattern)]
    receipt: str
    decided_at: datetime
    waiting_since: datetime | None
    review_at: datetime | None
    ends_at: datetime | None
    by_run: bool
    abroad: bool
    parts: list[PartShown]


class AccountShown(Schema):
    """The account that a seller's money goes to, its number masked.

    `name`: match, review (a person looks) or mismatch, and `why` in words; `cools_at` is from when a change counts.
    """

    id: Annotated[str, Field(pattern=ACCOUNT.pattern)]
    state: AccountState
    bank: str
    bank_name: str
    branch: str
    branch_name: str
    masked: str
    name: str
    why: Said | None
    asked_at: datetime
    cools_at: datetime | None
    proved_by: str


class AccountsShown(Schema):
    """The accounts of a seller that are not over: one in use, and one that waits after a change."""

    seller_ref: str
    accounts: list[AccountShown]


class LineShown(Schema):
    """A line of a run and how its payout stands, `refused` where it is none; `why` says what is not paid and why."""

    line: int
    payout: str
    seller_ref: str
    amount: int
    verdict: Verdict | Literal["refused"]
    released: int
    waits: int
    why: Said | None
    abroad: bool


class RunShown(Schema):
    """A run.  Yen; `count` and `total` are what its file pays, `digest` the SHA-256 of the file."""

    ref: str
    pays_on: date
    state: RunState
    lines: int
    count: int
    total: int
    digest: str


class ReportShown(Schema):
    """Lines of a run in their order; `next` is after which line to go on, missing on the last page."""

    run: RunShown
    items: list[LineShown]
    next: int | None


class FileShown(Schema):
    """The file of a run, to be handed to the bank as it is; `content` in base64, cp932 within."""

    ref: str
    name: str
    digest: str
    count: int
    total: int
    content: str


def payout_shown(found: PayoutFact, parts: Sequence[PartFact]) -> PayoutShown:
    """Return a payout as the API shows it."""
    return PayoutShown(
        ref=found.ref,
        seller_ref=found.seller_ref,
        amount=found.amount,
        verdict=found.verdict,
        state=found.state,
        released=found.released,
        waits=found.waits,
        reasons=[
            ReasonShown(
                code=one.code,
                amount=one.amount,
                ref=outward(one.ref),
                why=Said(ja=one.code.words.why.ja, en=one.code.words.why.en),
                todo=Said(ja=one.code.words.todo.ja, en=one.code.words.todo.en),
            )
            for one in found.reasons
        ],
        clause=found.clause,
        clause_version=found.clause_version,
        decision=RECEIPT.of(found.decision),
        receipt=found.receipt,
        decided_at=found.decided_at,
        waiting_since=found.waiting_since,
        review_at=found.review_at,
        ends_at=found.ends_at,
        by_run=found.by_run,
        abroad=found.abroad,
        parts=[
            PartShown(number=one.number, amount=one.amount, state=TransferState(one.state)) for one in parts
        ],
    )


def account_shown(found: AccountFact) -> AccountShown:
    """Return an account as the API shows it."""
    return AccountShown(
        id=ACCOUNT.of(found.id),
        state=found.state,
        bank=found.bank,
        bank_name=found.bank_name,
        branch=found.branch,
        branch_name=found.branch_name,
        masked=found.masked,
        name=found.verdict,
        why=Said(ja=found.why.ja, en=found.why.en) if found.why else None,
        asked_at=found.asked_at,
        cools_at=found.cools_at,
        proved_by=found.proved_by,
    )


# Payouts and accounts over JSON.


ASKING = (SellerNotKnown, PayoutDiffers, PayoutAmountWrong, PayoutRefWrong, PayoutRefIsNumber)
READING = (NoSuchPayout,)
TELLING = (NoSuchPayout, PartUnsaid)
GIVING = (
    NotForThisRole,
    SellerNotKnown,
    PayoutRefWrong,
    bank_account.NoSuchBank,
    bank_account.NoSuchBranch,
    bank_account.NoSuchAccountKind,
    bank_account.AccountNumberNotDigits,
    bank_account.AccountNumberLength,
    bank_account.PostBankNumberLength,
    bank_account.PostBankKind,
    bank_account.NoSuchSymbol,
    bank_account.NoSuchPassbookNumber,
    bank_account.NoSuchPostBranch,
    NoHolder,
    NotForTransfer,
)
ACCOUNTS = (NotForThisRole, NoSuchAccount)


def authorize_payout(actor: Actor, ref: str, body: PayoutAsked) -> Status[PayoutShown]:
    """Ask whether a payout may be made; asked again under the same number, it is answered by how things stand now.

    Measures on payouts count here by themselves.  What was taken by `deduct` does not: subtract it before you ask.
    """
    found = payouts.authorize(actor, asked=Asked(ref, body.seller, body.amount, body.by_run))
    return Status(200, payout_shown(found, facts.parts(ref)))


def get_payout(actor: Actor, ref: str) -> Status[PayoutShown]:
    """Read the newest answer on a payout."""
    return Status(200, payout_shown(facts.payout(actor, ref), facts.parts(ref)))


def tell_payout(actor: Actor, ref: str, body: ResultSaid) -> Status[PayoutShown]:
    """Tell that a payout was paid, or that it came back from the bank; told twice, once counts."""
    if body.paid:
        payouts.note_paid(actor, payout=ref, part=body.part)
    else:
        why = NEXT[WHY_SAID.get(body.why.strip(), Why.OTHER)][0]
        payouts.note_returned(actor, payout=ref, why=why, part=body.part)
    return Status(200, payout_shown(facts.payout(actor, ref), facts.parts(ref)))


def put_account(actor: Actor, seller: str, body: AccountGiven) -> Status[AccountsShown]:
    """Tell the account that a seller's proceeds go to; another account waits, and the seller hears of it.

    Another is one of another bank, branch, kind or number: it waits for `payouts.cooling`, and no payout goes meanwhile.
    The first, and another `holder` of the same account, are in use at once; the name is compared anew.
    """
    given = Given(
        bank=body.bank,
        branch=body.branch,
        kind=body.kind,
        number=body.number,
        symbol=body.symbol,
        holder=body.holder,
    )
    accounts.set_account(actor, seller_ref=seller, given=given)
    return _accounts(actor, seller)


def get_account(actor: Actor, seller: str) -> Status[AccountsShown]:
    """Read which accounts a seller's proceeds go to, numbers masked."""
    return _accounts(actor, seller)


def check_account(actor: Actor, seller: str, body: BankSaid) -> Status[AccountsShown]:
    """Tell what the bank's own check of the account holder's name came to."""
    accounts.prove_by_bank(actor, seller_ref=seller, agrees=body.agrees)
    return _accounts(actor, seller)


def _accounts(actor: Actor, seller: str) -> Status[AccountsShown]:
    found = facts.accounts(actor, seller)
    return Status(
        200, AccountsShown(seller_ref=seller, accounts=[account_shown(one) for one in found if one.is_open])
    )


# Payouts in a list: how each stands, without its reasons.


LISTING = (CursorNotGood,)


class PayoutsAsked(Paged, frozen=True, kw_only=True):
    """Which payouts."""

    seller: Annotated[PersonRef | None, says("出品者の ref", "the ref of the seller")] = None
    waiting: Annotated[
        Flag | None,
        says("true なら、待っている分があるものだけ", "true: only those of which something waits"),
    ] = None


class PayoutListed(Schema):
    """A payout and how it stands; why it waits is told by `GET /payouts/{ref}`.  Yen."""

    ref: str
    seller_ref: str
    amount: int
    waits: int
    verdict: Verdict
    state: PayoutState
    asked_at: datetime
    decided_at: datetime
    waiting_since: datetime | None
    review_at: datetime | None
    ends_at: datetime | None
    closed_at: datetime | None


class Payouts(Schema):
    """A page of payouts, the newest first; `next` is null on the last."""

    items: list[PayoutListed]
    next: str | None


def list_payouts(actor: Actor, query: PayoutsAsked) -> Status[Payouts]:
    """List payouts, the newest first; with a seller's token its own only."""
    rows = Payout.objects.order_by("-id")
    if actor.role is not Role.MACHINE:
        rows = rows.filter(payee=actor.whose.removeprefix("seller:"))
    if query.seller is not None:
        rows = rows.filter(payee=query.seller)
    if query.waiting is not None:
        rows = rows.filter(waiting_since__isnull=not query.waiting)
    if before := place_of(query.cursor, Number):
        rows = rows.filter(pk__lt=before)
    page, more = cut_page(list(rows[: query.limit + 1]), query, lambda one: one.pk)
    return Status(200, Payouts(items=[_listed(row) for row in page], next=more))


def _listed(row: Payout) -> PayoutListed:
    return PayoutListed(
        ref=row.ref,
        seller_ref=row.payee_id,
        amount=row.amount,
        waits=row.waits,
        verdict=verdict_of(row),
        state=PayoutState(row.state),
        asked_at=row.asked_at,
        decided_at=row.decided_at,
        waiting_since=row.waiting_since,
        review_at=row.review_at,
        ends_at=row.ends_at,
        closed_at=row.closed_at,
    )
