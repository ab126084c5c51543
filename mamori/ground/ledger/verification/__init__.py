"""The verification of the whole record: heads, tree, contents, triggers, and what others kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Max

from mamori.ground.ledger import log
from mamori.ground.ledger.log import OtherLog as OtherLog
from mamori.ground.ledger.models import Checkpoint, Leaf
from mamori.ground.ledger.verification import contents, tree as verification
from mamori.ground.ledger.verification.tree import (
    Findings,
    LogFault as LogFault,
    Report as Report,
    Tree,
    strangers,
)

SANE = 1 << 50  # no log has so many leaves; a row beyond it is a finding of its own


def verify(with_folder: Path | None = None, *, at: datetime | None = None) -> Report:
    """Examine everything once, streaming, and return what is wrong with its place."""
    notes = [str(row.note) for row in (Checkpoint.objects.first(), Checkpoint.objects.last()) if row]
    if log.checkpoint_file().exists():
        notes.append(log.checkpoint_file().read_text("utf-8", errors="replace"))
    names = {note.partition("\n")[0] for note in notes}
    if len(notes) == 3 and len(names) == 1 and names != {settings.LOG_ORIGIN}:
        raise OtherLog(found=names.pop(), asked=settings.LOG_ORIGIN)
    findings = Findings()
    key, store = log.the_signer().verifier, log.the_store()
    seen = contents.witnesses(with_folder, key, findings) if with_folder is not None else ()
    stand = verification.snapshot(key, findings)
    tree = Tree(
        store,
        stand.size,
        findings,
        frozenset(contents.outside_sizes(seen)),
        frozenset(contents.outside_indexes(seen)),
    )
    tree.examine(verification.heads(key, stand, findings))
    contents.compare_outside(seen, size=stand.size, roots=tree.roots, leaves=tree.leaves, findings=findings)
    contents.places(findings, at=at)
    acts = contents.contents(findings)
    contents.triggers(findings)
    grown = Leaf.objects.filter(index__gte=0, index__lt=SANE).aggregate(highest=Max("index"))["highest"]
    strangers(
        store, max(stand.size, 0 if grown is None else grown + 1), findings
    )  # the log may grow meanwhile
    return Report(
        size=stand.size,
        checkpoints=Checkpoint.objects.filter(number__lte=stand.last).count(),
        acts=acts,
        outside=len(seen),
        findings=tuple(findings.found),
    )
