"""What staff decide about a finding and its measures, each declared once: its words, when it is there, the verb that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mamori.grammar.actor import Actor
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.ground.web.signing.here import is_second
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.findings.queries import MatterShown, MeasureShown
from mamori.rooms.enforcement.lifecycle import GATHERING, MeasureState
from mamori.rooms.enforcement.measures.actions import deciding, hiding, standing
from mamori.rooms.enforcement.measures.actions.deciding import Wish
from mamori.rooms.enforcement.measures.refusals import SecondPerson
from mamori.rooms.enforcement.rules import bounds
from mamori.rooms.enforcement.rules.bounds import Unheard


def decide_on(actor: Actor, *, finding: int, version: int, **given: Any) -> None:
    """Decide on a finding as it was filled in, page by page."""
    unheard = given.get("unheard")
    plain = ("measure", "reason", "ground", "document", "at_once", "amount", "beside", "beside_days")
    wish = Wish(
        **{name: given[name] for name in plain if given.get(name)},
        days=given["days"],
        unheard=Unheard(unheard) if unheard else None,
        why_other=_said(given, "other"),
        why_amount=_said(given, "why_amount"),
        hinders=_said(given, "hinders"),
    )
    deciding.decide(actor, finding=finding, wish=wish, version=version)


def _said(given: dict[str, Any], name: str) -> Text | None:
    """Return what the seller reads, in both languages."""
    words = given.get(name, "").strip()
    return Text(words, given.get(f"{name}_en", "").strip() or words) if words else None


WAITING = (MeasureState.ORDERED, MeasureState.LIFTING, MeasureState.UNDOING)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionShown:
    """What is decided about, as its reader is shown it: the finding, and the measure where it is about one."""

    actor: Actor
    matter: MatterShown
    measure: MeasureShown | None = None


def _at(step: str) -> Callable[[DecisionShown], bool]:
    """Return whether the finding's lifecycle lets this reader take the step."""
    return lambda shown: step in shown.matter.steps


def _is_proposed(shown: DecisionShown) -> bool:
    """Say whether it waits for a second person; what was proposed together is approved, or sent back, as one."""
    proposed = [one.id for one in shown.matter.measures if one.state is MeasureState.PROPOSED]
    return shown.measure is not None and shown.measure.id == min(proposed, default=0)


def _may_be_ordered_again(shown: DecisionShown) -> bool:
    one = shown.measure
    if one is None or not one.was_refused or one.state not in WAITING:
        return False
    return bounds.may_order_again(one.state, shown.actor.role)


def _not_by_the_same(shown: DecisionShown) -> Text | None:
    by = shown.measure.decided_by if shown.measure else ""
    return None if is_second(shown.actor, than=by) else SecondPerson.text


def _by_a_cure(shown: DecisionShown) -> Text:
    """Say what follows from it that it was put right: before a decision, and after it."""
    if shown.matter.closed_at is None:
        return Text(
            "基準の答えが軽くなります。まだ何も決まっていません。",
            "The policy answers milder. Nothing has been decided yet.",
        )
    return Text(
        "措置はもう決まっています。直れば終わる措置は解除され、ほかの措置を早く終えるかは別に決めます。点数は変わりません。",
        "It was decided. Measures that end by it are lifted; whether others end early is decided apart. Points stay.",
    )


def _waits_for_look(shown: DecisionShown) -> bool:
    return shown.matter.hiding is not None and shown.matter.hiding.confirmed_at is None


OF_FINDINGS: tuple[Decision[DecisionShown], ...] = (
    Decision(
        slug="confirm-hiding",
        title=Text("暫定非表示を確かめた：続ける", "Provisional hiding: let it stand"),
        lead=Text(
            "判断が出るまで、商品は見えないままです。このあと終えられるのは、措置を決めるか、措置をとらずに終えたときだけです。",
            "The listing stays hidden until the decision. From now on only a measure, or the end without one, ends it.",
        ),
        button=Text("続ける", "Let it stand"),
        done={
            "confirm_hiding": Text(
                "続けることを記録し、出品者に知らせました。", "It stays, and the seller was told."
            )
        },
        verb=hiding.confirm_hiding,
        roles=bounds.DECIDERS,
        is_there=_waits_for_look,
    ),
    Decision(
        slug="lift-hiding",
        title=Text("暫定非表示を確かめた：解く", "Provisional hiding: lift it"),
        lead=Text(
            "危険がないと確かめたときだけです。商品を表示に戻すよう通販サイトに指示します。違反の疑いの手続きは続きます。",
            "Only if you found that there is no danger. The marketplace is told to show the listing again; the finding goes on.",
        ),
        button=Text("表示に戻す", "Show it again"),
        done={"lift_hiding": Text("表示に戻すよう指示しました。", "The listing is to be shown again.")},
        verb=hiding.lift_hiding,
        roles=bounds.DECIDERS,
        is_there=_waits_for_look,
        tone="grave",
    ),
    Decision(
        slug="hide",
        title=Text("商品を暫定的に非表示にする", "Hide the listing provisionally"),
        lead=Text(
            "人に危険が及ぶおそれがあるときに、商品をすぐに見えなくし、出品者の意見を聴きます。判断が出るまで、時間がたっても表示に"
            "戻りません。点数も付きません。責任者か法務担当が、期限までに続けるか解くかを確かめます。",
            "Where people may come to harm: the listing is hidden at once and the seller is heard. No time shows it again, only "
            "a decision does, and no points are given. A lead or counsel has to confirm or lift it in time.",
        ),
        button=Text("暫定的に非表示にする", "Hide it provisionally"),
        done={
            "hide_provisionally": Text(
                "暫定的に非表示にし、出品者に知らせました。", "It is hidden, and the seller was told."
            )
        },
        verb=hiding.hide,
        is_there=lambda shown: "hide" in shown.matter.steps,
        tone="grave",
    ),
    Decision(
        slug="ask",
        title=Text("出品者の意見を聴く", "Hear the seller"),
        lead=Text(
            "疑いの内容を出品者に知らせ、期限までの意見を求めます。まだ何も決めません。",
            "The seller is told what is alleged and asked for its view. Nothing is decided yet.",
        ),
        button=Text("意見を求める", "Ask for its view"),
        done={"ask_view": Text("出品者に意見を求めました。", "The seller was asked for its view.")},
        verb=findings.ask_view,
        is_there=_at("ask"),
    ),
    Decision(
        slug="decide",
        title=Text("措置を決める", "Decide on a measure"),
        lead=Text(
            "措置を選ぶと、それに要ることだけを順にお尋ねします。別の措置にできるのは責任者と法務担当だけです。",
            "Choose a measure, and only what it needs is asked. Only a lead or counsel may choose otherwise than the policy.",
        ),
        button=Text("決める", "Decide"),
        done={
            "decide": Text(
                "措置を決め、出品者に理由を知らせました。", "It was decided, and the seller was told why."
            ),
            "propose_measure": Text(
                "措置を提案しました。別の責任者か法務担当が承認すると実施します。出品者にはまだ知らせていません。",
                "It was proposed. It is carried out once another lead or counsel approves; the seller is not told yet.",
            ),
        },
        verb=decide_on,
        is_there=_at("decide"),
        tone="grave",
    ),
    Decision(
        slug="dismiss",
        title=Text("措置をとらずに終える", "End without a measure"),
        lead=Text(
            "意見を求めた出品者には、措置がないことと理由を知らせます。点数は付きません。",
            "A seller who was asked is told that there is no measure, and why. No points are given.",
        ),
        button=Text("措置なしで終える", "End it"),
        done={"dismiss": Text("措置なしで終えました。", "It was ended without a measure.")},
        verb=findings.dismiss,
        is_there=_at("dismiss"),
    ),
    Decision(
        slug="evidence",
        title=Text("証拠のファイルを加える", "Add files as evidence"),
        lead=Text(
            "加えたファイルは出品者にも見えます。通報した人や購入者が分かるものは加えないでください。",
            "The seller sees what you add. Please add nothing that shows who reported it, or who bought.",
        ),
        button=Text("加える", "Add them"),
        done={"add_evidence": Text("ファイルを加えました。", "The files were added.")},
        verb=findings.add_evidence,
        is_there=lambda shown: shown.matter.state in GATHERING,
    ),
    Decision(
        slug="clarify",
        title=Text("確かめるために尋ねる（事実確認）", "Ask somebody who may know"),
        lead=Text(
            "出品者・メーカー・輸入業者・国内管理人・権利者に、期限を付けて尋ねます。判断の期限は止まりません。",
            "The seller, the maker, the importer, its administrator in Japan or the holder of a right is asked, with a time to "
            "answer. The time to decide runs on.",
        ),
        button=Text("尋ねる", "Ask"),
        done={
            "ask_around": Text(
                "尋ねました。返答が届いたらお知らせします。",
                "They are asked. You are told when the answer comes.",
            )
        },
        verb=findings.ask_around,
        is_there=lambda shown: shown.matter.closed_at is None,
    ),
    Decision(
        slug="view-read",
        title=Text("決定のあとの意見を読んだ", "The view that came afterwards was read"),
        lead=Text(
            "決定のあとに届いた意見を読み、このままでよいかを考えてください。変えるときは、措置を終えるか取り消します。",
            "Please read what the seller wrote after the decision and think whether everything can stay. If not, end or reverse "
            "the measure.",
        ),
        button=Text("読んだと記録する", "Record it"),
        done={"read_view": Text("意見を読んだことを記録しました。", "The view was recorded as read.")},
        verb=standing.read_view,
        is_there=_at("read_view"),
    ),
    Decision(
        slug="photo",
        title=Text("直した商品ページの写真を求める", "Ask for a photograph of what was put right"),
        lead=Text(
            "何が写っていればよいかを出品者が読みます。期限までに送るよう頼み、届いたかを確かめるまで案件に残ります。",
            "The seller reads what it has to show and is asked to send it in time. The case asks whether it has come until "
            "somebody has looked.",
        ),
        button=Text("写真を求める", "Ask for it"),
        done={"ask_photo": Text("出品者に写真を求めました。", "The seller was asked for a photograph.")},
        verb=standing.ask_photo,
        is_there=lambda shown: shown.matter.awaits_look and "photo" not in shown.matter.asks,
    ),
    Decision(
        slug="cured",
        title=Text("直ったことを確かめた", "It was put right"),
        button=Text("直ったと記録する", "Record it"),
        done={"note_cured": Text("直ったことを記録しました。", "It was recorded as put right.")},
        verb=standing.note_cured,
        is_there=lambda shown: shown.matter.may_say_cured,
        warns=_by_a_cure,
    ),
    Decision(
        slug="uncured",
        title=Text("確かめたが、直っていない", "It was not put right"),
        lead=Text(
            "出品者に、まだ直っていないことを知らせます。是正の期限が過ぎていれば是正のお願いを終え、あらためて判断します。",
            "The seller is told that it is not put right yet. A correction whose time is over ends, and it is looked at anew.",
        ),
        button=Text("直っていないと記録する", "Record it"),
        done=dict.fromkeys(
            ("note_uncured", "end_measure"),
            Text("直っていないことを記録しました。", "It was recorded as not put right."),
        ),
        verb=standing.note_uncured,
        is_there=lambda shown: shown.matter.awaits_look,
    ),
)
OF_MEASURES: tuple[Decision[DecisionShown], ...] = (
    Decision(
        slug="approve",
        title=Text("承認する", "Approve"),
        lead=Text(
            "提案した人とは別の人が決めます。承認すると、すぐに実施または予告されます。",
            "Another person than who proposed it decides. Approved, it is carried out or announced at once.",
        ),
        done={"approve": Text("承認し、実施しました。", "It was approved and carried out.")},
        verb=deciding.approve,
        roles=bounds.DECIDERS,
        is_there=_is_proposed,
        closed=_not_by_the_same,
        tone="grave",
    ),
    Decision(
        slug="send-back",
        title=Text("承認しない", "Do not approve"),
        lead=Text("別の判断ができるように、案件が戻ります。", "The case goes back for another decision."),
        done={"send_back": Text("承認せずに戻しました。", "It was sent back.")},
        verb=deciding.send_back,
        roles=bounds.DECIDERS,
        is_there=_is_proposed,
    ),
    Decision(
        slug="review",
        title=Text("見直した：措置を続ける", "Reviewed: the measure stays"),
        lead=Text(
            "続ける必要があるときに選びます。必要がなければ、措置を終えてください。定めた日数が来れば、措置は自動で終わります。",
            "Choose this if it is still needed; if not, please end the measure. What has an end ends by itself on its day.",
        ),
        button=Text("続けると記録する", "Record that it stays"),
        done={"review": Text("措置を続けることを記録しました。", "It was recorded that the measure stays.")},
        verb=standing.review,
        roles=bounds.DECIDERS,
        is_there=lambda shown: shown.measure is not None and shown.measure.may_be_reviewed,
    ),
    Decision(
        slug="lift",
        title=Text("措置を終える・取り消す", "End or reverse the measure"),
        lead=Text(
            "通販サイトに元へ戻すよう指示し、確認まで追います。誤りによる取消しでは点数も消えます。",
            "The marketplace is told to undo it and is chased until it confirms. A reversal takes the points away too.",
        ),
        button=Text("終える", "End it"),
        done={"lift": Text("解除を指示しました。", "It is being lifted.")},
        verb=standing.lift,
        is_there=lambda shown: shown.measure is not None and bool(shown.measure.endings),
    ),
    Decision(
        slug="order-again",
        title=Text("通販サイトにもう一度指示する", "Order it again"),
        lead=Text(
            "通販サイトができないと答えたものを、もう一度指示します。",
            "What the marketplace could not do is ordered once more.",
        ),
        button=Text("もう一度指示する", "Order it again"),
        done={"order_again": Text("もう一度指示しました。", "It was ordered again.")},
        verb=standing.order_again,
        is_there=_may_be_ordered_again,
    ),
)
DONE = {one.slug: one.done for one in OF_MEASURES} | {
    "found": {"find": Text("疑いを記録しました。", "The finding was recorded.")}
}
"""What the page of a finding says was done beside what its own decisions do."""
