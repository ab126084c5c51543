"""What Schemathesis does before each call: a good key, most times a good party, and references that exist."""

from __future__ import annotations

import json
import os
import random
import uuid
from pathlib import Path
from typing import Any

import schemathesis

from tests.fuzz.house import Running

DICE = random.Random(int(os.environ.get("FUZZ_SEED", "1")))
HOUSE = Running(
    url="",
    env={},
    token=os.environ["FUZZ_TOKEN"],
    link_kid=os.environ["FUZZ_LINK_KID"],
    link_secret=os.environ["FUZZ_LINK_SECRET"],
)
INSTRUCTIONS = os.environ["FUZZ_INSTRUCTIONS"].split()
PARTIES = ("buyer:B-1", "buyer:B-2", "seller:S-1", "buyer:B-9", "seller:S-9")
REAL = {
    "thread": lambda: f"thr_{DICE.randint(1, 20)}",
    "receipt": lambda: f"rct_{DICE.randint(1, 300)}",
    "proposal": lambda: f"prp_{DICE.randint(1, 12)}",
    "formal": lambda: f"fml_{DICE.randint(1, 6)}",
    "webhook": lambda: f"whk_{DICE.randint(1, 9)}",
    "finding": lambda: f"fnd_{DICE.randint(1, 9)}",
    "clause": lambda: DICE.choice(("closing", "recovery")),
    "seller": lambda: "S-1",
    "run": lambda: f"R-{DICE.randint(1, 3)}",
}
BODY = {
    "order": lambda: f"O-{DICE.choice((DICE.randint(0, 19), DICE.randint(20, 199)))}",
    "listing": lambda: "L-1",
    "buyer": lambda: DICE.choice(("B-1", "B-2")),
    "seller": lambda: "S-1",
    "said": lambda: DICE.choice(("こんにちは", "𠮷野です。LINEのID：abc_123 へ")),
}


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Put in what nobody could guess, in most calls."""
    del context, kwargs
    if DICE.random() < 0.97:
        case.headers["Authorization"] = f"Bearer {HOUSE.token}"
    roles = case.operation.definition.raw["x-roles"]
    if DICE.random() < 0.95:
        case.headers.pop("Mamori-Party", None)
        if {"buyer", "seller"} & set(roles) and ("machine" not in roles or DICE.random() < 0.5):
            case.headers["Mamori-Party"] = _party(roles)
    if DICE.random() < 0.9 and case.method == "POST":
        case.headers["Idempotency-Key"] = uuid.uuid4().hex
    for name, real in REAL.items():
        if name in (case.path_parameters or {}) and DICE.random() < 0.7:
            case.path_parameters[name] = real()
    if case.operation.path.startswith(("/confirmations/", "/instructions/")) and DICE.random() < 0.7:
        case.path_parameters["ref"] = DICE.choice(INSTRUCTIONS)
    if case.operation.path.startswith("/payouts/") and DICE.random() < 0.7:
        case.path_parameters["ref"] = f"P-{DICE.randint(1, 9)}"
    if isinstance(case.body, dict):
        if "order" in case.body and "listing" in case.body and DICE.random() < 0.8:
            del case.body[DICE.choice(("order", "listing"))]
        for name, real in BODY.items():
            if isinstance(case.body.get(name), str) and DICE.random() < 0.8:
                case.body[name] = real()
        order = case.body.get("order")
        if isinstance(order, str) and order.startswith("O-") and DICE.random() < 0.8:
            case.headers["Mamori-Party"] = HOUSE.party(f"buyer:B-{int(order[2:]) % 2 + 1}")


def _party(roles: list[str]) -> str:
    good = [party for party in PARTIES if party.partition(":")[0] in roles]
    return HOUSE.party(DICE.choice(good if DICE.random() < 0.9 else PARTIES))


@schemathesis.hook
def after_call(context: Any, case: Any, response: Any) -> None:
    """Note which status each operation gave, so that nobody takes a thousand refusals for a test."""
    del context
    with Path(os.environ["FUZZ_SEEN"]).open("a", encoding="utf-8") as seen:
        seen.write(f"{case.operation.method.upper()} {case.operation.path} {response.status_code}\n")


@schemathesis.serializer("application/x-ndjson")
def lines(context: Any, value: Any) -> Any:
    """Write a few lines, good and bad."""
    del context
    told = [
        {"kind": "buyer", "ref": f"B-{DICE.randint(1, 99)}", "name": "買手"},
        {"kind": "order", "ref": f"O-{DICE.randint(0, 199)}", "buyer": "B-1", "seller": "S-1", "amount": 9,
         "ordered_at": "2026-11-02T10:00:00+09:00"},
        {"kind": "planet"},
        {"kind": "seller", "ref": " "},
    ]  # fmt: skip
    picked = [json.dumps(line).encode() for line in DICE.sample(told, DICE.randint(0, 4))]
    return b"\n".join([*picked, str(value).encode(errors="replace")])
