"""A proposal that is read out and answered by telephone or letter: what is said, what is read back, what may be corrected."""

from __future__ import annotations

from enum import StrEnum

from mamori.grammar.text import Text
from mamori.rooms.contact.lifecycle.proposal import PROPOSAL, ProposalState
from mamori.rooms.contact.rules.callers import Channel, Through
from mamori.rooms.contact.rules.proposals import REPLIES, SIDES, Reply, Side


class Spoken(StrEnum):
    """What a buyer may say of a proposal by telephone or letter."""

    ACCEPT = "accept"
    DECLINE = "decline"
    CORRECT = "correct"


ANSWERS = {
    Spoken.ACCEPT: REPLIES[Reply.ACCEPT],
    Spoken.DECLINE: REPLIES[Reply.DECLINE],
    Spoken.CORRECT: Text("聞き違いなので、前の返事を取り消す", "misheard, and the answer before is undone"),
}
DUE = Text("お返事の期限は{due}です。", "An answer is due by {due}.")
ANSWERING = (
    Text(
        "これは、どちらが正しいかを決めるものではありません。受けても、断っても、別の提案をしてもかまいません。"
        "断っても、窓口は引き続きお手伝いします。",
        "Nobody decides here who is right. You may agree, decline, or propose something else. If you decline, the centre goes on "
        "helping all the same.",
    ),
    Text(
        "双方が受けると合意になり、それを行う期限が始まります。お返事は、書面でもお知らせします。",
        "When both sides agree, it is settled so, with a time by which it is done. We confirm your answer in writing.",
    ),
)
IF_MISHEARD = Text(
    "聞き違いがあったときは、決まったことが行われる前にお知らせいただければ、合意は取り消されます。",
    "If we misheard you, tell us before what was agreed is done, and the agreement is undone.",
)
ASK = {
    Channel.PHONE: Text(
        "「どうなさいますか」とたずね、お言葉をそのまま書いてください。",
        "Ask: “What would you like to answer?” and write the very words.",
    ),
    Channel.LETTER: Text(
        "手紙に書かれた返事を、そのまま写してください。返事がはっきりしないときは書き取らず、登録の番号に電話してください。",
        "Copy the answer as the letter has it. Where it is not clear, take nothing down and call the registered number.",
    ),
}
NEVER = (
    Text(
        "勧めない。どちらが得か、正しいかを言わない。",
        "Do not recommend: no word on what is better or who is right.",
    ),
    Text(
        "黙っている、「考えておく」は返事ではない。書き取らず、期限だけを伝える。",
        "Silence and “I will think about it” are no answer: take nothing down, and say by when it is due.",
    ),
    Text(
        "家族が代わりに答えたときは、ご本人の言葉を伺う。",
        "Where somebody of the family answers, ask for the party's own words.",
    ),
    Text(
        "聞き違いだと言われたら、引き止めず、理由を問いつめない。",
        "Where it was misheard, hold nobody back and press for no reason.",
    ),
    Text(
        "別の提案をしたいと言われたら、お言葉をやり取りに書き足し、窓口から提案する。",
        "Where something else is wanted, add the words to the conversation, and let the centre propose it.",
    ),
)
WHICH = Text("受付番号 {number}、提案{proposal}", "Case {number}, proposal {proposal}")
SAID = {
    Channel.PHONE: Text("電話でのお言葉：{words}", "Said by telephone: {words}"),
    Channel.LETTER: Text("手紙の言葉：{words}", "Written in the letter: {words}"),
}
THROUGH_HEARD = {
    Through.PHONE: Text("電話で伺い、窓口が書き取りました", "said by telephone, taken down by the centre"),
    Through.LETTER: Text("手紙の返事を、窓口が書き写しました", "from a letter, copied by the centre"),
    Through.HELPER: Text("頼まれた人が代わりに返事をしました", "answered by somebody who helps"),
}


def script(number: str, by: Text, what: Text, words: str, due: Text, *, is_asked: bool) -> tuple[Text, ...]:
    """Return what is read out of a proposal, in its order."""
    said = [
        Text(
            f"受付番号 {number} の件です。{by.ja}から、次の提案があります。",
            f"This is about case {number}. There is a proposal by {by.en}:",
        ),
        Text(f"「{what.ja}」", f"“{what.en}”"),
    ]
    if words:
        said.append(Text(f"添えられた言葉：{words}", f"The words that go with it: {words}"))
    if is_asked:
        said += (DUE.fill(due=due), *ANSWERING)
    return (*said, IF_MISHEARD)


def read_back(which: Text, by: Text, what: Text, answer: Spoken, said: Text) -> Text:
    """Return the exact text that is read back to the buyer, or compared with the letter, before anything counts."""
    buyer, told = SIDES[Side.BUYER], ANSWERS[answer]
    lines = (
        which,
        Text(f"{by.ja}の提案：{what.ja}", f"Proposed by {by.en}: {what.en}"),
        Text(f"{buyer.ja}の返事：{told.ja}", f"Answer of {buyer.en}: {told.en}"),
        said,
    )
    return Text("\n".join(line.ja for line in lines), "\n".join(line.en for line in lines))


def undoes(state: ProposalState) -> bool:
    """Say whether a correction still undoes what was answered: until what was agreed is done, overdue or ended."""
    return state in PROPOSAL.step("correct").moves
