"""Houses on disks of their own, and what is done and read in them by processes of their own."""

from __future__ import annotations

import os
import subprocess

from trials.scratch import loaded

type House = dict[str, str]

WRITE = """
from mamori.site.command import ready
ready()
from datetime import UTC, datetime
from django.db import transaction
from mamori.ground.ledger import actions as ledger
from mamori.ground.terms import actions as terms
at = datetime(2026, 11, 24, tzinfo=UTC)
with transaction.atomic():
    for number in range(300):
        terms.accept(seller_ref=f"S-{number}", clause="recovery", version=1, at=at, source="signed")
assert ledger.sequence(at=at) == 300
"""

READ = """
from mamori.site.command import ready
ready()
from mamori.ground.ledger.models import ActContent
from mamori.ground.seal import facts as seal
from mamori.ground.ledger.log import content_place
from mamori.ground.seal.models import SubjectKey
def opened(row):
    return seal.unseal(subject=row.subject, place=content_place(row.pk), sealed=bytes(row.sealed))
told = []
for row in ActContent.objects.order_by("pk")[:3]:
    key = SubjectKey.objects.filter(subject=row.subject).order_by("pk").first()
    try:
        told.append("no key" if key is None else "open" if opened(row) else "empty")
    except seal.Shredded:
        told.append("shredded")
print(*told, sep=",")
"""

SHRED = """
from mamori.site.command import ready
ready()
from datetime import UTC, datetime
from mamori.ground.ledger.models import ActContent
from mamori.ground.seal import actions as seal
seal.shred(subject=ActContent.objects.order_by("pk").first().subject, at=datetime(2026, 11, 25, tzinfo=UTC))
"""

WRAPPED = """
from mamori.site.command import ready
ready()
from mamori.ground.seal.models import SubjectKey
for row in SubjectKey.objects.order_by("pk"):
    print(bytes(row.wrapped).hex())
"""


def told_by(script: str, house: House) -> str:
    """Run a script in a house and return what it prints."""
    done = subprocess.run(
        loaded("-c", script), env={**os.environ, **house}, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def mamori(house: House, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a house."""
    command = loaded("-m", "mamori.site", "--lang", "en", *words)
    return subprocess.run(command, env={**os.environ, **house}, capture_output=True, text=True, check=False)
