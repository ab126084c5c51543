"""What the sample marketplace does when it is asked for something: as the guide for marketplaces says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mamori.ground.market.kinds import KINDS, Target

ASKED = "market.instruction_issued"
CALLED_BACK = "market.instruction_recalled"

type Switch = tuple[str, str, str]
"""A measure, what it concerns, and its detail."""


class Clerk:
    """Pays whatever it is asked to, sets and clears switches, and remembers what it answered."""

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.on: set[Switch] = set()
        self._numbers: dict[Switch, int] = {}

    def hear(self, hooks: Iterable[dict[str, Any]]) -> None:
        """Do what these webhooks ask, each once: what was called back or overtaken is refused."""
        for hook in hooks:
            ref = hook["data"].get("instruction")
            if hook["type"] in {ASKED, CALLED_BACK} and ref not in self.answers:
                is_done = hook["type"] == ASKED and self._do(hook["data"])
                self.answers[ref] = "confirmed" if is_done else "refused"

    def _do(self, said: dict[str, Any]) -> bool:
        if said["target"] == Target.ORDER:
            return True
        kind = KINDS[said["what"]]
        switch = (kind.undoes or kind.code, said["target_ref"], said["detail"])
        if said["number"] < self._numbers.get(switch, 0):
            return False
        self._numbers[switch] = said["number"]
        (self.on.discard if kind.undoes else self.on.add)(switch)
        return True
