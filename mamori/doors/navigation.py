"""What each door shows of itself on every page: its name, its places, the way out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from mamori.grammar.actor import HEADS, SELLERS, STAFF, Role
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.declared.places import shown_at
from mamori.ground.market import facts as market
from mamori.ground.people.facts import RETURN_URL, Presence
from mamori.ground.terms import facts as terms
from mamori.ground.web.lists import COUNTED
from mamori.ground.web.signs import Visit, actor_of
from mamori.rooms.outreach import facts as outreach


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the navigation; of the desk's `use` says what it is for."""

    path: str
    text: Text
    roles: frozenset[Role] = frozenset(Role)
    use: Text | None = None

    def stands(self, presence: Presence) -> bool:
        """Say whether it stands in somebody's menu: there is something to read, or they opened it."""
        return self.path not in shown_at() or self.path in presence.places or self.path in cases.begun()


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """Places of the same work, and the kinds of cases of which it says how many ask for somebody."""

    text: Text
    places: tuple[Place, ...]
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceGroupDrawn:
    """A group as a page shows it: how many cases ask for somebody, and whether the page stands in it."""

    text: Text
    places: tuple[Place, ...]
    count: int
    is_here: bool

    @property
    def count_text(self) -> str:
        """Say how many, to at most a thousand."""
        return f"{min(self.count, COUNTED):,}{'+' if self.count >= COUNTED else ''}"


@dataclass(frozen=True, slots=True)
class Listening:
    """How an open page of the desk hears what is new: what it is and when it was drawn, and whom it asks."""

    path: str
    drawn_at: datetime

    @property
    def address(self) -> str:
        """Return whom it asks; on a page of a case it says which."""
        case = self.path.removeprefix(CASE).partition("/")[0] if self.path.startswith(CASE) else ""
        return f"{NEWS}?{urlencode({'case': case})}" if case else f"{NEWS}?"


NEWS = "/desk/news/"
CASE = "/desk/cases/"
PUBLIC = (
    Place("/", Text("トップ", "Home")),
    Place("/report/", Text("困りごと", "Report")),
    Place("/ask/", Text("質問", "Ask")),
    Place("/threads/", Text("やり取り", "Conversations")),
)
BENEATH = (
    Place("/guide/", Text("ヘルプ", "Help")),
    Place("/complaints/", Text("問題のある商品などを知らせる", "Report goods or a shop")),
    Place("/measures/", Text("取組みと実績", "What we do, and how far")),
    Place("/policy/", Text("違反への措置の基準", "How breaches are answered")),
    Place("/disclosure/", Text("出品者の情報の開示請求", "Asking who a seller is")),
    Place("/news/", Text("取組みのニュース", "News")),
    Place("/centres/", Text("消費生活センターの相談員の方", "For counsellors")),
)
"""What stands at the foot of every page but those of the desk."""
CONSENTS = Place("/consents/", Text("相談員への同意", "Consent to a counsellor"))
"""Where a buyer says what a counsellor may be told."""
BENEATH_SELLERS = (Place("/guide/#sellers", Text("ヘルプ", "Help")), *BENEATH[1:])
"""The same at the sellers' door: the help begins with what is for them."""
KPI = Place(
    "/desk/kpi/",
    Text("誓約のKPI", "Pledge figures"),
    HEADS | {Role.READER},
    Text("製品安全誓約で報告する数字を作る", "the figures that the Product Safety Pledge asks for"),
)
"""Figures for an authority: those who answer for them, and who prepares them elsewhere in the company."""
INSIGHT = Place(
    "/desk/insight/",
    Text("傾向と改善", "Trends"),
    use=Text(
        "相談や申し出の増えたところと、改善",
        "what people tell more often, and what is improved because of it",
    ),
)
"""What people tell, counted, and what is improved because of it."""
READING = (
    Place(
        "/desk/reading/",
        Text("手順と定め", "Procedures"),
        use=Text("だれが何をいつするかの手順書", "the handbook: who does what, and by when"),
    ),
    Place("/desk/reading/request/", Text("開示請求の手順", "Requests for a seller's information")),
    Place("/desk/reading/inquiry/", Text("照会を受けたら", "If an inquiry comes")),
    Place("/desk/complaints/", Text("申し出", "Reports")),
    INSIGHT,
    Place("/policy/", Text("違反への措置の基準", "How breaches are answered")),
    Place("/disclosure/", Text("出品者の情報の開示請求", "Asking who a seller is")),
)
"""What those read who work elsewhere for the operator: the first leads to the others."""
CENTRES = (
    Place("/centres/consultations/", Text("相談", "Consultations")),
    Place("/guide/", Text("ヘルプ", "Help")),
    Place("/measures/", Text("取組みと実績", "What we do, and how far")),
)
"""What a counsellor of a consumer centre reads."""
DELEGATES = Place("/seller/delegates/", Text("代理担当", "Delegates"), frozenset({Role.SELLER}))
"""Only the seller itself says who else acts for it."""
CAMPAIGNS = Place("/seller/campaigns/", Text("運営者からの案内", "From the marketplace"))
AWAITED = Place(
    CAMPAIGNS.path, Text("運営者からの案内に、まだお返事がありません", "The marketplace awaits your word")
)
"""What the pages say that a seller opens most, while something waits that it was told."""
TERMS_AWAIT = Text(
    "運営者の規約「{title}」第{version}版に、まだ同意していません。読んで決める",
    "The marketplace's terms “{title}”, version {version}, wait for you: read them and decide",
)
TERMS_AWAIT_ALL = Text(
    "運営者の規約「{title}」第{version}版と、ほか{n}件に、まだ同意していません。読んで決める",
    "The marketplace's terms “{title}”, version {version}, and {n} more wait for you: read them and decide",
)
MENTIONING = frozenset({"/seller/", "/seller/display/"})
SELLER = (
    PlaceGroup(Text("受信箱", "Inbox"), (Place("/seller/", Text("受信箱", "Inbox")),)),
    PlaceGroup(
        Text("お金", "Money"),
        (
            Place("/seller/payouts/", Text("売上金", "Proceeds")),
            Place("/seller/statement/", Text("差し引きの明細", "Statement")),
        ),
    ),
    PlaceGroup(
        Text("お店", "Your shop"),
        (
            Place("/seller/health/", Text("お店の状態", "How it stands")),
            Place("/seller/display/", Text("表示", "Display")),
            Place("/seller/closing/", Text("休業日", "Closing days")),
            Place("/seller/phrases/", Text("定型文", "Usual texts")),
            DELEGATES,
        ),
    ),
    PlaceGroup(
        Text("運営者から", "The marketplace"),
        (
            CAMPAIGNS,
            Place("/seller/clarifications/", Text("事実確認への返答", "Clarifications")),
            Place("/seller/measures/", Text("措置", "Measures")),
            Place("/seller/objections/", Text("異議", "Objections")),
            Place("/seller/disclosure/", Text("開示請求", "Disclosure")),
        ),
    ),
    PlaceGroup(Text("規約", "Terms"), (Place("/seller/terms/", Text("規約", "Terms")),)),
)
"""A seller's five places; those of the group in which a page stands are shown beneath."""
ONWARD = {
    "recovery": "/seller/recoveries/",
    "recovery_appeal": "/seller/appeals/against/",
    "objections": "/seller/objections/",
    "proposal": "/desk/people/proposals/",
    "seller_money": "/desk/payouts/sellers/",
    "seller_record": "/desk/sellers/",
    "identities": "/desk/held/?show=identities",
    "display_call": "/desk/displays/",
    "display_seen": "/displays/orders/",
    "display_seen_by_staff": "/desk/displays/orders/",
    "names": "/desk/payouts/names/",
    "message_report": "/complaints/?message=",
}
"""Where a page of one room leads on to one of another, by the number or reference that follows."""
BACK = Text("通販サイトに戻る", "Back to the shop")
CALLERS = frozenset({Role.AGENT, Role.LEAD})
"""Counsel decides and takes no calls."""
DESK = (
    PlaceGroup(
        Text("応対する", "Answer"),
        (
            Place(
                "/desk/today/",
                Text("今日", "Today"),
                HEADS,
                Text(
                    "遅れ・もうすぐの期限・担当者ごとの件数",
                    "what is late or soon due, and how much each person has",
                ),
            ),
            Place(
                "/desk/",
                Text("案件", "Cases"),
                use=Text(
                    "すべての部屋の案件を、期限の近い順に",
                    "the cases of every room, what is due soonest first",
                ),
            ),
            Place(
                "/desk/callers/",
                Text("電話を受ける", "Take a call"),
                CALLERS,
                Text(
                    "電話をくれた購入者を確かめ、話を書き取る",
                    "check a buyer who calls, and take down what they say",
                ),
            ),
            Place(
                "/desk/lists/calls/",
                Text("架電", "Calls"),
                use=Text(
                    "返事のない出品者などにかける電話", "calls to make, such as to sellers who do not answer"
                ),
            ),
            Place(
                "/desk/consultations/",
                Text("相談員", "Counsellors"),
                use=Text("消費生活センターの相談員とのやり取り", "what counsellors of consumer centres ask"),
            ),
            Place(
                "/desk/disclosure/",
                Text("開示請求", "Disclosure"),
                use=Text(
                    "出品者の情報の開示の請求を確かめ、決める",
                    "requests to know who a seller is: checked and decided",
                ),
            ),
            Place(
                "/desk/inquiries/",
                Text("照会", "Inquiries"),
                HEADS,
                Text("捜査機関・弁護士会などの照会に答える", "inquiries of authorities and bar associations"),
            ),
            Place(
                "/desk/reading/inquiry/",
                Text("照会を受けたら", "If an inquiry comes"),
                frozenset({Role.AGENT}),
                Text("照会が届いたときにすること", "what to do when an authority asks"),
            ),
        ),
        kinds=frozenset(
            {
                "contact.trouble",
                "contact.question",
                "contact.formal",
                "disclosure.request",
                "complaints.consultation",
            }
        ),
    ),
    PlaceGroup(
        Text("お金を扱う", "Handle money"),
        (
            Place(
                "/desk/lists/refunds/",
                Text("返金の確認", "Refunds"),
                use=Text("通販サイトの確認がまだない返金", "refunds that the marketplace has not confirmed"),
            ),
            Place(
                "/desk/lists/recoveries/",
                Text("出品者への請求", "Recoveries"),
                use=Text(
                    "立替返金の分を出品者に請求する", "what sellers owe for refunds made in their place"
                ),
            ),
            Place(
                "/desk/payouts/names/",
                Text("名義", "Names"),
                use=Text(
                    "口座の名義と出品者の名前を見比べる", "compare the name on an account with the seller's"
                ),
            ),
            Place(
                "/desk/held/",
                Text("支払いを止めた売上", "Held money"),
                use=Text("止めた支払いを確かめ、支払うか決める", "payouts that are held: look, and decide"),
            ),
            Place(
                "/desk/money/",
                Text("お金の動き", "Flows"),
                HEADS,
                Text("返金・請求・支払いの合計", "sums of refunds, recoveries and payouts"),
            ),
        ),
        kinds=frozenset({"contact.recovery", "payouts.payout", "payouts.account"}),
    ),
    PlaceGroup(
        Text("違反を正す", "Stop breaches"),
        (
            Place(
                "/desk/complaints/",
                Text("申し出", "Reports"),
                use=Text(
                    "問題のある商品などの知らせを調べ、決める",
                    "reports of goods or shops: looked into and decided",
                ),
            ),
            Place(
                "/desk/requests/",
                Text("行政機関の要請", "Authorities' requests"),
                use=Text(
                    "届いた要請の送り主を確かめ、対応して回答する",
                    "requests of authorities: who sent them is verified, and they are answered",
                ),
            ),
            Place(
                "/desk/agencies/",
                Text("機関の連絡先", "Agencies"),
                use=Text(
                    "要請の送り主に折り返す、公式の番号を登録する",
                    "the official numbers at which senders of requests are called back",
                ),
            ),
            Place(
                "/desk/accidents/",
                Text("製品の事故", "Accidents"),
                use=Text(
                    "けがや火が知らされた商品の対応をたどる",
                    "goods of which injury or fire was told, step by step",
                ),
            ),
            Place(
                "/desk/recalls/",
                Text("リコール", "Recalls"),
                use=Text(
                    "公表されたリコールの商品を探し、非表示にし、知らせる",
                    "goods under a recall: found, hidden, and their buyers warned",
                ),
            ),
            Place(
                "/desk/screening/",
                Text("出品の確認", "Screening"),
                use=Text(
                    "規則に当たった出品を決め、規則と名前の一覧を保つ",
                    "decide on listings that rules found; keep the rules and lists of names",
                ),
            ),
            Place(
                "/desk/clarifications/",
                Text("事実確認", "Clarifications"),
                use=Text("出品者などに事実を尋ねる", "facts that sellers and others are asked for"),
            ),
            Place(
                "/desk/measures/",
                Text("措置", "Measures"),
                use=Text(
                    "違反の疑いと、出品停止などの措置", "suspected breaches, and measures such as suspensions"
                ),
            ),
            Place(
                "/desk/appeals/",
                Text("異議", "Appeals"),
                use=Text(
                    "措置への異議を、別の人が見直す", "appeals against measures, which somebody else looks at"
                ),
            ),
            Place(
                "/desk/displays/",
                Text("表示", "Displays"),
                use=Text(
                    "出品者の表示の不足と、購入者からの請求",
                    "what sellers' displays lack, and what buyers ask for",
                ),
            ),
            Place(
                "/desk/hidden/",
                Text("個人か事業者か", "Private?"),
                use=Text("事業者かもしれない個人の出品者", "private accounts that may be businesses"),
            ),
            Place(
                "/desk/policy/",
                Text("基準", "Policy"),
                HEADS,
                Text(
                    "違反と措置の基準を読み、改める",
                    "the policy on breaches and measures: read and change it",
                ),
            ),
        ),
        kinds=frozenset(
            {
                "enforcement.finding",
                "enforcement.appeal",
                "complaints.complaint",
                "safety.accident",
                "safety.recall",
                "safety.request",
                "safety.screening",
            }
        ),
    ),
    PlaceGroup(
        Text("知らせる", "Publish"),
        (
            Place(
                "/desk/notices/",
                Text("お知らせ", "Notices"),
                use=Text("購入者や出品者に出したお知らせ", "notices given to buyers and sellers"),
            ),
            Place(
                "/desk/alerts/",
                Text("危険の知らせ", "Warnings"),
                use=Text(
                    "危険のある商品を買った人に知らせ、残った人に電話する",
                    "warn all who bought something dangerous, and call who is left",
                ),
            ),
            Place(
                "/desk/campaigns/",
                Text("一斉案内", "Campaigns"),
                use=Text("多くの出品者に一度に知らせる", "tell many sellers at once"),
            ),
            Place(
                "/desk/announcements/",
                Text("ニュース", "Announcements"),
                use=Text("取組みのニュースを書いて出す", "write and publish news"),
            ),
            Place(
                "/desk/activities/",
                Text("活動", "Activities"),
                use=Text(
                    "行政・団体との意見交換やセミナーを記録する",
                    "exchanges with authorities and bodies, seminars, education",
                ),
            ),
            Place(
                "/desk/help/",
                Text("ヘルプ", "Help"),
                use=Text("ヘルプの記事と、役に立ったかの声", "pages of help, and whether they helped"),
            ),
            INSIGHT,
            Place(
                "/desk/figures/",
                Text("数値", "Figures"),
                HEADS,
                Text("月ごとの公表の数字", "the public figures, month by month"),
            ),
            Place(
                "/desk/editions/",
                Text("公表", "Publishing"),
                HEADS,
                Text("取組みと実績の公表版を作って出す", "prepare and publish what was done"),
            ),
            KPI,
        ),
    ),
    PlaceGroup(
        Text("整える", "Run the desk"),
        (
            Place(
                "/desk/first/",
                Text("はじめに", "First day"),
                HEADS,
                Text("足りないものを直す、メールを試す", "what is still missing: mend it, and try the mail"),
            ),
            Place(
                "/desk/import/",
                Text("取り込み", "Import"),
                frozenset({Role.LEAD}),
                Text(
                    "CSV や Excel から取り込む、実行する指示を受け取って結果を返す",
                    "bring sellers, buyers, goods and orders by file; get instructions and answer them",
                ),
            ),
            Place(
                "/desk/people/",
                Text("担当者", "People"),
                use=Text(
                    "担当者を招く、役割を変える、承認する", "invite staff, change roles, agree to proposals"
                ),
            ),
            READING[0],
            Place(
                "/desk/lists/looks/",
                Text("事後の確認", "Looks"),
                use=Text("緊急時に読んだことを、別の人が確かめる", "somebody else looks at urgent readings"),
            ),
            Place(
                "/desk/suspensions/",
                Text("期限の停止", "Standstills"),
                HEADS,
                Text("災害などで期限を止める", "let time stand still, as in a disaster"),
            ),
            Place(
                "/desk/holds/",
                Text("消去の停止", "Holds"),
                HEADS,
                Text("調べや裁判のために消さずに残す", "keep what an investigation or a lawsuit needs"),
            ),
            Place(
                "/desk/erasing/",
                Text("消去", "Erasures"),
                HEADS,
                Text("購入者・出品者の内容を消す", "erase what is kept of a buyer or seller"),
            ),
            Place(
                "/desk/terms/",
                Text("規約", "Terms"),
                HEADS,
                Text("出品者の規約を公表し、改める", "publish and change the terms for sellers"),
            ),
            Place(
                "/desk/settings/",
                Text("設定", "Settings"),
                HEADS,
                Text(
                    "仲介の期限など、運営者が決めること",
                    "what the operator chooses, such as the time for mediation",
                ),
            ),
        ),
    ),
)
"""What staff do, in five groups: each menu holds of them what stands in it, the page of all places each of them."""
ALL_PLACES = "/desk/places/"


def navigation(request: Visit) -> dict[str, Any]:
    """Return the places of the door that the request came in by, and in which of them the page stands."""
    path, presence = request.path, getattr(request, "presence", None)
    role = presence.role if presence else None
    places: tuple[Place, ...] = PUBLIC
    groups: tuple[PlaceGroup, ...] = ()
    shops: tuple[PlaceGroup, ...] = ()
    home, door = "/", Text("ご相談の窓口", "Customer centre")
    if path.startswith(("/desk/", "/account/")):
        groups, places = desk(role), (*READING[:3], INSIGHT, KPI) if role is Role.READER else ()
        home, door = READING[0].path if role is Role.READER else "/desk/", Text("担当者の画面", "Desk")
    elif path.startswith("/seller/"):
        shops = _open_to(role, SELLER) if role in SELLERS else ()
        home, door = "/seller/", Text("出品者の窓口", "For sellers")
        places = tuple(Place(group.places[0].path, group.text) for group in shops)
    elif path.startswith("/in/") and request.GET.get("next", "").startswith("/seller/"):
        places, home, door = (), "/seller/", Text("出品者の窓口", "For sellers")
    elif role is Role.COUNSELLOR:
        places, home, door = CENTRES, CENTRES[0].path, Text("相談員の窓口", "For counsellors")
    elif role is Role.HELPER:
        places = ()  # one conversation is theirs, and they are in it
    grouped = [place for group in (*groups, *shops) for place in group.places]
    all_ = [*places, Place(ALL_PLACES, BACK), *grouped]
    above = [place.path for place in all_ if place.path != "/" and path.startswith(place.path)]
    stands_in = max(above, key=len, default="")
    is_desk = home.startswith("/desk/")
    back = "" if is_desk else getattr(request, "session", {}).get(RETURN_URL, "")
    if back:
        places = (*places, Place(back, BACK))
    return {
        "places": places,
        "place_groups": partial(drawn, groups, stands_in, presence) if presence and groups else (),
        "all_places": ALL_PLACES,
        "finds": "/desk/search/" if groups else "",
        "listens": Listening(path, request.received_at) if groups else None,
        "beneath": {"/desk/": (), READING[0].path: (), "/seller/": BENEATH_SELLERS}.get(
            home, (*BENEATH, CONSENTS) if role is Role.BUYER else BENEATH
        ),
        "onward": ONWARD,
        "beside_the_handbook": READING[2:],
        "awaited": _awaited(request, places),
        "is_desk": is_desk,
        "to_shop": None if is_desk or back else BACK,
        "here": path,
        "stands_in": stands_in,
        "home": home,
        "door": door,
        "presence": presence,
        **_shop(request, shops, stands_in),
    }


def drawn(groups: Iterable[PlaceGroup], stands_in: str, presence: Presence) -> list[PlaceGroupDrawn]:
    """Return the groups in which something stands, with how many open cases of their kinds ask for somebody.

    One look for a page says both.
    """
    counted = cases.waiting()
    return [
        PlaceGroupDrawn(
            text=group.text,
            places=places,
            count=sum(counted.get(kind, 0) for kind in group.kinds),
            is_here=stands_in in {place.path for place in group.places},
        )
        for group in groups
        if (places := tuple(place for place in group.places if place.stands(presence)))
    ]


def _shop(request: Visit, groups: tuple[PlaceGroup, ...], stands_in: str) -> dict[str, Any]:
    """Return for which shop a seller or its delegate acts, and the places of the group in which the page stands."""
    if not groups:
        return {"acts_for": "", "places_beside": (), "place_entry": stands_in}
    beside = next(group.places for group in groups if stands_in in {place.path for place in group.places})
    ref = actor_of(request).whose.removeprefix("seller:")
    return {
        "acts_for": market.shop_names([ref]).get(ref, ""),
        "places_beside": beside if len(beside) > 1 else (),
        "place_entry": beside[0].path,
    }


def _awaited(request: Visit, places: tuple[Place, ...]) -> list[Place]:
    """Return the places where something waits that a seller was told, on the pages that mention it."""
    if request.path not in MENTIONING or not places:
        return []
    ref = actor_of(request).whose.removeprefix("seller:")
    waiting = [AWAITED] if outreach.is_awaited(ref) else []
    if new := terms.unaccepted(ref):
        first, more = new[0], len(new) - 1
        told = (TERMS_AWAIT_ALL if more else TERMS_AWAIT).fill(
            title=first.title, version=first.version, n=more
        )
        waiting.append(Place("/seller/terms/", told))
    return waiting


def desk(role: Role | None) -> tuple[PlaceGroup, ...]:
    """Return the desk's places for who is there, and none for others."""
    return _open_to(role, DESK) if role in STAFF else ()


def _open_to(role: Role | None, groups: tuple[PlaceGroup, ...]) -> tuple[PlaceGroup, ...]:
    """Return of each group what is for a role: what somebody cannot open is not shown to them."""
    return tuple(
        replace(group, places=tuple(place for place in group.places if role in place.roles))
        for group in groups
    )
