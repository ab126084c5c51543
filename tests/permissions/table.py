"""The permission table, written by hand: who may enter where.  The declarations in the code must say the same."""

from __future__ import annotations

from dataclasses import replace

from mamori.grammar.actor import Role
from tests.permissions.api import API
from tests.permissions.campaigns import CAMPAIGNS
from tests.permissions.company import COMPANY, READING
from tests.permissions.disclosure import DISCLOSURE
from tests.permissions.lines import (
    ACCOUNTS,
    BUYER,
    CONTACT,
    EVERYBODY,
    HEADS,
    OWNER,
    PARTIES,
    PICTURE,
    REGISTERED,
    SELLERS,
    SHOWN_NOTICE,
    STAFF,
    WHOLE_NUMBER,
    Line,
)
from tests.permissions.threads import THREADS

LOOK = {"look": "a1", "slug": "confirm-look"}
HEALTH = (
    Line("/health/live", EVERYBODY, opens=True),
    Line("/health/ready", EVERYBODY),
    Line("/metrics", EVERYBODY),
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
    *COMPANY,
    *(Line(f"/account/reauthenticate/{way}", ACCOUNTS, enrols=True) for way in ("", "code/", "passkey/")),
    Line("/account/factors/", ACCOUNTS, enrols=True, opens=True),
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
    Line("/operator.css", EVERYBODY, opens=True),
    Line("/operator.jpg", EVERYBODY),
    Line("/problems/<str:code>", EVERYBODY, values={"code": "nothing-here"}, opens=True),
    Line("/inbox/", EVERYBODY),
    Line("/inbox/<str:name>/", EVERYBODY, values={"name": "none"}),
    Line("/inbox/<str:name>/html", EVERYBODY, values={"name": "none"}),
    Line("/demo/<str:word>/", EVERYBODY, values={"word": "none"}),
    Line("/demo/<str:word>/<str:role>/", EVERYBODY, values={"word": "none", "role": "agent"}),
    Line("/sandbox/<str:word>/", EVERYBODY, values={"word": "none"}),
    Line("/sandbox/<str:word>/inbox/", EVERYBODY, values={"word": "none"}),
    Line("/sandbox/<str:word>/inbox/<str:name>/", EVERYBODY, values={"word": "none", "name": "none"}),
    Line("/sandbox/<str:word>/inbox/<str:name>/html", EVERYBODY, values={"word": "none", "name": "none"}),
    Line("/api/sandbox/clock", EVERYBODY),
    Line("/api/sandbox/openapi.json", EVERYBODY),
    Line("/api/sandbox/decisions/<path:where>", EVERYBODY, values={"where": "cases/1/contact/grant"}),
    Line("/stop/<str:token>/", EVERYBODY, values={"token": "forged"}),
)
PUBLIC = (
    Line("/", EVERYBODY, opens=True),
    Line("/find/", EVERYBODY),
    Line("/policy/", EVERYBODY, opens=True),
    Line("/policy/<int:number>/", EVERYBODY, values={"number": "0"}, opens=True),
    Line("/policy.json", EVERYBODY, opens=True),
    Line("/displays/requests/", BUYER, opens=True),
    Line("/sellers/<str:ref>/display/ask/", BUYER, values={"ref": "S-1"}, opens=True),
    Line("/displays/orders/<path:order>/", PARTIES, own=True, values={"order": "O-1"}, opens=True),
    Line("/sellers/<str:ref>/display/", EVERYBODY, values={"ref": "S-1"}, opens=True),
    Line(
        "/sellers/<str:ref>/display/<str:name>",
        EVERYBODY,
        values={"ref": "S-1", "name": "display.json"},
        opens=True,
    ),
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
    Line("/ask/", EVERYBODY, opens=True),
    Line("/ask/code/<str:ticket>/", EVERYBODY, values={"ticket": "forged"}),
    Line("/ask/mine/<str:secret>/", EVERYBODY, values={"secret": "forged"}),
    Line("/ask/<slug:step>/", BUYER, values={"step": "topic"}, shows=REGISTERED),
    Line("/scanning/", BUYER, opens=True),
    Line("/notices/", BUYER, opens=True),
    Line("/notices/new/", BUYER),
    Line("/notices/new/<slug:step>/", BUYER, values={"step": "kind"}),
    Line("/notices/<str:number>/", BUYER, own=True, opens=True),
    Line(
        "/notices/<str:number>/files/<str:file>/<str:page>/",
        BUYER,
        own=True,
        values=PICTURE,
    ),
    Line("/notices/<str:number>/<slug:slug>/", BUYER, own=True, values={"slug": "settled"}),
    *THREADS,
)
SELLER = (
    Line("/seller/", SELLERS, opens=True),
    Line("/seller/scanning/", SELLERS, opens=True),
    Line("/seller/threads/<str:number>/", SELLERS, own=True, opens=True),
    Line(
        "/seller/threads/<str:number>/files/<str:file>/<str:page>/",
        SELLERS,
        own=True,
        values=PICTURE,
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
    Line("/seller/health/", SELLERS, opens=True, shows=REGISTERED),
    Line("/seller/objections/", SELLERS, opens=True),
    Line("/seller/statement/", SELLERS, opens=True),
    Line("/seller/terms/", SELLERS, opens=True),
    Line("/seller/display/", SELLERS, opens=True),
    Line("/seller/display/contacts/", SELLERS, opens=True),
    Line(
        "/seller/display/contacts/<slug:channel>/<slug:slug>/",
        SELLERS,
        values={"channel": "phone", "slug": "take-back"},
    ),
    Line("/seller/display/requests/", SELLERS, opens=True),
    Line(
        "/seller/display/requests/<int:number>/<slug:slug>/",
        SELLERS,
        own=True,
        values={"number": "<request>", "slug": "answer"},
        opens=True,
    ),
    Line("/seller/display/standing/", SELLERS, opens=True),
    Line("/seller/display/write/", SELLERS),
    Line(
        "/seller/display/write/<slug:step>/", SELLERS, values={"step": "traits"}, opens=True, shows=REGISTERED
    ),
    Line("/seller/payouts/", SELLERS, opens=True),
    Line("/seller/payouts/account/", OWNER),
    Line("/seller/payouts/account/<slug:step>/", OWNER, values={"step": "where"}, opens=True),
    Line("/seller/notices/", SELLERS, opens=True),
    Line("/seller/notices/<str:number>/", SELLERS, own=True, opens=True),
    Line(
        "/seller/notices/<str:number>/files/<str:file>/<str:page>/",
        SELLERS,
        own=True,
        values=PICTURE,
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
    Line("/seller/measures/<str:number>/files/<int:file>/original/", SELLERS, own=True, values={"file": "1"}),
    Line(
        "/seller/measures/<str:number>/files/<int:file>/<int:page>/",
        SELLERS,
        own=True,
        values=PICTURE,
    ),
    Line("/seller/appeals/<str:number>/", SELLERS, own=True, opens=True),
    Line("/seller/appeals/<str:number>/files/<int:file>/original/", SELLERS, own=True, values={"file": "1"}),
    Line(
        "/seller/appeals/<str:number>/files/<int:file>/<int:page>/",
        SELLERS,
        own=True,
        values=PICTURE,
    ),
    Line("/seller/appeals/against/<str:number>/", SELLERS, own=True, body={"said": "違います"}),
)
LEAD = frozenset({Role.LEAD})
DESK = (
    Line("/desk/components", STAFF, opens=True),
    Line("/desk/", STAFF, opens=True),
    Line("/desk/today/", HEADS, opens=True),
    Line("/desk/first/", HEADS, opens=True),
    Line("/desk/first/kit/<str:name>", HEADS, values={"name": "clauses.md"}, opens=True),
    Line("/desk/first/<slug:code>/", LEAD, values={"code": "none"}),
    Line("/desk/settings/logo/", LEAD, opens=True),
    Line("/desk/import/", LEAD, opens=True, step_up=True),
    Line("/desk/next/", STAFF),
    Line("/desk/places/", STAFF, opens=True),
    Line("/desk/search/", STAFF, opens=True),
    Line("/desk/news/", STAFF),
    Line("/desk/cases/<str:number>/", STAFF, opens=True),
    Line("/desk/cases/<str:number>/<slug:slug>/", STAFF, values={"slug": "take"}),
    Line("/desk/outbox/", LEAD, opens=True),
    Line("/desk/notices/", STAFF, opens=True),
    Line("/desk/settings/", HEADS, opens=True),
    Line("/desk/terms/", HEADS, opens=True),
    Line("/desk/terms/patterns/", HEADS, step_up=True, opens=True),
    Line("/desk/terms/changes/<int:number>/", STAFF, values={"number": "1"}),
    Line("/desk/terms/<slug:code>/", HEADS, step_up=True, values={"code": "recovery"}, opens=True),
    Line("/desk/settings/<str:code>/", HEADS, values={"code": "contact.remedy_days"}, opens=True),
    Line("/desk/holds/", HEADS, opens=True),
    Line("/desk/erasing/", HEADS, opens=True, step_up=True),
    Line("/desk/people/", STAFF, opens=True),
    Line("/desk/people/add/", HEADS, step_up=True, opens=True),
    Line("/desk/people/<int:number>/", HEADS, step_up=True, values={"number": "1"}),
    Line("/desk/people/proposals/<int:number>/", STAFF, step_up=True, values={"number": "1"}),
    Line("/desk/callers/", frozenset({Role.AGENT, Role.LEAD}), opens=True),
    Line("/desk/callers/<str:check>/", frozenset({Role.AGENT, Role.LEAD}), values={"check": "none"}),
    Line(
        "/desk/callers/<str:check>/<slug:slug>/",
        frozenset({Role.AGENT, Role.LEAD}),
        values={"check": "none", "slug": "notice"},
    ),
    Line("/desk/lists/<slug:which>/", STAFF, values={"which": "calls"}, opens=True),
    Line("/desk/money/", HEADS, opens=True),
    Line("/desk/figures/", HEADS, opens=True),
    Line("/desk/findings/new/", STAFF),
    Line("/desk/findings/new/<slug:step>/", STAFF, values={"step": "seller"}, opens=True),
    Line("/desk/appeals/", STAFF, opens=True),
    Line("/desk/displays/", STAFF, opens=True),
    Line("/desk/displays/<str:ref>/", STAFF, values={"ref": "S-1"}, opens=True),
    Line(
        "/desk/displays/<str:ref>/<slug:channel>/<slug:slug>/",
        STAFF,
        values={"ref": "S-1", "channel": "phone", "slug": "ask"},
        opens=True,
    ),
    Line("/desk/displays/requests/", STAFF, opens=True),
    Line("/desk/displays/requests/<int:number>/", STAFF, values={"number": "<request>"}, opens=True),
    Line(
        "/desk/displays/requests/<int:number>/<slug:slug>/",
        STAFF,
        values={"number": "<request>", "slug": "insist"},
    ),
    Line("/desk/hidden/", STAFF, opens=True),
    Line("/desk/hidden/accounts/<str:number>/", STAFF, values={"number": "S-1"}, opens=True),
    Line(
        "/desk/hidden/accounts/<str:number>/<slug:slug>/",
        STAFF,
        values={"number": "S-1", "slug": "let-be"},
    ),
    Line("/desk/calls/displays/", STAFF, opens=True),
    Line("/desk/displays/orders/<path:order>/", STAFF, values={"order": "O-1"}, opens=True),
    Line("/desk/held/", STAFF, opens=True),
    Line("/desk/measures/", STAFF, opens=True),
    Line("/desk/measures/hidden/", STAFF, opens=True),
    Line("/desk/measures/promptness/", HEADS, opens=True),
    Line("/desk/sellers/<str:ref>/", STAFF, values={"ref": "S-1"}, opens=True),
    Line("/desk/cases/<str:number>/appeal/<slug:slug>/", HEADS, values={"slug": "take"}, opens=True),
    Line("/desk/cases/<str:number>/enforcement/<int:measure>/statement.json", STAFF, opens=True),
    Line("/desk/cases/<str:number>/enforcement/files/<int:file>/original/", STAFF, values={"file": "1"}),
    Line("/desk/cases/<str:number>/enforcement/files/<int:file>/<int:page>/", STAFF, values=PICTURE),
    Line("/desk/cases/<str:number>/enforcement/decide/", STAFF),
    Line("/desk/cases/<str:number>/enforcement/decide/<slug:step>/", STAFF, values={"step": "measure"}),
    Line("/desk/cases/<str:number>/enforcement/<slug:slug>/", STAFF, values={"slug": "cured"}, opens=True),
    Line(
        "/desk/cases/<str:number>/enforcement/<int:measure>/<slug:slug>/",
        STAFF,
        values={"slug": "lift"},
        opens=True,
    ),
    Line("/desk/payouts/names/", STAFF, opens=True),
    Line("/desk/payouts/names/<int:account>/", STAFF, opens=True),
    Line("/desk/payouts/accounts/<int:account>/number/", STAFF, step_up=True, opens=True, shows=WHOLE_NUMBER),
    Line("/desk/payouts/sellers/<str:ref>/", STAFF, values={"ref": "S-1"}, opens=True),
    Line("/desk/payouts/runs/", HEADS, opens=True),
    Line("/desk/payouts/runs/<int:run>/", HEADS, opens=True),
    Line("/desk/cases/<str:number>/payouts/<slug:slug>/", HEADS, values={"slug": "review"}),
    Line("/desk/cases/<str:number>/payouts/release/", HEADS, step_up=True),
    Line("/desk/cases/<str:number>/payouts/settle/", frozenset({Role.COUNSEL}), step_up=True),
    Line("/desk/policy/", HEADS, opens=True),
    Line("/desk/policy/<int:number>/", HEADS, values={"number": "0"}, opens=True),
    Line(
        "/desk/policy/<int:number>/<slug:slug>/", HEADS, values={"number": "1", "slug": "bands"}, opens=True
    ),
    Line("/desk/suspensions/", HEADS, opens=True),
    Line("/desk/cases/<str:number>/contact/words/", STAFF),
    Line("/desk/cases/<str:number>/contact/write/", STAFF),
    Line("/desk/cases/<str:number>/contact/formal/", STAFF, shows=SHOWN_NOTICE),
    Line("/desk/cases/<str:number>/contact/warrant/", HEADS, step_up=True),
    Line("/desk/cases/<str:number>/contact/look/<slug:look>/<slug:slug>/", STAFF, values=LOOK),
    Line(
        "/desk/cases/<str:number>/contact/details/<slug:whose>/",
        STAFF,
        values={"whose": "buyer"},
        step_up=True,
        shows=CONTACT,
    ),
    Line("/desk/cases/<str:number>/contact/call/<int:call>/", STAFF, values={"call": "1"}),
    Line(
        "/desk/cases/<str:number>/contact/files/<str:file>/<str:page>/",
        STAFF,
        values=PICTURE,
    ),
    Line("/desk/cases/<str:number>/contact/<slug:slug>/", STAFF, values={"slug": "solve"}),
)
TABLE = (*HEALTH, *API, *SIGNING_IN, *FURNITURE, *PUBLIC, *SELLER, *DESK, *DISCLOSURE, *CAMPAIGNS, *READING)


def _part(path: str, asked: str = "", roles: frozenset[Role] | None = None, **words: str) -> Line:
    """Return a line for what stands at an address beside what its own line names."""
    of = next(line for line in TABLE if line.path == path)
    values = of.values | words
    return replace(of, values=values, asked=asked, roles=roles or of.roles, is_part=True, opens=False)


PARTS = (
    *(
        _part("/desk/lists/<slug:which>/", which=which)
        for which in ("refunds", "recoveries", "due", "mediations", "promises", "agreements", "looks")
    ),
    *(
        _part("/desk/cases/<str:number>/<slug:slug>/", slug=slug)
        for slug in ("give-back", "hand-over", "note")
    ),
    *(
        _part("/desk/callers/<str:check>/<slug:slug>/", slug=slug)
        for slug in ("proposal", "helper", "settled")
    ),
    _part("/desk/cases/<str:number>/payouts/<slug:slug>/", slug="answer"),
    _part("/desk/reading/<slug:code>/<slug:slug>/", slug="words", roles=HEADS),
    _part("/desk/reading/", "format=pdf"),
    _part("/seller/disclosure/<int:number>/<slug:slug>/", slug="confirm"),
    *(_part("/desk/editions/<slug:slug>/", slug=slug) for slug in ("draft", "jomc")),
    _part("/desk/editions/<int:number>/", "format=jsonl"),
    *(
        _part("/measures/<str:name>", name=name)
        for name in ("figures.csv", "editions.atom", "edition.schema.json")
    ),
    *(
        _part("/desk/policy/<int:number>/<slug:slug>/", slug=slug)
        for slug in ("row", "drop", "file", "discard", "send-back", "approve", "propose")
    ),
    _part("/desk/policy/<int:number>/", "format=json"),
    *(
        _part(path, "format=csv")
        for path in ("/desk/money/", "/desk/figures/", "/desk/kpi/", "/desk/insight/")
    ),
    *(_part(path, "format=csv") for path in ("/seller/", "/seller/statement/")),
    *(
        _part(path, "format=pdf")
        for path in ("/displays/orders/<path:order>/", "/desk/displays/orders/<path:order>/")
    ),
    *(
        _part("/sellers/<str:ref>/display/<str:name>", name=name)
        for name in ("display.jsonld", "fragment.html")
    ),
    *(
        _part("/desk/displays/<str:ref>/<slug:channel>/<slug:slug>/", channel=channel, slug=slug)
        for channel, slug in (("phone", "call"), ("form", "try-form"))
    ),
    _part("/desk/hidden/", "state=seen"),
    _part("/desk/held/", "show=identities"),
    _part("/desk/outbox/", "ref=effect:1"),
    _part("/desk/holds/", "lift=1"),
    _part("/desk/search/", "quick"),
    _part("/desk/complaints/care/", "about=complaints.complaint:1"),
    _part("/seller/payouts/", "object=P-1"),
    *(_part("/seller/payouts/", asked, roles=OWNER) for asked in ("stop=1", "test=1")),
)
"""What stands at one address with others, each knocked at by GET and POST."""
