"""Decisions of the room of payouts, plain functions: why money waits, the gate, what should stand, how it ends."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from mamori.grammar.businesstime import CalendarDays
from mamori.grammar.clearance import Doing, Hinders, Vouches
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.matters.standing import Asks, Runs, Stands
from mamori.law.deadlines import (
    PAYOUT_COOLING,
    PAYOUT_COUNSEL,
    PAYOUT_END,
    PAYOUT_LOOK,
    PAYOUT_OBJECTION,
    PAYOUT_REVIEW,
)
from mamori.rooms.payouts.lifecycle import AccountState, PayoutState, RunState, TransferState

# Why money waits: each reason with what it does, what a seller is told, and what the seller can do about it.


class Effect(StrEnum):
    """What a reason does to a payout: all of it waits, as much as a sum, or all of it until a person has looked."""

    ALL = "all"
    SUM = "sum"
    LOOK = "look"


class Code(StrEnum):
    """The reasons, by name."""

    IDENTITY_UNVERIFIED = "identity-unverified"
    IDENTITY_CHANGED = "identity-changed"
    IDENTITY_EXPIRED = "identity-expired"
    NO_ACCOUNT = "no-account"
    NAME_MISMATCH = "name-mismatch"
    NAME_DOUBT = "name-doubt"
    ACCOUNT_COOLING = "account-cooling"
    ACCOUNT_UNPROVEN = "account-unproven"
    ACCOUNT_BOUNCED = "account-bounced"
    CLAIMS = "claims"
    MEASURE = "measure"

    @property
    def words(self) -> Words:
        """Return what the reason says."""
        return REASONS[self]


@dataclass(frozen=True, slots=True)
class Words:
    """A reason in words: its name, why the money waits, and what its seller can do."""

    effect: Effect
    title: Text
    why: Text
    todo: Text


_CHECK_AGAIN = Text(
    "通販サイトの登録情報のページで、本人確認を受けてください。確認が済むと、手続きなしに支払われます。",
    "Please have your registered name checked on the marketplace's page of registered data. It is then paid without your "
    "doing anything else.",
)
_ANOTHER_ACCOUNT = Text(
    "登録した本人（会社）名義の口座に変えてください。名義が登録と同じなのに止まっているときは、相談窓口にお知らせください。",
    "Please enter an account in the registered person's or company's own name. If the names do agree, please tell the "
    "customer centre.",
)
_NOTHING = Text(
    "お手続きはいりません。売上金のページに進み具合が出ます。",
    "You need not do anything. The page of proceeds shows how it goes on.",
)

REASONS: dict[Code, Words] = {
    Code.IDENTITY_UNVERIFIED: Words(
        Effect.ALL,
        Text("登録名が確かめられていない", "the registered name is not verified"),
        Text(
            "登録された氏名・名称を、まだ確かめていません。",
            "Your registered name has not been verified yet.",
        ),
        _CHECK_AGAIN,
    ),
    Code.IDENTITY_CHANGED: Words(
        Effect.ALL,
        Text("確かめたあとに登録名が変わった", "the registered name changed since it was verified"),
        Text(
            "確かめたあとに、登録された氏名・名称が変わりました。",
            "Your registered name changed after it had been verified.",
        ),
        _CHECK_AGAIN,
    ),
    Code.IDENTITY_EXPIRED: Words(
        Effect.ALL,
        Text("登録名の確認の期限が過ぎた", "the check of the registered name has ended"),
        Text("登録名の確認の期限が過ぎています。", "The check of your registered name has ended."),
        _CHECK_AGAIN,
    ),
    Code.NO_ACCOUNT: Words(
        Effect.ALL,
        Text("振込先の口座がない", "there is no account"),
        Text("振込先の口座が登録されていません。", "There is no account to pay to."),
        Text(
            "売上金のページで、ご本人名義の口座を入力してください。",
            "Please enter an account in your own name on the page of proceeds.",
        ),
    ),
    Code.NAME_MISMATCH: Words(
        Effect.ALL,
        Text("口座の名義が登録名と合わない", "the account holder is not the registered person"),
        Text(
            "口座の名義が、登録された氏名・名称と合いません。",
            "The account holder's name does not agree with your registered name.",
        ),
        _ANOTHER_ACCOUNT,
    ),
    Code.NAME_DOUBT: Words(
        Effect.LOOK,
        Text("口座の名義を人が確かめる", "a person has to look at the account holder's name"),
        Text(
            "口座の名義が登録名と同じかどうか、担当者が確かめています。",
            "Somebody is looking whether the account holder's name and your registered name are the same.",
        ),
        _NOTHING,
    ),
    Code.ACCOUNT_COOLING: Words(
        Effect.ALL,
        Text("振込先を変えたばかり", "the account was changed just now"),
        Text(
            "振込先が変わったばかりです。ほかの人による変更を防ぐため、少しのあいだ待ちます。",
            "The account was changed just now. There is a short wait, in case somebody else did it.",
        ),
        Text(
            "変更に心当たりがあれば、お手続きはいりません。なければ、売上金のページですぐに変更を止めてください。",
            "If you changed it, you need not do anything. If you did not, please stop the change on the page of proceeds at "
            "once.",
        ),
    ),
    Code.ACCOUNT_UNPROVEN: Words(
        Effect.ALL,
        Text("新しい振込先が確かめられていない", "the new account is not proven"),
        Text(
            "初めて支払う口座なので、ご本人の口座であることを確かめています。",
            "Nothing was ever paid to this account, so it has to be proven that it is yours.",
        ),
        Text(
            "試しの振込が届いたら、通帳に出た金額を売上金のページに入力してください。",
            "When the few yen of the test have come, please enter on the page of proceeds how many they were.",
        ),
    ),
    Code.ACCOUNT_BOUNCED: Words(
        Effect.ALL,
        Text("銀行から戻った口座", "the bank sent money back from the account"),
        Text(
            "この口座への振込は、銀行から戻ってきました。",
            "The bank sent back what was paid to this account.",
        ),
        Text(
            "通帳を見ながら、口座の番号と名義を入力し直してください。",
            "Please enter the account's number and holder anew, as they stand in the passbook.",
        ),
    ),
    Code.CLAIMS: Words(
        Effect.SUM,
        Text("購入者への返金の検討中", "refunds to buyers are open"),
        Text(
            "購入者への返金が検討されているか、進んでいます。その額だけを止めています。",
            "Refunds to buyers are being considered or made. Only as much as they come to is held.",
        ),
        Text(
            "受信箱で購入者とのやり取りを進めてください。終わると、残りが支払われます。",
            "Please go on with the buyers in your inbox. Once they are settled, the rest is paid.",
        ),
    ),
    Code.MEASURE: Words(
        Effect.SUM,
        Text("売上金の保留の措置", "a measure holds the money"),
        Text("売上金の保留の措置が実施されています。", "A measure that holds proceeds is in force."),
        Text(
            "「措置」のページで理由をご覧ください。保留が続くあいだ、異議を申し出られます。",
            "Please see the page “Measures” for why. You can appeal as long as the hold lasts.",
        ),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason against one payout: how many yen (0 = all), and what it comes from, such as a trouble's number."""

    code: Code
    amount: int = 0
    ref: str = ""
    clause: str = ""
    version: int = 0

    @property
    def effect(self) -> Effect:
        """Return what it does; a measure without a cap holds all."""
        effect = self.code.words.effect
        return Effect.ALL if effect is Effect.SUM and not self.amount else effect


# The gate: how much of a payout goes now, how much waits and why; nothing is held without a clause that binds this seller.


class Verdict(StrEnum):
    """What the marketplace is told."""

    RELEASE = "release"
    PARTIAL = "partial"
    REVIEW = "review"
    HOLD = "hold"


class Waits(StrEnum):
    """In which way money waits: nothing does, a person looks at it, or it is held on a clause."""

    NOTHING = "nothing"
    REVIEW = "review"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause and the version of it that this seller accepted."""

    code: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GateAnswer:
    """What the gate answers on so many yen; `reasons` are those that hold something back."""

    release: int
    waits: int
    way: Waits
    reasons: tuple[Reason, ...] = ()
    clause: Clause | None = None

    @property
    def verdict(self) -> Verdict:
        """Return it in one word."""
        if not self.waits:
            return Verdict.RELEASE
        if self.release:
            return Verdict.PARTIAL
        return Verdict.REVIEW if self.way is Waits.REVIEW else Verdict.HOLD


def answer(amount: int, reasons: Sequence[Reason], *, bound: Clause | None, elsewhere: int = 0) -> GateAnswer:
    """Decide on `amount` yen; `bound` is the clause on holding that this seller accepted, `elsewhere` what waits already.

    What waits elsewhere serves for sums too, so that the same refund never holds money twice.  A measure and the refunds
    of buyers are meant for the same end: the larger of both is held, not their sum.  Where nothing but a person's look or
    the acceptance of a clause is missing, a person looks; a hold rests on a clause or does not come about.
    """
    all_ = [reason for reason in reasons if reason.effect is not Effect.SUM]
    sums = [reason for reason in reasons if reason.effect is Effect.SUM]
    waits = amount if all_ else min(amount, max(0, _need(sums) - elsewhere))
    if not waits:
        return GateAnswer(release=amount, waits=0, way=Waits.NOTHING)
    told = tuple(reasons) if all_ else tuple(sums)
    clause = _clause(told, bound)
    looked = any(reason.effect is Effect.LOOK for reason in told)
    way = Waits.REVIEW if looked or clause is None else Waits.HOLD
    return GateAnswer(
        release=amount - waits,
        waits=waits,
        way=way,
        reasons=told,
        clause=clause if way is Waits.HOLD else None,
    )


def _need(sums: Sequence[Reason]) -> int:
    of_measures = sum(reason.amount for reason in sums if reason.code is Code.MEASURE)
    return max(of_measures, sum(reason.amount for reason in sums if reason.code is not Code.MEASURE))


def _clause(reasons: Sequence[Reason], bound: Clause | None) -> Clause | None:
    """Return the clause that bears a hold: where nothing but measures holds, theirs; else the one on holding."""
    if all(reason.code is Code.MEASURE for reason in reasons):
        return Clause(reasons[0].clause, reasons[0].version)
    return bound


# What should stand about payouts and accounts: by which clocks, and what is asked for.


LOOKS = {
    PayoutState.REVIEW: PAYOUT_LOOK,
    PayoutState.HELD: PAYOUT_REVIEW,
    PayoutState.COUNSEL: PAYOUT_COUNSEL,
}
"""By which clock somebody is reminded, again and again, of money that waits."""
ASKED = {PayoutState.REVIEW: "look", PayoutState.COUNSEL: "end"}
"""What money that waits asks of staff; a hold asks for nothing until it is to be reviewed."""
ONLY_A_NAME = frozenset({Code.NAME_DOUBT.value})
"""The reasons of a payout that only a doubtful name holds up: that look has a case of its own, the account's."""


class PayoutNow(Protocol):
    """What of a payout its clocks rest on."""

    state: str
    reasons: Sequence[dict[str, Any]]
    waiting_since: datetime | None
    look_since: datetime | None
    ends_at: datetime | None
    put_off_at: datetime | None


class AccountNow(Protocol):
    """What of an account its clocks rest on."""

    state: str
    asked_at: datetime
    look_since: datetime | None
    closed_at: datetime | None


def of_payout(one: PayoutNow, *, objected_at: datetime | None) -> Iterator[Stands]:
    """Yield what should stand about a payout: nothing unless some of it waits.  What it asks for is one thing at a time.

    `objected_at` is since when an objection has waited for its answer.
    """
    if one.waiting_since is None:
        return
    state = PayoutState(one.state)
    is_looked_at = state is not PayoutState.REVIEW or names(one.reasons) != ONLY_A_NAME
    if state is not PayoutState.COUNSEL:
        yield _end(one, one.waiting_since)
    if is_looked_at:
        yield Runs(LOOKS[state], since=one.look_since or one.waiting_since, again=True)
    if objected_at is not None:
        yield Runs(PAYOUT_OBJECTION, since=objected_at, again=True)
        yield Asks("objection")
    elif is_looked_at and state in ASKED:
        yield Asks(ASKED[state])


def _end(one: PayoutNow, waiting_since: datetime) -> Runs:
    """Return the clock of the last day; put off, it runs until the end of the measure that lasts longer."""
    if one.put_off_at is None or one.ends_at is None:
        return Runs(PAYOUT_END, since=waiting_since)
    days = (one.ends_at - one.put_off_at).days + 1
    return Runs(PAYOUT_END, since=one.put_off_at, span=CalendarDays(days))


def of_account(one: AccountNow) -> Iterator[Stands]:
    """Yield what should stand about an account."""
    if one.state == AccountState.COOLING:
        yield Runs(PAYOUT_COOLING, since=one.asked_at)
    if one.look_since is not None and one.closed_at is None:
        yield Runs(PAYOUT_LOOK, since=one.look_since, again=True)
        yield Asks("name")


def names(reasons: Sequence[dict[str, Any]]) -> frozenset[str]:
    """Return why money waits, by name, as a row keeps it."""
    return frozenset(one["code"] for one in reasons)


IDENTITY = frozenset({Code.IDENTITY_UNVERIFIED, Code.IDENTITY_CHANGED, Code.IDENTITY_EXPIRED})
"""What the room of identity says itself of whom it was ever told."""


def of_payee(
    seller_ref: str, reasons: Iterable[Reason], *, is_registered: bool
) -> Iterator[Hinders | Vouches]:
    """Yield that the gate answers for a payee, and each of its reasons once; `is_registered` = a name was ever told of it."""
    yield Vouches(Doing.PAYOUT, seller=seller_ref)
    is_whole: dict[Code, bool] = {}
    for reason in reasons:
        is_whole[reason.code] = is_whole.get(reason.code, False) or reason.effect is not Effect.SUM
    for code, whole in is_whole.items():
        if code is Code.MEASURE or (is_registered and code in IDENTITY):
            continue
        words = code.words
        yield Hinders(
            Doing.PAYOUT,
            code.value,
            words.why,
            seller=seller_ref,
            todo=words.todo,
            in_part=not whole,
        )


class Settled(StrEnum):
    """How money that cannot be paid comes to its end; it never stays with the operator."""

    DEPOSITED = "deposited"
    TO_CREDITOR = "to-creditor"
    CORRECTED = "corrected"

    @property
    def text(self) -> Text:
        """Say it as the seller reads it."""
        return SETTLED[self]


SETTLED = {
    Settled.DEPOSITED: Text("法務局に供託しました", "it was deposited with the Legal Affairs Bureau"),
    Settled.TO_CREDITOR: Text(
        "裁判所の命令など法令の定めにより、ほかの人に支払いました",
        "it was paid to somebody else, as a court's order or the law requires",
    ),
    Settled.CORRECTED: Text(
        "支払いの求めが誤りだったため、通販サイトが取り消しました",
        "the marketplace called it off, as the payout had been asked for by mistake",
    ),
}


LONGEST = 64
_NUMBER = regex(r"[0-9]{20}")
_REF = regex(rf"[!-.0-~]{{1,{LONGEST}}}")


def is_ref(said: str) -> bool:
    """Say whether something can be the reference of a payout or a seller."""
    return _REF.fullmatch(said) is not None


def transfer_number(said: str) -> int | None:
    """Return the number of the transfer that is meant, of whatever width its digits are; None where none is."""
    digits = unicodedata.normalize("NFKC", said).strip()
    return int(digits) if _NUMBER.fullmatch(digits) else None


BANKS_ANSWER = timedelta(days=30)
"""What a bank has not sent back so long after its day of payment does not come back: many are told of returns only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """A transfer as an erasure meets it: how it and its run stand, and the day on which the bank pays.

    `is_test`: the few yen of a test, which are owed to nobody before they are in a file.
    """

    state: TransferState
    is_test: bool
    run: RunState | None = None
    pays_on: date | None = None


def keeps_payee(going: Going, today: date) -> bool:
    """Say whether the payee cannot be erased because of this transfer."""
    if going.state is TransferState.READY:
        return not going.is_test
    if going.state is not TransferState.ORDERED:
        return False
    is_written = going.run is RunState.WRITTEN and going.pays_on is not None
    return not (is_written and going.pays_on is not None and today - going.pays_on > BANKS_ANSWER)
