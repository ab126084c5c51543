"""The words of the record of a conversation that a buyer takes to a consumer centre, and what it says of an act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from mamori.grammar.text import Text
from mamori.japan.calendar import spoken
from mamori.rooms.contact.rules.reasons import NO_REMEDY_BECAUSE, PART_BECAUSE, NoRemedyBecause, PartBecause

TITLE = Text("やり取りの記録", "Record of a conversation")
MADE = Text(
    "{operator}の記録から、{at}に作成。購入者が画面で見られることだけを載せています。時刻はすべて日本時間です。",
    "Made from the records of {operator} on {at}. It holds what the buyer can see on the page and nothing else. All times are "
    "Japan time.",
)
CASE = Text("この件", "The case")
ORDER = Text("注文", "The order")
SELLER = Text("出品者の連絡先（登録されているもの）", "The seller's registered contacts")
DUE = Text("期限", "Due moments")
REFUND = Text("出品者に代わる返金", "A refund in the seller's place")
OFFERS = Text("解決の提案", "Proposed solutions")
SAID = Text("やり取り", "The conversation")
EVENTS = Text("起きたこと", "What happened")
NOTICES = Text("この注文についての通知", "Formal notices about the order")
ABOUT = Text("この記録について", "About this record")
ELSEWHERE = Text("ほかに相談できるところ", "Where else to turn")

NUMBER = Text("受付番号", "Case")
NOW = Text("いまの状態（購入者への案内）", "Where it stands, as the buyer is told")
TOPIC = Text("困りごとの内容", "What it is about")
HARM = Text("困りごとの程度", "How serious")
GOODS = Text("商品", "Goods")
SHOP = Text("店", "Shop")
OPENED = Text("受付", "Reported")
CLOSED = Text("終わり", "Ended")
MEDIATED = Text("相談窓口の仲介", "Mediation by the centre")
MEDIATOR = Text("{at}から。{why}{who}が間に入りました。", "Since {at}: {why}{who} helps both sides.")

ORDER_REF = Text("注文番号", "Order")
ORDERED = Text("注文の時刻", "Ordered at")
PAID = Text("お支払いになった額", "Paid")
BACK = Text("すでに戻った額", "Given back so far")
CANCELLED = Text("注文の取消し", "Cancelled")
CHARGED_BACK = Text("カード会社", "The card company")
REVERSED = Text("この注文の支払いを取り消しました。", "It has reversed the payment of this order.")
ITEMS_HEAD = (Text("品名（注文のとき）", "Name when ordered"), Text("数量", "Quantity"), Text("単価", "Each"))

PRIVATE = Text(
    "事業者ではない個人の出品者です。住所と電話番号はお見せできません。",
    "This seller is a private person, not a business. Address and telephone are not shown.",
)
WITHHELD = Text("住所と電話番号はお見せできません。", "Address and telephone are not shown.")
MISSING = Text("登録されていない情報：{what}", "Not registered: {what}")

PASSED = Text("{at}（過ぎています）", "{at} (it has passed)")
SOLVED_BY = Text("解決の期限", "The solution was due")
ENDED_BEFORE = Text("{at}（それまでに終わりました）", "{at} (it ended by then)")
ENDED_AFTER = Text("{at}（過ぎてから終わりました）", "{at} (it ended after that)")

WISH = Text("購入者の希望", "What the buyer asked for")
WISHED = Text("{what}、{amount}（{at}）", "{what}, {amount} ({at})")
PART = Text("一部である理由", "Why it is a part")

OFFER = Text("提案{number}", "Proposal {number}")
OFFERED = Text("提案した側と時刻", "By whom and when")
BY_AT = Text("{who}、{at}", "{who}, {at}")
STATE = Text("結果", "What became of it")
AGREED = Text("同意した側", "Agreed to by")
KEEP_BY = Text("行う期限", "To be done by")
REPLY_BY = Text("返事の期限", "Reply due by")
REPLY = Text("{who}の返事", "Reply of {who}")
REPLIED = Text("{reply}。{through}（{at}）", "{reply}; {through} ({at})")
MISHEARD = Text("聞き違いと伝えられた時刻", "Said to be misheard at")
RIGHT = Text("正しくは", "What is right")
THE_WORDS = Text("お言葉", "The words")

BUYER = Text("購入者", "The buyer")
THE_SELLER = Text("出品者", "The seller")
MESSAGE = Text("{number}．{who}　{at}", "{number}. {who}, {at}")
WITH_CENTRE = Text("{who}から{to}へ　{at}", "{who} to {to}, {at}")
RECEIPT_ONLY = Text("受け取りの連絡です。", "A receipt only.")
ERASED = Text("この内容は消去されました。", "This content has been erased.")
HIDDEN = Text(
    "双方の同意により、一部を機械が伏せました。",
    "As both sides agreed, a machine has hidden a part.",
)
READS_LIKE = Text(
    "{kind}のように読めます。手を加えずに、この時刻に出品者の画面に届けました。",
    "{kind}: it reads like one. It was put on the seller's page untouched at this time.",
)
FILE = Text("添付：{name}", "Attached: {name}")
FILE_STATE = Text("添付：{name}（{state}）", "Attached: {name} ({state})")

EVENT_HEAD = (Text("時刻", "When"), Text("起きたこと", "What"), Text("受領証の番号", "Receipt"))
EVENT_NOTED = Text("{what}：{note}", "{what}: {note}")
NOTICE_HEAD = (
    Text("受付番号", "Number"),
    Text("通知", "Notice"),
    Text("届いた時刻", "Arrived at"),
    Text("状態", "State"),
)

SCOPE = Text(
    "相談窓口の中だけの記録は含みません。添付ファイルは名前だけを載せています。書かれたことが事実かどうかは、この記録では分かりません。",
    "Internal records of the centre are not in it. Of attached files it holds the names alone. Whether what was written is true, "
    "it does not say.",
)
GAPS = Text(
    "書体にない文字（絵文字など）は「□」で示します。",
    "Signs that the font lacks, such as emoji, stand as “□”.",
)
SEEN = Text(
    "注文したときに出品者が表示していたことは、「注文したときの表示の控え」として別に保存できます。",
    "What the seller showed when it was ordered can be saved as a paper of its own.",
)

IN_TIME = Text("期限までに", "in time")
LATE = Text("期限を過ぎて", "after it was due")
DUE_AT = Text("期限は{at}", "it was due by {at}")
AMOUNT = Text("{amount}円", "{amount} yen")
GRANTS = frozenset({"contact.grant_remedy", "contact.arrange_return"})
REFUSED = "contact.refuse_remedy"
DECISIONS = GRANTS | {REFUSED, "contact.confirm_remedy"}
"""What is said of a refund in the seller's place beside the wish for it."""
MISSED = frozenset({"contact.miss_answer", "contact.miss_resolution"})


def notes(kind: str, payload: Mapping[str, Any]) -> Iterator[Text]:
    """Yield what a record of an act says of it beyond its name: what its parties were told then, and nothing else."""
    if kind == "contact.answer" and "in_time" in payload:
        yield IN_TIME if payload["in_time"] else LATE
    if kind in MISSED and "due_at" in payload:
        yield DUE_AT.fill(at=spoken(datetime.fromisoformat(payload["due_at"])))
    if kind in GRANTS:
        yield AMOUNT.fill(amount=f"{payload['amount']:,}")
        if payload.get("because"):
            yield PART_BECAUSE[PartBecause(payload["because"])]
    if kind == REFUSED:
        yield NO_REMEDY_BECAUSE[NoRemedyBecause(payload["because"])]
