"""An account that proceeds may go to: asked for, cooling where it replaces another, in use, replaced or stopped."""

from enum import StrEnum

from mamori.grammar.hand import STAFF, Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class AccountState(StrEnum):
    """Where an account stands."""

    COOLING = "cooling"
    IN_USE = "in_use"
    REPLACED = "replaced"
    STOPPED = "stopped"


_S = AccountState
_ASKING = frozenset({Role.SELLER, Role.MACHINE})

ACCOUNT = Statechart(
    name="payouts.account",
    title=Text("振込先の口座", "the account"),
    initial=_S.COOLING,
    states={
        _S.COOLING: Text("変更の確認期間中", "waits after the change"),
        _S.IN_USE: Text("使っている", "in use"),
        _S.REPLACED: Text("別の口座に変わった", "replaced"),
        _S.STOPPED: Text("止めた", "stopped"),
    },
    steps=(
        Step("adopt", Text("使いはじめる", "take into use"), {_S.COOLING: _S.IN_USE}, _ASKING),
        Step(
            "replace",
            Text("別の口座に変える", "replace"),
            {_S.COOLING: _S.REPLACED, _S.IN_USE: _S.REPLACED},
            _ASKING,
        ),
        Step(
            "stop",
            Text("止める", "stop"),
            {_S.COOLING: _S.STOPPED, _S.IN_USE: _S.STOPPED},
            STAFF | {Role.SELLER},
        ),
    ),
)
