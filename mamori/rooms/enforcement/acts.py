"""The acts of this room in words, and which of them the seller is shown in its list of records."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.text import Text


@dataclass(frozen=True, slots=True)
class ActWords:
    """An act in words; `shown` = the seller sees in its list that it happened."""

    text: Text
    shown: bool


ACTS: dict[str, ActWords] = {
    "enforcement.draft_policy": ActWords(Text("基準の改定案を作った", "a change of policy was begun"), False),
    "enforcement.put_row": ActWords(Text("基準の行を書いた", "a row of the policy was written"), False),
    "enforcement.drop_row": ActWords(Text("基準の行を消した", "a row of the policy was deleted"), False),
    "enforcement.move_row": ActWords(Text("基準の行を動かした", "a row of the policy was moved"), False),
    "enforcement.set_bands": ActWords(
        Text("基準の点数の区切りを変えた", "edges or expiry of points were changed"), False
    ),
    "enforcement.replace_table": ActWords(
        Text("基準の表を差し替えた", "the table of the policy was replaced"), False
    ),
    "enforcement.propose_policy": ActWords(
        Text("基準の改定に承認を求めた", "a change of policy was proposed"), False
    ),
    "enforcement.send_back_policy": ActWords(
        Text("基準の改定案を下書きに戻した", "a change of policy was sent back"), False
    ),
    "enforcement.publish_policy": ActWords(
        Text("基準の改定を承認し公表した", "a change of policy was approved and published"), False
    ),
    "enforcement.begin_policy": ActWords(
        Text("基準の新しい版が始まった", "a version of the policy came into force"), False
    ),
    "enforcement.replace_policy": ActWords(
        Text("基準の版が新しい版に替わった", "a version of the policy was replaced"), False
    ),
    "enforcement.discard_policy": ActWords(
        Text("基準の改定を取りやめた", "a change of policy was discarded"), False
    ),
}
