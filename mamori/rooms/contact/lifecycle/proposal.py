"""A proposal for a solution: offered by a party or the centre, agreed to by both parties, and then kept or not."""

from enum import StrEnum

from mamori.grammar.actor import SELLERS, STAFF, Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class ProposalState(StrEnum):
    """Where a proposal stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    KEPT = "kept"
    MISSED = "missed"
    DECLINED = "declined"
    COUNTERED = "countered"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    OVERTAKEN = "overtaken"
    REPLACED = "replaced"
    REVERSED = "reversed"
    MISHEARD = "misheard"


_S = ProposalState
_PARTIES = SELLERS | {Role.BUYER}
_ANSWERING = _PARTIES | {Role.HELPER}
"""Whoever helps a buyer answers only where the buyer let them do just that."""
_AGENTS = frozenset({Role.AGENT, Role.LEAD})
_MACHINE = frozenset({Role.MACHINE})

PROPOSAL = Statechart(
    name="contact.proposal",
    title=Text("解決の提案", "the proposed solution"),
    initial=_S.OFFERED,
    states={
        _S.OFFERED: Text("返事待ち", "waiting for a reply"),
        _S.ACCEPTED: Text("合意した", "agreed"),
        _S.KEPT: Text("そのとおりになった", "kept"),
        _S.MISSED: Text("合意の期限を過ぎた", "the agreement is overdue"),
        _S.DECLINED: Text("断られた", "declined"),
        _S.COUNTERED: Text("別の提案が出た", "answered by another proposal"),
        _S.EXPIRED: Text("返事がなく終わった", "expired without a reply"),
        _S.WITHDRAWN: Text("取り下げられた", "withdrawn"),
        _S.OVERTAKEN: Text("困りごとが先に終わった", "overtaken by an end"),
        _S.REPLACED: Text("返金に代わった", "replaced by a refund"),
        _S.REVERSED: Text("カード会社の取消しに代わった", "replaced by the card company's reversal"),
        _S.MISHEARD: Text("聞き違いとして取り消された", "undone as misheard"),
    },
    steps=(
        Step("agree", Text("同意する", "agree"), {_S.OFFERED: _S.OFFERED}, _ANSWERING),
        Step(
            "accept", Text("双方の同意で決める", "agree as the last"), {_S.OFFERED: _S.ACCEPTED}, _ANSWERING
        ),
        Step("decline", Text("断る", "decline"), {_S.OFFERED: _S.DECLINED}, _ANSWERING),
        Step(
            "counter",
            Text("別の提案をする", "propose something else"),
            {_S.OFFERED: _S.COUNTERED},
            _ANSWERING,
        ),
        Step(
            "withdraw",
            Text("提案を取り下げる", "withdraw it"),
            {_S.OFFERED: _S.WITHDRAWN},
            _PARTIES | _AGENTS,
        ),
        Step("expire", Text("返事がなく終わる", "expire"), {_S.OFFERED: _S.EXPIRED}, _MACHINE),
        Step(
            "keep",
            Text("そのとおりになる", "be kept"),
            {_S.ACCEPTED: _S.KEPT},
            _AGENTS | {Role.BUYER, Role.MACHINE},
        ),
        Step("miss", Text("合意の期限が過ぎる", "miss the agreement"), {_S.ACCEPTED: _S.MISSED}, _MACHINE),
        Step(
            "overtake",
            Text("困りごとが先に終わる", "be overtaken"),
            {_S.OFFERED: _S.OVERTAKEN, _S.ACCEPTED: _S.OVERTAKEN},
            STAFF | {Role.BUYER, Role.MACHINE},
        ),
        Step(
            "replace",
            Text("返金に代わる", "be replaced by a refund"),
            {_S.OFFERED: _S.REPLACED, _S.ACCEPTED: _S.REPLACED},
            _AGENTS | _MACHINE,
        ),
        Step(
            "reverse",
            Text("カード会社の取消しに代わる", "be replaced by the card company's reversal"),
            {_S.OFFERED: _S.REVERSED, _S.ACCEPTED: _S.REVERSED},
            _MACHINE,
        ),
        *(
            Step(f"take_down_{name}", text, moves, _AGENTS)
            for name, text, moves in (
                (
                    "agree",
                    Text("伺った同意を書き取る", "take down that the buyer agrees"),
                    {_S.OFFERED: _S.OFFERED},
                ),
                (
                    "accept",
                    Text("伺った最後の同意を書き取る", "take down that the buyer agrees as the last"),
                    {_S.OFFERED: _S.ACCEPTED},
                ),
                (
                    "decline",
                    Text("伺った断りを書き取る", "take down that it is declined"),
                    {_S.OFFERED: _S.DECLINED},
                ),
                (
                    "correct",
                    Text("聞き違いの連絡を書き取る", "take down that it was misheard"),
                    {_S.OFFERED: _S.MISHEARD, _S.ACCEPTED: _S.MISHEARD},
                ),
            )
        ),
        Step(
            "correct",
            Text("聞き違いだと伝える", "say that it was misheard"),
            {_S.OFFERED: _S.MISHEARD, _S.ACCEPTED: _S.MISHEARD},
            frozenset({Role.BUYER}),
        ),
    ),
)
