"""An instruction to the marketplace: done only when the marketplace says so."""

from enum import StrEnum

from mamori.grammar.actor import Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class InstructionState(StrEnum):
    """Where an instruction stands."""

    ISSUED = "issued"
    RECALLED = "recalled"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


_S = InstructionState
_MACHINE = frozenset({Role.MACHINE})
_STAYS = {_S.ISSUED: _S.ISSUED, _S.RECALLED: _S.RECALLED}

INSTRUCTION = Statechart(
    name="market.instruction",
    title=Text("通販サイトへの指示", "the instruction to the marketplace"),
    initial=_S.ISSUED,
    states={
        _S.ISSUED: Text("確認待ち", "waiting for the marketplace"),
        _S.RECALLED: Text("取りやめを頼んだ、回答待ち", "called back, waiting for the marketplace's answer"),
        _S.CONFIRMED: Text("実行された", "carried out"),
        _S.REFUSED: Text("実行できなかった", "not carried out"),
    },
    steps=(
        Step(
            "recall",
            Text("取りやめを頼む", "call it back"),
            {_S.ISSUED: _S.RECALLED},
            frozenset({Role.AGENT, Role.LEAD, Role.COUNSEL, Role.MACHINE}),
        ),
        Step("chase", Text("もう一度伝える", "give it again"), _STAYS, _MACHINE),
        Step(
            "confirm",
            Text("通販サイトが実行を確認する", "the marketplace confirms"),
            dict.fromkeys(_STAYS, _S.CONFIRMED),
            _MACHINE,
        ),
        Step(
            "put_off",
            Text("通販サイトが後にする", "the marketplace puts it off"),
            _STAYS,
            _MACHINE,
        ),
        Step(
            "refuse",
            Text("通販サイトが断る", "the marketplace declines"),
            dict.fromkeys(_STAYS, _S.REFUSED),
            _MACHINE,
        ),
        Step(
            "confirm_late",
            Text("断ったあとに、通販サイトが実行を確認する", "the marketplace confirms what it had declined"),
            {_S.REFUSED: _S.CONFIRMED},
            _MACHINE,
            afterwards=True,
        ),
    ),
)
