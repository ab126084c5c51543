"""What is done about improvements, each declared once."""

from __future__ import annotations

from mamori.grammar.hand import HEADS, STAFF, Hand
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.japan.spoken import spoken
from mamori.rooms.insight import actions
from mamori.rooms.insight.lifecycle import ImprovementState
from mamori.rooms.insight.queries.improvements import ImprovementShown

__all__ = (
    "BY_SLUG",
    "CHANGE",
    "COMPARE",
    "DROP",
    "GIVE",
    "NOTE",
    "OF_IMPROVEMENT",
    "PUBLISH",
    "TAKE",
    "WITHDRAW",
)


def _note(hand: Hand, **told: str) -> int:
    return actions.note_improvement(hand, told=actions.SeenSo(**told))


def _publish(hand: Hand, *, improvement: int, version: int | None = None, **words: str) -> None:
    said = actions.ImprovementWords(**words)
    actions.publish_improvement(hand, improvement=improvement, words=said, version=version)


def _not_yet(page: ImprovementShown) -> Text | None:
    if page.is_comparable or page.comparable_at is None:
        return None
    return actions.NotComparableYet.text.fill(when=spoken(page.comparable_at))


def _is_public(page: ImprovementShown) -> Text | None:
    return actions.StillPublic.text if page.is_public else None


NOTE: Decision[None] = Decision(
    slug="note",
    title=Text("気づいたことを書き留める", "Note what was seen"),
    lead=Text(
        "申し出や困りごとから、サービスの直すべきところに気づいたときに書きます。数えられることは、何を数えるかも選びます。",
        "For what reports and troubles show should be better. Where it can be counted, choose what is counted, too.",
    ),
    button=Text("書き留める", "Note it"),
    done={
        "note": Text(
            "書き留めました。担当する人か部署を決めてください。", "It is noted. Please say who owns it."
        )
    },
    verb=_note,
    key="",
    roles=STAFF,
    is_there=lambda page: True,
)
TAKE: Decision[ImprovementShown] = Decision(
    slug="take",
    title=Text("自分が担当する", "Own it"),
    lead=None,
    button=Text("自分が担当する", "Own it"),
    done={"own": Text("あなたの担当になりました。", "It is yours.")},
    verb=actions.take_improvement,
    key="improvement",
    roles=STAFF,
    is_there=lambda page: page.state is ImprovementState.NOTED,
)
GIVE: Decision[ImprovementShown] = Decision(
    slug="give",
    title=Text("担当を決める", "Say who owns it"),
    lead=Text(
        "人を選ぶと、その人に知らせます。担当を替えても、期限は延びません。",
        "Whom you choose is told. Another owner gets no new time.",
    ),
    button=Text("担当を決める", "Say who owns it"),
    done={"own": Text("担当を決めました。", "It has an owner.")},
    verb=actions.give_improvement,
    key="improvement",
    roles=STAFF,
    is_there=lambda page: page.may("own"),
)
CHANGE: Decision[ImprovementShown] = Decision(
    slug="change",
    title=Text("変えたことを記録する", "Record what was changed"),
    lead=Text(
        "変えた月の前と後を、同じ長さの月で比べます。比べる長さは、結果がわかる前のいま決め、あとで変えられません。",
        "Whole months before and after the month of the change are compared. How many is said now, before anybody knows what "
        "comes of it, and stays.",
    ),
    button=Text("記録する", "Record it"),
    done={"change": Text("変えたことを記録しました。", "The change is recorded.")},
    verb=actions.change_improvement,
    key="improvement",
    roles=STAFF,
    is_there=lambda page: page.may("change"),
)
COMPARE: Decision[ImprovementShown] = Decision(
    slug="compare",
    title=Text("前と後を比べる", "Compare before and after"),
    lead=Text(
        "前と後の件数は、記録からいま数え、そのまま残ります。書くのは、どうなったかだけです。",
        "The counts before and after are taken from the record now, and stay. Say in words what came of it.",
    ),
    button=Text("数えて比べる", "Count and compare"),
    done={"compare": Text("前と後を比べ、記録しました。", "Before and after are compared and kept.")},
    verb=actions.compare_improvement,
    key="improvement",
    roles=STAFF,
    is_there=lambda page: page.may("compare"),
    closed=_not_yet,
)
PUBLISH: Decision[ImprovementShown] = Decision(
    slug="publish",
    title=Text("公開する・公開の文を改める", "Publish it, or its words anew"),
    lead=Text(
        "だれでも読めるようになります。前と後の件数は、申し出を理由だけで分けて数えたものに限り、比べたあとに自動で載ります（1〜4件の月は出ません）。担当の人は出ません。"
        "個人やお店がわかることは書かないでください。",
        "Everybody will read it. Once they are compared, the counts before and after appear by themselves where reports are told "
        "apart by their reason alone; no month of 1 to 4 is shown, nor who owns it. Please write nothing by which a person or a "
        "shop could be known.",
    ),
    button=Text("公開する", "Publish it"),
    done={"publish": Text("公開しました。", "It is published.")},
    verb=_publish,
    key="improvement",
    roles=HEADS,
    is_there=lambda page: page.may_be_read,
    step_up=True,
)
WITHDRAW: Decision[ImprovementShown] = Decision(
    slug="withdraw",
    title=Text("公開をやめる", "Withdraw it from the public"),
    lead=None,
    button=Text("公開をやめる", "Withdraw it"),
    done={"withdraw": Text("公開をやめました。", "It is public no more.")},
    verb=actions.withdraw_improvement,
    key="improvement",
    roles=HEADS,
    is_there=lambda page: page.is_public,
    tone="grave",
)
DROP: Decision[ImprovementShown] = Decision(
    slug="drop",
    title=Text("取りやめる", "Give it up"),
    lead=None,
    button=Text("取りやめる", "Give it up"),
    done={"drop": Text("取りやめました。", "It is given up.")},
    verb=actions.drop_improvement,
    key="improvement",
    roles=STAFF,
    is_there=lambda page: page.may("drop"),
    closed=_is_public,
)
OF_IMPROVEMENT = (TAKE, CHANGE, COMPARE, PUBLISH, GIVE, WITHDRAW, DROP)
BY_SLUG = {one.slug: one for one in OF_IMPROVEMENT}
