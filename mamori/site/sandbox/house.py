"""The house itself: made once in a folder of its own, with terms, two sellers and the keys of a shop, and kept from then on."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote, urlsplit

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.site import claiming
from mamori.site.demo import stage

ENV, SHOPS = ".env", "MAMORI_"
"""What is written down for the shop, and how each name in it begins."""
WEBHOOK = "http://localhost:9000/hooks"
"""Where the shop's receiver is looked for, until another address is said."""
NOTICE = timedelta(days=3)
"""So long ago the terms were proposed: of a house with one lead they wait in sight before they count."""
SELLERS = {"S-0001": "こもれび電器", "S-0002": "みなと鋳物店"}


class SandboxHomeInUse(Refusal, code="sandbox.home-in-use", status=409):
    """Given when the folder for a sandbox holds something else, or one that was left half made."""

    text = Text(
        "{home} には、できあがった練習場ではないものがあります。空のフォルダーを MAMORI_HOME に指定してください。",
        "{home} holds something that is no finished sandbox. Please name an empty folder in MAMORI_HOME.",
    )


def home() -> Path:
    """Return the folder of the sandbox."""
    return Path(os.environ.get("MAMORI_HOME") or "var/sandbox").absolute()


def env_of(place: Path) -> dict[str, str]:
    """Return what is written down for the shop's engineer, nothing where there is no sandbox yet."""
    try:
        lines = (place / ENV).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return {}
    told = (line.removeprefix(SHOPS).split("=", 1) for line in lines if line.startswith(SHOPS))
    return {name.lower(): value for name, value in told}


def write_env(place: Path, told: Mapping[str, str]) -> None:
    """Write it down for its owner only, whole or not at all."""
    new = place / f"{ENV}.new"
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.writelines(f"{SHOPS}{name.upper()}={value}\n" for name, value in told.items())
    new.replace(place / ENV)


def enter(place: Path, port: int | None, webhook: str | None) -> tuple[socket.socket, str]:
    """Claim the folder, open the socket of the pages and point the settings there; call this before Django is set up.

    Return the socket, and where the shop's webhooks go.
    """
    known = env_of(place)
    if not known and place.exists() and any(one.name != claiming.LOCK for one in place.iterdir()):
        raise SandboxHomeInUse(home=place)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    claiming.claim(place)
    surroundings(place)
    before = urlsplit(known.get("url", "")).port
    opened = stage.open_doors(port if port is not None else before)
    return opened, webhook or known.get("webhook_url", WEBHOOK)


def surroundings(place: Path) -> None:
    """Let this process be of the sandbox alone: what is set for another house does not count here."""
    for name in [name for name in os.environ if name.startswith("MAMORI_") and name not in stage.KEPT]:
        del os.environ[name]
    os.environ.update(
        MAMORI_HOME=str(place),
        MAMORI_ORIGIN=env_of(place).get("url") or "http://localhost:8000",
        MAMORI_LOG_ORIGIN="sandbox.mamori.invalid/log",
        MAMORI_MAIL=f"folder://{quote(str(place / 'mail'))}",
        MAMORI_MAIL_FROM="ご相談の窓口（練習場） <centre@mamori.invalid>",
        MAMORI_WEBHOOK_PRIVATE="1",
    )


def make(place: Path, *, at: datetime, webhook: str) -> None:
    """Make what is missing: everything in an empty folder, and the present addresses in one that was kept."""
    from django.conf import settings

    from mamori.ground.clocks import facts as clocks
    from mamori.ground.outbox import actions as outbox, facts

    known = env_of(place) or _made(place, at=at, webhook=webhook)
    if not clocks.is_sandbox():
        raise SandboxHomeInUse(home=place)
    actor = _machine(at)
    [endpoint] = [one for one in facts.endpoints() if one.number == int(known["webhook_endpoint"])]
    if endpoint.url != webhook:
        outbox.change_endpoint(actor, endpoint=endpoint.number, url=webhook)
    write_env(place, known | {"url": settings.ORIGIN, "webhook_url": webhook})


def _made(place: Path, *, at: datetime, webhook: str) -> dict[str, str]:
    from mamori.ground.clocks import actions as clocks
    from mamori.ground.outbox import actions as outbox
    from mamori.ground.terms import actions as terms
    from mamori.ground.web.signing import choices
    from mamori.law.clauses import CLAUSES
    from mamori.law.reports import OPERATOR_NAME_EN
    from mamori.law.settings import OPERATOR_NAME, OPERATOR_PHONE
    from mamori.site import work
    from mamori.site.command.setup import prepare
    from mamori.site.demo import guests

    prepare()
    clocks.mark_sandbox(at=at)
    before = at - NOTICE
    lead = Actor(by="lead:2", role=Role.LEAD, at=before, via="sandbox")
    words = [terms.Words(clause=clause.code, version=1) for clause in CLAUSES]
    since = (before - timedelta(days=30)).date()
    terms.propose_change(lead, words=words, profile=choices.profile(before), binds_on=since)
    work.settle(at=at)
    machine = _machine(at)
    for setting, value in (
        (OPERATOR_NAME, "練習場 ご相談の窓口"),
        (OPERATOR_NAME_EN, "Sandbox customer centre"),
        (OPERATOR_PHONE, "03-0000-0188"),
    ):
        terms.set(machine, setting=setting, value=value)
    _tell(machine, place)
    found = guests.invite(place, at=at)
    number, secret = outbox.add_endpoint(machine, url=webhook)
    return {
        "url": "",
        "key": found.api_key,
        "link_kid": found.link_kid,
        "link_secret": found.link_secret,
        "webhook_url": webhook,
        "webhook_secret": secret,
        "webhook_endpoint": str(number),
    }


def _machine(at: datetime) -> Actor:
    return Actor(by="machine:sandbox", role=Role.MACHINE, at=at, via="sandbox")


def _tell(actor: Actor, place: Path) -> None:
    """Tell the house of two sellers who accepted the terms, and of a buyer with an order of each."""
    from mamori.ground.market.importing import take_in
    from mamori.ground.market.reading import look
    from mamori.law.clauses import CLAUSES
    from mamori.site.demo.guests import BUYER

    long_ago, lately = ((actor.at - timedelta(days=days)).isoformat() for days in (33, 2))
    accepted = [{"clause": one.code, "version": 1, "at": long_ago} for one in CLAUSES]
    told: list[dict[str, object]] = [
        {
            "kind": "buyer",
            "ref": BUYER,
            "name": "見本 花子",
            "mail": "hanako@example.jp",
            "phone": "090-0000-0000",
        }
    ]
    for nth, (ref, name) in enumerate(SELLERS.items(), 1):
        goods = {"listing": f"L-000{nth}", "quantity": 1, "price": 4980}
        told += [
            {"kind": "seller", "ref": ref, "name": name, "private": False, "accepted": accepted},
            {
                "kind": "listing",
                "ref": goods["listing"],
                "seller": ref,
                "name": f"見本の品 {nth}",
                "price": 4980,
            },
            {
                "kind": "order",
                "ref": f"O-000{nth}",
                "buyer": BUYER,
                "seller": ref,
                "amount": 4980,
                "ordered_at": lately,
                "items": [goods],
            },
        ]
    file = place / "market.ndjson"
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in told), "utf-8")
    [report] = take_in(actor, [look(file, "utf-8")], lambda _: None)
    assert not report.refused
