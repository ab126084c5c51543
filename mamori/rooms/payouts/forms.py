"""What a seller fills in about its account: a question a page, each answer held to what a bank would take."""

from __future__ import annotations

from typing import Any

from django import forms

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.web.forms import DigitsField, HouseForm
from mamori.ground.web.wording import said, told
from mamori.japan.banks import master, yucho
from mamori.japan.banks.account import AccountKind, NoSuchAccountKind, PostBankKind, account
from mamori.japan.banks.master import Bank, Branch
from mamori.japan.digits import digits_of
from mamori.rooms.payouts import details
from mamori.rooms.payouts.details import LONGEST_HOLDER, Given
from mamori.rooms.payouts.queries.account import bank_name, branch_name

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
        self.cleaned_data["hits"] = hits = banks_found(words)
        if words and not hits:
            self.add_error("words", told(NO_BANK_CALLED.fill(words=words)))
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
        self.cleaned_data["hits"] = hits = branches_found(self.bank.code, words)
        if words and not hits:
            sentence = NO_BRANCH_CALLED.fill(bank=bank_name(self.bank), words=words)
            self.add_error("words", told(sentence))
        return self.cleaned_data


class ChosenForm(HouseForm):
    """One of several that were found."""

    code = forms.ChoiceField(label=said("この中のどれか", "which of these"), widget=forms.RadioSelect)

    def __init__(self, data: Any, *, hits: tuple[Bank, ...] | tuple[Branch, ...]) -> None:
        super().__init__(data)
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.code, _labelled(one)) for one in hits]
        if len(hits) >= master.MOST:
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
                self.add_error("kind", told(refusal.sentence))
            except Refusal as refusal:
                self.add_error("number", told(refusal.sentence))
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
                yucho.from_passbook(given["symbol"], given["number"], is_savings=given["savings"])
            except yucho.NoSuchPassbookNumber as refusal:
                self.add_error("number", told(refusal.sentence))
            except Refusal as refusal:
                self.add_error("symbol", told(refusal.sentence))
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
                self.cleaned_data["given"] = given = with_holder(self.rest, self.cleaned_data["holder"])
                details.read(given)
            except Refusal as refusal:
                self.add_error("holder", told(refusal.sentence))
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


def with_holder(rest: Given, holder: str) -> Given:
    """Return an account with its holder's name."""
    return Given(
        bank=rest.bank,
        branch=rest.branch,
        kind=rest.kind,
        number=rest.number,
        symbol=rest.symbol,
        holder=holder,
    )


def banks_found(words: str) -> tuple[Bank, ...]:
    """Return the banks that somebody may mean."""
    known = master.banks().get(digits_of(words))
    return (known,) if known else master.banks_called(words)


def branches_found(bank: str, words: str) -> tuple[Branch, ...]:
    """Return the branches of a bank that somebody may mean."""
    known = master.branches(bank).get(digits_of(words))
    return (known,) if known else master.branches_called(bank, words)


def _labelled(one: Bank | Branch) -> str:
    return f"{bank_name(one)}（{one.code}）" if isinstance(one, Bank) else branch_name(one)


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
