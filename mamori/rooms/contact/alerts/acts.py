"""What is recorded of alerts, in words, and what their verbs ask of whoever does them."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.text import Text
from mamori.ground.matters.inputs import ChoiceInput, ReasonInput, WordsInput
from mamori.rooms.contact.alerts.lifecycle import AlertOutcome, CallOutcome

BY_STAFF = {
    "contact.alert_widen": Text("知らせる商品を加えた", "More listings were added to a warning"),
    "contact.alert_remind": Text("もう一度知らせることにした", "It was decided to tell buyers once more"),
    "contact.alert_end": Text("危険の知らせを終えることにした", "A warning was ended"),
    "contact.alert_clear": Text("危険はなかったとした", "It was found that there is no danger"),
}
"""What makes a form stale that staff opened before."""
CALLS = {
    "contact.alert_hear": Text("購入者に電話で伝えた", "A buyer was told by telephone"),
    "contact.alert_miss": Text("購入者に電話がつながらなかった", "A buyer was not reached by telephone"),
}
ALERT_ACTS = {
    **BY_STAFF,
    **CALLS,
    "contact.alert_open": Text("購入者への危険の知らせを始めた", "A warning to buyers was begun"),
    "contact.alert_look": Text("その後の注文を調べ始めた", "Later orders began to be looked through"),
    "contact.alert_go_on": Text("次の購入者に知らせた", "The next buyers were told"),
    "contact.alert_tell": Text("購入者に危険を知らせた", "A buyer was warned"),
    "contact.alert_tell_more": Text("購入者にほかの商品も知らせた", "A buyer was warned of other goods"),
    "contact.alert_call_to_mind": Text("答えのない購入者に、もう一度知らせた", "Buyers were told once more"),
    "contact.alert_again": Text("購入者にもう一度知らせた", "A buyer was told once more"),
    "contact.alert_cleared": Text(
        "購入者に危険がなかったと知らせた", "A buyer was told that there is no danger"
    ),
    "contact.alert_see": Text("購入者の電話番号を見た", "A buyer's telephone number was looked up"),
    "contact.alert_read": Text("購入者が読んだ", "A buyer has read the warning"),
    "contact.alert_stopped": Text("購入者が使うのをやめた", "A buyer has stopped using it"),
    "contact.alert_hurt": Text("購入者がけがや発火を知らせた", "A buyer was hurt, or it burnt"),
    "contact.alert_gone": Text("購入者の手元にもうない", "A buyer has it no more"),
    "contact.alert_trouble": Text("購入者が困りごとを知らせた", "A buyer reported a trouble with it"),
}

WhatCame = Annotated[CallOutcome, ChoiceInput(label=Text("電話はどうでしたか", "What came of the call?"))]
Heard = Annotated[
    str,
    WordsInput(label=Text("聞いたこと・次にすること", "What was heard, and what is next"), most=500, rows=4),
]
HowEnds = Annotated[AlertOutcome, ChoiceInput(label=Text("どう終えますか", "How does it end?"))]
WhyEnds = Annotated[str, ReasonInput()]
WhyAgain = Annotated[str, ReasonInput()]
