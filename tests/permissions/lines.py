"""What a line of the permission table says, and the roles by which lines name who may enter."""

from __future__ import annotations

from dataclasses import dataclass, field

from mamori.grammar.actor import Role

EVERYBODY = frozenset(Role)
STAFF = frozenset({Role.AGENT, Role.LEAD, Role.COUNSEL})
HEADS = frozenset({Role.LEAD, Role.COUNSEL})
INSIDE = STAFF | {Role.READER}
ACCOUNTS = INSIDE | {Role.OFFICER, Role.HOLDER}
BUYER = frozenset({Role.BUYER})
READERS = frozenset({Role.BUYER, Role.HELPER})
SELLERS = frozenset({Role.SELLER, Role.DELEGATE})
OWNER = frozenset({Role.SELLER})
"""The seller itself, and no delegate."""
MACHINE = frozenset({Role.MACHINE})
PARTIES = BUYER | SELLERS

PICTURE = {"file": "1", "page": "1"}
"""A page of a file, as its address names it."""

CONTACT = frozenset({"the buyer's mail", "the buyer's phone"})
"""What the one address shows that staff ask for contact details, freshly proven and recorded."""

REGISTERED = frozenset({"the seller's person"})
"""What a business registers is shown to every buyer: before asking, when sent, beside the thread."""


SHOWN_NOTICE = frozenset({"the buyer's words"})
"""What staff read of a formal notice that a party has shown to the centre."""


WHOLE_NUMBER = frozenset({"the account number"})
"""What the one address shows that staff ask for a whole account number, freshly proven and recorded."""


@dataclass(frozen=True, slots=True)
class Line:
    """One address: who may enter, and whether only those whom the matter concerns.

    `values` fill the address's places where the world's own numbers do not; `opens` names the persona for whom a GET
    must open the page: whoever finds nothing there would prove nothing.  `step_up`: staff must have proven themselves
    just now.  `shows` names the secrets of the world that the page may show, `enrols` opens it to
    staff who still lack a factor, `owners` are the roles whom the matter concerns, `body` is what is sent, and `scope` is
    what the key of the software must carry.  A `is_part` is a decision, a section or a form of the paper at an address that has
    a line: by another word in it or by what is `asked` of it; its roles may be fewer, and the room refuses the others.
    """

    path: str
    roles: frozenset[Role]
    own: bool = False
    values: dict[str, str] = field(default_factory=dict)
    opens: bool = False
    step_up: bool = False
    shows: frozenset[str] = frozenset()
    enrols: bool = False
    owners: frozenset[Role] = EVERYBODY
    body: dict[str, str | bool | int] = field(default_factory=dict)
    scope: str = ""
    asked: str = ""
    is_part: bool = False
