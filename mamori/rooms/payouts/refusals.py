"""What this room asks of whoever acts, and what it refuses, each with a sentence that says what to do next."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.matters.inputs import ChoiceInput, ReasonInput, WordsInput, YenInput
from mamori.rooms.payouts.rules import Settled

# What this room refuses, each with a sentence that says what to do next.


class SellerNotKnown(Refusal, code="payout-seller-unknown", status=422):
    """Given when money is asked for a seller of whom the marketplace never told, or who was erased."""

    text = Text(
        "出品者「{seller}」が登録されていません。出品者を先に伝えてから（PUT /api/v1/sellers/…）、もう一度お試しください。",
        "The seller “{seller}” is not known. Please tell of the seller first (PUT /api/v1/sellers/…) and try again.",
    )


class PayoutDiffers(Refusal, code="payout-differs", status=409):
    """Given when a payout is asked for again with another seller, amount or way."""

    text = Text(
        "支払い「{payout}」は、別の出品者・金額・支払い方で受け付け済みです。別の支払いなら、新しい番号を付けてください。",
        "The payout “{payout}” was asked for with another seller, amount or way of paying. If it is another payout, please give "
        "it a new number.",
    )


class PayoutAmountWrong(Refusal, code="payout-amount-wrong", status=422):
    """Given when an amount cannot be paid."""

    text = Text(
        "金額{amount}円は支払えません。1円から9,999,999,999円までの整数にし、多いときは2件以上に分けてください。",
        "{amount} yen cannot be paid. Please give whole yen from 1 to 9,999,999,999, and split what is more.",
    )


class PayoutRefWrong(Refusal, code="payout-ref-wrong", status=422):
    """Given when a payout's or a seller's reference cannot be."""

    text = Text(
        "番号「{ref}」は使えません。空白と / のない半角の英数字と記号で、64文字までにしてください（「.」と「..」は使えません）。",
        "“{ref}” cannot be a reference. Please use letters, digits and signs of ASCII, 64 at most, without blanks and /, "
        "and neither “.” nor “..”.",
    )


class PayoutRefIsNumber(Refusal, code="payout-ref-is-number", status=422):
    """Given when a payout is called as transfers are in files: an answer of the bank would be taken for another one's."""

    text = Text(
        "番号「{ref}」は使えません。数字だけの20桁は、振込データの振込の番号と紛れます。"
        "文字を加えるか、桁数を変えてください（例 P-{ref}）。",
        "“{ref}” cannot be a payout's reference: twenty digits alone are the number of a transfer in our files. Please add a "
        "letter or use fewer digits, such as P-{ref}.",
    )


class NoSuchPayout(Refusal, code="no-such-payout", status=404):
    """Given when there is no such payout for this actor."""

    text = Text(
        "この番号の支払いは見つかりません。番号を確かめてください。",
        "There is no payout of that number. Please check it.",
    )


class PayeeAwaitsMoney(Refusal, code="payee-awaits-money", status=409):
    """Given when a seller would be erased to whom money is about to go, or went just now."""

    text = Text(
        "{person} への振込が終わっていません（{payouts}）。振込データを銀行に渡して結果（入金）を取り込むか、"
        "データを作っていない作業を取りやめ、口座を止めてから、もう一度申し出てください。",
        "Transfers to {person} are not over ({payouts}). Please send the file to the bank and hand in that it was paid, or call "
        "off the run without a file and stop the account; then ask again.",
    )


class PartUnsaid(Refusal, code="payout-part-unsaid", status=422):
    """Given when it is told what became of a payout that went in several parts, and not of which."""

    text = Text(
        "この支払いは何回かに分けて支払われています。どの分かを、part に番号（parts の number）で書いてください。",
        "This payout went in several parts. Please say in “part” which one, by its number in “parts”.",
    )


class PayeeErased(Refusal, code="run-payee-erased", status=409):
    """Given when the file of a run cannot be made because a seller to whom it pays was erased."""

    text = Text(
        "振込先の出品者の内容が消去されているため、作業「{run}」の振込データは作れません。まだ作っていない作業は取りやめてください"
        "（mamori payout call-off）。ほかの出品者には、次の作業で支払えます。",
        "A seller to whom the run “{run}” pays was erased, so its file cannot be made. Please call the run off if it has no file "
        "yet (mamori payout call-off); the others are then paid by the next run.",
    )


class RunNotFixed(Refusal, code="run-not-fixed", status=409):
    """Given when the file of a run is asked for of which it is not fixed what it pays."""

    text = Text(
        "作業「{run}」が支払うものは、まだ決め終わっていません。途中で止まったときは、同じことをもう一度行うと続きから進みます。",
        "It is not fixed yet what the run “{run}” pays. If it was cut off half-way, do the same once more: it goes on.",
    )


class RunCalledOff(Refusal, code="run-called-off", status=409):
    """Given when the file of a run is asked for that was called off."""

    text = Text(
        "作業「{run}」は取りやめたので、振込データはありません。支払いは、別の名前の作業で行ってください。",
        "The run “{run}” was called off and has no file. Please pay by a run of another name.",
    )


class NotAtItsEnd(Refusal, code="hold-not-at-its-end", status=409):
    """Given when counsel would end money otherwise whose hold has not come to its end."""

    text = Text(
        "保留の終わりの日が来ていないので、この終わり方はまだ選べません。支払いの求めが誤りだったときだけ、今でも取り消せます。",
        "The hold has not come to its end, so it cannot end this way yet. Only what was asked for by mistake can be "
        "called off now.",
    )


class NoSuchAccount(Refusal, code="no-such-account", status=404):
    """Given when there is no such account for this actor, or not any more."""

    text = Text(
        "この口座は、もう登録されていません。ページを開き直して、今の口座を確かめてください。",
        "That account is no longer registered. Please open the page again and look at the present one.",
    )


class NothingWaits(Refusal, code="nothing-waits", status=409):
    """Given when something is done about money that waits, and none does."""

    text = Text(
        "この支払いに、止まっている分はもうありません。ページを開き直してください。",
        "Nothing of this payout waits any more. Please open the page again.",
    )


class NotForThisRole(Refusal, code="payouts-not-yours", status=403):
    """Given when somebody else has to do it."""

    text = Text(
        "これは{roles}だけができます。必要なときは責任者にお知らせください。",
        "Only {roles} can do this. If it is needed, please tell your lead.",
    )


class TooMuchReleased(Refusal, code="more-than-waits", status=422):
    """Given when more is to be released than waits."""

    text = Text(
        "止まっているのは{waits}円です。1円から{waits}円までの金額にしてください。",
        "{waits} yen wait. Please give an amount from 1 to {waits} yen.",
    )


class AlreadyObjected(Refusal, code="already-objected", status=409):
    """Given when a seller objects again before it was answered."""

    text = Text(
        "この保留への異議は、もう受け付けて読んでいます。お返事をお待ちください。",
        "Your objection to this hold was received and is being read. Please wait for the answer.",
    )


class NoObjection(Refusal, code="no-objection", status=409):
    """Given when an objection is answered that nobody waits for any more."""

    text = Text(
        "答えを待っている異議の申出はありません。ページを開き直してください。",
        "No objection waits for an answer. Please open the page again.",
    )


class AnotherAnswers(Refusal, code="another-answers", status=403):
    """Given when who decided answers the objection against it."""

    text = Text(
        "保留を見直した人や名義を判断した人とは、別の責任者か法務担当が答えます。",
        "Somebody other than who let the hold stay, or judged the name, answers: please ask another lead or counsel.",
    )


class NoLookOwed(Refusal, code="no-look-owed", status=409):
    """Given when a name is decided on that nobody has to look at any more."""

    text = Text(
        "この名義は、もう確かめ終わっているか、変わっています。ページを開き直してください。",
        "This name has been looked at already, or has changed. Please open the page again.",
    )


class NoTestRuns(Refusal, code="no-test-runs", status=409):
    """Given when the yen of a test are answered and no test is on its way."""

    text = Text(
        "今、確かめの途中の振込はありません。届いた振込がある場合は、相談窓口にお知らせください。",
        "No test is on its way to this account. If something came, please tell the customer centre.",
    )


class ProofAmountWrong(Refusal, code="test-amount-wrong", status=422):
    """Given when the yen of a test are answered wrong."""

    text = Text(
        "金額が違います。通帳で、届いた金額を確かめて入力してください（あと{left}回）。",
        "That is not how many came. Please look at the passbook and enter the amount ({left} tries left).",
    )


class ProofOver(Refusal, code="test-over", status=409):
    """Given when the yen of a test were answered wrong too often."""

    text = Text(
        "金額が3回違ったため、この口座の確かめは終わりました。口座を入力し直すか、相談窓口にお知らせください。",
        "The amount was wrong three times, so this account cannot be proven any more. Please enter an account anew, or tell the "
        "customer centre.",
    )


Kept = Annotated[str, ReasonInput(help=Text("記録に残ります。", "It stays in the record."))]
Explained = Annotated[
    str,
    ReasonInput(
        help=Text(
            "記録に残り、出品者に聞かれたときの説明に使います。",
            "It stays in the record, and is what the seller is told when asking.",
        )
    ),
]
Answer = Annotated[
    str,
    WordsInput(
        label=Text("返事", "Answer"),
        help=Text("出品者が読みます。2,000文字までです。", "The seller reads it. At most 2,000 characters."),
    ),
]
Released = Annotated[
    int,
    YenInput(
        label=Text("支払う額（円）", "Amount to be paid (yen)"),
        help=Text("止まっている額までです。", "No more than what waits."),
    ),
]
HowItEnds = Annotated[Settled, ChoiceInput(label=Text("どう終えますか", "How does it end?"))]
