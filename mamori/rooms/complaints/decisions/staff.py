"""What staff decide about a complaint, each declared once: the first time, and when another looks at it again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mamori.grammar.hand import STAFF, Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.rooms.complaints import actions
from mamori.rooms.complaints.lifecycle import ComplaintState
from mamori.rooms.complaints.queries.complaints import ComplaintShown

TOLD = Text("決めました。知らせた人に結果を伝えます。", "It was decided. Who reported will be told.")


NARROW = Text(
    "お店のメッセージを読んだのは、宛てられた人だけです。文章・注文・商品・日付を書くと、だれが知らせたかがお店にわかります。",
    "Only one person got this message from the shop. To quote it, or to name the order, the goods or the day, tells the shop "
    "who reported.",
)


def _narrow(page: ComplaintShown) -> Text | None:
    return NARROW if page.message and page.seller_ref else None


def _cannot(page: ComplaintShown) -> Text | None:
    return None if page.is_open or page.is_second else actions.AgainNeedsAnother.text


def _decision(
    slug: str, title: Text, lead: Text, verb: Callable[..., object], to: ComplaintState, **more: Any
) -> Decision[ComplaintShown]:
    there: Callable[[ComplaintShown], bool] = more.pop("is_there", lambda page: True)
    did = more.pop("did", slug)
    return Decision(
        slug=slug,
        title=title,
        lead=lead,
        button=title,
        done={did: TOLD},
        verb=verb,
        key="complaint",
        is_there=lambda page: (page.is_open or (page.is_again and page.state is not to)) and there(page),
        closed=_cannot,
        **{"roles": STAFF} | more,
    )


BEGIN: Decision[ComplaintShown] = Decision(
    slug="begin",
    title=Text("見始める", "Begin to look at it"),
    lead=None,
    button=Text("見始める", "Begin to look at it"),
    done={"begin": Text("見始めたことを記録しました。", "It is noted that somebody looks at it.")},
    verb=actions.begin_complaint,
    key="complaint",
    roles=STAFF,
    is_there=lambda page: page.is_open and not page.is_looked_at,
)
ASK: Decision[ComplaintShown] = Decision(
    slug="ask",
    title=Text("確かめるために尋ねる（事実確認）", "Ask somebody who may know"),
    lead=Text(
        "出品者・メーカー・輸入業者・国内管理人・権利者に、期限を付けて尋ねます。返答を待つ間、結論の期限は止まります（危険の申し出では止まりません）。",
        "The seller, the maker, the importer, its administrator in Japan or the holder of a right is asked, with a time to "
        "answer. Meanwhile the days to the decision do not run, but of a danger they do.",
    ),
    button=Text("尋ねる", "Ask"),
    done={
        "ask": Text(
            "尋ねました。返答が届いたらお知らせします。",
            "They are asked. You are told when the answer comes.",
        )
    },
    verb=actions.ask_around,
    key="complaint",
    roles=STAFF,
    is_there=lambda page: page.is_open,
    warns=_narrow,
)
READ: Decision[ComplaintShown] = Decision(
    slug="read",
    title=Text("このページの未読を、読んだと記録する", "Note that the unread on this page are read"),
    lead=None,
    button=Text("読んだ", "They are read"),
    done={"read": Text("読んだことを記録しました。", "It is noted that they were read.")},
    verb=actions.read_reports,
    key="complaint",
    roles=STAFF,
    is_there=lambda page: bool(page.unread),
)
RULE_OUT: Decision[ComplaintShown] = Decision(
    slug="no-danger",
    title=Text("危険はないと判断する", "Find that there is no danger"),
    lead=Text(
        "責任者が、確かめたことを書いて決めます。危険の催促が止まり、申し出の結論はこのあと出します。"
        "新しいけが・火の知らせが届くと、危険はまた始まります。",
        "A lead decides, and writes what was looked at. The reminders of the danger end; the report is still to be decided. Word "
        "of a new injury or fire begins it anew.",
    ),
    button=Text("危険はないと判断する", "Find that there is no danger"),
    done={"rule_out": Text("危険はないと記録しました。", "It is noted that there is no danger.")},
    verb=actions.rule_out,
    key="complaint",
    roles=frozenset({Role.LEAD}),
    is_there=lambda page: page.in_danger,
    tone="grave",
)
NAME: Decision[ComplaintShown] = Decision(
    slug="name",
    title=Text("どのお店かを特定する", "Say which shop it is"),
    lead=Text(
        "書かれたものからお店がわからないとき、調べてわかった商品・レビュー・お店を記録します。"
        "そのあとは、違反の疑いとして取り上げたり、商品を非表示にしたりできます。まちがえたときは、もう一度特定します。",
        "Where what was typed does not tell, note the goods, the review or the shop that you found. Then it can become a "
        "finding, or goods be hidden. If it was wrong, say it again.",
    ),
    button=Text("特定する", "Say it"),
    done={"name": Text("お店を記録しました。", "The shop is noted.")},
    verb=actions.name_shop,
    key="complaint",
    roles=STAFF,
    is_there=lambda page: (page.is_open or page.is_again) and page.can_name,
    closed=_cannot,
)
UPHOLD = _decision(
    "uphold",
    Text("違反の疑いとして取り上げる", "Take it up as a finding"),
    Text(
        "違反の疑いを記録し、お店の意見を聴く手続きが始まります。知らせた人には、取り上げたことだけを伝えます。",
        "A finding is entered, on which the shop is heard. Who reported is told that it is taken up, and no more.",
    ),
    actions.uphold,
    ComplaintState.UPHELD,
    is_there=lambda page: page.opens_finding,
    warns=_narrow,
)
HOLD = _decision(
    "hold",
    Text("商品を暫定的に非表示にし、取り上げる", "Hide the goods provisionally and take it up"),
    Text(
        "商品をすぐに見えなくし、お店の意見を聴く手続きを始めます。判断が出るまで、時間がたっても表示に戻りません。点数も付きません。"
        "責任者か法務担当が、期限までに続けるか解くかを確かめます。人に危険が及ぶおそれがあるときだけです。",
        "The listing is hidden at once and the shop is heard. No time shows it again, only a decision does, and no points are "
        "given. A lead or counsel has to confirm or lift it in time. Only where people may come to harm.",
    ),
    actions.hold_at_once,
    ComplaintState.UPHELD,
    is_there=lambda page: page.may_be_held,
    did="uphold",
    tone="grave",
)
ACCEPT = _decision(
    "accept",
    Text("取り上げる", "Take it up"),
    Text(
        "お店の違反に当たらないこと、またはお店がわからないことを、もっともだと認めます。違反の疑いは記録されません。",
        "It is right, and is no breach of a shop's, or no shop is known. No finding is entered.",
    ),
    actions.accept,
    ComplaintState.UPHELD,
    is_there=lambda page: not page.opens_finding,
    did="uphold",
)
NOTHING = _decision(
    "nothing",
    Text("取り上げない", "Do not take it up"),
    Text("知らせた人は、選んだ理由を読みます。", "Who reported reads the reason that you choose."),
    actions.find_nothing,
    ComplaintState.NOT_UPHELD,
    did="find_nothing",
)
OUTSIDE = _decision(
    "outside",
    Text("この窓口の範囲の外とする", "Find it outside our remit"),
    Text("知らせた人は、選んだ理由を読みます。", "Who reported reads the reason that you choose."),
    actions.find_outside,
    ComplaintState.OUTSIDE,
    did="find_outside",
)
GONE = _decision(
    "gone",
    Text("すでになかったとする", "Find it gone already"),
    Text("知らせた人は、選んだ理由を読みます。", "Who reported reads the reason that you choose."),
    actions.find_gone,
    ComplaintState.GONE,
    did="find_gone",
)
KEEP: Decision[ComplaintShown] = Decision(
    slug="keep",
    title=Text("もとの結論のままにする", "Let the outcome stand"),
    lead=Text(
        "見直したうえで、はじめの結論と理由をそのままにします。知らせた人にもう一度伝えます。",
        "Upon another look the outcome and its reason stay. Who reported is told once more.",
    ),
    button=Text("もとの結論のままにする", "Let the outcome stand"),
    done={"keep": TOLD},
    verb=actions.keep_outcome,
    key="complaint",
    roles=STAFF,
    is_there=lambda page: page.is_again,
    closed=_cannot,
)
DECISIONS = (BEGIN, READ, NAME, ASK, HOLD, RULE_OUT, UPHOLD, ACCEPT, NOTHING, OUTSIDE, GONE, KEEP)
BY_SLUG = {one.slug: one for one in DECISIONS}
