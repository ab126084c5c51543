"""The operator's terms: read, and accepted by sellers."""

from __future__ import annotations

from mamori.doors.gateway import terms
from mamori.doors.gateway.operation import MACHINE, SELLER, Operation
from mamori.grammar.hand import SELLERS
from mamori.grammar.text import Text
from mamori.ground.people.facts import Scope
from mamori.ground.terms.actions import AcceptingNotYours, VersionNotOffered

TERMS = (
    Operation(
        method="GET",
        path="/terms",
        handler=terms.list_terms,
        text=Text("規約の条項と、及ぶ版を読む", "Read the clauses of the terms, and what binds"),
        scope=Scope.TERMS,
        roles=MACHINE | SELLERS,
        answers={200: terms.Terms},
    ),
    Operation(
        method="POST",
        path="/terms/{clause}/accept",
        handler=terms.accept_terms,
        text=Text("規約の条項の最新の版に同意する", "Accept the newest version of a clause"),
        scope=Scope.TERMS,
        roles=SELLER,
        answers={200: terms.TermsAccepted},
        refuses=(AcceptingNotYours, VersionNotOffered),
        once=True,
    ),
)
