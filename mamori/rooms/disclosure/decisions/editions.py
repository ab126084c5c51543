"""What leads and counsel decide about what everybody is told, each declared once."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.disclosure import actions
from mamori.rooms.disclosure.lifecycle import DECIDERS, EditionState
from mamori.rooms.disclosure.queries.editions import EditionShown


def _cannot_release(page: EditionShown) -> Text | None:
    return None if page.may_release else actions.EditionNeedsAnother.text


DRAFT = Decision[None](
    slug="edition",
    title=Text("公表版を作る", "Draft an edition"),
    lead=Text(
        "半期の数を数え直し、月ごとに公表した数と比べます。同じなら理由は要りません。公表済みの半期を選ぶと訂正版になります。"
        "作っただけでは公表されません。別の責任者か法務担当が確かめて公表します。",
        "The half-year is counted anew and compared with what was published month by month; where it is the same no reason is "
        "needed. Of a half-year that was published it becomes a correction. Drafting publishes nothing: another lead or counsel "
        "looks at it and releases it.",
    ),
    button=Text("作る", "Draft it"),
    done={
        "edition_draft": Text(
            "作りました。別の人の確認を待ちます。", "It was drafted. Another person has to release it."
        )
    },
    verb=actions.draft_edition,
    key="",
    roles=DECIDERS,
    is_there=lambda page: True,
)
RELEASE = Decision[EditionShown](
    slug="release",
    title=Text("公表する", "Release it"),
    lead=Text(
        "公表すると、だれでも読め、要約値が記録に残ります。あとから書き換えることはできません。",
        "From then on everybody reads it and its digest is recorded. It cannot be rewritten afterwards.",
    ),
    button=Text("公表する", "Release it"),
    done={"edition_release": Text("公表しました。", "It was released.")},
    verb=actions.release_edition,
    key="edition",
    roles=DECIDERS,
    is_there=lambda page: page.state is EditionState.DRAFTED,
    closed=_cannot_release,
    step_up=True,
)
DROP = Decision[EditionShown](
    slug="drop",
    title=Text("取りやめる", "Give it up"),
    lead=None,
    button=Text("取りやめる", "Give it up"),
    done={"edition_drop": Text("取りやめました。", "It was given up.")},
    verb=actions.drop_edition,
    key="edition",
    roles=DECIDERS,
    is_there=lambda page: page.state is EditionState.DRAFTED,
)
DECISIONS = (RELEASE, DROP)
BY_SLUG = {one.slug: one for one in DECISIONS}
