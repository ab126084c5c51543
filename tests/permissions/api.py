"""The permission table of the API, written by hand."""

from __future__ import annotations

from datetime import datetime, timedelta

from mamori.grammar.actor import Role
from mamori.japan.calendar import JAPAN, bank_day_from
from tests.permissions.lines import BUYER, EVERYBODY, MACHINE, PARTIES, SELLERS, Line

OWNER = frozenset({Role.SELLER})
SOON = bank_day_from((datetime.now(JAPAN) + timedelta(days=7)).date())

TOLD_BY_ITSELF = {
    "sellers/<ref>/contacts": frozenset({"the seller's mail", "the seller's person"}),
    "buyers/<whole:ref>": frozenset({"the buyer's mail", "the buyer's phone"}),
}
"""What the marketplace reads back as it told it, with `market:read`."""

NOWHERE = r"/api/v1/^[\s\S]*$"
"""What lies nowhere in the API, by whichever method."""
API = (
    *(
        Line(
            f"{method} /api/v1/{path}",
            MACHINE,
            values={"ref": ref},
            scope=scope,
            shows=TOLD_BY_ITSELF.get(path, frozenset()) if method == "GET" else frozenset(),
        )
        for path, ref in (
            ("sellers/<ref>/verification", "S-1"),
            ("sellers/<ref>/contacts", "S-1"),
            ("sellers/<whole:ref>", "S-1"),
            ("buyers/<whole:ref>", "B-1"),
            ("listings/<whole:ref>", "L-1"),
            ("orders/<whole:ref>", "O-1"),
            ("reviews/<whole:ref>", "R-1"),
        )
        for method, scope in (("PUT", "market:write"), ("PATCH", "market:write"), ("GET", "market:read"))
    ),
    *(
        Line(
            f"{method} /api/v1/confirmation-screens/<whole:ref>", MACHINE, values={"ref": "O-1"}, scope=scope
        )
        for method, scope in (("PUT", "market:write"), ("GET", "market:read"))
    ),
    Line(
        "GET /api/v1/sellers/<seller>/clearance",
        OWNER | MACHINE,
        own=True,
        values={"seller": "S-1"},
        opens=True,
        scope="market:read",
    ),
    Line("PUT /api/v1/sellers/<seller>/display", MACHINE, values={"seller": "S-1"}, scope="market:write"),
    Line(
        "GET /api/v1/sellers/<seller>/display",
        MACHINE | PARTIES,
        values={"seller": "S-1"},
        opens=True,
        scope="market:read",
    ),
    Line(
        "GET /api/v1/order-displays/<whole:order>",
        MACHINE | PARTIES,
        own=True,
        values={"order": "O-1"},
        scope="market:read",
    ),
    Line("POST /api/v1/events", MACHINE, scope="market:write"),
    *(
        Line(f"GET /api/v1/{name}", MACHINE, opens=True, scope="market:read")
        for name in ("sellers", "buyers", "listings", "orders")
    ),
    Line("GET /api/v1/instructions", MACHINE, opens=True, scope="instructions:confirm"),
    Line(
        "GET /api/v1/instructions/<ref>",
        MACHINE,
        values={"ref": "ins_none"},
        scope="instructions:confirm",
    ),
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
        "POST /api/v1/threads/<thread>/centre-messages",
        PARTIES,
        own=True,
        body={"said": "x"},
        scope="contact:write",
    ),
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
    Line("POST /api/v1/threads/<thread>/return", BUYER, own=True, body={}, scope="contact:write"),
    Line(
        "POST /api/v1/threads/<thread>/end",
        BUYER,
        own=True,
        body={"how": "closed"},
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
        BUYER,
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
    Line("PATCH /api/v1/webhooks/<webhook>", MACHINE, values={"webhook": "whk_1"}, scope="webhooks:write"),
    Line(
        "POST /api/v1/webhooks/<webhook>/ping", MACHINE, values={"webhook": "whk_1"}, scope="webhooks:write"
    ),
    Line(
        "GET /api/v1/webhooks/<webhook>/deliveries",
        MACHINE,
        values={"webhook": "whk_1"},
        scope="webhooks:write",
    ),
    Line(
        "POST /api/v1/webhooks/<webhook>/deliveries/<message>/replay",
        MACHINE,
        values={"webhook": "whk_1", "message": "msg_" + "0" * 32},
        scope="webhooks:write",
    ),
    Line(
        "POST /api/v1/findings",
        MACHINE,
        body={"ref": "scan-1", "seller": "S-1", "breach": "counterfeit", "severity": "minor"},
        scope="findings:write",
    ),
    Line("GET /api/v1/findings/<finding>", MACHINE, values={"finding": "fnd_1"}, scope="findings:write"),
    Line("GET /api/v1/payouts", OWNER | MACHINE, opens=True, scope="payouts:read"),
    Line("GET /api/v1/threads", PARTIES | MACHINE, opens=True, scope="contact:read"),
    Line(
        "POST /api/v1/webhooks/<webhook>/secret", MACHINE, values={"webhook": "whk_1"}, scope="webhooks:write"
    ),
    Line("DELETE /api/v1/webhooks/<webhook>", MACHINE, values={"webhook": "whk_1"}, scope="webhooks:write"),
    Line(
        "POST /api/v1/confirmations/<whole:ref>",
        MACHINE,
        values={"ref": "ins_none"},
        scope="instructions:confirm",
    ),
    Line(
        "POST /api/v1/payouts/<ref>/authorize",
        MACHINE,
        values={"ref": "P-1"},
        body={"seller": "S-1", "amount": 10_000, "by_run": True},
        scope="payouts:write",
    ),
    Line(
        "GET /api/v1/payouts/<ref>",
        OWNER | MACHINE,
        own=True,
        values={"ref": "P-1"},
        opens=True,
        scope="payouts:read",
    ),
    Line(
        "POST /api/v1/payouts/<ref>/result",
        MACHINE,
        values={"ref": "P-1"},
        body={"paid": True},
        scope="payouts:write",
    ),
    Line(
        "PUT /api/v1/payees/<seller>/account",
        OWNER | MACHINE,
        own=True,
        values={"seller": "S-1"},
        body={"bank": "0001", "branch": "001", "number": "9182736", "holder": "スズキ イチロウ"},
        scope="payouts:write",
    ),
    Line(
        "GET /api/v1/payees/<seller>/account",
        OWNER | MACHINE,
        own=True,
        values={"seller": "S-1"},
        opens=True,
        scope="payouts:read",
    ),
    Line(
        "POST /api/v1/payees/<seller>/account/check",
        MACHINE,
        values={"seller": "S-1"},
        body={"agrees": False},
        scope="payouts:write",
    ),
    Line(
        "PUT /api/v1/payout-runs/<run>",
        MACHINE,
        values={"run": "R-1"},
        body={"pays_on": SOON.isoformat()},
        scope="payouts:write",
    ),
    Line("POST /api/v1/payout-runs/<run>/lines", MACHINE, values={"run": "R-1"}, scope="payouts:write"),
    Line("POST /api/v1/payout-runs/<run>/file", MACHINE, values={"run": "R-1"}, scope="payouts:write"),
    Line(
        "POST /api/v1/payout-runs/<run>/call-off",
        MACHINE,
        values={"run": "R-1"},
        body={"reason": "x"},
        scope="payouts:write",
    ),
    Line("GET /api/v1/payout-runs/<run>", MACHINE, values={"run": "R-1"}, opens=True, scope="payouts:read"),
    Line(
        "POST /api/v1/payout-returns",
        MACHINE,
        body={"table": "ref,outcome,reason\n"},
        scope="payouts:write",
    ),
    Line("/api/v1/openapi.json", EVERYBODY, opens=True),
    Line(NOWHERE, EVERYBODY),
)
