"""What this room tells the parties and the lead of a matter; each template has a kind that it must keep to."""

from __future__ import annotations

from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.text import Text


def transactional(code: str, title: Text, body: Text, *, on_paper: bool = False) -> Template:
    """Return a notice about a matter that goes on."""
    kind = NoticeKind.TRANSACTIONAL
    return Template(code=f"contact.{code}", kind=kind, title=title, body=body, on_paper=on_paper)


def legal(code: str, title: Text, body: Text, *, on_paper: bool = False) -> Template:
    """Return a notice that a law or a right asks for."""
    kind = NoticeKind.LEGAL
    return Template(code=f"contact.{code}", kind=kind, title=title, body=body, on_paper=on_paper)


INQUIRY = transactional(
    "inquiry",
    Text("購入者から問い合わせが届きました", "A buyer has written to you"),
    Text(
        "受付番号 {number}：{topic}。{due}までに、このページでお答えください。",
        "Case {number}: {topic}. Please answer on this page by {due}.",
    ),
)
BUYER_WROTE = transactional(
    "buyer_wrote",
    Text("購入者から続きのメッセージが届きました", "The buyer has written again"),
    Text(
        "受付番号 {number}：{topic}。このページでお読みください。返事の期限があるときは、そこに示しています。",
        "Case {number}: {topic}. Please read it on this page. If an answer is due, the page says by when.",
    ),
)
RECEIVED = transactional(
    "received",
    Text("お問い合わせを受け付けました", "We have received your inquiry"),
    Text(
        "受付番号 {number}：{topic}。出品者の回答の目安は{due}です。回答がないときは窓口が仲介します。",
        "Case {number}: {topic}. The seller should answer by {due}. If not, the centre will mediate.",
    ),
)
ANSWERED = transactional(
    "answered",
    Text("出品者から回答が届きました", "The seller has answered"),
    Text(
        "受付番号 {number}：回答をご覧になり、解決したかどうかを{until}までにお知らせください。"
        "ご連絡がないときは、このやり取りを終えます。",
        "Case {number}: please read the answer and tell us by {until} whether it solves the matter. "
        "If we do not hear from you, we will close it.",
    ),
)
ANSWERED_MEANWHILE = transactional(
    "answered_meanwhile",
    Text("出品者から回答が届きました", "The seller has answered"),
    Text(
        "受付番号 {number}：回答をご覧ください。解決したときは、お知らせください。"
        "ご連絡がなくても、このやり取りは終わりません。",
        "Case {number}: please read the answer, and tell us if it solves the matter. We will not close it for want of a "
        "word from you.",
    ),
)
TAKEN_DOWN = transactional(
    "taken_down",
    Text("伺った内容を記録しました", "We have written down what you told us"),
    Text(
        "受付番号 {number}：{channel}で伺った内容を、出品者に伝えました。"
        "お心当たりがないときは、すぐに相談窓口へお知らせください。",
        "Case {number}: what you told us {channel} was passed to the seller. "
        "If this was not you, please tell us at once.",
    ),
)
CONTACT_LET = transactional(
    "contact_let",
    Text("購入者が連絡先を知らせました", "The buyer lets you reach them directly"),
    Text(
        "受付番号 {number}：購入者の{way}をやり取りのページでご覧になれます。この件の連絡にだけお使いください。",
        "Case {number}: you can see the buyer's {way} on the page. Please use it for this matter only.",
    ),
)
CONTACT_ENDED = transactional(
    "contact_ended",
    Text("購入者が連絡先の利用を取りやめました", "The buyer no longer lets you reach them directly"),
    Text(
        "受付番号 {number}：購入者の{way}は、もう使わないでください。連絡はやり取りのページでお願いします。",
        "Case {number}: please use the buyer's {way} no more, and write on the page instead.",
    ),
)
URGE = transactional(
    "urge",
    Text("回答をお願いします", "Please answer"),
    Text(
        "受付番号 {number}：{topic}（状況：{progress}）。{when}ご対応ください。",
        "Case {number}: {topic} (status: {progress}). Please act {when}.",
    ),
)
URGE_ON_PAPER = Template(
    code="contact.urge_on_paper",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("回答の期限を過ぎています", "Your answer is overdue"),
    body=Text(
        "受付番号 {number}：{topic}（状況：{progress}）。購入者が回答を待っています。{when}このページかお電話でご対応ください。",
        "Case {number}: {topic} (status: {progress}). The buyer is waiting. Please act {when}, on this page or by telephone.",
    ),
    on_paper=True,
)
MEDIATED = transactional(
    "mediated",
    Text("窓口が仲介を始めました", "The centre has begun to mediate"),
    Text(
        "受付番号 {number}：{reason}窓口が間に入り、解決をお手伝いします。費用はかかりません。"
        "どちらが正しいかを決めるものではありません。",
        "Case {number}: {reason}the centre helps both sides to find a solution. It costs nothing, and nobody is "
        "told who is right.",
    ),
)
TAKEN = transactional(
    "taken",
    Text("仲介の担当者のお知らせ", "Who helps with your case"),
    Text(
        "受付番号 {number}：{reason}{mediator}が間に入り、解決をお手伝いします。このページで、引き続きやり取りできます。",
        "Case {number}: {reason}{mediator} helps both sides. You can go on writing on this page.",
    ),
)
OVERDUE = transactional(
    "overdue",
    Text("解決の期限を過ぎました", "The resolution is overdue"),
    Text(
        "受付番号 {number}：{topic}。立替返金を検討してください。",
        "Case {number}: {topic}. Please consider a refund in the seller's place.",
    ),
)
ASKED = transactional(
    "asked",
    Text("購入者が立替返金を求めています", "A buyer asks for a refund in the seller's place"),
    Text(
        "受付番号 {number}：ご希望は「{wish}」です。期限までに判断してください。",
        "Case {number}: the buyer asks for “{wish}”. Please decide in time.",
    ),
)
UNCONFIRMED = transactional(
    "unconfirmed",
    Text("通販サイトが指示を確認していません", "The marketplace has not confirmed an instruction"),
    Text(
        "受付番号 {number}：指示 {instruction} の確認がありません（{times}回目）。通販サイトの担当に確かめてください。",
        "Case {number}: instruction {instruction} is not confirmed (reminder {times}). Please ask the marketplace.",
    ),
)
NOT_CARRIED_OUT = transactional(
    "not_carried_out",
    Text("通販サイトが指示を実行できませんでした", "The marketplace could not carry out an instruction"),
    Text(
        "受付番号 {number}：指示 {instruction} は実行できないとの回答がありました。あらためて判断してください。",
        "Case {number}: the marketplace could not carry out instruction {instruction}. Please decide anew.",
    ),
)
REFUND_STALLED = transactional(
    "refund_stalled",
    Text("返金の手続きがまだできていません", "Your refund could not be carried out yet"),
    Text(
        "受付番号 {number}：通販サイトで手続きを実行できませんでした。{due}までに窓口があらためて判断します。ご対応は不要です。",
        "Case {number}: the marketplace could not carry it out. The centre decides anew by {due}. You need not do anything.",
    ),
)
SOLVED = transactional(
    "solved",
    Text("解決したものとして終えました", "Your case was closed as solved"),
    Text(
        "受付番号 {number}：解決したと伺い、終了しました。まだ解決していないときは、同じ注文からもう一度お知らせください。",
        "Case {number}: we understand that it is solved and have closed it. If it is not, please report it again "
        "from the same order.",
    ),
)
SOLVED_WITHOUT = transactional(
    "solved_without",
    Text("解決したものとして終えました", "Your case was closed as solved"),
    Text(
        "受付番号 {number}：解決したと伺い、終了しました。返事を待っていた「{what}」という提案は、なくなりました。"
        "まだ解決していないときや、提案を受けたかったときは、相談窓口にお知らせいただくか、同じ注文からもう一度お知らせください。",
        "Case {number}: we understand that it is solved and have closed it. The proposal “{what}”, which waited for a reply, is "
        "gone. If it is not solved, or you wanted the proposal, please tell the customer centre, or report it again from the "
        "same order.",
    ),
)
ENDED = transactional(
    "ended",
    Text("購入者とのやり取りが終わりました", "A buyer's case has ended"),
    Text(
        "受付番号 {number}：この件は終わりました（{how}）。ご対応は不要です。",
        "Case {number}: it has ended ({how}). You need not do anything.",
    ),
)
ENDED_OVER_AGREEMENT = transactional(
    "ended_over_agreement",
    Text("購入者とのやり取りが終わりました", "A buyer's case has ended"),
    Text(
        "受付番号 {number}：この件は終わりました（{how}）。「{what}」という合意が済んだかどうかは、窓口ではもう確かめません。"
        "分からないことがあるときは、相談窓口にお尋ねください。",
        "Case {number}: it has ended ({how}). The centre no longer asks whether “{what}” was done. If anything is "
        "unclear, please ask the customer centre.",
    ),
)
LAPSED = transactional(
    "lapsed",
    Text("お返事がないため終えました", "Your case was closed as we did not hear from you"),
    Text(
        "受付番号 {number}：回答のあとご連絡がなかったため、終了しました。"
        "まだ解決していないときは、同じ注文からもう一度お知らせください。",
        "Case {number}: we did not hear from you after the answer and have closed it. If it is not solved, please "
        "report it again from the same order.",
    ),
)
PAID_TWICE = transactional(
    "paid_twice",
    Text("二重に支払われたおそれがあります", "Money may have been paid twice"),
    Text(
        "受付番号 {number}：{amount}円を返金した注文が、カード会社でも取り消されています。通販サイトの担当に確かめてください。",
        "Case {number}: {amount} yen were refunded and the card company reversed the payment too. Please ask the "
        "marketplace.",
    ),
)
REFUNDED = transactional(
    "refunded",
    Text("出品者に代わって返金しました", "We have refunded you in the seller's place"),
    Text(
        "受付番号 {number}：{amount}円の返金を通販サイトが確認しました。ご対応は不要です。",
        "Case {number}: the marketplace has confirmed your refund of {amount} yen. You need not do anything.",
    ),
)
REFUNDED_PART = transactional(
    "refunded_part",
    Text("出品者に代わって一部を返金しました", "We have refunded you a part in the seller's place"),
    Text(
        "受付番号 {number}：{amount}円の返金を確認しました。{reason}"
        "納得できないときは、消費生活センター（電話188）にご相談いただけます。",
        "Case {number}: your refund of {amount} yen is confirmed. {reason} If you do not agree, you can ask a consumer affairs "
        "centre for help (telephone 188).",
    ),
)
DECLINED = transactional(
    "declined",
    Text("立替返金は行わないことになりました", "There will be no refund in the seller's place"),
    Text(
        "受付番号 {number}：{reason} 消費生活センター（電話188）にご相談いただけます。",
        "Case {number}: {reason} You can ask a consumer affairs centre for help (telephone 188).",
    ),
)

MATTER_TEMPLATES = (
    INQUIRY,
    BUYER_WROTE,
    RECEIVED,
    ANSWERED,
    ANSWERED_MEANWHILE,
    TAKEN_DOWN,
    CONTACT_LET,
    CONTACT_ENDED,
    URGE,
    URGE_ON_PAPER,
    MEDIATED,
    TAKEN,
    OVERDUE,
    ASKED,
    UNCONFIRMED,
    NOT_CARRIED_OUT,
    REFUND_STALLED,
    SOLVED,
    SOLVED_WITHOUT,
    ENDED,
    ENDED_OVER_AGREEMENT,
    LAPSED,
    PAID_TWICE,
    REFUNDED,
    REFUNDED_PART,
    DECLINED,
)


UNREACHABLE = transactional(
    "unreachable",
    Text("連絡先のない出品者です", "This seller has no contact details"),
    Text(
        "受付番号 {number}：出品者 {seller} に登録された連絡先がありません。連絡先を確かめてください。",
        "Case {number}: seller {seller} has no registered contact. Please find out how to reach them.",
    ),
)
NUMBER_WRONG = transactional(
    "number_wrong",
    Text("登録された電話番号では出品者につながりません", "The seller's registered number is wrong"),
    Text(
        "受付番号 {number}：出品者 {seller} の登録された電話番号は、どれも番号違いでした。正しい連絡先を確かめてください。",
        "Case {number}: none of the registered numbers of seller {seller} is right. Please find out how to reach them.",
    ),
)
NOT_REACHED = transactional(
    "not_reached",
    Text("何度電話しても出品者につながりません", "The seller does not answer the telephone"),
    Text(
        "受付番号 {number}：出品者 {seller} に、時間帯を変えて{times}回電話しましたが、つながりませんでした。"
        "進め方を決めてください。",
        "Case {number}: seller {seller} was called {times} times at different hours and not reached. "
        "Please decide how to go on.",
    ),
)

CALL_TEMPLATES = (
    UNREACHABLE,
    NUMBER_WRONG,
    NOT_REACHED,
)


CANCELLED_BUYER = transactional(
    "cancelled_buyer",
    Text("注文が取り消されました", "Your order was cancelled"),
    Text(
        "受付番号 {number}：この注文は{day}に取り消されたと、通販サイトから知らせがありました。{parcel}"
        "代金が戻らないなど、まだ困っているときは、このまま続けます。解決したときは、ページで「解決した」を選んでください。",
        "Case {number}: the marketplace tells us that this order was cancelled on {day}. {parcel}If something is still wrong, "
        "such as money that has not come back, the case goes on. If it is solved, please say so on its page.",
    ),
)
CANCELLED_SELLER = transactional(
    "cancelled_seller",
    Text("注文が取り消されました", "An order was cancelled"),
    Text(
        "受付番号 {number}：この注文は{day}に取り消されたと、通販サイトから知らせがありました。"
        "購入者の困りごとは終わっていません。代金をいつ戻すか・戻したかなどを、ページでお答えください。",
        "Case {number}: the marketplace tells us that this order was cancelled on {day}. The buyer's trouble is still open. "
        "Please say on its page when the money goes back, or went back.",
    ),
)
LOOK_UNCONFIRMED = transactional(
    "look_unconfirmed",
    Text("緊急時の閲覧が確かめられていません", "An emergency look has not been confirmed"),
    Text(
        "受付番号 {number}：緊急時の閲覧が確かめられておらず、購入者と出品者にまだ知らせていません。"
        "読んだ人とは別の担当者が確かめてください。",
        "Case {number}: an emergency look has not been confirmed, and buyer and seller have not been told yet. Somebody other "
        "than the reader has to decide on it.",
    ),
)
LOOK_OBJECTED = transactional(
    "look_objected",
    Text("緊急時の閲覧に異議があります", "Somebody objects to an emergency look"),
    Text(
        "受付番号 {number}：緊急時の閲覧に、別の担当者から異議がありました。記録を確かめ、対応を決めてください。",
        "Case {number}: a second reader objects to an emergency look. Please read the record and decide what to do.",
    ),
)
LOOK_TOLD = transactional(
    "look_told",
    Text("緊急のため、やり取りを読みました", "We read your conversation in an emergency"),
    Text(
        "受付番号 {number}：差し迫った危険があると考え、相談窓口の担当者が{day}にやり取りの文章を読みました。"
        "理由は記録してあります。{second}お尋ねは、相談窓口へお寄せください。",
        "Case {number}: believing that there was imminent danger, staff of the centre read what was written here on {day}. The "
        "reason is on record. {second}If you have questions, please ask the centre.",
    ),
)

LATE_TEMPLATES = (CANCELLED_BUYER, CANCELLED_SELLER, LOOK_UNCONFIRMED, LOOK_OBJECTED, LOOK_TOLD)


NUMBER_LATER = Text("発送のときに分かります", "known when you hand it over")
RETURN_LABEL = transactional(
    "return_label",
    Text("返品の送り状ができました", "Your return label is ready"),
    Text(
        "受付番号 {number}：商品を{due}までにお送りください。送料はかかりません。追跡番号：{tracking}。"
        "届いた商品を確かめてから返金します。",
        "Case {number}: please send the goods by {due}. It costs you nothing. Tracking number: {tracking}. You are "
        "refunded when we have looked at them.",
    ),
)
RETURN_REMINDER = transactional(
    "return_reminder",
    Text("商品はもうお送りになりましたか", "Have you sent the goods?"),
    Text(
        "受付番号 {number}：まだのときは{due}までにお送りください。お送りになったあとなら、このページでお知らせください。",
        "Case {number}: if not, please send them by {due}. If you have, please say so on this page.",
    ),
)
RETURN_UNSENT = transactional(
    "return_unsent",
    Text("返品の期限を過ぎました", "The time for sending the goods is over"),
    Text(
        "受付番号 {number}：担当者が次にどうするかを決めます。もう送ったときや、ご事情があるときは、お知らせください。",
        "Case {number}: a person decides what to do next. If you have sent them, or could not, please tell us.",
    ),
)
RETURN_ARRIVED = transactional(
    "return_arrived",
    Text("商品が届きました", "The goods have arrived"),
    Text(
        "受付番号 {number}：{due}までに商品を確かめ、結果をお知らせします。ご対応は不要です。",
        "Case {number}: we look at them by {due} and will tell you the result. You need not do anything.",
    ),
)
RETURN_WAITS = transactional(
    "return_waits",
    Text("返品が止まっています", "A return has come to a halt"),
    Text(
        "受付番号 {number}：期限を過ぎました（{what}）。確かめて、次に進めてください。",
        "Case {number}: overdue ({what}). Please look into it and move it on.",
    ),
)

RETURN_TEMPLATES = (
    RETURN_LABEL,
    RETURN_REMINDER,
    RETURN_UNSENT,
    RETURN_ARRIVED,
    RETURN_WAITS,
)


MOVED = transactional(
    "moved",
    Text("期限が変わりました", "A due moment has moved"),
    Text(
        "受付番号 {number}：営業日の暦が変わったため、期限が{old}から{new}に変わりました。新しい期限をご確認ください。",
        "Case {number}: the calendar of business days has changed, so the due moment moves from {old} to {new}. "
        "Please note the new one.",
    ),
)
STANDS_STILL = transactional(
    "stands_still",
    Text("期限を止めています", "Due moments stand still"),
    Text(
        "受付番号 {number}：{why}、{until}の終わりまで期限を止めています。その分、期限は後になります。"
        "新しい期限は案件のページにあります。解決の期限、通知が届いた日時、法律で決まった日数は変わりません。お困りのときは、いつでも窓口に相談できます。",
        "Case {number}: {why}, due moments stand still to the end of {until}, and are later by as much: the page of the case has "
        "them. The time for a solution, the moment at which a notice arrived and days counted by law do not change. You can ask "
        "the centre for help at any time.",
    ),
)
RUNS_ON = transactional(
    "runs_on",
    Text("止めていた期限を再開しました", "Due moments that stood still run on"),
    Text(
        "受付番号 {number}：期限の停止は、予定より早く終わりました。新しい期限は案件のページにあります。ご確認ください。",
        "Case {number}: due moments run on, earlier than we told you. The page of the case has the new ones. Please note them.",
    ),
)

STILL_TEMPLATES = (
    MOVED,
    STANDS_STILL,
    RUNS_ON,
)

TEMPLATES = (*MATTER_TEMPLATES, *CALL_TEMPLATES, *LATE_TEMPLATES, *RETURN_TEMPLATES, *STILL_TEMPLATES)
