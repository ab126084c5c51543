"""Links and tokens that the marketplace signs: once, short-lived, for us, and for whom they name."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import jwt
import pytest
from pytest_django.fixtures import Settings

from mamori.grammar.actor import Role
from mamori.ground.people import actions, facts
from mamori.ground.people.actions import LinkUnusable
from mamori.ground.people.tests.conftest import HERE, MACHINE, NOON, SELLER, Sign
from mamori.ground.people.tokens import BadToken, Scope

pytestmark = pytest.mark.django_db

API = f"{HERE}/api/v1"


def come(token: str, *, later: timedelta = timedelta()) -> actions.CameIn:
    """Press the button."""
    return actions.sign_in_by_link(token=token, audience=HERE, at=NOON + later)


@pytest.mark.parametrize(
    ("sub", "role"), [("buyer:B-1", Role.BUYER), ("seller:S-1", Role.SELLER), ("seller:S/1", Role.SELLER)]
)
def test_a_link_lets_in_whom_it_names(sign: Sign, sub: str, role: Role) -> None:
    came = come(sign(sub, to="/threads/3/?a=b"))

    assert (came.presence.who, came.presence.role, came.to) == (sub, role, "/threads/3/?a=b")


def test_a_link_works_once(sign: Sign) -> None:
    link = sign()
    come(link)

    with pytest.raises(LinkUnusable):
        come(link)


def test_the_same_number_under_another_key_is_another_link(sign: Sign) -> None:
    other = actions.add_key(MACHINE, name="other-links", scopes=[Scope.LINKS_SIGN])

    come(sign(jti="same"))
    come(sign(jti="same", kid=other.prefix, secret=other.secret))


def test_a_link_ends(sign: Sign) -> None:
    come(sign(), later=timedelta(minutes=5) - timedelta(seconds=1))
    with pytest.raises(LinkUnusable):
        come(sign(), later=timedelta(minutes=5))


BAD = [
    {"aud": "https://elsewhere.example"},
    {"aud": API},
    {"aud": None},
    {"sub": "agent:1"},
    {"sub": "machine:shop"},
    {"sub": "buyer:"},
    {"sub": "buyer:B 1"},
    {"sub": "buyer:" + "B" * 65},
    {"sub": ""},
    {"sub": None},
    {"sub": 7},
    {"exp": None},
    {"exp": "soon"},
    {"exp": 10**30},
    {"exp": int((NOON + timedelta(minutes=12)).timestamp())},
    {"iat": None},
    {"iat": int((NOON + timedelta(minutes=2)).timestamp())},
    {"jti": None},
    {"jti": ""},
    {"jti": "j" * 101},
]


@pytest.mark.parametrize("claims", BAD, ids=[json.dumps(claims)[:40] for claims in BAD])
def test_a_link_that_says_something_else_is_refused(sign: Sign, claims: dict[str, object]) -> None:
    token = _encoded(sign, claims)

    with pytest.raises(LinkUnusable):
        come(token)


def _encoded(sign: Sign, claims: dict[str, object]) -> str:
    """Sign whatever is said; the library refuses to sign some of it, the marketplace's might not."""
    rest = dict(claims)
    sub = rest.pop("sub", "buyer:B-1")
    if isinstance(sub, str):
        return sign(sub, **rest)
    good = sign()
    payload = jwt.decode(good, options={"verify_signature": False}) | {"sub": sub, **rest}
    payload = {name: value for name, value in payload.items() if value is not None}
    import hashlib
    import hmac

    from mamori.ground.people.models import Key
    from mamori.ground.people.tokens import secret_of

    head = good.partition(".")[0]
    body = base64.urlsafe_b64encode(json.dumps(payload).encode()).rstrip(b"=").decode()
    mac = hmac.new(secret_of(Key.objects.get(name="shop-links")), f"{head}.{body}".encode(), hashlib.sha256)
    return f"{head}.{body}.{base64.urlsafe_b64encode(mac.digest()).rstrip(b'=').decode()}"


def test_a_link_that_nobody_signed_is_refused(sign: Sign, link_key: actions.NewKey) -> None:
    good = sign()
    head, body, mac = good.split(".")
    none = base64.urlsafe_b64encode(json.dumps({"alg": "none", "kid": link_key.prefix}).encode()).rstrip(b"=")
    forged = [
        sign(alg="none"),
        f"{none.decode()}.{body}.",
        f"{none.decode()}.{body}.{mac}",
        sign(secret="x" * 43),
        sign(kid="nokey123"),
        sign(alg="HS512"),
        f"{head}.{body}.",
        f"{head}.{body}.{mac[:-2]}AA",
        f"{head}.{base64.urlsafe_b64encode(b'{}').decode().rstrip('=')}.{mac}",
        "", ".", "..", "a.b.c", "x" * 5000, "é.é.é", good + "\n.",
    ]  # fmt: skip

    for token in forged:
        with pytest.raises(LinkUnusable):
            come(token)


def test_an_api_key_signs_no_links(sign: Sign) -> None:
    key = actions.add_key(MACHINE, name="shop", scopes=[Scope.MARKET_WRITE])

    with pytest.raises(LinkUnusable):
        come(sign(kid=key.prefix, secret=key.secret))


def test_a_revoked_key_signs_nothing_and_a_rotated_one_signs_on_for_the_overlap(
    sign: Sign, link_key: actions.NewKey
) -> None:
    new = actions.rotate_key(MACHINE, name="shop-links", overlap=timedelta(minutes=2))
    come(sign(), later=timedelta(minutes=1))
    come(sign(kid=new.prefix, secret=new.secret))
    with pytest.raises(LinkUnusable):
        come(sign(), later=timedelta(minutes=2))

    actions.revoke_key(MACHINE, name="shop-links")

    with pytest.raises(LinkUnusable):
        come(sign(kid=new.prefix, secret=new.secret))


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "evil",
        "/a b",
        "/a\nb",
        "javascript:alert(1)",
        "/あ",
        7,
    ],
)
def test_a_link_leads_nowhere_but_to_us(sign: Sign, to: object) -> None:
    assert come(sign(to=to)).to == ""


@pytest.mark.parametrize("page", ["https://shop.example/orders/O-1?a=b", "http://127.0.0.1:8000/"])
def test_a_link_says_where_the_shop_is_to_be_found_again(sign: Sign, page: str) -> None:
    assert come(sign(return_url=page)).return_url == page


def test_a_shop_in_plain_http_is_led_back_to_only_while_developing(sign: Sign, settings: Settings) -> None:
    settings.IS_DEVELOPING = False

    assert come(sign(return_url="http://127.0.0.1:3000/")).return_url == ""
    assert come(sign(return_url="https://shop.example/")).return_url == "https://shop.example/"


@pytest.mark.parametrize(
    "page",
    [
        "",
        "/orders/",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://shop.example@evil.example/",
        "https:///nowhere",
        "https://[broken",
        "https://shop.example/a b",
        "https://shop.example/" + "a" * 500,
        7,
    ],
)
def test_what_is_no_page_of_the_web_leads_nowhere_and_lets_in_all_the_same(sign: Sign, page: object) -> None:
    came = come(sign(return_url=page))

    assert came.return_url == ""
    assert came.presence.who == "buyer:B-1"


def test_a_delegate_comes_in_by_name_until_it_ends(sign: Sign) -> None:
    actions.add_delegate(SELLER, name="hanako", person="鈴木花子", mail="hanako@example.jp")

    came = come(sign("seller:S-1/hanako"))
    actions.end_delegate(SELLER, name="hanako")

    assert (came.presence.who, came.presence.role) == ("seller:S-1/hanako", Role.DELEGATE)
    with pytest.raises(LinkUnusable):
        come(sign("seller:S-1/hanako"))


def test_a_token_for_software_may_be_shown_again_and_is_no_link(sign: Sign) -> None:
    token = sign("seller:S-1", aud=API)

    for _ in range(2):
        here = facts.party_of(token, NOON, API)
        assert here is not None
        assert (here.who, here.role) == ("seller:S-1", Role.SELLER)
    with pytest.raises(BadToken, match="exp"):
        facts.party_of(token, NOON + timedelta(minutes=5), API)
    with pytest.raises(BadToken, match="aud"):
        facts.party_of(sign(), NOON, API)
    with pytest.raises(LinkUnusable):
        come(token)
