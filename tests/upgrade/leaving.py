"""What is sown in a house before its operator leaves: secrets that must stay behind, a kept file, and somebody who is erased."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.test import Client
from django.utils.module_loading import autodiscover_modules

from mamori.grammar.actor import Actor, Role
from mamori.ground.declared.personal import How, tables
from mamori.ground.ledger import actions as ledger
from mamori.ground.outbox.models import Endpoint, Notice
from mamori.ground.people.models import Account, HouseSecret
from mamori.ground.seal import actions as seal, keystore
from mamori.ground.seal.facts import Place
from mamori.ground.seal.models import SubjectKey
from mamori.ground.vault import taking
from mamori.ground.vault.models import File
from mamori.rooms.contact.models import Asker
from mamori.rooms.contact.queries.visitors import AskerSaid

AT = datetime(2026, 12, 3, tzinfo=UTC)
FILE = uuid.UUID(int=7)
PLAIN = b"%PDF-1.7 what was kept"


def sow() -> dict[str, Any]:
    """Plant everything in this house; return what must be in no file, and which columns are sealed, by table."""
    secrets = [b"canary-endpoint", b"canary-notice", b"canary-page"]
    sealed = seal.seal(subject="market", place=Place("outbox_endpoint", 77, "secret"), plain=secrets[0])
    Endpoint.objects.create(pk=77, url="https://shop.example/in", kinds=[], secret=sealed, added_at=AT)
    notice = Notice.objects.order_by("pk")[0]
    Notice.objects.filter(pk=notice.pk).update(
        sealed=seal.seal(
            subject=notice.to, place=Place("outbox_notice", notice.pk, "sealed"), plain=secrets[1]
        )
    )
    said = msgspec.json.encode(AskerSaid(mail="asker@example.jp", page="canary-page"))
    place = Place("contact_asker", "canary", "sealed")
    Asker.objects.create(
        ref="canary",
        mark=b"",
        language="ja",
        sealed=seal.seal(subject="asker:canary", place=place, plain=said),
        asked_at=AT,
    )
    key = taking.new_key()
    told = b'{"name": "kept.pdf", "sha256": ""}'
    File.objects.create(
        pk=FILE,
        about="contact.thread:1",
        subject="buyer:B-0001",
        kind="pdf",
        size=len(PLAIN),
        wrapped=seal.seal(subject="buyer:B-0001", place=taking.place_of(FILE, "wrapped"), plain=key),
        sealed=seal.seal(subject="buyer:B-0001", place=taking.place_of(FILE, "sealed"), plain=told),
        state="received",
        received_at=AT,
    )
    taking.write_part(key=key, file=FILE, parts={taking.ORIGINAL: PLAIN})
    lead = Client()
    lead.force_login(Account.objects.get(role="lead"), "allauth.account.auth_backends.AuthenticationBackend")
    actor = Actor(by="lead:1", role=Role.LEAD, at=AT, via="test")
    ledger.shred(actor, subject="buyer:B-0004", reason="test")
    secrets += [lead.cookies[settings.SESSION_COOKIE_NAME].value.encode(), key, key.hex().encode()]
    for path in Path(settings.KEYS).iterdir():
        secrets += [path.read_bytes().strip()]
    for name in keystore.Key:
        secrets += [keystore.read(name), keystore.read(name).hex().encode()]
    for row in SubjectKey.objects.filter(wrapped__isnull=False):
        secrets += [bytes(row.wrapped or b""), bytes(row.wrapped or b"").hex().encode()]
    for one in HouseSecret.objects.all():
        secrets.append(bytes(one.sealed).hex().encode())
    secrets += [one.password.encode() for one in Account.objects.all() if one.password]
    autodiscover_modules("personal")
    columns = {
        table: [
            name for name, one in several.items() if one.how in (How.SEALED, How.HOUSE) and one.goes_along
        ]
        for table, several in tables().items()
    }
    return {"secrets": [one.hex() for one in secrets if one], "sealed": columns}
