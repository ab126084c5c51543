"""A provider over HTTP that says whatever a test has it say, signed by whatever key: the truth, unless told otherwise."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "mamori", "the secret of the client"


@dataclass(frozen=True)
class KeyPair:
    """A key that signs, under the name by which the provider shows it."""

    kid: str
    private: rsa.RSAPrivateKey

    @classmethod
    def made(cls, kid: str) -> KeyPair:
        return cls(kid, rsa.generate_private_key(public_exponent=65537, key_size=2048))

    @property
    def shown(self) -> dict[str, Any]:
        told = jwt.algorithms.RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        return {**told, "kid": self.kid, "use": "sig", "alg": "RS256"}


@dataclass
class Provider:
    """What it says of itself and of who signs in; `claims` and `config` are laid over the truth, None leaves one out."""

    origin: str
    key: KeyPair
    shows: list[KeyPair] = field(default_factory=list)
    config: dict[str, Any] = field(default_factory=dict)
    person: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    alg: str = "RS256"
    date: str = ""
    exchanged: list[dict[str, str]] = field(default_factory=list)
    looked_at: list[str] = field(default_factory=list)

    @property
    def discovery(self) -> dict[str, Any]:
        return without_none(
            {
                "issuer": self.origin,
                "authorization_endpoint": f"{self.origin}/authorize",
                "token_endpoint": f"{self.origin}/token",
                "userinfo_endpoint": f"{self.origin}/userinfo",
                "jwks_uri": f"{self.origin}/jwks",
            }
            | self.config
        )

    def id_token(self) -> str:
        now = seconds()
        claims = {
            "iss": self.origin,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
            "nonce": self.asked.get("nonce"),
        }
        return self.signed(without_none(claims | self.person | self.claims))

    def logout_token(self, **claims: Any) -> str:
        told = {
            "iss": self.origin,
            "aud": CLIENT,
            "iat": seconds(),
            "jti": "out-1",
            "sub": self.person["sub"],
            "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
        }
        return self.signed(without_none(told | claims))

    def signed(self, claims: Mapping[str, Any]) -> str:
        key: Any = {"none": "", "HS256": SECRET * 2}.get(self.alg, self.key.private)
        return jwt.encode(dict(claims), key, algorithm=self.alg, headers={"kid": self.key.kid})

    def answers(self, path: str, sent: dict[str, str]) -> tuple[int, Any]:
        self.looked_at.append(path)
        match path:
            case "/.well-known/openid-configuration":
                return 200, self.discovery
            case "/jwks":
                return 200, {"keys": [key.shown for key in self.shows]}
            case "/userinfo":
                return 200, self.userinfo
            case "/token":
                self.exchanged.append(sent)
                digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
                proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
                if sent.get("code") != "the-code" or proof != self.asked.get("code_challenge"):
                    return 400, {"error": "invalid_grant"}
                return 200, {"access_token": "a-t", "token_type": "Bearer", "id_token": self.id_token()}
        return 404, {}


def seconds(**away: int) -> int:
    """Return now, or what is so far away from it, as tokens say it: their reader reads the clock."""
    return int((datetime.now(UTC) + timedelta(**away)).timestamp())


def without_none(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value is not None}


@contextmanager
def provider(key: KeyPair) -> Iterator[Provider]:
    """Serve one until the block is left."""
    one = Provider(origin="", key=key, shows=[key])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._answer({name: values[0] for name, values in parse_qs(body).items()})

        def _answer(self, sent: dict[str, str]) -> None:
            status, told = one.answers(self.path, sent)
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def date_time_string(self, timestamp: float | None = None) -> str:
            return one.date or super().date_time_string(timestamp)

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    one.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield one
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
