"""What may be wrong with a file that goes to a bank or comes from one: each fault with its line, its place and a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from mamori.grammar.text import Text

MOST = 200
"""How many faults of one file are told one by one."""

FAULTS: dict[str, Text] = {
    "empty": Text(
        "ファイルが空です。作り直して、もう一度お試しください。",
        "The file is empty. Please make it anew and try again.",
    ),
    "encoding": Text(
        "文字コードが{what}です。Shift_JIS（cp932）で保存し直してください。",
        "The file is encoded in {what}. Please save it as Shift_JIS (cp932).",
    ),
    "line-ends": Text(
        "行の終わりが混ざっているか、CRLFではありません。すべての行をCRLFで終えるか、改行なしで作り直してください。",
        "Line ends are mixed, or not CRLF. Please make the file with CRLF at the end of every line, or without any line ends.",
    ),
    "length": Text(
        "長さが{length}バイトです。1行は120バイトです。途中で切れたか、文字が増減しています。作り直してください。",
        "This line has {length} bytes instead of 120: it was cut, or letters were added or lost. Please make the file anew.",
    ),
    "record": Text(
        "データ区分「{found}」はありません。1・2・8・9のどれかのはずです。作り直してください。",
        "There is no record “{found}”: it should be 1, 2, 8 or 9. Please make the file anew.",
    ),
    "order": Text(
        "ここに来るのは{wanted}のはずですが、{found}です。行が抜けたか、入れ替わっています。作り直してください。",
        "Here {wanted} should follow, but it is {found}: lines are missing or out of order. Please make the file anew.",
    ),
    "unfinished": Text(
        "最後がエンド・レコードではありません。ファイルが途中で切れています。作り直してください。",
        "The file does not end with the end record: it was cut off. Please make it anew.",
    ),
    "letter": Text(
        "「{what}」に、振込データに使えない文字があります。半角の大文字・カナ・数字に直してください。",
        "“{what}” holds a letter that no transfer can carry. Please use half-width capitals, kana and digits.",
    ),
    "digits": Text(
        "「{what}」に数字ではない文字があります。作り直してください。",
        "“{what}” holds something that is no digit. Please make the file anew.",
    ),
    "constant": Text(
        "「{what}」は「{wanted}」のはずです。作り直してください。",
        "“{what}” should be “{wanted}”. Please make the file anew.",
    ),
    "name": Text(
        "「{what}」が空か、左に寄っていません。名前を確かめて作り直してください。",
        "“{what}” is empty or does not stand to the left. Please look at the name and make the file anew.",
    ),
    "choice": Text(
        "「{what}」は{wanted}のどれかのはずです。口座の種類を確かめて作り直してください。",
        "“{what}” should be one of {wanted}. Please look at the kind of account and make the file anew.",
    ),
    "date": Text(
        "振込指定日が、実在する月日ではないか、予定の日と違います。日付を確かめて作り直してください。",
        "The day of payment does not exist, or is not the day that was meant. Please look at it and make the file anew.",
    ),
    "nothing": Text(
        "振込金額が0円です。0円の支払いを外して作り直してください。",
        "The amount is nothing. Please leave such payments out and make the file anew.",
    ),
    "count": Text(
        "合計件数は{said}件ですが、数えると{counted}件です。行が抜けたか、増えています。作り直してください。",
        "The trailer says {said} payments, but there are {counted}: lines were lost or added. Please make the file anew.",
    ),
    "total": Text(
        "合計金額は{said}円ですが、足すと{counted}円です。金額が変わったか、行が抜けています。作り直してください。",
        "The trailer says {said} yen, but they add up to {counted}: an amount changed or lines got lost. Please make it anew.",
    ),
    "many": Text(
        "ほかにも誤りがあります。ここまでを直してから、もう一度確かめてください。",
        "There are more faults. Please put these right first and look again.",
    ),
    "other": Text(
        "「{what}」が、払うはずの内容と違います。このファイルは送らず、作り直してください。",
        "“{what}” is not what was to be paid. Please do not send this file; make it anew.",
    ),
    "missing": Text(
        "払うはずなのは{wanted}件ですが、ファイルには{found}件あります。このファイルは送らず、作り直してください。",
        "{wanted} payments were to be made, and there are {found}. Please do not send this file; make it anew.",
    ),
    "columns": Text(
        "1行目は ref,outcome,reason、ほかの行も同じ3列のはずです。列を確かめてください。最後の行なら、途中で切れています。",
        "The first line should be ref,outcome,reason and every other have these three columns. Please look at the columns; the "
        "last line may have been cut.",
    ),
    "no-ref": Text(
        "支払いの番号（ref）が空です。銀行の一覧で確かめて入れてください。",
        "The payment's number (ref) is empty. Please look it up in the bank's list and put it in.",
    ),
    "twice": Text(
        "支払い「{ref}」が{first}行目にもあります。どちらが正しいかを銀行に確かめ、1行にしてください。",
        "Payment “{ref}” stands in line {first}, too. Please ask the bank which is right and leave one line.",
    ),
    "outcome": Text(
        "結果「{found}」は読めません。paid（入金）、refused（振込不能）、returned（組戻）のどれかにしてください。",
        "The outcome “{found}” is not known. Please write paid (入金), refused (振込不能) or returned (組戻).",
    ),
    "no-reason": Text(
        "振込不能・組戻の理由がありません。銀行の一覧の理由を、そのまま入れてください。",
        "A refused or returned payment needs its reason. Please copy it from the bank's list.",
    ),
}
"""Each fault by its code."""
WHERE = Text("{line}行目{at}バイト目：", "Line {line}, byte {at}: ")
LINE = Text("{line}行目：", "Line {line}: ")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: its code, line and byte counted from 1 (0 where it concerns the whole), and what to do about it."""

    code: str
    line: int
    at: int
    sentence: Text


def fault(code: str, line: int = 0, at: int = 0, **values: object) -> Fault:
    """Return a fault with its sentence, which begins with its place."""
    said = FAULTS[code].fill(**values)
    place = (WHERE if at else LINE).fill(line=line, at=at) if line else None
    return Fault(code, line, at, Text(place.ja + said.ja, place.en + said.en) if place else said)


@dataclass(frozen=True, slots=True)
class AccountPlace:
    """An account as the file says it."""

    bank: str
    bank_name: str
    branch: str
    branch_name: str
    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class Ordered:
    """Who orders, as the file says it."""

    code: str
    name: str
    account: AccountPlace


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment as the file says it."""

    line: int
    to: AccountPlace
    holder: str
    amount: int
    reference: int


@dataclass(slots=True, kw_only=True)
class Reading:
    """What a file says, and each fault in it; a file with any fault is not to be sent."""

    payments: list[Paid] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    counted: int = 0
    total: int = 0
    ordered: Ordered | None = None

    @property
    def is_good(self) -> bool:
        """Say whether the file may be sent."""
        return not self.faults

    def tell(self, code: str, line: int = 0, at: int = 0, **values: object) -> None:
        """Note a fault; beyond `MOST` only that there are more."""
        if len(self.faults) < MOST:
            self.faults.append(fault(code, line, at, **values))
        elif len(self.faults) == MOST:
            self.faults.append(fault("many"))
