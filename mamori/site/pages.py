"""On which page somebody reads and answers about a matter: the one place that knows every door."""

from __future__ import annotations

from collections.abc import Mapping

from mamori.grammar.actor import INSIDE, Role
from mamori.ground.cases import facts as cases

BUYER = "/threads/{number}/"
SELLER = "/seller/threads/{number}/"
RECOVERY = "/seller/recoveries/{number}/"
FORMAL = "/notices/{number}/"
SELLER_FORMAL = "/seller/notices/{number}/"
MEASURES = "/seller/measures/{number}/"
APPEALS = "/seller/appeals/{number}/"
STAFF = "/desk/cases/{number}/"
TERMS = "/seller/terms/"
HEALTH = "/seller/health/"
PAYOUTS = "/seller/payouts/"
DISPLAY = "/seller/display/"
PROOFS = "/seller/display/contacts/"
REQUESTS = "/seller/display/requests/"
ASKED = "/displays/requests/"
STANDING = "/seller/display/standing/"
DISCLOSURE = "/seller/disclosure/"
DISCLOSURES = "/disclosure/requests/"
CAMPAIGNS = "/seller/campaigns/"
CONSENTS = "/consents/"
WARNINGS = "/warnings/"
SAFE_USE = "/safe-use/mine/"
CLARIFICATIONS = "/seller/clarifications/"
SELLERS_OWN = {
    "display.proof:": PROOFS,
    "display.doubt:": STANDING,
    "display.request:": REQUESTS,
    "display.": DISPLAY,
    "enforcement.clarification:": CLARIFICATIONS,
    "identity.seller:": HEALTH,
    "outreach.": CAMPAIGNS,
    "payouts.": PAYOUTS,
    "terms.change:": TERMS,
    "disclosure.": DISCLOSURE,
}
OWN: Mapping[str, Mapping[str, str]] = {
    "seller": SELLERS_OWN,
    "buyer": {
        "contact.alert:": WARNINGS,
        "safety.guidance:": SAFE_USE,
        "display.request:": ASKED,
        "disclosure.": DISCLOSURES,
        "complaints.consultation:": CONSENTS,
    },
    Role.READER.value: {"disclosure.edition:": "/measures/"},
}
"""What is no case, by who reads it and how its name begins."""
STAFFS_OWN = {
    "disclosure.jomc:": "/desk/editions/jomc/",
    "disclosure.edition:": "/desk/editions/",
    "enforcement.clarification:": "/desk/clarifications/{ref}/",
    "complaints.callback:": "/desk/complaints/backs/",
    "complaints.care:": "/desk/complaints/care/",
    "insight.improvement:": "/desk/insight/improvements/",
}
"""What staff read and is no case, by how its name begins."""
SELLERS = {
    "contact.recovery": RECOVERY,
    "contact.formal": SELLER_FORMAL,
    "enforcement.finding": MEASURES,
    "enforcement.appeal": APPEALS,
}


def page_of(to: str, about: str) -> str:
    """Return the path of the page on which `to` reads about the matter, empty where there is none.

    Whoever has no account (who reported, a counsellor, who reads at an address that was replaced) is led in by nothing here.
    """
    reader = to.partition(":")[0]
    if page := next((page for start, page in OWN.get(reader, {}).items() if about.startswith(start)), ""):
        return page
    if reader not in {"buyer", "seller", *INSIDE}:
        return ""
    try:
        case = cases.case_of(about)
    except LookupError:
        found = next((page for start, page in STAFFS_OWN.items() if about.startswith(start)), "")
        return found.format(ref=about.rpartition(":")[2]) if reader in INSIDE else ""
    if reader == "buyer":
        path = FORMAL if case.kind == "contact.formal" else BUYER
    elif reader == "seller":
        path = SELLERS.get(case.kind, SELLER)
    else:
        path = STAFF
    return path.format(number=case.number)
