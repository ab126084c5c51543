"""Clauses of the operator's terms that an act may need; what a seller has not accepted binds nobody.

Each is a pattern: plain and fair, it says why, when somebody is heard, when it ends, who looks again and how to object.
A text that changes is a new version; the former one stays as it was.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mamori.grammar.declaration import NOTICE_DAYS, Clause
from mamori.grammar.text import Text
from mamori.law.grounds import SHORT_NOTICE_GROUNDS, WITHOUT_WAITING

FIRST, SECOND, THIRD = date(2026, 11, 24), date(2026, 11, 26), date(2026, 11, 28)
FOURTH = date(2026, 12, 1)
BEFORE_CLOSING = 30

RECOVERY = Clause(
    code="recovery",
    version=1,
    title=Text("立替返金の回収", "Recovery of a refund made in the seller's place"),
    text=Text(
        "運営者が出品者に代わって購入者へ返金したときは、出品者の意見を聴いたうえで、"
        "返金額を上限として売上金から差し引くことがあります。差し引くときは、理由・金額・見直し日を書面で知らせ、"
        "出品者は不服を申し出ることができます。",
        "Where the operator has refunded a buyer in the seller's place, it may, after hearing the seller, deduct at most "
        "that amount from sales proceeds. It states reason, amount and review date, and the seller may object.",
    ),
    first=date(2026, 1, 1),
    needed_for=("contact.recovery",),
    money=True,
)
CHANGES = Clause(
    code="changes",
    version=1,
    title=Text("規約の変更", "How these terms change"),
    text=Text(
        "この規約を変えるときは、変わる内容と理由、いつから変わるかを、"
        "その日までに中{days}日（利用の終了の条項は中{closing}日）以上を置いて出品者に知らせます。"
        "知らせを受けた出品者がその日の後も出品を続けるときは、新しい版が適用されます。ただし、"
        "売上金の保留と差し引きの条項は、出品者が新しい版に同意するまで、同意した版のままです。"
        "法令や行政・裁判所の求めにより、または不正やセキュリティ上の危険を防ぐために直ちに変える必要があるときは、"
        "期間を置かずに変え、理由を後から知らせることがあります。変更に同意できない出品者は、いつでも利用をやめられます。",
        "When these terms change, sellers are told what changes, why and from when, with at least {days} whole days in between "
        "({closing} for the clause on closing a shop). A seller who was told and goes on selling after that day is bound by the "
        "new version. The clauses on holding and deducting proceeds are an exception: until the seller accepts the new version, "
        "the one it accepted stays. Where the law, an authority or a court requires it, or to prevent fraud or a danger to "
        "security, a change may come at once, and the reason is told afterwards. A seller who does not agree may leave at "
        "any time.",
    ).fill(days=NOTICE_DAYS, closing=BEFORE_CLOSING),
    first=FIRST,
    needed_for=("terms.change",),
    exceptions=SHORT_NOTICE_GROUNDS,
)
DISPLAY_AND_CONDUCT = Clause(
    code="display-and-conduct",
    version=1,
    title=Text("表示と取引のきまり、違反と点数", "Display and conduct, breaches and points"),
    text=Text(
        "出品者は、法令と運営者が公表するきまりを守り、商品・価格・連絡先を正しく表示し、購入者に誠実に対応します。"
        "これに反することを違反といいます。違反には、公表した表により、重さに応じた点数が付きます。"
        "付けるときは事実・理由・点数と消える日を知らせ、その日が来ると点数は消えます。違反を自ら早く直したときは、"
        "そのことを出品者に有利に考えます。運営者は、まず疑われる事実を示して意見を聴き、"
        "違反の内容とこれまでの経過に見合った対応だけを、理由を示して行います。人の生命・身体に危険があるとき、"
        "または法令により待てないときは、先に対応し、すぐ後に意見を聴きます。",
        "A seller keeps to the law and to the rules that the operator publishes, shows goods, prices and contact details "
        "truly, and deals honestly with buyers. Anything else is a breach. A breach brings points by its weight, by a "
        "published table. The seller is told the facts, the reason, the points and the day on which they expire; on that day "
        "they are gone. Putting a breach right early counts in the seller's favour. The operator first says what is alleged "
        "and hears the seller, and then does only what is in proportion to the breach and to what went before, with its "
        "reasons. Where life or body is in danger or the law leaves no time, it acts first and hears the seller at once "
        "afterwards.",
    ),
    first=FIRST,
    needed_for=("enforcement.finding",),
    exceptions=SHORT_NOTICE_GROUNDS,
)
NOTICE_AND_CORRECTION = Clause(
    code="notice-and-correction",
    version=2,
    title=Text("注意と訂正のお願い", "Notices and requests to correct"),
    text=Text(
        "違反があるとき、運営者は、事実と理由を示して注意し、または期限を定めて訂正を求めることがあります。期限は、"
        "直すのに必要な日数を下回らないようにします。出品者は期限までに、直すか、違反でない理由を述べることができます。"
        "直したことを確かめたら、その件は終わりです。納得できないときは、"
        "不服を申し出ることができます。",
        "Where there is a breach, the operator may give notice of it with the facts and the reason, or ask for correction "
        "within a set time, which is never shorter than correcting takes. Within that time the seller corrects it, or says "
        "why it is no breach. Once the correction is seen, the matter is over. A seller who "
        "disagrees may appeal.",
    ),
    first=SECOND,
    needed_for=("enforcement.notice", "enforcement.correction"),
    exceptions=SHORT_NOTICE_GROUNDS,
)
LISTING_MEASURES = Clause(
    code="listing-measures",
    version=3,
    title=Text("出品の非表示・削除・検索順位の引下げ", "Listings hidden, removed or shown lower in search"),
    text=Text(
        "出品に違反があるとき、運営者は、意見を聴いたうえで、その出品を一時見えなくし、検索での順位を下げ、"
        "または削除することがあります。対象は違反のある出品に限り、一時の措置には終わりの日を定めます。終わりの日が来たとき、"
        "または直ったときは、元に戻します。削除は、偽物など商品そのものが違反であるとき、身体に危険が及ぶとき、"
        "または違反が重いか重なるときに限ります。"
        "人の生命・身体に危険が及ぶおそれがあるときは、意見を聴く前でも、判断が出るまでその出品を暫定的に見えなくすることがあります"
        "（暫定非表示）。これは措置ではなく、点数は付かず、判断によってのみ終わります。"
        "対象・理由・条項・終わりの日・不服の申し出方を知らせます。",
        "Where a listing is in breach, the operator may, after hearing the seller, hide it for a time, show it lower in "
        "search, or remove it. Only listings in breach are touched, and what is meant for a time has a day on which it ends. "
        "On that day, or once corrected, all is put back. A listing is removed only where the goods themselves are the "
        "breach, as counterfeits are, where people are in danger, or where breaches are grave or add up. Where life or "
        "body may be in danger, a listing may be hidden provisionally before the seller is heard, until the decision: that is "
        "no measure, brings no points, and is ended by the decision alone. The seller is told which listing, the reason, the "
        "clause, the day of the end and how to appeal.",
    ),
    first=FOURTH,
    needed_for=("enforcement.demotion", "enforcement.listing-hidden", "enforcement.listing-removed"),
    exceptions=SHORT_NOTICE_GROUNDS,
)
REVIEWS = Clause(
    code="reviews",
    version=2,
    title=Text("評価・レビューの削除", "Removal of reviews"),
    text=Text(
        "実際の取引によらない、見返りを約束した、または他人を装ったレビューは、意見を聴いたうえで削除し、"
        "評価の計算から外すことがあります。低い評価であることだけを理由に削除することはありません。"
        "出品者に理由を知らせ、誤りと分かれば元に戻します。不服を申し出ることができます。",
        "Reviews that rest on no real purchase, were promised a reward or were written in another's name may, after hearing "
        "the seller, be removed and left out of ratings. A low rating alone is never a reason. The seller is told why, and may "
        "appeal; what proves wrong is put back.",
    ),
    first=SECOND,
    needed_for=("enforcement.review-removed",),
    exceptions=SHORT_NOTICE_GROUNDS,
)
CATEGORY = Clause(
    code="category",
    version=1,
    title=Text("取扱い分野の停止", "Closing a category to a seller"),
    text=Text(
        "特定の分野の商品について違反が重なるとき、またはその分野に必要な許可などを確かめられないとき、運営者は、"
        "意見を聴いたうえで、その分野の出品を期間を定めて止めることがあります。ほかの分野には及びません。期間が過ぎるか、"
        "必要な確認ができれば再び出品できます。理由・期間・見直しの日・不服の申し出方を知らせます。",
        "Where breaches in one category add up, or a permit that it needs cannot be confirmed, the operator may, after "
        "hearing the seller, stop the seller's listings in that category for a set time. Other categories are not touched. "
        "It opens again when the time is over or what was missing is confirmed. The seller is told the reason, the time, the "
        "day of review and how to appeal.",
    ),
    first=FIRST,
    needed_for=("enforcement.category-closed",),
    exceptions=SHORT_NOTICE_GROUNDS,
)
NEW_LISTINGS = Clause(
    code="new-listings",
    version=2,
    title=Text("新しい出品の停止", "No new listings for a time"),
    text=Text(
        "違反が重いとき、または重なり、ほかの対応では足りないとき、運営者は、意見を聴いたうえで、"
        "新しい出品を期間を定めて止めることがあります。今ある出品の販売、受けた注文への対応、購入者との連絡は続けられます。"
        "期間が過ぎると、手続きなしに再び出品できます。理由・期間・見直しの日・不服の申し出方を知らせます。",
        "Where a breach is serious, or breaches add up, and nothing milder suffices, the operator may, after hearing the "
        "seller, stop new listings for a set time. What is listed stays on sale, and orders and messages go on. When the "
        "time is over the seller may list again without doing anything. The seller is told the reason, the time, the day of "
        "review and how to appeal.",
    ),
    first=SECOND,
    needed_for=("enforcement.new-listings-stopped",),
    exceptions=SHORT_NOTICE_GROUNDS,
)
PAYOUT_HOLD = Clause(
    code="payout-hold",
    version=2,
    title=Text("売上金の支払いの保留", "Holding a payout"),
    text=Text(
        "購入者への返金が必要になる具体的な見込みがあるとき、または受取人が登録した本人であることを確かめられないとき、"
        "運営者は、必要な額に限り、売上金の支払いを一時保留することがあります。保留するときは、金額、理由、見直しの日、"
        "遅くとも終わる日を知らせ、意見を聴きます。待つ間に購入者の被害が広がるおそれが高いときは、"
        "責任者の判断で先に保留し、すぐ後に意見を聴きます。見直しの日には必ず見直し、理由がなくなればすぐに支払います。"
        "終わりの日が来ても決着しないときは、法律の専門家の判断を経て、支払うか、供託など法令の定める方法によります。"
        "保留した売上金を運営者のものにすることはありません。出品者は、保留が続くあいだ、不服を申し出ることができます。",
        "Where there are concrete signs that buyers must be refunded, or it cannot be confirmed that the payee is the "
        "registered person, the operator may hold a payout for a time, and only as much as is needed. The seller is told the "
        "amount, the reason, the day of review and the day on which it ends at the latest, and is heard; where buyers would "
        "very likely lose money meanwhile, a lead or counsel decides first, and the seller is heard at once afterwards. On "
        "the day of review it is looked at again, and paid at once when the reason is gone. If nothing is settled on the "
        "last day, it is paid, or deposited as the law provides, on the advice of counsel. The operator never keeps what it "
        "holds. The seller may appeal as long as the hold lasts.",
    ),
    first=SECOND,
    needed_for=("enforcement.payout-held", "payouts.hold"),
    money=True,
    exceptions=SHORT_NOTICE_GROUNDS,
)
SUSPENSION = Clause(
    code="suspension",
    version=1,
    title=Text("出品者の利用の一時停止", "Suspending a shop for a time"),
    text=Text(
        "重い違反があるとき、または違反が重なりほかの対応では足りないとき、運営者は、意見を聴いたうえで、"
        "販売を期間を定めて止めることがあります。停止の間も、受けた注文の発送、購入者との連絡、売上金の受取り、"
        "不服の申し出はできます。期間が過ぎると、手続きなしに元に戻ります。"
        "理由・事実・条項・期間・見直しの日・不服の申し出方を知らせます。",
        "Where a breach is grave, or breaches add up and nothing milder suffices, the operator may, after hearing the "
        "seller, stop its sales for a set time. Meanwhile the seller may still send what was ordered, write with buyers, be "
        "paid, and appeal. When the time is over all is as before, without the seller doing anything. The seller is told the "
        "facts, the reason, the clause, the time, the day of review and how to appeal.",
    ),
    first=FIRST,
    needed_for=("enforcement.suspended",),
    exceptions=SHORT_NOTICE_GROUNDS,
)
CLOSING = Clause(
    code="closing",
    version=2,
    title=Text("利用の終了", "Closing a shop"),
    text=Text(
        "重い違反が続き、ほかのどの対応でも足りないとき、運営者は、意見を聴いたうえで、"
        "出品者の利用を終わらせることがあります。中{closing}日以上を置いて、事実・理由・条項・終わる日・不服の申し出方を知らせます。"
        "ただし、違反を繰り返しそのため運営に支障が生じるおそれがあるとき、反社会的勢力と関わりがあるとき、法令や行政・裁判所の求めがあるとき、"
        "不正やセキュリティ上の危険を防ぐため待てないときは、期間を置かずに終わらせ、理由を後から知らせることがあります。"
        "終わった後も、受けた注文への対応、売上金の精算、不服の申し出はできます。不服が認められたときは、元に戻します。",
        "Where grave breaches go on and nothing else suffices, the operator may, after hearing the seller, close its shop. "
        "The seller is told the facts, the reason, the clause, the day and how to appeal, with at least {closing} whole days "
        "in between. Where a breach is repeated and that is likely to hinder the business, the seller has ties to organised "
        "crime, the law, an authority or a court requires it, or fraud or a danger to security leaves no time, it may be "
        "closed at once, and the reason is told afterwards. Orders are still fulfilled, proceeds settled and appeals "
        "heard after the end. If an appeal succeeds, "
        "all is put back.",
    ).fill(closing=BEFORE_CLOSING),
    first=THIRD,
    needed_for=("enforcement.closed",),
    notice_days=BEFORE_CLOSING,
    exceptions=WITHOUT_WAITING,
)
APPEALS = Clause(
    code="appeals",
    version=1,
    title=Text("不服の申し出", "Appeals"),
    text=Text(
        "出品者は、自分への対応について、知らせに書かれた期間の内に、費用なしに不服を申し出ることができます。資料を添え、"
        "やり取りで説明できます。はじめに決めた人とは別の人が、定めた期限までに見直し、結果と理由を知らせます。認めたときは、"
        "対応を取り消し、触れたものを元に戻し、止めたお金を支払います。不服を申し出たことを理由に、"
        "不利に扱うことはありません。裁判所などほかの手続きを使う権利は変わりません。",
        "Within the time that the notice names, a seller may appeal against what was done to it, free of charge, with "
        "evidence and in a dialogue. Somebody other than who decided looks at it again within a set time and tells the "
        "outcome with its reasons. If it succeeds, the measure is undone, what it touched is put back and money held is "
        "paid. Nobody is treated worse for appealing. The right to go to a court or elsewhere is not touched.",
    ),
    first=FIRST,
    needed_for=("enforcement.appeal",),
    exceptions=SHORT_NOTICE_GROUNDS,
)

CLAUSES = (
    CHANGES,
    DISPLAY_AND_CONDUCT,
    NOTICE_AND_CORRECTION,
    LISTING_MEASURES,
    REVIEWS,
    CATEGORY,
    NEW_LISTINGS,
    PAYOUT_HOLD,
    RECOVERY,
    SUSPENSION,
    CLOSING,
    APPEALS,
)
"""Each clause in its newest version."""

FORMER: tuple[Clause, ...] = (
    replace(
        CLOSING,
        version=1,
        text=Text(
            "重い違反が続き、ほかのどの対応でも足りないとき、運営者は、意見を聴いたうえで、"
            "出品者の利用を終わらせることがあります。中30日以上を置いて、事実・理由・条項・終わる日・不服の申し出方を知らせます。"
            "ただし、違反を繰り返しているとき、反社会的勢力と関わりがあるとき、法令や行政・裁判所の求めがあるとき、"
            "不正やセキュリティ上の危険を防ぐため待てないときは、期間を置かずに終わらせ、理由を後から知らせることがあります。"
            "終わった後も、受けた注文への対応、売上金の精算、不服の申し出はできます。不服が認められたときは、元に戻します。",
            "Where grave breaches go on and nothing else suffices, the operator may, after hearing the seller, close its shop. "
            "The seller is told the facts, the reason, the clause, the day and how to appeal, with at least 30 whole days in "
            "between. Where a breach is repeated, the seller has ties to organised crime, the law, an authority or a court "
            "requires it, or fraud or a danger to security leaves no time, it may be closed at once, and the reason is told "
            "afterwards. Orders are still fulfilled, proceeds settled and appeals heard after the end. If an appeal succeeds, "
            "all is put back.",
        ),
        first=FIRST,
    ),
    replace(
        NEW_LISTINGS,
        version=1,
        text=Text(
            "違反が重なり、ほかの対応では足りないとき、運営者は、意見を聴いたうえで、"
            "新しい出品を期間を定めて止めることがあります。今ある出品の販売、受けた注文への対応、購入者との連絡は続けられます。"
            "期間が過ぎると、手続きなしに再び出品できます。理由・期間・見直しの日・不服の申し出方を知らせます。",
            "Where breaches add up and nothing milder suffices, the operator may, after hearing the seller, stop new listings "
            "for a set time. What is listed stays on sale, and orders and messages go on. When the time is over the seller may "
            "list again without doing anything. The seller is told the reason, the time, the day of review and how to appeal.",
        ),
        first=FIRST,
    ),
    replace(
        PAYOUT_HOLD,
        version=1,
        text=Text(
            "購入者への返金が必要になる具体的な見込みがあるとき、または受取人が登録した本人であることを確かめられないとき、"
            "運営者は、必要な額に限り、売上金の支払いを一時保留することがあります。保留するときは、金額、理由、見直しの日、"
            "遅くとも終わる日を知らせ、意見を聴きます。見直しの日には必ず見直し、理由がなくなればすぐに支払います。"
            "終わりの日が来ても決着しないときは、法律の専門家の判断を経て、支払うか、供託など法令の定める方法によります。"
            "保留した売上金を運営者のものにすることはありません。出品者は、いつでも不服を申し出ることができます。",
            "Where there are concrete signs that buyers must be refunded, or it cannot be confirmed that the payee is the "
            "registered person, the operator may hold a payout for a time, and only as much as is needed. The seller is told the "
            "amount, the reason, the day of review and the day on which it ends at the latest, and is heard. On the day of "
            "review it is looked at again, and paid at once when the reason is gone. If nothing is settled on the last day, it "
            "is paid, or deposited as the law provides, on the advice of counsel. The operator never keeps what it holds. The "
            "seller may appeal at any time.",
        ),
        first=FIRST,
    ),
    replace(
        NOTICE_AND_CORRECTION,
        version=1,
        text=Text(
            "違反があるとき、運営者は、事実と理由を示して注意し、または期限を定めて訂正を求めることがあります。期限は、"
            "直すのに必要な日数を下回らないようにします。出品者は期限までに、直すか、違反でない理由を述べることができ、"
            "期限を延ばすよう求めることもできます。直したことを確かめたら、その件は終わりです。納得できないときは、"
            "不服を申し出ることができます。",
            "Where there is a breach, the operator may give notice of it with the facts and the reason, or ask for correction "
            "within a set time, which is never shorter than correcting takes. Within that time the seller corrects it, or says "
            "why it is no breach, and may ask for more time. Once the correction is seen, the matter is over. A seller who "
            "disagrees may appeal.",
        ),
        first=FIRST,
    ),
    replace(
        LISTING_MEASURES,
        version=2,
        text=Text(
            "出品に違反があるとき、運営者は、意見を聴いたうえで、その出品を一時見えなくし、検索での順位を下げ、"
            "または削除することがあります。対象は違反のある出品に限り、一時の措置には終わりの日を定めます。終わりの日が来たとき、"
            "または直ったときは、元に戻します。削除は、偽物など商品そのものが違反であるとき、身体に危険が及ぶとき、"
            "または違反が重いか重なるときに限ります。"
            "対象・理由・条項・終わりの日・不服の申し出方を知らせます。",
            "Where a listing is in breach, the operator may, after hearing the seller, hide it for a time, show it lower in "
            "search, or remove it. Only listings in breach are touched, and what is meant for a time has a day on which it ends. "
            "On that day, or once corrected, all is put back. A listing is removed only where the goods themselves are the "
            "breach, as counterfeits are, where people are in danger, or where breaches are grave or add up. The seller is told "
            "which listing, the reason, the clause, the day of the end and how to appeal.",
        ),
        first=SECOND,
    ),
    replace(
        LISTING_MEASURES,
        version=1,
        text=Text(
            "出品に違反があるとき、運営者は、意見を聴いたうえで、その出品を一時見えなくし、検索での順位を下げ、"
            "または削除することがあります。対象は違反のある出品に限り、一時の措置には終わりの日を定めます。終わりの日が来たとき、"
            "または直ったときは、元に戻します。削除は、直すことができない違反に限ります。"
            "対象・理由・条項・終わりの日・不服の申し出方を知らせます。",
            "Where a listing is in breach, the operator may, after hearing the seller, hide it for a time, show it lower in "
            "search, or remove it. Only listings in breach are touched, and what is meant for a time has a day on which it ends. "
            "On that day, or once corrected, all is put back. Only what cannot be corrected is removed. The seller is told which "
            "listing, the reason, the clause, the day of the end and how to appeal.",
        ),
        first=FIRST,
    ),
    replace(
        REVIEWS,
        version=1,
        text=Text(
            "実際の取引によらない、見返りを約束した、または他人を装ったレビューは、意見を聴いたうえで削除し、"
            "評価の計算から外すことがあります。低い評価であることだけを理由に削除することはありません。"
            "出品者とレビューを書いた人に理由を知らせ、誤りと分かれば元に戻します。どちらも不服を申し出ることができます。",
            "Reviews that rest on no real purchase, were promised a reward or were written in another's name may, after hearing "
            "those concerned, be removed and left out of ratings. A low rating alone is never a reason. Seller and writer are "
            "told why; what proves wrong is put back; both may appeal.",
        ),
        first=FIRST,
    ),
)
"""Versions that a newer one has replaced, word for word: somebody may still be bound by them."""

BY_CODE = {one.code: one for one in CLAUSES}


def called(code: str, version: int) -> Text:
    """Say a clause in a version as people know it, never by its code; one that we do not know keeps what it is called."""
    return titled(BY_CODE[code].title if code in BY_CODE else Text(code, code), version)


def titled(title: Text, version: int) -> Text:
    """Say a clause in a version by the title that it has, which may be the operator's own."""
    return Text(f"「{title.ja}」第{version}版", f"“{title.en}”, version {version}")
