"""A proposal that is read out and answered by telephone or letter: what is said, what is read back, what may be corrected."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.text import Text
from mamori.rooms.contact.lifecycle.proposal import PROPOSAL, ProposalState
from mamori.rooms.contact.rules.callers import Channel, Through
from mamori.rooms.contact.rules.proposals import REPLIES, SIDES, Reply, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOut:
    """What a script says of a proposal: the case's number, which proposal, whose, what, with which words, by when.

    It has no due moment while its clock stands still.
    """

    number: str
    proposal: int
    by: Side
    what: Text
    due: Text | None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a party answered, in its own words; with another proposal, what that is and which words go to the other side."""

    reply: Reply
    words: str
    counter: Text | None = None
    beside: str = ""


DUE = Text("お返事の期限は{due}です。", "An answer is due by {due}.")
STANDS_STILL = Text(
    "お返事の期限は、災害のため今は止まっています。再開するときにお知らせします。",
    "After a disaster the time for an answer stands still. We will tell you when it runs on.",
)
NO_RULING = Text(
    "これは、どちらが正しいかを決めるものではありません。受けても、断っても、別の提案をしてもかまいません。断っても、窓口は引き続きお手伝いします。",
    "Nobody decides here who is right. You may agree, decline, or propose something else. If you decline, the centre goes on "
    "helping all the same.",
)
WHEN_AGREED = Text(
    "双方が受けると合意になり、それを行う期限が始まります。お返事は、書面でもお知らせします。",
    "When both sides agree, it is settled so, with a time by which it is done. We confirm your answer in writing.",
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
)


def script(out: ReadOut) -> tuple[Text, ...]:
    """Return what is read out of a proposal, in its order."""
    said = [
        Text(
            f"受付番号 {out.number} の件です。{SIDES[out.by].ja}から、次の提案があります。",
            f"This is about case {out.number}. {_first(SIDES[out.by].en)} proposes the following.",
        ),
        Text(f"「{out.what.ja}」", f"“{_first(out.what.en)}”"),
    ]
    if out.words:
        said.append(Text(f"添えられた言葉：{out.words}", f"The words that go with it: {out.words}"))
    said.append(STANDS_STILL if out.due is None else DUE.fill(due=out.due))
    return (*said, NO_RULING, WHEN_AGREED, IF_MISHEARD)


def read_back(out: ReadOut, said: Said, *, by: Side, channel: Channel) -> Text:
    """Return the exact text that is read back to the party, or compared with its letter, before anything counts."""
    lines = [
        Text(f"受付番号 {out.number}、提案{out.proposal}", f"Case {out.number}, proposal {out.proposal}"),
        Text(
            f"{SIDES[out.by].ja}の提案：{out.what.ja}",
            f"Proposed by {SIDES[out.by].en}: {out.what.en}",
        ),
        Text(
            f"{SIDES[by].ja}の返事：{REPLIES[said.reply].ja}",
            f"Answer of {SIDES[by].en}: {REPLIES[said.reply].en}",
        ),
    ]
    if said.counter is not None:
        lines.append(Text(f"代わりの提案：{said.counter.ja}", f"Proposed instead: {said.counter.en}"))
    if said.beside:
        lines.append(Text(f"相手に伝える言葉：{said.beside}", f"Words to the other side: {said.beside}"))
    told = HOW[channel]
    lines.append(Text(f"{told.ja}：{said.words}", f"{told.en}: {said.words}"))
    return Text("\n".join(line.ja for line in lines), "\n".join(line.en for line in lines))


HOW = {
    Channel.PHONE: Text("電話でのお言葉", "Said by telephone"),
    Channel.LETTER: Text("手紙の言葉", "Written in the letter"),
}


THROUGH_HEARD = {
    Through.PHONE: Text("電話で伺い、窓口が書き取りました", "said by telephone, taken down by the centre"),
    Through.LETTER: Text("手紙の返事を、窓口が書き写しました", "from a letter, copied by the centre"),
    Through.HELPER: Text("頼まれた人が代わりに返事をしました", "answered by somebody who helps"),
}


def undoes(state: ProposalState) -> bool:
    """Say whether a correction still undoes what was answered: until what was agreed is done, overdue or ended."""
    return state in PROPOSAL.step("correct").moves


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]
