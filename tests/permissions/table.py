"""The permission table, written by hand: who may enter where.  The declarations in the code must say the same."""

from __future__ import annotations

from dataclasses import dataclass, field

from mamori.grammar.hand import Role

EVERYBODY = frozenset(Role)
STAFF = frozenset({Role.AGENT, Role.LEAD, Role.COUNSEL})
HEADS = frozenset({Role.LEAD, Role.COUNSEL})
ACCOUNTS = STAFF | {Role.OFFICER, Role.HOLDER}
BUYER = frozenset({Role.BUYER})
READERS = frozenset({Role.BUYER, Role.HELPER})
SELLERS = frozenset({Role.SELLER, Role.DELEGATE})
MACHINE = frozenset({Role.MACHINE})
PARTIES = BUYER | SELLERS

CONTACT = frozenset({"the buyer's mail", "the buyer's phone"})
"""What the one address shows that staff ask for contact details, freshly proven and recorded."""

REGISTERED = frozenset({"the seller's person"})
"""What a business registers is shown to every buyer: before asking, when sent, beside the thread."""


SHOWN_NOTICE = frozenset({"the buyer's words"})
"""What staff read of a formal notice that a party has shown to the centre."""


@dataclass(frozen=True, slots=True)
class Line:
    """One address: who may enter, and whether only those whom the matter concerns.

    `values` fill the address's places where the world's own numbers do not; `opens` names the persona for whom a GET
    must open the page: whoever finds nothing there would prove nothing.  `step_up`: staff must have proven themselves
    just now.  `shows` names the secrets of the world that the page may show, `enrols` opens it to
    staff who still lack a factor, `owners` are the roles whom the matter concerns, `body` is what is sent, and `scope` is
    what the key of the software must carry.
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
    body: dict[str, str | bool] = field(default_factory=dict)
    scope: str = ""


HEALTH = (
    Line("/health/live", EVERYBODY, opens=True),
    Line("/health/ready", EVERYBODY),
    Line("/metrics", EVERYBODY),
)
API = (
    Line("PUT /api/v1/sellers/<whole:ref>", MACHINE, values={"ref": "S-1"}, scope="market:write"),
    Line("PUT /api/v1/buyers/<whole:ref>", MACHINE, values={"ref": "B-1"}, scope="market:write"),
    Line("PUT /api/v1/listings/<whole:ref>", MACHINE, values={"ref": "L-1"}, scope="market:write"),
    Line("PUT /api/v1/orders/<whole:ref>", MACHINE, values={"ref": "O-1"}, scope="market:write"),
    Line("PUT /api/v1/reviews/<whole:ref>", MACHINE, values={"ref": "R-1"}, scope="market:write"),
    Line("POST /api/v1/events", MACHINE, scope="market:write"),
    Line("POST /api/v1/threads", BUYER, scope="contact:write"),
    Line("GET /api/v1/threads/<thread>", PARTIES | MACHINE, own=True, opens=True, scope="contact:read"),
    Line(
        "POST /api/v1/threads/<thread>/messages",
        PARTIES,
        own=True,
        body={"sort": "message", "said": "拝見しました"},
        scope="contact:write",
    ),
    Line(
        "POST /api/v1/threads/<thread>/danger",
        BUYER,
        own=True,
        body={"said": "煙が出ました"},
        scope="contact:write",
    ),
    Line("POST /api/v1/threads/<thread>/mediation", BUYER, own=True, scope="contact:write"),
    Line("POST /api/v1/threads/<thread>/share", SELLERS, own=True, scope="contact:write"),
    Line(
        "POST /api/v1/threads/<thread>/reading",
        BUYER,
        own=True,
        body={"centre_may_read": True},
        scope="contact:write",
    ),
    Line(
        "POST /api/v1/threads/<thread>/remedy",
        BUYER,
        own=True,
        body={"wish": "refund"},
        scope="contact:write",
    ),
    Line(
        "POST /api/v1/threads/<thread>/proposals",
        PARTIES,
        own=True,
        body={"kind": "repair"},
        scope="contact:write",
    ),
    Line("POST /api/v1/proposals/<proposal>/accept", PARTIES, own=True, scope="contact:write"),
    Line("POST /api/v1/proposals/<proposal>/decline", PARTIES, own=True, scope="contact:write"),
    Line(
        "POST /api/v1/proposals/<proposal>/counter",
        PARTIES,
        own=True,
        body={"kind": "repair"},
        scope="contact:write",
    ),
    Line(
        "POST /api/v1/proposals/<proposal>/withdraw", PARTIES, own=True, owners=BUYER, scope="contact:write"
    ),
    Line(
        "POST /api/v1/proposals/<proposal>/correction",
        PARTIES,
        own=True,
        body={"said": "x"},
        scope="contact:write",
    ),
    Line(
        "POST /api/v1/formal-notices",
        BUYER,
        own=True,
        body={"notice": "return", "order": "O-1"},
        scope="contact:write",
    ),
    Line("GET /api/v1/formal-notices", PARTIES | MACHINE, opens=True, scope="contact:read"),
    Line(
        "GET /api/v1/formal-notices/<formal>", PARTIES | MACHINE, own=True, opens=True, scope="contact:read"
    ),
    Line(
        "POST /api/v1/formal-notices/<formal>/answer",
        SELLERS,
        own=True,
        body={"answer": "go_along"},
        scope="contact:write",
    ),
    Line("POST /api/v1/formal-notices/<formal>/settled", BUYER, own=True, scope="contact:write"),
    Line("POST /api/v1/formal-notices/<formal>/share", PARTIES, own=True, scope="contact:write"),
    Line("GET /api/v1/cases", PARTIES | MACHINE, opens=True, scope="cases:read"),
    Line(
        "GET /api/v1/receipts/<receipt>",
        PARTIES | MACHINE,
        own=True,
        owners=BUYER | MACHINE,
        opens=True,
        scope="receipts:read",
    ),
    Line("GET /api/v1/terms", SELLERS | MACHINE, opens=True, scope="terms:accept"),
    Line(
        "POST /api/v1/terms/<clause>/accept",
        frozenset({Role.SELLER}),
        values={"clause": "recovery"},
        body={"version": "1"},
        scope="terms:accept",
    ),
    Line("GET /api/v1/webhooks", MACHINE, opens=True, scope="webhooks:write"),
    Line("POST /api/v1/webhooks", MACHINE, scope="webhooks:write"),
    Line("POST /api/v1/webhooks/<webhook>/secret", MACHINE, values={"webhook": "1"}, scope="webhooks:write"),
    Line("DELETE /api/v1/webhooks/<webhook>", MACHINE, values={"webhook": "1"}, scope="webhooks:write"),
    Line(
        "POST /api/v1/confirmations/<whole:ref>",
        MACHINE,
        values={"ref": "ins_none"},
        scope="instructions:confirm",
    ),
    Line("/api/v1/openapi.json", EVERYBODY, opens=True),
    Line(r"/api/v1/^[\s\S]*$", EVERYBODY),
)
SIGNING_IN = (
    Line("/in/", EVERYBODY, opens=True),
    Line("/in/code/", EVERYBODY),
    Line("/in/<str:token>", EVERYBODY, values={"token": "forged"}),
    Line("/out/", EVERYBODY),
    Line("/account/login/", EVERYBODY),
    Line("/account/passkey/", EVERYBODY),
    Line("/account/code/", EVERYBODY),
    Line("/account/logout/", EVERYBODY),
    Line("/account/inactive/", EVERYBODY),
    Line("/account/invited/<str:token>/", EVERYBODY, values={"token": "forged"}),
    Line("/account/reauthenticate/", ACCOUNTS, enrols=True),
    Line("/account/reauthenticate/code/", ACCOUNTS, enrols=True),
    Line("/account/reauthenticate/passkey/", ACCOUNTS, enrols=True),
    Line("/account/factors/", ACCOUNTS, enrols=True, opens=True),
    Line("/account/factors/passkeys/", ACCOUNTS, enrols=True),
    Line("/account/factors/passkeys/add/", ACCOUNTS, enrols=True),
    Line("/account/factors/passkeys/<int:pk>/name/", ACCOUNTS, enrols=True, values={"pk": "1"}),
    Line("/account/factors/passkeys/<int:pk>/remove/", ACCOUNTS, enrols=True, values={"pk": "1"}),
    Line("/account/factors/app/add/", ACCOUNTS, enrols=True),
    Line("/account/factors/app/remove/", ACCOUNTS, enrols=True),
    Line("/account/factors/recovery/", ACCOUNTS, enrols=True),
    Line("/account/factors/recovery/new/", ACCOUNTS, enrols=True),
    Line("/account/password/set/", ACCOUNTS, enrols=True),
    Line("/account/password/change/", ACCOUNTS, enrols=True),
    Line("/account/sessions/", ACCOUNTS, enrols=True),
)
FURNITURE = (
    Line("/language/", EVERYBODY),
    Line("/theme/", EVERYBODY),
    Line("/problems/<str:code>", EVERYBODY, values={"code": "nothing-here"}, opens=True),
    Line("/inbox/", EVERYBODY),
    Line("/inbox/<str:name>/", EVERYBODY, values={"name": "none"}),
    Line("/inbox/<str:name>/html", EVERYBODY, values={"name": "none"}),
    Line("/demo/<str:word>/", EVERYBODY, values={"word": "none"}),
    Line("/demo/<str:word>/<str:role>/", EVERYBODY, values={"word": "none", "role": "agent"}),
    Line("/stop/<str:token>/", EVERYBODY, values={"token": "forged"}),
)
PUBLIC = (
    Line("/", EVERYBODY, opens=True),
    Line("/find/", EVERYBODY),
    Line("/policy/", EVERYBODY, opens=True),
    Line("/policy/<int:number>/", EVERYBODY, values={"number": "0"}, opens=True),
    Line("/policy.json", EVERYBODY, opens=True),
    Line("/receipts/", EVERYBODY, opens=True),
    Line("/receipts/<str:number>/", EVERYBODY, values={"number": "<receipt_address>"}, opens=True),
    Line(
        "/receipts/<str:number>/receipt.json",
        EVERYBODY,
        values={"number": "<receipt_address>"},
        opens=True,
    ),
    Line("/report/", BUYER),
    Line("/report/<slug:step>/", BUYER, values={"step": "topic"}, shows=REGISTERED),
    Line("/report/sent/<str:number>/", BUYER, own=True, shows=REGISTERED),
    Line("/ask/", BUYER),
    Line("/ask/<slug:step>/", BUYER, values={"step": "topic"}, shows=REGISTERED),
    Line("/ask/sent/<str:number>/", BUYER, own=True, shows=REGISTERED),
    Line("/scanning/", BUYER, opens=True),
    Line("/notices/", BUYER, opens=True),
    Line("/notices/new/", BUYER),
    Line("/notices/new/<slug:step>/", BUYER, values={"step": "kind"}),
    Line("/notices/<str:number>/", BUYER, own=True, opens=True),
    Line("/notices/<str:number>/files/<str:file>/original/", BUYER, own=True, values={"file": "1"}),
    Line(
        "/notices/<str:number>/files/<str:file>/<str:page>/",
        BUYER,
        own=True,
        values={"file": "1", "page": "1"},
    ),
    Line("/notices/<str:number>/<slug:slug>/", BUYER, own=True, values={"slug": "settled"}),
    Line("/threads/", BUYER, opens=True),
    Line("/threads/<str:number>/", READERS, own=True, opens=True, shows=REGISTERED),
    Line("/threads/<str:number>/files/<str:file>/original/", READERS, own=True, values={"file": "1"}),
    Line(
        "/threads/<str:number>/files/<str:file>/<str:page>/",
        READERS,
        own=True,
        values={"file": "1", "page": "1"},
    ),
    Line("/help/", EVERYBODY, opens=True),
    Line("/help/<str:code>/", EVERYBODY, values={"code": "forged"}, opens=True),
    Line("/threads/<str:number>/helpers/", BUYER, own=True, opens=True),
    Line("/threads/<str:number>/reach/", BUYER, own=True, shows=CONTACT),
    Line("/threads/<str:number>/remedy/", BUYER, own=True),
    Line(
        "/threads/<str:number>/<slug:slug>/",
        READERS,
        own=True,
        values={"slug": "write"},
        body={"said": "拝見しました"},
    ),
)
SELLER = (
    Line("/seller/", SELLERS, opens=True),
    Line("/seller/scanning/", SELLERS, opens=True),
    Line("/seller/threads/<str:number>/", SELLERS, own=True, opens=True),
    Line("/seller/threads/<str:number>/files/<str:file>/original/", SELLERS, own=True, values={"file": "1"}),
    Line(
        "/seller/threads/<str:number>/files/<str:file>/<str:page>/",
        SELLERS,
        own=True,
        values={"file": "1", "page": "1"},
    ),
    Line("/seller/closing/", SELLERS, opens=True),
    Line("/seller/delegates/", frozenset({Role.SELLER}), opens=True),
    Line(
        "/seller/threads/<str:number>/<slug:slug>/",
        SELLERS,
        own=True,
        values={"slug": "answer"},
        body={"said": "拝見しました"},
    ),
    Line("/seller/phrases/", SELLERS, opens=True),
    Line("/seller/cases.csv", SELLERS, opens=True),
    Line("/seller/health/", SELLERS, opens=True, shows=REGISTERED),
    Line("/seller/statement/", SELLERS, opens=True),
    Line("/seller/terms/", SELLERS, opens=True),
    Line("/seller/statement.csv", SELLERS, opens=True),
    Line("/seller/notices/", SELLERS, opens=True),
    Line("/seller/notices/<str:number>/", SELLERS, own=True, opens=True),
    Line("/seller/notices/<str:number>/files/<str:file>/original/", SELLERS, own=True, values={"file": "1"}),
    Line(
        "/seller/notices/<str:number>/files/<str:file>/<str:page>/",
        SELLERS,
        own=True,
        values={"file": "1", "page": "1"},
    ),
    Line(
        "/seller/notices/<str:number>/<slug:slug>/",
        SELLERS,
        own=True,
        values={"slug": "dispute"},
        body={"said": "特約を示していました"},
    ),
    Line("/seller/recoveries/<str:number>/", SELLERS, own=True, opens=True),
    Line("/seller/measures/", SELLERS, opens=True),
    Line("/seller/measures/<str:number>/", SELLERS, own=True, opens=True),
    Line("/seller/measures/<str:number>/appeal/<int:measure>/", SELLERS, own=True, opens=True),
    Line("/seller/appeals/<str:number>/", SELLERS, own=True, opens=True),
)
LEAD = frozenset({Role.LEAD})
DESK = (
    Line("/desk/components", STAFF, opens=True),
    Line("/desk/", STAFF, opens=True),
    Line("/desk/today/", HEADS, opens=True),
    Line("/desk/next/", STAFF),
    Line("/desk/orphans/", HEADS, opens=True),
    Line("/desk/search/", STAFF, opens=True),
    Line("/desk/search/words/", STAFF),
    Line("/desk/cases/<str:number>/", STAFF, opens=True),
    Line("/desk/cases/<str:number>/take/", STAFF),
    Line("/desk/cases/<str:number>/hand-over/", STAFF),
    Line("/desk/cases/<str:number>/note/", STAFF),
    Line("/desk/outbox/", LEAD, opens=True),
    Line("/desk/outbox/<str:ref>/", LEAD, values={"ref": "effect:1"}),
    Line("/desk/notices/", STAFF, opens=True),
    Line("/desk/settings/", HEADS, opens=True),
    Line("/desk/terms/", HEADS, opens=True),
    Line("/desk/terms/patterns/", HEADS, step_up=True, opens=True),
    Line("/desk/terms/changes/<int:number>/", STAFF, values={"number": "1"}),
    Line("/desk/terms/<slug:code>/", HEADS, step_up=True, values={"code": "recovery"}, opens=True),
    Line("/desk/settings/<str:code>/", HEADS, values={"code": "contact.remedy_days"}, opens=True),
    Line("/desk/holds/", HEADS, opens=True),
    Line("/desk/holds/<int:hold>/lift/", HEADS, values={"hold": "1"}),
    Line("/desk/erasing/", HEADS, opens=True, step_up=True),
    Line("/desk/people/", STAFF, opens=True),
    Line("/desk/people/add/", HEADS, step_up=True, opens=True),
    Line("/desk/people/<int:number>/", HEADS, step_up=True, values={"number": "1"}),
    Line("/desk/people/proposals/<int:number>/", STAFF, step_up=True, values={"number": "1"}),
    Line("/desk/callers/", frozenset({Role.AGENT, Role.LEAD}), opens=True),
    Line("/desk/callers/<str:check>/", frozenset({Role.AGENT, Role.LEAD}), values={"check": "none"}),
    Line(
        "/desk/callers/<str:check>/proposal/",
        frozenset({Role.AGENT, Role.LEAD}),
        values={"check": "none"},
    ),
    Line(
        "/desk/callers/<str:check>/helper/",
        frozenset({Role.AGENT, Role.LEAD}),
        values={"check": "none"},
    ),
    Line(
        "/desk/callers/<str:check>/notice/",
        frozenset({Role.AGENT, Role.LEAD}),
        values={"check": "none"},
    ),
    Line(
        "/desk/callers/<str:check>/settled/<str:number>/",
        frozenset({Role.AGENT, Role.LEAD}),
        values={"check": "none"},
    ),
    Line("/desk/callers/taken/<str:number>/", frozenset({Role.AGENT, Role.LEAD}), opens=True),
    Line("/desk/calls/", STAFF, opens=True),
    Line("/desk/recoveries/", STAFF, opens=True),
    Line("/desk/refunds/", STAFF, opens=True),
    Line("/desk/money/", HEADS, opens=True),
    Line("/desk/money.csv", HEADS, opens=True),
    Line("/desk/due/", STAFF, opens=True),
    Line("/desk/mediations/", STAFF, opens=True),
    Line("/desk/promises/", STAFF, opens=True),
    Line("/desk/agreements/", STAFF, opens=True),
    Line("/desk/figures/", HEADS, opens=True),
    Line("/desk/figures.csv", HEADS, opens=True),
    Line("/desk/looks/", STAFF, opens=True),
    Line("/desk/findings/new/", STAFF, opens=True),
    Line("/desk/held/", STAFF, opens=True),
    Line("/desk/measures/", STAFF, opens=True),
    Line("/desk/sellers/<str:ref>/", STAFF, values={"ref": "S-1"}, opens=True),
    Line("/desk/cases/<str:number>/appeal/<slug:slug>/", HEADS, values={"slug": "take"}, opens=True),
    Line("/desk/cases/<str:number>/enforcement/<slug:slug>/", STAFF, values={"slug": "cured"}, opens=True),
    Line(
        "/desk/cases/<str:number>/enforcement/<int:measure>/<slug:slug>/",
        STAFF,
        values={"slug": "lift"},
        opens=True,
    ),
    Line("/desk/policy/", HEADS, opens=True),
    Line("/desk/policy/<int:number>/", HEADS, values={"number": "0"}, opens=True),
    Line("/desk/policy/<int:number>/discard/", HEADS, values={"number": "1"}, opens=True),
    Line("/desk/policy/draft/", HEADS, opens=True),
    Line("/desk/policy/draft/affected/", HEADS, opens=True),
    Line("/desk/policy/draft/bands/", HEADS, opens=True),
    Line("/desk/policy/draft/file/", HEADS, opens=True),
    Line("/desk/policy/draft/rows/<slug:row>/", HEADS, values={"row": "1"}, opens=True),
    Line("/desk/policy/draft/rows/<slug:row>/do/", HEADS, values={"row": "1"}),
    Line("/desk/policy/draft/table.json", HEADS, opens=True),
    Line("/desk/policy/proposal/", HEADS),
    Line("/desk/policy/proposal/send-back/", HEADS),
    Line("/desk/suspensions/", HEADS, opens=True),
    Line("/desk/suspensions/<int:suspension>/lift/", HEADS, values={"suspension": "1"}),
    Line("/desk/cases/<str:number>/contact/words/", STAFF),
    Line("/desk/cases/<str:number>/contact/formal/", STAFF, shows=SHOWN_NOTICE),
    Line("/desk/cases/<str:number>/contact/warrant/", HEADS, step_up=True),
    Line("/desk/cases/<str:number>/contact/telling/<slug:look>/", HEADS, values={"look": "tell"}),
    Line("/desk/cases/<str:number>/contact/look/<slug:look>/", STAFF, values={"look": "confirm"}),
    Line(
        "/desk/cases/<str:number>/contact/details/<slug:whose>/",
        STAFF,
        values={"whose": "buyer"},
        step_up=True,
        shows=CONTACT,
    ),
    Line("/desk/cases/<str:number>/contact/reply/", frozenset({Role.AGENT, Role.LEAD})),
    Line("/desk/cases/<str:number>/contact/call/<int:call>/", STAFF, values={"call": "1"}),
    Line("/desk/cases/<str:number>/contact/files/<str:file>/original/", STAFF, values={"file": "1"}),
    Line(
        "/desk/cases/<str:number>/contact/files/<str:file>/<str:page>/",
        STAFF,
        values={"file": "1", "page": "1"},
    ),
    Line("/desk/cases/<str:number>/contact/<slug:slug>/", STAFF, values={"slug": "solve"}),
)

TABLE = (*HEALTH, *API, *SIGNING_IN, *FURNITURE, *PUBLIC, *SELLER, *DESK)
