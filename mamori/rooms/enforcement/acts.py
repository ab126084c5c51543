"""The cases of this room in words, for lists that hold the cases of all rooms: what they ask for, what was done, which clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.actor import Actor
from mamori.grammar.text import Text
from mamori.ground.declared.casekinds import CaseKind, declare
from mamori.ground.ledger import facts as ledger
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.japan.calendar import spoken
from mamori.law.breaches import BREACHES
from mamori.law.deadlines import (
    APPEAL_DECISION,
    APPEAL_WINDOW,
    APPROVAL,
    CURE_LOOK,
    FINDING_GRAVE,
    FINDING_MINOR,
    FINDING_SERIOUS,
    MEASURE_REVIEW,
    PHOTO_LOOK,
    POLICY_APPROVAL,
    POLICY_NOTICE,
    VIEW_LOOK,
)
from mamori.law.measures import HIDING_DECISION, HIDING_LOOK
from mamori.rooms.enforcement.lifecycle import APPEAL, FINDING
from mamori.rooms.enforcement.rules.standing import END_CLOCK, START_CLOCK


@dataclass(frozen=True, slots=True)
class ActWords:
    """An act in words; `shown` = a seller may know of it, so that its form is refused as stale when it was done meanwhile.

    By an act that `takes_part` a member of staff takes part in the matter, and does not review an appeal against it.
    """

    text: Text
    shown: bool = True
    takes_part: bool = True


_ACTS = {
    "find": ActWords(Text("違反の疑いが見つかった", "A suspected breach was found"), shown=False),
    "ask_view": ActWords(Text("意見を求めた", "The seller was asked for its view")),
    "ask_around": ActWords(Text("事実を尋ねた", "Somebody was asked what is so"), shown=False),
    "state_view": ActWords(Text("出品者が意見を述べた", "The seller gave its view")),
    "read_view": ActWords(Text("決定のあとの意見を読んだ", "A view that came after the decision was read")),
    "remind_view": ActWords(
        Text("決定のあとの意見を読むのが遅れた", "The reading of a view became overdue"), shown=False
    ),
    "add_evidence": ActWords(Text("ファイルを加えた", "Files were added")),
    "hide_provisionally": ActWords(
        Text("商品を暫定的に非表示にした", "The listing was provisionally hidden")
    ),
    "confirm_hiding": ActWords(
        Text("暫定非表示を確かめ、続けることにした", "The provisional hiding was confirmed")
    ),
    "lift_hiding": ActWords(Text("暫定非表示を解いた", "The provisional hiding was lifted")),
    "remind_hiding": ActWords(
        Text("暫定非表示について責任者に催促した", "The leads were reminded of a provisional hiding"),
        shown=False,
    ),
    "end_hearing": ActWords(Text("意見の期限が過ぎた", "The time for a view was over")),
    "say_cured": ActWords(Text("出品者が直したと知らせた", "The seller said that it was put right")),
    "ask_photo": ActWords(
        Text("直した商品ページの写真を求めた", "A photograph of what was put right was asked for")
    ),
    "note_cured": ActWords(Text("直ったことを確かめた", "It was seen to be put right")),
    "note_uncured": ActWords(
        Text("確かめたが、直っていなかった", "It was looked at and found not put right")
    ),
    "remind_look": ActWords(
        Text("直したかの確認が遅れた", "The look at what was put right became overdue"), shown=False
    ),
    "await_look": ActWords(
        Text(
            "是正の期限が来て、直したかの確認を待つ", "The correction's time is over and it waits for a look"
        )
    ),
    "remind": ActWords(Text("期限が過ぎ、催促した", "Somebody was reminded"), shown=False),
    "dismiss": ActWords(Text("措置なしで終えた", "It was ended without a measure")),
    "remind_decision": ActWords(Text("判断が遅れた", "The decision became overdue"), shown=False),
    "propose_measure": ActWords(Text("措置を提案した", "A measure was proposed"), shown=False),
    "decide": ActWords(Text("措置を決めた", "A measure was decided on")),
    "approve": ActWords(Text("もう一人が承認し、措置を決めた", "A second person approved the measure")),
    "send_back": ActWords(Text("措置を承認しなかった", "The measure was not approved"), shown=False),
    "miss_approval": ActWords(Text("承認を催促した", "The second person was reminded"), shown=False),
    "start_measure": ActWords(Text("予告した措置を始めた", "The announced measure took effect")),
    "give_anew": ActWords(
        Text(
            "通販サイトが元に戻したため、もう一度指示した", "The marketplace undid it and was asked once more"
        )
    ),
    "begin_measure": ActWords(Text("通販サイトが措置を確認した", "The marketplace confirmed the measure")),
    "end_measure": ActWords(Text("期間が終わり、解除した", "Its time was over and it was lifted")),
    "finish_measure": ActWords(Text("通販サイトが解除を確認した", "The marketplace confirmed the lifting")),
    "lift": ActWords(Text("措置を終えた・取り消した", "The measure was ended or reversed")),
    "order_again": ActWords(
        Text("通販サイトにもう一度指示した", "It was ordered anew"), shown=False, takes_part=False
    ),
    "hear_refused": ActWords(
        Text("通販サイトが実行できないと答えた", "The marketplace could not do it"), shown=False
    ),
    "hear_late": ActWords(
        Text("通販サイトの返事がまだそろわない", "The marketplace still has to answer something"), shown=False
    ),
    "chase": ActWords(Text("通販サイトに確認を催促した", "The marketplace was asked again"), shown=False),
    "remind_review": ActWords(Text("見直しの日が来た", "A review became due"), shown=False),
    "review": ActWords(Text("見直して、措置を続けることにした", "The measure was reviewed and stays")),
    "draft_policy": ActWords(Text("基準の改定案を作った", "a change of policy was begun"), False),
    "put_row": ActWords(Text("基準の行を書いた", "a row of the policy was written"), False),
    "drop_row": ActWords(Text("基準の行を消した", "a row of the policy was deleted"), False),
    "set_bands": ActWords(
        Text("基準の点数の区切りを変えた", "edges or expiry of points were changed"), False
    ),
    "replace_table": ActWords(Text("基準の表を差し替えた", "the table of the policy was replaced"), False),
    "propose_policy": ActWords(Text("基準の改定に承認を求めた", "a change of policy was proposed"), False),
    "send_back_policy": ActWords(
        Text("基準の改定案を下書きに戻した", "a change of policy was sent back"), False
    ),
    "publish_policy": ActWords(
        Text("基準の改定を承認し公表した", "a change of policy was approved and published"), False
    ),
    "begin_policy": ActWords(
        Text("基準の新しい版が始まった", "a version of the policy came into force"), False
    ),
    "replace_policy": ActWords(
        Text("基準の版が新しい版に替わった", "a version of the policy was replaced"), False
    ),
    "discard_policy": ActWords(Text("基準の改定を取りやめた", "a change of policy was discarded"), False),
    "appeal": ActWords(Text("異議を申し出た", "An appeal was made")),
    "take_appeal": ActWords(Text("別の担当者が見直しを担当した", "Another person took the review")),
    "write_appeal": ActWords(Text("出品者が書き足した", "The seller added to its appeal")),
    "add_to_appeal": ActWords(Text("出品者が異議にファイルを添えた", "The seller put files to its appeal")),
    "reply_appeal": ActWords(Text("出品者に返事をした", "The reviewer replied")),
    "ask_more": ActWords(Text("追加をお願いした", "More was asked for")),
    "go_on_appeal": ActWords(Text("返事を待たずに見直しを進めた", "The review went on")),
    "note_appeal": ActWords(Text("見直しのメモを残した", "A note on the review was kept"), shown=False),
    "decide_appeal": ActWords(Text("異議への結論を出した", "The appeal was decided")),
    "withdraw_appeal": ActWords(Text("異議を取り下げた", "The appeal was withdrawn")),
    "end_appeal": ActWords(
        Text("もとの決定がなくなり、異議が終わった", "The appeal was over, as the decision no longer stands")
    ),
    "remind_appeal": ActWords(Text("異議の見直しが遅れた", "The review became overdue")),
    "follow_appeal": ActWords(
        Text("異議への結論に従った", "What the appeal decided was done"), takes_part=False
    ),
}
ACTS = {f"enforcement.{verb}": words for verb, words in _ACTS.items()}

FINDING_CASE = CaseKind(
    code="enforcement.finding",
    title=Text("違反の疑い", "finding"),
    states={state.value: text for state, text in FINDING.states.items()},
    topics={breach.code: breach.title for breach in BREACHES},
    attentions={
        "hiding": Text("暫定非表示を確かめる必要がある", "a provisional hiding has to be looked at"),
        "undecided": Text(
            "暫定非表示のまま、判断が遅れている", "provisionally hidden, and the decision is overdue"
        ),
        "look": Text("扱いを決める必要がある", "somebody has to look at it"),
        "decide": Text("判断が必要", "a decision is needed"),
        "approve": Text("もう一人の承認が必要", "a second person has to approve"),
        "not-confirmed": Text("通販サイトの確認がない", "the marketplace has not confirmed"),
        "not-carried-out": Text("通販サイトが実行できなかった", "the marketplace could not do it"),
        "review": Text("措置の見直しが必要", "a measure has to be reviewed"),
        "overdue": Text("判断が遅れている", "the decision is overdue"),
        "view": Text("決定のあとに届いた意見を読む", "a view that came afterwards has to be read"),
        "photo": Text("写真が届いたかを確かめる", "see whether the photograph has come"),
        "cure": Text("直したとの知らせを確かめる", "a cure has to be looked at"),
    },
)
APPEAL_CASE = CaseKind(
    code="enforcement.appeal",
    title=Text("異議の申出", "appeal"),
    states={state.value: text for state, text in APPEAL.states.items()},
    topics={"appeal": Text("異議の申出", "appeal")},
    attentions={
        "take": Text("別の担当者が必要", "another reviewer is needed"),
        "answered": Text("出品者が書き足した", "the seller has written"),
        "overdue": Text("見直しが遅れている", "the review is overdue"),
    },
)

declare(
    FINDING_CASE,
    APPEAL_CASE,
    acts={code: words.text for code, words in ACTS.items()},
    clocks={
        START_CLOCK: Text("予告した措置の開始", "an announced measure's beginning"),
        END_CLOCK: Text("措置の終わり・是正の期限", "the end of a measure, or the time for a correction"),
    },
    staffs=[
        deadline.code
        for deadline in (
            *(FINDING_MINOR, FINDING_SERIOUS, FINDING_GRAVE, APPROVAL, CURE_LOOK, PHOTO_LOOK, VIEW_LOOK),
            *(HIDING_LOOK, HIDING_DECISION),
            *(MEASURE_REVIEW, APPEAL_DECISION, POLICY_APPROVAL),
        )
    ],
    nobodys=(START_CLOCK, APPEAL_WINDOW.code, POLICY_NOTICE.code),
)


CLARIFICATION_ACTS = {
    "enforcement.clarify": Text("事実を尋ねた", "Somebody was asked what is so"),
    "enforcement.remind_clarification": Text(
        "返答の催促の時が来た", "It was time to remind whoever was asked"
    ),
    "enforcement.answer_clarification": Text("返答があった", "An answer came"),
    "enforcement.enter_answer": Text("届いた返答を書き入れた", "An answer that came otherwise was entered"),
    "enforcement.lapse_clarification": Text("期限までに返答がなかった", "No answer came in time"),
    "enforcement.withdraw_clarification": Text("事実確認を取りやめた", "The question was withdrawn"),
}
declare(acts=CLARIFICATION_ACTS)


def version_of(about: str) -> int:
    """Return which state of a matter stands: so many acts of this room made it."""
    return len(_acts(about))


def must_be_current(actor: Actor, about: str, version: int | None) -> None:
    """Let a form pass to which nothing was done since, of which its writer may know; None passes.

    A seller is not told of what staff do among themselves: it changes nothing of what was shown to it.
    """
    if version is None:
        return
    acts = _acts(about)
    since = acts[version:] if 0 <= version <= len(acts) else acts
    known = [(kind, at) for kind, at in since if actor.is_staff or ACTS[kind].shown]
    if known:
        kind, at = known[-1]
        raise ChangedMeanwhile(what=ACTS[kind].text, when=spoken(at))


def last_act(about: str) -> tuple[Text, Text] | None:
    """Return what was done to a matter last, and when, in words for staff."""
    acts = _acts(about)
    return (ACTS[acts[-1][0]].text, spoken(acts[-1][1])) if acts else None


def _acts(about: str) -> list[tuple[str, datetime]]:
    """Return what this room did to it, and when; that somebody took the case over is no change of the matter."""
    return [(kind, at) for kind, at in ledger.kinds_about(about) if kind in ACTS]
