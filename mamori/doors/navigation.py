"""What each door shows of itself on every page: its name, its places, the way out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mamori.grammar.hand import Role
from mamori.grammar.text import Text
from mamori.ground.people.facts import RETURN_URL
from mamori.ground.web.signs import Visit


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the navigation."""

    path: str
    text: Text


PUBLIC = (
    Place("/", Text("トップ", "Home")),
    Place("/report/", Text("困りごと", "Report")),
    Place("/ask/", Text("質問", "Ask")),
    Place("/threads/", Text("やり取り", "Conversations")),
)
BENEATH = (
    Place("/policy/", Text("違反への措置の基準", "How breaches are answered")),
    Place("/disclosure/", Text("出品者の情報の開示請求", "Asking who a seller is")),
)
"""What stands at the foot of every page but those of the desk."""
DELEGATES = Place("/seller/delegates/", Text("代理担当", "Delegates"))
"""Only the seller itself says who else acts for it."""
SELLER = (
    Place("/seller/", Text("受信箱", "Inbox")),
    Place("/seller/closing/", Text("休業日", "Closing days")),
    Place("/seller/health/", Text("お店の状態", "Your shop")),
    Place("/seller/display/", Text("表示", "Display")),
    Place("/seller/campaigns/", Text("案内", "From us")),
    Place("/seller/phrases/", Text("定型文", "Usual texts")),
    Place("/seller/payouts/", Text("売上金", "Proceeds")),
    Place("/seller/statement/", Text("差し引きの明細", "Statement")),
    Place("/seller/disclosure/", Text("開示請求", "Disclosure")),
    Place("/seller/terms/", Text("規約", "Terms")),
    Place("/seller/measures/", Text("措置", "Measures")),
    Place("/seller/objections/", Text("異議", "Objections")),
    DELEGATES,
)
ONWARD = {
    "recovery": "/seller/recoveries/",
    "recovery_appeal": "/seller/appeals/against/",
    "objections": "/seller/objections/",
    "proposal": "/desk/people/proposals/",
    "seller_money": "/desk/payouts/sellers/",
    "seller_record": "/desk/sellers/",
    "identities": "/desk/identities/",
    "display_call": "/desk/calls/displays/",
    "display_seen": "/displays/orders/",
    "display_seen_by_staff": "/desk/displays/orders/",
    "names": "/desk/payouts/names/",
}
"""Where a page of one room leads on to one of another, by the number or reference that follows."""
BACK = Text("通販サイトに戻る", "Back to the shop")
LEADS = frozenset({Role.LEAD, Role.COUNSEL})
CALLERS = Place("/desk/callers/", Text("電話を受ける", "Take a call"))
"""Counsel decides and takes no calls."""
DESK = (
    Place("/desk/", Text("案件", "Cases")),
    CALLERS,
    Place("/desk/calls/", Text("架電", "Calls")),
    Place("/desk/refunds/", Text("返金の確認", "Refunds")),
    Place("/desk/recoveries/", Text("回収", "Recoveries")),
    Place("/desk/measures/", Text("措置", "Measures")),
    Place("/desk/appeals/", Text("異議", "Appeals")),
    Place("/desk/payouts/names/", Text("名義", "Names")),
    Place("/desk/displays/", Text("表示", "Displays")),
    Place("/desk/hidden/", Text("個人か事業者か", "Private?")),
    Place("/desk/disclosure/", Text("開示請求", "Disclosure")),
    Place("/desk/campaigns/", Text("一斉案内", "Campaigns")),
    Place("/desk/held/", Text("保留金", "Held money")),
    Place("/desk/looks/", Text("閲覧の確認", "Looks")),
    Place("/desk/notices/", Text("お知らせ", "Notices")),
    Place("/desk/people/", Text("担当者", "People")),
)
DESK_LEADS = (
    Place("/desk/today/", Text("今日", "Today")),
    *DESK,
    Place("/desk/money/", Text("お金", "Money")),
    Place("/desk/figures/", Text("数値", "Figures")),
    Place("/desk/inquiries/", Text("照会", "Inquiries")),
    Place("/desk/holds/", Text("保全", "Holds")),
    Place("/desk/erasing/", Text("消去", "Erasures")),
    Place("/desk/suspensions/", Text("災害", "Disasters")),
    Place("/desk/policy/", Text("基準", "Policy")),
    Place("/desk/terms/", Text("規約", "Terms")),
    Place("/desk/settings/", Text("設定", "Settings")),
)


def navigation(request: Visit) -> dict[str, Any]:
    """Return the places of the door that the request came in by, and in which of them the page stands."""
    path = request.path
    places: tuple[Place, ...] = PUBLIC
    home, door = "/", Text("ご相談の窓口", "Customer centre")
    if path.startswith("/desk/"):
        places, home, door = _desk(request), "/desk/", Text("担当者の画面", "Desk")
    elif path.startswith("/seller/"):
        places, home, door = _seller(request), "/seller/", Text("出品者の窓口", "For sellers")
    elif path.startswith("/in/") and request.GET.get("next", "").startswith("/seller/"):
        places, home, door = (), "/seller/", Text("出品者の窓口", "For sellers")
    elif path.startswith("/account/"):
        here = getattr(request, "presence", None)
        places = _desk(request) if here is not None and here.is_staff else ()
        home, door = "/desk/", Text("担当者の画面", "Desk")
    elif getattr(getattr(request, "presence", None), "role", None) is Role.HELPER:
        places = ()  # one conversation is theirs, and they are in it
    above = [place.path for place in places if place.path != "/" and path.startswith(place.path)]
    if home != "/desk/" and (back := getattr(request, "session", {}).get(RETURN_URL, "")):
        places = (*places, Place(back, BACK))
    return {
        "places": places,
        "beneath": BENEATH if home != "/desk/" else (),
        "onward": ONWARD,
        "here": path,
        "stands_in": max(above, key=len, default=""),
        "home": home,
        "door": door,
        "presence": getattr(request, "presence", None),
    }


def _seller(request: Visit) -> tuple[Place, ...]:
    """Return the seller's places for a seller or its delegate, and none for who has come to the wrong door."""
    role = getattr(getattr(request, "presence", None), "role", None)
    if role is Role.DELEGATE:
        return tuple(place for place in SELLER if place is not DELEGATES)
    return SELLER if role is Role.SELLER else ()


def _desk(request: Visit) -> tuple[Place, ...]:
    """Return the desk's places for who is there: what somebody cannot open is not shown to them."""
    role = getattr(getattr(request, "presence", None), "role", None)
    places = DESK_LEADS if role in LEADS else DESK
    return tuple(place for place in places if place is not CALLERS or role is not Role.COUNSEL)
