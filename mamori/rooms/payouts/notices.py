"""What sellers and staff are told of payouts and accounts; never a name, nor an account number."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text


def _notice(code: str, title: Text, body: Text, kind: NoticeKind = NoticeKind.TRANSACTIONAL) -> Template:
    return Template(code=f"payouts.{code}", kind=kind, title=title, body=body)


HELD = _notice(
    "held",
    Text("売上金 {amount}円の支払いを保留しています", "{amount} yen of your proceeds are held"),
    Text(
        "支払い {payout}：{amount}円の支払いを保留しています。理由：{reasons}。{todo}"
        "規約の条項「{clause}」（第{version}版）によります。{review}に見直し、遅くとも{end}までに終わりを決めます。理由がなくなれば、すぐに支払います。お話や資料は相談窓口へお寄せください。",
        "Payout {payout}: {amount} yen are held. Reason: {reasons}. {todo} This rests on the clause “{clause}” (version "
        "{version}) of our terms. It is looked at again on {review} and brought to an end by {end} at the latest. Once the "
        "reason is gone, it is paid at once. The customer centre hears what you have to say.",
    ),
    NoticeKind.LEGAL,
)
LOOKED_AT = _notice(
    "looked_at",
    Text("売上金 {amount}円の支払いを担当者が確かめています", "Somebody looks at a payout of {amount} yen"),
    Text(
        "支払い {payout}：{amount}円の支払いの前に、担当者が確かめています。理由：{reasons}。{todo}{review}までに確かめます。"
        "お問い合わせは相談窓口へお寄せください。",
        "Payout {payout}: before {amount} yen are paid, a person looks at it. Reason: {reasons}. {todo} This is done by "
        "{review}. If you have a question, please ask the customer centre.",
    ),
)
GOES_ON = _notice(
    "goes_on",
    Text("止まっていた売上金を支払います", "Proceeds that waited are paid"),
    Text(
        "支払い {payout}：止まっていた売上金のうち{amount}円を支払います。残りは{left}円です。お手続きは不要です。",
        "Payout {payout}: {amount} yen of what waited are paid now; {left} yen are left. There is nothing to do.",
    ),
)
ENDED = _notice(
    "ended",
    Text("保留していた売上金の扱いが決まりました", "What becomes of proceeds that were held"),
    Text(
        "支払い {payout}：保留していた{amount}円について、規約の保留の条項と法令により、{how}。"
        "理由は相談窓口でご説明します。異議は相談窓口にお申し出ください。裁判所などの手続きを使う権利は変わりません。",
        "Payout {payout}: of the {amount} yen that were held, under the terms' clause on holding and the law {how}. Please ask "
        "the customer centre why, or tell it your objection. Your right to go to a court is not touched.",
    ),
    NoticeKind.LEGAL,
)
CHANGED = _notice(
    "account_changed",
    Text("売上金の振込先が変わります", "The account for your proceeds is being changed"),
    Text(
        "売上金の振込先を変える手続きを受け付けました（{by}）。新しい口座は{from_}から使います。"
        "お心当たりがなければ、それまでに売上金のページで変更を止めるか、相談窓口にお電話ください。",
        "We were asked to change the account for your proceeds (by {by}). The new one is used from {from_} on. If this was not "
        "you, please stop the change on the page of proceeds before then, or call the customer centre.",
    ),
    NoticeKind.SAFETY,
)
CHANGED_FORMER = _notice(
    "account_changed_former",
    Text(
        "売上金の振込先が変わります（前のアドレスへのお知らせ）",
        "An account for proceeds is changed (to your former address)",
    ),
    Text(
        "このアドレスが登録されていたお店の、売上金の振込先を変える手続きがありました。新しい口座は{from_}から使います。"
        "お心当たりがなければ、それまでに相談窓口にお電話ください。アドレスと口座の両方が変わったため、念のためお知らせしています。",
        "For the shop that had this address, somebody asked to change the account that proceeds go to. The new one is used from "
        "{from_} on. If this was not you, please call the customer centre before then. You are told because both the address "
        "and the account changed.",
    ),
    NoticeKind.SAFETY,
)
FIRST = _notice(
    "account_first",
    Text("売上金の振込先を登録しました", "The account for your proceeds is registered"),
    Text(
        "売上金の振込先を登録しました（{by}）。お心当たりがなければ、売上金のページで止めるか、相談窓口にお電話ください。",
        "The account for your proceeds was registered (by {by}). If this was not you, please stop it on the page of proceeds "
        "or call the customer centre.",
    ),
    NoticeKind.SAFETY,
)
STOPPED = _notice(
    "account_stopped",
    Text("振込先の口座を止めました", "An account was stopped"),
    Text(
        "振込先の口座を止めました（{by}）。売上金は、次の口座が登録されるまで支払われません。"
        "売上金のページで口座を入力してください。お心当たりがなければ、相談窓口にお電話ください。",
        "An account for your proceeds was stopped (by {by}). Nothing is paid until another one is registered: please enter "
        "it on the page of proceeds. If you did not ask for this, please call the customer centre.",
    ),
    NoticeKind.SAFETY,
)
NAME_REFUSED = _notice(
    "name_refused",
    Text("振込先の名義が登録と合いません", "The account holder is not the registered person"),
    Text(
        "振込先の口座の名義が、登録された氏名・名称と合いませんでした。登録と同じ名義の口座を、売上金のページで入力してください。"
        "登録名が変わったときは、通販サイトの登録情報のページで変えてください。",
        "The holder of the account is not the registered person or company. Please enter an account in the registered name on "
        "the page of proceeds. If your name changed, please change it on the marketplace's page of registered data.",
    ),
)
TEST_SENT = _notice(
    "test_sent",
    Text("試しの振込をお送りします", "A few yen are on their way to you"),
    Text(
        "新しい口座を確かめるため、{on}に少額を振り込みます。届いたら、通帳に出た金額を売上金のページに入力してください。",
        "To prove the new account, a few yen are sent on {on}. When they have come, please enter on the page "
        "of proceeds how many they were.",
    ),
)
CAME_BACK = _notice(
    "came_back",
    Text("売上金の振込が銀行から戻りました", "A transfer came back from the bank"),
    Text(
        "支払い {payout}：{amount}円の振込が、銀行から戻りました（{why}）。"
        "通帳を見ながら、売上金のページで口座を入力し直してください。",
        "Payout {payout}: a transfer of {amount} yen came back from the bank ({why}). Please enter the account anew on the "
        "page of proceeds, as it stands in the passbook.",
    ),
)
ANSWERED = _notice(
    "objection_answered",
    Text("保留への異議にお答えしました", "Your objection to a hold is answered"),
    Text(
        "支払い {payout}：異議に窓口の責任者がお答えしました。売上金のページでお読みください。",
        "Payout {payout}: somebody who answers for the centre has replied. Please read it on the page of proceeds.",
    ),
)
OBJECTED = _notice(
    "objected",
    Text("保留への異議の申出：{number}", "An objection to a hold: {number}"),
    Text(
        "受付番号 {number}：出品者が、保留に異議を申し出ました。{due}までに読み、答えてください。",
        "Case {number}: a seller objects to a hold. Please read it and answer by {due}.",
    ),
)
TEST_CAME_BACK = _notice(
    "test_came_back",
    Text("試しの振込が銀行から戻りました", "The few yen of a test came back from the bank"),
    Text(
        "新しい口座への試しの振込が、銀行から戻りました（{why}）。通帳を見ながら、売上金のページで口座を入力し直してください。",
        "The few yen that were to prove the new account came back from the bank ({why}). Please enter the account anew on the "
        "page of proceeds, as it stands in the passbook.",
    ),
)
LOOK_OVERDUE = _notice(
    "look_overdue",
    Text("確かめの期限が過ぎました：{number}", "A look is overdue: {number}"),
    Text(
        "受付番号 {number}：支払いの前の確かめが、期限を過ぎました。出品者がお金を待っています。すぐに見てください。",
        "Case {number}: the look before a payout is overdue. A seller waits for its money: please look now.",
    ),
)
REVIEW_OVERDUE = _notice(
    "review_due",
    Text("保留の見直しの日です：{number}", "A hold is to be looked at: {number}"),
    Text(
        "受付番号 {number}：保留している売上金を見直してください。理由がなくなっていれば支払います。",
        "Case {number}: please look at the money that is held. Where the reason is gone, it is paid.",
    ),
)
TO_COUNSEL = _notice(
    "to_counsel",
    Text("保留の終わりを決めてください：{number}", "Please bring a hold to its end: {number}"),
    Text(
        "受付番号 {number}：保留の終わりの日が来たか、条項のない不一致です。支払う、供託するなど、終わり方を決めてください。"
        "運営者のものにすることはできません。",
        "Case {number}: the last day of a hold has come, or a name disagrees and no clause bears a hold. Please decide how it "
        "ends: paid, or deposited as the law provides. The operator never keeps it.",
    ),
)

TEMPLATES = (
    HELD,
    LOOKED_AT,
    GOES_ON,
    ENDED,
    CHANGED,
    CHANGED_FORMER,
    FIRST,
    STOPPED,
    NAME_REFUSED,
    TEST_SENT,
    CAME_BACK,
    ANSWERED,
    OBJECTED,
    TEST_CAME_BACK,
    LOOK_OVERDUE,
    REVIEW_OVERDUE,
    TO_COUNSEL,
)
