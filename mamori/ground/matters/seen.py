"""A form says which state of a matter its writer saw: it is refused when somebody acted since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.japan.calendar import spoken


class ChangedMeanwhile(Refusal, code="changed-meanwhile", status=409):
    """Given when a form was opened before somebody else acted."""

    text = Text(
        "この画面を開いたあとに変わりました：{what}（{when}）。何も記録していません。今の内容をお確かめください。",
        "This has changed since the form was opened: {what} ({when}). Nothing was recorded; please look at how it stands now.",
    )


class DangerMeanwhile(ChangedMeanwhile, code="danger-meanwhile", status=409):
    """Given when word of a danger came after the form was opened by which the danger, or its matter, would end."""

    text = Text(
        "この画面を開いたあとに、けが・火など危険の知らせが届きました（{when}）。何も記録していません。お読みのうえ、もう一度お決めください。",
        "Word of a danger came since the form was opened ({when}). Nothing was recorded; please read it and decide again.",
    )


def after_all(at: datetime, last: datetime | None) -> datetime:
    """Return `at`, or just after the `last` moment of what is there already: who began first may come to the lock last."""
    return at if last is None else max(at, last + timedelta.resolution)


def changed(about: str, acts: Mapping[str, Text]) -> ChangedMeanwhile:
    """Return the refusal that says which of these acts was done to a thing last, and when."""
    kind, at = [one for one in ledger.kinds_about(about) if one[0] in acts][-1]
    return ChangedMeanwhile(what=acts[kind], when=spoken(at))
