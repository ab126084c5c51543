"""A measure: agreed on by as many people as it needs, carried out by the shop, lifted by itself, or undone."""

from enum import StrEnum

from mamori.grammar.hand import Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class MeasureState(StrEnum):
    """Where a measure stands."""

    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    ORDERED = "ordered"
    IN_FORCE = "in_force"
    LIFTING = "lifting"
    UNDOING = "undoing"
    REJECTED = "rejected"
    CALLED_OFF = "called_off"
    OVER = "over"
    REVERSED = "reversed"


_S = MeasureState
_DECIDERS = frozenset({Role.LEAD, Role.COUNSEL})
_STAFF = _DECIDERS | {Role.AGENT}
_MACHINE = frozenset({Role.MACHINE})

STANDING = frozenset({_S.ANNOUNCED, _S.ORDERED, _S.IN_FORCE})
"""Where a measure keeps the same one from being decided on: not while it is only proposed, nor once it is being taken back."""

MEASURE = Statechart(
    name="enforcement.measure",
    title=Text("措置", "the measure"),
    initial=_S.PROPOSED,
    states={
        _S.PROPOSED: Text("もう一人の承認待ち", "waits for a second person"),
        _S.ANNOUNCED: Text("予告した", "announced"),
        _S.ORDERED: Text("通販サイトに指示した、確認待ち", "ordered, to be confirmed by the marketplace"),
        _S.IN_FORCE: Text("実施中", "in force"),
        _S.LIFTING: Text("解除を指示した、確認待ち", "being lifted, to be confirmed by the marketplace"),
        _S.UNDOING: Text("取消しを指示した、確認待ち", "being undone, to be confirmed by the marketplace"),
        _S.REJECTED: Text("承認されなかった", "not approved"),
        _S.CALLED_OFF: Text("実施の前に取りやめた", "called off before it began"),
        _S.OVER: Text("終わった", "over"),
        _S.REVERSED: Text("取り消した", "reversed"),
    },
    steps=(
        Step(
            "announce",
            Text("予告する", "announce"),
            {_S.PROPOSED: _S.ANNOUNCED},
            _STAFF | _MACHINE,
        ),
        Step(
            "order",
            Text("通販サイトに指示する", "order it from the marketplace"),
            {_S.PROPOSED: _S.ORDERED, _S.ANNOUNCED: _S.ORDERED},
            _STAFF | _MACHINE,
        ),
        Step(
            "order_again",
            Text("通販サイトにもう一度指示する", "order it again"),
            {_S.ORDERED: _S.ORDERED, _S.LIFTING: _S.LIFTING, _S.UNDOING: _S.UNDOING},
            _STAFF,
        ),
        Step(
            "begin",
            Text("実施する", "begin"),
            {_S.PROPOSED: _S.IN_FORCE, _S.ANNOUNCED: _S.IN_FORCE, _S.ORDERED: _S.IN_FORCE},
            _STAFF | _MACHINE,
        ),
        Step(
            "give_anew",
            Text(
                "通販サイトが元に戻したので、もう一度指示される", "be given anew, as the marketplace undid it"
            ),
            {_S.IN_FORCE: _S.ORDERED},
            _MACHINE,
        ),
        Step(
            "review",
            Text("見直して、続ける", "review it and let it stay"),
            {_S.ORDERED: _S.ORDERED, _S.IN_FORCE: _S.IN_FORCE},
            _DECIDERS,
        ),
        Step("reject", Text("承認しない", "reject"), {_S.PROPOSED: _S.REJECTED}, _DECIDERS | _MACHINE),
        Step(
            "call_off",
            Text("実施の前に取りやめる", "call off"),
            {_S.ANNOUNCED: _S.CALLED_OFF},
            _DECIDERS | _MACHINE,
        ),
        Step(
            "lift",
            Text("解除する", "lift"),
            {_S.ORDERED: _S.LIFTING, _S.IN_FORCE: _S.LIFTING},
            _STAFF | _MACHINE,
        ),
        Step(
            "undo",
            Text("取り消す", "undo"),
            {_S.ORDERED: _S.UNDOING, _S.IN_FORCE: _S.UNDOING, _S.LIFTING: _S.UNDOING},
            _DECIDERS | _MACHINE,
        ),
        Step(
            "end",
            Text("終わる", "end"),
            {_S.IN_FORCE: _S.OVER, _S.LIFTING: _S.OVER},
            _STAFF | _MACHINE,
        ),
        Step(
            "reverse",
            Text("取消しを終える", "reverse"),
            {_S.IN_FORCE: _S.REVERSED, _S.UNDOING: _S.REVERSED},
            _DECIDERS | _MACHINE,
        ),
        Step(
            "reverse_after",
            Text("終わったあとに取り消す", "reverse it after its end"),
            {_S.OVER: _S.REVERSED, _S.CALLED_OFF: _S.REVERSED},
            _DECIDERS,
            afterwards=True,
        ),
    ),
)
