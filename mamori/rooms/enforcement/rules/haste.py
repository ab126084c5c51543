"""Why a change of policy may bind without waiting its notice out: the listed exceptions."""

from __future__ import annotations

from enum import StrEnum

from mamori.grammar.text import Text


class Haste(StrEnum):
    """A listed exception."""

    MILDER = "milder"
    LAW = "law"
    DANGER = "danger"


HASTE_TEXTS = {
    Haste.MILDER: Text("どの場合にも出品者に不利にならない変更", "in no case to a seller's disadvantage"),
    Haste.LAW: Text("法令の改正または行政の要請による変更", "asked for by a law or an authority"),
    Haste.DANGER: Text(
        "人の危険または詐欺を防ぐための緊急の変更", "urgent, against danger to people or fraud"
    ),
}
