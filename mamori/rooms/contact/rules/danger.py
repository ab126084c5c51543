"""A danger: what the buyer is told and asked at once, and what was answered; plain values without a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from mamori.grammar.text import Text
from mamori.japan.folding import mentions
from mamori.law.dangerwords import DANGER_NOT_MEANT, DANGER_WORDS, DANGER_WORDS_EN


class Known(StrEnum):
    """What a buyer answered to a question that is asked in danger."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


KNOWN = {
    Known.YES: Text("はい", "yes"),
    Known.NO: Text("いいえ", "no"),
    Known.UNKNOWN: Text("分からない", "not known"),
}

ADVICE = (
    Text(
        "けがや火のおそれがあるときは、この電話を切って119番へ電話してください。",
        "If there is injury or fire, please hang up and call 119.",
    ),
    Text(
        "使うのをやめ、電源や火から離してください。商品は捨てず、そのまま取っておいてください。",
        "Please stop using it and keep it away from power and fire. Do not throw it away; keep it as it is.",
    ),
)
QUESTIONS = {
    "injured": Text("けがをした人はいますか", "Was anybody injured?"),
    "fire": Text("火や煙が出ましたか", "Was there fire or smoke?"),
    "kept": Text("商品は捨てずに取ってありますか", "Are the goods kept?"),
    "stopped": Text("使うのをやめましたか", "Has their use stopped?"),
}


def tells_danger(words: str) -> bool:
    """Say whether words let fear that somebody was hurt or it burnt: they only ever raise how grave it is."""
    return mentions(words, DANGER_WORDS, DANGER_WORDS_EN, DANGER_NOT_MEANT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the buyer answered: an injury, fire or smoke, goods kept, use stopped."""

    injured: Known
    fire: Known
    kept: Known
    stopped: Known

    @property
    def was_harm(self) -> bool:
        """Say whether somebody was hurt or something burnt, so that a lead has to hear of it."""
        return Known.YES in (self.injured, self.fire)

    def recorded(self) -> dict[str, str]:
        """Return the answers as the record keeps them."""
        return {field.name: getattr(self, field.name).value for field in fields(self)}


def said(payload: Mapping[str, Any]) -> tuple[tuple[Text, Text], ...]:
    """Return the questions and answers that a record holds, in words."""
    return tuple(
        (question, KNOWN[Known(payload[name])]) for name, question in QUESTIONS.items() if name in payload
    )
