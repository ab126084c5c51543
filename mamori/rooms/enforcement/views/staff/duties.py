"""What staff can do with a finding and its measures, each declared once: its words, when it is there, what does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mamori.grammar.hand import STAFF, Hand, Role
from mamori.grammar.text import Text
from mamori.rooms.enforcement import actions
from mamori.rooms.enforcement.actions import Wish
from mamori.rooms.enforcement.finding import NotThere, is_second
from mamori.rooms.enforcement.judging import Judged
from mamori.rooms.enforcement.lifecycle import GATHERING, MeasureState
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.enforcement.queries.done import Done
from mamori.rooms.enforcement.queries.matter import MatterShown, MeasureShown
from mamori.rooms.enforcement.rules import bounds
from mamori.rooms.enforcement.rules.reasons import Dismissed, Ended, Unheard
from mamori.rooms.enforcement.views.files import ready

HEADS = bounds.DECIDERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a duty is about: the finding as it was shown, the measure where it is about one, what the policy answers."""

    matter: MatterShown
    measure: MeasureShown | None
    version: int | None
    finding: Finding | None = None
    judged: Judged | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A decision as a page: its words, when it is there, and the action that does it."""

    slug: str
    title: Text
    lead: Text
    button: Text
    done: Done
    do: Callable[[Hand, Asked, dict[str, Any]], None]
    step: str = ""
    of_measure: str = ""
    lead_after: Text | None = None
    """What it says instead once the matter was decided."""
    roles: frozenset[Role] = STAFF
    tone: str = ""


def _ask(hand: Hand, asked: Asked, given: dict[str, Any]) -> None:
    actions.ask_view(hand, finding=asked.matter.id, version=asked.version)


def _decide(hand: Hand, asked: Asked, given: dict[str, Any]) -> None:
    unheard = given.get("unheard")
    wish = Wish(
        measure=given["measure"],
        days=given["days"],
        reason=given["reason"],
        unheard=Unheard(unheard) if unheard else None,
        ground=given["ground"],
        document=given["document"],
        at_once=given.get("at_once", ""),
        amount=given.get("amount") or 0,
        why_other=_said(given, "other"),
        why_amount=_said(given, "why_amount"),
    )
    actions.decide(hand, finding=asked.matter.id, wish=wish, version=asked.version)


def _said(given: dict[str, Any], name: str) -> Text | None:
    """Return what the seller reads, in both languages."""
    words = given.get(name, "").strip()
    return Text(words, given.get(f"{name}_en", "").strip() or words) if words else None


def _dismiss(hand: Hand, asked: Asked, given: dict[str, Any]) -> None:
    actions.dismiss(
        hand,
        finding=asked.matter.id,
        because=Dismissed(given["because"]),
        reason=given["reason"],
        version=asked.version,
    )


def _cured(hand: Hand, asked: Asked, given: dict[str, Any]) -> None:
    actions.note_cured(hand, finding=asked.matter.id, reason=given["reason"], version=asked.version)


def _uncured(hand: Hand, asked: Asked, given: dict[str, Any]) -> None:
    actions.note_uncured(hand, finding=asked.matter.id, reason=given["reason"], version=asked.version)


def _read_view(hand: Hand, asked: Asked, given: dict[str, Any]) -> None:
    actions.read_view(hand, finding=asked.matter.id, reason=given["reason"], version=asked.version)


def _review(hand: Hand, asked: Asked, given: dict[str, Any]) -> None:
    actions.review(hand, measure=_measure(asked), reason=given["reason"], version=asked.version)


def _evidence(hand: Hand, asked: Asked, given: dict[str, Any]) -> None:
    with ready(hand, asked.matter.seller_ref, given["attached"]) as files:
        actions.add_evidence(hand, finding=asked.matter.id, ready=files, version=asked.version)


def _measure(asked: Asked) -> int:
    if asked.measure is None:
        raise NotThere()
    return asked.measure.id


def _approve(hand: Hand, asked: Asked, given: dict[str, Any]) -> None:
    actions.approve(hand, measure=_measure(asked), version=asked.version)


def _send_back(hand: Hand, asked: Asked, given: dict[str, Any]) -> None:
    actions.send_back(hand, measure=_measure(asked), reason=given["reason"], version=asked.version)


def _lift(hand: Hand, asked: Asked, given: dict[str, Any]) -> None:
    actions.lift(
        hand,
        measure=_measure(asked),
        because=Ended(given["because"]),
        reason=given["reason"],
        version=asked.version,
    )


def _order_again(hand: Hand, asked: Asked, given: dict[str, Any]) -> None:
    actions.order_again(hand, measure=_measure(asked), version=asked.version)


DUTIES = (
    Duty(
        slug="ask",
        title=Text("出品者の意見を聴く", "Hear the seller"),
        lead=Text(
            "疑いの内容を出品者に知らせ、期限までの意見を求めます。まだ何も決めません。",
            "The seller is told what is alleged and asked for its view. Nothing is decided yet.",
        ),
        button=Text("意見を求める", "Ask for its view"),
        done={"ask_view": Text("出品者に意見を求めました。", "The seller was asked for its view.")},
        do=_ask,
        step="ask",
    ),
    Duty(
        slug="decide",
        title=Text("措置を決める", "Decide on a measure"),
        lead=Text(
            "基準の答えが選ばれています。別の措置にできるのは責任者と法務担当だけで、その理由は出品者が読みます。",
            "What the policy answers is chosen. Only a lead or counsel may choose otherwise, and the seller reads why.",
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
        do=_decide,
        step="decide",
        tone="grave",
    ),
    Duty(
        slug="dismiss",
        title=Text("措置をとらずに終える", "End without a measure"),
        lead=Text(
            "意見を求めた出品者には、措置がないことと理由を知らせます。点数は付きません。",
            "A seller who was asked is told that there is no measure, and why. No points are given.",
        ),
        button=Text("措置なしで終える", "End it"),
        done={"dismiss": Text("措置なしで終えました。", "It was ended without a measure.")},
        do=_dismiss,
        step="dismiss",
    ),
    Duty(
        slug="evidence",
        title=Text("証拠のファイルを加える", "Add files as evidence"),
        lead=Text(
            "加えたファイルは出品者にも見えます。通報した人や購入者が分かるものは加えないでください。",
            "The seller sees what you add. Please add nothing that shows who reported it, or who bought.",
        ),
        button=Text("加える", "Add them"),
        done={"add_evidence": Text("ファイルを加えました。", "The files were added.")},
        do=_evidence,
    ),
    Duty(
        slug="view-read",
        title=Text("決定のあとの意見を読んだ", "The view that came afterwards was read"),
        lead=Text(
            "決定のあとに届いた意見を読み、このままでよいかを考えてください。変えるときは、措置を終えるか取り消します。",
            "Please read what the seller wrote after the decision and think whether everything can stay. If not, end or reverse "
            "the measure.",
        ),
        button=Text("読んだと記録する", "Record it"),
        done={"read_view": Text("意見を読んだことを記録しました。", "The view was recorded as read.")},
        do=_read_view,
        step="read_view",
    ),
    Duty(
        slug="cured",
        title=Text("直ったことを確かめた", "It was put right"),
        lead=Text(
            "基準の答えが軽くなります。まだ何も決まっていません。",
            "The policy answers milder. Nothing has been decided yet.",
        ),
        lead_after=Text(
            "措置はもう決まっています。直れば終わる措置は解除され、ほかの措置を早く終えるかは別に決めます。点数は変わりません。",
            "It was decided. Measures that end by it are lifted; whether others end early is decided apart. Points stay.",
        ),
        button=Text("直ったと記録する", "Record it"),
        done={"note_cured": Text("直ったことを記録しました。", "It was recorded as put right.")},
        do=_cured,
    ),
    Duty(
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
        do=_uncured,
    ),
)
OF_MEASURES = (
    Duty(
        slug="approve",
        title=Text("承認する", "Approve"),
        lead=Text(
            "提案した人とは別の人が決めます。承認すると、すぐに実施または予告されます。",
            "Another person than who proposed it decides. Approved, it is carried out or announced at once.",
        ),
        button=Text("承認する", "Approve"),
        done={"approve": Text("承認し、実施しました。", "It was approved and carried out.")},
        do=_approve,
        of_measure="announce",
        roles=HEADS,
        tone="grave",
    ),
    Duty(
        slug="send-back",
        title=Text("承認しない", "Do not approve"),
        lead=Text("別の判断ができるように、案件が戻ります。", "The case goes back for another decision."),
        button=Text("承認しない", "Do not approve"),
        done={"send_back": Text("承認せずに戻しました。", "It was sent back.")},
        do=_send_back,
        of_measure="reject",
        roles=HEADS,
    ),
    Duty(
        slug="review",
        title=Text("見直した：措置を続ける", "Reviewed: the measure stays"),
        lead=Text(
            "続ける必要があるときに選びます。必要がなければ、措置を終えてください。定めた日数が来れば、措置は自動で終わります。",
            "Choose this if it is still needed; if not, please end the measure. What has an end ends by itself on its day.",
        ),
        button=Text("続けると記録する", "Record that it stays"),
        done={"review": Text("措置を続けることを記録しました。", "It was recorded that the measure stays.")},
        do=_review,
        of_measure="review",
        roles=HEADS,
    ),
    Duty(
        slug="lift",
        title=Text("措置を終える・取り消す", "End or reverse the measure"),
        lead=Text(
            "市場に元へ戻すよう指示し、確認まで追います。誤りによる取消しでは点数も消えます。",
            "The marketplace is told to undo it and is chased until it confirms. A reversal takes the points away too.",
        ),
        button=Text("終える", "End it"),
        done={"lift": Text("解除を指示しました。", "It is being lifted.")},
        do=_lift,
        of_measure="lift",
    ),
    Duty(
        slug="order-again",
        title=Text("市場にもう一度指示する", "Order it again"),
        lead=Text(
            "市場ができないと答えたものを、もう一度指示します。",
            "What the marketplace could not do is ordered once more.",
        ),
        button=Text("もう一度指示する", "Order it again"),
        done={"order_again": Text("もう一度指示しました。", "It was ordered again.")},
        do=_order_again,
        of_measure="order_again",
    ),
)
BY_SLUG = {duty.slug: duty for duty in (*DUTIES, *OF_MEASURES)}
DONE: dict[str, Done] = {duty.slug: duty.done for duty in BY_SLUG.values()} | {
    "found": {"find": Text("疑いを記録しました。", "The finding was recorded.")}
}
WAITING = (MeasureState.ORDERED, MeasureState.LIFTING, MeasureState.UNDOING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A duty that is there just now, with the measure it is about."""

    duty: Duty
    measure: MeasureShown | None = None


def duties_of(matter: MatterShown, hand: Hand) -> tuple[Open, ...]:
    """Return what this member of staff can do with a finding and its measures."""
    found = [Open(duty=duty) for duty in DUTIES if _is_open(duty, matter)]
    for measure in matter.measures:
        found += [
            Open(duty=duty, measure=measure)
            for duty in OF_MEASURES
            if hand.role in duty.roles and _is_open_for(duty, measure, hand)
        ]
    return tuple(found)


def _is_open(duty: Duty, matter: MatterShown) -> bool:
    if duty.slug == "evidence":
        return matter.state in GATHERING
    if duty.step:
        return duty.step in matter.steps
    return matter.awaits_look if duty.slug == "uncured" else matter.may_say_cured


def _is_open_for(duty: Duty, measure: MeasureShown, hand: Hand) -> bool:
    if duty.slug == "order-again":
        return (
            measure.was_refused
            and measure.state in WAITING
            and bounds.may_order_again(measure.state, hand.role)
        )
    if duty.slug == "review":
        return measure.may_be_reviewed
    if duty.slug == "lift":
        return bool(measure.endings)
    if duty.slug == "approve" and not is_second(hand, than=measure.decided_by):
        return False
    return measure.state is MeasureState.PROPOSED
