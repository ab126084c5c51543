"""Why money waits: each reason with what it does, what a seller is told, and what the seller can do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.text import Text


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
