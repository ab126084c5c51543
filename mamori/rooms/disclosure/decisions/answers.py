"""What leads and counsel decide about answers on practices, each declared once."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.japan.spoken import spoken
from mamori.rooms.disclosure import actions
from mamori.rooms.disclosure.lifecycle import DECIDERS, AnswerState
from mamori.rooms.disclosure.queries.answers import AnswerPage


def _cannot_publish(page: AnswerPage) -> Text | None:
    if page.may_publish:
        return None
    if page.alone_at is None:
        return actions.AnswerNeedsAnother.text
    return actions.AloneTooSoon.text.fill(due=spoken(page.alone_at))


def _alone(page: AnswerPage) -> Text | None:
    if page.alone_at is None:
        return None
    return Text(
        "確かめる人がほかにいません。一人で公表すると、ページにそう出ます。",
        "Nobody else is there. Published by one person, the page says so.",
    )


PROPOSE = Decision[None](
    slug="answer",
    title=Text("取組みについて答える", "Answer on a practice"),
    lead=Text(
        "事実だけを書いてください。別の責任者か法務担当が確かめて公表すると、「取組みと実績」のページとJOMCの文に出ます。"
        "行っていない取組みは、どちらにも出ません。",
        "Please write facts. Once another lead or counsel has published it, it stands on the page of measures and in the text "
        "for JOMC. What is not done stands in neither.",
    ),
    button=Text("公表を頼む", "Ask to have it published"),
    done={
        "answer_propose": Text(
            "書きました。別の人の確認を待ちます。", "It is written. Another person has to publish it."
        )
    },
    verb=actions.propose_answer,
    key="practice",
    roles=DECIDERS,
    is_there=lambda page: True,
)
OWN = Decision[None](
    slug="own",
    title=Text("ほかの取組みを書く", "Tell of something else that is done"),
    lead=Text(
        "一覧にない取組みを、運営者の言葉で書きます。事実だけを、いつから・何からわかるかとともに書いてください。別の人が公表します。",
        "What is not in the list, in your own words. Please write facts, since when, and what shows them. Another person "
        "publishes it.",
    ),
    button=PROPOSE.button,
    done=PROPOSE.done,
    verb=actions.propose_answer,
    key="practice",
    roles=DECIDERS,
    is_there=lambda page: True,
)
PUBLISH = Decision[AnswerPage](
    slug="publish",
    title=Text("公表する", "Publish it"),
    lead=Text(
        "公表すると、だれでも読めます。同じ取組みについての前の答えに替わります。",
        "From then on everybody reads it. It replaces what was answered of the same practice before.",
    ),
    button=Text("公表する", "Publish it"),
    done={"answer_publish": Text("公表しました。", "It was published.")},
    verb=actions.publish_answer,
    key="answer",
    roles=DECIDERS,
    is_there=lambda page: page.answer.state is AnswerState.PROPOSED,
    closed=_cannot_publish,
    warns=_alone,
    step_up=True,
)
DROP = Decision[AnswerPage](
    slug="drop",
    title=Text("取りやめる", "Give it up"),
    lead=None,
    button=Text("取りやめる", "Give it up"),
    done={"answer_drop": Text("取りやめました。", "It was given up.")},
    verb=actions.drop_answer,
    key="answer",
    roles=DECIDERS,
    is_there=lambda page: page.answer.state is AnswerState.PROPOSED,
)
WITHDRAW = Decision[AnswerPage](
    slug="withdraw",
    title=Text("公表をやめる", "Take it back"),
    lead=Text(
        "すぐにページから消えます。公表していた期間の公表版には残ります。",
        "It leaves the page at once, and stays in the editions of its time.",
    ),
    button=Text("公表をやめる", "Take it back"),
    done={"answer_withdraw": Text("公表をやめました。", "It was taken back.")},
    verb=actions.withdraw_answer,
    key="answer",
    roles=DECIDERS,
    is_there=lambda page: page.answer.state is AnswerState.PUBLISHED,
)
DECISIONS = (PUBLISH, DROP, WITHDRAW)
BY_SLUG = {one.slug: one for one in DECISIONS}
