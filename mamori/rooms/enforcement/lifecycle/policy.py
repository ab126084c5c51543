"""A version of the policy table: drafted, proposed by one person, approved by another, announced, in force, replaced."""

from enum import StrEnum

from mamori.grammar.hand import Role
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class PolicyState(StrEnum):
    """Where a version of the table stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    DISCARDED = "discarded"


_S = PolicyState
_DECIDERS = frozenset({Role.LEAD, Role.COUNSEL})
_MACHINE = frozenset({Role.MACHINE})

POLICY = Statechart(
    name="enforcement.policy",
    title=Text("措置の基準", "the policy"),
    initial=_S.DRAFT,
    states={
        _S.DRAFT: Text("下書き", "draft"),
        _S.PROPOSED: Text("もう一人の承認待ち", "waits for a second person"),
        _S.ANNOUNCED: Text("公表した、実施前", "published, not yet in force"),
        _S.IN_FORCE: Text("実施中", "in force"),
        _S.REPLACED: Text("新しい版に替わった", "replaced"),
        _S.DISCARDED: Text("取りやめた", "discarded"),
    },
    steps=(
        Step("edit", Text("書き直す", "edit"), {_S.DRAFT: _S.DRAFT}, _DECIDERS),
        Step("propose", Text("承認を求める", "propose"), {_S.DRAFT: _S.PROPOSED}, _DECIDERS),
        Step("send_back", Text("下書きに戻す", "send back"), {_S.PROPOSED: _S.DRAFT}, _DECIDERS | _MACHINE),
        Step(
            "publish", Text("承認して公表する", "approve and publish"), {_S.PROPOSED: _S.ANNOUNCED}, _DECIDERS
        ),
        Step("begin", Text("実施する", "come into force"), {_S.ANNOUNCED: _S.IN_FORCE}, _MACHINE),
        Step("replace", Text("新しい版に替わる", "be replaced"), {_S.IN_FORCE: _S.REPLACED}, _MACHINE),
        Step(
            "discard",
            Text("取りやめる", "discard"),
            {_S.DRAFT: _S.DISCARDED, _S.PROPOSED: _S.DISCARDED, _S.ANNOUNCED: _S.DISCARDED},
            _DECIDERS | _MACHINE,
        ),
    ),
)
