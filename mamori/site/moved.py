"""Addresses that a mail, a notice, a letter, a document or a bookmark may name, and where they lead since their page went."""

from collections.abc import Mapping

from mamori.ground.web.moved import FormerAddresses

LISTS = ("agreements", "calls", "due", "looks", "mediations", "promises", "recoveries", "refunds")
MOVED: Mapping[str, str] = {
    **{f"desk/{one}/": f"/desk/lists/{one}/" for one in LISTS},
    "ask/sent/<str:number>/": "/report/sent/{number}/",
    "desk/calls/displays/<str:ref>/": "/desk/displays/{ref}/phone/call/",
    "desk/displays/orders/<path:order>/bundle.pdf": "/desk/displays/orders/{order}/?format=pdf",
    "desk/hidden/seen/": "/desk/hidden/?state=seen",
    "desk/identities/": "/desk/held/?show=identities",
    "desk/inquiries/table/": "/desk/reading/inquiry/",
    "desk/orphans/": "/desk/people/#left",
    "desk/policy/draft/": "/desk/policy/",
    "desk/policy/proposal/": "/desk/policy/",
    "displays/orders/<path:order>/bundle.pdf": "/displays/orders/{order}/?format=pdf",
    "guide/articles/<int:series>/<int:edition>/": "/guide/articles/{series}/?edition={edition}",
    "news/<int:series>/<int:edition>/": "/news/{series}/?edition={edition}",
    "seller/display/standing/answer/": "/seller/display/standing/",
    "seller/language/": "/seller/health/",
    "seller/payouts/accounts/<int:account>/stop/": "/seller/payouts/?stop={account}",
    "seller/payouts/accounts/<int:account>/test/": "/seller/payouts/?test={account}",
    "seller/payouts/object/<str:ref>/": "/seller/payouts/?object={ref}",
}

moved = FormerAddresses(MOVED)
