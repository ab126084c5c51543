"""What leads and counsel decide about the page of JOMC, each declared once."""

from __future__ import annotations

from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.disclosure import actions
from mamori.rooms.disclosure.lifecycle import DECIDERS
from mamori.rooms.disclosure.queries.jomc import JomcShown

SEND = Decision[None](
    slug="jomc",
    title=Text("JOMCに送ったと記録する", "Record that it was sent to JOMC"),
    lead=Text(
        "この仕組みからは送られません。下の文をJOMC事務局にお送りになってから、記録してください。送った文がそのまま残ります。",
        "Nothing is sent from here. Please send the text to the secretariat of JOMC yourself, and record it then: the exact "
        "text is kept.",
    ),
    button=Text("送ったと記録する", "Record that it was sent"),
    done={
        "jomc_send": Text(
            "記録しました。載ったら、掲載を記録してください。",
            "It is recorded. Once it is listed, record that.",
        )
    },
    verb=actions.send_jomc,
    key="",
    roles=DECIDERS,
    is_there=lambda page: True,
)
LIST = Decision[JomcShown](
    slug="list",
    title=Text("掲載を記録する・直す", "Record the listing, or put it right"),
    lead=Text(
        "「取組みと実績」のページに、すぐにリンクと日が出ます。ページは、決まった日ごとに自動で確かめられます。",
        "The link and the day stand on the page of measures at once. The page is looked at by itself from time to time.",
    ),
    button=Text("記録する", "Record it"),
    done={"jomc_list": Text("掲載を記録しました。", "The listing is recorded.")},
    verb=actions.list_jomc,
    key="entry",
    roles=DECIDERS,
    is_there=lambda page: page.is_sent or page.is_listed,
)
END = Decision[JomcShown](
    slug="end",
    title=Text("掲載を終えたと記す", "Say that it is listed no more"),
    lead=Text("「取組みと実績」のページから、リンクが消えます。", "The link leaves the page of measures."),
    button=Text("終えたと記す", "Say that it is listed no more"),
    done={"jomc_end": Text("終えたと記しました。", "It is recorded.")},
    verb=actions.end_jomc,
    key="entry",
    roles=DECIDERS,
    is_there=lambda page: page.is_listed,
)
DROP = Decision[JomcShown](
    slug="drop",
    title=Text("送った文を取りやめる", "Give it up"),
    lead=None,
    button=Text("取りやめる", "Give it up"),
    done={"jomc_drop": Text("取りやめました。", "It was given up.")},
    verb=actions.drop_jomc,
    key="entry",
    roles=DECIDERS,
    is_there=lambda page: page.is_sent,
)
BY_SLUG = {one.slug: one for one in (LIST, END, DROP)}
