"""What this room does for those who buy, as everybody reads it."""

from __future__ import annotations

from mamori.grammar.outline import Outline
from mamori.grammar.text import Text
from mamori.law import shown

OUTLINES = (
    Outline(
        practice="P17",
        does=Text(
            "出品者の登録名を、どの方法でいつ本人と確かめたかを記録し、期限の切れたものや名前の変わったものは、確かめ直すまで確認済みとしません。",
            "For each seller it is kept by which method and when its registered name was verified. Once that has run out, or the "
            "name has changed, it does not count as verified until it was looked at again.",
        ),
        figures=(shown.IDENTITIES.code,),
        for_sellers=True,
    ),
    Outline(
        practice="P18",
        does=Text(
            "売上金の口座の名義が登録名と違うなど、登録と違うことに気づいたときは、一件ずつ担当者が事実を確かめ、出品者に正しい登録を求めます。",
            "Where something differs from what is registered, such as the name of the account for proceeds, somebody looks into "
            "it case by case and the seller has to put it right.",
        ),
        for_sellers=True,
    ),
)
