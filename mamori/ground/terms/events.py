"""What has happened to the operator's terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mamori.grammar.event import Event
from mamori.grammar.text import Text
from mamori.ground.terms.ids import ChangeId


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class TermsAnnounced(Event):
    """Two people have published new versions of clauses: every seller is to be told."""

    kind: ClassVar[str] = "terms.announced"
    text: ClassVar[Text] = Text("規約の変更が公表された", "a change of terms was published")

    change: ChangeId
    clauses: tuple[str, ...]
    binds_on: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class TellingGoesOn(Event):
    """So many sellers were told of a change that the others come in the next turn: those after this reference."""

    kind: ClassVar[str] = "terms.telling_goes_on"
    internal: ClassVar[bool] = True
    text: ClassVar[Text] = Text("規約の変更のお知らせが続く", "sellers go on being told of a change of terms")

    change: ChangeId
    after: str


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class SettingSet(Event):
    """The operator has chosen something: what was reckoned with another choice has to be reckoned anew."""

    kind: ClassVar[str] = "terms.setting_set"
    text: ClassVar[Text] = Text("運営者が設定を変えた", "the operator changed a setting")

    setting: str
