"""The house's own secrets: made once, sealed with the market's key, never readable in the database."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from django.db import IntegrityError

from mamori.ground.declared import memory
from mamori.ground.people.models import HouseSecret
from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals

MARKET = "market"
CODES = "codes"
COMPANY = "company"
SIGN = 32
"""Digits of what a browser keeps."""


def mac(*parts: str, secret: bytes) -> bytes:
    """Return a keyed digest of what is short enough to be guessed; parts cannot run into one another."""
    message = b"".join(len(part.encode()).to_bytes(4) + part.encode() for part in parts)
    return hmac.new(secret, message, hashlib.sha256).digest()


def browser_sign(who: str) -> str:
    """Return what a browser keeps that `who` came in with before: nobody else can make it, and it names nobody."""
    return mac("browser", who, secret=house_secret(CODES)).hex()[:SIGN]


def company_sign(kind: str, issuer: str, told: str) -> str:
    """Return by what somebody, or a visit, at the company is known again: it names nobody, and nobody else can make it."""
    return mac(kind, issuer, told, secret=house_secret(COMPANY)).hex()


def house_secret(name: str) -> bytes:
    """Return the secret of that name, made when there is none."""
    row = HouseSecret.objects.filter(name=name).first() or _made(name)
    return seals.unseal(subject=MARKET, place=_place(name), sealed=bytes(row.sealed))


def _made(name: str) -> HouseSecret:
    try:
        with memory.attempt():
            sealed = sealing.seal(subject=MARKET, place=_place(name), plain=secrets.token_bytes(32))
            return HouseSecret.objects.create(name=name, sealed=sealed)
    except IntegrityError:  # another process was first
        return HouseSecret.objects.get(name=name)


def _place(name: str) -> seals.Place:
    return seals.Place("people_housesecret", name, "sealed")
