"""Keys for software that is to call a house which is thrown away afterwards."""

from __future__ import annotations

import json
import subprocess
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import jwt

from trials.scratch import loaded

_MAKE = """
import json
from datetime import UTC, datetime
import django
django.setup()
from mamori.grammar.actor import Actor, Role
from mamori.ground.people import actions as people
from mamori.ground.people.facts import Scope
actor = Actor(by="machine:bench", role=Role.MACHINE, at=datetime.now(UTC), via="bench")
key = people.add_key(actor, name="shop", scopes=[scope for scope in Scope if scope != Scope.LINKS_SIGN])
link = people.add_key(actor, name="links", scopes=[Scope.LINKS_SIGN])
print(json.dumps({"token": key.secret, "link_kid": link.prefix, "link_secret": link.secret}))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopKeys:
    """An API key with every scope, and a key that signs parties' tokens."""

    token: str
    link_kid: str
    link_secret: str

    def party(self, who: str) -> str:
        """Sign a party's token as a marketplace does."""
        now = int(time.time())
        told = {"sub": who, "aud": "mamori/api", "iat": now, "exp": now + 300, "jti": uuid.uuid4().hex}
        return jwt.encode(told, self.link_secret, algorithm="HS256", headers={"kid": self.link_kid})


def made(env: Mapping[str, str], cwd: Path | None = None) -> ShopKeys:
    """Make the keys in the house of that environment, by the code that lies at `cwd`."""
    done = subprocess.run(  # noqa: S603
        loaded("-c", _MAKE), env=dict(env), cwd=cwd, check=True, capture_output=True, text=True
    )
    return ShopKeys(**json.loads(done.stdout))
