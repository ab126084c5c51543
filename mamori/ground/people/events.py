"""What has happened to people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mamori.grammar.event import Event
from mamori.grammar.text import Text


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class CodeAsked(Event):
    """Somebody asked for a sign-in code; whether we know them is found out by whoever hears this."""

    kind: ClassVar[str] = "people.code_asked"
    internal: ClassVar[bool] = True
    text: ClassVar[Text] = Text("確認コードが求められた", "a sign-in code was asked for")

    number: int


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureAgreed(Event):
    """What must be agreed on before somebody is erased has been; whoever keeps them does it in the same transaction."""

    kind: ClassVar[str] = "people.erasure_agreed"
    internal: ClassVar[bool] = True
    text: ClassVar[Text] = Text("消去が承認された", "an erasure was agreed to")

    proposal: int


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class TermsAgreed(Event):
    """Another person has agreed to a change of the terms; whoever keeps them publishes it in the same transaction."""

    kind: ClassVar[str] = "people.terms_agreed"
    internal: ClassVar[bool] = True
    text: ClassVar[Text] = Text("規約の変更が承認された", "a change of the terms was agreed to")

    proposal: int


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseAgreed(Event):
    """Another person has agreed that money which waits is paid; whoever keeps it lets it go in the same transaction."""

    kind: ClassVar[str] = "people.release_agreed"
    internal: ClassVar[bool] = True
    text: ClassVar[Text] = Text(
        "待っている売上金の支払いが承認された", "the release of a payout was agreed to"
    )

    proposal: int
