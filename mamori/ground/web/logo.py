"""The operator's logo: put up by a lead, made anew of what was sent, and shown to whoever opens a page for the public."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import timedelta
from hashlib import sha256

from django.http import Http404, HttpResponse

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.vault import actions as vault
from mamori.ground.web import operator
from mamori.ground.web.access import EVERYONE, open_to, takes
from mamori.ground.web.models import Logo
from mamori.ground.web.signs import Visit

ABOUT = "web.logo"
MOST, SIDE = 2 << 20, 512
"""How many bytes are taken in, and how many dots its longer side keeps: twice what a page shows of it, and some."""
KEPT = timedelta(days=1)


class LogoNotYours(Refusal, code="logo-not-yours", status=403):
    """Given when somebody else than a lead would change it."""

    text = Text(
        "ロゴを変えられるのは、相談窓口の責任者だけです。責任者にお伝えください。",
        "Only a lead can change the logo. Please tell a lead.",
    )


def set_logo(actor: Actor, *, content: bytes) -> None:
    """Show a picture on every page for the public, in place of the one before; `content` is what was sent.

    Slow: it must stand outside every transaction.
    """
    if actor.role is not Role.LEAD:
        raise LogoNotYours
    picture = vault.picture(content, side=SIDE, most=MOST, at=actor.at)
    _put(actor, picture, sha256(picture).hexdigest()[:16])


def take_off(actor: Actor) -> None:
    """Show the operator's name alone again."""
    if actor.role is not Role.LEAD:
        raise LogoNotYours
    _put(actor, b"", "")


def _put(actor: Actor, picture: bytes, digest: str) -> None:
    with memory.act():
        memory.take_turns(ABOUT)
        before = Logo.objects.values_list("digest", flat=True).first() or ""
        if before == digest:
            return
        Logo.objects.all().delete()
        if picture:
            Logo.objects.create(picture=b64encode(picture).decode(), digest=digest)
        told = {"before": before, "digest": digest}
        ledger.record(actor, kind="web.logo_set", subject=ledger.MARKET, about=ABOUT, payload=told)
    operator.forget()


@open_to(*EVERYONE)
@takes("GET", "HEAD")
def shown(request: Visit) -> HttpResponse:
    """Return the picture; under its digest a browser may keep it for a day."""
    logo = Logo.objects.first()
    if logo is None:
        raise Http404
    answer = HttpResponse(b64decode(logo.picture), content_type="image/jpeg")
    if request.META["QUERY_STRING"] == logo.digest:
        answer["Cache-Control"] = f"private, max-age={KEPT.total_seconds():.0f}"
    return answer
