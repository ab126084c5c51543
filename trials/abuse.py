"""Do limits hold exactly when twelve processes guess at once, and do answers tell whom we know by how long they take?"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import jwt
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.test import Client

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine, ContactsLine, OrderLine, SellerLine
from mamori.ground.outbox import facts as outbox
from mamori.ground.people import actions as people
from mamori.ground.people.facts import PASSWORDS
from mamori.ground.people.models import Account, Approval, Proposal, SignInCode, Tally
from mamori.ground.people.presence import Presence
from mamori.ground.people.tokens import Scope
from mamori.ground.web.signing import choices
from trials.harness import Found, actor, measured, role_of, within
from trials.scratch import scratch

PASSWORD = "one password for all of them"  # noqa: S105  # of people who are made up


def prepare(*, rounds: int, racers: int) -> dict[str, Any]:
    """Prepare what the racers are to try: codes, links, invitations, proposals."""
    at = datetime.now(UTC)
    bench = actor(at)
    key = people.add_key(bench, name="links", scopes=[Scope.LINKS_SIGN])
    proposer = actor(at, f"lead:{_account(bench, 'lead', Role.LEAD)}")
    invited = [_account(bench, f"invited{number}") for number in range(rounds)]
    for target in [_account(bench, f"target{number}") for number in range(rounds)]:
        people.change_role(proposer, account=target, role=Role.LEAD, profile=choices.profile(at))
    return {
        "at": at.isoformat(),
        "audience": settings.ORIGIN,
        "agents": [_account(bench, f"agent{number}") for number in range(racers)],
        "wrong": [_code(at, f"buyer:W-{number}") for number in range(rounds)],
        "right": [_code(at, f"buyer:R-{number}") for number in range(rounds)],
        "keys": [f"{number}@example.jp" for number in range(rounds)],
        "links": [_link(key, at, str(number)) for number in range(rounds)],
        "invitations": [people.invite(bench, account=number).token for number in invited],
        "proposals": list(Proposal.objects.order_by("id").values_list("pk", flat=True)),
    }


def _account(bench: Actor, name: str, role: Role = Role.AGENT) -> int:
    mail, profile = f"{name}@example.jp", choices.profile(bench.at)
    return people.add_account(bench, email=mail, name=name, role=role, profile=profile)


def _code(at: datetime, who: str) -> tuple[str, str]:
    ticket = people.ask_code(role=Role.BUYER, ref="O-1", mail="b@example.jp", at=at)
    number = SignInCode.objects.latest("pk").pk
    people.send_code(number=number, presence=Presence(who=who, role=Role.BUYER), at=at)
    return ticket, outbox.secret_of(outbox.notices(to=who, limit=1)[0].number)


def _link(key: people.NewKey, at: datetime, jti: str) -> str:
    claims: dict[str, Any] = {"sub": "buyer:B-1", "aud": settings.ORIGIN, "jti": jti}
    claims |= {"iat": at, "exp": at + timedelta(minutes=9)}
    return jwt.encode(claims, key.secret, algorithm="HS256", headers={"kid": key.prefix})


def race(*, number: int, racers: int, plan: dict[str, Any]) -> dict[str, int]:
    """Try everything of the plan at the same time as the others; return how often what succeeded, and what broke."""
    done = {"faults": 0}
    for kind, deeds in _deeds(plan, number).items():
        _meet(kind, number, racers)
        done[kind] = 0
        for deed in deeds:
            try:
                done[kind] += deed() is not False
            except Refusal:
                continue
            except Exception as error:
                done["faults"] += 1
                sys.stderr.write(f"{kind}: {error!r}\n")
    return done


def _deeds(plan: dict[str, Any], number: int) -> dict[str, list[Callable[[], Any]]]:
    at = datetime.fromisoformat(plan["at"])
    mine = actor(at, f"agent:{plan['agents'][number]}")
    code = partial(people.sign_in_by_code, at=at)
    link = partial(people.sign_in_by_link, audience=plan["audience"], at=at)
    agree = partial(people.agree, mine, profile=choices.profile(datetime.now(UTC)))
    wrong = [(ticket, f"{n:08}") for ticket, _ in plan["wrong"] for n in range(7)]
    keys = [key for key in plan["keys"] for _ in range(5)]
    return {
        "wrong codes": [partial(code, ticket=ticket, code=given) for ticket, given in wrong],
        "right codes": [partial(code, ticket=ticket, code=given) for ticket, given in plan["right"]],
        "passwords": [partial(people.count_exactly, PASSWORDS, key, at=at) for key in keys],
        "planted": [partial(_look_first, PASSWORDS.most, key, at) for key in keys],
        "links": [partial(link, token=token) for token in plan["links"]],
        "invitations": [partial(people.take_invitation, token=token, at=at) for token in plan["invitations"]],
        "proposals": [partial(agree, proposal=proposal) for proposal in plan["proposals"]],
    }


def _look_first(most: int, key: str, at: datetime) -> bool:
    """Do it the careless way: look, then write.  The planted fault."""
    where: dict[str, Any] = {"name": "planted", "key": key[:32], "window": 1}
    row, _ = Tally.objects.get_or_create(**where, defaults={"count": 0, "until": at})
    if row.count >= most:
        return False
    time.sleep(0.002)  # as long as a page thinks between the two
    Tally.objects.filter(**where).update(count=row.count + 1)
    return True


def _meet(kind: str, number: int, racers: int) -> None:
    """Wait until all stand at the start."""
    start = Path(os.environ["MAMORI_HOME"]) / "starts" / kind
    start.mkdir(parents=True, exist_ok=True)
    (start / str(number)).touch()
    until = time.monotonic() + 120
    while len(list(start.iterdir())) < racers and time.monotonic() < until:
        time.sleep(0.001)


def examine() -> dict[str, Any]:
    """Count what is left in the tables."""
    targets = Account.objects.filter(name__startswith="target")
    return {
        "tries": sorted(set(SignInCode.objects.filter(used_at=None).values_list("tries", flat=True))),
        "epochs": sorted(set(targets.values_list("epoch", flat=True))),
        "approvals": Approval.objects.count(),
    }


def pairs(*, count: int, planted: bool) -> dict[str, float]:
    """Measure how much longer an answer takes for those we know than for others, at the median, in milliseconds."""
    _people_and_orders(count)
    settings.MAMORI_MAIL = "folder:/nowhere"  # nothing is sent here: without mail no code is asked for
    if planted:  # a house that hashes nothing for those whom it does not know
        AuthenticationBackend._mitigate_timing_attack = lambda self, password: None
    return {"sign_in": _gap(count, _sign_in), "code": _gap(count, _ask_code)}


def _people_and_orders(count: int) -> None:
    at = datetime.now(UTC) - timedelta(minutes=1)
    bench = actor(at)
    hashed = Account(email="x")
    hashed.set_password(PASSWORD)
    known: dict[str, Any] = {"name": "k", "role": "agent", "added_at": at, "password": hashed.password}
    for number in range(count // 8 + 1):
        Account.objects.create(email=f"known{number}@example.jp", **known)
    market.put_seller(bench, SellerLine(ref="S-1", name="店"))
    market.put_contacts(bench, ContactsLine(ref="S-1", mail="shop@example.jp"))
    market.put_buyer(bench, BuyerLine(ref="B-1", name="買手", mail="buyer@example.jp"))
    for number in range(count):
        line = OrderLine(ref=f"O-{number}", buyer="B-1", seller="S-1", amount=1000, ordered_at=at)
        market.put_order(bench, line)


def _sign_in(number: int, known: bool) -> tuple[str, dict[str, str]]:
    mail = f"{'known' if known else 'stranger'}{number // 8}@example.jp"
    return "/account/login/", {"login": mail, "password": "a wrong password"}


def _ask_code(number: int, known: bool) -> tuple[str, dict[str, str]]:
    mail = f"{'buyer' if known else 'stranger'}@example.jp"
    return "/in/", {"role": "buyer", "ref": f"O-{number}", "mail": mail}


def _gap(count: int, ask: Callable[[int, bool], tuple[str, dict[str, str]]]) -> float:
    """Ask in pairs, each in an order of chance, so that what drifts falls on both alike; return the median difference."""
    dice = random.Random(7)  # noqa: S311  # an order of chance, nothing secret
    gaps = []
    for number in range(count):
        took = {known: _timed(number, known, *ask(number, known)) for known in dice.sample([True, False], 2)}
        gaps.append(took[True] - took[False])
    return round(abs(statistics.median(gaps)), 2)


def _timed(number: int, known: bool, path: str, form: dict[str, str]) -> float:
    client = Client(REMOTE_ADDR=f"10.{1 + known}.{number // 250}.{number % 250}", HTTP_HOST="localhost")
    began = time.perf_counter()
    answer = client.post(path, form)
    took = (time.perf_counter() - began) * 1000
    if answer.status_code not in (200, 302):
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return took


LIMIT, TRIES, GAP = 10, 5, 5.0


@measured(
    "総当たりと、知っている人かどうかの探りを試す",
    "guess with twelve processes, and probe whom the house knows",
)
def measure(*, engine: str, racers: int = 12, rounds: int = 20, pairs: int = 500) -> Found:
    """Race and probe in houses of their own."""
    with scratch(engine) as (env, _):
        plan = within(env, "trials.abuse:prepare", rounds=rounds, racers=racers)
        words = [role_of("trials.abuse:race", number=n, racers=racers, plan=plan) for n in range(racers)]
        running = [subprocess.Popen(one, env=env, stdout=subprocess.PIPE, text=True) for one in words]  # noqa: S603
        done: Counter[str] = Counter()
        for process in running:
            done.update(json.loads(process.communicate(timeout=3000)[0].splitlines()[-1]))
        left = within(env, "trials.abuse:examine")
    with scratch(engine) as (env, _):
        gaps = within(env, "trials.abuse:pairs", count=pairs, planted=False)
    with scratch(engine) as (env, _):
        planted = within(env, "trials.abuse:pairs", count=max(20, pairs // 10), planted=True)
    once = (done["right codes"], done["links"], done["invitations"])
    return Found(
        {
            "five tries are five, exactly": left["tries"] == [TRIES] and done["wrong codes"] == 0,
            "the limit of passwords is exact": done["passwords"] == LIMIT * rounds,
            "codes, links and invitations work once": once == (rounds, rounds, rounds),
            "what was agreed happens once": left["epochs"] == [1] and left["approvals"] == rounds,
            "nothing broke": done["faults"] == 0,
            "answers differ by less than 5 ms at the median": max(gaps["sign_in"], gaps["code"]) < GAP,
            "planted: look-first counts too few": done["planted"] > LIMIT * rounds,
            "planted: work saved on strangers is seen": planted["sign_in"] >= GAP,
        },
        done=dict(done),
        left=left,
        gaps_ms=gaps,
        planted_gap_ms=planted["sign_in"],
    )
