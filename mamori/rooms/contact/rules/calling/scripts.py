"""What to say on the telephone: put together from declared sentences by why, topic and harm."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.rooms.contact.rules.danger import ADVICE, QUESTIONS
from mamori.rooms.contact.topics import Harm, Progress, Topic


class Whom(StrEnum):
    """Who is called."""

    SELLER = "seller"
    BUYER = "buyer"


class Why(StrEnum):
    """What a call is about: the first four are the progress that the urging table calls about, the last the buyer's alone."""

    UNANSWERED = Progress.UNANSWERED.value
    MISSED = Progress.MISSED.value
    ANSWERED = Progress.ANSWERED.value
    UNSOLVED = Progress.UNSOLVED.value
    PROMISE_BROKEN = "promise_broken"
    AGREEMENT_MISSED = "agreement_missed"
    DANGER = "danger"


WHYS = {
    Why.UNANSWERED: Text(
        "購入者の問い合わせに、まだ回答がありません。", "The buyer's inquiry has not been answered yet."
    ),
    Why.MISSED: Text(
        "回答の期限を過ぎても、回答がありません。", "The answer was due and has not been given."
    ),
    Why.ANSWERED: Text(
        "回答はありましたが、その後の確認が必要です。", "There was an answer; what followed has to be asked."
    ),
    Why.UNSOLVED: Text(
        "回答はありましたが、購入者は解決していないと言っています。",
        "There was an answer, and the buyer says that it is not solved.",
    ),
    Why.PROMISE_BROKEN: Text(
        "電話での約束の時刻を過ぎても、回答がありません。",
        "What was promised by telephone has not been done in time.",
    ),
    Why.AGREEMENT_MISSED: Text(
        "合意したことの期限を過ぎても、済んだという連絡がありません。",
        "What was agreed is overdue, and nobody has said that it was done.",
    ),
    Why.DANGER: Text(
        "購入者から危険の知らせがありました。けがや火の有無を、ご本人に確かめます。",
        "The buyer has told of a danger. Ask them whether there was injury or fire.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A call in four parts; {number}, {shop} and {due} are filled by who shows it."""

    greeting: Text
    say: tuple[Text, ...]
    ask: tuple[Text, ...]
    never: tuple[Text, ...]

    def filled(self, **values: object) -> Script:
        """Put the case number, the shop and the due moment into the sentences."""
        return Script(
            greeting=self.greeting.fill(**values),
            say=tuple(text.fill(**values) for text in self.say),
            ask=tuple(text.fill(**values) for text in self.ask),
            never=self.never,
        )


GREETING = Text(
    "お世話になっております。相談窓口です。{shop}様でしょうか。受付番号 {number} の件で、"
    "ご担当の方とお話しできますか。今、お時間はよろしいでしょうか。",
    "Hello, this is the customer centre. Am I speaking with {shop}? It is about case {number}. "
    "May I speak with the person in charge, and is this a good time?",
)
SAY_WHY: dict[Why, Text] = {
    Why.UNANSWERED: Text(
        "購入者からお問い合わせが届いています。{due}までに、受信箱でご回答をお願いします。",
        "A buyer has written to you. Please answer in your inbox by {due}.",
    ),
    Why.MISSED: Text(
        "お問い合わせへの回答の期限が過ぎています。解決の期限は{due}です。",
        "The answer to a buyer's inquiry is overdue. A solution is due by {due}.",
    ),
    Why.ANSWERED: Text(
        "ご回答をいただいた件です。その後どうなったかを伺いたく、お電話しました。",
        "You have answered this inquiry. I am calling to ask what has happened since.",
    ),
    Why.UNSOLVED: Text(
        "ご回答をいただきましたが、購入者はまだ解決していないとのことです。解決の期限は{due}です。",
        "Thank you for your answer. The buyer says that it is not solved yet. A solution is due by {due}.",
    ),
    Why.PROMISE_BROKEN: Text(
        "前回のお電話で伺った時刻を過ぎましたが、ご回答がまだ届いていません。",
        "The time that you named in our last call has passed, and no answer has come.",
    ),
    Why.AGREEMENT_MISSED: Text(
        "購入者と合意された件です。予定の時刻を過ぎましたが、済んだという連絡がありません。今の状況を教えてください。",
        "You have agreed on a solution with the buyer. It was due, and we have not heard that it was done. How does it stand?",
    ),
}
GREET_BUYER = Text(
    "相談窓口です。受付番号 {number}（{shop}）で、危険があると知らせてくださった方でしょうか。今、お話しできますか。",
    "Hello, this is the customer centre. Was it you who told us of a danger, case {number} ({shop})? Can we speak now?",
)
NEVER_TO_BUYER = (
    Text(
        "本人と確かめられるまで、商品や内容を先に言わない。",
        "Until you know who it is, do not name the goods or what was told.",
    ),
    Text(
        "原因や責任を言わない。治療や修理のしかたを勧めない。",
        "Do not say who is to blame, and recommend no treatment and no repair.",
    ),
    Text(
        "商品を捨てる・返送するよう勧めない。",
        "Do not ask them to throw the goods away or to send them back.",
    ),
)
SAY_HARM = {
    Harm.DANGER: Text(
        "けがや火災のおそれがあるとのご連絡です。急いで内容をご確認ください。",
        "The buyer reports a danger of injury or fire. Please look at it without delay.",
    )
}
ASK_TOPIC = {
    Topic.GOODS: Text(
        "商品について、何をいつまでに確かめてお答えいただけますか。",
        "What about the goods can you find out and answer, and by when?",
    ),
    Topic.SHIPPING: Text(
        "配送の今の状況と、お届けの予定日を教えていただけますか。",
        "Where is the parcel now, and on which day will it arrive?",
    ),
    Topic.RETURNS: Text(
        "返品・交換をお受けいただけますか。返送先と手順を教えてください。",
        "Do you accept the return or exchange? Please tell me where to and how.",
    ),
    Topic.NOT_ARRIVED: Text(
        "発送日と追跡番号を教えてください。届かないときは、再送か返金のどちらになさいますか。",
        "On which day was it sent, under which tracking number? If it does not arrive, will you send it again or refund?",
    ),
    Topic.NOT_AS_DESCRIBED: Text(
        "説明と違う点をご確認のうえ、返品・交換・返金のどれができるか教えてください。",
        "Please check what differs from the description. Can you offer a return, an exchange or a refund?",
    ),
    Topic.BROKEN: Text(
        "修理・交換・返金のうち、どれがいつまでにできるか教えてください。",
        "Can you repair, replace or refund it, and by when?",
    ),
    Topic.UNSAFE: Text(
        "使用を止めるべきか、ほかの購入者にも知らせるべきか、回収の予定があるかを教えてください。",
        "Should its use stop, should other buyers be told, and is a recall planned?",
    ),
    Topic.REFUND_UNPAID: Text(
        "返金の手続きをした日か、する予定の日を教えてください。",
        "On which day was the refund made, or will it be made?",
    ),
    Topic.OTHER: Text(
        "どのように、いつまでにご対応いただけるか教えてください。",
        "What can you do about it, and by when?",
    ),
}
ASK_WHEN = Text(
    "いつまでに受信箱でご回答いただけますか。（日時を復唱し、約束として記録する）",
    "By when will you answer in your inbox? (Repeat the day and time, and record it as a promise.)",
)
NEVER = (
    Text(
        "脅さない。罰や公表、取引の停止をほのめかさない。",
        "Do not threaten: no hint at penalties, publicity or suspension.",
    ),
    Text(
        "どちらが正しいかを言わない。結果を約束しない。",
        "Do not say who is right, and promise no outcome.",
    ),
    Text(
        "購入者の名前・電話・住所・書いた言葉を伝えない。",
        "Do not pass on the buyer's name, telephone, address or words.",
    ),
    Text(
        "本人か担当者でない人には、受付番号と折り返しのお願いだけを伝える。",
        "To anybody but the person in charge, give only the case number and ask to be called back.",
    ),
)


def script(why: Why, topic: Topic, harm: Harm) -> Script:
    """Return what to say in this call."""
    if why is Why.DANGER:
        return Script(greeting=GREET_BUYER, say=ADVICE, ask=tuple(QUESTIONS.values()), never=NEVER_TO_BUYER)
    say = (SAY_WHY[why], *((SAY_HARM[harm],) if harm in SAY_HARM else ()))
    return Script(greeting=GREETING, say=say, ask=(ASK_TOPIC[topic], ASK_WHEN), never=NEVER)
