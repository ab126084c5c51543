"""The pages on which staff say that a trouble is dangerous, what the buyer answered, that there is no danger, or less harm."""

from __future__ import annotations

from typing import Any

from mamori.grammar.hand import Hand
from mamori.grammar.text import Text
from mamori.rooms.contact import actions, staffforms
from mamori.rooms.contact.dangerforms import ReachedForm
from mamori.rooms.contact.queries.staff import StaffMatter
from mamori.rooms.contact.rules.danger import QUESTIONS, Answers
from mamori.rooms.contact.rules.duties import Duty
from mamori.rooms.contact.views.staff.dutypage import DutyPage, trouble_of


def _danger(hand: Hand, matter: StaffMatter, given: dict[str, Any]) -> None:
    actions.note_danger(hand, trouble=trouble_of(matter), reason=given["reason"])


def _lower(hand: Hand, matter: StaffMatter, given: dict[str, Any]) -> None:
    actions.lower_harm(
        hand,
        trouble=trouble_of(matter),
        harm=given["harm"],
        because=given["because"],
        reason=given["reason"],
    )


def _reach(hand: Hand, matter: StaffMatter, given: dict[str, Any]) -> None:
    answers = Answers(**{name: given[name] for name in QUESTIONS})
    actions.reach_buyer(hand, trouble=trouble_of(matter), answers=answers, note=given["note"])


def _rule_out(hand: Hand, matter: StaffMatter, given: dict[str, Any]) -> None:
    actions.rule_out_danger(
        hand,
        trouble=trouble_of(matter),
        harm=given["harm"],
        because=given["because"],
        reason=given["reason"],
    )


HARM_PAGES = (
    DutyPage(
        duty=Duty.REACH,
        title=Text("購入者に確かめたと記録する", "Record that the buyer was reached"),
        lead=Text(
            "電話・手紙・やり取りなど、どの方法でも、危険を知らせた購入者ご本人に確かめたときに。使うのをやめ、商品を捨てずに取って"
            "おくよう伝えてください。記録すると、危険の知らせは「確かめた」になります。",
            "For when you have asked the buyer who told of the danger, by telephone, letter or otherwise. Please tell them to "
            "stop using the goods and to keep them. Once it is recorded, the danger has been asked about.",
        ),
        button=Text("記録する", "Record it"),
        done=Text("購入者に確かめたと記録しました。", "It was recorded that the buyer was reached."),
        form=ReachedForm,
        do=_reach,
    ),
    DutyPage(
        duty=Duty.NO_DANGER,
        title=Text("危険はないと記録する", "Record that there is no danger"),
        lead=Text(
            "購入者に確かめるまでもなく、けがや火災の危険ではないと分かるときだけ。購入者と出品者に理由を知らせます。",
            "Only where it is plain, without asking the buyer, that there is no danger of injury or fire. Buyer and seller are "
            "told the reason.",
        ),
        button=Text("危険はないと記録する", "Record it"),
        done=Text("危険はないと記録し、双方に知らせました。", "It was recorded, and both sides were told."),
        form=staffforms.LowerForm,
        do=_rule_out,
    ),
    DutyPage(
        duty=Duty.DANGER,
        title=Text("危険だと記録する", "Record that it is dangerous"),
        lead=Text(
            "けが・やけど・煙・発火などのおそれを知ったときに。出品者・担当者・責任者・購入者にすぐ知らせ、催促と期限を早めます。"
            "購入者から電話で伺ったときは「電話を受ける」から、その言葉で書き取ってください。",
            "For when you learn of injury, burns, smoke or fire. The seller, agents, leads and the buyer are told at once, and "
            "urging and due moments follow. What a buyer says by telephone is taken down in their words under “Take a call”.",
        ),
        button=Text("危険だと記録する", "Record it"),
        done=Text(
            "危険のある件として記録し、知らせました。", "It was recorded as dangerous, and all were told."
        ),
        form=staffforms.ReasonForm,
        do=_danger,
    ),
    DutyPage(
        duty=Duty.LOWER,
        title=Text("困りごとの程度を下げる", "Find it less grave"),
        lead=Text(
            "購入者と出品者に、理由を添えて知らせます。催促は新しい程度に合わせます。",
            "Buyer and seller are told, with the reason. Urging follows the new harm.",
        ),
        button=Text("程度を下げる", "Lower it"),
        done=Text("程度を下げ、双方に知らせました。", "It was lowered, and both sides were told."),
        form=staffforms.LowerForm,
        do=_lower,
    ),
)
