"""Money that goes back to a seller: what was deducted and, as an appeal or a second look found, wrongly so."""

from enum import StrEnum

from mamori.grammar.hand import Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class GiveBackState(StrEnum):
    """Where giving back stands."""

    AWAITED = "awaited"
    INSTRUCTED = "instructed"
    STALLED = "stalled"
    DONE = "done"
    NEEDLESS = "needless"


_S = GiveBackState
_DECIDERS = frozenset({Role.LEAD, Role.COUNSEL})
_MACHINE = frozenset({Role.MACHINE})

GIVE_BACK = Statechart(
    name="contact.giveback",
    title=Text("売上金への戻し", "giving back to the seller"),
    initial=_S.AWAITED,
    states={
        _S.AWAITED: Text("差し引きの結果を待っている", "waits for what becomes of the deduction"),
        _S.INSTRUCTED: Text("戻すよう指示した", "instructed"),
        _S.STALLED: Text("通販サイトが戻せなかった", "the marketplace could not give it back"),
        _S.DONE: Text("戻した", "given back"),
        _S.NEEDLESS: Text("差し引きがなかった", "nothing had been deducted"),
    },
    steps=(
        Step(
            "instruct",
            Text("通販サイトに戻すよう指示する", "instruct the marketplace"),
            {_S.AWAITED: _S.INSTRUCTED, _S.STALLED: _S.INSTRUCTED},
            _DECIDERS | _MACHINE,
        ),
        Step(
            "confirm",
            Text("通販サイトが確認する", "the marketplace confirms"),
            {_S.INSTRUCTED: _S.DONE, _S.STALLED: _S.DONE},
            _MACHINE,
        ),
        Step(
            "fail",
            Text("通販サイトが断る", "the marketplace declines"),
            {_S.INSTRUCTED: _S.STALLED},
            _MACHINE,
        ),
        Step(
            "spare", Text("戻すものがない", "find nothing to give back"), {_S.AWAITED: _S.NEEDLESS}, _MACHINE
        ),
    ),
)
